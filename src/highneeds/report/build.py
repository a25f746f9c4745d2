"""From a report's list of sections and the evidence to one Document."""

from collections.abc import Callable
from dataclasses import dataclass

from highneeds.report.document import Document, Section
from highneeds.report.evidence import Evidence


@dataclass(frozen=True)
class Report:
    """kind: as the command line names it; sections: functions from evidence to a section, in their order."""

    kind: str
    title: str
    source: str
    sections: tuple[Callable[[Evidence], Section], ...]


def build(report: Report, evidence: Evidence) -> Document:
    council = evidence.workspace.council
    sections = tuple(section(evidence) for section in report.sections)
    name = council.short_name.lower().replace(" ", "-")
    return Document(
        title=report.title,
        council=council.name,
        period=f"{council.report.slot} {council.report.submitted.year}",
        date=council.report.submitted,
        version=evidence.version,
        fingerprint=evidence.fingerprint,
        synthetic=council.synthetic or any(section.synthetic for section in sections),
        sections=sections,
        stem=f"{name}-{report.kind}-{council.report.id}-report",
        summary=f"{report.title}, {council.name}, {council.report.slot} {council.report.submitted.year}",
    )
