"""The money of the forecast: cost by line, the in-year position, the odds of what was agreed."""

from collections.abc import Iterator, Sequence
from itertools import compress

from highneeds.forecast.summary import ComparedWithPublished, Fan, ForecastSummary, LineCost, YearOdds
from highneeds.report import document as doc
from highneeds.report.figures.forecast import (
    deficit_chart,
    ends_in_words,
    in_year_chart,
    money_cell,
    range_words,
    source_of,
)
from highneeds.report.words import forecast as words
from highneeds.report.words.forecast_notes import note_words
from highneeds.vocabulary.odds import in_odds
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

LEAST_GBP = 50_000.0


def money_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    yield doc.Heading(words.MONEY)
    if brief.cost is None:
        yield doc.Paragraph(words.NO_COST)
        return
    if brief.in_year is not None:
        yield doc.Paragraph(money_finding(brief))
        yield in_year_chart(brief, _in_year_title(brief.in_year))
        yield odds_table(brief)
    if brief.deficit is not None:
        yield deficit_chart(brief, _deficit_title(brief.deficit))
    yield _lines_table(brief, brief.cost)


def money_finding(brief: ForecastSummary) -> str:
    """The last year, how near the estimate is to the council's own figures, and the deficit with its basis."""
    fan = brief.in_year
    assert fan is not None
    ends = ends_in_words(fan, -1, money_cell)
    return words.money_finding(fan.periods[-1], *ends, held_words(brief), _deficit_words(brief))


def held_words(brief: ForecastSummary) -> str:
    """The estimate held against what the council has published of the same years."""
    if not brief.held:
        return words.NOTHING_TO_COMPARE
    inside, outside = ([_own(one) for one in brief.held if one.inside is side] for side in (True, False))
    return words.compared(inside, outside)


def _own(one: ComparedWithPublished) -> str:
    return words.figure_in(money_cell(one.published_gbp).text, one.year)


def _deficit_words(brief: ForecastSummary) -> str:
    fan, opening = brief.deficit, brief.opening
    if fan is None or opening is None:
        return words.NO_DEFICIT
    low, high = brief.contributions_gbp
    promised = money_cell(high).text if high > low else ""
    ends = ends_in_words(fan, -1, money_cell)
    return words.deficit(money_cell(opening.gbp).text, opening.year, fan.periods[-1], *ends, promised)


def _in_year_title(fan: Fan) -> str:
    first, last = (money_cell(fan.mean[place]).text for place in (0, -1))
    return words.in_year_title(first, fan.periods[0], last, fan.periods[-1])


def _deficit_title(fan: Fan) -> str:
    return words.deficit_title(money_cell(fan.mean[-1]).text, fan.periods[-1])


def chance_cell(chance: float | None, draws: int, why: str) -> doc.Cell:
    if chance is None:
        return doc.Cell.not_applicable(why)
    value = round_half_away(100 * chance, 1)
    return doc.Cell(value, in_odds(chance, draws), state=State.COMPUTED, unit=Unit.PERCENT.value)


def odds_table(brief: ForecastSummary) -> doc.DataTable:
    """Year by year: what was agreed, the estimate, the odds."""
    fan = brief.in_year
    assert fan is not None
    right = doc.Align.RIGHT
    columns = (
        doc.TableColumn(words.YEAR, width=1.1),
        doc.TableColumn(words.AGREED, align=right, width=1.3),
        doc.TableColumn(words.ESTIMATE, align=right),
        doc.TableColumn(words.BAND, align=right, width=1.7),
        doc.TableColumn(words.CHANCE_AGREED, align=right, width=1.8),
        doc.TableColumn(words.CHANCE_BALANCE, align=right, width=1.8),
        doc.TableColumn(words.CHANCE_DEFICIT, align=right, width=1.8),
    )
    shown = _columns_with_figures(brief.odds)
    rows = []
    for place, one in enumerate(brief.odds):
        agreed = doc.Cell.gap(State.NOT_PUBLISHED)
        if one.target_gbp is not None:
            agreed = doc.Cell.millions(round_half_away(one.target_gbp))
        cells: tuple[doc.Cell | str, ...] = (
            one.year,
            agreed,
            money_cell(fan.mean[place]),
            range_words(fan, place, money_cell),
            chance_cell(one.met, brief.draws, _why(one, words.NOTHING_AGREED)),
            chance_cell(one.balance, brief.draws, _why(one, words.NO_POSITION)),
            chance_cell(one.closing, brief.draws, _why(one, words.NO_DEFICIT_AGREED)),
        )
        rows.append(doc.Row.of(*compress(cells, shown)))
    carried = (
        f"{said[:1].upper()}{said[1:]}."
        for one in brief.notes
        if one.code == "in_year.grant_carried_on" and (said := note_words(one))
    )
    notes = (words.odds_note(brief.draws), *_no_odds_of(brief.odds), *_break_even_words(brief), *carried)
    title = words.ODDS if any(one.met is not None or one.closing is not None for one in brief.odds) else words.BY_YEAR
    kept = tuple(compress(columns, shown))
    return doc.DataTable("forecast-odds", title, kept, tuple(rows), notes=notes, source=source_of(brief))


def _columns_with_figures(odds: Sequence[YearOdds]) -> tuple[bool, ...]:
    """What was agreed, and the odds of it, are no columns where no year has a figure; a note says why."""
    met, closing = (any(getattr(one, name) is not None for one in odds) for name in ("met", "closing"))
    agreed = any(one.target_gbp is not None for one in odds)
    return (True, agreed, True, True, met, True, closing)


def _no_odds_of(odds: Sequence[YearOdds]) -> Iterator[str]:
    """Why a column is left out."""
    agreed = [one for one in odds if one.target_gbp is not None]
    if not agreed:
        yield words.NO_YEAR_AGREED
    elif all(one.met is None for one in odds):
        yield words.no_odds_of_agreed([one.year for one in agreed if one.ended])
    if all(one.closing is None for one in odds):
        yield words.NO_DEFICIT_ODDS


def _why(one: YearOdds, otherwise: str) -> str:
    return words.YEAR_ENDED if one.ended else otherwise


def _break_even_words(brief: ForecastSummary) -> Iterator[str]:
    """When balance first comes, with its spread."""
    if not brief.break_even:
        return
    reached = [(year, share) for year, share in brief.break_even if share > 0]
    never = 1.0 - sum(share for _, share in reached)
    years = [words.in_balance(year, in_odds(share, brief.draws)) for year, share in reached]
    yield words.break_even(years, in_odds(never, brief.draws))


def _lines_table(brief: ForecastSummary, cost: Fan) -> doc.DataTable:
    """Means by section 251 line and financial year."""
    columns = (
        doc.TableColumn(words.LINE, width=1.6),
        doc.TableColumn(words.PAYS_FOR, width=2.6),
        *(doc.TableColumn(year, align=doc.Align.RIGHT, of="financial year", key=year) for year in cost.periods),
        doc.TableColumn(words.band(cost.periods[-1]), align=doc.Align.RIGHT, width=1.8),
    )
    rows = [
        doc.Row.of(one.name, f"{one.title}{words.OWN_MARK * one.own}", *_means(one.cost))
        for one in brief.lines
        if _seen(one)
    ]
    rows.append(doc.Row.total(words.ALL, words.ALL_PRICED, *_means(cost)))
    notes = (words.lines_note(brief.draws), words.OWN_NOTE)
    any_own = any(one.own for one in brief.lines)
    return doc.DataTable(
        "forecast-lines",
        words.lines_title(any_own),
        columns,
        tuple(rows),
        notes=notes if any_own else notes[:1],
        source=source_of(brief),
    )


def _seen(one: LineCost) -> bool:
    """A line that never comes to a tenth of a million has no row of its own; it is in the total."""
    return max(abs(value) for value in one.cost.mean) >= LEAST_GBP


def _means(fan: Fan) -> list[doc.Cell | str]:
    return [*(money_cell(value) for value in fan.mean), range_words(fan, -1, money_cell)]
