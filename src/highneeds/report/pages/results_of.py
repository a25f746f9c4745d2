"""Everything the pages show, put together."""

from collections.abc import Mapping, Sequence

from highneeds.account import OnTrackAnswer, OnTrackVerdict
from highneeds.claims.narrative import binding_of_paragraphs
from highneeds.intake.workspace import DashboardIndicator, Fact
from highneeds.intake.workspace.files import inputs_fingerprint
from highneeds.report import results
from highneeds.report.document import BigFigure, ChartBlock, Document, long_date, plain
from highneeds.report.evidence import Evidence
from highneeds.report.figures.indicators import indicator_chart
from highneeds.report.pages.caseload import caseload_result
from highneeds.report.pages.charts import chart_result
from highneeds.report.pages.conditions import condition_result, level_keys
from highneeds.report.pages.findings import findings_result
from highneeds.report.pages.forecast import forecast_result
from highneeds.report.pages.indicators import indicator_result, sentence
from highneeds.report.pages.links import indicator_of, source_of
from highneeds.report.pages.money import account_result
from highneeds.report.pages.narrative import narrative_parts
from highneeds.report.sections import first_page
from highneeds.report.sections._rule_words import rule_questions
from highneeds.report.sections.claims import finding as claims_finding
from highneeds.report.sections.conditions import finding as assurance_finding
from highneeds.report.sections.dashboard import finding as dashboard_finding
from highneeds.report.sections.sources import printed
from highneeds.report.words import files as file_words

MONEY_CHARTS = ("accumulated-deficit", "in-year-overspend", "variance")


def indicator_charts(evidence: Evidence) -> dict[str, ChartBlock]:
    """One chart for every indicator that has at least two figures."""
    found = {one.id: _chart(evidence, one) for one in evidence.workspace.indicators}
    return {name: chart for name, chart in found.items() if chart is not None}


def _chart(evidence: Evidence, indicator: DashboardIndicator) -> ChartBlock | None:
    return indicator_chart(evidence, indicator, sentence(evidence.movement(indicator.id)))


def results_of(
    evidence: Evidence,
    report: Document,
    charts: Sequence[ChartBlock],
    own_charts: Mapping[str, ChartBlock],
    files: Sequence[results.Document],
) -> results.Results:
    """`charts`: of the report; `own_charts`: by indicator; `files`: to download."""
    council, questions = evidence.workspace.council, rule_questions()
    ids = {chart.id for chart in charts}
    return results.Results(
        schema=2,
        council=_council(evidence),
        run=results.Run(
            evidence.fingerprint,
            evidence.version,
            evidence.brief.seed if evidence.brief else None,
            inputs_fingerprint(evidence.root),
        ),
        sentence=first_page.sentence(evidence),
        figures=tuple(
            _figure(evidence, one, number) for number, one in enumerate(first_page.big_figures(evidence), start=1)
        ),
        answers=tuple(_answer(evidence, one, number) for number, one in enumerate(evidence.money.answers, start=1)),
        overview_charts=("accumulated-deficit",),
        changed=tuple(_changed(evidence, _words(one)) for one in first_page.changes(evidence)),
        asked=tuple(results.Sentence(_words(one), to) for one, to in _asks(evidence)),
        dashboard_sentence=dashboard_finding(evidence),
        conditions=tuple(condition_result(evidence, one) for one in evidence.assurances),
        indicators=tuple(
            indicator_result(evidence, one, own_charts.get(one.indicator.id)) for one in evidence.movements
        ),
        assurance_sentence=assurance_finding(evidence),
        claims_sentence=claims_finding([claim for one in evidence.narrative for claim in one.claims])
        + " "
        + binding_of_paragraphs(evidence.narrative).words,
        narrative=narrative_parts(evidence),
        levels=level_keys(evidence),
        account=account_result(evidence, tuple(name for name in MONEY_CHARTS if name in ids)),
        forecast=forecast_result(evidence),
        caseload=caseload_result(evidence),
        findings=findings_result(evidence, lambda code: questions.get(code, code)),
        charts=tuple(chart_result(chart) for chart in (*charts, *own_charts.values())),
        report=_report(report, f"{council.report.slot} {council.report.submitted.year}"),
        documents=tuple(files),
        sources=tuple(_source(evidence, fact) for fact in evidence.workspace.facts),
    )


def _council(evidence: Evidence) -> results.Council:
    council, agreement = evidence.workspace.council, evidence.workspace.agreement
    months = evidence.workspace.months
    titles = " and ".join(agreement.documents.values())
    return results.Council(
        name=council.name,
        la_number=council.la_number,
        as_at=long_date(months[-1].last_day) if months else long_date(council.report.submitted),
        agreement=f"{agreement.first_year} to {agreement.last_year}",
        described=f"Figures as published in: {titles}." if titles else "Figures of the council's own files.",
        synthetic=council.synthetic,
    )


PAGES = {"#finance": "money", "#forecast": "forecast", "#dashboard": "dashboard", "#conditions": "assurance"}
PAGES |= {"#quality": "findings", "#claims": "claims"}


def _figure(evidence: Evidence, one: BigFigure, number: int) -> results.Figure:
    change = f"{plain(one.change)}. {one.verdict}" if one.verdict else plain(one.change)
    to = source_of(evidence, f"{one.cell.text} {one.cell.note}", PAGES.get(one.href, ""))
    return results.Figure(f"figure-{number}", one.label, one.cell.text, change, plain(one.target), one.cell.note, to)


def _changed(evidence: Evidence, words: str) -> results.Sentence:
    return results.Sentence(words, indicator_of(evidence, words, "dashboard"))


def _answer(evidence: Evidence, one: OnTrackAnswer, number: int) -> results.Answer:
    verdict = {OnTrackVerdict.YES: "Yes", OnTrackVerdict.NO: "No"}.get(one.verdict, "Cannot say")
    links = tuple(results.Link(words, source_of(evidence, words, "money")) for words in one.evidence)
    return results.Answer(f"answer-{number}", one.question, verdict, one.reason, links)  # type: ignore[arg-type]


def _asks(evidence: Evidence) -> list[tuple[tuple[object, ...], str]]:
    asked: list[tuple[tuple[object, ...], str]] = []
    for words in first_page.asks(evidence):
        target = next((part.href for part in words if not isinstance(part, str)), "")
        asked.append((tuple(part for part in words if isinstance(part, str)), PAGES.get(target, "")))
    return asked


def _words(parts: tuple[object, ...]) -> str:
    text = "".join(part if isinstance(part, str) else getattr(part, "text", "") for part in parts)
    return f"{text.strip(' .')}."


def _report(document: Document, slot: str) -> results.Report:
    parts = [section for section in document.sections if section.level == 1]
    sections = tuple(
        results.Section(number, section.title.split(". ", 1)[-1], file_words.holds(section))
        for number, section in enumerate(parts, start=1)
    )
    return results.Report(document.title, file_words.report_sentence(document.title, slot, len(sections)), sections)


def _source(evidence: Evidence, fact: Fact) -> results.Source:
    documents = evidence.workspace.agreement.documents
    return results.Source(
        id=fact.id,
        document=documents.get(fact.source.document, fact.source.document),
        where=f"line {fact.source.line}" if fact.source.line else "",
        printed=printed(fact).text,
        meaning=fact.meaning,
        note="" if fact.confidence == "high" else f"Confidence: {fact.confidence or 'not stated'}",
    )
