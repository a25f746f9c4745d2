"""A case system's extract read by a saved mapping."""

from datetime import date
from pathlib import Path

import pytest

from highneeds.intake.mapping.extract import UnknownValue, read_extract
from highneeds.intake.mapping.mapping import read_mapping
from highneeds.vocabulary.errors import InputError

MAPPING = """
name = "Casework, monthly"
version = 3
layout = 2025

[[tables]]
file = "children*.csv"
module = "persons"
id = "Child"
columns = { personbirthdate = "Born", upn = "UPN", sex = "Gender", upnunknown = "Why no UPN", caseid = "Child" }
[tables.codes.sex]
Male = "M"
Female = "F"

[[tables]]
file = "cases*.csv"
module = "requests"
id = "Case"
parent = "Child"
columns = { receiveddate = "Asked", requestoutcome = "Agreed?", requestoutcomedate = "Agreed on" }
[tables.codes.requestoutcome]
Agreed = "Y"
"Not agreed" = "N"
"""
CHILDREN = "Child,Born,UPN,Gender,Why no UPN\nC1,01/09/2012,,Male,UN3\nC2,31/08/2012,,Unsure,\n"
CASES = "Case,Child,Asked,Agreed?,Agreed on\n71,C1,05/03/2024,agreed,10/04/2024\n72,C2,06/03/2024,Deferred,\n71,C1,,,\n"


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    (tmp_path / "mapping.toml").write_text(MAPPING)
    folder = tmp_path / "extract"
    folder.mkdir()
    (folder / "children_2024-10.csv").write_text(CHILDREN)
    (folder / "Cases_2024-10.csv").write_text(CASES)
    return tmp_path


def read(extract: Path):
    mapping = read_mapping(extract / "mapping.toml")
    return read_extract(extract / "extract", mapping, as_at=date(2024, 10, 31), council="886", key=b"k" * 32)


def test_columns_and_codes_become_sen2_and_every_unknown_value_is_listed(extract: Path) -> None:
    found, unknown = read(extract)
    assert found.reference_date == date(2024, 10, 31)
    assert found.requests.select("person", "received_date", "outcome", "outcome_date").rows() == [
        (0, date(2024, 3, 5), "Y", date(2024, 4, 10)),
        (1, date(2024, 3, 6), None, None),
    ]
    assert found.persons["school_cohort"].to_list() == [2012, 2011]
    assert set(unknown) == {
        UnknownValue("children_2024-10.csv", "Gender", "sex", "Unsure", 1),
        UnknownValue("Cases_2024-10.csv", "Agreed?", "requestoutcome", "Deferred", 1, "A", "decision yet to be made"),
    }
    assert found.unreadable.select("module", "line", "field").rows() == [
        ("persons", 3, "sex"),
        ("requests", 3, "outcome"),
    ]
    assert found.notes[0].text == "Read by the mapping 'Casework, monthly', version 3"


def test_what_is_not_mapped_is_absent(extract: Path) -> None:
    found, _ = read(extract)
    assert found.carries("requests", "outcome")
    assert not found.carries("requests", "mediation")
    assert not found.carries("named_plans", "start_date")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('module = "requests"', 'module = "request"', "table 2: 'request' is no module"),
        ("receiveddate", "recieved", "'recieved' is no item of requests"),
        ("version = 3", "", "The mapping has no version"),
        ('parent = "Child"', "", r"says not what its rows hang from \(persontableid\)"),
        ('"Asked"', '"Received"', "Cases_2024-10.csv line 1: The column Received is missing"),
        ("cases*.csv", "requests*.csv", r"No file fits 'requests\*.csv' for requests"),
        ("[[tables]]", "[[tables]", "not readable as TOML"),
    ],
)
def test_a_wrong_mapping_is_refused_in_a_sentence(extract: Path, old: str, new: str, message: str) -> None:
    (extract / "mapping.toml").write_text(MAPPING.replace(old, new))
    with pytest.raises(InputError, match=message):
        read(extract)
