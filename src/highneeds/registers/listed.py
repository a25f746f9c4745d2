"""Every register in a table: what one row is, who keeps it, and how many columns, rules and measures it has."""

from highneeds.registers.registry import registers
from highneeds.vocabulary.table import Table

COLUMNS = (
    "register",
    "title",
    "unit",
    "class",
    "kept_by",
    "folder",
    "columns",
    "rules",
    "measures",
    "systems",
)


def listed() -> Table:
    """One row a register, in the order of the registry."""
    rows = (
        (
            one.name,
            one.title,
            one.unit,
            "casework" if one.casework else one.klass,
            one.kept_by,
            one.folder,
            len(one.columns),
            len(one.rules) + len(one.whole_rules),
            len(one.measures),
            one.systems,
        )
        for one in registers().values()
    )
    return Table.of(COLUMNS, rows, "Registers")
