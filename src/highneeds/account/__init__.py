"""Where the money stands: the agreement, the account of the dedicated schools grant, and why plan and fact differ.

>>> from highneeds import account
>>> before = account.position(target=account.stated(29_900_000), forecast=account.stated(53_000_000, "about"),
...                           gap=account.stated(10_000_000, "about"))
>>> before.variance // 100, before.variance_pct, before.implied_lead // 100
(23100000, Decimal('77.3'), 13100000)

What a caller needs, all pure; a sum goes in as a `Stated`: `account.stated(pounds)` or `account.of_fact(fact)`:

opening                the opening position: implied grant, earlier deficit, beside the published block
position               in-year target against forecast, accumulated gap, the lead that it implies
implied_contributions  what three published balances say DfE and council put in
on_track               the three answers, each with its verdict and the figures that it rests on
layers                 agreed, latest, achieved side by side
account_of             all of the above from a workspace and its registers: .published, .own, .measures(), .findings
roll                   the account year by year from YEARS and SPEND; account_measures are its figures
bridge                 volume, mix, price between a plan and what happened

Amounts are whole pence inside; `in_words` makes them '£23.1m', `decimal_pounds` makes them 23100000.00.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from highneeds.account.amount import Amount, known, missing
from highneeds.account.balance.layers import Layers, layers
from highneeds.account.balance.on_track import (
    CapitalProject,
    OnTrackAnswer,
    OnTrackByEnd,
    OnTrackCapital,
    OnTrackInYear,
    OnTrackVerdict,
    on_track,
)
from highneeds.account.balance.opening import OpeningPosition, PublishedBlock, opening
from highneeds.account.balance.published_account import PublishedAccount, published_account
from highneeds.account.balance.roll import RolledAccount, YearPosition, roll, spend_by_year
from highneeds.account.balance.standing import ImpliedContributions, Position, implied_contributions, position
from highneeds.account.balance.table import account_findings, account_measures
from highneeds.account.contradiction import contradiction
from highneeds.account.pennies import decimal_pounds
from highneeds.account.stated import Stated, in_words, of_fact, stated
from highneeds.account.variance.bridge import Bridge, Effects, bridge

if TYPE_CHECKING:
    from highneeds.account.of_workspace import WorkspaceAccount, account_of, capital_projects

OF_A_WORKSPACE = ("WorkspaceAccount", "account_of", "capital_projects")
"""Imported when first asked for: the bridge of two files starts without knowing of workspaces (decision 0049)."""


def __getattr__(name: str) -> Any:
    if name not in OF_A_WORKSPACE:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.of_workspace"), name)


__all__ = [
    "Amount",
    "Bridge",
    "CapitalProject",
    "Effects",
    "ImpliedContributions",
    "Layers",
    "OnTrackAnswer",
    "OnTrackByEnd",
    "OnTrackCapital",
    "OnTrackInYear",
    "OnTrackVerdict",
    "OpeningPosition",
    "Position",
    "PublishedAccount",
    "PublishedBlock",
    "RolledAccount",
    "Stated",
    "WorkspaceAccount",
    "YearPosition",
    "account_findings",
    "account_measures",
    "account_of",
    "bridge",
    "capital_projects",
    "contradiction",
    "decimal_pounds",
    "implied_contributions",
    "in_words",
    "known",
    "layers",
    "missing",
    "of_fact",
    "on_track",
    "opening",
    "position",
    "published_account",
    "roll",
    "spend_by_year",
    "stated",
]
