"""What the council says of its variances: one row each in finance/explanations.csv, judged as it is written."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from highneeds.office.evidence.bridge import (
    ABSENT,
    KNOWN_ON,
    ChangedMeanwhile,
    ExplanationJudged,
    InputError,
    in_one_cell,
    judge_explanation,
    lines_of,
    number,
    why_judged,
)
from highneeds.office.evidence.models import Run
from highneeds.office.evidence.reading import latest_run, run_folder
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.evidence.typed import WrongField
from highneeds.office.people.models import Council
from highneeds.office.registers.rows import Sheet, VersionedRow, empty, read

DOCUMENT = "finance/explanations.csv"
COLUMNS = ("year", "line", "variance_gbp", "explanation", "written_by", "written_on", "note", KNOWN_ON)
IN_YEAR = "in-year position"
ACCOUNT = "internal/money/account.csv"
SPEND = "finance/spend.csv"
YEAR = re.compile(r"20\d\d-\d\d")


@dataclass(frozen=True)
class Variance:
    """A variance in pounds, actual less planned, and what is said of it.

    place     its row in the file; None where nobody has written anything yet
    version   of the row that is there, ABSENT for none
    """

    year: str
    line: str
    gbp: Decimal
    text: str
    written_by: str
    place: int | None
    version: str

    @property
    def lines(self) -> list[str]:
        """The text as it is typed, a cause on each line."""
        return lines_of(self.text)

    @property
    def judged(self) -> ExplanationJudged:
        return judge_explanation(self.gbp, self.text)

    @property
    def why(self) -> str:
        """Why it is adequate or not, in words."""
        return why_judged(self.judged)

    @property
    def key(self) -> str:
        """Its name in an address."""
        return f"{self.year}/{self.line}"


def variances(council: Council) -> list[Variance]:
    """Those in the file, and those of the last working-out that nobody has said anything of."""
    there = [_of(row) for row in _newest(_sheet(council)).values()]
    known = {(one.year, one.line) for one in there}
    return there + [one for one in worked_out(council) if (one.year, one.line) not in known]


def variance(council: Council, year: str, line: str) -> Variance | None:
    return next((one for one in variances(council) if (one.year, one.line) == (year, line)), None)


def worked_out(council: Council) -> list[Variance]:
    """The in-year variance of each year for which the last working-out has one, and that of each line with a budget."""
    run = latest_run(council)
    parts = [
        (row["financial_year"], IN_YEAR, Decimal(row["value"]))
        for row in (_account(run) if run and ACCOUNT in run.files else ())
        if row["measure"] == "variance_in_year_gbp" and row["value"]
    ]
    return [Variance(year, line, gbp, "", "", None, ABSENT) for year, line, gbp in [*parts, *by_line(council)] if gbp]


def _account(run: Run) -> list[dict[str, str]]:
    with (run_folder(run) / ACCOUNT).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_line(council: Council) -> Iterator[tuple[str, str, Decimal]]:
    """(year, line, spent less budget) of the whole years of finance/spend.csv that have a budget.

    A row of a month is left to the monitor: it may be a part of the year or a forecast of it.
    """
    store = DatabaseStore(council)
    text = store.read(SPEND).decode("utf-8-sig") if store.exists(SPEND) else ""
    for row in csv.DictReader(io.StringIO(text)):
        spent, budget = (_number(row.get(name)) for name in ("amount_gbp", "budget_gbp"))
        if not row.get("month") and spent is not None and budget is not None:
            yield row["year"], row["line"], spent - budget


def _number(text: str | None) -> Decimal | None:
    """None where the cell is empty, or no number: the check of the workspace says so of it."""
    try:
        return Decimal((text or "").strip())
    except InvalidOperation:
        return None


@dataclass(frozen=True)
class ExplanationTyped:
    """What somebody says of a variance, as it was typed. based_on: the version of the row that it was written over."""

    year: str
    line: str
    gbp: str
    text: str
    based_on: str


def explain(council: Council, typed: ExplanationTyped, *, by: str, role: str, now: datetime) -> ExplanationJudged:
    """Keep what is said of a variance, adequate or not, and say which it is.

    ChangedMeanwhile where the row is another now than the one that it was written over.

    role      how the file names who wrote it: a role, no document of a council holds a person's name
    """
    year, line = typed.year, typed.line
    pounds, text = str(_pounds(typed.gbp)), in_one_cell(typed.text.splitlines())
    cells = {"year": year.strip(), "line": line.strip(), "variance_gbp": pounds, "explanation": text}
    if not YEAR.fullmatch(cells["year"]):
        raise WrongField(f"'{year}' is no financial year", field="year", remedy="Write it as 2024-25")
    if not cells["line"]:
        raise WrongField("Say what varies", field="line", remedy="A section 251 line, or the in-year position")
    if not cells["explanation"]:
        raise WrongField("Say why", field="explanation", remedy="Name causes, each with its sum")
    what = f"Explain the variance of {cells['line']} in {cells['year']}"
    with DatabaseStore(council).change(by=by, now=now, what=what) as change:
        sheet = read(data) if (data := change.read(DOCUMENT)) else empty(COLUMNS)
        there = _newest(sheet).get((year, line))
        if (there.version if there else ABSENT) != typed.based_on:
            theirs = there.cells["explanation"].encode() if there else None
            raise ChangedMeanwhile(DOCUMENT, typed.based_on, theirs, b"")
        kept = there.cells if there else {}
        today = now.date().isoformat()
        new = {**kept, **cells, "written_by": role, "written_on": today, KNOWN_ON: today}
        place = there.place if there and kept.get(KNOWN_ON) == today else None
        change.put(DOCUMENT, sheet.with_row(place, new, COLUMNS).data)
    return judge_explanation(Decimal(cells["variance_gbp"]), cells["explanation"])


def _sheet(council: Council) -> Sheet:
    store = DatabaseStore(council)
    return read(store.read(DOCUMENT)) if store.exists(DOCUMENT) else empty(COLUMNS)


def _newest(sheet: Sheet) -> dict[tuple[str, str], VersionedRow]:
    """(year, line) -> its newest row: what was said before it stays, for a report of an earlier day."""
    newest: dict[tuple[str, str], VersionedRow] = {}
    for row in sheet.rows:
        of = row.cells["year"], row.cells["line"]
        if of not in newest or newest[of].cells.get(KNOWN_ON, "") <= row.cells.get(KNOWN_ON, ""):
            newest[of] = row
    return newest


def _of(row: Any) -> Variance:
    cells = row.cells
    gbp = _pounds(cells.get("variance_gbp", ""))
    return Variance(
        cells["year"], cells["line"], gbp, cells["explanation"], cells.get("written_by", ""), row.place, row.version
    )


def _pounds(text: str) -> Decimal:
    try:
        return number(text.replace("£", "").strip(), "gbp")
    except InputError:
        remedy = "Write it as 1005000 or -250000.00"
        raise WrongField(f"'{text[:40]}' is no sum in pounds", field="gbp", remedy=remedy) from None
