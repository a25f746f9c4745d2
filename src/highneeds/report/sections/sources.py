"""Every published figure that this report rests on, with its document and line."""

import re
from collections.abc import Iterator
from datetime import date

from highneeds.intake.workspace import Fact, PrintedPlacement
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.words import sources as words
from highneeds.vocabulary.period import Month

UNUSABLE = ("ocr", "truncated")


def section(evidence: Evidence) -> doc.Section:
    facts = evidence.workspace.facts
    blocks: list[doc.Block] = [_documents(evidence), facts_table(facts)]
    if evidence.workspace.placements:
        blocks.append(placements_table(evidence.workspace.placements))
    return doc.Section("sources", words.TITLE, tuple(blocks), new_page=True)


def _documents(evidence: Evidence) -> doc.Bullets:
    return doc.Bullets(tuple(f"{name}: {title}" for name, title in evidence.workspace.agreement.documents.items()))


def facts_table(facts: tuple[Fact, ...]) -> doc.DataTable:
    columns = (
        doc.TableColumn(words.WHAT, width=5),
        doc.TableColumn(words.PRINTED, width=1.6, align=doc.Align.RIGHT),
        doc.TableColumn(words.PERIOD, width=2.2),
        doc.TableColumn(words.SOURCE, width=2.2),
    )
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.group, []).append(fact)
    rows = tuple(row for group, members in groups.items() for row in _group(group, members))
    notes = (words.UNUSABLE_NOTE,)
    return doc.DataTable("sources-facts", words.PUBLISHED, columns, rows, notes=notes, group_name=words.SUBJECT)


def _group(group: str, facts: list[Fact]) -> Iterator[doc.Row]:
    yield doc.Row.group(group.replace("_", " ").capitalize())
    for fact in facts:
        yield doc.Row.of(fact.meaning, printed(fact), period_words(fact.period), fact.source.written)


def period_words(period: str) -> str:
    """'2024-01..2025-01' -> 'Jan 2024 to Jan 2025', '2025-01-31' -> '31 January 2025', '2024-25' as it is."""
    if ".." in period:
        return " to ".join(period_words(end) for end in period.split(".."))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period):
        return doc.long_date(date.fromisoformat(period))
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", period):
        return Month.parse(period).label
    return period or words.NO_PERIOD


def printed(fact: Fact) -> doc.Cell:
    """The figure as printed, with its qualifier in words; a figure that cannot be used says why."""
    if fact.qualifier in UNUSABLE:
        why = words.DAMAGED if fact.qualifier == "ocr" else words.CUT_OFF
        return doc.Cell.words(f"{fact.printed} ({why})")
    before = words.QUALIFIERS.get(fact.qualifier, "" if fact.qualifier in ("exact", "range") else fact.qualifier)
    if fact.qualifier in ("sic", "at_earliest"):
        return doc.Cell.words(f"{fact.printed} ({before})")
    return doc.Cell.words(f"{before} {fact.printed}".strip())


def placements_table(placements: tuple[PrintedPlacement, ...]) -> doc.DataTable:
    columns = (
        doc.TableColumn(words.TABLE, width=2.4),
        doc.TableColumn(words.MEASURE, width=2),
        doc.TableColumn(words.GROUP, width=2.2),
        doc.TableColumn(words.PERIOD, width=1.4),
        doc.TableColumn(words.PRINTED, align=doc.Align.RIGHT),
        doc.TableColumn(words.SOURCE, width=1.8),
    )
    rows = tuple(
        doc.Row.of(
            one.table.replace("_", " "),
            one.measure.replace("_", " "),
            one.cohort.replace("_", " "),
            period_words(one.period),
            one.printed,
            one.source.written,
        )
        for one in placements
    )
    return doc.DataTable("sources-placements", words.PLACEMENTS, columns, rows)
