"""What a filled corrections sheet gave, and every correction that is kept as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from highneeds.checks.finding import Finding, findings_table
from highneeds.intake.sen2.corrections import Correction
from highneeds.intake.sen2.fields import BLADE
from highneeds.vocabulary.table import Table


@dataclass(frozen=True)
class KeptCorrections:
    """found   rows that could not be used, each with its place and what to do
    kept    (mark of a return, its day, cells) as they stand now, those of earlier sheets included
    new     how many cells this sheet gave; changed: how many of them an earlier sheet gave otherwise
    """

    found: tuple[Finding, ...]
    kept: tuple[tuple[str, str, tuple[Correction, ...]], ...]
    new: int
    changed: int

    def table(self) -> Table:
        """Every row that could not be used as a finding; else what is kept."""
        if self.found:
            return findings_table(self.found)
        return kept_table({mark: corrections for mark, _, corrections in self.kept})


def kept_table(kept: Mapping[str, Sequence[Correction]]) -> Table:
    """Every correction that is kept, as it is shown."""
    columns = ("return", "row", "record", "item", "right_value", "stands", "rule")
    rows = [
        (mark, f"{BLADE[one.module][0]} {one.row + 1}", one.record, one.item, one.value, one.stands, one.rule)
        for mark, corrections in kept.items()
        for one in corrections
    ]
    return Table.of(columns, rows, "Corrections that are kept")
