"""The pages of the registers, and their calendar."""

from dataclasses import dataclass

from highneeds.report.pages.results.parts import PageFinding, TableResult


@dataclass(frozen=True)
class RegisterPage:
    """A register that the council keeps.

    words      what it is for, in a sentence; headline: its one sentence with its figures, '' without any
    rows       '12 rows', or 'fewer than 5 rows' of casework
    attention  how many of them want attention, '' for none
    casework   its rows are about single children: they are not listed here
    measures   its measures in their latest period, small counts hidden
    table      its rows in words, the first of many; None for casework
    left_out   how many of its rows are not listed here, in words, or ''
    """

    id: str
    title: str
    words: str
    headline: str
    rows: str
    attention: str
    casework: bool
    place: str
    measures: TableResult
    table: TableResult | None
    left_out: str


@dataclass(frozen=True)
class Registers:
    """sentence   the page's heading; absent: titles of the registers that are not kept
    due        the calendar: what is late, due or paused in all of them; of casework only how many
    """

    sentence: PageFinding
    pages: tuple[RegisterPage, ...]
    absent: tuple[str, ...]
    due: TableResult
