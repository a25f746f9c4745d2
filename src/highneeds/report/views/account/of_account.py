"""Tables of the account: as a sum, by measure, in words, its grant, payments, exposure, causes and savings."""

from decimal import Decimal
from typing import Any

from highneeds.account.amount import Amount, total
from highneeds.account.grant.published import GRANT_SOURCE, GrantBlock, alike
from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.account.payments.ledger import Payment, PaymentLedger
from highneeds.account.pennies import decimal_pounds, nearest
from highneeds.account.savings.register import Saving
from highneeds.account.spend.unit_costs import change_percent, ends, steps
from highneeds.account.stated import in_words
from highneeds.registers.definitions.allocations import BLOCKS
from highneeds.registers.definitions.savings import GATES
from highneeds.registers.register import RegisterRow
from highneeds.report.views.allocations import allocations_table
from highneeds.report.views.bridge import TITLE as BRIDGE
from highneeds.report.views.bridge import bridge_table
from highneeds.report.views.drivers import drivers_table, waterfall_table
from highneeds.report.views.layers import layers_table, published_statement
from highneeds.report.views.measures import account_table
from highneeds.report.views.statement import statement
from highneeds.report.views.view import Group, absent, account_view
from highneeds.report.words import account as account_words
from highneeds.report.words import reasons
from highneeds.vocabulary.dsg_block import DsgBlock
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table, with_totals


@account_view(
    "account",
    "Measures of the account",
    "Every measure of every year, with its source or why there is none, for programs.",
    Group.ACCOUNT,
    2,
    as_page=False,
)
def account_by_measure(account: WorkspaceAccount) -> Table:
    return account_table(account.measures())


@account_view("layers")
def layers(account: WorkspaceAccount) -> Table:
    return layers_table(account.published.layers)


@account_view(
    "grant-updates",
    "Grant by DfE update",
    "Each block before and after deductions, at every known update.",
    Group.ACCOUNT,
    4,
)
def grant_updates(account: WorkspaceAccount) -> Table:
    return allocations_table(account.rows("allocations"), account.allocations)


@account_view(
    "payments",
    "Payments and contributions",
    "Due, received, withheld and outstanding, by instalment.",
    Group.PAYMENTS,
    1,
)
def payments(account: WorkspaceAccount) -> Table:
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
    totals = [_paid_total(payer, ledger) for payer in dict.fromkeys(one.payer for one in ledger.payments)]
    totals += [
        (
            "TOTAL as published",
            one.payer,
            "",
            "",
            decimal_pounds(one.total.pence),
            None,
            None,
            "",
            account_words.promised(one),
        )
        for one in ledger.promises
    ]
    return with_totals(columns, rows, totals, "Payments and contributions")


def _payment(one: Payment) -> tuple[Any, ...]:
    open_ = one.due - one.received
    why = "; ".join(filter(None, (reasons.grounds(one.due), reasons.why_none(one.received), one.withheld_because)))
    sums = (one.due.pounds, one.received.pounds, open_.pounds)
    return (one.name, one.payer, str(one.year), one.state, *sums, one.report, why)


def _paid_total(payer: str, ledger: PaymentLedger) -> tuple[Any, ...]:
    """Every instalment of the schedule; no sum where one of them has none."""
    due, received = ledger.due(payer), ledger.received(payer)
    open_ = due - received
    withheld = total(one.due for one in ledger.withheld if one.payer == payer)
    words = f"withheld: {in_words(withheld.pence)}" if withheld.pence else ""
    why = "; ".join(filter(None, (reasons.why_none(due), reasons.why_none(received), words)))
    return ("TOTAL of the schedule", payer, "", "", due.pounds, received.pounds, open_.pounds, "", why)


@account_view(
    "overrides",
    "End of the override",
    "What would fall on the council's books at each announced end.",
    Group.PAYMENTS,
    2,
)
def overrides(account: WorkspaceAccount) -> Table:
    columns = ("override_end", "months_left", "exposure_gbp", "reserves_gbp", "sentence")
    rows = (
        (str(one.end), one.months_left, one.exposure.pounds, one.reserves.pounds, account_words.override(one))
        for one in account.parts.overrides
    )
    return Table.of(columns, rows, "Statutory override")


@account_view(
    "stability-grant",
    "High needs stability grant",
    "Which deficit counts, what the grant pays, what stays.",
    Group.PAYMENTS,
    4,
    sentences=lambda account: [account_words.grant(account.parts.grant)] if account.parts.grant else [],
)
def stability_grant(account: WorkspaceAccount) -> Table:
    columns = ("item", "value_gbp", "state", "source")
    grant = account.parts.grant
    if grant is None:
        why = "names no share of the high needs stability grant that is known yet"
        return absent("finance/published.yaml", why, "High needs stability grant")
    items = [(f"deficit by {one.name}", one.amount) for one in grant.returns]
    items += [("deficit that counts", grant.counted), ("ineligible spend", grant.ineligible)]
    items += [("eligible deficit", grant.eligible), (f"grant at {grant.share_percent}%", grant.grant)]
    items += [("left with the council", grant.residual), (f"to count on while {grant.approval}", grant.expected)]
    items += [(f"deficit at 31 March {year.start + 1}", amount) for year, amount in account.parts.after_grant]
    return Table.of(columns, (_item(name, amount) for name, amount in items), "High needs stability grant")


@account_view(
    "savings",
    "Savings",
    "Every action with owner, start and what stands behind it; overlap taken out.",
    Group.DEMANDS,
    1,
    sentences=lambda account: account_words.saved(account.parts),
)
def savings(account: WorkspaceAccount) -> Table:
    """Every action with what stands behind it, the year's total after overlap, and the total beside what is asked."""
    parts = account.parts
    by_name = {row["saving"]: row for row in account.rows("savings")}
    total_, columns = parts.savings_total, SAVINGS_COLUMNS
    rows: list[tuple[Any, ...]] = [_saving(one, by_name[one.name], total_.year) for one in parts.savings]
    blank, totals = ("",) * 4, []
    for words, pence in (
        (f"TOTAL {total_.year}, overlap taken out", total_.net),
        (f"TOTAL {total_.year}, of it cashable", total_.cashable),
        (f"TOTAL {total_.year}, of it confident", total_.confident),
        (f"TOTAL {total_.year}, expected at the odds given", total_.expected),
    ):
        sum_ = None if pence is None else decimal_pounds(pence)
        totals.append((words, *blank, None, sum_, "", None, "", None, "", ""))
    return with_totals(columns, rows, totals, "Savings")


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


@account_view(
    "unit-costs",
    "Average costs",
    "By sector and phase, with the months in which their basis changes.",
    Group.CAUSES,
    4,
    sentences=lambda account: [step.sentence for step in account.parts.steps],
)
def unit_costs(account: WorkspaceAccount) -> Table:
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


@account_view("waterfall")
def waterfall(account: WorkspaceAccount) -> Table:
    return waterfall_table(account.parts.drivers)


@account_view(
    "grant",
    "Grant and outturn",
    "The whole grant by block, and published spend, recoupment alike on both sides.",
    Group.ACCOUNT,
    3,
)
def grant_and_outturn(account: WorkspaceAccount) -> Table:
    """The whole grant by block, and published spend beside it with recoupment treated alike on both sides."""
    columns = ("financial_year", "item", "before_deductions_gbp", "after_deductions_gbp", "deducted_gbp", "source")
    rows: list[tuple[Any, ...]] = [
        (str(year), f"{_block(one)} block", *map(decimal_pounds, (one.before, one.after, one.deducted)), GRANT_SOURCE)
        for year, one in account.blocks
    ]
    high_needs = {year: one for year, one in account.blocks if one.block is DsgBlock.HIGH_NEEDS}
    for year, spent in account.outturn:
        block = high_needs.get(year)
        if block is None:
            rows.append((str(year), "outturn of lines 1.2", None, spent.pounds, None, reasons.grounds(spent)))
            continue
        both = alike(year, spent, block)
        rows.append(
            (str(year), "outturn of lines 1.2", both.with_direct.pounds, spent.pounds, None, reasons.grounds(spent))
        )
    return Table.of(columns, rows, "The dedicated schools grant")


def _block(one: GrantBlock) -> str:
    return BLOCKS[one.block].lower() if one.block else "total"


@account_view(
    "statement",
    "Statement of the account",
    "The account as a sum, promised beside what came, year by year.",
    Group.ACCOUNT,
    1,
)
def statement_view(account: WorkspaceAccount) -> Table:
    """From the council's own ledger; where it keeps none here, what is published, agreed, latest and achieved."""
    if account.own:
        return statement(account.own, account.spend)
    return published_statement(account.published.layers)


@account_view(
    "bridge",
    "Volume, mix and price",
    "Planned and actual cost by line, as volume, mix and price.",
    Group.CAUSES,
    2,
)
def bridge_view(account: WorkspaceAccount) -> Table:
    """Volume, mix and price of the council's own lines, in the columns of the bridge command."""
    if account.parts.bridge is not None:
        return bridge_table(account.parts.bridge)
    files = "finance/planned_lines.csv and finance/actual_lines.csv"
    return absent(files, "are absent", BRIDGE)


@account_view(
    "drivers",
    "Drivers of the difference",
    "What lies between target and forecast, as far as figures carry.",
    Group.CAUSES,
    1,
    sentences=lambda account: [account_words.drivers(account.parts.drivers)] if account.parts.drivers else [],
)
def drivers(account: WorkspaceAccount) -> Table:
    return drivers_table(account.parts.drivers)


@account_view("sentences")
def sentences(account: WorkspaceAccount) -> Table:
    return Table.of(("sentence",), ((one,) for one in account_words.all_of(account)), "The account in words")


def _item(name: str, amount: Amount) -> tuple[Any, ...]:
    return (name, *_state(amount), reasons.grounds(amount))


def _state(amount: Amount) -> tuple[Decimal | None, str]:
    return amount.pounds, "computed" if amount.is_known else "unavailable"
