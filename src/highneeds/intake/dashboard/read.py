"""From page text to rows of cells; what could not be read as a row is listed, never dropped silently."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from highneeds.intake.dashboard.cells import (
    Confidence,
    DashboardCell,
    figures_in,
    is_dash,
    is_fragment,
    number,
    runs_without_figures,
)
from highneeds.intake.dashboard.fused import Part, chain_from, unfold
from highneeds.intake.dashboard.lines import (
    PageLine,
    PeriodHeader,
    begins_like_a_title,
    header_of,
    heading_of,
    is_empty_beside_title,
    page_lines,
)
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.state import State


@dataclass(frozen=True)
class DashboardRow:
    """One indicator as printed: title, who supplies it, and a cell for every period of the header in force."""

    condition: int | None
    title: str
    data_source: str
    cells: tuple[DashboardCell, ...]
    line: int


@dataclass(frozen=True)
class LeftOut:
    """A line inside the table that was not read as a row, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class ReadDashboard:
    rows: tuple[DashboardRow, ...]
    left_out: tuple[LeftOut, ...]


@dataclass
class _PageReading:
    """What is known on the way down the page."""

    header: PeriodHeader | None = None
    columns: int = 0
    condition: int | None = None
    under_heading: bool = False
    merged: range | None = None
    message: str = ""
    rows: list[DashboardRow] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_dashboard(text: str, file: str = "report") -> ReadDashboard:
    """Every row of the dashboard in a report's page text. Raises InputError where there is no dashboard at all."""
    lines, reading, position = page_lines(text), _PageReading(), 0
    while position < len(lines):
        fused = chain_from(lines, position) if _is_row(lines[position], reading) else 0
        _take(lines[position], reading)
        if fused:
            chain = lines[position + 1 : position + 1 + fused]
            for part in unfold(lines[position], chain, reading.condition):
                reading.rows.append(_row_of_part(part, chain[-1], reading))
        position += 1 + fused
    if not reading.rows:
        raise InputError(
            "There is no dashboard in this text",
            where=file,
            remedy="Give the text of the pages that hold the monthly table",
        )
    return ReadDashboard(tuple(reading.rows), tuple(reading.left_out))


def _is_row(line: PageLine, reading: _PageReading) -> bool:
    """A line with a title that begins like one, as wide as the table, under a header."""
    in_table = reading.header is not None and len(line.cells) >= reading.columns - 1
    return in_table and heading_of(line) is None and header_of(line) is None and begins_like_a_title(line.title)


def _take(line: PageLine, reading: _PageReading) -> None:
    """Read one line: a header, a heading, a row, or something that is left out."""
    header, condition = header_of(line), heading_of(line)
    if header is not None and len(line.cells) >= header.width:
        reading.header, reading.merged = header, None
        reading.columns = max(reading.columns, len(line.cells))
    if reading.header is None or len(line.cells) < reading.columns - 1:
        reading.merged = None
        return
    if condition is not None:
        reading.condition, reading.under_heading, reading.merged = condition, True, None
    elif _is_row(line, reading):
        reading.under_heading = False
        reading.rows.append(_row(line, reading))
    elif header is None and any(text.strip() for text in line.cells):
        _leave_out(line, reading)


def _leave_out(line: PageLine, reading: _PageReading) -> None:
    if reading.under_heading and line.title and is_empty_beside_title(line):
        return  # the heading runs on
    shown = " ".join(text.strip() for text in line.cells if text.strip())
    why = "it has no title" if not line.title else "its title does not begin like an indicator's"
    reading.left_out.append(LeftOut(line.number, shown, why))
    reading.merged = None


def _row(line: PageLine, reading: _PageReading) -> DashboardRow:
    assert reading.header is not None
    columns = sorted(reading.header.periods)
    texts = [line.cells[column] if column < len(line.cells) else "" for column in columns]
    unavailable = _messages(texts, reading)
    cells = tuple(
        _cell(line, column, text, unavailable.get(place), reading.header)
        for place, (column, text) in enumerate(zip(columns, texts, strict=True))
    )
    source = line.cells[1].strip() if len(line.cells) > 1 and 1 not in reading.header.periods else ""
    return DashboardRow(reading.condition, " ".join(line.title.split()), source, cells, line.number)


def _messages(texts: Sequence[str], reading: _PageReading) -> dict[int, tuple[str, Confidence]]:
    """place -> the message that covers it. A message also covers the same empty cells of the rows below it."""
    covered: dict[int, tuple[str, Confidence]] = {}
    merged: range | None = None
    for run in runs_without_figures(texts):
        words = "".join(texts[place] for place in run if is_fragment(texts[place])).strip()
        if words:
            merged, reading.message = run, words
            covered |= dict.fromkeys(run, (words, Confidence.HIGH))
        elif run == reading.merged and len(run) < len(texts):
            merged = run
            covered |= dict.fromkeys(run, (reading.message, Confidence.MEDIUM))
    reading.merged = merged
    return covered


def _cell(
    line: PageLine, column: int, text: str, message: tuple[str, Confidence] | None, header: PeriodHeader
) -> DashboardCell:
    period, raw = header.periods[column], text.strip()
    if message is not None:
        return DashboardCell(period, None, State.UNAVAILABLE, raw, line.number, column, message[1], message[0])
    if is_dash(text):
        return DashboardCell(period, None, State.NOT_REPORTED, raw, line.number, column, Confidence.HIGH)
    figures = figures_in(text)
    if not figures:
        return DashboardCell(period, None, State.BLANK, raw, line.number, column, Confidence.HIGH)
    sure = Confidence.HIGH if len(figures) == 1 else Confidence.LOW
    return DashboardCell(period, number(figures[0]), State.REPORTED, raw, line.number, column, sure)


def _row_of_part(part: Part, last: PageLine, reading: _PageReading) -> DashboardRow:
    assert reading.header is not None
    reading.condition, reading.merged = part.condition, None
    cells = tuple(_part_cells(part, reading.header))
    return DashboardRow(part.condition, part.title, last.cells[1].strip(), cells, part.line)


def _part_cells(part: Part, header: PeriodHeader) -> Iterator[DashboardCell]:
    for column in sorted(header.periods):
        period, raw = header.periods[column], part.raw.get(column, "").strip()
        figure = part.figures.get(column)
        if figure is None:
            yield DashboardCell(period, None, State.BLANK, raw, part.line, column, Confidence.MEDIUM)
        else:
            yield DashboardCell(period, number(figure), State.REPORTED, raw, part.line, column, Confidence.HIGH)
