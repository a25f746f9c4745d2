"""What the next report begins with: what is carried forward, and what moved or was restated since the last one."""

from dataclasses import dataclass

from highneeds.intake.workspace.council import ReportSlot
from highneeds.intake.workspace.dashboard import Observation
from highneeds.intake.workspace.facts import Fact
from highneeds.vocabulary.period import FinancialYear, Month


@dataclass(frozen=True)
class MovedFigure:
    """One indicator: the newest figure that the last report knew, and the newest now, each with its period."""

    indicator: str
    title: str
    before: Observation | None
    now: Observation


@dataclass(frozen=True)
class RestatedFigure:
    """One month of an indicator that is another figure now than in the last report."""

    indicator: str
    title: str
    before: Observation
    now: Observation


@dataclass(frozen=True)
class RestatedSum:
    """One sum of the account that is another now than in the last report, in pence; None where it was not given."""

    about: str
    year: FinancialYear
    before: int
    now: int | None


@dataclass(frozen=True)
class OpenedReport:
    """carried   documents of the old report that the new one begins with
    sums      of years.csv and spend.csv that were restated
    reworded  (indicator, title in the last report, title now)
    facts     published figures that became known since, by id
    due       the month in which the slot is due; None where nothing says it
    """

    old: ReportSlot
    new: ReportSlot
    carried: tuple[str, ...]
    moved: tuple[MovedFigure, ...]
    restated: tuple[RestatedFigure, ...]
    reworded: tuple[tuple[str, str, str], ...]
    facts: tuple[Fact, ...]
    sums: tuple[RestatedSum, ...] = ()
    due: Month | None = None
    day_is_given: bool = True
