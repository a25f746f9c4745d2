"""The rows of other registers that a row names, and those that name it."""

from collections.abc import Iterator, Mapping
from typing import Any

from highneeds.office.people.models import Council
from highneeds.office.registers import actions
from highneeds.office.registers.definitions import RegisterForm, registers

MOST_LINKS = 50


def named(cells: Mapping[str, str], register: RegisterForm, roles: frozenset[str]) -> Iterator[tuple[Any, str]]:
    """(register, key) of every row that this one names and the reader may see."""
    for column in register.columns:
        other = registers().get(column.refers)
        if other is None or not other.may_see(roles):
            continue
        for key in _keys(cells.get(column.name, ""), column.several):
            yield other, key


def naming(council: Council, register: RegisterForm, key: str, roles: frozenset[str]) -> Iterator[tuple[Any, str]]:
    """(register, key) of the rows elsewhere that name this one, at most MOST_LINKS of each column."""
    for other in registers().values():
        if not other.may_see(roles):
            continue
        for column in other.columns:
            if column.refers == register.name:
                yield from ((other, found) for found in _rows_with(council, other, column, key))


def _rows_with(council: Council, other: RegisterForm, column: Any, key: str) -> list[str]:
    there = actions.listing(council, other)
    cells, keys = there.column(column.name), there.column(other.key)
    return [own for cell, own in zip(cells, keys, strict=True) if key in _keys(cell, column.several)][:MOST_LINKS]


def _keys(cell: str, several: bool) -> list[str]:
    return cell.split() if several else [cell] if cell else []
