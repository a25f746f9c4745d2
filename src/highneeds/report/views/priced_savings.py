"""The savings register beside what the forecast says of it: needs the forecast, so only what asks for it loads it."""

from highneeds.account.pennies import decimal_pounds
from highneeds.account.savings.priced import (
    PricedRegister,
    PricedSaving,
    Together,
    priced_savings,
    workspace_scenarios,
)
from highneeds.account.savings.register import with_a_sum
from highneeds.evidence import Evidence
from highneeds.report.words import savings as words
from highneeds.vocabulary.table import Table

PRICED_YEARS = 5
"""How many Januaries ahead savings are priced: until the slowest of them runs whole."""


def savings_of(evidence: Evidence) -> Table:
    """The savings register beside the forecast that every report of the council is made from."""
    draws, seed = evidence.options.draws, evidence.options.seed
    facts = {fact.id: fact for fact in evidence.workspace.facts}
    later = {fact.id for fact in evidence.workspace.later_facts}
    found = priced_savings(
        with_a_sum(evidence.rows("savings"), facts, later),
        facts,
        workspace_scenarios(evidence.root),
        evidence.basis(PRICED_YEARS).assumptions,
        draws,
        seed,
        asked=evidence.account.parts.savings_needed,
    )
    return priced_table(found)


def priced_table(priced: PricedRegister) -> Table:
    """The register's own sum beside what the forecast prices it at, with the reason where it cannot; then the whole."""
    columns = (
        "saving",
        "lever",
        "financial_year",
        "register_gbp",
        "forecast_gbp",
        "forecast_low_gbp",
        "forecast_high_gbp",
        "difference_gbp",
        "state",
        "reason",
        "overlap",
    )
    rows = [_cells(one) for one in priced.actions]
    whole = _whole(priced.together) if priced.together else []
    totals = (len(rows), len(rows) + 2) if whole else ()
    return Table.of(columns, [*rows, *whole], "Savings as the register has them and as forecast", totals)


def _whole(one: Together) -> list[tuple[object, ...]]:
    """The prices alone, what they count twice, and the actions done together."""
    year, register = str(one.year), decimal_pounds(one.register)
    alone, overlap, mean, low, high = (
        decimal_pounds(round(value * 100)) for value in (one.alone, one.overlap, one.mean, one.low, one.high)
    )
    nothing = (None, None, None)
    return [
        ("TOTAL alone, added up", "", year, None, alone, *nothing, "estimated", "", ""),
        ("Overlap between actions, taken out", "", year, None, -overlap, *nothing, "estimated", "", ""),
        (
            "TOTAL done together",
            "",
            year,
            register,
            mean,
            low,
            high,
            mean - register,
            "estimated",
            "",
            words.together(one),
        ),
    ]


def _cells(one: PricedSaving) -> tuple[object, ...]:
    register = None if one.register is None else decimal_pounds(one.register)
    sums = [None if value is None else decimal_pounds(round(value * 100)) for value in (one.mean, one.low, one.high)]
    difference = None if register is None or sums[0] is None else sums[0] - register
    state = "unavailable" if one.mean is None else "estimated"
    year = str(one.year) if one.year else None
    said = (words.no_price(one.reason), words.overlaps(one.overlaps))
    return (one.saving.name, one.lever, year, register, *sums, difference, state, *said)
