"""A chance in words that people use: 'about 1 in 8 (12%)'."""

from highneeds.vocabulary.rounding import round_half_away

RULE_OF_THREE = 3
"""What happens in none of n draws has a chance of less than 3 in n, at 95 in 100."""


def in_odds(chance: float, draws: int) -> str:
    """'about 1 in 8 (12%)', 'about 7 in 8 (88%)'; near the ends no finer than the draws can tell.

    >>> in_odds(0.12, 300), in_odds(0.0, 300), in_odds(0.0, 60)
    ('about 1 in 8 (12%)', 'less than 1 in 100', 'less than 1 in 20')
    """
    finest = max(min(draws // RULE_OF_THREE, 100), 2)
    if chance < 1 / finest:
        return f"less than 1 in {finest}"
    if chance > 1 - 1 / finest:
        return f"more than {finest - 1} in {finest}"
    percent = f"({round_half_away(100 * chance)}%)"
    if chance <= 0.5:
        return f"about 1 in {round_half_away(1 / chance)} {percent}"
    of = round_half_away(1 / (1 - chance))
    return f"about {of - 1} in {of} {percent}"
