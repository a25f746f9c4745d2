"""A named row of cells over periods: what every line on a chart is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.report.blocks import Align, DataTable, Row, TableColumn
from highneeds.report.cells import Cell


@dataclass(frozen=True)
class Series:
    """cells    one per period; a gap is a Cell.gap, and stays a gap in the line
    context  drawn grey: other councils, earlier years
    dashed   drawn dark and dashed: a plan or a target
    labelled every point says its figure: for lines of few points, where gaps leave them loose
    """

    name: str
    cells: tuple[Cell, ...]
    context: bool = False
    dashed: bool = False
    labelled: bool = False

    @property
    def values(self) -> list[float | None]:
        return [as_number(cell) for cell in self.cells]

    @property
    def last(self) -> int | None:
        """Position of the last period that has a figure."""
        return max((place for place, value in enumerate(self.values) if value is not None), default=None)


def as_number(cell: Cell) -> float | None:
    """The cell as a coordinate on a chart."""
    return float(cell.value) if cell.is_number and cell.value is not None else None


def figure_words(cell: Cell) -> str:
    """The figure for those who hear it; a mark such as '-' would say nothing."""
    return cell.text if cell.text and not cell.is_plain_mark else "no figure"


def runs(values: Sequence[float | None]) -> list[list[int]]:
    """Positions of the unbroken stretches: [1, None, 3, 4] -> [[0], [2, 3]]."""
    stretches: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append(place)
    return [stretch for stretch in stretches if stretch]


def series_table(
    id: str, title: str, period_name: str, periods: Sequence[str], series: Sequence[Series], source: str
) -> DataTable:
    """The table of a chart: a row per period, a column per line."""
    for line in series:
        if len(line.cells) != len(periods):
            raise ValueError(f"Chart {id}, line {line.name}: {len(line.cells)} figures for {len(periods)} periods")
    columns = (
        TableColumn(period_name, width=1.4),
        *(TableColumn(line.name, align=Align.RIGHT, width=1.4) for line in series),
    )
    rows = tuple(
        Row.of(Cell.words(period), *(line.cells[place] for line in series)) for place, period in enumerate(periods)
    )
    return DataTable(f"{id}-data", f"Figures of the chart: {title}", columns, rows, source=source)


def in_words(line: Series, periods: Sequence[str]) -> str:
    """'Kent: 41.0% in Jan 2024 to 40.6% in Jan 2025, lowest 40.6%, highest 42.1% in Jun 2024; no figure in 3.'"""
    known = [(value, place) for place, value in enumerate(line.values) if value is not None]
    if not known:
        return f"{line.name}: no figures."
    first, last = known[0][1], known[-1][1]
    text = f"{line.name}: {line.cells[first].text} in {periods[first]}"
    if len(known) > 1:
        text += f" to {line.cells[last].text} in {periods[last]}"
    low, high = min(known), max(known)
    if len(known) > 2 and low[0] < high[0]:
        text += f", lowest {line.cells[low[1]].text} in {periods[low[1]]}"
        text += f", highest {line.cells[high[1]].text} in {periods[high[1]]}"
    gaps = sum(cell.is_gap for cell in line.cells)
    return text + (f"; no figure for {gaps} of {len(periods)}." if gaps else ".")
