"""The register of capital allocations: the money for places, and what it buys."""

from collections.abc import Iterator, Sequence
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, deadline, key, month, pounds, refers, text, whole, year
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, lacking, ratio, share, total, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import Situation


def _allocation(row: RegisterRow, at: Situation) -> bool:
    return bool(row["is"] == "allocation")


def _scheme(row: RegisterRow, at: Situation) -> bool:
    return bool(row["is"] == "scheme" and row["state"] != "cancelled")


def _with_places(row: RegisterRow, at: Situation) -> bool:
    return _scheme(row, at) and bool(row["places_new"])


def _left(rows: Sequence[RegisterRow], at: Situation) -> tuple[MeasureValue, MeasureValue]:
    """Allocated and allotted, each a gap where an amount is missing."""
    sums = []
    for test in (_allocation, _scheme):
        own = [row for row in rows if test(row, at)]
        missing = [row for row in own if row["amount_gbp"] is None]
        sums.append(
            gap(lacking(missing, own, "amount_gbp")) if missing else MeasureValue(sum(row["amount_gbp"] for row in own))
        )
    return sums[0], sums[1]


def _left_gbp(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    held, allotted = _left(rows, at)
    if held.value is None or allotted.value is None:
        return held if held.value is None else allotted
    return MeasureValue(held.value - allotted.value)


def _allotted_pct(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    held, allotted = _left(rows, at)
    if held.value is None or allotted.value is None:
        return held if held.value is None else allotted
    return ratio(allotted.value, held.value, money=True)


def _overspent(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    left: dict[tuple[Any, ...], int] = {}
    for row in rows:
        if row["is"] == "allocation" and row["amount_gbp"] is not None:
            place = (row["fund"], row["financial_year"])
            left[place] = left.get(place, 0) + row["amount_gbp"]
    for row in rows:
        place = (row["fund"], row["financial_year"])
        if row["is"] == "scheme" and row["state"] != "cancelled" and place in left:
            left[place] -= row["amount_gbp"] or 0
            if left[place] < 0:
                yield row


def _not_in_places(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    held = at.others_of("places")
    for row in rows:
        if (
            row["state"] == "complete"
            and row["places_new"]
            and not any(row["completed_on"] and one["from_day"] >= row["completed_on"] for one in held)
        ):
            yield row


def _entry(name: str, what: str, **more: str) -> dict[str, str]:
    return {
        "entry": name,
        "is": what,
        "title": "x",
        "fund": "hnpca",
        "financial_year": "2025-26",
        "state": "approved",
        **more,
    }


capital_allocations = Register(
    name="capital_allocations",
    title="Capital for places",
    unit="one allocation, or one scheme that is paid from it",
    source="High needs provision capital; capital programme",
    key="entry",
    named_by="title",
    help="What was allotted, what it was allotted to, what is spent, and the places it buys.",
    systems="E7",
    kept_by="finance_partner",
    decides="section_151",
    used="When the allocation comes, and with each monitor",
    columns=(
        key("entry"),
        code("is*", "allocation|scheme"),
        text("title*+"),
        code(
            "fund*",
            {
                "hnpca": "High needs provision capital",
                "basic_need": "Basic need",
                "section_106": "Section 106",
                "dfe_free_school": "DfE free school",
                "council": "Council",
                "other": "Other",
            },
        ),
        year("financial_year*", help="Of the allocation"),
        pounds("amount_gbp", "Allotted"),
        pounds("bid_gbp"),
        pounds("spent_gbp"),
        day("spent_to"),
        code(
            "kind",
            {
                "srp": "Resourced provision",
                "special": "Special school",
                "post16": "Post-16",
                "accessibility": "Accessibility",
                "ap": "Alternative provision",
                "other": "Other",
            },
        ),
        text("district", codes_from="districts"),
        whole("places_new"),
        whole("places_kept"),
        refers("provision", "resourced_provisions"),
        refers("opening", "openings"),
        refers("proposal", "provision_proposals"),
        deadline("spend_by"),
        month("starts"),
        month("completes"),
        day("completed_on"),
        code("state*", "bid|approved|on_site|complete|cancelled"),
    ),
    ladder=ladder("bid < approved < on_site < complete(completed_on)", side="cancelled", ends="complete"),
    moves=moves("bid > approved D: amount_gbp"),
    clocks=(
        clock("completes", "completes", stops="completed_on"),
        clock("spend_by", "spend_by", stopped_if=lambda r, at: r["state"] == "complete", basis="contract"),
    ),
    rules=(
        query(
            "02",
            "More is spent than allotted",
            lambda r: r["spent_gbp"] > r["amount_gbp"],
            _entry("e", "scheme", amount_gbp="1.00", spent_gbp="1.01"),
            holds_for=dict(spent_gbp="1.00"),
            given="spent_gbp amount_gbp",
            fix="Find what paid the rest, or correct the sums.",
        ),
        must(
            "03",
            "A scheme has no kind",
            lambda r: r["is"] == "scheme" and not r["kind"],
            _entry("e", "scheme"),
            fix="Say what it builds.",
        ),
        query(
            "04",
            "A provision or school is built and brings no places",
            lambda r: (
                r["is"] == "scheme" and r["kind"] in ("srp", "special") and not r["places_new"] and not r["places_kept"]
            ),
            _entry("e", "scheme", kind="srp"),
            fix="Give the places that it brings or keeps.",
        ),
        query(
            "05",
            "Section 106 money has no day by which it is to be spent",
            lambda r: r["fund"] == "section_106" and r["spend_by"] is None,
            _entry("e", "scheme") | dict(fund="section_106"),
            fix="Take the day from the agreement.",
        ),
    ),
    whole_rules=(
        must_all(
            "01",
            "The schemes of a fund and year come to more than its allocation",
            _overspent,
            (_entry("a", "allocation", amount_gbp="100.00"), _entry("s", "scheme", kind="srp", amount_gbp="100.01")),
            holds_for=dict(amount_gbp="100.00"),
            fix="Lower a scheme, or pay it from another fund.",
        ),
        query_all(
            "06",
            "It is complete and its places are in no row of places",
            _not_in_places,
            (_entry("s", "scheme", kind="srp", places_new="12") | dict(state="complete", completed_on="2025-03-01"),),
            others={"places": ()},
            instead=dict(others={"places": (dict(row="p", from_day="2025-03-01"),)}),
            fix="Add the places from their day on.",
        ),
    ),
    measures=(
        total("allocation_gbp", "allocations", "row; fund", needs="amount_gbp", where=_allocation),
        total("allotted_gbp", "schemes that are not cancelled", "row; fund", needs="amount_gbp", where=_scheme),
        worked("left_gbp", "allocations less schemes", "row; fund", _left_gbp, unit="gbp"),
        worked("allotted_pct", "schemes of allocations", "row; fund", _allotted_pct, unit="percent"),
        total(
            "spent_gbp",
            "spent on schemes",
            "row; fund",
            needs="spent_gbp",
            where=lambda r, at: r["is"] == "scheme",
        ),
        count(
            "new_places",
            "new places of schemes",
            "row; fund, kind, district",
            _scheme,
            of=lambda r, at: r["places_new"] or 0,
            unit="places",
        ),
        share(
            "gbp_per_place",
            "amount for each new place",
            "row; kind",
            lambda r, at: r["amount_gbp"],
            lambda r, at: r["places_new"],
            where=_with_places,
            needs="amount_gbp",
            aside=True,
            unit="gbp",
            decimals=0,
        ),
        share(
            "places_per_million",
            "new places for a million pounds, of the same schemes",
            "row; kind",
            lambda r, at: r["places_new"] * 100_000_000,
            lambda r, at: r["amount_gbp"],
            where=_with_places,
            needs="amount_gbp",
            aside=True,
            unit="places",
            decimals=1,
        ),
    ),
    headline="{allotted_pct} of {allocation_gbp} is allotted, for {new_places:new place|new places}.",
    feeds=(Feed("report", "scap", "the return"), Feed("forecast", "places", "when they come")),
    example=(
        {
            "entry": "hnpca-2025",
            "is": "allocation",
            "title": "High needs provision capital",
            "fund": "hnpca",
            "financial_year": "2025-26",
            "amount_gbp": "10000000.00",
            "state": "approved",
            "source": "worked example",
        },
        {
            "entry": "elm-unit",
            "is": "scheme",
            "title": "Unit at Elm School",
            "fund": "hnpca",
            "financial_year": "2025-26",
            "amount_gbp": "1200000.00",
            "kind": "srp",
            "places_new": "24",
            "state": "approved",
            "source": "worked example",
        },
        {
            "entry": "oak-school",
            "is": "scheme",
            "title": "Oak School",
            "fund": "hnpca",
            "financial_year": "2025-26",
            "amount_gbp": "6000000.00",
            "kind": "special",
            "places_new": "60",
            "state": "approved",
            "source": "worked example",
        },
        {
            "entry": "ramps",
            "is": "scheme",
            "title": "Accessibility of six schools",
            "fund": "hnpca",
            "financial_year": "2025-26",
            "amount_gbp": "500000.00",
            "kind": "accessibility",
            "state": "approved",
            "source": "worked example",
        },
    ),
    expects="""
        allocation_gbp | | | 2025-26 | 10000000.00
        allotted_gbp | | | 2025-26 | 7700000.00
        left_gbp | | | 2025-26 | 2300000.00
        allotted_pct | | | 2025-26 | 77.0
        new_places | | | 2025-26 | 84
        gbp_per_place | kind | srp | 2025-26 | 50000.00
        gbp_per_place | | | 2025-26 | 85714.00
        places_per_million | | | 2025-26 | 11.7
    """,
)
