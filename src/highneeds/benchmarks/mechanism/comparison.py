"""What a comparison is: a numerator and a denominator from the published tables, for every area and period."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from highneeds.intake.published import Published
from highneeds.vocabulary.per import Per as Per
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.unit import Unit

AREA = ("geo_level", "la_number", "year")
RATIO_COLUMNS = (*AREA, "part", "whole")


class ComparisonPeriod(StrEnum):
    """What the year of a comparison means."""

    JANUARY = "January census"
    CALENDAR_YEAR = "calendar year"
    FINANCIAL_YEAR = "financial year"

    def label(self, year: int) -> str:
        """2024 as it stands in the period column: '2024-01', '2024', '2024-25'."""
        if self is ComparisonPeriod.JANUARY:
            return str(Month(year, 1))
        return str(FinancialYear(year)) if self is ComparisonPeriod.FINANCIAL_YEAR else str(year)

    def last_day(self, year: int) -> date:
        """The last day that the period speaks of."""
        if self is ComparisonPeriod.JANUARY:
            return date(year, 1, 31)
        return FinancialYear(year).last_day if self is ComparisonPeriod.FINANCIAL_YEAR else date(year, 12, 31)


NOT_PER_SUPPORTED = (
    "Not given per pupil on SEN support: of these pupils the share of all pupils is published here, and not the number"
)
"""Decision 0171: a number worked out from a population would be of other children."""


@dataclass(frozen=True)
class Comparison:
    """One comparison.

    part, whole   numerator and denominator in words
    scale         100 for percentages, 1,000 for rates per 1,000
    example       a worked example
    ratios        the published tables -> a frame of RATIO_COLUMNS: one row per area (LA, and REG and NAT where both
                  sides are published for them) and year
    subject       what is compared, in words; comparisons of one subject differ only in `per`
    beside        ids of dashboard indicators that speak of the same thing, beside which it is shown
    not_given     what its subject is not divided by, and why; said wherever it is shown
    variant_of    id of the comparison that counts the same in another way: of the two a report draws one
    """

    id: str
    title: str
    unit: Unit
    source: str
    part: str
    whole: str
    scale: int
    example: str
    when: ComparisonPeriod
    ratios: Callable[[Published], pl.DataFrame]
    subject: str
    per: Per
    beside: tuple[str, ...] = ()
    not_given: str = ""
    variant_of: str = ""


def over(part: pl.DataFrame, whole: pl.DataFrame) -> pl.DataFrame:
    """Numerator over denominator where both are there. Frames of AREA columns and `value`; `whole` may lack `year`."""
    keys = [name for name in AREA if name in whole.columns]
    joined = part.rename({"value": "part"}).join(whole.rename({"value": "whole"}), on=keys, how="inner")
    both = joined.filter(pl.col("part").is_not_null() & pl.col("whole").is_not_null() & (pl.col("whole") > 0))
    return both.select(RATIO_COLUMNS)
