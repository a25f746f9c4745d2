"""Figures that are recorded one by one: facts, what the account and the registers give. Held only against their own
subject: every idea of the clause must belong to the fact, and every idea of one of its names must be said."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from highneeds.claims.clause import Clause
from highneeds.claims.contradictions import hedged
from highneeds.claims.evidence.model import ClaimEvidence, EvidenceFact, period_of
from highneeds.claims.evidence.names import SeriesNames
from highneeds.claims.judge.agreement import agrees
from highneeds.claims.judge.verdict import Judgement, NotRead, Verdict
from highneeds.claims.kinds import Facet
from highneeds.claims.language.items import items_of
from highneeds.claims.language.number import Counts, Number
from highneeds.claims.language.passages import Sentence
from highneeds.claims.language.when import Stretch, resolve
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import RestatedLines
from highneeds.vocabulary.words import capitalised

PLAIN = ("value", "only", "end", "part")
UNITS = {Counts.GBP: ("gbp",), Counts.PERCENT: ("percent",), Counts.POINTS: ("percentage_points",)}
NEVER_COUNTED = ("gbp", "percent", "percentage_points", "date", "financial_year", "month")
KNOWN_FROM = 5
"""A text is a document that the facts name when most of the facts of that document stand, as printed, on their lines;
with fewer than five such facts chance could do it."""


def home_of(text: str, evidence: ClaimEvidence) -> str:
    """The document of the facts that this text is, or ''."""
    lines = text.split("\n")
    seen: dict[str, list[bool]] = {}
    for fact in evidence.recorded:
        if (line := fact.source.line) is not None and fact.printed:
            seen.setdefault(fact.source.document, []).append(line <= len(lines) and fact.printed in lines[line - 1])
    known = [(sum(hits), name) for name, hits in seen.items() if len(hits) >= KNOWN_FROM and sum(hits) * 2 > len(hits)]
    return max(known)[1] if known else ""


def facts_of(sentence: Sentence, home: str, evidence: ClaimEvidence) -> tuple[EvidenceFact, ...]:
    """The facts that were taken from this sentence, or from the lines that its paragraph says it restates."""
    here = RestatedLines(home, sentence.line, sentence.last_line) if home else None
    lines = sentence.restates or here
    return tuple(one for one in evidence.recorded if lines.hold(one.source)) if lines else ()


def judged_by_place(
    sentence: Sentence, own: Sequence[EvidenceFact], evidence: ClaimEvidence, accused: Mapping[str, str]
) -> Iterator[Judgement]:
    """A figure that stands where its fact was taken from: right when another place says the same, wrong when the
    published figures contradict each other, and with nothing but itself behind it where neither is so."""
    for fact in own:
        at = sentence.text.find(fact.printed) if fact.printed else -1
        digits = any(sign.isdigit() for sign in fact.printed)
        if at < 0 or not (digits or fact.id in accused) or (fact.unit == "date" and fact.id not in accused):
            continue
        span = at, at + len(fact.printed)
        others = [one for one in _same_thing(fact, evidence) if one.source != fact.source and not one.later]
        if fact.id in accused:
            yield Judgement(span, Verdict.FAILS, accused[fact.id], (fact.id,), fact.printed, "recorded")
        elif others and all(one.value == fact.value and one.value_high == fact.value_high for one in others):
            same = f"{capitalised(others[0].source)} gives the same"
            yield Judgement(span, Verdict.HOLDS, same, (fact.id,), hedged(others[0]), "recorded")
        else:
            yield Judgement(span, Verdict.CANNOT_CHECK, "Only its own line is behind it", (fact.id,), "", "recorded")


def judged_by_elimination(sentence: Sentence, own: Sequence[EvidenceFact]) -> Iterator[Judgement]:
    """A paragraph that restates lines gives every sum recorded of them but one, and one sum that is not recorded: the
    record was changed and the paragraph was not, or the other way. Two values for one figure, both places named."""
    if not sentence.restates:
        return
    money = [fact for fact in own if fact.unit == "gbp" and fact.value is not None and fact.value_high is None]
    around = [item.number for item in items_of(sentence.around)[0] if item.number and item.number.counts is Counts.GBP]
    said = [number for number in around if number.high is None]
    missing = [fact for fact in money if not any(_agrees(fact, number) for number in said)]
    unknown = [number for number in said if not any(_agrees(fact, number) for fact in money)]
    if len(missing) != 1 or len(unknown) != 1 or len(money) < 2:
        return
    fact = missing[0]
    for item in items_of(sentence.text)[0]:
        if item.number and item.number.value == unknown[0].value and item.number.counts is Counts.GBP:
            why = f"Two values for one figure: {sentence.where} restates {fact.source}, which gives {hedged(fact)}"
            span = item.end - len(item.number.text), item.end
            yield Judgement(span, Verdict.FAILS, why, (fact.id,), fact.printed or fact.written, "recorded")


def _same_thing(fact: EvidenceFact, evidence: ClaimEvidence) -> Iterator[EvidenceFact]:
    for thing in evidence.same_things:
        if fact.id in thing.facts:
            yield from (one for name in thing.facts if name != fact.id and (one := evidence.fact_named(name)))


def judged_by_name(
    clause: Clause, names: SeriesNames, own: Sequence[EvidenceFact], accused: Mapping[str, str], document: str
) -> Iterator[Judgement]:
    """A figure whose words name one fact, and leave no word over.

    document   the document that the text is: it is no witness to itself
    """
    facet = _one_figure(clause)
    number = facet.number.number if facet.number else None
    assert number is not None
    denied = frozenset({"not"}) if any(one.role == "not" for one in clause.facets) else frozenset()
    copies = {fact.id for fact in own} | {fact.id for fact in names.evidence.facts if fact.source.document == document}
    facts = [
        (one.what, one) for one in names.facts if isinstance(one.what, EvidenceFact) and _in_unit(one.what, number)
    ]
    others = [(fact, one) for fact, one in facts if fact.id not in copies and not fact.later]
    usable = [(fact, one) for fact, one in others if _at_its_time(fact, clause, names.evidence)]
    fitting = [fact for fact, one in usable if one.fitting(clause.ideas | denied)]
    if not fitting:
        affirmed = [fact for fact, one in usable if one.fitting(clause.ideas)]
        yield _complement(facet, number, affirmed if denied else [])
        return
    agreed = [fact for fact in fitting if _agrees(fact, number)]
    if agreed:
        fact = agreed[0]
        wrong = fact.id in accused
        why = accused[fact.id] if wrong else f"{capitalised(fact.source)}: {hedged(fact)}"
        yield Judgement(
            facet.span, Verdict.FAILS if wrong else Verdict.HOLDS, why, (fact.id,), hedged(fact), "recorded"
        )
    elif len(fitting) == 1 and _may_accuse(fitting[0], number) and len(clause.heavy) > 1:  # 'one decision' is no name
        fact, why = fitting[0], f"{capitalised(fitting[0].source)} gives {hedged(fitting[0])}"
        yield Judgement(facet.span, Verdict.FAILS, why, (fact.id,), hedged(fact), "recorded")
    else:
        raise NotRead("Several recorded figures are near, and it is not said which is meant")


def _complement(facet: Facet, number: Number, affirmed: Sequence[EvidenceFact]) -> Judgement:
    """'89 of 112 had no final plan', where 89 had one: the two groups changed places."""
    whole = facet.items[-1].number if facet.role == "part" else None
    if whole is None or len(affirmed) != 1 or affirmed[0].value is None:
        raise NotRead("No series or fact of this workspace is named by it")
    fact, value = affirmed[0], affirmed[0].value
    rest = whole.value - value
    if number.value == rest:
        left = f"{capitalised(fact.source)}: {hedged(fact)} had, so {rest} of {whole.value} had not"
        return Judgement(facet.span, Verdict.HOLDS, left, (fact.id,), str(rest), "recorded")
    changed = f"The two groups changed places: {hedged(fact)} of {whole.value} had, {rest} had not ({fact.source})"
    if number.value != value:
        raise NotRead("The rest of the whole is another figure, and it is not said of which whole")
    return Judgement(facet.span, Verdict.FAILS, changed, (fact.id,), str(rest), "recorded")


def _one_figure(clause: Clause) -> Facet:
    figures = [facet for facet in clause.facets if facet.number]
    others = [facet for facet in clause.facets if not facet.number and facet.role not in ("not", "total")]
    if len(figures) != 1 or figures[0].role not in PLAIN or others or clause.left or clause.joint:
        raise NotRead("No series or fact of this workspace is named by it")
    return figures[0]


def _in_unit(fact: EvidenceFact, number: Number) -> bool:
    if fact.value is None:
        return False
    wanted = UNITS.get(number.counts)
    if wanted:
        return fact.unit.startswith(wanted[0]) or (number.counts is Counts.PERCENT and fact.unit == "percentage_points")
    return number.counts is Counts.COUNT and not fact.unit.startswith(NEVER_COUNTED)


def _at_its_time(fact: EvidenceFact, clause: Clause, evidence: ClaimEvidence) -> bool:
    """Does every time of the clause lie in the fact's own period? A fact without one is never held at a time."""
    said = [*clause.times, *(facet.time for facet in clause.facets if facet.time)]
    period = period_of(fact.period)
    for item in said:
        assert item.when is not None
        meant = list(resolve(item.when, evidence.first, evidence.latest, (evidence.latest,)))
        if not period or not any(_same_time(period, one) for one in meant):
            return False
    return True


def _same_time(period: Month | FinancialYear, when: Stretch) -> bool:
    if isinstance(period, FinancialYear):
        return when.year == period or (when.is_month and when.last == Month(period.start + 1, 3))
    return when.is_month and when.last == period


def _agrees(fact: EvidenceFact, number: Number) -> bool:
    assert fact.value is not None
    if number.high is not None or fact.value_high is not None:
        return (number.value, number.high) == (fact.value, fact.value_high)
    return fact.value == number.value or bool(agrees(number, fact.value))


def _may_accuse(fact: EvidenceFact, number: Number) -> bool:
    """A fact that is rough, a bound or unsure cannot say that a figure is wrong by a little."""
    assert fact.value is not None
    sure = fact.firm and fact.confidence == "high" and fact.value_high is None and number.high is None
    if fact.qualifier == "about":
        return sure and abs(number.value - fact.value) * 10 > abs(fact.value)
    return sure and fact.qualifier == "exact" and agrees(number, fact.value) is False and fact.value != Decimal(0)
