"""Files: what they are called and what they are good for."""

from highneeds.report.blocks import ChartBlock, DataTable
from highneeds.report.document import Section
from highneeds.vocabulary.counted import counted

NAMES = {"html": "HTML", "pdf": "PDF", "docx": "Word", "xlsx": "Excel workbook", "csv": "CSV", "json": "JSON"}
FORMATS = {
    "html": "One page that needs no connection.",
    "pdf": "Tagged for screen readers.",
    "docx": "For editing and comment.",
    "xlsx": "One table a sheet.",
}
INDEX = "Words and index of the tables"
ABOUT = "About these files"
FINDINGS = "Findings, in the columns of the command line"
MONEY_INSIDE = "Money, inside the council"


def writing(name: str) -> str:
    return f"Writing {name.replace('-', ' ')}"


def for_readers(readers: str) -> str:
    return f"For {readers}."


def command(kind: str, *, template: bool) -> str:
    """How one document is written alone; a template of somebody else's is given with it."""
    return f"highneeds report FOLDER --kind {kind}{' --template FILE' if template else ''}"


def report_sentence(title: str, slot: str, sections: int) -> str:
    return f"{title}, {slot}: {counted(sections, 'section')}"


def holds(section: Section) -> str:
    """'2 tables, 1 chart', or that it is words alone."""
    tables = sum(isinstance(block, DataTable) for block in section.blocks)
    charts = sum(isinstance(block, ChartBlock) for block in section.blocks)
    parts = [counted(number, word) for number, word in ((tables, "table"), (charts, "chart")) if number]
    return ", ".join(parts) or "Words"
