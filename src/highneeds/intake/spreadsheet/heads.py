"""Which period a head speaks of: 'Apr-24', a date, 'April' under '2024/25', '2023-24', with or without a mark."""

import re
from collections.abc import Iterable, Sequence
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
    re.compile(r"(?P<year>(?:19|20)\d{2})[-/](?P<number>\d{1,2})(?:[-/]\d{1,2}(?:[ T]00:00(?::00)?)?)?$"),
    re.compile(r"(?:\d{1,2}[/.])?(?P<number>\d{1,2})[/.](?P<year>(?:19|20)\d{2})$"),
    re.compile(r"\d{1,2}/(?P<number>\d{1,2})/(?P<year>\d{2})$"),
)
_BARE = re.compile(rf"{_MONTH}$", re.I)
_FINANCIAL = re.compile(r"(?:fy\s*)?(?P<first>(?:19|20)?\d{2})\s*[-/–—]\s*(?P<last>(?:19|20)?\d{2})$", re.I)
_QUARTER = re.compile(r"(?:q|qtr\.?|quarter)\s*(?P<quarter>[1-4])(?!\d)\s*(?:\([^)]*\))?", re.I)
_RANGE = re.compile(rf"{_MONTH}\s*(?:-|–|—|to)\s*{_MONTH.replace('<month>', '<last>')}[\s\-/]*{_YEAR}$", re.I)
LATEST_MONTH = 12
"""Two digits after one another are a financial year from here on: '24/25' is one, '11/12' may be a month."""
_COMPACT = re.compile(r"(?P<first>(?:19|20)\d{2})(?P<last>\d{2})$")
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
    quarter      True where the figures are of the three months to the period
    """

    period: Period | None
    is_actual: bool = True
    provisional: bool = False
    note: str = ""
    quarter: bool = False


def read_head(cells: Sequence[GridCell]) -> Head:
    """The head that the last of these cells is, with what stands above it: a month may stand under its year."""
    texts = [cell.text for cell in cells if not cell.is_empty]
    is_actual = not any(NOT_ACTUAL.search(text) for text in texts)
    provisional = any(PROVISIONAL.search(text) and _stripped(text) != text for text in texts)
    above = [other for other in cells[:-1] if not other.is_empty]
    quarter = _quarter_of(cells[-1].text, above)
    if quarter is not None:
        return Head(quarter, is_actual, provisional, f"a quarter, kept at its last month, {quarter.label}", True)
    found = _period_of(cells[-1], above)
    return Head(found[0], is_actual, provisional, found[1]) if found else Head(None, is_actual)


def _quarter_of(text: str, above: Sequence[GridCell]) -> Month | None:
    """The last month of a quarter: 'Q1 2024/25', 'Q1' under '2024-25', 'Apr-Jun 2024'.

    'Q1 2024' is none: it may be of the calendar or of the financial year.
    """
    bare = _stripped(text)
    months = _RANGE.match(bare)
    if months:
        first, last = _number_of(months["month"]), _number_of(months["last"])
        return Month(_year_of(months["year"]), last) if last - first == 2 else None
    found = _QUARTER.search(bare)
    if not found:
        return None
    rest = (bare[: found.start()] + bare[found.end() :]).strip(" -–—,:/")
    year = financial_year(rest) if rest else _year_above(above)
    return Month(year.start, 3).plus(3 * int(found["quarter"])) if year else None


def _year_above(above: Sequence[GridCell]) -> FinancialYear | None:
    return next((year for cell in reversed(above) if (year := year_of(cell.text))), None)


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
    """'2024-25', '2024/25', '2024/2025', 'FY 2024–25', '24/25'."""
    found = _FINANCIAL.match(text.strip())
    if not found or (int(found["first"]) + 1) % 100 != int(found["last"][-2:]):
        return None
    first = int(found["first"])
    if len(found["first"]) == 2 and (first <= LATEST_MONTH or len(found["last"]) != 2):
        return None
    return FinancialYear(first if len(found["first"]) == 4 else 2000 + first)


def year_of(text: str) -> FinancialYear | None:
    """The financial year that a text speaks of: '202425', 'Outturn 2024/25', '2024–25 budget', '24/25 actual'."""
    compact = _COMPACT.match(text.strip())
    if compact and (int(compact["first"]) + 1) % 100 == int(compact["last"]):
        return FinancialYear(int(compact["first"]))
    parts = re.findall(r"(?<![\d/.-])(?:(?:19|20)\d{2}\s*[-/–—]\s*(?:19|20)?\d{2}|\d{2}/\d{2})(?![\d/.])", text)
    return next((year for part in parts if (year := financial_year(part))), None)


def the_one_year(texts: Iterable[str]) -> FinancialYear | None:
    """The financial year that these texts speak of, where they speak of one alone."""
    found = list(dict.fromkeys(year for text in texts if (year := year_of(text))))
    return found[0] if len(found) == 1 else None


def period_number(text: str) -> int | None:
    """'P3', 'Period 03', 'Month 3 actual' and 'June' as the period of a financial year: 1 is April."""
    found = _PERIOD.match(_stripped(text))
    if found and 1 <= int(found["number"]) <= 12:
        return int(found["number"])
    bare = _BARE.match(_stripped(text))
    return (_number_of(bare["month"]) - 4) % 12 + 1 if bare else None


def _under_a_year(number: int, above: Sequence[GridCell]) -> tuple[Period, str] | None:
    """A month without its year, below a financial or a calendar year."""
    for cell in reversed(above):
        year = year_of(cell.text)
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
