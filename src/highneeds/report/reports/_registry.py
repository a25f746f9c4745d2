"""Every report by its kind. A file in this folder is a report; nothing else lists them."""

import sys
from collections.abc import Sequence

from highneeds.report.build import Report
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.registry import definitions_in


def reports() -> tuple[Report, ...]:
    """Every report, the one that is signed first."""
    found = definitions_in(sys.modules["highneeds.report.reports"], Report)
    return tuple(sorted(found, key=lambda one: (not one.signed, one.kind, one.name)))


RETURNS = "returns"
"""Asks for every return at once that can be written without somebody else's template."""


def kinds() -> tuple[str, ...]:
    return (*dict.fromkeys(one.kind for one in reports()), RETURNS)


def reports_of_kind(kind: str) -> tuple[Report, ...]:
    """The documents of one kind; a kind that does not exist is refused with those that do."""
    if kind == RETURNS:
        return tuple(one for one in reports() if not one.in_run and one.sections)
    found = tuple(one for one in reports() if one.kind == kind)
    if not found:
        raise InputError(
            f"There is no report of kind '{kind}'", where="--kind", remedy=f"Use one of {', '.join(kinds())}"
        )
    return found


def fills_template(chosen: Sequence[Report], given: bool) -> bool:
    """Whether reports of one kind fill a template of DfE. InputError where one is given to a kind that fills none."""
    can_fill = [one for one in reports() if one.fills_template]
    if given and (not any(one in can_fill for one in chosen) or len({one.kind for one in chosen}) > 1):
        named = " or ".join(one.kind for one in can_fill)
        raise InputError("This kind fills no template", where="--template", remedy=f"Give --kind {named}")
    return given or any(one.fills_template and not one.sections for one in chosen)
