"""Binding first: what the reader cannot read, and what it finds wrong, it offers as a bound figure.

for one in suggestions(text, "update.md", evidence):
    print(one.bound, one.shown)          {{ annual_reviews_overdue_count 2025-01 }}  7,765
text = accepted(text, [one])             the figure is bound; it is right for ever
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from highneeds.claims.bound import BOUND, bind
from highneeds.claims.evidence.model import ClaimEvidence, EvidenceSeries
from highneeds.claims.evidence.names import Ideas, Named
from highneeds.claims.judge.agreement import agrees
from highneeds.claims.judge.frame import UNIT, unit_of
from highneeds.claims.judge.shown import label
from highneeds.claims.judge.verdict import Verdict
from highneeds.claims.language.items import Item, items_of
from highneeds.claims.language.lexicon import lexicon
from highneeds.claims.language.number import Counts
from highneeds.claims.language.passages import Sentence, sentences_in
from highneeds.claims.language.when import resolve
from highneeds.claims.reader import Reader
from highneeds.vocabulary.period import Period
from highneeds.vocabulary.table import Table

COLUMNS = ("number", "where", "stated", "bound", "shown", "series", "period", "agrees", "sentence")
NEAR = Decimal("0.5")
"""A typed figure that is half as much again as the series at the month named is not taken for it: it says something
else, and binding it would change the sentence."""


@dataclass(frozen=True)
class BindingSuggestion:
    """A figure as typed, and the bound figure that would stand in its place.

    number   1, 2, 3 in the order of the text: the word by which it is accepted
    stated   the figure as typed; bound: what would be written; shown: what a reader would see
    agrees   whether what would be shown is what was typed
    line, last_line   of the sentence in its text
    """

    number: int
    where: str
    stated: str
    bound: str
    shown: str
    series: str
    period: str
    agrees: bool
    sentence: str
    line: int
    last_line: int


@dataclass(frozen=True)
class Binding:
    """How many figures of a draft are bound, of all that it states."""

    bound: int
    typed: int

    @property
    def words(self) -> str:
        if not self.bound + self.typed:
            return "The draft states no figures."
        return f"{self.bound} of {self.bound + self.typed} figures are bound to the data."

    def __add__(self, other: "Binding") -> "Binding":
        return Binding(self.bound + other.bound, self.typed + other.typed)


def binding_of(text: str) -> Binding:
    """Bound and typed figures of a text, before it is filled in. A typed date is no figure."""
    bound = len(BOUND.findall(text))
    bare = BOUND.sub(" ", text)
    typed = sum(item.number is not None for one in sentences_in(bare, "draft") for item in items_of(one.text)[0])
    return Binding(bound, typed)


def suggestions(
    text: str, where: str, evidence: ClaimEvidence, reader: Reader | None = None, first_line: int = 1
) -> tuple[BindingSuggestion, ...]:
    """A bound figure for each typed one that is not confirmed and whose likeliest series and month can be told."""
    reader = reader or Reader(evidence)
    found: list[BindingSuggestion] = []
    for sentence in sentences_in(BOUND.sub(lambda hit: " " * len(hit[0]), text), where, first_line):
        found += _of_sentence(sentence, reader, len(found))
    return tuple(found)


def offered(sentences: Sequence[Sentence], reader: Reader) -> dict[tuple[str, str], BindingSuggestion]:
    """(sentence, figure as typed) -> the bound figure that is offered in its place."""
    return {(sentence.text, one.stated): one for sentence in sentences for one in _of_sentence(sentence, reader, 0)}


def accepted(text: str, chosen: Iterable[BindingSuggestion], first_line: int = 1) -> str:
    """The text with the chosen figures bound; one whose typed figure is no longer on its lines is left as it is."""
    lines = text.split("\n")
    for one in chosen:
        figure = re.compile(rf"(?<![\w.,]){re.escape(one.stated)}(?![\w]|[.,]\d)")
        for at in range(one.line - first_line, min(one.last_line - first_line + 1, len(lines))):
            bound = [hit.span() for hit in BOUND.finditer(lines[at])]
            hits = figure.finditer(lines[at])
            outside = [hit for hit in hits if not any(start <= hit.start() < end for start, end in bound)]
            if outside:
                hit = outside[0]
                lines[at] = lines[at][: hit.start()] + one.bound + lines[at][hit.end() :]
                break
    return "\n".join(lines)


def suggestions_table(found: Iterable[BindingSuggestion]) -> Table:
    agrees = {True: "yes", False: "no"}
    rows = [(str(one.number), one.where, one.stated, one.bound, one.shown, one.series, one.period, agrees[one.agrees],
             one.sentence) for one in found]  # fmt: skip
    return Table.of(COLUMNS, rows, "Figures that can be bound")


def _of_sentence(sentence: Sentence, reader: Reader, before: int) -> Iterator[BindingSuggestion]:
    judged = {one.span: one for one in reader.judged(sentence.text)}
    items = items_of(sentence.text, reader.names.words)[0]
    ideas = frozenset(idea for item in items if item.tag == "SUBJECT" for idea in item.value.split("+"))
    number = before
    for at, item in enumerate(items):
        judgement = judged.get(item.span)
        if item.number is None or (judgement and judgement.verdict is Verdict.HOLDS):
            continue
        likeliest = _likeliest(items, at, ideas, reader, judgement.series if judgement else ())
        if likeliest is None:
            continue
        series, period = likeliest
        bound = f"{{{{ {series.id} {period} }}}}"
        number += 1
        yield BindingSuggestion(
            number, sentence.where, item.number.text, bound, bind(bound, reader.evidence).text, series.title,
            label(period), bool(agrees(item.number, series.points[period])), sentence.text, sentence.line,
            sentence.last_line,
        )  # fmt: skip


def _likeliest(
    items: Sequence[Item], at: int, ideas: Ideas, reader: Reader, known: tuple[str, ...]
) -> tuple[EvidenceSeries, Period] | None:
    """The series named by most of the sentence's words that has the figure; at the month named, else at any month."""
    number = items[at].number
    assert number is not None
    months = _months(items, at, reader.evidence)
    unit = "" if number.counts in (Counts.TIMES, Counts.POINTS) else UNIT[number.counts]
    best: tuple[tuple[int, int, int, int], EvidenceSeries, Period] | None = None
    for named in reader.names.series:
        series = named.what
        if not isinstance(series, EvidenceSeries) or "+" in series.id or unit_of(series) != unit:
            continue
        shared = _shared(named, ideas) + (9 if known == (series.id,) else 0)
        for period, value in series.points.items() if shared else ():
            same = agrees(number, value) is True
            dated = period in months
            if not (same or (dated and abs(number.value - value) <= abs(value) * NEAR)):
                continue
            newest = int(str(period).replace("-", ""))  # of several months that have the figure the newest is meant
            rank = (int(same and dated), shared, int(same), newest)
            if best is None or rank > best[0]:
                best = rank, series, period
    return best[1:] if best else None


def _shared(named: Named, ideas: Ideas) -> int:
    """How many ideas of its best name are said, where at least half of them are."""
    light = lexicon().light
    counts = [(len((name - light) & ideas), len(name - light)) for name in named.names]
    return max((said for said, whole in counts if said * 2 >= whole), default=0)


def _months(items: Sequence[Item], at: int, evidence: ClaimEvidence) -> set[Period]:
    """The months that the sentence names, those after the figure first; none, and the newest month is meant."""
    times = [item for item in items if item.when and item.when.shape in ("month", "bare", "fy", "now")]
    after = [item for item in times if item.start > items[at].start][:1] or times
    ends = evidence.first, evidence.latest, (evidence.latest,)
    found: set[Period] = {one.year or one.last for item in after if item.when for one in resolve(item.when, *ends)}
    return found or {evidence.latest}
