"""The register of block transfers: what moves from the schools block to high needs, and by whose consent."""

from decimal import Decimal

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.mechanism.measure import share, total
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import query
from highneeds.registers.register import Column, Kind

CONSENTS = {
    "forum": "Schools forum",
    "secretary_of_state": "Secretary of State",
    "none_yet": "None yet",
    "unknown": "Not published",
}
FORUM_LIMIT_PERCENT = Decimal("0.5")
_SOURCE = (
    "Schools revenue funding operational guide: transfers up to 0.5% need the forum, above it the Secretary of State"
)


@rule(
    "BLOCKTRANSFERS-01",
    severity=Severity.MUST_FIX,
    fix="Ask the Secretary of State to disapply the limit, or lower the transfer.",
    broken_by=dict(transfer="2025", amount_gbp=5_000_000_01, schools_block_gbp=1_000_000_000_00, consent="forum"),
    holds_for=(dict(amount_gbp=5_000_000_00), dict(consent="none_yet")),
    source=_SOURCE,
)
def the_forum_may_consent_to_half_a_percent(row: RegisterRow) -> str | None:
    block, amount = row["schools_block_gbp"], row["amount_gbp"]
    if row["consent"] != "forum" or not block or amount is None:
        return None
    share = Decimal(amount) * 100 / block
    return f"The transfer is {share:.2f}% of the schools block" if share > FORUM_LIMIT_PERCENT else None


@rule(
    "BLOCKTRANSFERS-02",
    severity=Severity.QUERY,
    fix="Record the consent, or leave the transfer out of the forecast.",
    broken_by=dict(transfer="2025", consent="none_yet", amount_gbp=1_000_000_00),
    holds_for=dict(consent="forum"),
    source=_SOURCE,
)
def a_transfer_has_consent(row: RegisterRow) -> str | None:
    return "Nobody has consented to the transfer yet" if row["consent"] == "none_yet" else None


block_transfers = Register(
    name="block_transfers",
    title="Transfers between blocks",
    unit="one transfer of one year",
    source="Schools forum minutes; disapplication decisions",
    key="transfer",
    help="Money moved into the high needs block, what it is tied to, and when it should stop.",
    columns=(
        Column("transfer", "Short name", required=True),
        Column("financial_year", "Financial year", Kind.FINANCIAL_YEAR),
        Column("from_block", "From", required=True),
        Column("amount_gbp", "Amount", Kind.POUNDS),
        Column("schools_block_gbp", "Schools block", Kind.POUNDS),
        Column("consent", "Consent", Kind.CODE, required=True, codes=CONSENTS),
        Column("consented_on", "Consented on", Kind.DAY),
        Column("tied_to", "What it pays for"),
        Column("stops_when", "Stops when"),
        Column("source", "Source"),
    ),
    rules=(
        the_forum_may_consent_to_half_a_percent,
        a_transfer_has_consent,
        query(
            "03",
            "It is tied to nothing",
            lambda r: not r["tied_to"],
            dict(transfer="t1", from_block="schools", consent="forum"),
            fix="Say what the money pays for.",
        ),
    ),
    example=(
        {
            "transfer": "2024-25",
            "financial_year": "2024-25",
            "from_block": "schools",
            "amount_gbp": "4000000.00",
            "schools_block_gbp": "1000000000.00",
            "consent": "forum",
            "consented_on": "2024-01-12",
            "tied_to": "SEN support services",
            "stops_when": "the high needs block is in balance",
            "source": "worked example",
        },
    ),
    systems="A14",
    kept_by="finance_partner",
    decides="section_151",
    used="Autumn, before the schools forum",
    measures=(
        total("transfer_gbp", "money moved into the high needs block", "row", needs="amount_gbp"),
        share(
            "share_pct",
            "of the schools block",
            "row",
            lambda r, at: r["amount_gbp"],
            lambda r, at: r["schools_block_gbp"],
            needs="amount_gbp schools_block_gbp",
            money=True,
        ),
    ),
    headline="{transfer_gbp} moves between blocks in {year}, {share_pct} of the schools block.",
    feeds=(Feed("account", "view transfers", "with and without"),),
    expects="""
        transfer_gbp | | | 2024-25 | 4000000.00
        share_pct | | | 2024-25 | 0.4
    """,
)
