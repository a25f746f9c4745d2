"""Reading text whatever program wrote it: UTF-8 with or without a mark, UTF-16, or Windows-1252."""

from pathlib import Path

from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.printable import printable

MAX_BYTES = 512 * 1024 * 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def encoding_of(data: bytes) -> str:
    """The encoding of `data` by its mark, else UTF-8 where it decodes, UTF-16 by its zero bytes, else Windows-1252."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    head = data[:4096]
    if head and head[1::2].count(0) > len(head) // 3:
        return "utf-16-le"
    if head and head[0::2].count(0) > len(head) // 3:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decode(data: bytes, file: str) -> str:
    """`data` as text with plain line ends. A file that is not text is refused by name."""
    try:
        text = data.decode(encoding_of(data))
    except UnicodeDecodeError as problem:
        raise InputError(
            "This is not a text file in UTF-8, UTF-16 or Windows-1252",
            where=file,
            remedy="Save it again as CSV UTF-8 or plain text",
        ) from problem
    if "\x00" in text:
        raise InputError("This is not a text file", where=file, remedy="Save it again as CSV UTF-8 or plain text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def size_of(place: Place) -> int:
    """Bytes. A file on disk is not read for it."""
    return place.stat().st_size if isinstance(place, Path) else len(place.read_bytes())


def read_bytes(path: Place, name: str = "", limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file; one that is absent, a folder or larger than `limit` is refused with a sentence."""
    file = name or path.name
    if not path.is_file():
        raise InputError("The file is missing", where=file, remedy="Put it there, or check the folder's name")
    size = size_of(path)
    if size > limit:
        raise InputError(
            f"The file is {size:,} bytes, more than {limit:,}", where=file, remedy="Split it, then try again"
        )
    return path.read_bytes()


def read_text(path: Place, name: str = "", limit: int = MAX_BYTES) -> str:
    """The text of a file as every document can print it; what was not as written is found by checks/characters.py."""
    return printable(decode(read_bytes(path, name, limit), name or path.name))
