"""Conditions: the level the owner gives, and what the measures do beside it."""

from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.counted import counted

TITLE = "Detailed update by condition"
GLANCE_TITLE = "Our conditions at a glance, worst first"
GLANCE_NOTE = (
    "The level is the owner's. The measures are counted against the same month a year before: improving where some are "
    "better and none worse, worsening where some are worse and none better. They are mixed where some are of each, or "
    "nothing changed clearly. Numbers of plans, requests and assessments are not counted either way."
)
FOUR_LEVELS = "The four assurance levels"
LEVEL = "Level"
MEASURES = "Measures"
OWNER = "Owner"
NEXT = "Next step"
NO_OWNER = "to be named"
NO_OWNERS = "We have not yet named an owner for each condition."
NO_STEP = "no date on record"
NO_LEVEL = "no level given"
NO_CLEAR_CHANGE = "Mixed: no clear change"
NO_NARRATIVE = "There is no update on this condition yet."


def measures_words(better: int, worse: int, unchanged: int) -> str:
    """'2 better, 1 worse, 3 no clear change'."""
    parts = ((better, "better"), (worse, "worse"), (unchanged, "no clear change"))
    return ", ".join(f"{number} {word}" for number, word in parts if number) or "none to compare"


def heading(number: int, title: str) -> str:
    return f"Condition {number}: {title}"


def undertaking(whole_clauses: str, complete: bool) -> str:
    """As agreed. One that is cut off in its source has a mark that it goes on."""
    return f"{whole_clauses.rstrip('.')}." if complete else f"{whole_clauses} …"


def stands(number: int) -> str:
    return f"Where condition {number} stands"


def month_words(month: str, at_earliest: bool) -> str:
    return f"{month} at the earliest" if at_earliest else month


def step_words(title: str, when: str, state: str) -> str:
    """'Service in house: Sep 2025 (at risk)'."""
    words = f"{title}: {when}" if when else title
    return f"{words} ({state})" if state in ("late", "at risk") else words


# the council's own report, with the level that the measures give

CONDITION = "Condition"
SUGGESTED = "What the measures say"
AGREE = "Do they agree?"
LEVELS = "Assurance levels, as given and beside the measures"
LEVELS_NOTE = (
    "Only measures that can get better or worse are counted, against the same month a year before. Each condition "
    "says which were counted."
)
NOT_GIVEN = "not given"
NOT_SUPPORTED = "The measures do not agree with the level given"


def agreement(conditions: int, agree: int, disagree: int) -> str:
    """How often the level given and the measures agree."""
    return (
        f"Of {counted(conditions, 'condition')}, the measures agree with the level given for {agree or 'none'} and "
        f"differ for {disagree or 'none'}; for {conditions - agree - disagree or 'none'} there is nothing to compare."
    )


def apart(given: AssuranceLevel, suggested: AssuranceLevel) -> str:
    """The level given beside the other one that the measures give."""
    how = "worse" if suggested.worry > given.worry else "better"
    return f"The measures look {how} than the level given: {suggested.words.lower()} against {given.words.lower()}."


def given(slot: str) -> str:
    return f"Given, {slot}"
