"""Does every text print as it was written?"""

from collections.abc import Iterable

from highneeds.checks.finding import Finding, RuleResult, Severity
from highneeds.vocabulary.printable import Unprintable, unprintable_in

RULE = "TEXT-01"
QUESTION = "Every character prints as it was written"
FIX = "Write it in words, or take it out."


def characters_found(texts: Iterable[tuple[str, str]]) -> RuleResult:
    """A query for each line and character that no document can show; texts are pairs of file and text."""
    looked_at, found = 0, []
    for file, text in texts:
        looked_at += 1
        for one in dict.fromkeys(unprintable_in(text)):
            found.append(Finding(RULE, Severity.QUERY, file, one.line, "", "", _words(one), FIX))
    return RuleResult.of(RULE, tuple(found), looked_at)


def _words(one: Unprintable) -> str:
    instead = f"'{one.shown}' is printed in its place" if one.shown else "it is left out"
    return f"The character {one.written} cannot be printed; {instead}"
