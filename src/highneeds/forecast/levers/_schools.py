"""What the levers on schools share: a school becomes a provision of its own beside its setting."""

from dataclasses import replace

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.places import Overflow, ProvisionGroup
from highneeds.forecast.state import Floats, Provision


def with_school(assumptions: Assumptions, group: ProvisionGroup, instead_of: tuple[Overflow, ...]) -> Assumptions:
    """The assumptions with the places of `group`; a new school gets columns of its own, copied from its setting."""
    places = assumptions.places.with_group(group)
    places = replace(places, overflow=(*places.overflow, *instead_of))
    if group.provision in assumptions.provisions:
        return replace(assumptions, places=places)
    return replace(with_column(assumptions, group), places=places)


def with_column(assumptions: Assumptions, group: ProvisionGroup) -> Assumptions:
    """One provision more. Children come to it only by the order of choices; they move and leave like its setting's."""
    provision = group.provision
    parent = assumptions.provisions.index(Provision(provision.setting))
    rates, tilt = assumptions.rates, assumptions.spread.tilt
    opening = assumptions.opening
    log_leave, go_to = _leaving(assumptions, group, parent)
    return replace(
        assumptions,
        provisions=(*assumptions.provisions, provision),
        opening=replace(opening, plans=_with_empty_column(opening.plans)),
        spread=replace(assumptions.spread, tilt=np.append(tilt, tilt[parent])) if len(tilt) > 1 else assumptions.spread,
        rates=replace(
            rates,
            place_mix=_with_empty_column(rates.place_mix),
            log_end=_copied(rates.log_end, parent),
            log_leave=log_leave,
            go_to=go_to,
        ),
    )


def _with_empty_column(table: np.ndarray) -> np.ndarray:
    return np.concatenate([table, np.zeros_like(table[..., :1])], axis=-1)


def _copied(table: Floats, parent: int) -> Floats:
    return np.concatenate([table, table[..., parent : parent + 1]], axis=-1)


def _leaving(assumptions: Assumptions, group: ProvisionGroup, parent: int) -> tuple[Floats, Floats]:
    """Chances to leave the new school, and where its leavers go; past its oldest age all leave for its setting."""
    rates, calendar = assumptions.rates, assumptions.calendar
    log_leave = _copied(rates.log_leave, parent)
    go_to = _with_empty_column(np.concatenate([rates.go_to, rates.go_to[:, :, parent : parent + 1]], axis=2))
    september = calendar.numbers == calendar.rollover
    for age in range(group.ages[1] + 1, log_leave.shape[1]):
        log_leave[september, age, -1] = -np.inf
        go_to[september, age, -1] = 0.0
        go_to[september, age, -1, parent] = 1.0
    return log_leave, go_to


def yearly_steps(places: tuple[int, ...]) -> tuple[int, ...]:
    """Places by year of opening as places by term."""
    return tuple(step for step in places for _ in range(3))
