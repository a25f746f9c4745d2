"""The financial annex: planned, latest and achieved by year; how the account opened; what disagrees."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from highneeds.account.stated import Stated, of_fact
from highneeds.registers.definitions.openings import STATUSES, slip_in_months
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.figures.deficit import NAMES, in_year_chart
from highneeds.report.figures.variance import variance_chart
from highneeds.report.sections._views import table_of
from highneeds.report.shown_number import ShownNumber
from highneeds.report.stated_cells import balance_cell, money_cell
from highneeds.report.views.by_name import view
from highneeds.report.views.for_people import BALANCES
from highneeds.report.words import account as account_words
from highneeds.report.words import commitments as book_words
from highneeds.report.words import finance as words
from highneeds.report.words import reasons
from highneeds.report.words.money import KINDS, PAYERS
from highneeds.report.words.sums import balance
from highneeds.vocabulary.state import State


def section(evidence: Evidence) -> doc.Section:
    blocks: list[doc.Block] = []
    if evidence.money.position:
        blocks.append(doc.Paragraph(" ".join(account_words.stands(evidence.money.position))))
    blocks += [layers_table(evidence), in_year_chart(evidence)]
    variance = variance_chart(evidence)
    blocks += [variance] if variance else []
    blocks += [*_drivers(evidence), *_opening(evidence), *_contributions(evidence), *_override(evidence)]
    blocks += [
        *_books(evidence),
        *_savings(evidence),
        *_unit_costs(evidence),
        *_openings(evidence),
        *_disagreements(evidence),
    ]
    return doc.Section("finance", words.TITLE, tuple(blocks), new_page=True)


def layers_table(evidence: Evidence) -> doc.DataTable:
    """Measure by measure, three rows each: promised, latest, achieved; years across; a gap shown as a gap."""
    layers = evidence.money.layers
    columns = (
        doc.TableColumn(words.POSITION, width=2.2),
        *(
            doc.TableColumn(str(year), align=doc.Align.RIGHT, width=1.5, of="financial year", key=str(year))
            for year in layers.years
        ),
    )
    rows: list[doc.Row] = []
    for measure in layers.measures:
        rows.append(doc.Row.group(account_words.heading(layers, measure)))
        for layer, name in NAMES.items():
            cells = (layer_cell(layers.at(year, measure, layer), evidence, measure) for year in layers.years)
            rows.append(doc.Row.of(name, *cells))
    notes = (words.ACCOUNT_NOTE,)
    return doc.DataTable(
        "finance-account",
        words.ACCOUNT,
        columns,
        tuple(rows),
        notes=notes,
        source="; ".join(_sources(evidence)),
        group_name=words.MEASURE,
    )


def layer_cell(stated: tuple[Stated, ...], evidence: Evidence, measure: str) -> doc.Cell:
    """One sum, or several side by side where documents disagree; one published after the report says so."""
    if not stated:
        return doc.Cell.gap(State.NOT_PUBLISHED)
    sums = list(dict.fromkeys(balance(one) if measure in BALANCES else one.words for one in stated))
    note = "; ".join(reasons.placed(one, evidence.workspace.council.report.submitted) for one in stated)
    first = balance_cell(stated[0], note) if measure in BALANCES else money_cell(stated[0], note)
    return replace(first, text=" or ".join(sums), shown=None) if sums[1:] else first


def _sources(evidence: Evidence) -> list[str]:
    found = {one.source for stated in evidence.money.layers.stated.values() for one in stated}
    return sorted(found)


def _opening(evidence: Evidence) -> Iterator[doc.Block]:
    opening = evidence.money.opening
    if opening is None:
        return
    yield doc.Heading(words.OPENING)
    yield doc.Bullets(account_words.opened(opening))


def _contributions(evidence: Evidence) -> Iterator[doc.Block]:
    """What DfE and council promised in all, and what later balances imply."""
    workspace = evidence.workspace
    roles = (("department_contribution", words.DEPARTMENT), ("council_contribution", words.COUNCIL))
    facts = [(name, workspace.figure(role)) for role, name in roles]
    promised = [(name, of_fact(fact)) for name, fact in facts if fact is not None]
    if not promised:
        return
    yield doc.Heading(words.CONTRIBUTIONS)
    total = sum(one.pence for _, one in promised)
    columns = (
        doc.TableColumn(words.FROM, width=2),
        doc.TableColumn(words.PROMISED, align=doc.Align.RIGHT),
        doc.TableColumn(words.SOURCE, width=3),
    )
    rows = [doc.Row.of(name, _pounds(one), one.stands_in) for name, one in promised]
    rows.append(
        doc.Row.total(words.BOTH, doc.Cell.millions(Decimal(total) / 100, state=State.COMPUTED), words.WORKED_OUT)
    )
    yield doc.DataTable("finance-contributions", words.PROMISED_TABLE, columns, tuple(rows))
    payments = evidence.account.parts.payments
    if payments.payments or payments.promises:
        named = {one.name: words.instalment(one.year) for one in payments.payments}
        yield table_of(
            view(evidence.account, "payments"),
            "finance-payments",
            words.PAYMENT_HEADS,
            title=words.PAYMENTS,
            names=named | PAYERS,
            missing=words.NO_PAYMENT,
        )
    for year, implied in evidence.money.implied:
        yield doc.Paragraph(f"{year}: {account_words.implied(implied)}")


def _pounds(stated: Stated) -> doc.Cell:
    return money_cell(stated, stated.source)


def _drivers(evidence: Evidence) -> Iterator[doc.Block]:
    """Every driver the report names: with its sum where one is published, with the reason where none is."""
    bridge = evidence.account.parts.drivers
    if bridge is None:
        return
    yield doc.Heading(words.DRIVERS)
    yield table_of(view(evidence.account, "drivers"), "finance-drivers", words.DRIVER_HEADS, title=words.DRIVERS_TABLE)
    delay = evidence.account.parts.delay
    if delay:
        yield doc.Bullets(account_words.delay(delay))


def _override(evidence: Evidence) -> Iterator[doc.Block]:
    """What would fall on the council's own books, and the stability grant as a layer on top."""
    parts = evidence.account.parts
    if parts.overrides:
        yield doc.Heading(words.OVERRIDE)
        yield doc.Bullets(tuple(account_words.override(clock) for clock in parts.overrides))
    if parts.grant:
        yield doc.Paragraph(account_words.grant(parts.grant))
        yield table_of(view(evidence.account, "stability-grant"), "finance-grant", words.GRANT_HEADS)


def _books(evidence: Evidence) -> Iterator[doc.Block]:
    """What does not match between the council's own caseload, commitments and ledger, and how it moved."""
    books = evidence.account.books
    if books is None:
        return
    yield doc.Heading(words.BOOKS)
    yield doc.Bullets(book_words.all_said(books))


def _savings(evidence: Evidence) -> Iterator[doc.Block]:
    """Actions against what is asked for a year, overlap taken out, with the odds."""
    parts = evidence.account.parts
    if not parts.savings:
        return
    yield doc.Heading(words.SAVINGS)
    if parts.savings_needed:
        yield doc.Paragraph(account_words.against(parts.savings_total, parts.savings_needed))
    yield table_of(
        view(evidence.account, "savings"),
        "finance-savings",
        words.SAVING_HEADS,
        title=words.SAVINGS_TABLE,
        names={one.name: one.title for one in parts.savings} | KINDS,
        missing=words.NO_SAVING,
    )
    if parts.savings_needed:
        yield doc.Paragraph(account_words.odds(parts.savings_chance, parts.savings_needed))


def _unit_costs(evidence: Evidence) -> Iterator[doc.Block]:
    """Average costs by sector and phase, with the months in which their basis seems to change."""
    parts = evidence.account.parts
    if not parts.unit_costs:
        return
    yield doc.Heading(words.UNIT_COSTS)
    yield table_of(
        view(evidence.account, "unit-costs"), "finance-unit-costs", words.UNIT_COST_HEADS, title=words.UNIT_COSTS_TABLE
    )
    if parts.steps:
        yield doc.Bullets(tuple(step.sentence for step in parts.steps))


def _openings(evidence: Evidence) -> Iterator[doc.Block]:
    """The capital project: planned, expected or open, and by how many months late."""
    rows = evidence.rows("openings")
    if not rows:
        return
    columns = (
        doc.TableColumn(words.SCHOOL, width=3.4),
        doc.TableColumn(words.PLANNED),
        doc.TableColumn(words.NOW, width=1.6),
        doc.TableColumn(words.STATUS, width=1.4),
        doc.TableColumn(words.MONTHS_LATE, align=doc.Align.RIGHT),
        doc.TableColumn(words.SOURCE, width=1.6),
    )
    cells = []
    for row in rows:
        latest, slip = row["opened"] or row["expected"], slip_in_months(row)
        late = (
            doc.Cell.number(slip, ShownNumber(grouped=False), state=State.COMPUTED)
            if slip is not None
            else doc.Cell.not_applicable(words.NO_DATE_TO_COUNT)
        )
        now = latest.label if latest else words.NO_DATE
        cells.append(
            doc.Row.of(row["title"], row["planned"].label, now, STATUSES[row["status"]], late, row["source"] or "")
        )
    yield doc.Heading(words.OPENINGS)
    yield doc.DataTable(
        "finance-openings", words.OPENINGS_TABLE, columns, tuple(cells), source="registers/openings.csv"
    )


def _disagreements(evidence: Evidence) -> Iterator[doc.Block]:
    for finding in evidence.money.findings:
        yield doc.NoteBlock(words.TWO_FIGURES, f"{finding.message}. {finding.fix}", doc.NoteKind.DATA)
