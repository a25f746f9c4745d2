"""Which councils make up a region, and England."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from highneeds.intake.published import ENGLAND, Published

AREAS_OF_ALL = "England"


@dataclass(frozen=True)
class SummedArea:
    """A region or England: its published code, its name and its councils' numbers."""

    code: str
    name: str
    councils: frozenset[str]

    @property
    def whole(self) -> bool:
        """True for England, which every other area is part of."""
        return self.code == ENGLAND

    def rows(self, councils: Sequence[str]) -> npt.NDArray[np.bool_]:
        """(councils,) which of them belong to it."""
        return np.array([one in self.councils for one in councils], dtype=bool)


def areas_of(published: Published) -> tuple[SummedArea, ...]:
    """England first, then every region in the order of its code, with the councils that have ever been in it."""
    found: dict[tuple[str, str], set[str]] = {}
    lookup = published.table("la_lookup")
    for council, code, name in lookup.select("la_number", "region_code", "region").iter_rows():
        if code:
            found.setdefault((code, name), set()).add(council)
    england = SummedArea(ENGLAND, AREAS_OF_ALL, frozenset(lookup["la_number"]))
    return (england, *(SummedArea(code, name, frozenset(members)) for (code, name), members in sorted(found.items())))
