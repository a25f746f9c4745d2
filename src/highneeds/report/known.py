"""What a report may know: what stood on its day, or all that became known since; and what may leave the council."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

from highneeds.indicators.mechanism.computed import Computed
from highneeds.indicators.mechanism.outgoing import outgoing
from highneeds.report.evidence import Evidence


class Knowing(StrEnum):
    """ON_ITS_DAY: the day that was asked for, else the report's day of submission. NOW: everything until today."""

    ON_ITS_DAY = "on its day"
    NOW = "now"


@lru_cache(maxsize=2)
def up_to_now(evidence: Evidence) -> Evidence:
    """All that is known, or what was known on the day that was asked for."""
    return evidence if evidence.asked_day is not None else evidence.up_to(date.max)


@lru_cache(maxsize=2)
def as_it_goes_out(evidence: Evidence) -> Evidence:
    """The same without the small counts of the council's children, however a section asks for them."""
    return _AsItGoesOut(evidence)


_SHOWN = ("computed", "differences", "workspace", "movements", "signals", "assurances")
"""What shows a computed figure, or is made from one that is shown."""


def _from_inside(name: str) -> "cached_property[object]":
    def same(evidence: "_AsItGoesOut") -> object:
        return getattr(evidence.inside, name)

    return cached_property(same)


def _rest_from_inside(kind: type["_AsItGoesOut"]) -> type["_AsItGoesOut"]:
    """Everything else that evidence works out is asked of the evidence inside."""
    for name, one in vars(Evidence).items():
        if isinstance(one, cached_property) and name not in _SHOWN:
            same = _from_inside(name)
            same.__set_name__(kind, name)
            setattr(kind, name, same)
    return kind


@_rest_from_inside
class _AsItGoesOut(Evidence):
    """Evidence whose caseload has its small counts hidden, also where it is what the council shows of itself.

    Only what is shown of the indicators is worked out anew: the account, the forecast and whatever else is reckoned
    with every count are those inside, or documents would differ in more than what they hide.
    """

    def __init__(self, inside: Evidence) -> None:
        vars(self).update({name: part for name, part in vars(inside).items() if name not in _SHOWN})
        self.inside = inside

    @cached_property
    def computed(self) -> Computed | None:
        """As it may leave the council. Of an invented caseload nothing is hidden: nobody in it exists."""
        found = self.inside.computed
        return found if found is None or found.synthetic else replace(found, figures=outgoing(found.figures))
