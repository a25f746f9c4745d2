"""What the name of a column or of a measure says of it: the contract writes the unit into the name."""

from dataclasses import dataclass

from highneeds.vocabulary.unit import Unit

MONTHS = ("starts", "first_month", "last_month")
"""The columns of tables that hold a month."""
ENDINGS = {"_gbp": Unit.GBP, "_percent": Unit.PERCENT, "_pct": Unit.PERCENT}
IN_FRONT = "gbp_"
"""'gbp_per_place': pounds too, with what they are for behind."""
MOVED = "_change"
"""'closing_gbp_change' has the unit of what moved."""


@dataclass(frozen=True)
class ColumnName:
    """name   as the contract and the files have it, such as 'closing_deficit_gbp'"""

    name: str

    @property
    def unit(self) -> Unit | None:
        """None where the name says none."""
        name = self.name.removesuffix(MOVED)
        if name == Unit.GBP or name.startswith(IN_FRONT):
            return Unit.GBP
        return next((unit for ending, unit in ENDINGS.items() if name.endswith(ending)), None)

    @property
    def is_money(self) -> bool:
        return self.unit is Unit.GBP

    @property
    def is_month(self) -> bool:
        return self.name in MONTHS

    @property
    def stem(self) -> str:
        """'closing_deficit_gbp' -> 'closing_deficit'; a unit in front stays, since what follows is said of it."""
        moved = MOVED if self.name.endswith(MOVED) else ""
        name = self.name.removesuffix(moved)
        ending = next((one for one in ENDINGS if name.endswith(one)), "")
        return name.removesuffix(ending) + moved

    @property
    def plain(self) -> str:
        """'closing_deficit_gbp' -> 'closing deficit'."""
        return self.stem.replace("_", " ")
