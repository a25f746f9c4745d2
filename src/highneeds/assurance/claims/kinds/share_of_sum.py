"""A part of a sum: 'the government gives 63% of the £222m', 'a third of the £53m'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts, Number
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed

_OF = re.compile(r"\s*of (?:the |its |our |this |that |a )?(?:total |combined |whole )?(?:of )?$", re.I)
CONFIRMS, ACCUSES = 0.25, 0.3


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    """The recorded sum that the words name, as a share of the sum that stands behind 'of'."""
    for share, whole in zip(reading.numbers, reading.numbers[1:], strict=False):
        between = reading.text[share.span[1] : whole.span[0]]
        if share.counts is Counts.PERCENT and whole.counts is Counts.GBP and whole.low and _OF.match(between):
            yield from _judged(reading, share, whole)


def _judged(reading: Reading, share: Number, whole: Number) -> Iterable[Judgement]:
    near = [
        match
        for match in reading.facts_about(share.span, ("gbp",))[:6]
        if match.fact.value and match.fact.value < whole.low and match.score >= CONFIRMS
    ]
    parts = [one for one in reading.numbers if one.counts is Counts.GBP and one.span != whole.span]
    for part in parts:
        value = part.low * 100 / whole.low
        if agrees(share, value):
            why = f"{part.text.strip()} of {whole.text.strip()} is {value:.1f}%"
            yield Weighed(Verdict.HOLDS, why, f"{value:.1f}%").owning(share.span)
            return
    if parts:
        return
    for match in near:
        assert match.fact.value is not None
        value = match.fact.value * 100 / whole.low
        why = f"{match.fact.printed} ({match.fact.source}) of {whole.text.strip()} is {value:.1f}%"
        if agrees(share, value):
            yield Weighed(Verdict.HOLDS, why, f"{value:.1f}%", match.fact.id).owning(share.span, whole.span)
            return
        if match is near[0] and match.score >= ACCUSES and agrees(share, value) is False:
            yield Weighed(Verdict.FAILS, why, f"{value:.1f}%", match.fact.id).owning(share.span)
            return


SHARE_OF_SUM = Kind(
    name="share of a sum",
    title="A part of a sum of money",
    order=190,
    read=read,
    examples=(
        Example("The government gives 63% of the £222m that was promised in all.", HOLDS, "63%"),
        Example("The government gives 73% of the £222m that was promised in all.", FAILS, "73%"),
    ),
)
