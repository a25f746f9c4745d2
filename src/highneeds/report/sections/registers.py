"""Annex "Registers": the measures of each register that is kept, and how many of its rows want attention.

Casework leaves the council only as counts of five and more, percentages of ten and more, and sums and middles that
rest on five rows and more.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.checks.finding import Severity
from highneeds.registers.mechanism.measuring import TOTAL, Measured
from highneeds.registers.mechanism.row import counted
from highneeds.registers.of_workspace import CouncilRegisters
from highneeds.registers.registry import registers
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.words import registers as words
from highneeds.vocabulary.rounding import pounds, with_commas
from highneeds.vocabulary.state import State

FEWEST, FEWEST_IN_A_WHOLE = 5, 10
"""Decision 0034: a count under five is hidden, and a percentage of fewer than ten."""


def section(evidence: Evidence) -> doc.Section:
    known = evidence.council_registers
    blocks: list[doc.Block] = [_table(known, name) for name in known.entries if registers()[name].measures]
    return doc.Section("registers", words.TITLE, tuple(blocks) or (doc.Paragraph(words.NONE),))


def _table(known: CouncilRegisters, name: str) -> doc.DataTable:
    register, entries = registers()[name], known.entries[name]
    rows = counted(entries.rows)
    columns = (
        doc.Column(words.MEASURE, width=3),
        doc.Column(words.PERIOD),
        doc.Column(words.VALUE, width=1.5),
        doc.Column(words.STATE, width=4),
    )
    body = [
        doc.Row.of(one.measure.replace("_", " "), one.period, *_shown(one, register.casework, rows))
        for one in latest(known.measures(name))
    ]
    found = known.findings(name).all
    fix = sum(one.severity is Severity.MUST_FIX for one in found)
    look = sum(one.severity is Severity.QUERY for one in found)
    said = words.exceptions(fix, look)
    caption = words.caption(register.title, rows if not register.casework or rows >= FEWEST else 0)
    return doc.DataTable(
        f"registers-{name.replace('_', '-')}",
        f"{caption}; {said}" if said else caption,
        columns,
        tuple(body),
        source=register.place,
    )


def latest(measured: Sequence[Measured]) -> Iterator[Measured]:
    """Of each measure its total in the latest period, computed and printed."""
    last: dict[tuple[str, State], Measured] = {}
    for one in measured:
        if one.cut == TOTAL:
            last[(one.measure, one.state)] = one
    for (measure, state), one in last.items():
        if state is not State.UNAVAILABLE or all(
            (measure, other) not in last for other in (State.COMPUTED, State.REPORTED)
        ):
            yield one


def _shown(one: Measured, casework: bool, rows: int) -> tuple[str, str]:
    """The value as it is read, and what is to be known of it."""
    said = words.PRINTED if one.state is State.REPORTED else one.value.reason
    if one.value.value is None:
        return State.UNAVAILABLE.words, said
    if casework and one.state is not State.REPORTED and (hidden := too_few(one, rows)):
        return hidden, ""
    return _figure(one), said


def too_few(one: Measured, rows: int) -> str:
    """What stands in place of a figure of casework that rests on too few; '' where it may be shown."""
    if one.unit == "percent":
        whole = one.value.whole
        return words.SMALL if whole is None or Decimal(whole) < FEWEST_IN_A_WHOLE else ""
    if one.unit == "count":
        return words.FEW if 0 < Decimal(one.value.value) < FEWEST else ""
    return words.SMALL if rows < FEWEST else ""


def _figure(one: Measured) -> str:
    exact = Decimal(one.shown)
    if one.unit == "gbp":
        return pounds(exact)
    text = with_commas(exact, one.decimals)
    return f"{text}%" if one.unit == "percent" else text
