"""The first page: where we stand, four figures, three answers, one chart, what changed, what is asked."""

from collections.abc import Iterator
from decimal import Decimal

from highneeds.account import Answer, Verdict, decimal_pounds, in_words
from highneeds.account.published_account import CLOSING
from highneeds.account.stated import Stated
from highneeds.assurance.claims import Verdict as ClaimVerdict
from highneeds.assurance.movement import Judgement, Movement, judge, usual_movement
from highneeds.forecast.brief import Brief
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.workspace import Fact
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.figures.deficit import deficit_chart
from highneeds.report.sections._forecast_money import chance_cell
from highneeds.report.sections._words import listed
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import with_commas

MOST_CHANGES = 5


def section(evidence: Evidence) -> doc.Section:
    return doc.Section(
        "where-we-stand",
        "Where we stand",
        (
            doc.Paragraph(sentence(evidence), doc.Tone.LEAD),
            doc.Figures(big_figures(evidence)),
            doc.Answers(tuple(short_answer(one) for one in evidence.money.answers)),
            deficit_chart(evidence),
            doc.Heading("What changed since the last report"),
            doc.Bullets(tuple(changes(evidence))),
            doc.Heading("What is asked of you"),
            doc.Bullets(tuple(asks(evidence)), numbered=True),
        ),
    )


def sentence(evidence: Evidence) -> str:
    """Where we stand, in one sentence."""
    no = [one for one in evidence.money.answers if one.verdict is Verdict.NO]
    year = evidence.workspace.council.report.current_year
    stand = evidence.money.position
    if stand is None:
        return f"{evidence.workspace.council.name} has not published a target and a forecast for {year}."
    overspend = (
        f"{evidence.workspace.council.short_name} expects an in-year overspend of {stand.forecast.words} in {year}, "
        f"{in_words(abs(stand.variance))} {'more' if stand.variance > 0 else 'less'} than the agreement allows"
    )
    if not no:
        return f"{overspend}, and is on track on all three questions."
    return f"{overspend}; {_not_on_track(len(no), len(evidence.money.answers))}."


def _not_on_track(no: int, of: int) -> str:
    return "it is on track on none of the three questions" if no == of else f"{no} of {of} answers are No"


def big_figures(evidence: Evidence) -> tuple[doc.BigFigure, ...]:
    return (_in_year(evidence), _accumulated(evidence), _chance(evidence), _plans(evidence))


def _in_year(evidence: Evidence) -> doc.BigFigure:
    year, stand = evidence.workspace.council.report.current_year, evidence.money.position
    label = f"In-year overspend {year}, before contributions"
    if stand is None:
        return doc.BigFigure(label, doc.Cell.words("Not published"))
    share = f" ({stand.variance_pct:.0f}%)" if stand.variance_pct is not None else ""
    side = "above" if stand.variance > 0 else "below"
    return doc.BigFigure(
        label,
        money_cell(stand.forecast),
        change=f"{in_words(abs(stand.variance))}{share} {side} target",
        target=f"Agreed: {stand.target.words}",
        verdict="Worse" if stand.variance > 0 else "Better",
        href="#finance",
    )


def _accumulated(evidence: Evidence) -> doc.BigFigure:
    year, money = evidence.workspace.council.report.current_year, evidence.money
    found = money.layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST)
    label = f"Accumulated deficit, 31 March {year.start + 1}"
    gap = money.position.gap if money.position else None
    worse = f"{gap.words[:1].upper()}{gap.words[1:]} worse than planned" if gap else "The gap to plan is not published"
    cell = money_cell(found) if found else doc.Cell.words("Not published")
    end = evidence.workspace.agreement.last_year
    target = (
        f"Agreed for March {end.start + 1}: nil. Published as {found.source}" if found else "Agreed: nil at the end"
    )
    return doc.BigFigure(label, cell, change=worse, target=target, verdict="Worse" if gap else "", href="#finance")


def _chance(evidence: Evidence) -> doc.BigFigure:
    """Shown only where the estimate agrees with the council's own published figures of the same years."""
    end, brief = evidence.workspace.agreement.last_year, evidence.brief
    label, target = f"Chance of in-year balance by {end}", "Agreed: in-year balance"
    at_end = brief.at_end if brief and brief.money_holds else None
    if brief is None or at_end is None or at_end.balance is None:
        return doc.BigFigure(
            label, doc.Cell.words("Not known"), change=_no_chance(brief), target=target, href="#forecast"
        )
    return doc.BigFigure(
        label,
        chance_cell(at_end.balance, brief.draws, ""),
        change=f"Estimate from published statistics; no further action counted; {brief.draws} draws",
        target=target,
        href="#forecast",
    )


def _no_chance(brief: Brief | None) -> str:
    if brief is None:
        return "The published statistics carry no forecast of this council"
    if brief.in_year is None:
        return "The published statistics carry no in-year position"
    if not brief.held:
        return "No published in-year figure to hold the estimate against"
    return "The estimate does not hold the council's own in-year figures"


def _plans(evidence: Evidence) -> doc.BigFigure:
    fact = evidence.workspace.figure("plans_in_force")
    if fact is None or fact.value is None:
        return doc.BigFigure("Plans", doc.Cell.words("Not published"), target="A volume: neither good nor bad")
    text = f"{fact.qualifier} {with_commas(fact.value)}".removeprefix("exact ")
    month = Month.parse(fact.period).label
    return doc.BigFigure(
        f"Education, health and care plans, {month}",
        doc.Cell(fact.value, text, unit="plans"),
        change=_plans_change(evidence, fact),
        target="A volume: neither good nor bad in itself",
        href="#dashboard",
    )


def _plans_change(evidence: Evidence, fact: Fact) -> str:
    movement = evidence.movement("ehcp_count_ey_ks1") if _has(evidence, "ehcp_count_ey_ks1") else None
    if movement is None or movement.latest is None or movement.on_year.value is None or movement.latest.value is None:
        return f"Published as {fact.source}"
    earlier = movement.latest.value - movement.on_year.value
    return f"Early years and key stage 1: {with_commas(100 * movement.on_year.value / earlier, 1)}% more in a year"


def _has(evidence: Evidence, indicator: str) -> bool:
    return any(one.indicator.id == indicator for one in evidence.movements)


def money_cell(stated: Stated) -> doc.Cell:
    return doc.Cell(Decimal(decimal_pounds(stated.pence)), stated.words, unit="gbp", note=stated.source)


def answer_block(answer: Answer) -> doc.Answer:
    yes = {Verdict.YES: True, Verdict.NO: False}.get(answer.verdict)
    return doc.Answer(answer.question, yes, answer.reason, "; ".join(answer.evidence))


def short_answer(answer: Answer) -> doc.Answer:
    """The answer with one line of reason; the evidence stands in section 2."""
    block = answer_block(answer)
    return doc.Answer(block.question, block.yes, answer.reason)


def last_report_month(evidence: Evidence) -> Month | None:
    """The month of the last published report before this one."""
    reports = [evidence.workspace.fact(name) for name in evidence.workspace.agreement.reports]
    months = [Month.parse(fact.written[:7], fact.where) for fact in reports]
    own = Month.of(evidence.workspace.council.report.submitted)
    return max((month for month in months if month < own), default=None)


def changes(evidence: Evidence) -> Iterator[tuple[str | doc.Span, ...]]:
    """The indicators that moved most since the last report, against their usual movement; at most five."""
    since = last_report_month(evidence)
    if since is None:
        yield ("This is the first report.",)
        return
    moved = sorted(_moves(evidence, since), key=lambda item: (-item[0], item[1].indicator.id))[:MOST_CHANGES]
    if not moved:
        yield (f"No indicator with a direction of good moved by more than usual since {since.label}.",)
    for _, movement, before in moved:
        yield _move_words(movement, before, since)


def _moves(evidence: Evidence, since: Month) -> Iterator[tuple[Decimal, Movement, Decimal]]:
    """(size in usual movements, movement, earlier figure) for indicators that moved by more than the usual."""
    for movement in evidence.movements:
        series = evidence.workspace.series(movement.indicator.id)
        before = next((one.value for one in series if one.period == since and one.value is not None), None)
        known = [one for one in series if one.value is not None]
        usual = usual_movement(known, evidence.workspace.council.rollover_month)
        latest = movement.latest
        if before is None or latest is None or latest.value is None or not usual or latest.period == since:
            continue
        size = abs(latest.value - before) / usual
        if size > 1 and judge(latest.value - before, movement.indicator.good_direction) is not Judgement.NEITHER:
            yield size, movement, before


def _move_words(movement: Movement, before: Decimal, since: Month) -> tuple[str | doc.Span, ...]:
    latest, indicator = movement.latest, movement.indicator
    assert latest is not None and latest.value is not None and isinstance(latest.period, Month)
    change = latest.value - before
    verb = "rose" if change > 0 else "fell"
    earlier, later = (indicator.unit.show(value, indicator.decimals) for value in (before, latest.value))
    word = judge(change, indicator.good_direction).value
    ends = f"{verb} from {earlier} in {since.label} to {later} in {latest.period.label}"
    return (doc.Span(indicator.short_title, href="#dashboard"), f" {ends}: {word}.")


def asks(evidence: Evidence) -> Iterator[tuple[str | doc.Span, ...]]:
    """What the reader is asked to do, each from a finding of this report."""
    stand = evidence.money.position
    if stand and stand.variance > 0:
        yield (
            f"Decide how the {in_words(stand.variance)} above target is recovered. ",
            doc.Span("Financial annex", href="#finance"),
            ".",
        )
    worse = [
        one for one in evidence.assurances if one.agreement == "disagree" and one.suggested.worry > one.current.worry
    ]
    if worse:
        numbers = listed(str(one.condition.number) for one in worse)
        yield (
            f"Confirm or correct the level given to condition{'s' if len(worse) > 1 else ''} {numbers}: the indicators "
            "suggest worse. ",
            doc.Span("Detailed update", href="#conditions"),
            ".",
        )
    failing = [claim for one in evidence.narrative for claim in one.of(ClaimVerdict.FAILS)]
    if failing:
        yield (
            f"Correct the {len(failing)} figures of the narrative that the data does not support. ",
            doc.Span("Claims", href="#claims"),
            ".",
        )
    if evidence.findings.all:
        yield (
            f"Settle the {len(evidence.findings.all)} findings in the published figures, first the statements that "
            "contradict each other. ",
            doc.Span("Data quality", href="#quality"),
            ".",
        )
