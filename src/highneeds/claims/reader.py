"""The reader: texts in, judged claims out. It speaks only of what it has wholly read, and says what it has not.

A sentence is read in every way its words allow (an ambiguous word, a month without a year, a name of two series). A
verdict is given only where every complete reading gives the same; a word that no reading accounts for is named.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from highneeds.claims.clause import SAYS, Clause, clauses_of
from highneeds.claims.contradictions import contradictions
from highneeds.claims.evidence.model import ClaimEvidence, EvidenceFact, EvidenceSeries
from highneeds.claims.evidence.names import SeriesNames
from highneeds.claims.judge.frame import SINCE_THEN, Frame, unit_of
from highneeds.claims.judge.verdict import JudgedClaim, Judgement, NotRead, Verdict
from highneeds.claims.kinds import Facet, kinds
from highneeds.claims.language.figures import figure_said
from highneeds.claims.language.items import Item, items_of
from highneeds.claims.language.passages import Sentence, sentences_in
from highneeds.claims.language.when import Stretch, resolve
from highneeds.claims.recorded import facts_of, home_of, judged_by_elimination, judged_by_name, judged_by_place
from highneeds.claims.sums import points_called_percent, wrong_shares
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.table import Table

COLUMNS = ("claim", "where", "series", "stated", "computed", "verdict", "why")
MOST_READINGS = 48
"""Readings tried of one sentence. Kent's texts need at most 24; a sentence with more is too loose to judge."""


@dataclass(frozen=True)
class SentenceReading:
    """One way of reading a sentence: what each kind says, or why it could not be read and which words were left."""

    judgements: tuple[Judgement, ...] = ()
    why: str = ""
    left: tuple[Item, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.why


class Reader:
    """Reads texts against one evidence. Making it ready costs once; reading a page costs milliseconds."""

    def __init__(self, evidence: ClaimEvidence) -> None:
        self.evidence = evidence
        self.names = SeriesNames(evidence)
        self.accused = {name: one.why for one in contradictions(evidence) for name in one.facts}

    def claims_in(self, text: str, where: str = "text", first_line: int = 1) -> tuple[JudgedClaim, ...]:
        return self.claims_of({where: text}, first_line)

    def claims_of(self, texts: Mapping[str, str], first_line: int = 1) -> tuple[JudgedClaim, ...]:
        read = [(sentences_in(text, where, first_line), home_of(text, self.evidence)) for where, text in texts.items()]
        return tuple(claim for sentences, home in read for claim in self.claims_of_sentences(sentences, home))

    def claims_of_sentences(self, sentences: Sequence[Sentence], home: str = "") -> tuple[JudgedClaim, ...]:
        return tuple(claim for sentence in sentences for claim in self._of_sentence(sentence, home))

    def _of_sentence(self, sentence: Sentence, home: str) -> Iterator[JudgedClaim]:
        own = facts_of(sentence, home, self.evidence)
        placed = [*judged_by_place(sentence, own, self.evidence, self.accused), *judged_by_elimination(sentence, own)]
        for judgement in _with_place(self.judged(sentence.text, own, home), placed):
            start, end = judgement.span
            yield JudgedClaim(
                kind=judgement.kind, claim=f"{judgement.kind or 'figure'}: {sentence.text}", file=sentence.file,
                line=sentence.line,
                series=judgement.series, stated=sentence.text[start:end].strip(), computed=judgement.computed,
                verdict=judgement.verdict, why=judgement.why, sentence=sentence.text, start=start, end=end,
                said=figure_said(sentence.text, start, end),
            )  # fmt: skip

    def judged(self, text: str, own: Sequence[EvidenceFact] = (), document: str = "") -> tuple[Judgement, ...]:
        """What is said of each figure and direction of a sentence, in its order.

        own, document   the facts that were taken from this sentence, and the document that the text is: no witnesses
        """
        ways = items_of(text, self.names.words)
        if not any(item.tag in SAYS for item in ways[0]):
            return ()
        readings = [reading for items in ways for reading in self._readings(items, own, document)]
        complete = [reading for reading in readings if reading.complete]
        if not complete:
            return tuple(points_called_percent(ways[0])) or tuple(_unread(ways[0], readings))
        why = self._time_left_open(ways[0], every_reading=len(complete) == len(readings))
        return tuple(_open(one, why) if why and one.verdict is Verdict.FAILS else one for one in _agreed(complete))

    def _time_left_open(self, items: Sequence[Item], every_reading: bool) -> str:
        """Why nothing is accused: 'fell in three months', and no month beside it; 'the month before ..., two months
        before': before which? Or, unless every reading is complete, a month without its year that may be of two."""
        said = [item.when for item in items if item.when]
        shapes = {one.shape for one in said}
        undated = "month" not in shapes and any(one.number and one.shape == "span" for one in said)
        if undated or len({one.text for one in said if one.shape == "back"}) > 1:
            return "It is not said from when"
        ends = self.evidence.first, self.evidence.latest, ()
        twice = any(one.shape == "bare" and len([*resolve(one, *ends)]) > 1 for one in said)
        return "It is not said of which year" if twice and not every_reading else ""

    # -- readings ------------------------------------------------------------------------------------------------

    def _readings(
        self, items: Sequence[Item], own: Sequence[EvidenceFact] = (), document: str = ""
    ) -> Iterator[SentenceReading]:
        if sums := tuple(wrong_shares(items)):
            yield SentenceReading(sums)
            return
        clauses = clauses_of(items, self.names.own)
        left = [item for clause in clauses for item in clause.left]
        if left:
            yield SentenceReading(why=_left_words(left), left=tuple(left))
            return
        follows = len(clauses) > 1 and clauses[1].heavy and not clauses[1].joint and not _comes_after(clauses[0])
        if follows and not clauses[0].heavy:
            clauses[0], clauses[1] = clauses[1], clauses[0]
        away = {item.start for clause in clauses for facet in clause.facets if facet.role in ("start", "base")
                for item in facet.items}  # fmt: skip
        items_of_all = [item for clause in clauses for item in clause.items if item.start not in away]
        whole = [item for item in items_of_all if item.when and item.lead != "since"]
        found = list(itertools.islice(self._following(clauses, 0, None, whole, ()), MOST_READINGS))
        yield from found
        if not any(reading.complete for reading in found):
            yield self._by_facts(clauses, own, document)

    def _by_facts(self, clauses: Sequence[Clause], own: Sequence[EvidenceFact], document: str) -> SentenceReading:
        """Every clause as a figure that is recorded by itself."""
        try:
            judged = [one for each in clauses for one in judged_by_name(each, self.names, own, self.accused, document)]
        except NotRead as refused:
            return SentenceReading(why=refused.why)
        return SentenceReading(tuple(judged))

    def _following(
        self, clauses: list[Clause], at: int, before: Frame | None, times: list[Item], so_far: tuple[Judgement, ...]
    ) -> Iterator[SentenceReading]:
        if at == len(clauses):
            yield SentenceReading(so_far)
            return
        clause = clauses[at]
        pivoted = at + 1 < len(clauses) and clauses[at + 1].joint is not None
        try:
            coming = _coming(clauses, at)
            pivot_of = clauses[at - 1] if clause.joint else None
            frames = list(self._frames(clause, before, times, pivoted, pivot_of, coming))
        except NotRead as refused:
            yield SentenceReading(why=refused.why)
            return
        for frame, judgements, why in _judged_frames(frames):
            if why:
                yield SentenceReading(why=why)
            else:
                yield from self._following(clauses, at + 1, frame, times, so_far + judgements)

    def _frames(
        self, clause: Clause, before: Frame | None, times: list[Item], pivoted: bool, pivot_of: Clause | None,
        coming: frozenset[str],
    ) -> Iterator[Frame]:  # fmt: skip
        groups = self._subjects(clause, before, coming)
        facets = [one for one in clause.facets if not (pivoted and _compares(one))]
        compared = [one for one in pivot_of.facets if _compares(one)] if pivot_of else []
        for by_unit in groups:
            for meaning in self._meanings(clause, before, times):
                own = tuple(meaning[item.start] for item in clause.times if item.start in meaning)
                lead = next(filter(None, (item.lead for item in clause.times)), "")
                inherits = (before and before.end is None) or any(facet.kind.name in STRETCHED for facet in facets)
                if not own and before and inherits and not any(facet.time for facet in facets):
                    own, lead = before.own, before.lead
                said_at, firm = self._said_at(before, times, meaning)
                taken_over = before.ideas if before and not clause.heavy else frozenset()
                frame = Frame(
                    self.names, clause.ideas | taken_over, by_unit, meaning, own, facets, before, said_at,
                    joint=clause.joint.tag if clause.joint else "", compared=compared, pivoted=pivoted, lead=lead,
                    own_subject=bool(clause.heavy), heard=before.heard | before.ideas if before else frozenset(),
                    firm=firm,
                )  # fmt: skip
                if lead == "past":
                    frame.back = OPEN_START
                yield from (frame.afresh(back=1), frame.afresh(back=12)) if _needs_a_start(frame) else (frame,)
                if before and before.end and not frame.own and lead != "past":
                    yield frame.afresh(back=SINCE_THEN)

    def _subjects(
        self, clause: Clause, before: Frame | None, coming: frozenset[str]
    ) -> list[dict[str, EvidenceSeries]]:
        if not clause.heavy and before:
            if before.joint:
                raise NotRead("It is not said of which of the two this is")
            return [before.by_unit]
        ideas = _turned(clause.ideas, before)
        found = self.names.series_of(ideas)
        if not found and before is None and coming:
            found = self.names.series_of(ideas, coming)
        if not found and before:
            found = self.names.series_of(ideas, before.ideas | before.heard)
        if not found:
            raise NotRead("No series or fact of this workspace is named by it")
        groups: dict[str, list[EvidenceSeries]] = {}
        for series in found:
            groups.setdefault(unit_of(series), []).append(series)
        return [dict(zip(groups, chosen, strict=True)) for chosen in itertools.product(*groups.values())]

    def _meanings(self, clause: Clause, before: Frame | None, times: list[Item]) -> Iterator[dict[int, Stretch]]:
        """What each time of the clause can mean, together."""
        said = [*clause.times, *(facet.time for facet in clause.facets if facet.time)]
        said += [item for facet in clause.facets for item in facet.items if item.tag == "TIME" and item not in said]
        first, latest = self.evidence.first, self.evidence.latest
        fixed = [item for item in said if item.when and item.when.shape in ("month", "bare", "fy", "now", "list")]
        open_ = [item for item in said if item not in fixed]
        choices = [list(resolve(item.when, first, latest, ())) for item in fixed if item.when]
        for chosen in itertools.product(*choices):
            meaning = {item.start: one for item, one in zip(fixed, chosen, strict=True)}
            anchors = self._anchors(clause, meaning, before)
            rest = [list(resolve(item.when, first, latest, anchors)) for item in open_ if item.when]
            for others in itertools.product(*rest):
                yield meaning | {item.start: one for item, one in zip(open_, others, strict=True)}

    def _anchors(self, clause: Clause, meaning: dict[int, Stretch], before: Frame | None) -> tuple[Month, ...]:
        own = [meaning[item.start].last for item in clause.times if item.start in meaning]
        dated = [facet.time for facet in clause.facets if facet.role in ("end", "value", "only", "high")]
        begun = [item.when.first for item in clause.items if item.when and item.when.first]
        firsts = {item.start for item in clause.items if any(item.when is one for one in begun)}
        ends = [meaning[time.start].last for time in dated if time and time.start in meaning.keys() - firsts]
        if own or ends:
            return ((ends or own)[-1],)
        if before and (before.end or before.said_at):
            when = before.end or before.said_at
            assert when is not None
            return (when.last,)
        named = [one.last for start, one in meaning.items() if start not in firsts]
        return (named[-1] if named else self.evidence.latest,)

    def _said_at(
        self, before: Frame | None, times: list[Item], meaning: dict[int, Stretch]
    ) -> tuple[Stretch | None, bool]:
        """The time of a clause that names none: that of the clause before, else the only one of the sentence."""
        if before and (before.end or before.said_at):
            return before.end or before.said_at, before.firm
        months = {meaning[item.start] for item in times if item.start in meaning and meaning[item.start].is_month}
        if not months:
            named = [item.when.month for item in times if item.when and item.when.shape == "month" and item.when.month]
            months = {Stretch(one, one) for one in named}
        if len(months) == 1:
            return months.pop(), True
        if times:
            return None, True
        return Stretch(self.evidence.latest, self.evidence.latest), False


def _coming(clauses: list[Clause], at: int) -> frozenset[str]:
    """What the next clause says that this one leaves out: 'more were agreed than declined at issue stage'."""
    after = clauses[at + 1] if at + 1 < len(clauses) else None
    shared = after and (after.joint or after.items[0].tag == "AND" or _comes_after(clauses[at]))
    return after.ideas if after and shared else frozenset()


def _comes_after(clause: Clause) -> bool:
    """'Having peaked in August, ...': what follows is later."""
    return clause.items[0].tag == "AFTER"


def _judged_frames(frames: list[Frame]) -> list[tuple[Frame, tuple[Judgement, ...], str]]:
    """The checks of each reading. 'Fell in January' leaves open from when: it holds if it fell on month or year."""
    readings: list[tuple[Frame, tuple[Judgement, ...], str]] = []
    for frame in frames:
        try:
            readings.append((*_of_one_unit(frame), ""))
        except NotRead as refused:
            readings.append((frame, (), refused.why))
    sure = [one for one in readings if not one[0].back and one[1] and all(j.verdict is Verdict.HOLDS for j in one[1])]
    readings = [one for one in readings if one[0].back != SINCE_THEN or (one[1] and not sure)]
    holding = [one for one in readings if one[0].back and one[1] and all(j.verdict is Verdict.HOLDS for j in one[1])]
    return [one for one in readings if one in holding[:1] or not one[0].back or not holding] if holding else readings


def _turned(ideas: frozenset[str], before: Frame | None) -> frozenset[str]:
    """'172 moved the other way': the opposite of the way of the clause before."""
    if "other_way" not in ideas or before is None:
        return ideas
    ways = {"to_special": "to_mainstream", "to_mainstream": "to_special"}
    return (ideas - {"other_way"}) | {ways[idea] for idea in before.ideas if idea in ways} | {"move"}


STRETCHED = ("months", "steady")
"""Kinds that speak of a stretch, and take over that of the clause before."""


def _of_one_unit(frame: Frame) -> tuple[Frame, tuple[Judgement, ...]]:
    """The checks of a reading; of a count and a share that cannot both be meant, of the one that can."""
    try:
        return frame, tuple(_checked(frame))
    except NotRead as refused:
        if len(frame.by_unit) < 2:
            raise
        found = []
        for unit, series in frame.by_unit.items():
            one = frame.afresh(by_unit={unit: series})
            try:
                found.append((one, tuple(_checked(one))))
            except NotRead:
                continue
        if len(found) != 1:
            raise refused from None
        return found[0]


OPEN_START = -1
"""Of "the last three months" two beginnings are meant; one that holds is enough, as with no first date at all."""


def _compares(facet: Facet) -> bool:
    """Does the facet say how two subjects stand to each other, where the clause has a pivot?"""
    marked = any(item.tag in ("MORE", "FEWER") for item in facet.items)
    return facet.role in ("times", "gap") or (facet.role in ("direction", "by") and marked)


def _needs_a_start(frame: Frame) -> bool:
    """'fell in January 2025': from the month before, or from a year before; both are tried."""
    roles = {facet.role for facet in frame.facets}
    if not roles & {"direction", "by", "times", "crossed"} or roles & {"start", "base", "count", "run", "every"}:
        return False
    if frame.stretch and frame.stretch.year is None:
        return False
    own = (frame.moments or (None,))[-1]
    ended = frame.before.end if frame.before else None
    # 'by 14 in May and by 16 in April': each counts from its own beginning
    return ended is None or ended == own or (own is not None and own.last < ended.last)


def _checked(frame: Frame) -> Iterator[Judgement]:
    """Each kind on what it read, those that take others' facets as conditions first; all of it must be used."""
    if not frame.facets and not frame.joint and not frame.pivoted:
        raise NotRead("Nothing in it can be checked")
    for kind in kinds():
        mine = [facet for facet in frame.facets if facet.kind is kind and facet.items[0].start not in frame.used]
        if mine or (frame.joint and kind.name == "comparison"):
            for judgement in kind.check(mine, frame):
                undated = not frame.firm and not frame.own and kind.name not in STRETCHED
                loose = undated and " to " not in judgement.computed
                dated = any(facet.span == judgement.span and facet.time for facet in frame.facets)
                if loose and judgement.verdict is Verdict.FAILS and not dated:
                    raise NotRead("It is not said when, and the latest month gives something else")
                yield replace(judgement, kind=kind.name)
    over = [facet for facet in frame.facets if facet.role in MODIFIERS and facet.items[0].start not in frame.used]
    over = [] if frame.pivoted else over
    if over:
        raise NotRead(_left_words([item for facet in over for item in facet.items]))


MODIFIERS = ("total", "average", "rate", "every", "remain", "except", "not", "relative", "of_change")
"""Roles that change what another part means: one that no check used has not been read."""


def _left_words(left: Sequence[Item]) -> str:
    words = ", ".join(dict.fromkeys(f'"{item.text}"' for item in left))
    return f"Not read: {words}"


def _unread(items: Sequence[Item], readings: list[SentenceReading]) -> Iterator[Judgement]:
    """What could not be judged: each figure of the sentence, with the reason of the reading that came furthest."""
    best = min(readings, key=lambda one: len(one.left), default=SentenceReading(why="Not read"))
    for item in items:
        if item.number:
            yield Judgement(item.span, Verdict.CANNOT_CHECK, best.why)


def _agreed(readings: list[SentenceReading]) -> Iterator[Judgement]:
    """One judgement for each place: the one all complete readings share."""
    worst = [_by_place(reading) for reading in readings]
    found: list[Judgement] = []
    for place in sorted({place for one in worst for place in one}):
        here = [one[place] for one in worst if place in one]
        if len(here) < len(worst) or len({one.verdict for one in here}) > 1:
            found.append(Judgement(place, Verdict.CANNOT_CHECK, "It can be read in more than one way", here[0].series))
        else:
            found.append(here[0])
    unsure = any(one.verdict is Verdict.CANNOT_CHECK for one in found)
    for one in found:  # where a part is open nothing is confirmed; what is wrong by every reading is wrong
        yield _open(one, "Another part of the sentence is open") if unsure and one.verdict is Verdict.HOLDS else one


def _open(judgement: Judgement, why: str) -> Judgement:
    return replace(judgement, verdict=Verdict.CANNOT_CHECK, why=why)


def _with_place(read: Sequence[Judgement], placed: Sequence[Judgement]) -> list[Judgement]:
    """What was read, and what is known of figures by the line they stand on; a verdict goes before none."""
    out = list(read)
    for one in placed:
        same = [other for other in out if other.span[0] < one.span[1] and one.span[0] < other.span[1]]
        if any(other.verdict is not Verdict.CANNOT_CHECK for other in same) and one.verdict is not Verdict.FAILS:
            continue
        out = [other for other in out if other not in same] + [one]
    return sorted(out, key=lambda one: one.span)


def _by_place(reading: SentenceReading) -> dict[tuple[int, int], Judgement]:
    """The judgement of each place; of a figure and the one in brackets behind it the one that fails."""
    found: dict[tuple[int, int], Judgement] = {}
    for one in reading.judgements:
        known = found.setdefault(one.span, one)
        found[one.span] = min(known, one, key=lambda each: WORSE.index(each.verdict))
    return found


WORSE = (Verdict.FAILS, Verdict.CANNOT_CHECK, Verdict.HOLDS)


def claims_table(claims: Iterable[JudgedClaim], widest: int | None = None) -> Table:
    """The claims in the contract's columns. `widest` shortens each cell for a screen; files get everything."""
    rows = [(c.claim, c.where, " ".join(c.series), c.stated, c.computed, c.verdict.value, c.why) for c in claims]
    short = [tuple(_short(cell, widest) for cell in row) for row in rows]
    return Table.of(COLUMNS, short, "Claims in the narrative")


def _short(text: str, widest: int | None) -> str:
    return text if widest is None or len(text) <= widest else text[: widest - 1].rstrip() + "…"
