"""What was handed in: files, folders and zips, each as named bytes. Bombs are refused by their directory, unopened."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from highneeds.intake.file_names import file_name_to_say
from highneeds.intake.text import read_bytes, size_of
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

MAX_FILE_BYTES = 2 * 1024**3
MAX_UNPACKED_BYTES = 2 * 1024**3
MAX_WORKBOOK_BYTES = 600 * 1024**2
MAX_MEMBERS = 2_000
HEAD_BYTES = 64 * 1024
PIECE_BYTES = 1024 * 1024
MAX_XML_BYTES = 8 * 1024**3
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
MAX_RATIO = 200
SMALL = 4 * 1024**2
MAX_SHEET_CELLS = 12_000_000
MAX_ROWS = 1_048_576
KINDS = (".csv", ".xml", ".xlsx", ".xlsm")
MAX_TAG_BYTES = 1024**2
_PLACED = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^<]*?\sr\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_IN_TWO_BYTES = b"\x00".join(b"%c" % sign for sign in b"sheetData")  # UTF-16 of either byte order
_PLACE = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")


@dataclass(frozen=True)
class SourceFile:
    """One file, on disk or in a zip. folder: where it lay, so that the files of one export are found together."""

    name: str
    folder: str
    path: Place
    member: str = ""

    @property
    def said(self) -> str:
        """Its name as it may be told: no name of a child."""
        return file_name_to_say(self.name)

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @property
    def size(self) -> int:
        """Its bytes, unpacked."""
        if not self.member:
            return size_of(self.path)
        with _archive(self.path) as archive:
            return archive.getinfo(self.member).file_size

    def head(self) -> bytes:
        """The first 64 kilobytes."""
        if not self.member:
            with self.path.open("rb") as file:
                return file.read(HEAD_BYTES)
        with _archive(self.path) as archive:
            return _unpacked(archive, self.member, self.said, HEAD_BYTES)

    def pieces(self) -> Iterator[bytes]:
        """The file a megabyte at a time, so that none of it need be held."""
        if not self.member:
            refuse_larger(self.path, self.said)
            with self.path.open("rb") as file:
                yield from iter(lambda: file.read(PIECE_BYTES), b"")
            return
        with _archive(self.path) as archive:
            try:
                with archive.open(self.member) as part:
                    yield from iter(lambda: part.read(PIECE_BYTES), b"")
            except DAMAGE as problem:
                raise InputError("The zip is damaged", where=self.said, remedy="Make it again") from problem

    def read(self) -> bytes:
        if not self.member:
            return read_bytes(self.path, self.said, MAX_FILE_BYTES)
        with _archive(self.path) as archive:
            return _unpacked(archive, self.member, self.said)


def files_in(paths: Iterable[Place]) -> tuple[SourceFile, ...]:
    """Every file that may hold SEN2 data, from files, folders (with their sub-folders) and zips."""
    found = [source for path in paths for source in _files_at(path)]
    if not found:
        raise InputError(
            "There is no SEN2 file to read", remedy="Give the Blade CSV files, an XML return or a workbook"
        )
    return tuple(dict.fromkeys(found))


def _files_at(path: Place) -> Iterator[SourceFile]:
    if path.is_dir():
        for below in sorted(path.rglob("*")):
            if below.is_file() and below.suffix.lower() in (*KINDS, ".zip") and not below.name.startswith(("~$", ".")):
                yield from _files_at(below)
    elif path.suffix.lower() == ".zip":
        yield from _members(path)
    elif not path.exists():
        raise InputError("The file is missing", where=file_name_to_say(path.name), remedy="Check its name and folder")
    elif path.suffix.lower() in KINDS:
        yield SourceFile(path.name, str(path.parent), path)
    else:
        raise InputError(
            "This kind of file is not read",
            where=file_name_to_say(path.name),
            remedy="Save it as CSV, XML or .xlsx, or give a zip of those",
        )


def _members(path: Place) -> Iterator[SourceFile]:
    with opened_zip(file_name_to_say(path.name), path) as archive:
        refuse_bomb(archive, file_name_to_say(path.name), MAX_UNPACKED_BYTES)
        for info in archive.infolist():
            name = PurePosixPath(info.filename)
            if name.suffix.lower() in KINDS and not name.name.startswith(("~$", ".")):
                yield SourceFile(name.name, f"{path}!{name.parent}", path, info.filename)


def _archive(place: Place | io.BytesIO) -> zipfile.ZipFile:
    """A zip on disk is read where it lies; one from elsewhere is held."""
    return zipfile.ZipFile(place if isinstance(place, (Path, io.BytesIO)) else io.BytesIO(place.read_bytes()))


def opened_zip(name: str, source: Place | io.BytesIO) -> zipfile.ZipFile:
    """The zip's directory; a file that is no zip is refused by name."""
    try:
        return _archive(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise InputError("This is not a readable zip or Excel file", where=name, remedy="Save it again") from problem


def refuse_bomb(archive: zipfile.ZipFile, name: str, limit: int) -> None:
    """Refuse a zip by what its directory says: too many members, too large, too tightly packed, or locked."""
    members = archive.infolist()
    size = sum(info.file_size for info in members)
    tight = [info for info in members if info.file_size > SMALL and info.file_size > MAX_RATIO * info.compress_size]
    if len(members) > MAX_MEMBERS or size > limit or tight:
        raise InputError(
            f"The file unpacks to {size:,} bytes in {len(members):,} parts, which is not what a return looks like",
            where=name,
            remedy="Give the files themselves, unpacked",
        )
    if any(info.flag_bits & 1 for info in members):
        raise InputError("The file is locked with a password", where=name, remedy="Save it without a password")


def refuse_larger(path: Place, name: str) -> None:
    """Refuse an XML file that is larger than any return; it is streamed, so the bound is wide."""
    size = size_of(path)
    if size > MAX_XML_BYTES:
        raise InputError(f"The file is {size:,} bytes, more than {MAX_XML_BYTES:,}", where=name, remedy="Split it")


def _unpacked(archive: zipfile.ZipFile, member: str, name: str, size: int = -1) -> bytes:
    try:
        with archive.open(member) as file:
            return file.read(size)
    except DAMAGE as problem:
        raise InputError("The zip is damaged", where=name, remedy="Make it again") from problem


def refuse_workbook_bomb(data: bytes, name: str) -> None:
    """Refuse a workbook that lies in its directory, or whose cells stand so far apart that they fill the memory."""
    with opened_zip(name, io.BytesIO(data)) as archive:
        refuse_bomb(archive, name, MAX_WORKBOOK_BYTES)
        for info in archive.infolist():
            _measure_member(data, info, name)


def _measure_member(data: bytes, info: zipfile.ZipInfo, name: str) -> None:
    """Unpack a member in pieces, keeping nothing: its true size, and how far it reaches if it is a sheet."""
    size, reach, tail, is_sheet = 0, _Reach(), b"", False
    for piece in _pieces(data, info, name):
        size += len(piece)
        if size > info.file_size:
            raise InputError("The workbook is larger than it says", where=name, remedy="Save it again in Excel")
        text = tail + piece
        if _IN_TWO_BYTES in text:
            raise InputError("A sheet is in an unusual encoding", where=name, remedy="Save it again in Excel")
        begun = max(text.rfind(b"<"), 0)
        tail = text[begun:]
        is_sheet = is_sheet or b"sheetData" in text
        reach = reach.with_tags(text[:begun])
        if len(tail) > MAX_TAG_BYTES and is_sheet:
            raise InputError("The workbook is damaged", where=name, remedy="Save it again in Excel")
        tail = tail if len(tail) <= MAX_TAG_BYTES else b""
    if is_sheet:
        reach.with_tags(tail).refuse_beyond(name)


@dataclass(frozen=True)
class _Reach:
    """The furthest row and column that a sheet's cells name; odd: a place that no sheet has."""

    row: int = 0
    column: int = 0
    odd: bool = False

    def with_tags(self, text: bytes) -> "_Reach":
        row, column, odd = self.row, self.column, self.odd
        for double, single in _PLACED.findall(text):
            found = _PLACE.fullmatch(double or single)
            if found is None:
                odd = True
                continue
            row, column = max(row, int(found[2])), max(column, _column_number(found[1]))
        return _Reach(row, column, odd)

    def refuse_beyond(self, name: str) -> None:
        if self.odd or self.row > MAX_ROWS or self.row * max(self.column, 1) > MAX_SHEET_CELLS:
            raise InputError(
                f"A sheet reaches to row {self.row:,} and column {self.column:,}" + (" or beyond" if self.odd else ""),
                where=name,
                remedy="Delete the empty rows and columns behind the data, or export as CSV",
            )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _pieces(data: bytes, info: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The content of a member by its own stream, whatever size the directory claims."""
    start = info.header_offset
    if data[start : start + 4] != b"PK\x03\x04":
        raise InputError("The workbook is damaged", where=name, remedy="Save it again in Excel")
    names = int.from_bytes(data[start + 26 : start + 28], "little") + int.from_bytes(
        data[start + 28 : start + 30], "little"
    )
    packed = memoryview(data)[start + 30 + names :]
    if info.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed[: info.compress_size])
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise InputError("The workbook is packed in an unusual way", where=name, remedy="Save it again in Excel")
    yield from _inflated(packed, name)


def _inflated(packed: memoryview, name: str) -> Iterator[bytes]:
    stream, at, step = zlib.decompressobj(-15), 0, 1 << 20
    waiting = b""
    try:
        while not stream.eof:
            if not waiting:
                waiting, at = bytes(packed[at : at + step]), at + step
                if not waiting:
                    return
            piece = stream.decompress(waiting, step)
            waiting = stream.unconsumed_tail
            yield piece
    except zlib.error as problem:
        raise InputError("The workbook is damaged", where=name, remedy="Save it again in Excel") from problem


def hashes_of(paths: Iterable[Place]) -> dict[str, str]:
    """Name -> SHA-256 of each file that is read."""
    return {source.name: sha256(source.read()).hexdigest() for source in files_in(paths)}
