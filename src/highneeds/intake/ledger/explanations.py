"""finance/explanations.csv: what the council says of its variances, in its own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.ledger.amounts import plain_pence
from highneeds.intake.values import text
from highneeds.intake.workspace.known_on import COLUMN, known_on, newest_known
from highneeds.store.place import Place
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

FILE = "finance/explanations.csv"
COLUMNS = ("year", "line", "variance_gbp", "explanation")


@dataclass(frozen=True)
class ExplanationRow:
    """One variance and why it is there.

    line       a section 251 line, or in words what varies: the in-year position
    variance   pence, actual less planned; an underspend is negative
    known_on   the day on which it became known; one that was written anew is a row of its own with a later one
    """

    year: FinancialYear
    line: str
    variance: int
    explanation: str
    where: Source
    known_on: date | None = None


def in_one_cell(lines: Iterable[str]) -> str:
    """What is typed on several lines, a cause on each, as the one line that the file keeps."""
    return "; ".join(line.strip().rstrip(";") for line in lines if line.strip())


def lines_of(explanation: str) -> list[str]:
    """The lines of which `in_one_cell` made one."""
    return explanation.split("; ")


def read_explanations(path: Place) -> tuple[ExplanationRow, ...]:
    """The rows in the order of the file; an explanation that nobody has written yet is empty."""
    found = read_csv(path, COLUMNS, optional=("written_by", "written_on", "note", COLUMN), name=FILE)
    return tuple(_row(row) for row in found)


def explanations_known(rows: Iterable[ExplanationRow], day: date | None = None) -> tuple[ExplanationRow, ...]:
    """What was said of each year and line, as it was known on the day; the newest where no day is given."""
    return newest_known(rows, lambda one: (one.year, one.line), day)


def _row(row: CsvRow) -> ExplanationRow:
    year = FinancialYear.parse(row["year"], row.place("year"))
    return ExplanationRow(
        year,
        text(row, "line"),
        plain_pence(text(row, "variance_gbp"), row.place("variance_gbp")),
        row["explanation"],
        row.where,
        known_on(row, "", {}),
    )
