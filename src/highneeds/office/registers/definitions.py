"""The registers as the pages need them. The one place that knows how the engine describes a register."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from highneeds.office.evidence.bridge import InputError, register_definitions


@dataclass(frozen=True)
class ColumnForm:
    """kind: what may stand in it, as the engine says it; choices: code -> words, empty without a list.

    refers   the register whose rows it names; several of them separated by spaces where `several`
    """

    name: str
    title: str
    kind: str
    required: bool
    choices: Mapping[str, str]
    help: str
    refers: str
    several: bool


@dataclass(frozen=True)
class RegisterForm:
    """place: its file; keepers, deciders: roles as the registers call them; is_casework: rows about single children."""

    name: str
    title: str
    unit: str
    help: str
    key: str
    place: str
    columns: tuple[ColumnForm, ...]
    keepers: frozenset[str]
    deciders: frozenset[str]
    is_casework: bool

    @property
    def history(self) -> str:
        """The document of what changed in it."""
        return f"registers/history/{self.name}.csv"

    def may_see(self, roles: frozenset[str]) -> bool:
        """Rows about single children are seen by those who keep or decide them only."""
        return not self.is_casework or self.may_change(roles)

    def may_change(self, roles: frozenset[str]) -> bool:
        return bool(roles & (self.keepers | self.deciders))

    @property
    def shown(self) -> tuple[ColumnForm, ...]:
        """The columns of the list: the key and the first five that must be filled in or are not text."""
        useful = [one for one in self.columns if one.name != self.key and (one.required or one.kind != "text")]
        return (self.column(self.key), *useful[:5])

    @property
    def filters(self) -> tuple[ColumnForm, ...]:
        """The columns by which the list is narrowed: every one with codes, and the role that owns the row."""
        return tuple(one for one in self.columns if one.choices or one.name == "owner_role")

    def column(self, name: str) -> ColumnForm:
        return next(one for one in self.columns if one.name == name)


@cache
def registers() -> Mapping[str, RegisterForm]:
    """Every register that the engine knows, by name."""
    return {name: _form(one) for name, one in sorted(register_definitions().items(), key=lambda pair: pair[1].title)}


def hidden_from(roles: frozenset[str]) -> frozenset[str]:
    """The registers of which nobody with these roles, as the registers call them, sees a row."""
    return frozenset(name for name, one in registers().items() if not one.may_see(roles))


def register(name: str) -> RegisterForm:
    try:
        return registers()[name]
    except KeyError:
        raise InputError("There is no such register", where=name, remedy="Choose one from the list") from None


def register_of(document: str) -> RegisterForm | None:
    """The register whose rows or history that document holds; None for any other."""
    for one in registers().values():
        if document in (one.place, one.history):
            return one
    return None


def _form(one: Any) -> RegisterForm:
    columns = tuple(
        ColumnForm(
            column.name,
            column.title,
            str(column.kind.value),
            column.required,
            {str(code): str(words) for code, words in dict(column.codes or {}).items()},
            column.help,
            column.refers,
            column.several,
        )
        for column in one.columns
    )
    return RegisterForm(
        name=one.name,
        title=one.title,
        unit=one.unit,
        help=one.help,
        key=one.key,
        place=one.place,
        columns=columns,
        keepers=frozenset(one.kept_by.split()),
        deciders=frozenset(one.decides.split()),
        is_casework=one.casework,
    )
