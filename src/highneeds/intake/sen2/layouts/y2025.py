"""SEN2 2025: who asked, the draft amended plan, phase transfer dates, and Down syndrome as a type of need."""

from highneeds.intake.sen2.fields import CellKind, Field
from highneeds.intake.sen2.layouts import y2023, y2024

_SOURCE = Field(
    "requests",
    "requestsource",
    "source",
    CellKind.CODE,
    "Source of request for an EHC needs assessment",
    codes=frozenset("12345"),
)
_PHASE_TRANSFER = (
    Field(
        "active_plans",
        "reviewdraft",
        "review_draft",
        CellKind.DAY,
        "Annual review – date draft amended EHC plan issued",
        in_xml=False,
    ),
    Field(
        "active_plans",
        "phasetransferduedate",
        "phase_transfer_due",
        CellKind.DAY,
        "Phase transfer review - due date for any amended plan",
        in_xml=False,
    ),
    Field(
        "active_plans",
        "phasetransferfinaldate",
        "phase_transfer_final",
        CellKind.DAY,
        "Phase transfer review - final plan date",
        in_xml=False,
    ),
)

LAYOUT = y2024.LAYOUT.changed(2025, added=(_SOURCE, *_PHASE_TRANSFER), sentype=y2023.NEEDS | {"DS"})
