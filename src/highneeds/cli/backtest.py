"""highneeds backtest"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, show, write_whole
from highneeds.forecast.backtest import backtest, scorecard, scorecard_table
from highneeds.forecast.council import break_note
from highneeds.forecast.published import latest_january
from highneeds.intake.published import Published, open_pack
from highneeds.report.render.tables import as_csv, as_text
from highneeds.report.words.forecast_notes import note_words
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.progress import CountProgress

USUAL_ORIGINS = 8


@command("backtest")
def how_good(
    open_data: OpenDataOption = None,
    origins: Annotated[str | None, typer.Option("--origins", help="2017:2024, or one January; default: eight")] = None,
    horizons: Annotated[str, typer.Option("--horizons", help="Years ahead: 1:3, or one number")] = "1:3",
    council: Annotated[str | None, typer.Option("--council", help="Only this LA number; it learns from all")] = None,
    scores: Annotated[Path | None, typer.Option("--scorecard", help="Write the scorecard as CSV here")] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """How good the forecast would have been: point and bands of total plans from each origin, and the scorecard."""
    published = open_pack(open_data)
    asked = _span(origins, "--origins") if origins else _usual(published)
    with _progress() as progress:
        tested = backtest(published, asked, _span(horizons, "--horizons"), council, progress)
        card = scorecard_table(scorecard(tested))
    if scores is not None:
        write_whole(scores, as_csv(card).encode("utf-8"))
    if format is not Format.TEXT or out is not None:
        show(tested.table(), format, out)
    beside = sys.stdout if format is Format.TEXT or out is not None else sys.stderr
    beside.write(as_text(card))
    for one in tested.truth.breaks:
        if council in (None, one.la_number):
            sys.stderr.write(f"{one.la_number}: {note_words(break_note(one))}\n")


def _usual(published: Published) -> list[int]:
    newest = latest_january(published)
    return list(range(newest - USUAL_ORIGINS + 1, newest + 1))


def _span(text: str, option: str) -> list[int]:
    """'2017:2024' is every year of them, '2020' is one."""
    first, _, last = text.partition(":")
    if not (first.isdecimal() and (last or first).isdecimal()) or int(first) > int(last or first):
        raise InputError(f"{text!r} is no span of years", where=option, remedy="Write it as 2017:2024, or one number")
    return list(range(int(first), int(last or first) + 1))


@contextmanager
def _progress() -> Iterator[CountProgress]:
    """A bar on the screen's error side; none where nobody looks."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Looking back, January by January", total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)
