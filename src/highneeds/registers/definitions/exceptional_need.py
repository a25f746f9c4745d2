"""The register of exceptional pupil need: what schools ask on top of a place, and what the panel decides."""

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.register import Column, Kind, Register, RegisterRow

SETTINGS = {"srp": "Resourced provision or SEN unit", "special": "Special school", "mainstream": "Mainstream school"}
DECISIONS = {"pending": "Pending", "agreed": "Agreed", "part": "Agreed in part", "declined": "Declined"}


@rule(
    "EXCEPTIONALNEED-01",
    severity=Severity.MUST_FIX,
    fix="Give the sum agreed for a year.",
    broken_by=dict(request="r1", decision="agreed", agreed_gbp=None),
    source="F7: request, decide, amount",
)
def an_agreed_request_has_a_sum(row: RegisterRow) -> str | None:
    agreed = row["decision"] in ("agreed", "part")
    return "It is agreed and no sum is given" if agreed and row["agreed_gbp"] is None else None


@rule(
    "EXCEPTIONALNEED-02",
    severity=Severity.MUST_FIX,
    fix="Give the day of the panel.",
    broken_by=dict(request="r1", decision="declined", decided_on=None),
    source="F7: request, decide, amount",
)
def a_decision_has_its_day(row: RegisterRow) -> str | None:
    return "It is decided and has no day" if row["decision"] != "pending" and not row["decided_on"] else None


exceptional_need = Register(
    name="exceptional_need",
    title="Exceptional pupil need",
    unit="one request",
    source="Panel records; high needs funding",
    key="request",
    help="Requests of resourced provisions and special schools for more than the place pays; local references only.",
    columns=(
        Column("request", "Reference", required=True),
        Column("school", "School", required=True),
        Column("setting", "Kind of setting", Kind.CODE, required=True, codes=SETTINGS),
        Column("requested_on", "Requested on", Kind.DAY, required=True),
        Column("asked_gbp", "Asked for a year", Kind.POUNDS, required=True),
        Column("decision", "Decision", Kind.CODE, required=True, codes=DECISIONS),
        Column("decided_on", "Decided on", Kind.DAY),
        Column("agreed_gbp", "Agreed for a year", Kind.POUNDS),
        Column("ends_on", "Ends on", Kind.DAY),
        Column("source", "Source"),
    ),
    rules=(an_agreed_request_has_a_sum, a_decision_has_its_day),
    example=(
        {
            "request": "EPN-0042",
            "school": "Elm School",
            "setting": "special",
            "requested_on": "2024-10-03",
            "asked_gbp": "18000.00",
            "decision": "part",
            "decided_on": "2024-10-24",
            "agreed_gbp": "9000.00",
            "source": "worked example",
        },
    ),
)
