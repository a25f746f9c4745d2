"""Take a file as a register, or as some of its rows: only moves that are listed, with its history, or nothing."""

import io
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from highneeds.checks.finding import Finding, Severity
from highneeds.intake.csvfile import CsvRow
from highneeds.registers.mechanism import history
from highneeds.registers.mechanism.register import ROLES, Entries, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.report.render.tables import as_csv
from highneeds.store.place import Place, documents
from highneeds.store.protocol import Store
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table


class RegisterRefused(InputError):
    """Nothing was changed. findings: why, row by row."""

    def __init__(self, what: str, where: str, findings: Sequence[Finding]) -> None:
        super().__init__(what, where=where, remedy="Nothing was changed")
        self.findings = tuple(findings)


@dataclass(frozen=True)
class RegisterEditor:
    """Who changes a register.

    signs   as the record names them: a name, or a role
    number  as the register's history names them: 'person 12'; the role where no person is known
    roles   as the registers call them
    """

    signs: str
    number: str
    roles: frozenset[str]

    @classmethod
    def in_role(cls, role: str) -> "RegisterEditor":
        """Somebody of whom a role is known and nothing else, as on the command line."""
        return cls(role.strip(), role.strip(), frozenset({role.strip()}))


@dataclass(frozen=True)
class AcceptedRegister:
    """rows: how many the register has now; cells: how many of them changed; decided: how many changes are decisions"""

    rows: int
    cells: int
    decided: int = 0


@dataclass(frozen=True)
class RegisterAsGiven:
    """What a file would make of a register.

    based_on  the version of the register that it is held against
    before, after   the rows that it has, and those that it would have
    refused   why it may not be: what has to be fixed in the file, then the changes that nobody or not this person makes
    """

    register: Register
    based_on: str
    before: tuple[RegisterRow, ...]
    after: tuple[RegisterRow, ...]
    refused: tuple[Finding, ...]

    @property
    def decided(self) -> dict[str, tuple[str, ...]]:
        """Key -> what of the change of that row is decided, in words."""
        old = {row[self.register.key]: row for row in self.before}
        pairs = [(old[key], row) for row in self.after if (key := row[self.register.key]) in old]
        found = {str(new[self.register.key]): history.decisions(self.register, was, new) for was, new in pairs}
        return {key: words for key, words in found.items() if words}


def as_given(
    store: Store, register: Register, new: Entries, *, by: RegisterEditor, why: str, part: bool = False
) -> RegisterAsGiven:
    """Hold a file against the register as it is, and change nothing.

    part  the file holds some of the rows: the others stay as they are
    """
    root = documents(store)
    based_on, file = store.version(register.place), register.kept_file(root)
    before = register.readable_rows(file) if file else ()
    after = _merged(register, before, new.rows) if part else new.rows
    if new.findings.must_fix:
        return RegisterAsGiven(register, based_on, before, after, new.findings.must_fix)
    earlier = history.changes_in(io.TextIOWrapper(io.BytesIO(_history(root, register)), "utf-8", newline=""))
    problems = _lost(register, file or (), before, after)
    problems += history.refused(register, before, after, by=by.number, roles=by.roles, why=why, history=earlier)
    return RegisterAsGiven(register, based_on, before, after, tuple(problems))


def accept_register(
    store: Store,
    register: Register,
    new: Entries,
    *,
    where: str,
    by: RegisterEditor,
    why: str,
    now: datetime,
    part: bool = False,
    expects: str | None = None,
) -> AcceptedRegister:
    """Replace the register by `new`, or the rows that `new` has, a cell at a time, so that the history says what became
    of each.

    where    the file that `new` was read from
    expects  the version of the register that was looked at before; ChangedMeanwhile where it is another now
    """
    must_keep(register, by.roles)
    if not why.strip():
        raise InputError("No reason is given", where="--why", remedy="Say why the register changes")
    given = as_given(store, register, new, by=by, why=why, part=part)
    if given.refused:
        count = len(given.refused)
        what = f"{count} findings have to be fixed first" if new.findings.must_fix else f"{count} changes are refused"
        raise RegisterRefused(what, where, given.refused)
    number, old = itertools.count(), _history(documents(store), register)
    said = {"by": by.number, "role": " ".join(sorted(by.roles)), "why": why}
    changes = history.changes(register, given.before, given.after, now=now, **said)
    lines = history.as_lines(change for change, _ in zip(changes, number, strict=False))  # millions: none is kept
    with store.change(by=by.signs, now=now, what=f"Accept {register.place}", why=why) as change:
        data = as_csv(as_file(register, given.after)).encode()
        change.put(register.place, data, expects=given.based_on if expects is None else expects)
        change.put(history.place_of(register), old + lines.encode())
    return AcceptedRegister(len(given.after), next(number), sum(map(len, given.decided.values())))


def _history(root: Place, register: Register) -> bytes:
    place = root / history.place_of(register)
    return place.read_bytes() if place.exists() else as_csv(history.table(())).encode()


def _merged(register: Register, before: Iterable[RegisterRow], new: Iterable[RegisterRow]) -> tuple[RegisterRow, ...]:
    """The rows as they are, each replaced by the one of its key that was given; then the further ones."""
    given = {row[register.key]: row for row in new}
    stay = [given.pop(row[register.key], row) for row in before]
    return (*stay, *given.values())


def _lost(
    register: Register, file: Iterable[CsvRow], before: Iterable[RegisterRow], after: Iterable[RegisterRow]
) -> list[Finding]:
    """Rows of the register that cannot be read, and in whose place the file gives none: they would be gone unseen."""
    known = {str(row[register.key]) for rows in (before, after) for row in rows}
    fix = "Put it right on its page first, or give it in the file"
    return [
        register.finding("MOVE", Severity.MUST_FIX, row, "", "The row that stands there cannot be read", fix)
        for row in file
        if row[register.key] not in known
    ]


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
