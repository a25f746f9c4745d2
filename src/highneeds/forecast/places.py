"""Places by school or group, phase, need and term, in four states that are never mixed; and who gets one.

A place is planned, then commissioned, then funded, and a child may or may not occupy it. Only commissioned places limit
who can be placed; only funded ones cost money when they stand empty. Occupied places come out of the simulation.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from highneeds.forecast.state import (
    AGES,
    NEEDS,
    PHASES,
    SETTINGS,
    Calendar,
    Floats,
    Ints,
    Marks,
    Provision,
    Term,
    band_of_ages,
)
from highneeds.vocabulary.errors import InputError

NO_LIMIT = np.int64(-1)


@dataclass(frozen=True)
class ProvisionGroup:
    """The places of one provision: a school, a unit, or all of a setting.

    planned        places promised, by term from `opens` on (the last stands for good); the ramp of an opening
    commissioned   places children can be given; funded: places paid for, empty or not
    others         places taken by other councils' children
    opens, closes  first term with places, first term without
    ages, needs    for whom: lowest and highest age; needs, all when empty
    """

    provision: Provision
    opens: Term
    planned: tuple[int, ...]
    commissioned: tuple[int, ...] = ()
    funded: tuple[int, ...] = ()
    others: int = 0
    closes: Term | None = None
    ages: tuple[int, int] = (0, AGES - 1)
    needs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = [need for need in self.needs if need not in NEEDS]
        if unknown or self.provision.setting not in SETTINGS:
            raise InputError(
                f"{self.provision.name}: {', '.join(unknown) or self.provision.setting} is not a known name",
                remedy=f"Use the names of the published statistics: {', '.join((*SETTINGS, *NEEDS))}",
            )
        if any(places < 0 for places in (*self.planned, *self.commissioned, *self.funded, self.others)):
            raise InputError(f"{self.provision.name} has a negative number of places", remedy="Give 0 or more")

    def delayed(self, terms: int) -> "ProvisionGroup":
        """The same opening, so many terms later."""
        return replace(self, opens=self.opens.plus(terms))

    def at(self, state: str, term: Term) -> int:
        """Places in that state ("planned", "commissioned", "funded") in a term."""
        steps: tuple[int, ...] = getattr(self, state) or self.planned
        since = term.since(self.opens)
        if since < 0 or (self.closes is not None and term >= self.closes):
            return 0
        return steps[min(since, len(steps) - 1)]

    def open_to_own(self, term: Term) -> int:
        """Places left for the council's own children."""
        return max(self.at("commissioned", term) - self.others, 0)


@dataclass(frozen=True)
class Overflow:
    """Where a child goes who was to be placed in `setting`: the first of `then` that has a place, in this order.

    willing   for each of them the chance that the family and the plan accept it
    first     True where it is tried before the setting itself (a local place offered before an independent one)
    """

    setting: str
    then: tuple[str, ...]
    willing: tuple[float, ...]
    first: bool = False


@dataclass(frozen=True)
class Places:
    """The places of a council, and the order in which children are placed when they run out."""

    groups: tuple[ProvisionGroup, ...] = ()
    overflow: tuple[Overflow, ...] = ()

    def with_group(self, group: ProvisionGroup) -> "Places":
        return replace(self, groups=(*self.groups, group))

    def changed(self, school: str, change: Callable[[ProvisionGroup], ProvisionGroup]) -> "Places":
        """The same places with one school changed. An unknown school is refused."""
        names = [group.provision.school or group.provision.setting for group in self.groups]
        if school not in names:
            raise InputError(
                f"There is no school or group called '{school}' among the places",
                remedy=f"Use one of {', '.join(names)}" if names else "Name an opening first",
            )
        pairs = zip(names, self.groups, strict=True)
        return replace(self, groups=tuple(change(group) if name == school else group for name, group in pairs))


def phase_shares(places: Places, provisions: tuple[Provision, ...]) -> Floats:
    """(provisions, phases) part of a provision's places that is for each phase: its ages, each alike; rows sum to 1.

    Places are commissioned for a range of ages and not for a phase, so a school that spans two is shared out by age.
    """
    phase = band_of_ages(PHASES)
    found = np.zeros((len(provisions), len(PHASES)))
    for at, one in enumerate(provisions):
        groups = [group for group in places.groups if group.provision == one]
        low, high = groups[-1].ages if groups else (0, AGES - 1)
        for age in range(low, high + 1):
            found[at, phase[age]] += 1.0 / (high - low + 1)
    return found


@dataclass(frozen=True)
class PlacesForKernel:
    """The same as arrays.

    capacity   (terms, provisions)          places for own children; -1 where there is no limit
    funded     (terms, provisions)          places paid for whether or not filled; 0 where they are not counted
    choices    (provisions, choices)        provisions to try in order for a child bound for the first axis; -1 ends
    willing    (provisions, choices)        chance that the child takes it
    eligible   (provisions, ages, needs)    who may have a place there
    limited    (provisions)                 True where a child bound for it may end up elsewhere
    """

    capacity: Ints
    funded: Ints
    choices: Ints
    willing: Floats
    eligible: Marks
    limited: Marks


def for_kernel(places: Places, provisions: tuple[Provision, ...], calendar: Calendar) -> PlacesForKernel:
    """Arrays of the places, in the order of `provisions`."""
    terms = calendar.terms
    count = len(provisions)
    capacity = np.full((len(terms), count), NO_LIMIT)
    funded = np.zeros((len(terms), count), dtype=np.int64)
    eligible = np.ones((count, AGES, len(NEEDS)), dtype=np.bool_)
    for group in places.groups:
        at = provisions.index(group.provision)
        capacity[:, at] = [group.open_to_own(term) for term in terms]
        funded[:, at] = [group.at("funded", term) for term in terms]
        eligible[at] = _who(group)
    choices, willing = _choices(places, provisions, capacity)
    limited = (choices[:, 0] >= 0) & (choices[:, 0] != np.arange(count)) | (capacity >= 0).any(axis=0)
    return PlacesForKernel(capacity, funded, choices, willing, eligible, limited)


def _who(group: ProvisionGroup) -> Marks:
    ages = (np.arange(AGES) >= group.ages[0]) & (np.arange(AGES) <= group.ages[1])
    needs = np.array([not group.needs or need in group.needs for need in NEEDS])
    found: Marks = ages[:, None] & needs[None, :]
    return found


def _choices(places: Places, provisions: tuple[Provision, ...], capacity: Ints) -> tuple[Ints, Floats]:
    """For every provision the ordered list of what is tried, itself included where it stands in the list."""
    lists = [_tried(places, provisions, one) for one in provisions]
    most = max(len(tried) for tried in lists)
    choices = np.full((len(provisions), most), -1, dtype=np.int64)
    willing = np.zeros((len(provisions), most))
    for row, tried in enumerate(lists):
        for column, (at, chance) in enumerate(tried):
            choices[row, column], willing[row, column] = at, chance
    return choices, willing


def _tried(places: Places, provisions: tuple[Provision, ...], bound: Provision) -> list[tuple[int, float]]:
    rules = [rule for rule in places.overflow if rule.setting in (bound.setting, bound.school)]
    before = [pair for rule in rules if rule.first for pair in _named(rule, provisions)]
    after = [pair for rule in rules if not rule.first for pair in _named(rule, provisions)]
    itself = provisions.index(bound)
    return [pair for pair in before if pair[0] != itself] + [(itself, 1.0)] + [p for p in after if p[0] != itself]


def _named(rule: Overflow, provisions: tuple[Provision, ...]) -> list[tuple[int, float]]:
    found = []
    for name, chance in zip(rule.then, rule.willing, strict=True):
        at = [i for i, one in enumerate(provisions) if (one.school or one.setting) == name]
        if not at:
            raise InputError(
                f"Overflow names '{name}', which is neither a setting nor a school with places",
                remedy="Name a setting, or a school for which the scenario gives places",
            )
        found.append((at[0], chance))
    return found
