"""The register of early years referrals: targeted and specialist support before school."""

from collections.abc import Iterator, Sequence
from datetime import date

from highneeds.registers.mechanism.cases import CaseOnDay
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, key, text, yes_no
from highneeds.registers.mechanism.ladder import ladder
from highneeds.registers.mechanism.measure import count, median, pct
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query_all
from highneeds.registers.mechanism.situation import Situation


def _triaged_in_time(row: RegisterRow, at: Situation) -> bool:
    due = at.due(row, "triage")
    return row["triaged_on"] is not None and due is not None and row["triaged_on"] <= min(due, at.as_at)


def _clock_ended(row: RegisterRow, at: Situation) -> bool:
    due = at.due(row, "triage")
    return due is not None and due <= at.as_at


def _plan_within_a_year(row: RegisterRow, at: Situation) -> bool:
    day_ = row["plan_requested_on"]
    return day_ is not None and 0 <= (day_ - row["referred_on"]).days <= 365


def _no_targeted_step(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    first: dict[str, date] = {}
    for row in rows:
        if row["level"] == "targeted" and row["child"]:
            first[row["child"]] = min(first.get(row["child"], date.max), row["referred_on"])
    for row in rows:
        if row["level"] == "specialist" and row["child"] and first.get(row["child"], date.max) > row["referred_on"]:
            yield row


_REFERRAL = dict(referral="r1", child="1", level="targeted", referred_on="2024-10-01", state="referred")

early_years_referrals = Register(
    name="early_years_referrals",
    title="Early years referrals",
    unit="one referral",
    source="Early years model; referral panel",
    key="referral",
    help="Referrals for targeted and specialist support before school, from triage to outcome.",
    systems="F10",
    kept_by="condition_owner",
    used="Weekly",
    klass="casework",
    columns=(
        key("referral"),
        child(),
        text("setting"),
        text("district", codes_from="districts"),
        code("level*", "targeted|specialist"),
        yes_no("link_practitioner"),
        day("referred_on*"),
        day("triaged_on"),
        day("allotted_on"),
        text("team", codes_from="teams"),
        day("started_on"),
        day("reviewed_on"),
        day("closed_on"),
        code("outcome", "met|step_down|step_up|plan_requested|moved|declined"),
        day("plan_requested_on"),
        code("state*", "referred|triaged|allotted|active|closed"),
    ),
    ladder=ladder(
        "referred(referred_on) < triaged(triaged_on) < allotted(allotted_on) < active(started_on) < closed(closed_on)",
        ends="closed",
    ),
    clocks=(
        clock("triage", "referred_on", working_days="triage_working_days", stops="triaged_on"),
        clock("allot", "triaged_on", working_days="allocate_working_days", stops="allotted_on"),
        clock("review", "started_on", weeks=12, stops="reviewed_on"),
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
            "03",
            "A plan was requested and has no day",
            lambda r: r["outcome"] == "plan_requested" and r["plan_requested_on"] is None,
            _REFERRAL | dict(outcome="plan_requested"),
            fix="Give the day of the request.",
        ),
    ),
    whole_rules=(
        query_all(
            "05",
            "The child is over 5",
            lambda rows, at: [
                r for r in rows if r["child"] in (held := at.caseload()) and (held[r["child"]].year or 0) >= 1
            ],
            (_REFERRAL,),
            cases={"1": CaseOnDay(1, True)},
            instead=dict(cases={"1": CaseOnDay(0, True)}),
            fix="Close the referral, or correct the child.",
        ),
        query_all(
            "02",
            "It is specialist and no targeted step came before",
            _no_targeted_step,
            (_REFERRAL | dict(referred_on="2024-10-02"), _REFERRAL | dict(referral="r2", level="specialist")),
            holds_for=dict(referred_on="2024-10-02"),
            fix="Say why targeted support would not do.",
        ),
        query_all(
            "04",
            "It has been active for 26 weeks without a review",
            lambda rows, at: [
                r
                for r in rows
                if at.is_(r, "active")
                and r["started_on"]
                and r["reviewed_on"] is None
                and (at.as_at - r["started_on"]).days >= 182
            ],
            (_REFERRAL | dict(started_on="2025-05-05", state="active"),),
            holds_for=dict(started_on="2025-05-06"),
            fix="Review it.",
        ),
    ),
    measures=(
        count("referrals", "referrals", "month(referred_on); level, district"),
        pct(
            "triaged_in_time_pct",
            "triaged by the day, of those whose day is past",
            "month(referred_on); level",
            _triaged_in_time,
            _clock_ended,
        ),
        count("waiting", "referred or triaged", "as_at; level, team", lambda r, at: at.is_(r, "referred triaged")),
        count("active", "support goes on", "as_at; level, team", lambda r, at: at.is_(r, "active")),
        pct(
            "plan_pct",
            "a plan requested within 365 days, of those referred as long ago",
            "fy(referred_on); level",
            _plan_within_a_year,
            lambda r, at: bool((at.as_at - r["referred_on"]).days >= 365),
        ),
        pct(
            "met_pct",
            "met or stepped down, of closed but moved",
            "fy(closed_on); level",
            lambda r, at: r["outcome"] in ("met", "step_down"),
            lambda r, at: at.is_(r, "closed") and r["outcome"] != "moved",
        ),
        median(
            "days_to_support",
            "referral to start, the middle one",
            "fy(referred_on); level",
            lambda r, at: (r["started_on"] - r["referred_on"]).days,
            needs="started_on",
            where=lambda r, at: r["started_on"] is None or r["started_on"] <= at.day,
        ),
    ),
    headline=(
        "{referrals:referral|referrals} in the month, {triaged_in_time_pct} triaged in time; "
        "{waiting:is|are|none are} waiting."
    ),
    feeds=(Feed("assurance", "condition 2", "evidence"), Feed("forecast", "requests under five", "a note")),
    example=(
        dict(
            referral="Y-01",
            child="000301",
            setting="Elm Nursery",
            district="North",
            level="targeted",
            link_practitioner="yes",
            referred_on="2025-04-07",
            triaged_on="2025-04-16",
            allotted_on="2025-05-02",
            team="North",
            started_on="2025-05-12",
            closed_on="2025-10-03",
            outcome="met",
            state="closed",
            reviewed_on="2025-07-21",
            source="worked example",
        ),
        dict(
            referral="Y-02",
            child="000302",
            setting="Oak Nursery",
            district="South",
            level="targeted",
            referred_on="2025-04-09",
            triaged_on="2025-05-08",
            state="triaged",
            source="worked example",
        ),
    ),
    example_as_at=date(2025, 11, 3),
    expects="""
        referrals | | | 2025-04 | 2
        triaged_in_time_pct | | | 2025-04 | 50.0
        waiting | | | 2025-11-03 | 1
        active | | | 2025-11-03 | 0
        met_pct | | | 2025-26 | 100.0
        days_to_support | | | 2025-26 | 35.0
    """,
)
