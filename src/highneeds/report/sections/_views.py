"""A view of the account as a table of the report: heads in words, pounds as pounds, a missing sum as a gap."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from highneeds.report import document as doc
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table

WORDY = ("source", "sentence", "basis", "note", "item", "driver", "report")


def table_of(
    table: Table, id: str, heads: Mapping[str, str], *, title: str = "", notes: tuple[str, ...] = ()
) -> doc.DataTable:
    """The columns named in `heads`, in its order."""
    columns = tuple(doc.Column(head, align=_align(name), width=_width(name)) for name, head in heads.items())
    rows = tuple(_row(record, heads) for record in table.records())
    return doc.DataTable(id, title or table.title, columns, rows, notes=notes)


def _row(record: Mapping[str, Any], heads: Mapping[str, str]) -> doc.Row:
    cells = [_cell(name, record[name], record) for name in heads]
    is_total = str(next(iter(record.values()))).startswith("TOTAL")
    return doc.Row.total(*cells) if is_total else doc.Row.of(*cells)


def _cell(name: str, value: Any, record: Mapping[str, Any]) -> doc.Cell:
    if not name.endswith("_gbp"):
        text = "" if value is None else str(value).replace("_", " ").replace("TOTAL", "Total")
        return doc.Cell.words(text)
    if value is None or value == "":
        return doc.Cell.gap(State.NOT_PUBLISHED)
    amount = Decimal(str(value))
    show = doc.Cell.millions if abs(amount) >= 1_000_000 else doc.Cell.pounds
    return show(amount, state=State.COMPUTED)


def _align(name: str) -> doc.Align:
    return doc.Align.RIGHT if name.endswith(("_gbp", "_left", "_percent")) else doc.Align.LEFT


def _width(name: str) -> float:
    return 4.0 if name in WORDY else 1.6
