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
from highneeds.indicators.mechanism.shown import shown_basis
from highneeds.intake.workspace import DashboardIndicator
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import observation_cell
from highneeds.report.words import caseload as words
from highneeds.report.words.plainly import days_in_words
from highneeds.report.words.quality import SEVERITIES
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State

YEAR = 12


def section(evidence: Evidence) -> doc.Section:
    found = evidence.computed
    if found is None:
        return doc.Section("caseload", words.TITLE, (doc.Paragraph(words.NO_CASELOAD),), new_page=True)
    blocks = (doc.Paragraph(" ".join(finding(evidence))), *blocks_of(evidence, hide=not found.synthetic))
    title = f"{words.TITLE} ({words.LABEL})" if found.synthetic else words.TITLE
    return doc.Section("caseload", title, blocks, new_page=True, landscape=True, synthetic=found.synthetic)


def own_section(evidence: Evidence) -> doc.Section | None:
    """What the caseload says of the dashboard, small counts hidden; None without one."""
    return section(evidence) if evidence.computed else None


def invented_section(evidence: Evidence) -> doc.Section | None:
    """What an invented caseload says of the dashboard; None where there is none."""
    found = evidence.computed
    return section(evidence) if found is not None and found.synthetic else None


def for_review(evidence: Evidence) -> doc.Section | None:
    """Where reported and computed figures differ, for whoever signs; None without a caseload of the council's own."""
    found = evidence.computed
    if found is None or found.synthetic:
        return None
    blocks = (doc.Paragraph(" ".join(finding(evidence))), differences_table(evidence, found))
    return doc.Section("reported-and-computed", words.BESIDE_TITLE, blocks, inside=True)


def blocks_of(evidence: Evidence, hide: bool) -> Iterator[doc.Block]:
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
    by_month = [side_by_side(evidence.reported, found, month) for month in months(evidence)]
    return list(zip(*by_month, strict=True))


def finding(evidence: Evidence) -> tuple[str, ...]:
    """How many figures stand both reported and computed, how many are the same, and how far the others are apart."""
    found = evidence.computed
    if found is None:
        return (words.NO_CASELOAD,)
    both = [one for one in all_months(evidence.reported, found) if one.difference is not None]
    same = sum(one.standing is Standing.SAME for one in both)
    names = {one.indicator.id for one in both}
    apart = {one.indicator.short_title for one in both if one.standing is Standing.DIFFERS}
    return words.agreement_with_dashboard(found.synthetic, same, len(both), len(names), len(apart))


def notes(evidence: Evidence, hide: bool) -> Iterator[doc.Block]:
    """What this is and what it is for, what was read, by which definitions, and how it was invented."""
    found = evidence.computed
    assert found is not None
    if found.synthetic:
        fitted = f" {words.FITTED}" if found.fitted else ""
        yield doc.NoteBlock(words.INVENTED, f"{words.WHAT_FOR}{fitted}")
    yield doc.Paragraph(f"{coverage(found, hide)} {words.BESIDE_ONLY} {small_counts(found, hide)}")
    if found.notes:
        yield doc.Heading(words.HOW_INVENTED)
        yield doc.Bullets(found.notes)


def small_counts(found: Computed, hide: bool) -> str:
    """Which this is: for those inside the council, or as it may go out."""
    if found.synthetic:
        return words.SMALL_SHOWN
    return words.may_go_out(THRESHOLD) if hide else words.inside_only(THRESHOLD)


def coverage(found: Computed, hide: bool) -> str:
    """Which returns were read, how far they reach, whether anybody has accepted them, by which definitions.

    hide: without the plans in force on the day of the return. It is days from a month's end, so beside the months it
    would tell to a few plans what is hidden in one of them.
    """
    sentences = [
        words.return_read(one.reference_date, one.layout, None if hide else one.plans, one.accepted_by)
        for one in found.returns
    ]
    sentences += [] if all(one.classed for one in found.returns) else [words.NO_ESTABLISHMENTS]
    return " ".join((*sentences, words.definitions(found.settings)))


def beside_table(evidence: Evidence, found: Computed) -> doc.DataTable:
    """Indicator by indicator: reported, computed, difference, and how they stand; a year before and latest."""
    columns = [doc.TableColumn(words.INDICATOR, width=4.2)]
    for month in months(evidence):
        columns += [
            doc.TableColumn(f"{month.label}, {figure}", align=doc.Align.RIGHT, width=1.3)
            for figure in ("reported", "computed", "difference")
        ]
    columns += [doc.TableColumn(words.STAND, width=1.5), doc.TableColumn(words.WHY, width=3.6)]
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
        words.beside_title(month.label for month in months(evidence)),
        tuple(columns),
        tuple(rows),
        source=words.beside_source(source(found)),
        group_name=words.CONDITION,
        small=True,
    )


def differences_table(evidence: Evidence, found: Computed) -> doc.DataTable:
    """Of each indicator that is both reported and computed: in how many months, and how far the two are apart."""
    by_indicator: dict[str, list[ReportedAndComputed]] = {}
    for one in all_months(evidence.reported, found):
        if one.difference is not None:
            by_indicator.setdefault(one.indicator.id, []).append(one)
    columns = (
        doc.TableColumn(words.INDICATOR, width=4),
        doc.TableColumn(words.BOTH, align=doc.Align.RIGHT, width=1.2),
        doc.TableColumn(words.SAME, align=doc.Align.RIGHT, width=1.2),
        doc.TableColumn(words.LARGEST, align=doc.Align.RIGHT, width=1.4),
        doc.TableColumn(words.WHEN, width=1.4),
        doc.TableColumn(words.SHOWN, width=1.4),
    )
    rows = tuple(_apart(pairs, evidence) for pairs in by_indicator.values())
    notes = (words.COMPUTED_LESS_REPORTED,)
    return doc.DataTable(_id(found, "differences"), words.EVERY_MONTH, columns, rows, notes=notes, source=source(found))


def _apart(pairs: list[ReportedAndComputed], evidence: Evidence) -> doc.Row:
    """The months that both figures are of, and the one in which they are furthest apart."""
    indicator = pairs[0].indicator
    furthest = max(pairs, key=lambda one: abs(one.difference or Decimal(0)))
    same = sum(one.standing is Standing.SAME for one in pairs)
    apart = furthest.difference or Decimal(0)
    shown = _change(apart, indicator).with_its_unit if apart else words.NONE
    when = furthest.period.label if apart and isinstance(furthest.period, Month) else ""
    basis = shown_basis(indicator, evidence.reported, evidence.computed)
    return doc.Row.of(indicator.short_title, str(len(pairs)), str(same), shown, when, basis.value)


def _id(found: Computed, name: str) -> str:
    """Of a table, so also of its CSV file and its sheet: the name says where the figures are invented."""
    return f"{'synthetic-' if found.synthetic else ''}caseload-{name}"


def source(found: Computed) -> str:
    return words.source(found.synthetic, (one.reference_date for one in found.returns))


def _beside_row(pair: Sequence[ReportedAndComputed]) -> doc.Row:
    cells: list[doc.Cell | str] = [pair[-1].indicator.short_title]
    for one in pair:
        cells += [reported_cell(one), computed_cell(one.computed, one.indicator), difference_cell(one)]
    return doc.Row.of(*cells, pair[-1].standing.value, _why(pair))


def _why(pair: Sequence[ReportedAndComputed]) -> str:
    """The reason, said once where it is that of both months."""
    reasons = {one.period.label: one.reason for one in pair}
    if len(set(reasons.values())) == 1:
        return days_in_words(pair[-1].reason) or words.NOTHING_TO_ADD
    return ". ".join(f"{period}: {days_in_words(reason)}" for period, reason in reasons.items() if reason)


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
        return doc.Cell.number(Decimal(0), state=State.COMPUTED, unit=one.indicator.unit.value)
    return _change(one.difference, one.indicator)


def _change(apart: Decimal, indicator: DashboardIndicator) -> doc.Cell:
    return doc.Cell.change(apart, indicator.unit, decimals=indicator.decimals)


def further_table(evidence: Evidence, found: Computed) -> doc.DataTable:
    """What the caseload can say that the dashboard does not print, with numerator and denominator."""
    known = {one.id for one in evidence.workspace.indicators}
    further = dict.fromkeys(one.indicator for one in found.figures if one.indicator.id not in known)
    columns = (
        doc.TableColumn(words.INDICATOR, width=3.6),
        *(doc.TableColumn(month.label, align=doc.Align.RIGHT, width=1.3) for month in months(evidence)),
        doc.TableColumn(words.COUNTED, width=3),
        doc.TableColumn(words.OF_ALL, width=2.6),
    )
    rows = tuple(
        doc.Row.of(
            one.title,
            *(computed_cell(found.figure(one.id, month)) for month in months(evidence)),
            one.part,
            one.whole or words.A_COUNT,
        )
        for one in further
    )
    return doc.DataTable(_id(found, "further"), words.FURTHER, columns, rows, source=source(found), small=True)


def _restated(found: Computed, hide: bool) -> Iterator[doc.Block]:
    """Months that a later return tells otherwise, and whether a definition changed in between."""
    if len(found.returns) < 2:
        yield doc.Paragraph(words.ONE_RETURN)
    elif not found.restated.rows:
        yield doc.Paragraph(words.NONE_RESTATED)
    elif hide:
        yield doc.Paragraph(words.restated_elsewhere(len(found.restated.rows)))
    else:
        yield restated_table(found)


def restated_table(found: Computed) -> doc.DataTable:
    names = {one.indicator.id: one.indicator.title for one in found.figures}
    rows = tuple(
        doc.Row.of(names.get(row[0], row[0]), *(str(cell or "no") for cell in row[1:])) for row in found.restated.rows
    )
    columns = tuple(doc.TableColumn(head, width=3 if head == words.INDICATOR else 1.4) for head in words.RESTATED_HEADS)
    return doc.DataTable(_id(found, "restated"), words.RESTATED, columns, rows, small=True)


def _pipeline(found: Computed, hide: bool) -> Iterator[doc.Block]:
    if not hide:
        yield pipeline_table(found)
    else:
        yield doc.Paragraph(f"{pipeline_words(found)} {words.COUNTS_INSIDE}")


def pipeline_words(found: Computed) -> str:
    """'The pipeline adds up in every month.'"""
    residual = found.pipeline.columns.index("residual")
    return words.pipeline([str(row[0]) for row in found.pipeline.rows if row[residual]])


def pipeline_table(found: Computed) -> doc.DataTable:
    columns = tuple(
        doc.TableColumn(
            words.PIPELINE_HEADS[name], align=doc.Align.LEFT if name == "month" else doc.Align.RIGHT, key=name
        )
        for name in found.pipeline.columns
    )
    rows = tuple(doc.Row.of(Month.parse(row[0]).label, *map(doc.Cell.number, row[1:])) for row in found.pipeline.rows)
    return doc.DataTable(
        _id(found, "pipeline"),
        words.PIPELINE,
        columns,
        rows,
        notes=(words.PIPELINE_NOTE,),
        source=source(found),
        small=True,
    )


def rules_finding(found: Computed, hide: bool) -> str:
    """How the rules ended. A total of findings could give a hidden count away, so it is not said where one is."""
    if not any(one.outcome is not Outcome.FOUND for one in found.rules) and found.accepted:
        return words.rules_at_acceptance(len(found.rules))
    count = {outcome: len(found.of_outcome(outcome)) for outcome in Outcome}
    times = None if hide else found.findings
    return words.rules_ended(
        len(found.rules), count[Outcome.FOUND], times, count[Outcome.CLEAR], count[Outcome.COULD_NOT_CHECK]
    )


def _rules(found: Computed, hide: bool) -> Iterator[doc.Block]:
    yield doc.Paragraph(rules_finding(found, hide))
    columns = (
        doc.TableColumn(words.RULE, width=1.2),
        doc.TableColumn(words.ASKS, width=5),
        doc.TableColumn(words.SEVERITY, width=1.2),
        doc.TableColumn(words.FINDINGS, align=doc.Align.RIGHT, width=1.2),
        doc.TableColumn(words.LOOKED_AT, align=doc.Align.RIGHT, width=1.2),
    )
    rows = tuple(
        doc.Row.of(one.rule, one.question, SEVERITIES[one.severity], _count(one, hide), _looked_at(one))
        for one in sorted(
            found.of_outcome(Outcome.FOUND), key=lambda one: (list(Severity).index(one.severity), one.rule)
        )
    )
    yield doc.DataTable(_id(found, "rules"), words.RULES, columns, rows, source=source(found))
    unchecked = found.of_outcome(Outcome.COULD_NOT_CHECK)
    if unchecked:
        heads = (
            doc.TableColumn(words.RULE),
            doc.TableColumn(words.ASKS, width=4),
            doc.TableColumn(words.WHY_NOT, width=4),
        )
        lines = tuple(doc.Row.of(one.rule, one.question, one.why) for one in unchecked)
        yield doc.DataTable(_id(found, "unchecked"), words.UNCHECKED, heads, lines)


def _count(one: RuleCount, hide: bool) -> doc.Cell:
    if one.found < THRESHOLD and hide:
        return doc.Cell.suppressed()
    return doc.Cell.number(one.found)


def _looked_at(one: RuleCount) -> doc.Cell:
    return doc.Cell.number(one.looked_at) if one.looked_at else doc.Cell.not_applicable()
