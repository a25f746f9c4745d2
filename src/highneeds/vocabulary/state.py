"""The states of a figure. A gap is never zero, and each kind of gap has its own word."""

from enum import StrEnum


class State(StrEnum):
    REPORTED = "reported"
    COMPUTED = "computed"
    PROVISIONAL = "provisional"
    RESTATED = "restated"
    SUPPRESSED = "suppressed"
    NOT_REPORTED = "not_reported"
    BLANK = "blank"
    UNAVAILABLE = "unavailable"
    NOT_PUBLISHED = "not_published"

    @property
    def has_value(self) -> bool:
        return self in (State.REPORTED, State.COMPUTED, State.PROVISIONAL, State.RESTATED)

    @property
    def words(self) -> str:
        """What a reader sees in place of the figure."""
        return {
            State.SUPPRESSED: "Suppressed, a small count",
            State.NOT_REPORTED: "Not reported",
            State.BLANK: "Left blank",
            State.UNAVAILABLE: "Unavailable",
            State.NOT_PUBLISHED: "Not published",
        }.get(self, "")

    @property
    def mark(self) -> str:
        """The short mark of a gap in a tight table; the key is printed under it."""
        return {
            State.SUPPRESSED: "c",
            State.NOT_REPORTED: "-",
            State.BLANK: "blank",
            State.UNAVAILABLE: "n/a",
            State.NOT_PUBLISHED: "n.p.",
        }.get(self, "")
