"""A council's own dashboard becomes observations: every cell is read, none is skipped without a word."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from highneeds.indicators.mechanism.registry import indicators as known_indicators
from highneeds.intake.file_names import file_name_to_keep
from highneeds.intake.spreadsheet.figures import ReadFigure, read_figure
from highneeds.intake.spreadsheet.grid import GridCell, read_grids, sheets_to_read
from highneeds.intake.spreadsheet.heads import Head
from highneeds.intake.spreadsheet.imported import CellOutcome, ImportedCell, ImportedDashboard
from highneeds.intake.spreadsheet.rows import SheetRow, SheetTable
from highneeds.intake.spreadsheet.table import GENERIC, find_table
from highneeds.intake.spreadsheet.units import unit_of
from highneeds.intake.workspace import Workspace, read_workspace
from highneeds.intake.workspace.council import read_council
from highneeds.intake.workspace.dashboard import CATALOGUE_BEGINS_WITH, OBSERVATIONS_BEGIN_WITH
from highneeds.intake.workspace.dashboard_mapping import FILE as MAPPING
from highneeds.intake.workspace.dashboard_mapping import MappedRow, as_csv, read_dashboard_mapping
from highneeds.store.change import Change
from highneeds.store.place import Place, documents
from highneeds.store.protocol import Store
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Period
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

ALIKE = 0.8
"""From here on two wordings are shown to a person as perhaps one; nothing is taken for another by likeness alone."""
SAME_WORDS = (
    (
        r"requests? for (?:an? )?(?:ehc |education health and care )?(?:needs )?assessments?(?: received)?",
        "requests for assessment received",
    ),
    (r"education health and care plans?|ehc plans?|ehcps?|ehc", "plans"),
    (r"plan", "plans"),
    (r"placements", "placement"),
    (r"requests?|referrals?", "requests"),
    (r"excl|excluding|exc", "without"),
    (r"incl|inc", "including"),
    (r"permitted", ""),
    (r"total|overall|number|no|num|count|percentage|proportion|share|per cent|pct|new|of|the|an|a|in|at|all", ""),
    (r"maintained(?: month end)?|month end|currently open|live|active", "force"),
)
"""What councils call one thing: only to find what a row may be; a person decides."""
GOOD = {
    "up": ("up", "high", "higher", "higher is better", "increase", "bigger is better", "↑"),
    "down": ("down", "low", "lower", "lower is better", "decrease", "smaller is better", "↓"),
}
QUARTERLY = "each figure is of the three months that end with its month"
INDICATOR_COLUMNS = (*CATALOGUE_BEGINS_WITH, "decimals")


def import_dashboard(store: Store, file: Place, sheet: str = "", *, by: str, now: datetime) -> ImportedDashboard:
    """Read a spreadsheet of months into the workspace: new figures are added, changed ones become restated rows.

    InputError for a file without two periods in a line, or without one readable row; then nothing is written.
    What is kept is read while the store is locked: of two files imported at once, the figures of both are there.
    """
    grids = read_grids(file)
    table = find_table(sheets_to_read(grids, sheet))
    named = file_name_to_keep(PurePosixPath(file.name).name, also=[read_council(documents(store)).name])
    with store.change(by=by, now=now, what=f"Import the dashboard {named}") as change:
        place = documents(store)
        workspace, kept = read_workspace(place), read_dashboard_mapping(place)
        mapping, suggestions = _mapped(table, kept, workspace)
        reading = _DashboardImport(workspace, table, {one.title: one for one in mapping}, named, now)
        cells = tuple(reading.cells())
        if not any(one.state for one in cells):
            raise InputError(
                "No row holds a figure", where=table.grid.name or file.name, remedy="Name the sheet with --sheet"
            )
        _write(change, reading, mapping, kept)
        changed = tuple(change.documents)
    rest = tuple(
        f"{grid.name} (hidden)" if grid.hidden else grid.name for grid in grids if grid.name != table.grid.name
    )
    return ImportedDashboard(table.grid.name, table.heads_at, mapping, suggestions, cells, table.asides, rest, changed)


def _mapped(
    table: SheetTable, kept: Sequence[MappedRow], workspace: Workspace
) -> tuple[tuple[MappedRow, ...], dict[str, str]]:
    """An id for every row: the kept one, else that of an indicator of the same words, else its own."""
    before = {one.title: one for one in kept}
    named = _named(workspace)
    reserved = set(named.values())
    found: dict[str, MappedRow] = {}
    suggestions: dict[str, str] = {}
    taken = {one.indicator for one in kept if one.indicator}
    for row in table.rows:
        title = title_of(row, table)
        if title in found:
            continue
        unit = unit_of(row)
        same = named.get((plain(row.meta.get("id", "")), unit)) or named.get((plain(title), unit))
        if _is_quarterly(row):
            same = None
        if title in before:
            found[title] = before[title]
        elif same and same not in taken:
            found[title] = MappedRow(title, same, unit.value)
        else:
            words = f"{title}, by quarter" if _is_quarterly(row) else title
            found[title] = MappedRow(title, _own_id(words, taken | reserved), unit.value)
            near = "" if _is_quarterly(row) else _nearest(title, unit, named)
            if near:
                suggestions[title] = near
        taken.add(found[title].indicator)
    return tuple(found.values()), suggestions


def _is_quarterly(row: SheetRow) -> bool:
    """A row of quarters is none of the product's own rows of months, whatever its words."""
    return any(head.quarter and head.is_actual for head, _ in row.cells)


def title_of(row: SheetRow, table: SheetTable) -> str:
    """The row's name; with its heading where two rows have the same name, or the name alone says nothing."""
    twice = sum(other.title == row.title for other in table.rows) > 1 or GENERIC.fullmatch(row.title.strip())
    return f"{row.heading}, {row.title}" if twice and row.heading else row.title


def _named(workspace: Workspace) -> dict[tuple[str, Unit], str]:
    """(words, unit) -> indicator, of the workspace's own catalogue and the product's; its own come first."""
    found: dict[tuple[str, Unit], str] = {}
    for own in workspace.indicators:
        for words in (own.id, own.title, own.short_title):
            found.setdefault((plain(words), own.unit), own.id)
    for one in known_indicators():
        for words in (one.id, one.title):
            found.setdefault((plain(words), one.unit), one.id)
    return found


def _nearest(title: str, unit: Unit, named: dict[tuple[str, Unit], str]) -> str:
    """An indicator whose words are alike and whose numbers are the same: 'Years 7 to 11' is never 'Years 12 to 14'."""
    own = spoken(title)
    alike = [
        (likeness(own, spoken(words)), name)
        for (words, other), name in named.items()
        if other is unit and re.findall(r"\d+", words) == re.findall(r"\d+", own)
    ]
    best = max(alike, default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else ""


def plain(words: str) -> str:
    """'% of EHCPs (Yr 7-11)' -> 'of ehcps yr 7 11'."""
    return " ".join(re.findall(r"[a-z0-9]+", words.lower().replace("'", "")))


def spoken(title: str) -> str:
    """The words that tell a row from others, one spelling each: '% of EHCPs (excl. X)' is 'plans without x'."""
    words = plain(title)
    for pattern, word in SAME_WORDS:
        words = re.sub(rf"\b(?:{pattern})\b", word, words)
    return " ".join(words.split())


def likeness(one: str, other: str) -> float:
    """0 to 1: by letters, or by words whatever their order where each has at least two."""
    letters = SequenceMatcher(None, one, other).ratio()
    mine, theirs = set(one.split()), set(other.split())
    shared = len(mine & theirs) / max(1, len(mine | theirs)) if min(len(mine), len(theirs)) > 1 else 0.0
    return max(letters, shared)


def _own_id(title: str, taken: set[str]) -> str:
    base = "_".join(plain(title).split())[:60].strip("_") or "row"
    names = (base, *(f"{base}_{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


class _DashboardImport:
    """The cells of a table against what the workspace holds."""

    def __init__(
        self, workspace: Workspace, table: SheetTable, mapping: dict[str, MappedRow], file: str, now: datetime
    ) -> None:
        self.workspace, self.table, self.mapping, self.file = workspace, table, mapping, file
        self.today = now.date()
        self.there = {(one.indicator, str(one.period)): one for one in workspace.observations}
        self.added: list[dict[str, str]] = []
        self.seen: dict[tuple[str, str], str] = {}

    def cells(self) -> Iterator[ImportedCell]:
        for row in self.table.rows:
            mapped = self.mapping[title_of(row, self.table)]
            as_shares = _are_shares(row, Unit(mapped.unit))
            for head, cell in row.cells:
                yield self._one(row, mapped, head, cell, as_shares)

    def _one(self, row: SheetRow, mapped: MappedRow, head: Head, cell: GridCell, as_shares: bool) -> ImportedCell:
        left = self._left_out(mapped, head)
        period = str(head.period)
        if left:
            return self._imported(cell, row, mapped, period, CellOutcome.NOT_READ, left)
        read = read_figure(cell)
        if not read.readable:
            return self._imported(cell, row, mapped, period, CellOutcome.NOT_READ, read.note)
        if as_shares and read.value is not None:
            note = f"{read.value} is read as {read.value * 100:f}%: the row is of percentages and none is above 1"
            read = replace(read, value=(read.value * 100).normalize(), note=note)
        elif _may_be_a_share(row, Unit(mapped.unit), read):
            read = replace(read, note=f"{read.value:f} is kept as {read.value:f}%: is it a share of one?")
        if head.provisional and read.state is State.REPORTED:
            read = replace(read, state=State.PROVISIONAL, note="its head is marked provisional")
        key = (mapped.indicator, period)
        final = self._final(key, read)
        if final:
            return self._imported(cell, row, mapped, period, CellOutcome.NOT_READ, final)
        if key in self.seen:
            return self._imported(
                cell,
                row,
                mapped,
                period,
                CellOutcome.NOT_READ,
                f"{self.seen[key]} is of the same row and month",
            )
        self.seen[key] = cell.where
        outcome, state = self._outcome(key, read)
        note = "; ".join(filter(None, (head.note, read.note, self._was(key) if outcome.is_change else "")))
        if outcome is not CellOutcome.UNCHANGED:
            self._add(mapped, head.period, state, read, cell, outcome, note)
        value = None if read.value is None else read.value
        return ImportedCell(
            cell.where, cell.text, row.title, mapped.indicator, period, outcome, state.value, value, note
        )

    def _left_out(self, mapped: MappedRow, head: Head) -> str:
        if not mapped.indicator:
            return "the mapping leaves this row out"
        if not head.is_actual:
            return head.note or "a target, plan, forecast or change"
        if head.period is None or head.period.first_day > self.today:
            return "the period has not begun"
        return ""

    def _imported(
        self, cell: GridCell, row: SheetRow, mapped: MappedRow, period: str, outcome: CellOutcome, note: str
    ) -> ImportedCell:
        return ImportedCell(cell.where, cell.text, row.title, mapped.indicator, period, outcome, "", None, note)

    def _final(self, key: tuple[str, str], read: ReadFigure) -> str:
        """Why a provisional figure is not taken: a final one is there already; '' where it is."""
        there = self.there.get(key)
        if read.state is not State.PROVISIONAL or there is None or there.value is None:
            return ""
        if there.state is State.PROVISIONAL:
            return ""
        return f"provisional, and {there.value:f} of {there.source.document} is there and is not"

    def _was(self, key: tuple[str, str]) -> str:
        """What a changed cell said before, and who said it."""
        there = self.there[key]
        said = there.state.value if there.value is None else f"{there.value:f}"
        return f"was {said}, of {there.source.document}"

    def _outcome(self, key: tuple[str, str], read: ReadFigure) -> tuple[CellOutcome, State]:
        """Against what is there: the same figure is no news, another one restates it, also a dash that is filled."""
        there = self.there.get(key)
        if there is None:
            return CellOutcome.NEW, read.state
        if there.value == read.value and _alike(there.state, read.state):
            return CellOutcome.UNCHANGED, there.state
        if there.state is State.PROVISIONAL and read.state is State.REPORTED:
            return CellOutcome.FINAL, read.state
        if there.value is not None and read.state is State.REPORTED and there.value != read.value:
            return CellOutcome.RESTATED, State.RESTATED
        return CellOutcome.RESTATED, read.state

    def _add(
        self,
        mapped: MappedRow,
        period: Period | None,
        state: State,
        read: ReadFigure,
        cell: GridCell,
        outcome: CellOutcome,
        note: str,
    ) -> None:
        """A new figure is known once its month is over; one that changes another from today on."""
        self.added.append(
            {
                "indicator": mapped.indicator,
                "period": str(period),
                "value": "" if read.value is None else f"{read.value:f}",
                "unit": mapped.unit,
                "state": state.value,
                "reason": note if not state.has_value or outcome is not CellOutcome.NEW else "",
                "raw": cell.text,
                "source": self.file,
                "known_on": "" if outcome is CellOutcome.NEW else self.today.isoformat(),
            }
        )


def _alike(there: State, read: State) -> bool:
    """A restated figure that is printed plainly in the next file is the same figure."""
    return there is read or (there is State.RESTATED and read is State.REPORTED)


def _are_shares(row: SheetRow, unit: Unit) -> bool:
    """True where a row of percentages is written in shares of one: every figure at most 1 and one with decimals."""
    figures = [read_figure(cell) for head, cell in row.cells if head.is_actual]
    values = [one.value for one in figures if one.value is not None]
    if unit is not Unit.PERCENT or any(one.is_percent for one in figures) or not values:
        return False
    return all(abs(value) <= 1 for value in values) and any(value % 1 for value in values)


def _may_be_a_share(row: SheetRow, unit: Unit, read: ReadFigure) -> bool:
    """True for a fraction of one, not marked as a percentage, in a row whose other figures are all far above it."""
    if unit is not Unit.PERCENT or read.value is None or read.is_percent or not 0 < read.value < 1:
        return False
    others = [one.value for head, cell in row.cells if head.is_actual and (one := read_figure(cell)).value is not None]
    return sum(value > 1 for value in others if value is not None) > len(others) / 2


def _write(change: Change, reading: _DashboardImport, mapping: Sequence[MappedRow], kept: Sequence[MappedRow]) -> None:
    own = {one.id for one in reading.workspace.indicators}
    rows = {reading.mapping[title_of(row, reading.table)].indicator: row for row in reading.table.rows}
    new = [
        _indicator(one, rows[one.indicator], reading.file)
        for one in mapping
        if one.indicator and one.indicator not in own
    ]
    if new:
        change.put("indicators.csv", _appended(change.read("indicators.csv"), INDICATOR_COLUMNS, new))
    if reading.added:
        older = _without_today(change.read("observations.csv"), reading)
        change.put("observations.csv", _appended(older, OBSERVATIONS_BEGIN_WITH, reading.added))
    whole = {one.title: one for one in (*kept, *mapping)}
    change.put(MAPPING, as_csv(whole.values()).encode())


def _indicator(one: MappedRow, row: SheetRow, file: str) -> dict[str, str]:
    good = row.meta.get("good", "").strip().lower()
    return {
        "id": one.indicator,
        "title": f"{one.title}, by quarter" if _is_quarterly(row) else one.title,
        "short_title": f"{one.title}, by quarter" if _is_quarterly(row) else one.title,
        "unit": one.unit,
        "data_source": row.meta.get("source", ""),
        "frequency": "yearly" if all(isinstance(head.period, FinancialYear) for head, _ in row.cells) else "monthly",
        "good_direction": next((way for way, words in GOOD.items() if good in words), "none"),
        "source": file,
        "note": "; ".join(filter(None, (QUARTERLY if _is_quarterly(row) else "", row.meta.get("note", "")))),
    }


def _without_today(data: bytes | None, reading: _DashboardImport) -> bytes | None:
    """A file that is imported again on the same day corrects what was restated that day: those rows go."""
    if data is None:
        return None
    again = {(one["indicator"], one["period"], one["known_on"]) for one in reading.added if one["known_on"]}
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    places = {name: place for place, name in enumerate(table[0])} if table else {}
    if not again or "known_on" not in places:
        return data

    def is_again(cells: list[str]) -> bool:
        key = tuple(
            cells[places[name]] if places[name] < len(cells) else "" for name in ("indicator", "period", "known_on")
        )
        return key in again

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells for cells in table if not is_again(cells))
    return out.getvalue().encode()


def _appended(data: bytes | None, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    """The file with these rows at its end; columns that it lacks are added to its head, and every line stays."""
    text = "" if data is None else data.decode("utf-8-sig").replace("\r\n", "\n")
    head = next(csv.reader(io.StringIO(text)), []) if text.strip() else []
    filled = [column for column in columns if any(row.get(column) for row in rows)]
    whole = [*head, *(column for column in (columns if not head else filled) if column not in head)]
    lines = text.split("\n")
    if head:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow(whole)
        lines[0] = out.getvalue().rstrip("\n")
        text = "\n".join(lines)
    out = io.StringIO()
    # What a column would hold that the file lacks is empty in every row.
    writer = csv.DictWriter(out, whole, restval="", extrasaction="ignore", lineterminator="\n")
    if not head:
        writer.writeheader()
    writer.writerows(rows)
    gap = "" if not text or text.endswith("\n") else "\n"
    return (text + gap + out.getvalue()).encode()
