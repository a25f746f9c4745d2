"""When the engine is asked, and when the results that are there will do."""

import json
import os

import pytest

from highneeds import __version__
from highneeds.intake.workspace.files import inputs_fingerprint
from highneeds.office.evidence import bridge
from highneeds.report.pages.results.whole import SCHEMA

EARLY, LATE, LATER = 1_000_000_000, 1_000_000_100, 1_000_000_200  # seconds; no clock in these tests


@pytest.fixture
def workspace(tmp_path):
    folder = tmp_path / "kent"
    (folder / "finance").mkdir(parents=True)
    (folder / "facts.csv").write_text("id\n")
    for path in (folder / "facts.csv", folder / "finance", folder):
        os.utime(path, (EARLY, EARLY))
    return folder


def write_results(out, version=__version__, schema=SCHEMA, inputs=""):
    (out / "internal").mkdir(parents=True, exist_ok=True)
    path = out / "internal" / "results.json"
    path.write_text(json.dumps({"schema": schema, "run": {"version": version, "inputs": inputs}}))
    os.utime(path, (LATE, LATE))


def test_results_newer_than_the_workspace_will_do(workspace, tmp_path):
    out = tmp_path / "out"
    assert not bridge.is_current(workspace, out)
    write_results(out)
    assert bridge.is_current(workspace, out)


def test_a_file_changed_added_or_taken_away_since_makes_them_old(workspace, tmp_path):
    out = tmp_path / "out"
    write_results(out)
    os.utime(workspace / "facts.csv", (LATER, LATER))
    assert not bridge.is_current(workspace, out)
    os.utime(workspace / "facts.csv", (EARLY, EARLY))
    assert bridge.is_current(workspace, out)
    os.utime(workspace / "finance", (LATER, LATER))  # what adding or removing a file does to its folder
    assert not bridge.is_current(workspace, out)


def test_a_file_replaced_by_an_older_copy_is_noticed_and_one_that_was_only_touched_is_not(workspace, tmp_path):
    out, file = tmp_path / "out", workspace / "facts.csv"
    write_results(out, inputs=inputs_fingerprint(workspace))
    os.utime(file, (LATER, LATER))
    assert bridge.is_current(workspace, out)
    file.write_text("id,kind\n")
    os.utime(file, (EARLY, EARLY))
    assert not bridge.is_current(workspace, out)
    file.write_text("id\n")
    assert bridge.is_current(workspace, out)
    (workspace / "benchmarks.csv").write_text("")
    assert not bridge.is_current(workspace, out)


@pytest.mark.parametrize(("version", "schema"), [("0.0.1", SCHEMA), (__version__, 99)])
def test_results_of_another_version_are_old(workspace, tmp_path, version, schema):
    write_results(tmp_path / "out", version, schema)
    assert not bridge.is_current(workspace, tmp_path / "out")


def test_what_is_no_results_file_is_old(workspace, tmp_path):
    write_results(tmp_path / "out")
    (tmp_path / "out" / "internal" / "results.json").write_text("[half a")
    assert not bridge.is_current(workspace, tmp_path / "out")


def test_results_kept_inside_the_workspace_do_not_make_themselves_old(workspace):
    out = workspace / "out"
    write_results(out)
    os.utime(out, (LATER, LATER))
    os.utime(workspace, (LATER, LATER))
    assert bridge.is_current(workspace, out)


def test_the_engine_is_not_asked_when_it_need_not_be(workspace, tmp_path):
    write_results(tmp_path / "out")
    bridge.bring_up_to_date(workspace, tmp_path / "out")  # the workspace is no real one: asking would fail


def test_an_input_the_engine_refuses_is_told_apart(workspace, tmp_path, capfd):
    with pytest.raises(bridge.RunFailed) as failed:
        bridge.bring_up_to_date(workspace, tmp_path / "out")
    assert failed.value.code == 2
    assert capfd.readouterr().err
    assert not (tmp_path / "out" / "internal" / "results.json").exists()
