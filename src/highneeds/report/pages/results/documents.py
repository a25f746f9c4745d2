"""The page of documents and files, and that of sources."""

from dataclasses import dataclass
from typing import Literal

from highneeds.report.pages.results.parts import PageFinding


@dataclass(frozen=True)
class Download:
    """A file to download. group 'report' (one document in its formats) or 'table' (tidy CSV and the like).

    format   'HTML', 'PDF', 'Word', 'Excel workbook', 'CSV'
    bytes    its size
    note     'Tagged for screen readers, 24 pages', or ''; of a table, the section of the report it belongs to
    readers, synthetic   of a report: 'For the forum.', and whether anything in it is invented
    """

    file: str
    title: str
    format: str
    bytes: int
    group: Literal["report", "table"]
    note: str
    readers: str = ""
    synthetic: bool = False


@dataclass(frozen=True)
class SectionResult:
    """A section of the report, for the contents on its page. Numbered as the template numbers them."""

    number: int
    title: str
    summary: str


@dataclass(frozen=True)
class ReportResult:
    title: str
    sentence: PageFinding
    sections: tuple[SectionResult, ...]


@dataclass(frozen=True)
class ListedReport:
    """A document that there is.

    command    by which it is written alone: 'highneeds report FOLDER --kind board'
    sections   their titles, as this run has written them; none where it is written only when it is asked for
    """

    title: str
    readers: str
    command: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class SourceResult:
    """Where an outside figure comes from.

    document   'Kent Safety Valve monitoring report, 2 April 2025'
    where      'line 11', or ''
    printed    as printed: '£29.9m'
    meaning    'In-year overspend agreed for 2024-25, before contributions'
    note       confidence or caveat, or ''
    """

    id: str
    document: str
    where: str
    printed: str
    meaning: str
    note: str
