"""From a sentence to its items: numbers, times, subjects and marks in their order. Nothing is dropped in silence:
what is no item is a WORD, and a clause that holds one is not wholly read."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from highneeds.claims.language.lexicon import Sense, lexicon, words_of
from highneeds.claims.language.number import Counts, Number, number_at
from highneeds.claims.language.tables import values
from highneeds.claims.language.when import When, when_at

STOPS = dict(zip(",:-;().!?", ("COMMA",) * 3 + ("STOP", "OPEN", "CLOSE") + ("END",) * 3, strict=True))
QUOTES = "\"'`*_[]"
MOST_READINGS = 16
"""Of a sentence with more ambiguous words only the first readings are tried; no founding text has so many."""


@dataclass(frozen=True)
class Item:
    """tag    NUM, TIME, SUBJECT, WORD, a stop (COMMA, STOP, OPEN, CLOSE) or the name of a mark
    value  the idea of a SUBJECT, the stem of a WORD; number, when: what a NUM or a TIME says
    """

    tag: str
    value: str
    start: int
    end: int
    text: str
    number: Number | None = None
    when: When | None = None

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def said(self) -> Number:
        """The figure of an item that has one."""
        assert self.number is not None
        return self.number

    @property
    def lead(self) -> str:
        """The word before a stretch of time: since, throughout ...; '' where there is none."""
        return self.when.lead if self.when else ""


NOTHING = Item("GLUE", "", 0, 0, "")
"""What stands behind the last item, and in place of one that another has taken in."""


def stem(word: str) -> str:
    """A word without its commonest endings: 'internships' -> 'internship', 'supported' -> 'support'."""
    word = word.removesuffix("'s")
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) > 3 and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word


@lru_cache(maxsize=2000)
def items_of(text: str, known_words: frozenset[str] = frozenset()) -> tuple[tuple[Item, ...], ...]:
    """The sentence as items, once for each way of taking its ambiguous words.

    known_words   stems that name a series or a fact of this council; a WORD of these is a SUBJECT
    """
    raw = tuple(_in_parallel(tuple(_scan(text, known_words))))
    readings: list[tuple[Item, ...]] = []
    for chosen in itertools.islice(itertools.product(*raw), MOST_READINGS):
        kept = list(_merged([one for one in chosen if one.tag != "GLUE"]))
        merged = tuple(_for_every(list(_ranges(_dated_in_brackets(_owned(_excepting(_lists(kept))))))))
        if merged not in readings:
            readings.append(merged)
    return tuple(readings)


def _in_parallel(raw: Sequence[list[Item]]) -> Iterator[list[Item]]:
    """In 'agreed and declined' the second is a decision as the first is, and no movement."""
    for at, choices in enumerate(raw):
        before = [one[0] for one in raw[max(at - 2, 0) : at]]
        paired = [one.tag for one in before] == ["SUBJECT", "AND"] and before[0].value in ("agree", "decline")
        yield [one for one in choices if one.tag == "SUBJECT" or not paired] or choices


def _scan(text: str, known_words: frozenset[str]) -> Iterator[list[Item]]:
    words = words_of(text)
    lower = [word for word, _, _ in words]
    at = 0
    while at < len(words):
        start = words[at][1]
        senses, count = lexicon().longest(lower, at)
        end = words[at + count - 1][2] if count else start
        said = when_at(text, start)
        number = number_at(text, start)
        if said and said[1] >= end and (not number or said[1] >= number[1]):
            end, found = said[1], list(_time(said[0], start, said[1], text))
        elif number and number[1] > end:
            signed = number[0].text.startswith(("+", "-"))
            tag = "TIMES" if number[0].counts is Counts.TIMES else "SIGNED" if signed else "NUM"
            end, found = number[1], [Item(tag, "", start, number[1], text[start : number[1]], number=number[0])]
        elif senses:
            found = [_item(sense, text, start, end) for sense in senses]
        else:
            end = words[at][2]
            found = list(_unlisted(text, lower[at], start, end, known_words))
        if found:
            yield found
        while at < len(words) and words[at][1] < end:
            at += 1


def _time(when: When, start: int, end: int, text: str) -> Iterator[Item]:
    """A time, with its "'s"; 'in nine months' may also say in how many months it was so."""
    owns = 2 if text[end : end + 2].lower() == "'s" else 0
    yield Item("TIME", "", start, end + owns, text[start : end + owns], when=when)
    said = text[start:end].lower()
    if when.number and said.startswith(("in ", "for ")) and (counted := number_at(text, text.index(" ", start) + 1)):
        yield Item("IN_MONTHS", "", start, end, text[start:end], number=counted[0])


def _item(sense: Sense, text: str, start: int, end: int) -> Item:
    return Item(sense.tag, sense.value, start, end, text[start:end])


def _unlisted(text: str, word: str, start: int, end: int, known_words: frozenset[str]) -> Iterator[Item]:
    key = stem(word)
    if word in STOPS:
        parts = word != "-" or (text[start - 1 : start].isspace() and text[end : end + 1].isspace())
        if parts and STOPS[word] != "END":
            yield Item(STOPS[word], word, start, end, word)
    elif key in known_words:
        yield Item("SUBJECT", f"w:{key}", start, end, text[start:end])
    elif word not in QUOTES:
        yield Item("WORD", key, start, end, text[start:end])


def _merged(items: list[Item]) -> Iterator[Item]:
    """Hedges join their number, and a number in brackets or after 'or' the number that it repeats in another unit."""
    at = 0
    while at < len(items):
        one = items[at]
        if one.tag == "HEDGE":
            apart = at > 0 and items[at - 1].number and one.text.lower().endswith("than")  # '500 more than 7,219'
            at += 1
            after = items[at] if at < len(items) else None
            if after and after.number and not apart:
                hedged = after.number.hedged(one.value, after.text)
                after = replace(after, start=one.start, text=f"{one.text} {after.text}", number=hedged)
                items = [*items[:at], after, *items[at + 1 :]]
            else:
                yield from _without_number(one)
            continue
        behind = items[at + 1].tag if one.number and at + 1 < len(items) else ""
        if one.number and behind in BEHIND and not any(after.number for after in items[at + 2 : at + 3]):
            yield replace(one, number=one.number.hedged(BEHIND[behind], one.number.text), end=items[at + 1].end)
            at += 2
            continue
        if one.number and not one.number.also:
            one, between, at = _with_companion(items, at)
            yield one
            yield from between
            continue
        yield one
        at += 1


BEHIND = {"OR_BELOW": "up to", "OR_ABOVE": "at least"}
"""'six or fewer', '100 or more': a limit that is said behind its number."""


def _for_every(items: list[Item]) -> list[Item]:
    """'two declined for every one agreed' is 'two times as many declined as agreed'."""
    at = next((at for at, item in enumerate(items) if item.tag == "FOR_EVERY"), None)
    before = [item for item in items[:at] if item.tag == "NUM"] if at is not None else []
    if at is None or len(before) != 1 or before[0].number is None or before[0].number.counts is not Counts.COUNT:
        return items
    each = items[at + 1].number if at + 1 < len(items) else None
    size, after = (each.value, items[at + 2 :]) if each else (Decimal(1), items[at + 1 :])
    if not size:
        return items
    said = before[0].number
    ratio = replace(said, value=said.value / size, counts=Counts.TIMES, step=said.step / size, loose=said.loose / size)
    head = [replace(item, tag="TIMES", number=ratio) if item is before[0] else item for item in items[:at]]
    return [*head, replace(items[at], tag="THAN"), *after]


def _without_number(hedge: Item) -> Iterator[Item]:
    """'more than' before no figure compares: 'more than in December'."""
    words = hedge.text.lower().split()
    tag = COMPARATIVES.get(words[-2] if len(words) > 1 and words[-1] == "than" else words[-1])
    tag = "AS_MANY" if words[-1] == "as" else tag
    if tag:
        yield replace(hedge, tag=tag)
        yield Item("THAN", words[-1], hedge.start, hedge.end, hedge.text)
    elif words != ["some"]:
        yield replace(hedge, tag="WORD", value=hedge.text.lower())


COMPARATIVES = values("comparatives")
LIGHT_BESIDE = ("SUBJECT", "OF")


def _with_companion(items: list[Item], at: int) -> tuple[Item, list[Item], int]:
    """'7,765 (37.5%)', '7,765, or 37.5%', '7,765 reviews (37.5% of plans)'."""
    one, padded = items[at], [*items, NOTHING, NOTHING, NOTHING, NOTHING]
    step = next(n for n in range(at + 1, len(padded)) if padded[n].tag not in LIGHT_BESIDE)
    between = items[at + 1 : step]
    ored = [padded[step].tag, padded[step + 1].text.lower()] == ["COMMA", "or"] and not between
    inside = step + 2 if ored else step + 1
    other, value = padded[inside], padded[inside + 1]
    if other.tag == "HEDGE" and value.number:
        other, inside = replace(value, number=value.number.hedged(other.value, value.text)), inside + 1
    same = other.number is not None and other.number.counts is one.said.counts and not one.said.is_fraction
    if not (ored or padded[step].tag == "OPEN") or other.number is None or same or other.tag == "SIGNED":
        return one, [], at + 1
    behind = list(itertools.takewhile(_says_of_what, padded[inside + 1 :])) if not ored else []
    closed = padded[inside + 1 + len(behind)].tag == ("COMMA" if ored else "CLOSE")
    if not ored and not closed:
        return one, [], at + 1
    of = any(item.tag == "OF" for item in behind)  # '(9% of all pupils)' is a share of something else
    number = replace(one.said, also=(replace(other.number, text=other.text, of_other=of),))
    return replace(one, number=number), between, inside + 1 + len(behind) + closed


def _says_of_what(item: Item) -> bool:
    return item.tag == "OF" or item.value in lexicon().light


def _excepting(items: list[Item]) -> list[Item]:
    """'every month but September', '..., but September': a month alone behind 'but' is an exception and no clause."""
    out = list(items)
    for at, item in enumerate(items):
        after = [one.tag for one in items[at + 1 : at + 3]] + ["", ""]
        before = items[at - 1].tag if at else "COMMA"
        alone = after[0] == "TIME" and (before != "COMMA" or after[1] in ("", "STOP", "CLOSE"))
        if item.tag == "BUT" and at and (before == "EVERY" or alone):
            out[at] = replace(item, tag="EXCEPT")
    return out


def _begun(item: Item) -> Item:
    """The month with which 'since January' begins, as a time of its own."""
    return replace(item, start=item.start + 1, when=item.when.first if item.when else None)


def _owned(items: list[Item]) -> list[Item]:
    """'April's 21.4%' is read as '21.4% in April', 'since January's 745' as 'since January' and '745 in January'."""
    out = list(items)
    for at, item in enumerate(items):
        passed = itertools.takewhile(lambda one: one.tag in ("SUBJECT", "OF", "HIGH", "LOW"), items[at + 1 :])
        to = at + 1 + len(list(passed))
        if not item.when or not item.text.lower().endswith("'s") or [one.tag for one in items[to : to + 1]] != ["NUM"]:
            continue
        peak = any(one.tag in ("HIGH", "LOW") for one in items[at:to])
        since = item.lead == "since"
        level = [items[to] if peak else replace(items[to], tag="LEVEL"), _begun(item) if since else item]
        out[at : to + 1] = [*([item] if since else []), *items[at + 1 : to], *level]
        return _owned(out) if not since else out
    return out


def _dated_in_brackets(items: list[Item]) -> list[Item]:
    """'July 2024 (100.28%)' is read as '100.28% in July 2024': a LEVEL, never the size of a change before it."""
    out = list(items)
    for at in range(len(out) - 3):
        tags = [item.tag for item in out[at : at + 4]]
        if tags == ["TIME", "OPEN", "NUM", "CLOSE"]:
            level, since = replace(out[at + 2], tag="LEVEL"), out[at].lead == "since"
            out[at : at + 4] = (
                [out[at], level, _begun(out[at]), NOTHING] if since else [level, out[at], NOTHING, NOTHING]
            )
        elif tags == ["NUM", "OPEN", "TIME", "CLOSE"]:
            out[at : at + 4] = [out[at], out[at + 2], NOTHING, NOTHING]
    return [item for item in out if item.tag != "GLUE"]


LISTED = ("month", "bare")


def _lists(items: list[Item]) -> list[Item]:
    """'in July and August 2024' is one time with two members."""
    out: list[Item] = []
    for item in items:
        before = out[-2] if len(out) > 1 and out[-1].tag in ("AND", "COMMA") else item
        if before.when and before is not item and item.when and item.when.shape in LISTED and not item.when.lead:
            parts = before.when.members or (before.when,)
            if all(one.shape in LISTED and not one.lead for one in parts):
                whole = When("list", text=f"{before.text}, {item.text}", members=(*parts, item.when))
                out[-2:] = [replace(before, end=item.end, text=whole.text, when=whole)]
                continue
        out.append(item)
    return out


def _ranges(items: list[Item]) -> Iterator[Item]:
    """'between 90% and 95%', 'ranged from 90 to 95%': one figure with two ends."""
    at = 0
    while at < len(items):
        one, rest = items[at], items[at + 1 : at + 4]
        low, high = (rest[0].number, rest[2].number) if len(rest) == 3 else (None, None)
        if one.tag == "BETWEEN" and low and high and rest[1].tag in ("AND", "TO"):
            counts = high.counts if low.counts is Counts.COUNT else low.counts
            number = replace(high, value=low.value, high=high.value, counts=counts, step=max(low.step, high.step),
                             loose=min(low.loose, high.loose))  # fmt: skip
            yield replace(rest[2], tag="NUM", start=rest[0].start, number=number, text="")
            at += 4
            continue
        yield one
        at += 1
