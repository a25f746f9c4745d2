"""The whole attack: a little of it with every test, all of it with fresh seeds in make soak, which prints its counts.

How long it goes on is said in soaking.py.
"""

import json
import shutil
import sys
import time
from pathlib import Path

import pytest

from attack.accepting import try_accepting
from attack.asking import try_asking
from attack.cases import Outcome, try_options, try_slips
from attack.changing import try_changing
from attack.folders import try_folders
from attack.loading import try_load
from attack.naming import try_naming
from attack.outsider import try_bounding
from attack.running import try_kills, try_texts
from attack.usual import ELSEWHERE, usual_lines
from cli_runner import run
from highneeds.cli import commands
from soaking import fresh_seed, soak_seconds

FOREVER = float("inf")


def told(outcome: Outcome, seed: int) -> None:
    counts = {"seed": seed, "cases": sum(outcome.counts.values()), "failures": len(outcome.failures)}
    sys.__stdout__.write(json.dumps(counts | dict(sorted(outcome.counts.items())), indent=1) + "\n")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """What a command writes into the folder it is in is written here."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def test_options_that_nobody_means_end_in_one_sentence(tmp_path, kent):
    assert try_options(tmp_path, kent, seed=7, cases=40, until=FOREVER).failures == []


def test_slips_of_the_pen_are_told_with_their_file(tmp_path, kent):
    assert try_slips(tmp_path, kent, seed=7, cases=3, until=FOREVER).failures == []


def test_every_command_is_tried_but_those_that_hand_over(tmp_path, kent):
    assert {command.words for command in commands()} == {*usual_lines(tmp_path, kent, long=True)} | ELSEWHERE


@pytest.mark.soak
def test_options_for_hours(tmp_path, kent):
    seed = fresh_seed()
    found = try_options(tmp_path, kent, seed, sys.maxsize, time.monotonic() + soak_seconds(), long=True)
    told(found, seed)
    assert found.failures == []


@pytest.mark.soak
def test_slips_for_hours(tmp_path, kent):
    seed = fresh_seed()
    found = try_slips(tmp_path, kent, seed, sys.maxsize, time.monotonic() + soak_seconds())
    told(found, seed)
    assert found.failures == []


@pytest.mark.soak
def test_accepting_at_once_for_hours(tmp_path):
    seed = fresh_seed()
    found = try_accepting(tmp_path, seed, sys.maxsize, time.monotonic() + soak_seconds())
    told(found, seed)
    assert found.failures == []


@pytest.mark.soak
@pytest.mark.parametrize("attack", [try_texts, try_kills, try_folders])
def test_runs_for_hours(tmp_path, kent, attack):
    seed = fresh_seed()
    found = attack(tmp_path, kent, seed, sys.maxsize, time.monotonic() + soak_seconds())
    told(found, seed)
    assert found.failures == []


def test_no_address_and_no_header_ends_in_a_fault(tmp_path):
    assert try_asking(tmp_path, seed=7, cases=60, until=FOREVER).failures == []


def test_no_name_is_said_or_kept_wherever_it_stands(tmp_path):
    assert try_naming(tmp_path, seed=7, cases=8, until=FOREVER).failures == []


@pytest.mark.soak
@pytest.mark.parametrize("attack", [try_asking, try_bounding, try_load, try_naming, try_changing])
def test_outsiders_for_hours(tmp_path, attack):
    """Whoever asks for pages, works with what goes out, gives the wrong columns, and changes a workspace at once."""
    seed = fresh_seed()
    found = attack(tmp_path, seed, sys.maxsize, time.monotonic() + soak_seconds())
    told(found, seed)
    assert found.failures == []


@pytest.mark.soak
def test_a_hundred_thousand_facts_come_to_an_end(tmp_path, kent):
    """How long they take is measured by benchmarks/facts.py."""
    left = shutil.ignore_patterns("caseload", "invented", "forecasts", "record.jsonl")
    workspace = Path(shutil.copytree(kent, tmp_path / "facts", ignore=left))
    first = (workspace / "facts.csv").read_text("utf-8").splitlines()[1]
    with (workspace / "facts.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"further_{number},{first.split(',', 1)[1]}\n" for number in range(100_000))
    done = run("check", workspace)
    assert done.code in (0, 1), done.err
