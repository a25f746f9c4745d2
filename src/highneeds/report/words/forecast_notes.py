"""What the notes of a forecast say: one entry for each code."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any

from highneeds.vocabulary.note import Note
from highneeds.vocabulary.rounding import MINUS
from highneeds.vocabulary.setting import setting_words
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.words import listed


class _WithMinus(Formatter):
    """Numbers below nil get a real minus sign; a hyphen in a word, a year or a council's name stays one."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        return text.replace("-", MINUS) if isinstance(value, int | float | Decimal) else text


_filled = _WithMinus().format


def _from_ledger(note: Note) -> str:
    book = "no commitment book" if note["committed_gbp"] is None else "£{committed_gbp:,.0f} committed after it"
    said = "cost of {year}: starts from £{actual_gbp:,.0f} in the ledger to P{closed} (" + book + "); {source}"
    source = ", ".join(note.sources) if note["committed_gbp"] is None else _with_book(note.sources)
    return _filled(said, source=source, **note.values)


def _with_book(sources: Sequence[str]) -> str:
    *files, book = sources
    return f"{', '.join(files)} and {book}" if files else book


def _own_price_of_register(note: Note) -> str:
    given = note.sources[0] if note.sources else "no source given"
    return _own_price(note, f"finance/unit_costs.csv row {note['row']}: {given}")


def _own_price_of_series(note: Note) -> str:
    said = "average of {sector}, {phase}, {month} (£{low:,.0f} to £{high:,.0f} in {year})"
    return _own_price(note, said.format(**note.values))


def _own_price(note: Note, source: str) -> str:
    less = note.values.get("less_gbp")
    return f"the council's own average: {source}" + (f", less place funding of £{less:,.0f}" if less else "")


def _own_transport(note: Note) -> str:
    said = "the council's own cost of {year} ({source}) over {plans:,.0f} plans"
    return said.format(source=note.sources[0], **note.values)


def _from_own_figure(note: Note) -> str:
    said = "cost of {year}: starts from the council's own in-year figure of £{in_year_gbp:,.0f}; {source}"
    return _filled(said, source=note.sources[0], **note.values)


def _of_returns(note: Note) -> str:
    values = note.values
    mean, low, high, counted = (float(str(values[name])) for name in ("mean", "low80", "high80", "counted"))
    day = date.fromisoformat(str(values["day"]))
    off = 100 * (mean / counted - 1.0) if counted else 0.0
    return (
        f"back-test of the returns: learnt from those before, {mean:,.0f} plans were forecast for {day:%d %B %Y} "
        f"(80% band {low:,.0f} to {high:,.0f}), {counted:,.0f} were counted: {_filled('{:+.1f}', off)}%, "
        f"{'inside' if low <= counted <= high else 'outside'} it"
    )


def _of_path(note: Note) -> str:
    values = note.values
    years = "1 year" if values["years_ahead"] == 1 else f"{values['years_ahead']} years"
    return (
        f"back-test, {years} ahead: total off by {values['mape']:.1f}% on average of {values['forecasts']} origins "
        f"(70/30 rule {values['rule_mape']:.1f}%); the 80% band held {values['inside80']} of {values['forecasts']}"
    )


def _of_spend(note: Note) -> str:
    values = note.values
    years = "1 year" if values["years_ahead"] == 1 else f"{values['years_ahead']} years"
    return (
        f"back-test of spending, {years} after the newest outturn: off by {values['mape']:.1f}% on average of "
        f"{values['forecasts']} origins (best plain rule {values['rule_mape']:.1f}%); the 80% band held "
        f"{values['inside80']} of {values['forecasts']}"
    )


def _of_price(note: Note) -> str:
    whose = "the council's own" if note["whose"] == "own" else "an estimate"
    return _filled("{line}: £{gbp:,.0f} for {basis}, in prices of {year}, ", **note.values) + whose


def _of_setting(said: str) -> Callable[[Note], str]:
    """'cost of “state special”: ...': why a setting has no price of its own."""
    return lambda note: f"cost of “{setting_words(str(note['setting']))}”: {_filled(said, **note.values)}"


WORDS: Mapping[str, str | Callable[[Note], str]] = {
    "accumulated.balance_of_other_years": (
        "accumulated position: the balance of {year} does not join these years, and the council gives no in-year "
        "figure of the years between"
    ),
    "accumulated.no_balance_came_true": "accumulated position: no balance that came true is on record",
    "accumulated.no_opening": "accumulated position: no opening balance was given",
    "ages.of_england": "single ages are England's, fitted to the council's own bands and settings",
    "back_test.of_spend": _of_spend,
    "area.without": "{measure} of regions and England: {of} of {all} councils; {councils} have none",
    "back_test.left_out": "January {january}: left out, fewer than two years of outturn were known then",
    "back_test.none": "back-test: none. {why}",
    "back_test.of_path": _of_path,
    "back_test.of_returns": _of_returns,
    "back_test.too_few_returns": "back-test of the returns: none, it takes those of {needed} Januaries",
    "cost.estimate": "cost is an estimate: published lines over the plans they serve, not the council's own prices",
    "cost.estimate_save_own": (
        "cost is an estimate: published lines over the plans they serve, "
        "except where the council's own unit cost is given"
    ),
    "cost.from_ledger": _from_ledger,
    "cost.from_own_figure": _from_own_figure,
    "cost.line_not_believable": _of_setting("its section 251 line for {council} holds no credible figure"),
    "cost.no_line_of_council": "cost: no section 251 line is published for {council}",
    "cost.of_outturn": "cost of {council}: all of its outturn over all of its plans, one price for every setting",
    "cost.no_line_of_setting": _of_setting("no section 251 line serves it alone"),
    "in_year.grant_across_break": (
        "in-year position: the newest high needs block, that of {newest}, is carried on into {after}, "
        "with which {before} cannot be compared ({why}): from then on the in-year position is as if no grant had moved"
    ),
    "in_year.grant_carried_on": (
        "in-year position: the high needs block is known to {newest}. After it the block is taken to grow by "
        "{middle:.1%} in the first year (nine times in ten between {low:.1%} and {high:.1%}). It then comes back to "
        "{stated:.1%}. So chances, balances and deficits of later years are a what-if on the grant"
    ),
    "in_year.own_block": "in-year position: the high needs block of {years} is the council's own, as last updated",
    "in_year.no_grant": "in-year position: no high needs allocation is published for {council}",
    "delay.opening": (
        "{schools}: {places} places in the years after opening, for ages {first_age} to {last_age}; {low:.0%} to "
        "{high:.0%} (middle {central:.0%}) of those bound for {bound} accept. An assumption: nothing of it is published"
    ),
    "delay.price": _of_price,
    "ledger.year_not_covered": (
        "ledger of {year}: the forecast does not cover that year, so it starts from the estimate"
    ),
    "lever.caps_demand": "lever {number} ({title}) is an assumption about demand, not a target. Duty: {duty}",
    "lever.overlap": (
        "lever {number} ({title}) and lever {other} ({other_title}) both change {flows}: their joint effect is not the "
        "sum of the two"
    ),
    "lever.unconfident": "lever {number} ({title}) cannot be called confident: it has no {lacks}",
    "needs.absent": "the forecast makes no cut by primary need",
    "needs.not_published": "needs are not published up to this January, so there is no cut by need",
    "origin.own_figures_left_out": (
        "the forecast begins in an earlier January: the council's own prices, ledger, balance and returns are left "
        "out, since some came later"
    ),
    "population.not_published": "no population by single age is published, so it is taken as constant",
    "price.residual": (
        "residual of lines 1.2: £{gbp:,.0f} in {year}, between the lines as outturn has them and the council's own "
        "unit costs, so that the total stays on outturn"
    ),
    "price.own": "price of {line}: the council's own average for {phases}; the rest is the estimate",
    "published.break": (
        "break in the return: the published total of January {year} is {after:,.0f} after {before:,.0f}; "
        "the new level is kept, and the step is left out of the growth"
    ),
    "published.break_in_outturn": (
        "break in the return: the published outturn of {year} is £{after:,.0f} after £{before:,.0f}; "
        "the new level is kept, and no growth is taken across it"
    ),
    "returns.not_used": (
        "the accepted returns are not learnt from, and published statistics are used: {why}. {remedy}"
    ),
    "returns.synthetic": (
        "the accepted returns say that they are synthetic: what is learnt from them is a forecast of no real council"
    ),
    "stock.own": (
        "plans start from the council's own {plans:,.0f} of {month} ({source}); the published path has {path:,.0f} then"
    ),
    "stock.too_far": (
        "plans: the council's own {plans:,.0f} of {month} ({source}) is so far from the published path ({path:,.0f}) "
        "that it is not used; check what it counts"
    ),
    "explained.scenario": "Effect of {name}",
    "explained.since_last": "Change since the last forecast",
    "explained.two_dates": "Change between two dates",
    "explained.two_forecasts": "Change between two forecasts",
    "grant.own_allocations": "the council's own allocations",
    "no_forecast.ends_beside_published": ("the agreement ends in {end}; the newest published January is {january}"),
    "no_forecast.ends_beside_return": "the agreement ends in {end}; the last accepted return is of January {january}",
    "no_forecast.refused": "{why}",
    "own_price.of_register": _own_price_of_register,
    "own_price.of_series": _own_price_of_series,
    "transport.own_cost": _own_transport,
    "transport.not_given": (
        "SEN transport, outside the DSG: the council has given no figure, and no published line holds it"
    ),
    "transport.not_published": "SEN transport, outside the DSG: no published line of the pack holds it",
    "unit_cost.no_line": "unit cost of {sector}, {phase}: no line of the forecast takes it",
    "unit_cost.not_given": ("unit cost of {named}: no figure of the council's own is given, so the estimate stands"),
}


def source_words(source: str | Note) -> str:
    """Where a price or an assumption comes from: a document as it is named, or what was worked out of which."""
    return source if isinstance(source, str) else _words(source)


def sources_in_words(register: Table) -> Table:
    """A register of assumptions with each source in words."""
    place = register.columns.index("source")
    rows = [(*row[:place], source_words(row[place]), *row[place + 1 :]) for row in register.rows]
    return replace(register, rows=tuple(rows))


def what_is_explained(of: Note) -> str:
    """The title over the drivers of a figure."""
    return _words(of)


def none_because(why: Note) -> tuple[str, ...]:
    return "There is no forecast.", note_sentence(why)


def note_words(note: Note) -> str:
    """The sentence of a note, without its full stop; of a lever among those of several scenarios, with whose it is."""
    return f"{note['scenario']}: {_words(note)}" if note.values.get("scenario") else _words(note)


def of_council(la_number: str, note: Note) -> str:
    """A note of one council among many, by its LA number; '' for one of all."""
    return f"{la_number}: {note_words(note)}" if la_number else note_words(note)


def note_sentence(note: Note) -> str:
    """A note as a sentence of its own, without the scenario that it stands under."""
    said = _words(note)
    return f"{said[:1].upper()}{said[1:]}."


SAID_TOGETHER = {
    "cost.no_line_of_setting": ("setting", "No section 251 line pays for these alone, so they have no cost: {every}."),
    "unit_cost.not_given": ("named", "The council gives no unit cost of its own for {every}, so the estimate stands."),
}
"""Notes that differ in one name only: their code, the name, and what several of them say as one sentence."""


def note_sentences(notes: Sequence[Note]) -> Iterator[str]:
    """Each note as a sentence; those that differ in a name only are one that lists the names."""
    said: set[str] = set()
    for note in notes:
        alike = [one for one in notes if one.code == note.code] if note.code in SAID_TOGETHER else []
        if len(alike) < 2:
            yield note_sentence(note)
        elif note.code not in said:
            said.add(note.code)
            name, sentence = SAID_TOGETHER[note.code]
            yield sentence.format(every=listed(setting_words(str(one[name])) for one in alike))


def _words(note: Note) -> str:
    words = WORDS[note.code]
    return _filled(words, **note.values) if isinstance(words, str) else words(note)
