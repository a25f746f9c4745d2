"""What the caseload says of the dashboard, for its page inside the council: small counts are shown."""

from collections.abc import Iterator

from highneeds.indicators.mechanism.beside import Standing, all_months
from highneeds.indicators.mechanism.computed import Computed
from highneeds.indicators.mechanism.measure import as_table
from highneeds.indicators.mechanism.shown import differences, shown_basis
from highneeds.report.blocks import Block, Bullets, DataTable, NoteBlock, Paragraph, plain
from highneeds.report.evidence import Evidence
from highneeds.report.pages.charts import table_result
from highneeds.report.pages.results.caseload import CaseloadResult, FigureTwice
from highneeds.report.pages.results.parts import NamedTable, PageFinding
from highneeds.report.pages.results.whole import INTERNAL
from highneeds.report.render.tables import csv_for_people
from highneeds.report.sections import caseload
from highneeds.report.words import caseload as words


def caseload_files(evidence: Evidence) -> dict[str, bytes]:
    """The computed indicators in the columns of the command line, and beside the reported; none without a caseload."""
    found = evidence.computed
    if found is None:
        return {}
    tables = {"computed": as_table(found.figures), "differences": differences(evidence.reported, found)}
    return {_file(found, name): csv_for_people(table) for name, table in tables.items()}


def caseload_titles(found: Computed) -> dict[str, str]:
    """The title of each of these files."""
    invented = f" ({words.LABEL})" if found.synthetic else ", inside the council only"
    return {_file(found, "computed"): caseload_title(found), _file(found, "differences"): f"{words.FILE}{invented}"}


def _file(found: Computed, name: str) -> str:
    """The name says where the figures are of an invented caseload."""
    return f"{INTERNAL}/caseload/{'synthetic-' if found.synthetic else ''}{name}.csv"


def caseload_title(found: Computed) -> str:
    return words.TITLE + (f" ({words.LABEL})" if found.synthetic else ", inside the council only")


def caseload_result(evidence: Evidence) -> CaseloadResult:
    """The blocks of the report's annex, with the small counts that it hides."""
    found = evidence.computed
    if found is None:
        return CaseloadResult(PageFinding.of(*caseload.finding(evidence)), False, "", (), (), (), "", "")
    blocks = tuple(caseload.blocks_of(evidence, hide=False))
    return CaseloadResult(
        sentence=PageFinding.of(*caseload.finding(evidence)),
        synthetic=found.synthetic,
        notice=" ".join(f"{one.opening} {plain(one.words)}" for one in blocks if isinstance(one, NoteBlock)),
        paragraphs=tuple(plain(one.words) for one in blocks if isinstance(one, Paragraph)),
        invented=tuple(plain(item) for one in blocks if isinstance(one, Bullets) for item in one.items),
        tables=tuple(_tables(blocks)),
        csv=_file(found, "computed"),
        differences=_file(found, "differences"),
        twice=tuple(figures_twice(evidence, found)),
    )


def figures_twice(evidence: Evidence, found: Computed) -> Iterator[FigureTwice]:
    """Every monthly indicator and month that is reported, computed or both, in the order of the dashboard."""
    for one in all_months(evidence.reported, found):
        if one.standing is not Standing.NEITHER:
            yield FigureTwice(
                indicator=one.indicator.id,
                title=one.indicator.short_title,
                period=one.period.label,
                reported=caseload.reported_cell(one).text,
                computed=caseload.computed_cell(one.computed, one.indicator).text,
                difference="" if one.difference is None else caseload.difference_cell(one).text,
                standing=one.standing.value,
                shown=shown_basis(one.indicator, evidence.reported, evidence.computed).value,
                why=one.reason,
            )


def _tables(blocks: tuple[Block, ...]) -> Iterator[NamedTable]:
    for block in blocks:
        if isinstance(block, DataTable):
            key = [f"{block.key()}."] if block.key() else []
            notes = (*key, *block.numbered_notes(), *(plain(note) for note in block.notes))
            yield NamedTable(block.id, block.title, table_result(block), notes, block.source)
