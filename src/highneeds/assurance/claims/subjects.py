"""Which series, fact or comparison a stretch of words is about."""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from highneeds.assurance.claims.evidence import Evidence, Fact, PlaceFigure, Series
from highneeds.assurance.claims.spans import Span

HERE = files(__package__)

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'\-]*[A-Za-z0-9]|[A-Za-z]")


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def word_list(name: str) -> frozenset[str]:
    """One of the lists of lists.toml."""
    return frozenset(str(_data("lists.toml")[name]).split())


STOP = word_list("stop")


@dataclass(frozen=True)
class Hit:
    """A feature's value found in the text: age = yr_r_6 at (30, 39)."""

    feature: str
    value: str
    span: Span


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    words = {feature: values for feature, values in _data("words.toml").items() if feature not in ("same", "opposite")}
    return tuple(
        (feature, value, re.compile("|".join(f"(?:{item})" for item in items), re.I))
        for feature, values in words.items()
        for value, items in values.items()
    )


def hits_in(text: str) -> tuple[Hit, ...]:
    """Every feature the words carry; within one feature the longer reading of the same words wins."""
    found = [
        Hit(feature, value, _grown(text, hit.span()))
        for feature, value, pattern in _patterns()
        for hit in pattern.finditer(text)
        if hit.end() > hit.start()
    ]
    found = [hit for hit in found if not _only_implied(hit, found)]
    kept = [hit for hit in found if not any(_hides(other, hit) for other in found)]
    return tuple(sorted(kept, key=lambda hit: hit.span))


def _grown(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _only_implied(hit: Hit, found: list[Hit]) -> bool:
    """'requests agreed' stands for the assessment stage, unless the sentence names the issue stage."""
    if hit.feature != "stage" or hit.value != "assess":
        return False
    named = [one for one in found if one.feature == "stage" and one.value == "issue"]
    return bool(named) and hit.span[1] - hit.span[0] <= len("requests")


def _hides(other: Hit, hit: Hit) -> bool:
    if (other.feature, hit.feature) == ("spi", "place"):
        return other.span[0] <= hit.span[0] and hit.span[1] <= other.span[1]
    if other.feature != hit.feature or other.value == hit.value:
        return False
    inside = other.span[0] <= hit.span[0] and hit.span[1] <= other.span[1]
    return inside and other.span[1] - other.span[0] > hit.span[1] - hit.span[0]


@dataclass(frozen=True)
class Naming:
    """How a series is named: one of the values of every feature in `needs`, none of those in `bars`."""

    needs: Mapping[str, tuple[str, ...]]
    bars: Mapping[str, tuple[str, ...]]
    weak: Mapping[str, tuple[str, ...]]
    must: re.Pattern[str] | None
    must_not: re.Pattern[str] | None
    words: frozenset[str] = frozenset()


def _naming(series: Series) -> Naming:
    entry = _data("series.toml").get(series.id)
    if entry is not None:
        return Naming(
            entry["needs"],
            entry.get("bars", {}),
            entry.get("weak", {}),
            re.compile(entry["must"], re.I) if "must" in entry else None,
            re.compile(entry["must_not"], re.I) if "must_not" in entry else None,
        )
    needs: dict[str, tuple[str, ...]] = {}
    for hit in hits_in(series.title):
        needs[hit.feature] = (*needs.get(hit.feature, ()), hit.value)
    covered = " ".join(series.title[hit.span[0] : hit.span[1]] for hit in hits_in(series.title))
    return Naming(needs, {}, {}, None, None, frozenset(terms_of(series.title)) - frozenset(terms_of(covered)))


@cache
def _same() -> dict[str, str]:
    return {word: key for key, words in _data("words.toml")["same"].items() for word in words}


@lru_cache(maxsize=20_000)
def term(word: str) -> str:
    """A word in the form in which it is compared: 'contributing' -> contribution, 'schools' -> school."""
    word = word.lower().removesuffix("'s").strip("'")
    if word in _same():
        return _same()[word]
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return _same().get(word[: -len(ending)], word[: -len(ending)])
    return word


_EARLIEST = re.compile(
    r"\b(?:(?:not|unlikely to|never going to|no longer going to) (?:\w+ ){0,3}(?:before|until)"
    r"|at the earliest|no earlier than|not (?:expected|likely)(?: \w+){0,3} (?:before|until)"
    r"|unlikely (?:\w+ ){0,2}(?:before|until))\b",
    re.I,
)


_AGO = re.compile(r"\b(?:years?|months?) (?:before|earlier|after|later|ago)\b", re.I)


def terms_of(text: str) -> list[str]:
    text = re.sub(r"\bin[- ]year\b", "inyear", text, flags=re.I)
    text = re.sub(r"\b(?:key stage|ks) ?1\b", "ks1", text, flags=re.I)
    text = _AGO.sub(" ", text)
    text = _EARLIEST.sub(lambda hit: hit[0] + " earliest", text)
    found = [hit.group() for hit in _TOKEN.finditer(text) if hit.group().lower() not in STOP]
    return [term(word) for word in found]


UNKNOWN = 2.0
"""What a word weighs against a fact of which no fact knows anything; a rare word that is known weighs about 5."""
FAMILY = {
    "gbp": "gbp", "gbp_per_year": "gbp", "percent": "percent", "percentage_points": "percent", "count": "count",
    "places": "count", "placements": "count", "plans": "count", "years": "years", "months": "months", "weeks": "weeks",
    "count_per_year": "times_a_year", "multiple": "times", "per_1000_aged_2_18": "per_1000", "per_1000": "per_1000",
    "date": "date", "year": "date", "financial_year": "date", "month_day": "date",
}  # fmt: skip


def family_of(unit: str) -> str:
    return FAMILY.get(unit, "percent" if unit.startswith("share_of") else unit)


@dataclass(frozen=True)
class FactMatch:
    """score: how much of the fact's meaning the words carry, 0 to 1.

    strict   the same where words that no recorded figure knows count against it: a sentence of other things
    """

    fact: Fact
    score: float
    strict: float = 1.0


class Subjects:
    """The subjects an evidence offers, made ready once and asked often."""

    def __init__(self, evidence: Evidence, accused: Mapping[str, str] | None = None) -> None:
        self.evidence = evidence
        self.accused = accused or {}
        self.series = [(series, _naming(series)) for series in evidence.series]
        named = self._fact_terms(evidence.facts)
        words_of: dict[str, set[str]] = {}
        for fact, words in named:
            words_of.setdefault(fact.id, set()).update(words)
        self.names = {name: frozenset(words) for name, words in words_of.items()}
        self.ages = {fact.id: frozenset(_ages(fact.meaning)) for fact in evidence.facts}
        counts = Counter(word for _, words in named for word in words)
        self.weights = {word: math.log((len(named) + 1) / count) + 0.2 for word, count in counts.items()}
        self.namings = tuple(
            FactNaming(
                fact,
                words,
                sum(self.weights[word] for word in words) or 1.0,
                family_of(fact.unit),
                _sides(words, self.names[fact.id]),
            )
            for fact, words in named
            if fact.confidence != "low"
        )
        self.by_term: dict[str, list[int]] = {}
        for index, naming in enumerate(self.namings):
            for word in naming.words:
                self.by_term.setdefault(word, []).append(index)
        known = " ".join(
            [*(s.title for s in evidence.series), *(f.meaning for f in evidence.facts), *evidence.own_names]
        )
        self.known_words = frozenset(word.lower() for word in re.findall(r"[A-Za-z]+", known))

    @staticmethod
    def _fact_terms(facts: Iterable[Fact]) -> list[tuple[Fact, frozenset[str]]]:
        """The words of each fact's meaning; 'Same, as a share' and 'Of which ...' lean on the fact before."""
        out: list[tuple[Fact, frozenset[str]]] = []
        base: frozenset[str] = frozenset()
        for fact in facts:
            meaning = re.sub(r"\([^)]*(?:page|register|inferred)[^)]*\)", "", fact.meaning)
            own = frozenset(terms_of(meaning)) - {"same"}
            leans = fact.meaning.lower().startswith(("same", "of which", "of these"))
            words = own | base if leans else own
            words |= frozenset(terms_of(fact.id.replace("_", " "))) & frozenset({"ks1", "nore", "override"})
            base = base if leans else own
            out.append((fact, words))
            out += [(fact, frozenset(terms_of(phrase))) for phrase in fact.also_called]
        return out

    def _same_age(self, fact: Fact, ages: frozenset[str]) -> float:
        """A fact about one age or phase says nothing of another."""
        mine = self.ages[fact.id]
        if mine == ages or mine & ages:
            return 1.0
        return 0.5 if ages and not mine else 0.35 if ages else 0.8

    def words_of(self, fact: Fact) -> frozenset[str]:
        """All the words by which a fact is named."""
        return self.names[fact.id]

    def facts_about(
        self,
        near: list[str],
        far: list[str],
        families: tuple[str, ...],
        ages: frozenset[str] = frozenset(),
        noun: Sequence[str] = (),
    ) -> list[FactMatch]:
        """Facts of the unit families by how well the words name them, best first. `near` words count in full."""
        weight = dict.fromkeys(far, 0.6) | dict.fromkeys(near, 1.0)
        said = sum(self.weights.get(word, 0.0) * part for word, part in weight.items()) or 1.0
        strange = UNKNOWN * len({word for word in near if word not in self.weights and word.isalpha()})
        sides = {pair: set(near) & words for pair, words in _opposites().items() if not words.isdisjoint(near)}
        sides |= {pair: set(noun) & words for pair, words in _opposites().items() if not words.isdisjoint(noun)}
        reached = {index for word in weight for index in self.by_term.get(word, ())}
        best: dict[str, FactMatch] = {}
        for index in sorted(reached):
            naming = self.namings[index]
            if naming.family not in families:
                continue
            score = naming.score(weight, self.weights, said) * self._same_age(naming.fact, ages)
            score *= 0.4 if naming.is_opposed(sides) else 1.0
            if naming.fact.id not in best or score > best[naming.fact.id].score:
                best[naming.fact.id] = FactMatch(naming.fact, score, score * said / (said + strange))
        return sorted(best.values(), key=lambda match: (-match.score, match.fact.later, match.fact.id))


@dataclass(frozen=True)
class FactNaming:
    """One way in which a fact is named.

    weight  of all its words together
    sides   of each pair of opposites, the one that the fact is about
    """

    fact: Fact
    words: frozenset[str]
    weight: float
    family: str
    sides: Mapping[str, str]

    def score(self, said: Mapping[str, float], weights: Mapping[str, float], whole: float) -> float:
        """How much of the naming is said, and how much of what is said belongs to it."""
        shared = sum(weights[word] * said[word] for word in self.words if word in said)
        return 0.65 * shared / self.weight + 0.35 * shared / whole

    def is_opposed(self, said: Mapping[str, set[str]]) -> bool:
        """Does the text speak of the other one of a pair: of the council, where the fact is about the government?"""
        return any(pair in said and side not in said[pair] for pair, side in self.sides.items())


@cache
def _opposites() -> dict[str, frozenset[str]]:
    return {name: frozenset(pair) for name, pair in _data("words.toml")["opposite"].items()}


def _sides(words: frozenset[str], names: frozenset[str]) -> dict[str, str]:
    found = {}
    for name, pair in _opposites().items():
        mine = words & pair or names & pair
        if len(mine) == 1:
            found[name] = next(iter(mine))
    return found


def _ages(text: str) -> set[str]:
    return {hit.value for hit in hits_in(text) if hit.feature == "age"}


@dataclass(frozen=True)
class Frame:
    """The features around one place of a sentence: feature -> (value, distance in segments), nearest first."""

    values: Mapping[str, tuple[tuple[str, int], ...]]
    text: str
    words: frozenset[str]

    def nearest(self, feature: str) -> tuple[str, ...]:
        found = self.values.get(feature, ())
        if not found:
            return ()
        closest = min(distance for _, distance in found)
        return tuple(value for value, distance in found if distance == closest)

    def all(self, feature: str) -> tuple[str, ...]:
        return tuple(value for value, _ in self.values.get(feature, ()))


def names(naming: Naming, frame: Frame, needs: Mapping[str, tuple[str, ...]]) -> bool:
    """Does the frame carry every needed feature and no barred one?"""
    if not needs or not needs.keys() <= frame.values.keys():
        return False
    for feature, values in needs.items():
        present = frame.all(feature) if feature == "topic" else frame.nearest(feature)
        if not set(present) & set(values):
            return False
    for feature, values in naming.bars.items():
        if set(frame.nearest(feature)) & set(values):
            return False
    if naming.must and not naming.must.search(frame.text):
        return False
    if naming.must_not and naming.must_not.search(frame.text):
        return False
    if naming.words:
        return len(naming.words & frame.words) >= 0.6 * len(naming.words)
    return True


def place_figures(evidence: Evidence, words: list[str]) -> list[tuple[float, str, tuple[PlaceFigure, ...]]]:
    """The comparisons between places that the words may be about, best first."""
    said = frozenset(words)
    measures: dict[str, list[PlaceFigure]] = {}
    for figure in evidence.places:
        measures.setdefault(figure.measure, []).append(figure)
    named = {measure: frozenset(terms_of(measure)) - {"service", "total", "pupil"} for measure in measures}
    shared = Counter(word for own in named.values() for word in own)
    found = []
    for measure, own in named.items():
        common = own & said
        if common:
            rarity = sum(1 / shared[word] for word in common)
            found.append((rarity * (0.5 + 0.5 * len(common) / len(own)), measure, tuple(measures[measure])))
    return sorted(found, key=lambda item: (-item[0], item[1]))
