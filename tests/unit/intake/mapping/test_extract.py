"""A case system's extract read by a saved mapping."""

from datetime import date
from pathlib import Path

import pytest

from highneeds.intake.mapping.extract import UnknownValue, read_extract, unknown_values
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


SURNAMES = [f"{first}{last}" for first in ("Kha", "Boy", "Mal", "Smi", "Ng") for last in ("n", "d", "ek", "th", "ira")]


def test_a_wrong_column_is_told_by_shape_and_count_and_nobodys_name_is(extract: Path) -> None:
    """Boyd and Malek are like boy and male; in a column of so many values nothing is a wording."""
    rows = [f"C{number},01/09/2012,,{name},UN3" for number, name in enumerate(SURNAMES * 4)]
    (extract / "extract" / "children_2024-10.csv").write_text("\n".join([CHILDREN.splitlines()[0], *rows]))
    _, unknown = read(extract)
    sentences = "\n".join(unknown_values([one for one in unknown if one.item == "sex"]))
    assert "a value of the form aaaa stands for no sex yet, in 4 rows. It is not shown" in sentences
    assert "5 more values in 20 rows stand for no sex" in sentences
    assert not any(name in sentences for name in SURNAMES)


def test_a_wording_of_many_rows_is_shown_and_a_upn_never(extract: Path) -> None:
    upns = [f"C{number},01/09/2012,,Male,A123456789012" for number in range(50)]
    wordings = [f"C{number},01/09/2012,,Not told,UN3" for number in range(50, 60)]
    (extract / "extract" / "children_2024-10.csv").write_text("\n".join([CHILDREN.splitlines()[0], *upns, *wordings]))
    sentences = " ".join(unknown_values(read(extract)[1]))
    assert "'Not told' stands for no sex yet, in 10 rows" in sentences
    assert "A123456789012" not in sentences and "a value of the form a999999999999" in sentences
