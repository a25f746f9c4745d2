"""The roll-over of school years: the months in which children move up a year and start in new places."""

from highneeds.vocabulary.period import MONTH_NAMES, Month

NEW_PLACES = 9  # the places of a new school year begin in September, whichever month moves the year groups


def rollover_months(rollover_month: int) -> tuple[int, ...]:
    """(9,), or (8, 9) where the snapshot of 31 August already stands in the new school year."""
    return tuple(range(rollover_month, NEW_PLACES + 1))


def rollover_words(rollover_month: int) -> str:
    """'Sep', or 'Aug and Sep'."""
    return " and ".join(MONTH_NAMES[number - 1] for number in rollover_months(rollover_month))


def in_rollover(month: Month, rollover_month: int) -> bool:
    """A roll-over month: its figure belongs to neither school year, and its moves are the whole phase transfer."""
    return month.number in rollover_months(rollover_month)


def crosses_rollover(earlier: Month, later: Month, rollover_month: int) -> bool:
    """True where children move up a year between two month-ends.

    With a roll-over in August both steps (July to August, August to September) are no like-for-like change.
    """
    return any(in_rollover(month, rollover_month) for month in earlier.plus(1).through(later))
