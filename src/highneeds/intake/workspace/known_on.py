"""On which day a figure became known: as its row says, else the day of its document, else the day in its source."""

import re
from collections.abc import Mapping
from datetime import date

from highneeds.intake.csvfile import CsvRow
from highneeds.intake.yamlfile import as_day, read_yaml
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import MONTH_NAMES, FinancialYear, Month

COLUMN = "known_on"
_DATED = re.compile(rf"(?:(\d{{1,2}}) )?\b({'|'.join(MONTH_NAMES)})[a-z]* (\d{{4}})\b")

Days = Mapping[str, date]


def document_days(folder: Place) -> Days:
    """Id of a document -> the day on which it was published, as agreement.yaml lists them.

    Of a document that says only a month, the month's first day: what it says was known in that month.
    """
    path = folder / "agreement.yaml"
    if not path.exists():
        return {}
    entries = read_yaml(path, path.name).mappings("documents")
    return {
        entry.text("id"): _day_of(entry.text("published"), entry.where("published"))
        for entry in entries
        if entry.get("published")
    }


def known_on(row: CsvRow, document: str, days: Days, period: Month | FinancialYear | None = None) -> date | None:
    """The day on which the figure of this row became known; None where nothing says one, so that it is always known.

    document   id of its document, or the name of its source, which may end with a date: 'Cabinet 22 Jul 2025'
    period     what the figure is of: without any other day, it was known once that was over
    """
    if row[COLUMN]:
        return as_day(row[COLUMN], row.place(COLUMN))
    found = days.get(document) or day_in(document)
    if found is None and period is not None:
        return period.last_day
    return found


def day_in(source: str) -> date | None:
    """'Cabinet 22 Jul 2025' -> that day; 'papers of Jan 2026' -> the first of the month; else None."""
    found = _DATED.findall(source)
    if not found:
        return None
    day, month, year = found[-1]
    try:
        return date(int(year), MONTH_NAMES.index(month) + 1, int(day or 1))
    except ValueError:
        return None


def _day_of(text: str, where: str) -> date:
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return Month.parse(text, where).first_day
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{text}' is no day", where=where, remedy="Write it as 2025-01-31, or 2025-01") from None
