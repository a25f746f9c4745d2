"""What late schools cost, beside what documents print of it."""

from collections.abc import Iterator

from highneeds.forecast.summary import Delay, DelayYear, ForecastSummary
from highneeds.report import document as doc
from highneeds.report.figures.forecast import money_cell, source_of, with_its_band
from highneeds.report.words import forecast as words
from highneeds.report.words.forecast_notes import note_sentence
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.state import State
from highneeds.vocabulary.words import capitalised


def delay_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    if not brief.delays:
        return
    yield doc.Heading(words.DELAY)
    for place, one in enumerate(brief.delays):
        yield doc.Paragraph(_finding(one))
        yield _table(brief, one, place)
        yield doc.Heading(words.delay_rests_on(place), level=2)
        yield doc.Bullets(tuple(note_sentence(note) for note in one.rests_on))


def _finding(one: Delay) -> str:
    """All years together, and how that lies to what is printed."""
    every = next(year for year in reversed(one.years) if ".." in year.years)
    printed = [words.printed_elsewhere(year.printed, _years(year), year.source) for year in one.years if year.printed]
    return words.delay(
        one.actual, one.planned, every.lost_gbp[0] >= 0, with_its_band(every.lost_gbp), _years(every), printed
    )


def _years(year: DelayYear) -> str:
    return year.years.replace("..", " to ")


def _table(brief: ForecastSummary, one: Delay, place: int) -> doc.DataTable:
    right = doc.Align.RIGHT
    columns = (
        doc.TableColumn(words.DELAY_YEARS, width=1.6),
        doc.TableColumn(words.LOST, align=right),
        doc.TableColumn(words.BAND, align=right, width=1.6),
        doc.TableColumn(words.MISSED, align=right, width=1.4),
        doc.TableColumn(words.PRINTED, align=right, width=1.2),
        doc.TableColumn(words.WHERE, width=1.6),
    )
    rows = tuple(_row(year) for year in one.years)
    notes = (words.delay_note(brief.draws),)
    id = "forecast-delay" if place == 0 else f"forecast-delay-{place + 1}"
    return doc.DataTable(id, words.DELAY_TITLE, columns, rows, notes=notes, source=source_of(brief))


def _row(year: DelayYear) -> doc.Row:
    mean, low, high = year.lost_gbp
    missed = round_half_away(year.child_years)
    printed: doc.Cell | str = year.printed or doc.Cell.gap(State.NOT_PUBLISHED)
    return doc.Row.of(
        _years(year).capitalize(),
        money_cell(mean),
        f"{money_cell(low).text} to {money_cell(high).text}",
        doc.Cell.number(missed, state=State.COMPUTED),
        printed,
        capitalised(year.source) or "—",
    )
