"""From a report's list of sections and the evidence to one Document."""

import re
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


def as_file_name(words: str) -> str:
    """'St. Helens/2025' -> 'st-helens-2025': what a council is called never leads out of the folder."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def build(report: Report, evidence: Evidence) -> Document:
    council = evidence.workspace.council
    sections = tuple(section(evidence) for section in report.sections)
    return Document(
        title=report.title,
        council=council.name,
        period=f"{council.report.slot} {council.report.submitted.year}",
        date=council.report.submitted,
        version=evidence.version,
        fingerprint=evidence.fingerprint,
        synthetic=council.synthetic or any(section.synthetic for section in sections),
        sections=sections,
        stem=as_file_name(f"{council.short_name}-{report.kind}-{council.report.id}-report"),
        summary=f"{report.title}, {council.name}, {council.report.slot} {council.report.submitted.year}",
    )
