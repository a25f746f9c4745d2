"""The register of payments: what DfE and the council owe the account, when, on which report, and what came."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import refers
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, SomeRows, gap, total, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must_all, query, query_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.registers.register import Column, Kind
from highneeds.vocabulary.period import FinancialYear

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
    holds_for=(
        dict(report_accepted_on=date(2024, 6, 15)),
        dict(report=ON_SIGNING),
        dict(state="due"),
        dict(payer="council"),
    ),
    also_broken_by=(dict(state="released"), dict(report=None, report_accepted_on=date(2024, 6, 15))),
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
    holds_for=(dict(withheld_because="the report is late"), dict(state="due")),
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
    holds_for=(dict(received_on=date(2024, 7, 1)), dict(figures="dfe_2"), dict(state="due")),
    also_broken_by=dict(state="released"),
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
    broken_by=dict(payment="dfe-2", payer="dfe", report_accepted_on=date(2024, 7, 1), received_on=date(2024, 6, 30)),
    holds_for=(dict(received_on=date(2024, 7, 1)), dict(received_on=None), dict(report_accepted_on=None)),
    source=_SOURCE,
)
def a_payment_comes_after_its_report_is_accepted(row: RegisterRow) -> str | None:
    accepted, received = row["report_accepted_on"], row["received_on"]
    if accepted and received and received < accepted:
        return f"It was received on {received:%d %b %Y}, before its report was accepted on {accepted:%d %b %Y}"
    return None


def _due(row: RegisterRow, at: Situation) -> bool:
    return row["due_on"] is None or row["due_on"] <= at.day


def _came(row: RegisterRow, at: Situation) -> bool:
    """Received or released by the day, on an accepted report; a row without its day is counted."""
    arrived = row["received_on"] is None or row["received_on"] <= at.day
    accepted = no_instalment_without_an_accepted_report(row) is None
    return row["state"] in ("received", "released") and arrived and accepted


def _outstanding(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    due = [at.amount(row, "amount_gbp") for row in rows if _due(row, at)]
    came = [row["received_gbp"] for row in rows if _came(row, at)]
    sums = {}
    for what, amounts in (("amount_gbp", due), ("received_gbp", came)):
        known = [one for one in amounts if one is not None]
        if missing := len(amounts) - len(known):
            return gap(SomeRows(missing, len(amounts), f"have no {what}"))
        sums[what] = sum(known)
    return MeasureValue(sums["amount_gbp"] - sums["received_gbp"])


def _other_report(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    """The report named is not in the list of reports, or was accepted on another day."""
    reports = {one["report"]: one for one in at.others_of("report_calendar")}
    for row in rows:
        if not row["report"] or row["report"] == ON_SIGNING:
            continue
        report = reports.get(row["report"])
        if report is None or (row["report_accepted_on"] and report["accepted_on"] != row["report_accepted_on"]):
            yield row


def _outside(rows: Sequence[RegisterRow], at: Situation) -> list[RegisterRow]:
    if "first_year" not in at.council:
        raise NotAtHand("the years of the agreement are not given")
    return [r for r in rows if not at.council["first_year"] <= r["financial_year"] <= at.council["last_year"]]


def _more_than_promised(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for payer, name in PROMISES.items():
        promised = at.fact(f"promised_{payer}" if f"promised_{payer}" in (at.facts or {}) else name).value
        own = [row for row in rows if row["payer"] == payer]
        if promised is not None and sum(at.amount(row, "amount_gbp") or 0 for row in own) > promised * 100:
            yield own[-1]


PROMISES = {"dfe": "dfe_contribution", "council": "council_contribution"}
"""The facts that state the total promised to each payer's part."""

_PAID = dict(
    payment="dfe-2",
    payer="dfe",
    financial_year="2024-25",
    due_on="2024-06-30",
    amount_gbp="100.00",
    state="received",
    report="2024-05",
    report_accepted_on="2024-06-14",
    received_on="2024-06-28",
    received_gbp="100.00",
)


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
        refers("decision", "decisions"),
    ),
    rules=(
        no_instalment_without_an_accepted_report,
        a_withheld_payment_says_why,
        a_received_payment_has_its_day,
        a_payment_comes_after_its_report_is_accepted,
        query(
            "06",
            "Received differs from due",
            lambda r: r["received_gbp"] != r["amount_gbp"],
            _PAID | dict(received_gbp="99.99"),
            holds_for=dict(received_gbp="100.00"),
            given="received_gbp amount_gbp",
            fix="Say why in the notes, or correct one of the two.",
        ),
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
    systems="A2 A3",
    kept_by="finance_partner",
    decides="section_151",
    used="Monthly, and when DfE answers a report",
    ladder=ladder("scheduled < due < received(received_on)", side="withheld released(received_on)", ends="received"),
    moves=moves(
        "due > received D: received_on received_gbp",
        "due > received D if payer=dfe: report report_accepted_on",
        "due > withheld D: withheld_because",
        "withheld > released D: received_on received_gbp",
        "withheld > released D if payer=dfe: report report_accepted_on",
    ),
    clocks=(
        clock(
            "instalment",
            "due_on",
            stops="received_on",
            basis="contract",
            paused_in="withheld",
            stopped_if=lambda r, at: r["state"] in ("received", "released"),
        ),
    ),
    whole_rules=(
        must_all(
            "05",
            "The report named is not in the list of reports, or was accepted on another day",
            _other_report,
            (_PAID,),
            holds_for={"report_calendar.accepted_on": "2024-06-14"},
            others={"report_calendar": (dict(report="2024-05", accepted_on="2024-06-15"),)},
            fix="Correct the report or the day.",
        ),
        query_all(
            "07",
            "The year is outside the agreement",
            _outside,
            (_PAID | dict(financial_year="2028-29"),),
            holds_for=dict(financial_year="2027-28"),
            council=dict(first_year=FinancialYear(2022), last_year=FinancialYear(2027)),
            fix="Correct the year.",
        ),
        must_all(
            "08",
            "The instalments come to more than was promised",
            _more_than_promised,
            (_PAID,),
            facts={"dfe_contribution": Decimal("99.99"), "council_contribution": Decimal("82000000")},
            holds_for=dict(amount_gbp="99.99"),
            fix="Correct the amounts, or the promise.",
        ),
    ),
    measures=(
        total(
            "due_gbp", "instalments due by the day, or without a day", "as_at; payer", or_fact="amount_gbp", where=_due
        ),
        total(
            "received_gbp",
            "received or released by the day on an accepted report",
            "as_at; payer",
            needs="received_gbp",
            where=_came,
        ),
        worked("outstanding_gbp", "due less received", "as_at; payer", _outstanding, unit="gbp"),
        total(
            "withheld_gbp",
            "withheld on the day",
            "as_at; payer",
            or_fact="amount_gbp",
            where=lambda r, at: at.is_(r, "withheld"),
        ),
        total("scheduled_gbp", "every instalment", "all; payer", or_fact="amount_gbp"),
    ),
    headline="{received_gbp} of {due_gbp} due has been received; {withheld_gbp} is withheld.",
    feeds=(Feed("account", "payments", "what came and is outstanding"), Feed("report", "calendar", "due days")),
    expects="""
        due_gbp | | | 2025-04-02 | 1000000.00
        received_gbp | | | 2025-04-02 | 1000000.00
        outstanding_gbp | | | 2025-04-02 | 0.00
        withheld_gbp | | | 2025-04-02 | 0.00
        scheduled_gbp | payer | dfe | | 1000000.00
    """,
)
