"""Holding a read figure against its series or fact, and saying in one sentence how it came out."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from highneeds.assurance.claims.evidence import Fact, Period, Series, period_of
from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.numbers import Counts, Number, Size, in_words
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Bound, Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.subjects import FactMatch, family_of, terms_of
from highneeds.assurance.rollover import crosses_rollover
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.rounding import millions, pounds, signed, with_commas
from highneeds.vocabulary.source import Source

CONFIRMS = 0.3
CONFIRMS_RARE = 0.18
CONFIRMS_COUNT = 0.42
ACCUSES = 0.5
ACCUSES_BESIDE = 0.3
ACCUSES_SMALL = 0.66
ACCUSES_DATE = 0.62
CONFIRMS_DATE = 0.3
CONFIRMS_YEAR = 0.6
MARGIN = 0.06
STRANGE = 0.05
ALIKE = 0.6
NEAR_A_FRACTION = 10
MILLION = 1_000_000
ILLEGIBLE = ("ocr", "truncated", "sic")


@dataclass(frozen=True)
class Judgement:
    """What a kind of claim says about one place of a sentence.

    span   the words that carry the claim
    uses   the numbers and dates it accounts for
    fact   the fact it rests on, where that is all there is
    copy   True where that fact was taken from this very sentence
    owns   words that no later kind may read in another way
    """

    span: Span
    verdict: Verdict
    why: str
    series: str = ""
    computed: str = ""
    uses: tuple[Span, ...] = ()
    fact: str = ""
    copy: bool = False
    owns: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Weighed:
    verdict: Verdict
    why: str
    computed: str = ""
    series: str = ""
    fact: str = ""
    copy: bool = False

    def at(self, span: Span, *uses: Span) -> Judgement:
        return Judgement(span, self.verdict, self.why, self.series, self.computed, (span, *uses), self.fact, self.copy)

    def owning(self, span: Span, *owned: Span) -> Judgement:
        """As `at`; and no later kind reads these words in another way."""
        return replace(self.at(span, *owned), owns=(span, *owned))


def decimals_of(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def show(unit: str, value: Decimal) -> str:
    """A value of a series as a reader wants it."""
    if unit.startswith("gbp"):
        return millions(value) if abs(value) >= MILLION else pounds(value)
    if unit == "percent" or unit.startswith("share_of"):
        return with_commas(value, max(1, decimals_of(value))) + "%"
    return with_commas(value, decimals_of(value))


def show_change(unit: str, change: Decimal) -> str:
    if unit == "percent":
        return f"{signed(change, max(1, decimals_of(change)))} points"
    if unit.startswith("gbp") and abs(change) >= MILLION:
        return ("+" if change > 0 else "") + millions(change)
    text = signed(change, decimals_of(change))
    return text.replace("+", "+£").replace("−", "−£") if unit.startswith("gbp") else text


def show_relative(first: Decimal, last: Decimal) -> str:
    return f"{signed((last - first) * 100 / first, 1)}%" if first else ""


def label(period: Period) -> str:
    return period.label if isinstance(period, Month) else str(period)


def cannot(why: str, series: str = "") -> Weighed:
    return Weighed(Verdict.CANNOT_CHECK, why, series=series)


def softened(weighed: Weighed, firm: bool) -> Weighed:
    """A loose naming may confirm, never accuse."""
    if weighed.verdict is Verdict.FAILS and not firm:
        return replace(
            weighed, verdict=Verdict.CANNOT_CHECK, why="It is not certain that this series is meant: " + weighed.why
        )
    return weighed


# -- levels ---------------------------------------------------------------------------------------------------------


def level(reading: Reading, series: Series, number: Number, bound: Bound) -> Weighed:
    """Is the printed figure the series' value at its date?"""
    when = bound.when
    if when is None:
        return _undated(series, number, _of_now(reading))
    if when.grain == "now":
        return _at(reading, series, number, series.months[-1]) if series.months else _undated(series, number)
    if when.financial_year and when.financial_year in series.points:
        return _at(reading, series, number, when.financial_year)
    if when.is_month:
        weighed = _at(reading, series, number, when.first)
        if weighed.verdict is Verdict.FAILS and not bound.sure:
            return _undated(series, number)
        return weighed
    if _PASSED.search(reading.text[: number.span[0]]):
        beyond = [month for month, value in series.within(when.first, when.last) if value > number.low]
        if beyond:
            shown = f"{beyond[0].label}: {show(series.unit, series.points[beyond[0]])}"
            return Weighed(Verdict.HOLDS, shown, shown, series.id)
    return _sometime(series, number, when)


_PASSED = re.compile(r"\b(?:passed|topped|crossed|exceeded|went past|went over)(?: the)?\s£?$", re.I)


def _at(reading: Reading, series: Series, number: Number, period: Period) -> Weighed:
    value = series.points.get(period)
    if value is None:
        return cannot(_gap(series, period), series.id)
    source = series.sources.get(period)
    if series.kind != "indicator" and source and reading.own_line(source):
        return Weighed(
            Verdict.CANNOT_CHECK,
            f"The only figure behind it is its own line ({source})",
            show(series.unit, value),
            series.id,
            copy=True,
        )
    right = agrees(number, value)
    computed = show(series.unit, value)
    if right is None:
        return Weighed(
            Verdict.CANNOT_CHECK, f"{label(period)}: {computed}; the words leave room for either", computed, series.id
        )
    if right:
        return Weighed(Verdict.HOLDS, f"{label(period)}: {computed}", computed, series.id)
    elsewhere = [
        other
        for other in series.points
        if other != period and agrees(number, series.points[other]) and number.size is Size.EXACT
    ]
    hint = f"; {number.text.strip()} is the figure for {label(elsewhere[-1])} (month mismatch)" if elsewhere else ""
    return Weighed(Verdict.FAILS, f"{label(period)}: {computed}{hint}", computed, series.id)


def _gap(series: Series, period: Period) -> str:
    if period in series.gaps:
        return f"{label(period)}: {series.gaps[period]}".rstrip(": ")
    months = series.months
    if months and isinstance(period, Month):
        return f"The series runs from {months[0].label} to {months[-1].label}; {period.label} is not in it"
    return f"The series has no value for {label(period)}"


def _of_now(reading: Reading) -> bool:
    """Does the sentence speak of the present, and of no other time?"""
    dated = any(when.grain != "now" for when in reading.whens)
    return not dated and bool(re.search(r"\b(?:is|are|now|currently|remains?|stands?|stays?)\b", reading.text, re.I))


def _undated(series: Series, number: Number, of_now: bool = False) -> Weighed:
    """No date in the words: the latest value speaks first; any other month that gives the figure is named."""
    if not series.points:
        return cannot(f"The series has no values: {next(iter(series.gaps.values()), 'blank')}", series.id)
    periods = sorted(series.points, key=str)
    latest = periods[-1]
    computed = show(series.unit, series.points[latest])
    if of_now and number.size in BOUNDS:
        return _against_the_latest(series, number, latest)
    for period in reversed(periods):
        if agrees(number, series.points[period]):
            return Weighed(
                Verdict.HOLDS,
                f"{label(period)}: {show(series.unit, series.points[period])}; the text names no date",
                computed,
                series.id,
            )
    far = not min(series.points.values()) / 3 <= number.low <= max(series.points.values()) * 3
    return Weighed(
        Verdict.CANNOT_CHECK if far else Verdict.FAILS,
        f"No date in the text; the latest, {label(latest)}, is {computed}, and no month gives {number.text.strip()}",
        computed,
        series.id,
    )


BOUNDS = (Size.OVER, Size.UNDER, Size.AT_LEAST, Size.UP_TO, Size.WELL_OVER)


def _against_the_latest(series: Series, number: Number, latest: Period) -> Weighed:
    """'is back above 950': a limit without a date is one of now."""
    value = series.points[latest]
    shown = f"{label(latest)}: {show(series.unit, value)}; the text names no date"
    if agrees(number, value):
        return Weighed(Verdict.HOLDS, shown, show(series.unit, value), series.id)
    over = number.size in (Size.OVER, Size.AT_LEAST, Size.WELL_OVER)
    wrong_side = value < number.low if over else value > number.low
    far = not value / 3 <= number.low <= value * 3
    if wrong_side and not far:
        return Weighed(Verdict.FAILS, shown, show(series.unit, value), series.id)
    return cannot(shown, series.id)


def _sometime(series: Series, number: Number, when: When) -> Weighed:
    """A figure for a year or a season: it must be one of the months' values."""
    inside = series.within(when.first, when.last)
    if not inside:
        return cannot(f"The series has no value in {when.text}", series.id)
    for month, value in reversed(inside):
        if agrees(number, value):
            return Weighed(
                Verdict.HOLDS, f"{month.label}: {show(series.unit, value)}", show(series.unit, value), series.id
            )
    low, high = min(value for _, value in inside), max(value for _, value in inside)
    span = f"{show(series.unit, low)} to {show(series.unit, high)}"
    whole = len(inside) == when.first.months_until(when.last) + 1
    verdict = Verdict.FAILS if whole else Verdict.CANNOT_CHECK
    return Weighed(verdict, f"The months known in {when.text} run from {span}", span, series.id)


# -- facts ----------------------------------------------------------------------------------------------------------


def by_fact(reading: Reading, number: Number, families: tuple[str, ...], when: When | None) -> Weighed | None:
    """Hold a figure against the recorded facts that its words name. None where no fact is near."""
    matches = [
        _for_number(reading, match, number, when)
        for match in reading.facts_about(number.span, families, _counted(reading, number))
        if match.score > 0.1
    ]
    matches = sorted((m for m in matches if m.score > 0.1), key=lambda m: -m.score)[:12]
    small = number.counts is Counts.COUNT and number.low < 13
    rare = _is_rare(number)
    bar = Bar(
        CONFIRMS_RARE if rare else CONFIRMS_COUNT if small else CONFIRMS,
        ACCUSES_SMALL if small or number.is_fraction else ACCUSES,
        0.5 if rare else 0.8,
        lambda fact: (
            _same_size(number, fact)
            and _of_its_time(fact, when)
            and _is_denied(number, fact)
            and _of_one_sort(reading, number, fact)
            and not _of_another_limit(reading, fact)
        ),
        ALIKE if small else 0.0,
    )
    return chosen(reading, matches, lambda fact: fact_agrees(number, fact), bar)


def _counted(reading: Reading, number: Number) -> str:
    """The words behind a number that say what it counts, as far as its own statement goes."""
    end = reading.segments[reading.segment_of(number.span)].span[1]
    return re.split(r"[,.;:()]", number.noun[: max(0, end - number.span[1])])[0]


def beside_it(
    reading: Reading, number: Number, families: tuple[str, ...], lines: frozenset[Source], when: When | None
) -> Weighed | None:
    """The line that gives another figure of the sentence gives this one differently: 'four consultations and six
    Key Decisions', where one line of the report says five and six."""
    matches = [
        _for_number(reading, match, number, when)
        for match in reading.facts_about(number.span, families, _counted(reading, number))
    ]
    near = sorted((m for m in matches if m.score >= ACCUSES_BESIDE), key=lambda m: -m.score)
    near = [m for m in near if m.fact.source in lines and not reading.states(m.fact) and _same_size(number, m.fact)]
    near = [m for m in near if _of_one_sort(reading, number, m.fact)]
    if not near or reading.speaks_of_others or fact_agrees(number, near[0].fact) or near[0].fact.value_high is not None:
        return None
    fact = near[0].fact
    named = set(terms_of(_counted(reading, number))) & reading.subjects.words_of(fact)
    if reading.own_copy(fact) or (number.counts is Counts.COUNT and not named) or not _is_denied(number, fact):
        return None
    alike = ALIKE if number.counts is Counts.COUNT and number.low < 13 else 0.0
    if _another_of_its_line(reading, matches, near[0], lambda one: fact_agrees(number, one), alike):
        return None
    why = f"{fact.source} gives {_shown(fact)}: {fact.meaning}"
    return Weighed(Verdict.FAILS, why, _shown(fact), fact.id, fact.id)


def _of_one_sort(reading: Reading, number: Number, fact: Fact) -> bool:
    """A change is not denied by a level, nor a level by a change."""
    changes = reading.role(number) == "by"
    if fact.unit == "percentage_points":
        return changes
    return not (changes and fact.unit == "gbp" and not fact.difference and not _OF_A_CHANGE.search(fact.meaning))


_WITHIN = re.compile(r"\bwithin (?:the )?(?:statutory )?(\w+)[- ](days?|weeks?|months?)\b", re.I)


def _of_another_limit(reading: Reading, fact: Fact) -> bool:
    """'Advice within six weeks' is not denied by what was done within 20 weeks."""
    spoken, recorded = (
        {(str(in_words(hit[1]) or hit[1]), hit[2][0].lower()) for hit in _WITHIN.finditer(text)}
        for text in (reading.text, fact.meaning)
    )
    return bool(spoken) and bool(recorded) and not spoken & recorded


def _another_of_its_line(
    reading: Reading, matches: list[FactMatch], top: FactMatch, says: Callable[[Fact], bool], alike: float
) -> bool:
    """Does another figure of the same line say what the text says? A small count must be nearly as near in words."""
    named = [one.fact for one in matches if one.score >= alike * top.score]
    near = named if alike else reading.evidence.recorded
    return any(
        says(fact)
        for fact in near
        if fact.source == top.fact.source and family_of(fact.unit) == family_of(top.fact.unit)
    )


def _is_denied(number: Number, fact: Fact) -> bool:
    """Does the rule say that the figure is wrong, and not leave it open or find it right in a wider sense?"""
    scale = 100 if fact.unit.startswith("share_of") else 1
    return fact.value is None or agrees(number, abs(fact.value) * scale) is False


def _same_size(number: Number, fact: Fact) -> bool:
    """A count or an amount four times off is hardly meant for the same thing."""
    if fact.value is None or number.counts not in (Counts.COUNT, Counts.GBP):
        return True
    return abs(fact.value) / 4 <= number.low <= abs(fact.value) * 4


def _of_its_time(fact: Fact, when: When | None) -> bool:
    """A figure published later speaks against a text only where the text names its date."""
    return not fact.later or (when is not None and period_of(fact.period) in (when.financial_year, when.first))


def _for_number(reading: Reading, match: FactMatch, number: Number, when: When | None) -> FactMatch:
    """Lower the score of a fact of another time, or one that does not count the noun that follows the number."""
    score = match.score
    if number.counts is Counts.COUNT and family_of(match.fact.unit) == "count":
        nouns = set(terms_of(" ".join(re.split(r"[,.;:()]", number.noun)[0].split()[:3])))
        if nouns and not nouns & reading.subjects.words_of(match.fact):
            score *= 0.6
    if _is_of_another_time(reading, match.fact, when):
        score *= 0.45
    if match.fact.kind == "account" and match.fact.difference != (reading.role(number) == "by"):
        score *= 0.5
    elif reading.role(number) == "by" and match.fact.unit == "gbp" and not _OF_A_CHANGE.search(match.fact.meaning):
        score *= 0.75
    return replace(match, score=score, strict=match.strict * score / match.score if match.score else 0.0)


def _is_of_another_time(reading: Reading, fact: Fact, when: When | None) -> bool:
    """Do the stretch of time, or else all the dates of the sentence, lie outside the time of the fact?"""
    spans = [one for one in reading.windows if one.role in ("between", "year_to")]
    if spans:
        return all(_another_time(fact, one) for one in spans)
    return when is not None and all(_another_time(fact, one) for one in (when, *reading.points))


_OF_A_CHANGE = re.compile(
    r"worse|above|more than|over|gap|fall|growth|increase|saving|gain|excess|change|cut|cost|avoid|lost|extra", re.I
)


def _another_time(fact: Fact, when: When) -> bool:
    period = period_of(fact.period)
    if isinstance(period, Month):
        if when.financial_year:
            return FinancialYear.of(period.first_day) != when.financial_year
        return not when.first <= period <= when.last
    if isinstance(period, FinancialYear):
        first, last = Month.of(period.first_day), Month.of(period.last_day)
        return when.last < first or last < when.first
    first_end, last_end = (period_of(part) for part in (fact.period.split("..") * 2)[:2])
    if isinstance(first_end, Month) and isinstance(last_end, Month) and when.grain == "window":
        return (when.first, when.last) != (first_end, last_end)
    return False


def _is_rare(number: Number) -> bool:
    digits = str(number.low.normalize()).replace(".", "").replace("-", "").strip("0").replace("E+", "")
    return len(digits) >= 3


def fact_agrees(number: Number, fact: Fact) -> bool:
    """Does the printed figure say what the fact says, its own hedge included?"""
    if fact.value is None:
        return False
    value, high = fact.value, fact.value_high
    if fact.unit.startswith("share_of"):
        value *= 100
    near = NEAR_A_FRACTION if number.size in (Size.EXACT, Size.ABOUT, Size.ALMOST) else 2 * NEAR_A_FRACTION
    if number.is_fraction and abs(abs(value) - number.low) > near:
        return False
    if number.high is not None:
        return (
            high is not None
            and abs(number.low - value) <= number.step / 2
            and abs(number.high - high) <= number.step / 2
        )
    if high is not None:
        return (number.size is Size.AT_LEAST and number.low == value) or (
            number.size is Size.UP_TO and number.low == high
        )
    same = abs(abs(value) - number.low) <= number.step / 2
    if same and number.size not in (Size.UNDER, Size.ALMOST):
        return True
    if number.size in (Size.UNDER, Size.UP_TO, Size.WELL_OVER) and abs(abs(value) - number.low) * 10 > number.low:
        return False
    hedges = {Size.UP_TO: "up_to", Size.ALMOST: "almost", Size.AT_LEAST: "at_least", Size.OVER: "over"}
    if same and hedges.get(number.size) == fact.qualifier:
        return True
    return bool(agrees(number, abs(value)))


@dataclass(frozen=True)
class Bar:
    """How near in meaning a fact must be.

    confirms    the least score to confirm, and `near` the least share of the best score
    accuses     the least score to accuse
    may_accuse  further conditions on the fact that accuses
    alike       from which share of its score another figure of the same line stands against the accusation
    """

    confirms: float
    accuses: float
    near: float = 0.8
    may_accuse: Callable[[Fact], bool] = lambda fact: not fact.later
    alike: float = ALIKE


def chosen(reading: Reading, matches: list[FactMatch], says: Callable[[Fact], bool], bar: Bar) -> Weighed | None:
    """The verdict of the facts nearest in meaning: agreement elsewhere, else its own line, else contradiction."""
    best = matches[0].score if matches else 0.0
    agreeing = [m for m in matches if m.score >= max(bar.confirms, bar.near * best) and says(m.fact)]
    for match in agreeing:
        accused = reading.accused(match.fact)
        if accused:
            return Weighed(Verdict.FAILS, accused, _shown(match.fact), match.fact.id, match.fact.id)
    if agreeing:
        return _agreed(reading, agreeing, says)
    return _contradicted(reading, matches, says, bar)


def _agreed(reading: Reading, agreeing: list[FactMatch], says: Callable[[Fact], bool]) -> Weighed:
    """The fact that confirms: one from another place; beside a copy of the statement only one about the same thing."""
    copies = [match for match in agreeing if reading.own_copy(match.fact)]
    others = [match.fact for match in agreeing if match not in copies]
    if copies:
        fact = copies[0].fact
        others = [
            one for one in (*others, *reading.partners(fact))
            if not reading.own_copy(one)
            and says(one)
            and (reading.same_thing(one, fact) or one.meaning == fact.meaning)
        ]  # fmt: skip
        if not others:
            why = f"The only figure behind it is the same statement ({fact.source})"
            return Weighed(Verdict.CANNOT_CHECK, why, _shown(fact), fact.id, fact.id, copy=True)
    why = f"{others[0].source} gives {_shown(others[0])}: {others[0].meaning}"
    return Weighed(Verdict.HOLDS, why, _shown(others[0]), others[0].id, others[0].id)


def _contradicted(reading: Reading, matches: list[FactMatch], says: Callable[[Fact], bool], bar: Bar) -> Weighed | None:
    """No fact agrees: the nearest one accuses, if it is near enough, alone enough, and not from this very line."""
    changed = _changed_since(reading, matches, bar)
    if changed is not None:
        return changed
    every = matches
    matches = [match for match in matches if match.fact.firm and bar.may_accuse(match.fact)]
    if not matches or matches[0].score < bar.accuses or matches[0].strict < bar.accuses - STRANGE:
        return None
    top = matches[0]
    if _another_of_its_line(reading, every, top, says, bar.alike):
        return cannot(f"Not certain which figure of {top.fact.source} is meant")
    if reading.states(top.fact) or reading.speaks_of_others:
        return None
    rivals = [
        m
        for m in matches[1:]
        if m.score > top.score - MARGIN
        and not reading.same_thing(m.fact, top.fact)
        and (m.fact.value, m.fact.written[:7]) != (top.fact.value, top.fact.written[:7])
    ]
    if top.fact.qualifier in ILLEGIBLE or (reading.own_copy(top.fact) and reading.line_states(top.fact)):
        return None
    if rivals:
        names = " or ".join(sorted({top.fact.id, *(m.fact.id for m in rivals[:2])}))
        return cannot(f"Not certain which figure is meant: {names}")
    if reading.own_copy(top.fact):
        return _two_values(reading, top.fact)
    why = f"{top.fact.source} gives {_shown(top.fact)}: {top.fact.meaning}"
    return Weighed(Verdict.FAILS, why, _shown(top.fact), top.fact.id, top.fact.id)


def _changed_since(reading: Reading, matches: list[FactMatch], bar: Bar) -> Weighed | None:
    """A paragraph that restates a line says another figure than is recorded of it, and the recorded one nowhere."""
    if not reading.sentence.restates or not matches:
        return None
    near = [match for match in matches if match.score >= max(bar.confirms, bar.near * matches[0].score)]
    for match in near:
        if (
            reading.own_copy(match.fact)
            and match.fact.qualifier not in ILLEGIBLE
            and not reading.line_states(match.fact)
        ):
            return _two_values(reading, match.fact)
    return None


def _two_values(reading: Reading, fact: Fact) -> Weighed:
    places = f"{reading.sentence.where} gives another, and {fact.source} gives {_shown(fact)}: {fact.meaning}"
    return Weighed(Verdict.FAILS, f"Two values for one figure: {places}", _shown(fact), fact.id, fact.id)


def _shown(fact: Fact) -> str:
    return fact.printed or fact.written


FAMILIES: dict[Counts, tuple[str, ...]] = {
    Counts.GBP: ("gbp",),
    Counts.PERCENT: ("percent",),
    Counts.POINTS: ("percent",),
    Counts.PER_1000: ("per_1000",),
    Counts.TIMES: ("times",),
    Counts.COUNT: ("count",),
}


def families_for(number: Number) -> tuple[str, ...]:
    """The units of facts that a number may state; 'five years' states years only."""
    if number.counts is Counts.COUNT:
        noun = number.noun.lower().lstrip("- ")
        for unit in ("year", "month", "week"):
            if re.match(rf"{unit}s?\b(?! \d)", noun):
                return (unit + "s",)
        if noun.startswith(("times a", "times per", "a year")):
            return ("times_a_year",)
    return FAMILIES[number.counts]


# -- changes --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ends:
    """The two ends of a change, and how they were read."""

    first: Period
    last: Period
    sure: bool = True


def crossed_rollover(ends: Ends, rollover_month: int) -> bool:
    """Do the ends lie on the two sides of a roll-over of school years, and in different months?"""
    if not isinstance(ends.first, Month) or not isinstance(ends.last, Month) or ends.first.number == ends.last.number:
        return False
    return ends.first < ends.last and crosses_rollover(ends.first, ends.last, rollover_month)
