"""Notes on the data of what is sent."""

from highneeds.vocabulary.counted import counted

TITLE = "Notes on our data"
DOCUMENTS = "Where the figures come from"
DATES = "When each figure is of"
BREAKS = "Breaks and gaps"
DEFINITIONS = "What we count"
NO_BREAKS = "We know of no break in the figures shown."
DASHBOARD = "Our dashboard, as our board has it"
STATISTICS = "Statistics of the Department for Education, Open Government Licence"
ROUGH = (
    "Some sums are given roughly, such as a forecast of “about” so many million. What we work out from them is given "
    "as roughly."
)
SPECIALIST = (
    "Specialist provision is state special, independent and non-maintained special schools, and independent schools. "
    "A place in a resourced provision or unit of a mainstream school counts as mainstream."
)
OVERDUE = "A review is overdue when its decision is late; the percentage is of all plans."
YEAR_ON_YEAR = (
    "A change on the year compares the same month, because children change schools between August and September."
)
CONTRIBUTIONS = "Before contributions: before payments of the Department for Education and of the council."
ROLES = "People are named by their role. No child can be recognised in this report."


def document(title: str, figures: int) -> str:
    """'Kent's public page: 23 figures'; each figure with its place stands in Annex B."""
    return f"{title}: {counted(figures, 'figure')}, each with its place in Annex B" if figures else title


def dashboard_as_at(day: str) -> str:
    return f"Dashboard: to {day}."


def gaps(title: str, words: str) -> str:
    return f"{title}: {words.lower()}"


def basis_changes(title: str, months: str) -> str:
    return f"{title}: the basis probably changed in {months}."


def published_as_at(january: int) -> str:
    return f"Comparison with other councils: census of January {january}, and the latest years published by then."
