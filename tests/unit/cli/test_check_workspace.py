"""`highneeds check`: every problem in one list, each with its place and remedy; what would not be there is not told."""

import shutil
from datetime import UTC, datetime

import pytest

from cli_runner import run as cli
from highneeds.actions import check_workspace as check_module
from highneeds.actions.check_workspace import _follows, _without, check_workspace
from highneeds.actions.new_workspace import new_workspace
from highneeds.checks.finding import Severity
from highneeds.intake.published import open_pack
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def fresh(tmp_path):
    folder = tmp_path / "w"
    folder.mkdir()
    new_workspace(FolderStore(folder), open_pack(), "867", by="test", now=NOW)
    return folder


@pytest.fixture
def kent(tmp_path):
    return shutil.copytree("examples/kent", tmp_path / "kent")


def places(folder):
    return [(one.file, one.line) for one in check_workspace(FolderStore(folder)).refused]


def test_a_fresh_workspace_has_nothing_wrong_and_says_what_is_missing(fresh):
    found = check_workspace(FolderStore(fresh))
    assert not found.all
    missing = dict(found.missing)
    assert "finance/spend.csv" in missing and "caseload" in missing and "observations.csv" not in missing
    done = cli("check", fresh)
    assert done.code == 0 and done.out.startswith("Nothing is wrong.")
    assert "finance/spend.csv: what was spent by line" in done.out


def edit(path, line, old, new):
    lines = path.read_text("utf-8").split("\n")
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new)
    path.write_text("\n".join(lines), "utf-8")


def test_every_problem_is_listed_with_its_line_and_none_twice(kent):
    edit(kent / "observations.csv", 5, "reported", "reportd")
    edit(kent / "observations.csv", 9, "reported", "soon")
    edit(kent / "registers" / "openings.csv", 1, "planned", "planed")
    edit(kent / "council.toml", 8, "rollover_month", "rollover_moon")
    (kent / "scenarios" / "bad.yaml").write_text("levers: 3\n", "utf-8")
    found = places(kent)
    assert ("observations.csv", 5) in found and ("observations.csv", 9) in found and ("council.toml", 8) in found
    assert [file for file, _ in found].count("registers/openings.csv") == 1
    assert any(file.endswith("scenarios/bad.yaml") for file, _ in found) and len(found) == 5


def test_what_follows_from_a_refused_row_is_not_told_too(kent):
    """The fact is named in agreement.yaml, positions.csv and published.yaml; the row alone is wrong."""
    lines = (kent / "facts.csv").read_text("utf-8").split("\n")
    line = next(number for number, text in enumerate(lines, start=1) if text.startswith("in_year_forecast,"))
    edit(kent / "facts.csv", line, "53000000", "soon")
    assert places(kent) == [("facts.csv", line)]


def test_a_row_over_several_lines_is_set_aside_whole(fresh):
    with (fresh / "observations.csv").open("a", encoding="utf-8") as file:
        file.write('all_plans,2019-01,,,12,count,reportd,"two\nlines",,\n')
        file.write("all_plans,2018-01,,,13,count,worse,,,\n")
    lines = len((fresh / "observations.csv").read_text("utf-8").splitlines())
    assert places(fresh) == [("observations.csv", lines - 2), ("observations.csv", lines)]


def test_a_cell_longer_than_any_reader_takes_is_a_finding(fresh):
    with (fresh / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(f"all_plans,2019-01,,,{'9' * 200_000},count,reported,,,\n")
    lines = len((fresh / "observations.csv").read_text("utf-8").splitlines())
    assert places(fresh) == [("observations.csv", lines)]


def test_findings_of_the_checks_stand_after_the_refusals(kent):
    edit(kent / "observations.csv", 5, "reported", "reportd")
    found = check_workspace(FolderStore(kent)).all
    assert found[0].rule == "FILE-refused" and found[0].severity is Severity.MUST_FIX
    severities = [one.severity for one in found]
    assert severities == sorted(severities, key=list(Severity).index) and Severity.QUERY in severities
    assert cli("check", kent).code == 1


def test_the_number_of_another_council_is_refused(fresh):
    text = (fresh / "council.toml").read_text("utf-8")
    (fresh / "council.toml").write_text(text.replace('"867"', '"887"'), "utf-8")
    done = cli("check", fresh)
    assert done.code == 1 and "887 is the number of Medway, and the council is called Bracknell Forest" in done.out
    ran = cli("run", fresh, "--out", fresh.parent / "out")
    assert ran.code == 2 and not (fresh.parent / "out").exists()


def test_a_folder_that_is_no_workspace_is_refused(tmp_path):
    with pytest.raises(InputError, match="no workspace"):
        check_workspace(FolderStore(tmp_path))


FACT_3 = {"lacks": ("3",), "lacks_in": ("facts.csv", "later_published_facts.csv")}
CONDITION_3 = {"lacks": ("3",), "lacks_in": ("agreement.yaml",)}
TITLE = {"lacks": ("title",), "where": Source("agreement.yaml", 4)}


@pytest.mark.parametrize(
    ("refusal", "set_aside", "changed", "follows"),
    [
        (FACT_3, {("facts.csv", "3")}, {"facts.csv": b""}, True),
        (FACT_3, {("later_published_facts.csv", "3")}, {"later_published_facts.csv": b""}, True),
        (FACT_3, {("facts.csv", "4")}, {"facts.csv": b""}, False),
        (FACT_3, {("indicators.csv", "3")}, {"indicators.csv": b""}, False),
        (FACT_3, set(), {"facts.csv": None}, True),
        (CONDITION_3, set(), {"agreement.yaml": b""}, True),
        (CONDITION_3, {("programme/one/levels.csv", "3")}, {"programme/one/levels.csv": b""}, False),
        (TITLE, {("agreement.yaml", "title")}, {"agreement.yaml": b""}, True),
        (TITLE, {("agreement.yaml", "number")}, {"agreement.yaml": b""}, False),
        ({"where": Source("agreement.yaml", 4)}, {("agreement.yaml", "title")}, {"agreement.yaml": b""}, False),
    ],
)
def test_what_an_earlier_line_or_file_has_led_to(refusal, set_aside, changed, follows):
    """It would not be there, had that been right: what it lacks was set aside, or its file was left out.

    A line of agreement.yaml can take a whole condition with it; a row of a list takes its own id alone. The words of
    the refusal say nothing of it: here they quote a name that was set aside.
    """
    assert _follows(InputError("There is no 'title'", **refusal), set_aside, changed) is follows


@pytest.mark.parametrize("written", ["  - title: Places", "  - 'title': \"Places\"", "title = 'Places'"])
def test_what_a_line_names_is_known_however_it_is_written(written):
    name, set_aside = "agreement.yaml", set()
    assert _without(f"conditions:\n{written}\n", 2, name, set_aside) == f"conditions:\n# {written}\n"
    assert set_aside == {(name, "title"), (name, "Places")}


def test_no_more_lines_are_told_than_a_person_can_read(fresh, monkeypatch):
    """A file of another kind altogether would else be told line by line."""
    assert check_module.MOST == 200
    monkeypatch.setattr(check_module, "MOST", 3)
    lines = (fresh / "observations.csv").read_text("utf-8").splitlines()
    wrong = [line.replace("reported", "reportd") for line in lines[1:6]]
    (fresh / "observations.csv").write_text("\n".join([lines[0], *wrong, ""]), "utf-8")
    found = check_workspace(FolderStore(fresh))
    assert [(one.file, one.line) for one in found.all] == [("observations.csv", line) for line in (2, 3, 4)]
