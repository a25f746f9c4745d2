"""What a person calls a document, where its name is a mark of its content or the file of a register."""

from collections.abc import Iterable

from highneeds.office.registers.definitions import register_of

NAMED_BY_CONTENT = {
    "caseload/accept": "an accepted SEN2 return",
    "finance/ledger/": "an accepted ledger export",
}
"""How their names begin -> what they are. The engine names each after its own bytes, and lists them beside."""


def in_words(names: Iterable[str]) -> list[str]:
    """Each thing once, in the order of the names: '3e…/plans.parquet' and the list of returns are one return."""
    return list(dict.fromkeys(_called(name) for name in sorted(names)))


def _called(name: str) -> str:
    register = register_of(name)
    if register:
        return f"the register “{register.title}”"
    return next((words for start, words in NAMED_BY_CONTENT.items() if name.startswith(start)), name)
