"""The register of meetings: bodies that meet, who came, and whether they may decide."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, deadline, key, text, whole
from highneeds.registers.mechanism.ladder import ladder
from highneeds.registers.mechanism.measure import MeasureValue, count, listed, pct, ratio, share
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.period import FinancialYear

KINDS = ("mainstream", "srp", "special", "pru")
BODIES = {
    "local_area": "Local area provision",
    "community": "Community of schools",
    "chairs": "Chairs of the communities",
    "post16_group": "Post-16 group",
    "oversight_board": "Oversight board",
    "schools_forum": "Schools forum",
    "other": "Other",
}


def _held(row: RegisterRow, at: Situation) -> bool:
    return bool(row["state"] == "held")


def _whole_range(row: RegisterRow) -> bool:
    return all(row[kind] for kind in KINDS)


def _no_quorum(row: RegisterRow, at: Situation, less: int = 0) -> bool:
    if row.lacks(("members", "present")):
        return False
    return bool((row["present"] - less) * 100 < row["members"] * Decimal(at.setting("quorum_percent")))


def _stood_back_too_many(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    decided = {one["meeting"] for one in at.others_of("community_decisions")}
    yield from (
        row
        for row in rows
        if row["meeting"] in decided and row["stood_back"] and _no_quorum(row, at, row["stood_back"])
    )


def _few_forums(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    years: dict[FinancialYear, list[RegisterRow]] = {}
    for row in rows:
        day_ = row["held_on"] or row["planned_on"]
        if row["body"] == "schools_forum" and row["state"] != "cancelled" and day_:
            years.setdefault(FinancialYear.of(day_), []).append(row)
    yield from (own[0] for year_, own in years.items() if len(own) < 4 and year_.last_day < at.as_at)


def _nothing_planned(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    """Of each body the meeting held last: the next is neither named there nor planned in a row of its own."""
    bodies: dict[tuple[Any, ...], list[RegisterRow]] = {}
    for row in rows:
        bodies.setdefault((row["body"], row["community"], row["district"]), []).append(row)
    for own in bodies.values():
        held = [row for row in own if row["state"] == "held"]
        last = max(held, key=lambda one: one["held_on"] or date.min, default=None)
        if last and last["next_on"] is None and all(row["state"] != "planned" for row in own):
            yield last


def _next_is_there(row: RegisterRow, at: Situation) -> bool:
    """The body's next meeting has a row of its own, whose day stands in the calendar."""
    body = (row["body"], row["community"], row["district"])
    held = row["held_on"] or date.min
    return any(
        (one["body"], one["community"], one["district"]) == body
        and (one["held_on"] or one["planned_on"] or date.min) > held
        for one in at.rows
        if one is not row
    )


def _bodies_met(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, MeasureValue]]:
    """Communities, and districts, with a held meeting, of all there are."""
    if "communities" in at.others:
        names = {one["community"] for one in at.others["communities"] if one["community"]}
        met = {row["community"] for row in rows if row["body"] == "community"}
        yield "body", "community", ratio(len(met & names), len(names))
    districts = at.settings.get("districts")
    if districts:
        there = {row["district"] for row in rows if row["body"] == "local_area"}
        yield "body", "local_area", ratio(len(there & set(districts)), len(districts))


_MEETING = dict(
    meeting="m1",
    body="local_area",
    held_on="2025-01-14",
    members="10",
    present="4",
    mainstream="1",
    srp="1",
    special="1",
    pru="1",
    next_on="2025-05-01",
    state="held",
)

meetings = Register(
    name="meetings",
    title="Meetings",
    unit="one meeting",
    source="Minutes",
    key="meeting",
    help="Meetings of the bodies of the programme: planned, held, quorate, who came, and the next.",
    systems="E8 F4 D16 B17",
    kept_by="programme_manager condition_owner",
    used="Each meeting",
    columns=(
        key("meeting"),
        code("body*", BODIES),
        text("community"),
        text("district", codes_from="districts"),
        deadline("planned_on"),
        day("held_on"),
        whole("members"),
        whole("present"),
        whole("stood_back"),
        whole("mainstream", "Mainstream present"),
        whole("srp", "Resourced provisions present"),
        whole("special", "Special present"),
        whole("pru", "Pupil referral units present"),
        day("minutes_on"),
        deadline("next_on"),
        code("state*", "planned|held|not_quorate|cancelled"),
    ),
    ladder=ladder("planned < held|not_quorate(held_on)", side="cancelled"),
    clocks=(
        clock("planned_on", "planned_on", stops="held_on", where=lambda r, at: r["state"] != "cancelled"),
        clock("next_on", "next_on", stopped_if=_next_is_there),
        clock("minutes", "held_on", working_days="minutes_working_days", stops="minutes_on"),
    ),
    rules=(
        must(
            "01",
            "It was held and day, members or present is missing",
            lambda r: r["state"] == "held" and r.lacks(("held_on", "members", "present")),
            _MEETING | dict(members=""),
            fix="Give them from the minutes.",
        ),
        must(
            "02",
            "More are present than are members",
            lambda r: r["present"] > r["members"],
            _MEETING | dict(present="11"),
            holds_for=dict(present="10"),
            given="present members",
            fix="Correct the two numbers.",
        ),
        query(
            "04",
            "A local area meeting lacks mainstream, resourced provision, special or referral unit",
            lambda r: r["body"] == "local_area" and r["state"] == "held" and not _whole_range(r),
            _MEETING | dict(pru="0"),
            fix="Invite the kind that was missing.",
        ),
    ),
    whole_rules=(
        must_all(
            "03",
            "It is called held and was below the quorum",
            lambda rows, at: [r for r in rows if r["state"] == "held" and _no_quorum(r, at)],
            (_MEETING | dict(present="3"),),
            holds_for=dict(present="4"),
            fix="Call it not quorate: it may not decide.",
        ),
        query_all(
            "05",
            "The schools forum met fewer than four times in a year",
            _few_forums,
            (
                *(
                    _MEETING | dict(meeting=f"m{month}", body="schools_forum", held_on=f"2024-0{month}-11")
                    for month in (5, 6, 7)
                ),
                _MEETING | dict(meeting="m8", body="schools_forum", held_on="2024-08-11", state="cancelled"),
            ),
            holds_for=dict(state="held"),
            fix="Plan the missing meetings.",
        ),
        query_all(
            "06",
            "Nothing is planned for a body that met",
            _nothing_planned,
            (_MEETING | dict(next_on=""),),
            fix="Plan the next.",
        ),
        must_all(
            "07",
            "Standing back left fewer than the quorum and a decision was made",
            _stood_back_too_many,
            (_MEETING | dict(stood_back="1"),),
            holds_for=dict(stood_back="0"),
            others={"community_decisions": (dict(decision="1", meeting="m1"),)},
            fix="Decide it again with a quorum.",
        ),
    ),
    measures=(
        count("held", "meetings held", "fy(held_on); body, district", _held),
        pct(
            "quorate_pct",
            "held, of held and not quorate",
            "fy(held_on); body",
            _held,
            lambda r, at: r["state"] in ("held", "not_quorate"),
        ),
        share(
            "attendance_pct",
            "present, of members",
            "fy(held_on); body",
            lambda r, at: r["present"],
            lambda r, at: r["members"],
            needs="present members",
            aside=True,
            where=_held,
        ),
        listed(
            "bodies_met_pct",
            "communities and districts with a held meeting, of all",
            "fy(held_on)",
            _bodies_met,
            where=_held,
            unit="percent",
        ),
        pct(
            "whole_range_pct",
            "with all four kinds, of local area meetings held",
            "fy(held_on)",
            lambda r, at: _whole_range(r),
            lambda r, at: _held(r, at) and r["body"] == "local_area",
            needs="mainstream srp special pru",
        ),
    ),
    headline="{held:meeting was|meetings were} held in {year}, {quorate_pct} of them quorate.",
    feeds=(
        Feed("assurance", "conditions 7 and 8", "evidence"),
        Feed("report", "community_decisions", "who may decide"),
    ),
    example=(
        dict(
            meeting="north-2025-01",
            body="local_area",
            district="North",
            planned_on="2025-01-14",
            held_on="2025-01-14",
            members="10",
            present="7",
            stood_back="0",
            mainstream="4",
            srp="1",
            special="1",
            pru="1",
            minutes_on="2025-01-21",
            next_on="2025-05-13",
            state="held",
            source="worked example",
        ),
    ),
    example_settings={"districts": ("North", "South")},
    expects="""
        held | | | 2024-25 | 1
        quorate_pct | | | 2024-25 | 100.0
        attendance_pct | | | 2024-25 | 70.0
        bodies_met_pct | body | local_area | 2024-25 | 50.0
        whole_range_pct | | | 2024-25 | 100.0
    """,
)
