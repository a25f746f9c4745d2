"""What a cell of figures says: a number, or why there is none, in the marks that councils and DfE write."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from highneeds.intake.spreadsheet.grid import GridCell
from highneeds.intake.values import BEYOND
from highneeds.vocabulary.state import State

NOT_REPORTED = frozenset({"-", "–", "—", "−", "--", "nil return", "no data", "nodata"})
UNAVAILABLE = frozenset(
    {
        "n/a",
        "na",
        "n.a.",
        "n/av",
        "not applicable",
        "not available",
        "unavailable",
        "..",
        ":",
        "x",
        "z",
        "u",
        "nk",
        "n/k",
    }
)
SUPPRESSED = frozenset({"*", "c", "~", "supp", "supp.", "suppressed", "[c]", "low", "[low]"})
AWAITED = frozenset(
    {"tbc", "tba", "tbd", "awaited", "awaiting", "pending", "to follow", "due", "t.b.c.", "not yet due"}
)
FEWER = re.compile(r"(?:<|≤|<=|under|less than|fewer than)\s*(\d+)$")
PROVISIONAL = re.compile(r"\s*[(\[]?\s*(?:p|prov\.?|provisional|est\.?|estimate)\s*[)\]]?$", re.I)
RESTATED = re.compile(r"\s*[(\[]?\s*(?:r|rev\.?|revised|restated)\s*[)\]]?$", re.I)
FOOTNOTE = re.compile(r"\s*(?:[*†‡§^]+|\[\d+\]|\(\d\)|[¹²³⁴⁵⁶⁷⁸⁹]+)$")
ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)$", re.I)
NUMBER = re.compile(
    r"(?P<minus>[-−–]\s*)?(?P<open>\()?\s*(?P<inner>[-−–]\s*)?(?P<pound>£\s*)?(?P<after>[-−–]\s*)?"
    r"(?P<digits>\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d+|(?=\.\d))(?P<rest>\.\d+)?\s*"
    r"(?P<scale>bn|m(?:illion)?|k)?\s*(?P<percent>%|per ?cent|pp)?\s*(?P<close>\))?"
)
TOO_LARGE = "too large for a figure of a council"
SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}


@dataclass(frozen=True)
class ReadFigure:
    """value: None where the state has none; note: what was done with the cell, where it is not plain.

    has_scale: True where the cell says thousands or millions itself, '£1.2m'.
    """

    value: Decimal | None
    state: State
    note: str = ""
    is_percent: bool = False
    is_pounds: bool = False
    readable: bool = True
    has_scale: bool = False


def read_figure(cell: GridCell) -> ReadFigure:
    """The figure of a cell. One that is neither a number nor a known mark is not readable, and says so."""
    found = _read(cell)
    if found.value is not None and (not found.value.is_finite() or abs(found.value) >= BEYOND):
        return _unreadable(TOO_LARGE)
    return found


def _read(cell: GridCell) -> ReadFigure:
    if cell.problem:
        return _unreadable(cell.problem)
    if cell.number is not None:
        return ReadFigure(cell.number, State.REPORTED, is_percent=cell.is_percent, is_pounds="£" in cell.form)
    if cell.day is not None:
        return _unreadable("a date stands where a figure belongs")
    return _of_mark(cell.text) or _of_number(cell.text) or _unreadable(f"'{cell.text}' is no figure and no known mark")


def _unreadable(why: str) -> ReadFigure:
    return ReadFigure(None, State.UNAVAILABLE, why, readable=False)


def _of_mark(text: str) -> ReadFigure | None:
    word = text.strip().lower()
    if not word:
        return ReadFigure(None, State.BLANK)
    if word in NOT_REPORTED:
        return ReadFigure(None, State.NOT_REPORTED, "a dash")
    if word in UNAVAILABLE:
        return ReadFigure(None, State.UNAVAILABLE, f"printed {text}")
    if word in AWAITED:
        return ReadFigure(None, State.NOT_REPORTED, f"printed {text}: still to come")
    if word in SUPPRESSED or FEWER.match(word):
        return ReadFigure(None, State.SUPPRESSED, f"printed {text}")
    if ERROR.match(text.strip()):
        return ReadFigure(None, State.UNAVAILABLE, f"the spreadsheet says {text.strip().upper()}")
    return None


def _of_number(text: str) -> ReadFigure | None:
    plain = _parsed(text)
    if plain is not None:
        return plain
    for pattern, state, said in (
        (PROVISIONAL, State.PROVISIONAL, "marked provisional"),
        (RESTATED, State.RESTATED, "marked restated"),
        (FOOTNOTE, State.REPORTED, "a mark of a footnote is left out"),
    ):
        mark = pattern.search(text)
        inner = _parsed(text[: mark.start()]) if mark and mark.start() else None
        if inner is not None:
            return replace(inner, state=state, note=f"{said}: {text}")
    return None


def _parsed(text: str) -> ReadFigure | None:
    """'1,234', '48.2%', '£1.2m', '(10)', '−5'. None for anything else, a decimal comma among them."""
    found = NUMBER.fullmatch(text.strip())
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    value = Decimal(re.sub(r"[^\d]", "", found["digits"]) + (found["rest"] or ""))
    value *= SCALES[(found["scale"] or "").lower()]
    minuses = sum(bool(found[name]) for name in ("minus", "inner", "after", "open"))
    if minuses > 1:
        return None
    note = "brackets are a minus" if found["open"] else ""
    percent, pounds = bool(found["percent"]), bool(found["pound"])
    value = -value if minuses else value
    return ReadFigure(value, State.REPORTED, note, percent, pounds, has_scale=bool(found["scale"]))
