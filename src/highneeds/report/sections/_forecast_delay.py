"""What late schools cost, beside what documents print of it."""

from collections.abc import Iterator

from highneeds.forecast.summary import Delay, DelayYear, ForecastSummary
from highneeds.report import document as doc
from highneeds.report.figures.forecast import money_cell, source_of
from highneeds.report.sections._forecast_words import plain_settings
from highneeds.vocabulary.rounding import round_half_away, with_commas
from highneeds.vocabulary.state import State


def delay_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    if not brief.delays:
        return
    yield doc.Heading("What a delay costs")
    for place, one in enumerate(brief.delays):
        yield doc.Paragraph(_finding(one))
        yield _table(brief, one, place)
        yield doc.Heading(f"What the cost of the delay rests on{_number(place)}", level=2)
        yield doc.Bullets(tuple(plain_settings(f"{words.rstrip('.')}.") for words in one.rests_on))


def _number(place: int) -> str:
    return "" if place == 0 else f" ({place + 1})"


def _finding(one: Delay) -> str:
    """All years together, and how that lies to what is printed."""
    every = next(year for year in reversed(one.years) if ".." in year.years)
    mean, low, high = (money_cell(abs(value)).text for value in every.lost_gbp)
    kind = "costs" if every.lost_gbp[0] >= 0 else "saves"
    said = [f"{year.printed} for {_years(year)} ({year.source})" for year in one.years if year.printed]
    beside = f" Documents print {'; '.join(said)}." if said else ""
    return (
        f"“{one.actual}” instead of “{one.planned}” {kind} {mean} over {_years(every)} ({low} to {high} in 8 of 10 "
        f"outcomes), on the same draws with two opening dates.{beside} That the figures lie near or far says what such "
        "assumptions are enough to explain, not what the council's own calculation was."
    )


def _years(year: DelayYear) -> str:
    return year.years.replace("..", " to ")


def _table(brief: ForecastSummary, one: Delay, place: int) -> doc.DataTable:
    right = doc.Align.RIGHT
    columns = (
        doc.Column("Years", width=1.6),
        doc.Column("Lost, mean", align=right),
        doc.Column("80% band", align=right, width=1.6),
        doc.Column("Years of children's places missed", align=right, width=1.4),
        doc.Column("Printed", align=right, width=1.2),
        doc.Column("Where", width=1.6),
    )
    rows = tuple(_row(year) for year in one.years)
    notes = (f"{brief.draws} draws; cost of the later opening less that of the planned one, draw by draw.",)
    id = "forecast-delay" if place == 0 else f"forecast-delay-{place + 1}"
    return doc.DataTable(
        id, "Cost of the delay, beside what is printed", columns, rows, notes=notes, source=source_of(brief)
    )


def _row(year: DelayYear) -> doc.Row:
    mean, low, high = year.lost_gbp
    missed = round_half_away(year.child_years)
    printed: doc.Cell | str = year.printed or doc.Cell.gap(State.NOT_PUBLISHED)
    return doc.Row.of(
        _years(year).capitalize(),
        money_cell(mean),
        f"{money_cell(low).text} to {money_cell(high).text}",
        doc.Cell(missed, with_commas(missed, 0), state=State.COMPUTED),
        printed,
        year.source or "—",
    )
