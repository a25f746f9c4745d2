"""The DSG deficit as each return states it, side by side, and what the high needs stability grant makes of it."""

from decimal import Decimal

from highneeds.account import decimal_pounds
from highneeds.account.amount import Amount
from highneeds.account.grant.stability_grant import StabilityGrant
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.words import reasons
from highneeds.report.words import returns as words


def section(evidence: Evidence) -> tuple[doc.Section, ...]:
    grant = evidence.account.parts.grant
    if grant is None:
        return (doc.Section("reconciliation", words.RECONCILIATION_TITLE, (doc.Paragraph(words.NO_RECONCILIATION),)),)
    blocks = (doc.Paragraph(words.RECONCILIATION_LEAD), returns_table(grant))
    return (
        doc.Section("reconciliation", words.RECONCILIATION_TITLE, blocks),
        doc.Section("stability-grant", words.GRANT, (grant_table(grant),)),
    )


def returns_table(grant: StabilityGrant) -> doc.DataTable:
    """Each return with its difference from the highest, explained or not; the one that counts is named."""
    known = [one.amount.pence for one in grant.returns if one.amount.pence is not None]
    highest = max(known, default=0)
    rows = []
    for one in grant.returns:
        pence = one.amount.pence
        if pence is None:
            rows.append(doc.Row.of(one.name, words.NOT_STATED, "", ""))
            continue
        state = "" if pence == highest else words.EXPLAINED if one.explained else words.NOT_EXPLAINED
        rows.append(doc.Row.of(one.name, _sum(one.amount), doc.Cell.millions(_pounds(pence - highest)), state))
    columns = (
        doc.TableColumn("Return", width=3.4),
        doc.TableColumn("Deficit", align=doc.Align.RIGHT, width=1.2),
        doc.TableColumn("Below the highest", align=doc.Align.RIGHT, width=1.4),
        doc.TableColumn("Difference", width=1.6),
    )
    return doc.DataTable("reconciliation-returns", words.RECONCILIATION_TITLE, columns, tuple(rows))


def grant_table(grant: StabilityGrant) -> doc.DataTable:
    """The calculation as a sum from top to bottom."""
    lines = (
        (words.COUNTS, grant.counted),
        (words.INELIGIBLE, grant.ineligible),
        (words.ELIGIBLE, grant.eligible),
        (words.PAYS.format(percent=grant.share_percent), grant.grant),
        (words.LEFT, grant.residual),
        (words.EXPECTED.format(approval=grant.approval.value), grant.expected),
    )
    columns = (
        doc.TableColumn("Step", width=3),
        doc.TableColumn("Sum", align=doc.Align.RIGHT, width=1.2),
        doc.TableColumn(words.HOW_KNOWN, width=3.4),
    )
    rows = tuple(doc.Row.of(title, _sum(amount), reasons.grounds(amount)) for title, amount in lines)
    return doc.DataTable("stability-grant-sum", words.GRANT, columns, rows)


def _sum(amount: Amount) -> doc.Cell | str:
    return words.NOT_STATED if amount.pence is None else doc.Cell.millions(_pounds(amount.pence))


def _pounds(pence: int) -> Decimal:
    return Decimal(decimal_pounds(pence))
