"""Nothing that goes out names a person: every text of a workspace that reaches a document is scanned."""

from collections.abc import Iterator, Mapping

from highneeds.assurance.names import personal_details
from highneeds.checks.finding import Finding, RuleResult, Severity
from highneeds.intake.workspace import Workspace
from highneeds.registers.register import Entries

RULE = "NAMES-01"
QUESTION = "No text that reaches a document holds a person's name, e-mail address or telephone number"
FIX = "Write the role in place of the person."


def personal_details_found(workspace: Workspace, registers: Mapping[str, Entries]) -> RuleResult:
    """A finding that must be fixed for each; it says the kind and the place, never the detail itself."""
    texts = list(public_texts(workspace, registers))
    found = tuple(
        Finding(RULE, Severity.MUST_FIX, file, line, "", one.kind, f"A {one.kind} stands here ({one.shown})", FIX)
        for text, file, line in texts
        for one in personal_details(text, file)
    )
    return RuleResult.of(RULE, found, len(texts))


def public_texts(workspace: Workspace, registers: Mapping[str, Entries]) -> Iterator[tuple[str, str, int | None]]:
    """(text, file, line) of everything a person wrote that the documents repeat."""
    for one in workspace.narrative:
        yield one.text, one.file, one.line
    for entries in registers.values():
        for row in entries.rows:
            yield from ((value, row.file, row.line) for value in row.values.values() if isinstance(value, str))
    for fact in workspace.facts:
        yield fact.meaning, fact.where.document, fact.where.line
    for rated in workspace.levels:
        yield rated.note, "levels.csv", None
    yield from ((role, "council.toml", None) for role in workspace.council.roles.values())
