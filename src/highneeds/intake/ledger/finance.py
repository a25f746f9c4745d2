"""The finance/ folder of a workspace: each file is there or not; what is there is read whole or refused."""

from dataclasses import dataclass
from pathlib import Path

from highneeds.intake.ledger.positions import PositionRow, read_positions
from highneeds.intake.ledger.spend import SpendRow, read_spend
from highneeds.intake.ledger.years import YearRow, read_years


@dataclass(frozen=True)
class Finance:
    """positions   which fact states which figure of the account
    years       what each year was allotted, promised and paid
    spend       what each year spent
    """

    positions: tuple[PositionRow, ...]
    years: tuple[YearRow, ...]
    spend: tuple[SpendRow, ...]


def read_finance(folder: Path) -> Finance:
    """Read finance/ inside a workspace folder; a file that is not there gives nothing."""
    finance = folder / "finance"
    files = {name: finance / f"{name}.csv" for name in ("positions", "years", "spend")}
    return Finance(
        read_positions(files["positions"]) if files["positions"].exists() else (),
        read_years(files["years"]) if files["years"].exists() else (),
        read_spend(files["spend"]) if files["spend"].exists() else (),
    )
