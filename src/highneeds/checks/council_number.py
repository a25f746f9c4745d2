"""Is the council's LA number one that the published statistics know?"""

from collections.abc import Collection

from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.intake.published import Published
from highneeds.intake.workspace import CouncilFile
from highneeds.intake.workspace.council import one_name
from highneeds.vocabulary.errors import InputError

CODE = "COUNCIL-number"
TITLE = "The LA number is in the published list of councils"
FIX = "Correct la_number in council.toml, or give newer statistics with --open-data."


def refuse_another_council(council: CouncilFile, published: Published) -> None:
    """Refuse a number that belongs to another council than the name: every figure taken by it would be another's."""
    if council.synthetic or not published.has("la_lookup"):
        return
    names = dict(published.table("la_lookup").select("la_number", "la_name").iter_rows())
    listed = names.get(council.la_number)
    others = {one_name(name) for name in names.values()}
    if listed and not any(_is_one(name, listed, others) for name in (council.name, council.short_name)):
        raise InputError(
            f"{council.la_number} is the number of {listed}, and the council is called {council.name}",
            where="council.toml",
            remedy=f'Correct la_number, or write short_name = "{listed}" where that is this council',
        )


def _is_one(own: str, listed: str, names: Collection[str]) -> bool:
    """Whether both name one council. A shorter form is one too, 'Hull', unless that is another council's whole name."""
    words, known = (set(one_name(name).split()) for name in (own, listed))
    return words == known or (one_name(own) not in names and (words <= known or known <= words))


def check_council(council: CouncilFile, published: Published) -> Findings:
    """An invented council need not be listed; any other that is not can be compared with nobody."""
    if council.synthetic or not published.has("la_lookup"):
        why = "the council is invented" if council.synthetic else "there is no published list of councils"
        return Findings((RuleResult(CODE, Outcome.COULD_NOT_CHECK, why=why),))
    if council.la_number in set(published.table("la_lookup")["la_number"]):
        return Findings((RuleResult(CODE, Outcome.CLEAR, looked_at=1),))
    message = f"No published council has the number {council.la_number}"
    found = Finding(CODE, Severity.QUERY, "council.toml", None, council.la_number, "la_number", message, FIX)
    return Findings((RuleResult(CODE, Outcome.FOUND, (found,), looked_at=1),))
