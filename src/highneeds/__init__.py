"""highneeds: steers a council's special educational needs money back into balance."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from os import PathLike

    from highneeds.notebook import CouncilData

__version__ = "0.1.0"


def open(folder: "str | PathLike[str]", *, as_known: "date | str | None" = None) -> "CouncilData":
    """A workspace folder for a notebook: the questions of the commands, answered with data frames.

    as_known   the day, '2025-04-02': what became known later is left out; the day of the report where none is given
    """
    from highneeds.notebook import open_folder

    return open_folder(folder, as_known=as_known)
