"""Other councils, beside ours."""

TITLE = "Other councils"
OPENING = (
    "Our ten statistical neighbours are the councils that the Department for Education finds most like ours. Figures "
    "are published for all councils; they are the newest known on the day of this report."
)
TABLE = "How we compare"
NO_PACK = "No published comparison is available."
NEIGHBOURS = "Middle of our neighbours"
SOURCE = "Published statistics of the Department for Education; our working"


def title(measure: str, own: str, england: str, period: str) -> str:
    """'Plans per 1,000 aged 0 to 25: 45.1 here, 39.2 in England (Jan 2024)'."""
    return f"{measure}: {own} here, {england} in England ({period})"


def rank(place: int, of: int) -> str:
    return f"{place} of {of}"
