"""Find the table in a sheet: which line holds the periods, which columns name the rows, which rows are notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from highneeds.intake.spreadsheet.aside import Aside, asides_of
from highneeds.intake.spreadsheet.grid import Grid, GridCell
from highneeds.intake.spreadsheet.heads import Head, read_head, the_one_year
from highneeds.intake.spreadsheet.long import long_table
from highneeds.intake.spreadsheet.rows import SheetRow, SheetTable
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month

FEWEST = 2
"""Two periods side by side make a head; one may be the date of the report."""
META = {
    "id": r"(?:ref(?:erence)?|id|no\.?|number|kpi(?: ref| no\.?)?|indicator (?:ref|id|no\.?)|#)",
    "unit": r"(?:unit|units|measure type|format|type)",
    "source": r"(?:source|data source|system|data from)",
    "condition": r"(?:condition|agreement condition|sv condition|dfe condition)",
    "owner": r"(?:owner|lead|responsible|lead officer|service)",
    "good": r"(?:polarity|good(?: is| to be)?|good direction|direction of good|desired direction|better)",
    "frequency": r"(?:frequency|how often|reported)",
    "target": r"(?:target|plan|baseline|threshold|tolerance).*",
    "note": r"(?:notes?|comments?|commentary|narrative|definition)",
    "words": r"(?:description)",
    "beside": (
        r"(?:rag.*|dot|trend|direction of travel|sparkline|variance.*|change.*|.*\bytd\b.*|average"
        r"|(?:sub[- ]?|grand )?total|year to date|status|comparator.*|previous.*|prior.*|england.*|national.*"
        r"|statistical neighbours?.*)"
    ),
}
"""What a column beside the periods is for, by its head; any other column of words names the row."""
_META = {name: re.compile(rf"{pattern}$", re.I) for name, pattern in META.items()}
NAMING = ("id", "words", "note")
"""Where no other column names the rows, the first of these does: 'KPI', 'Ref' or 'Description' may head their names."""
USED = ("id", "unit", "source", "good", "note")
"""Of these columns something goes into the catalogue of indicators."""
NOTE = re.compile(
    r"(?:notes?\b|source\b|\*|†|[(\[]?[pr][)\]]?\s*(?:[=:-]|prov|rev|rest)"
    r"|key\b|footnote|definition|n\.?b\.?|please note|data as at)",
    re.I,
)
NOTES_BEGIN = re.compile(r"(?:foot)?notes?\s*:?$|(?:foot)?notes?\s*:", re.I)
"""After this line everything that holds no figure is a note."""
GENERIC = re.compile(r"(?:(?:sub|grand)[- ]?)?total|numerator|denominator|number|percentage|count|all|other|%", re.I)
"""Names that say nothing without the heading that they stand under."""
LONG = 120
"""A first cell of so many characters, with nothing beside it, is a sentence and not the name of a row."""


def find_table(grids: Sequence[Grid]) -> SheetTable:
    """The table of the sheet with the most cells under periods. InputError where no sheet has two periods in a line."""
    found = [table for grid in grids if (table := long_table(grid) or _table_of(grid)) is not None]
    if not found:
        raise InputError(
            "No row and no column holds two periods",
            where=grids[0].file,
            remedy="Write the months as Apr-24 or 2024-04 over the columns, or name the sheet with --sheet",
        )
    best = max(found, key=_size)
    return replace(best, asides=(*best.asides, *_remarks(best)))


def _remarks(table: SheetTable) -> Iterator[Aside]:
    """What the eye sees and no cell says: colours, remarks on cells, hidden rows."""
    coloured = [cell for row in table.rows for _, cell in row.cells if cell.coloured and not cell.is_empty]
    if coloured:
        what = "colour is not read: if it means provisional or restated, write (p) or (r) beside the figure"
        yield Aside(coloured[0].where, f"{len(coloured)} figures on a coloured ground", what)
    yield from (Aside(where, "", what) for where, what in table.grid.remarks)


def _size(table: SheetTable) -> int:
    return sum(not cell.is_empty for row in table.rows for _, cell in row.cells)


def _table_of(grid: Grid) -> SheetTable | None:
    """By rows or by columns, whichever holds more periods."""
    turned = replace(grid, rows=tuple(zip(*grid.rows, strict=True)))
    across, down = _heads(grid), _heads(turned)
    best = max(across, down, key=lambda heads: max((len(one) for one in heads.values()), default=0))
    if not best:
        return None
    is_across = best is across
    used = grid if is_across else turned
    rows, asides = _rows(used, best, is_across)
    first = min(best)
    at = f"row {first + 1}" if is_across else f"column {first + 1}"
    return SheetTable(grid, tuple(rows), tuple(asides), is_across, at)


def _heads(grid: Grid) -> dict[int, dict[int, Head]]:
    """Row -> column -> head, of every row with two periods or more."""
    found: dict[int, dict[int, Head]] = {}
    for line, row in enumerate(grid.rows):
        heads = {column: _head(grid, line, column) for column, cell in enumerate(row) if not cell.is_empty}
        periods = {column: head for column, head in heads.items() if head.period is not None}
        if len(periods) >= FEWEST and not _is_of_figures(row, periods):
            found[line] = _innermost(grid, line, _without_quarters_of_months(periods))
    return _without_outer(found)


def _without_quarters_of_months(periods: dict[int, Head]) -> dict[int, Head]:
    """A quarter that stands beside its months is their sum or their mean, and no further month."""
    if all(head.quarter or not isinstance(head.period, Month) for head in periods.values()):
        return periods
    return {
        column: replace(head, is_actual=False, note="a quarter beside its months") if head.quarter else head
        for column, head in periods.items()
    }


def _is_of_figures(row: Sequence[GridCell], periods: dict[int, Head]) -> bool:
    """True for a row of numbers that only look like years: 2024 plans, 2031 plans."""
    return all(row[column].number is not None and row[column].day is None for column in periods)


def _head(grid: Grid, line: int, column: int) -> Head:
    """What stands over a column, here and in the rows of heads above; a year may stand once over many months."""
    above = [GridCell(str(year))] if (year := _year_of_sheet(grid, line)) else []
    for higher in range(max(0, line - 3), line):
        cell = _reaching(grid.rows[higher], column)
        if cell is not None:
            above.append(cell)
    return read_head([*above, grid.rows[line][column]])


def _year_of_sheet(grid: Grid, before: int) -> FinancialYear | None:
    """The one financial year that the sheet's name and the rows above its table speak of."""
    above = grid.rows[:before]
    return the_one_year([grid.name, *(cell.text for row in above for cell in row if cell.number is None)])


def _reaching(row: Sequence[GridCell], column: int) -> GridCell | None:
    """The cell of a row above that speaks for this column: its own, else a year to its left that is not merged."""
    if not row[column].is_empty:
        return row[column]
    left = [cell for cell in row[:column] if not cell.is_empty]
    head = read_head([left[-1]]) if left else Head(None)
    bare_year = bool(left) and re.fullmatch(r"(?:19|20)\d{2}", left[-1].text) is not None
    return left[-1] if left and (head.period is not None or bare_year) else None


def _innermost(grid: Grid, line: int, periods: dict[int, Head]) -> dict[int, Head]:
    """'Actual' and 'Target' may stand in the row below: a column that is no actual figure is marked so."""
    below = grid.rows[line + 1] if line + 1 < len(grid.rows) else ()
    marked = {}
    for column, head in periods.items():
        text = below[column].text if column < len(below) and below[column].number is None else ""
        under = read_head([GridCell(text)]) if text else Head(None)
        marked[column] = replace(head, is_actual=head.is_actual and under.is_actual)
    return marked


def _without_outer(found: dict[int, dict[int, Head]]) -> dict[int, dict[int, Head]]:
    """A row of years over a row of months, with or without a line between, is a part of its heads."""

    def is_outer(line: int) -> bool:
        below = found.get(line + 1) or found.get(line + 2) or {}
        years = all(isinstance(head.period, FinancialYear) for head in found[line].values())
        return line + 1 in found or (years and any(isinstance(head.period, Month) for head in below.values()))

    return {line: heads for line, heads in found.items() if not is_outer(line)}


def _rows(grid: Grid, heads: dict[int, dict[int, Head]], across: bool) -> tuple[list[SheetRow], list[Aside]]:
    rows: list[SheetRow] = []
    asides: list[Aside] = []
    starts = sorted(heads)
    for line in range(starts[0]):
        asides += asides_of(grid.rows[line], "above the table")
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(grid.rows)
        block = _TableBlock(grid, start, heads[start], across)
        more, others = block.rows(end)
        rows += more
        asides += others
    return rows, asides


class _TableBlock:
    """One head and the rows under it."""

    def __init__(self, grid: Grid, start: int, heads: dict[int, Head], across: bool) -> None:
        self.grid, self.start, self.heads, self.across = grid, start, heads, across
        others = [column for column in range(grid.width) if column not in heads]
        kinds = {column: _kind(_head_of(grid, start, column).text) for column in others}
        kinds = {column: "" if kind == "id" and self._is_of_words(column) else kind for column, kind in kinds.items()}
        self.meta = {column: kind for column, kind in kinds.items() if kind}
        first = min(heads)
        self.labels = [column for column in others if not kinds[column] and column < first]
        self.labels = self.labels or [column for column in others if kinds[column] in NAMING and column < first][:1]
        self.meta = {column: kind for column, kind in self.meta.items() if column not in self.labels}
        self.last_name = ""

    def _is_of_words(self, column: int) -> bool:
        """True for a column headed 'KPI' or 'Indicator ref' that holds names and no references."""
        below = [row[column].text for row in self.grid.rows[self.start + 1 :] if row[column].text]
        return sum(" " in text for text in below) > len(below) / 2

    def rows(self, end: int) -> tuple[list[SheetRow], list[Aside]]:
        rows: list[SheetRow] = []
        asides = [*self._columns_aside()]
        heading = ""
        only_notes = False
        for line in range(self.start + 1, end):
            row = self.grid.rows[line]
            figures = [row[column] for column in self.heads]
            label = self._label(row)
            first = next((cell for cell in row if not cell.is_empty), None)
            if first is None:
                continue
            only_notes = only_notes or bool(NOTES_BEGIN.match(first.text))
            if line == self.start + 1 and self._is_subhead(row):
                asides += asides_of(row, "a second line of the head")
            elif only_notes and all(cell.is_empty or cell.merged for cell in figures):
                asides += asides_of(row, "a note")
            elif not label and self._is_alone(row):
                is_note = NOTE.match(first.text) or len(first.text) > LONG
                heading = heading if is_note else first.text
                self.last_name = ""
                asides += asides_of(row, "a note" if is_note else "a heading")
            elif not label:
                asides += asides_of(row, "a row without a name")
            elif self._is_note(row, label, figures):
                asides += asides_of(row, "a note")
            elif self._is_heading(row, figures):
                heading, self.last_name = label, ""
                asides += asides_of(row, "a heading")
            else:
                rows.append(self._row(row, self._full_name(row, label), heading, first.where))
        return rows, asides

    def _columns_aside(self) -> Iterator[Aside]:
        """Columns that are no period and name no row: targets, comments, totals, what has no head."""
        what = "a column that is not read" if self.across else "a row that is not read"
        for column in range(self.grid.width):
            if column not in self.heads and column not in self.labels and self.meta.get(column) not in USED:
                yield from asides_of([_head_of(self.grid, self.start, column)], what)

    def _label(self, row: Sequence[GridCell]) -> str:
        """The row's name: every label column that says something new, a part of a merged cell included."""
        words = [row[column].text for column in self.labels if row[column].text and row[column].number is None]
        return ", ".join(dict.fromkeys(words))

    def _full_name(self, row: Sequence[GridCell], label: str) -> str:
        """With the first part of the row above, where a group's name stands in its first row alone."""
        first = row[self.labels[0]]
        if len(self.labels) > 1 and not first.is_empty:
            self.last_name = first.text
        elif len(self.labels) > 1 and self.last_name:
            return f"{self.last_name}, {label}"
        return label

    def _is_subhead(self, row: Sequence[GridCell]) -> bool:
        """Words under every period and no figure: 'Actual', 'Target'."""
        under = [row[column] for column in self.heads]
        return (
            any(cell.text for cell in under)
            and all(
                cell.is_empty or (cell.number is None and re.fullmatch(r"[A-Za-z .%£()]{3,}", cell.text))
                for cell in under
            )
            and not self._label(row)
        )

    def _is_alone(self, row: Sequence[GridCell]) -> bool:
        """True where one text stands in the row and nothing beside it."""
        return len({cell.text for cell in row if not cell.is_empty}) == 1

    def _is_note(self, row: Sequence[GridCell], label: str, figures: Sequence[GridCell]) -> bool:
        alone = all(cell.is_empty or (cell.merged and cell.text == label) for cell in figures)
        return alone and (bool(NOTE.match(label)) or len(label) > LONG)

    def _is_heading(self, row: Sequence[GridCell], figures: Sequence[GridCell]) -> bool:
        """A name that is merged over the figures, or stands with nothing beside it at all."""
        if any(not cell.is_empty and not cell.merged for cell in figures):
            return False
        merged = any(cell.merged and not cell.is_empty for cell in figures)
        beside = any(row[column].text for column in self.meta)
        return merged or not beside

    def _row(self, row: Sequence[GridCell], label: str, heading: str, where: str) -> SheetRow:
        meta: dict[str, str] = {}
        for column, kind in self.meta.items():
            if row[column].text:
                meta.setdefault(kind, row[column].text)
        cells = tuple((head, row[column]) for column, head in self.heads.items())
        return SheetRow(label, heading, meta, cells, where)


def _head_of(grid: Grid, start: int, column: int) -> GridCell:
    """What heads a column that is no period: its own cell, else the nearest one in the two rows above."""
    over = [grid.rows[line][column] for line in range(start, max(-1, start - 3), -1)]
    own = next((cell for cell in over if not cell.is_empty), over[0])
    return own if own is over[0] or _kind(own.text) else over[0]


def _kind(head: str) -> str:
    """'unit' for a column headed 'Unit of measure'; '' for one that is not known."""
    return next((name for name, pattern in _META.items() if pattern.match(head.strip())), "")
