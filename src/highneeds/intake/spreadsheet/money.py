"""A finance workbook: where years, periods, lines and sums stand, in the shapes in which councils and DfE keep them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from highneeds.intake.spreadsheet.aside import OF_ANOTHER_COUNCIL, Aside, asides_of
from highneeds.intake.spreadsheet.grid import Grid, GridCell
from highneeds.intake.spreadsheet.heads import period_number, read_head, the_one_year, year_of
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.s251 import LINES

LINE = re.compile(r"(?<![\d.])(\d)\.(\d{1,2})(?:\.(\d{1,2}))?(?![\d.])")
_TOTAL = re.compile(r"(?:grand |sub-?)?totals?\b|\btotal$|^net total", re.I)
_CUMULATIVE = re.compile(r"\bcumulative|\byear to date|\bytd\b|\bto date\b", re.I)
_THOUSANDS = re.compile(r"£\s*['’]?\s*000s?|£\s*k\b|\(000s?\)|\bthousands?\b", re.I)
_MILLIONS = re.compile(r"£\s*m(?:illions?)?\b|\bin millions\b", re.I)
_LINE_HEADS = (
    r"(?:s(?:ection )?251 )?line(?: (?:code|no\.?|number|ref))?",
    r"category[ _]of[ _]expenditure",
    r"s251(?: line)?",
    r"description",
    r"code",
)
_AMOUNT_HEADS = (
    r"net[ _]expenditure",
    r"net",
    r"amount(?:[ _]gbp| \(£\)| £)?",
    r"outturn|actuals?|spend|expenditure|£",
)
HEADS = {
    "year": re.compile(r"(?:financial[ _]?)?year|time[ _]period|fin[ _]year|fy", re.I),
    "council": re.compile(r"old[ _]la[ _]code|la[ _](?:number|code)|lea(?: code| number)?|la[ _]no\.?", re.I),
    "line": re.compile("|".join(_LINE_HEADS), re.I),
    "amount": re.compile("|".join(_AMOUNT_HEADS), re.I),
    "budget": re.compile(r"(?:annual |revised |current |latest )?budget(?:[ _]gbp)?(?: for (?:the )?year)?", re.I),
    "period": re.compile(r"period|month", re.I),
}
"""What a column of a long table is for, by its head; of two that fit, the first pattern's choice stands."""
ASIDE = re.compile(
    r"forecast|projected|projection|variance|var\b|movement|change|rag\b|comment|notes?\b|gross|income|%", re.I
)
LONGEST_HEAD = 30
"""A year in a longer text is a title over the sheet, and no head over columns."""
SPENT = re.compile(r"actuals?\b|outturn|spend|spent|net expenditure", re.I)


@dataclass(frozen=True)
class MoneyCell:
    """One sum of a workbook, before anybody has said which line it is.

    label   the row's words; code: the section 251 line in them, '' where there is none
    year    None where nothing says it
    period  1 (April) to 12 (March), None for the whole year
    kind    amount or budget
    scale   1,000 where the sheet is in thousands
    to_date True for a sum from April to this period
    """

    label: str
    code: str
    year: FinancialYear | None
    period: int | None
    kind: str
    cell: GridCell
    scale: int = 1
    to_date: bool = False
    is_total: bool = False


def money_cells(grid: Grid, la_number: str) -> tuple[tuple[MoneyCell, ...], tuple[Aside, ...]]:
    """Every sum of a sheet, and what is none. A long table has one row a sum; a wide one years or periods across."""
    scale, said = _scale(grid)
    for read in (_long, _wide, _years_down):
        found = read(grid, la_number)
        if found is not None:
            cells, asides = found
            return tuple(replace(one, scale=scale) for one in cells), (*said, *asides)
    return (), ()


def line_code(text: str) -> str:
    """The section 251 line that a text names: by its number, '1.2.3 – Top-up', else by the return's own words."""
    found = LINE.search(text)
    if found:
        return ".".join(part for part in found.groups() if part)
    own = _plain(text)
    return next((line.code for line in LINES if _plain(line.title) == own), "")


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("-", " ")))


def _scale(grid: Grid) -> tuple[int, tuple[Aside, ...]]:
    """Pounds, thousands or millions, as the heads of the sheet say: the words stand in one of its first ten rows."""
    for row in grid.rows[:10]:
        for cell in row:
            if cell.number is None and cell.text:
                for pattern, scale in ((_THOUSANDS, 1_000), (_MILLIONS, 1_000_000)):
                    if pattern.search(cell.text):
                        return scale, (Aside(cell.where, cell.text, f"every sum is times {scale:,}"),)
    return 1, ()


MoneyOnSheet = tuple[list[MoneyCell], list[Aside]]
"""The sums of a sheet, and what is none; None for a sheet of another shape."""


def _long(grid: Grid, la_number: str) -> MoneyOnSheet | None:
    for start, row in enumerate(grid.rows[:15]):
        places = _long_heads(row)
        if {"year", "line", "amount"} <= places.keys() or {"line", "amount", "period"} <= places.keys():
            return _long_rows(grid, start, places, la_number)
    return None


def _long_heads(row: Sequence[GridCell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, pattern in HEADS.items():
        fits = [place for place, cell in enumerate(row) if pattern.fullmatch(cell.text.strip())]
        if kind == "line":  # words say more than a code column that holds none
            fits = sorted(fits, key=lambda place: "category" not in row[place].text.lower())
        if kind == "amount":
            fits = sorted(fits, key=lambda place: "net" not in row[place].text.lower())
        if fits:
            found[kind] = fits[0]
    return found


def _long_rows(grid: Grid, start: int, places: dict[str, int], la_number: str) -> MoneyOnSheet:
    cells: list[MoneyCell] = []
    asides = [*_above(grid, start), *_unused(grid.rows[start], set(places.values()))]
    others = 0
    sheet_year = _year_above(grid, start)
    for row in grid.rows[start + 1 :]:
        if all(cell.is_empty for cell in row):
            continue
        if "council" in places and row[places["council"]].text.strip() != la_number:
            others += 1
            continue
        label = row[places["line"]].text
        year = year_of(row[places["year"]].text) if "year" in places else sheet_year
        period = period_number(row[places["period"]].text) if "period" in places else None
        for kind in ("amount", "budget"):
            if kind in places:
                cells.append(_cell(label, year, period, kind, row[places[kind]]))
    if others:
        asides.append(Aside(grid.name or grid.file, f"{others} rows", OF_ANOTHER_COUNCIL))
    return cells, asides


def _wide(grid: Grid, la_number: str) -> MoneyOnSheet | None:
    """Lines down, years or periods across; a column of budget beside."""
    best = max(range(min(len(grid.rows), 15)), key=lambda line: (len(_columns(grid, line)), line), default=0)
    columns = _columns(grid, best)
    if not any(kind == "amount" for _, _, kind, _ in columns.values()):
        return None
    first = min(columns)
    cells: list[MoneyCell] = []
    asides = [*_above(grid, best), *_unused(grid.rows[best], {*columns, *range(first)})]
    for row in grid.rows[best + 1 :]:
        words = [cell.text for cell in row[:first] if cell.text and cell.number is None]
        label = " ".join(dict.fromkeys(words))
        figures = [row[column] for column in columns]
        if not label and all(cell.is_empty for cell in figures):
            continue
        if not label or all(cell.is_empty or (cell.merged and cell.text in label) for cell in figures):
            asides += asides_of(row, "a heading or a note")
            continue
        for column, (year, period, kind, to_date) in columns.items():
            cells.append(_cell(label, year, period, kind, row[column], to_date))
    return (cells, asides) if cells else None


ColumnHead = tuple[FinancialYear | None, int | None, str, bool]


def _columns(grid: Grid, line: int) -> dict[int, ColumnHead]:
    """Column -> year, period, kind, to date; of a row of heads with what stands above it."""
    sheet_year = _year_above(grid, line + 1)
    found: dict[int, ColumnHead] = {}
    for place, cell in enumerate(grid.rows[line]):
        above = [_reaching(grid, higher, place) for higher in range(max(0, line - 2), line)]
        if cell.is_empty or cell.number is not None:
            continue
        words = " ".join([*above, cell.text])
        if ASIDE.search(words):
            continue
        is_budget = bool(re.search(r"budget", cell.text, re.I)) or (
            "budget" in words.lower() and not SPENT.search(cell.text)
        )
        year, period = year_of(cell.text), period_number(cell.text)
        head = read_head([cell])
        if isinstance(head.period, Month):
            year, period = FinancialYear.of(head.period.first_day), (head.period.number - 4) % 12 + 1
        said = next((one for text in reversed(above) if (one := year_of(text))), None)
        if year or period or is_budget or (said and SPENT.search(cell.text)):
            kind = "budget" if is_budget else "amount"
            found[place] = (year or said or sheet_year, period, kind, bool(_CUMULATIVE.search(words)))
    if not any(kind == "amount" for _, _, kind, _ in found.values()):
        return {}
    return found


def _reaching(grid: Grid, line: int, place: int) -> str:
    """What stands over a column in a row of heads above: its own words, else a year or a word of budget to its left."""
    row = grid.rows[line]
    if row[place].text:
        return row[place].text
    left = next((cell.text for cell in reversed(row[:place]) if cell.text), "")
    return left if year_of(left) and len(left) < LONGEST_HEAD else ""


def _years_down(grid: Grid, la_number: str) -> MoneyOnSheet | None:
    """Years in the first column that has two of them, a measure or a line over each other column."""
    turned = replace(grid, rows=tuple(zip(*grid.rows, strict=True)))
    return _wide(turned, la_number)


def _cell(
    label: str, year: FinancialYear | None, period: int | None, kind: str, cell: GridCell, to_date: bool = False
) -> MoneyCell:
    return MoneyCell(label, line_code(label), year, period, kind, cell, 1, to_date, bool(_TOTAL.search(label)))


def _year_above(grid: Grid, before: int) -> FinancialYear | None:
    """The one financial year that the name of the sheet or the rows above the table speak of."""
    return the_one_year([grid.name, *(cell.text for row in grid.rows[:before] for cell in row if cell.number is None)])


def _above(grid: Grid, start: int) -> Iterator[Aside]:
    for row in grid.rows[:start]:
        yield from asides_of(row, "above the table")


def _unused(row: Sequence[GridCell], used: set[int]) -> Iterator[Aside]:
    for place, cell in enumerate(row):
        if place not in used and not cell.is_empty:
            yield Aside(cell.where, cell.text, "a column that is not read")
