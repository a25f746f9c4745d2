"""The first page: where we stand, four figures, three answers, one chart, what changed, what is asked."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.account import OnTrackAnswer, OnTrackVerdict, decimal_pounds
from highneeds.account.balance.published_account import CLOSING
from highneeds.account.later import is_later
from highneeds.account.stated import Stated, roughly
from highneeds.assurance.movement import Movement, MovementJudgement, judge, usual_movement
from highneeds.claims import Verdict as ClaimVerdict
from highneeds.forecast.summary import ForecastSummary
from highneeds.intake.ledger.positions import Layer
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.figures.deficit import deficit_chart
from highneeds.report.sections._forecast_money import chance_cell
from highneeds.report.sections._words import listed
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import with_commas

MOST_CHANGES = 5


def section(evidence: Evidence) -> doc.Section:
    return doc.Section(
        "where-we-stand",
        "Where we stand",
        (
            doc.Paragraph(sentence(evidence), doc.Tone.LEAD),
            doc.Paragraph(meaning(evidence)),
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
    year = evidence.workspace.council.report.current_year
    stand = evidence.money.position
    if stand is None:
        return f"{evidence.workspace.council.name} has not published a target and a forecast for {year}."
    side = "more than the agreement allows" if stand.variance > 0 else "less than the agreement allows"
    beside = (
        f"{roughly(abs(stand.variance), stand.forecast, stand.target)} {side}"
        if stand.variance
        else "exactly what the agreement allows"
    )
    return (
        f"{evidence.workspace.council.short_name} expects an in-year overspend of {stand.forecast.words} in {year}, "
        f"{beside}; {on_track_words([one.verdict for one in evidence.money.answers])}."
    )


def on_track_words(verdicts: Sequence[OnTrackVerdict]) -> str:
    """'all three questions are answered Yes', 'of the three questions 1 is answered Yes and 2 cannot be answered'."""
    count = {verdict: verdicts.count(verdict) for verdict in OnTrackVerdict}
    if count[OnTrackVerdict.YES] == len(verdicts):
        return "all three questions are answered Yes"
    if count[OnTrackVerdict.NO] == len(verdicts):
        return "all three questions are answered No"
    said = [
        f"{count[verdict]} {'is' if count[verdict] == 1 else 'are'} answered {verdict.value}"
        for verdict in (OnTrackVerdict.YES, OnTrackVerdict.NO)
        if count[verdict]
    ]
    unknown = [f"{count[OnTrackVerdict.CANNOT_SAY]} cannot be answered"] * bool(count[OnTrackVerdict.CANNOT_SAY])
    return f"of the three questions {listed([*said, *unknown])}"


def meaning(evidence: Evidence) -> str:
    """What it means, in one sentence: what remains at the end, and on whose books it falls when."""
    end, layers = evidence.workspace.agreement.last_year, evidence.money.layers
    left = layers.at(end, CLOSING, Layer.ACHIEVED) or layers.at(end, CLOSING, Layer.LATEST)
    if not left:
        return f"What it means: the deficit left in March {end.start + 1} is not published."
    words = " or ".join(dict.fromkeys(one.words for one in left))
    remains = f"What it means: a deficit is expected to remain in March {end.start + 1}: {words}"
    last = max((one.end for one in evidence.account.parts.overrides), default=None)
    if last is None or all(one.high is not None and one.high <= 0 for one in left):
        return f"{remains}."
    return f"{remains}, and falls on the council's own books once the statutory override ends on {doc.long_date(last)}."


def big_figures(evidence: Evidence) -> tuple[doc.BigFigure, ...]:
    return (_in_year(evidence), _accumulated(evidence), _chance(evidence), _plans(evidence))


def _in_year(evidence: Evidence) -> doc.BigFigure:
    year, stand = evidence.workspace.council.report.current_year, evidence.money.position
    label = f"In-year overspend {year}, before contributions"
    if stand is None:
        return doc.BigFigure(label, doc.Cell.words("Not published"))
    change = f"{stand.beside_target} target"
    return doc.BigFigure(
        label,
        money_cell(stand.forecast),
        change=f"{change[:1].upper()}{change[1:]}",
        target=f"Agreed: {stand.target.words}",
        verdict=_worse(stand.variance),
        href="#finance",
    )


def _accumulated(evidence: Evidence) -> doc.BigFigure:
    year, money = evidence.workspace.council.report.current_year, evidence.money
    found = money.layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST)
    label = f"Accumulated deficit, 31 March {year.start + 1}"
    gap = money.position.gap if money.position else None
    cell = money_cell(found) if found else doc.Cell.words("Not published")
    end = evidence.workspace.agreement.last_year
    agreed = money.layers.one(end, CLOSING, Layer.AGREED)
    target = f"Agreed for March {end.start + 1}: {_or_nil(agreed)}" if agreed else "Nothing agreed is published"
    if found:
        later = is_later(found.source, evidence.workspace.council.report.submitted)
        target += f". {'Published after this report' if later else 'Published'} in {found.source}"
    verdict = _worse(gap.pence) if gap else ""
    return doc.BigFigure(label, cell, change=_gap_words(gap), target=target, verdict=verdict, href="#finance")


def _worse(pence: int) -> str:
    """More of an overspend or a deficit is worse."""
    return "Worse" if pence > 0 else "Better" if pence < 0 else "As agreed"


def _or_nil(agreed: Stated) -> str:
    return agreed.words if agreed.pence else "nil"


def _gap_words(gap: Stated | None) -> str:
    """'About £10m worse than planned'; a negative gap is better."""
    if gap is None:
        return "The gap to plan is not published"
    if not gap.pence:
        return "Exactly as planned"
    words = gap.words if gap.pence > 0 else roughly(-gap.pence, gap)
    return f"{words[:1].upper()}{words[1:]} {'worse' if gap.pence > 0 else 'better'} than planned"


def _chance(evidence: Evidence) -> doc.BigFigure:
    """Shown only where the forecast of money starts from the council's own figure."""
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


def _no_chance(brief: ForecastSummary | None) -> str:
    if brief is None:
        return "The published statistics carry no forecast of this council"
    if brief.in_year is None:
        return "The published statistics carry no in-year position"
    return "No published in-year figure to hold the estimate against"


def _plans(evidence: Evidence) -> doc.BigFigure:
    fact = evidence.workspace.figure("plans_in_force")
    if fact is None or fact.value is None:
        return doc.BigFigure("Plans", doc.Cell.words("Not published"), target="A number to plan for, not a target")
    text = f"{fact.qualifier} {with_commas(fact.value)}".removeprefix("exact ")
    month = Month.parse(fact.period).label
    return doc.BigFigure(
        f"Education, health and care plans, {month}",
        doc.Cell(fact.value, text, unit="plans"),
        change=f"Change not published. Published in {fact.source}",
        target="A number to plan for, not a target",
        href="#dashboard",
    )


def money_cell(stated: Stated) -> doc.Cell:
    return doc.Cell(Decimal(decimal_pounds(stated.pence)), stated.words, unit="gbp", note=stated.source)


def answer_block(answer: OnTrackAnswer) -> doc.Answer:
    yes = {OnTrackVerdict.YES: True, OnTrackVerdict.NO: False}.get(answer.verdict)
    return doc.Answer(answer.question, yes, answer.reason, "; ".join(answer.evidence))


def short_answer(answer: OnTrackAnswer) -> doc.Answer:
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
        yield (f"No measure moved by more than usual since {since.label}.",)
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
    return f", probably on a new basis since {listed(inside)}" if inside else ""


def _move_words(movement: Movement, before: Decimal, since: Month, basis: str) -> tuple[str | doc.Span, ...]:
    latest, indicator = movement.latest, movement.indicator
    assert latest is not None and latest.value is not None and isinstance(latest.period, Month)
    change = latest.value - before
    verb = "rose" if change > 0 else "fell"
    earlier, later = (indicator.unit.show(value, indicator.decimals) for value in (before, latest.value))
    word = f"{judge(change, indicator.good_direction).value}{basis}"
    ends = f"{verb} from {earlier} in {since.label} to {later} in {latest.period.label}"
    return (doc.Span(indicator.short_title, href="#dashboard"), f" {ends}: {word}.")


def asks(evidence: Evidence) -> Iterator[tuple[str | doc.Span, ...]]:
    """What each reader is asked to do, by name, each from a finding of this report."""
    for text, title, href in (*_of_the_department(evidence), *_of_the_council(evidence), *_of_both(evidence)):
        yield (text, doc.Span(title, href=href), ".")


Ask = tuple[str, str, str]


def _of_the_department(evidence: Evidence) -> Iterator[Ask]:
    """Dates for the schools that are late and not open."""
    late = [
        row["title"].split(" (")[0].split(", ", 1)[-1]
        for row in evidence.rows("openings")
        if row["status"] == "delayed"
    ]
    if late:
        text = f"{evidence.workspace.agreement.department}: give the dates of the delayed schools: {'; '.join(late)}. "
        yield text, "Financial annex", "#finance"


def _of_the_council(evidence: Evidence) -> Iterator[Ask]:
    name, stand = evidence.workspace.council.short_name, evidence.money.position
    if stand and stand.variance > 0:
        above = roughly(stand.variance, stand.forecast, stand.target)
        yield (
            f"{name}: decide how the {above} above target is recovered. ",
            "Financial annex",
            "#finance",
        )
    worse = [
        one for one in evidence.assurances if one.agreement == "disagree" and one.suggested.worry > one.current.worry
    ]
    if worse:
        conditions = f"condition{'s' if len(worse) > 1 else ''} {listed(str(one.condition.number) for one in worse)}"
        text = f"{name}: confirm or correct the level given to {conditions}; the indicators suggest worse. "
        yield text, "Detailed update", "#conditions"
    failing = [claim for one in evidence.narrative for claim in one.of(ClaimVerdict.FAILS)]
    if failing:
        what = "the figure" if len(failing) == 1 else f"the {len(failing)} figures"
        yield f"{name}: correct {what} of the narrative that the data does not support. ", "Claims", "#claims"


def _of_both(evidence: Evidence) -> Iterator[Ask]:
    """Which of two published figures is current; the rest of what the checks found."""
    end, layers = evidence.workspace.agreement.last_year, evidence.money.layers
    left = layers.at(end, CLOSING, Layer.ACHIEVED) or layers.at(end, CLOSING, Layer.LATEST)
    if len({one.words for one in left}) > 1:
        words = " or ".join(dict.fromkeys(one.words for one in left))
        text = f"Both: settle which deficit is expected in March {end.start + 1}, {words}. "
        yield text, "Financial annex", "#finance"
    if evidence.findings.all:
        found = counted(len(evidence.findings.all), "finding")
        yield f"Both: settle the {found} in the published figures. ", "Data quality", "#quality"
