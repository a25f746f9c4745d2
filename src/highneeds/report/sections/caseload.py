"""What the caseload says of the dashboard, beside what was reported. Nothing else here rests on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from highneeds.checks.finding import Outcome, Severity
from highneeds.indicators.mechanism.beside import ReportedAndComputed, Standing, all_months, side_by_side
from highneeds.indicators.mechanism.computed import Computed, RuleCount
from highneeds.indicators.mechanism.disclosure import HIDDEN, THRESHOLD
from highneeds.indicators.mechanism.measure import IndicatorValue
from highneeds.indicators.mechanism.outgoing import outgoing
from highneeds.intake.workspace import DashboardIndicator
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import observation_cell
from highneeds.report.sections.quality import SEVERITIES
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.state import State

TITLE = "Computed from the caseload"
LABEL = "Synthetic data"
YEAR = 12
NO_CASELOAD = "The workspace holds no caseload, so nothing is computed beside the reported figures."
BESIDE_ONLY = (
    "No answer, claim, assurance level or reported figure of this report rests on it: the reported figures stand."
)
WHAT_FOR = (
    "It is here so that reading, checking and measuring can be tried and shown on a caseload of true size; it says "
    "nothing of the council's children."
)
FITTED = (
    "It was fitted to the published statistics and to the council's own monthly dashboard, so that the two columns "
    "agree by construction. An agreement here is no confirmation of a reported figure."
)


def section(evidence: Evidence) -> doc.Section:
    found = evidence.computed
    if found is None:
        return doc.Section("caseload", TITLE, (doc.Paragraph(NO_CASELOAD),), new_page=True)
    blocks = (doc.Paragraph(finding(evidence)), *told(evidence, hide=not found.synthetic))
    title = f"{TITLE} ({LABEL})" if found.synthetic else TITLE
    return doc.Section("caseload", title, blocks, new_page=True, landscape=True, synthetic=found.synthetic)


def own_section(evidence: Evidence) -> doc.Section | None:
    """The same of the council's own caseload, as it may go out; None where there is none or it is invented."""
    found = evidence.computed
    return None if found is None or found.synthetic else section(evidence)


def invented_section(evidence: Evidence) -> doc.Section | None:
    """The same of an invented caseload; None where there is none."""
    found = evidence.computed
    return section(evidence) if found is not None and found.synthetic else None


def told(evidence: Evidence, hide: bool) -> Iterator[doc.Block]:
    """All of it. hide: as it may go out, without small counts of children and what would give them away."""
    found = evidence.computed
    assert found is not None
    shown = replace(found, figures=outgoing(found.figures)) if hide else found
    yield from notes(evidence, hide)
    yield beside_table(evidence, shown)
    yield further_table(evidence, shown)
    yield from _restated(shown, hide)
    yield from _pipeline(shown, hide)
    yield from _rules(shown, hide)


def months(evidence: Evidence) -> tuple[Month, ...]:
    """The same month a year before, and the latest of the dashboard, as far as the dashboard has them."""
    known = evidence.workspace.months
    return tuple(month for month in (known[-1].plus(-YEAR), known[-1]) if month in known) if known else ()


def pairs_of(evidence: Evidence, found: Computed) -> list[tuple[ReportedAndComputed, ...]]:
    """One tuple per indicator: the month a year before and the latest, each told twice."""
    told = [side_by_side(evidence.reported, found, month) for month in months(evidence)]
    return list(zip(*told, strict=True))


def finding(evidence: Evidence) -> str:
    """How many figures stand both reported and computed, how many are the same, and how far the others are apart."""
    found = evidence.computed
    if found is None:
        return NO_CASELOAD
    both = [one for one in all_months(evidence.reported, found) if one.difference is not None]
    same = sum(one.standing is Standing.SAME for one in both)
    names = {one.indicator.id for one in both}
    apart = sorted({one.indicator.short_title for one in both if one.standing is Standing.DIFFERS})
    kind = "an invented caseload" if found.synthetic else "the council's caseload"
    words = (
        f"Computed from {kind}, {with_commas(same)} of {with_commas(len(both))} monthly figures are those of the "
        f"dashboard, over {len(names)} indicators that have both"
    )
    return f"{words}. {len(apart)} indicators differ in some month." if apart else f"{words}."


def notes(evidence: Evidence, hide: bool) -> Iterator[doc.Block]:
    """What this is and what it is for, what was read, by which definitions, and how it was invented."""
    found = evidence.computed
    assert found is not None
    if found.synthetic:
        fitted = f" {FITTED}" if any("dashboard" in words for words in found.notes) else ""
        yield doc.Note(f"{LABEL}: this caseload is invented", f"Nobody in it exists. {WHAT_FOR}{fitted}")
    yield doc.Paragraph(f"{coverage(found, hide)} {BESIDE_ONLY} {small_counts(found, hide)}")
    if found.notes:
        yield doc.Heading("How it was invented")
        yield doc.Bullets(found.notes)


def small_counts(found: Computed, hide: bool) -> str:
    """Which this is: for those inside the council, or as it may go out."""
    if found.synthetic:
        return "Small counts are shown, because nobody exists behind them."
    if not hide:
        return f"For those inside the council alone: counts under {THRESHOLD} are shown here, and hidden in the report."
    return f"As it may go out: counts under {THRESHOLD} are hidden, and what would give them away."


def coverage(found: Computed, hide: bool) -> str:
    """Which returns were read, how far they reach, whether anybody has accepted them, by which definitions.

    hide: without the plans in force on the day of the return. It is days from a month's end, so beside the months it
    would tell to a few plans what is hidden in one of them.
    """
    told = [
        _return_words(one.reference_date, one.layout, None if hide else one.plans, one.accepted_by)
        for one in found.returns
    ]
    listed = (
        "" if all(one.classed for one in found.returns) else " Without a list of establishments no setting is known."
    )
    return f"{' '.join(told)}{listed} Definitions: {', '.join(found.settings)}."


def _return_words(day: str, layout: str, plans: int | None, accepted_by: str) -> str:
    accepted = f"accepted by {accepted_by}" if accepted_by else "not accepted by anybody yet"
    in_force = "" if plans is None else f" {with_commas(plans)} plans in force on that day,"
    return f"The return of {day} in {layout},{in_force} {accepted}."


def beside_table(evidence: Evidence, found: Computed) -> doc.DataTable:
    """Indicator by indicator: reported, computed, difference, and how they stand; a year before and latest."""
    columns = [doc.Column("Indicator", width=4.2)]
    for month in months(evidence):
        columns += [
            doc.Column(f"{month.label}, {word}", align=doc.Align.RIGHT, width=1.3)
            for word in ("reported", "computed", "difference")
        ]
    columns += [doc.Column("The two are", width=1.5), doc.Column("Why, or what to know", width=3.6)]
    rows: list[doc.Row] = []
    pairs = pairs_of(evidence, found)
    for condition, indicators in evidence.workspace.indicators_by_condition:
        names = {one.id for one in indicators}
        of_condition = [pair for pair in pairs if pair[-1].indicator.id in names]
        if of_condition and condition:
            rows.append(doc.Row.group(f"Condition {condition.number}: {condition.short_title}"))
        rows += [_beside_row(pair) for pair in of_condition]
    return doc.DataTable(
        _id(found, "beside"),
        f"Reported and computed, {' and '.join(month.label for month in months(evidence))}",
        tuple(columns),
        tuple(rows),
        source=f"Reported: the council's dashboard. Computed: {source(found)}",
        group_name="Agreement condition",
        small=True,
    )


def _id(found: Computed, name: str) -> str:
    """Of a table, so also of its CSV file and its sheet: the name says where the figures are invented."""
    return f"{'synthetic-' if found.synthetic else ''}caseload-{name}"


def source(found: Computed) -> str:
    days = ", ".join(one.reference_date for one in found.returns)
    return f"SEN2, {'an invented return' if found.synthetic else 'return'} of {days}"


def _beside_row(pair: Sequence[ReportedAndComputed]) -> doc.Row:
    cells: list[doc.Cell | str] = [pair[-1].indicator.short_title]
    for one in pair:
        cells += [reported_cell(one), computed_cell(one.computed, one.indicator), difference_cell(one)]
    return doc.Row.of(*cells, pair[-1].standing.value, _why(pair))


def _why(pair: Sequence[ReportedAndComputed]) -> str:
    """The reason, said once where it is that of both months."""
    reasons = {one.period.label: one.reason for one in pair}
    if len(set(reasons.values())) == 1:
        return pair[-1].reason or "Nothing to add"
    return ". ".join(f"{period}: {reason}" for period, reason in reasons.items() if reason)


def reported_cell(one: ReportedAndComputed) -> doc.Cell:
    if one.reported is None:
        return doc.Cell.not_applicable()
    return observation_cell(replace(one.reported, reason=""), one.indicator)


def computed_cell(one: IndicatorValue | None, indicator: DashboardIndicator | None = None) -> doc.Cell:
    """The computed figure, the mark of a gap, or of a hidden small count."""
    if one is None:
        return doc.Cell.not_applicable()
    if one.value is None:
        return doc.Cell.suppressed() if one.reason == HIDDEN else doc.Cell(None, "not computed", one.state)
    decimals = indicator.decimals if indicator else one.indicator.decimals
    return doc.Cell.figure(one.value, one.indicator.unit, decimals=decimals, state=State.COMPUTED)


def difference_cell(one: ReportedAndComputed) -> doc.Cell:
    if one.difference is None:
        return doc.Cell(None, "none")
    if not one.difference:
        return doc.Cell(Decimal(0), "0", State.COMPUTED, unit=one.indicator.unit.value)
    return doc.Cell.change(one.difference, one.indicator.unit, decimals=one.indicator.decimals)


def further_table(evidence: Evidence, found: Computed) -> doc.DataTable:
    """What the caseload can say that the dashboard does not print, with numerator and denominator."""
    known = {one.id for one in evidence.workspace.indicators}
    further = dict.fromkeys(one.indicator for one in found.figures if one.indicator.id not in known)
    columns = (
        doc.Column("Indicator", width=3.6),
        *(doc.Column(month.label, align=doc.Align.RIGHT, width=1.3) for month in months(evidence)),
        doc.Column("Counted", width=3),
        doc.Column("Of all", width=2.6),
    )
    rows = tuple(
        doc.Row.of(
            one.title,
            *(computed_cell(found.figure(one.id, month)) for month in months(evidence)),
            one.part,
            one.whole or "a count",
        )
        for one in further
    )
    title = "Computed, and not on the dashboard"
    return doc.DataTable(_id(found, "further"), title, columns, rows, source=source(found), small=True)


def _restated(found: Computed, hide: bool) -> Iterator[doc.Block]:
    """Months that a later return tells otherwise, and whether a definition changed in between."""
    if len(found.returns) < 2:
        yield doc.Paragraph("Restated months: there is one return, so no month is told twice.")
    elif not found.restated.rows:
        yield doc.Paragraph("Restated months: the returns agree on every month that two of them cover.")
    elif hide:
        yield doc.Paragraph(
            f"Restated months: a later return tells {len(found.restated.rows)} figures otherwise than an earlier one. "
            "The difference of two figures can tell of single children, so they stand on the pages inside the council."
        )
    else:
        yield restated_table(found)


RESTATED_HEADS = (
    "Indicator",
    "Month",
    "Earlier return",
    "Told then",
    "Later return",
    "Told now",
    "Definition changed",
)


def restated_table(found: Computed) -> doc.DataTable:
    names = {one.indicator.id: one.indicator.title for one in found.figures}
    rows = tuple(
        doc.Row.of(names.get(row[0], row[0]), *(str(cell or "no") for cell in row[1:])) for row in found.restated.rows
    )
    columns = tuple(doc.Column(head, width=3 if head == "Indicator" else 1.4) for head in RESTATED_HEADS)
    return doc.DataTable(_id(found, "restated"), "Months told otherwise by a later return", columns, rows, small=True)


PIPELINE_HEADS = {
    "month": "Month",
    "open_at_start": "Open at the start",
    "requests": "Requests",
    "refusals": "Refusals to assess",
    "issues": "Plans issued",
    "refusals_to_issue": "Refusals to issue",
    "withdrawals": "Withdrawn",
    "expected_at_end": "Expected at the end",
    "open_at_end": "Open at the end",
    "residual": "Not explained",
}


def _pipeline(found: Computed, hide: bool) -> Iterator[doc.Block]:
    if not hide:
        yield pipeline_table(found)
    else:
        yield doc.Paragraph(f"{pipeline_words(found)} The counts stand on the pages inside the council.")


def pipeline_words(found: Computed) -> str:
    """'The pipeline adds up in every month.'"""
    residual = found.pipeline.columns.index("residual")
    off = [str(row[0]) for row in found.pipeline.rows if row[residual]]
    if not off:
        return "Requests and assessments underway add up in every month."
    return f"Requests and assessments underway do not add up in {', '.join(off)}."


def pipeline_table(found: Computed) -> doc.DataTable:
    columns = tuple(
        doc.Column(PIPELINE_HEADS[name], align=doc.Align.LEFT if name == "month" else doc.Align.RIGHT, key=name)
        for name in found.pipeline.columns
    )
    rows = tuple(
        doc.Row.of(Month.parse(row[0]).label, *(doc.Cell(cell, with_commas(cell)) for cell in row[1:]))
        for row in found.pipeline.rows
    )
    note = "Expected: open at the start and requests, less refusals, plans issued and withdrawals."
    title = "Requests and assessments underway: does the pipeline add up?"
    return doc.DataTable(_id(found, "pipeline"), title, columns, rows, notes=(note,), source=source(found), small=True)


def rules_finding(found: Computed, hide: bool) -> str:
    """How the rules ended. A total of findings could give a hidden count away, so it is not said where one is."""
    if not any(one.outcome is not Outcome.FOUND for one in found.rules) and found.accepted:
        return f"{len(found.rules)} rules found something when the latest return was accepted."
    count = {outcome: len(found.of_outcome(outcome)) for outcome in Outcome}
    total = f", {with_commas(found.findings)} times in all" if not hide else ""
    return (
        f"Of {len(found.rules)} rules of SEN2, {count[Outcome.FOUND]} found something{total}; "
        f"{count[Outcome.CLEAR]} are clear; {count[Outcome.COULD_NOT_CHECK]} could not be checked."
    )


def _rules(found: Computed, hide: bool) -> Iterator[doc.Block]:
    yield doc.Paragraph(rules_finding(found, hide))
    columns = (
        doc.Column("Rule", width=1.2),
        doc.Column("What it asks", width=5),
        doc.Column("Severity", width=1.2),
        doc.Column("Findings", align=doc.Align.RIGHT, width=1.2),
        doc.Column("Looked at", align=doc.Align.RIGHT, width=1.2),
    )
    rows = tuple(
        doc.Row.of(one.rule, one.question, SEVERITIES[one.severity], _count(one, hide), _looked_at(one))
        for one in sorted(
            found.of_outcome(Outcome.FOUND), key=lambda one: (list(Severity).index(one.severity), one.rule)
        )
    )
    yield doc.DataTable(_id(found, "rules"), "Findings in the caseload, by rule", columns, rows, source=source(found))
    unchecked = found.of_outcome(Outcome.COULD_NOT_CHECK)
    if unchecked:
        heads = (doc.Column("Rule"), doc.Column("What it asks", width=4), doc.Column("Why not", width=4))
        lines = tuple(doc.Row.of(one.rule, one.question, one.why) for one in unchecked)
        yield doc.DataTable(_id(found, "unchecked"), "What could not be checked in the caseload", heads, lines)


def _count(one: RuleCount, hide: bool) -> doc.Cell:
    if one.found < THRESHOLD and hide:
        return doc.Cell.suppressed()
    return doc.Cell(one.found, with_commas(one.found))


def _looked_at(one: RuleCount) -> doc.Cell:
    return doc.Cell(one.looked_at, with_commas(one.looked_at)) if one.looked_at else doc.Cell.not_applicable()
