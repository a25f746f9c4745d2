"""highneeds caseload check and indicators on a case system's own extract, by a saved mapping."""

from cli_runner import run
from unit.intake.mapping.test_extract import CASES, CHILDREN, MAPPING


def given(folder):
    (folder / "mapping.toml").write_text(MAPPING)
    (folder / "extract").mkdir()
    (folder / "extract" / "children_2024-10.csv").write_text(CHILDREN)
    (folder / "extract" / "cases_2024-10.csv").write_text(CASES)
    return ["--mapping", folder / "mapping.toml", "--as-at", "2024-10-31", "--council", "886"]


def test_an_extract_is_checked_and_what_the_mapping_does_not_know_is_named(tmp_path):
    options = given(tmp_path)
    found = run("caseload", "check", tmp_path / "extract", *options, "--format", "csv")
    assert found.code in (0, 1) and "rule,severity" in found.out
    assert "'Deferred' stands for no" in found.err
    assert "Gender: a value of the form aaaaaa stands for no sex yet, in 1 rows. It is not shown" in found.err
    assert 'It may be decision yet to be made: if so, write "Deferred" = "A" under' in found.err
    assert found.err.count("It may be") == 1


def test_an_extract_is_measured(tmp_path):
    options = given(tmp_path)
    months = ["--from", "2024-04", "--to", "2024-04", "--format", "csv"]
    found = run("indicators", "--caseload", tmp_path / "extract", *options, *months)
    assert found.code == 0, found.err
    assert "assess_agreed_count,2024-04,,,1,count,computed" in found.out


def test_an_extract_without_its_day_is_refused(tmp_path):
    options = given(tmp_path)[:2]
    found = run("caseload", "check", tmp_path / "extract", *options)
    assert found.code == 2 and "Give its day: --as-at 2025-01-31" in found.err
