"""Savings as the forecast prices them, in sentences."""

from collections.abc import Mapping, Sequence

from highneeds.account.savings.priced import Overlap, Together
from highneeds.account.stated import in_words
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.note import Note

NO_PRICE: Mapping[str, str] = {
    "saving.forecast_too_short": "the forecast ends before {year}",
    "saving.no_prices": "the forecast has no prices",
    "saving.no_lever": "the register names no lever",
    "saving.no_scenario": "no scenario of the workspace gives {lever} its strength and start",
    "saving.several_scenarios": "several scenarios hold {lever} alone: {scenarios}; name one",
    "saving.unknown_lever": "'{lever}' is neither a scenario of the workspace nor a lever",
}
"""Why the forecast gives no price of an action: one entry for each code."""


def no_price(note: Note | None) -> str:
    """Why an action has no price; '' where it has one."""
    return NO_PRICE[note.code].format(**note.values) if note else ""


def overlaps(found: Sequence[Overlap]) -> str:
    """'with places: both change requests; with again: the same scenario'."""
    return "; ".join(f"with {one.action}: {_shared(one)}" for one in found)


def _shared(one: Overlap) -> str:
    return f"both change {', '.join(one.flows)}" if one.flows else "the same scenario"


def together(one: Together) -> str:
    """What priced actions save done together, beside what is asked for, with its odds."""
    words = (
        f"Done together, {counted(len(one.names), 'action saves', 'actions save')} "
        f"{in_words(round(one.mean * 100))} in {one.year} (8 in 10 futures: {in_words(round(one.low * 100))} to "
        f"{in_words(round(one.high * 100))}); {in_words(round(abs(one.overlap) * 100))} of overlap is taken out"
    )
    if one.asked is None or one.reached is None:
        return f"{words}."
    return f"{words}; {in_words(one.asked.low)} a year is reached in {round(100 * one.reached)}% of futures."
