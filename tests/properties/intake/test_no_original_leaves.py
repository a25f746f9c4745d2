"""A return with marked names, postcodes, UPNs, birth dates and free text: nothing of them in anything made of it."""

import io
import pickle
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from cli_runner import run
from highneeds.caseload import from_return
from highneeds.caseload.store import as_files
from highneeds.intake.privacy import open_key
from highneeds.intake.sen2.read import read_sen2
from highneeds.intake.sen2.rows import MODULES, Return
from highneeds.invented.caseload.forms import write_blade, write_template, write_workbook, write_xml
from sen2_tables import KEY, tables, write_establishments

MARK = "Qvzxk"
PEOPLE = 30
FORMS = ("csv", "xml", "template", "workbook")


@pytest.fixture(scope="module")
def council():
    found = dict(tables(PEOPLE, marked=MARK))
    shifted = pl.when(pl.int_range(pl.len()) < 4).then(pl.lit(f"{MARK} Street"))
    found["placements"] = found["placements"].with_columns(
        pl.lit(f"lives with {MARK}").alias("sensettingother"),
        shifted.otherwise(pl.col("sensetting")).alias("sensetting"),
    )
    found["persons"] = found["persons"].with_columns(
        pl.when(pl.int_range(pl.len()) < 4).then(pl.lit(MARK.upper())).otherwise(pl.col("sex")).alias("sex")
    )
    return found


@pytest.fixture(params=FORMS)
def files(request, council, tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    writers = {
        "csv": lambda: write_blade(council, 2025, folder, date(2025, 2, 1)),
        "xml": lambda: write_xml(council, 2025, folder / "r.xml"),
        "template": lambda: write_template(council, 2025, folder / "t.xlsx"),
        "workbook": lambda: write_workbook(council, 2025, folder / "w.xlsx"),
    }
    writers[request.param]()
    return folder


def originals(council) -> set[str]:
    """What must appear nowhere, in any case of its letters."""
    people = council["persons"]
    births = people["personbirthdate"]
    texts = {MARK, *people["upn"].to_list(), *people["postcode"].to_list()}
    texts |= {shown for day in births.to_list() for shown in (day.isoformat(), f"{day:%Y-%b-%d}", f"{day:%d/%m/%Y}")}
    columns = [column for module in MODULES[1:] for column in council[module].iter_columns()]
    others = {day for column in columns if column.dtype == pl.Date for day in column}
    return {text.casefold() for text in texts if text} - {day.isoformat() for day in others if day}


def assert_none_of(found: str, texts: set[str], where: str) -> None:
    folded = found.casefold()
    held = [text for text in texts if text in folded]
    assert not held, f"{where} holds {len(held)} originals"


def everything_in(return_: Return) -> str:
    """Each value of the return, its notes, unreadable cells and header."""
    frames = [return_.module(module) for module in MODULES] + [return_.unreadable]
    with pl.Config(tbl_rows=-1, tbl_cols=-1, fmt_str_lengths=1000):
        texts = [frame.write_csv() for frame in frames]
    people = repr(list(return_.people())) + repr([list(return_.rows(module)) for module in MODULES])
    return "\n".join([*texts, repr(return_), repr(return_.notes), people])


def test_nothing_of_a_return_is_kept(council, files: Path) -> None:
    return_ = read_sen2(files, key=KEY)
    texts = originals(council)
    found = everything_in(return_)
    births = {text for text in texts if text[:2] in ("19", "20") and text.count("-") == 2}
    months = {text for text in births if text.endswith("-01")}  # a month's first day is how a birth month is written
    assert_none_of(found, texts - months, "the return")
    assert return_.unreadable.height >= 4


def test_nothing_is_in_what_is_pickled_or_stored(council, files: Path) -> None:
    return_ = read_sen2(files, key=KEY)
    texts = {text.encode() for text in originals(council) if len(text) > 4 and not text[0].isdigit()}
    stored = pickle.dumps(return_).lower()
    assert not [text for text in texts if text in stored]
    _, kept = as_files(from_return(return_))
    for name, data in kept.items():
        if name.endswith(".parquet"):
            data = pl.read_parquet(io.BytesIO(data)).write_csv().encode().lower()
        assert not [text for text in texts if text in data.lower()], name


def test_nothing_is_in_what_the_commands_print_and_write(council, files: Path, tmp_path: Path) -> None:
    schools = write_establishments(tmp_path / "gias.csv", PEOPLE)
    texts = {text for text in originals(council) if not text[0].isdigit()}
    for words in (["caseload", "check", str(files)], ["indicators", "--caseload", str(files)]):
        for format_ in ("text", "json", "csv"):
            result = run(*words, "--establishments", schools, "--format", format_)
            assert result.out
            assert_none_of(result.out + result.err, texts, " ".join(words[:2]))


def test_case_ids_go_to_their_own_file_alone(council, tmp_path: Path) -> None:
    folder, workspace = tmp_path / "given", tmp_path / "workspace"
    folder.mkdir()
    workspace.mkdir()
    write_blade(council, 2025, folder, date(2025, 2, 1))
    key = open_key(tmp_path / "private" / "linkage.key", away_from=workspace)
    cases = tmp_path / "private" / "cases.csv"
    return_ = read_sen2(folder, key=key, case_ids=cases, away_from=workspace)
    kept = pl.read_csv(cases, infer_schema=False)
    linked = return_.persons.filter(pl.col("linkage_key").is_not_null())
    assert kept.height == linked["linkage_key"].n_unique()
    assert set(kept["case_id"]) <= {str(number) for number in council["persons"]["persontableid"]}
    assert list(workspace.iterdir()) == []
