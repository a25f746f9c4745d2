"""The register of fee uplifts: what providers asked, what was agreed, and what the difference avoided."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from highneeds.registers.definitions._shared import PLACEMENT_TYPES, rows_in_force
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, number, pounds, refers, text, year
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import count, median, share, total
from highneeds.registers.mechanism.reckoning import in_year
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.period import FinancialYear

OUTCOMES = {"asked": "Asked", "offered": "Offered", "agreed": "Agreed", "refused": "Refused", "withdrawn": "Withdrawn"}
SETTLED = "agreed refused withdrawn"


def _units(row: RegisterRow) -> Any:
    """Hours or weeks in a year, for fees by the hour or week; 1 for fees by the year."""
    return row["places"] * (1 if row["units_per_year"] is None else row["units_per_year"])


def settled_fee(row: RegisterRow) -> Any:
    """The fee that holds: the agreed one, and the present one where nothing was agreed."""
    return row["agreed_fee_gbp"] if row["outcome"] == "agreed" else row["present_fee_gbp"]


def avoided(row: RegisterRow) -> Decimal | None:
    """Asked less agreed, for all places and a full year, in pence."""
    fee = settled_fee(row)
    return None if fee is None else (row["asked_fee_gbp"] - fee) * _units(row)


def still_to_come(rows: Sequence[RegisterRow], day: date) -> Decimal:
    """What fees may rise a year beyond the prices of `day`, in pence: asked and open, or agreed from a later day."""
    found = Decimal(0)
    for row in rows:
        later = row["effective_from"] is None or row["effective_from"] > day
        if row["outcome"] in ("asked", "offered"):
            found += (row["asked_fee_gbp"] - row["present_fee_gbp"]) * _units(row)
        elif row["outcome"] == "agreed" and later and row["agreed_fee_gbp"] is not None:
            found += (row["agreed_fee_gbp"] - row["present_fee_gbp"]) * _units(row)
    return found


def _agreed(row: RegisterRow, at: Situation) -> Decimal | None:
    fee = settled_fee(row)
    return None if fee is None else (fee - row["present_fee_gbp"]) * _units(row)


def _asked(row: RegisterRow, at: Situation) -> Any:
    return (row["asked_fee_gbp"] - row["present_fee_gbp"]) * _units(row)


def _present(row: RegisterRow, at: Situation) -> Any:
    return row["present_fee_gbp"] * _units(row)


def _is_settled(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, SETTLED)


def _with_fee(row: RegisterRow, at: Situation) -> bool:
    return _is_settled(row, at) and settled_fee(row) is not None


def _in_year(row: RegisterRow, at: Situation) -> int | None:
    whole, start = avoided(row), row["effective_from"]
    return None if whole is None else in_year(whole, start, None, FinancialYear.of(start))


def _book(row: RegisterRow, at: Situation, on: date) -> list[RegisterRow]:
    """The provider's commitments that are in force on a day."""
    return [one for one in rows_in_force(at.others_of("commitments"), on) if one["provider"] == row["provider"]]


def _other_places(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    for row in rows:
        if row["effective_from"] is None:
            continue
        places = sum((one["fte"] for one in _book(row, at, row["effective_from"])), Decimal(0))
        if abs(row["places"] - places) > max(Decimal(1), places * 5 / 100):
            yield row, f"It says {row['places']} places and the commitment book has {places}"


def _above_the_lot(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        offer = at.row_of("framework_lots", row["lot"]) if row["contract"] == "framework" else None
        if offer is None or row["agreed_fee_gbp"] is None:
            continue
        fee = row["agreed_fee_gbp"] * (1 if row["units_per_year"] is None else row["units_per_year"])
        if fee > offer["price_gbp"] * (1 + (offer["index_percent"] or 0) / Decimal(100)):
            yield row


def _old_price(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    """Agreed fees that the commitment book does not have yet: it asks for a new price period from `effective_from`."""
    for row in rows:
        day = row["effective_from"]
        if row["outcome"] != "agreed" or row["agreed_fee_gbp"] is None or day is None or day > at.as_at:
            continue
        book = _book(row, at, at.as_at)
        places = sum(one["fte"] for one in book)
        if not places:
            continue
        average = sum(one["annual_cost_gbp"] for one in book) / places
        fee = row["agreed_fee_gbp"] * (1 if row["units_per_year"] is None else row["units_per_year"])
        if abs(average - fee) > fee / 100:
            yield row, f"The book's average is £{average / 100:,.0f} and £{fee / 100:,.0f} is agreed from {day}"


def _asked_twice(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    seen: dict[tuple[Any, ...], bool] = {}
    for row in rows:
        place = (row["provider"], row["placement_type"], row["financial_year"])
        still_open = row["outcome"] in ("asked", "offered")
        if place in seen and (still_open or seen[place]):
            yield row
        seen[place] = seen.get(place, False) or still_open


_ASKED = dict(uplift="u1", provider="Oak", financial_year="2025-26", places="10", outcome="agreed",
              present_fee_gbp="50000.00", asked_fee_gbp="55000.00", agreed_fee_gbp="52000.00",
              effective_from="2025-04-01")  # fmt: skip
_BOOK = dict(commitment="c1", provider="Oak", status="active", line="1.2.3", fte="8", from_day="2024-09-01",
             annual_cost_gbp="400000.00")  # fmt: skip
_OAK = dict(
    uplift="oak-2025", provider="Oak House School", financial_year="2025-26", requested_on="2025-01-10", places="12",
    present_fee_gbp="50000.00", asked_fee_gbp="55000.00", benchmark_fee_gbp="51500.00", agreed_fee_gbp="52000.00",
    outcome="agreed", placement_type="day", contract="individual", effective_from="2025-09-01", offered_on="2025-02-03",
    offered_fee_gbp="51500.00", decided_on="2025-03-10", reason="pay", source="worked example",
)  # fmt: skip

fee_uplifts = Register(
    name="fee_uplifts",
    title="Fee uplift requests",
    unit="one request of one provider for one kind of place",
    source="Commissioning; contracts with independent and non-maintained schools",
    key="uplift",
    named_by="provider",
    help="Requests for higher fees: evidence, benchmark, offer, agreement; what was avoided is asked less agreed.",
    systems="F5 A9",
    kept_by="finance_partner condition_owner",
    decides="finance_partner",
    used="The window before each price year, weekly",
    columns=(
        key("uplift", "Short name"),
        text("provider*"),
        year("financial_year*"),
        day("requested_on"),
        number("places*"),
        pounds("present_fee_gbp*", "Present fee"),
        pounds("asked_fee_gbp*", "Fee asked"),
        pounds("benchmark_fee_gbp", "Benchmark fee"),
        pounds("agreed_fee_gbp", "Fee agreed"),
        code("outcome*", OUTCOMES),
        text("evidence"),
        code("placement_type", PLACEMENT_TYPES),
        code(
            "contract",
            {"framework": "Framework", "national": "National contract", "individual": "Individual", "none": "None"},
        ),
        refers("lot", "framework_lots", "Offer on the framework"),
        day("effective_from"),
        number("units_per_year", help="Hours or weeks a year, for fees by the hour or week; empty is 1"),
        pounds("offered_fee_gbp", "Fee offered"),
        day("offered_on"),
        day("decided_on"),
        text("benchmark_basis"),
        code("reason", "pay|inflation|needs|capital|other"),
    ),
    ladder=ladder(
        "asked(requested_on) < offered(offered_on) < agreed|refused|withdrawn(decided_on)",
        column="outcome",
        ends="agreed refused withdrawn",
    ),
    moves=moves(
        "asked > offered K: offered_fee_gbp benchmark_fee_gbp evidence",
        "offered > agreed D: agreed_fee_gbp decided_on effective_from",
        "offered > refused D: decided_on",
        "asked > withdrawn K",
    ),
    clocks=(
        clock("offer", "requested_on", days="offer_days", stops="offered_on decided_on"),
        clock("price date", "effective_from", stops="decided_on", basis="contract"),
    ),
    rules=(
        must(
            "01",
            "It is settled and no fee is given",
            lambda r: r["outcome"] == "agreed" and not r["agreed_fee_gbp"],
            dict(uplift="u1", outcome="agreed", agreed_fee_gbp=None),
            fix="Give the agreed fee per place; the old one where the request was refused.",
        ),
        query(
            "02",
            "More is agreed than was asked",
            lambda r: r["agreed_fee_gbp"] > r["asked_fee_gbp"],
            dict(uplift="u1", asked_fee_gbp=50_000_00, agreed_fee_gbp=52_000_00),
            holds_for=dict(agreed_fee_gbp="50000.00"),
            given="agreed_fee_gbp asked_fee_gbp",
            fix="Check whether asked and agreed fee stand in the right columns.",
        ),
        must(
            "03",
            "The places are below 0",
            lambda r: r["places"] < 0,
            dict(uplift="u1", places=Decimal("-0.1")),
            holds_for=dict(places="0"),
            given="places",
            fix="Give the places that the fee pays for.",
        ),
        query(
            "04",
            "The fee falls: the one asked or agreed is below the present fee",
            lambda r: any(
                r[c] is not None and r[c] < r["present_fee_gbp"] for c in ("asked_fee_gbp", "agreed_fee_gbp")
            ),
            dict(uplift="u1", present_fee_gbp="50000.00", asked_fee_gbp="50000.00", agreed_fee_gbp="49999.99"),
            holds_for=dict(agreed_fee_gbp="50000.00"),
            given="present_fee_gbp",
            fix="Check the two fees; a fall needs no request.",
        ),
        must(
            "05",
            "More is offered than was asked",
            lambda r: r["offered_fee_gbp"] > r["asked_fee_gbp"],
            dict(uplift="u1", asked_fee_gbp="55000.00", offered_fee_gbp="55000.01"),
            holds_for=dict(offered_fee_gbp="55000.00"),
            given="offered_fee_gbp asked_fee_gbp",
            fix="Correct the offer or the fee asked.",
        ),
        query(
            "06",
            "The fee asked is below the present fee or above its double; are year and week mixed?",
            lambda r: not r["present_fee_gbp"] <= r["asked_fee_gbp"] <= 2 * r["present_fee_gbp"],
            dict(uplift="u1", present_fee_gbp="1000.00", asked_fee_gbp="2000.01"),
            holds_for=dict(asked_fee_gbp="2000.00"),
            given="asked_fee_gbp present_fee_gbp",
            fix="Write both fees for the same unit of time.",
        ),
        query(
            "07",
            "It is settled without a benchmark",
            lambda r: r["outcome"] in SETTLED.split() and r["benchmark_fee_gbp"] is None,
            dict(uplift="u1", outcome="withdrawn"),
            fix="Give the fee that it was compared with, and its basis.",
        ),
        must(
            "11",
            "It was decided before it was requested",
            lambda r: r["decided_on"] < r["requested_on"],
            dict(uplift="u1", requested_on="2025-02-02", decided_on="2025-02-01"),
            holds_for=dict(decided_on="2025-02-02"),
            given="decided_on requested_on",
            fix="Correct whichever day is wrong.",
        ),
        query(
            "12",
            "The fee takes effect outside its year, or before it was requested (backdated)",
            lambda r: (
                FinancialYear.of(r["effective_from"]) != r["financial_year"]
                or (r["requested_on"] is not None and r["effective_from"] < r["requested_on"])
            ),
            dict(uplift="u1", financial_year="2025-26", effective_from="2025-03-31"),
            holds_for=dict(effective_from="2025-04-01"),
            given="effective_from financial_year",
            fix="Check the day and the year; say why a fee is backdated.",
        ),
    ),
    whole_rules=(
        query_all(
            "08",
            "The places differ from the provider's commitments",
            _other_places,
            (_ASKED,),
            holds_for=dict(places="9"),
            others={"commitments": (_BOOK,)},
            fix="Correct the places, or bring the commitment book up to date.",
        ),
        query_all(
            "09",
            "More is agreed than the framework allows",
            _above_the_lot,
            (_ASKED | dict(contract="framework", lot="oak"),),
            holds_for=dict(agreed_fee_gbp="51510.00"),
            others={"framework_lots": (dict(offer="oak", price_gbp="51000.00", index_percent="1"),)},
            fix="Hold the fee to the lot's price and its index, or say what was bought besides.",
        ),
        query_all(
            "10",
            "The commitment book still has another fee",
            _old_price,
            (_ASKED,),
            holds_for=dict(agreed_fee_gbp="50500.00"),
            others={"commitments": (_BOOK,)},
            fix="End the commitments on the day before and begin new ones at the agreed fee.",
        ),
        query_all(
            "13",
            "The same provider, place and year stand there twice while one is open",
            _asked_twice,
            (_ASKED | dict(outcome="asked", placement_type="day"), _ASKED | dict(uplift="u2", placement_type="day")),
            fix="Close the first request, or make them one.",
        ),
    ),
    measures=(
        count("requests", "every request", "row; outcome, contract"),
        total(
            "asked_gbp",
            "settled: (asked - present) x places x units in a year",
            "row; placement_type",
            _asked,
            where=_is_settled,
        ),
        total(
            "agreed_gbp",
            "settled: (fee that holds - present) x places x units in a year",
            "row; placement_type",
            _agreed,
            where=_is_settled,
            lacks="agreed_fee_gbp",
        ),
        total(
            "avoided_gbp",
            "settled: (asked - fee that holds) x places x units in a year, a full year",
            "row; placement_type, contract",
            lambda r, at: avoided(r),
            where=_is_settled,
            lacks="agreed_fee_gbp",
        ),
        total(
            "avoided_in_year_gbp",
            "what was avoided from the day it takes effect to 31 March, by days",
            "fy(effective_from)",
            _in_year,
            where=_is_settled,
            aside=True,
            lacks="agreed_fee_gbp",
        ),
        total(
            "open_gbp",
            "not settled: (asked - present) x places x units in a year",
            "row",
            _asked,
            where=lambda r, at: not _is_settled(r, at),
        ),
        share(
            "avoided_pct",
            "avoided of asked, in the settled requests",
            "row",
            lambda r, at: avoided(r),
            _asked,
            where=_with_fee,
            money=True,
        ),
        share("rise_asked_pct", "rise asked of present fees, every request", "row", _asked, _present, money=True),
        share(
            "rise_agreed_pct",
            "rise agreed of present fees, settled requests",
            "row",
            _agreed,
            _present,
            where=_with_fee,
            money=True,
        ),
        median(
            "days_to_decide",
            "decision less request, the middle one",
            "row",
            lambda r, at: (r["decided_on"] - r["requested_on"]).days,
            needs="decided_on requested_on",
            where=_is_settled,
        ),
    ),
    headline="{avoided_gbp} was avoided by negotiating fees in {year}, {avoided_pct} of what was asked.",
    feeds=(
        Feed("saving", "savings.claims", "one action claims what was avoided"),
        Feed("forecast", "independent_unit_price", "what is still open widens the upper price"),
        Feed("account", "fee-uplifts", "the view of fee uplifts"),
    ),
    example=(
        _OAK,
        dict(
            uplift="elm-2025",
            provider="Elm Park School",
            financial_year="2025-26",
            requested_on="2024-12-02",
            places="5",
            present_fee_gbp="40000.00",
            asked_fee_gbp="44000.00",
            benchmark_fee_gbp="40000.00",
            outcome="refused",
            placement_type="day",
            contract="individual",
            effective_from="2025-04-01",
            decided_on="2025-02-14",
            source="worked example",
        ),
        dict(
            uplift="ash-2025",
            provider="Ash Court School",
            financial_year="2025-26",
            requested_on="2025-03-20",
            places="8",
            present_fee_gbp="30000.00",
            asked_fee_gbp="33000.00",
            outcome="asked",
            placement_type="day",
            contract="framework",
            source="worked example",
        ),
    ),
    example_as_at=date(2025, 12, 31),
    expects="""
        requests | | | 2025-26 | 3
        asked_gbp | | | 2025-26 | 80000.00
        agreed_gbp | | | 2025-26 | 24000.00
        avoided_gbp | | | 2025-26 | 56000.00
        avoided_in_year_gbp | | | 2025-26 | 40909.59
        open_gbp | | | 2025-26 | 24000.00
        avoided_pct | | | 2025-26 | 70.0
        rise_asked_pct | | | 2025-26 | 10.0
        rise_agreed_pct | | | 2025-26 | 3.0
        days_to_decide | | | 2025-26 | 66.5
    """,
)
