"""The next step of a condition: its next milestone that is not done."""

from datetime import date

from highneeds.registers.register import RegisterRow
from highneeds.report.evidence import Evidence
from highneeds.report.words import conditions as words
from highneeds.vocabulary.period import Month


def next_step(evidence: Evidence, condition: int) -> str:
    """'Specialist nurseries move to outreach: Sep 2025'."""
    rows = steps(evidence, condition)
    if not rows:
        return words.NO_STEP
    row = rows[0]
    return words.step_words(row["title"], _when(row), str(row["state"]).replace("_", " "))


def steps(evidence: Evidence, condition: int) -> list[RegisterRow]:
    """Open milestones of a condition, the earliest first."""
    rows = [row for row in evidence.rows("milestones") if row.values.get("condition") == condition]
    day = evidence.workspace.council.report.submitted
    return sorted((row for row in rows if not _is_over(row, day)), key=lambda row: str(month_of(row) or "9"))


def _is_over(row: RegisterRow, day: date) -> bool:
    return row["state"] in ("done", "dropped") or row.values.get("done") is not None


def month_of(row: RegisterRow) -> Month | None:
    found = row.values.get("expected") or row.values.get("planned")
    return found if isinstance(found, Month) else None


def _when(row: RegisterRow) -> str:
    month = month_of(row)
    return month.label if month else ""
