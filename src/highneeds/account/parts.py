"""The further parts of a workspace's account: payments, shares, drivers, delay, override, grant, savings, costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from highneeds.account.amount import Amount, known, missing
from highneeds.account.balance.layers import Layers
from highneeds.account.balance.published_account import BEFORE, CLOSING, PublishedAccount
from highneeds.account.balance.roll import Account
from highneeds.account.exposure.override import OverrideClock, override_clock
from highneeds.account.exposure.reserves import ReserveYear, reserve_years, usable_at
from highneeds.account.grant.published import published_block, state_funded_spend
from highneeds.account.grant.stability_grant import (
    Approval,
    ReturnedDeficit,
    StabilityGrant,
    deficit_after_grant,
    stability_grant,
)
from highneeds.account.later import LATER, is_later
from highneeds.account.payments.ledger import PaymentLedger, payment_ledger
from highneeds.account.payments.shares import CouncilTax, Share, share_findings
from highneeds.account.savings.investments import Investment, NetBenefit, investments_of, net_benefit
from highneeds.account.savings.register import Saving, SavingsTotal, chance_of, odds_words, savings_of, savings_total
from highneeds.account.spend.unit_costs import BasisChange, UnitCostSeries, blank, steps
from highneeds.account.stated import Stated, of_fact, precision
from highneeds.account.variance.bridge import Bridge, bridge
from highneeds.account.variance.delay import DelayStatement
from highneeds.account.variance.drivers import (
    ACHIEVED,
    FORECAST,
    OWN_LINES,
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
from highneeds.intake.ledger.published_parts import DelayPart, DriverPart, GrantPart, SharePart
from highneeds.intake.workspace import Fact, Workspace
from highneeds.registers.register import Entries, RegisterRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month

if TYPE_CHECKING:
    from highneeds.account.commitments.three_books import MatchedBooks
    from highneeds.intake.published import Published

GRANT_BASE, COUNCIL_TAX = "high needs grant", "council tax"


@dataclass(frozen=True)
class Parts:
    """payments      the ledger of instalments against every published total
    shares        sums said to be a percentage of something
    drivers       what lies between target and forecast; None where either is missing
    overrides     one clock for each end of the override
    reserves      reserves, contribution and interest by year, where the register gives them
    grant         the stability grant as a layer
    after_grant   the deficit at each later year's end, were the grant paid
    savings       the actions and their total in the current year, beside what is asked for
    net_benefit   council money beside the grant in the current year, and the savings it enables
    steps         months in which unit costs change their basis
    unit_costs    sector -> phase -> month -> average cost
    new_bases     indicator -> months in which its sector's costs change their basis
    blank_costs   sector and phase for which no month has a figure
    investments   council money beside the grant
    bridge        volume, mix and price of the council's own lines; None where it keeps none
    over_forecast   forecasts that came out otherwise, as published
    books         caseload, commitments and ledger of the council held together; None without a commitment book
    """

    payments: PaymentLedger
    shares: tuple[Share, ...]
    council_tax: tuple[str, ...]
    drivers: DriverBridge | None
    delay: DelayStatement | None
    overrides: tuple[OverrideClock, ...]
    reserves: tuple[ReserveYear, ...]
    grant: StabilityGrant | None
    after_grant: tuple[tuple[FinancialYear, Amount], ...]
    savings: tuple[Saving, ...]
    savings_total: SavingsTotal
    savings_needed: Stated | None
    savings_chance: Fraction | None
    net_benefit: NetBenefit
    steps: tuple[BasisChange, ...]
    unit_costs: Mapping[str, Mapping[str, UnitCostSeries]]
    blank_costs: tuple[str, ...]
    findings: tuple[Finding, ...]
    new_bases: Mapping[str, tuple[Month, ...]] = field(default_factory=dict)
    investments: tuple[Investment, ...] = ()
    over_forecast: tuple[OverForecast, ...] = ()
    bridge: Bridge | None = None
    books: "MatchedBooks | None" = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The parts in words, in the order of the account page."""
        found = [*self.books.headlines, *self.books.costs] if self.books else []
        found += [promise.sentence for promise in self.payments.promises]
        found += [clock.sentence for clock in self.overrides]
        found += [self.grant.sentence] if self.grant else []
        found += [self.drivers.sentence] if self.drivers else []
        found += self.delay.sentences if self.delay else ()
        found += [one.sentence for one in self.over_forecast]
        found += [self.savings_total.against(self.savings_needed)] if self.savings_needed else []
        found += [odds_words(self.savings_chance, self.savings_needed)] if self.savings_needed else []
        return (*found, *self.council_tax, *(step.sentence for step in self.steps))


def parts_of(
    workspace: Workspace,
    finance: Finance,
    registers: Mapping[str, Entries],
    account: PublishedAccount,
    published: "Published | None",
    ends: Sequence[date],
    own: Account | None = None,
) -> Parts:
    """Every part that the workspace's files carry; a part without its file is empty."""
    facts = {fact.id: fact for fact in workspace.facts}
    named = finance.parts
    year, as_at = workspace.council.report.current_year, workspace.council.report.submitted
    shares = tuple(_share(part, facts) for part in named.shares)
    grant = _grant(named.grant, facts, as_at) if named.grant else None
    promised = [(payer, of_fact(facts[figure])) for payer, figure in named.promised]
    payments = payment_ledger(registers["payments"].rows if "payments" in registers else (), facts, promised)
    savings = savings_of(registers["savings"].rows if "savings" in registers else (), facts)
    needed = of_fact(facts[named.savings_needed]) if named.savings_needed else None
    held = registers["reserves"].rows if "reserves" in registers else ()
    costs = _costs(workspace, finance.unit_costs)
    explained = bridge(*finance.lines) if finance.lines else None
    jumps = tuple(step for sector in costs.values() for step in steps(sector))
    return Parts(
        payments=payments,
        shares=shares,
        council_tax=_council_tax(shares),
        drivers=_drivers(named.drivers, facts, account, published, workspace.council.la_number, explained),
        bridge=explained,
        delay=_delay(named.delay, facts) if named.delay else None,
        overrides=tuple(
            _clock(account.layers, own, end, as_at, held, _moved(workspace, end, ends, as_at)) for end in ends
        ),
        reserves=reserve_years(held, payments, _closings(account.layers, own)),
        grant=grant,
        after_grant=_after_grant(grant, named.grant, account.layers) if grant and named.grant else (),
        savings=savings,
        savings_total=savings_total(savings, year),
        savings_needed=needed,
        savings_chance=chance_of(savings, year, needed.low) if needed else None,
        net_benefit=net_benefit(_investments(registers, facts), savings, year),
        steps=jumps,
        unit_costs=costs,
        blank_costs=tuple(f"{name} {phase}" for name, sector in costs.items() for phase in blank(sector)),
        findings=(*payments.findings(), *_share_findings(shares, workspace, published), *_step_findings(jumps)),
        investments=_investments(registers, facts),
        over_forecast=tuple(over_forecast(about, facts[name]) for about, name in named.over_forecast),
        new_bases={row.indicator: tuple(s.month for s in steps(costs[row.sector])) for row in finance.unit_costs},
    )


def _investments(registers: Mapping[str, Entries], facts: Mapping[str, Fact]) -> tuple[Investment, ...]:
    return investments_of(registers["investments"].rows if "investments" in registers else (), facts)


def _moved(workspace: Workspace, end: date, ends: Sequence[date], report: date) -> tuple[date, str] | None:
    """The later day to which this end was moved, and where that is announced."""
    extension = workspace.figure("override_extended_to")
    if extension is None or end == max(ends):
        return None
    source = str(extension.source)
    return max(ends), f"{source}, {LATER}" if is_later(source, report) else source


def _clock(
    layers: Layers,
    own: Account | None,
    end: date,
    as_at: date,
    held: Sequence[RegisterRow],
    moved: tuple[date, str] | None,
) -> OverrideClock:
    """From the council's own account where it reaches the day, else from what is published."""
    year = FinancialYear.of(end)
    usable = usable_at(held, year)
    if own and own.closing(year).is_known:
        return override_clock(end, as_at, own.closing(year), usable, moved=moved)
    one = layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST)
    if one is None:
        unknown = missing(f"the deficit at {end:%-d %B %Y} is not published")
        return override_clock(end, as_at, unknown, usable, moved=moved)
    note = LATER if is_later(one.source, as_at) else ""
    return override_clock(end, as_at, known(one.low, one.evidence), usable, one.words, moved, note)


def _closings(layers: Layers, own: Account | None) -> list[tuple[FinancialYear, Amount]]:
    """The deficit at the end of each year: the council's own account first, else what is published."""
    found = []
    for year in layers.years:
        closing = own.closing(year) if own else missing("")
        one = layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST)
        if closing.is_known or one:
            found.append((year, closing if closing.is_known or one is None else known(one.low, one.evidence)))
    return found


def _after_grant(grant: StabilityGrant, part: GrantPart, layers: Layers) -> tuple[tuple[FinancialYear, Amount], ...]:
    """From the April after the grant's year to the end of the account; a year without a position is a gap."""
    years = [year for year in layers.years if year > part.year]
    found = [(year, layers.one(year, BEFORE, Layer.ACHIEVED, Layer.LATEST)) for year in years]
    in_years = [
        (year, known(one.low, one.evidence) if one else missing(f"the in-year position of {year} is not published"))
        for year, one in found
    ]
    return deficit_after_grant(grant.residual, in_years)


def _share(part: SharePart, facts: Mapping[str, Fact]) -> Share:
    percent = facts[part.percent]
    if percent.value is None:
        raise InputError(f"The fact {percent.id} has no value", where=percent.where, remedy="Name one that has")
    return Share(part.about, part.base, part.year, of_fact(facts[part.sum]), percent.value, str(percent.source))


def _council_tax(shares: Sequence[Share]) -> tuple[str, ...]:
    found = [one for one in shares if one.base == COUNCIL_TAX]
    asked = [(CouncilTax(one.implied_base), one.sum.pence) for one in found]
    return tuple(sentence for tax, pence in asked for sentence in (tax.sentence(pence), tax.reverse))


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
    base = state_funded_spend(published, la_number) if published else missing("no published statistics are given")
    target, forecast = account.position.target.pence, account.position.forecast.pence
    step = precision(account.position.target, account.position.forecast)
    year = account.year
    came = year is not None and account.layers.one(year, BEFORE, Layer.ACHIEVED) is not None
    drivers = [_driver(part, facts, base) for part in parts]
    ends_at = ACHIEVED if came else FORECAST
    if explained is None:
        return driver_bridge(target, forecast, drivers, ends_at, step)
    return DriverBridge(target, forecast, lines_and_named(explained, drivers), ends_at, OWN_LINES, step)


def _driver(part: DriverPart, facts: Mapping[str, Fact], base: Amount) -> Driver:
    if part.kind not in list(DriverKind):
        known_kinds = ", ".join(DriverKind)
        raise InputError(
            f"'{part.kind}' is no kind of driver", where="finance/published.yaml", remedy=f"Use one of {known_kinds}"
        )
    effect = missing(part.reason or "no figure is published")
    if part.effect:
        statement = of_fact(facts[part.effect])
        effect = known(statement.pence, statement.source)
    elif part.uplift and facts[part.uplift].value is not None:
        effect = inflation_above_plan(base, facts[part.uplift].value or Decimal(0))
    basis = f"indicative: {effect.source}" if part.uplift and effect.is_known else effect.source
    estimated = bool(part.uplift) and not part.effect
    return Driver(part.name, DriverKind(part.kind), effect, basis, estimated)


def _delay(part: DelayPart, facts: Mapping[str, Fact]) -> DelayStatement:
    other = of_fact(facts[part.other_total]) if part.other_total else None
    return DelayStatement(of_fact(facts[part.this_year]), of_fact(facts[part.total]), part.first, part.last, other)


def _grant(part: GrantPart, facts: Mapping[str, Fact], report: date) -> StabilityGrant:
    returns = [ReturnedDeficit(one.name, _sum_of(one.figure, facts, one.name), one.explained) for one in part.returns]
    nothing_known = known(0, "assumed, because no overspend outside high needs is published")
    ineligible = _sum_of(part.ineligible, facts, "ineligible spend") if part.ineligible else nothing_known
    share = facts[part.share]
    sources = [str(share.source), *(str(facts[one.figure].source) for one in part.returns if one.figure)]
    note = LATER if any(is_later(source, report) for source in sources) else ""
    return stability_grant(returns, ineligible, share.value or Decimal(0), Approval(part.approval), note)


def _sum_of(name: str, facts: Mapping[str, Fact], what: str) -> Amount:
    if not name:
        return missing(f"{what}: not published")
    statement = of_fact(facts[name])
    return known(statement.pence, statement.source)


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
