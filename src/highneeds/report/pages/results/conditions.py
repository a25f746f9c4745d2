"""A condition's page."""

from dataclasses import dataclass
from typing import Literal

from highneeds.report.pages.results.narrative import Narrated
from highneeds.report.pages.results.parts import Given, Level, NamedTable


@dataclass(frozen=True)
class ConditionResult:
    """One condition of the agreement.

    given            one per update, in order
    current          the last given level that is a level; 'unknown' without one
    suggested        the level the measures point to, which the office asks the owner about; 'unknown' where they cannot
    agreement        how that and the owner's level stand to each other
    rank             1 for the condition to worry about most
    measures         what its measures do: 'Mixed: 2 better, 1 worse'; it is no level
    apart            the level and the measures point different ways, in a sentence, or ''
    why              the measures one by one, in sentences
    next_step        its next milestone, 'Specialist nurseries move to outreach: Sep 2025'
    owner            the role that answers for it
    chart_id         of the measure that matters most, '' where none has enough figures
    narrative        in our own words, each paragraph with its claims; tables: those that it names
    indicators       ids, in the order of the dashboard
    """

    number: int
    title: str
    full_title: str
    given: tuple[Given, ...]
    current: Level
    current_words: str
    suggested: Level
    suggested_words: str
    agreement: Literal["agree", "disagree", "cannot say"]
    rank: int
    measures: str
    apart: str
    why: tuple[str, ...]
    next_step: str
    owner: str
    chart_id: str
    narrative: tuple[Narrated, ...]
    tables: tuple[NamedTable, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class LevelKey:
    """One of the levels and what it means."""

    level: Level
    words: str
    meaning: str
