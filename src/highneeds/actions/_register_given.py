"""What a file would make of a register, before anything is changed."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from highneeds.checks.finding import Finding, Severity
from highneeds.intake.csvfile import CsvRow
from highneeds.registers.mechanism import history
from highneeds.registers.mechanism.register import Entries, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.report.render.tables import as_csv
from highneeds.store.place import Place, documents
from highneeds.store.protocol import Store


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
class RowDifference:
    """A row that the file has otherwise.

    cells    (column, before, after)
    decided  what of it is a decision, in words; of a new row the state that it begins in, where others decide on that
    """

    key: str
    kind: str
    cells: tuple[tuple[str, str, str], ...] = ()
    decided: tuple[str, ...] = ()


ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True)
class RegisterAsGiven:
    """What a file would make of a register.

    based_on       the version of the register that it is held against
    before, after  the rows that it has, and those that it would have
    refused        why it may not be: what has to be fixed in the file, else the changes that may not be made. While
                   something has to be fixed, only what the other rows add and change is in `after`
    """

    register: Register
    based_on: str
    before: tuple[RegisterRow, ...]
    after: tuple[RegisterRow, ...]
    refused: tuple[Finding, ...]

    @cached_property
    def differences(self) -> tuple[RowDifference, ...]:
        """The rows that are gone, then those that are changed or added, in the order of the file."""
        gone = history.gone(self.register, self.before, self.after)
        removed = [RowDifference(str(row[self.register.key]), REMOVED) for row in gone]
        return (*removed, *self._different())

    def _different(self) -> Iterator[RowDifference]:
        old = {str(row[self.register.key]): row for row in self.before}
        new = {str(row[self.register.key]): row for row in self.after}
        cells = history.changes(self.register, self.before, self.after, by="", role="", why="", now=datetime.min)
        for key, found in groupby(cells, lambda one: one.row):
            changed = tuple((one.column, one.before, one.after) for one in found)
            decided = history.decisions(self.register, old.get(key), new[key])
            yield RowDifference(key, CHANGED if key in old else ADDED, changed, decided)

    @property
    def decided(self) -> int:
        """How many of the changes are decisions; a row that begins decided is none."""
        return sum(len(one.decided) for one in self.differences if one.kind == CHANGED)


def as_given(
    store: Store, register: Register, new: Entries, *, by: RegisterEditor, why: str, part: bool = False
) -> RegisterAsGiven:
    """Hold a file against the register as it is, and change nothing.

    part  the file holds some of the rows: the others stay as they are
    """
    root = documents(store)
    based_on, file = store.version(register.place), register.kept_file(root)
    before = register.readable_rows(file) if file else ()
    if new.findings.must_fix:
        wrong = {one.line for one in new.findings.must_fix}
        right = [row for row in new.rows if row.line not in wrong]
        return RegisterAsGiven(register, based_on, before, _merged(register, before, right), new.findings.must_fix)
    after = _merged(register, before, new.rows) if part else new.rows
    earlier = history.changes_in(io.TextIOWrapper(io.BytesIO(history_of(root, register)), "utf-8", newline=""))
    problems = _lost(register, file or (), before, after)
    problems += history.refused(register, before, after, by=by.number, roles=by.roles, why=why, history=earlier)
    return RegisterAsGiven(register, based_on, before, after, tuple(problems))


def history_of(root: Place, register: Register) -> bytes:
    """The register's history as it stands; without one its header."""
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
