"""The axes of the forecast: terms, ages, needs, settings, and the provisions in which plans are placed.

Axes are spelled the same everywhere: draws, terms, years, ages, needs, provisions. A provision is a setting, or one
named school or unit inside a setting; the first provisions are always the settings themselves, in this order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from highneeds.vocabulary.need import NEEDS as NEED_WORDS
from highneeds.vocabulary.period import FinancialYear, SchoolYear

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
CountArray = npt.NDArray[np.int32]
Keys = npt.NDArray[np.uint64]
Marks = npt.NDArray[np.bool_]

AGES = 26
OLDEST = AGES - 1

NEEDS: tuple[str, ...] = (*dict.fromkeys(need.pack for need in NEED_WORDS), "need_unknown")
SETTINGS: tuple[str, ...] = (
    "mainstream",
    "mainstream_rp_unit",
    "mainstream_independent",
    "special_state",
    "special_non_maintained",
    "special_independent",
    "ap_pru",
    "fe_general",
    "specialist_post16",
    "early_years_nm",
    "elective_home_education",
    "eotas_la",
    "other_arrangements_parents",
    "neet",
    "other",
    "placement_unknown",
)
EARLIER_SETTINGS = {"awaiting_provision_pre2023": "placement_unknown", "work_based_pre2019": "other"}
"""Settings that only earlier returns had, and the setting that holds the same children now."""

AGE_BANDS: tuple[tuple[str, int, int], ...] = (
    ("Under 5", 0, 4),
    ("Age 5 to 10", 5, 10),
    ("Age 11 to 15", 11, 15),
    ("Age 16 to 19", 16, 19),
    ("Age 20 to 25", 20, 25),
)
"""The age bands of the published tables: (name, youngest, oldest)."""
PHASES: tuple[tuple[str, int, int], ...] = (
    ("early years", 0, 3),
    ("primary", 4, 10),
    ("secondary", 11, 15),
    ("post-16", 16, 25),
)
END_REASONS: tuple[str, ...] = (
    "transferred",
    "reached the greatest age",
    "needs met",
    "no longer taking part",
    "moved out of England",
    "other",
)
REACHED_GREATEST_AGE = END_REASONS.index("reached the greatest age")

FLOWS_BY_AGE: tuple[str, ...] = (
    "requests",
    "agreed",
    "refused",
    "came_back",
    "assessed",
    "issued",
    "issued_on_appeal",
    "moved_in",
    "ended",
    "moved",
    "stock",
    "under_way",
    "lapsed",
)
FLOWS_BY_NEED: tuple[str, ...] = ("started", "ended", "moved", "stock")
FLOWS_BY_PROVISION: tuple[str, ...] = ("started", "ended", "moved_to", "moved_from", "stock", "diverted")


def bands_in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Age bands from the youngest to the oldest; one of which we know no ages comes behind them, by its name."""
    place = {name: youngest for name, youngest, _ in AGE_BANDS}
    return tuple(sorted(names, key=lambda name: (place.get(name, OLDEST + 1), name)))


@dataclass(frozen=True)
class Provision:
    """A setting, or one named school, unit or group of schools inside it.

    setting   the name of the published pack
    school    '' for the setting as a whole
    """

    setting: str
    school: str = ""

    @property
    def name(self) -> str:
        return f"{self.setting}: {self.school}" if self.school else self.setting


WHOLE_SETTINGS: tuple[Provision, ...] = tuple(Provision(name) for name in SETTINGS)


@dataclass(frozen=True, order=True)
class Term:
    """One step: the `number`th term (0, 1, 2) of calendar `year`: to 31 March, to 31 August, to 31 December."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        return date(self.year, (1, 4, 9)[self.number], 1)

    @property
    def last_day(self) -> date:
        return date(self.year, *((3, 31), (8, 31), (12, 31))[self.number])

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def financial_year(self) -> FinancialYear:
        return FinancialYear.of(self.first_day)

    @property
    def school_year(self) -> SchoolYear:
        return SchoolYear.of(self.first_day)

    def plus(self, terms: int) -> "Term":
        index = self.year * 3 + self.number + terms
        return Term(index // 3, index % 3)

    def since(self, other: "Term") -> int:
        """How many terms after `other` this one begins."""
        return (self.year - other.year) * 3 + self.number - other.number

    @classmethod
    def of(cls, day: date) -> "Term":
        return cls(day.year, 0 if day.month < 4 else 1 if day.month < 9 else 2)


@dataclass(frozen=True)
class Calendar:
    """The terms of one forecast: from the census of January `origin` for `years` years, and one term more.

    The further term completes the last financial year, so that `years` years hold `years` whole financial years. It is
    the first of a year of its own: its rates are those that a forecast of more years has there.
    """

    origin: int
    years: int
    rollover: int = 2

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(Term(self.origin, 0).plus(step) for step in range(3 * self.years + 1))

    @property
    def numbers(self) -> Ints:
        """The term of the year (0, 1, 2) of every step."""
        return np.array([term.number for term in self.terms], dtype=np.int64)

    @property
    def januaries(self) -> tuple[int, ...]:
        """Every census, the opening one included."""
        return tuple(range(self.origin, self.origin + self.years + 1))

    @property
    def financial_years(self) -> tuple[FinancialYear, ...]:
        """Those that the forecast covers whole."""
        return tuple(FinancialYear(self.origin + step) for step in range(self.years))

    @property
    def school_years(self) -> tuple[SchoolYear, ...]:
        return tuple(SchoolYear(self.origin + step) for step in range(self.years - 1))

    @property
    def rate_years(self) -> int:
        """How many years have rates: those of the forecast, and that of the further term."""
        return self.years + 1

    def year_of_terms(self) -> Ints:
        """For every step the forecast year (0 first) whose rates it uses."""
        return np.array([step // 3 for step in range(3 * self.years + 1)], dtype=np.int64)


def band_of_ages(groups: tuple[tuple[str, int, int], ...] = AGE_BANDS) -> Ints:
    """For every age the index of its band (or phase)."""
    found = [index for age in range(AGES) for index, (_, low, high) in enumerate(groups) if low <= age <= high]
    return np.array(found, dtype=np.int64)


def curriculum_year(age: int) -> str:
    """The national curriculum year of a child of that age on 31 August: 4 is R, 5 is 1; 0 to 3 are E1, E2, N1, N2."""
    if age <= 4:
        return ("E1", "E2", "N1", "N2", "R")[age]
    return str(age - 4)
