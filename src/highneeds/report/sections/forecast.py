"""Where plans, places and money go if things go on as they have, how sure that is, and what it rests on."""

from collections.abc import Callable, Iterator

from highneeds.forecast.state import AGE_BANDS
from highneeds.forecast.summary import Fan, ForecastSummary, NoForecast
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.figures.forecast import money_cell, plans_cell, plans_chart, range_words, source_of
from highneeds.report.sections._forecast_delay import delay_blocks
from highneeds.report.sections._forecast_money import money_blocks
from highneeds.report.sections._forecast_record import record_blocks
from highneeds.report.sections._forecast_trust import absent_blocks, assumption_blocks, score_blocks
from highneeds.report.sections._forecast_what_if import lever_blocks, what_if_blocks
from highneeds.report.words import forecast as words
from highneeds.report.words.forecast_notes import none_because
from highneeds.vocabulary.period import Month

NameInWords = Callable[[str], str]


def section(evidence: Evidence) -> doc.Section:
    brief = evidence.brief
    if brief is None:
        return doc.Section("forecast", words.TITLE, (doc.Paragraph(" ".join(finding(evidence))),), new_page=True)
    blocks = [
        doc.Paragraph(" ".join(finding(evidence))),
        doc.NoteBlock(words.HOW_TO_READ, basis(brief)),
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
    return doc.Section("forecast", words.TITLE, tuple(blocks), new_page=True)


def finding(evidence: Evidence) -> tuple[str, ...]:
    """Where plans and money go, a sentence each; or why nobody can say."""
    found = evidence.forecast
    if isinstance(found, NoForecast):
        return none_because(found.reason)
    plans, name = found.plans, evidence.workspace.council.short_name
    mean, first, last = plans_cell(plans.mean[-1]).text, *_ends(plans)
    grow, between = plans.mean[-1] >= plans.mean[0], range_words(plans, -1, plans_cell)
    now = plans_cell(plans.mean[0]).text
    return words.plans_finding(name, grow, now, first, mean, last, between), *_money_words(found)


def _money_words(brief: ForecastSummary) -> tuple[str, ...]:
    if brief.in_year is None:
        return ()
    return (words.overspend(brief.in_year.periods[-1], range_words(brief.in_year, -1, money_cell)),)


def _ends(fan: Fan) -> tuple[str, str]:
    return Month.parse(fan.periods[0]).label, Month.parse(fan.periods[-1]).label


def basis(brief: ForecastSummary) -> str:
    """What it is made from and what it is not."""
    own = dict.fromkeys(one.sector.lower() for one in brief.lines if one.own)
    return words.basis(brief.origin, own, brief.draws, brief.seed)


def _plans(brief: ForecastSummary) -> Iterator[doc.Block]:
    first, last = _ends(brief.plans)
    grown = 100 * (brief.plans.mean[-1] / brief.plans.mean[0] - 1)
    yield doc.Heading(words.PLANS_AND_PLACES)
    yield plans_chart(brief, words.plans_title(grown, last, first))
    yield _parts_table(
        brief, "forecast-settings", words.BY_SETTING, words.SETTING, brief.by_setting, words.setting_head
    )
    yield _parts_table(brief, "forecast-ages", words.BY_AGE, words.AGE, brief.by_age, _age_words)


def _age_words(name: str) -> str:
    ages = {band: words.ages(youngest, oldest) for band, youngest, oldest in AGE_BANDS}
    return ages.get(name, name)


def _parts_table(
    brief: ForecastSummary, id: str, title: str, head: str, parts: tuple[Fan, ...], named: NameInWords
) -> doc.DataTable:
    """Means by part and January, with the band of the last."""
    periods = [Month.parse(period).label for period in brief.plans.periods]
    columns = (
        doc.TableColumn(head, width=2.6),
        *(doc.TableColumn(period, align=doc.Align.RIGHT, of="January") for period in periods),
        doc.TableColumn(words.band(periods[-1]), align=doc.Align.RIGHT, width=1.7),
    )
    rows = [doc.Row.of(named(part.name), *_means(part)) for part in parts]
    rows.append(doc.Row.total(words.ALL, *_means(brief.plans)))
    notes = (words.means_note(brief.draws),)
    return doc.DataTable(id, title, columns, tuple(rows), notes=notes, source=source_of(brief))


def _means(fan: Fan) -> list[doc.Cell | str]:
    return [*(plans_cell(value) for value in fan.mean), range_words(fan, -1, plans_cell)]
