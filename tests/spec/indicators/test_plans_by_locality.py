"""Plans by the council's own areas: a postcode is looked up at the door and goes no further, and no area goes out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import highneeds
from cli_runner import run
from highneeds.caseload import Caseloads
from highneeds.caseload.store import as_files
from highneeds.indicators.mechanism.further import by_locality
from highneeds.intake.localities import Localities, area_of_postcodes, read_localities, with_areas_of_schools
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from people_by_hand import caseload, child

AREAS = Localities({"ME1": "Medway towns", "ME10": "Swale"}, {"100001": "Thanet"})
SOURCE = Path(highneeds.__file__).parent
HEAD = "outward_part,urn,area\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    """A workspace with areas for most outward parts of an invented return, which lies beside it."""
    folder = tmp_path_factory.mktemp("areas")
    words = ("--as-at", "2024-01-18", "--scale", 0.02, "--out", folder / "return")
    assert run("synthesise", "--council", "302", *words).code == 0
    assert run("new", folder / "barnet", "--council", "302").code == 0
    rows = [f"ZZ{number},,North" for number in range(1, 10)] + [f"zz {number},,South" for number in range(10, 20)]
    (folder / "barnet" / "localities.csv").write_text(HEAD + "\n".join(rows) + "\n")
    return folder


@pytest.mark.parametrize(
    ("postcode", "area"),
    [
        ("ME10 1AA", "Swale"),
        ("ME101AA", "Swale"),
        ("ME1 0AA", "Medway towns"),  # the last three signs are the inward part
        ("ME11 1AA", None),  # not in the table
        ("ME10", None),  # no whole postcode: it might be ME1 0..
        (None, None),
    ],
)
def test_the_area_of_a_postcode(postcode, area):
    assert area_of_postcodes(pl.Series([postcode], dtype=pl.String), AREAS).to_list() == [area]


def test_who_has_no_area_by_postcode_has_that_of_the_last_main_school():
    persons = pl.DataFrame({"person": [0, 1, 2], "locality": ["Swale", None, None]})
    placements = pl.DataFrame(
        {
            "person": [0, 1, 1, 2],
            "rank": [1, 1, 1, 2],
            "entry_date": [date(2023, 9, 1), date(2022, 9, 1), date(2023, 9, 1), date(2023, 9, 1)],
            "urn": ["100001", "999999", "100001", "100001"],
        }
    )
    assert with_areas_of_schools(persons, placements, AREAS)["locality"].to_list() == ["Swale", "Thanet", None]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("ME10 1AA,,Swale", "not the outward part of a postcode"),
        ("ME10,100001,Swale", "one of them alone"),
        (",,Swale", "one of them alone"),
        (",12AB,Swale", "not a URN"),
        ("ME10,,", "The area is empty"),
        ("ME9,,Swale\nme9,,Medway", "stands there already"),
    ],
)
def test_a_table_that_is_not_one_is_refused_without_its_postcode(tmp_path, row, words):
    path = tmp_path / "localities.csv"
    path.write_text(HEAD + row + "\n")
    with pytest.raises(InputError, match=words) as found:
        read_localities(path)
    assert "localities.csv line" in str(found.value) and "1AA" not in str(found.value)


def test_plans_in_force_are_counted_by_area():
    people = [replace(child(), locality="Swale"), replace(child(), locality="Swale"), child()]
    people.append(replace(child(end="2024-12-01"), locality="Thanet"))
    rows = by_locality(Caseloads.of([caseload(*people)]), [Month(2025, 1), Month(2025, 2)]).records()
    assert [(row["period"], row["group"], row["count"], row["state"]) for row in rows] == [
        ("2025-01", "Swale", 2, "computed"),
        ("2025-01", "not recorded", 1, "computed"),
        ("2025-02", "", None, "unavailable"),
    ]


def test_an_accepted_return_keeps_the_area_and_not_the_postcode(workspace: Path):
    words = (workspace / "return", "--workspace", workspace / "barnet", "--by", "SEND data")
    listed = ("--establishments", workspace / "return" / "establishments.csv")
    assert run("caseload", "accept", *words, *listed).code == 0
    done = run("indicators", workspace / "barnet", "--further", "locality", "--from", "2024-01", "--to", "2024-01")
    assert done.code == 0 and "North" in done.out and "South" in done.out and "not recorded" in done.out
    kept = list((workspace / "barnet" / "caseload" / "accepted").rglob("*.parquet"))
    assert kept
    for path in kept:
        frame = pl.read_parquet(path)
        texts = frame.select(pl.col(pl.String)).unpivot()["value"].drop_nulls()
        assert not texts.str.contains(r"^ZZ[0-9]").any(), path.name


def test_the_area_is_read_beside_a_return_that_was_not_accepted(workspace: Path):
    words = ("--caseload", workspace / "return", "--further", "locality", "--from", "2023-12", "--to", "2023-12")
    assert "North" in run("indicators", workspace / "barnet", *words).out
    alone = run("indicators", *words)
    assert alone.code == 0 and "North" not in alone.out and "not recorded" in alone.out


DOORS = {
    "intake/localities.py",
    "intake/privacy.py",
    "intake/sen2/rows.py",
    "caseload/caseload.py",
    "caseload/store.py",
}
TABLES = {"indicators/mechanism/further.py", "indicators/mechanism/dashboard.py"}


def test_no_document_page_or_return_reads_what_is_for_the_council_alone():
    """Area and ethnic group are named by the door, the kept caseload and the internal tables alone."""
    for path in SOURCE.rglob("*.py"):
        name, text = path.relative_to(SOURCE).as_posix(), path.read_text("utf-8")
        if name not in TABLES:
            assert "mechanism.further" not in text, name
        if name not in TABLES | DOORS:
            assert '"locality"' not in text and '"ethnicity_group"' not in text and ".locality" not in text, name


def test_the_figures_of_a_caseload_are_the_same_with_and_without_areas():
    with_area, without = (caseload(replace(child(), locality=area)) for area in ("Swale", None))
    for frame in ("plans", "placements", "requests"):
        assert getattr(with_area, frame).equals(getattr(without, frame))
    assert as_files(with_area)[0] != as_files(without)[0]
