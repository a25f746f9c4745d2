"""The pack of the oversight board, the table for Cabinet, the pack of the schools forum."""

from collections.abc import Sequence

from highneeds.vocabulary.words import listed

WHY = "What changed, and why"
DECISIONS = "Decisions we need from you"
NO_DECISION = "No decision is needed from this meeting."
SETTLE = "Settle which deficit is expected at the end of {end}: {figures}."
SET = "Agree a target and a forecast for {year}: without both, we cannot say whether we are on track."
RECOVER = "Agree how what is above target, {amount}, is to be recovered."
DATES = "Press the Department for Education for dates for {schools}."
LEVELS = "Ask the owner of condition {number} to confirm its level: the measures are {measures}."
DECIDE = "{title} ({when})"
NO_DAY = "no day set yet"
CABINET_TITLE = "The dedicated schools grant: where we stand"
CABINET_NOTE = "Same figures as in our report to the Department for Education of {day}."
FORUM_DECIDES = "What you decide"
FORUM_ACCOUNT = "What came in and what it is spent on"
FORUM_TRANSFER = "Transfer from the schools block"
FORUM_NO_TRANSFER = "No transfer from the schools block is on record."
FORUM_NOT_ASKED = "No request for a transfer from the schools block for {year} is on record."
FORUM_NOTHING = "Nothing on record waits for a decision of the forum."
FORUM_TOP_UPS = "Top-ups"
FORUM_NO_TOP_UPS = "We have not published the number of top-ups or their average amount."
FORUM_PLACES = "Places and what they cost"
FORUM_NO_PLACES = "We have not published the number of places that we commission."
FORUM_REGISTERS = "From our registers"
FORUM_COMPARED = "Spending beside other councils"
FORUM_DEFICIT = "The balance of the account"
FORUM_PRESSURES = "What drives cost"
TIED = "Tied to {tied}. It stops when {stops}."
AMOUNT_UNKNOWN = "amount not published"
CONSENT = "Consent to the transfer from the schools block: {transfer}"
TOP_UP_LINES = (
    ("maintained schools, academies and colleges", ("1.2.1", "1.2.2", "1.2.4")),
    ("non-maintained and independent providers", ("1.2.3",)),
)
"""Whom top-ups are paid to, by line of the section 251 return."""


def transferred(years: Sequence[tuple[str, str]]) -> str:
    """'Moved in from other blocks so far: £150,000 in 2023-24 and £165,000 in 2024-25.'"""
    return f"Moved in from other blocks so far: {listed(f'{amount} in {year}' for year, amount in years)}."


def top_ups(to: str, amount: str, year: str, change: str = "", before: str = "") -> str:
    """'Top-ups to maintained schools, academies and colleges: £15.9m in 2024-25, £1.1m more than in 2023-24.'"""
    beside = f", {change} than in {before}" if change else ""
    return f"Top-ups to {to}: {amount} in {year}{beside}."


def more_or_less(amount: str, more: bool) -> str:
    return f"{amount} {'more' if more else 'less'}"
