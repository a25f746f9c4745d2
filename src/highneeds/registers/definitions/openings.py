"""Schools and provisions that open, slip or are refused: the capital project of the agreement."""

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.register import Column, Kind, Register, RegisterRow
from highneeds.vocabulary.period import Month

KINDS = {"special_school": "Special school", "resourced_provision": "Resourced provision or SEN unit", "other": "Other"}
STATUSES = {
    "planned": "Planned, on time",
    "delayed": "Delayed",
    "open": "Open",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
}


@rule(
    "OPENINGS-01",
    severity=Severity.MUST_FIX,
    fix="Fill in the month it opened, or change the status.",
    broken_by=dict(opening="elm", title="Elm School", kind="special_school", planned=Month(2025, 9), status="open"),
    source="DfE Safety Valve monitoring template, capital project",
)
def an_open_school_has_an_opening_month(row: RegisterRow) -> str | None:
    return "It is open but has no month of opening" if row["status"] == "open" and not row["opened"] else None


@rule(
    "OPENINGS-02",
    severity=Severity.QUERY,
    fix="Give the month now expected, or say that none is known in the notes.",
    broken_by=dict(opening="elm", title="Elm School", kind="special_school", planned=Month(2025, 9), status="delayed"),
    source="DfE Safety Valve monitoring template, capital project",
)
def a_delayed_school_has_an_expected_month(row: RegisterRow) -> str | None:
    return "It is delayed and no month is expected" if row["status"] == "delayed" and not row["expected"] else None


def slip_in_months(row: RegisterRow) -> int | None:
    """Months between the planned and the real (or now expected) opening; None where it will not open."""
    latest: Month | None = row["opened"] or row["expected"]
    if row["status"] in ("rejected", "withdrawn") or latest is None:
        return None
    planned: Month = row["planned"]
    return planned.months_until(latest)


openings = Register(
    name="openings",
    title="Schools and provisions opening",
    unit="one school or provision",
    source="DfE Safety Valve monitoring template, capital project",
    key="opening",
    help="What the agreement assumed would open, when, and what became of it.",
    columns=(
        Column("opening", "Short name", required=True),
        Column("title", "School or provision", required=True),
        Column("kind", "Kind", Kind.CODE, required=True, codes=KINDS),
        Column("planned", "Planned", Kind.MONTH, required=True),
        Column("expected", "Now expected", Kind.MONTH),
        Column("opened", "Opened", Kind.MONTH),
        Column("status", "Status", Kind.CODE, required=True, codes=STATUSES),
        Column("delivered_by", "Delivered by"),
        Column("places", "Places", Kind.WHOLE),
        Column("figures", "Figures it rests on", help="Ids of facts, separated by spaces"),
        Column("notes", "Notes"),
        Column("source", "Source", help="Document and line"),
    ),
    rules=(an_open_school_has_an_opening_month, a_delayed_school_has_an_expected_month),
    example=(
        {
            "opening": "elm",
            "title": "Elm School",
            "kind": "special_school",
            "planned": "2025-09",
            "expected": "2026-09",
            "status": "delayed",
            "places": "120",
            "source": "worked example",
        },
    ),
)
