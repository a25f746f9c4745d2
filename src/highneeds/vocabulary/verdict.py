"""What holding a claim against the figures comes to."""

from enum import StrEnum


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    CANNOT_CHECK = "cannot_check"
