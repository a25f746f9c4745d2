"""The account, for its page."""

from decimal import Decimal

from highneeds.account.later import LATER
from highneeds.account.layers import WORDS
from highneeds.report import results
from highneeds.report.evidence import Evidence
from highneeds.report.figures.deficit import NAMES
from highneeds.report.sections.finance import layer_cell
from highneeds.report.sections.first_page import sentence
from highneeds.vocabulary.rounding import millions
from highneeds.vocabulary.table import Table


def account_result(evidence: Evidence, charts: tuple[str, ...]) -> results.Account:
    money = evidence.money
    opening = money.opening.sentences if money.opening else ()
    lead = money.position.sentences[1:] if money.position else ()
    parts = evidence.account.parts.sentences
    implied = tuple(f"{year}: {one.sentence}" for year, one in money.implied)
    notes = [results.Sentence(text, "") for text in (*lead, *opening, *implied, *parts)]
    notes += [results.Sentence(f"{one.message}. {one.fix}", "findings") for one in money.findings]
    return results.Account(
        sentence=money.position.sentences[0] if money.position else sentence(evidence),
        years=tuple(str(year) for year in money.layers.years),
        lines=tuple(_line(evidence, measure) for measure in money.layers.measures),
        measures=measures_table(money.layers.table()),
        notes=tuple(notes),
        charts=charts,
    )


def _line(evidence: Evidence, measure: str) -> results.AccountLine:
    layers = evidence.money.layers
    rows = []
    for layer, name in NAMES.items():
        cells = []
        for year in layers.years:
            found = layers.at(year, measure, layer)
            cell = layer_cell(found, evidence)
            to = f"source:{found[0].fact}" if found else ""
            both = cell.note if len(found) > 1 or LATER in cell.note else ""  # one early figure leads to its one source
            cells.append(results.Cell(cell.text if found else "Not published", both, to))
        rows.append(results.AccountRow(name, tuple(cells)))
    return results.AccountLine(measure.removesuffix("_gbp").replace("_", "-"), WORDS[measure], False, tuple(rows))


def measures_table(table: Table) -> results.Table:
    """The contract's columns for people: only rows with a figure."""
    columns = tuple(
        results.Column(title, title == "Figure")
        for title in ("Year", "Measure", "Version", "Figure", "Where it stands")
    )
    rows = tuple(
        (
            row["financial_year"],
            WORDS[row["measure"]],
            row["layer"].replace("_", " ").capitalize(),
            _figure(row),
            row["source"],
        )
        for row in table.records()
        if row["value"] is not None
    )
    return results.Table(columns, rows)


def _figure(row: dict[str, object]) -> str:
    low = millions(Decimal(str(row["value"])))
    return f"{low} to {millions(Decimal(str(row['value_high'])))}" if row["value_high"] is not None else low
