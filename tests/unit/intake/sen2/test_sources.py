"""Files, folders and zips as they are handed in: the same bytes wherever they lie, and no bomb is unpacked."""

import io
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from highneeds.intake.sen2.sources import (
    HEAD_BYTES,
    MAX_UNPACKED_BYTES,
    MAX_WORKBOOK_BYTES,
    PIECE_BYTES,
    SourceFile,
    files_in,
    refuse_bomb,
    refuse_larger,
    refuse_workbook_bomb,
)
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

LONG = b"0123456789" * 110_000


def zipped(members, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture(params=["file", "zip", "stored zip"])
def source(request, tmp_path):
    if request.param == "file":
        (tmp_path / "Khan persons.CSV").write_bytes(LONG)
        return files_in([tmp_path])[0]
    data = zipped({"in/Khan persons.CSV": LONG, "x.txt": b"x"})
    if request.param == "stored zip":
        return files_in([documents(MemoryStore({"a/all.zip": data})) / "a"])[0]
    (tmp_path / "all.zip").write_bytes(data)
    return files_in([tmp_path / "all.zip"])[0]


def test_a_file_is_the_same_bytes_on_disk_in_a_zip_and_in_a_store(source):
    assert (source.name, source.stem, source.suffix, source.said) == (
        "Khan persons.CSV", "Khan persons", ".csv", "aaaa persons.CSV",
    )  # fmt: skip
    assert (source.size, source.head(), source.read()) == (len(LONG), LONG[:HEAD_BYTES], LONG)
    pieces = list(source.pieces())
    assert [len(piece) for piece in pieces] == [PIECE_BYTES, len(LONG) - PIECE_BYTES] and b"".join(pieces) == LONG
    assert (HEAD_BYTES, PIECE_BYTES) == (65_536, 1_048_576)


def test_files_know_the_folder_they_lay_in(tmp_path):
    (tmp_path / "all.zip").write_bytes(zipped({"in/a.csv": b"", "b.csv": b""}))
    (tmp_path / "c.xml").write_bytes(b"")
    assert [(one.name, one.folder, one.path, one.member) for one in files_in([tmp_path])] == [
        ("a.csv", f"{tmp_path}/all.zip!in", tmp_path / "all.zip", "in/a.csv"),
        ("b.csv", f"{tmp_path}/all.zip!.", tmp_path / "all.zip", "b.csv"),
        ("c.xml", str(tmp_path), tmp_path / "c.xml", ""),
    ]


def member(size, packed=0, flags=0):
    return SimpleNamespace(file_size=size, compress_size=packed, flag_bits=flags)


FOUR = 4 * 1024**2


@pytest.mark.parametrize(
    ("members", "limit", "said"),
    [
        ([member(0)] * 2000, 0, None),
        ([member(0)] * 2001, 0, "0 bytes in 2,001 parts"),
        ([member(5), member(5)], 10, None),
        ([member(5), member(6)], 10, "11 bytes in 2 parts"),
        ([member(FOUR)], 2**40, None),
        ([member(FOUR + 1)], 2**40, "4,194,305 bytes in 1 parts"),
        ([member(200 * 30_000, 30_000)], 2**40, None),
        ([member(200 * 30_000 + 1, 30_000)], 2**40, "6,000,001 bytes in 1 parts"),
        ([member(1, 1, 2)], 2**40, None),
    ],
)
def test_a_zip_that_is_too_large_too_many_or_too_tight_is_no_return(members, limit, said):
    archive = SimpleNamespace(infolist=lambda: members)
    if said is None:
        refuse_bomb(archive, "a.zip", limit)
        return
    with pytest.raises(InputError) as refused:
        refuse_bomb(archive, "a.zip", limit)
    rest = "which is not what a return looks like. Give the files themselves, unpacked."
    assert refused.value.sentence == f"a.zip: The file unpacks to {said}, {rest}"


def test_a_locked_zip_is_refused():
    with pytest.raises(InputError) as refused:
        refuse_bomb(SimpleNamespace(infolist=lambda: [member(1), member(1, 1, 9)]), "a.zip", 10)
    assert refused.value.sentence == "a.zip: The file is locked with a password. Save it without a password."


def lying(data, size):
    """A zip whose directory says that its one file is so large, packed and unpacked."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 20] + size.to_bytes(4, "little") * 2 + data[at + 28 :]


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_a_zip_and_a_workbook_have_their_own_limits(tmp_path, more, refused):
    (tmp_path / "a.zip").write_bytes(lying(zipped({"a.csv": b"x"}), MAX_UNPACKED_BYTES + more))
    book = lying(zipped({"a.xml": b"x"}), MAX_WORKBOOK_BYTES + more)
    asked = (lambda: files_in([tmp_path / "a.zip"]), lambda: refuse_workbook_bomb(book, "a.xlsx"))
    for ask in asked:
        if refused:
            with pytest.raises(InputError, match="in 1 parts, which is not what a return looks like"):
                ask()
        else:
            ask()
    assert (MAX_UNPACKED_BYTES, MAX_WORKBOOK_BYTES) == (2_147_483_648, 629_145_600)


def sparse(path: Path, size: int) -> Path:
    path.touch()
    with path.open("r+b") as file:
        file.truncate(size)
    return path


def test_the_largest_files(tmp_path):
    xml, csv = sparse(tmp_path / "r.xml", 8 * 1024**3), sparse(tmp_path / "p.csv", 2 * 1024**3 + 1)
    refuse_larger(xml, "r.xml")
    sparse(xml, 8 * 1024**3 + 1)
    with pytest.raises(InputError) as refused:
        next(SourceFile("r.xml", str(tmp_path), xml).pieces())
    assert refused.value.sentence == "r.xml: The file is 8,589,934,593 bytes, more than 8,589,934,592. Split it."
    with pytest.raises(InputError) as refused:
        SourceFile("p.csv", str(tmp_path), csv).read()
    words = "The file is 2,147,483,649 bytes, more than 2,147,483,648. Split it, then try again."
    assert refused.value.sentence == f"p.csv: {words}"


@pytest.mark.parametrize("ask", [SourceFile.head, SourceFile.read, lambda source: list(source.pieces())])
def test_a_damaged_member_is_refused(tmp_path, ask):
    data = bytearray(zipped({"a.csv": b"a,b\n" * 50}, compression=zipfile.ZIP_DEFLATED))
    data[40:44] = b"\xff" * 4
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(InputError) as refused:
        ask(files_in([tmp_path])[0])
    assert refused.value.sentence == "a.csv: The zip is damaged. Make it again."


@pytest.mark.parametrize("name", ["old.xls", "Khan.zip", "Khan.csv"])
def test_what_is_no_file_of_ours_is_refused_without_the_name_of_a_child(tmp_path, name):
    if name != "Khan.csv":
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(InputError) as refused:
        files_in([tmp_path / name])
    assert (
        refused.value.sentence
        == {
            "old.xls": "old.xls: This kind of file is not read. Save it as CSV, XML or .xlsx, or give a zip of those.",
            "Khan.zip": "aaaa.zip: This is not a readable zip or Excel file. Save it again.",
            "Khan.csv": "aaaa.csv: The file is missing. Check its name and folder.",
        }[name]
    )


def sheet(*cells):
    return f"<worksheet><sheetData>{''.join(cells)}</sheetData></worksheet>".encode()


def cell(place):
    return f'<c r="{place}"><v>1</v></c>'


EMPTY_ROWS = "Delete the empty rows and columns behind the data, or export as CSV."
AGAIN = "Save it again in Excel."


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (sheet(), None),
        (sheet(cell("L1000000")), None),
        (sheet(cell("L1000001")), "A sheet reaches to row 1,000,001 and column 12"),
        (sheet(cell("l1000001")), "A sheet reaches to row 1,000,001 and column 12"),
        (sheet('<row r="1048576">'), None),
        (sheet('<row r="1048577">'), "A sheet reaches to row 1,048,577 and column 0"),
        (sheet(cell("XFD1"), cell("A700")), None),
        (sheet(cell("A733"), "<x:row r='1'>", cell("XFD2")), "A sheet reaches to row 733 and column 16,384"),
        (sheet(cell("A2"), cell("A12345678")), "A sheet reaches to row 2 and column 1 or beyond"),
        (sheet(cell("ABCD1"), cell("B3")), "A sheet reaches to row 3 and column 2 or beyond"),
        (b"<x>" + cell("A12345678").encode() + b"</x>", None),
        (b"<sheetData>" + b'<c r="A9999999"', "A sheet reaches to row 9,999,999 and column 1"),
        (b"<sheetData>".decode().encode("utf-16-be"), "A sheet is in an unusual encoding"),
        (b"<sheetData><" + b"x" * 3 * 1024**2, "The workbook is damaged"),
        (b"<sheetData><" + b"x" * (1024**2 - 1), None),
        (b"<sheetData><" + b"x" * 1024**2, "The workbook is damaged"),
        (b"no sheet " + b"x" * 3 * 1024**2, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_how_far_a_sheet_reaches(data, says, packing):
    book = zipped({"xl/sheet1.xml": data}, compression=packing, compresslevel=1)
    if says is None:
        refuse_workbook_bomb(book, "w.xlsx")
        return
    with pytest.raises(InputError) as refused:
        refuse_workbook_bomb(book, "w.xlsx")
    assert refused.value.sentence == f"w.xlsx: {says}. {EMPTY_ROWS if 'reaches' in says else AGAIN}"


def test_a_member_with_more_in_its_head_is_found():
    info = zipfile.ZipInfo("xl/sheet1.xml")
    info.extra = b"\x99\x99\x04\x00abcd"
    with pytest.raises(InputError, match="row 1,000,001 and column 12"):
        refuse_workbook_bomb(zipped({info: sheet(cell("L1000001"))}), "w.xlsx")


PACKED = zipped({"xl/sheet1.xml": sheet(cell("A1")) * 40}, compression=zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (PACKED[:1] + b"x" + PACKED[2:], "The workbook is damaged"),
        (PACKED[:50] + b"\xff" * 4 + PACKED[54:], "The workbook is damaged"),
        (zipped({"a": b"x" * 9}, compression=zipfile.ZIP_BZIP2), "The workbook is packed in an unusual way"),
        (lying(PACKED, 100), "The workbook is larger than it says"),
    ],
)
def test_a_workbook_that_is_not_as_excel_writes_it_is_refused(data, says):
    with pytest.raises(InputError) as refused:
        refuse_workbook_bomb(data, "w.xlsx")
    assert refused.value.sentence == f"w.xlsx: {says}. {AGAIN}"
