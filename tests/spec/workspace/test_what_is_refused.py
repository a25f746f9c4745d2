"""A workspace that cannot be used: exit 2, one sentence with file, line and remedy, the earlier output untouched."""

import re
import subprocess
import sys

import pytest

from cli_runner import Done
from cli_runner import run as in_this_process
from examples_copied import copy_of, share_what_is_kept


@pytest.fixture
def workspace(kent, tmp_path):
    return copy_of(kent, tmp_path / "kent")


def edit(path, before: str, after: str) -> int:
    """Change the first place where `before` stands; the line it is on."""
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    return text[: text.index(before)].count("\n") + 1


def in_a_process(*words) -> Done:
    """As a person types it; the others ask in this process, which spares each the start of Python and what it reads."""
    done = subprocess.run([sys.executable, "-m", "highneeds", *map(str, words)], capture_output=True, text=True)
    return Done(done.returncode, done.stdout, done.stderr)


def refused(workspace, *said: str, run=in_this_process) -> None:
    """The first thing the main job does is read; what it refuses never reaches a document."""
    found = run("run", workspace, "--out", workspace.parent / "never")
    assert found.code == 2, found.err
    assert not (workspace.parent / "never").exists()
    said_of_it = [line for line in found.err.splitlines() if line.strip() and not re.search(r"\d:\d\d:\d\d", line)]
    assert found.out == "" and len(said_of_it) == 1, found.err  # beside the steps of the progress bar
    assert "Traceback" not in found.err
    for words in said:
        assert words in found.err


def test_a_missing_file(workspace):
    (workspace / "facts.csv").unlink()
    refused(workspace, "agreement.yaml line ", "is no fact of this workspace", "Add it to facts.csv", run=in_a_process)


def test_an_unknown_key_in_toml(workspace):
    line = edit(workspace / "council.toml", "rollover_month", "rollover_moon")
    refused(workspace, f"council.toml line {line}: The key 'rollover_moon' is not known.", "Known keys are")


def test_an_unknown_key_in_yaml(workspace):
    line = edit(workspace / "agreement.yaml", "  override_ends:", "  overide_ends:")
    refused(workspace, f"agreement.yaml line {line}: The key 'overide_ends' is not known.")


def test_a_key_that_stands_twice(workspace):
    line = edit(workspace / "agreement.yaml", "  department:", "  programme:")
    refused(workspace, "agreement.yaml line ", "The key 'programme' stands there twice", "Remove one of them.")
    assert line > 1


def test_a_figure_without_a_source(workspace):
    line = edit(workspace / "facts.csv", ",REPORT,11,", ",,11,")
    refused(workspace, f"facts.csv line {line}, column source_doc", "has no source", "Name its document.")


def test_a_role_that_no_fact_plays(workspace):
    line = edit(workspace / "agreement.yaml", "dfe_contribution", "dfe_donation")
    refused(workspace, f"agreement.yaml line {line}: 'dfe_donation' has no source", "Add it to facts.csv")


@pytest.mark.parametrize("period", ["2024-13", "January", "2024-00", ""])
def test_a_period_that_is_no_period(workspace, period):
    line = edit(workspace / "observations.csv", ",2024-02,", f",{period},")
    refused(workspace, f"observations.csv line {line}, column period: '{period}' is no period.", "2025-01")


def test_text_where_a_number_belongs(workspace):
    line = edit(workspace / "observations.csv", ",38.8,percent", ",soon,percent")
    refused(workspace, f"observations.csv line {line}, column value: 'soon' stands where a number belongs.")


def test_a_duplicated_row(workspace):
    path = workspace / "observations.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", "utf-8")
    refused(
        workspace, f"observations.csv line {len(lines) + 1}", "stands there twice", "line 2", "Remove one of the rows."
    )


def test_a_reported_cell_without_a_value(workspace):
    edit(workspace / "observations.csv", ",38.8,percent", ",,percent")
    refused(workspace, "A reported cell has no value.", "Correct the value or the state.")


def test_a_row_with_too_many_cells(workspace):
    line = edit(workspace / "indicators.csv", "Plans in early years and key stage 1", "Plans, in early years")
    refused(workspace, f"indicators.csv line {line}: The row has", "double quotes")


def test_a_quote_that_never_ends(workspace):
    edit(workspace / "indicators.csv", "Plans in early years", '"Plans in early years')
    refused(workspace, "indicators.csv line ", "not readable as CSV")


def test_four_headlines_where_three_are_allowed(workspace, kept):
    """Seen when the document is written, after the forecast: what is known of Kent is not worked out again."""
    share_what_is_kept(workspace.parent, kept)
    path = workspace / "programme" / "2025-04" / "narrative.md"
    edit(path, "## Headlines: stakeholder engagement", "- A fourth barrier.\n\n## Headlines: stakeholder engagement")
    found = in_this_process("run", workspace, "--out", workspace.parent / "out")
    assert found.code == 2 and "narrative.md line" in found.err
    assert "has 4 items where the template allows 3" in found.err.replace("\n", " ")


@pytest.mark.parametrize(("encoding", "newline"), [("utf-16", "\n"), ("utf-8-sig", "\r\n"), ("utf-16-le", "\r\n")])
def test_files_in_other_encodings_are_read(kent, workspace, encoding, newline):
    """Saved by another program, the same figures are the same findings."""
    for name in ("facts.csv", "observations.csv", "agreement.yaml", "council.toml"):
        path = workspace / name
        path.write_bytes(path.read_text("utf-8").replace("\n", newline).encode(encoding))
    assert findings_of(workspace) == findings_of(kent) != []


def test_a_windows_1252_file_is_read(workspace):
    path = workspace / "facts.csv"
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    from highneeds.intake.workspace import read_workspace

    assert read_workspace(workspace).fact("in_year_target").printed == "£29.9m"


def test_a_file_that_is_no_text_is_refused(workspace):
    (workspace / "facts.csv").write_bytes(bytes(range(256)) * 8)
    refused(workspace, "facts.csv", "not ")


def findings_of(workspace) -> list[str]:
    from highneeds.run import gather

    return [one.message for one in gather(workspace).findings.all]


def test_the_previous_output_stays_whole_when_a_run_is_refused(workspace, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "results.json").write_text("{}")
    (out / "report.pdf").write_bytes(b"the report of last time")
    edit(workspace / "observations.csv", ",38.8,percent", ",soon,percent")
    found = in_a_process("run", workspace, "--out", out)
    assert found.code == 2
    assert (out / "report.pdf").read_bytes() == b"the report of last time"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kent", "out"], "nothing half-written is left behind"


def test_a_folder_of_someone_elses_is_never_replaced(workspace, tmp_path):
    mine = tmp_path / "photographs"
    mine.mkdir()
    (mine / "holiday.jpg").write_bytes(b"jpg")
    found = in_this_process("run", workspace, "--out", mine)
    assert found.code == 2 and "holds something else" in found.err
    assert (mine / "holiday.jpg").exists()
