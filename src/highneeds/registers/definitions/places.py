"""The register of commissioned places: how many, where, and from which day to which."""

from collections.abc import Iterable
from datetime import date

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.register import Column, Kind, Register, RegisterRow

PLACE_KINDS = {"special": "special school", "srp": "specialist resourced provision or SEN unit"}


@rule(
    "PLACES-01",
    severity=Severity.MUST_FIX,
    fix="Correct whichever day is wrong.",
    broken_by=dict(
        row="1", kind="special", from_day=date(2024, 9, 1), to_day=date(2024, 8, 31), places=120, pupils=None
    ),
    source="definition of the register",
)
def places_do_not_end_before_they_start(row: RegisterRow) -> str | None:
    if row["to_day"] and row["to_day"] < row["from_day"]:
        return f"The places end on {row['to_day']}, before they start on {row['from_day']}"
    return None


@rule(
    "PLACES-02",
    severity=Severity.QUERY,
    fix="Check the places against the commissioning agreement, and the pupils against the roll.",
    broken_by=dict(row="1", kind="special", from_day=date(2024, 9, 1), to_day=None, places=60, pupils=98),
    source="fill above 150% is seldom real",
)
def pupils_are_in_proportion_to_places(row: RegisterRow) -> str | None:
    if row["pupils"] is not None and row["places"] and row["pupils"] > 1.5 * row["places"]:
        return f"{row['pupils']} pupils stand in {row['places']} places"
    return None


def in_effect(rows: Iterable[RegisterRow], day: date) -> list[RegisterRow]:
    """The rows of `day`: begun by then and not over, both days included."""
    return [row for row in rows if row["from_day"] <= day and (row["to_day"] is None or row["to_day"] >= day)]


places = Register(
    name="places",
    title="Commissioned places",
    unit="the places of one school, or of all, for one stretch of time",
    source="Commissioning; the dashboard's rows on commissioned places",
    key="row",
    help="A change of the number is a new row from its day on: fill rates use the places of the month.",
    columns=(
        Column("row", "Row", required=True),
        Column("kind", "Kind", Kind.CODE, required=True, codes=PLACE_KINDS),
        Column("school", "School", help="Leave empty for all schools together"),
        Column("urn", "URN"),
        Column("from_day", "From", Kind.DAY, required=True),
        Column("to_day", "To", Kind.DAY, help="The last day included; empty while it goes on"),
        Column("places", "Places", Kind.WHOLE, required=True),
        Column("pupils", "Pupils", Kind.WHOLE, help="Pupils in these places in that time, where counted"),
        Column("source", "Source", help="Document and line"),
    ),
    rules=(places_do_not_end_before_they_start, pupils_are_in_proportion_to_places),
    example=(
        {
            "row": "1",
            "kind": "special",
            "from_day": "2023-09-01",
            "to_day": "2024-08-31",
            "places": "5959",
            "source": "worked example",
        },
        {"row": "2", "kind": "special", "from_day": "2024-09-01", "places": "6282", "source": "worked example"},
    ),
)
