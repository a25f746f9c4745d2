"""Take a file as a register: only moves that are listed, with its history, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from highneeds.checks.finding import Finding
from highneeds.registers.mechanism import history
from highneeds.registers.mechanism.register import ROLES, Entries, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.report.render.tables import as_csv
from highneeds.store.place import documents
from highneeds.store.protocol import Store
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table


class RegisterRefused(InputError):
    """Nothing was changed. findings: why, row by row."""

    def __init__(self, what: str, where: str, findings: Sequence[Finding]) -> None:
        super().__init__(what, where=where, remedy="Nothing was changed")
        self.findings = tuple(findings)


@dataclass(frozen=True)
class AcceptedRegister:
    """rows: how many the register has now; cells: how many of them changed"""

    rows: int
    cells: int


def accept_register(
    store: Store, register: Register, new: Entries, *, where: str, by: str, why: str, now: datetime
) -> AcceptedRegister:
    """Replace the register by `new`, a cell at a time, so that the history says what became of each.

    where   the file that `new` was read from
    by      the role that accepts it
    """
    role = by.strip()
    must_say_who_and_why(role, why)
    if new.findings.must_fix:
        count = len(new.findings.must_fix)
        raise RegisterRefused(f"{count} findings have to be fixed first", where, new.findings.must_fix)
    root = documents(store)
    current = register.of_workspace(root)
    before = current.rows if current else ()
    place = root / history.place_of(register)
    old = place.read_bytes().decode("utf-8") if place.exists() else as_csv(history.table(())).strip() + "\n"
    earlier = history.read_history(old) if place.exists() else ()
    refused = history.refused(register, before, new.rows, by=role, roles=frozenset({role}), why=why, history=earlier)
    if refused:
        raise RegisterRefused(f"{len(refused)} changes are refused", where, refused)
    changes = history.changes(register, before, new.rows, by=role, role=role, why=why, now=now)
    based_on = store.version(register.place)
    with store.change(by=role, now=now, what=f"Accept {register.place}", why=why) as change:
        change.put(history.place_of(register), (old + history.as_lines(changes)).encode())
        change.put(register.place, as_csv(as_file(register, new.rows)).encode(), expects=based_on)
    return AcceptedRegister(len(new.rows), len(changes))


def must_say_who_and_why(role: str, why: str) -> None:
    if role.strip() not in ROLES:
        raise InputError(f"'{role}' is no role", where="--by", remedy=f"Use one of {', '.join(ROLES)}")
    if not why.strip():
        raise InputError("No reason is given", where="--why", remedy="Say why the register changes")


def as_file(register: Register, rows: Sequence[RegisterRow]) -> Table:
    """The rows as the register's file has them: only the columns in which something stands, and the required ones."""
    names = [
        column.name
        for column in register.columns
        if column.required or any(row[column.name] is not None for row in rows)
    ]
    return Table.of(names, ([history.shown(register, row, name) for name in names] for row in rows), register.title)
