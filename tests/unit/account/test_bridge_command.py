"""`highneeds bridge`: its columns, and what it says of input it cannot use."""

import json
from pathlib import Path

import pytest

from cli_runner import run

PLAN = "line,volume,price\nstate,10,10000\nprivate,10,15000\n"
ACTUAL = "line,volume,price\nstate,10,10100\nprivate,12,16000\n"


def bridge(folder: Path, plan: str | bytes, actual: str | bytes, *options: str):
    for name, content in (("plan.csv", plan), ("actual.csv", actual)):
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return run("bridge", folder / "plan.csv", folder / "actual.csv", *options)


def test_csv_carries_the_columns_of_the_contract_and_pence(tmp_path):
    done = bridge(tmp_path, PLAN, ACTUAL, "--format", "csv")
    assert done.code == 0
    assert done.out.splitlines() == [
        "line,volume_effect,mix_effect,price_effect,total",
        "state,0.00,0.00,1000.00,1000.00",
        "private,25000.00,5000.00,12000.00,42000.00",
        "TOTAL,25000.00,5000.00,13000.00,43000.00",
    ]


def test_json_carries_numbers(tmp_path):
    done = bridge(tmp_path, PLAN, ACTUAL, "--format", "json")
    assert json.loads(done.out)[-1]["total"] == 43000.0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_is_read(tmp_path, encoding):
    done = bridge(tmp_path, PLAN.replace("private", "privé").encode(encoding), ACTUAL, "--format", "csv")
    assert done.code == 0
    assert "privé," in done.out


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ("line,volume,price\na,-1,10\n", "plan.csv line 2, column volume: The volume of 'a' is -1, below zero"),
        ("line,volume,price\na,ten,10\n", "plan.csv line 2, column volume: 'ten' stands where a number belongs"),
        ("line,volume,price\na,1e3,10\n", "'1e3' stands where a number belongs"),
        ('line,volume,price\na,1,"1,5"\n', "plan.csv line 2, column price: '1,5' stands where a number belongs"),
        ("line,volume,price\na,1,nan\n", "'nan' stands where a number belongs"),
        ("line,volume,price\na,,10\n", "plan.csv line 2, column volume: volume is empty"),
        ("line,volume,price\na,1,10\nb,1,1\na,2,10\n", "plan.csv line 4: The line 'a' stands on line 2 already"),
        ("line,volume,price\n,1,10\n", "plan.csv line 2, column line: The cell is empty"),
        ("line,volume,price\nTotal,1,10\n", "plan.csv line 2: A total stands among the lines"),
        ("line,volume\na,1\n", "plan.csv line 1: The column price is missing"),
        ("", "plan.csv: The file is empty"),
        ("line,volume,price\na,0,10\n", "The plan has no volume"),
        ("line,volume,price\n", "The plan has no volume"),
    ],
)
def test_input_that_cannot_be_used_ends_with_2_and_one_sentence(tmp_path, plan, says):
    done = bridge(tmp_path, plan, ACTUAL, "--out", str(tmp_path / "out.csv"))
    assert done.code == 2
    assert says in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert "Traceback" not in done.err
    assert not (tmp_path / "out.csv").exists()


def test_a_missing_file_is_named(tmp_path):
    done = run("bridge", tmp_path / "nowhere.csv", tmp_path / "nowhere.csv")
    assert done.code == 2
    assert "nowhere.csv: The file is missing" in done.err
