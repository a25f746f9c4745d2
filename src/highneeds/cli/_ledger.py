"""What the two ledger commands share: their options and the reading of an export."""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.intake.ledger.amounts import plain_pence
from highneeds.intake.ledger.export import LedgerExport, read_export
from highneeds.intake.ledger.mapping import Control, read_mapping

MappingOption = Annotated[Path, typer.Option("--mapping", help="Which column is what, which code is which line")]
ControlRowsOption = Annotated[int | None, typer.Option("--control-rows", help="Rows, as the ledger counts them")]
ControlTotalOption = Annotated[str | None, typer.Option("--control-total", help="Sum in pounds, as the ledger has it")]


def read(export: Path, mapping: Path, rows: int | None, total: str | None) -> LedgerExport:
    """The export by its mapping, held against the control figures that are given."""
    pence = None if total is None else plain_pence(total, "--control-total")
    return read_export(export, read_mapping(mapping), Control(rows, pence))
