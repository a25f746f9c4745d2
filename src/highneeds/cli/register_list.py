"""highneeds register list"""

from highneeds.cli._command import Format, FormatOption, OutOption, command, show


@command("register", "list")
def list_registers(format: FormatOption = Format.TEXT, out: OutOption = None) -> None:
    """Every register: what one row is, who keeps it, and how many columns, rules and measures it has."""
    from highneeds.registers.listed import listed

    show(listed(), format, out)
