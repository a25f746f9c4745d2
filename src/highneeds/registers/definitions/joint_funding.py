"""The register of joint funding: what health was asked to pay, what was decided, and how the cost is shared."""

from decimal import Decimal

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.register import Column, Kind, Register, RegisterRow

DECISIONS = {"pending": "Pending", "agreed": "Agreed", "part": "Agreed in part", "declined": "Declined"}
SHARES = ("education_percent", "health_percent", "care_percent")


@rule(
    "JOINTFUNDING-01",
    severity=Severity.MUST_FIX,
    fix="Correct the shares of education, health and care so that they add to 100.",
    broken_by=dict(
        application="j1", education_percent=Decimal(50), health_percent=Decimal(30), care_percent=Decimal(10)
    ),
    source="F12: share health, education and care",
)
def the_shares_add_to_the_whole(row: RegisterRow) -> str | None:
    shares = [row[name] for name in SHARES if row[name] is not None]
    return f"The shares add to {sum(shares)}%" if shares and sum(shares) != 100 else None


@rule(
    "JOINTFUNDING-02",
    severity=Severity.QUERY,
    fix="Bill the share to the integrated care board, or record that it was paid.",
    broken_by=dict(application="j1", decision="agreed", health_percent=Decimal(30), billed_gbp=None),
    source="F12: recovered",
)
def an_agreed_share_is_billed(row: RegisterRow) -> str | None:
    agreed = row["decision"] in ("agreed", "part") and row["health_percent"]
    return "Health agreed a share and nothing is billed" if agreed and row["billed_gbp"] is None else None


joint_funding = Register(
    name="joint_funding",
    title="Joint funding with health and care",
    unit="one application",
    source="Joint funding panel; section 75 and continuing care agreements",
    key="application",
    help="Applications to share the cost of a placement, their outcome, and what is recovered.",
    columns=(
        Column("application", "Reference", required=True),
        Column("commitment", "Commitment", help="The commitment whose cost is shared"),
        Column("applied_on", "Applied on", Kind.DAY, required=True),
        Column("decision", "Decision", Kind.CODE, required=True, codes=DECISIONS),
        Column("decided_on", "Decided on", Kind.DAY),
        Column("annual_cost_gbp", "Cost a year", Kind.POUNDS, required=True),
        Column("education_percent", "Education", Kind.NUMBER),
        Column("health_percent", "Health", Kind.NUMBER),
        Column("care_percent", "Care", Kind.NUMBER),
        Column("billed_gbp", "Billed to health", Kind.POUNDS),
        Column("received_gbp", "Received from health", Kind.POUNDS),
        Column("agreement", "Agreement it rests on"),
        Column("source", "Source"),
    ),
    rules=(the_shares_add_to_the_whole, an_agreed_share_is_billed),
    example=(
        {
            "application": "JF-017",
            "applied_on": "2024-05-02",
            "decision": "agreed",
            "decided_on": "2024-06-20",
            "annual_cost_gbp": "90000.00",
            "education_percent": "60",
            "health_percent": "30",
            "care_percent": "10",
            "billed_gbp": "27000.00",
            "received_gbp": "13500.00",
            "source": "worked example",
        },
    ),
)
