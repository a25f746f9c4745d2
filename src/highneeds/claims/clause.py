"""A sentence as clauses: each with what it is about, its times, and what the kinds of claim read in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from highneeds.claims.judge.agreement import agrees
from highneeds.claims.kinds import Facet, patterns_from
from highneeds.claims.language.items import Item
from highneeds.claims.language.lexicon import lexicon
from highneeds.claims.language.number import Counts
from highneeds.claims.language.pattern import match
from highneeds.claims.language.tables import values
from highneeds.claims.language.when import When

PARTS = ("COMMA", "STOP", "AND", "BUT", "WHILE", "THEN", "WHICH", "OPEN", "CLOSE", "AFTER")
PIVOTS = ("THAN", "COMPARED", "OUTNUMBER", "TRAIL")
DROPPED = (*PARTS, "OF", "BETWEEN", "ON", "BY", "AS_MANY")
"""Marks that only join. `DROPPED` ones say nothing when no pattern took them; ON and BY only before a time."""
SAYS = tuple(values("says"))
LIMITS = ("DENIED", "EXCEPT", "ONLY", "NOT", "TIME", "EVERY", "ALL_MONTHS")
"""Marks that limit what is said, beside those that say something."""
BEFORE = ("before", "prior to")


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


def clauses_of(items: Sequence[Item], own: frozenset[str]) -> list[Clause]:
    """The clauses of a sentence in order. Stretches that say nothing by themselves join the one they belong to."""
    items = [item for item in items if not (item.tag in ("WORD", "SUBJECT") and item.value.removeprefix("w:") in own)]
    items = _respectively(_without_shares_of_two(items))
    parts = _joined(_without_remarks(_split(_without_asides(items))))
    found: list[Clause] = []
    for part in parts:
        found += [_parsed(one, joint) for one, joint in _at_pivot(part)]
    # 'Before falling to 9,598 in February 2024, it was 9,961': at which month before is not said
    if found[0].items[0].text.lower() in BEFORE and any(facet.role == "direction" for facet in found[0].facets):
        found[0].left.append(found[0].items[0])
    return found


def _respectively(items: list[Item]) -> list[Item]:
    """'Years R-6 and Years 7-11 fell by 1.4% and 1.7% respectively' is read as two statements; so are longer lists."""
    end = next((at for at, item in enumerate(items) if item.tag == "RESPECTIVELY"), None)
    first = next((at for at, item in enumerate(items[:end]) if item.tag == "NUM"), None)
    if end is None or first is None:
        return items
    last = max(at for at in range(first, end) if items[at].tag == "NUM")
    numbers = [item for item in items[first : last + 1] if item.tag not in JOINS]
    joint = next((item for item in items[first:last] if item.tag == "AND"), None)
    if joint is None or any(item.tag != "NUM" for item in numbers):
        return items
    lead = items[: first - 1] if first and items[first - 1].tag in JOINS else items[:first]
    head = [*lead, *items[last + 1 : end]]
    named = _named_in_turn(head, len(numbers)) or _times_in_turn(head, len(numbers))
    if not named or any(item.tag not in ("SUBJECT", "OF") for item in items[last + 1 : end]):
        return items
    rest = items[end + 1 :]
    shared = rest if all(item.tag in ("TIME", "SUBJECT", "OF", "BY", "ON") for item in rest) else []
    out: list[Item] = []
    for statement, number in zip(named, numbers, strict=True):
        out += [*([joint] if out else []), *statement, number, *shared]
    return out if shared else [*out, *rest]


JOINS = ("AND", "COMMA")


def _without_shares_of_two(items: list[Item]) -> list[Item]:
    """'7,765 against 9,961 (22%)': the share in brackets may be the change, one in the other, or one in both together.

    One that is any of these follows from the two figures; of another it is not said what it is a share of.
    """
    pivot = next((at for at, item in enumerate(items) if item.tag == "COMPARED"), None)
    before = [item.number for item in items[:pivot] if item.tag == "NUM" and item.number] if pivot else []
    at = next((at for at in range(pivot or 0, len(items)) if pivot and items[at].tag == "NUM"), None)
    other = items[at].number if at is not None else None
    if at is None or other is None or not before or before[-1].also or before[-1].counts is not other.counts:
        return items
    one, share, taken = before[-1], other.also[0] if other.also else None, range(0)
    after = next((n for n in range(at + 1, len(items)) if items[n].tag not in ("TIME", "SUBJECT", "OF")), len(items))
    tags = [item.tag for item in items[after : after + 3]]
    if share is None and tags[:1] == ["LEVEL"]:  # 'January 2024 (22%)' was taken for a figure of that month
        share, taken = items[after].number, range(after, after + 1)
    elif share is None and tags in (["OPEN", "NUM", "CLOSE"], ["OPEN", "SIGNED", "CLOSE"]):
        share, taken = items[after + 1].number, range(after, after + 3)
    if share is None or share.counts is not Counts.PERCENT or other.counts is Counts.PERCENT or not other.value:
        return items
    ways = ((one.value - other.value) / other.value, one.value / other.value, one.value / (one.value + other.value))
    size = replace(share, value=abs(share.value))
    if not any(agrees(size, abs(way) * 100) for way in ways):
        return [*items[:at], replace(items[at], tag="WORD", text=share.text), *items[at + 1 :]]
    bare = replace(items[at], number=replace(other, also=()))
    return [bare if n == at else item for n, item in enumerate(items) if n not in taken]


def _named_in_turn(head: list[Item], wanted: int) -> list[list[Item]]:
    """The head once for each of its subjects that stand in a row, parted by commas and 'and'."""
    light = lexicon().light
    heavy = [item.tag == "SUBJECT" and item.value not in light for item in head]
    runs: list[list[int]] = []
    for at, _ in enumerate(head):
        follows = bool(runs) and heavy[at] and all(one.tag in JOINS for one in head[runs[-1][-1] + 1 : at])
        if follows and at - runs[-1][-1] > 1:
            runs[-1].append(at)
        elif heavy[at]:
            runs.append([at])
    fitting = [run for run in runs if len(run) == wanted]
    if len(fitting) != 1 or any(len(run) > 1 for run in runs if run is not fitting[0]):
        return []
    run = fitting[0]
    return [[*head[: run[0]], head[at], *head[run[-1] + 1 :]] for at in run]


def _times_in_turn(head: list[Item], wanted: int) -> list[list[Item]]:
    """'In January and August the number was 745 and 1,259 respectively.'"""
    listed = [at for at, item in enumerate(head) if item.when and len(item.when.members) == wanted]
    if len(listed) != 1:
        return []
    at, said = listed[0], head[listed[0]].when
    members = [_in_the_year_of(said.members[-1], one) for one in said.members] if said else []
    return [[*head[:at], replace(head[at], when=one), *head[at + 1 :]] for one in members]


def _in_the_year_of(last: When, one: When) -> When:
    """In 'October, November and January 2025' the first two are of the year before."""
    if one.shape != "bare" or last.month is None:
        return one
    return replace(one, shape="month", month=last.month.plus(-((last.month.number - one.number) % 12)))


def _without_asides(items: list[Item]) -> list[Item]:
    """A cause ('because of the recovery programme') limits nothing while no figure, time or limit stands in it."""
    kept: list[Item] = []
    until = 0
    for at, item in enumerate(items):
        if item.tag == "CAUSE" and at >= until:
            end = next((n for n in range(at, len(items)) if items[n].tag in ("COMMA", "STOP")), len(items))
            limits = any(one.tag in (*LIMITS, *SAYS) for one in items[at + 1 : end])
            until = at if limits else end
        if at >= until:
            kept.append(item)
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
        plain = not any(item.tag in (*LIMITS, *SAYS, "OF") for item in part)
        named = any(item.text[:1].isupper() for item in words if item is not part[0])
        if not (joined and words and plain and not named):
            kept.append(part)
    return kept


def _joined(parts: list[list[Item]]) -> list[list[Item]]:
    """Parts that say something stand alone; the others go with the next where the sentence opens with them or a new
    subject begins, else with the one before."""
    out: list[list[Item]] = []
    waiting: list[Item] = []
    for at, part in enumerate(parts):
        if at + 1 < len(parts) and parts[at + 1][0].text == ":" and not _complete(part):
            waiting += part  # 'issue: agreed 74%': a label goes with what follows it
        elif out and not waiting and _other_end(part):
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
        elif out and not waiting and part[0].tag != "WHILE":
            out[-1] += part
        else:
            waiting += part
    return [*out[:-1], [*(out[-1] if out else []), *waiting]] if waiting else out


def _later_time(before: list[Item], part: list[Item], parts: list[list[Item]]) -> bool:
    """', by January 2025 it was ...': a time of its own, which opens what follows."""
    tags = {item.tag for item in part if item.tag not in PARTS}
    timed = any(item.tag == "TIME" for item in before)
    return (
        (timed or part[0].tag == "STOP") and part is not parts[-1] and "TIME" in tags and tags <= {"TIME", "BY", "ON"}
    )


def _other_end(part: list[Item]) -> bool:
    """', from 1,259 in August 2024', ', compared with 50.1% in December': the other end of what was just said."""
    body = [item for item in part if item.tag not in PARTS]
    ends = {"FROM", "TO", "COMPARED", "NUM", "LEVEL", "TIME", "SUBJECT", "OF"}
    opens = bool(body) and body[0].tag in ("FROM", "TO", "COMPARED")
    return opens and {item.tag for item in body} <= ends and not _heavy(body)


def _complete(part: list[Item]) -> bool:
    return any(item.tag in SAYS for item in part)


def _lacks_a_subject(parts: Sequence[list[Item]]) -> bool:
    """Does the next part that says something name nothing itself?"""
    following = next((part for part in parts if _complete(part)), None)
    return following is not None and not _heavy(following)


def _heavy(part: Sequence[Item]) -> bool:
    return any(item.tag == "SUBJECT" and item.value not in lexicon().light for item in part)


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
    if gap := _at_gap(part):
        return gap
    for at, item in enumerate(part):
        if item.tag not in PIVOTS:
            continue
        before, after = part[:at], part[at + 1 :]
        first, second = ([one.tag for one in after] + ["", ""])[:2]
        timed = first == "TIME" or (first in ("NUM", "LEVEL") and second == "TIME")
        compared = any(one.tag in ("SUBJECT", "MORE", "FEWER", "TIMES") for one in before)
        if _heavy(after) and not timed and compared:
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
        elif item.tag not in DROPPED or not _only_joins(items, at):
            clause.left.append(item)
        at += 1
    clause.left += _other_things(clause)
    return clause


def _only_joins(items: list[Item], at: int) -> bool:
    """'by January', 'on reviews': the word only joins; 'by an average of 91' says that a change follows, and 'after
    January' that it is of other months."""
    tag, follows = items[at].tag, items[at + 1].tag if at + 1 < len(items) else ""
    if tag == "AFTER" or items[at].text.lower() in BEFORE:
        return follows != "TIME"
    return tag not in ("BY", "ON") or not follows or follows in ("TIME", "SUBJECT", "OF", *PARTS)


def _other_things(clause: Clause) -> Iterator[Item]:
    """What the kinds would take for something else: 'the fall in reviews was greatest' speaks of changes, not of
    reviews, and 'after eight months of falls' of the months before and not of all that fell."""
    heavy = [item.start for item in clause.subjects if item.value not in lexicon().light]
    for facet in clause.facets:
        first = facet.items[0]
        later = [one.items[0].start for one in clause.facets if one.role in ("times", "high")]
        if facet.role in ("direction", "by") and first.tag in ("UP", "DOWN"):
            if any(first.start < subject < start for subject in heavy for start in later):
                yield first
        elif facet.role == "count" and clause.items[0].tag == "AFTER":
            yield first


def _longest(items: list[Item], at: int) -> tuple[Facet, int] | None:
    best: tuple[Facet, int] | None = None
    for kind, role, pattern in patterns_from(items[at].tag):
        hit = match(pattern, items, at)
        if hit and role == "by" and _counts_months(items, hit[1]):
            continue
        if hit and (best is None or (len(hit[0]), hit[1]) > (len(best[0].items), best[1])):
            best = Facet(kind, _role(role, hit[0]), hit[0]), hit[1]
    return best


def _counts_months(items: list[Item], at: int) -> bool:
    """'fell in five of the last six months': the number before this place counts months and no change."""
    tags = [item.tag for item in items[at : at + 2]]
    return tags[:1] == ["MONTHS"] or (tags[:1] == ["OF"] and tags[1:] == ["TIME"]) or tags[:1] == ["OF_MONTHS"]


def _role(role: str, items: tuple[Item, ...]) -> str:
    """'fell below 7,000' says where it ended, 'fell 7,000' by how much."""
    crossing = len(items) == 2 and items[0].tag in ("UP", "DOWN") and items[1].text.lower().startswith(CROSSING)
    return "crossed" if role == "by" and crossing else role


CROSSING = tuple(values("crossing"))
