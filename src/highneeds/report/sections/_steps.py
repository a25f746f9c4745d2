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
    return words.step_words(row["title"], _when(evidence, row), str(row["state"]).replace("_", " "))


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


def is_earliest(evidence: Evidence, row: RegisterRow) -> bool:
    """One of the row's figures is the earliest date, not the expected one."""
    named = str(row["figures"] or "").split()
    return any(fact.id in named and fact.qualifier == "at_earliest" for fact in evidence.workspace.facts)


def _when(evidence: Evidence, row: RegisterRow) -> str:
    month = month_of(row)
    return words.month_words(month.label, is_earliest(evidence, row)) if month else ""
