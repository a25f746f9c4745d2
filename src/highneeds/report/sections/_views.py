"""A view of the account as a table of the report: heads in words, pounds as pounds, a missing sum as a gap."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from highneeds.report import document as doc
from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.unit import Unit

WORDY = ("saving", "source", "sentence", "basis", "note", "item", "driver", "report")


def table_of(
    table: Table,
    id: str,
    heads: Mapping[str, str],
    *,
    title: str = "",
    notes: tuple[str, ...] = (),
    names: Mapping[str, str] | None = None,
    missing: Mapping[str, str] | None = None,
) -> doc.DataTable:
    """The columns named in `heads`, in its order.

    names    a code that stands in the view -> the words a reader sees
    missing  column -> what stands there where there is no sum, such as 'not recorded'
    """
    records = table.records()
    columns = tuple(
        doc.TableColumn(head, align=_align(name, records), width=_width(name)) for name, head in heads.items()
    )
    kinds = [doc.Row.total if at in table.totals else doc.Row.of for at in range(len(records))]
    cells = (_cells(record, heads, names or {}, missing or {}) for record in records)
    rows = tuple(make(*row) for make, row in zip(kinds, cells, strict=True))
    return doc.DataTable(id, title or table.title, columns, rows, notes=notes)


def _cells(
    record: Mapping[str, Any], heads: Mapping[str, str], names: Mapping[str, str], missing: Mapping[str, str]
) -> list[doc.Cell]:
    return [_cell(name, names.get(str(record[name]), record[name]), missing.get(name, "")) for name in heads]


def _cell(name: str, value: Any, missing: str) -> doc.Cell:
    column = ColumnName(name)
    if column.is_month:
        return _month(value)
    if column.unit is Unit.PERCENT:
        return doc.Cell.gap(State.NOT_PUBLISHED) if value is None else doc.Cell.change_percent(Decimal(str(value)))
    if isinstance(value, int) and not column.is_money:
        return doc.Cell.figure(value, Unit.COUNT, state=State.COMPUTED)
    if not column.is_money:
        text = "" if value is None else str(value).replace("_", " ").replace("TOTAL", "Total")
        return doc.Cell.words(text)
    if (value is None or value == "") and missing:
        return doc.Cell.words(missing)
    if value is None or value == "":
        return doc.Cell.gap(State.NOT_PUBLISHED)
    amount = Decimal(str(value))
    show = doc.Cell.millions if abs(amount) >= 1_000_000 else doc.Cell.pounds
    return show(amount, state=State.COMPUTED)


def _month(value: Any) -> doc.Cell:
    """'2024-01' -> 'Jan 2024'; a total has no month."""
    if value is None:
        return doc.Cell.gap(State.NOT_PUBLISHED)
    return doc.Cell.words(Month.parse(str(value)).label if value else "")


def _align(name: str, records: Sequence[Mapping[str, Any]]) -> doc.Align:
    """Figures stand at the right, also in a column that holds none yet."""
    is_figure = ColumnName(name).unit is not None or any(isinstance(one[name], int | Decimal) for one in records)
    return doc.Align.RIGHT if is_figure else doc.Align.LEFT


def _width(name: str) -> float:
    return 4.0 if name in WORDY else 1.6
