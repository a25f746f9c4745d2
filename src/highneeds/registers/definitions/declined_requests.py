"""The register of declined requests: nobody is left with a refusal alone."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, key, text, yes_no
from highneeds.registers.mechanism.ladder import ladder
from highneeds.registers.mechanism.measure import count, pct
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.period import Month


def _clock_ended(name: str) -> Any:
    def test(row: RegisterRow, at: Situation) -> bool:
        due = at.due(row, name)
        return due is not None and due <= at.as_at

    return test


def _in_time(row: RegisterRow, at: Situation) -> bool:
    due = at.due(row, "refer")
    return row["referred_on"] is not None and due is not None and row["referred_on"] <= min(due, at.as_at)


def _long_ago(row: RegisterRow, at: Situation) -> bool:
    return bool((at.as_at - row["declined_on"]).days >= 365)


def _again(row: RegisterRow, at: Situation) -> bool:
    return row["requested_again_on"] is not None and 0 <= (row["requested_again_on"] - row["declined_on"]).days <= 365


def _referred(row: RegisterRow, at: Situation) -> bool:
    return row["referred_on"] is not None and row["referred_on"] <= at.day


def _fewer_than_declined(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    """Fewer rows in a month than the dashboard's refusals at both stages together."""
    if at.observed is None:
        raise NotAtHand("no indicators are given")
    months: dict[Month, list[RegisterRow]] = {}
    for row in rows:
        months.setdefault(Month.of(row["declined_on"]), []).append(row)
    for month_, own in months.items():
        reported = sum(
            value
            for (name, period), value in at.observed.items()
            if "declined" in name and "pct" not in name and "percent" not in name and period == str(month_)
        )
        if counted(own) < reported:
            yield own[0], f"{counted(own)} stand here for {month_} and {reported} were declined"


def _not_in_appeals(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    known = {one["child"] for one in at.others_of("appeals")}
    yield from (row for row in rows if row["outcome"] == "appealed" and row["child"] not in known)


_REFERRAL = dict(referral="r1", child="1", stage="assess", declined_on="2025-01-06", state="declined")

declined_requests = Register(
    name="declined_requests",
    title="Declined requests",
    unit="one declined request",
    source="Inclusion advisers; decisions to assess and to issue",
    key="referral",
    named_by="school",
    help="Requests that were declined, who visits the school, and what comes of it.",
    systems="C13",
    kept_by="condition_owner",
    used="Weekly",
    klass="casework",
    columns=(
        key("referral"),
        child(),
        code("stage*", {"assess": "To assess", "issue": "To issue a plan"}),
        day("declined_on*"),
        text("school"),
        text("urn", "URN"),
        yes_no("reports_shared"),
        day("referred_on"),
        day("accepted_on"),
        day("first_visit_on"),
        day("support_plan_on"),
        day("closed_on"),
        code("outcome", "support_in_place|requested_again|appealed|moved|no_contact|not_wanted"),
        day("requested_again_on"),
        code("state*", "declined|referred|accepted|supported|closed"),
    ),
    ladder=ladder(
        "declined(declined_on) < referred(referred_on) < accepted(accepted_on) < supported(support_plan_on)"
        " < closed(closed_on)",
        ends="closed",
    ),
    clocks=(
        clock("refer", "declined_on", working_days="refer_working_days", stops="referred_on"),
        clock("visit", "referred_on", weeks="visit_weeks", stops="first_visit_on"),
    ),
    rules=(
        must(
            "01",
            "It is closed without an outcome",
            lambda r: r["state"] == "closed" and not r["outcome"],
            _REFERRAL | dict(state="closed"),
            fix="Say how it ended.",
        ),
        must(
            "02",
            "It was requested again and has no day",
            lambda r: r["outcome"] == "requested_again" and r["requested_again_on"] is None,
            _REFERRAL | dict(outcome="requested_again"),
            fix="Give the day of the new request.",
        ),
        query(
            "03",
            "No plan was issued and the reports were not shared",
            lambda r: r["stage"] == "issue" and not r["reports_shared"],
            _REFERRAL | dict(stage="issue"),
            fix="Share the reports with family and school.",
        ),
    ),
    whole_rules=(
        query_all(
            "04",
            "Fewer rows stand here than were declined in the month",
            _fewer_than_declined,
            (_REFERRAL,),
            observed={("assessment_requests_declined", "2025-01"): Decimal(2)},
            holds_for=dict(count="2", counted_on="2025-01-31", child=""),
            fix="Hand on every refusal.",
        ),
        query_all(
            "05",
            "It was appealed and does not stand in appeals",
            _not_in_appeals,
            (_REFERRAL | dict(outcome="appealed"),),
            others={"appeals": ()},
            fix="Add the appeal, or correct the outcome.",
        ),
    ),
    measures=(
        count("declined", "requests declined", "month(declined_on); stage"),
        pct(
            "referred_in_time_pct",
            "handed on by the day, of those whose day is past",
            "month(declined_on); stage",
            _in_time,
            _clock_ended("refer"),
        ),
        pct(
            "visited_pct",
            "visited, of those handed on",
            "fy(declined_on)",
            lambda r, at: r["first_visit_on"] is not None and r["first_visit_on"] <= at.day,
            _referred,
        ),
        pct(
            "again_pct",
            "requested again within 365 days, of those declined as long ago",
            "cy(declined_on); stage",
            _again,
            _long_ago,
        ),
        count(
            "waiting",
            "handed on and not visited",
            "as_at",
            lambda r, at: (
                _referred(r, at)
                and not at.reached(r, "closed")
                and (r["first_visit_on"] is None or r["first_visit_on"] > at.day)
            ),
        ),
    ),
    headline=(
        "{declined:request was|requests were} declined; "
        "{referred_in_time_pct} were handed on in time, {waiting:is|are|none are} waiting."
    ),
    feeds=(Feed("forecast", "requests that come back", "again_pct"), Feed("assurance", "condition 3", "evidence")),
    example=(
        dict(
            referral="D-001",
            child="000601",
            stage="assess",
            declined_on="2024-01-15",
            school="Elm School",
            referred_on="2024-01-22",
            accepted_on="2024-01-24",
            first_visit_on="2024-02-05",
            support_plan_on="2024-02-19",
            closed_on="2024-07-01",
            outcome="support_in_place",
            state="closed",
            source="worked example",
        ),
        dict(
            referral="D-002",
            child="000602",
            stage="assess",
            declined_on="2024-01-16",
            school="Oak School",
            referred_on="2024-02-12",
            outcome="requested_again",
            requested_again_on="2024-11-04",
            state="referred",
            source="worked example",
        ),
    ),
    expects="""
        declined | | | 2024-01 | 2
        referred_in_time_pct | | | 2024-01 | 50.0
        visited_pct | | | 2023-24 | 50.0
        again_pct | | | 2024 | 50.0
        waiting | | | 2025-04-02 | 1
    """,
)
