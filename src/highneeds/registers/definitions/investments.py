"""The register of investments: what the council spends outside the grant so that the grant spends less."""

from collections.abc import Iterator, Sequence

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.definitions._shared import circles
from highneeds.registers.definitions.savings import net
from highneeds.registers.mechanism.column import code, number, refers, yes_no
from highneeds.registers.mechanism.measure import MeasureValue, gap, left_aside, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, must_all, query
from highneeds.registers.mechanism.situation import Situation
from highneeds.registers.register import Column, Kind
from highneeds.vocabulary.period import FinancialYear


@rule(
    "INVESTMENTS-01",
    severity=Severity.MUST_FIX,
    fix="Give the amount, or name the fact that states it.",
    broken_by=dict(investment="casework", amount_gbp=None, figures=None),
    holds_for=(dict(amount_gbp=0), dict(figures="casework_sum")),
    source="an investment without a sum cannot be weighed",
)
def an_investment_has_a_sum(row: RegisterRow) -> str | None:
    return "It has neither an amount nor a figure" if row["amount_gbp"] is None and not row["figures"] else None


def _in_force(row: RegisterRow, year: FinancialYear) -> bool:
    return (row["first_year"] is None or row["first_year"] <= year) and (
        row["last_year"] is None or row["last_year"] >= year
    )


def _wholes(rows: Sequence[RegisterRow], at: Situation) -> list[RegisterRow]:
    """Rows in force in the year that are not part of another that is in force."""
    held = [row for row in rows if _in_force(row, at.year)]
    names = {row["investment"] for row in held}
    return [row for row in held if row["part_of"] not in names]


def _invested(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    held = _wholes(rows, at)
    known = [(row, amount) for row in held if (amount := at.amount(row, "amount_gbp")) is not None]
    left = counted(held) - counted(row for row, _ in known)
    over = [
        at.facts[name].qualifier
        for row, _ in known
        for name in (row["figures"] or "").split()
        if at.facts and name in at.facts and at.facts[name].qualifier in ("over", "about", "almost", "at_least")
    ]
    reason = left_aside(left, counted(held), "no amount_gbp", beside=over)
    return MeasureValue(sum(amount for _, amount in known), reason=reason) if known or not held else gap(reason)


def _enabled(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    savings = at.others_of("savings")
    wanted = {name for row in rows if _in_force(row, at.year) for name in (row["enables"] or "").split()}
    return net([one for one in savings if one["saving"] in wanted and one["stage"] != "dropped"], at)


def _benefit(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    enabled, invested = _enabled(rows, at), _invested(rows, at)
    if enabled.value is None or invested.value is None:
        return gap(enabled.reason or invested.reason)
    return MeasureValue(enabled.value - invested.value, reason=invested.reason or enabled.reason)


def _bad_part(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    names = {row["investment"] for row in rows}
    yield from (row for row in rows if row["part_of"] and row["part_of"] not in names)
    yield from circles(rows, "investment", "part_of")


def _larger_part(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    amounts = {row["investment"]: at.amount(row, "amount_gbp") for row in rows}
    for row in rows:
        part, whole = amounts[row["investment"]], amounts.get(row["part_of"])
        if part is not None and whole is not None and part > whole:
            yield row


def _unknown_saving(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    known = {one["saving"] for one in at.others_of("savings")}
    yield from (row for row in rows if set((row["enables"] or "").split()) - known)


_STAFF = dict(investment="i1", title="Staff", first_year="2024-25", amount_gbp="900.00", enables="s1")


investments = Register(
    name="investments",
    title="Investments outside the grant",
    unit="one investment",
    source="The council's revenue budget",
    key="investment",
    named_by="title",
    help="Council money beside the grant, and the savings it makes possible.",
    columns=(
        Column("investment", "Short name", required=True),
        Column("title", "Investment", required=True),
        Column("first_year", "First year", Kind.FINANCIAL_YEAR),
        Column("last_year", "Last year", Kind.FINANCIAL_YEAR),
        Column("amount_gbp", "Amount a year", Kind.POUNDS, help="Empty where a published figure states it"),
        Column("part_of", "Part of", help="Short name of the investment that includes it"),
        Column("enables", "Savings it enables", help="Short names of savings, separated by spaces"),
        Column("figures", "Figure it rests on", help="Id of the fact that states the amount"),
        Column("source", "Source"),
        yes_no("permanent"),
        number("posts_fte", "Posts (full-time equivalent)"),
        code("budget", "base|one_off|capital"),
        refers("decision", "decisions"),
    ),
    rules=(
        an_investment_has_a_sum,
        must(
            "05",
            "The last year is before the first",
            lambda r: r["last_year"] < r["first_year"],
            dict(investment="i1", first_year="2024-25", last_year="2023-24"),
            holds_for=dict(last_year="2024-25"),
            given="last_year first_year",
            fix="Correct one of the two.",
        ),
        query(
            "06",
            "It is permanent and has a last year",
            lambda r: r["permanent"] and r["last_year"] is not None,
            dict(investment="i1", permanent="yes", last_year="2026-27"),
            fix="Correct one of the two.",
        ),
    ),
    example=(
        {
            "investment": "casework",
            "title": "Permanent casework officers",
            "first_year": "2024-25",
            "amount_gbp": "900000.00",
            "enables": "fees",
            "source": "worked example",
        },
    ),
    systems="A15",
    kept_by="finance_partner",
    decides="section_151",
    used="Budget setting in February, and each report",
    whole_rules=(
        must_all(
            "02",
            "What it is part of is unknown or runs in a circle",
            _bad_part,
            (_STAFF | dict(part_of="i9"),),
            fix="Name an investment that stands in the list.",
        ),
        must_all(
            "03",
            "The part is larger than its whole",
            _larger_part,
            (_STAFF, _STAFF | dict(investment="i2", part_of="i1", amount_gbp="900.01")),
            holds_for=dict(amount_gbp="900.00"),
            fix="Correct one of the amounts.",
        ),
        must_all(
            "04",
            "A saving that it enables is not in savings",
            _unknown_saving,
            (_STAFF,),
            others={"savings": ()},
            fix="Add the saving, or correct its name.",
        ),
    ),
    measures=(
        worked(
            "invested_gbp",
            "amounts in force in the year, parts of others left out",
            "fy",
            _invested,
            unit="gbp",
            since="first_year",
        ),
        worked(
            "enabled_gbp", "net effect of the savings that they enable", "fy", _enabled, unit="gbp", since="first_year"
        ),
        worked("net_benefit_gbp", "enabled less invested", "fy", _benefit, unit="gbp", since="first_year"),
    ),
    headline="{invested_gbp} of council money in {year} stands beside the grant.",
    feeds=(Feed("account", "investments", "beside the savings they enable"),),
    beside={
        "savings": (
            dict(
                saving="fees",
                title="Fees",
                owner_role="Commissioning",
                kind="avoided",
                starts="2024-10",
                confidence="likely",
                full_year_gbp="1200000.00",
            ),
        )
    },
    expects="""
        invested_gbp | | | 2024-25 | 900000.00
        enabled_gbp | | | 2024-25 | 600000.00
        net_benefit_gbp | | | 2024-25 | -300000.00
        net_benefit_gbp | | | 2025-26 | 300000.00
    """,
)
