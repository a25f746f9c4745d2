"""Registers in the annex and before signature: each that is kept has a part of its own, made from its definition.

Casework leaves the council only as counts of five and more, percentages of ten and more that are not of one to four or
of all but one to four, and sums and middles that five children and more stand behind.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from string import Formatter

from highneeds.checks.finding import Finding, Outcome, Severity
from highneeds.registers.mechanism.headline import clauses_of
from highneeds.registers.mechanism.measure import MeasureValue
from highneeds.registers.mechanism.measuring import TOTAL, Measured, last_count, span_of
from highneeds.registers.mechanism.row import counted
from highneeds.registers.of_workspace import CouncilRegisters
from highneeds.registers.register import Register
from highneeds.registers.registry import registers
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._rule_words import register_questions
from highneeds.report.words import registers as words
from highneeds.report.words.heads import head
from highneeds.report.words.plainly import plainly
from highneeds.report.words.quality import CHECK, FINDINGS, FIX, FOUND, SEVERITIES, SEVERITY, WHY_NOT
from highneeds.vocabulary.rounding import pounds, with_commas
from highneeds.vocabulary.state import State

SECTION = "registers"
MOST_PLACES = 20
"""As many rows as a person looks up from paper; `highneeds register check` lists all."""
SAID_OF_THE_DASHBOARD = frozenset({"PLACES-06"})
"""Asks of each fill rate what the check of the dashboard asks (IDENTITY-whole_pupils), which names the figures."""
FEWEST, FEWEST_IN_A_WHOLE = 5, 10
"""Decision 0034: a count under five is hidden, and a percentage of fewer than ten."""


def section(evidence: Evidence) -> tuple[doc.Section, ...]:
    """The annex: each register that is kept has a part of its own, with headline, measures and exceptions."""
    known = evidence.council_registers
    return (_opening(known, words.TITLE, words.ANNEX), *(_part(known, name) for name in known.entries))


def for_review(evidence: Evidence) -> tuple[doc.Section, ...]:
    """Before signature: every row that wants attention, register by register; then those in which none does."""
    known = evidence.council_registers
    found = {name: table for name in known.entries if (table := _to_settle(known, name)).rows}
    parts = [_review_part(known, name, table) for name, table in found.items()]
    settled = [name for name in known.entries if name not in found]
    return (_opening(known, words.REVIEW_TITLE, words.REVIEW), *parts, *_further(known), *_settled(known, settled))


def _opening(known: CouncilRegisters, title: str, what: str) -> doc.Section:
    if not known.entries:
        return doc.Section(SECTION, title, (doc.Paragraph(words.NONE),))
    unsettled = sum(any(exceptions(known, name)) for name in known.entries)
    said = words.opening(len(known.entries), unsettled)
    return doc.Section(SECTION, title, (doc.Paragraph(f"{said} {what}"),))


def _part(known: CouncilRegisters, name: str) -> doc.Section:
    blocks = [*_headline(known, name), _measures(known, name), *_asked(known, name)]
    return doc.Section(_id(name), registers()[name].title, tuple(blocks), level=2)


def _review_part(known: CouncilRegisters, name: str, found: doc.DataTable) -> doc.Section:
    blocks = (*_headline(known, name), found)
    return doc.Section(_id(name), registers()[name].title, blocks, level=2, together=True, inside=True)


def _settled(known: CouncilRegisters, names: Sequence[str]) -> Iterator[doc.Section]:
    """One line a register: there is nothing to do in them, and what they say is one sentence each."""
    if names:
        columns = (doc.TableColumn(words.REGISTER, width=2), doc.TableColumn(words.HEADLINE, width=5))
        rows = tuple(doc.Row.of(registers()[name].title, headline(known, name)) for name in names)
        table = doc.DataTable("registers-settled", words.SETTLED, columns, rows)
        yield doc.Section("registers-without-findings", words.SETTLED, (table,), level=2)


def _id(name: str) -> str:
    return f"register-{name.replace('_', '-')}"


def _headline(known: CouncilRegisters, name: str) -> Iterator[doc.Block]:
    if registers()[name].headline:
        yield doc.Paragraph(headline(known, name))


def _measures(known: CouncilRegisters, name: str) -> doc.Block:
    register, entries = registers()[name], known.entries[name]
    rows = counted(entries.rows)
    columns = (
        doc.TableColumn(words.MEASURE, width=3),
        doc.TableColumn(words.PERIOD),
        doc.TableColumn(words.VALUE, width=1.5),
        doc.TableColumn(words.STATE, width=4),
    )
    body = [
        doc.Row.of(head(one.measure), one.period, value, said) for one, value, said in shown_measures(known, register)
    ]
    caption = words.caption(register.title, rows if not register.casework or rows >= FEWEST else 0)
    title = words.with_exceptions(caption, said_exceptions(known, name))
    return doc.DataTable(f"registers-{name.replace('_', '-')}", title, columns, tuple(body), source=register.place)


def _asked(known: CouncilRegisters, name: str) -> Iterator[doc.Block]:
    """The questions that found something, and how often: the rows themselves stay in the council."""
    casework, questions = registers()[name].casework, register_questions(registers()[name])
    rows = [
        doc.Row.of(
            questions.get(one.rule, one.rule),
            SEVERITIES[one.findings[0].severity],
            words.FEW if casework and len(one.findings) < FEWEST else str(len(one.findings)),
        )
        for one in known.findings(name).results
        if one.findings
    ]
    if rows:
        columns = (
            doc.TableColumn(CHECK, width=6),
            doc.TableColumn(SEVERITY, width=1.4),
            doc.TableColumn(FINDINGS, width=1.6),
        )
        title = words.CHECKED.format(title=registers()[name].title)
        yield doc.DataTable(f"exceptions-{name.replace('_', '-')}", title, columns, tuple(rows))


def _to_settle(known: CouncilRegisters, name: str) -> doc.DataTable:
    """What is to be fixed or answered, with the row it is about and what to do.

    What a check of the dashboard says of the same figures is not said again.
    """
    results = [one for one in known.findings(name).results if one.rule not in SAID_OF_THE_DASHBOARD]
    asked = [[each for each in one.findings if each.severity is not Severity.NOTE] for one in results]
    rows = [row for findings in asked for row in _alike(findings)]
    columns = (
        doc.TableColumn(words.ROW, width=2),
        doc.TableColumn(SEVERITY, width=1.4),
        doc.TableColumn(FOUND, width=4.4),
        doc.TableColumn(FIX, width=3.4),
    )
    title = words.EXCEPTIONS.format(title=registers()[name].title)
    return doc.DataTable(f"exceptions-{name.replace('_', '-')}", title, columns, tuple(rows))


def _further(known: CouncilRegisters) -> Iterator[doc.Section]:
    """Of all registers together: what is only to be known, each once, and what could not be checked."""
    notes: dict[tuple[str, str], dict[str, list[tuple[str, int | None]]]] = {}
    for name in known.entries:
        for one in known.findings(name).all:
            if one.severity is Severity.NOTE:
                places = notes.setdefault((one.message, one.fix), {})
                places.setdefault(registers()[name].title, []).append((one.record, one.line))
    rows = [
        doc.Row.of(plainly(f"{message}."), _in_registers(places), plainly(f"{fix.rstrip('.')}."))
        for (message, fix), places in notes.items()
    ]
    tables = (
        doc.DataTable("registers-notes", words.NOTES, _columns((FOUND, 3), (words.ROW, 4), (FIX, 3)), tuple(rows)),
        _not_checked(known),
    )
    filled = tuple(table for table in tables if table.rows)
    if filled:
        yield doc.Section("registers-further", words.NOTES, filled, level=2, inside=True)


def _in_registers(places: dict[str, list[tuple[str, int | None]]]) -> str:
    """'Consultations: line 3; Decisions: lines 2 and 6'."""
    found = {title: words.places([("", line) for _, line in rows], MOST_PLACES) for title, rows in places.items()}
    return "; ".join(f"{title}: {said[:1].lower()}{said[1:]}" for title, said in found.items())


def _not_checked(known: CouncilRegisters) -> doc.DataTable:
    rows = []
    for name in known.entries:
        questions = register_questions(registers()[name])
        for one in known.findings(name).results:
            if one.outcome is Outcome.COULD_NOT_CHECK:
                asked = questions.get(one.rule, one.rule)
                rows.append(doc.Row.of(registers()[name].title, asked, plainly(f"{one.why}.")))
    columns = _columns((words.REGISTER, 2.4), (CHECK, 4), (WHY_NOT, 3.4))
    return doc.DataTable("registers-not-checked", words.NOT_CHECKED, columns, tuple(rows))


def _columns(*named: tuple[str, float]) -> tuple[doc.TableColumn, ...]:
    return tuple(doc.TableColumn(name, width=width) for name, width in named)


def _alike(findings: Iterable[Finding]) -> Iterator[doc.Row]:
    """Findings that say the same are one row that names theirs; of many the first, and how many more there are."""
    alike: dict[tuple[Severity, str, str], list[tuple[str, int | None]]] = {}
    for one in findings:
        alike.setdefault((one.severity, one.message, one.fix), []).append((one.record, one.line))
    for (severity, message, fix), places in alike.items():
        row = words.places(places, MOST_PLACES)
        yield doc.Row.of(row, SEVERITIES[severity], plainly(f"{message}."), plainly(f"{fix.rstrip('.')}."))


def exceptions(known: CouncilRegisters, name: str) -> tuple[int, int]:
    """How many findings of a register are to be fixed, and how many to be looked at."""
    found = known.findings(name).all
    counts = [sum(one.severity is severity for one in found) for severity in (Severity.MUST_FIX, Severity.QUERY)]
    return counts[0], counts[1]


def said_exceptions(known: CouncilRegisters, name: str) -> str:
    """'2 to be fixed, 5 to be looked at'; of casework small numbers are hidden, for each finding is a child."""
    return words.exceptions(*exceptions(known, name), fewest=FEWEST if registers()[name].casework else 0)


def headline(known: CouncilRegisters, name: str) -> str:
    """The register's one sentence with its figures in it, as far as there are such."""
    register, rows = registers()[name], counted(known.entries[name].rows)
    figures = _now(known.latest_measures(name), known.as_at)
    said: dict[str, words.SaidFigure | str] = {
        measure: _said(figures.get(measure), register.casework, rows) for measure in _named(register.headline)
    }
    given = [figures[measure] for measure in said if measure in figures]
    years = [one.period for one in given if _is_more_than_a_day(one.period)]
    said |= {"year": years[0] if years else words.NO_YEAR, "as_at": doc.long_date(known.as_at)}
    sentence = words.filled(clauses_of(register.headline), said)
    counted_on = last_count(known.situation(name))
    text = words.COUNTED.format(day=doc.long_date(counted_on), sentence=sentence) if counted_on else sentence
    return f"{text[:1].upper()}{text[1:]}"


def _is_more_than_a_day(period: str) -> bool:
    span = span_of(period)
    return span is not None and span[0] < span[1]


def _now(measured: Sequence[Measured], day: date) -> dict[str, Measured]:
    """Of each measure its total in the period of the day, else in the last that began before it, else in the last."""
    found: dict[str, tuple[bool, Measured]] = {}
    for one in measured:
        if one.cut != TOTAL or (one.state is State.REPORTED and one.measure in found):
            continue
        span = span_of(one.period)
        begun = span is None or span[0] <= day
        if one.measure not in found or begun or not found[one.measure][0]:
            found[one.measure] = (begun, one)
    return {measure: one for measure, (_, one) in found.items()}


def _named(sentence: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(sentence) if name and name not in ("year", "as_at")]


def _said(one: Measured | None, casework: bool, rows: int) -> words.SaidFigure:
    if one is None or one.value.value is None:
        return words.UNKNOWN
    if casework and one.state is not State.REPORTED and too_few(one, rows):
        return words.SaidFigure(words.FEW) if one.unit == "count" else words.UNKNOWN
    value = Decimal(one.shown)
    is_counted = one.unit not in ("gbp", "percent")
    return words.SaidFigure(words.in_a_sentence(value, one.unit, one.decimals), value if is_counted else None)


def with_exceptions(known: CouncilRegisters, headlines: bool = True) -> list[str]:
    """Of the registers with exceptions, those to be fixed first: title, headline and how many.

    headlines   False where members read it: a headline counts what stands on the day of the report, and a register that
                is not kept up to that day would tell them nought
    """
    counts = {name: exceptions(known, name) for name in known.entries if registers()[name].measures}
    order = sorted((name for name, found in counts.items() if any(found)), key=lambda name: [-n for n in counts[name]])
    if not headlines:
        return [f"{registers()[name].title}: {said_exceptions(known, name)}." for name in order]
    return [
        words.LINE.format(
            title=registers()[name].title,
            headline=headline(known, name).rstrip("."),
            exceptions=said_exceptions(known, name),
        )
        for name in order
    ]


def shown_measures(known: CouncilRegisters, register: Register) -> Iterator[tuple[Measured, str, str]]:
    """(measure, its value as it is read, what is to be known of it), each in its latest period."""
    rows = counted(known.entries[register.name].rows)
    for one in latest(known.latest_measures(register.name)):
        yield (one, *_shown(one, register.casework, rows))


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
    said = words.without_number(said, _few) if casework else str(said)
    if one.value.value is None:
        return State.UNAVAILABLE.words, said
    if casework and one.state is not State.REPORTED and (hidden := too_few(one, rows)):
        return hidden, ""
    return _figure(one), said


def _few(part: int, whole: int) -> bool:
    return any(0 < number < FEWEST for number in (part, whole, whole - part))


def too_few(one: Measured, rows: int) -> str:
    """What stands in place of a figure of casework that rests on too few; '' where it may be shown.

    rows   of the register, for a measure that does not say what it rests on
    """
    value = one.value
    behind = rows if value.rests_on is None else value.rests_on
    if one.unit == "percent":
        return words.SMALL if behind < FEWEST_IN_A_WHOLE or _gives_a_count_away(value) else ""
    if one.unit == "count":
        return words.FEW if 0 < Decimal(value.value) < FEWEST else ""
    return words.SMALL if 0 < behind < FEWEST else ""


def _gives_a_count_away(value: MeasureValue) -> bool:
    """Whether a percentage of children is of so few of them, or of all but so few, that it names their number."""
    if value.money or value.part is None or value.whole != value.rests_on:
        return False
    return _few(value.part, value.whole)


def _figure(one: Measured) -> str:
    exact = Decimal(one.shown)
    if one.unit == "gbp":
        return pounds(exact)
    text = with_commas(exact, one.decimals)
    return f"{text}%" if one.unit == "percent" else text
