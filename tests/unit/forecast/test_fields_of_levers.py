"""Every field of a scenario is checked when it is read, with its file and line."""

import pytest

from highneeds.forecast.levers import kinds
from highneeds.forecast.scenarios import parse_scenario, read_scenario
from highneeds.forecast.state import SETTINGS
from highneeds.vocabulary.errors import InputError

OPENING = dict(
    lever="school_opening", low="0.5", central="0.7", high="0.9", starts="2027-09", school="New", places="[60]"
)
LINE = {name: number for number, name in enumerate(OPENING, start=2)}


def scenario(folder, **changed):
    fields = OPENING | changed
    lines = [f"  {'-' if name == 'lever' else ' '} {name}: {value}" for name, value in fields.items()]
    path = folder / "try.yaml"
    path.write_text("levers:\n" + "\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("places", "soon"),
        ("places", "[60, many]"),
        ("places", "60"),
        ("school", "[[1]]"),
        ("low", "a tenth"),
        ("low", ".nan"),
        ("high", ".inf"),
        ("central", "true"),
    ],
)
def test_a_field_of_another_type_is_refused_at_its_line(tmp_path, field, written):
    path = scenario(tmp_path, **{field: written})
    with pytest.raises(InputError) as refused:
        read_scenario(path)
    assert str(refused.value.where) == f"{path} line {LINE[field]}"
    assert f"{field} cannot be read" in refused.value.what


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (dict(starts="2025-02-30"), "is not a month"),
        (dict(places="[-1]"), "places must lie between"),
        (dict(first_age="12", last_age="11"), "ages 12 to 11"),
        (dict(last_age="26"), "ages 4 to 26"),
        (dict(needs="[unheard_of]"), "is not a need"),
        (dict(terms_to_full="-1"), "terms_to_full must lie between"),
    ],
)
def test_what_cannot_be_is_refused_at_its_lever(tmp_path, changed, said):
    path = scenario(tmp_path, **changed)
    with pytest.raises(InputError, match=said) as refused:
        read_scenario(path)
    assert str(refused.value.where) == f"{path} line 2"


def test_the_last_that_can_be_is_taken(tmp_path):
    assert read_scenario(scenario(tmp_path, first_age="12", last_age="12", places="[0]", terms_to_full="0")).levers


def test_a_forecast_carries_so_many_schools_and_no_more(tmp_path):
    def many(count):
        one = "{lever: school_opening, low: 0.5, central: 0.7, high: 0.9, starts: 2027-09, school: S%d, places: [10]}"
        path = tmp_path / "many.yaml"
        path.write_text("levers:\n" + "".join(f"  - {one % number}\n" for number in range(count)))
        return path

    most = 64 - len(SETTINGS)
    assert len(read_scenario(many(most)).levers) == most
    with pytest.raises(InputError, match=f"names {most + 1} schools, and a forecast carries at most {most}"):
        read_scenario(many(most + 1))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("levers:\n- request_rate:\n    low: 1\n", 2),
        ("title: x\nlevers: 5\n", 2),
        ("levers:\n- 5\n", 1),
        ("levers: []\ntitles: x\n", 2),
        ("", 1),
    ],
)
def test_a_scenario_that_is_none_is_refused_at_its_line(text, line):
    with pytest.raises(InputError) as refused:
        parse_scenario(text.encode(), "slower.yaml")
    assert str(refused.value.where).startswith(f"slower.yaml line {line}")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_a_field_that_a_lever_needs_is_missed_by_its_name(kind):
    """With what every lever has, and nothing else: it is made, or says in a sentence what it lacks."""
    for given in ({}, dict(low=0.5, central=0.5, high=0.5, starts="2027-09")):
        try:
            kind.make(given, "try.yaml line 2")
        except InputError as problem:
            assert str(problem.where) == "try.yaml line 2"
        else:
            assert given


@pytest.mark.parametrize("left_out", ["school", "places", "starts", "central"])
def test_an_opening_without_a_field_is_refused(tmp_path, left_out):
    path = scenario(tmp_path)
    path.write_text("\n".join(line for line in path.read_text().split("\n") if f" {left_out}:" not in line))
    with pytest.raises(InputError, match=f"lacks the field {left_out}"):
        read_scenario(path)
