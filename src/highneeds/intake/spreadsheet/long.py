"""A long table of indicators: one row a measure and a period, as exports of performance systems are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from highneeds.intake.spreadsheet.aside import asides_of
from highneeds.intake.spreadsheet.figures import PROVISIONAL
from highneeds.intake.spreadsheet.grid import Grid, GridCell
from highneeds.intake.spreadsheet.heads import NOT_ACTUAL, Head, read_head
from highneeds.intake.spreadsheet.rows import SheetRow, SheetTable

HEADS = {
    "name": r"(?:measure|indicator|kpi|metric|performance indicator|pi)(?: name| title| description)?|title|name",
    "period": r"(?:reporting )?(?:month|period|quarter)(?: end(?:ing)?)?|date|time[ _]period|as at|snapshot(?: date)?",
    "year": r"(?:financial |fin |calendar )?year|fy",
    "value": r"value|actual|figure|result|outturn|performance|number|count|total",
    "status": r"status|state|flag|provisional(?:\?)?|type|series",
    "unit": r"units?(?: of measure)?|format",
    "id": r"ref(?:erence)?|id|code|(?:kpi|indicator|measure) (?:ref|id|no\.?|code)",
    "source": r"(?:data )?source|system",
}
"""What a column is for, by its head; the first that fits stands."""
_HEADS = {kind: re.compile(pattern, re.I) for kind, pattern in HEADS.items()}
NEEDED = {"name", "period", "value"}
FEWEST = 2


def long_table(grid: Grid) -> SheetTable | None:
    """The sheet as rows of measures, or None where it is of another shape."""
    for start, row in enumerate(grid.rows[:15]):
        places = _places(row)
        if places.keys() >= NEEDED:
            return _read(grid, start, places)
    return None


def _places(row: Sequence[GridCell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, pattern in _HEADS.items():
        fits = [place for place, cell in enumerate(row) if pattern.fullmatch(cell.text) and place not in found.values()]
        if fits:
            found[kind] = fits[0]
    return found


def _read(grid: Grid, start: int, places: Mapping[str, int]) -> SheetTable | None:
    cells: dict[str, list[tuple[Head, GridCell]]] = {}
    firsts: dict[str, Sequence[GridCell]] = {}
    asides = [one for line in range(start) for one in asides_of(grid.rows[line], "above the table")]
    asides += [
        one
        for place, cell in enumerate(grid.rows[start])
        if place not in places.values()
        for one in asides_of([cell], "a column that is not read")
    ]
    for row in grid.rows[start + 1 :]:
        name, head = row[places["name"]].text, _head(row, places)
        if not name or head.period is None:
            asides += asides_of(row, "a row without a name or a period")
            continue
        firsts.setdefault(name, row)
        cells.setdefault(name, []).append((head, row[places["value"]]))
    if sum(map(len, cells.values())) < FEWEST:
        return None
    rows = tuple(_row(name, firsts[name], places, found) for name, found in cells.items())
    return SheetTable(grid, rows, tuple(asides), False, f"the column {grid.rows[start][places['period']].text}")


def _head(row: Sequence[GridCell], places: Mapping[str, int]) -> Head:
    """The period of a row, with its year where that has a column of its own, and what the row says of its state."""
    year = [row[places["year"]]] if "year" in places else []
    head = read_head([*year, row[places["period"]]])
    said = row[places["status"]].text if "status" in places else ""
    provisional = head.provisional or said.lower().startswith("prov") or bool(PROVISIONAL.fullmatch(said))
    return replace(head, provisional=provisional, is_actual=head.is_actual and not NOT_ACTUAL.search(said))


def _row(
    name: str, first: Sequence[GridCell], places: Mapping[str, int], cells: Sequence[tuple[Head, GridCell]]
) -> SheetRow:
    meta = {kind: first[places[kind]].text for kind in ("unit", "id", "source") if kind in places}
    return SheetRow(name, "", {kind: said for kind, said in meta.items() if said}, tuple(cells), first[0].where)
