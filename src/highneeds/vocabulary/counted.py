"""A number with its noun: '1 finding', '2 findings'."""

from highneeds.vocabulary.rounding import with_commas


def counted(number: int, one: str, many: str = "") -> str:
    """`many` where it is not the noun with an s: counted(2, 'is', 'are')."""
    return f"{with_commas(number)} {one if number == 1 else many or f'{one}s'}"
