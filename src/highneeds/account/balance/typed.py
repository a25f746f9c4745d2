"""What years.csv and spend.csv say of a year, as statements beside what documents print of it.

The council's own typed figures are the account; where a document prints another sum for the same thing, the typed one
stands and the two are a finding.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from highneeds.account.amount import Amount, SpendRows
from highneeds.account.balance.layers import MEASURES, LayerKey
from highneeds.account.balance.opening import half_of_last_digit
from highneeds.account.balance.roll import RolledAccount, YearPosition
from highneeds.account.stated import Stated, apart
from highneeds.checks.finding import Finding, Severity
from highneeds.intake.ledger.positions import Layer


def typed_positions(account: RolledAccount | None, day: date) -> dict[LayerKey, Stated]:
    """Every figure of the account that the council's own files give, by year, measure and layer.

    day   of the report: a year that has ended is achieved, another is the latest view of it
    """
    if account is None:
        return {}
    return {key: one for position in account.positions for key, one in _of_year(position, day)}


def _of_year(one: YearPosition, day: date) -> Iterator[tuple[LayerKey, Stated]]:
    seen = Layer.ACHIEVED if one.year.last_day < day else Layer.LATEST
    found = {
        (seen, "in_year_before_contributions_gbp"): one.actual.before,
        (seen, "closing_deficit_gbp"): one.actual.closing,
        (seen, "cumulative_gap_gbp"): one.gap,
        (seen, "dfe_payment_gbp"): one.actual.payments,
        (seen, "council_contribution_gbp"): one.actual.contribution,
        (Layer.AGREED, "in_year_before_contributions_gbp"): one.plan.before,
        (Layer.AGREED, "closing_deficit_gbp"): one.plan_closing,
        (Layer.AGREED, "dfe_payment_gbp"): one.plan.payments,
        (Layer.AGREED, "council_contribution_gbp"): one.plan.contribution,
    }
    for (layer, measure), amount in found.items():
        if amount.pence is not None:
            yield (one.year, measure, layer), _statement(amount, one)


def _statement(amount: Amount, one: YearPosition) -> Stated:
    assert amount.pence is not None
    return Stated(amount.pence, amount.pence, source=_place(amount, one), row=one.where)


def _place(amount: Amount, one: YearPosition) -> str:
    """The row of the year and, where spend enters, the file that the spend is in: not each of its rows."""
    spent = [str(part) for part in amount.sources if isinstance(part, SpendRows)]
    return "; ".join((str(one.where), *spent[:1]))


def disagreements(typed: Mapping[LayerKey, Stated], printed: Mapping[LayerKey, Sequence[Stated]]) -> Iterator[Finding]:
    """Figures that the council's own files give otherwise than a document prints them."""
    for key, mine in typed.items():
        for other in printed.get(key, ()):
            if not agree(mine.pence, other):
                yield _finding(key, mine, other)


def agree(pence: int, printed: Stated) -> bool:
    """True where a sum to the penny is the printed one, as exactly as that is printed."""
    half = half_of_last_digit(printed.low) if printed.low else 0
    if printed.high is None:
        return pence >= printed.low - half
    over = half_of_last_digit(printed.high) if printed.high else half
    return printed.low - half <= pence <= printed.high + over


def _finding(key: LayerKey, mine: Stated, other: Stated) -> Finding:
    year, measure, layer = key
    assert mine.row is not None
    return Finding(
        "ACCOUNT-10",
        Severity.QUERY,
        mine.row.document,
        mine.row.line,
        f"{year} {measure} {other.fact}",
        measure,
        f"{MEASURES[measure]} of {year}, {layer.value}: {apart(mine.pence, other)}",
        "Correct the one that is wrong; every page shows the figure of this file until then.",
    )
