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
    from highneeds.forecast.basis import ForecastBasis
    from highneeds.forecast.council import Forecast
    from highneeds.forecast.scenarios import Scenario
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

    def check(self) -> "pl.DataFrame":
        """Everything that is wrong with the workspace, one row a finding."""
        from highneeds.actions.check_workspace import check_workspace
        from highneeds.checks.finding import findings_table

        return frame(findings_table(check_workspace(self._store).all))

    def account(self, view: str = "account") -> "pl.DataFrame":
        """The account against the agreement, or another view of it: 'layers', 'savings', 'drivers' ..."""
        from highneeds.report.views.by_name import view as view_named

        return frame(view_named(self.evidence.account, view))

    def register(self, name: str) -> "pl.DataFrame":
        """The rows of a register, a column each; no rows where the council does not keep it."""
        from highneeds.registers.of_workspace import known_register

        columns = [column.name for column in known_register(name).columns]
        return frame(Table.of(columns, ([row[one] for one in columns] for row in self.evidence.rows(name))))

    def register_measures(self, name: str, measure: str = "", first: str = "", last: str = "") -> "pl.DataFrame":
        """The measures of a register by period and cut; `measure` for one alone, `first` and `last` for the span."""
        from highneeds.registers.mechanism.measuring import table
        from highneeds.registers.of_workspace import known_register

        definition = known_register(name)
        if measure:
            definition.measure(measure)
        return frame(table(self.evidence.council_registers.measures(name, measure, first, last)))

    def register_history(self, name: str, row: str = "") -> "pl.DataFrame":
        """Every change of a register: when, by which role, why, and what stood there before and after."""
        from highneeds.registers.mechanism.history import changes_in, place_of, table
        from highneeds.registers.of_workspace import known_register

        place = self.evidence.root / place_of(known_register(name))
        lines = place.read_bytes().decode("utf-8").splitlines() if place.is_file() else []
        return frame(table(changes_in(lines, row)))

    def calendar(self, horizon: int = 90, everything: bool = False) -> "pl.DataFrame":
        """Every due day of the registers in the next `horizon` days, what is overdue first; `everything` for all."""
        from highneeds.registers.mechanism.due import table

        return frame(table(self.evidence.council_registers.calendar(horizon, everything)))

    def commitments_report(self, book: str | PathLike[str], year: str, closed: str = "") -> "pl.DataFrame":
        """A commitment book beside the ledger and budget kept here, by period and line; `closed`: 'P10'."""
        from highneeds.account.commitments.in_year import beside_the_book, book_in_year
        from highneeds.intake.ledger.commitments import read_commitments
        from highneeds.intake.ledger.spend import period_of
        from highneeds.report.views.books import by_month
        from highneeds.vocabulary.period import FinancialYear

        beside = beside_the_book(self.evidence.root, self.evidence.as_known, self.evidence.rows("adjustments"))
        last = period_of(closed, "closed") if closed else None
        rows = read_commitments(Path(book)).rows
        return frame(by_month(book_in_year(rows, FinancialYear.parse(year, "year"), beside, last)[0]))

    def claims(self) -> "pl.DataFrame":
        """The figures of the narrative and of what is published twice, and whether they hold."""
        from highneeds.claims import claims_table
        from highneeds.claims.workspace import claims_of_workspace

        return frame(claims_table(claims_of_workspace(self.evidence.workspace, self.evidence.account)))

    def benchmark(self) -> "pl.DataFrame":
        """The council beside England, its region and its neighbours, of the statistics published by the day."""
        from highneeds.benchmarks.mechanism.compare import benchmark

        return frame(benchmark(self.evidence.published, [self.evidence.reported.council.la_number])[0])

    def claims_suggest(self) -> "pl.DataFrame":
        """For each figure of the narrative that was not confirmed the likeliest series, month and value."""
        from highneeds.claims.suggest import suggestions_table
        from highneeds.claims.workspace import draft_of, suggestions_of

        return frame(suggestions_table(suggestions_of(self.evidence.workspace, draft_of(self.evidence.workspace))))

    def forecast(
        self, years: int = 10, draws: int = DRAWS, seed: int = SEED, scenarios: Sequence[str | PathLike[str]] = ()
    ) -> "pl.DataFrame":
        """Plans, places and cost: the baseline and each scenario file, in the columns of the command."""
        return frame(self._forecast(years, draws, seed, _read(scenarios))[1].table())

    def forecast_compare(
        self, scenarios: Sequence[str | PathLike[str]] = (), years: int = 5, draws: int = DRAWS, seed: int = SEED
    ) -> "pl.DataFrame":
        """Scenarios beside things as they are, on the same random numbers; without any those of the workspace."""
        basis, found = self._forecast(years, draws, seed, self._scenarios(scenarios))
        return frame(found.compared(basis.targets))

    def forecast_delay(
        self, scenarios: Sequence[str | PathLike[str]] = (), years: int = 4, draws: int = DRAWS, seed: int = SEED
    ) -> "pl.DataFrame":
        """What it costs that schools open later than planned; no rows where nothing is known of prices."""
        from highneeds.forecast.scenarios import delays_among
        from highneeds.forecast.summary.delay import delay_table, delays_of

        wanted = delays_among(self._scenarios(scenarios))
        basis, found = self._forecast(years, draws, seed, wanted)
        return frame(delay_table(delays_of(found, wanted, basis.inputs.delays if basis.inputs else ())))

    def forecast_explain(
        self,
        figure: str = "plans",
        first: str = "",
        last: str = "",
        scenarios: Sequence[str | PathLike[str]] = (),
        years: int = 5,
        draws: int | None = None,
        seed: int | None = None,
    ) -> "pl.DataFrame":
        """Why a figure changes between two dates, or with one scenario, or between two: parts that add up exactly.

        figure   'plans' in a January, as '2024-01', or 'cost' of a financial year, as '2024-25'
        """
        from highneeds.forecast.simulate import RunOptions
        from highneeds.forecast.why import ExplainedFigure, ExplainQuestion, drawn_as, explain

        drawn, begun = drawn_as(None, draws, seed)
        question = ExplainQuestion(ExplainedFigure(figure), first, last, drawn, begun, RunOptions())
        basis = self._basis(years, drawn, begun).started(RunOptions())
        return frame(explain(basis, question, _read(scenarios)).table())

    def forecast_goal(
        self,
        year: str,
        chance: float = 0.5,
        deficit: float = 0.0,
        scenarios: Sequence[str | PathLike[str]] = (),
        draws: int = DRAWS,
        seed: int = SEED,
    ) -> "pl.DataFrame":
        """How far mix, unit cost or demand must change for a chance of an in-year deficit of at most so many pounds."""
        from highneeds.forecast.basis import januaries_until
        from highneeds.forecast.goal_seek import Goal, seek
        from highneeds.forecast.simulate import RunOptions
        from highneeds.vocabulary.period import FinancialYear

        wanted = FinancialYear.parse(year, where="year")
        levers = tuple(lever for one in _read(scenarios) for lever in one.levers)
        ahead = januaries_until(wanted, self.evidence.starting_january, "year")
        basis = self._basis(ahead, draws, seed).started(RunOptions())
        return frame(seek(basis, Goal(wanted, chance, deficit, levers), RunOptions()).table())

    def forecast_vintages(self, table: str = "kept") -> "pl.DataFrame":
        """The forecasts kept here; or 'held' against what came, 'coverage' of bands, 'by-period' of the year."""
        from highneeds.account.balance.forecast_question import came_true
        from highneeds.forecast.record import VintageTable, record_of

        evidence = self.evidence
        number, money = evidence.reported.council.la_number, came_true(evidence.account)
        return frame(VintageTable(table).of(record_of(evidence.root, evidence.published, number, money)))

    def summary(self) -> "ForecastResult":
        """The forecast as the reports have it, with odds and scenarios; or why there is none."""
        return self.evidence.forecast

    def record(self) -> tuple[Entry, ...]:
        """Who changed what in this workspace, when and why."""
        return self._store.record()

    def _basis(self, years: int, draws: int, seed: int) -> "ForecastBasis":
        """What a forecast of so many futures is made from."""
        return Evidence(self._store, as_known=self._as_known, options=Options(draws, seed)).basis(years)

    def _forecast(
        self, years: int, draws: int, seed: int, scenarios: "Sequence[Scenario]"
    ) -> "tuple[ForecastBasis, Forecast]":
        from highneeds.forecast.council import forecast

        basis = self._basis(years, draws, seed)
        return basis, forecast(basis.assumptions, scenarios, draws, seed, None, basis.notes, basis.inputs)

    def _scenarios(self, given: Sequence[str | PathLike[str]]) -> "tuple[Scenario, ...]":
        """The scenario files given, else those of the workspace."""
        from highneeds.forecast.scenarios import read_scenario, scenario_files

        return _read(given) or tuple(map(read_scenario, scenario_files(self.evidence.root)))


def _read(scenarios: Sequence[str | PathLike[str]]) -> "tuple[Scenario, ...]":
    from highneeds.forecast.scenarios import read_scenario

    return tuple(read_scenario(Path(one)) for one in scenarios)


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
