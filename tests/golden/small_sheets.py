"""How small sheets of every shape are read: python tests/golden/small_sheets.py writes it.

sheets.txt holds sheets as CSV, pages of a report with | for the tabs of their text, heads of columns with | between a
head and what stands above it, and cells of figures, each under a line that says what it is and what is odd about it.
read.txt holds under the same lines what is read of them: a table of indicators, sums of money, a page's dashboard,
periods, figures.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from golden.flat import flat
from highneeds.intake.dashboard import read_dashboard
from highneeds.intake.spreadsheet.figures import read_figure
from highneeds.intake.spreadsheet.grid import Grid, GridCell, read_grids
from highneeds.intake.spreadsheet.heads import period_number, read_head, year_of
from highneeds.intake.spreadsheet.money import MoneyCell, money_cells
from highneeds.intake.spreadsheet.rows import SheetRow
from highneeds.intake.spreadsheet.table import find_table
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

FOLDER = Path(__file__).parent / "small_sheets"


def of_indicators(text: str) -> Iterator[str]:
    found = find_table((grid_of(text),))
    yield f"across {found.across}, heads at {found.heads_at}"
    for row in found.rows:
        yield from told_row(row)
    yield from (f"aside {one.where}: {one.text} | {one.taken_for}" for one in found.asides)


def told_row(row: SheetRow) -> Iterator[str]:
    yield f"row {row.where}: {row.title} | {row.heading} | {row.meta}"
    for head, cell in row.cells:
        read = read_figure(cell)
        about = (head.period, head.is_actual, head.note, read.value, read.state.value, read.readable, read.note)
        yield f"    {cell.where}: {' | '.join(map(str, about))}"


def of_money(text: str) -> Iterator[str]:
    cells, asides = money_cells(grid_of(text), "886")
    yield from map(told_sum, cells)
    yield from (f"aside {one.where}: {one.text} | {one.taken_for}" for one in asides)


def told_sum(one: MoneyCell) -> str:
    about = (one.label, one.code, one.year, one.period, one.kind, one.cell.text, one.scale, one.to_date, one.is_total)
    return f"sum {one.cell.where}: {' | '.join(map(str, about))}"


def of_page(text: str) -> Iterator[str]:
    found = read_dashboard(text.replace("|", "\t"))
    for row in found.rows:
        yield f"row {row.line}: {row.condition} | {row.title} | {row.data_source}"
        yield from (f"    {' | '.join(value for _, value in flat(cell))}" for cell in row.cells)
    yield from (f"left out {one.line}: {one.text} | {one.why}" for one in found.left_out)


def of_heads(text: str) -> Iterator[str]:
    """A line a head: its period, what it is of, which period of a year, which financial year its words speak of."""
    for line in text.splitlines():
        cells = [GridCell(part) for part in line.split("|")]
        head = (value for _, value in flat(read_head(cells)))
        yield f"{line} -> {' | '.join((*head, str(period_number(cells[-1].text)), str(year_of(line))))}"


def of_figures(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"{line} -> {' | '.join(value for _, value in flat(read_figure(GridCell(line))))}"


def grid_of(text: str) -> Grid:
    [grid] = read_grids(documents(MemoryStore({"sheet.csv": text.encode()})) / "sheet.csv")
    return grid


READERS: dict[str, Callable[[str], Iterator[str]]] = {
    "indicators": of_indicators,
    "money": of_money,
    "page": of_page,
    "heads": of_heads,
    "figures": of_figures,
}


def sheets() -> str:
    """Each sheet's line, and what is read of it."""
    parts = re.split(r"^(== .*)\n", (FOLDER / "sheets.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines: list[str] = []
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        lines.append(name)
        try:
            lines += READERS[name[3:].partition(":")[0]](text)
        except InputError as refused:
            lines.append(f"refused: {refused.sentence}")
    return "\n".join((*lines, ""))


def main() -> None:
    (FOLDER / "read.txt").write_text(sheets(), encoding="utf-8")


if __name__ == "__main__":
    main()
