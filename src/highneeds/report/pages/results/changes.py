"""The page of what moved since the last report."""

from dataclasses import dataclass

from highneeds.report.pages.results.parts import LinkedSentence, NamedTable, PageFinding


@dataclass(frozen=True)
class Changes:
    """What moved since the last report, the measures that matter most to the agreement first.

    sentence   the page's heading, since when and how many
    basis      what is compared with what
    better, worse   one sentence a measure
    levels     the levels that an owner changed
    known      figures that became known after the report, beside those in it
    """

    sentence: PageFinding
    basis: str
    better: tuple[LinkedSentence, ...]
    worse: tuple[LinkedSentence, ...]
    levels: tuple[LinkedSentence, ...]
    known: tuple[NamedTable, ...]
