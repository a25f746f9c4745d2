"""The pages of comparisons with other councils."""

from dataclasses import dataclass
from typing import Literal

from highneeds.report.pages.results.parts import PageFinding

AreaKind = Literal["own", "england", "region", "middle", "neighbour", "other"]


@dataclass(frozen=True)
class ComparedArea:
    """One area over the periods of a comparison.

    id      'england', 'region', 'middle', or a council's number
    values  plain numbers for drawing, None where there is none; texts: the same as shown
    """

    id: str
    name: str
    kind: AreaKind
    values: tuple[str | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class PublishedComparison:
    """One published measure of every council.

    sentence      the page's heading: ours, England's, and where we stand
    subject, per  what is compared, and what it is divided by; comparisons of one subject differ only in `per`
    part, whole   numerator and denominator in words
    periods       as shown, oldest first
    areas         ours, England, the region, the middle of the neighbours, then the neighbours
    others        every other council with a figure in any of the periods, by name
    rank          '12 of 151, 1 is the highest'
    csv           every council and period, a file inside DIR
    drawn, alt    ours, England, the region and the middle of the neighbours over time: a file inside DIR, and in words
    """

    id: str
    title: str
    sentence: PageFinding
    subject: str
    per: Literal["head", "plan", "case", "pupil on SEN support"]
    part: str
    whole: str
    unit: str
    source: str
    periods: tuple[str, ...]
    areas: tuple[ComparedArea, ...]
    others: tuple[ComparedArea, ...]
    rank: str
    csv: str
    drawn: str
    alt: str


@dataclass(frozen=True)
class Comparisons:
    """sentence   the page's heading; measures: empty where nothing is published of this council"""

    sentence: PageFinding
    measures: tuple[PublishedComparison, ...]
