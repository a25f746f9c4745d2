"""What is known of a workspace on a day, for the commands that answer from it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from highneeds.forecast import DRAWS, SEED

if TYPE_CHECKING:
    from highneeds.evidence import Evidence


def evidence_on(folder: Path, day: date | None, draws: int = DRAWS, seed: int = SEED) -> "Evidence":
    """A workspace as known on the day; without one all that is known, which is what somebody at a desk asks for."""
    from highneeds.cli._sen2 import key_at_hand
    from highneeds.evidence import Evidence, Options
    from highneeds.store.folder import FolderStore

    options = Options(draws, seed, key=key_at_hand(folder))
    return Evidence(FolderStore(folder), as_known=day or date.max, options=options)
