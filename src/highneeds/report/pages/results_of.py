"""Everything the pages show, put together."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from highneeds.claims.narrative import binding_of_paragraphs
from highneeds.intake.workspace import DashboardIndicator, Fact
from highneeds.intake.workspace.files import inputs_fingerprint
from highneeds.report.document import ChartBlock, ReportDocument, long_date
from highneeds.report.evidence import Evidence
from highneeds.report.figures.indicators import indicator_chart
from highneeds.report.pages.caseload import caseload_result
from highneeds.report.pages.changes import changes_result, first_changes
from highneeds.report.pages.charts import chart_result
from highneeds.report.pages.comparisons import comparisons_result
from highneeds.report.pages.conditions import condition_results, conditions_sentence, level_keys
from highneeds.report.pages.findings import findings_result
from highneeds.report.pages.forecast import forecast_result
from highneeds.report.pages.indicators import heading, indicator_result
from highneeds.report.pages.money import account_result
from highneeds.report.pages.narrative import narrative_parts
from highneeds.report.pages.registers import registers_result
from highneeds.report.pages.results.documents import Download, ListedReport, ReportResult, SectionResult, SourceResult
from highneeds.report.pages.results.parts import LinkedSentence, PageFinding
from highneeds.report.pages.results.whole import SCHEMA, CouncilResult, Results, RunResult
from highneeds.report.pages.risks import risks_result
from highneeds.report.pages.standing import answers_result, figures_result
from highneeds.report.sections import first_page, standing
from highneeds.report.sections._rule_words import rule_questions
from highneeds.report.sections.claims import finding as claims_finding
from highneeds.report.sections.dashboard import finding as dashboard_finding
from highneeds.report.sections.sources import printed
from highneeds.report.words import files as file_words

OVERVIEW_CHARTS = ("accumulated-deficit",)
MONEY_CHARTS = ("accumulated-deficit", "in-year-overspend", "variance")


@lru_cache(maxsize=2)
def indicator_charts(evidence: Evidence) -> Mapping[str, ChartBlock]:
    """One chart for every indicator that has at least two figures."""
    found = {one.id: _chart(evidence, one) for one in evidence.workspace.indicators}
    return {name: chart for name, chart in found.items() if chart is not None}


def _chart(evidence: Evidence, indicator: DashboardIndicator) -> ChartBlock | None:
    return indicator_chart(evidence, indicator, heading(evidence, evidence.movement(indicator.id)))


def _drawn(chart: ChartBlock) -> bool:
    """A chart with a figure in it: an empty frame is not shown."""
    return any(cell.is_number for row in chart.table.rows for cell in row.cells)


def results_of(
    evidence: Evidence,
    report: ReportDocument,
    charts: Sequence[ChartBlock],
    own_charts: Mapping[str, ChartBlock],
    files: Sequence[Download],
    listed: Sequence[ListedReport],
) -> Results:
    """`charts`: of the report; `own_charts`: by indicator; `files`: to download; `listed`: every document there is."""
    council, questions = evidence.workspace.council, rule_questions()
    ids = {chart.id for chart in charts if _drawn(chart)}
    return Results(
        schema=SCHEMA,
        council=_council(evidence),
        run=_run(evidence),
        sentence=PageFinding.of(*standing.sentences(evidence)),
        figures=figures_result(evidence),
        answers=answers_result(evidence),
        overview_charts=tuple(name for name in OVERVIEW_CHARTS if name in ids),
        changed=first_changes(evidence),
        asked=tuple(LinkedSentence(f"{text.strip(' .')}.", source.page) for text, source in first_page.asks(evidence)),
        dashboard_sentence=PageFinding.of(*dashboard_finding(evidence)),
        conditions=condition_results(evidence, frozenset(one.id for one in own_charts.values())),
        indicators=tuple(
            indicator_result(evidence, one, own_charts.get(one.indicator.id)) for one in evidence.movements
        ),
        conditions_sentence=PageFinding.of(conditions_sentence(evidence)),
        claims_sentence=_claims_sentence(evidence),
        narrative=narrative_parts(evidence),
        levels=level_keys(evidence),
        account=account_result(evidence, tuple(name for name in MONEY_CHARTS if name in ids)),
        forecast=forecast_result(evidence),
        caseload=caseload_result(evidence),
        changes=changes_result(evidence),
        risks=risks_result(evidence),
        registers=registers_result(evidence),
        comparisons=comparisons_result(evidence),
        findings=findings_result(evidence, lambda code: questions.get(code, code)),
        charts=tuple(chart_result(chart) for chart in (*charts, *own_charts.values())),
        report=_report(report, f"{council.report.slot} {council.report.submitted.year}"),
        documents=tuple(files),
        sources=tuple(_source(evidence, fact) for fact in evidence.workspace.facts),
        reports=tuple(listed),
    )


def _run(evidence: Evidence) -> RunResult:
    seed = evidence.brief.seed if evidence.brief else None
    return RunResult(evidence.fingerprint, evidence.version, seed, inputs_fingerprint(evidence.root))


def _claims_sentence(evidence: Evidence) -> PageFinding:
    claims = [claim for one in evidence.narrative for claim in one.claims]
    return PageFinding.of(*claims_finding(claims), binding_of_paragraphs(evidence.narrative).words)


def _council(evidence: Evidence) -> CouncilResult:
    council, agreement = evidence.workspace.council, evidence.workspace.agreement
    months = evidence.workspace.months
    titles = " and ".join(agreement.documents.values())
    return CouncilResult(
        name=council.name,
        la_number=council.la_number,
        as_at=long_date(months[-1].last_day) if months else long_date(council.report.submitted),
        agreement=f"{agreement.first_year} to {agreement.last_year}",
        described=f"Figures as published in: {titles}." if titles else "Figures of the council's own files.",
        synthetic=council.synthetic,
    )


def _report(document: ReportDocument, slot: str) -> ReportResult:
    parts = [section for section in document.sections if section.level == 1]
    sections = tuple(
        SectionResult(number, section.name or section.title, file_words.holds(section))
        for number, section in enumerate(parts, start=1)
    )
    said = file_words.report_sentence(document.title, slot, len(sections))
    return ReportResult(document.title, PageFinding.of(said), sections)


def _source(evidence: Evidence, fact: Fact) -> SourceResult:
    agreement, line = evidence.workspace.agreement, f"line {fact.source.line}" if fact.source.line else ""
    place = agreement.place_in(fact.source)
    return SourceResult(
        id=fact.id,
        document=agreement.documents.get(fact.source.document, fact.source.document),
        where=f"{place[:1].upper()}{place[1:]} ({line})" if place else line,
        printed=printed(fact).text,
        meaning=fact.meaning,
        note="" if fact.confidence == "high" else f"Confidence: {fact.confidence or 'not stated'}",
    )
