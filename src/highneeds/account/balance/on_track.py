"""The three on-track questions of the DfE template, answered from figures. An answer is the figures that it rests on
and the verdict that follows from them; `report/words/on_track.py` puts it into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from highneeds.account.stated import Stated
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import Month


class OnTrackVerdict(StrEnum):
    YES = "Yes"
    NO = "No"
    CANNOT_SAY = "Cannot say"


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


@dataclass(frozen=True)
class OnTrackInYear:
    """To achieve the agreement's projected deficit in the current year? Both sums are before contributions.

    no_forecast   why the council's own account gives no forecast, nothing where nothing is to be said of it
    """

    target: Stated | None
    forecast: Stated | None
    no_forecast: tuple[Note, ...] = ()

    @property
    def verdict(self) -> OnTrackVerdict:
        """Yes when the forecast is no higher than the target."""
        if self.target is None or self.forecast is None:
            return OnTrackVerdict.CANNOT_SAY
        return OnTrackVerdict.YES if self.forecast.pence <= self.target.pence else OnTrackVerdict.NO

    @property
    def rests_on(self) -> tuple[Stated, ...]:
        """Forecast and target, where both are there."""
        return () if self.target is None or self.forecast is None else (self.forecast, self.target)


@dataclass(frozen=True)
class OnTrackByEnd:
    """To achieve a nil deficit by the end of the agreement? `rests_on` is every statement of the balance at its end."""

    rests_on: tuple[Stated, ...]

    @property
    def verdict(self) -> OnTrackVerdict:
        """Yes when every statement is nil or less; No when every one leaves a deficit."""
        if self.rests_on and all(one.high is not None and one.high <= 0 for one in self.rests_on):
            return OnTrackVerdict.YES
        if self.rests_on and all(one.low > 0 for one in self.rests_on):
            return OnTrackVerdict.NO
        return OnTrackVerdict.CANNOT_SAY


@dataclass(frozen=True)
class OnTrackCapital:
    """Is the capital project on track? `rests_on` is every project."""

    rests_on: tuple[CapitalProject, ...]

    @property
    def late(self) -> tuple[CapitalProject, ...]:
        return tuple(one for one in self.rests_on if not one.is_on_time)

    @property
    def verdict(self) -> OnTrackVerdict:
        """Yes when every project has opened, or is expected, by its planned month."""
        if not self.rests_on:
            return OnTrackVerdict.CANNOT_SAY
        return OnTrackVerdict.NO if self.late else OnTrackVerdict.YES


OnTrackAnswer = OnTrackInYear | OnTrackByEnd | OnTrackCapital


def on_track(
    target: Stated | None,
    forecast: Stated | None,
    at_end: Sequence[Stated],
    projects: Sequence[CapitalProject],
    no_forecast: tuple[Note, ...] = (),
) -> tuple[OnTrackInYear, OnTrackByEnd, OnTrackCapital]:
    """The three answers in the template's order."""
    return (
        OnTrackInYear(target, forecast, no_forecast),
        OnTrackByEnd(tuple(at_end)),
        OnTrackCapital(tuple(projects)),
    )
