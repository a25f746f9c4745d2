"""How the counts of indicators hang together, declared beside the definition: outgoing figures are hidden by it.

A count is named 'indicator.count': its `value`, the `part` or the `whole` of a share, or the `rest`, the whole without
the part. `count` says which count of the declaring indicator is meant.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class AddsTo:
    """All indicators that add to one total make exactly that total together."""

    total: str
    count: str = "value"


@dataclass(frozen=True)
class PartOf:
    """A part of a larger count; what is left of it is printed nowhere and can be worked out.

    together   parts of one name do not overlap, so it is what they leave together that can be worked out
    """

    total: str
    count: str = "value"
    together: str = ""


@dataclass(frozen=True)
class SameAs:
    """The same count under another name: hidden in one place, it is hidden in all."""

    other: str
    count: str = "value"


@dataclass(frozen=True)
class Follows:
    """A stock: that of the month before, with what came in and without what went out.

    unseen   +1 or -1: whether what else came or went, which is printed nowhere, adds to the stock or takes from it
    stayed   the count among `went` of which some are still in the stock at the month's end, and leave it a month after
             they were counted; how many is printed nowhere
    """

    came: tuple[str, ...]
    went: tuple[str, ...]
    unseen: int
    stayed: str = ""


Relation = AddsTo | PartOf | SameAs | Follows
