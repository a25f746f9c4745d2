"""The reader: texts in, judged claims out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from highneeds.assurance.claims.evidence import Evidence, Fact
from highneeds.assurance.claims.judged import JudgedClaim, Verdict
from highneeds.assurance.claims.kinds import kinds
from highneeds.assurance.claims.numbers import Number
from highneeds.assurance.claims.passages import Sentence, sentences_in
from highneeds.assurance.claims.reading import Home, Reading, plain
from highneeds.assurance.claims.spans import Span, overlaps
from highneeds.assurance.claims.subjects import Subjects
from highneeds.assurance.claims.weigh import Judgement
from highneeds.assurance.contradictions import contradictions
from highneeds.vocabulary.table import Table

COLUMNS = ("claim", "where", "series", "stated", "computed", "verdict", "why")
KNOWN_FROM = 5


@dataclass(frozen=True)
class _Found:
    """A judgement on its way out, with what the second pass needs."""

    claim: JudgedClaim
    judgement: Judgement
    sentence: str


class Reader:
    """Reads texts against one evidence. Making it ready costs once; reading a page costs milliseconds."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        accused = {name: one.why for one in contradictions(evidence) for name in one.facts}
        self.subjects = Subjects(evidence, accused)

    def claims_in(self, text: str, where: str = "text", first_line: int = 1) -> tuple[JudgedClaim, ...]:
        return self.claims_of({where: text}, first_line)

    def claims_of(self, texts: Mapping[str, str], first_line: int = 1) -> tuple[JudgedClaim, ...]:
        """The claims of several texts, each also held against what the others say."""
        found: list[_Found] = []
        for where, text in texts.items():
            sentences = sentences_in(text, where, first_line)
            found += self._of_sentences(sentences, self._home(text, sentences))
        return tuple(one.claim for one in _said_elsewhere(found))

    def claims_of_sentences(self, sentences: Sequence[Sentence]) -> tuple[JudgedClaim, ...]:
        return tuple(one.claim for one in _said_elsewhere(self._of_sentences(sentences, None)))

    def _home(self, text: str, sentences: Sequence[Sentence]) -> Home | None:
        """Which document of the evidence this text is: the one whose figures stand, as printed, on their own lines."""
        lines = text.split("\n")
        seen: dict[str, list[bool]] = defaultdict(list)
        for fact in self.evidence.recorded:
            line = fact.source.line
            if line is not None and fact.printed:
                seen[fact.source.document].append(line <= len(lines) and fact.printed in lines[line - 1])
        known = [
            (sum(hits), name) for name, hits in seen.items() if len(hits) >= KNOWN_FROM and sum(hits) * 2 > len(hits)
        ]
        if not known:
            return None
        by_line: dict[int, list[str]] = defaultdict(list)
        for sentence in sentences:
            for line in range(sentence.line, sentence.last_line + 1):
                by_line[line].append(plain(sentence.text))
        return Home(max(known)[1], {line: tuple(texts) for line, texts in by_line.items()})

    def _of_sentences(self, sentences: Sequence[Sentence], home: Home | None) -> list[_Found]:
        found: list[_Found] = []
        before: Reading | None = None
        for sentence in sentences:
            context = before if before is not None and sentence.before == before.sentence.text else None
            reading = Reading(sentence, self.subjects, context, home)
            if reading.interesting:
                found += _judge(reading)
            before = reading
        return found


def _judge(reading: Reading) -> list[_Found]:
    """Each kind in turn; what one accounts for, the next leaves alone."""
    used: set[Span] = set()
    owned: set[Span] = set()
    judged: list[tuple[str, Judgement]] = []
    for kind in kinds():
        mine: list[Span] = []
        for judgement in kind.read(reading, frozenset(used)):
            if judgement.span in used and kind.name in ("level", "date"):
                continue
            if any(overlaps(judgement.span, span) for span in owned):
                continue
            judged.append((kind.name, judgement))
            used |= {judgement.span, *judgement.uses}
            mine += judgement.owns
        owned |= set(mine)
    judged.sort(key=lambda item: item[1].span)
    return [_Found(_claim(reading, name, judgement), judgement, reading.text) for name, judgement in judged]


def _claim(reading: Reading, kind: str, judgement: Judgement) -> JudgedClaim:
    start, end = judgement.span
    sentence = reading.sentence
    return JudgedClaim(
        kind=kind, claim=f"{kind}: {sentence.text}", where=sentence.where, series=judgement.series,
        stated=sentence.text[start:end].strip(), computed=judgement.computed, verdict=judgement.verdict,
        why=judgement.why, sentence=sentence.text, start=start, end=end,
    )  # fmt: skip


def _said_elsewhere(found: list[_Found]) -> list[_Found]:
    """A statement behind which stands only its own line holds when another sentence, elsewhere, says the same."""
    by_fact: dict[str, list[_Found]] = defaultdict(list)
    for one in found:
        if one.judgement.fact and one.claim.verdict is not Verdict.FAILS:
            by_fact[one.judgement.fact].append(one)
    return [
        _backed(one, by_fact[one.judgement.fact]) if one.judgement.copy and one.judgement.fact else one for one in found
    ]


def _backed(one: _Found, others: Iterable[_Found]) -> _Found:
    for other in others:
        elsewhere = other.claim.where != one.claim.where and other.sentence != one.sentence
        if elsewhere and _same_figure(one.claim.stated.lower(), other.claim.stated.lower()):
            why = f"The same is said at {other.claim.where}"
            return replace(one, claim=replace(one.claim, verdict=Verdict.HOLDS, why=why))
    return one


def _same_figure(one: str, other: str) -> bool:
    """'January 2025' and '1 January 2025' say the same month."""
    return one == other or one.endswith(" " + other) or other.endswith(" " + one)


def claims_in(text: str, where: str, evidence: Evidence) -> tuple[JudgedClaim, ...]:
    """The claims of one text. For many texts make one `Reader` and keep it."""
    return Reader(evidence).claims_in(text, where)


def claims_table(claims: Iterable[JudgedClaim], widest: int | None = None) -> Table:
    """The claims in the contract's columns. `widest` shortens each cell for a screen; files get everything."""
    rows = [
        tuple(
            _short(cell, widest) for cell in (c.claim, c.where, c.series, c.stated, c.computed, c.verdict.value, c.why)
        )
        for c in claims
    ]
    return Table.of(COLUMNS, rows, "Claims in the narrative")


def _short(text: str, widest: int | None) -> str:
    return text if widest is None or len(text) <= widest else text[: widest - 1].rstrip() + "…"


__all__ = ["COLUMNS", "Fact", "Number", "Reader", "claims_in", "claims_table", "overlaps"]
