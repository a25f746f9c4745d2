"""The tables of a workspace's account that can be asked for by name."""

from collections.abc import Callable, Mapping
from typing import Any

from highneeds.account.amount import Amount, total
from highneeds.account.balance.layers import WORDS
from highneeds.account.balance.statement import statement
from highneeds.account.grant.allocations import allocations_table
from highneeds.account.grant.published import GRANT_SOURCE, alike
from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.account.payments.ledger import Payment, PaymentLedger
from highneeds.account.pennies import decimal_pounds, nearest
from highneeds.account.savings.register import Saving
from highneeds.account.spend.unit_costs import change_percent, ends, steps
from highneeds.account.stated import in_words
from highneeds.account.variance.drivers import ACHIEVED
from highneeds.account.views.further import (
    assumptions_table,
    books_table,
    investments_table,
    late_schools_table,
    reserves_table,
    transfers_table,
)
from highneeds.account.views.of_registers import REGISTER_VIEWS, register_view
from highneeds.intake.ledger.positions import Layer
from highneeds.registers.definitions.savings import GATES
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table


def view(account: WorkspaceAccount, name: str) -> Table:
    """The table of that name; one that does not exist is refused with those that do."""
    if name not in VIEWS:
        raise InputError(f"There is no view '{name}'", where="--view", remedy=f"Use one of {', '.join(VIEWS)}")
    return VIEWS[name](account)


def _payments(account: WorkspaceAccount) -> Table:
    columns = (
        "payment",
        "payer",
        "financial_year",
        "state",
        "due_gbp",
        "received_gbp",
        "outstanding_gbp",
        "report",
        "source",
    )
    ledger = account.parts.payments
    rows = [_payment(one) for one in ledger.payments]
    payers = dict.fromkeys(one.payer for one in ledger.payments)
    rows += [_paid_total(payer, ledger) for payer in payers]
    totals = [
        ("TOTAL as published", one.payer, "", "", decimal_pounds(one.total.pence), None, None, "", one.sentence)
        for one in ledger.promises
    ]
    return Table.of(columns, [*rows, *totals], "Payments and contributions")


def _payment(one: Payment) -> tuple[Any, ...]:
    open_ = one.due - one.received
    why = "; ".join(filter(None, (_why(one.due), one.received.reason, one.withheld_because)))
    sums = (one.due.pounds, one.received.pounds, open_.pounds)
    return (one.name, one.payer, str(one.year), one.state, *sums, one.report, why)


def _paid_total(payer: str, ledger: PaymentLedger) -> tuple[Any, ...]:
    """Every instalment of the schedule; no sum where one of them has none."""
    due, received = ledger.due(payer), ledger.received(payer)
    open_ = due - received
    withheld = total(one.due for one in ledger.withheld if one.payer == payer)
    words = f"withheld: {in_words(withheld.pence)}" if withheld.pence else ""
    why = "; ".join(filter(None, (due.reason, received.reason, words)))
    return ("TOTAL of the schedule", payer, "", "", due.pounds, received.pounds, open_.pounds, "", why)


def _overrides(account: WorkspaceAccount) -> Table:
    columns = ("override_end", "months_left", "exposure_gbp", "reserves_gbp", "sentence")
    rows = (
        (str(one.end), one.months_left, one.exposure.pounds, one.reserves.pounds, one.sentence)
        for one in account.parts.overrides
    )
    return Table.of(columns, rows, "Statutory override")


def _grant(account: WorkspaceAccount) -> Table:
    columns = ("item", "value_gbp", "state", "source")
    grant = account.parts.grant
    if grant is None:
        why = "names no share of the high needs stability grant that is known yet"
        return Table.of(("register", "reason"), [("finance/published.yaml", why)], "High needs stability grant")
    items = [(f"deficit by {one.name}", one.amount) for one in grant.returns]
    items += [("deficit that counts", grant.counted), ("ineligible spend", grant.ineligible)]
    items += [("eligible deficit", grant.eligible), (f"grant at {grant.share_percent}%", grant.grant)]
    items += [("left with the council", grant.residual), (f"to count on while {grant.approval}", grant.expected)]
    items += [(f"deficit at 31 March {year.start + 1}", amount) for year, amount in account.parts.after_grant]
    return Table.of(columns, (_item(name, amount) for name, amount in items), "High needs stability grant")


def _savings(account: WorkspaceAccount) -> Table:
    """Every action with what stands behind it, the year's total after overlap, and the total beside what is asked."""
    parts = account.parts
    by_name = {row["saving"]: row for row in account.rows("savings")}
    total_, columns = parts.savings_total, SAVINGS_COLUMNS
    rows: list[tuple[Any, ...]] = [_saving(one, by_name[one.name], total_.year) for one in parts.savings]
    blank = ("",) * 4
    for words, pence in (
        (f"TOTAL {total_.year}, overlap taken out", total_.net),
        (f"TOTAL {total_.year}, of it cashable", total_.cashable),
        (f"TOTAL {total_.year}, of it confident", total_.confident),
        (f"TOTAL {total_.year}, expected at the odds given", total_.expected),
    ):
        sum_ = None if pence is None else decimal_pounds(pence)
        rows.append((words, *blank, None, sum_, "", None, "", None, "", ""))
    return Table.of(columns, rows, "Savings")


SAVINGS_COLUMNS = (
    "saving",
    "owner_role",
    "lever",
    "kind",
    "starts",
    "full_year_gbp",
    "this_year_gbp",
    "confidence",
    "chance",
    "overlaps_with",
    "realised_gbp",
    "realised_evidence",
    "not_yet_there",
)


def _saving(one: Saving, row: RegisterRow, year: FinancialYear) -> tuple[Any, ...]:
    """not_yet_there: equality assessment, consultation or decision without which it is not confident."""
    absent = [gate.replace("_", " ") for gate in GATES if not row[gate]]
    return (
        one.name,
        row["owner_role"],
        row["lever"] or "",
        one.kind,
        str(one.starts),
        decimal_pounds(one.full_year),
        decimal_pounds(nearest(one.effect(year) / 100)),
        one.confidence,
        row["chance_percent"],
        one.overlaps_with,
        None if one.realised is None else decimal_pounds(one.realised),
        row["realised_evidence"] or "",
        ", ".join(absent),
    )


def _unit_costs(account: WorkspaceAccount) -> Table:
    """Average cost at both ends of its series; a step inside it is named, because the change then mixes two bases."""
    columns = ("sector", "phase", "first_month", "first_gbp", "last_month", "last_gbp", "change_percent", "note")
    rows: list[tuple[Any, ...]] = []
    for sector, phases in account.parts.unit_costs.items():
        broken = [step.month.label for step in steps(phases)]
        for phase, series in phases.items():
            found = ends(series)
            if found is None:
                rows.append(
                    (sector, phase, None, None, None, None, None, "no month has a figure: ask Finance for the row")
                )
                continue
            first, before, last, after = found
            note = f"probably a new basis in {', '.join(broken)}" if broken else ""
            change = change_percent(series, first, last)
            rows.append((sector, phase, str(first), before, str(last), after, change, note))
    return Table.of(columns, rows, "Average cost of a placement")


def _waterfall(account: WorkspaceAccount) -> Table:
    columns = ("label", "kind", "start_gbp", "end_gbp", "effect_gbp", "basis")
    bars = account.parts.drivers.waterfall() if account.parts.drivers else ()
    rows = (
        (*(one.label, one.kind), *(decimal_pounds(sum_) for sum_ in (one.start, one.end, one.pence)), one.basis)
        for one in bars
    )
    ends_at = account.parts.drivers.ends_at if account.parts.drivers else ACHIEVED
    return Table.of(columns, rows, f"From promised to {ends_at.lower()}")


def _dsg(account: WorkspaceAccount) -> Table:
    """The whole grant by block, and published spend beside it with recoupment treated alike on both sides."""
    columns = ("financial_year", "item", "before_deductions_gbp", "after_deductions_gbp", "deducted_gbp", "source")
    rows: list[tuple[Any, ...]] = [
        (str(year), f"{one.name} block", *map(decimal_pounds, (one.before, one.after, one.deducted)), GRANT_SOURCE)
        for year, one in account.blocks
    ]
    high_needs = {year: one for year, one in account.blocks if one.name == "high needs"}
    for year, spent in account.outturn:
        block = high_needs.get(year)
        if block is None:
            rows.append((str(year), "outturn of lines 1.2", None, spent.pounds, None, _why(spent)))
            continue
        both = alike(year, spent, block)
        rows.append((str(year), "outturn of lines 1.2", both.with_direct.pounds, spent.pounds, None, _why(spent)))
    return Table.of(columns, rows, "The dedicated schools grant")


def _statement(account: WorkspaceAccount) -> Table:
    """From the council's own ledger; where it keeps none here, what is published, agreed, latest and achieved."""
    if account.own:
        return statement(account.own, account.spend)
    layers = account.published.layers
    kinds = (Layer.AGREED, Layer.LATEST, Layer.ACHIEVED)
    rows = [
        (WORDS[measure], layer.value, *(one.words if one else None for _, one in layers.line(measure, layer)))
        for measure in layers.measures
        for layer in kinds
    ]
    return Table.of(("item", "side", *(str(year) for year in layers.years)), rows, "The account as published")


def _bridge(account: WorkspaceAccount) -> Table:
    """Volume, mix and price of the council's own lines, in the columns of the bridge command."""
    if account.parts.bridge is not None:
        return account.parts.bridge.table()
    files = "finance/planned_lines.csv and finance/actual_lines.csv"
    return Table.of(("register", "reason"), [(files, "are absent")], "From planned to actual cost")


def _drivers(account: WorkspaceAccount) -> Table:
    found = account.parts.drivers
    return found.table() if found else Table.of(("driver", "kind", "effect_gbp", "state", "basis"), ())


def _sentences(account: WorkspaceAccount) -> Table:
    published = account.published
    found = published.opening.sentences if published.opening else ()
    found += published.position.sentences if published.position else ()
    found += tuple(one.sentence for _, one in published.implied) + account.sentences
    return Table.of(("sentence",), ((one,) for one in found), "The account in words")


def _item(name: str, amount: Amount) -> tuple[Any, ...]:
    return (name, amount.pounds, "computed" if amount.is_known else "unavailable", _why(amount))


def _why(amount: Amount) -> str:
    return amount.source or amount.reason


def _of_register(name: str) -> Callable[[WorkspaceAccount], Table]:
    register, _ = REGISTER_VIEWS[name]
    return lambda account: register_view(name, account.rows(register))


VIEWS: Mapping[str, Callable[[WorkspaceAccount], Table]] = {
    "account": lambda account: account.table(),
    "statement": _statement,
    "grant": _dsg,
    "layers": lambda account: account.published.layers.table(),
    "sentences": _sentences,
    "drivers": _drivers,
    "bridge": _bridge,
    "waterfall": _waterfall,
    "payments": _payments,
    "overrides": _overrides,
    "stability-grant": _grant,
    "savings": _savings,
    "unit-costs": _unit_costs,
    "matching": lambda account: books_table(account, "matching"),
    "commitments": lambda account: books_table(account, "lines"),
    "commitments-by-month": lambda account: books_table(account, "year"),
    "assumptions": assumptions_table,
    "transfers": transfers_table,
    "investments": investments_table,
    "reserves": reserves_table,
    "late-schools": late_schools_table,
    "grant-updates": lambda account: allocations_table(account.rows("allocations"), account.allocations),
    **{name: _of_register(name) for name in REGISTER_VIEWS},
}
