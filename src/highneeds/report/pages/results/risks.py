"""The page of the risk register."""

from dataclasses import dataclass

from highneeds.report.pages.results.parts import Given, Level, Link, PageFinding


@dataclass(frozen=True)
class Factor:
    """One thing behind a risk, with what was done about it."""

    text: str
    progress: str


@dataclass(frozen=True)
class Risk:
    """A row of the risk register.

    id        its place in the register, from 1; number: as the register numbers it
    current   the last given level; owner: a role, or that none is named
    figures   what it rests on, each with its source
    """

    id: str
    number: str
    title: str
    current: Level
    current_words: str
    given: tuple[Given, ...]
    owner: str
    mitigations: tuple[str, ...]
    progress: str
    figures: tuple[Link, ...]
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Risks:
    """sentence   the page's heading; rows: worst first, empty without a register"""

    sentence: PageFinding
    rows: tuple[Risk, ...]
