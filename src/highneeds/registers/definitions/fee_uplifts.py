"""The register of fee uplifts: what providers asked, what was agreed, and what the difference avoided."""

from decimal import Decimal

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.register import Column, Kind, Register, RegisterRow

OUTCOMES = {"asked": "Asked", "offered": "Offered", "agreed": "Agreed", "refused": "Refused", "withdrawn": "Withdrawn"}


@rule(
    "FEEUPLIFTS-01",
    severity=Severity.MUST_FIX,
    fix="Give the agreed fee per place; the old one where the request was refused.",
    broken_by=dict(uplift="u1", outcome="agreed", agreed_fee_gbp=None),
    source="F5: avoided = (asked - agreed) x places",
)
def a_settled_request_has_a_fee(row: RegisterRow) -> str | None:
    return "It is settled and no fee is given" if row["outcome"] == "agreed" and row["agreed_fee_gbp"] is None else None


@rule(
    "FEEUPLIFTS-02",
    severity=Severity.QUERY,
    fix="Check whether asked and agreed fee stand in the right columns.",
    broken_by=dict(uplift="u1", asked_fee_gbp=50_000_00, agreed_fee_gbp=52_000_00),
    source="F5: avoided = (asked - agreed) x places",
)
def no_more_is_agreed_than_asked(row: RegisterRow) -> str | None:
    agreed = row["agreed_fee_gbp"]
    return "More is agreed than was asked" if agreed is not None and agreed > row["asked_fee_gbp"] else None


@rule(
    "FEEUPLIFTS-03",
    severity=Severity.MUST_FIX,
    fix="Give the places that the fee pays for.",
    broken_by=dict(uplift="u1", places=Decimal(-1)),
    source="F5: avoided = (asked - agreed) x places",
)
def places_are_not_negative(row: RegisterRow) -> str | None:
    return f"The places are {row['places']}" if row["places"] < 0 else None


fee_uplifts = Register(
    name="fee_uplifts",
    title="Fee uplift requests",
    unit="one request of one provider",
    source="Commissioning; contracts with independent and non-maintained schools",
    key="uplift",
    help="Requests for higher fees: evidence, benchmark, offer, agreement; what was avoided is asked less agreed.",
    columns=(
        Column("uplift", "Short name", required=True),
        Column("provider", "Provider", required=True),
        Column("financial_year", "Financial year", Kind.FINANCIAL_YEAR, required=True),
        Column("requested_on", "Requested on", Kind.DAY),
        Column("places", "Places", Kind.NUMBER, required=True),
        Column("present_fee_gbp", "Present fee", Kind.POUNDS, required=True),
        Column("asked_fee_gbp", "Fee asked", Kind.POUNDS, required=True),
        Column("benchmark_fee_gbp", "Benchmark fee", Kind.POUNDS),
        Column("agreed_fee_gbp", "Fee agreed", Kind.POUNDS),
        Column("outcome", "Outcome", Kind.CODE, required=True, codes=OUTCOMES),
        Column("evidence", "Evidence"),
        Column("owner_role", "Owner (role)"),
        Column("source", "Source"),
    ),
    rules=(a_settled_request_has_a_fee, no_more_is_agreed_than_asked, places_are_not_negative),
    example=(
        {
            "uplift": "oak-2025",
            "provider": "Oak House School",
            "financial_year": "2025-26",
            "places": "12",
            "present_fee_gbp": "50000.00",
            "asked_fee_gbp": "55000.00",
            "agreed_fee_gbp": "52000.00",
            "outcome": "agreed",
            "source": "worked example",
        },
    ),
)
