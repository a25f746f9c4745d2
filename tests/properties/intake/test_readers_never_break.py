"""Whatever is handed in: a return, or one sentence. No crash, no hang, no flood of memory."""

import io
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from highneeds.intake.establishments import read_establishments
from highneeds.intake.mapping.extract import read_extract
from highneeds.intake.mapping.mapping import read_mapping
from highneeds.intake.sen2.read import read_returns
from highneeds.intake.sen2.rows import MODULES, SCHEMAS, Return
from highneeds.invented.caseload.forms import write_blade, write_template, write_workbook, write_xml
from highneeds.vocabulary.errors import InputError
from sen2_tables import KEY, tables
from soaking import soak_share

MARK = "Qvzx"
SECONDS = 20
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
LONG = settings(max_examples=soak_share(5_000), deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32)


@cache
def originals() -> dict[str, bytes]:
    """A small return in each form, its files by name."""
    with tempfile.TemporaryDirectory() as folder:
        home, council = Path(folder), tables(6, marked=MARK)
        write_blade(council, 2025, home, date(2025, 2, 1))
        write_xml(council, 2025, home / "return.xml")
        write_template(council, 2025, home / "template.xlsx")
        write_workbook(council, 2025, home / "workbook.xlsx")
        return {path.name: path.read_bytes() for path in sorted(home.iterdir())}


def read_or_sentence(files: dict[str, bytes]) -> None:
    """Read the files; what comes back keeps the promises of a Return, what is refused is refused in a sentence."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        try:
            for return_ in read_returns(Path(folder), key=KEY):
                assert_sound(return_)
        except InputError as refused:
            assert refused.sentence
            assert MARK not in refused.sentence
    assert time.monotonic() - began < SECONDS


def assert_sound(return_: Return) -> None:
    for module in MODULES:
        assert dict(return_.module(module).schema) == SCHEMAS[module]
    assert MARK not in repr(return_)
    assert sum(1 for _ in return_.people()) == return_.persons.height


def some_bytes(data: bytes, rng: random.Random) -> bytes:
    """A few bytes changed, cut out, doubled or put in."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(changed) + 1)
        kind = rng.randrange(12)
        if kind < 5 and changed:
            changed[at % len(changed)] = rng.randrange(32, 256)
        elif kind < 8:
            del changed[at : at + rng.randint(1, 40)]
        elif kind < 10:
            changed[at:at] = rng.choice([b'"', b"\n", b"\r", b"\x00", b",", b"\xff\xfe", b"<", b"&x;", b"]]>", b"\xc3"])
        elif kind == 10:
            changed[at:at] = changed[at : at + rng.randint(1, 400)] * rng.randint(1, 20)
        else:
            changed = changed[:at]
    return bytes(changed)


ODD_CELLS = ("", "x" * 300, "1e9", "-1", "31/02/2020", "9" * 30, "NULL", '"a\nb"', '"a,""b"', "=1", "2024-06-01", "Y")


def some_cells(data: bytes, rng: random.Random) -> bytes:
    """Rows of a CSV file shuffled, cells replaced, columns lost or turned round, the header lost."""
    head, *rows = [line.split(",") for line in data.decode().rstrip("\n").split("\n")]
    for _ in range(rng.randint(1, 6)):
        row = rng.choice(rows) if rows else head
        at = rng.randrange(len(row) or 1)
        kind = rng.randrange(20)
        if kind < 12:
            row[at : at + 1] = [rng.choice(ODD_CELLS)]
        elif kind < 15:
            rows.append(list(row))
        elif kind < 17:
            rng.shuffle(rows)
        elif kind == 17:
            for each in (head, *rows):
                each.reverse()
        elif kind == 18:
            for each in (head, *rows):
                del each[at : at + 1]
        else:
            head = rows.pop() if rows else head
    return "\n".join(",".join(row) for row in (head, *rows)).encode()


def some_elements(data: bytes, rng: random.Random) -> bytes:
    """Lines of an XML return (one record each) moved, doubled, nested or renamed."""
    lines = data.decode().split("\n")
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines))
        kind = rng.randrange(5)
        if kind == 0:
            lines[at] = lines[at].split("<", 2)[0]
        elif kind == 1 and lines[at].startswith("<SENneed>"):
            lines[at : at + 2] = lines[at : at + 2] * rng.randint(2, 40)
        elif kind == 2:
            lines[at] = lines[at].replace("Requests", rng.choice(["Person", "Assessment", "x:Requests", "Persons"]))
        elif kind == 3:
            lines[at] = lines[at].replace(">1<", ">" + "9" * rng.randint(1, 99) + "<")
        else:
            lines[at] = lines[at].replace("2024-", rng.choice(["20x4-", "0024-", " 2024/", "2024-Feb-"]))
    return "\n".join(lines).encode()


def some_markup(data: bytes, rng: random.Random) -> bytes:
    """XML as it should never come: a DOCTYPE, entities, deep nests, long items, attributes, comments, namespaces."""
    lines = data.decode().split("\n")
    at = rng.randrange(1, len(lines))
    odd = [
        '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;&b;">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/hostname">',
        "<x>" * rng.randint(1, 3_000),
        f"<PersonBirthDate>{'9' * rng.randint(1, 200_000)}</PersonBirthDate>",
        f"<Sex {' '.join(f'a{number}=x' for number in range(rng.randint(1, 50)))}>M</Sex>",
        f"<Person {'x' * rng.randint(1, 20_000)}='1'/>",
        f"<!--{'-' * rng.randint(0, 3)}{'c' * rng.randint(1, 50_000)}-->",
        "<![CDATA[<Person><UPN>A123456789012</UPN></Person>]]>",
        '<s:Person xmlns:s="urn:x"><s:UPN>1</s:UPN></s:Person>',
        "<?xml version='1.0' encoding='utf-7'?>",
        "&#0;&#x110000;",
        "<Person/>" * rng.randint(1, 3_000),
    ]
    lines.insert(at, rng.choice(odd))
    return "\n".join(lines).encode()


def otherwise_encoded(files: dict[str, bytes], rng: random.Random) -> dict[str, bytes]:
    """The same text in an encoding or with line ends of its own for each file, now and then two of them in one."""
    made = {}
    for name, data in files.items():
        text = data.decode("utf-8", "replace").replace("\n", rng.choice(["\n", "\r\n", "\r", "\n\n", "\x0b", "\u2028"]))
        encoding = rng.choice(["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32", "cp037", "utf-7"])
        made[name] = text.encode(encoding, "replace")
        if rng.random() < 0.2:
            made[name] += data
    return made


def some_sheet(data: bytes, rng: random.Random) -> bytes:
    """A part of a workbook as XML with cells far out, wrong types, shared strings that are not there, no end."""
    text = data.decode("utf-8", "replace")
    where = rng.choice(["<c r=", "<v>", "<row ", "</row>", "<sheetData>", "<f>"])
    odd = [
        f'<c r="{rng.choice(["XFD1048576", "A0", "ZZZZ1", "A99999999", ""])}" t="n"><v>1</v></c>',
        f'<c r="B2" t="{rng.choice(["s", "b", "d", "e", "inlineStr", "zz"])}"><v>{rng.randrange(-9, 10**6)}</v></c>',
        "<v>1e400</v>",
        f"<v>{'9' * rng.randint(1, 5_000)}</v>",
        f'<row r="{rng.randrange(10**7)}">',
        "",
    ]
    return text.replace(where, rng.choice(odd) + rng.choice([where, ""]), rng.randint(1, 3)).encode()


def in_zip(data: bytes, rng: random.Random, change: Callable[[bytes, random.Random], bytes]) -> bytes:
    """A workbook with one of its parts changed and the zip whole again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice([info.filename for info in old.infolist() if "sheet" in info.filename.lower()])
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, change(part, rng) if info.filename == chosen else part)
    return out.getvalue()


def blade(changes: Callable[[bytes, random.Random], bytes], rng: random.Random) -> dict[str, bytes]:
    files = {name: data for name, data in originals().items() if name.endswith(".csv")}
    for name in rng.sample(sorted(files), rng.randint(1, 3)):
        files[name] = changes(files[name], rng)
    return files


def any_form(seed: int) -> dict[str, bytes]:
    """One form, broken in one way."""
    rng = random.Random(seed)
    book = rng.choice(["template.xlsx", "workbook.xlsx"])
    kinds: list[Callable[[], dict[str, bytes]]] = [
        lambda: blade(some_bytes, rng),
        lambda: blade(some_cells, rng),
        lambda: {"return.xml": some_bytes(originals()["return.xml"], rng)},
        lambda: {"return.xml": some_elements(originals()["return.xml"], rng)},
        lambda: {book: some_bytes(originals()[book], rng)},
        lambda: {book: in_zip(originals()[book], rng, some_bytes)},
        lambda: {"return.zip": some_bytes(zipped(blade(some_cells, rng)), rng)},
        lambda: {"return.xml": some_markup(originals()["return.xml"], rng)},
        lambda: otherwise_encoded(blade(some_cells, rng), rng),
        lambda: otherwise_encoded({"return.xml": originals()["return.xml"]}, rng),
        lambda: {book: in_zip(originals()[book], rng, some_sheet)},
    ]
    return rng.choice(kinds)()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@QUICK
@given(SEEDS)
def test_a_broken_return_is_read_or_refused(seed: int) -> None:
    read_or_sentence(any_form(seed))


EXTRACT = """name = "Casework"
version = 1
[[tables]]
file = "*person.csv"
module = "persons"
id = "persontableid"
columns = { personbirthdate = "personbirthdate", sex = "sex", upn = "upn" }
[tables.codes.sex]
"Girl" = "F"
[[tables]]
file = "*requests.csv"
module = "requests"
id = "requeststableid"
parent = "persontableid"
columns = { receiveddate = "receiveddate", requestoutcome = "requestoutcome" }
"""


def extract_or_sentence(seed: int) -> None:
    """A case system's extract and its mapping, either of them broken."""
    rng = random.Random(seed)
    began = time.monotonic()
    files = blade(rng.choice([some_bytes, some_cells]), rng)
    toml = some_bytes(EXTRACT.encode(), rng) if rng.random() < 0.5 else EXTRACT.encode()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in {**files, "mapping.toml": toml}.items():
            (Path(folder) / name).write_bytes(data)
        try:
            mapping = read_mapping(Path(folder) / "mapping.toml")
            given = [path for path in Path(folder).iterdir() if path.suffix == ".csv"]
            return_, _ = read_extract(given, mapping, as_at=date(2025, 1, 31), council="886", key=KEY)
            assert_sound(return_)
        except InputError as refused:
            assert refused.sentence and MARK not in refused.sentence
    assert time.monotonic() - began < SECONDS


@QUICK
@given(SEEDS)
def test_a_broken_extract_is_read_or_refused(seed: int) -> None:
    extract_or_sentence(seed)


@QUICK
@given(st.binary(max_size=400), st.sampled_from(["a_person.csv", "a.xml", "a.xlsx", "a.zip"]))
def test_anything_at_all_is_read_or_refused(data: bytes, name: str) -> None:
    read_or_sentence({name: data})


@QUICK
@given(st.binary(max_size=400))
def test_any_list_of_establishments_is_read_or_refused(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gias.csv"
        path.write_bytes(b"URN,UKPRN\n" + data)
        try:
            read_establishments(path)
        except InputError as refused:
            assert refused.sentence


@pytest.fixture(scope="module")
def peak_before() -> float:
    """What other tests have used already. The files are small, so that reading one of them must be too."""
    return peak_gigabytes()


@pytest.mark.soak
@LONG
@given(seed=SEEDS)
def test_a_broken_return_is_read_or_refused_for_hours(peak_before: float, seed: int) -> None:
    read_or_sentence(any_form(seed))
    assert peak_gigabytes() < peak_before + 1


@pytest.mark.soak
@LONG
@given(seed=SEEDS)
def test_a_broken_extract_is_read_or_refused_for_hours(peak_before: float, seed: int) -> None:
    extract_or_sentence(seed)
    assert peak_gigabytes() < peak_before + 1


def peak_gigabytes() -> float:
    """Of this process since it began."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
