"""One cell of a table: the true value, the text that every format shows, and the reason where there is no figure.

A figure is turned into text here and nowhere else, so that the page, the PDF, Word, the workbook and the CSV agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from highneeds.report.shown_number import PERCENT, ShownNumber, change, in_millions
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

Value = Decimal | int | str | None

SHORTHAND = {
    "[x]": "Not reported",
    "[b]": "Left blank",
    "[n]": "Unavailable: this is not reported",
    "[np]": "Not published",
    "[c]": "Confidential: a small count that is not shown",
    "[z]": "Not applicable",
}
_SHORTHAND_OF_STATE = {
    State.SUPPRESSED: "[c]",
    State.NOT_REPORTED: "[x]",
    State.BLANK: "[b]",
    State.UNAVAILABLE: "[n]",
    State.NOT_PUBLISHED: "[np]",
}

PLAIN = ShownNumber()

_SUPPRESSED, _NOT_APPLICABLE = "A small count that is not shown", "Not applicable"
_PLAIN_REASONS = frozenset({*(state.words for state in State), _SUPPRESSED, _NOT_APPLICABLE})


@dataclass(frozen=True)
class Sparkline:
    """A line the size of a word.

    points     one per period; None is a gap in the line
    rollover   position of the first period of the roll-over of school years, where it is to be marked
    """

    points: tuple[Decimal | None, ...]
    rollover: int | None = None


@dataclass(frozen=True)
class Cell:
    """value      what a file carries: a number in its own unit, a text, or None where there is none
    text       what a reader sees, the same in every format
    state      reported, computed, or which kind of gap
    note       why there is no figure, or what to know about it
    unit       a Unit's word for a figure; '' for text
    shorthand  the mark of a gap in the workbook, a key of SHORTHAND
    assurance  an assurance level, shown as a tag with its word and letter
    sparkline  the little line that stands in this cell; `text` says it in words
    href       a web address, or '#id' of a section, table or chart of the same document
    under      a second, smaller line in documents: the full wording under a short title
    shown      how the number is shown as `text`; None where that is told otherwise, as 'less than 1 in 100' is
    """

    value: Value
    text: str
    state: State = State.REPORTED
    note: str = ""
    unit: str = ""
    shorthand: str = ""
    assurance: AssuranceLevel | None = None
    sparkline: Sparkline | None = None
    href: str = ""
    under: str = ""
    shown: ShownNumber | None = None

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, Decimal | int)

    @property
    def is_gap(self) -> bool:
        return bool(self.shorthand)

    @property
    def with_its_unit(self) -> "Cell":
        """The same for a column of several units: a file too carries what a reader sees."""
        return Cell(self.text, self.text, note=self.note, shown=self.shown)

    @property
    def is_plain_mark(self) -> bool:
        """A gap shown by one of the marks that the key explains, not by words of its own."""
        return self.is_gap and self.text in {*(state.mark for state in State), *SHORTHAND}

    @property
    def needs_note(self) -> bool:
        """A note of its own; a gap that only says its state is explained by the key."""
        return bool(self.note) and not (self.is_gap and self.note in _PLAIN_REASONS)

    @classmethod
    def words(cls, text: str, *, href: str = "", note: str = "", under: str = "") -> "Cell":
        return cls(text or None, text, note=note, href=href, under=under)

    @classmethod
    def number(
        cls,
        value: Decimal | int,
        shown: ShownNumber = PLAIN,
        *,
        state: State = State.REPORTED,
        note: str = "",
        unit: str = "",
        href: str = "",
    ) -> "Cell":
        """'7,765', or as `shown` says."""
        return cls(value, shown.text(value), state, note, unit, href=href, shown=shown)

    @classmethod
    def figure(
        cls,
        value: Decimal | int,
        unit: Unit,
        *,
        decimals: int | None = None,
        bare: bool = False,
        state: State = State.REPORTED,
        note: str = "",
        href: str = "",
    ) -> "Cell":
        """'37.5%', '7,765', '£53,252'; `bare` leaves the unit to the column head: '37.5', '53,252'."""
        places = unit.decimals if decimals is None else decimals
        if unit is Unit.GBP and not bare:
            return cls.pounds(value, state=state, note=note, href=href)
        shown = ShownNumber(places, after=PERCENT if unit is Unit.PERCENT and not bare else "")
        return cls.number(value, shown, state=state, note=note, unit=unit.value, href=href)

    @classmethod
    def change(cls, value: Decimal | int, unit: Unit, *, decimals: int | None = None, note: str = "") -> "Cell":
        """'+0.4 points', '−12', '+£1,334'."""
        kind = Unit.PERCENTAGE_POINTS if unit is Unit.PERCENT else unit
        places = unit.decimals if decimals is None else decimals
        shown = change(value, places, " points" if unit is Unit.PERCENT else "", pound=unit is Unit.GBP)
        return cls.number(value, shown, state=State.COMPUTED, note=note, unit=kind.value)

    @classmethod
    def change_percent(cls, value: Decimal | int, *, decimals: int = 1, note: str = "") -> "Cell":
        """A change of an amount in per cent: '+8.3%'."""
        shown = change(value, decimals, PERCENT)
        return cls.number(value, shown, state=State.COMPUTED, note=note, unit=Unit.PERCENT.value)

    @classmethod
    def pounds(cls, value: Decimal | int, *, state: State = State.REPORTED, note: str = "", href: str = "") -> "Cell":
        """'£53,252'."""
        return cls.number(value, ShownNumber(pound=True), state=state, note=note, unit=Unit.GBP.value, href=href)

    @classmethod
    def millions(
        cls,
        value: Decimal | int,
        *,
        decimals: int = 1,
        plus: bool = False,
        prefix: str = "",
        state: State = State.REPORTED,
        note: str = "",
    ) -> "Cell":
        """Pounds in millions: '£29.9m', '+£23.1m'; `prefix` is a word before it: 'about £53m', 'at least £30m'."""
        before = f"{prefix} " if prefix else ""
        shown = in_millions(value, decimals, before) if value else ShownNumber(pound=True, before=before)
        shown = replace(shown, plus=plus and value > 0)
        return cls.number(value, shown, state=state, note=note, unit=Unit.GBP.value)

    @classmethod
    def gap(cls, state: State, reason: str = "") -> "Cell":
        """No figure: the state's own mark, never zero, never nothing."""
        return cls(None, state.mark, state, reason or state.words, shorthand=_SHORTHAND_OF_STATE[state])

    @classmethod
    def suppressed(cls, note: str = _SUPPRESSED) -> "Cell":
        return cls(None, "[c]", State.UNAVAILABLE, note, shorthand="[c]")

    @classmethod
    def not_applicable(cls, note: str = _NOT_APPLICABLE) -> "Cell":
        return cls(None, "[z]", State.UNAVAILABLE, note, shorthand="[z]")

    @classmethod
    def tag(cls, level: AssuranceLevel, *, note: str = "") -> "Cell":
        """An assurance level: the word, with its letter beside it where it has one."""
        return cls(level.words, tag_text(level), note=note, assurance=level)

    @classmethod
    def spark(cls, points: Sequence[Decimal | int | None], *, words: str, rollover: int | None = None) -> "Cell":
        """A sparkline; `words` say what it shows, for those who cannot see it: '38.8 to 37.4, lowest 34.6 in Aug'."""
        exact = tuple(None if point is None else Decimal(point) for point in points)
        return cls(words, words, State.COMPUTED, sparkline=Sparkline(exact, rollover))


def tag_text(level: AssuranceLevel) -> str:
    """'On target (G)'; the states without a level have no letter."""
    return f"{level.words} ({level.value})" if level.is_given else level.words
