"""What the caseload says of the dashboard, for its page inside the council: small counts are shown."""

from collections.abc import Iterator

from highneeds.indicators.mechanism.computed import Computed
from highneeds.indicators.mechanism.measure import as_table
from highneeds.report import results
from highneeds.report.blocks import Block, Bullets, DataTable, Note, Paragraph, plain
from highneeds.report.evidence import Evidence
from highneeds.report.pages.charts import table_result
from highneeds.report.render.tables import csv_for_people
from highneeds.report.sections import caseload


def caseload_files(evidence: Evidence) -> dict[str, bytes]:
    """The computed indicators in the columns of the command line; none without a caseload."""
    found = evidence.computed
    return {} if found is None else {_file(found): csv_for_people(as_table(found.figures))}


def _file(found: Computed) -> str:
    """The name says where the figures are of an invented caseload."""
    return f"{results.INTERNAL}/caseload/{'synthetic-' if found.synthetic else ''}computed.csv"


def caseload_title(found: Computed) -> str:
    return "Computed from the caseload" + (f" ({caseload.LABEL})" if found.synthetic else ", inside the council only")


def caseload_result(evidence: Evidence) -> results.Caseload:
    """The blocks of the report's annex, with the small counts that it hides."""
    found = evidence.computed
    if found is None:
        return results.Caseload(caseload.finding(evidence), False, "", (), (), (), "")
    blocks = tuple(caseload.told(evidence, hide=False))
    return results.Caseload(
        sentence=caseload.finding(evidence),
        synthetic=found.synthetic,
        notice=" ".join(f"{one.opening} {plain(one.words)}" for one in blocks if isinstance(one, Note)),
        paragraphs=tuple(plain(one.words) for one in blocks if isinstance(one, Paragraph)),
        invented=tuple(plain(item) for one in blocks if isinstance(one, Bullets) for item in one.items),
        tables=tuple(_tables(blocks)),
        csv=_file(found),
    )


def _tables(blocks: tuple[Block, ...]) -> Iterator[results.NamedTable]:
    for block in blocks:
        if isinstance(block, DataTable):
            key = [f"{block.key()}."] if block.key() else []
            notes = (*key, *block.numbered_notes(), *(plain(note) for note in block.notes))
            yield results.NamedTable(block.id, block.title, table_result(block), notes, block.source)
