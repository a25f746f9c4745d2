"""The quarterly return of a local SEND reform plan: the template that the council gives, filled, named and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from highneeds.report.evidence import Evidence
from highneeds.report.returns.quarterly_checks import check_file_name, file_name, version_of
from highneeds.report.returns.template import FilledTemplate, ReturnMeasure, fill_quarterly, rows_listed
from highneeds.report.words import returns as words
from highneeds.report.words.money import STATEMENT_ROWS
from highneeds.report.words.on_track import where_it_stands
from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.words import qualified

KIND = "lsrp-quarterly"


@dataclass(frozen=True)
class QuarterlyReturn:
    """name -> bytes to write, and what became of the rows."""

    files: Mapping[str, bytes]
    filled: FilledTemplate


def quarterly_return(
    evidence: Evidence, template: bytes, where: str, kept: Mapping[str, str], day: date
) -> QuarterlyReturn:
    """The filled template under the name that DfE asks for, and a list of what was done with each of its rows."""
    council, version = evidence.workspace.council, version_of(day)
    measures = measures_of(evidence)
    filled = fill_quarterly(template, where, measures, kept, council.la_number, council.short_name, day, version)
    name = file_name(council.la_number, council.short_name, version)
    assert check_file_name(name, council.la_number, version).why == "as DfE asks"
    return QuarterlyReturn({name: filled.data, f"{KIND}-rows.csv": rows_listed(filled)}, filled)


def measures_of(evidence: Evidence) -> tuple[ReturnMeasure, ...]:
    """The newest figure of every indicator, the measures of the account for the current year, and all plans."""
    found = [
        ReturnMeasure(
            one.indicator.id,
            one.indicator.title,
            one.latest.value if one.latest else None,
            one.latest.period.label if one.latest else words.NEVER_REPORTED,
            (one.indicator.short_title,),
        )
        for one in evidence.movements
    ]
    year = str(evidence.workspace.council.report.current_year)
    for row in evidence.account.measures():
        measure = ColumnName(row.name)
        if row.year == year and measure.is_money:
            number = None if row.value is None else Decimal(str(row.value))
            called = tuple(title for name, title in STATEMENT_ROWS if name == measure.name)
            title = called[0] if called else measure.plain
            source = where_it_stands(row)
            reason = source if number is None else words.figure_of(year, source)
            found.append(ReturnMeasure(measure.name, title, number, reason, (measure.plain,)))
    fact = evidence.workspace.figure("plans_in_force")
    if fact is not None:
        figure = words.figure_of(qualified(fact.qualifier, fact.printed), str(fact.source))
        found.append(ReturnMeasure("plans_in_force", words.PLANS_IN_FORCE, fact.value, figure, (words.PLANS,)))
    return tuple(found)
