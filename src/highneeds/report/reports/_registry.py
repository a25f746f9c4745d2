"""Every report by its kind."""

import sys

from highneeds.report.build import Report
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.registry import definitions_in


def report_of_kind(kind: str) -> Report:
    found = {report.kind: report for report in definitions_in(sys.modules["highneeds.report.reports"], Report)}
    if kind not in found:
        raise InputError(
            f"There is no report of kind '{kind}'", where="--kind", remedy=f"Use one of {', '.join(found)}"
        )
    return found[kind]
