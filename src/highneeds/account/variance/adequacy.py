"""Whether an explanation of a variance is adequate: it names causes, each with its size, that cover most of it.

"Increase due to rising demand" explains nothing: no part of the sum is accounted for. A cause counts with the first sum
of pounds that stands beside it; what stands in brackets behind it says how it came about and is not added again, and
what is called unexplained is not explained by saying so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from highneeds.account.pennies import decimal_pounds
from highneeds.intake.ledger.explanations import ExplanationRow

ENOUGH = Decimal("0.8")
"""Four fifths of the variance must be accounted for by causes with a size."""

AT_MOST = Decimal("1.2")
"""Causes that come to far more than the variance do not explain it either: something that offsets them is not named."""


class Adequacy(StrEnum):
    """Whether a variance is explained."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class ExplanationJudged:
    """The verdict on one explanation.

    adequacy   PARTLY without a cause: it names a change of coverage
    causes     (words, pounds) of every cause with a size, less where it is said to reduce
    explained  what they come to beside the variance, 1 for all of it
    """

    adequacy: Adequacy
    causes: tuple[tuple[str, Decimal], ...]
    explained: Decimal


_BRACKETS = re.compile(r"\([^()]*\)")
_POUNDS = re.compile(
    r"(?P<minus>[-\u2212]\s?)?£\s?(?P<sum>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>m(?:illion)?|bn|billion|k)?\b", re.I
)
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000}
_LESS = re.compile(r"\b(offset|saved|savings?|less|lower|fewer|reduced|reduction|underspend)\b", re.I)
_UNEXPLAINED = re.compile(r"\b(unexplained|not explained|remainder|residual|other)\b", re.I)
_RESTATED = re.compile(
    r"\b(overspen[dt]|variance|spend(?:ing)? (?:was|is)|total (?:spend|cost)|(?:over|under) budget)\b", re.I
)
"""Words that say the variance again and name no cause of it."""

_COVERAGE = re.compile(
    r"\b(last year's figure|previous year'?s? figure|includ(?:ed|es)|exclud(?:ed|es)|reclassified|recoded|coverage|"
    r"definition|restated|moved (?:from|to) (?:another|a different) line)\b",
    re.I,
)


def judge_explanation(variance_gbp: Decimal, explanation: str) -> ExplanationJudged:
    """Judge one explanation of a variance in pounds; a negative variance is an underspend."""
    causes = tuple(_causes(explanation))
    size = sum((gbp for _, gbp in causes), Decimal(0))
    explained = abs(size / variance_gbp) if variance_gbp else Decimal(1)
    if variance_gbp and size and (size > 0) != (variance_gbp > 0):
        explained = Decimal(0)
    if causes:
        enough = ENOUGH <= explained <= AT_MOST
        return ExplanationJudged(Adequacy.YES if enough else Adequacy.PARTLY, causes, explained)
    of_coverage = _COVERAGE.search(explanation)
    return ExplanationJudged(Adequacy.PARTLY if of_coverage else Adequacy.NO, (), Decimal(0))


def judge_explanations(rows: Iterable[ExplanationRow]) -> tuple[tuple[ExplanationRow, ExplanationJudged], ...]:
    """Every explanation of finance/explanations.csv with its verdict, in order."""
    return tuple((one, judge_explanation(decimal_pounds(one.variance), one.explanation)) for one in rows)


def _causes(explanation: str) -> Iterator[tuple[str, Decimal]]:
    """Every cause of the text with its first sum. A sum without words beside it is no cause."""
    plain = _BRACKETS.sub("", explanation)
    for part in re.split(r"[;\n]|,(?!\d)|\.(?!\d)|\band\b(?=[^,;.]*£)", plain):
        found = _POUNDS.search(part)
        words = _POUNDS.sub("", part).strip(" :-–")
        if found and re.search(r"[A-Za-z]{3}", words) and not (_UNEXPLAINED.search(words) or _RESTATED.search(words)):
            gbp = Decimal(found["sum"].replace(",", "")) * _UNITS[(found["unit"] or "").lower()]
            yield words, -gbp if found["minus"] or _LESS.search(words) else gbp
