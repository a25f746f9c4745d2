"""How good the forecast of plans or of spending would have been: each forecast, the scorecard, and what to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from highneeds.forecast.aggregates.learn import area_scores
from highneeds.forecast.backtest.run import backtest
from highneeds.forecast.backtest.score import scorecard_table
from highneeds.forecast.backtest.scorecard import scorecard
from highneeds.forecast.backtest.spend import backtest_spend, spend_scorecard, usual_spend_origins
from highneeds.forecast.council import break_note, spend_break_note
from highneeds.forecast.published import latest_january
from highneeds.intake.published import Published
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.progress import CountProgress
from highneeds.vocabulary.table import Table

USUAL_ORIGINS = 8


class TestedFigure(StrEnum):
    """What is tested."""

    PLANS = "plans"
    SPEND = "spend"


@dataclass(frozen=True)
class BackTestQuestion:
    """of         total plans, or the net outturn of lines 1.2
    horizons   years ahead
    origins    Januaries; without any the newest eight
    la_number  only this council; it learns from all. Areas are scored where none is named
    """

    of: TestedFigure
    horizons: Sequence[int]
    origins: Sequence[int] | None = None
    la_number: str | None = None


@dataclass(frozen=True)
class WholeBackTest:
    """table: point and bands from each origin; notes: what to know, each with its council, '' where it is of all."""

    table: Table
    scorecard: Table
    notes: tuple[tuple[str, Note], ...]


def whole_backtest(
    published: Published, question: BackTestQuestion, progress: CountProgress | None = None
) -> WholeBackTest:
    """Forecast again from each origin with what was known then, and score it beside the plain rules."""
    ask = _of_spend if question.of is TestedFigure.SPEND else _of_plans
    return ask(published, question, progress)


def usual_origins(published: Published) -> list[int]:
    """The newest Januaries."""
    newest = latest_january(published)
    return list(range(newest - USUAL_ORIGINS + 1, newest + 1))


def _of_plans(published: Published, question: BackTestQuestion, progress: CountProgress | None) -> WholeBackTest:
    origins, council = question.origins or usual_origins(published), question.la_number
    tested = backtest(published, origins, question.horizons, council, progress)
    areas = area_scores(published, origins, of_spend=False) if council is None else ()
    breaks = [(one.la_number, break_note(one)) for one in tested.truth.breaks if council in (None, one.la_number)]
    return WholeBackTest(tested.table(), scorecard_table((*scorecard(tested), *areas)), tuple(breaks))


def _of_spend(published: Published, question: BackTestQuestion, progress: CountProgress | None) -> WholeBackTest:
    origins, council = question.origins or usual_spend_origins(published, USUAL_ORIGINS), question.la_number
    tested = backtest_spend(published, origins, question.horizons, council, progress)
    areas = area_scores(published, origins, of_spend=True) if council is None else ()
    left_out = [("", Note.of("back_test.left_out", january=one)) for one in tested.left_out]
    breaks = [(one.la_number, spend_break_note(one)) for one in tested.breaks if council in (None, one.la_number)]
    return WholeBackTest(tested.table(), scorecard_table((*spend_scorecard(tested), *areas)), (*left_out, *breaks))
