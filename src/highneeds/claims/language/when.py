"""The dates and stretches of time of a text, as they are said; `resolve` turns them into months.

A `When` that names its month is one month; one that leaves something open (a month without a year, "a year earlier")
has as many resolutions as the evidence allows, and a reading is tried for each.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from highneeds.claims.language.tables import form, pattern, values
from highneeds.vocabulary.period import FinancialYear, Month


@dataclass(frozen=True)
class When:
    """shape   month, year, fy, bare (a month without its year), back (so many months before another), now, whole, span,
            day (not the last of its month, at which no figure of a month stood)
    lead    since, until, throughout, over, past (so many months back) or '' ; first, last: the two ends of a span
    """

    shape: str
    text: str = ""
    month: Month | None = None
    year: int = 0
    number: int = 0
    back: int = 0
    lead: str = ""
    members: "tuple[When, ...]" = ()
    first: "When | None" = None
    last: "When | None" = None


@dataclass(frozen=True)
class Stretch:
    """Months from `first` to `last`; one month where they are the same.

    year     where a financial year is meant; begins: the first one of a stretch of them
    members  'July and August 2024': each of the times of a list
    within   'the three months to March' read as January to March: its first month is one of the three
    """

    first: Month
    last: Month
    year: FinancialYear | None = None
    members: "tuple[Stretch, ...]" = ()
    begins: FinancialYear | None = None
    within: bool = field(default=False, compare=False)

    @property
    def is_month(self) -> bool:
        return self.first == self.last and not self.members


_MONTHS = {name: number for number, names in enumerate(values("months"), 1) for name in names.split()}
_N = {word: number for number, word in enumerate(values("units")) if 0 < number < 14}
_POINT = form("point_in_time")
_ATOMS = tuple((one[0], re.compile(rf"(?:{_POINT})?{form(one[1])}(?!\w)", re.I)) for one in values("atoms"))
_BACK = tuple((pattern(name), months) for name, months in values("back").items())


_FIRST_WORD = re.compile(r"\w+")
_OPENERS = {*values("time_openers"), *_MONTHS, *_N}


def when_at(text: str, at: int) -> tuple[When, int] | None:
    """The time that is said here, and where its words end."""
    word = _FIRST_WORD.match(text, at)
    if (at and text[at - 1].isalnum()) or not word or not (word[0][0].isdigit() or word[0].lower() in _OPENERS):
        return None
    found = _named_before(text, at) or _worded(text, at) or _span(text, at) or _atom(text, at)
    return (replace(found[0], text=text[at : found[1]]), found[1]) if found else None


def _named_before(text: str, at: int) -> tuple[When, int] | None:
    hit = pattern("before_that").match(text, at)
    if hit is None:
        return None
    before = 0 if hit[0].lower().startswith("last") else 1  # 'last January' may be the latest month itself
    return When("before_that", number=_MONTHS[hit["mon"].lower()], back=before), hit.end()


def _count(word: str) -> int:
    return _N.get(word.lower()) or int(word)


def _worded(text: str, at: int) -> tuple[When, int] | None:
    for form_of_back, back in _BACK:
        if hit := form_of_back.match(text, at):
            return When("back", back=back), hit.end()
    if hit := pattern("so_long_before").match(text, at):
        months = _count(hit["n"]) * (12 if hit["unit"].lower() == "years" else 1)
        return When("back", back=-months if hit["way"].lower() in ("later", "on") else months), hit.end()
    if hit := pattern("over_so_many").match(text, at):
        months = _count(hit["n"] or "one") * (12 if hit["unit"].lower().startswith("year") else 1)
        return When("span", first=When("back", back=months), last=When("now"), lead="past"), hit.end()
    if hit := pattern("in_so_many").match(text, at):
        number = _count(hit["n"])
        return When("span", first=When("back", back=number), last=When("here"), lead="past", number=number), hit.end()
    if hit := pattern("over_one").match(text, at):
        months = 12 if hit["long"] or (hit["unit"] or "").lower() == "year" else 1
        return When("span", first=When("back", back=months), last=When("here"), lead="past"), hit.end()
    hit = pattern("so_many_to").match(text, at)
    atom = _atom(text, hit.end()) if hit else None
    if hit and atom and atom[0].shape in ("month", "bare"):
        months = 12 if hit["n"].lower() == "year" else _count(hit["n"])
        return When("span", first=When("back", back=months), last=atom[0], lead="past"), atom[1]
    if hit := pattern("whole").match(text, at):
        return When("whole", lead="throughout" if hit[0].lower().startswith("throughout") else ""), hit.end()
    if hit := pattern("now").match(text, at):
        return When("now"), hit.end()
    return None


def _span(text: str, at: int) -> tuple[When, int] | None:
    lead = pattern("leads").match(text, at)
    start = lead.end() if lead else at
    while text[start : start + 1] == " ":
        start += 1
    name = next((key for key, value in lead.groupdict().items() if value), "") if lead else ""
    first = _atom(text, start) or _ago(text, start)
    if first is None:  # 'and has risen since': from what was just said to the latest month
        alone = name == "since" and pattern("since_alone").match(text[start:])
        return (When("span", lead="since", first=When("then"), last=When("now")), start) if alone else None
    link = pattern("link").match(text, first[1])
    last = (_atom(text, link.end()) or (_ago(text, link.end()))) if link else None
    both = last and last[0].shape in ("month", "bare", "fy", "back", "year")
    joined = link and not re.search(r"\band\b", link[0])
    if name == "since":
        return When("span", lead="since", first=first[0], last=When("here")), first[1]
    if last and both and (name in ("from", "over", "throughout") or (not name and joined)):
        return When("span", lead=name if name != "from" else "", first=first[0], last=last[0]), last[1]
    if name == "from" and (onwards := pattern("onwards").match(text, first[1])):
        return When("span", lead="since", first=first[0], last=When("here")), onwards.end()
    if name == "until":
        return When("span", lead="until", first=When("start"), last=first[0]), first[1]
    if name in ("throughout", "over") and first[0].shape in ("year", "fy"):
        return replace(first[0], lead=name), first[1]
    return None


def _ago(text: str, at: int) -> tuple[When, int] | None:
    found = _worded(text, at)
    return found if found and found[0].shape in ("back", "now") else None


def _atom(text: str, at: int) -> tuple[When, int] | None:
    for shape, form_of_time in _ATOMS:
        hit = form_of_time.match(text, at)
        when = _of_atom(shape, hit, text) if hit else None
        if when and hit:
            return when, hit.end()
    return None


def _of_atom(shape: str, hit: re.Match[str], text: str) -> When | None:
    part = hit.groupdict()
    point = hit[0].lower().lstrip()
    at_end = re.match(r"(?:at )?(?:the )?(?:very )?(?:end|close) of", point)
    at_start = re.match(r"(?:at )?(?:the )?(?:very )?(?:start|beginning) of", point)
    if shape == "month":
        year = int(part["y"]) if part.get("y") else 2000 + int(part["yy"])
        number = int(part["m"]) if part.get("m") else _MONTHS[hit["mon"].lower()]
        day = part.get("day") or part.get("d")
        month = Month(year, number)
        return When("day" if day and int(day) != month.last_day.day else "month", month=month)
    if shape == "fy":
        start = int(hit["fy"])
        if (start + 1) % 100 != int(hit["fy2"]) % 100:
            return None
        if at_end or at_start:
            return When("month", month=Month(start + 1, 3) if at_end else Month(start, 4))
        return When("fy", year=start)
    if shape == "year":
        if at_end or at_start:
            return When("month", month=Month(int(hit["y"]), 12 if at_end else 1))
        return When("year", year=int(hit["y"]))
    word, before = hit["mon"], text[: hit.start("mon")]
    capital, small = word[0].isupper(), word.lower()
    if small in ("may", "mar", "march") and not (capital and (pattern("before_may").search(before) or not before)):
        return None
    return When("bare", number=_MONTHS[small]) if capital or small not in values("capital_months") else None


def resolve(when: When, first: Month, latest: Month, anchors: tuple[Month, ...]) -> Iterator[Stretch]:
    """Every stretch of months that the words can mean.

    first, latest   the months that the evidence covers
    anchors         the months that "a year earlier" and "over the year" may count from
    """
    if when.shape == "month" and when.month:
        yield Stretch(when.month, when.month)
    elif when.shape == "year":
        yield Stretch(Month(when.year, 1), Month(when.year, 12))
    elif when.shape == "fy":
        yield Stretch(Month(when.year, 4), Month(when.year + 1, 3), FinancialYear(when.year))
    elif when.shape == "bare":
        yield from (Stretch(one, one) for one in first.through(latest) if one.number == when.number)
    elif when.shape == "back":
        yield from (Stretch(one.plus(-when.back), one.plus(-when.back)) for one in anchors)
    elif when.shape == "now":
        yield Stretch(latest, latest)
    elif when.shape == "whole":
        yield Stretch(first, latest)
    elif when.shape == "list":
        for chosen in itertools.product(*(list(resolve(one, first, latest, anchors)) for one in when.members)):
            if all(one.last < other.last and one.last.months_until(other.last) < 12
                   for one, other in itertools.pairwise(chosen)):  # fmt: skip
                yield Stretch(chosen[0].first, chosen[-1].last, members=tuple(chosen))
    elif when.shape == "before_that":
        for anchor in anchors:
            before = anchor.plus(-12).through(anchor.plus(-when.back))
            yield from (Stretch(one, one) for one in before if one.number == when.number)
    elif when.shape == "span" and when.first and when.last:
        yield from _resolve_span(when.first, when.last, first, latest, anchors)


def _resolve_span(start: When, end: When, first: Month, latest: Month, anchors: tuple[Month, ...]) -> Iterator[Stretch]:
    if start.shape == "year" and end.shape == "year":
        yield Stretch(Month(start.year, 1), Month(end.year, 12))
        return
    if start.shape == "fy" and end.shape == "fy":
        first_year, last_year = FinancialYear(start.year), FinancialYear(end.year)
        yield Stretch(Month(start.year, 4), Month(end.year + 1, 3), last_year, begins=first_year)
        return
    if start.shape == "then":
        yield from (Stretch(one, latest) for one in anchors if one < latest)
        return
    here = end.shape == "here"
    for last in [Stretch(one, one) for one in anchors] if here else [*resolve(end, first, latest, anchors)]:
        if start.shape == "start":
            yield Stretch(first, last.last)
            continue
        begins = [*resolve(start, first, latest, (last.last,))]
        if start.shape == "back" and 1 < start.back < 12:  # "the last three months" may begin with the first of them
            begins += [Stretch(one.last.plus(1), one.last.plus(1), within=True) for one in begins]
        for one in begins:
            if one.first <= last.last and (here or _nearest(start, end, one.first, last.last)):
                yield Stretch(one.first, last.last, within=one.within)


def _nearest(start: When, end: When, first: Month, last: Month) -> bool:
    """'From September to January 2025' is the September just before."""
    return "bare" not in (start.shape, end.shape) or first.months_until(last) < 12
