"""Figures as reported and as computed, side by side. The reported ones stand; a difference is something to explain."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from highneeds.indicators.mechanism.computed import Computed
from highneeds.indicators.mechanism.measure import IndicatorValue
from highneeds.intake.workspace import DashboardIndicator, Observation, Workspace
from highneeds.vocabulary.period import FinancialYear, Month


class Standing(StrEnum):
    """How a reported and a computed figure stand to each other."""

    SAME = "the same"
    DIFFERS = "differs"
    ONLY_REPORTED = "only reported"
    ONLY_COMPUTED = "only computed"
    NEITHER = "neither"


@dataclass(frozen=True)
class ReportedAndComputed:
    """One indicator in one period, told twice."""

    indicator: DashboardIndicator
    period: Month | FinancialYear
    reported: Observation | None
    computed: IndicatorValue | None

    @property
    def difference(self) -> Decimal | None:
        """The computed figure less the reported one; None where there is only one, or none."""
        if self.reported is None or self.computed is None:
            return None
        if self.reported.value is None or self.computed.value is None:
            return None
        return Decimal(self.computed.value) - self.reported.value

    @property
    def standing(self) -> Standing:
        if self.difference is not None:
            return Standing.DIFFERS if self.difference else Standing.SAME
        if self.reported is not None and self.reported.value is not None:
            return Standing.ONLY_REPORTED
        if self.computed is not None and self.computed.value is not None:
            return Standing.ONLY_COMPUTED
        return Standing.NEITHER

    @property
    def reason(self) -> str:
        """Why a figure is missing, or what is to be known beside the computed one."""
        said = self.computed.reason if self.computed else "not computed for this period"
        if self.reported is not None and self.reported.value is None:
            said = "; ".join(words for words in (f"reported: {self.reported.reason}", said) if words)
        return said


def side_by_side(workspace: Workspace, found: Computed, month: Month) -> tuple[ReportedAndComputed, ...]:
    """Every indicator of the dashboard in that month, or in the financial year the month lies in."""
    return tuple(_beside(_series(workspace, one), found, one, month) for one in workspace.indicators)


def all_months(workspace: Workspace, found: Computed) -> tuple[ReportedAndComputed, ...]:
    """Every indicator that is printed by the month, in every month of the dashboard."""
    monthly = [(one, _series(workspace, one)) for one in workspace.indicators if one.frequency == "monthly"]
    return tuple(_beside(series, found, one, month) for one, series in monthly for month in workspace.months)


ByPeriod = Mapping[Month | FinancialYear, Observation]


def _series(workspace: Workspace, one: DashboardIndicator) -> ByPeriod:
    return {observation.period: observation for observation in workspace.series(one.id)}


def _beside(series: ByPeriod, found: Computed, one: DashboardIndicator, month: Month) -> ReportedAndComputed:
    yearly = FinancialYear.of(month.last_day)
    period: Month | FinancialYear = yearly if yearly in series or one.frequency != "monthly" else month
    return ReportedAndComputed(one, period, series.get(period), found.figure(one.id, period))
