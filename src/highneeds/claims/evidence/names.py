"""Which series or fact a set of ideas names. A name is a phrase of the catalogue, of a definition or of the council,
taken apart into its ideas by the same lexicon that reads the text; the order of its words does not matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from highneeds.claims.evidence.model import ClaimEvidence, EvidenceFact, EvidenceSeries
from highneeds.claims.language.items import items_of, stem
from highneeds.claims.language.lexicon import lexicon, words_of
from highneeds.indicators.mechanism.registry import indicator_named

Ideas = frozenset[str]


@dataclass(frozen=True)
class Named:
    """A series or a fact with the ideas of each of its names, and all ideas that a clause about it may hold."""

    what: EvidenceSeries | EvidenceFact
    names: tuple[Ideas, ...]
    allowed: Ideas

    def fitting(self, said: Ideas, inherited: Ideas = frozenset()) -> list[Ideas]:
        """Its names of which every idea is said or inherited, where everything said belongs to them."""
        narrow = said & lexicon().narrowing
        return [name for name in self.names if said <= self.allowed and narrow <= name <= said | inherited]


@dataclass(frozen=True)
class SeriesNames:
    evidence: ClaimEvidence

    @cached_property
    def series(self) -> tuple[Named, ...]:
        known = [one for one in self.evidence.series if one.points]
        named = {one.id: _named(one, (one.title, *one.also_called, *_defined(one))) for one in known}
        pairs = {pair.id: pair for pair in self.evidence.together}
        sums = [
            _named_together(whole, named[pairs[whole.id].one], named[pairs[whole.id].other])
            for whole in self.evidence.wholes if {pairs[whole.id].one, pairs[whole.id].other} <= set(named)
        ]  # fmt: skip
        return (*named.values(), *sums)

    @cached_property
    def facts(self) -> tuple[Named, ...]:
        return tuple(_named(one, (one.meaning, *one.also_called)) for one in self.evidence.facts)

    @cached_property
    def words(self) -> Ideas:
        """Stems that no lexicon lists and that name something here."""
        ideas = [idea for one in (*self.series, *self.facts) for name in one.names for idea in name]
        return frozenset(idea.removeprefix("w:") for idea in ideas if idea.startswith("w:"))

    @cached_property
    def own(self) -> Ideas:
        """The council's own name, which limits nothing: 'Kent', 'Kent County Council'."""
        return frozenset(stem(word) for name in self.evidence.own_names for word, _, _ in words_of(name))

    def series_of(self, said: Ideas, inherited: Ideas = frozenset()) -> tuple[EvidenceSeries, ...]:
        """Those named by what is said; of several that need something inherited, those that need least."""
        named = [(one.what, names) for one in self.series if (names := one.fitting(said, inherited))]
        lacking = [(min(len(name - said) for name in names), what) for what, names in named]
        least = min((count for count, _ in lacking), default=0)
        return tuple(what for count, what in lacking if count == least and isinstance(what, EvidenceSeries))


def _defined(series: EvidenceSeries) -> tuple[str, ...]:
    """The names that the definition of an indicator gives it."""
    definition = indicator_named(series.id) if series.kind == "indicator" else None
    return definition.also_called if definition else ()


def _named(what: EvidenceSeries | EvidenceFact, phrases: Iterable[str]) -> Named:
    names = tuple(dict.fromkeys(ideas for phrase in phrases if (ideas := ideas_of(phrase))))
    required = tuple(one for name in names if (one := _required(name)))
    return Named(what, required, frozenset().union(*names, lexicon().light))


def _named_together(what: EvidenceSeries, one: Named, other: Named) -> Named:
    """Agreed and declined together are named by what both names share, with 'decided' or with both words."""
    names: list[Ideas] = []
    for name in one.names:
        for partner in other.names:
            if len(name - partner) == len(partner - name) == 1 and name & partner:
                names += [(name & partner) | {"decide"}, name | partner]
    return Named(what, tuple(dict.fromkeys(names)), (one.allowed & other.allowed) | {"agree", "decline", "decide"})


def ideas_of(phrase: str) -> Ideas:
    """The ideas of a name; "without a plan" has the idea "not". Its unlisted words are ideas too.

    A name with a figure in it cannot be taken apart, and has none.
    """
    items = items_of(phrase)[0]
    if any(item.tag == "NUM" for item in items):
        return frozenset()
    listed = {idea for item in items if item.tag == "SUBJECT" for idea in item.value.split("+")}
    if any(item.tag == "NOT" for item in items):
        listed.add("not")
    return frozenset(listed | {f"w:{item.value}" for item in items if item.tag == "WORD" and len(item.value) > 2})


def _required(name: Ideas) -> Ideas:
    """What must be said. A name of one idea keeps "plan": plans in the early years are not children in them."""
    heavy = name - lexicon().light
    return heavy | ({"plan"} & name if len(heavy) < 2 else frozenset())
