"""From what is given to the table of the dashboard: every indicator, every month, and why where there is no figure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from highneeds.caseload import Caseload
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.indicator import Answer, Gap, Indicator, RemarkedAnswer, Subject, lacking
from highneeds.indicators.mechanism.registry import indicators
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.progress import Progress, no_progress
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table

COLUMNS = ("indicator", "period", "part", "whole", "value", "unit", "state", "reason")
TITLE = "Indicators"
PRINTED_WITH_THE_TABLE = ("rollover_month",)  # a choice of the whole table, said once beside it


@dataclass(frozen=True)
class IndicatorValue:
    """One figure of one indicator, or why there is none."""

    indicator: Indicator
    period: Month | FinancialYear
    state: State
    value: Decimal | int | None = None
    part: int | None = None
    whole: int | None = None
    reason: str = ""

    @property
    def row(self) -> tuple[object, ...]:
        about = self.indicator
        figures = (self.part, self.whole, self.value)
        return (about.id, str(self.period), *figures, about.unit.value, self.state.value, self.reason)


def measure(
    given: IndicatorInputs,
    months: Iterable[Month],
    chosen: Iterable[Indicator] | None = None,
    progress: Progress = no_progress,
) -> tuple[IndicatorValue, ...]:
    """Every chosen indicator (else all) for every month, or for every financial year the months touch.

    progress   how many indicators are done
    """
    asked = tuple(months)
    years = tuple(dict.fromkeys(FinancialYear.of(month.last_day) for month in asked))
    wanted = tuple(indicators() if chosen is None else chosen)
    found: list[IndicatorValue] = []
    for done, one in enumerate(wanted):
        progress(f"Measuring {len(asked)} months, {one.title}", done, len(wanted))
        found += [measure_one(one, given, period) for period in (years if one.yearly else asked)]
    return tuple(found)


def as_table(measured: Iterable[IndicatorValue]) -> Table:
    return Table.of(COLUMNS, (one.row for one in measured), TITLE)


def measure_one(one: Indicator, given: IndicatorInputs, period: Month | FinancialYear) -> IndicatorValue:
    if one.subject is Subject.REGISTERS:
        registers = given.registers
        if isinstance(period, Month) and given.caseloads is not None and period.first_day <= given.caseloads.ends:
            registers = replace(registers, caseload=given.caseloads.for_month(period))
        return _figure(one, period, one.ask(registers, period), "")
    assert isinstance(period, Month)
    caseload = _caseload_for(one, given, period)
    if isinstance(caseload, Gap):
        return _figure(one, period, caseload, "")
    gap = _why_not(one, caseload)
    return _figure(one, period, gap or one.ask(caseload, period), _beside(one, caseload, period))


def _caseload_for(one: Indicator, given: IndicatorInputs, month: Month) -> Caseload | Gap:
    if given.caseloads is None:
        return Gap("no accepted SEN2 return")
    latest = given.caseloads.ends
    if month.first_day > latest:
        return Gap(f"the last return ends {latest}")
    if not one.reached_only:
        return given.caseloads.for_month(month)
    why = f"a return holds one review per plan: only the month-end it reaches can be computed (return ends {latest})"
    return given.caseloads.reaching(month) or Gap(why)


def _why_not(one: Indicator, caseload: Caseload) -> Gap | None:
    """Why this caseload cannot answer: a field that its layout does not carry, or no list of establishments."""
    if gap := lacking(caseload, one.fields):
        return gap
    if one.settings and not caseload.classed:
        return Gap("no list of establishments was given, so settings are not known")
    return None


def _beside(one: Indicator, caseload: Caseload, month: Month) -> str:
    """What is said beside a computed figure: how far the return reaches, and a choice other than the default."""
    said = []
    if month.last_day > caseload.reference_date:
        said.append(f"return ends {caseload.reference_date}")
    if month.first_day < caseload.first_day:
        said.append(f"return begins {caseload.first_day}")
    choices = tuple(name for name in one.choices if name not in PRINTED_WITH_THE_TABLE)
    said.append(caseload.settings.changed(choices))
    return "; ".join(words for words in said if words)


def _figure(one: Indicator, period: Month | FinancialYear, answer: Answer, beside: str) -> IndicatorValue:
    if isinstance(answer, Gap):
        return IndicatorValue(one, period, answer.state, reason=answer.reason)
    if isinstance(answer, RemarkedAnswer):
        return _figure(one, period, answer.answer, "; ".join(words for words in (answer.words, beside) if words))
    if not isinstance(answer, Ratio):
        return IndicatorValue(one, period, State.COMPUTED, answer, reason=beside)
    value = answer.percent(one.decimals)
    if value is None:
        why = f"nothing to divide by: no {one.whole}"
        return IndicatorValue(one, period, State.UNAVAILABLE, None, answer.part, answer.whole, why)
    return IndicatorValue(one, period, State.COMPUTED, value, answer.part, answer.whole, beside)
