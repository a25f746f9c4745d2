"""Several returns side by side: for each month, the one that speaks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from highneeds.caseload.caseload import Caseload
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month


@dataclass(frozen=True)
class Caseloads:
    """Caseloads in the order of their reference dates."""

    members: tuple[Caseload, ...]

    @classmethod
    def of(cls, members: Iterable[Caseload]) -> "Caseloads":
        ordered = tuple(sorted(members, key=lambda caseload: caseload.reference_date))
        if not ordered:
            raise InputError("There is no return to measure", remedy="Give at least one SEN2 return")
        return cls(ordered)

    def for_month(self, month: Month) -> Caseload:
        """Of the returns that cover the month, the latest; of none, the earliest that reaches furthest.

        A return covers from 1 January of the year before its own: earlier endings are not in it. So a month of 2023 is
        answered by the return of January 2024 and not by the one of January 2025, which lost the plans ended in 2023.
        """
        covering = [caseload for caseload in self.members if caseload.first_day <= month.first_day]
        return covering[-1] if covering else self.members[0]

    @property
    def ends(self) -> date:
        """The reference date of the latest return: of a month that begins after it nothing is known."""
        return self.members[-1].reference_date

    def reaching(self, month: Month) -> Caseload | None:
        """The latest return whose reference date lies in the month: the only one that may say what was overdue then."""
        reaching = [caseload for caseload in self.members if Month.of(caseload.reference_date) == month]
        return reaching[-1] if reaching else None
