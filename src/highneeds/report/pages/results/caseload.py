"""The page of what was computed from the caseload, beside what was reported."""

from dataclasses import dataclass

from highneeds.report.pages.results.parts import NamedTable, PageFinding


@dataclass(frozen=True)
class FigureTwice:
    """One indicator in one month, as reported and as computed, as they are shown; '' where there is no difference.

    standing   how the two stand to each other; shown: which of the two every other page shows
    """

    indicator: str
    title: str
    period: str
    reported: str
    computed: str
    difference: str
    standing: str
    shown: str
    why: str


@dataclass(frozen=True)
class CaseloadResult:
    """What was computed from the caseload, beside what was reported. It enters nothing else of these results.

    sentence    the page's heading: how the computed figures stand to the reported ones, or that there is no caseload
    synthetic   True where the caseload is invented; the page and what is downloaded from it say so
    notice      what an invented caseload is for, '' for a real one
    paragraphs  what was read and by which definitions; how its parts ended
    invented    how it was invented, sentence by sentence
    tables      empty without a caseload
    csv         the computed indicators, a file inside DIR; '' without a caseload
    differences  reported beside computed, month by month, a file inside DIR; '' without a caseload
    twice        the same row by row, for the page that holds the two against each other
    """

    sentence: PageFinding
    synthetic: bool
    notice: str
    paragraphs: tuple[str, ...]
    invented: tuple[str, ...]
    tables: tuple[NamedTable, ...]
    csv: str
    differences: str
    twice: tuple[FigureTwice, ...] = ()
