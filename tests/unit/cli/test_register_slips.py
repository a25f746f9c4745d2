"""Slips in a register's file or in a setting are told in a sentence, whatever a row claims."""

import csv

import pytest

from cli_runner import run
from highneeds.registers.of_workspace import read_file
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


def written(folder, name, *rows):
    """A file of a register with these rows, each its worked example with some cells changed."""
    register = registers()[name]
    path = folder / f"{name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(register.by_name), restval="")
        out.writeheader()
        out.writerows([dict(register.example[0], **cells) for cells in rows])
    return path


AS_AT = ("--as-at", "2025-04-02", "--format", "csv")


def test_every_wrong_cell_of_a_row_is_named_with_its_column(tmp_path):
    path = written(tmp_path, "exceptional_need", dict(setting="speical", asked_gbp="ten", requested_on="1 May"))
    found = run("register", "check", path, "--register", "exceptional_need", *AS_AT)
    lines = list(csv.DictReader(found.out.splitlines()))
    assert [one["field"] for one in lines if one["rule"] == "EXCEPTIONALNEED-ROW"] == [
        "setting", "requested_on", "asked_gbp",
    ]  # fmt: skip
    assert found.code == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("panel_days=abc", "The setting panel_days 'abc' is not a number of 0 or more"),
        ("panel_days=-1", "The setting panel_days '-1' is not a number of 0 or more"),
        ("panel_days=1,2", "The setting panel_days '1,2' is not a number of 0 or more"),
        ("escalate_days=15,30", "The setting escalate_days '15,30' is not 3 numbers of 0 or more"),
        ("panel_day=3", "The setting panel_day is not known"),
        ("panel_days", "'panel_days' is no setting"),
        ("panel_days=0", ""),
        ("protection_floor_percent=-5", ""),
        ("proposal_weights=25,25,25,25", ""),
    ],
)
def test_a_setting_that_is_no_number_is_refused(tmp_path, said, told):
    path = written(tmp_path, "exceptional_need", {})
    done = run("register", "measures", path, "--register", "exceptional_need", "--set", said, *AS_AT)
    assert (done.code, told in done.err) == (2 if told else 0, True)


def test_periods_the_wrong_way_round_are_refused(tmp_path):
    path = written(tmp_path, "exceptional_need", {})
    asked = ("register", "measures", path, "--register", "exceptional_need", "--measure", "requests", *AS_AT)
    assert "--from is later than --to" in run(*asked, "--from", "2024-25", "--to", "2023-24").err
    assert run(*asked, "--from", "2024-25", "--to", "2024-25").code == 0


def test_the_register_is_found_among_files_in_any_order(tmp_path):
    own, beside = written(tmp_path, "savings", {}), written(tmp_path, "decisions", {})
    asked = ("--register", "savings", "--measure", "gross_gbp", *AS_AT)
    first = run("register", "measures", own, beside, *asked)
    assert (first.code, first.out) == (0, run("register", "measures", beside, own, *asked).out)
    other = own.rename(tmp_path / "savings of May.csv")
    assert run("register", "measures", other, beside, *asked).out == first.out
    again = written(tmp_path, "savings", {})
    assert "savings.csv: This register is given twice" in run("register", "measures", other, again, *asked).err
    strange = again.rename(tmp_path / "list.csv")
    refused = run("register", "measures", other, strange, *asked)
    assert refused.code == 2 and "list.csv: No register has the name of this file" in refused.err


def test_a_list_without_a_row_has_every_measure(tmp_path):
    path = written(tmp_path, "exceptional_need")
    done = run("register", "measures", path, "--register", "exceptional_need", *AS_AT)
    lines = {one["measure"]: one["value"] for one in csv.DictReader(done.out.splitlines())}
    assert lines == dict(
        requests="0", agreed_pct="", agreed_gbp="0.00", in_year_gbp="0.00", pending_gbp="0.00", repeat_schools="0"
    )


def test_the_history_of_a_row_is_found_by_any_key_and_of_no_workspace_refused(tmp_path):
    assert "no council.toml" in run("register", "history", tmp_path, "--register", "actions").err
    (tmp_path / "council.toml").write_text("", "utf-8")
    (tmp_path / "registers/history").mkdir(parents=True)
    rows = [f"2025-04-02T10:00:00,analyst,analyst,x,{key},title,,New," for key in ("a b/c", "a")]
    text = "at,by,role,why,row,column,before,after,move\n" + "\n".join(rows) + "\n"
    (tmp_path / "registers/history/actions.csv").write_text(text, "utf-8")
    found = run("register", "history", tmp_path, "--register", "actions", "--row", "a b/c", "--format", "csv")
    assert found.out.splitlines()[1:] == rows[:1]


@pytest.mark.parametrize(("name", "said"), [("exceptional_need", True), ("savings", False)])
def test_measures_of_casework_say_that_they_are_not_hidden(tmp_path, name, said):
    done = run("register", "measures", written(tmp_path, name, {}), "--register", name, *AS_AT)
    assert ("counts of children, small ones too" in done.err) is said and done.out.startswith("register,measure,")


def test_a_list_that_went_out_harmless_comes_back_as_it_was(tmp_path):
    """The office puts an apostrophe before '-2 places', so that no spreadsheet runs it; what comes back has none."""
    path = written(tmp_path, "openings", {"notes": "'-2 places, agreed"})
    assert read_file(registers()["openings"], path).rows[0]["notes"] == "-2 places, agreed"
