"""The four assurance levels of the DfE template, and the two states in which there is none."""

from enum import StrEnum


class AssuranceLevel(StrEnum):
    """Value: the letter used in files. A level is always shown as its word, never by colour alone."""

    COMPLETE = "B"
    ON_TARGET = "G"
    OFF_TARGET_WITH_PLANS = "A"
    OFF_TARGET = "R"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        return {
            AssuranceLevel.COMPLETE: "Complete",
            AssuranceLevel.ON_TARGET: "On target",
            AssuranceLevel.OFF_TARGET_WITH_PLANS: "Off target with plans",
            AssuranceLevel.OFF_TARGET: "Off target",
            AssuranceLevel.NOT_YET: "Not yet due",
            AssuranceLevel.UNKNOWN: "Not known",
        }[self]

    @property
    def colour(self) -> str:
        """The colour's name as the template knows it; an extra beside the word."""
        return {"B": "blue", "G": "green", "A": "orange", "R": "red"}.get(self.value, "grey")

    @property
    def is_given(self) -> bool:
        return self not in (AssuranceLevel.NOT_YET, AssuranceLevel.UNKNOWN)

    @property
    def worry(self) -> int:
        """0 complete to 3 off target, to compare two given levels."""
        return "BGAR".index(self.value)
