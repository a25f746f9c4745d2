"""What the options of a command come to: months, days, files; and what is said of a kept forecast and of a delay."""

from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

import pytest
import typer

from cli_runner import run
from highneeds.checks.finding import Finding, Severity
from highneeds.cli import (
    _registers,
    account,
    backtest,
    command_named,
    indicators,
)
from highneeds.cli._command import Format, show, write_whole
from highneeds.forecast.backtest import whole
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.progress import no_progress
from highneeds.vocabulary.table import Table


def test_what_is_given_without_an_option_is_the_workspace_or_more_files(tmp_path):
    workspace, other, file = tmp_path / "w", tmp_path / "o", tmp_path / "plans.csv"
    for folder in (workspace, other):
        folder.mkdir()
        (folder / "council.toml").write_text("")
    assert indicators._sorted_out([workspace], []) == (workspace, [])
    assert indicators._sorted_out([workspace, file], [other]) == (workspace, [other, file])
    assert indicators._sorted_out([], [file]) == (None, [file])
    for given, caseload in (([workspace, other], []), ([], []), ([workspace, other], [file])):
        with pytest.raises(InputError, match="The indicators need one workspace"):
            indicators._sorted_out(given, caseload)


def test_the_steps_of_the_indicators_have_names(monkeypatch):
    """A caseload is read only where something is counted from it."""
    told = []

    @contextmanager
    def doing(words):
        told.append(words)
        yield no_progress

    council = SimpleNamespace(rollover_month=9, definitions={})
    workspace = SimpleNamespace(council=council, months=(Month(2025, 1),))
    evidence = SimpleNamespace(reported=workspace, received=None, accepted=())
    monkeypatch.setattr(indicators, "doing", doing)
    monkeypatch.setattr(indicators, "evidence_on", lambda *given: evidence)
    monkeypatch.setattr(indicators, "caseloads_of", lambda *given: None)
    monkeypatch.setattr(indicators, "indicators", lambda *given: Table.of(("a",), [("x",)], "T"))
    assert run("indicators", "place", "--as", "both", "--format", "csv").out == "a\nx\n"
    assert told == ["Reading", "Measuring"]
    told.clear()
    run("indicators", "place")
    assert told == ["Measuring"]


def test_a_day_is_today_or_the_one_given():
    assert _registers.the_day("2025-01-31") == date(2025, 1, 31) and _registers.the_day(None) == date.today()
    with pytest.raises(InputError, match="'soon' is not a date") as refused:
        _registers.the_day("soon")
    assert str(refused.value.where) == "--as-at"


def test_findings_beside_the_account_are_on_stderr_and_one_that_must_be_fixed_ends_with_1(capsys):
    odd = Finding("ACC-01", Severity.QUERY, "years.csv", 3, "", "", "Odd", "Look", ())
    account._tell(Table.of(("a",), [("x",)], "T"), [odd], Format.CSV, None)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("a\nx\n", "ACC-01 (query) years.csv line 3: Odd. Look\n")
    wrong = Finding("ACC-02", Severity.MUST_FIX, "years.csv", None, "", "", "Wrong", "Mend", ())
    with pytest.raises(typer.Exit) as ended:
        account._tell(Table.of(("a",), [], "T"), [wrong], Format.CSV, None)
    assert ended.value.exit_code == 1 and capsys.readouterr().err == "ACC-02 (must_fix) Wrong. Mend\n"


def test_a_table_goes_whole_into_a_file_or_not_at_all(tmp_path):
    table = Table.of(("a",), [("x",)], "T")
    show(table, Format.CSV, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text() == "a\nx\n" and [one.name for one in tmp_path.iterdir()] == ["t.csv"]
    for path, says in ((tmp_path, "This is a folder"), (tmp_path / "none" / "t.csv", "The folder is missing")):
        with pytest.raises(InputError, match=says):
            write_whole(path, b"x")


@pytest.mark.parametrize(
    ("text", "years", "says"),
    [
        ("2017:2019", [2017, 2018, 2019], ""),
        ("2024", [2024], ""),
        ("2016:2017", [], "2016:2017 goes beyond what is published"),
        ("2024:2025", [], "2024:2025 goes beyond what is published"),
        ("2019:2017", [], "'2019:2017' is no span of years"),
        ("2019:", [], "'2019:' is no span of years"),
    ],
)
def test_a_span_of_years_within_what_is_published(text, years, says):
    if not says:
        assert backtest._span(text, "--origins", range(2017, 2025)) == years
        return
    with pytest.raises(InputError, match=says) as refused:
        backtest._span(text, "--origins", range(2017, 2025))
    assert str(refused.value.where) == "--origins"
    assert refused.value.remedy in ("Choose between 2017 and 2024", "Write it as 2017:2024, or one number")


def test_the_usual_origins_are_the_newest_januaries(monkeypatch):
    monkeypatch.setattr(whole, "latest_january", lambda published: 2024)
    assert whole.usual_origins(None) == list(range(2024 - whole.USUAL_ORIGINS + 1, 2025))


def test_a_kind_that_fills_no_template_is_refused_at_its_option(tmp_path):
    done = run("report", "examples/kent", "--kind", "board", "--template", "a.xlsx", "--out", tmp_path / "out")
    assert done.code == 2 and done.err.startswith("--template: This kind fills no template. Give --kind ")


def test_the_list_of_levers_has_every_column_for_programs():
    done = run("forecast", "levers", "--format", "csv")
    assert done.out.splitlines()[0] == (
        "lever,title,unit,least,most,duty,affects,field,help,kind,required,default,choices,example"
    )


def test_one_command_is_found_by_its_first_words_and_none_by_others():
    """Only its own file is imported: a start costs what it uses."""
    words = {name: command_named(name.split()) and " ".join(command_named(name.split()).words) for name in TYPED}
    assert words == TYPED


TYPED = {
    "account": "account", "account kent": "account", "forecast": "forecast", "forecast goal": "forecast goal",
    "forecast goal kent": "forecast goal", "office person add": "office person add", "office": None, "--help": None,
    "office person": None, "next-report": "next-report", "no such": None, "": None, "_sen2": None,
}  # fmt: skip


def test_a_group_by_itself_and_nothing_at_all_show_what_there_is():
    for words, names in (
        ((), ("account", "caseload", "synthesise")),
        (("caseload",), ("accept", "check", "corrections")),
    ):
        done = run(*words)
        shown = [line.split()[1] for line in (done.out + done.err).splitlines() if line[2:3].isalpha()]
        assert set(names) <= set(shown) and done.code in (0, 2), done


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (PermissionError(13, "Permission denied", "a.csv"), "a.csv: Permission denied. Check that "),
        (OSError(28, "No space left on device"), "No space left on device. Check that "),
        (OSError("the disk is full"), "the disk is full. Check that "),
        (OSError(), "A file could not be read or written. Check that "),
    ],
)
def test_what_the_system_says_of_a_file_is_a_sentence(monkeypatch, problem, says):
    def refuse(*_, **__):
        raise problem

    monkeypatch.setattr("highneeds.run.gather", refuse)
    done = run("portfolio", "place")
    remedy = "it is there, that it may be read or written, and that the disk has room.\n"
    assert (done.code, done.out, done.err) == (2, "", says + remedy)
