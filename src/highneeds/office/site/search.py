"""Finding an indicator, a register, a figure or a document by the words that a reader would use.

Nothing is indexed: the results of one council are a few thousand short texts, looked through at each question.
A word fits when one of the words of a text begins with it, or with another word for the same thing; one that is
nowhere is read as the nearest that is. A rare word weighs more than a frequent one. A month in the question is taken
out of it and answered.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from django.urls import reverse

from highneeds.office.evidence.bridge import IndicatorResult, Results
from highneeds.office.site.findable import Findable, everything

KINDS = {
    "indicator": "Indicators",
    "condition": "Conditions",
    "risk": "Risks",
    "comparison": "Other councils",
    "figure": "Figures",
    "table": "Tables of the account",
    "register": "Registers",
    "narrative": "What the report says",
    "document": "Documents",
    "page": "Pages",
}
"""What can be found -> the heading over it, in the order in which equals are shown."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
MONTH = re.compile(rf"\b({'|'.join(NAMED.split())})\.?\s+(20\d\d)\b|\b(20\d\d)-(0[1-9]|1[0-2])\b", re.IGNORECASE)
SMALL = frozenset(
    re.findall(
        r"\w+",
        """a about and any are as at be been by did do does done for from get getting going had has have how in
        is it its many me much most of on or our out than that the their them there these they this to us was we were
        what when where which who why will with you your tell show""",
    )
)
"""Words that a question is made of and that say nothing of what is asked."""
SAME = (
    ("ehcp", "ehc", "plan"),
    ("tribunal", "appeal"),
    ("without", "no", "miss"),
    ("privat", "independent"),
    ("late", "overdu", "delay"),
    ("wait", "week", "time"),
    ("pric", "cost", "fee"),
    ("tuition", "eota"),
    ("senco", "coordinator"),
    ("parent", "famil"),
    ("staff", "post", "officer"),
    ("promis", "agre", "target"),
)
"""Beginnings of words, as `_stem` leaves them, that stand for one thing in this field: whoever asks for one also finds
the others."""
OUTSIDE = re.compile(r"\bout[ -]of[ -](?:county|area|authority|borough|city)\b")
"""'Out of county' is one word of this field: a placement outside the council's own area."""
LONGEST = 200  # letters of a question that are read
MOST_MENDED = 5  # words of a question that are read as the nearest word there is: each costs a look at all words
ALIKE = 0.75  # how much alike two words are that may be one misspelt: 'tutition' and 'tuition' are 0.93
ENOUGH = 0.6  # what a hit must have of the weight of the words that the best hit has
OTHER_WORD = 0.8  # what another word for the same thing weighs
BEGINS = 0.7  # what a longer word weighs that only begins so: 'planned' where 'plans' is asked
SHORTEST = 3  # letters that may be the beginning of a longer word: 'no' is none of 'northern'
IN_ORDER = 0.004  # for each word that stands in a title after the one before it: it decides between equals
FIRST_PAGE = 1.5  # what weighs a figure of the first page: it was chosen as one of four
REPEATS = 0.6  # what weighs the text of a document: it says once more what stands on a page
TITLE, OTHER_NAME, INSIDE, TEXT = 4, 3, 2, 1


@dataclass(frozen=True)
class Hit:
    """title and url of what was found; text under it, which answers a month that was asked for."""

    kind: str
    title: str
    text: str
    url: str
    score: float


@dataclass(frozen=True)
class Question:
    """The words that are looked for, and the month that is asked for, '2024-11' or ''."""

    words: tuple[str, ...]
    month: str


@dataclass(frozen=True)
class SearchAnswer:
    """The hits, best first; which words were read as others, and which stand nowhere."""

    hits: tuple[Hit, ...]
    mended: tuple[tuple[str, str], ...] = ()
    nowhere: tuple[str, ...] = ()


def question(asked: str) -> Question:
    """'independent secondary cost, November 2024' -> ('independent', 'secondary', 'cost'), '2024-11'."""
    asked = asked[:LONGEST]
    found = MONTH.search(asked)
    month = _month(found) if found else ""
    rest = MONTH.sub(" ", asked) if month else asked
    words = [word for word in _tokens(rest) if word not in SMALL]
    return Question(tuple(dict.fromkeys(words)), month)


def _month(found: re.Match[str]) -> str:
    if found[3]:
        return f"{found[3]}-{found[4]}"
    return f"{found[2]}-{MONTHS.index(found[1][:3].lower()) + 1:02d}"


def _tokens(text: str) -> list[str]:
    """Words and numbers: '7,765' stays one, and so does 'post-16'."""
    plain = OUTSIDE.sub("outside", text.lower().replace("’", "'"))
    return re.findall(r"[a-z0-9£][a-z0-9£,.'-]*[a-z0-9]|[a-z0-9]", plain)


def _stem(word: str) -> str:
    """'reviews' finds 'review', 'placed' finds 'place': the end that grammar adds is left off longer words."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and word.replace("-", "").isalpha():
            return word.removesuffix(ending)
    return word


def search(results: Results, asked: str) -> SearchAnswer:
    """What fits, best first, and how the question was read."""
    wanted, kept = question(asked), entries(results)
    if not wanted.words:
        return SearchAnswer(())
    read, mended, nowhere = _read(kept, wanted.words)
    scored = [(one, *_score(one, read)) for one in kept.entries]
    most = max((mass for _, mass, _ in scored), default=0.0)
    if not most or len(nowhere) * 2 > len(wanted.words):
        return SearchAnswer((), nowhere=nowhere)
    hits = [_hit(results, one.of, score, wanted.month) for one, mass, score in scored if mass >= ENOUGH * most]
    order = list(KINDS)
    best_first = sorted(hits, key=lambda hit: (-hit.score, order.index(hit.kind)))
    return SearchAnswer(tuple(best_first), mended, nowhere)


@dataclass(frozen=True)
class Sought:
    """A word of the question: beginning -> what a fit with it weighs; `rarity` of the word among all entries."""

    beginnings: tuple[tuple[str, float], ...]
    rarity: float


def _read(
    kept: "KeptEntries", words: Iterable[str]
) -> tuple[list[Sought], tuple[tuple[str, str], ...], tuple[str, ...]]:
    """(the words as they are looked for, those that were read as others, those that stand nowhere)."""
    read: list[Sought] = []
    mended: list[tuple[str, str]] = []
    nowhere: list[str] = []
    for word in words:
        sought = _sought(kept, word)
        near = "" if sought or len(mended) + len(nowhere) >= MOST_MENDED else _nearest(kept, word)
        if near:
            mended.append((word, near))
            sought = _sought(kept, near)
        if sought:
            read.append(sought)
        else:
            nowhere.append(word)
    return read, tuple(mended), tuple(nowhere)


def _sought(kept: "KeptEntries", word: str) -> Sought | None:
    """None where no entry has the word, nor another for the same thing."""
    stem = _stem(word)
    others = {name for group in SAME if any(stem.startswith(name) for name in group) for name in group}
    beginnings = ((stem, 1.0), *((name, OTHER_WORD) for name in sorted(others) if not stem.startswith(name)))
    having = sum(any(one.has(beginning) for beginning, _ in beginnings) for one in kept.entries)
    return Sought(beginnings, 1 + math.log(len(kept.entries) / having)) if having else None


def _nearest(kept: "KeptEntries", word: str) -> str:
    """The word of these results that a misspelt one is meant for, or ''. Short words and numbers are left alone."""
    if len(word) < 4 or not word.isalpha():
        return ""
    return next(iter(get_close_matches(word, kept.words, n=1, cutoff=ALIKE)), "")


def _score(one: "Searched", words: Sequence[Sought]) -> tuple[float, float]:
    """(weight of the words that fit, how well): a fit in the title weighs most, a short title more than a long one."""
    mass, score = 0.0, 0.0
    for word in words:
        best = max((one.fit(beginning) * weight for beginning, weight in word.beginnings), default=0.0)
        mass += word.rarity if best else 0.0
        score += word.rarity * (min(best, TEXT) if one.of.minor else best)
    score += IN_ORDER * _in_order(one, [word.beginnings[0][0] for word in words])
    weight = REPEATS if one.of.printed else FIRST_PAGE if one.of.first else 1
    return mass, score * weight - len(one.title) / 100


def _in_order(one: "Searched", stems: Sequence[str]) -> int:
    """How many words of the question stand in the title behind the word that the question has before them."""
    places = [next((at for at, word in enumerate(one.order) if word.startswith(stem)), -1) for stem in stems]
    return sum(0 <= before < after for before, after in pairwise(places))


def _hit(results: Results, one: Findable, score: float, month: str) -> Hit:
    text = one.text
    if month and one.indicator:
        indicator = next(found for found in results.indicators if found.id == one.indicator)
        text = _reading(indicator, month) or text
    return Hit(one.kind, one.title, text, one.url, score)


def _reading(indicator: IndicatorResult, month: str) -> str:
    """'£49,239 in Nov 2024'."""
    row = next((row for row in indicator.rows if row.period == month), None)
    return f"{row.text} in {row.label}" if row else ""


@dataclass(frozen=True)
class Searched:
    """Something that can be found, with the stems of the words of its title, its further names, its text and its page.

    order   the stems of its title as they stand there
    """

    of: Findable
    title: frozenset[str]
    names: frozenset[str]
    text: frozenset[str]
    inside: frozenset[str]
    order: tuple[str, ...]

    def fit(self, beginning: str) -> float:
        """How much a word weighs that is so or begins so; 0 where there is none."""
        places = ((TITLE, self.title), (OTHER_NAME, self.names), (INSIDE, self.inside), (TEXT, self.text))
        whole = next((weight for weight, words in places if beginning in words), 0)
        if len(beginning) < SHORTEST:
            return whole
        begun = next((weight for weight, words in places if any(word.startswith(beginning) for word in words)), 0)
        return max(whole, begun * BEGINS)

    def has(self, beginning: str) -> bool:
        return self.fit(beginning) > 0


@dataclass(frozen=True)
class KeptEntries:
    """The entries of the results that were asked for last, under the addresses of their council."""

    of: Results
    start: str
    entries: tuple[Searched, ...]
    words: tuple[str, ...]


def entries(results: Results) -> KeptEntries:
    """All that can be found in these results, with the addresses of this council.

    Kept with the results they are of, and taken as one: while two councils are asked about at once, neither finds what
    is the other's.
    """
    start = reverse("overview")
    kept = _last.get("kept")
    if kept is None or kept.of is not results or kept.start != start:
        found = tuple(everything(results))
        words = tuple(sorted(_words(found)))
        kept = _last["kept"] = KeptEntries(results, start, tuple(_entry(one) for one in found), words)
    return kept


_last: dict[str, KeptEntries] = {}


def _entry(one: Findable) -> Searched:
    order = tuple(_stem(token) for token in _tokens(one.title))
    return Searched(one, _parts(one.title), _parts(one.names), _parts(one.text), _parts(one.inside), order)


def _parts(text: str) -> frozenset[str]:
    """The words of a text; of 'top-ups' also 'top' and 'ups'."""
    tokens = _tokens(text)
    parts = [part for token in tokens if "-" in token for part in token.split("-")]
    return frozenset(_stem(token) for token in (*tokens, *parts))


def _words(found: Iterable[Findable]) -> set[str]:
    """Every word of letters alone, as a misspelt one may be meant for it."""
    texts = (text for one in found for text in (one.title, one.names, one.text, one.inside))
    return {word for text in texts for word in _tokens(text) if len(word) > 3 and word.isalpha()}


def grouped(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Kind -> its hits, the kind of the best hit first."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.kind, []).append(hit)
    return found
