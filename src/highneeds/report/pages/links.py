"""Where the words of the evidence lead: to the very figure they quote, as printed in its source."""

import re

from highneeds.intake.workspace import Fact
from highneeds.report.evidence import Evidence
from highneeds.report.sections.sources import printed


def source_of(evidence: Evidence, words: str, otherwise: str) -> str:
    """'forecast about £53m (REPORT line 11)' -> 'source:in_year_forecast'; `otherwise` where no fact fits.

    A fact fits when the words name its place and hold every number that is printed there; the fullest fit is taken.
    """
    fits = [fact for fact in evidence.workspace.facts if _fits(fact, words)]
    best = max(fits, key=lambda fact: len(_numbers(printed(fact).text)), default=None)
    return f"source:{best.id}" if best else otherwise


def _fits(fact: Fact, words: str) -> bool:
    place = str(fact.source)
    numbers = _numbers(printed(fact).text)
    at_place = re.search(rf"{re.escape(place)}(?!\d)", words) is not None
    return at_place and bool(numbers) and numbers <= _numbers(words.replace(place, ""))


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))
