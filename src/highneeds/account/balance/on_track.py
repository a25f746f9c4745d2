"""The three on-track questions of the DfE template, answered from figures, each with its reason and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from highneeds.account.stated import Stated, in_words, roughly
from highneeds.vocabulary.period import Month


class OnTrackVerdict(StrEnum):
    YES = "Yes"
    NO = "No"
    CANNOT_SAY = "Cannot say"


@dataclass(frozen=True)
class AnswerSource:
    """What an answer rests on: words with their place, and the id of the fact that they quote, '' for none."""

    words: str
    fact: str = ""


@dataclass(frozen=True)
class OnTrackAnswer:
    """One question with its answer, one line of reason, and where each figure stands."""

    question: str
    verdict: OnTrackVerdict
    reason: str
    evidence: tuple[AnswerSource, ...]


@dataclass(frozen=True)
class CapitalProject:
    """planned    month of opening in the agreement
    latest     month now expected, or in which it opened; None where there is none
    status     such as open, delayed, rejected
    as_at      the month of the report; without any other date, what is planned for it or later is on time
    fact       the id of the fact that its dates are from, '' for none
    name       its short name, for a sentence; '' where the title is short
    """

    title: str
    planned: Month
    latest: Month | None
    status: str = ""
    source: str = ""
    as_at: Month | None = None
    fact: str = ""
    name: str = ""

    @property
    def is_on_time(self) -> bool:
        if self.status == "rejected":
            return False
        if self.latest is None:
            return self.as_at is not None and self.planned >= self.as_at and self.status != "delayed"
        return self.latest <= self.planned

    @property
    def short(self) -> str:
        """The name and what became of it: 'Elm 4 months late'."""
        late = f"{self.planned.months_until(self.latest)} months late" if self.latest else self.status or "no date"
        return f"{self.name or self.title} {late}"

    @property
    def words(self) -> str:
        now = f"now {self.latest.label}" if self.latest else (self.status or "no date")
        opened = f"opened {self.latest.label}" if self.latest and self.status == "open" else now
        return f"{self.title}: planned {self.planned.label}, {opened}"


IN_YEAR = "To achieve the agreement's projected deficit in the current year?"
BY_END = "To achieve a nil deficit by the end of the agreement?"
CAPITAL = "Is the capital project on track?"


def on_track(
    target: Stated | None,
    forecast: Stated | None,
    at_end: Sequence[Stated],
    projects: Sequence[CapitalProject],
    no_forecast: str = "",
) -> tuple[OnTrackAnswer, OnTrackAnswer, OnTrackAnswer]:
    """The three answers in the template's order. `no_forecast` is why the council's own account gives no forecast."""
    return on_track_in_year(target, forecast, no_forecast), on_track_by_end(at_end), on_track_capital(projects)


def on_track_in_year(target: Stated | None, forecast: Stated | None, no_forecast: str = "") -> OnTrackAnswer:
    """Yes when the in-year forecast is no higher than the target, both before contributions."""
    if target is None or forecast is None:
        return OnTrackAnswer(IN_YEAR, OnTrackVerdict.CANNOT_SAY, _what_is_not_there(target, forecast, no_forecast), ())
    more = forecast.pence - target.pence
    verdict = OnTrackVerdict.YES if more <= 0 else OnTrackVerdict.NO
    side = f"{roughly(abs(more), forecast, target)} {'above' if more > 0 else 'below'}" if more else "equal to"
    reason = f"The forecast {_balance(forecast)} is {side} the {_target(target)}, before contributions."
    evidence = (
        AnswerSource(f"forecast {forecast.evidence}", forecast.fact),
        AnswerSource(f"target {target.evidence}", target.fact),
    )
    return OnTrackAnswer(IN_YEAR, verdict, reason, evidence)


def _what_is_not_there(target: Stated | None, forecast: Stated | None, no_forecast: str) -> str:
    """'There is no target for the year.', 'There is no forecast for the year: spend of 2025-26 runs to P3 only.'"""
    absent = " and ".join(name for name, one in (("no target", target), ("no forecast", forecast)) if one is None)
    why = f": {no_forecast}" if forecast is None and no_forecast else ""
    return f"There is {absent} for the year{why}."


def _balance(one: Stated) -> str:
    """'overspend of about £53m', 'surplus of £2m'."""
    return f"surplus of {in_words(-one.pence)}" if one.pence < 0 else f"overspend of {one.words}"


def _target(one: Stated) -> str:
    """'£29.9m target', 'target of a £2m surplus'."""
    return f"target of a {in_words(-one.pence)} surplus" if one.pence < 0 else f"{one.words} target"


def on_track_by_end(at_end: Sequence[Stated]) -> OnTrackAnswer:
    """Yes when every statement of the final balance is nil or less; No when every one leaves a deficit."""
    if not at_end:
        return OnTrackAnswer(BY_END, OnTrackVerdict.CANNOT_SAY, "Nothing is published on the balance at the end.", ())
    evidence = tuple(AnswerSource(one.evidence, one.fact) for one in at_end)
    if all(one.high is not None and one.high <= 0 for one in at_end):
        return OnTrackAnswer(BY_END, OnTrackVerdict.YES, "The balance at the end is nil or a surplus.", evidence)
    if all(one.low > 0 for one in at_end):
        return OnTrackAnswer(BY_END, OnTrackVerdict.NO, _left(at_end), evidence)
    return OnTrackAnswer(BY_END, OnTrackVerdict.CANNOT_SAY, "What is published allows a deficit and none.", evidence)


def _left(statements: Sequence[Stated]) -> str:
    """One figure as a sentence; several as what each document says."""
    different = len({one.words for one in statements})
    if different == 1:
        return f"A deficit of {statements[0].words} is expected to remain."
    counted = {2: "Two", 3: "Three"}.get(different, str(different))
    return f"A deficit is expected to remain. {counted} figures are published: {'; '.join(_each(statements))}."


def _each(statements: Sequence[Stated]) -> tuple[str, ...]:
    return tuple(one.evidence for one in statements)


def on_track_capital(projects: Sequence[CapitalProject]) -> OnTrackAnswer:
    """Yes when every project has opened, or is expected, by its planned month."""
    if not projects:
        return OnTrackAnswer(CAPITAL, OnTrackVerdict.CANNOT_SAY, "No capital project is recorded.", ())
    late = [one for one in projects if not one.is_on_time]
    evidence = tuple(
        AnswerSource(f"{one.words} ({one.source})" if one.source else one.words, one.fact) for one in projects
    )
    if not late:
        return OnTrackAnswer(CAPITAL, OnTrackVerdict.YES, f"All {len(projects)} projects are on time.", evidence)
    reason = f"{len(late)} of {len(projects)} projects are not on time: {'; '.join(one.short for one in late)}."
    return OnTrackAnswer(CAPITAL, OnTrackVerdict.NO, reason, evidence)
