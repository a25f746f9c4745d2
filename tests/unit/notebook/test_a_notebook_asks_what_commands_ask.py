"""Every command that shows a table of a workspace is a question of a notebook by the same name, equally answered."""

import csv
import io
from datetime import date
from typing import get_type_hints

import pytest

import highneeds
from cli_runner import run
from examples_copied import copy_of
from highneeds.cli import commands
from highneeds.notebook import CouncilData

KENT = "KENT"
"""Where the copy of the example stands, in the words of a command."""
DAY = ("--as-known", "2025-04-02")
FEW = ("--draws", "40", "--seed", "3")
SCENARIO = "examples/kent/scenarios/local-at-phase-transfer.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy: the command keeps its forecasts in the workspace."""
    return copy_of("examples/kent", tmp_path_factory.mktemp("asked") / "kent")


@pytest.fixture(scope="module")
def council(folder):
    return highneeds.open(folder)


def shown(*words):
    """The rows of a command, numbers as numbers and nothing as None."""
    done = run(*words, "--format", "csv")
    assert done.code in (0, 1), done.err
    return [{name: _cell(cell) for name, cell in row.items()} for row in csv.DictReader(io.StringIO(done.out))]


def _cell(text):
    if text in ("", None):
        return None
    try:
        return float(text)
    except ValueError:
        return text


def answered(frame):
    return [
        {name: _cell(str(cell)) if cell is not None else None for name, cell in row.items()} for row in frame.to_dicts()
    ]


ASKED = {
    "account": (lambda one: one.account(), ("account", KENT, *DAY)),
    "calendar": (lambda one: one.calendar(everything=True), ("calendar", KENT, *DAY, "--all")),
    "check": (lambda one: one.check(), ("check", KENT)),
    "claims": (lambda one: one.claims(), ("claims", KENT, *DAY)),
    "claims suggest": (lambda one: one.claims_suggest(), ("claims", "suggest", KENT)),
    "forecast": (
        lambda one: one.forecast(3, 40, 3, [SCENARIO]),
        ("forecast", KENT, "--years", "3", *FEW, "--scenario", SCENARIO),
    ),
    "forecast compare": (
        lambda one: one.forecast_compare(years=3, draws=40, seed=3),
        ("forecast", "compare", KENT, "--years", "3", *FEW),
    ),
    "forecast delay": (lambda one: one.forecast_delay(draws=40, seed=3), ("forecast", "delay", KENT, *FEW)),
    "forecast explain": (
        lambda one: one.forecast_explain("cost", years=3, draws=40, seed=3),
        ("forecast", "explain", KENT, "--figure", "cost", "--years", "3", *FEW),
    ),
    "forecast goal": (
        lambda one: one.forecast_goal("2026-27", draws=40, seed=3, scenarios=[SCENARIO]),
        ("forecast", "goal", KENT, "--year", "2026-27", *FEW, "--scenario", SCENARIO),
    ),
    "forecast vintages": (
        lambda one: highneeds.open(one._store.folder, as_known=date.today()).forecast_vintages(),
        ("forecast", "vintages", KENT),
    ),
    "indicators": (lambda one: one.indicators("reported"), ("indicators", KENT)),
    "register measures": (
        lambda one: one.register_measures("risks"),
        ("register", "measures", KENT, "--register", "risks", *DAY),
    ),
    "register history": (
        lambda one: one.register_history("risks"),
        ("register", "history", KENT, "--register", "risks"),
    ),
}


@pytest.mark.parametrize("command", ASKED)
def test_the_answer_is_that_of_the_command(council, folder, command):
    ask, words = ASKED[command]
    rows = answered(ask(council))
    assert rows == shown(*(folder if word == KENT else word for word in words))
    assert rows or command in ("forecast vintages", "register history"), "nothing is compared"


def asking():
    """The commands that show a table of a workspace."""
    for one in commands():
        hints = get_type_hints(one.run, include_extras=True)
        given = {name for name, hint in hints.items() if "ArgumentInfo" in str(getattr(hint, "__metadata__", ""))}
        if "format" in hints and given & {"workspace", "given"}:
            yield " ".join(one.words)


@pytest.mark.parametrize("command", tuple(asking()))
def test_every_command_that_shows_a_table_of_a_workspace_is_a_question_here(command):
    assert callable(getattr(CouncilData, command.replace(" ", "_"), None)), f"notebook.py has no {command}"
    assert command in ASKED, "hold its answer against the command's in the table above"


def test_a_commitment_book_stands_beside_what_the_workspace_keeps(council, folder, tmp_path):
    book = tmp_path / "book.csv"
    made = run("commitments", "invent", "--council", "886", "--year", "2024-25", "--scale", "0.002", "--out", book)
    assert made.code == 0, made.err
    words = ("commitments", "report", book, "--year", "2024-25", "--closed", "P10", "--workspace", folder, *DAY)
    rows = answered(council.commitments_report(book, "2024-25", "P10"))
    assert rows and rows == shown(*words)
