"""Notes on data: what is counted, breaks and gaps, and where the figures come from, as endnotes."""

from collections.abc import Iterable, Iterator

from highneeds.intake.published.of_council import not_published
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import listed
from highneeds.report.words import measures
from highneeds.report.words import notes as words
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.source import Source

TOTALS = "ehcp_caseload_total"
DEPARTMENT = "DfE, "
"""How a row names its source that was filled from published statistics."""


def section(evidence: Evidence) -> doc.Section:
    blocks: list[doc.Block] = [doc.Heading(words.DEFINITIONS), doc.Bullets(tuple(definitions(evidence)))]
    of = tuple(dates(evidence))
    blocks += [doc.Heading(words.DATES), doc.Bullets(of)] if of else []
    blocks += [doc.Heading(words.BREAKS), doc.Bullets(tuple(breaks(evidence)) or (words.NO_BREAKS,))]
    documents = tuple(endnotes(evidence))
    if documents:
        blocks += [doc.Heading(words.DOCUMENTS), doc.Bullets(documents, numbered=True)]
    return doc.Section("notes", words.TITLE, tuple(blocks), together=True)


def endnotes(evidence: Evidence) -> Iterator[str]:
    """Each place in each document with how many figures stand there, then the dashboard and the statistics."""
    titles = evidence.workspace.agreement.documents
    for place, figures in places(evidence).items():
        document, section, page = place
        yield words.place(titles.get(document, document), section, page, figures)
    if evidence.workspace.months:
        yield words.DASHBOARD_PUBLISHED if rests_on_published(evidence) else words.DASHBOARD
    if evidence.account.own is not None:
        yield words.OWN_ACCOUNT
    if _has_statistics(evidence):
        yield words.STATISTICS


def rests_on_published(evidence: Evidence) -> bool:
    """True where every row of the dashboard was filled from published statistics."""
    return all(one.source.document.startswith(DEPARTMENT) for one in evidence.workspace.observations)


NotedPlace = tuple[str, str, int | None]
"""Document, section and page; what is not known of them is empty."""


def places(evidence: Evidence) -> dict[NotedPlace, int]:
    """Every place that figures of the report come from, in the order of the endnotes, with how many stand there."""
    agreement = evidence.workspace.agreement
    found: dict[NotedPlace, int] = {}
    order = {id: number for number, id in enumerate(agreement.documents)}
    known = [one.source for one in evidence.workspace.facts if one.source.document in order]
    for source in sorted(known, key=lambda one: (order[one.document], one.line or 0)):
        place = place_of(evidence, source)
        found[place] = found.get(place, 0) + 1
    return found


def place_of(evidence: Evidence, source: Source) -> NotedPlace:
    part = evidence.workspace.agreement.part_of(source)
    return (source.document, part.name, part.page) if part else (source.document, "", None)


def notes_of(evidence: Evidence, sources: Iterable[str]) -> list[int]:
    """The numbers of the endnotes that sources such as 'REPORT line 11' stand under, each once."""
    numbers = {place: number for number, place in enumerate(places(evidence), start=1)}
    by_name = {str(one.source): place_of(evidence, one.source) for one in evidence.workspace.facts}
    found = {numbers[by_name[name]] for name in sources if by_name.get(name) in numbers}
    return sorted(found)


def definitions(evidence: Evidence) -> Iterator[str]:
    local = evidence.workspace.council.definitions
    if local.get("resourced_provision_is_mainstream"):
        yield words.SPECIALIST
    if local.get("overdue_basis") == "decision":
        yield words.OVERDUE
    yield words.YEAR_ON_YEAR
    yield words.CONTRIBUTIONS
    stand = evidence.money.position
    if stand is not None and "exact" not in {stand.forecast.qualifier}:
        yield words.ROUGH
    yield words.ROLES


def dates(evidence: Evidence) -> Iterator[str]:
    months = evidence.workspace.months
    if months:
        yield words.dashboard_as_at(doc.long_date(months[-1].last_day))
    if _has_statistics(evidence):
        yield words.published_as_at(int(str(evidence.published.table(TOTALS)["year"].max())))


def _has_statistics(evidence: Evidence) -> bool:
    """Whether anything is published of this council: else the report rests on no statistics and names none."""
    if not evidence.published.has(TOTALS):
        return False
    return evidence.workspace.council.la_number in set(evidence.published.table(TOTALS)["la_number"])


def breaks(evidence: Evidence) -> Iterator[str]:
    """Gaps in the months of indicators, months in which a basis seems to change, and what is not published of us."""
    bases = evidence.account.parts.new_bases
    for movement in evidence.movements:
        title, months = movement.indicator.short_title, bases.get(movement.indicator.id, ())
        if months:
            yield words.basis_changes(title, listed(one.label for one in months))
        if movement.latest is not None and movement.gaps and isinstance(movement.latest.period, Month):
            yield words.gaps(title, measures.gaps(movement))
    if evidence.workspace.months and rests_on_published(evidence) and evidence.published.has("la_lookup"):
        yield from (f"{one}." for one in not_published(evidence.published, evidence.workspace.council.la_number))
