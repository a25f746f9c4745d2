"""The bridge beyond volume, mix and price: named drivers as far as figures carry, and the remainder named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from highneeds.account.amount import Amount, known, total
from highneeds.account.pennies import share_of
from highneeds.account.variance.bridge import Bridge
from highneeds.intake.ledger.positions import Layer
from highneeds.vocabulary.note import Note


class DriverKind(StrEnum):
    """What kind of cause a driver is."""

    VOLUME = "volume"
    MIX = "mix"
    PRICE = "price"
    TIMING = "timing"
    INFLATION = "inflation"
    NEW_DEMAND = "new demand"


@dataclass(frozen=True)
class Driver:
    """name     what the council calls it; '' of volume, mix or price of its own lines
    effect   what it adds to the overspend, and how that is known; unknown where nobody published it
    estimated   the effect is a sum done here, not one that somebody published
    apart       of its own lines: without what a named cause takes out of it
    """

    name: str
    kind: DriverKind
    effect: Amount
    estimated: bool = False
    apart: bool = False


@dataclass(frozen=True)
class DriverBridge:
    """promised and actual, and what lies between: drivers and remainder add to the difference exactly.

    ends_at   what `actual` is: what was achieved, or only the latest forecast of it
    of_lines  the effects that are not estimated begin with volumes and prices of the council's own lines
    step      to how many pence the rougher of promised and actual is given; what derives from both is as rough
    """

    promised: int
    actual: int
    drivers: tuple[Driver, ...]
    ends_at: Layer = Layer.ACHIEVED
    of_lines: bool = False
    step: int = 1

    @property
    def difference(self) -> int:
        return self.actual - self.promised

    @property
    def explained(self) -> int:
        return sum(one.effect.pence or 0 for one in self.drivers)

    @property
    def published(self) -> int:
        """What drivers with a published effect carry."""
        return sum(one.effect.pence or 0 for one in self.drivers if not one.estimated)

    @property
    def estimated(self) -> int:
        return self.explained - self.published

    @property
    def remainder(self) -> int:
        return self.difference - self.explained


def driver_bridge(
    promised: int, actual: int, drivers: Sequence[Driver], ends_at: Layer = Layer.ACHIEVED, step: int = 1
) -> DriverBridge:
    """Put named drivers between promise and fact. Nothing is spread: what no driver carries is the remainder."""
    return DriverBridge(promised, actual, tuple(drivers), ends_at, step=step)


def drivers_of(explained: Bridge) -> tuple[Driver, ...]:
    """Volume, mix and price of a bridge as the first three drivers; timing, inflation and new demand follow them."""
    parts = (
        (DriverKind.VOLUME, explained.total.volume_effect),
        (DriverKind.MIX, explained.total.mix_effect),
        (DriverKind.PRICE, explained.total.price_effect),
    )
    return tuple(Driver("", kind, known(pence)) for kind, pence in parts)


PARENT = {
    DriverKind.TIMING: DriverKind.MIX,
    DriverKind.INFLATION: DriverKind.PRICE,
    DriverKind.NEW_DEMAND: DriverKind.VOLUME,
}
"""Of which effect a named cause is a part: a late school sends children to dearer places, inflation is a price, a new
demand is a volume. A cause of the kind volume, mix or price is a part of that effect itself."""


def lines_and_named(explained: Bridge, named: Sequence[Driver]) -> tuple[Driver, ...]:
    """Volume, mix and price, each without what a named cause takes out of it, then the named causes themselves.

    They add to the bridge's total exactly; a cause without a figure stays inside its effect and keeps its name.
    """
    known_ones = [one for one in named if one.effect.is_known]
    found = []
    for whole in drivers_of(explained):
        parts = [one for one in known_ones if PARENT.get(one.kind, one.kind) is whole.kind]
        rest = whole.effect - total(one.effect for one in parts)
        found.append(replace(whole, effect=known(rest.pence or 0), apart=bool(parts)))
    return (*found, *named)


def inflation_above_plan(base: Amount, percentage_points: Decimal) -> Amount:
    """What each percentage point above the planned uplift costs on a base of spend."""
    if base.pence is None:
        return base
    above = Note.of("stands.points_above", points=percentage_points, pence=base.pence)
    return known(share_of(base.pence, percentage_points), above, *base.sources)
