"""The list of schools by hand: types and classes, the open one of several, and the class of each kind of placement."""

from datetime import date

import polars as pl
import pytest

from highneeds.intake.establishments import TYPES, classify, read_establishments
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.setting import SettingClass
from memory_store import MemoryStore

HEAD = "URN,UKPRN,EstablishmentName,TypeOfEstablishment (name),TypeOfResourcedProvision (name),"
HEAD += "FurtherEducationType (name),SchoolCapacity,OpenDate,CloseDate,Other\n"


def schools(text, name=""):
    return read_establishments(documents(MemoryStore({"gias.csv": text.encode("cp1252")})) / "gias.csv", name)


def test_each_column_of_the_list():
    found = schools(HEAD + " 1 ,10,St Thérèse,Community school, ,,0,01-09-2001,,x\n2,,B,x,RP,,-1,soon,2020-01-02,\n")
    assert found.file == "gias.csv"
    assert found.frame.to_dicts() == [
        {
            "urn": "1", "ukprn": "10", "name": "St Thérèse", "type": "Community school", "resourced_provision": None,
            "further_education_type": None, "capacity": 0, "opens": date(2001, 9, 1), "closes": None, "line": 2,
            "setting_class": "MsMdA", "unreadable": [],
        },
        {
            "urn": "2", "ukprn": None, "name": "B", "type": "x", "resourced_provision": "RP",
            "further_education_type": None, "capacity": None, "opens": None, "closes": date(2020, 1, 2), "line": 3,
            "setting_class": "unclassed", "unreadable": ["SchoolCapacity", "OpenDate"],
        },
    ]  # fmt: skip


def test_a_list_without_urn_is_refused_and_other_columns_may_be_absent():
    with pytest.raises(InputError) as refused:
        schools("UKPRN\n1\n", "the list")
    assert refused.value.sentence == "the list line 1: The column URN is missing. Give the GIAS extract as published."
    found = schools("urn\n1\n")
    assert found.frame["setting_class"].to_list() == ["unclassed"] and found.frame["ukprn"].to_list() == [None]


def test_the_class_of_each_type():
    types = [(setting, name) for setting, names in TYPES.items() for name in names]
    rows = "".join(f'{n},,,"{name.upper()}",,,,,,\n' for n, (_, name) in enumerate(types))
    assert schools(HEAD + rows).frame["setting_class"].to_list() == [setting.value for setting, _ in types]
    further = "1,,,Further education,,Sixth Form College (General),,,,\n2,,,Further education,,General,,,,\n"
    further += "3,,,Community school,,sixth form college,,,,\n"
    assert schools(HEAD + further).frame["setting_class"].to_list() == ["6FC", "GFE", "MsMdA"]


LIST = HEAD + (
    "1,10,A,Academy converter,,,,,,\n2,11,B,Special post 16 institution,,,,,01-01-2010,\n"
    "3,11,C,Community special school,,,,,,\n3,12,D,Other independent school,,,,,01-01-2010,\n"
)
PLACED = ("urn", "ukprn", "sensetting", "sen_unit", "resourced_provision")


@pytest.mark.parametrize(
    ("cells", "with_list", "without"),
    [
        (("1", None, None, None, None), ("MsMdA", True), ("unclassed", None)),
        (("1", None, "OLA", True, None), ("SENU", True), ("unclassed", None)),
        (("1", None, None, True, True), ("RP", True), ("unclassed", None)),
        (("3", None, None, True, True), ("SpMdA", True), ("unclassed", None)),
        ((None, "10", None, False, True), ("RP", True), ("unclassed", None)),
        ((None, "11", None, None, None), ("SpMdA", True), ("unclassed", None)),
        (("2", "10", None, None, None), ("SP16", True), ("unclassed", None)),
        (("9", "10", "OLA", None, None), ("unclassed", False), ("unclassed", None)),
        ((None, "99", None, None, None), ("unclassed", False), ("unclassed", None)),
        ((None, None, "EHE", None, None), ("EHE", None), ("EHE", None)),
        ((None, None, "XXX", None, None), ("unclassed", None), ("unclassed", None)),
        ((None, None, None, True, True), (None, None), (None, None)),
    ],
)
def test_the_class_of_a_placement(cells, with_list, without):
    dtypes = dict(zip(PLACED, [pl.String] * 3 + [pl.Boolean] * 2, strict=True))
    rows = pl.DataFrame([cells], schema=dtypes, orient="row")
    assert classify(rows, schools(LIST)).rows() == [with_list] and classify(rows, None).rows() == [without]
    assert SettingClass.UNCLASSED.value == "unclassed"
