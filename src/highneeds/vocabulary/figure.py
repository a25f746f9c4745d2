"""A figure as it travels: a number or the kind of gap in its place, with what must be known of it. Words come last."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from highneeds.vocabulary.note import Note
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit


@dataclass(frozen=True)
class Figure:
    """One figure.

    value      in its unit; None where there is none, which is never zero
    state      reported or computed with a value; else the kind of the gap
    decimals   as many as it is shown with; None for those of the unit
    reason     why there is none, or what is to be known beside it
    source     the document and the place in it
    known_on   the day from which on the council could know it; None where nobody says
    rough      True for 'about £53m': sums that rest on it are rough too
    """

    value: Decimal | int | None
    unit: Unit
    state: State
    decimals: int | None = None
    reason: Note | None = None
    source: Source | None = None
    known_on: date | None = None
    rough: bool = False

    def __post_init__(self) -> None:
        if (self.value is not None) is not self.state.has_value:
            raise ValueError(f"value {self.value} does not go with the state {self.state.value}.")

    @classmethod
    def gap(cls, unit: Unit, state: State, reason: Note | None = None, source: Source | None = None) -> "Figure":
        """No figure, of the kind `state`."""
        return cls(None, unit, state, reason=reason, source=source)

    @property
    def shown_decimals(self) -> int:
        return self.unit.decimals if self.decimals is None else self.decimals

    @property
    def rounded(self) -> Decimal | None:
        """As it is shown, halves away from zero. What is worked out further takes `value`."""
        return None if self.value is None else round_half_away(self.value, self.shown_decimals)

    def is_known_on(self, day: date) -> bool:
        """Whether a report of that day may use it; a figure of which nobody says when it was known may be used."""
        return self.known_on is None or self.known_on <= day
