"""Sums and the shares they are said to be: the base they imply, the reverse question, and implausible ones refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from re import search

from highneeds.account.balance.opening import half_of_last_digit
from highneeds.account.pennies import nearest, percent_of, share_of
from highneeds.account.stated import Stated, in_words
from highneeds.checks.finding import Finding, Severity


@dataclass(frozen=True)
class Share:
    """A published sum and the percentage it is said to be of something.

    about   what the sum is; base: what it is a share of; year: of which year
    """

    about: str
    base: str
    year: str
    sum: Stated
    percent: Decimal

    @property
    def implied_base(self) -> int:
        return _base(self.sum.pence, self.percent)

    @property
    def implied_range(self) -> tuple[int, int]:
        """The lowest and highest base that the rounding of both printed figures allows."""
        half, half_point = half_printed(self.sum), Decimal("0.5")
        lowest = _base(self.sum.pence - half, self.percent + half_point)
        return lowest, _base(self.sum.pence + half, self.percent - half_point)

    @property
    def sentence(self) -> str:
        return (
            f"{self.about}: {self.sum.words} as {self.percent}% of the {self.base} implies "
            f"{in_words(self.implied_base)}."
        )


@dataclass(frozen=True)
class CouncilTax:
    """A sum as a rise in council tax, if it were raised at once and in one year.

    base   what council tax brings in a year
    """

    base: int

    def rise_for(self, sum_pence: int) -> Decimal | None:
        """The rise in percent that would raise the sum."""
        return percent_of(sum_pence, self.base)

    def raised_by(self, percent: Decimal) -> int:
        """The sum that a rise would bring."""
        return share_of(self.base, percent)


def half_printed(one: Stated) -> int:
    """Half a unit of the last digit printed, in pence: '£10 million' is rounded by at most half a million."""
    found = search(r"\d[\d,]*(?:\.(\d+))?", one.printed)
    number = Decimal(found[0].replace(",", "")) if found else Decimal(0)
    if not found or not number or number == Decimal(one.pence) / 100:
        return half_of_last_digit(one.pence)
    unit = Fraction(one.pence) / Fraction(number)
    return int(unit / 10 ** len(found[1] or "") / 2)


def share_findings(shares: Sequence[Share], published: Sequence[tuple[str, str, int, str]] = ()) -> tuple[Finding, ...]:
    """Refuse shares whose bases cannot both be true.

    published   (base, year, pence, source): what is really known of a base; a later share must not fall under it

    A grant that grows every year cannot have been larger before: a later range wholly below an earlier one is refused.
    """
    found = []
    for one in shares:
        for other in shares:
            if one.base == other.base and other.year < one.year and one.implied_range[1] < other.implied_range[0]:
                found.append(_refused(one, f"{other.sentence.rstrip('.')} in {other.year}"))
        known = [row for row in published if row[0] == one.base and row[1] <= one.year]
        latest = max(known, key=lambda row: row[1], default=None)
        if latest and one.implied_range[1] < latest[2]:
            share = percent_of(one.sum.pence, latest[2])
            found.append(
                _refused(one, f"{latest[3]} gives {in_words(latest[2])} in {latest[1]}, of which it is {share}%")
            )
    return tuple(found)


def _refused(one: Share, against: str) -> Finding:
    lowest, highest = (in_words(end) for end in one.implied_range)
    return Finding(
        "ACCOUNT-04",
        Severity.QUERY,
        "facts.csv",
        None,
        one.sum.fact,
        "value",
        f"{one.sentence.rstrip('.')} ({lowest} to {highest} with rounding), but {against}",
        "Correct the percentage or name the budget it is a share of; do not repeat it until then.",
    )


def _base(pence: int, percent: Decimal) -> int:
    return nearest(Fraction(pence, 100) / Fraction(percent) * 100)
