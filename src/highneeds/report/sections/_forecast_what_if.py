"""Scenarios side by side, on the same draws: plans, places, money, odds, and what to know before believing one."""

from collections.abc import Iterator

from highneeds.forecast.summary import ForecastSummary, WhatIf
from highneeds.report import document as doc
from highneeds.report.figures.forecast import money_cell, plans_cell, source_of
from highneeds.report.sections._forecast_money import chance_cell
from highneeds.report.sections._forecast_words import plain_settings

NO_MONEY = "The statistics carry no money for this council"


def what_if_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    _, *others = brief.scenarios
    if not others:
        return
    yield doc.Heading("What if")
    yield doc.Paragraph(_finding(others))
    yield _table(brief)
    yield doc.Paragraph(_transport_words(brief))
    cautions = tuple(_cautions(others))
    if cautions:
        yield doc.Heading("Before believing a scenario", level=2)
        yield doc.Bullets(cautions)


def _transport_words(brief: ForecastSummary) -> str:
    """SEN transport of the last year, beside every scenario; or why it is not there."""
    known = [(one.title, one.transport_gbp) for one in brief.scenarios if one.transport_gbp is not None]
    if not known:
        return (
            "SEN transport is paid outside the grant and is in none of these figures: the council has given no figure "
            "(finance/transport.csv), and no published line of these statistics holds it."
        )
    said = "; ".join(f"{title}: {money_cell(gbp).text}" for title, gbp in known)
    return f"SEN transport, paid outside the grant and in none of these figures, would cost in {brief.end}: {said}."


def lever_blocks(brief: ForecastSummary) -> Iterator[doc.Block]:
    """What every scenario does, beside what it rests on; with the wide tables at the end."""
    levers = [one for one in brief.scenarios if one.levers]
    if levers:
        yield doc.Heading("What each scenario does and rests on", level=2)
        yield doc.Paragraph(_confident_words(levers))
        yield _levers_table(levers)


def _confident_words(scenarios: list[WhatIf]) -> str:
    levers = [lever for one in scenarios for lever in one.levers]
    sure = sum(lever.confident for lever in levers)
    return (
        f"Of {len(levers)} levers {sure or 'none'} can be called confident: that takes an equality assessment, a "
        "consultation and a decision. Fewer plans, requests or assessments are no aim in themselves."
    )


def _levers_table(others: list[WhatIf]) -> doc.DataTable:
    """Every lever with its strength, the duty it touches, whom it affects, and what it rests on."""
    columns = (
        doc.Column("Scenario", width=2),
        doc.Column("Lever", width=2),
        doc.Column("Strength", width=2),
        doc.Column("From"),
        doc.Column("Duty it touches", width=2.6),
        doc.Column("Whom it affects", width=2),
        doc.Column("Equality assessment; consultation; decision", width=2),
        doc.Column("Confident"),
    )
    rows = tuple(
        doc.Row.of(
            one.title,
            lever.title + (" (an assumption about demand, not a target)" if lever.caps_demand else ""),
            f"{lever.low:g} to {lever.high:g}, middle {lever.central:g}: {lever.unit}",
            lever.starts,
            lever.duty,
            lever.affects,
            "; ".join(words or "none" for words in (lever.equality_assessment, lever.consultation, lever.decision)),
            "yes" if lever.confident else "no",
        )
        for one in others
        for lever in one.levers
    )
    title = "Every lever: strength, duty, whom it affects, and what it rests on"
    return doc.DataTable("forecast-levers", title, columns, rows, small=True)


def _cautions(others: list[WhatIf]) -> Iterator[str]:
    """Each caution once, with the scenarios it holds for."""
    whose: dict[str, list[str]] = {}
    for one in others:
        for caution in (words for words in one.cautions if "is not confident" not in words):
            whose.setdefault(caution, []).append(one.title)
    for caution, titles in whose.items():
        yield f"{'; '.join(dict.fromkeys(titles))}. {plain_settings(caution)}"


def _finding(others: list[WhatIf]) -> str:
    """The scenario that changes most, and what every one of them is."""
    said = "Each scenario is an assumption of the workspace, run on the same draws as the baseline."
    known = [(one.saved_gbp[0], one) for one in others if one.saved_gbp is not None]
    if not known:
        return said
    saved, best = max(known, key=lambda pair: abs(pair[0]))
    low, high = sorted(best.saved_gbp[1:]) if best.saved_gbp else (saved, saved)
    kind = "less" if saved >= 0 else "more"
    amounts = [money_cell(abs(value)).text for value in (saved, *sorted((abs(low), abs(high))))]
    words = f"“{best.title}” would cost {amounts[0]} {kind} over the years forecast ({amounts[1]} to {amounts[2]})."
    return f"{words} {said}"


def _table(brief: ForecastSummary) -> doc.DataTable:
    right, end = doc.Align.RIGHT, brief.end
    columns = (
        doc.Column("Scenario", width=2.6),
        doc.Column("Plans at the end", align=right),
        doc.Column("In state special", align=right),
        doc.Column("In other special", align=right),
        doc.Column(f"In-year overspend {end}", align=right, width=1.2),
        doc.Column("Saved over all years", align=right, width=1.1),
        doc.Column("Saved, 80% band", align=right, width=1.5),
        doc.Column(f"Chance of in-year balance {end}", align=right, width=1.5),
    )
    rows = tuple(_row(brief, one) for one in brief.scenarios)
    notes = (
        f"Means of {brief.draws} draws in January {brief.plans.periods[-1][:4]} and {end}. Other special: "
        "independent and non-maintained special schools. Saved: cost of the baseline less that of the scenario, "
        "draw by draw; a negative sum is money lost. All use the same draws, so two means may be subtracted. "
        "Fewer plans are no aim in themselves.",
    )
    title = "Scenarios beside things as they are"
    return doc.DataTable("forecast-scenarios", title, columns, rows, notes=notes, source=source_of(brief))


def _row(brief: ForecastSummary, one: WhatIf) -> doc.Row:
    plans = (plans_cell(value) for value in (one.plans, one.state_special, one.independent_special))
    saved: tuple[doc.Cell | str, ...] = ("the baseline", "the baseline")
    if one.saved_gbp is not None:
        mean, low, high = one.saved_gbp
        saved = (money_cell(mean), f"{money_cell(low).text} to {money_cell(high).text}")
    over = doc.Cell.not_applicable(NO_MONEY) if one.in_year_gbp is None else money_cell(one.in_year_gbp)
    return doc.Row.of(one.title, *plans, over, *saved, chance_cell(one.balance, brief.draws, NO_MONEY))
