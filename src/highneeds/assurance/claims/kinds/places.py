"""The council beside England, its region or its neighbours: '17.7 in every 1,000, compared with 12.5 nationally'."""

import re
from collections.abc import Iterable
from decimal import Decimal

from highneeds.assurance.claims.evidence import PlaceFigure
from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts, Number
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.subjects import Hit, place_figures, terms_of
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot

_MORE = re.compile(r"\b(?:more|higher|above|exceeds?|greater|outspends?|larger)\b", re.I)
_LESS = re.compile(r"\b(?:less|fewer|lower|below|under|smaller|behind)\b", re.I)
_COMPARES = re.compile(
    r"^(?:more|less|fewer|higher|lower|greater|larger|smaller)\b[^.;]*\bthan\b|^(?:above|below|exceeds?|outspends?|behind)\b",
    re.I,
)
_PER_HEAD = re.compile(r"\b(?:per|a|each|every) (?:head|child|pupil|capita|young person)\b", re.I)
_MOST = re.compile(r"\bon most\b|\bin most\b|\bfor most\b", re.I)
_SPEND = re.compile(r"\b(?:spen[dt]\w*|funding|costs?|pays?)\b", re.I)
NAMES = {
    "own": "the council",
    "england": "England",
    "south_east": "the South East",
    "neighbours": "its ten nearest neighbours",
}

_AGAINST = re.compile(r"\s(?:compared (?:with|to)|against|versus|vs)\b", re.I)
Measure = dict[str, PlaceFigure]


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    areas = [hit for hit in reading.hits if hit.feature == "area"]
    rates = [n for n in reading.numbers if n.counts is Counts.PER_1000 or (n.counts is Counts.GBP and n.low < 2000)]
    if not reading.evidence.places or not (areas or rates or _ANY.search(reading.text)):
        return
    if _MOST.search(reading.text) and areas and _SPEND.search(reading.text):
        yield from _on_most(reading)
        return
    measure = _measure(reading, rates)
    if measure is None:
        return
    yield from _figures(reading, measure, used)
    yield from _than_any(reading, measure)
    yield from _order(reading, measure)


def _measure(reading: Reading, rates: list[Number]) -> Measure | None:
    """The comparison whose words the sentence carries, of the unit its figures have."""
    unit = "gbp" if any(n.counts is Counts.GBP for n in rates) or (not rates and _SPEND.search(reading.text)) else ""
    unit = "per_1000" if any(n.counts is Counts.PER_1000 for n in reading.numbers) else unit
    found = _measures(reading, reading.text, unit)
    if not found and reading.context is not None and reading.context.text.endswith(":"):
        found = _measures(reading, reading.context.text, unit)
    if not found or found[0][0] < 0.5 or (len(found) > 1 and found[1][0] > found[0][0] - 0.1):
        return None
    return {figure.area: figure for figure in found[0][1]}


def _measures(reading: Reading, text: str, unit: str) -> list[tuple[float, tuple[PlaceFigure, ...]]]:
    return [
        (score, figures)
        for score, _, figures in place_figures(reading.evidence, terms_of(text))
        if not unit or figures[0].unit.startswith(unit)
    ]


def _figures(reading: Reading, measure: Measure, used: frozenset[Span]) -> Iterable[Judgement]:
    for number in reading.numbers:
        if number.span in used or number.is_range:
            continue
        area = _area_of(reading, number)
        figure = measure.get(area)
        if figure is None:
            continue
        if number.counts is Counts.TIMES or number.is_fraction or reading.role(number) == "by":
            weighed = _relation(reading, number, measure)
            if weighed is not None:
                yield weighed.at(number.span)
        elif not _is_per_head(reading, number):
            continue
        elif _fits(number, figure, any(n.counts is Counts.PER_1000 for n in reading.numbers)):
            yield _figure(reading, number, figure).at(number.span)


def _is_per_head(reading: Reading, number: Number) -> bool:
    """Pounds are compared per head: the sentence says so, or names a place beside the figure."""
    if number.counts is not Counts.GBP or _PER_HEAD.search(reading.text):
        return True
    index = reading.segment_of(number.span)
    return any(hit.feature == "area" and abs(reading.segment_of(hit.span) - index) <= 1 for hit in reading.hits)


def _fits(number: Number, figure: PlaceFigure, beside_a_rate: bool) -> bool:
    if figure.unit == "gbp":
        return number.counts is Counts.GBP
    return number.counts is Counts.PER_1000 or (number.counts is Counts.COUNT and beside_a_rate and number.low < 1000)


def _area_of(reading: Reading, number: Number) -> str:
    """The place named in the number's own segment, nearest; else the council."""
    index = reading.segment_of(number.span)
    near = [hit for hit in reading.hits if hit.feature == "area" and reading.segment_of(hit.span) == index]
    near = [hit for hit in near if not _compared_between(reading, number, hit)]
    if re.search(r":\s$", reading.text[: number.span[0]]) and _AGAINST.match(reading.text[number.span[1] :]):
        return "own"
    bracketed = [hit for hit in reading.hits if hit.feature == "area" and 0 <= number.span[0] - hit.span[1] <= 3]
    if bracketed:
        return bracketed[0].value
    set_against = re.search(r"\b(?:against|compared (?:with|to)|versus|vs)\s$", reading.text[: number.span[0]])
    named = {hit.value for hit in reading.hits if hit.feature == "area"}
    if set_against and not near and len(named) == 1:
        return named.pop()
    behind = (
        re.match(r"\s(?:of|among|for|in|at) (?:the )?$", reading.text[number.span[1] : near[0].span[0]])
        if near
        else None
    )
    if behind:
        return near[0].value
    close = [hit for hit in near if abs(hit.span[0] - number.span[1]) < 40 or abs(number.span[0] - hit.span[1]) < 25]
    own = [at for name in reading.evidence.own_names for at in _at(reading, name.split()[0])]
    if not close:
        return "own"
    hit = min(close, key=lambda one: min(abs(one.span[0] - number.span[1]), abs(number.span[0] - one.span[1])))
    distance = min(abs(hit.span[0] - number.span[1]), abs(number.span[0] - hit.span[1]))
    if any(abs(at - number.span[0]) < distance and reading.segment_of((at, at)) == index for at in own):
        return "own"
    return hit.value


def _compared_between(reading: Reading, number: Number, hit: Hit) -> bool:
    """'£66 is below that of its neighbours': the figure before the comparison is not the neighbours'."""
    if hit.span[0] < number.span[1]:
        return False
    between = reading.text[number.span[1] : hit.span[0]]
    return bool(
        _MORE.search(between) or _LESS.search(between) or re.search(r"\b(?:than|against|compared|versus)\b", between)
    )


def _at(reading: Reading, word: str) -> list[int]:
    return [hit.start() for hit in re.finditer(re.escape(word), reading.text)]


def _figure(reading: Reading, number: Number, figure: PlaceFigure) -> Weighed:
    shown = _shown(figure)
    if reading.own_line(figure.source):
        return Weighed(
            Verdict.CANNOT_CHECK,
            f"The only figure behind it is its own line ({figure.source})",
            shown,
            figure.measure,
            copy=True,
        )
    right = agrees(number, figure.value)
    why = f"{figure.source}: {NAMES[figure.area]} {shown}"
    return Weighed(Verdict.HOLDS if right else Verdict.FAILS, why, shown, figure.measure)


def _shown(figure: PlaceFigure) -> str:
    return f"£{figure.value:,}" if figure.unit == "gbp" else f"{figure.value} per 1,000"


def _relation(reading: Reading, number: Number, measure: Measure) -> Weighed | None:
    """'1.4 times the national rate', '42% more than England'."""
    other = next((hit.value for hit in reading.hits if hit.feature == "area" and hit.value in measure), None)
    if other is None or "own" not in measure:
        return None
    own, theirs = measure["own"].value, measure[other].value
    if number.counts is Counts.TIMES:
        value, shown = own / theirs, f"{own / theirs:.2f} times"
    elif number.is_fraction and reading.role(number) == "by":
        value, shown = (own - theirs) * 100 / theirs, f"{(own - theirs) * 100 / theirs:.1f}%"
    elif number.is_fraction:
        value, shown = own * 100 / theirs, f"{own / theirs:.2f} times"
    elif number.counts is Counts.PERCENT:
        value = (own - theirs) * 100 / theirs
        shown = f"{value:.1f}%"
    else:
        value, shown = own - theirs, f"{own - theirs:+}"
    right = agrees(number, abs(value))
    why = f"{_shown(measure['own'])} against {_shown(measure[other])}: {shown}"
    return Weighed(Verdict.HOLDS if right else Verdict.FAILS, why, shown, measure["own"].measure)


_ANY = re.compile(
    r"\b(?P<side>more|less|higher|lower|fewer)\b[^.;]{0,60}?\bthan (?:any|all|each) (?:of )?(?:its|the|our"
    r"|other) ?(?:\w+ )?"
    r"(?:comparators?|areas?|councils?|neighbours)\b",
    re.I,
)


def _than_any(reading: Reading, measure: Measure) -> Iterable[Judgement]:
    """'less than any of its comparators': the council's figure beside every other of the comparison."""
    hit = _ANY.search(reading.text)
    if hit is None or "own" not in measure or reading.own_line(measure["own"].source):
        return
    side = 1 if hit["side"].lower() in ("more", "higher") else -1
    others = [one for area, one in measure.items() if area != "own"]
    right = all((measure["own"].value - one.value) * side > 0 for one in others)
    told = ", ".join(f"{NAMES[one.area]} {_shown(one)}" for one in others)
    why = f"{NAMES['own']} {_shown(measure['own'])}; {told}"
    verdict = Verdict.HOLDS if right else Verdict.FAILS
    yield Weighed(verdict, why, _shown(measure["own"]), measure["own"].measure).at(hit.span())


def _order(reading: Reading, measure: Measure) -> Iterable[Judgement]:
    """'above England but below similar councils': the two figures in that order, for each place named."""
    words = sorted(
        [(hit.span(), 1) for hit in _MORE.finditer(reading.text)]
        + [(hit.span(), -1) for hit in _LESS.finditer(reading.text)]
    )
    words = [(span, side) for span, side in words if _COMPARES.search(reading.text[span[0] :])]
    words = [(span, side) for span, side in words if not _with_a_figure(reading, span)]
    for hit in reading.hits:
        if hit.feature != "area" or hit.value not in measure or "own" not in measure:
            continue
        before = [item for item in words if item[0][1] <= hit.span[0]]
        if before or words:
            yield _in_order(reading, measure, hit, before[-1] if before else words[0], not before)


def _with_a_figure(reading: Reading, span: Span) -> bool:
    """'£66 more than England' is judged with its figure."""
    return any(n.span[0] - 12 <= span[0] < n.span[1] + 12 and reading.role(n) == "by" for n in reading.numbers)


def _in_order(reading: Reading, measure: Measure, area: Hit, word: tuple[Span, int], leads: bool) -> Judgement:
    own, theirs = measure["own"], measure[area.value]
    if reading.own_line(own.source):
        return cannot("The only figures behind it are on its own line", own.measure).at(word[0])
    turn = -1 if leads and not _own_first(reading, word[0][0]) else 1
    right = (own.value - theirs.value) * word[1] * turn > 0
    why = f"{NAMES['own']} {_shown(own)}, {NAMES[area.value]} {_shown(theirs)}"
    return Weighed(Verdict.HOLDS if right else Verdict.FAILS, why, _shown(own), own.measure).at(word[0])


def _own_first(reading: Reading, before: int) -> bool:
    names = [name.split()[0] for name in reading.evidence.own_names] + ["We", "The council", "we", "the council"]
    return any(name in reading.text[:before] for name in names)


def _on_most(reading: Reading) -> Iterable[Judgement]:
    """'more on most services than the England average': counted over all the lines of spending."""
    hit = _MORE.search(reading.text) or _LESS.search(reading.text)
    if hit is None:
        return
    side = 1 if _MORE.search(reading.text) else -1
    lines: dict[str, Measure] = {}
    for figure in reading.evidence.places:
        if figure.unit == "gbp":
            lines.setdefault(figure.measure, {})[figure.area] = figure
    wrong, told = False, []
    for area in dict.fromkeys(one.value for one in reading.hits if one.feature == "area"):
        pairs = [(line["own"].value, line[area].value) for line in lines.values() if "own" in line and area in line]
        many = sum((own - theirs) * side > 0 for own, theirs in pairs)
        wrong = wrong or Decimal(many) * 2 <= len(pairs)
        told.append(f"{NAMES[area]}: {many} of {len(pairs)} lines")
    if told:
        verdict = Verdict.FAILS if wrong else Verdict.HOLDS
        yield Weighed(verdict, "; ".join(told), told[0], "spending per head").at(hit.span())


PLACES = Kind(
    name="comparison of places",
    title="The council beside England, its region or its neighbours",
    order=150,
    read=read,
    examples=(
        Example(
            "Kent spends £174 a head on place funding for special schools, against £149 in England.", HOLDS, "£174"
        ),
        Example(
            "Kent spends £184 a head on place funding for special schools, more than England's £149.", FAILS, "£184"
        ),
        Example("Kent spends less than England on place funding for special schools.", FAILS, "less"),
    ),
)
