"""The register of payments: what DfE and the council owe the account, when, on which report, and what came."""

from datetime import date

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.register import Column, Kind, Register, RegisterRow

PAYERS = {"dfe": "Department for Education", "council": "The council's own budget"}
PAYMENT_STATES = {
    "scheduled": "Scheduled",
    "due": "Due",
    "received": "Received",
    "withheld": "Withheld",
    "released": "Released after being withheld",
}
ON_SIGNING = "agreement"
_SOURCE = "Safety Valve agreements: instalments follow an accepted monitoring report"


@rule(
    "PAYMENTS-01",
    severity=Severity.MUST_FIX,
    fix="Name the monitoring report and the day DfE accepted it, or take the payment back to due.",
    broken_by=dict(payment="dfe-2", payer="dfe", state="received", report="2024-05", report_accepted_on=None),
    source=_SOURCE,
)
def no_instalment_without_an_accepted_report(row: RegisterRow) -> str | None:
    if row["payer"] != "dfe" or row["state"] not in ("received", "released") or row["report"] == ON_SIGNING:
        return None
    if not row["report"] or not row["report_accepted_on"]:
        return "The instalment is received and no accepted report stands behind it"
    return None


@rule(
    "PAYMENTS-02",
    severity=Severity.MUST_FIX,
    fix="Say why it is withheld and what would release it.",
    broken_by=dict(payment="dfe-2", state="withheld", withheld_because=None),
    source=_SOURCE,
)
def a_withheld_payment_says_why(row: RegisterRow) -> str | None:
    return (
        "It is withheld and no reason is given" if row["state"] == "withheld" and not row["withheld_because"] else None
    )


@rule(
    "PAYMENTS-03",
    severity=Severity.MUST_FIX,
    fix="Give the day it reached the account.",
    broken_by=dict(payment="dfe-2", state="received", received_on=None, figures=None),
    source=_SOURCE,
)
def a_received_payment_has_its_day(row: RegisterRow) -> str | None:
    """A payment that is only known from a published figure may have no day."""
    if row["state"] in ("received", "released") and not row["received_on"] and not row["figures"]:
        return "It is received and has no day"
    return None


@rule(
    "PAYMENTS-04",
    severity=Severity.MUST_FIX,
    fix="Correct whichever day is wrong.",
    broken_by=dict(payment="dfe-2", payer="dfe", report_accepted_on=date(2024, 7, 1), received_on=date(2024, 6, 1)),
    source=_SOURCE,
)
def a_payment_comes_after_its_report_is_accepted(row: RegisterRow) -> str | None:
    accepted, received = row["report_accepted_on"], row["received_on"]
    if accepted and received and received < accepted:
        return f"It was received on {received:%d %b %Y}, before its report was accepted on {accepted:%d %b %Y}"
    return None


payments = Register(
    name="payments",
    title="Payments and contributions",
    unit="one instalment",
    source="Safety Valve agreement, payment schedule; the council's cash book",
    key="payment",
    help="Instalments of DfE and contributions of the council: due, received, withheld, released.",
    columns=(
        Column("payment", "Short name", required=True),
        Column("payer", "Payer", Kind.CODE, required=True, codes=PAYERS),
        Column("financial_year", "Financial year", Kind.FINANCIAL_YEAR, required=True),
        Column("due_on", "Due on", Kind.DAY),
        Column("amount_gbp", "Amount due", Kind.POUNDS, help="Empty where a published figure states it"),
        Column("state", "State", Kind.CODE, required=True, codes=PAYMENT_STATES),
        Column("report", "Report it follows", help=f"Id of a monitoring report, or '{ON_SIGNING}' for the first"),
        Column("report_accepted_on", "Report accepted on", Kind.DAY),
        Column("received_on", "Received on", Kind.DAY),
        Column("received_gbp", "Amount received", Kind.POUNDS),
        Column("withheld_because", "Why withheld"),
        Column("figures", "Figure it rests on", help="Id of the fact that states the amount"),
        Column("source", "Source", help="Document and line"),
    ),
    rules=(
        no_instalment_without_an_accepted_report,
        a_withheld_payment_says_why,
        a_received_payment_has_its_day,
        a_payment_comes_after_its_report_is_accepted,
    ),
    example=(
        {
            "payment": "dfe-2",
            "payer": "dfe",
            "financial_year": "2024-25",
            "due_on": "2024-06-30",
            "amount_gbp": "1000000.00",
            "state": "received",
            "report": "2024-05",
            "report_accepted_on": "2024-06-14",
            "received_on": "2024-06-28",
            "received_gbp": "1000000.00",
            "source": "worked example",
        },
    ),
)
