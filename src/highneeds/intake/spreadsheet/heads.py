"""Which period a head speaks of: 'Apr-24', a date, 'April' under '2024/25', '2023-24', with or without a mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.intake.spreadsheet.figures import PROVISIONAL
from highneeds.intake.spreadsheet.grid import GridCell
from highneeds.vocabulary.period import MONTH_NAMES, FinancialYear, Month, Period

_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # fmt: skip # noqa: E501
_YEAR = r"(?P<year>(?:19|20)\d{2}|['’]?\d{2})"
_FULL = (
    re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}[\s\-/]*{_YEAR}$", re.I),
    re.compile(rf"{_YEAR}[\s\-/]+{_MONTH}$", re.I),
)
_NUMERIC = (
    re.compile(r"(?P<year>(?:19|20)\d{2})[-/](?P<number>\d{1,2})(?:[-/]\d{1,2})?$"),
    re.compile(r"(?:\d{1,2}/)?(?P<number>\d{1,2})/(?P<year>(?:19|20)\d{2})$"),
)
_BARE = re.compile(rf"{_MONTH}$", re.I)
_FINANCIAL = re.compile(r"(?:fy\s*)?(?P<first>(?:19|20)\d{2})\s*[-/–—]\s*(?P<last>(?:19|20)?\d{2})$", re.I)
_CALENDAR = re.compile(r"(?P<year>(?:19|20)\d{2})$")
_PERIOD = re.compile(r"(?:period|p|month)\s*0?(?P<number>\d{1,2})$", re.I)
_WORDS_BESIDE = re.compile(r"\b(?:actuals?|outturn|data|position|snapshot|as at|at end(?: of)?|end(?: of)?)\b", re.I)
NOT_ACTUAL = re.compile(r"\b(?:target|plan(?:ned)?|forecast|budget|profile|variance|var|change|rag|trend|direction|trajectory|previous|prior)\b", re.I)  # fmt: skip # noqa: E501


@dataclass(frozen=True)
class Head:
    """What stands over a column, or before a row.

    period       None where it is no period
    is_actual    False for a target, a plan, a forecast or a change in that period
    provisional  True where the head itself is marked so
    note         how it was read, where that is not plain
    """

    period: Period | None
    is_actual: bool = True
    provisional: bool = False
    note: str = ""


def read_head(cells: Sequence[GridCell]) -> Head:
    """The head that the last of these cells is, with what stands above it: a month may stand under its year."""
    texts = [cell.text for cell in cells if not cell.is_empty]
    is_actual = not any(NOT_ACTUAL.search(text) for text in texts)
    provisional = any(PROVISIONAL.search(text) and _stripped(text) != text for text in texts)
    found = _period_of(cells[-1], [other for other in cells[:-1] if not other.is_empty])
    return Head(found[0], is_actual, provisional, found[1]) if found else Head(None, is_actual)


def _period_of(cell: GridCell, above: Sequence[GridCell]) -> tuple[Period, str] | None:
    if cell.day is not None:
        return _of_day(cell)
    text = _stripped(cell.text)
    for pattern in (*_FULL, *_NUMERIC):
        found = pattern.match(text)
        if found:
            number = int(found["number"]) if "number" in pattern.groupindex else _number_of(found["month"])
            if 1 <= number <= len(MONTH_NAMES):
                return Month(_year_of(found["year"]), number), ""
    bare = _BARE.match(text)
    if bare:
        return _under_a_year(_number_of(bare["month"]), above)
    year = financial_year(text)
    return (year, "") if year else None


def financial_year(text: str) -> FinancialYear | None:
    """'2024-25', '2024/25', '2024/2025', 'FY 2024–25'."""
    found = _FINANCIAL.match(text.strip())
    if found and (int(found["first"]) + 1) % 100 == int(found["last"][-2:]):
        return FinancialYear(int(found["first"]))
    return None


def period_number(text: str) -> int | None:
    """'P3', 'Period 03', 'Month 3' and 'June' as the period of a financial year: 1 is April."""
    found = _PERIOD.match(text.strip())
    if found and 1 <= int(found["number"]) <= 12:
        return int(found["number"])
    bare = _BARE.match(_stripped(text))
    return (_number_of(bare["month"]) - 4) % 12 + 1 if bare else None


def _under_a_year(number: int, above: Sequence[GridCell]) -> tuple[Period, str] | None:
    """A month without its year, below a financial or a calendar year."""
    for cell in reversed(above):
        year = financial_year(cell.text)
        if year:
            return Month(year.start if number >= 4 else year.start + 1, number), ""
        calendar = _CALENDAR.match(cell.text)
        if calendar:
            return Month(int(calendar["year"]), number), ""
    return None


def _of_day(cell: GridCell) -> tuple[Period, str]:
    """A date is its month. 'Apr-24' typed into Excel may have become the 24th of April of the year of typing."""
    assert cell.day is not None
    form = cell.form.lower()
    without_year = "y" not in form and "m" in form and "d" in form
    if without_year and cell.day.day > 1:
        month = Month(2000 + cell.day.day, cell.day.month)
        return month, f"stored as {cell.day:%d %b %Y}, shown as {cell.day:%b}-{cell.day.day}: read as {month.label}"
    return Month.of(cell.day), ""


def _stripped(text: str) -> str:
    """Without a mark of provisional figures and without words such as 'actual'."""
    bare = _WORDS_BESIDE.sub(" ", text)
    mark = re.search(r"\s*[(\[](?:p|prov\.?|provisional|r|rev\.?|revised|restated|\*)[)\]]$|\s*\*+$", bare, re.I)
    return " ".join((bare[: mark.start()] if mark else bare).split())


def _number_of(name: str) -> int:
    return next(place for place, short in enumerate(MONTH_NAMES, 1) if name.lower().startswith(short.lower()))


def _year_of(text: str) -> int:
    digits = text.lstrip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
