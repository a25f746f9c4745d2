"""The words of this report."""

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.vocabulary.glossary import GLOSSARY


def section(evidence: Evidence) -> doc.Section:
    columns = (doc.TableColumn("Word", width=2), doc.TableColumn("What it means", width=5))
    rows = tuple(doc.Row.of(one.word, one.meaning) for one in GLOSSARY)
    return doc.Section("words", "Words", (doc.DataTable("words-list", "Words", columns, rows),), new_page=True)
