"""Tables that need the whole account: the three books, assumptions, transfers, investments, reserves, late schools."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from highneeds.account.amount import Amount, known, missing
from highneeds.account.balance.roll import roll, spend_by_year, without_block_transfers
from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.account.pennies import decimal_pounds, nearest
from highneeds.account.stated import FROM_BELOW
from highneeds.account.variance.delay import lost_saving, months_late
from highneeds.account.variance.forecast_versions import times_of
from highneeds.intake.workspace import Fact
from highneeds.registers.register import RegisterRow
from highneeds.report.views.books import by_line, by_month, mismatches
from highneeds.report.views.view import AccountView, BooksTable, Group, absent, account_view
from highneeds.report.words import account as account_words
from highneeds.report.words import reasons
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.table import Table

SYNTHETIC = "Synthetic data: "


def books_table(account: WorkspaceAccount, name: str, books: BooksTable) -> Table:
    """A table of the three books: the council's own, else the invented ones, which say so in every row."""
    found = account.books
    if found is None:
        from highneeds.account.commitments.three_books import invented_together

        found = invented_together(account.workspace)
    if found is None:
        reason = "is absent: see the how-to on keeping a commitment book"
        return absent("finance/commitments.csv", reason, name)
    table = books.make(found)
    return labelled(table) if found.synthetic else table


def _of_books(name: str, books: BooksTable, title: str, about: str, place: int) -> AccountView:
    return AccountView(
        name, lambda account: books_table(account, name, books), title, about, Group.BOOKS, place, books=books
    )


matching = _of_books(
    "matching",
    BooksTable(lambda found: mismatches(found.matching, found.before), lambda found: found.headlines),
    "Caseload, commitments and ledger",
    "Pounds that do not match, and how they moved in a month.",
    1,
)
commitments = _of_books(
    "commitments",
    BooksTable(lambda found: by_line(found.year), lambda found: found.costs),
    "Commitments by line",
    "Budget, actual, accrued, still committed and forecast, by line.",
    2,
)
commitments_by_month = _of_books(
    "commitments-by-month",
    BooksTable(lambda found: by_month(found.year), lambda found: found.costs),
    "Commitments by month",
    "P1 to P12 by line: budget, actual, commitment, forecast.",
    3,
)


def labelled(table: Table) -> Table:
    """The table with a first column that says in every row that it is invented."""
    rows = (("synthetic", *row) for row in table.rows)
    return Table.of(("data", *table.columns), rows, SYNTHETIC + table.title, table.totals)


@account_view(
    "assumptions",
    "Assumptions",
    "What was agreed, the latest view, and what came.",
    Group.CAUSES,
    5,
    sentences=lambda account: [account_words.over_forecast(one) for one in account.parts.over_forecast],
)
def assumptions(account: WorkspaceAccount) -> Table:
    """Agreed, latest and actual side by side; `times` is the newest over what was agreed, 1.40 for 40% above it."""
    columns = ("assumption", "period", "unit", "agreed", "latest", "actual", "times", "reason", "source")
    facts = {fact.id: fact for fact in account.workspace.facts}
    over = {one.fact.id: one.times for one in account.parts.over_forecast}
    rows = [_assumption(row, facts, over) for row in account.rows("assumptions")]
    return Table.of(columns, rows, "What was assumed, and what came")


def _assumption(row: RegisterRow, facts: Mapping[str, Fact], over: Mapping[str, Decimal]) -> tuple[Any, ...]:
    newest = row["latest"] if row["actual"] is None else row["actual"]
    times = times_of(newest, row["agreed"])
    printed, places = [], []
    for name in (row["figures"] or "").split():
        fact = facts.get(name)
        if fact is not None:
            printed.append(f"{fact.meaning}: {fact.printed}")
            places.append(str(fact.source))
            times = times or over.get(name)
    reason = "; ".join(filter(None, (row["reason"], *printed)))
    source = "; ".join(dict.fromkeys(filter(None, (row["source"], *places))))
    return (
        row["title"],
        row["period"],
        row["unit"],
        row["agreed"],
        row["latest"],
        row["actual"],
        times,
        reason,
        source,
    )


@account_view(
    "transfers",
    "Transfers between blocks",
    "What moves between blocks, and the deficit with and without it.",
    Group.ACCOUNT,
    5,
)
def transfers(account: WorkspaceAccount) -> Table:
    """Each transfer between blocks, what it is tied to, and the deficit at each year's end with and without them."""
    columns = ("financial_year", "item", "amount_gbp", "consent", "tied_to", "stops_when", "source")
    rows: list[tuple[Any, ...]] = [
        (
            "" if row["financial_year"] is None else str(row["financial_year"]),
            f"from the {row['from_block']} block",
            None if row["amount_gbp"] is None else decimal_pounds(row["amount_gbp"]),
            row["consent"],
            row["tied_to"],
            row["stops_when"],
            row["source"],
        )
        for row in account.rows("block_transfers")
    ]
    if account.own is not None and account.years:
        plain = roll(
            without_block_transfers(account.years), spend_by_year(account.spend, account.years), account.own.opening
        )
        for one, without in zip(account.own.positions, plain.positions, strict=True):
            for words, closing in (("with", one.actual.closing), ("without", without.actual.closing)):
                item = f"deficit at 31 March {one.year.start + 1} {words} transfers"
                rows.append((str(one.year), item, closing.pounds, "", "", "", reasons.grounds(closing)))
    return Table.of(columns, rows, "Transfers between blocks")


@account_view(
    "investments",
    "Investments",
    "Council money beside the grant, next to the savings that it enables.",
    Group.DEMANDS,
    2,
)
def investments(account: WorkspaceAccount) -> Table:
    """Council money beside the grant; a part of a larger sum is not added again. Then the year's net benefit."""
    columns = ("investment", "years", "amount_gbp", "part_of", "enables", "source")
    rows: list[tuple[Any, ...]] = []
    for one in account.parts.investments:
        years = " to ".join(dict.fromkeys(str(year) if year else "ongoing" for year in (one.first, one.last)))
        source = reasons.grounds(one.amount)
        rows.append((one.title, years, one.amount.pounds, one.part_of, " ".join(one.enables), source))
    net, total = account.parts.net_benefit, len(rows)
    rows.append((f"TOTAL invested in {net.year}", "", net.invested.pounds, "", "", reasons.why_none(net.invested)))
    rows.append((f"Savings these enable in {net.year}", "", decimal_pounds(net.saved), "", "", "savings register"))
    rows.append(
        (
            f"Net benefit in {net.year}",
            "",
            net.net.pounds,
            "",
            "",
            reasons.why_none(net.net) or "savings less investment",
        )
    )
    return Table.of(columns, rows, "Investments beside the grant", (total,))


@account_view(
    "reserves",
    "Reserves and financing",
    "Reserves beside contributions and the cost of the deficit.",
    Group.PAYMENTS,
    3,
)
def reserves(account: WorkspaceAccount) -> Table:
    """Usable reserves, the contribution due, what financing the deficit costs, and whether it can be afforded."""
    columns = ("financial_year", "usable_gbp", "contribution_gbp", "financing_gbp", "affordable", "source")
    words = {True: "yes", False: "no", None: "cannot say"}
    rows = [
        (
            str(one.year),
            one.usable.pounds,
            one.contribution.pounds,
            one.financing.pounds,
            words[one.is_affordable],
            "; ".join(filter(None, map(reasons.grounds, (one.usable, one.contribution, one.financing)))),
        )
        for one in account.parts.reserves
    ]
    if not rows:
        return absent("registers/reserves.csv", "is absent or has no rows", "Reserves")
    return Table.of(columns, rows, "Reserves and the cost of carrying the deficit")


@account_view(
    "late-schools",
    "What late schools cost",
    "Places not open, times what a place elsewhere costs more.",
    Group.CAUSES,
    3,
    sentences=lambda account: account_words.delay(account.parts.delay) if account.parts.delay else (),
)
def late_schools(account: WorkspaceAccount) -> Table:
    """Places not open x what a place elsewhere costs more x months of slip, by school and financial year.

    The costs are the school's own in the register of openings; else those of the register of unit costs, independent
    schools against maintained special schools.
    """
    columns = ("opening", "financial_year", "months_late", "places", "saving_a_place_gbp", "lost_saving_gbp", "source")
    dearer, cheaper = (_average(account, group) for group in ("independent", "maintained_special"))
    rows: list[tuple[Any, ...]] = []
    for row in account.rows("openings"):
        for year in account.published.layers.years:
            late = months_late(row["planned"], row["opened"] or row["expected"], year)
            if late:
                costs = (_own_cost(row, "independent_gbp", dearer), _own_cost(row, "state_gbp", cheaper))
                rows.append(_late_row(row, year, late, *costs))
    rows += _published_delay(account)
    return Table.of(columns, rows, "What late schools cost")


def _own_cost(row: RegisterRow, column: str, usual: Amount) -> Amount:
    """What a place costs in a year: elsewhere or here, as the opening says, else as usual."""
    if row.lacks(("independent_gbp", "state_gbp")):
        return usual
    return known(row[column], Source(row["source"]) if row["source"] else Source("registers/openings.csv", row.line))


def _late_row(row: RegisterRow, year: FinancialYear, late: int, dearer: Amount, cheaper: Amount) -> tuple[Any, ...]:
    places, saving = row["places"], dearer - cheaper
    lost = missing(Note.of("amount.no_places", title=row["title"]))
    if places is not None:
        lost = lost_saving(Decimal(places), dearer, cheaper, late)
    why = reasons.grounds(lost) if places is None or lost.is_known else reasons.no_saving(saving)
    return (row["title"], str(year), late, places, saving.pounds, lost.pounds, why)


def _published_delay(account: WorkspaceAccount) -> list[tuple[Any, ...]]:
    delay = account.parts.delay
    if delay is None:
        return []
    span = f"{delay.first} to {delay.last}"
    found = [("as published", str(delay.first), delay.this_year), ("as published, in all", span, delay.total)]
    found += [("as published elsewhere, in all", span, delay.other_total)] if delay.other_total else []
    ends = [(name, years, one, one.high if one.qualifier in FROM_BELOW else one.low) for name, years, one in found]
    rows = [(name, years, None, None, None, decimal_pounds(end or 0), one.evidence) for name, years, one, end in ends]
    rest = decimal_pounds(delay.rest_a_year)
    return [
        *rows,
        ("left for each later year", span, None, None, None, rest, "total less the first year, spread evenly"),
    ]


def _average(account: WorkspaceAccount, group: str) -> Amount:
    """The average annual cost of the newest rows of a group, cost and placements added up before dividing."""
    rows = [row for row in account.rows("unit_costs") if row["group"] == group and row["placements"] > 0]
    if not rows:
        return missing(Note.of("amount.no_unit_cost", group=group))
    newest = max(row["from_day"] for row in rows)
    ours = [row for row in rows if row["from_day"] == newest]
    cost, places = sum(row["annual_cost"] for row in ours), sum(Fraction(row["placements"]) for row in ours)
    return known(nearest(Fraction(cost, 100) / places), Note.of("stands.unit_costs", group=group))
