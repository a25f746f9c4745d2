"""The register of framework lots: who may be bought from, and at what price."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from highneeds.registers.definitions._shared import PLACEMENT_TYPES, rows_in_force
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, number, pounds, refers, text, whole, year
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, distinct_count, each, mean, ratio, worked
from highneeds.registers.mechanism.measuring import known
from highneeds.registers.mechanism.reckoning import common_day
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.period import FinancialYear


def _in_force(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "awarded") and at.live(row, "starts_on", "ends_on")


def score(row: RegisterRow, rows: Sequence[RegisterRow]) -> Any:
    """Quality and price points by the lot's weight; price points = 100 x the lot's lowest price / price."""
    prices = [one["price_gbp"] for one in rows if one["lot"] == row["lot"] and one["state"] != "withdrawn"]
    if row["quality_score"] is None or not row["price_gbp"] or not prices:
        return None
    points = Decimal(100) * min(prices) / row["price_gbp"]
    weight = Decimal(row["quality_weight_percent"])
    return (row["quality_score"] * weight + points * (100 - weight)) / 100


def _two_weights(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    first: dict[str, Any] = {}
    for row in rows:
        if first.setdefault(row["lot"], row["quality_weight_percent"]) != row["quality_weight_percent"]:
            yield row


def _awarded_twice(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    seen: dict[tuple[str, str], list[RegisterRow]] = {}
    for row in rows:
        if row["state"] != "awarded":
            continue
        before = seen.setdefault((row["lot"], row["provider"]), [])
        if any(common_day((a["starts_on"], a["ends_on"]), (row["starts_on"], row["ends_on"])) for a in before):
            yield row
        before.append(row)


def _before_its_decision(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        decision = at.row_of("decisions", row["decision"]) if row["awarded_on"] else None
        if decision and (decision["effective_on"] is None or row["awarded_on"] < decision["effective_on"]):
            yield row


def _on_framework(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    providers = {row["provider"] for row in rows if _in_force(row, at)}
    book = [one for one in rows_in_force(at.others_of("commitments"), at.day) if one["line"] == "1.2.3"]
    return ratio(sum(one["fte"] for one in book if one["provider"] in providers), sum(one["fte"] for one in book))


_LOT = dict(
    offer="o1",
    framework="2025",
    lot="day-asd",
    provider="Oak",
    placement_type="day",
    price_gbp="50000.00",
    price_base="2025-26",
    quality_weight_percent="60",
    state="awarded",
    awarded_on="2025-05-01",
    starts_on="2025-09-01",
)

framework_lots = Register(
    name="framework_lots",
    title="Framework lots and offers",
    unit="one provider's offer in one lot",
    source="Framework contract for independent and non-maintained special schools",
    key="offer",
    named_by="provider",
    help="Who may be bought from, at what price and quality.",
    systems="F6",
    kept_by="condition_owner",
    decides="finance_partner",
    used="Re-procurement, and the yearly price review",
    columns=(
        key("offer"),
        text("framework*"),
        text("lot*"),
        text("provider*"),
        text("urn", "URN"),
        code("placement_type*", PLACEMENT_TYPES),
        pounds("price_gbp*", "Price a year", unit="a year"),
        year("price_base*"),
        number("quality_score"),
        number("quality_weight_percent*", "Weight of quality, percent"),
        code("ofsted", "outstanding|good|requires_improvement|inadequate|not_inspected", "Ofsted"),
        whole("capacity"),
        day("submitted_on"),
        day("evaluated_on"),
        day("awarded_on"),
        day("starts_on"),
        day("ends_on"),
        number("index_percent", "Index, percent a year"),
        refers("decision", "decisions"),
        code("state*", "submitted|evaluated|awarded|not_awarded|withdrawn|suspended|ended"),
    ),
    ladder=ladder(
        "submitted(submitted_on) < evaluated(evaluated_on) < awarded(awarded_on) < ended(ends_on)",
        side="not_awarded withdrawn suspended",
        ends="ended",
    ),
    moves=moves("evaluated > awarded D: quality_score awarded_on starts_on decision", "awarded > suspended D"),
    clocks=(
        clock("end of award", "ends_on", months=-12, basis="contract", where=lambda r, at: r["state"] == "awarded"),
    ),
    rules=(
        must(
            "01",
            "A score or weight is outside 0 to 100",
            lambda r: any(
                r[c] is not None and not 0 <= r[c] <= 100 for c in ("quality_score", "quality_weight_percent")
            ),
            dict(offer="o1", quality_score="100.1", quality_weight_percent="60"),
            holds_for=dict(quality_score="100"),
            fix="Write it between 0 and 100.",
        ),
        query(
            "04",
            "It is awarded while the provider is inadequate",
            lambda r: r["state"] == "awarded" and r["ofsted"] == "inadequate",
            dict(offer="o1", state="awarded", ofsted="inadequate"),
            fix="Say how children are safe there, or suspend it.",
        ),
    ),
    whole_rules=(
        must_all(
            "02",
            "One lot has two weights",
            _two_weights,
            (_LOT, _LOT | dict(offer="o2", quality_weight_percent="50")),
            fix="Use the weight of the tender.",
        ),
        must_all(
            "03",
            "The provider is awarded twice in one lot on a common day",
            _awarded_twice,
            (_LOT | dict(ends_on="2026-08-31"), _LOT | dict(offer="o2", starts_on="2026-08-31")),
            holds_for=dict(starts_on="2026-09-01"),
            fix="End the first award before the second begins.",
        ),
        must_all(
            "05",
            "It was awarded before the decision took effect",
            _before_its_decision,
            (_LOT | dict(decision="d1"),),
            holds_for=dict(awarded_on="2025-05-02"),
            others={"decisions": (dict(decision="d1", effective_on="2025-05-02"),)},
            fix="Correct the day, or wait for the decision.",
        ),
        query_all(
            "06",
            "The price base is over two years old and there is no index",
            lambda rows, at: [
                r
                for r in rows
                if r["state"] == "awarded"
                and r["index_percent"] is None
                and FinancialYear.of(at.as_at).start - r["price_base"].start > 2
            ],
            (_LOT | dict(price_base="2022-23"),),
            holds_for=dict(price_base="2023-24"),
            fix="Review the price, or give the contract's index.",
        ),
    ),
    measures=(
        count("offers", "every offer", "all; lot, state"),
        distinct_count(
            "awarded_providers", "different providers awarded and in force", "as_at; lot", "provider", _in_force
        ),
        each(
            "score",
            "(quality x weight + price points x (100 - weight)) / 100",
            "all; offer",
            lambda r, at: score(r, known(at)),
            needs="quality_score",
        ),
        mean(
            "average_price_gbp",
            "mean price of the awards in force",
            "as_at; lot",
            lambda r, at: r["price_gbp"],
            where=_in_force,
            decimals=0,
        ),
        count(
            "capacity_places",
            "places offered by the awards in force",
            "as_at; lot",
            _in_force,
            of=lambda r, at: r["capacity"],
            needs="capacity",
            aside=True,
            unit="places",
        ),
        worked(
            "on_framework_pct",
            "full-time equivalents of line 1.2.3 with an awarded provider, of all of line 1.2.3",
            "as_at",
            _on_framework,
            unit="percent",
        ),
    ),
    headline=(
        "{on_framework_pct} of independent placements are with {awarded_providers:provider|providers} of the framework."
    ),
    feeds=(Feed("assurance", "condition 7", "evidence"), Feed("forecast", "independent_unit_price", "ceiling")),
    example=(
        dict(
            offer="oak",
            framework="Special schools 2025",
            lot="day-asd",
            provider="Oak House School",
            placement_type="day",
            price_gbp="50000.00",
            price_base="2025-26",
            quality_score="80",
            quality_weight_percent="60",
            ofsted="good",
            capacity="12",
            submitted_on="2025-01-10",
            evaluated_on="2025-02-20",
            state="evaluated",
            source="worked example",
        ),
        dict(
            offer="elm",
            framework="Special schools 2025",
            lot="day-asd",
            provider="Elm Park School",
            placement_type="day",
            price_gbp="40000.00",
            price_base="2025-26",
            quality_score="70",
            quality_weight_percent="60",
            ofsted="good",
            capacity="8",
            submitted_on="2025-01-12",
            evaluated_on="2025-02-20",
            state="evaluated",
            source="worked example",
        ),
    ),
    expects="""
        offers | | | | 2
        score | offer | elm | | 82.0
        score | offer | oak | | 80.0
        awarded_providers | | | 2025-04-02 | 0
        average_price_gbp | | | 2025-04-02 | nothing in the whole
        on_framework_pct | | | 2025-04-02 | no register of commitments is given
    """,
)
