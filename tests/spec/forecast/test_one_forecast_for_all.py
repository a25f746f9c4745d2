"""Whoever asks for the forecast and says no more gets one answer: report, page, notebook and command.

A number of futures, a seed or a start that one of them chose for itself shows here as another figure. Of Kent, whose
forecast is learnt from published statistics, and of a small council, whose own is learnt from two accepted returns.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from inspect import signature
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import highneeds
from cli_runner import run
from examples_copied import copy_of
from highneeds.cli import commands
from highneeds.evidence import Options
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.why import drawn_as
from highneeds.invented.caseload.forms import write_blade
from highneeds.report.build import build
from highneeds.report.document import DataTable
from highneeds.report.figures.forecast import money_cell, plans_cell
from highneeds.report.pages.charts import table_result
from highneeds.report.pages.forecast import forecast_result
from highneeds.report.pages.results.parts import TableResult
from highneeds.report.reports.annexes import forecast_annex
from highneeds.report.words import forecast as words
from highneeds.run import gather
from sen2_tables import tables, write_establishments

ONE = (DRAWS, SEED)
PEOPLE = 60
DAYS = (date(2024, 1, 18), date(2025, 1, 16))
Figures = Mapping[str, Mapping[str, tuple[float, ...]]]
"""Measure and period to the mean and the two ends of the 80% band."""


def small_council(folder: Path) -> Path:
    """A council with two returns of 60 people, both accepted."""
    workspace = folder / "small"
    years = ("--first-year", "2025-26", "--last-year", "2027-28")
    assert run("new", workspace, "--council", "302", "--programme", "none", *years).code == 0
    write_establishments(workspace / "establishments.csv", PEOPLE)
    for day in DAYS:
        received = folder / f"sen2-{day}"
        received.mkdir()
        found = dict(tables(PEOPLE, year=day.year))
        said = {"softwarecode": "CASESYSTEM", "lea": "302", "referencedate": day}
        header = found["header"].with_columns(pl.lit(value).alias(name) for name, value in said.items())
        write_blade({**found, "header": header}, day.year, received, date(day.year, 2, 1))
        done = run("caseload", "accept", received, "--workspace", workspace, "--by", "Head of SEN")
        assert done.code in (0, 1), done.err
    return workspace


@pytest.fixture(scope="module", params=["kent", "small"])
def folder(request, kent, tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("one-forecast")
    return copy_of(kent, made / "kent", "caseload") if request.param == "kent" else small_council(made)


@pytest.fixture(scope="module")
def command(folder) -> Figures:
    """`highneeds forecast FOLDER`"""
    return of_command(folder)


@pytest.fixture(scope="module")
def as_far(folder, kept) -> Figures:
    """`highneeds forecast FOLDER --years N`, as far as the report looks."""
    return of_command(folder, "--years", len(gather(folder, kept=kept).brief.plans.periods) - 1)


def of_command(folder: Path, *options: object) -> Figures:
    return figures_of(csv.DictReader(io.StringIO(run("forecast", folder, "--format", "csv", *options).out)))


def figures_of(rows: Iterable[Mapping[str, Any]]) -> Figures:
    """To the hundredth, as the report keeps them."""
    found: dict[str, dict[str, tuple[float, ...]]] = {"plans": {}, "in_year_gbp": {}}
    for row in rows:
        if row["cut"] == "total" and row["measure"] in found:
            figures = (round(float(row[name]), 2) for name in ("mean", "p10", "p90"))
            found[row["measure"]][row["period"]] = tuple(figures)
    return found


def test_the_notebook_gives_the_figures_of_the_command(folder, command):
    assert figures_of(highneeds.open(folder).forecast().to_dicts()) == command
    assert len(command["plans"]) == 11 and len(command["in_year_gbp"]) == 10


def test_a_forecast_that_looks_less_far_begins_with_the_same_figures(command, as_far):
    """Its last financial year too, of which the last term lies in the year after."""
    for measure, every in as_far.items():
        assert list(every.items()) == list(command[measure].items())[: len(every)]


def test_report_and_page_print_the_figures_of_the_command(folder, kept, as_far):
    """Of what `highneeds run FOLDER` and the office write their documents and pages from."""
    evidence = gather(folder, kept=kept)
    blocks = build(forecast_annex, evidence).blocks()
    report = {block.id: table_result(block) for _, block in blocks if isinstance(block, DataTable)}
    page = {one.id: one.table for part in forecast_result(evidence).parts for one in part.tables}
    for tables_shown in (report, page):
        assert_money_is(as_far["in_year_gbp"], tables_shown["forecast-odds"])
        assert_plans_are(as_far["plans"], tables_shown["forecast-settings"])


def assert_money_is(figures: Mapping[str, tuple[float, ...]], shown: TableResult) -> None:
    """A row for each year of the agreement: 2027-28 | £232.8m | £124.4m to £336.2m"""
    heads = [column.title for column in shown.columns]
    mean, band = heads.index(words.ESTIMATE), heads.index(words.BAND)
    years = [row[0] for row in shown.rows]
    expected = [[money_cell(value).text for value in figures[year]] for year in years]
    assert [[row[mean], row[band]] for row in shown.rows] == [
        [middle, f"{low} to {high}"] for middle, low, high in expected
    ]
    assert years[-1] == "2027-28"


def assert_plans_are(figures: Mapping[str, tuple[float, ...]], shown: TableResult) -> None:
    """The last row is all plans: the mean of each January, then the band of the last."""
    januaries = list(figures.values())
    means = [plans_cell(mean).text for mean, _, _ in januaries]
    low, high = (plans_cell(value).text for value in januaries[-1][1:])
    assert shown.rows[-1][1:] == (*means, f"{low} to {high}")


def test_no_command_has_a_number_of_futures_or_a_seed_of_its_own():
    """`forecast explain` asks none by itself, since it takes over those of a kept forecast; without one it has ours."""
    asked = {" ".join(one.words): signature(one.run).parameters for one in commands()}
    ours = {name: (found["draws"].default, found["seed"].default) for name, found in asked.items() if "draws" in found}
    assert ours.pop("forecast explain") == (None, None) and drawn_as(None, None, None) == (DRAWS, SEED)
    assert ours == dict.fromkeys(("account", "forecast", "forecast compare", "forecast delay", "forecast goal"), ONE)
    assert (Options().draws, Options().seed) == ONE
