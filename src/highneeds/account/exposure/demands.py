"""New demands and their answers in money: fees held down, exceptional need, joint funding with health and care."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from highneeds.account.pennies import nearest
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.ratio import Ratio


@dataclass(frozen=True)
class FeeUpliftYear:
    """asked      what the settled requests would have cost above the present fees, in pence a year
    avoided    (asked - agreed) x places of the settled requests
    open       what the requests still open ask for
    """

    asked: int
    avoided: int
    open: int

    @property
    def agreed(self) -> int:
        return self.asked - self.avoided


def fee_uplifts_of(rows: Iterable[RegisterRow], year: FinancialYear) -> FeeUpliftYear:
    """One year's requests. A refused or withdrawn request leaves the present fee, so all it asked is avoided."""
    ours = [row for row in rows if row["financial_year"] == year]
    still_open = [row for row in ours if row["outcome"] in ("asked", "offered")]
    settled = [row for row in ours if row not in still_open]
    return FeeUpliftYear(
        _sum(settled, lambda row: row["asked_fee_gbp"] - row["present_fee_gbp"]),
        _sum(settled, lambda row: row["asked_fee_gbp"] - _agreed_fee(row)),
        _sum(still_open, lambda row: row["asked_fee_gbp"] - row["present_fee_gbp"]),
    )


def _agreed_fee(row: RegisterRow) -> int:
    fee: int = row["present_fee_gbp"] if row["agreed_fee_gbp"] is None else row["agreed_fee_gbp"]
    return fee


def _sum(rows: Sequence[RegisterRow], per_place: Callable[[RegisterRow], int]) -> int:
    return nearest(sum((Fraction(per_place(row)) * Fraction(row["places"]) for row in rows), Fraction(0)) / 100)


@dataclass(frozen=True)
class ExceptionalNeedYear:
    """agreed     decisions that gave something, of all decisions
    a_year     what was agreed, in pence a year
    pending    what the requests without a decision ask for
    by_school  school -> requests, in falling order
    """

    agreed: Ratio
    a_year: int
    pending: int
    by_school: tuple[tuple[str, int], ...]


def exceptional_need_of(rows: Sequence[RegisterRow], year: FinancialYear) -> ExceptionalNeedYear:
    """The requests received in a financial year."""
    ours = [row for row in rows if FinancialYear.of(row["requested_on"]) == year]
    decided = [row for row in ours if row["decision"] != "pending"]
    given = [row for row in decided if row["decision"] in ("agreed", "part")]
    schools: dict[str, int] = {}
    for row in ours:
        schools[row["school"]] = schools.get(row["school"], 0) + 1
    return ExceptionalNeedYear(
        Ratio(len(given), len(decided)),
        sum(row["agreed_gbp"] or 0 for row in given),
        sum(row["asked_gbp"] for row in ours if row["decision"] == "pending"),
        tuple(sorted(schools.items(), key=lambda item: (-item[1], item[0]))),
    )


@dataclass(frozen=True)
class JointFundingYear:
    """agreed       applications agreed, in whole or part, of those decided
    health       what health agreed to carry, in pence a year
    billed, received
    """

    agreed: Ratio
    health: int
    billed: int
    received: int

    @property
    def unbilled(self) -> int:
        return self.health - self.billed

    @property
    def owed(self) -> int:
        return self.billed - self.received

    def exposed_to(self, cut_percent: int) -> int:
        """What falls back on the council if health cuts what it carries by so many percent."""
        return nearest(Fraction(self.health * cut_percent, 10_000))


def joint_funding_of(rows: Sequence[RegisterRow], year: FinancialYear) -> JointFundingYear:
    """The applications made in a financial year."""
    ours = [row for row in rows if FinancialYear.of(row["applied_on"]) == year]
    decided = [row for row in ours if row["decision"] != "pending"]
    given = [row for row in decided if row["decision"] in ("agreed", "part")]
    return JointFundingYear(
        Ratio(len(given), len(decided)),
        sum(nearest(Fraction(row["annual_cost_gbp"]) * Fraction(row["health_percent"] or 0) / 10_000) for row in given),
        sum(row["billed_gbp"] or 0 for row in given),
        sum(row["received_gbp"] or 0 for row in given),
    )
