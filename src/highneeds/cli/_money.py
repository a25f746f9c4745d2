"""A table with money, as the format wants its amounts."""

from highneeds.cli._command import Format
from highneeds.report.render.amounts import as_numbers, as_texts, with_commas_for_people
from highneeds.vocabulary.table import Table

AMOUNTS = {Format.JSON: as_numbers, Format.TEXT: with_commas_for_people, Format.CSV: as_texts}


def as_asked(table: Table, format: Format) -> Table:
    return AMOUNTS[format](table)
