"""A council in a notebook: the same questions as the commands, answered with polars frames or plain dataclasses.

>>> import highneeds
>>> council = highneeds.open("examples/kent")
>>> council.indicators()
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from highneeds.evidence import Evidence, Options
from highneeds.forecast import DRAWS, SEED
from highneeds.indicators.mechanism.dashboard import reported_table
from highneeds.intake.yamlfile import as_day
from highneeds.store.folder import FolderStore
from highneeds.store.record import Entry
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    import polars as pl

    from highneeds.assurance.levels import Assurance
    from highneeds.assurance.movement import Movement
    from highneeds.forecast.summary import ForecastResult


def open_folder(folder: str | PathLike[str], *, as_known: date | str | None = None) -> "CouncilData":
    """The council of a workspace folder. InputError where it is none."""
    day = as_day(as_known, "as_known") if isinstance(as_known, str) else as_known
    return CouncilData(FolderStore(Path(folder)), as_known=day)


class CouncilData:
    """One council on one day. What was worked out once is not worked out again.

    evidence   everything behind the answers, for whoever needs more
    """

    def __init__(self, store: FolderStore, *, as_known: date | None = None) -> None:
        self._store, self._as_known = store, as_known
        self.evidence = Evidence(store, as_known=as_known)
        _ = self.evidence.reported  # a folder that is no workspace is refused at once

    def __repr__(self) -> str:
        return f"<{self.evidence.reported.council.name}, as known on {self.evidence.as_known}>"

    def indicators(self, shown_as: str = "shown") -> "pl.DataFrame":
        """The dashboard, a row for each indicator and period.

        shown_as   'shown' as the catalogue says, 'reported', or 'both': reported beside computed with the difference
        """
        if shown_as == "both":
            return frame(self.evidence.differences)
        workspace = {"shown": self.evidence.workspace, "reported": self.evidence.reported}[shown_as]
        return frame(reported_table(workspace.observations))

    def movements(self) -> tuple["Movement", ...]:
        """How each indicator moves."""
        return self.evidence.movements

    def levels(self) -> tuple["Assurance", ...]:
        """The level of each condition and what it rests on."""
        return self.evidence.assurances

    def findings(self) -> "pl.DataFrame":
        """What the checks found."""
        return frame(self.evidence.findings.table())

    def account(self, view: str = "account") -> "pl.DataFrame":
        """The account against the agreement, or another view of it: 'layers', 'savings', 'drivers' ..."""
        from highneeds.report.views.by_name import view as view_named

        return frame(view_named(self.evidence.account, view))

    def register(self, name: str) -> "pl.DataFrame":
        """The rows of a register, a column each; no rows where the council does not keep it."""
        from highneeds.registers.of_workspace import known_register

        columns = [column.name for column in known_register(name).columns]
        return frame(Table.of(columns, ([row[one] for one in columns] for row in self.evidence.rows(name))))

    def claims(self) -> "pl.DataFrame":
        """The figures of the narrative, and whether they hold."""
        from highneeds.claims import claims_table

        found = [claim for one in self.evidence.narrative for claim in one.claims]
        return frame(claims_table(found))

    def benchmark(self) -> "pl.DataFrame":
        """The council beside England, its region and its neighbours, of the statistics published by the day."""
        from highneeds.benchmarks.mechanism.compare import benchmark

        return frame(benchmark(self.evidence.published, [self.evidence.reported.council.la_number])[0])

    def forecast(self, years: int = 10, draws: int = DRAWS, seed: int = SEED) -> "pl.DataFrame":
        """Plans, places and cost: the baseline, in the columns of the command."""
        from highneeds.forecast.council import forecast

        evidence = Evidence(self._store, as_known=self._as_known, options=Options(draws, seed))
        basis = evidence.basis(years)
        return frame(forecast(basis.assumptions, (), draws, seed, None, basis.notes, basis.inputs).table())

    def summary(self) -> "ForecastResult":
        """The forecast as the reports have it, with odds and scenarios; or why there is none."""
        return self.evidence.forecast

    def record(self) -> tuple[Entry, ...]:
        """Who changed what in this workspace, when and why."""
        return self._store.record()


def frame(table: Table) -> "pl.DataFrame":
    """A table as a polars frame. A column of numbers is one of numbers; text, dates and mixed columns are text."""
    import polars as pl

    columns = zip(*table.rows, strict=True) if table.rows else ([] for _ in table.columns)
    return pl.DataFrame({name: _series(cells) for name, cells in zip(table.columns, columns, strict=True)})


def _series(cells: Sequence[Any]) -> list[Any]:
    known = [one for one in cells if one not in (None, "")]
    if known and all(isinstance(one, (int, float, Decimal)) and not isinstance(one, bool) for one in known):
        whole = all(isinstance(one, int) for one in known)
        return [None if one in (None, "") else one if whole else float(one) for one in cells]
    return [None if one is None else str(one) for one in cells]
