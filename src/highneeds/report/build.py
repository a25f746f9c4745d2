"""From a report's list of sections and the evidence to one Document. The report numbers its sections."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from highneeds.report.document import ReportDocument, Section
from highneeds.report.evidence import Evidence
from highneeds.report.known import Knowing, as_it_goes_out, up_to_now

CONTACT = "section_151"
"""Who is asked about a workbook: the officer who answers for its figures."""
Made = Section | tuple[Section, ...] | None
MakeSection = Callable[[Evidence], Made]


@dataclass(frozen=True)
class Audience:
    """readers    who the file is written for, in words
    goes_out   True where it leaves the council: no check of our own words, nothing invented, no small count;
               `sections_of` sees to it by what each section says of itself
    """

    readers: str
    goes_out: bool


@dataclass(frozen=True)
class Report:
    """kind          as the command line names it; several files may belong to one kind
    name          how its files end; the kind where it has no name of its own
    folder        the folder of a run that it stands in
    audience      who it is for
    sections      functions from evidence to a section, to several, or to None where there is nothing to say
    as_known      whether it knows only what stood on its day
    numbered      its sections carry numbers
    signed        it is a draft until those who sign it have signed
    large         set in large type
    contents      it opens with a list of its sections
    chart_tables  on paper the figures of its charts follow it
    formats       the formats it is written in, of html, pdf, docx, xlsx and csv
    data          further files of the same figures, by what follows the stem: '-cells.csv', '.xlsx'
    fills_template   it is a template of somebody else's that is filled
    in_run        whether a run writes it at all
    wanted        whether a run writes it for this council; a report that is asked for by name is always written
    """

    kind: str
    folder: str
    title: str
    audience: Audience
    source: str
    sections: tuple[MakeSection, ...]
    as_known: Knowing = Knowing.ON_ITS_DAY
    numbered: bool = True
    name: str = ""
    signed: bool = False
    large: bool = False
    contents: bool = False
    chart_tables: bool = True
    formats: tuple[str, ...] = ("html", "pdf")
    data: Callable[[Evidence], Mapping[str, bytes]] | None = None
    fills_template: bool = False
    in_run: bool = True
    wanted: Callable[[Evidence], bool] = lambda evidence: True


def as_file_name(words: str) -> str:
    """'St. Helens/2025' -> 'st-helens-2025': what a council is called never leads out of the folder."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def build(report: Report, evidence: Evidence) -> ReportDocument:
    evidence = up_to_now(evidence) if report.as_known is Knowing.NOW else evidence
    evidence = as_it_goes_out(evidence) if report.audience.goes_out else evidence
    council = evidence.workspace.council
    sections = tuple(numbered(sections_of(report, evidence)) if report.numbered else sections_of(report, evidence))
    title = title_of(report, evidence)
    return ReportDocument(
        title=title,
        council=council.name,
        period=f"{council.report.slot} {council.report.submitted.year}",
        date=council.report.submitted,
        version=evidence.version,
        fingerprint=evidence.fingerprint,
        synthetic=council.synthetic or any(section.synthetic for section in sections),
        sections=sections,
        stem=as_file_name(f"{council.short_name}-{council.report.id}-{report.name or report.kind}"),
        summary=f"{title}, {council.name}, {council.report.slot} {council.report.submitted.year}",
        audience=report.audience.readers,
        draft=report.signed and not evidence.is_signed,
        contents=report.contents,
        large=report.large,
        chart_tables=report.chart_tables,
        contact=council.roles.get(CONTACT, ""),
        wording=evidence.wording if report.signed else "",
    )


def title_of(report: Report, evidence: Evidence) -> str:
    return report.title.format(programme=programme_of(evidence))


def programme_of(evidence: Evidence) -> str:
    """'Safety Valve', or the subject alone where a council has no agreement: it may have no plan with a name."""
    return evidence.workspace.agreement.programme.words or "High needs"


def sections_of(report: Report, evidence: Evidence) -> Iterator[Section]:
    """Every section that has something to say and may be read by the report's audience, in the report's order."""
    for make in report.sections:
        made = make(evidence)
        for section in (made,) if isinstance(made, Section) else made or ():
            if _may_stand(section, report):
                yield section


def _may_stand(section: Section, report: Report) -> bool:
    """What is invented is left out of a report that goes out; one that lists what stays inside is written wrongly."""
    if report.audience.goes_out and section.inside:
        raise ValueError(f"{report.title} goes out, and its section '{section.id}' stays inside the council.")
    return not (report.audience.goes_out and section.synthetic)


def numbered(sections: Iterator[Section]) -> Iterator[Section]:
    """Each section of the first level with its number before its title."""
    number = 0
    for section in sections:
        if section.level > 1:
            yield section
            continue
        number += 1
        yield replace(section, title=f"{number}. {section.title}", name=section.title)
