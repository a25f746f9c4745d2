"""highneeds backtest"""

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, show, write_whole
from highneeds.cli._progress import bar
from highneeds.forecast.aggregates.learn import area_scores
from highneeds.forecast.backtest import backtest, backtest_spend, scorecard, scorecard_table, spend_scorecard
from highneeds.forecast.backtest.spend import usual_spend_origins
from highneeds.forecast.council import break_note, spend_break_note
from highneeds.forecast.published import latest_january
from highneeds.forecast.published.outlook import first_january
from highneeds.intake.published import Published, open_pack
from highneeds.report.render.tables import as_csv, as_text
from highneeds.report.words.forecast_notes import note_words
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.table import Table

USUAL_ORIGINS = 8
LOOKING = "Looking back, January by January"


class Tested(StrEnum):
    """What is tested."""

    PLANS = "plans"
    SPEND = "spend"


@command("backtest")
def how_good(
    open_data: OpenDataOption = None,
    origins: Annotated[str | None, typer.Option("--origins", help="2017:2024, or one January; default: eight")] = None,
    horizons: Annotated[str, typer.Option("--horizons", help="Years ahead: 1:3, or one number")] = "1:3",
    council: Annotated[str | None, typer.Option("--council", help="Only this LA number; it learns from all")] = None,
    of: Annotated[
        Tested, typer.Option("--of", help="Total plans, or the net outturn of lines 1.2 in pounds")
    ] = Tested.PLANS,
    scores: Annotated[Path | None, typer.Option("--scorecard", help="Write the scorecard as CSV here")] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """How good the forecast of plans or money would have been: point and bands from each origin, and the scorecard."""
    published = open_pack(open_data)
    januaries = range(first_january(published), latest_january(published) + 1)
    ahead = _span(horizons, "--horizons", range(1, len(januaries)))
    test = _of_spend if of is Tested.SPEND else _of_plans
    table, card, notes = test(published, _span(origins, "--origins", januaries) if origins else None, ahead, council)
    if scores is not None:
        write_whole(scores, as_csv(card).encode("utf-8"))
    if format is not Format.TEXT or out is not None:
        show(table, format, out)
    beside = sys.stdout if format is Format.TEXT or out is not None else sys.stderr
    beside.write(as_text(card))
    for note in notes:
        sys.stderr.write(f"{note}\n")


def _of_plans(
    published: Published, origins: list[int] | None, horizons: list[int], council: str | None
) -> tuple[Table, Table, list[str]]:
    asked = origins or _usual(published)
    with bar(LOOKING) as progress:
        tested = backtest(published, asked, horizons, council, progress)
        scores = scorecard(tested)
        areas = area_scores(published, asked, of_spend=False) if council is None else ()
        card = scorecard_table((*scores, *areas))
    breaks = [one for one in tested.truth.breaks if council in (None, one.la_number)]
    return tested.table(), card, [f"{one.la_number}: {note_words(break_note(one))}" for one in breaks]


def _of_spend(
    published: Published, origins: list[int] | None, horizons: list[int], council: str | None
) -> tuple[Table, Table, list[str]]:
    asked = origins or usual_spend_origins(published, USUAL_ORIGINS)
    with bar(LOOKING) as progress:
        tested = backtest_spend(published, asked, horizons, council, progress)
        areas = area_scores(published, asked, of_spend=True) if council is None else ()
        card = scorecard_table((*spend_scorecard(tested), *areas))
    breaks = [one for one in tested.breaks if council in (None, one.la_number)]
    left_out = [note_words(Note.of("back_test.left_out", january=one)) for one in tested.left_out]
    return (
        tested.table(),
        card,
        [*left_out, *(f"{one.la_number}: {note_words(spend_break_note(one))}" for one in breaks)],
    )


def _usual(published: Published) -> list[int]:
    newest = latest_january(published)
    return list(range(newest - USUAL_ORIGINS + 1, newest + 1))


def _span(text: str, option: str, known: range) -> list[int]:
    """'2017:2024' is every year of them, '2020' is one. Refused where it goes beyond `known`, what is published."""
    found = re.fullmatch(r"(\d{1,9})(?::(\d{1,9}))?", text)
    span = range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)
    if not span:
        raise InputError(f"{text!r} is no span of years", where=option, remedy="Write it as 2017:2024, or one number")
    if span[0] < known[0] or span[-1] > known[-1]:
        raise InputError(
            f"{text} goes beyond what is published",
            where=option,
            remedy=f"Choose between {known[0]} and {known[-1]}",
        )
    return list(span)
