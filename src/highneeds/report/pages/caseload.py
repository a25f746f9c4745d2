"""What the caseload says of the dashboard, for its page inside the council: small counts are shown."""

from collections.abc import Iterator
from decimal import Decimal

from highneeds.indicators.mechanism.beside import ReportedAndComputed, Standing, all_months
from highneeds.indicators.mechanism.computed import Computed
from highneeds.indicators.mechanism.measure import as_table
from highneeds.indicators.mechanism.shown import differences, shown_basis
from highneeds.report import results
from highneeds.report.blocks import Align, Block, Bullets, DataTable, NoteBlock, Paragraph, Row, TableColumn, plain
from highneeds.report.evidence import Evidence
from highneeds.report.pages.charts import table_result
from highneeds.report.render.tables import csv_for_people
from highneeds.report.sections import caseload
from highneeds.report.words import caseload as words
from highneeds.vocabulary.period import Month


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
    return f"{results.INTERNAL}/caseload/{'synthetic-' if found.synthetic else ''}{name}.csv"


def caseload_title(found: Computed) -> str:
    return words.TITLE + (f" ({words.LABEL})" if found.synthetic else ", inside the council only")


def caseload_result(evidence: Evidence) -> results.CaseloadResult:
    """The blocks of the report's annex, with the small counts that it hides."""
    found = evidence.computed
    if found is None:
        return results.CaseloadResult(caseload.finding(evidence), False, "", (), (), (), "", "")
    blocks = tuple(caseload.told(evidence, hide=False))
    return results.CaseloadResult(
        sentence=caseload.finding(evidence),
        synthetic=found.synthetic,
        notice=" ".join(f"{one.opening} {plain(one.words)}" for one in blocks if isinstance(one, NoteBlock)),
        paragraphs=tuple(plain(one.words) for one in blocks if isinstance(one, Paragraph)),
        invented=tuple(plain(item) for one in blocks if isinstance(one, Bullets) for item in one.items),
        tables=tuple(_tables((*blocks, differences_table(evidence, found)))),
        csv=_file(found, "computed"),
        differences=_file(found, "differences"),
    )


def differences_table(evidence: Evidence, found: Computed) -> DataTable:
    """Of each indicator that is both reported and computed: in how many months, and how far the two are apart."""
    by_indicator: dict[str, list[ReportedAndComputed]] = {}
    for one in all_months(evidence.reported, found):
        if one.difference is not None:
            by_indicator.setdefault(one.indicator.id, []).append(one)
    columns = (
        TableColumn(words.INDICATOR, width=4),
        TableColumn(words.BOTH, align=Align.RIGHT, width=1.2),
        TableColumn(words.SAME, align=Align.RIGHT, width=1.2),
        TableColumn(words.LARGEST, align=Align.RIGHT, width=1.4),
        TableColumn(words.WHEN, width=1.4),
        TableColumn(words.SHOWN, width=1.4),
    )
    rows = tuple(_apart(pairs, evidence) for pairs in by_indicator.values())
    id = f"{'synthetic-' if found.synthetic else ''}caseload-differences"
    notes = (words.COMPUTED_LESS_REPORTED,)
    return DataTable(id, words.EVERY_MONTH, columns, rows, notes=notes, source=caseload.source(found))


def _apart(pairs: list[ReportedAndComputed], evidence: Evidence) -> Row:
    """The months that both figures are of, and the one in which they are furthest apart."""
    indicator = pairs[0].indicator
    furthest = max(pairs, key=lambda one: abs(one.difference or Decimal(0)))
    same = sum(one.standing is Standing.SAME for one in pairs)
    apart = furthest.difference or Decimal(0)
    shown = indicator.unit.show_change(apart, indicator.decimals) if apart else words.NONE
    when = furthest.period.label if apart and isinstance(furthest.period, Month) else ""
    basis = shown_basis(indicator, evidence.reported, evidence.computed)
    return Row.of(indicator.short_title, str(len(pairs)), str(same), shown, when, basis.value)


def _tables(blocks: tuple[Block, ...]) -> Iterator[results.NamedTable]:
    for block in blocks:
        if isinstance(block, DataTable):
            key = [f"{block.key()}."] if block.key() else []
            notes = (*key, *block.numbered_notes(), *(plain(note) for note in block.notes))
            yield results.NamedTable(block.id, block.title, table_result(block), notes, block.source)
