"""What a workspace must not say, each file on its own: refused with file, line and remedy, in this process."""

import shutil
from pathlib import Path

import pytest

from highneeds.checks.finding import Outcome
from highneeds.checks.identities import check_identities, kinds
from highneeds.intake.ledger.finance import read_finance
from highneeds.intake.ledger.published_parts import read_published_parts
from highneeds.intake.workspace import Identity, read_workspace
from highneeds.intake.yamlfile import parse_yaml
from highneeds.registers.registry import read_registers
from highneeds.run import fingerprint, gather
from highneeds.vocabulary.errors import InputError

OPTIONAL = (
    "later_published_facts.csv",
    "identities.csv",
    "benchmarks.csv",
    "placements.csv",
    "establishments.csv",
    "finance",
    "registers",
    "caseload",
    "scenarios",
    "programme/also_called.csv",
)


@pytest.fixture
def workspace(kent, tmp_path) -> Path:
    shutil.copytree(kent, tmp_path / "kent")
    return tmp_path / "kent"


def edit(path: Path, before: str, after: str) -> int:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    return text[: text.index(before)].count("\n") + 1


def only_the_header(path: Path) -> None:
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")


EDITS = [
    ("observations.csv", ",38.8,percent", ",1e999999999,percent", "stands where a number belongs"),
    ("observations.csv", ",38.8,percent", ",NaN,percent", "stands where a number belongs"),
    ("observations.csv", ",38.8,percent", ",1_0,percent", "stands where a number belongs"),
    ("facts.csv", ",29900000,", ",29900000000000000,", "is too large"),
    ("facts.csv", ",2024-25,", ",2024-26,", "'2024-26' is no period"),
    ("facts.csv", ",2024-01..2025-01,", ",2025-01..2024-01,", "is no period"),
    ("facts.csv", ",medium-term,", ",one day,", "is no period"),
    ("facts.csv", ",5000000,7000000,", ",7000000,5000000,", "below its lowest"),
    ("facts.csv", ",2026-03,,date", ",2026-14,,date", "is no date"),
    ("later_published_facts.csv", "2028-03-31", "2028-13-41", "is no date"),
    ("later_published_facts.csv", ",2025-26,", ",2025-27,", "is no period"),
    ("benchmarks.csv", ",2023-24,", ",2023-25,", "is no period"),
    ("placements.csv", ",2024-11,", ",2024-13,", "is no period"),
    (
        "indicators.csv",
        "specialist_share_yr_r_6,1,",
        "specialist_share_yr_r_6,42,",
        "The agreement has no condition 42",
    ),
    ("indicators.csv", ",2\n", ",200\n", "is no number of decimals"),
    ("programme/2025-04/levels.csv", "1,April", "88,April", "The agreement has no condition 88"),
    ("observations.csv", ",2024-01,", ",0000-01,", "is not a month"),
    ("observations.csv", ",2024-01,", ",9999-12,", "is not a month"),
    ("council.toml", 'overdue_basis = "decision"', 'six_weeks_days = "x"', "is no number of days"),
    ("council.toml", 'slots = ["April", "July", "December"]', "slots = 3", "must be a list"),
    ("council.toml", 'slots = ["April", "July", "December"]', 'slots = "April"', "must be a list"),
    ("council.toml", "synthetic = false", 'synthetic = "false"', "neither true nor false"),
    ("council.toml", 'last_year = "2027-28"', 'last_year = "2021-22"', "is before its first"),
    ("council.toml", 'id = "2025-04"', 'id = "../2025-04"', "cannot name a folder"),
    ("council.toml", 'short_name = "Kent"', 'short_name = ""', "holds no name"),
    ("agreement.yaml", "  last_year: 2027-28", "  last_year: 2026-27", "2026-27 here and 2027-28 in council.toml"),
    ("agreement.yaml", "  complete: true", "  complete: 'no'", "neither true nor false"),
]


@pytest.mark.parametrize(("file", "before", "after", "said"), EDITS)
def test_a_slip_is_refused_at_its_line(workspace, file, before, after, said):
    line = edit(workspace / file, before, after)
    with pytest.raises(InputError) as refusal:
        read_workspace(workspace)
    assert said in refusal.value.what and refusal.value.remedy
    assert (refusal.value.where.document, refusal.value.where.line) == (file, line)


@pytest.mark.parametrize("name", ["indicators.csv", "observations.csv"])
def test_a_dashboard_of_its_header_alone_is_no_dashboard(workspace, name):
    for file in {name, "observations.csv"}:
        only_the_header(workspace / file)
    (workspace / "identities.csv").unlink()
    assert read_workspace(workspace).months == ()


def test_rows_that_begin_with_a_hash_are_remarks(workspace):
    before = read_workspace(workspace).observations
    with (workspace / "observations.csv").open("a", encoding="utf-8") as file:
        file.write('# all_plans,2030-01,"1,234",reported\n')
    assert read_workspace(workspace).observations == before


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("benchmarks.csv", "benchmark.csv"),
        ("programme/2025-04/levels.csv", "programme/2025-04/level.csv"),
        ("registers", "register"),
        ("registers/risks.csv", "registers/risk.csv"),
        ("finance/positions.csv", "finance/position.csv"),
    ],
)
def test_a_file_that_nothing_reads_is_refused_with_the_name_it_may_mean(workspace, name, slip):
    (workspace / name).rename(workspace / slip)
    with pytest.raises(InputError) as refusal:
        read_workspace(workspace)
        read_registers(workspace)
        read_finance(workspace, set())
    assert str(refusal.value.where) == slip and Path(name).name in refusal.value.remedy


def test_a_readme_is_nobodys_mistake(workspace):
    (workspace / "README.md").write_text("Ours.")
    assert read_workspace(workspace).council.short_name == "Kent"


def test_a_number_that_is_none_is_a_finding_of_the_register(workspace):
    path = workspace / "registers" / "risk_items.csv"
    columns, first = path.read_text("utf-8").splitlines()[:2]
    path.write_text(f"{columns}\nNaN,{first.split(',', 1)[1]}\n", "utf-8")
    assert read_registers(workspace)["risk_items"].findings.results


@pytest.mark.parametrize("text", ["a: \x07b", "a: " + "[" * 1000, "a: " + "9" * 5000, "a: 0b_"])
def test_yaml_that_no_program_reads_is_refused(text):
    with pytest.raises(InputError, match="not readable as YAML"):
        parse_yaml(text, "agreement.yaml")


def test_no_identities_is_said_of_every_kind():
    results = check_identities((), (), ()).results
    assert len(results) == len(kinds())
    assert {result.outcome for result in results} == {Outcome.COULD_NOT_CHECK}
    assert all("identities.csv" in result.why for result in results)


@pytest.mark.parametrize(
    ("kind", "result", "terms"),
    [
        ("sum_of_parts", "", ("a", "b")),
        ("adds_to_100", "a", ("b", "c")),
        ("share_of_pair", "a", ("b",)),
        ("share_of_pair", "a", ("b", "c", "d")),
        ("whole_pupils", "a", ("b", "c")),
        ("steady_whole", "a", ("b", "c")),
    ],
)
def test_an_identity_without_a_side_or_with_one_too_many_is_refused(kind, result, terms):
    with pytest.raises(InputError, match=f"'{kind}'") as refusal:
        check_identities((), (), [Identity(kind, result, terms, "", "identities.csv line 2")])
    assert str(refusal.value.where) == "identities.csv line 2"


@pytest.mark.parametrize("text", ["promised:\n- payer: dfe\n", "over_forecast:\n- about: Plans\n"])
def test_a_part_that_names_no_figure_is_refused_at_its_line(tmp_path, text):
    (tmp_path / "published.yaml").write_text(text, "utf-8")
    with pytest.raises(InputError, match="is missing") as refusal:
        read_published_parts(tmp_path / "published.yaml", {"a_fact"})
    assert str(refusal.value.where) == "finance/published.yaml line 2"


def test_decimals_are_as_the_catalogue_says(workspace):
    edit(workspace / "indicators.csv", ",2\n", ",3\n")
    places = {one.id: one.decimals for one in read_workspace(workspace).indicators}
    assert places["fill_rate_special_pct"] == 3 and places["fill_rate_srp_pct"] == 2
    assert places["specialist_share_yr_r_6"] == 1


@pytest.fixture
def few_futures(monkeypatch):
    """Enough to see that a forecast is made of what there is; how it comes out is asked elsewhere."""
    monkeypatch.setattr("highneeds.run.DRAWS", 20)


def test_a_workspace_of_only_the_required_files_is_worked_out(workspace, few_futures):
    for name in OPTIONAL:
        path = workspace / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    text = (workspace / "agreement.yaml").read_text("utf-8").split("conditions:\n")
    term = "agreement:\n  local_authority: Kent\n  programme: Safety Valve\n"
    term += "  first_year: 2022-23\n  last_year: 2027-28\n"
    (workspace / "agreement.yaml").write_text(f"{term}conditions:\n{text[-1]}", "utf-8")
    assert gather(workspace).findings.results


def test_a_number_that_no_council_has_is_found(workspace, few_futures):
    shutil.rmtree(workspace / "caseload")
    edit(workspace / "council.toml", '"886"', '"999"')
    assert "No published council has the number 999" in [one.message for one in gather(workspace).findings.all]


def test_the_fingerprint_is_of_what_is_read(workspace):
    before = fingerprint(workspace)
    (workspace / "out").mkdir()
    (workspace / "out" / "results.json").write_text("{}")
    assert fingerprint(workspace) == before
    edit(workspace / "facts.csv", "29900000", "29900001")
    assert fingerprint(workspace) != before
