"""Every claim of the narrative and what the data says of it."""

from highneeds.claims import JudgedClaim, Verdict
from highneeds.claims.narrative import binding_of_paragraphs
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.vocabulary.counted import counted

WORDS = {Verdict.FAILS: "Fails", Verdict.HOLDS: "Holds", Verdict.CANNOT_CHECK: "Cannot check"}


ONE, MANY = "figure, direction, comparison or date was", "figures, directions, comparisons and dates were"


def section(evidence: Evidence) -> doc.Section:
    claims = [claim for one in evidence.narrative for claim in one.claims]
    blocks: list[doc.Block] = [
        doc.Paragraph(finding(claims)), doc.Paragraph(binding_of_paragraphs(evidence.narrative).words),
    ]  # fmt: skip
    if claims:
        blocks.append(claims_table(claims))
    return doc.Section("claims", "Claims of the narrative", tuple(blocks), new_page=True, landscape=True)


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
        blocks.append(doc.Heading(UNREAD))
        blocks.append(doc.Bullets(tuple(f"{sentence} ({'; '.join(stated)})" for sentence, stated in unread.items())))
    return doc.Section("claims", "Claims of the narrative", tuple(blocks))


UNREAD = "Figures of the narrative with nothing but their own statement behind them"


def finding(claims: list[JudgedClaim]) -> str:
    """How many claims were read, hold, fail and cannot be checked."""
    count = {verdict: sum(claim.verdict is verdict for claim in claims) for verdict in Verdict}
    return (
        f"{counted(len(claims), ONE, MANY)} read in the narrative: "
        f"{counted(count[Verdict.HOLDS], 'holds', 'hold')} against other data, "
        f"{counted(count[Verdict.FAILS], 'does', 'do')} not, and "
        f"{counted(count[Verdict.CANNOT_CHECK], 'has nothing but its', 'have nothing but their')} own statement behind "
        f"{'it' if count[Verdict.CANNOT_CHECK] == 1 else 'them'}."
    )


def claims_table(claims: list[JudgedClaim]) -> doc.DataTable:
    """Those that fail first, then those that hold, then those that cannot be checked."""
    columns = (
        doc.Column("Where", width=1.6),
        doc.Column("Claim", width=4.5),
        doc.Column("Stated", width=1.8),
        doc.Column("By the data", width=1.8),
        doc.Column("Verdict", width=1.2),
        doc.Column("Why", width=4),
    )
    ordered = [claim for verdict in WORDS for claim in claims if claim.verdict is verdict]
    rows = tuple(
        doc.Row.of(
            "line " + claim.where.rsplit(":", 1)[1],
            claim.sentence,
            claim.stated,
            claim.computed or "none",
            WORDS[claim.verdict],
            claim.why,
        )
        for claim in ordered
    )
    files = sorted({claim.where.rsplit(":", 1)[0] for claim in claims})
    return doc.DataTable("claims-list", "Claims and verdicts", columns, rows, source="; ".join(files))
