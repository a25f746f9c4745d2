"""A template of DfE filled: the quarterly return, whose cells are known, or any other by the words of its rows."""

from collections.abc import Mapping
from datetime import date

from highneeds.report.evidence import Evidence
from highneeds.report.returns.any_template import filled_template
from highneeds.report.returns.quarterly import KIND, QuarterlyReturn, quarterly_return


def filled_return(
    evidence: Evidence, kind: str, template: bytes, where: str, kept: Mapping[str, str], day: date
) -> QuarterlyReturn:
    """kept: label of a row -> the measure that stands in it, as it was before; day: on which it is filled."""
    if kind == KIND:
        return quarterly_return(evidence, template, where, kept, day)
    return filled_template(evidence, kind, template, where, kept)
