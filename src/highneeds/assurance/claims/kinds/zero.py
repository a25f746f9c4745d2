"""None at all: 'no children moved from special to mainstream in June 2024', 'not one plan was ...'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span, overlaps
from highneeds.assurance.claims.weigh import Judgement, Weighed, show
from highneeds.vocabulary.period import Month

_NOUNS = (
    r"children|child|pupils?|young people|young person|plans?|reviews?|requests?|moves?|places|assessments?|learners?"
    r"|students?|transfers?|decisions?|one"
)
_NONE = re.compile(
    rf"\b(?:no|not (?:a single|one)|nil|zero) (?:\w+ ){{0,2}}?(?:{_NOUNS})\b|\bnone of the(?: \w+)? (?:{_NOUNS})\b"
    r"|\bno-one\b|\bnobody\b",
    re.I,
)
_QUALIFIED = re.compile(
    r"\b(?:without|unless|because|who had|whose|longer|more than|fewer than|less than|until|should|will|must|can"
    r"|other|further)\b",
    re.I,
)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for hit in _NONE.finditer(reading.text):
        months = [when for when in reading.points if when.is_month]
        other = any(one.feature in ("topic", "state") and one.value == "no_place" for one in reading.hits)
        if (
            len(months) != 1
            or other
            or _QUALIFIED.search(reading.text)
            or any(overlaps(hit.span(), one) for one in used)
        ):
            continue
        series, firm = reading.series_about(hit.span(), Counts.COUNT)
        counts = [one for one in series if one.unit == "count"]
        if not counts or not firm or months[0].first not in counts[0].points:
            continue
        yield _judged(counts[0].id, counts[0].points[months[0].first] == 0, months[0].first, show(
            "count", counts[0].points[months[0].first])).owning(hit.span(), months[0].span)  # fmt: skip


def _judged(series: str, right: bool, month: Month, shown: str) -> Weighed:
    return Weighed(Verdict.HOLDS if right else Verdict.FAILS, f"{month.label}: {shown}", shown, series)


ZERO = Kind(
    name="none at all",
    title="None at all",
    order=98,
    read=read,
    examples=(
        Example("No children moved from mainstream into special schools in January 2025.", FAILS, "No children"),
        Example("Not one child moved from special to mainstream schools in June 2024.", HOLDS, "Not one child"),
    ),
)
