"""SEN2 2024: sex for gender, review items, residential and work-based items moved from the plan to the placement."""

from highneeds.intake.sen2.fields import CellKind, Field
from highneeds.intake.sen2.layouts import y2023

_REVIEWS = (
    Field("active_plans", "reviewmeeting", "review_meeting", CellKind.DAY, "Annual Review Meeting Date"),
    Field("active_plans", "reviewoutcome", "review_outcome", CellKind.CODE, "Annual Review Decision"),
)
_MOVED = (
    Field(
        "placements", "res", "residential", CellKind.CODE, "Residential Settings", codes=y2023.RESIDENTIAL, in_xml=False
    ),
    Field("placements", "wbp", "work_based", CellKind.CODE, "Work Based Learning Activity", in_xml=False),
)

LAYOUT = y2023.LAYOUT.changed(
    2024,
    dropped=(
        ("persons", "gendercurrent"),
        ("active_plans", "res"),
        ("active_plans", "wbp"),
        ("placements", "attendancepattern"),
    ),
    added=(Field("persons", "sex", "sex", CellKind.CODE, "Sex", width=1, codes=frozenset("MF")), *_REVIEWS, *_MOVED),
)
