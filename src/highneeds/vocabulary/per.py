"""What a published measure is counted on."""

from enum import StrEnum


class Per(StrEnum):
    """What a comparison divides by, as a reader chooses it."""

    HEAD = "head"
    PLAN = "plan"
    CASE = "case"
    SUPPORTED = "pupil on SEN support"
