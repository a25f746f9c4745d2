"""The three on-track questions: each answer with its reason and what it rests on, and the commentary on them."""

from collections.abc import Sequence

from highneeds.account.balance.on_track import (
    CapitalProject,
    OnTrackAnswer,
    OnTrackByEnd,
    OnTrackCapital,
    OnTrackInYear,
    OnTrackVerdict,
)
from highneeds.account.balance.table import AccountMeasure
from highneeds.account.stated import Stated, in_words
from highneeds.report.words.reasons import joined
from highneeds.report.words.sums import roughly

TITLE = "Is our plan on track?"
PARTS = ("On track: in year", "On track: end of the agreement", "On track: capital")
OWN_TITLE, HOW_IT_CAME = "Is the plan on track?", "How the gap came about"
NO_COMMENTARY = "The three answers stand on the first page. We have not written a commentary on them yet."
NO_COMMENT = "We have not written a commentary on this yet."
IN_YEAR = "To achieve the agreement's projected deficit in the current year?"
BY_END = "To achieve a nil deficit by the end of the agreement?"
CAPITAL = "Is the capital project on track?"
NIL_AT_END = "The balance at the end is nil or a surplus."
NO_BALANCE = "Nothing is published on the balance at the end."
BOTH_ALLOWED = "What is published allows a deficit and none."
NO_PROJECT = "No capital project is recorded."
NO_DATE = "no date"
OPENINGS_SOURCE = "Our register of openings. Circle: planned. Square: opened. Diamond: now expected"


def answer(word: str) -> str:
    """The answer as the template prints it, before the commentary."""
    return f"{word}."


def openings_title(late: int, whole: int) -> str:
    """The finding of the chart."""
    if not late:
        return f"All {whole} openings are on time"
    return f"{late} of {whole} planned openings {'is' if late == 1 else 'are'} late or lost"


def question(answer: OnTrackAnswer) -> str:
    """The question of the template that it answers."""
    match answer:
        case OnTrackInYear():
            return IN_YEAR
        case OnTrackByEnd():
            return BY_END
        case OnTrackCapital():
            return CAPITAL


def reason(answer: OnTrackAnswer) -> str:
    """One line: why the answer is yes or no, or why there is none."""
    match answer:
        case OnTrackInYear():
            return _in_year(answer)
        case OnTrackByEnd():
            return _by_end(answer)
        case OnTrackCapital():
            return _capital(answer)


def rests_on(answer: OnTrackAnswer) -> tuple[str, ...]:
    """Each figure and project behind an answer with its place, in the order of `answer.rests_on`."""
    match answer:
        case OnTrackInYear():
            named = zip(("forecast", "target"), answer.rests_on, strict=False)
            return tuple(f"{name} {one.evidence}" for name, one in named)
        case OnTrackByEnd():
            return tuple(one.evidence for one in answer.rests_on)
        case OnTrackCapital():
            return tuple(f"{dates(one)} ({one.source})" if one.source else dates(one) for one in answer.rests_on)


def _in_year(answer: OnTrackInYear) -> str:
    target, forecast = answer.target, answer.forecast
    if target is None or forecast is None:
        return _what_is_not_there(answer)
    more = forecast.pence - target.pence
    side = f"{roughly(abs(more), forecast, target)} {'above' if more > 0 else 'below'}" if more else "equal to"
    return f"The forecast {_balance(forecast)} is {side} the {_target(target)}, before contributions."


def _what_is_not_there(answer: OnTrackInYear) -> str:
    """'There is no target for the year.', 'There is no forecast for the year: spend of 2025-26 runs to P3 only.'"""
    sums = {"no target": answer.target, "no forecast": answer.forecast}
    absent = " and ".join(name for name, one in sums.items() if one is None)
    why = f": {joined(answer.no_forecast)}" if answer.forecast is None and answer.no_forecast else ""
    return f"There is {absent} for the year{why}."


def _balance(one: Stated) -> str:
    """'overspend of about £53m', 'surplus of £2m'."""
    return f"surplus of {in_words(-one.pence)}" if one.pence < 0 else f"overspend of {one.words}"


def _target(one: Stated) -> str:
    """'£29.9m target', 'target of a £2m surplus'."""
    return f"target of a {in_words(-one.pence)} surplus" if one.pence < 0 else f"{one.words} target"


def _by_end(answer: OnTrackByEnd) -> str:
    if not answer.rests_on:
        return NO_BALANCE
    if answer.verdict is OnTrackVerdict.CANNOT_SAY:
        return BOTH_ALLOWED
    return NIL_AT_END if answer.verdict is OnTrackVerdict.YES else _left(answer.rests_on)


def _left(statements: Sequence[Stated]) -> str:
    """One figure as a sentence; several as what each document says."""
    different = len({one.words for one in statements})
    if different == 1:
        return f"A deficit of {statements[0].words} is expected to remain."
    counted = {2: "Two", 3: "Three"}.get(different, str(different))
    each = "; ".join(one.evidence for one in statements)
    return f"A deficit is expected to remain. {counted} figures are published: {each}."


def _capital(answer: OnTrackCapital) -> str:
    if not answer.rests_on:
        return NO_PROJECT
    late, whole = answer.late, len(answer.rests_on)
    if not late:
        return f"All {whole} projects are on time."
    return f"{len(late)} of {whole} projects are not on time: {'; '.join(map(became, late))}."


def became(project: CapitalProject) -> str:
    """The name and what became of it: 'Elm 4 months late'."""
    slip = project.planned.months_until(project.latest) if project.latest else None
    said = project.status or NO_DATE if slip is None else f"{slip} months late"
    return f"{project.name or project.title} {said}"


def dates(project: CapitalProject) -> str:
    """'Elm School: planned Sep 2024, now Oct 2024'."""
    now = f"now {project.latest.label}" if project.latest else project.status or NO_DATE
    opened = f"opened {project.latest.label}" if project.latest and project.status == "open" else now
    return f"{project.title}: planned {project.planned.label}, {opened}"


def where_it_stands(measure: AccountMeasure) -> str:
    """Where a measure of the account stands, or why it has no value."""
    grounds = measure.grounds
    return joined(grounds) if isinstance(grounds, tuple) else reason(grounds)
