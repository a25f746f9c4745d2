"""Figures that became known after the report's date, beside those of the report."""

from highneeds.account.later import is_later
from highneeds.account.stated import Stated, dated_by_name
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.workspace import Fact
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections.sources import period_words, printed
from highneeds.report.stated_cells import balance_cell, money_cell
from highneeds.report.views.for_people import BALANCES
from highneeds.report.words import since as words
from highneeds.report.words.account import measure_name

LAYERS = {Layer.AGREED: "agreed", Layer.LATEST: "latest forecast", Layer.ACHIEVED: "achieved"}


def section(evidence: Evidence) -> doc.Section:
    day = doc.long_date(evidence.workspace.council.report.submitted)
    beside, further = beside_table(evidence), later_facts(evidence)
    if beside is None and not further:
        blocks: tuple[doc.Block, ...] = (doc.Paragraph(words.NOTHING),)
    else:
        tables = [one for one in (beside, facts_table(further) if further else None) if one is not None]
        blocks = (doc.Paragraph(words.LEAD.format(day=day)), *tables)
    return doc.Section("since", words.TITLE.format(day=day), blocks)


def later_facts(evidence: Evidence) -> list[Fact]:
    """Facts published after the report that stand in no row of the account."""
    day = evidence.workspace.council.report.submitted
    in_account = {one.fact for found in evidence.money.layers.stated.values() for one in found}
    return [one for one in evidence.workspace.facts if is_later(dated_by_name(one), day) and one.id not in in_account]


def beside_table(evidence: Evidence) -> doc.DataTable | None:
    """Year and measure by what the report said of it and what is known now."""
    day, rows = evidence.workspace.council.report.submitted, []
    layers = evidence.money.layers
    for year in layers.years:
        for measure in layers.measures:
            found = [(layer, one) for layer in LAYERS for one in layers.at(year, measure, layer)]
            old = [
                f"{_cell(one, measure).text} ({LAYERS[layer]})" for layer, one in found if not is_later(one.dated, day)
            ]
            said = "; ".join(old) or words.NOT_IN_REPORT
            for layer, one in found:
                if is_later(one.dated, day):
                    now, what = _cell(one, measure), LAYERS[layer].capitalize()
                    rows.append(doc.Row.of(measure_name(measure, (one,)), str(year), said, now, what, one.source))
    if not rows:
        return None
    columns = (
        doc.TableColumn("Figure", width=2.6),
        doc.TableColumn("Year", width=1.1),
        doc.TableColumn("In the report", width=2.4),
        doc.TableColumn("Known now", align=doc.Align.RIGHT, width=1.2),
        doc.TableColumn("What it is", width=1.5),
        doc.TableColumn("Source", width=2.6),
    )
    return doc.DataTable("since-account", words.BESIDE, columns, tuple(rows))


def _cell(one: Stated, measure: str) -> doc.Cell:
    return balance_cell(one) if measure in BALANCES else money_cell(one)


def facts_table(facts: list[Fact]) -> doc.DataTable:
    columns = (
        doc.TableColumn("What it is", width=4),
        doc.TableColumn("Figure", align=doc.Align.RIGHT, width=1.4),
        doc.TableColumn("Period", width=1.4),
        doc.TableColumn("Source", width=2.6),
    )
    rows = tuple(doc.Row.of(one.meaning, printed(one), period_words(one.period), str(one.source)) for one in facts)
    return doc.DataTable("since-facts", words.FURTHER, columns, rows)
