"""'Most', 'the majority', 'a minority': more or less than half of a whole."""

import re
from collections.abc import Iterable
from decimal import Decimal

from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts, Number
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, label, show
from highneeds.vocabulary.period import Month

_MOST = re.compile(
    r"\b(?:most(?= (?:of |requests|annual|assessment|plans|young|children|pupils|reviews|post))|(?:the|a"
    r"|an overall) majority(?= of))",
    re.I,
)
_MINORITY = re.compile(r"\b(?:(?:the|a) minority(?= of))\b", re.I)
HALF = Decimal(50)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for pattern, side in ((_MOST, 1), (_MINORITY, -1)):
        for hit in pattern.finditer(reading.text):
            series, firm = reading.series_about(hit.span(), Counts.PERCENT)
            if not series or not firm or not series[0].points:
                continue
            one = series[0]
            bound = reading.period_of(Number(hit.span(), hit[0], HALF, Counts.PERCENT, Decimal(1), Decimal(1)))
            month = bound.when.first if bound.when and bound.when.is_month else one.months[-1] if one.months else None
            if month is None or month not in one.points:
                continue
            yield _judged(one.id, one.unit, one.points[month], month, side, hit.span())


def _judged(series: str, unit: str, value: Decimal, month: Month, side: int, span: Span) -> Judgement:
    verdict = Verdict.HOLDS if (value - HALF) * side > 0 else Verdict.FAILS
    return Judgement(span, verdict, f"{label(month)}: {show(unit, value)}", series, show(unit, value))


SHARE = Kind(
    name="share",
    title="Most, the majority, a minority",
    order=420,
    read=read,
    examples=(
        Example("Most requests for assessment were declined in March 2024.", HOLDS, "Most"),
        Example("Most requests for assessment were agreed in March 2024.", FAILS, "Most"),
    ),
)
