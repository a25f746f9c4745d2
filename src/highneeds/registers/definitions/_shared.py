"""Codes and questions that several registers share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from highneeds.registers.mechanism.reckoning import common_day
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.need import NEEDS as SEN2_NEEDS
from highneeds.vocabulary.s251 import LINES

S251_LINES = {line.code: line.title for line in LINES}
NEEDS = {need.code.value: need.words for need in SEN2_NEEDS}
PLACEMENT_TYPES = {
    "day": "Day place",
    "residential_38": "Residential, 38 weeks",
    "residential_52": "Residential, 52 weeks",
    "therapy": "Therapy",
    "tuition": "Tuition",
    "transport": "Transport",
    "other": "Other",
}
PANEL_DECISIONS = {"pending": "Pending", "agreed": "Agreed", "part": "Agreed in part", "declined": "Declined"}


def rows_in_force(rows: Iterable[RegisterRow], day: date) -> list[RegisterRow]:
    """Commitments that are active and cover the day."""
    return [
        row
        for row in rows
        if row["status"] in ("active", "ended")
        and row["from_day"] <= day
        and (row["to_day"] is None or row["to_day"] >= day)
    ]


def place_in(at: Situation, row: RegisterRow, order: Callable[[], Sequence[RegisterRow]]) -> int:
    """The place of a row in an order of its register, from 1; the order is made once."""
    places: dict[int, int] = at.keep("places", lambda: {id(one): place for place, one in enumerate(order(), 1)})
    return places[id(row)]


def circles(rows: Sequence[RegisterRow], keyed: str, link: str) -> Iterator[RegisterRow]:
    """Rows whose links lead back to themselves."""
    to = {row[keyed]: (row[link] or "").split() for row in rows}
    for row in rows:
        seen: set[str] = set()
        ahead = list(to[row[keyed]])
        while ahead:
            one = ahead.pop()
            if one == row[keyed]:
                yield row
                break
            if one not in seen:
                seen.add(one)
                ahead += to.get(one, [])


def same_child(rows: Iterable[RegisterRow], begins: str, ends: str, child: str = "child") -> Iterator[RegisterRow]:
    """Rows of one child (or commitment) that share a day with an earlier row of it."""
    seen: dict[str, list[RegisterRow]] = {}
    for row in rows:
        if row[child] is None or row.n > 1:
            continue
        before = seen.setdefault(row[child], [])
        if any(common_day((one[begins], one[ends]), (row[begins], row[ends])) for one in before):
            yield row
        before.append(row)
