"""The risk register: risk, level in each slot, mitigations, progress, and what is behind it."""

from highneeds.registers.definitions.risks import LEVEL_COLUMNS
from highneeds.registers.register import RegisterRow
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.words import risks as words
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.counted import counted


def section(evidence: Evidence) -> doc.Section:
    rows = evidence.rows("risks")
    if not rows:
        return doc.Section("risks", "Risk register", (doc.Paragraph(words.NO_REGISTER),))
    slots = evidence.workspace.council.slots[: len(LEVEL_COLUMNS)]
    columns = (
        doc.TableColumn("Risk", width=3.2),
        *(doc.TableColumn(slot, width=1.5, of="update", key=slot) for slot in slots),
        doc.TableColumn("Mitigations", width=4.5),
        doc.TableColumn("Progress", width=4.5),
    )
    table = doc.DataTable(
        "risks-register",
        finding(rows),
        columns,
        tuple(_row(row, len(slots)) for row in rows),
        source="registers/risks.csv",
    )
    blocks: list[doc.Block] = [table]
    if evidence.rows("risk_items"):
        blocks.append(_items(evidence))
    return doc.Section("risks", "Risk register", tuple(blocks), new_page=True, landscape=True)


def finding(rows: tuple[RegisterRow, ...]) -> str:
    """'Three risks: 1 off target, 2 off target with plans'."""
    return f"{counted(len(rows), 'risk')}: {level_counts(rows)}"


def level_counts(rows: tuple[RegisterRow, ...]) -> str:
    """'1 off target, 2 off target with plans'."""
    levels = [current_level(row) for row in rows]
    return ", ".join(f"{levels.count(level)} {level.words.lower()}" for level in AssuranceLevel if levels.count(level))


def current_level(row: RegisterRow) -> AssuranceLevel:
    given = [AssuranceLevel(row[column]) for column in LEVEL_COLUMNS]
    return next((level for level in reversed(given) if level.is_given), AssuranceLevel.UNKNOWN)


def _row(row: RegisterRow, slots: int) -> doc.Row:
    """The register has a level for three updates; a council with two shows two."""
    levels = [doc.Cell.tag(AssuranceLevel(row[column])) for column in LEVEL_COLUMNS[:slots]]
    mitigations = "; ".join((row["mitigations"] or "none named").split("|"))
    return doc.Row.of(f"{row['risk']}. {row['title']}", *levels, mitigations, row["progress"] or "none reported")


def risk_rows(evidence: Evidence) -> doc.DataTable:
    """Risk, its level at this update, what is done about it, progress: as it is sent."""
    rows = evidence.rows("risks")
    columns = (
        doc.TableColumn(words.RISK, width=2.6),
        doc.TableColumn(words.LEVEL, width=1.5),
        doc.TableColumn(words.MITIGATION, width=3.4),
        doc.TableColumn(words.PROGRESS, width=4.2),
    )
    body = tuple(
        doc.Row.of(
            f"{row['risk']}. {row['title']}",
            doc.Cell.tag(current_level(row)),
            "; ".join((row["mitigations"] or words.NO_MITIGATION).split("|")),
            row["progress"] or words.NO_PROGRESS,
        )
        for row in rows
    )
    return doc.DataTable("risks-register", words.finding(level_counts(rows)), columns, body)


def _items(evidence: Evidence) -> doc.DataTable:
    columns = (
        doc.TableColumn("Number"),
        doc.TableColumn("Factor", width=4),
        doc.TableColumn("Progress", width=4),
        doc.TableColumn("Source", width=2),
    )
    rows = tuple(
        doc.Row.of(row["item"], row["factor"], row["progress"] or "none reported", row["source"] or "")
        for row in evidence.rows("risk_items")
    )
    return doc.DataTable("risks-factors", words.BEHIND, columns, rows, source="registers/risk_items.csv")
