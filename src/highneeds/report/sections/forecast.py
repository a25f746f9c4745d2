"""Where plans, places and money go if things go on as they have, how sure that is, and what it rests on."""

from collections.abc import Callable, Iterator

from highneeds.forecast.summary import Fan, ForecastSummary, NoForecast
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.figures.forecast import money_cell, plans_cell, plans_chart, range_words, source_of
from highneeds.report.sections._forecast_delay import delay_blocks
from highneeds.report.sections._forecast_money import money_blocks
from highneeds.report.sections._forecast_record import record_blocks
from highneeds.report.sections._forecast_trust import absent_blocks, assumption_blocks, score_blocks
from highneeds.report.sections._forecast_what_if import lever_blocks, what_if_blocks
from highneeds.report.sections._forecast_words import setting_words
from highneeds.report.sections._words import listed
from highneeds.vocabulary.period import Month

Words = Callable[[str], str]
TITLE = "Forecast"
AS_IT_IS = "It counts no step that the council plans: rates and prices go on as they have, within their stated ranges."


def section(evidence: Evidence) -> doc.Section:
    brief = evidence.brief
    if brief is None:
        return doc.Section("forecast", TITLE, (doc.Paragraph(finding(evidence)),), new_page=True)
    blocks = [
        doc.Paragraph(finding(evidence)),
        doc.Note("How to read it", basis(brief)),
        *_plans(brief),
        *money_blocks(brief),
        *what_if_blocks(brief),
        *delay_blocks(brief),
        *score_blocks(brief),
        *record_blocks(evidence.record),
        *absent_blocks(brief),
        *lever_blocks(brief),
        *assumption_blocks(brief),
    ]
    return doc.Section("forecast", TITLE, tuple(blocks), new_page=True)


def finding(evidence: Evidence) -> str:
    """Where it goes, in a sentence; or why nobody can say."""
    found = evidence.forecast
    if isinstance(found, NoForecast):
        return f"There is no forecast. {found.reason.rstrip('.')}."
    plans, name = found.plans, evidence.workspace.council.short_name
    middle, first, last = plans_cell(plans.at(0.5)[-1]).text, *_ends(plans)
    move = "grow" if plans.at(0.5)[-1] >= plans.mean[0] else "fall"
    return (
        f"Plans in {name} are likely to {move} from {plans_cell(plans.mean[0]).text} in {first} to about {middle} in "
        f"{last} ({range_words(plans, -1, plans_cell)} in 8 of 10 outcomes).{_money_words(found)}"
    )


def _money_words(brief: ForecastSummary) -> str:
    if brief.in_year is None:
        return ""
    overspend = range_words(brief.in_year, -1, money_cell)
    return f" Without further action the in-year overspend of {brief.in_year.periods[-1]} is likely to be {overspend}."


def _ends(fan: Fan) -> tuple[str, str]:
    return Month.parse(fan.periods[0]).label, Month.parse(fan.periods[-1]).label


def basis(brief: ForecastSummary) -> str:
    """What it is made from and what it is not."""
    return (
        f"Every figure here is an estimate from published statistics, the newest of January {brief.origin}, "
        f"and never the council's own{_own_prices(brief)}. {AS_IT_IS} "
        f"{brief.draws} futures were drawn (seed {brief.seed}); a band of 80% "
        "holds 8 of 10 of them. Each figure is rounded once, so parts may differ from their sum by one."
    )


def _own_prices(brief: ForecastSummary) -> str:
    """What is the council's own after all."""
    own = dict.fromkeys(one.title.rpartition(", ")[0].lower() or one.title.lower() for one in brief.lines if one.own)
    return f", save its own unit costs where it gives them ({listed(own)})" if own else ""


def _plans(brief: ForecastSummary) -> Iterator[doc.Block]:
    first, last = _ends(brief.plans)
    grown = 100 * (brief.plans.at(0.5)[-1] / brief.plans.mean[0] - 1)
    title = f"Plans are likely to be {abs(grown):.0f}% {'more' if grown > 0 else 'fewer'} in {last} than in {first}"
    yield doc.Heading("Plans and places")
    yield plans_chart(brief, title)
    yield _parts_table(brief, "forecast-settings", "Plans by setting", "Setting", brief.by_setting, setting_words)
    yield _parts_table(brief, "forecast-ages", "Plans by age", "Age", brief.by_age, _age_words)


def _age_words(name: str) -> str:
    return name.removeprefix("Age ").capitalize()


def _parts_table(
    brief: ForecastSummary, id: str, title: str, head: str, parts: tuple[Fan, ...], words: Words
) -> doc.DataTable:
    """Means by part and January, with the band of the last."""
    periods = [Month.parse(period).label for period in brief.plans.periods]
    columns = (
        doc.Column(head, width=2.6),
        *(doc.Column(period, align=doc.Align.RIGHT, of="January") for period in periods),
        doc.Column(f"80% band, {periods[-1]}", align=doc.Align.RIGHT, width=1.7),
    )
    rows = [doc.Row.of(words(part.name), *_means(part)) for part in parts]
    rows.append(doc.Row.total("All", *_means(brief.plans)))
    notes = (f"Means of {brief.draws} draws; the first January is counted.",)
    return doc.DataTable(id, title, columns, tuple(rows), notes=notes, source=source_of(brief))


def _means(fan: Fan) -> list[doc.Cell | str]:
    return [*(plans_cell(value) for value in fan.mean), range_words(fan, -1, plans_cell)]
