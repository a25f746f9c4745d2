"""The dates and stretches of time of a text, as they are said; `resolve` turns them into months.

A `When` that names its month is one month; one that leaves something open (a month without a year, "a year earlier")
has as many resolutions as the evidence allows, and a reading is tried for each.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from highneeds.claims.language.number import UNITS
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

    @property
    def is_span(self) -> bool:
        return self.shape in ("span", "whole", "year") or bool(self.lead in ("since", "throughout", "until", "over"))


@dataclass(frozen=True)
class Stretch:
    """Months from `first` to `last`; one month where they are the same.

    year     where a financial year is meant; begins: the first one of a stretch of them
    members  'July and August 2024': each of the times of a list
    """

    first: Month
    last: Month
    year: FinancialYear | None = None
    members: "tuple[Stretch, ...]" = ()
    begins: FinancialYear | None = None

    @property
    def is_month(self) -> bool:
        return self.first == self.last and not self.members


_MONTHS = {
    name: number for number, names in enumerate(
        (("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
         ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
         ("december", "dec")), 1,
    ) for name in names
}  # fmt: skip
_MON = "(?P<mon>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_N = {word: value for value, word in enumerate((*UNITS[1:14],), 1)}
_COUNT = r"(?:\d{1,2}|" + "|".join(_N) + ")"
_POINT = r"(?:at )?(?:the )?(?:very )?(?:end|close|start|beginning) of (?:the )?(?:month of )?(?P<of>(?:financial |calendar )?year )?|the month of |month of "  # noqa: E501
_ATOMS = tuple(
    (shape, re.compile(rf"(?:{_POINT})?{pattern}(?!\w)", re.I))
    for shape, pattern in (
        ("month", rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MON},? (?P<y>20\d\d)"),
        ("month", rf"{_MON}[\s'/-]{{0,2}}(?:of )?(?P<y>20\d\d)"),
        ("month", r"(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>\d\d))?(?!\d)"),
        ("month", rf"{_MON}(?:[-/ ]?'|-|/| (?=\d\d(?:[ ,.;:)]|$)))(?P<yy>[12]\d)(?![\d%]|,\d|\.\d)"),
        ("fy", r"(?:the )?(?:financial year )?(?P<fy>20\d\d) ?(?:/|-|to) ?(?P<fy2>(?:20)?\d\d)(?: financial year)?"),
        (
            "year",
            r"(?:the )?(?:calendar )?(?:year )?(?P<y>20[0-4]\d)(?! ?[-/] ?\d)(?:(?= )(?: calendar year| as a whole))?",
        ),
        ("bare", rf"{_MON}"),
    )
)
_BACK = tuple(
    (re.compile(rf"{pattern}(?!\w)", re.I), months)
    for pattern, months in (
        (r"(?:the )?same (?:month|time|point|period) (?:of |in |a )?(?:the )?(?:(?:last|previous|prior|preceding) year|year (?:before|earlier))", 12),  # noqa: E501
        (r"(?:this|the same) time last year|(?:a|one) year (?:earlier|before|previously|ago|prior)|12 months (?:earlier|before|previously|ago|prior)|twelve months (?:earlier|before|previously|ago|prior)|the year before|the previous year|the prior year|last year", 12),  # noqa: E501
        (r"(?:a|one) month (?:earlier|before|previously|ago|prior)|the month before|(?:the )?(?:previous|preceding|prior) month(?:'s)?|last month", 1),  # noqa: E501
        (r"(?:a|one) month (?:later|on)|the (?:following|next) month|the month after", -1),
        (r"(?:a|one) year later|twelve months (?:later|on)|12 months (?:later|on)", -12),
    )
)  # fmt: skip
_BACK_N = re.compile(
    rf"(?P<n>{_COUNT}) (?P<unit>months|years) (?P<way>earlier|before|previously|ago|prior|later|on)\b", re.I
)
_OVER_N = re.compile(
    rf"(?:(?:over|in|during|across|within|for) )?the (?:last|past|previous|preceding|latest)(?: (?P<n>{_COUNT}))?"
    r" (?P<unit>months?|years?)\b",
    re.I,
)
_OVER_ONE = re.compile(
    r"(?:over|in|within|across|during|on) (?:the|a|one)(?: single| whole| full)? (?P<unit>year|month)\b(?! (?:to|ending|before|earlier|previous|previously|from|of|ago|later))"  # noqa: E501
    r"|(?P<long>year on year|year over year|annually|y/y|yoy)\b|(?P<short>month on month|m/m|mom)\b",
    re.I,
)
_TO = re.compile(
    rf"(?:(?:over|in|during|across|for) )?(?:the|a)? ?(?P<n>{_COUNT}|year)(?:[ -]months?)?(?: period)?"
    r" (?:to|ending(?: in)?|ended|up to)(?: the end of)? ",
    re.I,
)
_BEFORE_THAT = re.compile(rf"(?:(?:the|in the|that) (?:previous|preceding|prior)|last) {_MON}", re.I)
_NOW = re.compile(
    r"(?:right )?now\b|currently|at present|today\b|(?:in )?the latest (?:month|figures?|data)|to date\b|this month\b",
    re.I,
)
_WHOLE = re.compile(
    r"(?:(?:throughout|over|across|during|in|for|within) )?(?:the|this) (?:whole |entire |full |reporting |reported |monitoring )*(?:period|series|run of data|timeframe|(?:thirteen|13)[ -]months?(?: period| shown| reported)?)(?: as a whole| shown| covered| reported| under review)?(?![ -]?\w)",  # noqa: E501
    re.I,
)
_LEADS = re.compile(
    r"(?P<from>(?:in the (?:period|months?) )?(?:from|between)(?= ))|(?P<since>(?:ever )?since)"
    r"|(?P<until>(?:up )?until|up to|through to|prior to)|(?P<throughout>throughout|(?:all of|right through|during the whole of|over the (?:course|whole) of))"  # noqa: E501
    r"|(?P<over>over the period|over|during|across)",
    re.I,
)
_LINK = re.compile(r"\s*(?:to|and|until|through to|through|up to|-)\s+(?:the end of )?|\s*-\s*", re.I)
_ONWARDS = re.compile(r" (?:onwards?|on)\b", re.I)
_BEFORE_MAY = re.compile(
    r"(?:\b(?:in|by|since|from|to|until|and|of|between|than|for|during|on|mid|early|late|with|[(])|[-(,/|:]) ?$", re.I
)


_FIRST_WORD = re.compile(r"\w+")
_OPENERS = {
    "a", "about", "across", "all", "annually", "at", "between", "calendar", "close", "current", "currently",
    "during", "each", "end", "ever", "every", "financial", "for", "from", "in", "last", "latest", "month", "of",
    "on", "one", "over", "past", "prior", "right", "same", "since", "start", "the", "this", "throughout", "through",
    "to", "today", "twelve", "until", "up", "within", "year", "now", "that", "beginning", "opening",
    "y", "m", "yoy", "mom", *_MONTHS, *_N,
}  # fmt: skip
"""Words with which a time can begin: others are not tried."""


def when_at(text: str, at: int) -> tuple[When, int] | None:
    """The time that is said here, and where its words end."""
    word = _FIRST_WORD.match(text, at)
    if (at and text[at - 1].isalnum()) or not word or not (word[0][0].isdigit() or word[0].lower() in _OPENERS):
        return None
    found = _named_before(text, at) or _worded(text, at) or _span(text, at) or _atom(text, at)
    return (replace(found[0], text=text[at : found[1]]), found[1]) if found else None


def _named_before(text: str, at: int) -> tuple[When, int] | None:
    hit = _BEFORE_THAT.match(text, at)
    if hit is None:
        return None
    before = 0 if hit[0].lower().startswith("last") else 1  # 'last January' may be the latest month itself
    return When("before_that", number=_MONTHS[hit["mon"].lower()], back=before), hit.end()


def _count(word: str) -> int:
    return _N.get(word.lower()) or int(word)


def _worded(text: str, at: int) -> tuple[When, int] | None:
    for pattern, back in _BACK:
        if hit := pattern.match(text, at):
            return When("back", back=back), hit.end()
    if hit := _BACK_N.match(text, at):
        months = _count(hit["n"]) * (12 if hit["unit"].lower() == "years" else 1)
        return When("back", back=-months if hit["way"].lower() in ("later", "on") else months), hit.end()
    if hit := _OVER_N.match(text, at):
        months = _count(hit["n"] or "one") * (12 if hit["unit"].lower().startswith("year") else 1)
        return When("span", first=When("back", back=months), last=When("now"), lead="past"), hit.end()
    if hit := _OVER_ONE.match(text, at):
        months = 12 if hit["long"] or (hit["unit"] or "").lower() == "year" else 1
        return When("span", first=When("back", back=months), last=When("here"), lead="past"), hit.end()
    if (hit := _TO.match(text, at)) and (atom := _atom(text, hit.end())) and atom[0].shape in ("month", "bare"):
        months = 12 if hit["n"].lower() == "year" else _count(hit["n"])
        return When("span", first=When("back", back=months), last=atom[0], lead="past"), atom[1]
    if hit := _WHOLE.match(text, at):
        return When("whole", lead="throughout" if hit[0].lower().startswith("throughout") else ""), hit.end()
    if hit := _NOW.match(text, at):
        return When("now"), hit.end()
    return None


def _span(text: str, at: int) -> tuple[When, int] | None:
    lead = _LEADS.match(text, at)
    start = lead.end() if lead else at
    while text[start : start + 1] == " ":
        start += 1
    name = next((key for key, value in lead.groupdict().items() if value), "") if lead else ""
    first = _atom(text, start) or _ago(text, start)
    if first is None:  # 'and has risen since': from what was just said to the latest month
        alone = name == "since" and re.match(r"[.,;)]|$|(?:and|but)\b", text[start:])
        return (When("span", lead="since", first=When("then"), last=When("now")), start) if alone else None
    link = _LINK.match(text, first[1])
    last = (_atom(text, link.end()) or (_ago(text, link.end()))) if link else None
    both = last and last[0].shape in ("month", "bare", "fy", "back", "year")
    joined = link and not re.search(r"\band\b", link[0])
    if name == "since":
        return When("span", lead="since", first=first[0], last=When("here")), first[1]
    if last and both and (name in ("from", "over", "throughout") or (not name and joined)):
        return When("span", lead=name if name != "from" else "", first=first[0], last=last[0]), last[1]
    if name == "from" and (onwards := _ONWARDS.match(text, first[1])):
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
    for shape, pattern in _ATOMS:
        hit = pattern.match(text, at)
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
        year = int(part.get("y") or 2000 + int(part.get("yy") or 0))
        number = int(part["m"]) if part.get("m") else _MONTHS[hit["mon"].lower().rstrip(".")]
        if part.get("m") and part.get("d") is None and (year + 1) % 100 == number and number > 12:
            return None
        day = part.get("day") or part.get("d")
        month = Month(year, number)
        return When("day" if day and int(day) != month.last_day.day else "month", month=month)
    if shape == "fy":
        start, end = int(hit["fy"]), int(hit["fy2"]) % 100
        if (start + 1) % 100 != end:
            return None
        if at_end or at_start:
            return When("month", month=Month(start + 1, 3) if at_end else Month(start, 4))
        return When("fy", year=start)
    if shape == "year":
        if at_end or at_start:
            return When("month", month=Month(int(hit["y"]), 12 if at_end else 1))
        return When("year", year=int(hit["y"]))
    word = hit["mon"]
    before = text[: hit.start("mon")]
    if word.lower() in ("may", "mar", "march") and not (
        word[0].isupper() and (_BEFORE_MAY.search(before) or not before)
    ):
        return None
    if not word[0].isupper() and word.lower() in (
        "sept",
        "sep",
        "dec",
        "nov",
        "oct",
        "jan",
        "feb",
        "apr",
        "jun",
        "jul",
    ):
        return None
    return When("bare", number=_MONTHS[word.lower()])


def resolve(when: When, first: Month, latest: Month, anchors: tuple[Month, ...]) -> Iterator[Stretch]:
    """Every stretch of months that the words can mean.

    first, latest   the months that the evidence covers
    anchors         the months that "a year earlier" and "over the year" may count from
    """
    if when.shape == "month" and when.month:
        if when.lead == "":
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
            yield from (
                Stretch(one, one)
                for one in anchor.plus(-12).through(anchor.plus(-when.back))
                if one.number == when.number
            )
    elif when.shape == "span" and when.first and when.last:
        yield from _resolve_span(when.first, when.last, first, latest, anchors)


def _resolve_span(start: When, end: When, first: Month, latest: Month, anchors: tuple[Month, ...]) -> Iterator[Stretch]:
    if start.shape == "year" and end.shape == "year":
        yield Stretch(Month(start.year, 1), Month(end.year, 12))
        return
    if start.shape == "fy" and end.shape == "fy":
        yield Stretch(Month(start.year, 4), Month(end.year + 1, 3), FinancialYear(end.year),
                      begins=FinancialYear(start.year))  # fmt: skip
        return
    if start.shape == "then":
        yield from (Stretch(one, latest) for one in anchors if one < latest)
        return
    ends = [Stretch(one, one) for one in anchors] if end.shape == "here" else [
        *resolve(end, first, latest, anchors)]  # fmt: skip
    for last in ends:
        if start.shape == "start":
            yield Stretch(first, last.last)
            continue
        begins = [*resolve(start, first, latest, (last.last,))]
        if start.shape == "back" and 1 < start.back < 12:  # "the last three months" may begin with the first of them
            begins += [Stretch(one.last.plus(1), one.last.plus(1)) for one in begins]
        for one in begins:
            if one.first <= last.last and (end.shape == "here" or _nearest(start, end, one.first, last.last)):
                yield Stretch(one.first, last.last)


def _nearest(start: When, end: When, first: Month, last: Month) -> bool:
    """'From September to January 2025' is the September just before."""
    return "bare" not in (start.shape, end.shape) or first.months_until(last) < 12
