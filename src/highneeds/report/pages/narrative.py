"""The narrative with its claims, for the pages."""

from highneeds.claims import JudgedClaim
from highneeds.claims.narrative import JudgedParagraph
from highneeds.report.blocks import DataTable
from highneeds.report.evidence import Evidence
from highneeds.report.pages.charts import table_result
from highneeds.report.pages.results.narrative import Claim, Narrated, NarrativePart
from highneeds.report.pages.results.parts import NamedTable
from highneeds.report.sections._narrative import TABLE, blocks


def narrative_parts(evidence: Evidence) -> tuple[NarrativePart, ...]:
    """Every heading of the narrative with its paragraphs, in the order of the text."""
    titles = dict.fromkeys(one.paragraph.section for one in evidence.narrative)
    return tuple(NarrativePart(title, narrated_part(evidence, title)) for title in titles)


def narrated_part(evidence: Evidence, title: str) -> tuple[Narrated, ...]:
    """The paragraphs under one heading; the mark of a table is none."""
    paragraphs = (one for one in evidence.part(title) if not TABLE.fullmatch(one.paragraph.text.strip()))
    return tuple(narrated(evidence, one) for one in paragraphs)


def named_tables(evidence: Evidence, title: str) -> tuple[NamedTable, ...]:
    """The tables that the paragraphs under one heading name."""
    found = (block for block in blocks(evidence, title) if isinstance(block, DataTable))
    return tuple(NamedTable(one.id, one.title, table_result(one), (), one.source) for one in found)


def narrated(evidence: Evidence, one: JudgedParagraph) -> Narrated:
    claims = tuple(_claim(evidence, claim) for claim in one.claims)
    return Narrated(one.paragraph.text, one.paragraph.place, claims)


def _claim(evidence: Evidence, claim: JudgedClaim) -> Claim:
    return Claim(
        claim.verdict.value, claim.stated, claim.computed, claim.why, behind(evidence, claim), claim.bound,
        claim.bound_shows,
    )  # fmt: skip


def behind(evidence: Evidence, claim: JudgedClaim) -> str:
    """The link to the first series, figure, condition or part of the account that a claim was held against."""
    indicators = {one.id for one in evidence.workspace.indicators}
    facts = {one.id for one in evidence.workspace.facts}
    conditions = {
        f"condition_{one.number}": f"condition:{one.number}" for one in evidence.workspace.agreement.conditions
    }
    for name in claim.series:
        if name in indicators:
            return f"indicator:{name}"
        if name in facts:
            return f"source:{name}"
        if name in conditions:
            return conditions[name]
        if name.startswith("risk_"):
            return "risks"
        if name.startswith("condition_"):
            return "conditions"
        if name.startswith(("account_", *(f"{register}_" for register in evidence.registers))):
            return "money"
    return ""
