"""Numbered things and their dates: 'Monitoring Report 2, September 2022'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.kinds.dates import same_date
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed

_REPORT = re.compile(
    r"\b(?:monitoring )?report (?:number |no\. ?)?(\d{1,2}|one|two|three|four|five|six|seven|eight)\b"
    r"|\bthe (first|second|third|fourth|fifth|sixth|seventh"
    r"|eighth)\b(?= (?:published )?(?:monitoring )?reports?\b|[^.;]{0,30}$"
    r"|[^.;,]{0,12} [A-Z][a-z]+ 20\d\d)",
    re.I,
)
_SUBMITTED = re.compile(r"\breport \(?(?:(?:submitted|sent|dated|published) )?(?:in |of )?$", re.I)
_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
}  # fmt: skip


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    dates = [when for when in reading.points if when.grain in ("month", "day")]
    if not re.search(r"\breports?\b", reading.text, re.I):
        return
    for hit in _REPORT.finditer(reading.text):
        word = (hit[1] or hit[2]).lower()
        number = _WORDS.get(word) or int(word)
        facts = [
            f
            for name in reading.evidence.reports
            if (f := reading.evidence.fact_named(name)) and name.endswith(f"_{number}")
        ]
        after = [when for when in dates if when.span[0] >= hit.end()]
        if not facts or not after:
            continue
        fact, when = facts[0], after[0]
        accused = reading.accused(fact)
        if same_date(when, fact) and accused:
            yield Weighed(Verdict.FAILS, accused, fact.printed, fact.id, fact.id).at(when.span)
        elif same_date(when, fact):
            copy = reading.own_copy(fact)
            why = (
                f"The only date behind it is the same statement ({fact.source})"
                if copy
                else f"{fact.source} gives {fact.printed}"
            )
            verdict = Verdict.CANNOT_CHECK if copy else Verdict.HOLDS
            yield Weighed(verdict, why, fact.printed, fact.id, fact.id, copy).at(when.span)
        else:
            yield Weighed(Verdict.FAILS, f"{fact.source} gives {fact.printed}", fact.printed, fact.id, fact.id).at(
                when.span
            )
    yield from _named_by_date(reading, used)


def _named_by_date(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    """'the November 2024 report': a report of that month is on the list."""
    for when in reading.points:
        after = reading.text[when.span[1] : when.span[1] + 14].lower()
        named = re.match(r"\)? (?:monitoring )?report\b", after) or _SUBMITTED.search(reading.text[: when.span[0]])
        if when.grain != "month" or when.span in used or not named:
            continue
        for name in reading.evidence.reports:
            fact = reading.evidence.fact_named(name)
            if fact and same_date(when, fact) and not reading.own_copy(fact):
                yield Weighed(Verdict.HOLDS, f"{fact.source} lists it", fact.printed, fact.id, fact.id).at(when.span)


ORDER = Kind(
    name="date and order",
    title="Numbered things and their dates",
    order=100,
    read=read,
    examples=(
        Example("Monitoring report 6 was sent in November 2024.", HOLDS, "November 2024"),
        Example("Monitoring report 5 was sent in September 2024.", FAILS, "September 2024"),
    ),
)
