"""The money of the forecast: cost by line, the in-year position, the odds of what was agreed."""

from collections.abc import Iterator

from highneeds.forecast.summary import ComparedWithPublished, Fan, ForecastSummary, LineCost, YearOdds
from highneeds.report import document as doc
from highneeds.report.figures.forecast import deficit_chart, in_year_chart, money_cell, range_words, source_of
from highneeds.report.sections._words import listed
from highneeds.vocabulary.odds import in_odds
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

LEAST_GBP = 50_000.0


def money_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    yield doc.Heading("Money")
    if brief.cost is None:
        yield doc.Paragraph("The published statistics carry no cost for this council; the reasons stand below.")
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
    last = fan.periods[-1]
    words = (
        f"Without further action the in-year overspend of {last} is likely to lie between "
        f"{range_words(fan, -1, money_cell).replace(' to ', ' and ')}, before contributions. {held_words(brief)}"
    )
    return f"{words} {_deficit_words(brief)}".strip()


def held_words(brief: ForecastSummary) -> str:
    """The estimate held against what the council has published of the same years."""
    if not brief.held:
        return "The council has published no in-year figure of these years, so nothing says how near the estimate is."
    inside = [one for one in brief.held if one.inside]
    if len(inside) == len(brief.held):
        whose = "The council's own figure" if len(inside) == 1 else "Each of the council's own figures"
        return f"{whose} ({listed(map(_own, inside))}) lies inside the estimate's 80% band."
    outside = listed(map(_own, (one for one in brief.held if not one.inside)))
    return (
        f"The estimate did not hold the council's own figure ({outside}) inside its 80% band; the forecast starts from "
        "the council's figure, and what follows is to be read with caution."
    )


def _own(one: ComparedWithPublished) -> str:
    return f"{money_cell(one.published_gbp).text} in {one.year}"


def _deficit_words(brief: ForecastSummary) -> str:
    fan, opening = brief.deficit, brief.opening
    if fan is None or opening is None:
        return "No accumulated deficit is published to start from, so none is forecast."
    low, high = brief.contributions_gbp
    words = (
        f"From the published {money_cell(opening.gbp).text} at the end of {opening.year}, the accumulated deficit at "
        f"the end of {fan.periods[-1]} is likely to lie between "
        f"{range_words(fan, -1, money_cell).replace(' to ', ' and ')}"
    )
    if high <= low:
        return f"{words}, with no contribution from others."
    return (
        f"{words}. That takes between none and {money_cell(high).text} of promised contributions as still to come, "
        "since the instalments were never published."
    )


def _in_year_title(fan: Fan) -> str:
    first, last = (money_cell(fan.at(0.5)[place]).text for place in (0, -1))
    return f"The in-year overspend is estimated at {first} in {fan.periods[0]} and {last} in {fan.periods[-1]}"


def _deficit_title(fan: Fan) -> str:
    middle = money_cell(fan.at(0.5)[-1]).text
    return f"The accumulated deficit is estimated at {middle} at the end of {fan.periods[-1]}, without further action"


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
        doc.Column("Year", width=1.1),
        doc.Column("Agreed in-year overspend", align=right, width=1.3),
        doc.Column("Estimate, middle", align=right),
        doc.Column("80% band", align=right, width=1.7),
        doc.Column("Chance to meet what was agreed", align=right, width=1.8),
        doc.Column("Chance of in-year balance", align=right, width=1.8),
        doc.Column("Chance of the deficit agreed for 31 March", align=right, width=1.8),
    )
    rows = []
    for place, one in enumerate(brief.odds):
        agreed = doc.Cell.gap(State.NOT_PUBLISHED)
        if one.target_gbp is not None:
            agreed = doc.Cell.millions(round_half_away(one.target_gbp))
        rows.append(
            doc.Row.of(
                one.year,
                agreed,
                money_cell(fan.at(0.5)[place]),
                range_words(fan, place, money_cell),
                chance_cell(one.met, brief.draws, _why(one, "Nothing agreed is published for this year")),
                chance_cell(one.balance, brief.draws, _why(one, "The statistics carry no in-year position")),
                chance_cell(
                    one.closing,
                    brief.draws,
                    _why(one, "No deficit is agreed for this year, or it is before the forecast"),
                ),
            )
        )
    notes = (f"In-year positions before contributions. {brief.draws} draws.", *_break_even_words(brief))
    return doc.DataTable(
        "forecast-odds", "Odds of what was agreed", columns, tuple(rows), notes=notes, source=source_of(brief)
    )


def _why(one: YearOdds, otherwise: str) -> str:
    return "The year has ended" if one.ended else otherwise


def _break_even_words(brief: ForecastSummary) -> Iterator[str]:
    """When balance first comes, with its spread."""
    if not brief.break_even:
        return
    reached = [(year, share) for year, share in brief.break_even if share > 0]
    never = 1.0 - sum(share for _, share in reached)
    years = listed(f"{year} in {in_odds(share, brief.draws)}" for year, share in reached)
    begin = f"First year of in-year balance: {years}; " if reached else "First year of in-year balance: "
    yield f"{begin}later or never in {in_odds(never, brief.draws)}."


def _lines_table(brief: ForecastSummary, cost: Fan) -> doc.DataTable:
    """Means by section 251 line and financial year."""
    columns = (
        doc.Column("Section 251 line", width=1.6),
        doc.Column("What it pays for", width=2.6),
        *(doc.Column(year, align=doc.Align.RIGHT, of="financial year", key=year) for year in cost.periods),
        doc.Column(f"80% band, {cost.periods[-1]}", align=doc.Align.RIGHT, width=1.8),
    )
    rows = [
        doc.Row.of(one.name, f"{one.title}{' (own)' * one.own}", *_means(one.cost)) for one in brief.lines if _seen(one)
    ]
    rows.append(doc.Row.total("All", "High needs spending with a price", *_means(cost)))
    notes = (
        f"Means of {brief.draws} draws. Each price is a published line over the plans or places it serves, brought "
        "forward by a stated range. Settings without a price of their own are left out and named below.",
        "Own: the price is the council's own average unit cost and no estimate.",
    )
    any_own = any(one.own for one in brief.lines)
    return doc.DataTable(
        "forecast-lines",
        "Cost by section 251 line: estimate from published statistics" + _whose(any_own),
        columns,
        tuple(rows),
        notes=notes if any_own else notes[:1],
        source=source_of(brief),
    )


def _seen(one: LineCost) -> bool:
    """A line that never comes to a tenth of a million has no row of its own; it is in the total."""
    return max(abs(value) for value in one.cost.mean) >= LEAST_GBP


def _whose(any_own: bool) -> str:
    return ", with the council's own unit costs where given" if any_own else ", never the council's own"


def _means(fan: Fan) -> list[doc.Cell | str]:
    return [*(money_cell(value) for value in fan.mean), range_words(fan, -1, money_cell)]
