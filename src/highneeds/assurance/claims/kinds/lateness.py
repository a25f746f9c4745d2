"""How late something is: 'opened four months later than planned', 'three years behind schedule'."""

import re
from collections.abc import Iterable
from decimal import Decimal

from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import in_words
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span, overlaps
from highneeds.assurance.claims.weigh import Judgement, Weighed

_N = r"(?:\d{1,2}|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty-four|thirty-six)"
_LATE = re.compile(
    rf"\b(?P<n>{_N})[- ](?P<unit>month|year)s?['’]?(?: (?:late|later|behind|after|delay|overdue|slippage))"
    rf"(?: than| the)?(?: (?:originally |first )?(?:planned|intended|assumed|expected|scheduled|schedule|plan|due))?"
    rf"|\b(?:delayed|slipped|late|put back|delay(?: of)?) by (?:about |around "
    rf"|some )?(?P<n2>{_N}) (?P<unit2>month|year)s?"
    rf"|\bdelay (?:of|[^.,;\d]{{0,60}} (?:was|is)) (?:about |around |some )?(?P<n3>{_N}) (?P<unit3>month|year)s?",
    re.I,
)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    """Against the slip of the opening that the sentence names."""
    for hit in _LATE.finditer(reading.text):
        unit = (hit["unit"] or hit["unit2"] or hit["unit3"]).lower()
        word = hit["n"] or hit["n2"] or hit["n3"]
        months = _months(word, unit)
        named = _slips(reading)
        if not named:
            continue
        fact_id, slip, source, meaning = named[0]
        inside = [number.span for number in reading.numbers] + [when.span for when in reading.whens]
        spans = [span for span in inside if overlaps(span, hit.span())]
        right = slip == months or (unit == "year" and abs(slip - months) < 6)
        why = f"{source}: {meaning}, {slip} months"
        verdict = Verdict.HOLDS if right else Verdict.FAILS
        yield Weighed(verdict, why, f"{slip} months", fact_id, fact_id).owning(hit.span(), *spans)


def _months(word: str, unit: str) -> int:
    many = 1 if word.lower() in ("a", "one") else int(word) if word.isdigit() else int(in_words(word) or 0)
    return many * 12 if unit == "year" else many


def _slips(reading: Reading) -> list[tuple[str, int, str, str]]:
    """The openings of the register whose names the sentence carries: (fact, months late, where, what)."""
    own = reading.subjects.evidence.facts
    text = reading.text + " " + (reading.context.text if reading.context and reading.text.startswith("It ") else "")
    said = set(re.findall(r"[A-Z][a-z]{3,}", text)) | set(_THE_SCHOOL.findall(text))
    found = []
    for fact in own:
        if fact.kind == "register" and fact.id.endswith("_late_months") and fact.value is not None:
            names = set(re.findall(r"[A-Z][a-z]{3,}", fact.meaning)) - {"Academy", "School", "Schools", "Isle"}
            names |= _initials(fact.meaning)
            if names & said:
                found.append((len(names & said), fact))
    found.sort(key=lambda item: -item[0])
    if len(found) > 1 and found[0][0] == found[1][0]:
        return []  # two openings are as near as each other
    return [(fact.id, int(fact.value or Decimal(0)), str(fact.source), fact.meaning) for _, fact in found]


_THE_SCHOOL = re.compile(r"\b[Tt]he (?:new )?([A-Z]{3,}) (?:special )?school\b")
"""'the SEMH school' is one school; 'two SEMH schools' are others."""


def _initials(meaning: str) -> set[str]:
    """'(social, emotional and mental health)' is also SEMH."""
    bracketed = re.search(r"\(([^()]+)\)", meaning)
    words = re.findall(r"\w+", bracketed[1]) if bracketed else []
    return {"".join(word[0] for word in words if word != "and").upper()}


LATENESS = Kind(
    name="lateness",
    title="How late something is",
    order=54,
    read=read,
    examples=(
        Example("Nore Academy opened four months later than planned.", HOLDS),
        Example("Nore Academy opened nine months later than planned.", FAILS),
        Example("The delay to Nore Academy was six months.", FAILS),
    ),
)
