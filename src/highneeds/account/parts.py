"""The further parts of a workspace's account: payments, shares, drivers, delay, override, grant, savings, costs."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from highneeds.account.amount import Amount, known, missing, of_statement, place_of
from highneeds.account.balance.layers import Layers
from highneeds.account.balance.published_account import BEFORE, CLOSING, PublishedAccount
from highneeds.account.balance.roll import RolledAccount
from highneeds.account.exposure.override import MovedEnd, OverrideClock, override_clock
from highneeds.account.exposure.reserves import ReserveYear, reserve_years, usable_at
from highneeds.account.grant.published import published_block, state_funded_spend
from highneeds.account.grant.stability_grant import (
    Approval,
    ReturnedDeficit,
    StabilityGrant,
    deficit_after_grant,
    stability_grant,
)
from highneeds.account.later import is_later
from highneeds.account.payments.ledger import PaymentLedger, payment_ledger
from highneeds.account.payments.shares import CouncilTax, Share, share_findings
from highneeds.account.savings.investments import Investment, NetBenefit, investments_of, net_benefit
from highneeds.account.savings.register import Saving, SavingsTotal, chance_of, savings_of, savings_total
from highneeds.account.spend.unit_costs import BasisChange, UnitCostSeries, blank, steps
from highneeds.account.stated import Stated, dated_by_name, of_fact, precision
from highneeds.account.variance.bridge import Bridge, bridge
from highneeds.account.variance.delay import DelayStatement
from highneeds.account.variance.drivers import (
    Driver,
    DriverBridge,
    DriverKind,
    driver_bridge,
    inflation_above_plan,
    lines_and_named,
)
from highneeds.account.variance.forecast_versions import OverForecast, over_forecast
from highneeds.checks.finding import Finding, Severity
from highneeds.intake.ledger.finance import Finance, UnitCostRow
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.ledger.published_parts import DelayPart, DriverPart, GrantPart, ReturnPart, SharePart
from highneeds.intake.workspace import Fact, Workspace
from highneeds.registers.register import Entries, RegisterRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month

if TYPE_CHECKING:
    from highneeds.intake.published import Published

GRANT_BASE, COUNCIL_TAX = "high needs grant", "council tax"


class Parts:
    """Every part that the workspace's files carry, worked out when it is asked for; one without its file is empty.

    named       what finance/published.yaml says of the account
    stated      the account as far as published figures carry it
    ends        the days on which the override ends
    own         the council's own account; None where it keeps none
    """

    def __init__(
        self,
        workspace: Workspace,
        finance: Finance,
        registers: Mapping[str, Entries],
        stated: PublishedAccount,
        published: "Published | None",
        ends: Sequence[date],
        own: RolledAccount | None = None,
    ) -> None:
        self._workspace, self._finance, self._registers = workspace, finance, registers
        self._stated, self._published, self._ends, self._own = stated, published, tuple(ends), own
        self._named, self._as_at = finance.parts, workspace.council.report.submitted

    @cached_property
    def _facts(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self._workspace.facts}

    def _rows(self, register: str) -> tuple[RegisterRow, ...]:
        return self._registers[register].rows if register in self._registers else ()

    @property
    def _year(self) -> FinancialYear:
        return self._workspace.council.report.current_year

    @cached_property
    def payments(self) -> PaymentLedger:
        """The ledger of instalments against every published total."""
        promised = [(payer, of_fact(self._facts[figure])) for payer, figure in self._named.promised]
        return payment_ledger(self._rows("payments"), self._facts, promised)

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """Sums said to be a percentage of something."""
        return tuple(_share(part, self._facts) for part in self._named.shares)

    @cached_property
    def council_tax(self) -> tuple[tuple[CouncilTax, int], ...]:
        """What council tax brings in a year, beside each sum (pence) that is printed as a share of it."""
        found = [one for one in self.shares if one.base == COUNCIL_TAX]
        return tuple((CouncilTax(one.implied_base), one.sum.pence) for one in found)

    @cached_property
    def bridge(self) -> Bridge | None:
        """Volume, mix and price of the council's own lines; None where it keeps none."""
        return bridge(*self._finance.lines) if self._finance.lines else None

    @cached_property
    def drivers(self) -> DriverBridge | None:
        """What lies between target and forecast; None where either is missing."""
        la_number = self._workspace.council.la_number
        return _drivers(self._named.drivers, self._facts, self._stated, self._published, la_number, self.bridge)

    @cached_property
    def delay(self) -> DelayStatement | None:
        return _delay(self._named.delay, self._facts) if self._named.delay else None

    @cached_property
    def overrides(self) -> tuple[OverrideClock, ...]:
        """One clock for each end of the override."""
        layers, held = self._stated.layers, self._rows("reserves")
        return tuple(
            _clock(layers, self._own, end, self._as_at, held, _moved(self._workspace, end, self._ends, self._as_at))
            for end in self._ends
        )

    @cached_property
    def reserves(self) -> tuple[ReserveYear, ...]:
        """Reserves, contribution and interest by year, where the register gives them."""
        return reserve_years(self._rows("reserves"), self.payments, _closings(self._stated.layers, self._own))

    @cached_property
    def grant(self) -> StabilityGrant | None:
        """The stability grant as a layer."""
        return _grant(self._named.grant, self._facts, self._as_at) if self._named.grant else None

    @cached_property
    def after_grant(self) -> tuple[tuple[FinancialYear, Amount], ...]:
        """The deficit at each later year's end, were the grant paid."""
        if self.grant is None or self._named.grant is None:
            return ()
        return _after_grant(self.grant, self._named.grant, self._stated.layers)

    @cached_property
    def savings(self) -> tuple[Saving, ...]:
        """The actions that count; one whose sum became known after the day is left aside."""
        return savings_of(self._rows("savings"), self._facts, {fact.id for fact in self._workspace.later_facts})

    @cached_property
    def savings_total(self) -> SavingsTotal:
        """Of the current year."""
        return savings_total(self.savings, self._year)

    @cached_property
    def savings_needed(self) -> Stated | None:
        """The yearly saving asked for."""
        return of_fact(self._facts[self._named.savings_needed]) if self._named.savings_needed else None

    @cached_property
    def savings_chance(self) -> Fraction | None:
        return chance_of(self.savings, self._year, self.savings_needed.low) if self.savings_needed else None

    @cached_property
    def investments(self) -> tuple[Investment, ...]:
        """Council money beside the grant."""
        return investments_of(self._rows("investments"), self._facts)

    @cached_property
    def net_benefit(self) -> NetBenefit:
        """Council money beside the grant in the current year, and the savings it enables."""
        return net_benefit(self.investments, self.savings, self._year)

    @cached_property
    def unit_costs(self) -> Mapping[str, Mapping[str, UnitCostSeries]]:
        """sector -> phase -> month -> average cost"""
        return _costs(self._workspace, self._finance.unit_costs)

    @cached_property
    def steps(self) -> tuple[BasisChange, ...]:
        """Months in which unit costs change their basis."""
        return tuple(step for sector in self.unit_costs.values() for step in steps(sector))

    @cached_property
    def new_bases(self) -> Mapping[str, tuple[Month, ...]]:
        """indicator -> months in which its sector's costs change their basis"""
        rows = self._finance.unit_costs
        return {row.indicator: tuple(one.month for one in steps(self.unit_costs[row.sector])) for row in rows}

    @cached_property
    def blank_costs(self) -> tuple[str, ...]:
        """Sector and phase for which no month has a figure."""
        return tuple(f"{name} {phase}" for name, sector in self.unit_costs.items() for phase in blank(sector))

    @cached_property
    def over_forecast(self) -> tuple[OverForecast, ...]:
        """Forecasts that came out otherwise, as published."""
        return tuple(over_forecast(about, self._facts[name]) for about, name in self._named.over_forecast)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        shares = _share_findings(self.shares, self._workspace, self._published)
        return (*self.payments.findings(), *shares, *_step_findings(self.steps))

    def must_be_usable(self) -> None:
        """Ask for every part that may refuse what a file says, so that it is refused before anything is written."""
        for name in ("drivers", "delay", "overrides", "after_grant", "net_benefit", "savings_chance", "over_forecast"):
            getattr(self, name)


def _moved(workspace: Workspace, end: date, ends: Sequence[date], report: date) -> MovedEnd | None:
    """The later day to which this end was moved."""
    extension = workspace.figure("override_extended_to")
    if extension is None or end == max(ends):
        return None
    return MovedEnd(max(ends), extension.source, is_later(dated_by_name(extension), report))


def _clock(
    layers: Layers,
    own: RolledAccount | None,
    end: date,
    as_at: date,
    held: Sequence[RegisterRow],
    moved: MovedEnd | None,
) -> OverrideClock:
    """From the council's own account where it reaches the day, else from what is published."""
    year = FinancialYear.of(end)
    usable = usable_at(held, year)
    if own and own.closing(year).is_known:
        return override_clock(end, as_at, own.closing(year), usable, moved=moved)
    one = layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST)
    if one is None:
        unknown = missing(Note.of("amount.no_deficit_at", day=end.isoformat()))
        return override_clock(end, as_at, unknown, usable, moved=moved)
    later = is_later(one.dated, as_at)
    return override_clock(end, as_at, _printed(one), usable, one.words, moved, later)


def _printed(one: Stated) -> Amount:
    """A published balance, which is told with the words it has."""
    return known(one.low, Note.of("stands.stated", words=one.words, sources=place_of(one)))


def _closings(layers: Layers, own: RolledAccount | None) -> list[tuple[FinancialYear, Amount]]:
    """The deficit at the end of each year: the council's own account first, else what is published."""
    found = []
    for year in layers.years:
        closing = own.closing(year) if own else None
        one = layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST)
        if closing and closing.is_known:
            found.append((year, closing))
        elif one:
            found.append((year, _printed(one)))
    return found


def _after_grant(grant: StabilityGrant, part: GrantPart, layers: Layers) -> tuple[tuple[FinancialYear, Amount], ...]:
    """From the April after the grant's year to the end of the account; a year without a position is a gap."""
    years = [year for year in layers.years if year > part.year]
    found = [(year, layers.one(year, BEFORE, Layer.ACHIEVED, Layer.LATEST)) for year in years]
    in_years = [
        (year, _printed(one) if one else missing(Note.of("amount.no_position", year=str(year)))) for year, one in found
    ]
    return deficit_after_grant(grant.residual, in_years)


def _share(part: SharePart, facts: Mapping[str, Fact]) -> Share:
    percent = facts[part.percent]
    if percent.value is None:
        raise InputError(f"The fact {percent.id} has no value", where=percent.where, remedy="Name one that has")
    return Share(part.about, part.base, part.year, of_fact(facts[part.sum]), percent.value)


def _share_findings(
    shares: Sequence[Share], workspace: Workspace, published: "Published | None"
) -> tuple[Finding, ...]:
    blocks = []
    if published is not None:
        opening = workspace.agreement.opening_year or workspace.agreement.first_year
        for year in opening.through(workspace.agreement.last_year):
            block = published_block(published, workspace.council.la_number, year)
            if block:
                blocks.append((GRANT_BASE, block.year, block.before_deductions, "the published high needs block"))
    return share_findings([one for one in shares if one.base != COUNCIL_TAX], blocks)


def _drivers(
    parts: Sequence[DriverPart],
    facts: Mapping[str, Fact],
    account: PublishedAccount,
    published: "Published | None",
    la_number: str,
    explained: Bridge | None,
) -> DriverBridge | None:
    if account.position is None or not (parts or explained):
        return None
    base = state_funded_spend(published, la_number) if published else missing(Note.of("amount.no_statistics"))
    target, forecast = account.position.target.pence, account.position.forecast.pence
    step = precision(account.position.target, account.position.forecast)
    year = account.year
    came = year is not None and account.layers.one(year, BEFORE, Layer.ACHIEVED) is not None
    drivers = [_driver(part, facts, base) for part in parts]
    ends_at = Layer.ACHIEVED if came else Layer.LATEST
    if explained is None:
        return driver_bridge(target, forecast, drivers, ends_at, step)
    return DriverBridge(target, forecast, lines_and_named(explained, drivers), ends_at, of_lines=True, step=step)


def _driver(part: DriverPart, facts: Mapping[str, Fact], base: Amount) -> Driver:
    if part.kind not in list(DriverKind):
        known_kinds = ", ".join(DriverKind)
        raise InputError(
            f"'{part.kind}' is no kind of driver", where="finance/published.yaml", remedy=f"Use one of {known_kinds}"
        )
    own = Note.of("amount.own_reason", reason=part.reason) if part.reason else Note.of("amount.no_figure")
    effect = missing(own)
    if part.effect:
        effect = of_statement(of_fact(facts[part.effect]))
    elif part.uplift and facts[part.uplift].value is not None:
        effect = inflation_above_plan(base, facts[part.uplift].value or Decimal(0))
    return Driver(part.name, DriverKind(part.kind), effect, estimated=bool(part.uplift) and not part.effect)


def _delay(part: DelayPart, facts: Mapping[str, Fact]) -> DelayStatement:
    other = of_fact(facts[part.other_total]) if part.other_total else None
    return DelayStatement(of_fact(facts[part.this_year]), of_fact(facts[part.total]), part.first, part.last, other)


def _grant(part: GrantPart, facts: Mapping[str, Fact], report: date) -> StabilityGrant:
    returns = [ReturnedDeficit(one.name, _returned(one, facts), one.explained) for one in part.returns]
    nothing_known = known(0, Note.of("stands.nothing_outside"))
    ineligible = of_statement(of_fact(facts[part.ineligible])) if part.ineligible else nothing_known
    share = facts[part.share]
    said = [share, *(facts[one.figure] for one in part.returns if one.figure)]
    later = any(is_later(dated_by_name(one), report) for one in said)
    return stability_grant(returns, ineligible, share.value or Decimal(0), Approval(part.approval), later)


def _returned(one: ReturnPart, facts: Mapping[str, Fact]) -> Amount:
    if not one.figure:
        return missing(Note.of("amount.not_returned", name=one.name))
    return of_statement(of_fact(facts[one.figure]))


def _costs(workspace: Workspace, rows: Sequence[UnitCostRow]) -> dict[str, dict[str, UnitCostSeries]]:
    """sector -> phase -> month -> average cost."""
    costs: dict[str, dict[str, UnitCostSeries]] = {}
    for row in rows:
        series = {one.period: one.value for one in workspace.series(row.indicator) if isinstance(one.period, Month)}
        costs.setdefault(row.sector, {})[row.phase] = series
    return costs


def _step_findings(found: Sequence[BasisChange]) -> tuple[Finding, ...]:
    fix = "Ask Finance what changed in the basis, and compare only months on one side of it."
    return tuple(
        Finding("ACCOUNT-06", Severity.QUERY, "observations.csv", None, str(one.month), "value", one.sentence[:-1], fix)
        for one in found
    )
