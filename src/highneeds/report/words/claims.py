"""What the data says of the figures in the council's own words."""

from collections.abc import Iterable

from highneeds.claims import Verdict
from highneeds.vocabulary.counted import counted

NO_CLAIM = "The narrative states no figure that could be checked."
TITLE = "Claims of the narrative"
LIST = "Claims and verdicts"
VERDICTS = {Verdict.FAILS: "Fails", Verdict.HOLDS: "Holds", Verdict.CANNOT_CHECK: "Cannot check"}
ONE, MANY = "figure, direction, comparison or date was", "figures, directions, comparisons and dates were"
UNREAD = "Figures of the narrative with nothing but their own statement behind them"
WHERE, CLAIM, STATED, BY_DATA, VERDICT, WHY = "Where", "Claim", "Stated", "By the data", "Verdict", "Why"
NONE = "none"


def finding(count: dict[Verdict, int]) -> str:
    """How many claims were read, hold, fail and cannot be checked."""
    if not sum(count.values()):
        return NO_CLAIM
    unchecked = count[Verdict.CANNOT_CHECK]
    return (
        f"{counted(sum(count.values()), ONE, MANY)} read in the narrative: "
        f"{counted(count[Verdict.HOLDS], 'holds', 'hold')} against other data, "
        f"{counted(count[Verdict.FAILS], 'does', 'do')} not, and "
        f"{counted(unchecked, 'has nothing but its', 'have nothing but their')} own statement behind "
        f"{'it' if unchecked == 1 else 'them'}."
    )


def line(number: str) -> str:
    return f"line {number}"


def unread(sentence: str, stated: Iterable[str]) -> str:
    return f"{sentence} ({'; '.join(stated)})"


def in_words_only(sentences: int) -> str:
    return f"{counted(sentences, 'further sentence counts', 'further sentences count')} in words, such as “two”."


def not_supported(stated: str) -> str:
    return f"The data does not support “{stated}”"


def no_data_behind(stated: Iterable[str]) -> str:
    return f"No independent data behind: {'; '.join(dict.fromkeys(stated))}."


def failing(computed: str, stated: str, why: str) -> str:
    """'The data gives 40.2%. Oct 2024: 40.2%; 35.8% is the figure for Nov 2024.'"""
    given = f"The data gives {computed}. " if computed and computed != stated else ""
    return f"{given}{why.rstrip('.')}."
