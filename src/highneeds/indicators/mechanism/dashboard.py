"""What can be asked of a council's dashboard: its months, as reported or computed, and what else its returns tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from highneeds.caseload import Caseloads
from highneeds.caseload.pipeline import reconcile
from highneeds.indicators.mechanism.further import further
from highneeds.indicators.mechanism.given import IndicatorInputs, IndicatorRegisters
from highneeds.indicators.mechanism.measure import COLUMNS, TITLE, as_table, measure
from highneeds.indicators.mechanism.of_workspace import accepted_caseloads
from highneeds.indicators.mechanism.restated import restated
from highneeds.intake.accepted import Acceptance
from highneeds.intake.workspace import Workspace
from highneeds.intake.workspace.dashboard import Observation
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.progress import Progress, no_progress
from highneeds.vocabulary.table import Table

YEAR = 12


def reported_table(observations: Iterable[Observation]) -> Table:
    """The figures as the council reported them, in the columns of the computed ones."""
    rows = (
        (one.indicator, str(one.period), one.part, one.whole, one.value, one.unit.value, one.state.value, one.reason)
        for one in observations
    )
    return Table.of(COLUMNS, rows, TITLE)


@dataclass(frozen=True)
class Dashboard:
    """What the figures of a dashboard come from.

    workspace  as reported; None without one
    caseloads  what is counted; None where nothing is
    """

    workspace: Workspace | None
    caseloads: Caseloads | None

    def months(self, first: str | None, last: str | None) -> tuple[Month, ...]:
        """The months asked for; without a word those of the dashboard, else the year to the latest return."""
        if self.workspace is not None and self.workspace.months:
            default = (self.workspace.months[0], self.workspace.months[-1])
        elif self.caseloads is not None:
            ends = Month.of(self.caseloads.ends)
            default = (ends.plus(-YEAR), ends)
        elif first and last:
            default = (Month.parse(first), Month.parse(last))
        else:
            raise InputError(
                "There is no month to show", remedy="Give --from and --to, such as --from 2024-01 --to 2025-01"
            )
        begin = Month.parse(first, "--from") if first else default[0]
        end = Month.parse(last, "--to") if last else default[1]
        if end < begin:
            raise InputError(f"--to {end} lies before --from {begin}", remedy="Give the earlier month first")
        return begin.through(end)

    def both(self, months: Sequence[Month], registers: IndicatorRegisters, progress: Progress = no_progress) -> Table:
        """Reported and computed under each other, by indicator and period."""
        rows = [*self.reported(months).rows, *self.computed(months, registers, progress).rows]
        return Table.of(COLUMNS, sorted(rows, key=lambda row: (str(row[0]), str(row[1]))), TITLE)

    def computed(
        self, months: Sequence[Month], registers: IndicatorRegisters, progress: Progress = no_progress
    ) -> Table:
        """Every indicator month by month, from the caseloads and the registers."""
        return as_table(measure(IndicatorInputs(self.caseloads, registers), months, progress=progress))

    def reported(self, months: Sequence[Month]) -> Table:
        """The council's own figures of these months and of their financial years."""
        if self.workspace is None:
            raise InputError("Without a workspace nothing was reported", remedy="Give a workspace, or --as computed")
        asked = {str(month) for month in months} | {str(FinancialYear.of(month.first_day)) for month in months}
        return reported_table(one for one in self.workspace.observations if str(one.period) in asked)

    def pipeline(self, months: Sequence[Month]) -> Table:
        """Does the pipeline of requests add up, month by month?"""
        if self.caseloads is None:
            raise InputError("The pipeline is counted from SEN2", remedy="Give --caseload, or accept a return first")
        return reconcile(self.caseloads, months)

    def further(self, name: str, months: Sequence[Month]) -> Table:
        """Internal tables; small counts stand in them as they are."""
        if self.caseloads is None:
            raise InputError("These are counted from SEN2", remedy="Give --caseload, or accept a return first")
        return further(name, self.caseloads, months)

    def restated(self, months: Sequence[Month], accepted: Sequence[Acceptance]) -> Table:
        """Of a workspace each accepted return by the settings of its acceptance; else the returns that were given."""
        own = self.workspace
        as_accepted = accepted_caseloads(own.folder, None, accepted) if own else self.caseloads
        if as_accepted is None:
            raise InputError("No return was accepted yet", remedy="Run highneeds caseload accept first")
        return restated(as_accepted, months)
