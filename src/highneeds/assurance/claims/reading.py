"""One sentence, read: its numbers, dates, directions and subjects, and which belongs to which."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from highneeds.assurance.claims.directions import Direction, directions_in, steadily_in
from highneeds.assurance.claims.evidence import Evidence, Fact, Series
from highneeds.assurance.claims.numbers import Counts, Number, numbers_in
from highneeds.assurance.claims.passages import Sentence
from highneeds.assurance.claims.periods import When, whens_in
from highneeds.assurance.claims.spans import Span, overlaps
from highneeds.assurance.claims.subjects import (
    FactMatch,
    Frame,
    Hit,
    Naming,
    Subjects,
    hits_in,
    names,
    terms_of,
    word_list,
)
from highneeds.vocabulary.source import Source

_LABELS = re.compile(
    r"\b(?:conditions?|risks?|updates?|sections?|regulations?|reports?|paragraphs?|lines?|pages?"
    r"|tables?|charts?|figures?"
    r"|phases?|slots?|tiers?|bands?|levels?|objectives?|years?|yrs?|key stages?|ks|stages?|options?"
    r"|articles?|appendix|annex|no\.|number|round|wave|version|v|part|step|priority|schedule|clause"
    r"|nc?y) ?(?:R-)?\d{1,2}[a-z]?(?:\.\d+)*(?:\s?(?:-|,|to|and|/|&)\s?\d{1,2}(?!\d|%|,\d| per| places"
    r"| pupils| children| plans| reviews))*\b(?!%|\.\d|,\d{3})"
    r"|\bat (?:age )?(?:1[1-9]|2[0-5])(?=[.,;]|$)|\b(?:aged?|ages) (?:between )?\d{1,2}(?: ?(?:-|to"
    r"|and) ?\d{1,2})?|\b\d{1,2} ?(?:-"
    r"|to) ?\d{1,2}[- ]year[- ]olds?|\b\d{1,2}[- ]year[- ]olds?|\b(?:0|2) ?(?:-|to) ?(?:18|25)\b"
    r"|\b[A-Z]{1,4}\d+(?:\.\d+)*\b|https?://\S+|\S+@\S+|\(PDF[^)]*\)|\b\d+(?:\.\d+)? ?[KMG]B\b"
    r"|\b0\d{3,4} ?\d{3} ?\d{3,4}\b|\b\d{1,2}[:.]\d{2} ?(?:am|pm)\b"
    r"|\b(?:twice|once) (?:a|per) (?:year|month|week)\b|\bS ?151\b|\b24/7\b|\b\d{1,3}:\d{1,3}\b"
    r"|^\d{1,2}\.(?=[A-Z])",
    re.I,
)
_HARD = re.compile(
    r"[;:()]|,(?!\d)|\s-\s|\bwhile\b|\bwhilst\b|\bwhereas\b|\bbut\b|\bcompared (?:with|to)\b|\bagainst\b"
    r"|\bversus\b|\bvs\b|\bbefore (?=\w+ing\b)|\bthen\b|\balthough\b",
    re.I,
)
_AND = re.compile(r"\band\b", re.I)
_REFERENCE = re.compile(
    r"(?:\b(?:than|compared (?:with|to)|against|versus|vs|up on|down on|up from|down from|more than"
    r"|higher than|lower than|fewer than|less than|over|on|since|from|below|above|off)(?: (?:in|at|the|its"
    r"|their|that of"
    r"|it was in|it had been|at the end of|those|that))*)\s$",
    re.I,
)
_FOREIGN = re.compile(
    r"\b(?:in|at|across|for|by|from) ((?:[A-Z][a-z]{3,})(?: [A-Z][a-z]{3,})*)\b"
    r"|\b([A-Z][a-z]{3,}(?:shire)?)(?:'s|’s)|^([A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)(?='s|’s| (?:had|has|spends"
    r"|placed|places|saw|reported|county|council))"
)
_COMMON = word_list("capitals")


_CORRECTED = re.compile(
    r"\b(?:extended from|moved from|revised from|originally|was (?:once |first )?(?:due|expected|to have)|had been due"
    r"|rather than|instead of|contradict\w*)\b",
    re.I,
)


FURTHEST_SUBJECT = 3
_PRONOUN = re.compile(
    r"(?:by then |since then |then |but |and |however, )?(?:it|they|this|that|these|both"
    r"|(?:the|this|that) (?:figure|number|total|share|proportion|percentage|rate))\b(?! (?:is"
    r"|was) (?:because|why|due))",
    re.I,
)
_OF_A_PEAK = re.compile(r"\s(?:peak|high|low|trough)\b", re.I)
_WORTH_READING = re.compile(
    r"\b(?:red|amber|orange|green|blue|target|months?|more|fewer|higher|lower|highest|lowest|none|not one|late)\b", re.I
)
_WHICH = re.compile(r"\W*(?:which|who|whose|where)\b", re.I)


@dataclass(frozen=True)
class Home:
    """The document a text is known to be: its id in the evidence, and what stands on its lines."""

    document: str
    sentences: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True)
class Segment:
    span: Span
    text: str


@dataclass(frozen=True)
class Bound:
    """The stretch of time a number or direction belongs to, and how sure the reading is.

    sure    True where the sentence itself ties them; False where the time is taken from nearby
    """

    when: When | None
    sure: bool


_PLAIN = str.maketrans(
    dict.fromkeys("–—−‑‐", "-")
    | dict.fromkeys("\u00a0\u2009\u202f\t\n", " ")
    | dict.fromkeys("’‘", "'")
    | dict.fromkeys("“”", '"')
)


def plain(text: str) -> str:
    """The text with one kind of dash, space and apostrophe; every character keeps its place."""
    return text.translate(_PLAIN)


class Reading:
    """All that is read from one sentence before any claim is judged."""

    def __init__(
        self, sentence: Sentence, subjects: Subjects, context: "Reading | None" = None, home: "Home | None" = None
    ) -> None:
        self.home = home
        self.sentence = sentence
        self.text = plain(sentence.text)
        self.subjects = subjects
        self.evidence: Evidence = subjects.evidence
        self.context = context
        taken: list[Span] = []
        labels = [hit.span() for hit in _LABELS.finditer(self.text)]
        self.hits = hits_in(self.text)
        taken += [hit.span for hit in self.hits if hit.feature in ("age", "area", "place") or hit.value == "timeliness"]
        months = [when.span for when in whens_in(self.text, list(taken), self.evidence.latest, self.evidence.first)]
        taken += [span for span in labels if not any(overlaps(span, month) for month in months)]
        self.whens = whens_in(self.text, taken, self.evidence.latest, self.evidence.first)
        for when in self.whens:
            taken.append(when.span)
        self.numbers = numbers_in(self.text, taken)
        self.directions = directions_in(self.text)
        self.steadily = steadily_in(self.text)

    @property
    def interesting(self) -> bool:
        return bool(self.numbers or self.whens or self.directions or _WORTH_READING.search(self.text))

    # -- segments ---------------------------------------------------------------------------------------------------

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The sentence cut where a new statement begins; never inside a date, a number or a name of a thing."""
        kept = [hit.span for hit in self.hits] + [when.span for when in self.whens] + [n.span for n in self.numbers]
        cuts = [hit.span() for hit in _HARD.finditer(self.text) if not any(overlaps(hit.span(), span) for span in kept)]
        cuts += [hit.span() for hit in _AND.finditer(self.text) if self._splits(hit.span(), cuts, kept)]
        edges = sorted({0, len(self.text), *(cut[0] for cut in cuts)})
        return tuple(Segment((a, b), self.text[a:b]) for a, b in pairwise(edges))

    def _splits(self, span: Span, cuts: list[Span], kept: list[Span]) -> bool:
        if any(overlaps(span, one) for one in kept):
            return False
        left = max((cut[1] for cut in cuts if cut[1] <= span[0]), default=0)
        right = min((cut[0] for cut in cuts if cut[0] >= span[1]), default=len(self.text))
        return self._has_value((left, span[0])) and self._has_value((span[1], right))

    def _has_value(self, span: Span) -> bool:
        verbs = [one for one in self.directions if one.kind != "noun"]
        return any(overlaps(one, span) for one in [*(n.span for n in self.numbers), *(v.span for v in verbs)])

    def segment_of(self, span: Span) -> int:
        for index, segment in enumerate(self.segments):
            if segment.span[0] <= span[0] < segment.span[1]:
                return index
        return len(self.segments) - 1

    # -- subjects ---------------------------------------------------------------------------------------------------

    def _windows(self, centre: int) -> list[tuple[int, ...]]:
        last = len(self.segments) - 1
        left = [tuple(range(start, centre + 1)) for start in range(centre, -1, -1)]
        right = [tuple(range(end + 1)) for end in range(centre + 1, last + 1)]
        near_right = [tuple(range(centre, end + 1)) for end in range(centre + 1, min(centre + 2, last) + 1)]
        return [*left, *near_right, *right]

    def frame(self, centre: int, window: tuple[int, ...], counts: Counts | None = None) -> Frame:
        values: dict[str, tuple[tuple[str, int], ...]] = {}
        for hit in self.hits:
            index = self.segment_of(hit.span)
            if index in window:
                values[hit.feature] = (
                    *values.get(hit.feature, ()),
                    (hit.value, abs(index - centre) * 2 + (index > centre)),
                )
        for hit in self.hits:
            if hit.feature in ("spi", "cause") and hit.feature not in values:
                values[hit.feature] = ((hit.value, 9),)
        if counts is Counts.GBP:
            values["topic"] = (*values.get("topic", ()), ("cost", 99))
        if "other_way" in [value for value, _ in values.get("way", ())]:
            values["way"] = self._turned(values["way"])
        text = " ".join(self.segments[index].text for index in window)
        return Frame(values, text, frozenset(terms_of(text)))

    @staticmethod
    def _turned(ways: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
        """'the other way': the opposite of the way named before."""
        opposite = {"to_special": "to_mainstream", "to_mainstream": "to_special"}
        nearest = min(ways, key=lambda way: way[1])
        named = [way for way in ways if way[0] != "other_way"]
        if nearest[0] != "other_way" or not named:
            return tuple(named) or ways
        return ((opposite[min(named, key=lambda way: way[1])[0]], nearest[1]),)

    def series_about(
        self, span: Span, counts: Counts | None = None, change: bool = False
    ) -> tuple[tuple[Series, ...], bool]:
        """The series that the words at a place name, best window first, and whether the naming is firm."""
        if self._elsewhere(span):
            return (), False
        centre = self.segment_of(span)
        for window in self._windows(centre):
            found = self._matching(self.frame(centre, window, counts), counts, change)
            if found:
                return found, not self._narrowed
        loose = self._loosely(centre, counts, change)
        if loose:
            return loose, False
        return self._from_before(counts, change)

    def _matching(self, frame: Frame, counts: Counts | None, change: bool, weak: bool = False) -> tuple[Series, ...]:
        found = [
            (series, naming)
            for series, naming in self.subjects.series
            if names(naming, frame, naming.weak if weak else naming.needs) and fits(series, counts, change)
        ]
        return _ranked(found, frame)

    def _loosely(self, centre: int, counts: Counts | None, change: bool) -> tuple[Series, ...]:
        whole = tuple(range(len(self.segments)))
        return self._matching(self.frame(centre, whole), counts, change, weak=True)

    def _from_before(self, counts: Counts | None, change: bool) -> tuple[tuple[Series, ...], bool]:
        """The subject of a sentence before, where this one has none of its own.

        It may accuse only where a pronoun opens this sentence and the one before names one series and no other.
        """
        if any(hit.feature in ("topic", "age", "place", "stage") for hit in self.hits):
            return (), False
        context, steps = self.context, 1
        while context is not None and steps <= FURTHEST_SUBJECT:
            found = context._matching(context.frame(0, tuple(range(len(context.segments)))), counts, change)
            if found:
                return found, steps == 1 and len(found) == 1 and bool(
                    _PRONOUN.match(self.text)
                ) and not context._narrowed
            context, steps = context.context, steps + 1
        return (), False

    @property
    def speaks_of_others(self) -> bool:
        """Of a group within, or of another place: no recorded figure of the council contradicts it."""
        return self._narrowed or self.foreign_place or any(hit.value == "other_topic" for hit in self.hits)

    @cached_property
    def _narrowed(self) -> bool:
        """Does the sentence speak of a group within, which no series counts?"""
        return any(hit.feature == "narrower" for hit in self.hits)

    def _elsewhere(self, span: Span) -> bool:
        """Is this about another place than the council?"""
        index = self.segment_of(span)
        areas = [hit for hit in self.hits if hit.feature == "area" and self.segment_of(hit.span) == index]
        if areas and not any(name.split()[0] in self.segments[index].text for name in self.evidence.own_names):
            return True
        return self.foreign_place

    @cached_property
    def foreign_place(self) -> bool:
        for found in _FOREIGN.finditer(self.text):
            words = (found[1] or found[2] or found[3]).split()
            start = found.start(1) if found[1] else found.start()
            spans = [*(hit.span for hit in self.hits), *(when.span for when in self.whens)]
            inside = any(span[0] <= start < span[1] for span in spans)
            if not inside and not any(word in _COMMON or word.lower() in self.subjects.known_words for word in words):
                return True
        return False

    def facts_about(self, span: Span, families: tuple[str, ...], extra: str = "") -> list[FactMatch]:
        """The facts that the words at a place name, best first; asked again, the answer is at hand."""
        key = (self.segment_of(span), families, extra)
        if key not in self._facts:
            near = terms_of(self._with_its_head(key[0]) + " " + extra)
            ages = frozenset(hit.value for hit in self.hits if hit.feature == "age")
            self._facts[key] = self.subjects.facts_about(
                near, self._terms, families, ages, terms_of(" ".join(extra.split()[:2]))
            )
        return self._facts[key]

    def _with_its_head(self, index: int) -> str:
        """', which opened on ...' says nothing without what stands before it."""
        text = self.segments[index].text
        return self.segments[index - 1].text + text if index and _WHICH.match(text) else text

    @cached_property
    def _facts(self) -> dict[tuple[int, tuple[str, ...], str], list[FactMatch]]:
        return {}

    @cached_property
    def _terms(self) -> list[str]:
        """The sentence's words, and where it has few, those of the sentence before."""
        own = terms_of(self.text)
        return own if self.context is None or len(own) >= 5 else own + terms_of(self.context.text)

    # -- time -------------------------------------------------------------------------------------------------------

    @cached_property
    def points(self) -> tuple[When, ...]:
        """Single dates, without those that only bound a 'between ... and ...'."""
        parts = {part.span for when in self.whens if when.role == "between" for part in when.parts}
        return tuple(when for when in self.whens if when.grain not in ("window", "now") and when.span not in parts)

    @cached_property
    def windows(self) -> tuple[When, ...]:
        return tuple(when for when in self.whens if when.grain == "window")

    def is_reference(self, when: When) -> bool:
        """Is the date the far end of a comparison ('than in January 2024')?"""
        return bool(_REFERENCE.search(self.text[: when.span[0]])) or when.role == "earlier"

    def period_of(self, number: Number) -> Bound:
        """The month or year that a level belongs to."""
        role = self.role(number)
        dealt = self._dealt(number)
        if dealt:
            return Bound(dealt, True)
        bounded = self._end_of_window(number, role)
        if bounded:
            return Bound(bounded, True)
        segment = self.segment_of(number.span)
        behind = [when for when in self.points if self.text[when.span[1] : number.span[0]] in (" (", " (at ", ", at ")]
        in_brackets = behind and self.text[behind[-1].span[1] : number.span[0]] == " ("
        if behind and (in_brackets or self._is_comparison(behind[-1])):
            return Bound(behind[-1], True)
        right = self._next_when(number)
        if right and (self.segment_of(right.span) == segment or self._bracketed(right, number)):
            return Bound(right, True)
        if role == "from" or self._listed(number) or self._next_step(number, role):
            return Bound(None, False)
        present = [when for when in self.whens if when.grain == "now" and self.segment_of(when.span) == segment]
        if present and not any(self.segment_of(when.span) == segment for when in self.points):
            return Bound(present[0], True)
        left = self._last_when(number, blocked=True) or self._last_when(number, blocked=False)
        if left:
            return Bound(left, True)
        later = [when for when in self.points if when.span[0] > number.span[1] and not self._is_comparison(when)]
        later = [when for when in later if not _OF_A_PEAK.match(self.text[when.span[1] :])]
        if later:
            at = self.segment_of(later[0].span)
            taken = any(one.span[0] >= later[0].span[1] and self.segment_of(one.span) == at for one in self.numbers)
            near = at - segment <= 3 and not (taken and at > segment)
            return Bound(later[0], near and ";" not in self.text[number.span[1] : later[0].span[0]])
        if any(when.grain == "now" for when in self.whens):
            return Bound(next(when for when in self.whens if when.grain == "now"), True)
        inherited = [when for when in self.context.points if when.is_month] if self.context else []
        return Bound(inherited[-1] if inherited else None, False)

    def _dealt(self, number: Number) -> When | None:
        """'In April, May and August it was 98%, 99% and 100%': as many dates as figures, in their order."""
        figures = self._run_of([n.span for n in self.numbers if n.counts is number.counts], number.span)
        if len(figures) < 2:
            return None
        months = [when for when in self.points if when.is_month and not self._is_comparison(when)]
        for start in range(len(months) - len(figures) + 1):
            dates = months[start : start + len(figures)]
            whole = self._run_of([when.span for when in months], dates[0].span)
            if whole == [when.span for when in dates]:
                return dates[figures.index(number.span)]
        return None

    def _run_of(self, spans: list[Span], one: Span) -> list[Span]:
        """The list of which the span at a place is an item: 'a, b and c'."""
        runs: list[list[Span]] = []
        for span in sorted(spans):
            between = self.text[runs[-1][-1][1] : span[0]].strip().lower() if runs else None
            if between in (",", "and", ", and"):
                runs[-1].append(span)
            else:
                runs.append([span])
        return next((run for run in runs if one in run), [])

    def _next_step(self, number: Number, role: str) -> bool:
        """'..., then doubled to 72': a later month that the text does not name."""
        segment = self.segments[self.segment_of(number.span)]
        dated = any(segment.span[0] <= when.span[0] < segment.span[1] for when in self.points)
        before = any(other.span[1] <= segment.span[0] for other in self.points)
        return role == "to" and not dated and before and bool(re.match(r"\W*(?:and )?(?:then|before)\b", segment.text))

    def _listed(self, number: Number) -> bool:
        """'35.8%, 27.9% and 23.9% by January 2025': the date is the last one's, not this one's."""
        place = self.numbers.index(number) if number in self.numbers else len(self.numbers)
        if place + 1 >= len(self.numbers) or self.numbers[place + 1].counts is not number.counts:
            return False
        between = self.text[number.span[1] : self.numbers[place + 1].span[0]].strip().lower()
        return between in (
            ",",
            "and",
            "then",
            ", then",
            "then to",
            "and then",
            "and then to",
            ", and",
            ", then to",
            "to",
        )

    def _end_of_window(self, number: Number, role: str) -> When | None:
        """'between A and B it rose from X to Y': X is A's, Y is B's."""
        window = self.window_near(number.span)
        if window is None or role not in ("from", "to"):
            return None
        after = self._next_when(number)
        if (
            after
            and self.segment_of(after.span) == self.segment_of(number.span)
            and after.span not in [p.span for p in window.parts]
        ):
            return None
        month = window.first if role == "from" else window.last
        if window.role in ("between", "year_to", "past", "since"):
            return replace(window, first=month, last=month, grain="month")
        return None

    def _next_when(self, number: Number) -> When | None:
        after = [when for when in self.points if when.span[0] >= number.span[1]]
        if not after:
            return None
        between = [other for other in self.numbers if number.span[1] <= other.span[0] < after[0].span[0]]
        if between and self.text[number.span[1] : between[0].span[0]] == " (":
            between = between[1:]  # 9,961 (51.1%): the figure in brackets stands for the same thing
        if between or self._is_comparison(after[0]):
            return None
        return after[0]

    def _is_comparison(self, when: When) -> bool:
        before = self.text[: when.span[0]]
        if when.role == "earlier" and re.search(r"\b(?:than|on|from)\s$", before):
            return True
        return bool(
            re.search(
                r"\b(?:than|higher than|compared (?:with|to)|against|since|up on|down on|points? on|%"
                r"|(?:below|above|off|from|than)"
                r" (?:its|their|the|that|a)"
                r"|more|fewer|lower|higher) ?(?:in |on |at |the end of )*$",
                before,
            )
        ) and not re.search(r"\d\D{0,12}$", before)

    def _bracketed(self, when: When, number: Number) -> bool:
        between = self.text[number.span[1] : when.span[0]]
        return bool(
            re.fullmatch(
                r"(?:\s*\([^()]*\))?\s*\)?\s*\(?(?:[\w%-]+ )?\(?(?:in |at |on |as of |by |during )?(?:the end of )?",
                between,
            )
        )

    def _last_when(self, number: Number, blocked: bool) -> When | None:
        before = [when for when in self.points if when.span[1] <= number.span[0] and not self._is_comparison(when)]
        if not before:
            return None
        if blocked and any(before[-1].span[1] <= other.span[0] < number.span[0] for other in self.numbers):
            return None
        return before[-1] if blocked else before[0] if len(before) == 1 else self._own_left(before, number)

    def _own_left(self, before: list[When], number: Number) -> When:
        """Of several earlier dates, the one that no other number stands right before; else the first."""
        segment = self.segment_of(number.span)
        same = [when for when in before if self.segment_of(when.span) == segment]
        leading = [when for when in before if when.span[0] < 12]
        return same[-1] if same else leading[0] if leading else before[-1]

    def window_near(self, span: Span) -> When | None:
        """The stretch of time a change belongs to: the one in its own segment, else the nearest before, else after."""
        usable = [when for when in self.windows if when.role not in ("always", "throughout")]
        if not usable:
            return None
        index = self.segment_of(span)
        return min(usable, key=lambda when: (abs(self.segment_of(when.span) - index), when.span[0] > span[0]))

    # -- roles ------------------------------------------------------------------------------------------------------

    def role(self, number: Number) -> str:
        """by (a change), from, to, or level."""
        if number.span not in self._roles:
            self._roles[number.span] = self._role(number)
        return self._roles[number.span]

    @cached_property
    def _roles(self) -> dict[Span, str]:
        return {}

    def _role(self, number: Number) -> str:
        before = self.text[: number.span[0]].rstrip()
        before = re.sub(rf"(?:\b(?:{_HEDGE_WORDS}))\s*$", "", before, flags=re.I).rstrip().lower()
        after = self.text[number.span[1] :].lstrip().lower()
        if number.counts is Counts.POINTS and not re.search(r"\bfrom$|\bto$", before):
            return "by"
        if re.search(r"(?:^|\W)by(?: (?:a|an|the))?(?: (?:further|total|another)(?: of)?)?$", before) and not re.search(
            r"(?:followed|divided|driven|caused|delivered|held|taken|given|made|led|supported) by$", before
        ):
            return "by"
        if re.search(
            r"\b(?:increase|rise|growth|decrease|fall|drop|reduction|decline|jump|gain|uplift|difference"
            r"|change|increases|climb|surge|dip)s?(?: of| was| is|,)?$",
            before,
        ):
            return "by"
        if _CHANGE_AFTER.match(after) or re.match(r"as (?:much|many|high) again\b", after):
            return "by"
        if re.search(r"\b(?:up|down)$", before) and not re.search(
            r"\b(?:set|made|take[ns]?|signed|broken) up$", before
        ):
            return "by"
        if (
            re.search(r"\b(?:fell|rose|grew|dropped|increased|decreased|climbed|jumped|shrank)$", before)
            and number.counts is not Counts.TIMES
        ):
            return "by"
        if re.search(r"\b(?:rose|fell|grew|went up|came down|shrank|down|up)[^,;]{0,40}, or$", before):
            return "by"
        if self._in_a_list_of_changes(number):
            return "by"
        if re.search(r"\bfrom(?: (?:the|a|an|just))?$", before):
            return "from"
        if re.search(
            r"\bto(?: (?:a total of|a figure of|a peak of|a high of|a low of|reach|stand at|just|the|a))?$", before
        ):
            return "to"
        return "level"

    def _in_a_list_of_changes(self, number: Number) -> bool:
        """'by 1.4% and 1.7%', 'by £4,850, or 15.3%': the second is a change as the first is."""
        place = self.numbers.index(number) if number in self.numbers else 0
        if place == 0:
            return False
        last = self.numbers[place - 1]
        between = self.text[last.span[1] : number.span[0]].strip().lower()
        if between in ("or", ", or") and number.counts is Counts.PERCENT and last.counts is not number.counts:
            return self.role(last) == "by"
        return between in ("and", ",", "and by", ", and") and last.counts is number.counts and self.role(last) == "by"

    def direction_for(self, number: Number) -> Direction | None:
        """The direction a change goes with: in its own words, else its segment, else the nearest verb."""
        close = [one for one in self.directions if self.segment_of(one.span) == self.segment_of(number.span)]
        signed = [one for one in close if one.sign] or [one for one in self.directions if one.sign]
        if not signed:
            return None
        return min(signed, key=lambda one: min(abs(one.span[0] - number.span[1]), abs(number.span[0] - one.span[1])))

    # -- the evidence's own lines -------------------------------------------------------------------------------------

    def own_copy(self, fact: Fact) -> bool:
        """Was the fact taken from this very sentence, or from the line this paragraph restates?"""
        return self.own_line(fact.source)

    def own_line(self, source: Source) -> bool:
        """Is this line of a document the very place of the sentence, a copy of it, or what it restates?"""
        if source.line is None:
            return False
        restates = self.sentence.restates
        if restates and restates[0] == source.document and restates[1] <= source.line <= restates[2]:
            return True
        if self.home is None or self.home.document != source.document:
            return False
        here = self.sentence.line <= source.line <= self.sentence.last_line
        return here or self.text in self.home.sentences.get(source.line, ())

    def line_states(self, fact: Fact) -> bool:
        """Does the place from which the fact was taken say it, in whichever of its sentences?"""
        home = self.home.sentences.get(fact.source.line or 0, ()) if self.home else ()
        return any(_says(text, fact, self.evidence) for text in (plain(self.sentence.around), *home))

    def states(self, fact: Fact) -> bool:
        """Does the sentence itself give the fact's value? Then the fact does not speak against another figure in it."""
        if fact.value is not None:
            return any(number.low == abs(fact.value) for number in self.numbers)
        return any(fact.written.startswith(str(when.first)) for when in self.whens if when.is_month)

    def partners(self, fact: Fact) -> tuple[Fact, ...]:
        """The facts that state the same thing elsewhere."""
        names = {name for thing in self.evidence.same_things if fact.id in thing.facts for name in thing.facts}
        return tuple(one for one in self.evidence.facts if one.id in names and one.id != fact.id)

    def same_thing(self, one: Fact, other: Fact) -> bool:
        return any(one.id in thing.facts and other.id in thing.facts for thing in self.evidence.same_things)

    def accused(self, fact: Fact) -> str:
        """Why the fact cannot be repeated as it stands; empty where nothing contradicts it."""
        return "" if _CORRECTED.search(self.text) else self.subjects.accused.get(fact.id, "")


def _says(text: str, fact: Fact, evidence: Evidence) -> bool:
    """Does a text give the fact's figure or date, in whatever form?"""
    if fact.printed and plain(fact.printed) in text:
        return True
    taken = [hit.span for hit in hits_in(text) if hit.feature == "age"]
    whens = whens_in(text, taken, evidence.latest, evidence.first)
    if fact.value is None:
        return any(fact.written.startswith(str(when.first)) for when in whens)
    value = abs(fact.value) * (100 if fact.unit.startswith("share_of") else 1)
    return any(
        value == number.low or (abs(number.low - value) < 1 and number.is_fraction)
        for number in numbers_in(text, [*taken, *(when.span for when in whens)])
    )


_HEDGE_WORDS = (
    r"about|around|approximately|approx\.?|circa|ca?\.|roughly|some|almost|nearly|over|more than"
    r"|at least|up to|just|just over|just under|well over|as much as|only|a further|another|an extra"
    r"|an additional|no more than|less than|fewer than|close to|£"
)
_CHANGE_AFTER = re.compile(
    r"^(?:%|per cent|percent)?\s?(?:(?!but |and |while )\w+ ){0,2}?(?:higher|lower|smaller|larger|bigger"
    r"|more\b(?! children| pupils| young)"
    r"|fewer|less\b|above|below|up on|down on|increase|decrease|rise\b|fall\b|reduction|drop\b|growth"
    r"|decline\b|jump\b|gain\b|better|worse|cheaper|dearer|greater|over the original|more likely)"
    r"|^(?:more|fewer|extra|additional) (?:children|pupils|young people|plans|places|reviews"
    r"|requests)[^.]{0,90}?\bthan\b|^(?:more|fewer|higher|lower)\b",
    re.I,
)


def fits(series: Series, counts: Counts | None, change: bool) -> bool:
    """Can a number of this kind be a level (or a change) of the series?"""
    percent = series.unit.startswith(("percent", "share_of"))
    if counts is None:
        return True
    if counts is Counts.POINTS:
        return percent
    if counts is Counts.PERCENT:
        return percent or change
    if counts is Counts.GBP:
        return series.unit.startswith("gbp")
    if counts is Counts.COUNT:
        return not percent and not series.unit.startswith("gbp")
    return counts is Counts.TIMES


def _ranked(found: list[tuple[Series, Naming]], frame: Frame) -> tuple[Series, ...]:
    """Keep the fullest naming; an indicator before a table or single facts; in the order the values are named."""
    if not found:
        return ()
    most = max(len(naming.needs) for _, naming in found)
    best = [(series, naming) for series, naming in found if len(naming.needs) == most]
    if any(series.kind == "indicator" for series, _ in best):
        best = [(series, naming) for series, naming in best if series.kind == "indicator"]

    def place(item: tuple[Series, Naming]) -> int:
        order = [value for feature in ("age", "place", "decision", "stage") for value in frame.all(feature)]
        spots = [order.index(value) for values in item[1].needs.values() for value in values if value in order]
        return max(spots, default=0)

    return tuple(series for series, _ in sorted(best, key=place))


def hit_values(hits: tuple[Hit, ...], feature: str) -> tuple[str, ...]:
    return tuple(hit.value for hit in hits if hit.feature == feature)
