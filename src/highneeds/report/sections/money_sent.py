"""Money as it is sent: what was agreed and where we stand, why they differ, contributions, unit costs, savings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from highneeds.account import decimal_pounds
from highneeds.account.grant.allocations import breaks_within
from highneeds.account.payments.ledger import RECEIVED, Payment
from highneeds.account.stated import Stated, of_fact, precision, stated
from highneeds.account.variance.drivers import Driver, DriverBridge
from highneeds.intake.ledger.positions import Layer
from highneeds.report import document as doc
from highneeds.report.charts import ChartWords, Series, Step, line_chart, waterfall_chart
from highneeds.report.evidence import Evidence
from highneeds.report.sections._views import table_of
from highneeds.report.sections._words import listed
from highneeds.report.stated_cells import balance_cell, money_cell, rough_cell
from highneeds.report.views.by_name import view
from highneeds.report.views.for_people import BALANCES
from highneeds.report.words import money as words
from highneeds.report.words.account import ENDS, driver_name, heading
from highneeds.report.words.sums import roughly
from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.s251 import LINES, order
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

MOST_LINES = 4
MOST_YEARS = 6
LAYERS = {Layer.AGREED: "Agreed", Layer.LATEST: "Latest forecast", Layer.ACHIEVED: "Achieved"}
PAYERS_OF = {"dfe_payment_gbp": "dfe", "council_contribution_gbp": "council"}


def section(evidence: Evidence) -> doc.Section:
    blocks = list(_blocks(evidence)) or [doc.Paragraph(words.NOTHING_KNOWN)]
    return doc.Section("finance", words.TITLE, tuple(blocks))


def _blocks(evidence: Evidence) -> Iterator[doc.Block]:
    yield from account_tables(evidence)
    if not evidence.money.layers.stated and evidence.account.own is None:
        yield from published_tables(evidence)
    yield from variance(evidence)
    yield from contributions(evidence)
    yield from unit_costs(evidence)
    yield from savings(evidence)


def account_tables(evidence: Evidence) -> Iterator[doc.Block]:
    """Only the rows and the years that have a figure; a lead that explains the accumulated gap under it."""
    layers = evidence.money.layers
    keys = [key for key in layers.stated if key[2] in LAYERS and not _said_elsewhere(evidence, *key)]
    years = sorted({year for year, _, _ in keys})
    if years:
        columns = (
            doc.TableColumn("Position", width=2.2),
            *(
                doc.TableColumn(str(year), align=doc.Align.RIGHT, width=1.5, of="financial year", key=str(year))
                for year in years
            ),
        )
        rows: list[doc.Row] = []
        for measure in layers.measures:
            present = [layer for layer in LAYERS if any(key[1:] == (measure, layer) for key in keys)]
            if present:
                rows.append(doc.Row.group(heading(layers, measure)))
                rows += [
                    doc.Row.of(LAYERS[layer], *(_cell(layers.at(year, measure, layer), measure) for year in years))
                    for layer in present
                ]
        yield doc.DataTable(
            "finance-account", words.ACCOUNT, columns, tuple(rows), notes=(words.DEFICIT_NOTE,), group_name="Measure"
        )
    stand = evidence.money.position
    if stand is not None and stand.gap is not None:
        yield doc.Paragraph(words.lead(stand.forecast, stand.target, stand.gap))
    if evidence.account.own is not None:
        yield statement(evidence)


def _said_elsewhere(evidence: Evidence, year: FinancialYear, measure: str, layer: Layer) -> bool:
    """What came is in the statement of the council's own account; a contribution is among the instalments on record."""
    if measure in PAYERS_OF:
        paid = {(one.payer, one.year) for one in evidence.account.parts.payments.payments}
        return (PAYERS_OF[measure], year) in paid
    return evidence.account.own is not None and layer is Layer.ACHIEVED and _only_achieved(evidence)


def _only_achieved(evidence: Evidence) -> bool:
    """Nothing was agreed and nothing forecast, so that there is nothing to set beside what came."""
    return not any(layer in (Layer.AGREED, Layer.LATEST) for _, _, layer in evidence.money.layers.stated)


def _cell(found: tuple[Stated, ...], measure: str) -> doc.Cell:
    """The first figure stated; that two documents disagree is for the review file."""
    if not found:
        return doc.Cell.words("")
    return balance_cell(found[0]) if measure in BALANCES else money_cell(found[0])


def statement(evidence: Evidence) -> doc.DataTable:
    """The council's own ledger, a measure a row and a year a column; rows and years without a figure are left out.

    What came in, what was spent by line, what is left: so that a reader can add it up.
    """
    rows = [row for row in (*_came_in(evidence), *_spent(evidence), *_left(evidence)) if row.figures]
    years = sorted({year for row in rows for year in row.figures})
    columns = (
        doc.TableColumn("Our account", width=2.6),
        *(doc.TableColumn(year, align=doc.Align.RIGHT, width=1.2, of="financial year", key=year) for year in years),
    )
    body = tuple(
        doc.Row(
            (doc.Cell.words(row.title), *(_statement_cell(row.is_balance, row.figures.get(year)) for year in years)),
            doc.RowKind.TOTAL if row.is_total else doc.RowKind.BODY,
        )
        for row in rows
    )
    return doc.DataTable("finance-statement", words.STATEMENT, columns, body, notes=(words.EMPTY_YEARS,))


@dataclass(frozen=True)
class StatementLine:
    """One row of the statement: pounds by year, as far as they are known."""

    title: str
    figures: Mapping[str, Decimal]
    is_balance: bool = False
    is_total: bool = False


def _came_in(evidence: Evidence) -> Iterator[StatementLine]:
    for column, title in words.INCOME_ROWS:
        sums = {str(row.year): getattr(row, column) for row in evidence.account.years}
        yield StatementLine(title, {year: _pounds(pence) for year, pence in sums.items() if pence is not None})


def _spent(evidence: Evidence) -> Iterator[StatementLine]:
    """By line of the section 251 return, then lines of the council's own."""
    sums = spent_by_line(evidence)
    titles = {line.code: f"{line.title} ({line.code})" for line in LINES}
    for line in sorted(sums, key=lambda line: (line not in titles, order(line) if line in titles else (), line)):
        yield StatementLine(titles.get(line, line), sums[line])


def spent_by_line(evidence: Evidence) -> dict[str, dict[str, Decimal]]:
    """Line -> year -> pounds, of the years whose spend is known whole."""
    whole = (
        {one.year for one in evidence.account.own.positions if one.spend.is_known} if evidence.account.own else set()
    )
    sums: dict[str, dict[str, int]] = {}
    for row in evidence.account.spend:
        if row.year in whole and row.amount is not None:
            by_year = sums.setdefault(row.line, {})
            by_year[str(row.year)] = by_year.get(str(row.year), 0) + row.amount
    return {line: {year: _pounds(pence) for year, pence in by_year.items()} for line, by_year in sums.items()}


def _left(evidence: Evidence) -> Iterator[StatementLine]:
    """All that was spent, and the balances that follow from it."""
    found: dict[str, dict[str, Decimal]] = {}
    for row in evidence.account.measures():
        if row.value is not None and ColumnName(row.name).is_money and row.year:
            found.setdefault(row.name, {})[row.year] = Decimal(str(row.value))
    for name, title in words.STATEMENT_ROWS:
        figures = found.get(name, {})
        yield StatementLine(title, figures, name in BALANCES, name == "spend_gbp")


def _statement_cell(is_balance: bool, value: Decimal | None) -> doc.Cell:
    if value is None:
        return doc.Cell.words("")
    return balance_cell(stated(value)) if is_balance else money_cell(stated(value))


def published_tables(evidence: Evidence) -> Iterator[doc.DataTable]:
    """Published outturn and high needs grant, for a council that has given no figure of its own."""
    spent = {str(year): pence for year, pence in evidence.account.published_outturn.items()}
    granted = {str(one.year): one.after for one in evidence.account.allocations if "high" in one.block}
    years = sorted({*spent, *granted})[-MOST_YEARS:]
    if not years:
        return
    columns = (
        doc.TableColumn("Published", width=2.4),
        *(doc.TableColumn(year, align=doc.Align.RIGHT, of="financial year", key=year) for year in years),
    )
    rows = [
        doc.Row.of(
            title, *(doc.Cell.words("") if found.get(year) is None else _millions(found[year]) for year in years)
        )
        for title, found in ((words.OUTTURN, spent), (words.GRANT, granted))
        if found
    ]
    notes = break_notes([FinancialYear.parse(year) for year in years if year in granted])
    notes = (*notes, words.NO_BALANCE) if spent and granted else notes
    yield doc.DataTable(
        "finance-published", words.PUBLISHED, columns, tuple(rows), notes=notes, source=words.PUBLISHED_SOURCE
    )


def break_notes(years: Sequence[FinancialYear]) -> tuple[str, ...]:
    """Under a table of high needs blocks: which of its years cannot be compared, and why."""
    return tuple(words.not_comparable(one.before, one.after, one.why) for one in breaks_within(years))


def _millions(pence: int | None) -> doc.Cell:
    return doc.Cell.millions(_pounds(pence or 0))


def variance(evidence: Evidence) -> Iterator[doc.Block]:
    chart = variance_chart(evidence)
    if chart is not None:
        yield chart


def variance_chart(evidence: Evidence) -> doc.ChartBlock | None:
    """Every cause that the council named: bars for those with a figure, hatched those without, no estimate of ours."""
    bridge, stand = evidence.account.parts.drivers, evidence.money.position
    if bridge is None or stand is None or not bridge.difference:
        return None
    forecast, target = stand.forecast, stand.target
    known, unknown = named_causes(bridge)
    rest = bridge.difference - sum(one.effect.pence or 0 for one in known)
    whole = roughly(abs(bridge.difference), forecast, target)
    title = words.variance_title(
        whole,
        _together(known),
        roughly(abs(rest), forecast, target) if rest else "",
        above=bridge.difference > 0,
    )
    remainder = Step(words.CAUSES_TOGETHER, _rough_cell(rest, forecast, target)) if rest else None
    return waterfall_chart(
        ChartWords("variance", title),
        start=Step(words.AGREED, money_cell(target)),
        steps=[Step(driver_name(one), doc.Cell.millions(_pounds(one.effect.pence or 0), plus=True)) for one in known],
        remainder=remainder,
        unknown=unknown if rest else (),
        unknown_text=words.NO_FIGURE,
        end=Step(ENDS[bridge.ends_at], money_cell(forecast)),
    )


def named_causes(bridge: DriverBridge) -> tuple[list[Driver], list[str]]:
    """The causes that the council gave a figure for, and the names of those for which it gave none."""
    known = [one for one in bridge.drivers if one.effect.pence and not one.estimated]
    return known, [driver_name(one) for one in bridge.drivers if one.estimated or not one.effect.is_known]


def why_above_target(evidence: Evidence) -> Iterator[doc.Block]:
    """The causes in one paragraph; nothing where the forecast is not above target."""
    bridge, stand = evidence.account.parts.drivers, evidence.money.position
    if bridge is None or stand is None or bridge.difference <= 0:
        return
    known, unknown = named_causes(bridge)
    sums = [(one.name, words.plainly(_pounds(one.effect.pence or 0))) for one in known]
    whole = roughly(bridge.difference, stand.forecast, stand.target)
    yield doc.Heading(words.WHY)
    yield doc.Paragraph(words.why_above_target(whole, sums, unknown))


def _together(known: list[Driver]) -> str:
    total = sum(one.effect.pence or 0 for one in known)
    return stated(_pounds(total)).words if total else ""


def _rough_cell(pence: int, *derived: Stated) -> doc.Cell:
    """The exact remainder for the drawing, with words as rough as what it derives from."""
    sign = "" if precision(*derived) > 1 else "+" if pence > 0 else "−"
    return rough_cell(_pounds(pence), pence, *derived, sign=sign)


def _pounds(pence: int) -> Decimal:
    return Decimal(decimal_pounds(pence))


def contributions(evidence: Evidence) -> Iterator[doc.Block]:
    """What each side promised over the agreement, and the instalments on record."""
    workspace = evidence.workspace
    roles = (("department_contribution", "dfe"), ("council_contribution", "council"))
    promised = [(payer, of_fact(fact)) for role, payer in roles if (fact := workspace.figure(role)) is not None]
    if promised:
        columns = (doc.TableColumn("From", width=3), doc.TableColumn("Agreed in all", align=doc.Align.RIGHT))
        rows = [doc.Row.of(words.PAYERS[payer], money_cell(one)) for payer, one in promised]
        total = sum(one.pence for _, one in promised)
        rows += [doc.Row.total("Together", doc.Cell.millions(_pounds(total)))] if len(promised) > 1 else []
        note = words.CONTRIBUTIONS_NOTE
        yield doc.DataTable("finance-contributions", words.CONTRIBUTIONS, columns, tuple(rows), notes=(note,))
    payments = evidence.account.parts.payments.payments
    if payments:
        heads = (
            doc.TableColumn("From", width=3),
            doc.TableColumn("Year"),
            doc.TableColumn("State"),
            doc.TableColumn("Due", align=doc.Align.RIGHT),
            doc.TableColumn("Received", align=doc.Align.RIGHT, width=1.8),
        )
        rows = [
            doc.Row.of(
                words.PAYERS.get(one.payer, one.payer),
                str(one.year),
                one.state.replace("_", " "),
                _amount(one.due.pence),
                doc.Cell.words(words.CAME) if came_unstated(one) else _amount(one.received.pence),
            )
            for one in payments
        ]
        yield doc.DataTable("finance-payments", words.PAYMENTS, heads, tuple(rows))


def came_unstated(one: Payment) -> bool:
    """It came, and nobody has said how much of it."""
    return one.state in RECEIVED and one.received.pence is None


def _amount(pence: int | None) -> doc.Cell:
    return doc.Cell.words("not stated") if pence is None else doc.Cell.millions(_pounds(pence))


def unit_costs(evidence: Evidence) -> Iterator[doc.Block]:
    """Average costs at both ends of their series, and the months in which their basis seems to change."""
    parts = evidence.account.parts
    if not any(series for sector in parts.unit_costs.values() for series in sector.values()):
        return
    heads = {"sector": "Sector", "phase": "Phase", "first_month": "From", "first_gbp": "Then", "last_month": "To"}
    heads |= {"last_gbp": "Now", "change_percent": "Change"}
    notes = [words.UNIT_COSTS_NOTE]
    months = sorted({step.month for step in parts.steps})
    notes += [words.new_basis(listed(month.label for month in months))] if months else []
    table = table_of(view(evidence.account, "unit-costs"), "finance-unit-costs", heads, title=words.UNIT_COSTS)
    yield doc.DataTable(table.id, table.title, table.columns, _with_figures(table), notes=tuple(notes))
    yield from cost_charts(evidence)


def cost_charts(evidence: Evidence) -> Iterator[doc.ChartBlock]:
    """One chart for each sector that has a line: its phases over the months."""
    months = list(evidence.workspace.months)
    for sector, phases in evidence.account.parts.unit_costs.items():
        lines = [
            Series(phase.capitalize(), tuple(_cost_cell(series.get(month)) for month in months))
            for phase, series in phases.items()
            if sum(series.get(month) is not None for month in months) > 1
        ]
        if lines:
            yield line_chart(
                ChartWords(
                    f"unit-costs-{as_id(sector)}", _cost_title(sector, phases.values(), months), words.COSTS_SOURCE
                ),
                periods=months,
                series=lines[:MOST_LINES],
                unit=Unit.GBP,
            )


def _cost_title(sector: str, phases: Iterable[Mapping[Month, Decimal | None]], months: Sequence[Month]) -> str:
    """How far the phases rose or fell from the first month to the last."""
    changes, known = [], []
    for series in phases:
        found = [(month, value) for month in months if (value := series.get(month))]
        if len(found) > 1:
            known += [found[0][0], found[-1][0]]
            changes.append(100 * (found[-1][1] - found[0][1]) / found[0][1])
    return words.cost_title(sector, (min(changes), max(changes)), min(known).label, max(known).label)


def _cost_cell(value: Decimal | None) -> doc.Cell:
    return doc.Cell.pounds(value) if value is not None else doc.Cell.gap(State.NOT_REPORTED)


def as_id(text: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in text.lower())


def _with_figures(table: doc.DataTable) -> tuple[doc.Row, ...]:
    """Rows without any figure are listed with the dashboard's gaps, not here."""
    return tuple(row for row in table.rows if any(cell.is_number for cell in row.cells))


def savings(evidence: Evidence) -> Iterator[doc.Block]:
    parts = evidence.account.parts
    if not parts.savings:
        return
    heads = {"saving": "Action", "kind": "Kind", "starts": "Starts", "full_year_gbp": "Full year"}
    heads |= {"this_year_gbp": "This year", "realised_gbp": "Realised"}
    if parts.savings_needed:
        year = str(evidence.workspace.council.report.current_year)
        yield doc.Paragraph(words.savings_needed(words.yearly(parts.savings_needed), year))
    names = {one.name: one.title for one in parts.savings} | words.KINDS
    missing = {"realised_gbp": "not recorded", "full_year_gbp": "not stated", "this_year_gbp": "not stated"}
    table = table_of(
        view(evidence.account, "savings"), "finance-savings", heads, title=words.SAVINGS, names=names, missing=missing
    )
    rows = tuple(row for row in table.rows if row.kind is doc.RowKind.BODY)
    yield doc.DataTable(table.id, table.title, table.columns, rows)
