"""Savings as the forecast prices them, in sentences."""

from highneeds.account.savings.priced import Together
from highneeds.account.stated import in_words
from highneeds.vocabulary.counted import counted


def together(one: Together) -> str:
    """What priced actions save done together, beside what is asked for, with its odds."""
    words = (
        f"Done together, {counted(len(one.names), 'action saves', 'actions save')} "
        f"{in_words(round(one.mean * 100))} in {one.year} (8 in 10 futures: {in_words(round(one.low * 100))} to "
        f"{in_words(round(one.high * 100))}); {in_words(round(abs(one.overlap) * 100))} of overlap is taken out"
    )
    if one.asked is None or one.reached is None:
        return f"{words}."
    return f"{words}; {in_words(one.asked.low)} a year is reached in {round(100 * one.reached)}% of futures."
