"""The account as evidence: each measure by year as a short series, and what is worked out from it as figures."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from highneeds.account.amount import Amount
from highneeds.account.balance.roll import YearPosition
from highneeds.account.balance.table import AccountMeasure
from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.account.pennies import decimal_pounds
from highneeds.claims.evidence.model import EvidenceFact, EvidenceSeries
from highneeds.claims.language.tables import table
from highneeds.intake.ledger.positions import Layer
from highneeds.vocabulary.dsg_block import DsgBlock
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Period
from highneeds.vocabulary.rounding import millions, pounds
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State

PLACE = "the account"
SINGLE = ("exact", "about")
APART = ("account_variance", "account_gap", "account_cumulative_gap")
WHOLES = ("account_exposure",)
"""Figures of the whole account: they may confirm a sentence that names one loosely, and accuse none."""
NAMES: dict[str, list[str]] = table("account")["measures"]
YEARLY_NAMES: dict[str, list[str]] = table("account")["yearly"]
BY_YEAR: list[str] = table("account")["by_year"]


def account_series(account: WorkspaceAccount) -> tuple[EvidenceSeries, ...]:
    """What came or is expected, and what was agreed, of every measure that is known for two years or more."""
    lines = {name: _line(account, name, (Layer.ACHIEVED, Layer.LATEST)) for name in BY_YEAR}
    for row in account.measures():
        if row.name in BY_YEAR and row.year and isinstance(row.value, Decimal) and row.state == State.COMPUTED:
            lines[row.name][FinancialYear.parse(row.year)] = row.value
    agreed = {f"{name}_agreed": _line(account, name, (Layer.AGREED,)) for name in BY_YEAR}
    for position in account.own.positions if account.own else ():
        _add(lines, position.year, _own(position))
        _add(agreed, position.year, _planned(position))
    lines["allocation_gbp"] = {
        year: decimal_pounds(block.before) for year, block in account.blocks if block.block is DsgBlock.HIGH_NEEDS
    }
    lines["outturn_gbp"] = {year: pounds_of for year, one in account.outturn if (pounds_of := one.pounds) is not None}
    return tuple(_series(name, points) for name, points in (lines | agreed).items() if len(points) > 1)


def _series(name: str, points: dict[Period, Decimal]) -> EvidenceSeries:
    names = (NAMES | YEARLY_NAMES)[name.removesuffix("_agreed")]
    if name.endswith("_agreed"):
        names = [f"{way} {one}" for one in names for way in ("planned", "target")]
    sources = {year: Source(PLACE) for year in points}
    return EvidenceSeries(f"account_{name}", names[0], "gbp", points, "down", sources=sources, kind="account",
                  also_called=tuple(names[1:]))  # fmt: skip


def _line(account: WorkspaceAccount, name: str, layers: tuple[Layer, ...]) -> dict[Period, Decimal]:
    """A measure by year as published: single figures only, since a range has no change."""
    found = {year: account.published.layers.one(year, name, *layers) for year in account.published.layers.years}
    return {year: decimal_pounds(one.low) for year, one in found.items() if one and one.qualifier in SINGLE}


def _own(position: YearPosition) -> dict[str, Amount]:
    return {"dfe_payment_gbp": position.actual.payments, "council_contribution_gbp": position.actual.contribution}


def _planned(position: YearPosition) -> dict[str, Amount]:
    plan = position.plan
    return {
        "in_year_before_contributions_gbp_agreed": plan.before, "in_year_after_contributions_gbp_agreed": plan.after,
        "closing_deficit_gbp_agreed": position.plan_closing, "dfe_payment_gbp_agreed": plan.payments,
        "council_contribution_gbp_agreed": plan.contribution,
    }  # fmt: skip


def _add(lines: dict[str, dict[Period, Decimal]], year: Period, amounts: dict[str, Amount]) -> None:
    for name, amount in amounts.items():
        if amount.pounds is not None:
            lines[name][year] = amount.pounds


def account_facts(account: WorkspaceAccount, recorded: Mapping[str, EvidenceFact]) -> tuple[EvidenceFact, ...]:
    """What is worked out from the account and is no recorded fact: variances, leads, what is outstanding.

    recorded   the facts of the workspace by id: what rests on them stands where they stand, and is as late as they are
    """
    return tuple(_measures(account, recorded))


def _measures(account: WorkspaceAccount, recorded: Mapping[str, EvidenceFact]) -> Iterator[EvidenceFact]:
    for row in account.measures():
        if row.state != State.COMPUTED or row.name not in NAMES:
            continue
        rests_on = [recorded[name] for name in row.facts if name in recorded]
        if isinstance(row.value, Decimal) and row.value:
            yield _fact(row, row.value, rests_on)
        elif row.name == "break_even_year" and row.value not in (None, "none"):
            yield _dated(row)


def _fact(row: AccountMeasure, value: Decimal, rests_on: Sequence[EvidenceFact]) -> EvidenceFact:
    first, *others = NAMES[row.name]
    unit, period = row.unit, row.year or row.of
    name = f"account_{row.name}_{period}"
    shown = f"{value:.1f}%" if unit == "percent" else millions(value) if abs(value) >= 1_000_000 else pounds(value)
    meaning = f"{first}, {period}" if period else first
    source = rests_on[0].source if rests_on else _place(row)
    return EvidenceFact(
        name, value, None, str(value), unit, period, "exact", shown, meaning, source, "high",
        any(one.later for one in rests_on), tuple(others), "account", not name.startswith(WHOLES),
        name.startswith(APART),
    )  # fmt: skip


def _dated(row: AccountMeasure) -> EvidenceFact:
    first, *others = NAMES[row.name]
    written, source = str(row.value), _place(row)
    return EvidenceFact(f"account_{row.name}", None, None, written, row.unit, "", "exact", written, first, source,
                also_called=tuple(others), kind="account")  # fmt: skip


def _place(row: AccountMeasure) -> Source:
    """Where a measure stands: in the files that the account names, else in the account itself."""
    grounds = row.grounds if isinstance(row.grounds, tuple) else ()
    places = [place for one in grounds for place in (one.sources if isinstance(one, Note) else (str(one),))]
    return Source("; ".join(dict.fromkeys(places)) or PLACE)
