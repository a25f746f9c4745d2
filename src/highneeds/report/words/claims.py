"""What the data says of the figures in the council's own words."""

from collections.abc import Iterable

from highneeds.claims import Verdict
from highneeds.vocabulary.counted import counted

NO_CLAIM = "Our words hold no figure that could be checked."
TITLE = "Figures in our words"
LIST = "Every figure in our words, and whether the data supports it"
FAILING = "What the data does not support"
WHY_FAILS = "Why the data does not support it"
VERDICTS = {Verdict.FAILS: "No", Verdict.HOLDS: "Yes", Verdict.CANNOT_CHECK: "Cannot check"}
ONE, MANY = "figure, direction, comparison or date was", "figures, directions, comparisons and dates were"
UNREAD = "Figures that nothing else on record supports"
SUMS, PERCENTAGES, OTHER_NUMBERS = "Sums of money", "Percentages", "Other numbers"
ASK_OWNERS = "Please ask the owner of each part where these figures come from. Parts with sums of money come first."
WHERE, CLAIM, STATED, BY_DATA, VERDICT, WHY = "Where", "What we say", "Figure", "By the data", "Supported", "Why"
NONE = "none"


def finding(count: dict[Verdict, int]) -> tuple[str, ...]:
    """How many claims were read, hold, fail and cannot be checked."""
    if not sum(count.values()):
        return (NO_CLAIM,)
    return (
        f"{counted(sum(count.values()), ONE, MANY)} read in our words.",
        f"Other data supports {count[Verdict.HOLDS] or 'none'} and does not support {count[Verdict.FAILS] or 'none'}.",
        f"For {count[Verdict.CANNOT_CHECK] or 'none'} there is no other data to check against.",
    )


def line(number: int | None) -> str:
    return f"line {number}"


def stated_and_why(stated: str, why: str) -> str:
    """'“1,229”: the parts make 1,231.'"""
    return f"“{stated}”: {why}"


def left_out(numbers: int) -> str:
    """Numbers that are written in words, or belong to a name."""
    is_left = counted(numbers, "number is", "numbers are")
    return f"{is_left} left out here: written in words, such as “two”, or part of a name, such as Year 7."


def not_supported(stated: str) -> str:
    return f"The data does not support “{stated}”"


def no_data_behind(stated: Iterable[str]) -> str:
    return f"No independent data behind: {'; '.join(dict.fromkeys(stated))}."


def failing(computed: str, stated: str, why: str) -> str:
    """'The data gives 40.2%. Oct 2024: 40.2%; 35.8% is the figure for Nov 2024.'"""
    is_figure = computed and not computed[0].isalpha()
    given = f"The data gives {computed}. " if is_figure and computed != stated else ""
    return f"{given}{why.rstrip('.')}."
