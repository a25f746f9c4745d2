"""The file that is read before anybody signs. It stays inside the council."""

from collections.abc import Sequence

from highneeds.report.words.registers import runs
from highneeds.vocabulary.words import listed

SIGNING = "Signing sheet"
BEFORE_YOU_SIGN = "Before you sign"
SIGNING_LEAD = "Read this page before you sign. Everything on it is explained in the pages that follow."
CHECK, STATE, WHERE = "What to look at", "How it stands", "Where"
CLAIMS = "Figures in our words that the data does not support"
MUST_FIX = "Findings that must be fixed"
QUERIES = "Other findings"
LEVELS = "Levels that the measures speak against"
TWO_FIGURES = "One thing with two published figures"
EXPLANATIONS = "Variances that are not explained"
ADEQUATE = "An explanation is adequate when it names causes whose sums cover at least 80% of the variance."
NO_EXPLANATIONS = "Nobody has explained a variance yet."
ALL_EXPLAINED = "Every explanation of a variance is adequate."
NOT_ADEQUATE = {"partly": "Partly explained", "no": "Not explained"}
FOR_LINE, VARIANCE, SAID, WHY_NOT = "Variance", "Sum", "Our explanation", "Why it is not adequate"
MISSING = "What is missing"
CELLS_WITH_FIGURE, CELLS = "Dashboard cells with a figure", "Dashboard cells in all"
FACTS, CLAIMS_READ = "Published figures with a source", "Claims read in the narrative"
TOTALS = "Control totals"
DRAFTS = "What moved since the last draft"
NO_DRAFT = "No earlier draft of this report is kept, so nothing can be compared."
UNMOVED = "Nothing moved since the draft of {day} (run {run})."
MOVED = "{count} moved since the draft of {day} (run {run}): what was left out or changed, and what stands there now."
SINCE_REPORT = "{count} from report {report}, as its last draft of {day} has it (run {run})."
SECTION, BEFORE, AFTER = "Section", "In that draft", "Now"
NEW, GONE = "not there", "left out"
FURTHER = "{count} moved."
SIGNED_FIGURES = (
    "You sign the words and figures of run {run}. If anything changes, the signatures no longer count, and we ask you "
    "again."
)
NO_LEVELS = "There is no level yet to compare with its measures."
NO_DISAGREEMENT = "No level stands against its measures."
DISAGREE = "Level given: {given}. Measures: {measures}. Owner, please confirm the level or change it, and say why."
NO_TARGET = "There is no target for {year}, or no forecast of it."
NO_END_FORECAST = "There is no forecast of the balance at the end of {end}."
NO_COMMENTARY = "There is no commentary on the three questions."
NO_RISKS = "There is no risk on the register."
NOTHING_MISSING = "Nothing that we know of is missing."
NO_SUMS = "No sum of the account has been given yet, so there is nothing to compare."
NO_TWO = "No published figure contradicts another."
FIGURES_TO_GIVE = "Figures that could not be read in the published text"
AS_READ, WHAT_IT_IS, TO_DO = "As read", "What it is", "What to do"
LOST = "Cut off: please give the whole figure."
UNREAD = "From a damaged chart: please confirm it."
NO_OWNER = "No owner is named for {conditions}."
NO_STEP = "No next milestone is on record for {conditions}."
NO_LEVEL = "No level is given at this update for {conditions}."
NO_NARRATIVE = "There is no narrative for {conditions}."
TOO_MANY = "“{part}” has {count} items; the template allows three."
TOO_LONG = "{title} has {count} words; a page holds about {most}."
INCOMPLETE_TITLE = "The published text cuts off the title of {conditions}."


def of_conditions(sentence: str, numbers: Sequence[int]) -> str:
    """'No owner is named for conditions 1 to 9.'"""
    return sentence.format(conditions=f"condition{'s' if len(numbers) > 1 else ''} {listed(runs(numbers))}")


def counted_state(number: int, *, looked: bool = True) -> str:
    """looked: False where there was nothing to look at, which is not clear."""
    if number:
        return f"{number} to answer"
    return "Clear" if looked else "Nothing to look at"
