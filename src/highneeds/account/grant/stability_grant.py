"""The high needs stability grant: which deficit counts, what it pays, what stays, and what the years after add.

Source: GOV.UK note of 9 February 2026: 90% of the eligible deficit at 31 March 2026, once a local SEND reform plan is
approved. Where returns differ without explanation the lowest counts; overspends outside high needs are taken off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from highneeds.account.amount import Amount, known, missing
from highneeds.account.pennies import share_of
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear


class Approval(StrEnum):
    """How far the local plan has come; only an approved plan is paid."""

    NOT_SUBMITTED = "not submitted"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True)
class ReturnedDeficit:
    """The deficit as one return states it. `explained`: its difference from the others has an accepted reason."""

    name: str
    amount: Amount
    explained: bool = False


@dataclass(frozen=True)
class StabilityGrant:
    """returns       the deficit by return
    counted       the figure that counts: the lowest one that is not explained
    ineligible    overspend outside high needs
    grant         the share of the eligible deficit, if the plan is approved
    is_later      some of the figures were published after the report
    """

    returns: tuple[ReturnedDeficit, ...]
    counted: Amount
    ineligible: Amount
    share_percent: Decimal
    approval: Approval
    is_later: bool = False

    @property
    def eligible(self) -> Amount:
        return self.counted - self.ineligible

    @property
    def grant(self) -> Amount:
        eligible = self.eligible
        if eligible.pence is None:
            return eligible
        return known(share_of(max(0, eligible.pence), self.share_percent), *eligible.sources)

    @property
    def residual(self) -> Amount:
        """What stays with the council of the counted deficit, ineligible spend included."""
        return self.counted - self.grant

    @property
    def expected(self) -> Amount:
        """What may be counted on today: nothing until the plan is approved."""
        if self.approval is Approval.APPROVED:
            return self.grant
        return known(0, Note.of("stands.local_plan", approval=str(self.approval)))


def stability_grant(
    returns: Sequence[ReturnedDeficit],
    ineligible: Amount,
    share_percent: Decimal,
    approval: Approval,
    is_later: bool = False,
) -> StabilityGrant:
    """The layer of the grant. Returns without a figure are left out, and say so."""
    usable = [one.amount for one in returns if one.amount.is_known and not one.explained]
    usable = usable or [one.amount for one in returns if one.amount.is_known]
    nowhere = missing(Note.of("amount.no_return"))
    counted = min(usable, key=lambda amount: amount.pence or 0) if usable else nowhere
    return StabilityGrant(tuple(returns), counted, ineligible, share_percent, approval, is_later)


def deficit_after_grant(
    residual: Amount, in_years: Sequence[tuple[FinancialYear, Amount]]
) -> tuple[tuple[FinancialYear, Amount], ...]:
    """The deficit at the end of each year after the grant: what it left, plus each year's position."""
    balance, found = residual, []
    for year, in_year in in_years:
        balance = balance + in_year
        found.append((year, balance))
    return tuple(found)
