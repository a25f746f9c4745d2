"""The file that is read before anybody signs. It stays inside the council."""

SIGNING = "Signing sheet"
SIGNING_LEAD = "Read this page before you sign. Everything on it is explained in the pages that follow."
CHECK, STATE, WHERE = "What to look at", "How it stands", "Where"
STATES = {True: "Needs an answer", False: "Clear"}
CLAIMS = "Figures in our words that the data does not support"
MUST_FIX = "Findings that must be fixed"
QUERIES = "Other findings"
LEVELS = "Levels that the measures speak against"
TWO_FIGURES = "One thing with two published figures"
MISSING = "What is missing"
TOTALS = "Control totals"
TOTALS_NOTE = "The submission holds these figures. Whoever signs can add them up again from the files named."
DRAFTS = "What moved since the last draft"
NO_DRAFT = "No earlier draft of this report is kept in this workspace, so nothing can be compared."
SIGNED_FIGURES = (
    "You sign the words and figures of run {run}. If anything changes, the signatures fall and you are asked again."
)
NO_DISAGREEMENT = "No level stands against its measures."
DISAGREE = "Level given: {given}. Measures: {measures}. Owner, please confirm the level or change it, and say why."
NOTHING_MISSING = "Nothing that we know of is missing."
NO_TWO = "No published figure contradicts another."
LOST = "“{printed}” is cut off in the published text ({meaning}). Please give the whole figure."
UNREAD = "“{printed}” was read from a damaged chart ({meaning}). Please confirm it."
NO_OWNER = "No owner is named in council.toml for these conditions: {numbers}."
NO_STEP = "The register has no next milestone for these conditions: {numbers}."
NO_LEVEL = "No level is given at this update for these conditions: {numbers}."
NO_NARRATIVE = "There is no narrative for these conditions: {numbers}."
TOO_MANY = "“{part}” has {count} items; the template allows three."
TOO_LONG = "{title} has {count} words; a page holds about {most}."
INCOMPLETE_TITLE = "The title is cut off in the source for these conditions: {numbers}."


def counted_state(number: int) -> str:
    return f"{number} to answer" if number else "Clear"
