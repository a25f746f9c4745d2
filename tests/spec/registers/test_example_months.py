"""The two invented months of Harrowdale go through one reporting round as the how-to says."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from cli_runner import run
from highneeds.registers.mechanism import history
from highneeds.registers.registry import registers

HARROWDALE = Path(__file__).resolve().parents[3] / "examples" / "harrowdale"
HOW_TO = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "keep-the-registers.md"
MONTHS = {"2025-05": "2025-06-02", "2025-06": "2025-07-01"}


def files_of(month):
    """The files of a month; openings first, for a milestone is held against the opening that it names."""
    found = sorted((HARROWDALE / "sources" / "registers" / month).glob("*.csv"))
    return sorted(found, key=lambda path: path.stem != "openings")


def accept(folder, name, month):
    """Checked and accepted by the commands of the how-to: May by who keeps the register, June by another that may."""
    register, day = registers()[name], MONTHS[month]
    roles = f"{register.kept_by} {register.decides}".split()
    role = roles[0] if month == "2025-05" else roles[-1]
    path = folder / "sources" / "registers" / month / f"{name}.csv"
    of = ("--register", name, "--workspace", folder, "--as-at", day)
    assert run("register", "check", path, *of).code == 0, path
    assert run("register", "accept", path, *of, "--by", role, "--why", f"Round of {month}").code == 0, path


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """Openings and milestones accepted month by month, the others as they stand at the end of June."""
    folder = tmp_path_factory.mktemp("round") / "harrowdale"
    shutil.copytree(HARROWDALE, folder)
    shutil.copytree(folder / "sources" / "registers" / "2025-06", folder / "registers")
    for name in ("openings", "milestones"):
        (folder / "registers" / f"{name}.csv").unlink()
        for month in MONTHS:
            accept(folder, name, month)
    return folder


@pytest.mark.parametrize("path", files_of("2025-05"), ids=lambda path: path.stem)
def test_every_file_can_be_accepted_month_after_month(path):
    """Nothing to fix in either, and each change of state is a move that another role than in May may make."""
    register = registers()[path.stem]
    may, june = (register.read(HARROWDALE / "sources" / "registers" / month / path.name) for month in MONTHS)
    assert may.findings.must_fix == june.findings.must_fix == ()
    role = f"{register.kept_by} {register.decides}".split()[-1]
    said = dict(by=role, roles=frozenset({role}), why="Round of June", history=())
    assert history.refused(register, may.rows, june.rows, **said) == []


def measured(folder, name):
    done = run("register", "measures", folder, "--register", name, "--as-at", "2025-07-01", "--format", "csv")
    return {(one["measure"], one["category"]): one["value"] for one in csv.DictReader(io.StringIO(done.out))}


def test_both_months_have_the_same_registers_and_say_that_they_are_invented():
    may, june = ([path.stem for path in files_of(month)] for month in MONTHS)
    assert may == june and len(may) == 16
    for month in MONTHS:
        for path in files_of(month):
            rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
            assert {row["source"] for row in rows} == {"invented"}, path


def test_the_round_ends_as_the_how_to_says(council):
    milestones, openings = measured(council, "milestones"), measured(council, "openings")
    assert milestones["forecast_slip_months", "unit-opens"] == "5"
    assert milestones["critical_path", "unit-opens"] == "2"
    assert openings["lost_places_gbp", "brook"] == "192000.00"
    text = HOW_TO.read_text(encoding="utf-8")
    assert "slip is 5 months" in text and "£192,000" in text and "`lost_places_gbp`" in text


def test_the_history_tells_what_changed_between_the_months(council):
    told = run("register", "history", council, "--register", "milestones", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(told)))
    [slipped] = [one for one in rows if (one["row"], one["column"]) == ("unit-opens", "expected")]
    assert (slipped["before"], slipped["after"], slipped["why"]) == ("", "2026-01", "Round of 2025-06")


def test_the_calendar_after_the_round_begins_with_what_is_late(council):
    done = run("calendar", council, "--as-at", "2025-07-01", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(done.out)))
    late = [(one["register"], one["row"]) for one in lines if one["state"] == "overdue"]
    assert late == [("decisions", "descriptors"), ("dependencies", "planning"), ("milestones", "staff")]
    assert {one["basis"] for one in lines} == {"local", "contract", "statutory"}
