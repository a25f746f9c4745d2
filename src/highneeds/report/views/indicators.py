"""The tables of a council's indicators that can be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from highneeds.evidence import Evidence
from highneeds.indicators.mechanism.dashboard import Dashboard
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.of_workspace import registers_of
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.progress import Progress, no_progress
from highneeds.vocabulary.table import Table


class ShownAs(StrEnum):
    """reported: as the council printed it; computed: from its children-level data; both: side by side."""

    REPORTED = "reported"
    COMPUTED = "computed"
    BOTH = "both"


@dataclass(frozen=True)
class IndicatorQuestion:
    """The months of every indicator, or instead: an internal table by name, restated months, the pipeline's sum."""

    shown_as: ShownAs
    further: str = ""
    restated: bool = False
    pipeline: bool = False

    @property
    def counts(self) -> bool:
        """Whether a caseload is counted for it, beside those of the acceptances."""
        return bool(self.pipeline or self.further) or self.shown_as is not ShownAs.REPORTED


def indicators(
    question: IndicatorQuestion,
    dashboard: Dashboard,
    evidence: Evidence | None,
    months: Sequence[Month],
    progress: Progress = no_progress,
) -> Table:
    """The table that is asked for. evidence: of the workspace; None where only returns are given."""
    if question.further:
        return dashboard.further(question.further, months)
    if question.restated:
        return dashboard.restated(months, evidence.accepted if evidence else ())
    if question.pipeline:
        return dashboard.pipeline(months)
    if question.shown_as is ShownAs.REPORTED:
        return dashboard.reported(months)
    registers = registers_of(evidence.registers) if evidence else IndicatorRegisters()
    table = dashboard.both if question.shown_as is ShownAs.BOTH else dashboard.computed
    return table(months, registers, progress)
