"""What registers ask of the caseload: who has a plan on the day, in which school year, placed where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from highneeds.vocabulary.setting import SettingClass

if TYPE_CHECKING:
    from highneeds.caseload import Caseload


@dataclass(frozen=True)
class CaseOnDay:
    """One child with a plan. year: curriculum year, None where it is not known; tribunal: a request went there."""

    year: int | None
    placed: bool
    tribunal: bool = False

    def __str__(self) -> str:
        words = (
            f"year {self.year}",
            "placed" if self.placed else "not placed",
            "at the tribunal" if self.tribunal else "",
        )
        return " ".join(filter(None, words))


def cases_on(caseload: "Caseload", day: date) -> Mapping[str, CaseOnDay]:
    """By the reference that the return gives a child, which is the council's own case id."""
    references = caseload.people["reference"].to_list()
    flagged = caseload.requests.filter(caseload.requests["tribunal"].fill_null(False))["person"].to_list()
    tribunal = {references[person] for person in flagged}
    plans = caseload.at(day).plans.select("person", "year", "setting").iter_rows()
    return {
        str(references[person]): CaseOnDay(year, setting != SettingClass.UKN.value, references[person] in tribunal)
        for person, year, setting in plans
    }
