"""Notes on the data of what is sent."""

from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.words import listed

TITLE = "Notes on our data"
DOCUMENTS = "Where the figures come from"
DATES = "When each figure is of"
BREAKS = "Breaks and gaps"
DEFINITIONS = "What we count"
NO_BREAKS = "We know of no break in the figures shown."
DASHBOARD = "Our dashboard, as our board has it"
DASHBOARD_PUBLISHED = "The rows of our dashboard are published by the Department for Education"
OWN_ACCOUNT = "Our own account of the high needs block, by year and line"
STATISTICS = "Statistics of the Department for Education, Open Government Licence"
ROUGH = (
    "Some sums are given roughly, such as a forecast of “about” so many million. What we work out from them is given "
    "as roughly."
)
SPECIALIST = (
    "Specialist means state special schools, non-maintained special schools and independent schools of any kind. "
    "A place in a resourced provision or unit of a mainstream school counts as mainstream."
)
OVERDUE = "A review is overdue when its decision is late; the percentage is of all plans."
YEAR_ON_YEAR = (
    "A change on the year compares the same month, because children change schools between August and September."
)
CONTRIBUTIONS = "Before contributions: before payments of the Department for Education and of the council."
ROLES = "People are named by their role. No child can be recognised in this report."


def place(title: str, section: str, page: int | None, figures: int) -> str:
    """'Our report to DfE, programme overview, page 1: 9 figures'; Annex B has each of them."""
    parts = [title, section, f"page {page}" if page else ""]
    return f"{', '.join(part for part in parts if part)}: {counted(figures, 'figure')}"


def under_figures(numbers: list[int]) -> str:
    """'Sources: notes 1 and 4 at the end.'"""
    return f"Sources: note{'s' if len(numbers) > 1 else ''} {listed(map(str, numbers))} at the end."


def dashboard_as_at(day: str) -> str:
    return f"Dashboard: to {day}."


def gaps(title: str, words: str) -> str:
    return f"{title}: {words.lower()}."


def basis_changes(title: str, months: str) -> str:
    return f"{title}: the basis probably changed in {months}."


def published_as_at(january: int) -> str:
    return f"Comparison with other councils: census of January {january}, and the latest years published by then."
