"""Is the council's LA number one that the published statistics know?"""

from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.intake.published import Published
from highneeds.intake.workspace import Council

CODE = "COUNCIL-number"
TITLE = "The LA number is in the published list of councils"
FIX = "Correct la_number in council.toml, or give newer statistics with --open-data."


def check_council(council: Council, published: Published) -> Findings:
    """An invented council need not be listed; any other that is not can be compared with nobody."""
    if council.synthetic or not published.has("la_lookup"):
        why = "the council is invented" if council.synthetic else "there is no published list of councils"
        return Findings((RuleResult(CODE, Outcome.COULD_NOT_CHECK, why=why),))
    if council.la_number in set(published.table("la_lookup")["la_number"]):
        return Findings((RuleResult(CODE, Outcome.CLEAR, looked_at=1),))
    message = f"No published council has the number {council.la_number}"
    found = Finding(CODE, Severity.QUERY, "council.toml", None, council.la_number, "la_number", message, FIX)
    return Findings((RuleResult(CODE, Outcome.FOUND, (found,), looked_at=1),))
