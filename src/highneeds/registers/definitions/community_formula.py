"""The register of the community formula: how the money of the communities of schools is shared."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.registers.mechanism.column import code, key, number, pounds, year
from highneeds.registers.mechanism.measure import total
from highneeds.registers.mechanism.reckoning import largest_remainder
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.period import FinancialYear

FACTORS = {
    "budget": "Budget",
    "lump_sum": "Lump sum",
    "pupils": "Pupils",
    "sen_support": "SEN support",
    "low_plans": "Plans with lower-level support",
    "deprived": "Deprived pupils",
}
WEIGHED = ("pupils", "sen_support", "low_plans", "deprived")


def shares_of(
    communities: Sequence[RegisterRow], formula: Sequence[RegisterRow], year_: FinancialYear
) -> dict[str, int]:
    """The share of each community in pence; they add exactly to the budget. NotAtHand says what is missing."""
    own = [row for row in communities if row["financial_year"] == year_]
    given = {row["factor"]: row for row in formula if row["financial_year"] == year_}
    if "budget" not in given or given["budget"]["amount_gbp"] is None:
        raise NotAtHand(f"the formula has no budget for {year_}")
    if any(row.n > 1 for row in own):
        raise NotAtHand("the communities are not named")
    lump = given["lump_sum"]["amount_gbp"] or 0 if "lump_sum" in given else 0
    rest = given["budget"]["amount_gbp"] - lump * len(own)
    weights = {_name(row): Decimal(0) for row in own}
    for factor in WEIGHED:
        weight = given[factor]["weight_percent"] if factor in given else None
        if not weight:
            continue
        if any(row[factor] is None for row in own):
            raise NotAtHand(f"a community has no {factor}")
        whole_ = sum(row[factor] for row in own)
        for row in own:
            weights[_name(row)] += Decimal(weight) * row[factor] / whole_ if whole_ else Decimal(0)
    return {name: lump + share for name, share in largest_remainder(rest, weights).items()}


def _name(row: RegisterRow) -> str:
    return str(row["community"] or row["row"])


def _weights(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    sums: dict[FinancialYear, Decimal] = {}
    for row in rows:
        sums[row["financial_year"]] = sums.get(row["financial_year"], Decimal(0)) + (row["weight_percent"] or 0)
    for year_, together in sums.items():
        if together != 100:
            yield (
                next(row for row in rows if row["financial_year"] == year_),
                f"The weights of {year_} add to {together}",
            )


def _budgets(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for year_ in dict.fromkeys(row["financial_year"] for row in rows):
        own = [row for row in rows if row["financial_year"] == year_]
        if sum(row["factor"] == "budget" for row in own) != 1:
            yield own[0]


def _lump_sums(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        if row["factor"] != "lump_sum" or row["amount_gbp"] is None:
            continue
        number = counted(one for one in at.others_of("communities") if one["financial_year"] == row["financial_year"])
        budget = sum(
            one["amount_gbp"] or 0
            for one in rows
            if one["factor"] == "budget" and one["financial_year"] == row["financial_year"]
        )
        if row["amount_gbp"] * number > budget:
            yield row


def _missing_numbers(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        held = [one for one in at.others_of("communities") if one["financial_year"] == row["financial_year"]]
        if row["factor"] in WEIGHED and row["weight_percent"] and any(one[row["factor"]] is None for one in held):
            yield row


_BUDGET = dict(entry="b", financial_year="2025-26", factor="budget", amount_gbp="1000.00")
_WEIGHT = dict(entry="w", financial_year="2025-26", factor="pupils", weight_percent="100")

community_formula = Register(
    name="community_formula",
    title="Formula of the communities",
    unit="one factor in one year",
    source="Schools forum; local funding formula",
    key="entry",
    help="The budget of the communities of schools, and the weights by which it is shared.",
    systems="F3",
    kept_by="finance_partner",
    decides="section_151",
    used="Budget setting, after the schools forum",
    columns=(
        key("entry"),
        year("financial_year*"),
        code("factor*", FACTORS),
        number("weight_percent"),
        pounds("amount_gbp", help="Budget: the whole; lump sum: each"),
    ),
    whole_rules=(
        must_all(
            "01",
            "The weights of a year do not add to 100",
            _weights,
            (_BUDGET, _WEIGHT | dict(weight_percent="99.9")),
            holds_for=dict(weight_percent="100"),
            fix="Correct the weights.",
        ),
        must_all(
            "02", "There is not exactly one budget in a year", _budgets, (_WEIGHT,), fix="Give one budget for the year."
        ),
        must_all(
            "03",
            "The lump sums exceed the budget",
            _lump_sums,
            (_BUDGET, dict(entry="l", financial_year="2025-26", factor="lump_sum", amount_gbp="500.01")),
            holds_for=dict(amount_gbp="500.00"),
            others={
                "communities": (
                    dict(row="1", community="X", financial_year="2025-26"),
                    dict(row="2", community="Y", financial_year="2025-26"),
                )
            },
            fix="Lower the lump sum.",
        ),
        must_all(
            "04",
            "A factor has a weight and a community lacks its number",
            _missing_numbers,
            (_BUDGET, _WEIGHT),
            others={"communities": (dict(row="1", community="X", financial_year="2025-26"),)},
            fix="Give every community its number.",
        ),
    ),
    measures=(
        total("budget_gbp", "what is shared", "row", needs="amount_gbp", where=lambda r, at: r["factor"] == "budget"),
    ),
    headline="{budget_gbp} is shared among the communities in {year}.",
    feeds=(Feed("report", "communities", "their shares"), Feed("report", "forum", "the budget")),
    example=(
        dict(
            entry="2025-budget",
            financial_year="2025-26",
            factor="budget",
            amount_gbp="1000.00",
            source="worked example",
        ),
        dict(
            entry="2025-pupils", financial_year="2025-26", factor="pupils", weight_percent="60", source="worked example"
        ),
        dict(
            entry="2025-deprived",
            financial_year="2025-26",
            factor="deprived",
            weight_percent="40",
            source="worked example",
        ),
    ),
    expects="""
        budget_gbp | | | 2025-26 | 1000.00
    """,
)
