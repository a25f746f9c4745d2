"""The question behind a rule's code, in words, from the definition of the rule itself."""

from highneeds.account.rules import ACCOUNT_RULES
from highneeds.assurance import public_words
from highneeds.checks import council_number
from highneeds.checks.identities import kinds
from highneeds.checks.published_figures import questions
from highneeds.registers.registry import registers


def rule_questions() -> dict[str, str]:
    """Code -> title for every rule whose findings the pages show."""
    found = {f"IDENTITY-{name}": kind.title for name, kind in kinds().items()}
    found |= {question.code: question.title for question in questions()}
    for name, register in registers().items():
        found[f"{name.upper()}-ROW"] = f"{register.title}: every row can be read"
        found[f"{name.upper()}-KEY"] = f"{register.title}: every {register.key} stands once"
        found |= {rule.code: f"{register.title}: {rule.title[0].lower()}{rule.title[1:]}" for rule in register.rules}
    found |= {council_number.CODE: council_number.TITLE, public_words.RULE: public_words.QUESTION}
    return found | ACCOUNT_RULES
