"""Take a file as a register: only moves that are listed, with its history, or nothing."""

import io
import itertools
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
    must_keep(register, role)
    if new.findings.must_fix:
        count = len(new.findings.must_fix)
        raise RegisterRefused(f"{count} findings have to be fixed first", where, new.findings.must_fix)
    root = documents(store)
    based_on, before = store.version(register.place), register.kept_rows(root)
    place = root / history.place_of(register)
    old = place.read_bytes() if place.exists() else as_csv(history.table(())).encode()
    earlier = history.changes_in(io.TextIOWrapper(io.BytesIO(old), "utf-8", newline=""))
    refused = history.refused(register, before, new.rows, by=role, roles=frozenset({role}), why=why, history=earlier)
    if refused:
        raise RegisterRefused(f"{len(refused)} changes are refused", where, refused)
    number = itertools.count()
    changes = history.changes(register, before, new.rows, by=role, role=role, why=why, now=now)
    lines = history.as_lines(change for change, _ in zip(changes, number, strict=False))  # millions: none is kept
    with store.change(by=role, now=now, what=f"Accept {register.place}", why=why) as change:
        change.put(history.place_of(register), old + lines.encode())
        change.put(register.place, as_csv(as_file(register, new.rows)).encode(), expects=based_on)
    return AcceptedRegister(len(new.rows), next(number))


def must_say_who_and_why(role: str, why: str) -> None:
    if role.strip() not in ROLES:
        raise InputError(f"'{role}' is no role", where="--by", remedy=f"Use one of {', '.join(ROLES)}")
    if not why.strip():
        raise InputError("No reason is given", where="--why", remedy="Say why the register changes")


def must_keep(register: Register, role: str) -> None:
    """Rows are added and edited by those who keep a register or decide in it, and by nobody else."""
    may = dict.fromkeys(f"{register.kept_by} {register.decides}".split())
    if role not in may:
        raise InputError(
            f"The list '{register.title}' is not kept by the {role.replace('_', ' ')}",
            where="--by",
            remedy=f"It is kept by {' or '.join(may)}",
        )


def as_file(register: Register, rows: Sequence[RegisterRow]) -> Table:
    """The rows as the register's file has them: only the columns in which something stands, and the required ones."""
    names = [
        column.name
        for column in register.columns
        if column.required or any(row[column.name] is not None for row in rows)
    ]
    columns = list(zip(names, history.writers(register, names), strict=True))
    return Table.of(names, ([write(row.values[name]) for name, write in columns] for row in rows), register.title)
