"""highneeds register list"""

from highneeds.cli._command import Format, FormatOption, OutOption, command, show
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


@command("register", "list")
def list_registers(format: FormatOption = Format.TEXT, out: OutOption = None) -> None:
    """Every register: what one row is, who keeps it, and how many columns, rules and measures it has."""
    from highneeds.registers.registry import registers

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
    show(Table.of(COLUMNS, rows, "Registers"), format, out)
