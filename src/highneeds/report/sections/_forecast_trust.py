"""How far to trust the forecast: its back-test, everything it assumes, and what it leaves out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from highneeds.forecast.summary import ForecastSummary, RegisteredAssumption, Scored
from highneeds.report import document as doc
from highneeds.report.figures.forecast import source_of
from highneeds.report.sections._forecast_words import with_settings_in_words
from highneeds.report.words.forecast_notes import note_words
from highneeds.vocabulary.rounding import round_half_away, with_commas
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

OURS, RIVAL = "highneeds", "70/30"
METHODS = {
    OURS: "This forecast",
    RIVAL: "70% England's growth, 30% the council's own",
    "half and half": "Half England's growth, half the council's own",
    "drift": "The council's own growth of three years",
    "England's last growth": "England's last growth",
    "England's growth over 3 years": "England's growth over three years",
    "own growth over 3 years": "The council's own growth over three years",
    "last value": "No change",
}


def score_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    yield doc.Heading("How good such forecasts have been")
    if not brief.scores:
        yield doc.Paragraph(
            "There are too few earlier Januaries to test the forecast on, so its bands rest on nothing yet."
        )
        return
    yield doc.Paragraph(score_finding(brief))
    if brief.breaks:
        yield doc.Bullets(tuple(f"{words[:1].upper()}{words[1:]}." for words in map(note_words, brief.breaks)))
    yield _score_table(brief, PLANS_TESTED, brief.scores)
    if brief.spend_scores and brief.spend_origins:
        yield doc.Paragraph(spend_finding(brief))
        yield _score_table(brief, SPEND_TESTED, brief.spend_scores)


def spend_finding(brief: ForecastSummary) -> str:
    """The same of spending, and how dear a plan was foretold to be."""
    assert brief.spend_origins is not None
    last = max(one.years_ahead for one in brief.spend_scores)
    near, far = (_best(brief.spend_scores, OURS, ahead) for ahead in (1, last))
    rule = _best_rule(brief.spend_scores, last)
    first, newest = brief.spend_origins
    return (
        f"Spending of lines 1.2 was forecast in the same way from every January from {first} to {newest} and held "
        f"against the published outturn: wrong by {near.mape:.1f}% one year after the newest outturn and "
        f"{far.mape:.1f}% {_years(last)} after it on average (the best plain rule: {rule.mape:.1f}%). The 80% bands "
        f"held {near.cover80:.0f} and {far.cover80:.0f} of 100 outcomes."
    )


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
    return (
        f"Made from every January from {brief.first_origin} to {brief.last_origin} for every council, with only what "
        f"was known then, totals of plans were wrong by {near.mape:.1f}% one year ahead and {far.mape:.1f}% "
        f"{_years(last)} ahead on average (the best plain rule: {rule.mape:.1f}%). The 80% bands held "
        f"{near.cover80:.0f} and {far.cover80:.0f} of 100 outcomes."
    )


def _years(count: int) -> str:
    return {1: "one year", 2: "two years", 3: "three years"}.get(count, f"{count} years")


@dataclass(frozen=True)
class _TableWords:
    """What the two tables of the back-test are called."""

    id: str
    title: str
    ahead: str


PLANS_TESTED = _TableWords(
    "forecast-back-test",
    "The forecast of all plans at earlier Januaries, beside plain rules on the same councils",
    "Years ahead",
)
SPEND_TESTED = _TableWords(
    "forecast-back-test-spend",
    "The forecast of spending at earlier Januaries, beside plain rules on the same councils",
    "Years after the newest outturn",
)


def _score_table(brief: ForecastSummary, words: _TableWords, scores: Sequence[Scored]) -> doc.DataTable:
    heads = (
        "Mean error",
        "Bias",
        "50% band holds",
        "80% band holds",
        "95% band holds",
        "80% band's width",
        "95% band's width",
    )
    columns = (
        doc.Column(words.ahead, width=0.8),
        doc.Column("Method", width=3),
        doc.Column("Forecasts", align=doc.Align.RIGHT),
        *(doc.Column(head, unit="%", align=doc.Align.RIGHT) for head in heads),
    )
    rows = tuple(_score_row(one) for one in scores)
    notes = (
        "Mean error: the mean of the errors in per cent of what came. Width: in per cent of the forecast. The bands "
        "of the plain rules are made from their own past errors in the same way.",
    )
    return doc.DataTable(
        words.id,
        words.title,
        columns,
        rows,
        notes=notes,
        source=source_of(brief),
        small=True,
    )


def _score_row(one: Scored) -> doc.Row:
    figures = (one.mape, one.bias, one.cover50, one.cover80, one.cover95, one.width80, one.width95)
    percents = (
        doc.Cell.figure(round_half_away(value, 1), Unit.PERCENT, decimals=1, bare=True, state=State.COMPUTED)
        for value in figures
    )
    count = doc.Cell.figure(Decimal(one.forecasts), Unit.COUNT, state=State.COMPUTED)
    return doc.Row.of(str(one.years_ahead), METHODS.get(one.method, one.method), count, *percents)


def assumption_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    yield doc.Heading("What the forecast assumes")
    guesses = sum("assumption" in one.source.lower() for one in brief.assumptions)
    yield doc.Paragraph(
        f"{len(brief.assumptions)} assumptions, each with its range, its source and what it does; {guesses} of them "
        "are assumptions without a published figure behind them."
    )
    columns = (
        doc.Column("Assumption", width=3.4),
        doc.Column("Value", align=doc.Align.RIGHT),
        doc.Column("From", align=doc.Align.RIGHT),
        doc.Column("To", align=doc.Align.RIGHT),
        doc.Column("Unit", width=1.6),
        doc.Column("Source", width=4.4),
        doc.Column("What it changes", width=2.4),
    )
    rows = tuple(_believed_row(one) for one in brief.assumptions)
    yield doc.DataTable("forecast-assumptions", "Assumptions of the forecast", columns, rows, landscape=True)


def _believed_row(one: RegisteredAssumption) -> doc.Row:
    figures = (_figure(value) for value in (one.value, one.low, one.high))
    source = f"{one.source} ({one.date})" if one.date and one.date not in one.source else one.source
    return doc.Row.of(one.title, *figures, one.unit, source, one.effect)


def _figure(value: float) -> doc.Cell:
    """As many decimals as the size of the figure needs."""
    decimals = 0 if abs(value) >= 100 or value == int(value) else 2 if abs(value) >= 1 else 3
    rounded = round_half_away(value, decimals)
    return doc.Cell(rounded, with_commas(rounded, decimals), state=State.COMPUTED)


def absent_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    if brief.notes:
        yield doc.Heading("What is not in it, and why")
        said = (with_settings_in_words(note_words(note)) for note in brief.notes)
        yield doc.Bullets(tuple(f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in said))
