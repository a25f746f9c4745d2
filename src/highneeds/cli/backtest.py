"""highneeds backtest"""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, show, write_whole
from highneeds.cli._progress import bar
from highneeds.forecast.backtest.whole import BackTestQuestion, TestedFigure, whole_backtest
from highneeds.forecast.published import latest_january
from highneeds.forecast.published.outlook import first_january
from highneeds.intake.published import open_pack
from highneeds.report.render.tables import as_csv, as_text
from highneeds.report.words.forecast_notes import of_council
from highneeds.vocabulary.errors import InputError


@command("backtest")
def how_good(
    open_data: OpenDataOption = None,
    origins: Annotated[str | None, typer.Option("--origins", help="2017:2024, or one January; default: eight")] = None,
    horizons: Annotated[str, typer.Option("--horizons", help="Years ahead: 1:3, or one number")] = "1:3",
    council: Annotated[str | None, typer.Option("--council", help="Only this LA number; it learns from all")] = None,
    of: Annotated[
        TestedFigure, typer.Option("--of", help="Total plans, or the net outturn of lines 1.2 in pounds")
    ] = TestedFigure.PLANS,
    scores: Annotated[Path | None, typer.Option("--scorecard", help="Write the scorecard as CSV here")] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """How good the forecast of plans or money would have been: point and bands from each origin, and the scorecard."""
    published = open_pack(open_data)
    januaries = range(first_january(published), latest_january(published) + 1)
    ahead = _span(horizons, "--horizons", range(1, len(januaries)))
    asked = BackTestQuestion(of, ahead, _span(origins, "--origins", januaries) if origins else None, council)
    with bar("Looking back, January by January") as progress:
        found = whole_backtest(published, asked, progress)
    if scores is not None:
        write_whole(scores, as_csv(found.scorecard).encode("utf-8"))
    if format is not Format.TEXT or out is not None:
        show(found.table, format, out)
    beside = sys.stdout if format is Format.TEXT or out is not None else sys.stderr
    beside.write(as_text(found.scorecard))
    for la_number, note in found.notes:
        sys.stderr.write(f"{of_council(la_number, note)}\n")


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
