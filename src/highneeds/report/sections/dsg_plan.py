"""The DSG management plan: seven placement sheets, unmitigated and mitigated; finance block by block; positions."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.account import decimal_pounds
from highneeds.account.balance.layers import MEASURES
from highneeds.forecast.joint import JointMeans
from highneeds.registers.definitions.allocations import BLOCKS
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.returns.dsg_tables import SHEETS, SheetCounts, sheets_of
from highneeds.report.returns.lsrp_tables import AGE_ROWS, NEED_ROWS
from highneeds.report.sections._returns import (
    forecast_cell,
    forecast_or_why,
    learnt_from,
    needs_are_known,
    without_forecast,
)
from highneeds.report.sections.money_sent import LAYERS, break_notes
from highneeds.report.stated_cells import money_cell
from highneeds.report.words import returns as words

RIGHT = doc.Align.RIGHT
YEARS_AHEAD = 4


def sections(evidence: Evidence) -> tuple[doc.Section, ...]:
    last = evidence.workspace.council.last_year.start + 1
    forecast = forecast_or_why(evidence, last, YEARS_AHEAD)
    if isinstance(forecast, str):
        return finance(evidence), without_forecast("dsg-placements", words.UNMITIGATED, forecast)
    return (
        finance(evidence),
        placements("unmitigated", words.UNMITIGATED, forecast.no_action, learnt_from(forecast)),
        placements("mitigated", words.MITIGATED, forecast.with_actions),
    )


def placements(id: str, title: str, means: JointMeans, basis: Sequence[str] = ()) -> doc.Section:
    """A table for each sheet: needs, in each the age groups and a total, across the Januaries.

    basis: what the figures were learnt from, in sentences
    """
    by_year = {january: sheets_of(means, january) for january in means.januaries}
    blocks: list[doc.Block] = [doc.Paragraph(" ".join((words.DSG_AGE, *basis)))]
    origin = means.januaries[0]
    columns = (
        doc.TableColumn("Age group", width=3),
        *(
            doc.TableColumn(
                f"Jan {january}, {'actual' if january == origin else 'forecast'}",
                align=RIGHT,
                of="January",
                key=str(january),
            )
            for january in by_year
        ),
    )
    by_need = needs_are_known(means)
    blocks += [] if by_need else [doc.Paragraph(words.NEEDS_LEFT_OUT)]
    every = [need for need, _ in NEED_ROWS]
    for number, (sheet, _) in enumerate(SHEETS, start=1):
        counts = [by_year[one][sheet] for one in by_year]
        groups = [(need, [need]) for need in every] if by_need else []
        rows = [row for need, some in groups for row in _group(need, some, counts)]
        rows += _group(words.all_needs(sheet), every, counts)
        blocks.append(
            doc.DataTable(f"dsg-{id}-{number}", f"{sheet}: {title.lower()}", columns, tuple(rows), group_name="Need")
        )
    return doc.Section(id, title, tuple(blocks), new_page=True)


def _group(title: str, needs: Sequence[str], counts: Sequence[SheetCounts]) -> list[doc.Row]:
    """The age groups of some needs together, January by January, and their total."""
    ages = [[sum(one[age, need] for need in needs) for one in counts] for age in AGE_ROWS]
    rows = [doc.Row.of(age, *map(forecast_cell, values)) for age, values in zip(AGE_ROWS, ages, strict=True)]
    return [
        doc.Row.group(title),
        *rows,
        doc.Row.total(words.TOTAL, *(forecast_cell(sum(some)) for some in zip(*ages, strict=True))),
    ]


def finance(evidence: Evidence) -> doc.Section:
    """The grant by block, then the positions that are known, agreed and latest."""
    return doc.Section("dsg-finance", words.DSG_FINANCE, tuple(_finance(evidence)))


def _finance(evidence: Evidence) -> Iterator[doc.Block]:
    newest = {(one.year, one.block): one for one in evidence.account.allocations}
    years = sorted({year for year, _ in newest})[-5:]
    if years:
        blocks = list(dict.fromkeys(block for _, block in newest))
        columns = (
            doc.TableColumn(f"Block, {words.AFTER}", width=3),
            *(doc.TableColumn(str(year), align=RIGHT, of="financial year", key=str(year)) for year in years),
        )
        rows = tuple(
            doc.Row.of(
                BLOCKS[block],
                *(
                    doc.Cell.millions(Decimal(decimal_pounds(newest[year, block].after)))
                    if (year, block) in newest
                    else doc.Cell.words("")
                    for year in years
                ),
            )
            for block in blocks
        )
        yield doc.DataTable("dsg-blocks", words.DSG_FINANCE, columns, rows, notes=break_notes(years))
    else:
        yield doc.Paragraph(words.DSG_NO_FINANCE)
    table = positions(evidence)
    if table is not None:
        yield table


def positions(evidence: Evidence) -> doc.DataTable | None:
    layers = evidence.money.layers
    found = [
        doc.Row.of(MEASURES[measure], str(year), LAYERS[layer], money_cell(stated[0]), stated[0].stands_in)
        for (year, measure, layer), stated in sorted(
            layers.stated.items(), key=lambda item: (item[0][1], str(item[0][0]))
        )
        if layer in LAYERS
    ]
    if not found:
        return None
    columns = (
        doc.TableColumn("Position", width=3),
        doc.TableColumn("Year"),
        doc.TableColumn("What it is", width=1.6),
        doc.TableColumn("Sum", align=RIGHT),
        doc.TableColumn("Source", width=2.4),
    )
    return doc.DataTable("dsg-positions", words.DSG_POSITIONS, columns, tuple(found))
