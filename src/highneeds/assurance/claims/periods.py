"""The dates of a sentence: days, months, years, spans of them, and words such as 'a year earlier'."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from highneeds.assurance.claims.spans import Span, free, overlaps
from highneeds.vocabulary.period import FinancialYear, Month

_NAMES = {
    "jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4, "may": 5, "jun": 6,
    "june": 6, "jul": 7, "july": 7, "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9, "oct": 10,
    "october": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
}  # fmt: skip
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b\.?"
)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}
_N = r"(?:\d{1,2}|one|two|three|four|five|six|nine|twelve|eighteen|thirteen|ten|eleven|seven|eight)"
_COUNT = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
          "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "eighteen": 18}  # fmt: skip

_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})(?:,? ((?:19|20)\d\d))?(?!\d)")
_MONTH_DAY = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?, ((?:19|20)\d\d)\b")
_MONTH_YEAR = re.compile(rf"\b({_MONTH})(?:[ \-/,’']{{1,2}}|\sof\s)((?:19|20)\d\d|\d\d)\b(?![%,.]?\d|%)")
_NUMERIC_DAY = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)\b")
_ISO = re.compile(r"\b(20\d\d)-(0[1-9]|1[0-2])(?:-(\d\d))?\b")
_FY = re.compile(r"\b((?:19|20)\d\d)(?:\s?[-/]\s?|\sto\s)((?:19|20)\d\d|\d\d)\b(?!-\d)")
_SEASON = re.compile(r"\b(?:the )?(spring|summer|autumn|winter)(?: term)?(?: of)? ((?:19|20)\d\d)\b", re.I)
_YEAR = re.compile(
    r"(?<![£\d,.])\b((?:19|20)\d\d)\b(?![,.]\d|%|\s?-\s?\d|\s(?:children|pupils|plans|places|reviews|young"
    r"|people|requests|cases)\b)"
)
_MONTH_ONLY = re.compile(rf"\b({_MONTH})(?!\w)")

_EARLIER = re.compile(
    rf"\b(?:(?:the |a )?(?P<same>same (?:month|point|time)(?: (?:a year (?:before|earlier|ago)"
    rf"|(?:of )?the (?:previous|year before)(?: year)?|last year|in the previous year))?)"
    r"|(?P<year>(?:a|one|the) year (?:before|earlier|previously|ago|prior)|the previous year|(?:12"
    r"|twelve) months (?:before|earlier|previously|ago|prior)|year[- ]on[- ]year|on the year"
    r"|last year)"
    r"|(?P<month>(?:a|one|the) month (?:before|earlier|previously|ago|prior)|the previous month"
    r"|month[- ]on[- ]month|on the month|last month)"
    rf"|(?P<n>{_N}) months (?:before|earlier|previously|ago|prior)"
    rf"|(?P<ny>{_N}) years (?:before|earlier|previously|ago|prior)"
    rf"|(?P<py>the previous (?P<pm>{_MONTH})))",
    re.I,
)
_LATER = re.compile(
    rf"\b(?:(?P<year>(?:a|one) year (?:later|on(?! average| top| the| a\b| each))|(?:12"
    rf"|twelve) months (?:later|on))|(?P<month>(?:a|one|the) month (?:later|after)|(?:in )?(?:one"
    rf"|a single) month|the (?:following|next) month)"
    rf"|(?P<n>{_N}) months (?:later|on)|by the following (?P<fm>{_MONTH})|the following (?P<fm2>{_MONTH}))",
    re.I,
)
_PAST = re.compile(
    rf"\b(?:over|in|during|across|within|for) (?:the|this) (?:past|last|previous|preceding"
    rf"|latest)(?P<n> {_N})? (?P<unit>months?|years?)\b(?! to\b)"
    r"|\bin (?:just |only |under |about )?(?:a|one|the) (?:single |full )?(?P<unit2>year|month)\b(?! to\b)"
    rf"|\beach of the (?:past|last) (?P<n2>{_N}) months\b",
    re.I,
)
_YEAR_TO = re.compile(
    rf"\b(?:over|in|during|across|for) (?:the|a) (?:full )?(?:(?P<unit>year)|(?P<n>{_N}) months) (?:to"
    rf"|ending|up to|ended)(?: the end of)? $",
    re.I,
)
_OVER_YEAR = re.compile(r"\bover (?:the|that) (?:year|twelve months|12 months|period)\b(?! to\b)", re.I)
_BETWEEN = re.compile(r"\bbetween (?:the (?:end|start|beginning) of )?$", re.I)
_FROM = re.compile(r"\b(?:from|running from|covering) (?:the (?:end|start|beginning) of )?$", re.I)
_LINK = re.compile(
    r"^\s?(?:and|to|until|through to|-|up to|and the end of|to the end of)\s?(?:the (?:end|start"
    r"|beginning) of )?$",
    re.I,
)
_SINCE = re.compile(r"\b(?:(?:ever )?since|from)(?: (?:the (?:end|start|beginning) of|late|early|mid))? ?$", re.I)
_UNTIL = re.compile(r"\b(?:until|till|up to|up until|to the end of)(?: the (?:end|start) of)? ?$", re.I)
_THROUGHOUT = re.compile(
    r"\b(?:throughout|during|across|every month (?:of|in)|each month (?:of|in)|any month (?:of|in)"
    r"|all of|over) ?$",
    re.I,
)
_ALWAYS = re.compile(
    r"\b(?:throughout(?! (?:the year|20|[A-Z]))|(?:in )?every (?:single )?month(?! (?:of|in|since|from"
    r"|between|to) )|(?:in )?each month(?! (?:of|in|since|from|between|to) )|at any point|at no point"
    r"|in any month(?! (?:of|in|since) )|never|always|the whole period|all thirteen months|(?:over|across"
    r"|in) the (?:whole |full )?(?:thirteen|13) months)\b",
    re.I,
)
_NOW = re.compile(
    r"\b(?:now|currently|at present|today|the latest (?:month|figure|data)|latest|to date|stands? at|this year)\b", re.I
)
_NOT_SINCE = re.compile(
    r"\b(?:open|opens|opened|opening|introduced|begin|begins|starts?|places|transfer|phased in"
    r"|available) from ?$",
    re.I,
)


@dataclass(frozen=True)
class When:
    """A stretch of months in the text. `grain` is day, month, year, fy, season, window, relative or now."""

    span: Span
    text: str
    first: Month
    last: Month
    grain: str
    day: int | None = None
    parts: tuple["When", ...] = ()
    role: str = ""

    @property
    def is_month(self) -> bool:
        return self.first == self.last

    @property
    def financial_year(self) -> FinancialYear | None:
        return FinancialYear(self.first.year) if self.grain == "fy" else None


def whens_in(text: str, taken: list[Span], latest: Month, first: Month) -> tuple[When, ...]:
    """Every date and stretch of time in a sentence, in order; a window stands beside the dates that make it."""
    atoms = sorted((_at_its_end(text, one) for one in _atoms(text, taken, latest)), key=lambda when: when.span)
    relatives = _relatives(text, tuple(atoms), latest, taken)
    points = tuple(sorted([*atoms, *relatives], key=lambda when: when.span))
    windows = _windows(text, points, latest, first, taken)
    return tuple(sorted([*points, *windows], key=lambda when: when.span))


_END = re.compile(
    r"\b(?:(?P<end>end|close)|(?P<start>start|beginning|opening)) of (?:the )?(?:(?:calendar|financial"
    r"|fiscal|school) year )?(?:of )?$",
    re.I,
)


_SCHOOL_YEAR = re.compile(r"\b(?:school|academic) year (?:of )?$", re.I)
_SCHOOL_YEAR_AFTER = re.compile(r"\s(?:school|academic) year\b", re.I)


def _at_its_end(text: str, when: When) -> When:
    """'at the end of 2023-24' is March 2024, 'at the end of 2024' December: one month, not the year."""
    if when.grain == "fy" and (
        _SCHOOL_YEAR.search(text[: when.span[0]]) or _SCHOOL_YEAR_AFTER.match(text[when.span[1] :])
    ):
        when = replace(when, first=when.first.plus(5), last=when.last.plus(5), grain="year")
    hit = _END.search(text[: when.span[0]])
    if hit is None or when.grain not in ("year", "fy"):
        return when
    month = when.last if hit["end"] else when.first
    return replace(when, first=month, last=month, grain="month", role="end_of_year" if when.grain == "fy" else "")


def _month_number(word: str) -> int:
    return _NAMES[word.lower().rstrip(".")]


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _atoms(text: str, taken: list[Span], latest: Month) -> list[When]:
    found: list[When] = []

    def keep(span: Span, first: Month, last: Month, grain: str, day: int | None = None) -> None:
        if free(span, taken):
            taken.append(span)
            found.append(When(span, text[span[0] : span[1]], first, last, grain, day))

    for hit in _MONTH_DAY.finditer(text):
        month = Month(int(hit[3]), _month_number(hit[1]))
        keep(hit.span(), month, month, "day", int(hit[2]))
    yearless_days = [hit for hit in _DAY.finditer(text) if not hit[3] and 1 <= int(hit[1]) <= 31]
    for hit in _DAY.finditer(text):
        if hit[3] and 1 <= int(hit[1]) <= 31:
            month = Month(int(hit[3]), _month_number(hit[2]))
            keep(hit.span(), month, month, "day", int(hit[1]))
    for hit in _NUMERIC_DAY.finditer(text):
        if 1 <= int(hit[2]) <= 12:
            month = Month(int(hit[3]), int(hit[2]))
            keep(hit.span(), month, month, "day", int(hit[1]))
    for hit in _ISO.finditer(text):
        financial = (int(hit[1]) + 1) % 100 == int(hit[2]) and not hit[3]
        if not financial:
            month = Month(int(hit[1]), int(hit[2]))
            keep(hit.span(), month, month, "day" if hit[3] else "month", int(hit[3]) if hit[3] else None)
    for hit in _MONTH_YEAR.finditer(text):
        if len(hit[2]) == 2 and not 10 <= int(hit[2]) <= 45:
            continue
        month = Month(_full_year(hit[2]), _month_number(hit[1]))
        keep(hit.span(), month, month, "month")
    _year_spans(text, keep)
    for hit in _SEASON.finditer(text):
        low, high = _SEASONS[hit[1].lower()]
        keep(hit.span(), Month(int(hit[2]), low), Month(int(hit[2]), 1).plus(high - 1), "season")
    for hit in _YEAR.finditer(text):
        if 1990 <= int(hit[1]) <= 2060:
            keep(hit.span(), Month(int(hit[1]), 1), Month(int(hit[1]), 12), "year")
    for hit in yearless_days:
        keep(
            hit.span(),
            Month(latest.year, _month_number(hit[2])),
            Month(latest.year, _month_number(hit[2])),
            "month_day",
            int(hit[1]),
        )
    return _with_bare_months(text, found, taken, latest)


def _year_spans(text: str, keep: Callable[[Span, Month, Month, str], None]) -> None:
    for hit in _FY.finditer(text):
        start, end = int(hit[1]), _full_year(hit[2]) if len(hit[2]) == 4 else int(hit[1]) // 100 * 100 + int(hit[2])
        if end == start + 1:
            keep(hit.span(), Month(start, 4), Month(end, 3), "fy")
        elif start < end <= start + 30 and len(hit[2]) == 4:
            keep(hit.span(), Month(start, 1), Month(end, 12), "window")


_LAST = re.compile(r"\blast\s$", re.I)
"""'last January' is the latest there was, whichever January is named beside it."""


def _with_bare_months(text: str, found: list[When], taken: list[Span], latest: Month) -> list[When]:
    """A month without its year: the year of its partner ('between March and August 2024'), else of a bare year."""
    out = list(found)
    bare = [
        hit
        for hit in _MONTH_ONLY.finditer(text)
        if free(hit.span(), taken)
        and (hit[0] not in ("May", "March", "Mar", "MAR", "MAY") or _is_month_word(text, hit))
    ]
    years = [when for when in found if when.grain == "year"]
    for hit in bare:
        number = _month_number(hit[1])
        partner = next(
            (
                when
                for when in sorted(found, key=lambda when: when.span)
                if when.span[0] > hit.end() and when.grain in ("month", "day")
            ),
            None,
        )
        near = partner and len(text[hit.end() : partner.span[0]]) < 40 and not _LAST.search(text[: hit.start()])
        if partner and near:
            year = partner.first.year if number <= partner.first.number else partner.first.year - 1
            out.append(When(hit.span(), hit[0], Month(year, number), Month(year, number), "month"))
        elif years and len(bare) == 1:
            out = [_named(when, number) if when in years else when for when in out]
        else:
            year = _nearest_year(found, number, hit.start(), latest, text)
            out.append(When(hit.span(), hit[0], Month(year, number), Month(year, number), "yearless"))
        taken.append(hit.span())
    return out


def _is_month_word(text: str, hit: re.Match[str]) -> bool:
    before = text[: hit.start()].rstrip().lower()
    return before.endswith(
        (
            "in",
            "by",
            "since",
            "from",
            "to",
            "until",
            "and",
            "of",
            "between",
            "mid-",
            "early",
            "late",
            "than",
            "for",
            "during",
            "the",
        )
    )


def _named(when: When, number: int) -> When:
    month = Month(when.first.year, number)
    return replace(when, first=month, last=month, grain="month")


def _nearest_year(found: list[When], number: int, at: int, latest: Month, text: str) -> int:
    before = [when for when in found if when.span[0] < at and when.grain in ("month", "day")]
    if before:
        anchor = before[-1].last
        back = re.search(r"\b(?:than|than in|from|since|on|against|than at the end of)\s$", text[:at])
        ahead = anchor.year if number >= anchor.number else anchor.year + 1
        past = anchor.year if number < anchor.number else anchor.year - 1
        return past if back and past < ahead else ahead
    return latest.year if number <= latest.number else latest.year - 1


def _relatives(text: str, atoms: tuple[When, ...], latest: Month, taken: list[Span]) -> list[When]:
    found: list[When] = []
    for hit in _EARLIER.finditer(text):
        if not free(hit.span(), taken):
            continue
        anchor = _anchor(atoms, hit.start(), latest, text)
        if hit["py"]:
            month = Month(anchor.year, _month_number(hit["pm"]))
            month = month if month < anchor else month.plus(-12)
        else:
            month = anchor.plus(-_steps(hit))
        taken.append(hit.span())
        found.append(When(hit.span(), hit[0], month, month, "relative", role="earlier"))
    for hit in _LATER.finditer(text):
        if not free(hit.span(), taken):
            continue
        anchor = _anchor(atoms, hit.start(), latest)
        named = hit["fm"] or hit["fm2"]
        if named:
            month = Month(anchor.year, _month_number(named))
            month = month if month > anchor else month.plus(12)
        elif "one month" in hit[0].lower() or "single month" in hit[0].lower():
            month = anchor.plus(-1)
        else:
            month = anchor.plus(_steps(hit))
        taken.append(hit.span())
        found.append(When(hit.span(), hit[0], month, month, "relative", role="later"))
    return found


def _steps(hit: re.Match[str]) -> int:
    groups = hit.groupdict()
    if groups.get("year") or groups.get("same"):
        return 12
    if groups.get("month"):
        return 1
    if groups.get("ny"):
        years = groups["ny"].lower()
        return 12 * (_COUNT.get(years) or int(years))
    word = (groups.get("n") or "12").lower().strip()
    return _COUNT.get(word) or int(word)


def _anchor(atoms: tuple[When, ...], at: int, latest: Month, text: str = "") -> Month:
    before = [when for when in atoms if when.span[0] < at and when.grain in ("month", "day", "yearless")]
    after = [when for when in atoms if when.span[0] > at and when.grain in ("month", "day", "yearless")]
    if not before and after and re.search(r"[,;]", text[at : after[0].span[0]]):
        after = []  # another clause's date
    return before[-1].last if before else after[0].last if after else latest


def _windows(text: str, points: tuple[When, ...], latest: Month, first: Month, taken: list[Span]) -> list[When]:
    found: list[When] = []
    used: set[Span] = set()
    for one, other in pairwise(points):
        before, between = text[: one.span[0]], text[one.span[1] : other.span[0]]
        opened = _BETWEEN.search(before) or _FROM.search(before)
        plain = between.strip().lower() in ("to", "-", "through to") and one.grain in ("month", "day", "yearless")
        if one.first <= other.last and _LINK.match(between) and (opened or plain):
            start = opened.start() if opened else one.span[0]
            found.append(
                When(
                    (start, other.span[1]),
                    text[start : other.span[1]],
                    one.first,
                    other.last,
                    "window",
                    parts=(one, other),
                    role="between",
                )
            )
            used |= {one.span, other.span}
    for when in points:
        if when.span in used or when.grain in ("relative", "month_day"):
            continue
        window = _window_of(text, when, points, latest, first)
        if window:
            found.append(window)
    for pattern, role in ((_PAST, "past"), (_OVER_YEAR, "over"), (_ALWAYS, "always"), (_NOW, "now")):
        for hit in pattern.finditer(text):
            if any(overlaps(hit.span(), when.span) and role != "now" for when in [*found, *points]):
                continue
            found.append(_worded(hit, role, points, latest, first))
            taken.append(hit.span())
    return found


def _worded(hit: re.Match[str], role: str, points: tuple[When, ...], latest: Month, first: Month) -> When:
    if role == "now":
        return When(hit.span(), hit[0], latest, latest, "now", role="now")
    if role == "always":
        return When(hit.span(), hit[0], first, latest, "window", role="always")
    if role == "over":
        end = _anchor(points, hit.start(), latest)
        return When(hit.span(), hit[0], end.plus(-12), end, "window", role="past")
    word = (hit["n"] or hit["n2"] or "").strip().lower()
    if hit["unit2"]:
        end = _anchor(points, hit.start(), latest)
        return When(hit.span(), hit[0], end.plus(-12 if hit["unit2"] == "year" else -1), end, "window", role="past")
    months = _COUNT.get(word) or (int(word) if word else 12 if (hit["unit"] or "").startswith("year") else 1)
    if word and (hit["unit"] or "").startswith("year"):
        months *= 12
    return When(hit.span(), hit[0], latest.plus(-months), latest, "window", role="past")


def _window_of(text: str, when: When, points: tuple[When, ...], latest: Month, first: Month) -> When | None:
    before = text[: when.span[0]]
    hit = _YEAR_TO.search(before)
    if hit:
        months = 12 if hit["unit"] else _COUNT.get(hit["n"].lower()) or int(hit["n"])
        return _window(text, hit.start(), when, when.last.plus(-months), when.last, "year_to")
    hit = _SINCE.search(before)
    later = any(other.first > when.first and other.span != when.span for other in points)
    spoken = hit is not None and "since" in hit[0].lower()
    if hit and (spoken or not later) and not _NOT_SINCE.search(before) and when.first < latest:
        return _window(text, hit.start(), when, when.first, latest, "since")
    hit = _UNTIL.search(before)
    if hit and when.grain in ("month", "day", "yearless"):
        return _window(text, hit.start(), when, min(first, when.last), when.last, "until")
    hit = _THROUGHOUT.search(before)
    if hit and when.grain in ("year", "fy", "season"):
        return _window(text, hit.start(), when, when.first, when.last, "throughout")
    return None


def _window(text: str, start: int, when: When, first: Month, last: Month, role: str) -> When:
    return When((start, when.span[1]), text[start : when.span[1]], first, last, "window", parts=(when,), role=role)
