"""In every register of money, a cell that must hold a number refuses what is none, by its line and column."""

import csv
from pathlib import Path

import pytest

from highneeds.registers.register import Kind
from highneeds.registers.registry import registers

NUMBERS = (Kind.WHOLE, Kind.NUMBER, Kind.POUNDS)
NOT_NUMBERS = (
    "NaN",
    "nan",
    "sNaN",
    "Infinity",
    "-inf",
    "1e6",
    "1E400",
    "twelve",
    "TBC",
    "1.2.3",
    "£",
    "--5",
    "0x10",
    "1,23",
)
CELLS = [
    (name, column.name)
    for name, register in registers().items()
    if register.feeds_into("account")
    for column in register.columns
    if column.kind in NUMBERS
]


def written(path: Path, name: str, column: str, text: str) -> Path:
    """The register's own example with one cell changed."""
    register = registers()[name]
    columns = [one.name for one in register.columns]
    row = {one: register.example[0].get(one, "") for one in columns} | {column: text}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerow(row)
    return path


def test_there_are_numbers_to_ask_for():
    assert len(CELLS) > 30
    assert {"payments", "allocations"} <= {name for name, _ in CELLS}


@pytest.mark.parametrize(("name", "column"), CELLS)
def test_what_is_no_number_is_a_finding_and_no_row(tmp_path, name, column):
    for text in NOT_NUMBERS:
        found = registers()[name].read(written(tmp_path / "register.csv", name, column, text))
        assert found.rows == (), (column, text)
        [finding] = [one for one in found.findings.all if one.rule.endswith("-ROW")]
        assert (finding.line, finding.severity.value) == (2, "must_fix")
        assert text in finding.message


@pytest.mark.parametrize(("name", "column"), CELLS)
def test_a_plain_number_is_read(tmp_path, name, column):
    found = registers()[name].read(written(tmp_path / "register.csv", name, column, "12"))
    assert len(found.rows) == 1 and not [one for one in found.findings.all if one.rule.endswith("-ROW")]
