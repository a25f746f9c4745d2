"""The four assurance levels, as the template defines them."""

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.words import conditions as words


def section(evidence: Evidence) -> doc.Section:
    columns = (doc.TableColumn("Level", width=2), doc.TableColumn("What it means", width=5))
    rows = tuple(doc.Row.of(doc.Cell.tag(one.level), one.definition) for one in evidence.workspace.level_definitions)
    table = doc.DataTable("levels-key", words.FOUR_LEVELS, columns, rows)
    return doc.Section("levels", "Assurance levels", (table,))
