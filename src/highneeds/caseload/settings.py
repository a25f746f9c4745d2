"""The choices a definition leaves to a council. Each has a name, a default, and words that stand beside the figure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, cast

from highneeds.vocabulary.errors import InputError


class OverdueBasis(StrEnum):
    """Which event counts as a review done, when we ask whether the next one is overdue."""

    DECISION = "decision"
    MEETING = "meeting"
    FINALISED = "finalised"


@dataclass(frozen=True)
class CaseloadSettings:
    """rollover_month     9: year groups roll over on 1 September; 8: the 31 August snapshot is already in the new year
    overdue_basis      decision: the council's letter; meeting: the review meeting; finalised: a decision to amend
                       counts only once a plan of that date or later is in force
    review_months      a review is due so many months after the plan or the last review (CFA 2014 section 44)
    issue_days         20 weeks from request to plan (SEND Regulations 2014, regulation 13(2))
    decision_days      6 weeks from request to decision (regulation 5(3))
    amend_outcomes     SEN2 review outcomes that say amend (our assumption: the guide's code list was not at hand)
    cease_outcomes     SEN2 review outcomes that say cease (likewise)
    """

    rollover_month: int = 9
    overdue_basis: OverdueBasis = OverdueBasis.DECISION
    review_months: int = 12
    issue_days: int = 140
    decision_days: int = 42
    amend_outcomes: tuple[str, ...] = ("A",)
    cease_outcomes: tuple[str, ...] = ("C",)

    def __post_init__(self) -> None:
        if self.overdue_basis not in list(OverdueBasis):
            raise InputError(
                f"'{self.overdue_basis}' is no basis for overdue reviews",
                where="overdue_basis",
                remedy=f"Use one of {', '.join(OverdueBasis)}",
            )
        object.__setattr__(self, "overdue_basis", OverdueBasis(self.overdue_basis))
        if self.rollover_month not in (8, 9):
            raise InputError(
                f"The roll-over month is {self.rollover_month}",
                where="rollover_month",
                remedy="Use 9 (1 September) or 8 (the 31 August snapshot stands in the new school year)",
            )

    def words_for(self, choice: str) -> str:
        """'overdue_basis = meeting': a choice as it stands beside a figure."""
        return f"{choice} = {getattr(self, choice)}"

    def changed(self, choices: tuple[str, ...]) -> str:
        """Those of the choices that differ from their default, in words; '' when none does."""
        defaults = {one.name: one.default for one in fields(self)}
        return ", ".join(self.words_for(name) for name in choices if getattr(self, name) != defaults[name])


def settings_of(local: Mapping[str, Any], rollover_month: int, overdue_basis: str | None = None) -> CaseloadSettings:
    """The council's own definitions (council.toml), else the defaults."""
    basis = overdue_basis or local.get("overdue_basis", OverdueBasis.DECISION)
    return CaseloadSettings(
        rollover_month=rollover_month,
        overdue_basis=cast("OverdueBasis", basis),  # becomes one, or is refused, there
        issue_days=int(local.get("twenty_weeks_days", 140)),
        decision_days=int(local.get("six_weeks_days", 42)),
    )
