"""The question behind a rule's code, for the pages."""

from highneeds.report.sections._rule_words import rule_questions

__all__ = ["rule_questions"]
