"""Scenarios side by side, on the same draws: plans, places, money, odds, and what to know before believing one."""

from collections.abc import Iterator, Sequence

from highneeds.forecast.scenarios import UNCONFIDENT
from highneeds.forecast.summary import ForecastSummary, ScenarioLever, WhatIf
from highneeds.report import document as doc
from highneeds.report.figures.forecast import money_cell, plans_cell, source_of, with_its_band
from highneeds.report.sections._forecast_money import chance_cell
from highneeds.report.words import forecast as words
from highneeds.report.words.forecast_notes import note_sentence
from highneeds.report.words.plainly import plainly


def what_if_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    _, *others = brief.scenarios
    if not others:
        return
    yield doc.Heading(words.WHAT_IF)
    yield doc.Paragraph(_finding(others))
    yield _table(brief)
    yield doc.Paragraph(_transport_words(brief))
    cautions = tuple(_cautions(others))
    if cautions:
        yield doc.Heading(words.CAUTIONS, level=2)
        yield doc.Bullets(cautions)


def _transport_words(brief: ForecastSummary) -> str:
    """SEN transport of the last year, beside every scenario; or why it is not there."""
    known = [
        (_title(one), money_cell(one.transport_gbp).text) for one in brief.scenarios if one.transport_gbp is not None
    ]
    return words.transport(brief.end, known) if known else words.NO_TRANSPORT


def lever_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    """What every scenario does, beside what it rests on; with the wide tables at the end."""
    levers = [one for one in brief.scenarios if one.levers]
    if levers:
        yield doc.Heading(words.LEVERS, level=2)
        yield doc.Paragraph(_confident_words(levers))
        yield _levers_table(levers)


def _confident_words(scenarios: list[WhatIf]) -> str:
    levers = [lever for one in scenarios for lever in one.levers]
    return words.confident(len(levers), sum(lever.confident for lever in levers))


def _levers_table(others: list[WhatIf]) -> doc.DataTable:
    """Every lever with its strength, the duty it touches, whom it affects, and what it rests on."""
    columns = (
        doc.TableColumn(words.LEVER, width=2.4),
        doc.TableColumn(words.STRENGTH, width=2.6),
        doc.TableColumn(words.FROM, width=1.2),
        doc.TableColumn(words.DUTY, width=3.2),
        doc.TableColumn(words.AFFECTS, width=2.4),
        doc.TableColumn(words.RESTS_ON, width=2.4),
        doc.TableColumn(words.CONFIDENT, width=1.2),
    )
    rows = tuple(row for one in others for row in (doc.Row.group(one.title), *_alike(one.levers)))
    return doc.DataTable(
        "forecast-levers", words.LEVERS_TITLE, columns, rows, landscape=True, group_name=words.SCENARIO
    )


def _alike(levers: Sequence[ScenarioLever]) -> Iterator[doc.Row]:
    """Levers of a scenario that differ in nothing but their title are one row with the titles of all."""
    titles: dict[tuple[str, ...], list[str]] = {}
    for one in levers:
        cells: tuple[str, ...] = (
            words.strength(one.low, one.high, one.central, one.unit),
            plainly(one.starts),
            one.duty,
            one.affects,
            words.rests_on(one.equality_assessment, one.consultation, one.decision),
            words.YES_NO[one.confident],
        )
        titles.setdefault(cells, []).append(one.title + (words.ABOUT_DEMAND if one.caps_demand else ""))
    for alike, names in titles.items():
        yield doc.Row.of("; ".join(names), *alike)


def _cautions(others: list[WhatIf]) -> Iterator[str]:
    """Each caution once, with the scenarios it holds for."""
    whose: dict[str, list[str]] = {}
    for one in others:
        for caution in one.cautions:
            if caution.code != UNCONFIDENT:
                whose.setdefault(note_sentence(caution), []).append(one.title)
    for said, titles in whose.items():
        yield f"{'; '.join(dict.fromkeys(titles))}. {said}"


def _finding(others: list[WhatIf]) -> str:
    """The scenario that changes most, and what every one of them is."""
    known = [(one.saved_gbp, one) for one in others if one.saved_gbp is not None]
    if not known:
        return words.EACH_SCENARIO
    saved, best = max(known, key=lambda pair: abs(pair[0][0]))
    return words.best_scenario(best.title, saved[0] >= 0, with_its_band(saved))


def _table(brief: ForecastSummary) -> doc.DataTable:
    right, end = doc.Align.RIGHT, brief.end
    columns = (
        doc.TableColumn(words.SCENARIO, width=2.6),
        doc.TableColumn(words.PLANS_AT_END, align=right),
        doc.TableColumn(words.IN_STATE_SPECIAL, align=right),
        doc.TableColumn(words.IN_OTHER_SPECIAL, align=right),
        doc.TableColumn(words.overspend_head(end), align=right, width=1.2),
        doc.TableColumn(words.SAVED, align=right, width=1.1),
        doc.TableColumn(words.SAVED_BAND, align=right, width=1.5),
        doc.TableColumn(words.balance_head(end), align=right, width=1.5),
    )
    rows = tuple(_row(brief, one) for one in brief.scenarios)
    notes = (words.scenarios_note(brief.draws, brief.plans.periods[-1][:4], end),)
    title = words.SCENARIOS_TITLE
    return doc.DataTable("forecast-scenarios", title, columns, rows, notes=notes, source=source_of(brief))


def _title(one: WhatIf) -> str:
    return one.title or words.AS_THINGS_ARE


def _row(brief: ForecastSummary, one: WhatIf) -> doc.Row:
    plans = (plans_cell(value) for value in (one.plans, one.state_special, one.independent_special))
    saved: tuple[doc.Cell | str, ...] = (words.THE_BASELINE, words.THE_BASELINE)
    if one.saved_gbp is not None:
        mean, low, high = one.saved_gbp
        saved = (money_cell(mean), f"{money_cell(low).text} to {money_cell(high).text}")
    over = doc.Cell.not_applicable(words.NO_MONEY) if one.in_year_gbp is None else money_cell(one.in_year_gbp)
    return doc.Row.of(_title(one), *plans, over, *saved, chance_cell(one.balance, brief.draws, words.NO_MONEY))
