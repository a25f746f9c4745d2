"""How many entries a register has: 'the risk register holds three risks', 'the agreement has nine conditions'."""

import re
from collections.abc import Iterable
from decimal import Decimal

from highneeds.assurance.claims.evidence import Evidence
from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed

_ABOUT = re.compile(
    r"^\s*(?:\w+ )?(?P<what>conditions|risks)\b(?! (?:of|that|are|is|were|was|remain|have|to)\b)"
    r"|^\s*(?:\w+ )?(?P<listed>conditions|risks)\b",
    re.I,
)
_PLACE = re.compile(r"\b(?:risk register|register of risks|agreement|register)\b", re.I)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    if not _PLACE.search(reading.text):
        return
    for number in reading.numbers:
        hit = _ABOUT.match(reading.text[number.span[1] :])
        if hit is None or number.counts is not Counts.COUNT or number.span in used or number.is_range:
            continue
        what = (hit["what"] or hit["listed"]).lower().rstrip("s")
        many = _many(reading.evidence, what)
        partial = re.search(
            r"\b(?:of|other|further|more|first|last)\b", reading.text[max(0, number.span[0] - 12) : number.span[0]]
        )
        if not many or partial or re.match(r"\s*(?:of|other|new|further|more)\b", reading.text[number.span[1] :]):
            continue
        right = agrees(number, Decimal(many))
        why = f"There are {many} {what}s"
        yield Weighed(Verdict.HOLDS if right else Verdict.FAILS, why, str(many), f"{what}_levels").owning(number.span)


def _many(evidence: Evidence, about: str) -> int:
    return len({one.number for one in evidence.ratings if one.about == about})


REGISTER_COUNT = Kind(
    name="count of entries",
    title="How many conditions and risks there are",
    order=52,
    read=read,
    examples=(
        Example("The risk register holds three risks.", HOLDS, "three"),
        Example("The risk register holds five risks.", FAILS, "five"),
    ),
)
