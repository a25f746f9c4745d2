"""The annex of the registers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from string import Formatter

from highneeds.registers.mechanism.declared import UNNAMED
from highneeds.registers.mechanism.headline import HeadlineClause
from highneeds.registers.mechanism.measure import Reason, SomeRows
from highneeds.report.words.money import plainly as plain_sum
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.words import listed

TITLE = "Registers"
REVIEW_TITLE = "Registers before signature"
ANNEX = "Each gives its headline, its measures in the latest period, and the checks that found something."
REVIEW = "They come first, with the rows and what to do."
EXCEPTIONS = "{title}: what to settle"
CHECKED = "{title}: checks that found something"
SETTLED = "Registers with nothing to settle"
NOTES = "Notes on the registers"
HEADLINE = "In one sentence"
ROW, WHOLE, NOT_CHECKED = "Row", "The whole register", "What could not be checked in the registers"
NONE = "No register is kept yet."
REGISTER, MEASURE, PERIOD, VALUE, STATE = "Register", "Measure", "Period", "Value", "What is to be known"
FEW = "fewer than 5"
SMALL = "not shown: too few children"
SOME = "some"
FIX, QUERY = "to be fixed", "to be looked at"
PRINTED = "as printed"
COUNTED = "As last counted on {day}: {sentence}"
NO_SUCH, NO_YEAR = "none", "the year"
NO_HEADLINE = "The figures for a summary are not on record yet."
LINE = "{title}: {headline} ({exceptions})."
BOARD = "Registers with something to settle"
FURTHER = "Annex D has {more} further registers with something to settle."


def without_number(reason: Reason, few: Callable[[int, int], bool]) -> str:
    """'3 of 17 rows have no cost' without how many where that is few, or all but few: in casework each is a child."""
    if isinstance(reason, SomeRows) and few(reason.part, reason.whole):
        return reason.with_number(SOME)
    return str(reason)


@dataclass(frozen=True)
class SaidFigure:
    """A figure where it stands in a headline.

    words      '12', '£17.5m', 'fewer than 5'
    number     of what is counted; None of a share, a sum, and a number that is hidden
    is_known   False where there is no figure, or where so few stand behind it that it is not shown

    >>> "{open:action is|actions are} open, {late} late".format(open=SaidFigure("1", Decimal(1)), late=SaidFigure("2"))
    '1 action is open, 2 late'
    """

    words: str
    number: Decimal | None = None
    is_known: bool = True

    def __format__(self, forms: str) -> str:
        """The figure with the words that a headline gives for one, for several and, where they differ, for none."""
        one, _, rest = forms.partition("|")
        many, _, none = rest.partition("|")
        if self.number == 0:
            return none or (f"no {many}" if many else NO_SUCH)
        return f"{self.words} {one if self.number == 1 else many}".rstrip()


def in_a_sentence(value: Decimal, unit: str, decimals: int) -> str:
    """A figure as it is said: 'none' of a share, 'nothing' of a sum, '£17.5m', '100%' and not '100.0%', '152' days."""
    if unit == "gbp":
        return plain_sum(value) if value else "nothing"
    if unit == "percent" and not value:
        return "none"
    said = with_commas(value, 0 if value == int(value) else decimals)
    return f"{said}%" if unit == "percent" else said


UNKNOWN = SaidFigure("", is_known=False)


def filled(headline: Sequence[HeadlineClause], said: Mapping[str, SaidFigure | str]) -> str:
    """The headline with its figures; of each of its clauses what stands before the first figure that is not known.

    >>> headline = ("{open} open", "{days} in the middle"), ("{late} late",)
    >>> filled(headline, {"open": "2", "days": UNKNOWN, "late": "1"})
    '2 open; 1 late.'
    """
    found = "; ".join(filter(None, (_known_part(clause, said) for clause in headline)))
    return f"{found}." if found else NO_HEADLINE


def _known_part(parts: Sequence[str], said: Mapping[str, SaidFigure | str]) -> str:
    return ", ".join(one.format_map(said) for one in takewhile(lambda one: _is_known(one, said), parts))


def _is_known(part: str, said: Mapping[str, SaidFigure | str]) -> bool:
    figures = [said[name] for _, name, _, _ in Formatter().parse(part) if name]
    return all(isinstance(one, str) or one.is_known for one in figures)


def caption(title: str, rows: int) -> str:
    """'Fee uplift requests: 12 rows'."""
    return f"{title}: {rows:,} {'row' if rows == 1 else 'rows'}"


def with_exceptions(caption: str, said: str) -> str:
    return f"{caption}; {said}" if said else caption


def opening(kept: int, unsettled: int) -> str:
    """'34 registers are kept; 6 have something to settle.'"""
    are = f"{counted(kept, 'register')} {'is' if kept == 1 else 'are'} kept"
    return f"{are}; {unsettled or 'none'} {'has' if unsettled == 1 else 'have'} something to settle."


def places(rows: list[tuple[str, int | None]], most: int) -> str:
    """'Line 5 (nore)', 'Lines 2 and 4 to 11': where the rows stand in their file, and what a single one is called."""
    lines = sorted({line for _, line in rows if line})
    if not lines:
        return "; ".join(dict.fromkeys(key for key, _ in rows if key)) or WHOLE
    if len(lines) == 1:
        name = rows[0][0]
        named = name and not name.isdigit() and not name.startswith(UNNAMED)
        return f"Line {lines[0]} ({name})" if named else f"Line {lines[0]}"
    more = len(lines) - most
    tail = f" and {counted(more, 'more row')}" if more > 0 else ""
    return f"Lines {listed(runs(lines[:most]))}{tail}"


def runs(lines: Sequence[int]) -> list[str]:
    """[2, 4, 5, 6] -> ['2', '4 to 6']."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [text for run in runs for text in ([str(run[0])] if len(run) == 1 else _ends(run))]


def _ends(run: list[int]) -> list[str]:
    return [str(line) for line in run] if len(run) == 2 else [f"{run[0]} to {run[-1]}"]


def exceptions(fix: int, look: int, fewest: int = 0) -> str:
    """'2 to be fixed, 5 to be looked at'; numbers under `fewest` are not told."""
    parts = [f"{FEW if count < fewest else count} {words}" for count, words in ((fix, FIX), (look, QUERY)) if count]
    return ", ".join(parts)
