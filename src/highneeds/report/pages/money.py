"""The account, for its page."""

from decimal import Decimal

from highneeds.account.balance.layers import MEASURES
from highneeds.account.later import is_later
from highneeds.report.evidence import Evidence
from highneeds.report.figures.deficit import NAMES
from highneeds.report.pages.money_views import absent, money_pages
from highneeds.report.pages.results.money import Account, AccountLine, AccountRow, CellResult, NoteGroup
from highneeds.report.pages.results.parts import ColumnResult, LinkedSentence, PageFinding, TableResult
from highneeds.report.sections.finance import layer_cell
from highneeds.report.sections.first_page import sentence
from highneeds.report.views.layers import layers_table
from highneeds.report.words import account as account_words
from highneeds.report.words import on_track
from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.rounding import millions
from highneeds.vocabulary.table import Table


def account_result(evidence: Evidence, charts: tuple[str, ...]) -> Account:
    money = evidence.money
    opening = account_words.opened(money.opening) if money.opening else ()
    lead = account_words.stands(money.position)[1:] if money.position else ()
    parts = evidence.account.parts
    implied = tuple(f"{year}: {account_words.implied(one)}" for year, one in money.implied)
    said = {
        "The year": (*lead, *implied),
        "How the account opened": opening,
        "Payments, override and grant": account_words.funding(parts, overrides=-1),
        "Causes and savings": (*account_words.books(evidence.account), *account_words.causes(parts)),
    }
    groups = [_group(title, [LinkedSentence(text, "") for text in texts]) for title, texts in said.items()]
    findings = [LinkedSentence(f"{one.message}. {one.fix}", "findings") for one in money.findings]
    groups.append(_group("Two figures for one thing", findings))
    return Account(
        sentence=PageFinding.of(account_words.stands(money.position)[0] if money.position else sentence(evidence)),
        years=tuple(str(year) for year in money.layers.years),
        lines=tuple(_line(evidence, measure) for measure in money.layers.measures),
        measures=measures_table(layers_table(money.layers)),
        notes=tuple(LinkedSentence(text, "") for text in what_matters(evidence)),
        groups=tuple(group for group in groups if group.notes),
        charts=charts,
        pages=money_pages(evidence),
        absent=absent(evidence),
    )


MATTERS = 3


def _group(title: str, notes: list[LinkedSentence]) -> NoteGroup:
    return NoteGroup(title, tuple(notes))


def what_matters(evidence: Evidence) -> tuple[str, ...]:
    """The three to read first: what explains the year, what remains at the end, and whose books it falls on.

    None of them is said again below: `funding` is asked for every override but the last, and `causes` says no drivers.
    """
    parts, answers = evidence.account.parts, evidence.money.answers
    found = [account_words.drivers(parts.drivers)] if parts.drivers else []
    found += [on_track.reason(answers[1])]
    found += [account_words.override(parts.overrides[-1])] if parts.overrides else []
    return tuple(found[:MATTERS])


def _line(evidence: Evidence, measure: str) -> AccountLine:
    layers = evidence.money.layers
    rows = []
    for layer, name in NAMES.items():
        cells = []
        for year in layers.years:
            found = layers.at(year, measure, layer)
            cell = layer_cell(found, evidence, measure)
            to = f"source:{found[0].fact}" if found and found[0].fact else ""
            late = any(is_later(one.dated, evidence.workspace.council.report.submitted) for one in found)
            both = cell.note if len(found) > 1 or late else ""  # one early figure leads to its one source
            cells.append(CellResult(cell.text if found else "Not published", both, to, cell.is_gap))
        rows.append(AccountRow(name, tuple(cells)))
    return AccountLine(
        ColumnName(measure).stem.replace("_", "-"), account_words.heading(layers, measure), False, tuple(rows)
    )


def measures_table(table: Table) -> TableResult:
    """The contract's columns for people: only rows with a figure."""
    columns = tuple(
        ColumnResult(title, title == "Figure") for title in ("Year", "Measure", "Version", "Figure", "Where it stands")
    )
    rows = tuple(
        (
            row["financial_year"],
            MEASURES[row["measure"]],
            row["layer"].replace("_", " ").capitalize(),
            _figure(row),
            row["source"],
        )
        for row in table.records()
        if row["value"] is not None
    )
    return TableResult(columns, rows)


def _figure(row: dict[str, object]) -> str:
    low = millions(Decimal(str(row["value"])))
    return f"{low} to {millions(Decimal(str(row['value_high'])))}" if row["value_high"] is not None else low
