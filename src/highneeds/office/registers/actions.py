"""Changing a register: one row at a time, checked by the register's own rules before anything is written."""

from collections.abc import Mapping
from datetime import datetime

from highneeds.office.evidence.bridge import InputError, register_problems
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.models import Council
from highneeds.office.registers.definitions import RegisterForm
from highneeds.office.registers.rows import Row, Sheet, empty, read


class RowChanged(InputError):
    """Somebody else changed the row meanwhile: `theirs` is what stands there now, None where it is gone."""

    def __init__(self, theirs: Row | None) -> None:
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


def save_row(
    council: Council,
    register: RegisterForm,
    *,
    key: str,
    cells: Mapping[str, str],
    based_on: str,
    by: str,
    now: datetime,
    why: str = "",
) -> None:
    """Put a row in its place, or add it where `key` is ''.

    based_on  the version of the row that the change was made from; RowChanged where it is another now
    """
    cells = {name: value.strip() for name, value in cells.items()}
    new = cells[register.key]
    what = f"{register.title}: {'change' if key else 'add'} {new}"
    with DatabaseStore(council).change(by=by, now=now, what=what, why=why) as change:
        data = change.read(register.place)
        sheet = read(data) if data else empty([column.name for column in register.columns])
        place = _place(sheet, register, key, based_on)
        if new != key and sheet.row(register.key, new):
            raise InputError(f"{register.column(register.key).title} {new} is there already", remedy="Choose another")
        kept = sheet.row(register.key, key).cells if key else {}
        after = sheet.with_row(place, {**kept, **cells}, [column.name for column in register.columns])
        problems = register_problems(register.name, after.data, new)
        if problems:
            raise RowRefused(problems)
        change.put(register.place, after.data)


def remove_row(
    council: Council, register: RegisterForm, *, key: str, based_on: str, by: str, now: datetime, why: str
) -> None:
    """Take a row out. It stays in the earlier versions of the register."""
    if not why.strip():
        raise InputError("A row goes for a reason", remedy="Say why")
    with DatabaseStore(council).change(by=by, now=now, what=f"{register.title}: remove {key}", why=why) as change:
        sheet = read(change.read(register.place) or b"\n")
        change.put(register.place, sheet.without(_place(sheet, register, key, based_on)).data)


class RowRefused(InputError):
    """The row breaks rules of its register: column -> what is wrong; '' for what concerns the whole row."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def _place(sheet: Sheet, register: RegisterForm, key: str, based_on: str) -> int | None:
    if not key:
        return None
    row = sheet.row(register.key, key)
    if row is None or row.version != based_on:
        raise RowChanged(row)
    return row.place
