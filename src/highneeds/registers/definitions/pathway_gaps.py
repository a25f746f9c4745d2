"""The register of pathway gaps: where the want of a pathway sends children away."""

from collections.abc import Iterator, Sequence
from typing import Any

from highneeds.registers.definitions._shared import NEEDS, place_in
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, month, pounds, refers, text, whole, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import count, distinct_count, each, total
from highneeds.registers.mechanism.measuring import known
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all, twice
from highneeds.registers.mechanism.situation import Situation


def shortfall(row: RegisterRow) -> int:
    return max((row["leavers"] or 0) - (row["entry_places"] or 0), 0)


def extra_cost(row: RegisterRow) -> Any:
    """Children placed outside x what a place there costs more, in pence; None where a number is missing."""
    if row.lacks(("children_out", "independent_gbp", "local_gbp")):
        return None
    return row["children_out"] * (row["independent_gbp"] - row["local_gbp"])


def _order(rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    known = [row for row in rows if extra_cost(row) is not None]
    return sorted(known, key=lambda one: (-extra_cost(one), -shortfall(one), one["district"] or ""))


def _dearer_gap(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    """A priority although a gap that is none has a greater extra cost."""
    rest = [extra_cost(row) for row in rows if not row["priority"] and extra_cost(row) is not None]
    for row in rows:
        if row["priority"] and extra_cost(row) is not None and rest and max(rest) > extra_cost(row):
            yield row


_GAP = dict(
    gap="g1",
    district="North",
    need="ASD",
    phase="secondary",
    children_out="10",
    independent_gbp="60000.00",
    local_gbp="25000.00",
    leavers="12",
    entry_places="4",
    priority="yes",
    state="identified",
)

pathway_gaps = Register(
    name="pathway_gaps",
    title="Gaps in pathways",
    unit="one gap: district, need and phase",
    source="Sufficiency review",
    key="gap",
    help="Where children leave their area because no provision follows the one they are in, and what that costs.",
    systems="E5 E2",
    kept_by="condition_owner",
    decides="director",
    used="Sufficiency review, twice a year",
    columns=(
        key("gap"),
        text("district+", codes_from="districts"),
        code("need", NEEDS),
        code("phase", "primary|secondary|post16"),
        whole("children_out", "Children placed outside"),
        pounds("independent_gbp", "A place there", unit="a year"),
        pounds("local_gbp", "A place here", unit="a year"),
        whole("leavers", "Leavers of feeder provisions", unit="a year"),
        whole("entry_places", "Places to enter", unit="a year"),
        yes_no("priority*"),
        day("decided_on"),
        month("target"),
        refers("provision", "resourced_provisions"),
        code("state*", "identified|prioritised|planned|closed"),
    ),
    ladder=ladder("identified < prioritised(decided_on) < planned(+provision) < closed", ends="closed"),
    moves=moves("identified > prioritised D: decided_on"),
    clocks=(clock("target", "target", where=lambda r, at: r["state"] != "closed"),),
    rules=(
        must(
            "01",
            "It is prioritised and priority says no",
            lambda r: r["state"] == "prioritised" and r["priority"] is False,
            _GAP | dict(state="prioritised", priority="no"),
            fix="Correct one of the two.",
        ),
        query(
            "02",
            "It is planned without a provision",
            lambda r: r["state"] == "planned" and not r["provision"],
            _GAP | dict(state="planned"),
            fix="Name the provision that closes it.",
        ),
        query(
            "05",
            "It is closed while children are still placed outside",
            lambda r: r["state"] == "closed" and r["children_out"],
            _GAP | dict(state="closed", children_out="1"),
            holds_for=dict(children_out="0"),
            fix="Open it again, or correct the number.",
        ),
    ),
    whole_rules=(
        query_all(
            "03",
            "It is a priority although a gap that is none costs more",
            _dearer_gap,
            (_GAP, _GAP | dict(gap="g2", district="South", children_out="11", priority="no")),
            holds_for=dict(children_out="10"),
            fix="Say what else decides the priority.",
        ),
        must_all(
            "04",
            "The same district, need and phase stand there twice",
            lambda rows, at: twice(rows, "district", "need", "phase"),
            (_GAP, _GAP | dict(gap="g2")),
            fix="Make them one.",
        ),
    ),
    measures=(
        count(
            "shortfall_places",
            "leavers above the places to enter",
            "all; district, need",
            of=lambda r, at: shortfall(r),
            needs="leavers entry_places",
            aside=True,
            unit="places",
        ),
        total(
            "extra_cost_gbp",
            "children outside x (a place there - a place here)",
            "all; district, need",
            lambda r, at: extra_cost(r),
            needs="children_out independent_gbp local_gbp",
            aside=True,
        ),
        each(
            "rank",
            "1 is the greatest extra cost, then shortfall, then district by name",
            "all; gap",
            lambda r, at: place_in(at, r, lambda: _order(known(at))),
            needs="children_out independent_gbp local_gbp",
            unit="count",
        ),
        distinct_count(
            "districts_prioritised",
            "different districts with a priority",
            "as_at",
            "district",
            lambda r, at: bool(r["priority"]),
        ),
    ),
    headline=(
        "{districts_prioritised:district is|districts are} prioritised; the gaps cost {extra_cost_gbp} a year more."
    ),
    feeds=(
        Feed("report", "provision_proposals", "the score of need"),
        Feed("saving", "resourced provisions", "what a place saves"),
    ),
    example=(
        dict(
            gap="north-asd",
            district="North",
            need="ASD",
            phase="secondary",
            children_out="10",
            independent_gbp="60000.00",
            local_gbp="25000.00",
            leavers="12",
            entry_places="4",
            priority="yes",
            decided_on="2025-02-03",
            target="2026-09",
            state="prioritised",
            source="worked example",
        ),
        dict(
            gap="south-semh",
            district="South",
            need="SEMH",
            phase="secondary",
            children_out="6",
            independent_gbp="65000.00",
            local_gbp="25000.00",
            leavers="9",
            entry_places="6",
            priority="no",
            state="identified",
            source="worked example",
        ),
    ),
    expects="""
        shortfall_places | | | | 11
        extra_cost_gbp | | | | 590000.00
        rank | gap | north-asd | | 1
        rank | gap | south-semh | | 2
        districts_prioritised | | | 2025-04-02 | 1
    """,
)
