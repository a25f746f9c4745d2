"""The payment ledger follows what DfE answered to a report."""

from datetime import datetime
from typing import Any

from highneeds.office.evidence.bridge import RowAuthor
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.registers.actions import Author, keep
from highneeds.office.registers.definitions import registers
from highneeds.office.registers.rows import Sheet, read
from highneeds.office.submission.models import Submission

OPEN = ("scheduled", "due", "withheld")


def follow(submission: Submission, *, answer: str, reason: str, by: Author, now: datetime) -> None:
    """Payments that wait for this report: due once it is accepted, withheld, with the reason, where DfE withholds.

    by  who recorded the answer; the register's rules on who may move a row are not asked, for DfE moved it
    """
    register = registers().get("payments")
    store = DatabaseStore(submission.council)
    if register is None or answer == "queried" or not store.exists(register.place):
        return
    what = f"Payments after {submission}: {answer}"
    with store.change(by=by.person.signature, now=now, what=what, why=reason) as change:
        sheet = read(store.read(register.place))
        why = reason or f"DfE {answer} the report {submission.slot.code}"
        author = RowAuthor(by.number, by.roles, why, now)
        for row in sheet.rows:
            if row.cells.get("report") == submission.slot.code and row.cells.get("state") in OPEN:
                before, sheet = sheet.data, _with(sheet, row, register, answer, reason, now)
                key = row.cells[register.key]
                keep(change, register, before, sheet.data, key=key, author=author, moves_are_checked=False)


def _with(sheet: Sheet, row: Any, register: Any, answer: str, reason: str, now: datetime) -> Sheet:
    if answer == "accepted":
        state = "released" if row.cells["state"] == "withheld" and row.cells.get("received_on") else "due"
        said = {"state": state, "report_accepted_on": f"{now:%Y-%m-%d}"}
    else:
        said = {"state": "withheld", "withheld_because": reason}
    return sheet.with_row(row.place, {**row.cells, **said}, [column.name for column in register.columns])
