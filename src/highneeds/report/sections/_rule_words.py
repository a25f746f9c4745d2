"""The question behind a rule's code, in words, from the definition of the rule itself."""

from highneeds.account.rules import ACCOUNT_RULES
from highneeds.assurance import public_words
from highneeds.checks import characters, council_number, possible_values
from highneeds.checks.identities import kinds
from highneeds.checks.published_figures import questions
from highneeds.registers.mechanism.declared import declared_words
from highneeds.registers.register import Register
from highneeds.registers.registry import registers


def rule_questions() -> dict[str, str]:
    """Code -> title for every rule whose findings the pages show."""
    found = {f"IDENTITY-{name}": kind.title for name, kind in kinds().items()}
    found |= {question.code: question.title for question in questions()}
    for register in registers().values():
        asked = register_questions(register)
        found |= {code: f"{register.title}: {title[0].lower()}{title[1:]}" for code, title in asked.items()}
    found |= {council_number.CODE: council_number.TITLE, public_words.RULE: public_words.QUESTION}
    found |= {characters.RULE: characters.QUESTION, possible_values.RULE: possible_values.QUESTION}
    return found | ACCOUNT_RULES


def register_questions(register: Register) -> dict[str, str]:
    """Code -> title of every rule of one register, as they stand under the register's own title."""
    titles = declared_words(register)
    titles |= {rule.code: rule.title for rule in register.rules}
    titles |= {rule.code: rule.title for rule in register.whole_rules}
    return {code: f"{title[0].upper()}{title[1:]}" for code, title in titles.items()}
