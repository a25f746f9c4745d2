"""A council's children from the files received to the last document: no original stands in anything that is written.

Everything a council would do is done with the commands, on a return whose names, postcodes, UPNs, ULNs and birth dates
are known; then every file in every folder that was written to is opened, also those packed in others, and searched.
"""

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from cli_runner import run
from highneeds.intake.ledger.commitments import COLUMNS
from highneeds.invented.caseload.forms import pack, write_blade
from sen2_tables import tables, write_establishments

MARK = "Qvzxk"
PEOPLE = 90
FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%Y-%b-%d", "%d %b %Y", "%d %B %Y", "%Y%m%d")


def marked() -> dict[str, pl.DataFrame]:
    """A return of no `synthesise`, with some cells in the wrong column as after a slip in a spreadsheet."""
    found = dict(tables(PEOPLE, marked=MARK))
    slipped = pl.int_range(pl.len()) < 4
    found["persons"] = found["persons"].with_columns(
        pl.when(slipped).then(pl.lit(f"{MARK} Sex")).otherwise(pl.col("sex")).alias("sex"),
        pl.format("99{}", pl.int_range(10_000_000, 10_000_000 + pl.len())).alias("uniquelearnernumber"),
        pl.Series("personbirthdate", births(), dtype=pl.Date),
    )
    found["placements"] = found["placements"].with_columns(
        pl.lit(f"lives with {MARK}").alias("sensettingother"),
        pl.when(slipped).then(pl.lit(f"{MARK} Street")).otherwise(pl.col("sensetting")).alias("sensetting"),
    )
    found["header"] = found["header"].with_columns(pl.lit("CASESYSTEM").alias("softwarecode"))
    return found


def births() -> list[date]:
    """Days on which nothing else of the return happens, so that finding one can mean nothing else; none is a first."""
    return [date(2003 + number % 14, 1 + number % 12, 2 + number % 26) for number in range(PEOPLE)]


def originals(council: dict[str, pl.DataFrame]) -> set[str]:
    people = council["persons"]
    texts = {MARK, MARK.upper(), MARK.lower()}
    for column in ("upn", "postcode", "uniquelearnernumber"):
        texts |= {text for text in people[column] if text}
    days = set(births()) - dated(council)
    assert len(days) > PEOPLE // 2
    return texts | {day.strftime(form) for day in days for form in FORMS}


def dated(council: dict[str, pl.DataFrame]) -> set[date]:
    """Days that stand in the return as something else too."""
    columns = [column for name, frame in council.items() for column in frame.iter_columns() if name != "persons"]
    return {day for column in columns if column.dtype == pl.Date for day in column if day}


@pytest.fixture(scope="module")
def council() -> dict[str, pl.DataFrame]:
    return marked()


@pytest.fixture(scope="module")
def written(kent, council, tmp_path_factory) -> Path:
    """Everything a council does with a return, and all that the commands print, in one folder."""
    home = tmp_path_factory.mktemp("council")
    given, made = tmp_path_factory.mktemp("given"), home / "made"
    made.mkdir()
    write_blade(council, 2025, given, date(2025, 2, 1))
    schools = write_establishments(given / "establishments.csv", PEOPLE)
    workspace = home / "kent"
    shutil.copytree(kent, workspace, ignore=shutil.ignore_patterns("caseload", "establishments.csv"))
    shutil.copy(schools, workspace / "establishments.csv")
    key = tmp_path_factory.mktemp("private") / "linkage.key"
    files = sorted(given.glob("Blade*.csv"))
    check = ("caseload", "check", *files, "--establishments", schools, "--workspace", workspace, "--key", key)
    said = [run(*check, "--xlsx", made / "by-owner.xlsx")]
    said += [run(*check, "--format", form, "--out", made / f"findings.{form}") for form in ("csv", "json", "text")]
    accept = ("caseload", "accept", *files, "--workspace", workspace, "--by", "Head of SEN", "--key", key)
    said += [run(*accept), run(*check)]  # checked once more against what was accepted
    for words in (("--as", "both"), ("--pipeline",), ("--restated",)):
        said.append(run("indicators", workspace, *words, "--out", made / f"{words[-1]}.csv", "--format", "csv"))
    said.append(run("indicators", "--caseload", *files, "--establishments", schools))
    said += [accept_postings(council, workspace, given, key), *read_by_a_wrong_mapping(council, workspace, given, key)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("highneeds.run.DRAWS", 20)  # a child would stand in the files of few futures as of many
        said.append(run("run", workspace, "--out", home / "out" / "kent"))
    assert all(one.code in (0, 1) for one in said), [one.err for one in said if one.code not in (0, 1)]
    (made / "printed.txt").write_text("\n".join(one.out + one.err for one in said), "utf-8")
    return home


def accept_postings(council: dict[str, pl.DataFrame], workspace: Path, given: Path, key: Path):
    """A ledger whose rows and whose file name children, and a commitment book that is read beside it."""
    people = council["persons"].head(20)
    rows = zip(people["upn"], people["surname"], people["postcode"], strict=True)
    lines = [f"{upn} {place},{upn},{MARK} {name},C1,2024-25,1,7001,5" for upn, name, place in rows]
    export = given / f"{MARK} top ups.csv"
    export.write_text("\n".join(("Doc,Child,Payee,Agreed,Year,Per,Code,Net", *lines)))
    columns = "reference: Doc, child: Child, supplier: Payee, commitment: Agreed, year: Year, period: Per, code: Code"
    mapping = given / "ledger.yaml"
    mapping.write_text(f"name: Main\ncolumns: {{{columns}, amount: Net}}\nlines: {{'7001': 1.2.3}}\n")
    (workspace / "finance" / "commitments.csv").write_text(
        ",".join(COLUMNS) + "\nC1,1,1-A,886,Oak House,,active,1.2.3,S1,1,2024-04-01,,,,36500.00,,,,\n"
    )
    joined = ("--workspace", workspace, "--by", "Finance partner", "--key", key)
    return run("ledger", "accept", export, "--mapping", mapping, *joined)


def read_by_a_wrong_mapping(council: dict[str, pl.DataFrame], workspace: Path, given: Path, key: Path):
    """Surnames as sex, UPNs as the reason for having none."""
    folder = given / "extract"
    folder.mkdir()
    council["persons"].select("upn", "surname", "personbirthdate").with_columns(
        pl.int_range(pl.len()).alias("child")
    ).write_csv(folder / "children.csv")
    (folder / "cases.csv").write_text("case,child,asked\n1,0,2024-03-05\n")
    mapping = given / "extract.toml"
    mapping.write_text(
        'name = "Casework"\nversion = 1\nlayout = 2025\n'
        '[[tables]]\nfile = "children.csv"\nmodule = "persons"\nid = "child"\n'
        'columns = { sex = "surname", upnunknown = "upn", personbirthdate = "personbirthdate" }\n'
        '[[tables]]\nfile = "cases.csv"\nmodule = "requests"\nid = "case"\nparent = "child"\n'
        'columns = { receiveddate = "asked" }\n'
    )
    words = ("caseload", "check", folder, "--mapping", mapping, "--as-at", "2025-01-16", "--key", key)
    yield run(*words, "--workspace", workspace, "--format", "csv")


def parts_of(name: str, data: bytes) -> dict[str, str]:
    """What can be read in a file, by name: packed files unpacked, Parquet as its rows, a PDF as its text."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inner = {f"{name}!{one}": archive.read(one) for one in archive.namelist()}
        return {key: text for one, held in inner.items() for key, text in parts_of(one, held).items()}
    texts = {name: data.decode("utf-8", "replace")}
    if data[:4] == b"PAR1":
        texts[f"{name} as rows"] = pl.read_parquet(io.BytesIO(data)).write_csv()
    if data[:4] == b"%PDF":
        words = ["pdftotext", "-layout", "-", "-"]
        texts[f"{name} as text"] = subprocess.run(words, input=data, capture_output=True, check=True).stdout.decode()
    if b"\x00" in data[:64]:
        texts[f"{name} as UTF-16"] = data.decode("utf-16-le", "replace")
    return texts


def held_in(text: str, wanted: list[str]) -> set[str]:
    """Those that stand in a text, all of them looked for at once."""
    return set(pl.Series([text]).str.extract_many(wanted, overlapping=True)[0])


def test_every_way_of_writing_is_among_them(written):
    kinds = {path.suffix for path in written.rglob("*") if path.is_file()}
    assert {".csv", ".json", ".xlsx", ".docx", ".html", ".pdf", ".svg", ".parquet", ".jsonl", ".txt"} <= kinds
    assert len([path for path in written.rglob("*") if path.is_file()]) > 200


def test_no_original_stands_in_any_of_them(written, council, kent):
    wanted = sorted(originals(council))
    texts = (text for path in files_of_workspace(kent) for text in parts_of(path.name, path.read_bytes()).values())
    own = set().union(*(held_in(text, wanted) for text in texts))
    for path in sorted(path for path in written.rglob("*") if path.is_file()):
        name = str(path.relative_to(written))
        assert not held_in(name, wanted), name
        for part, text in parts_of(name, path.read_bytes()).items():
            found = held_in(text, wanted) - own
            assert not found, f"{part} holds {len(found)} originals"


def files_of_workspace(kent: Path) -> list[Path]:
    """What the example's own files hold already, such as the dates of its reports and of its invented books."""
    return [path for path in kent.rglob("*") if path.is_file() and "caseload" not in path.parts]


@pytest.mark.parametrize("kind", ["a name", "a UPN", "a postcode", "a birth date", "packed", "as Parquet"])
def test_the_search_finds_what_there_is(council, tmp_path, kind):
    """Each kind of original, put into a file, is found there."""
    people = council["persons"]
    texts = originals(council)
    birth = next(day for day in births() if day.isoformat() in texts)
    put = {
        "a name": people["surname"][5],
        "a UPN": people["upn"].drop_nulls().filter(people["upn"].drop_nulls() != "")[0],
        "a postcode": people["postcode"][7],
        "a birth date": f"{birth:%d/%m/%Y}",
    }.get(kind, people["surname"][5])
    (tmp_path / "a.txt").write_text(f"row 7: {put}, and so on")
    path = tmp_path / "a.txt"
    if kind == "packed":
        (tmp_path / "inside").mkdir()
        path = shutil.move(path, tmp_path / "inside" / "a.txt")
        path = tmp_path / "a.zip"
        pack(tmp_path / "inside", path)
    if kind == "as Parquet":
        path = tmp_path / "a.parquet"
        pl.DataFrame({"words": [put] * 3}).write_parquet(path)
    assert any(held_in(text, sorted(texts)) for text in parts_of(path.name, path.read_bytes()).values())
