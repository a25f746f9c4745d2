"""Notes on data: what is counted, breaks and gaps, and where the figures come from, as endnotes."""

from collections.abc import Iterator

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import listed
from highneeds.report.words import notes as words
from highneeds.vocabulary.period import Month

TOTALS = "ehcp_caseload_total"


def section(evidence: Evidence) -> doc.Section:
    blocks: list[doc.Block] = [doc.Heading(words.DEFINITIONS), doc.Bullets(tuple(definitions(evidence)))]
    blocks += [doc.Heading(words.DATES), doc.Bullets(tuple(dates(evidence)))]
    blocks += [doc.Heading(words.BREAKS), doc.Bullets(tuple(breaks(evidence)) or (words.NO_BREAKS,))]
    documents = tuple(endnotes(evidence))
    if documents:
        blocks += [doc.Heading(words.DOCUMENTS), doc.Bullets(documents, numbered=True)]
    return doc.Section("notes", words.TITLE, tuple(blocks))


def endnotes(evidence: Evidence) -> Iterator[str]:
    """Each document with how many of the figures are its own, then the dashboard and the statistics."""
    facts = [fact.source.document for fact in evidence.workspace.facts]
    for id, title in evidence.workspace.agreement.documents.items():
        yield words.document(title, facts.count(id))
    if evidence.workspace.months:
        yield words.DASHBOARD
    if evidence.published.has(TOTALS):
        yield words.STATISTICS


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
    if evidence.published.has(TOTALS):
        yield words.published_as_at(int(str(evidence.published.table(TOTALS)["year"].max())))


def breaks(evidence: Evidence) -> Iterator[str]:
    """Indicators with gaps in their months, and months in which a basis seems to change."""
    bases = evidence.account.parts.new_bases
    for movement in evidence.movements:
        title, months = movement.indicator.short_title, bases.get(movement.indicator.id, ())
        if months:
            yield words.basis_changes(title, listed(one.label for one in months))
        if movement.latest is not None and movement.gaps and isinstance(movement.latest.period, Month):
            yield words.gaps(title, movement.gap_words)
