"""How far to trust the forecast: its back-test, everything it assumes, and what it leaves out."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from highneeds.forecast.summary import ForecastSummary, RegisteredAssumption, Scored
from highneeds.report import document as doc
from highneeds.report.figures.forecast import source_of
from highneeds.report.shown_number import ShownNumber
from highneeds.report.words import forecast as words
from highneeds.report.words.forecast_notes import note_sentence, note_sentences, source_words
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

OURS, RIVAL = "highneeds", "70/30"


def score_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    yield doc.Heading(words.HOW_GOOD)
    if not brief.scores:
        yield doc.Paragraph(words.TOO_FEW_JANUARIES)
        return
    yield doc.Paragraph(score_finding(brief))
    if brief.breaks:
        yield doc.Bullets(tuple(map(note_sentence, brief.breaks)))
    yield _score_table(brief, "forecast-back-test", words.PLANS_TESTED, words.years_ahead, brief.scores)
    if brief.spend_scores and brief.spend_origins:
        yield doc.Paragraph(spend_finding(brief))
        scores = brief.spend_scores
        yield _score_table(brief, "forecast-back-test-spend", words.SPEND_TESTED, words.years_after, scores)


def spend_finding(brief: ForecastSummary) -> str:
    """The same of spending."""
    assert brief.spend_origins is not None
    last = max(one.years_ahead for one in brief.spend_scores)
    near, far = (_best(brief.spend_scores, OURS, ahead) for ahead in (1, last))
    rule = _best_rule(brief.spend_scores, last)
    first, newest = brief.spend_origins
    errors, held = (near.mape, far.mape, rule.mape), (near.cover80, far.cover80)
    return words.spend_score(first, newest, last, errors, held)


def _best(scores: Sequence[Scored], method: str, ahead: int) -> Scored:
    return next(one for one in scores if one.method == method and one.years_ahead == ahead)


def _best_rule(scores: Sequence[Scored], ahead: int) -> Scored:
    rules = [one for one in scores if one.method != OURS and one.years_ahead == ahead]
    return min(rules, key=lambda one: one.mape)


def score_finding(brief: ForecastSummary) -> str:
    """Error and coverage one year and most years ahead, beside the best plain rule."""
    last = max(one.years_ahead for one in brief.scores)
    near, far = (_best(brief.scores, OURS, ahead) for ahead in (1, last))
    rule = _best(brief.scores, RIVAL, last)
    errors, held = (near.mape, far.mape, rule.mape), (near.cover80, far.cover80)
    return words.plans_score(brief.first_origin, brief.last_origin, last, errors, held)


def _score_table(
    brief: ForecastSummary, id: str, title: str, ahead: Callable[[int], str], scores: Sequence[Scored]
) -> doc.DataTable:
    """ahead: how far ahead, in words: '2 years ahead'; the methods of each stand below it"""
    columns = (
        doc.TableColumn(words.METHOD, width=3.8),
        doc.TableColumn(words.FORECASTS, align=doc.Align.RIGHT),
        *(doc.TableColumn(head, unit="%", align=doc.Align.RIGHT) for head in words.SCORES),
    )
    by_years = groupby(scores, key=lambda one: one.years_ahead)
    rows = tuple(row for years, some in by_years for row in (doc.Row.group(ahead(years)), *map(_score_row, some)))
    notes, source = (words.SCORES_NOTE,), source_of(brief)
    group = words.YEARS_AHEAD
    return doc.DataTable(id, title, columns, rows, notes=notes, source=source, small=True, group_name=group)


def _score_row(one: Scored) -> doc.Row:
    figures = (one.mape, one.bias, one.cover50, one.cover80, one.cover95, one.width80, one.width95)
    percents = (
        doc.Cell.figure(round_half_away(value, 1), Unit.PERCENT, decimals=1, bare=True, state=State.COMPUTED)
        for value in figures
    )
    count = doc.Cell.figure(Decimal(one.forecasts), Unit.COUNT, state=State.COMPUTED)
    return doc.Row.of(words.METHODS.get(one.method, one.method), count, *percents)


def assumption_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    yield doc.Heading(words.ASSUMES)
    guesses = sum(one.assumed for one in brief.assumptions)
    yield doc.Paragraph(words.assumptions(len(brief.assumptions), guesses))
    columns = (
        doc.TableColumn(words.ASSUMPTION, width=3.4),
        doc.TableColumn(words.VALUE, align=doc.Align.RIGHT),
        doc.TableColumn(words.FROM, align=doc.Align.RIGHT),
        doc.TableColumn(words.TO, align=doc.Align.RIGHT),
        doc.TableColumn(words.UNIT, width=1.6),
        doc.TableColumn(words.SOURCE, width=4.4),
        doc.TableColumn(words.CHANGES, width=2.4),
    )
    rows = tuple(_assumption_row(one) for one in brief.assumptions)
    yield doc.DataTable("forecast-assumptions", words.ASSUMPTIONS_TITLE, columns, rows, landscape=True)


def _assumption_row(one: RegisteredAssumption) -> doc.Row:
    figures = (_figure(value) for value in (one.value, one.low, one.high))
    return doc.Row.of(
        one.title, *figures, one.unit, words.assumption_source(source_words(one.source), one.date), one.effect
    )


def _figure(value: float) -> doc.Cell:
    """As many decimals as the size of the figure needs."""
    decimals = 0 if abs(value) >= 100 or value == int(value) else 2 if abs(value) >= 1 else 3
    rounded = round_half_away(value, decimals)
    return doc.Cell.number(rounded, ShownNumber(decimals), state=State.COMPUTED)


def absent_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    if brief.notes:
        yield doc.Heading(words.ABSENT)
        yield doc.Bullets(tuple(note_sentences(brief.notes)))
