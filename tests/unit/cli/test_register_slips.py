"""Slips in a register's file or in a setting are told in a sentence, whatever a row claims."""

import csv

import pytest

from cli_runner import run
from highneeds.registers.registry import registers


@pytest.mark.parametrize("claims", ["nothing", "no_register.opened", "openings.no_measure"])
@pytest.mark.parametrize("full_year_gbp", ["1000", ""])
def test_a_saving_that_claims_no_measure_is_a_finding_at_its_line(tmp_path, claims, full_year_gbp):
    savings = registers()["savings"]
    path = tmp_path / "savings.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(savings.by_name), restval="")
        out.writeheader()
        out.writerow(dict(savings.example[0], claims=claims, full_year_gbp=full_year_gbp))
    checked = run("register", "check", path, "--register", "savings", "--as-at", "2025-04-02", "--format", "csv")
    (found,) = [line for line in checked.out.splitlines() if "is no measure of a register" in line]
    assert found.startswith("SAVINGS-06") and "savings.csv,2," in found


@pytest.mark.parametrize("said", ["2025:x", "x:2024-09-27", "2025"])
def test_a_cut_off_that_is_no_day_is_refused_in_a_sentence(tmp_path, said):
    path = tmp_path / "savings.csv"
    path.write_text(",".join(registers()["savings"].by_name) + "\n", "utf-8")
    done = run("register", "check", path, "--register", "savings", "--set", f"phase_transfer_cutoff={said}")
    assert done.code == 2 and f"'{said}' is no cut-off of a transfer year" in done.err
