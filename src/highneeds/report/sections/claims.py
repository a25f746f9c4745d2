"""Every claim of the narrative and what the data says of it."""

from collections.abc import Iterable

from highneeds.claims import JudgedClaim, Verdict
from highneeds.claims.language.figures import FigureKind
from highneeds.claims.narrative import binding_of_paragraphs
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.words import claims as words


def section(evidence: Evidence) -> doc.Section:
    claims = [claim for one in evidence.narrative for claim in one.claims]
    blocks: list[doc.Block] = [
        doc.Paragraph(" ".join(finding(claims))), doc.Paragraph(binding_of_paragraphs(evidence.narrative).words),
    ]  # fmt: skip
    if claims:
        blocks.append(claims_table(claims))
    return doc.Section("claims", words.TITLE, tuple(blocks), new_page=True, landscape=True, inside=True)


def for_review(evidence: Evidence) -> doc.Section:
    """What fails, with the reason; what nobody could check, part by part; what holds is only counted."""
    claims = [claim for one in evidence.narrative for claim in one.claims]
    tables = (_failing(evidence), _unchecked(evidence))
    filled = [table for table in tables if table.rows]
    return doc.Section("claims", words.TITLE, (doc.Paragraph(" ".join(finding(claims))), *filled), inside=True)


def _failing(evidence: Evidence) -> doc.DataTable:
    columns = (
        doc.TableColumn(words.WHERE, width=1.6),
        doc.TableColumn(words.CLAIM, width=4),
        doc.TableColumn(words.WHY_FAILS, width=5),
    )
    rows = tuple(
        doc.Row.of(one.paragraph.section, claim.sentence, words.stated_and_why(claim.stated, _why(claim)))
        for one in evidence.narrative
        for claim in one.of(Verdict.FAILS)
    )
    return doc.DataTable("claims-failing", words.FAILING, columns, rows)


def _why(claim: JudgedClaim) -> str:
    return words.failing(claim.computed, claim.stated, claim.why)


def _unchecked(evidence: Evidence) -> doc.DataTable:
    """The parts of the narrative with the figures that nothing else supports; those with sums of money first."""
    columns = tuple(
        doc.TableColumn(name, width=width)
        for name, width in ((words.WHERE, 2.4), (words.SUMS, 2.4), (words.PERCENTAGES, 3), (words.OTHER_NUMBERS, 4))
    )
    parts: dict[str, list[JudgedClaim]] = {}
    for one in evidence.narrative:
        parts.setdefault(one.paragraph.section, []).extend(one.of(Verdict.CANNOT_CHECK))
    found = [(part, unchecked_figures(claims)) for part, claims in parts.items()]
    found = [(part, kinds) for part, kinds in found if any(kinds)]
    found.sort(key=lambda one: [-len(kind) for kind in one[1]])
    rows = tuple(doc.Row.of(part, *("; ".join(kind) for kind in kinds)) for part, kinds in found)
    left_out = sum(claim.said.kind is FigureKind.NO_FIGURE for claims in parts.values() for claim in claims)
    notes = (words.ASK_OWNERS, *([words.left_out(left_out)] if left_out else []))
    return doc.DataTable("claims-unchecked", words.UNREAD, columns, rows, notes=notes)


def unchecked_figures(claims: Iterable[JudgedClaim]) -> tuple[list[str], list[str], list[str]]:
    """(sums of money, percentages, other numbers with the word after them), each figure once, in the order told."""
    found: dict[FigureKind, dict[str, None]] = {kind: {} for kind in FigureKind}
    for claim in claims:
        found[claim.said.kind][f"{claim.stated} {claim.said.counted}".strip()] = None
    sums, percentages, others = (
        list(found[kind]) for kind in (FigureKind.SUM, FigureKind.PERCENTAGE, FigureKind.COUNT)
    )
    return sums, percentages, others


def finding(claims: list[JudgedClaim]) -> tuple[str, ...]:
    """How many claims were read, hold, fail and cannot be checked."""
    count = {verdict: sum(claim.verdict is verdict for claim in claims) for verdict in Verdict}
    return words.finding(count)


def claims_table(claims: list[JudgedClaim]) -> doc.DataTable:
    """Those that fail first, then those that hold, then those that cannot be checked."""
    columns = (
        doc.TableColumn(words.WHERE, width=1.6),
        doc.TableColumn(words.CLAIM, width=4.5),
        doc.TableColumn(words.STATED, width=1.8),
        doc.TableColumn(words.BY_DATA, width=1.8),
        doc.TableColumn(words.VERDICT, width=1.2),
        doc.TableColumn(words.WHY, width=4),
    )
    ordered = [claim for verdict in words.VERDICTS for claim in claims if claim.verdict is verdict]
    rows = tuple(
        doc.Row.of(
            words.line(claim.line),
            claim.sentence,
            claim.stated,
            claim.computed or words.NONE,
            words.VERDICTS[claim.verdict],
            claim.why,
        )
        for claim in ordered
    )
    files = sorted({claim.file for claim in claims})
    return doc.DataTable("claims-list", words.LIST, columns, rows, source="; ".join(files))
