"""Take a file as a register, or as some of its rows: only moves that are listed, with its history, or nothing."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from highneeds.actions._register_given import RegisterEditor, as_given, history_of
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
    """rows: how many the register has now; cells: how many of them changed; decided: how many changes are decisions"""

    rows: int
    cells: int
    decided: int = 0


def accept_register(
    store: Store,
    new: Entries,
    *,
    where: str,
    by: RegisterEditor,
    why: str,
    now: datetime,
    part: bool = False,
    expects: str | None = None,
) -> AcceptedRegister:
    """Replace its register by `new`, or the rows that `new` has, a cell at a time, so that the history says what became
    of each.

    where    the file that `new` was read from
    expects  the version of the register that was looked at before; ChangedMeanwhile where it is another now
    """
    register = new.register
    must_keep(register, by.roles)
    if not why.strip():
        raise InputError("No reason is given", where="--why", remedy="Say why the register changes")
    given = as_given(store, register, new, by=by, why=why, part=part)
    if given.refused:
        count = len(given.refused)
        what = f"{count} findings have to be fixed first" if new.findings.must_fix else f"{count} changes are refused"
        raise RegisterRefused(what, where, given.refused)
    number, old = itertools.count(), history_of(documents(store), register)
    said = {"by": by.number, "role": " ".join(sorted(by.roles)), "why": why}
    changes = history.changes(register, given.before, given.after, now=now, **said)
    lines = history.as_lines(change for change, _ in zip(changes, number, strict=False))  # millions: none is kept
    with store.change(by=by.signs, now=now, what=f"Accept {register.place}", why=why) as change:
        data = as_csv(as_file(register, given.after)).encode()
        change.put(
            register.place, data, expects=given.based_on if expects is None else expects, private=register.casework
        )
        change.put(history.place_of(register), old + lines.encode(), private=register.casework)
    return AcceptedRegister(len(given.after), next(number), given.decided)


def must_be_a_role(role: str) -> None:
    if role.strip() not in ROLES:
        raise InputError(f"'{role}' is no role", where="--by", remedy=f"Use one of {', '.join(ROLES)}")


def must_keep(register: Register, roles: frozenset[str]) -> None:
    """Rows are added and edited by those who keep a register or decide in it, and by nobody else."""
    may = dict.fromkeys(f"{register.kept_by} {register.decides}".split())
    if not roles & may.keys():
        held = " and ".join(sorted(roles)).replace("_", " ") or "one without a role"
        raise InputError(
            f"The list '{register.title}' is not kept by the {held}",
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
