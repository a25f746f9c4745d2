"""A sentence as clauses: each with what it is about, its times, and what the kinds of claim read in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from highneeds.claims.kinds import Facet, Kind, patterns_from
from highneeds.claims.language.items import Item
from highneeds.claims.language.lexicon import lexicon
from highneeds.claims.language.pattern import match

PARTS = ("COMMA", "STOP", "AND", "BUT", "WHILE", "THEN", "WHICH", "OPEN", "CLOSE", "AFTER")
PIVOTS = ("THAN", "COMPARED", "OUTNUMBER", "TRAIL")
DROPPED = ("OF", "BETWEEN", "WHICH", "ON", "BY", "AND", "BUT", "WHILE", "THEN", "OPEN", "CLOSE", "COMMA", "STOP", "AS_MANY", "AFTER")  # fmt: skip  # noqa: E501
"""Marks that only join. `DROPPED` ones say nothing when no pattern took them; ON and BY only before a time."""
SAYS = (
    "NUM", "LEVEL", "SIGNED", "TIMES", "UP", "DOWN", "BETTER", "WORSE", "FLAT", "SAME_AS", "STEADY", "HIGH", "LOW",
    "MAJORITY", "MINORITY", "OUTNUMBER", "TRAIL", "MORE", "FEWER",
)  # fmt: skip
LIMITS = ("EXCEPT", "ONLY", "NOT", "TIME", "NUM", "LEVEL", "EVERY", "ALL_MONTHS", "OF")


@dataclass
class Clause:
    """items    in their order
    facets   what the kinds of claim read, each with the items it took
    times    times that no facet took: they are the clause's
    left     what nothing accounts for
    joint    the pivot ('than', 'compared with') by which it hangs from the clause before
    """

    items: list[Item]
    joint: Item | None = None
    facets: list[Facet] = field(default_factory=list)
    times: list[Item] = field(default_factory=list)
    subjects: list[Item] = field(default_factory=list)
    left: list[Item] = field(default_factory=list)

    @property
    def ideas(self) -> frozenset[str]:
        return frozenset(idea for item in self.subjects for idea in item.value.split("+"))

    @property
    def heavy(self) -> frozenset[str]:
        return self.ideas - lexicon().light

    @property
    def says(self) -> bool:
        return bool(self.facets)


def clauses_of(items: Sequence[Item], own: frozenset[str]) -> list[Clause]:
    """The clauses of a sentence in order. Stretches that say nothing by themselves join the one they belong to."""
    items = [item for item in items if not (item.tag in ("WORD", "SUBJECT") and item.value.removeprefix("w:") in own)]
    items = _respectively(items)
    parts = _joined(_without_remarks(_split(_without_asides(items))))
    found: list[Clause] = []
    for part in parts:
        found += [_parsed(one, joint) for one, joint in _at_pivot(part)]
    return found


def _respectively(items: list[Item]) -> list[Item]:
    """'Years R-6 and Years 7-11 fell by 1.4% and 1.7% respectively' is read as two statements."""
    end = next((at for at, item in enumerate(items) if item.tag == "RESPECTIVELY"), None)
    if end is None:
        return items
    named = [item for item in items[:end] if item.tag in ("NUM", "AND", "NUM")][-3:]
    at = next((at for at in range(end) if len(named) == 3 and items[at] is named[0]), end)
    between = items[at + 3 : end]
    if [item.tag for item in items[at : at + 3]] != ["NUM", "AND", "NUM"] or any(
        item.tag not in ("SUBJECT", "OF") for item in between
    ):
        return items
    head, first, second = [*items[:at], *between], items[at], items[at + 2]
    light = lexicon().light
    pairs = [
        at for at in range(1, len(head) - 1)
        if head[at].tag == "AND" and {head[at - 1].tag, head[at + 1].tag} == {"SUBJECT"}
        and head[at - 1].value not in light and head[at + 1].value not in light
    ]  # fmt: skip
    listed = [at for at, item in enumerate(head) if item.when and len(item.when.members) == 2]
    if not pairs and len(listed) == 1:
        return _each_time(head, listed[0], first, items[at + 1], second, items[end + 1 :])
    if len(pairs) != 1:
        return items
    at = pairs[0]
    return [*head[:at], *head[at + 2 :], first, head[at], *head[: at - 1], *head[at + 1 :], second, *items[end + 1 :]]


def _each_time(
    head: list[Item], at: int, first: Item, joint: Item, second: Item, rest: list[Item]
) -> list[Item]:  # fmt: skip
    """'In January and August the number was 745 and 1,259 respectively.'"""
    said = head[at].when
    assert said is not None
    one, other = (replace(head[at], when=member) for member in said.members)
    before, after = head[:at], head[at + 1 :]
    return [*before, one, *after, first, joint, *before, other, *after, second, *rest]


def _without_asides(items: list[Item]) -> list[Item]:
    """A cause ('because of the recovery programme') limits nothing while no figure, time or limit stands in it."""
    kept: list[Item] = []
    at = 0
    while at < len(items):
        end = at + 1
        if items[at].tag == "CAUSE":
            while end < len(items) and items[end].tag not in ("COMMA", "STOP"):
                end += 1
            inside = [item for item in items[at + 1 : end] if item.tag not in ("OF", "AND")]
            if not any(item.tag in LIMITS or item.tag in SAYS for item in inside):
                at = end
                continue
        kept.append(items[at])
        at += 1
    return kept


def _split(items: list[Item]) -> list[list[Item]]:
    parts: list[list[Item]] = [[]]
    for item in items:
        if item.tag in PARTS:
            parts.append([item])
        else:
            parts[-1].append(item)
    return [part for part in parts if part]


def _without_remarks(parts: list[list[Item]]) -> list[list[Item]]:
    """'Demand remains a challenge, but ...': a clause of words alone, joined by 'but' or 'and', limits nothing."""
    kept = []
    for at, part in enumerate(parts):
        follows = parts[at + 1] if at + 1 < len(parts) else None
        joined = part[0].tag in ("BUT", "WHILE") or (at == 0 and follows is not None and follows[0].tag == "BUT")
        words = [item for item in part if item.tag == "WORD"]
        plain = not any(item.tag in LIMITS or item.tag in SAYS for item in part)
        if not (
            joined and words and plain and not any(item.text[:1].isupper() for item in words if item is not part[0])
        ):
            kept.append(part)
    return kept


def _joined(parts: list[list[Item]]) -> list[list[Item]]:
    """Parts that say something stand alone; the others go with the next where the sentence opens with them or a new
    subject begins, else with the one before."""
    out: list[list[Item]] = []
    waiting: list[Item] = []
    for at, part in enumerate(parts):
        if out and not waiting and _other_end(part):
            out[-1] += part
        elif not out and not waiting and _other_end(part) and len(parts) > 1:
            waiting += part
        elif _complete(part):
            out.append([*waiting, *part])
            waiting = []
        elif (out and not waiting and _later_time(out[-1], part, parts)) or (
            out and not waiting and _heavy(part) and _heavy(out[-1]) and _lacks_a_subject(parts[at + 1 :])
        ):
            waiting += part
        elif out and not waiting and part[0].tag != "WHILE" and not _opens(part):
            out[-1] += part
        else:
            waiting += part
    if waiting and out:
        out[-1] += waiting
    elif waiting:
        out.append(waiting)
    return out


def _later_time(before: list[Item], part: list[Item], parts: list[list[Item]]) -> bool:
    """', by January 2025 it was ...': a time of its own, which opens what follows."""
    own = [item for item in part if item.tag not in PARTS]
    tags = {item.tag for item in own}
    return (
        "TIME" in tags
        and tags <= {"TIME", "BY", "ON"}
        and part is not parts[-1]
        and any(item.tag == "TIME" for item in before)
    )


def _other_end(part: list[Item]) -> bool:
    """', from 1,259 in August 2024', ', compared with 50.1% in December': the other end of what was just said."""
    body = [item for item in part if item.tag not in PARTS]
    ends = {"FROM", "TO", "COMPARED", "NUM", "LEVEL", "TIME", "SUBJECT", "OF"}
    heavy = [item for item in body if item.tag == "SUBJECT" and item.value not in lexicon().light]
    return (
        bool(body) and body[0].tag in ("FROM", "TO", "COMPARED") and {item.tag for item in body} <= ends and not heavy
    )


def _complete(part: list[Item]) -> bool:
    return any(item.tag in SAYS for item in part)


def _lacks_a_subject(parts: Sequence[list[Item]]) -> bool:
    """Does the next part that says something name nothing itself?"""
    following = next((part for part in parts if _complete(part)), None)
    return following is not None and not _heavy(following)


def _heavy(part: Sequence[Item]) -> bool:
    return any(item.tag == "SUBJECT" and item.value not in lexicon().light for item in part)


def _opens(part: list[Item]) -> bool:
    """'..., and the share of requests' begins something new."""
    return part[0].tag in ("AND", "BUT", "STOP") and any(
        item.tag == "SUBJECT" and item.value not in lexicon().light for item in part
    )


def _at_gap(part: list[Item]) -> list[tuple[list[Item], Item | None]] | None:
    """'the gap between one / and the other was 16.7 points'."""
    if not any(item.tag == "GAP" for item in part):
        return None
    for at, item in enumerate(part):
        sides = part[:at], part[at + 1 :]
        if item.tag == "AND" and all(any(one.tag == "SUBJECT" for one in side) for side in sides):
            return [(sides[0], None), (sides[1], item)]
    return None


def _at_pivot(part: list[Item]) -> list[tuple[list[Item], Item | None]]:
    """'more were agreed / than declined': the pivot parts two subjects, unless a figure or a time alone follows it."""
    gap = _at_gap(part)
    if gap:
        return gap
    light = lexicon().light
    for at, item in enumerate(part):
        if item.tag not in PIVOTS:
            continue
        before, after = part[:at], part[at + 1 :]
        subjects = [one for one in after if one.tag == "SUBJECT" and one.value not in light]
        timed = (after and after[0].tag == "TIME") or (
            len(after) > 1 and after[0].tag in ("NUM", "LEVEL") and after[1].tag == "TIME"
        )
        compared = any(one.tag in ("SUBJECT", "MORE", "FEWER", "TIMES") for one in before)
        if subjects and not timed and compared:
            return [(before, None), (after, item)]
    return [(part, None)]


def _parsed(items: list[Item], joint: Item | None) -> Clause:
    clause = Clause(items, joint)
    at = 0
    while at < len(items):
        taken = _longest(items, at)
        if taken:
            facet, end = taken
            clause.facets.append(facet)
            clause.subjects += [item for item in items[at:end] if item.tag == "SUBJECT"]
            at = end
            continue
        item = items[at]
        if item.tag == "SUBJECT":
            clause.subjects.append(item)
        elif item.tag == "TIME":
            clause.times.append(item)
        elif item.tag not in DROPPED:
            clause.left.append(item)
        at += 1
    return clause


def _longest(items: list[Item], at: int) -> tuple[Facet, int] | None:
    best: tuple[Facet, int] | None = None
    for kind, role, pattern in patterns_from(items[at].tag):
        hit = match(pattern, items, at)
        if hit and (best is None or (len(hit[0]), hit[1]) > (len(best[0].items), best[1])):
            best = Facet(kind, _role(role, hit[0]), hit[0]), hit[1]
    return best


def _role(role: str, items: tuple[Item, ...]) -> str:
    """'fell below 7,000' says where it ended, 'fell 7,000' by how much."""
    crossing = len(items) == 2 and items[0].tag in ("UP", "DOWN") and items[1].text.lower().startswith(CROSSING)
    return "crossed" if role == "by" and crossing else role


CROSSING = (
    "below", "under", "above", "over", "past", "just below", "just above", "just under", "just over", "well above",
    "well below", "slightly above", "slightly below",
)  # fmt: skip


__all__ = ["Clause", "Kind", "clauses_of"]
