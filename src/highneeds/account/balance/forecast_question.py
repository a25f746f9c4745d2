"""What the account has to ask of the forecast: from which balance, against which promises, at which own prices."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from highneeds.account.balance.layers import Layers
from highneeds.account.balance.published_account import BEFORE, CLOSING
from highneeds.account.commitments.cost import accruals, cost_by_period, period_end
from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.account.pennies import decimal_pounds
from highneeds.account.spend.unit_costs import UnitCostSeries, ends
from highneeds.account.stated import Stated, of_fact
from highneeds.account.variance.delay import DelayStatement
from highneeds.forecast.summary import Balance, ForecastInputs, OwnPrice, OwnStock, Printed, Underway
from highneeds.intake.ledger.commitments import CommitmentBook, read_commitments
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.ledger.spend import LAST_PERIOD
from highneeds.intake.ledger.transport import read_transport
from highneeds.intake.workspace import Workspace
from highneeds.registers.definitions._shared import rows_in_force
from highneeds.registers.definitions.fee_uplifts import still_to_come
from highneeds.registers.register import RegisterRow
from highneeds.store.place import Place
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month

CONTRIBUTIONS = ("dfe_payment_gbp", "council_contribution_gbp")
BOOK = "commitments.csv"
ALL_PLANS = "all_plans"
WORDS_OF_PHASE = {"post16": "post-16"}
PROMISED = ("department_contribution", "council_contribution")


def forecast_question(
    workspace: Workspace, account: WorkspaceAccount, draws: int, seed: int, as_known: date | None = None
) -> ForecastInputs:
    """The question for one workspace. Only figures with a source go in; what nobody published is left out.

    as_known   the day on which it is asked; the report's day of submission where none is given
    """
    layers, end = account.published.layers, workspace.agreement.last_year
    opening = newest_balance(account)
    return ForecastInputs(
        la_number=workspace.council.la_number,
        end=str(end),
        draws=draws,
        seed=seed,
        opening=opening,
        promised_gbp=sum(_gbp(of_fact(fact)) for role in PROMISED if (fact := workspace.figure(role))),
        paid_gbp=_due_by(layers, opening),
        targets=_agreed(account, BEFORE),
        closing_targets=_agreed(account, CLOSING),
        published=_published(account),
        own_prices=_own_prices(account, as_known or workspace.council.report.submitted),
        no_price=account.parts.blank_costs,
        underway=tuple(_underway(workspace.folder, account)),
        transport=tuple(
            Balance(str(row.year), float(decimal_pounds(row.amount)), row.source)
            for row in read_transport(workspace.folder, as_known or workspace.council.report.submitted)
        ),
        delays=tuple(_delays(account.parts.delay)) if account.parts.delay else (),
        as_known=(as_known or workspace.council.report.submitted).isoformat(),
        stock=latest_stock(workspace),
        blocks=tuple(_blocks(account, as_known or workspace.council.report.submitted)),
    )


def _blocks(account: WorkspaceAccount, day: date) -> Iterator[Balance]:
    """Before deductions, as the published block that the forecast otherwise begins from."""
    for one in account.high_needs_blocks(day):
        yield Balance(str(one.year), float(decimal_pounds(one.after + one.deductions)), str(one.where))


def latest_stock(workspace: Workspace) -> OwnStock | None:
    """The newest month of the dashboard with a count of all plans, as it is shown."""
    counted = [
        one for one in workspace.series(ALL_PLANS) if isinstance(one.period, Month) and one.value and one.value > 0
    ]
    if not counted:
        return None
    last = max(counted, key=lambda one: str(one.period))
    return OwnStock(str(last.period), float(last.value or 0), str(last.source))


def came_true(account: WorkspaceAccount) -> tuple[tuple[str, str, float], ...]:
    """(financial year, measure of the forecast, pounds) of every in-year and closing position that came true."""
    layers, found = account.published.layers, {}
    for measure, name in ((BEFORE, "in_year_gbp"), (CLOSING, "accumulated_gbp")):
        for year in layers.years:
            if one := layers.one(year, measure, Layer.ACHIEVED):
                found[str(year), name] = _gbp(one)
    return tuple((year, name, gbp) for (year, name), gbp in sorted(found.items()))


def newest_balance(account: WorkspaceAccount) -> Balance | None:
    """The newest accumulated deficit that came true: as published, or by the council's own account."""
    layers = account.published.layers
    found = {
        year: Balance(str(year), _gbp(one), one.evidence)
        for year in layers.years
        if (one := layers.one(year, CLOSING, Layer.ACHIEVED))
    }
    return found[max(found, key=lambda year: year.start)] if found else None


def _published(account: WorkspaceAccount) -> tuple[Balance, ...]:
    """In-year overspends that came true or that the council forecasts itself."""
    layers = account.published.layers
    found = {
        year: Balance(str(year), _gbp(one), one.evidence)
        for year in layers.years
        if (one := layers.one(year, BEFORE, Layer.ACHIEVED, Layer.LATEST))
    }
    return tuple(found[year] for year in sorted(found, key=lambda year: year.start))


def _due_by(layers: Layers, opening: Balance | None) -> float:
    """Contributions published for the years up to the opening balance; the rest of the promise may still come."""
    if opening is None:
        return 0.0
    years = [year for year in layers.years if str(year) <= opening.year]
    found = [layers.one(year, name, Layer.ACHIEVED, Layer.AGREED) for year in years for name in CONTRIBUTIONS]
    return sum(_gbp(one) for one in found if one)


def _agreed(account: WorkspaceAccount, measure: str) -> tuple[tuple[str, float], ...]:
    """What was agreed by year, as years.csv has the plan, else as published."""
    layers = account.published.layers
    found = ((year, layers.one(year, measure, Layer.AGREED)) for year in layers.years)
    return tuple((str(year), _gbp(one)) for year, one in found if one)


def _own_prices(account: WorkspaceAccount, day: date) -> tuple[OwnPrice, ...]:
    """The newest average of every sector and phase: of the register of unit costs, else of the dashboard's months."""
    found = {(one.sector, one.phase): one for one in _of_series(account)}
    for one in _of_register(account.rows("unit_costs")):
        known = found.get((one.sector, one.phase))
        if known is None or known.year <= one.year:
            found[one.sector, one.phase] = one
    rise = rise_to_come(account, day)
    return tuple(_up_to(one, rise) if one.sector == "independent" else one for one in found.values())


def rise_to_come(account: WorkspaceAccount, day: date) -> float:
    """Pounds by which an independent placement may cost more, by the fee uplifts that are open or agreed for later.

    Spread over the placements of line 1.2.3 in the commitment book; nothing without a book.
    """
    waiting = still_to_come(account.rows("fee_uplifts"), day)
    placed = sum(row["fte"] for row in rows_in_force(account.rows("commitments"), day) if row["line"] == "1.2.3")
    return float(waiting / placed / 100) if placed and waiting > 0 else 0.0


def _up_to(price: OwnPrice, rise: float) -> OwnPrice:
    """The same price with its upper end moved by what may still come."""
    return replace(price, high=max(price.high, price.gbp + rise)) if rise else price


def _of_register(rows: Sequence[RegisterRow]) -> Iterator[OwnPrice]:
    """The register's rows in the order of their days, so that the newest of a kind and phase comes last."""
    for row in sorted(rows, key=lambda one: one["from_day"]):
        if row["placements"] > 0:
            average = float(row["annual_cost"] / row["placements"] / 100)
            said = (row["source"],) if row["source"] else ()
            source = Note.of("own_price.of_register", row=str(row["row"]), sources=said)
            year = str(FinancialYear.of(row["from_day"]))
            sector, phase = row["group"].replace("_", " "), WORDS_OF_PHASE.get(row["phase"], row["phase"])
            yield OwnPrice(sector, phase, year, average, average, average, source)


def _of_series(account: WorkspaceAccount) -> Iterator[OwnPrice]:
    """The newest month of each of the dashboard's averages, with the range of its months in that financial year."""
    for sector, phases in account.parts.unit_costs.items():
        for phase, series in phases.items():
            if found := ends(series):
                month, value = found[2:]
                year = FinancialYear.of(month.first_day)
                low, high = _range(series, year)
                source = Note.of(
                    "own_price.of_series",
                    sector=sector,
                    phase=phase,
                    month=month.label,
                    low=low,
                    high=high,
                    year=str(year),
                )
                yield OwnPrice(sector, phase, str(year), float(value), low, high, source)


def _range(series: UnitCostSeries, year: FinancialYear) -> tuple[float, float]:
    known = [
        float(value)
        for month, value in series.items()
        if value is not None and FinancialYear.of(month.first_day) == year
    ]
    return min(known), max(known)


def _underway(folder: Place, account: WorkspaceAccount) -> Iterator[Underway]:
    """Every year with periods in the ledger; with a commitment book, what is placed and not billed, and to come."""
    path = folder / "finance" / BOOK
    book = read_commitments(path) if path.exists() else None
    for year in sorted({row.year for row in account.spend if row.amount is not None}, key=lambda one: one.start):
        rows = [row for row in account.spend if row.year == year and row.amount is not None]
        closed = max(row.period or LAST_PERIOD for row in rows)
        posted = sum(row.amount or 0 for row in rows)
        accrued, committed = _of_book(book, year, closed) if book else (0, None)
        where = sorted({row.where.document for row in rows})
        yield Underway(
            str(year),
            closed,
            float(decimal_pounds(posted + accrued)),
            None if committed is None else float(decimal_pounds(committed)),
            (*where, *([f"finance/{BOOK}"] if book is not None else [])),
        )


def _of_book(book: CommitmentBook, year: FinancialYear, closed: int) -> tuple[int, int]:
    """Pence placed and not billed to the last period, and committed in the periods after it."""
    costs = cost_by_period(book.rows, year).rows()
    accrued = accruals(book.rows, year, period_end(year, closed)).accrued
    return accrued, sum(pence for _, period, pence in costs if period > closed)


def _delays(delay: DelayStatement) -> Iterator[Printed]:
    yield _printed(str(delay.first), delay.this_year)
    yield _printed(f"{delay.first}..{delay.last}", delay.total)
    if delay.other_total:
        yield _printed("", delay.other_total)


def _printed(years: str, one: Stated) -> Printed:
    low, high = (None if pence is None else float(decimal_pounds(pence)) for pence in (one.low, one.high))
    return Printed(years, one.words, low, high, one.source)


def _gbp(found: Stated) -> float:
    return float(decimal_pounds(found.pence))
