"""The blocks of the dedicated schools grant."""

from enum import StrEnum


class DsgBlock(StrEnum):
    """A block of the grant, as the register of allocations writes it."""

    SCHOOLS = "schools"
    CENTRAL = "cssb"
    HIGH_NEEDS = "high_needs"
    EARLY_YEARS = "early_years"
