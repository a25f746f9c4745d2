"""A refusal carries its place and what it lacks as data, and prints them as one sentence."""

import io
import pickle
from dataclasses import replace
from types import SimpleNamespace
from unittest.mock import MagicMock, Mock

import pytest

from highneeds.forecast.levers import kind_named
from highneeds.forecast.scenarios import parse_scenario
from highneeds.forecast.summary import __main__ as background
from highneeds.forecast.summary import in_background
from highneeds.intake.csvfile import parse_csv
from highneeds.intake.values import number
from highneeds.intake.workspace.given import known_condition
from highneeds.intake.yamlfile import parse_yaml
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source


def listed(text, *, required=("a",), optional=("b",)):
    return parse_csv(text, "a.csv", required, optional=optional)


def cell(text):
    row = listed(f"a,b\n{text},2\n").rows[0]
    return number(row["a"], row.place("a"))


def condition(text):
    return known_condition(listed(f"condition\n{text}\n", required=("condition",), optional=()).rows[0], {1, 2})


def entry(text, *keys):
    return parse_yaml(text, "a.yaml").check_keys(("title", *keys))


REFUSALS = [
    # what was given                              | file     | line | column    | what it lacks   | in which other file
    (lambda: cell("soon"), "a.csv", 2, "a", (), ()),
    (lambda: listed("a\n1\n", required=("a", "c"), optional=None), "a.csv", 1, "", ("c",), ()),
    (lambda: listed("a,a\n1,2\n"), "a.csv", 1, "", (), ()),
    (lambda: listed("a,b\n1,2\n1,2,3\n"), "a.csv", 3, "", (), ()),
    (lambda: listed('a,b\n1,"2\n3\n'), "a.csv", 2, "", (), ()),
    (lambda: listed(""), "a.csv", None, "", (), ()),
    (lambda: condition(3), "a.csv", 2, "condition", ("3",), ("agreement.yaml",)),
    (lambda: entry("# first\nnote: x\n"), "a.yaml", 2, "", (), ()),
    (lambda: entry("title: x\n", "number"), "a.yaml", 1, "", ("number",), ()),
    (lambda: parse_yaml("a: 1\nb: [\n", "a.yaml"), "a.yaml", 3, "", (), ()),
    (lambda: parse_scenario(b"title: x\n", "s.yaml"), "s.yaml", 1, "", ("levers",), ()),
    (lambda: parse_scenario(b"title: x\nlevers:\n- low: 1\n", "s.yaml"), "s.yaml", 3, "", ("lever",), ()),
    (lambda: parse_scenario(b"title: x\nlevers: [1]\n", "s.yaml"), "s.yaml", 2, "", ("lever",), ()),
    (lambda: kind_named("other", Source("s.yaml", 4)), "s.yaml", 4, "", (), ()),
]


@pytest.mark.parametrize(("given", "file", "line", "column", "lacks", "lacks_in"), REFUSALS)
def test_a_refusal_knows_its_place_and_what_it_lacks(given, file, line, column, lacks, lacks_in):
    with pytest.raises(InputError) as refused:
        given()
    problem = refused.value
    assert problem.where == Source(file, line, column=column)
    assert (problem.lacks, problem.lacks_in) == (lacks, lacks_in)


@pytest.mark.parametrize(
    ("where", "printed"),
    [
        ("", "It is late. Send it."),
        ("--by", "--by: It is late. Send it."),
        (Source("a.csv"), "a.csv: It is late. Send it."),
        (Source("a.csv", 3), "a.csv line 3: It is late. Send it."),
        (Source("a.csv", 3, column="value"), "a.csv line 3, column value: It is late. Send it."),
        (Source("update.md", 3, place="update.md:3"), "update.md:3: It is late. Send it."),
    ],
)
def test_a_refusal_prints_its_place_first(where, printed):
    assert str(InputError("It is late.", where=where, remedy="Send it")) == printed


def test_a_refusal_is_whole_after_another_process_has_met_it():
    problem = InputError("No", where=Source("a.csv", 3, column="b"), remedy="Go", lacks=("x",), lacks_in=("b.csv",))
    again = pickle.loads(pickle.dumps(problem))
    assert vars(again) == vars(problem) and str(again) == str(problem) == "a.csv line 3, column b: No. Go."


def test_a_refusal_of_the_forecast_in_the_background_comes_over_whole(monkeypatch, capsys):
    """That process writes what it refuses as JSON, and whoever waits for it raises the same."""
    problem = InputError("No", where=Source("a.csv", 3, column="b"), remedy="Go", lacks=("x",), lacks_in=("b.csv",))
    asked = SimpleNamespace(of=Mock(side_effect=problem))
    monkeypatch.setattr(background, "ForecastTask", asked)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(SystemExit) as ended:
        background.main()
    process = MagicMock(returncode=ended.value.code)
    process.communicate.return_value = (capsys.readouterr().out, "")
    with pytest.raises(InputError) as again:
        in_background._answered(process)
    assert vars(again.value) == vars(problem)


def test_two_places_are_one_where_file_line_and_column_are():
    at = Source("a.csv", 3, column="b")
    assert at == replace(at, place="a.csv:3") and at != replace(at, column="c") and at != replace(at, line=4)
