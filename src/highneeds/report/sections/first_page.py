"""The first page: where we stand, four figures, three answers, one chart, what changed, what is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from highneeds.account import OnTrackAnswer, OnTrackVerdict
from highneeds.account.balance.published_account import CLOSING
from highneeds.account.later import is_later
from highneeds.account.stated import Stated
from highneeds.assurance.movement import Movement, MovementJudgement, judge, usual_movement
from highneeds.claims import Verdict as ClaimVerdict
from highneeds.forecast.summary import ForecastSummary
from highneeds.intake.ledger.positions import Layer
from highneeds.report import document as doc
from highneeds.report import stated_cells
from highneeds.report.evidence import Evidence
from highneeds.report.figures.deficit import deficit_chart
from highneeds.report.sections._forecast_money import chance_cell
from highneeds.report.sections.what_changed import last_report_month
from highneeds.report.words import account as account_words
from highneeds.report.words import first_page as words
from highneeds.report.words import on_track
from highneeds.report.words.sums import roughly
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.words import short_name

MOST_CHANGES = 5


def section(evidence: Evidence) -> doc.Section:
    return doc.Section(
        "where-we-stand",
        words.TITLE,
        (
            doc.Paragraph(sentence(evidence), doc.Tone.LEAD),
            doc.Paragraph(meaning(evidence)),
            doc.Figures(big_figures(evidence)),
            doc.Answers(tuple(short_answer(one) for one in evidence.money.answers)),
            deficit_chart(evidence),
            doc.Heading(words.CHANGED),
            doc.Bullets(tuple(changes(evidence))),
            doc.Heading(words.ASKED),
            doc.Bullets(tuple(_linked(*one) for one in asks(evidence)), numbered=True),
        ),
    )


def _linked(text: str, source: "AskedFrom") -> tuple[str | doc.Span, ...]:
    return (text, doc.Span(source.title, href=f"#{source.section}"), ".")


def sentence(evidence: Evidence) -> str:
    """Where we stand, in one sentence."""
    year = evidence.workspace.council.report.current_year
    stand = evidence.money.position
    if stand is None:
        return words.no_position(evidence.workspace.council.name, str(year))
    answers = words.on_track([one.verdict for one in evidence.money.answers])
    name = evidence.workspace.council.short_name
    return words.where_we_stand(name, stand.forecast, stand.target, str(year), answers)


def meaning(evidence: Evidence) -> str:
    """What it means, in one sentence: what remains at the end, and on whose books it falls when."""
    end, layers = evidence.workspace.agreement.last_year, evidence.money.layers
    left = layers.at(end, CLOSING, Layer.ACHIEVED) or layers.at(end, CLOSING, Layer.LATEST)
    last = max((one.end for one in evidence.account.parts.overrides), default=None)
    if all(one.high is not None and one.high <= 0 for one in left):
        last = None
    return words.meaning(end.start + 1, [one.words for one in left], last)


def big_figures(evidence: Evidence) -> tuple[doc.BigFigure, ...]:
    return (_in_year(evidence), _accumulated(evidence), _chance(evidence), _plans(evidence))


def _in_year(evidence: Evidence) -> doc.BigFigure:
    year, stand = evidence.workspace.council.report.current_year, evidence.money.position
    label = words.in_year_label(str(year))
    if stand is None:
        return doc.BigFigure(label, doc.Cell.words(words.NOT_PUBLISHED))
    return doc.BigFigure(
        label,
        money_cell(stand.forecast),
        change=words.beside_target(account_words.beside_target(stand)),
        target=words.agreed(stand.target.words),
        verdict=words.verdict(stand.variance),
        href="#finance",
    )


def _accumulated(evidence: Evidence) -> doc.BigFigure:
    year, money = evidence.workspace.council.report.current_year, evidence.money
    found = money.layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST)
    label = words.deficit_label(year.start + 1)
    gap = money.position.gap if money.position else None
    cell = money_cell(found) if found else doc.Cell.words(words.NOT_PUBLISHED)
    end = evidence.workspace.agreement.last_year
    agreed = money.layers.one(end, CLOSING, Layer.AGREED)
    target = words.deficit_agreed(agreed, end.start + 1) if agreed else words.NOTHING_AGREED
    if found:
        later = is_later(found.dated, evidence.workspace.council.report.submitted)
        target += f". {words.published_in(found.source, later)}"
    verdict = words.verdict(gap.pence) if gap else ""
    return doc.BigFigure(label, cell, change=words.gap(gap), target=target, verdict=verdict, href="#finance")


def _chance(evidence: Evidence) -> doc.BigFigure:
    """Shown only where the forecast of money starts from the council's own figure."""
    end, brief = evidence.workspace.agreement.last_year, evidence.brief
    label, target = words.chance_label(str(end)), words.BALANCE_AGREED
    at_end = brief.at_end if brief and brief.money_holds else None
    if brief is None or at_end is None or at_end.balance is None:
        return doc.BigFigure(
            label, doc.Cell.words(words.NOT_KNOWN), change=_no_chance(brief), target=target, href="#forecast"
        )
    return doc.BigFigure(
        label,
        chance_cell(at_end.balance, brief.draws, ""),
        change=words.chance_note(brief.draws),
        target=target,
        href="#forecast",
    )


def _no_chance(brief: ForecastSummary | None) -> str:
    if brief is None:
        return words.NO_FORECAST
    if brief.in_year is None:
        return words.NO_POSITION
    return words.NO_OWN_FIGURE


def _plans(evidence: Evidence) -> doc.BigFigure:
    fact = evidence.workspace.figure("plans_in_force")
    if fact is None or fact.value is None:
        return doc.BigFigure(words.PLANS, doc.Cell.words(words.NOT_PUBLISHED), target=words.VOLUME)
    return doc.BigFigure(
        words.plans_label(Month.parse(fact.period).label),
        stated_cells.stated_number(fact.value, fact.qualifier, "plans"),
        change=words.plans_note(str(fact.source)),
        target=words.VOLUME,
        href="#dashboard",
    )


def money_cell(stated: Stated) -> doc.Cell:
    return stated_cells.money_cell(stated, stated.source)


def answer_block(answer: OnTrackAnswer) -> doc.AnswerBlock:
    yes = {OnTrackVerdict.YES: True, OnTrackVerdict.NO: False}.get(answer.verdict)
    rests_on = "; ".join(on_track.rests_on(answer))
    return doc.AnswerBlock(on_track.question(answer), yes, on_track.reason(answer), rests_on)


def short_answer(answer: OnTrackAnswer) -> doc.AnswerBlock:
    """The answer with one line of reason; the evidence stands in section 2."""
    block = answer_block(answer)
    return doc.AnswerBlock(block.question, block.yes, block.reason)


def changes(evidence: Evidence) -> Iterator[tuple[str | doc.Span, ...]]:
    """The indicators that moved most since the last report, against their usual movement; at most five."""
    since = last_report_month(evidence)
    if since is None:
        yield (words.FIRST_REPORT,)
        return
    moved = sorted(_moves(evidence, since), key=lambda item: (-item[0], item[1].indicator.id))[:MOST_CHANGES]
    if not moved:
        yield (words.nothing_moved(since.label),)
    for _, movement, before in moved:
        yield _move_words(movement, before, since, _new_basis(evidence, movement, since))


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
        if (
            size > 1
            and judge(latest.value - before, movement.indicator.good_direction) is not MovementJudgement.NEITHER
        ):
            yield size, movement, before


def _new_basis(evidence: Evidence, movement: Movement, since: Month) -> str:
    """', probably a new basis in Nov 2024': a jump that most phases of a sector share is hardly a rise of prices."""
    months = evidence.account.parts.new_bases.get(movement.indicator.id, ())
    latest = movement.latest.period if movement.latest else None
    inside = [month.label for month in months if isinstance(latest, Month) and since <= month <= latest]
    return words.new_basis(inside)


def _move_words(movement: Movement, before: Decimal, since: Month, basis: str) -> tuple[str | doc.Span, ...]:
    latest, indicator = movement.latest, movement.indicator
    assert latest is not None and latest.value is not None and isinstance(latest.period, Month)
    change = latest.value - before
    earlier, later = (indicator.show(value) for value in (before, latest.value))
    judgement = f"{judge(change, indicator.good_direction).value}{basis}"
    said = words.moved(change > 0, (earlier, since.label), (later, latest.period.label), judgement)
    return (doc.Span(indicator.short_title, href="#dashboard"), said)


@dataclass(frozen=True)
class AskedFrom:
    """What an ask comes from: the title and the id of its section of a report, and the page of the office."""

    title: str
    section: str
    page: str


FINANCE = AskedFrom(words.FINANCE, "finance", "money")
CONDITIONS = AskedFrom(words.CONDITIONS, "conditions", "conditions")
CLAIMS = AskedFrom(words.CLAIMS, "claims", "claims")
QUALITY = AskedFrom(words.QUALITY, "quality", "findings")
Ask = tuple[str, AskedFrom]


def asks(evidence: Evidence) -> tuple[Ask, ...]:
    """What each reader is asked to do, by name, each from a finding of this report."""
    return (*_of_the_department(evidence), *_of_the_council(evidence), *_of_both(evidence))


def _of_the_department(evidence: Evidence) -> Iterator[Ask]:
    """Dates for the schools that are late and not open."""
    late = [short_name(row["opening"]) for row in evidence.rows("openings") if row["status"] == "delayed"]
    if late:
        yield words.ask_for_dates(evidence.workspace.agreement.department, late), FINANCE


def _of_the_council(evidence: Evidence) -> Iterator[Ask]:
    name, stand = evidence.workspace.council.short_name, evidence.money.position
    if stand and stand.variance > 0:
        above = roughly(stand.variance, stand.forecast, stand.target)
        yield words.ask_to_recover(name, above), FINANCE
    worse = [
        one for one in evidence.assurances if one.agreement == "disagree" and one.suggested.worry > one.current.worry
    ]
    if worse:
        text = words.ask_for_levels(name, [one.condition.number for one in worse])
        yield text, CONDITIONS
    failing = [claim for one in evidence.narrative for claim in one.of(ClaimVerdict.FAILS)]
    if failing:
        yield words.ask_to_correct(name, len(failing)), CLAIMS


def _of_both(evidence: Evidence) -> Iterator[Ask]:
    """Which of two published figures is current; the rest of what the checks found."""
    end, layers = evidence.workspace.agreement.last_year, evidence.money.layers
    left = layers.at(end, CLOSING, Layer.ACHIEVED) or layers.at(end, CLOSING, Layer.LATEST)
    if len({one.words for one in left}) > 1:
        text = words.ask_which_deficit(end.start + 1, [one.words for one in left])
        yield text, FINANCE
    if evidence.findings.all:
        yield words.ask_about_findings(len(evidence.findings.all)), QUALITY
