"""The register of the special school review: which school changes when."""

from collections.abc import Iterator, Sequence
from typing import Any

from highneeds.registers.definitions._shared import place_in
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, month, pounds, refers, text, whole, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, each, gap, tally
from highneeds.registers.mechanism.measuring import known
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all, twice
from highneeds.registers.mechanism.situation import Situation


def priority(row: RegisterRow) -> Any:
    return None if row.lacks(("readiness", "effect")) else row["readiness"] * row["effect"]


def suggested(rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """By priority falling, capital rising, school; each after what it depends on."""
    ready = [row for row in rows if priority(row) is not None]
    waiting = sorted(ready, key=lambda one: (-priority(one), one["capital_gbp"] or 0, one["school"] or ""))
    names = {row["change"] for row in waiting}
    placed: list[RegisterRow] = []
    while waiting:
        free = next((row for row in waiting if names.isdisjoint((row["depends_on"] or "").split())), waiting[0])
        placed.append(free)
        waiting.remove(free)
        names.discard(free["change"])
    return placed


def _cumulative(row: RegisterRow, at: Situation) -> Any:
    sums: dict[int, int | None] = at.keep("cumulative", lambda: _cumulative_sums(known(at)))
    found = sums[row["sequence"]]
    return gap("a change before it has no capital_gbp") if found is None else found


def _cumulative_sums(rows: Sequence[RegisterRow]) -> dict[int, int | None]:
    """By place in the sequence the capital of the changes up to it; None from the first without a sum."""
    sums: dict[int, int | None] = {}
    together: int | None = 0
    for row in sorted((one for one in rows if one["sequence"] is not None), key=lambda one: one["sequence"]):
        together = None if together is None or row["capital_gbp"] is None else together + row["capital_gbp"]
        sums[row["sequence"]] = together
    return sums


def _too_early(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    place = {row["change"]: row["sequence"] for row in rows}
    for row in rows:
        before = [place.get(name) for name in (row["depends_on"] or "").split()]
        if row["sequence"] is not None and any(one is not None and one > row["sequence"] for one in before):
            yield row


def _over_the_money(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    entries = at.others_of("capital_allocations")
    held = sum(one["amount_gbp"] or 0 for one in entries if one["is"] == "allocation")
    spent = sum(one["amount_gbp"] or 0 for one in entries if one["is"] == "scheme" and one["state"] != "cancelled")
    for row in known(at):
        if row["sequence"] is not None:
            together = _cumulative(row, at)
            if not isinstance(together, MeasureValue) and together > held - spent:
                yield row


_CHANGE = dict(
    change="x1",
    school="Elm",
    kind="places",
    maintained="yes",
    readiness="4",
    effect="5",
    capital_gbp="100.00",
    feasible="yes",
    sequence="1",
    state="sequenced",
)

special_school_review = Register(
    name="special_school_review",
    title="Special school review",
    unit="one change at one school",
    source="Special school review; statutory proposals guidance",
    key="change",
    named_by="school",
    help="Changes of designation, ages, places and site: how ready, to what effect, at what cost, in which order.",
    systems="E6",
    kept_by="condition_owner",
    decides="director",
    used="Monthly",
    columns=(
        key("change"),
        text("school*+"),
        text("urn", "URN"),
        code("kind*", "designation|ages|places|residential|outreach|site"),
        yes_no("maintained*"),
        day("feasibility_on"),
        code("feasible", "yes|partly|no"),
        whole("readiness", help="1 to 5"),
        whole("effect", help="1 to 5"),
        pounds("capital_gbp"),
        pounds("revenue_gbp", unit="a year"),
        whole("children"),
        refers("depends_on", "special_school_review", several=True),
        whole("sequence"),
        day("notice_on"),
        day("representation_ends_on"),
        day("decided_on"),
        month("starts"),
        refers("decision", "decisions"),
        code("state*", "candidate|feasibility|sequenced|notice|decided|in_place|stopped"),
    ),
    ladder=ladder(
        "candidate < feasibility(feasibility_on) < sequenced < notice(notice_on) < decided(decided_on) < in_place",
        side="stopped",
        ends="in_place",
    ),
    moves=moves("feasibility > sequenced D: feasible readiness effect capital_gbp sequence"),
    clocks=(
        clock("representations", "notice_on", weeks=4, stops="representation_ends_on", basis="statutory"),
        clock(
            "decision",
            "representation_ends_on",
            months=2,
            stops="decided_on",
            basis="statutory",
            where=lambda r, at: bool(r["maintained"]),
        ),
    ),
    rules=(
        must(
            "01",
            "Readiness or effect is outside 1 to 5",
            lambda r: any(r[c] is not None and not 1 <= r[c] <= 5 for c in ("readiness", "effect")),
            _CHANGE | dict(readiness="6"),
            holds_for=dict(readiness="5"),
            fix="Write it from 1 to 5.",
        ),
        query(
            "03",
            "It is not feasible and has a place in the order",
            lambda r: r["feasible"] == "no" and r["state"] in ("sequenced", "notice", "decided"),
            _CHANGE | dict(feasible="no"),
            fix="Stop it, or look at the feasibility again.",
        ),
        must(
            "05",
            "A maintained school's change is decided without notice",
            lambda r: r["maintained"] and r["state"] in ("decided", "in_place") and r["notice_on"] is None,
            _CHANGE | dict(state="decided"),
            fix="Publish the notice first, or give its day.",
        ),
    ),
    whole_rules=(
        must_all(
            "02",
            "It stands before one that it depends on",
            _too_early,
            (_CHANGE | dict(depends_on="x2"), _CHANGE | dict(change="x2", sequence="2")),
            holds_for=dict(sequence="1"),
            fix="Change the order.",
        ),
        query_all(
            "04",
            "The changes so far cost more than the capital that is left",
            _over_the_money,
            (_CHANGE,),
            holds_for=dict(capital_gbp="99.99"),
            others={
                "capital_allocations": ({"entry": "a", "is": "allocation", "amount_gbp": "99.99", "state": "approved"},)
            },
            fix="Find the capital, or move it back.",
        ),
        query_all(
            "06",
            "Two changes share a place in the order",
            lambda rows, at: twice(rows, "sequence"),
            (_CHANGE, _CHANGE | dict(change="x2")),
            holds_for=dict(sequence="2"),
            fix="Give each its own place.",
        ),
    ),
    measures=(
        tally(
            "schools",
            "different schools",
            "as_at; state, kind",
            lambda rows, at: len({r["urn"] or r["school"] for r in rows}),
        ),
        each("priority", "readiness x effect", "all; change", lambda r, at: priority(r), needs="readiness effect"),
        each(
            "suggested_order",
            "by priority falling, capital rising, school; each after what it depends on",
            "all; change",
            lambda r, at: place_in(at, r, lambda: suggested(known(at))),
            needs="readiness effect",
            unit="count",
        ),
        each(
            "cumulative_capital_gbp",
            "capital of this and the changes before it",
            "all; change",
            _cumulative,
            needs="sequence",
            unit="gbp",
        ),
    ),
    headline="{schools:school is|schools are} in the review.",
    feeds=(Feed("report", "milestones", "when each begins"), Feed("forecast", "places", "what each adds")),
    example=(
        dict(
            change="elm-places",
            school="Elm School",
            urn="118010",
            kind="places",
            maintained="yes",
            feasibility_on="2025-01-20",
            feasible="yes",
            readiness="4",
            effect="5",
            capital_gbp="1500000.00",
            sequence="2",
            depends_on="oak-site",
            state="sequenced",
            source="worked example",
        ),
        dict(
            change="oak-site",
            school="Oak School",
            urn="118011",
            kind="site",
            maintained="yes",
            feasibility_on="2025-02-10",
            feasible="partly",
            readiness="3",
            effect="4",
            capital_gbp="800000.00",
            sequence="1",
            state="sequenced",
            source="worked example",
        ),
    ),
    expects="""
        schools | | | 2025-04-02 | 2
        priority | change | elm-places | | 20.0
        suggested_order | change | elm-places | | 2
        suggested_order | change | oak-site | | 1
        cumulative_capital_gbp | change | elm-places | | 2300000.00
    """,
)
