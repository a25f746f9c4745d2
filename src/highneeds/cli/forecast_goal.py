"""highneeds forecast goal"""

from collections.abc import Iterator
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, SeedOption, command, show
from highneeds.cli._forecasting import (
    ForecastCouncilOption,
    ScenarioOption,
    ThreadsOption,
    Wish,
    WorkspaceArgument,
    basis_of,
    how_good,
    run_options,
    say,
    years_until,
)
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.goal_seek import (
    GoalQuestion,
    Search,
    balance_in,
    goal_table,
    money_needed,
    ordinary_questions,
    seek_one,
    seek_together,
)
from highneeds.forecast.levers import Lever
from highneeds.forecast.money import priced
from highneeds.forecast.scenarios import Scenario, overlaps, read_scenario
from highneeds.forecast.simulate import simulate
from highneeds.report.views.forecasts import goals
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear


@command("forecast", "goal")
def what_it_takes(
    year: Annotated[str, typer.Option("--year", help="The financial year to balance, such as 2027-28")],
    workspace: WorkspaceArgument = None,
    council: ForecastCouncilOption = None,
    chance: Annotated[float, typer.Option("--chance", help="The chance wanted: 0.5 is an even one")] = 0.5,
    deficit: Annotated[float, typer.Option("--deficit", help="In-year deficit allowed, in pounds; 0 is balance")] = 0.0,
    scenario: ScenarioOption = None,
    starts: Annotated[str, typer.Option("--starts", help="First month of effect of the three levers, as 2026-09")] = "",
    open_data: OpenDataOption = None,
    draws: Annotated[int, typer.Option("--draws", help="How many futures are drawn at every trial")] = DRAWS,
    seed: SeedOption = SEED,
    threads: ThreadsOption = 0,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """How far the mix at phase transfer, unit cost or demand must change for a chance of in-year balance in a year.

    With --scenario the question is asked of every lever of these files, from nothing to its furthest strength.
    """
    wanted = FinancialYear.parse(year, where="--year")
    if not 0 < chance <= 1:
        raise InputError(f"A chance of {chance:g} cannot be asked for", remedy="Give --chance above 0 and at most 1")
    levers = tuple(lever for path in scenario or [] for lever in read_scenario(path).levers)
    years = years_until(wanted, workspace, council, open_data, "--year")
    with run_options(threads, words="Seeking") as options:
        basis = basis_of(workspace, council, open_data, Wish(years, draws, seed)).started(options)
        search = Search(balance_in(str(wanted), deficit), chance, draws, seed, options=options, inputs=basis.inputs)
        questions = _questions(levers, basis.assumptions, starts)
        answers = [seek_one(search, basis.assumptions, one) for one in questions]
        answers += [seek_together(search, basis.assumptions, questions)] if len(questions) > 1 else []
        costs = priced(simulate(basis.assumptions, draws, seed, options), basis.inputs)
    table = goal_table(answers, str(wanted), chance)
    show(goals(table) if format is Format.TEXT else table, format, out)
    short = money_needed(costs, str(wanted), chance, deficit)
    say(
        (
            *_words(short, wanted, chance, questions),
            *overlaps(Scenario("", levers)),
            *basis.notes,
            *how_good(basis, format),
        )
    )


def _questions(levers: tuple[Lever, ...], assumptions: Assumptions, starts: str) -> tuple[GoalQuestion, ...]:
    """The levers given, each from its low to its high; without any the three of every council."""
    if levers:
        return tuple(GoalQuestion(lever, lever.low, lever.high) for lever in levers)
    return ordinary_questions(assumptions, starts or f"{assumptions.calendar.origin}-09")


def _words(
    short: float | None, year: FinancialYear, chance: float, questions: tuple[GoalQuestion, ...]
) -> Iterator[str]:
    """The sum that is missing, and what a lever must rest on."""
    if short:
        yield f"{year} must cost £{short:,.0f} less for that chance ({100 * chance:g}%), whatever brings it about"
    begin = " and ".join(dict.fromkeys(one.lever.starts for one in questions))
    yield f"the levers begin in {begin}; a strength that would do is arithmetic, not a plan: none is confident without"
    yield "an equality assessment, a consultation and a decision, and fewer requests or plans are no aim in themselves"
