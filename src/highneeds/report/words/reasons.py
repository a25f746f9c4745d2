"""Where a sum of the account stands, or why there is none."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from highneeds.account.amount import Amount, Ground
from highneeds.account.later import is_later
from highneeds.account.stated import Stated, in_words
from highneeds.account.variance.drivers import Driver
from highneeds.vocabulary.note import Note

LATER = "published after this report"


def joined(grounds: Iterable[Ground]) -> str:
    """Each place and note in words, with semicolons between."""
    return "; ".join(said(one) if isinstance(one, Note) else str(one) for one in grounds)


def grounds(amount: Amount) -> str:
    """Where a sum stands, or why there is none."""
    return joined(amount.grounds)


def why_none(amount: Amount) -> str:
    """Why there is no sum; '' where there is one."""
    return joined(amount.reasons)


def basis(driver: Driver) -> str:
    """How the effect of a driver is known, or why it is not; 'indicative' where it is a sum done here."""
    if driver.estimated and driver.effect.is_known:
        return f"indicative: {', '.join(joined((one,)) for one in driver.effect.sources)}"
    return grounds(driver.effect)


def placed(one: Stated, report: date) -> str:
    """'£97.5m (Cabinet 22 Jul 2025, published after this report)'."""
    return f"{one.words} ({with_later(one.source)})" if is_later(one.dated, report) else one.evidence


def with_later(source: str) -> str:
    """'Cabinet 22 Jul 2025, published after this report'."""
    return f"{source}, {LATER}"


def no_saving(more: Amount) -> str:
    return f"the saving per place is not known: {why_none(more)}"


def said(note: Note) -> str:
    words = WORDS[note.code]
    if callable(words):
        return words(note)
    at = " ".join(note.sources)
    return words.format(at=at, in_brackets=f" ({at})" if at else "", **note.values)


def _on(note: Note, written: str = "%d %B %Y") -> str:
    return date.fromisoformat(str(note["day"])).strftime(written)


def _at(note: Note) -> str:
    return f"at {_on(note)}: {said(Note.of('stands.stated', words=note['words'], sources=note.sources))}"


def _points_above(note: Note) -> str:
    return f"{note['points']}% of {in_words(int(str(note['pence'])))}"


def _schools(note: Note) -> str:
    return f"{str(note['group']).replace('_', ' ')} schools"


WORDS: Mapping[str, str | Callable[[Note], str]] = {
    "amount.empty": "{column} is empty at {at}",
    "amount.no_row": "{column} is empty at a row for {year}, which is missing",
    "amount.no_row_of_year": "years.csv has no row for {year}",
    "amount.no_year": "the account has no year {year}",
    "amount.spend_ends": "spend of {year} runs to P{period} only",
    "amount.no_spend": "no spend is given for {year}",
    "amount.no_opening": "the deficit before {year} is not published",
    "amount.no_deficit": "the deficit of {year} is not known",
    "amount.no_deficit_at": lambda note: f"the deficit at {_on(note, '%-d %B %Y')} is not published",
    "amount.no_balance_at": lambda note: f"the deficit at {_on(note)} is not published",
    "amount.no_position": "the in-year position of {year} is not published",
    "amount.no_share": "the plan is nil or a surplus: no share of it",
    "amount.no_break_even": "no year in balance is published",
    "amount.not_in_account": "not published, and the workspace keeps no account of its own for it",
    "amount.no_outturn": "the outturn of {year} is not in the published statistics",
    "amount.no_lines": "spend by line is not in the published statistics",
    "amount.no_state_funded": "spend on state-funded settings is not in the published statistics",
    "amount.no_statistics": "no published statistics are given",
    "amount.no_return": "no return states the deficit",
    "amount.not_returned": "{name}: not published",
    "amount.no_size": "the size of {payment} is not given at {at}",
    "amount.no_accepted_report": "{payment} is not counted: no accepted report stands behind it at {at}",
    "amount.no_sum_received": "{payment} came, and the sum received is not stated at {at}",
    "amount.no_reserves": "the council's usable reserves of {year} are not in the workspace",
    "amount.no_contribution": "the council's contribution of {year} is not in the payments register",
    "amount.no_rate": "no rate of borrowing is given for {year}",
    "amount.no_investment": "the amount of {investment} is not given at {at}",
    "amount.no_places": "the places of {title} are not in the register of openings",
    "amount.no_unit_cost": lambda note: f"registers/unit_costs.csv has no cost of {_schools(note)}",
    "amount.no_figure": "no figure is published",
    "amount.own_reason": "{reason}",
    "stands.closing": "closing of {year}",
    "stands.planned_closing": "planned closing of {year}",
    "stands.closing_at": lambda note: f"closing deficit at {_on(note)}",
    "stands.no_planned_deficit": "no planned deficit is printed at {at}",
    "stands.every_year_above": "every year is above zero",
    "stands.stated": "{words}{in_brackets}",
    "stands.layer": "{layer}, {words}{in_brackets}",
    "stands.forecast": "forecast {words}{in_brackets}",
    "stands.target": "target {words}{in_brackets}",
    "stands.implied": "implied by the gap of {words}{in_brackets}, if payments came as planned",
    "stands.at": _at,
    "stands.as_published": "as published",
    "stands.outturn": "{year} outturn, {at}",
    "stands.local_plan": "the local plan is {approval}",
    "stands.nothing_outside": "assumed, because no overspend outside high needs is published",
    "stands.average_balance": "{percent}% on the average balance",
    "stands.points_above": _points_above,
    "stands.unit_costs": lambda note: f"registers/unit_costs.csv, {_schools(note)}",
}
"""Why there is no sum (`amount`), and where one stands that no single place prints (`stands`): one entry a code."""
