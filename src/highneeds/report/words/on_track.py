"""Commentary on the three questions."""

TITLE = "Is our plan on track?"
PARTS = ("On track: in year", "On track: end of the agreement", "On track: capital")
OWN_TITLE, HOW_IT_CAME = "Is the plan on track?", "How the gap came about"
NO_COMMENTARY = "The three answers stand on the first page. We have not written a commentary on them yet."
NO_COMMENT = "We have not written a commentary on this yet."
OPENINGS_SOURCE = "Our register of openings. Circle: planned. Square: opened. Diamond: now expected"


def answer(word: str) -> str:
    """The answer as the template prints it, before the commentary."""
    return f"{word}."


def openings_title(late: int, whole: int) -> str:
    """The finding of the chart."""
    if not late:
        return f"All {whole} openings are on time"
    return f"{late} of {whole} planned openings {'is' if late == 1 else 'are'} late or lost"
