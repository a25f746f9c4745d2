"""Every claim of the narrative and what the data says of it."""

from highneeds.claims import JudgedClaim, Verdict
from highneeds.claims.narrative import binding_of_paragraphs
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.words import claims as words


def section(evidence: Evidence) -> doc.Section:
    claims = [claim for one in evidence.narrative for claim in one.claims]
    blocks: list[doc.Block] = [
        doc.Paragraph(finding(claims)), doc.Paragraph(binding_of_paragraphs(evidence.narrative).words),
    ]  # fmt: skip
    if claims:
        blocks.append(claims_table(claims))
    return doc.Section("claims", words.TITLE, tuple(blocks), new_page=True, landscape=True)


def for_review(evidence: Evidence) -> doc.Section:
    """What fails, then what nobody could check, sentence by sentence; what holds is only counted."""
    claims = [claim for one in evidence.narrative for claim in one.claims]
    failing = [claim for claim in claims if claim.verdict is Verdict.FAILS]
    blocks: list[doc.Block] = [doc.Paragraph(finding(claims))]
    if failing:
        blocks.append(claims_table(failing))
    unread: dict[str, list[str]] = {}
    for claim in claims:
        if claim.verdict is Verdict.CANNOT_CHECK:
            unread.setdefault(claim.sentence, []).append(claim.stated)
    if unread:
        figures = {sentence: said for sentence, said in unread.items() if any(map(_has_digits, said))}
        blocks.append(doc.Heading(words.UNREAD))
        blocks.append(doc.Bullets(tuple(words.unread(*one) for one in figures.items())))
        if in_words := len(unread) - len(figures):
            blocks.append(doc.Paragraph(words.in_words_only(in_words), doc.Tone.SMALL))
    return doc.Section("claims", words.TITLE, tuple(blocks))


def _has_digits(stated: str) -> bool:
    return any(letter.isdigit() for letter in stated)


def finding(claims: list[JudgedClaim]) -> str:
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
            words.line(claim.where.rsplit(":", 1)[1]),
            claim.sentence,
            claim.stated,
            claim.computed or words.NONE,
            words.VERDICTS[claim.verdict],
            claim.why,
        )
        for claim in ordered
    )
    files = sorted({claim.where.rsplit(":", 1)[0] for claim in claims})
    return doc.DataTable("claims-list", words.LIST, columns, rows, source="; ".join(files))
