"""Top-ups as number times average: what a change comes from, children with and without a plan kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.account.variance.bridge import Bridge, bridge
from highneeds.intake.ledger.priced_lines import PricedLine


@dataclass(frozen=True)
class TopUpEffects:
    """number    more or fewer children, at the planned average of their group
    mix       part of `number`: the shift between groups
    average   dearer or cheaper, for those who were funded
    """

    explained: Bridge

    @property
    def number(self) -> int:
        return self.explained.total.volume_effect + self.explained.total.mix_effect

    @property
    def mix(self) -> int:
        return self.explained.total.mix_effect

    @property
    def average(self) -> int:
        return self.explained.total.price_effect

    @property
    def change(self) -> int:
        return self.explained.total.total


def top_ups(plan: Sequence[PricedLine], actual: Sequence[PricedLine]) -> TopUpEffects:
    """number + average = change in cost, to the penny. Lines are groups such as 'with a plan' and 'without a plan'."""
    return TopUpEffects(bridge(plan, actual))
