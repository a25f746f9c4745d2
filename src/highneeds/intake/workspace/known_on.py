"""On which day a figure became known: as its row says, else the day of its document, else the day in its source."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from typing import Protocol, TypeVar

from highneeds.intake.csvfile import CsvRow
from highneeds.intake.yamlfile import Located, as_day, read_yaml
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import MONTH_NAMES, FinancialYear, Month
from highneeds.vocabulary.source import Source

COLUMN = "known_on"
_DATED = re.compile(rf"(?:(\d{{1,2}}) )?\b({'|'.join(MONTH_NAMES)})[a-z]* (\d{{4}})\b")

Days = Mapping[str, date]


class DatedRow(Protocol):
    """A row that says from which day it is known; None where it always is."""

    @property
    def known_on(self) -> date | None: ...


KnownRow = TypeVar("KnownRow", bound=DatedRow)


def is_known(one: DatedRow, day: date | None) -> bool:
    """Whether the row is known on the day: one that became known on the day itself is. Without a day, every row is."""
    return day is None or one.known_on is None or one.known_on <= day


def newest_known(
    rows: Iterable[KnownRow], of: Callable[[KnownRow], Hashable], day: date | None = None
) -> tuple[KnownRow, ...]:
    """The rows known on the day; of several of one thing those that became known last, in the place of its first row.

    of   what a row is of, such as its year: a restated row stands beside the one before it
    """
    versions: dict[Hashable, list[KnownRow]] = {}
    for one in rows:
        if is_known(one, day):
            versions.setdefault(of(one), []).append(one)
    last = {what: max(_since(one) for one in rows) for what, rows in versions.items()}
    return tuple(one for what, rows in versions.items() for one in rows if _since(one) == last[what])


def _since(one: DatedRow) -> date:
    return one.known_on or date.min


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


def entry_known_on(entry: Located, days: Days) -> date | None:
    """As known_on, of an entry of a YAML file, whose document stands under `source`."""
    if entry.text(COLUMN):
        return as_day(entry.text(COLUMN), entry.where(COLUMN))
    return days.get(entry.text("source")) or day_in(entry.text("source"))


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


def _day_of(text: str, where: Source) -> date:
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return Month.parse(text, where).first_day
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{text}' is no day", where=where, remedy="Write it as 2025-01-31, or 2025-01") from None
