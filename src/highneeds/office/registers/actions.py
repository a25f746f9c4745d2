"""Changing a register: one row at a time, checked by the register's own rules before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from highneeds.office.evidence.bridge import InputError, RegisterEditor, RowAuthor, numbered, register_change
from highneeds.office.evidence.models import Blob
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.models import Council, Person
from highneeds.office.registers.definitions import RegisterForm
from highneeds.office.registers.listed import Listing, listing_of
from highneeds.office.registers.rows import Sheet, VersionedRow, empty, read


class RowChanged(InputError):
    """Somebody else changed the row meanwhile: `theirs` is what stands there now, None where it is gone."""

    def __init__(self, theirs: VersionedRow | None) -> None:
        super().__init__(
            "Somebody else changed this row meanwhile", remedy="Look at both, and save the one that is right"
        )
        self.theirs = theirs


def sheet_of(council: Council, register: RegisterForm) -> Sheet:
    """The register's rows; without a file, an empty one with its columns."""
    store = DatabaseStore(council)
    if not store.exists(register.place):
        return empty([column.name for column in register.columns])
    return read(store.read(register.place))


def listing(council: Council, register: RegisterForm) -> Listing:
    """The register's rows to look through; of a register without a file, none."""
    version = DatabaseStore(council).versions().get(register.place)
    return listing_of(version) if version else Listing(empty([column.name for column in register.columns]))


@lru_cache(maxsize=1024)
def rows_in(version: str) -> int:
    """How many rows this version of a register has. What was kept under a version never changes."""
    return len(read(bytes(Blob.objects.get(pk=version).body)).rows)


@dataclass(frozen=True)
class Author:
    """Who changes a row. number: how the register's history names the person; roles: as the registers say."""

    person: Person
    roles: frozenset[str]

    @property
    def number(self) -> str:
        return numbered(self.person.pk)

    @property
    def editor(self) -> RegisterEditor:
        return RegisterEditor(self.person.signature, self.number, self.roles)


@dataclass(frozen=True)
class RowTyped:
    """A row as somebody typed it. key: of the row that it is put in place of, '' for a new one.

    based_on   the version of the row that the change was made from
    """

    key: str
    cells: Mapping[str, str]
    based_on: str


def save_row(
    council: Council,
    register: RegisterForm,
    typed: RowTyped,
    *,
    by: Author,
    now: datetime,
    why: str = "",
    confirmed: bool,
) -> None:
    """Put a row in its place, or add it. The register's rules and moves are held to, or nothing is.

    RowChanged where the row is another now than the one that the change was made from.

    confirmed  whoever saves has seen what of it is a decision; DecisionToConfirm where it is one and they have not
    """
    key, cells = typed.key, {name: value.strip() for name, value in typed.cells.items()}
    if key and not why.strip():
        raise ReasonMissing("A change has a reason", remedy="Say why the row changes")
    what = f"{register.title}: {'change' if key else 'add'} {cells[register.key]}"
    with DatabaseStore(council).change(by=by.person.signature, now=now, what=what, why=why) as change:
        data = change.read(register.place)
        sheet = read(data) if data else empty([column.name for column in register.columns])
        there = _there(sheet, register, key, cells[register.key], typed.based_on)
        kept = there.cells if there else {}
        place = there.place if there else None
        after = sheet.with_row(place, {**kept, **cells}, [column.name for column in register.columns])
        author = RowAuthor(by.number, by.roles, why or "New row", now)
        decides = keep(change, register, data, after.data, key=cells[register.key], author=author)
        if decides and not confirmed:
            raise DecisionToConfirm(decides, kept)  # what was put is taken back with it


def keep(
    change: Any, register: RegisterForm, before: bytes | None, after: bytes, *, key: str, **said: Any
) -> tuple[str, ...]:
    """Put the register and its history, where the engine's rules allow it; gives what of it is a decision.

    RowRefused where they do not.
    """
    history = change.read(register.history)
    made = register_change(register.name, before=before, after=after, history=history, key=key, **said)
    if made.problems:
        raise RowRefused(made.problems)
    change.put(register.place, after)
    if history != made.history:
        change.put(made.place, made.history)
    return made.decides


class DecisionToConfirm(InputError):
    """The change may be made, and is a decision: it is shown before it is made.

    decides  in words; before: the row as it is
    """

    def __init__(self, decides: tuple[str, ...], before: Mapping[str, str]) -> None:
        super().__init__("This is a decision", remedy="Check it, then confirm it")
        self.decides, self.before = decides, before


class ReasonMissing(InputError):
    """Nobody said why the row changes."""


class RowRefused(InputError):
    """The row breaks rules of its register: column -> what is wrong; '' for what concerns the whole row."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def _there(sheet: Sheet, register: RegisterForm, key: str, new: str, based_on: str) -> VersionedRow | None:
    """The row that is changed, None for one that is added. Its short name stays, and is nobody else's."""
    row = sheet.row(register.key, key) if key else None
    if key and (row is None or row.version != based_on):
        raise RowChanged(row)
    if new != key and sheet.row(register.key, new):
        raise InputError(f"{register.column(register.key).title} {new} is there already", remedy="Choose another")
    if key and new != key:
        raise InputError("The short name of a row stays as it is", remedy="End this row, and add another")
    return row
