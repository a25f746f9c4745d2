"""Three small councils, from the files of the examples, whose every document and page is held word for word and
mark by mark: quick to make, so that each fault is shown to all of them.

kent        Kent with a hole in every row of its dashboard, the example rows of every register that it does not keep, a
            caseload of sixty children, a forecast made by hand that has everything, and a record of earlier ones
harrowdale  a council without an agreement whose high needs block more than pays for its spending, with one month of
            one indicator, a forecast without money, an earlier draft and three invented books
empty       a council that has handed in nothing yet
"""

import csv
import importlib.util
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from golden.rich_forecast import books_by_hand, poor_forecast, record_by_hand, rich_forecast
from highneeds.evidence import Evidence
from highneeds.forecast.summary import NoForecast
from highneeds.intake.drafts import KeptDraft
from highneeds.invented.caseload.forms import write_blade
from highneeds.registers.registry import registers
from highneeds.vocabulary.note import Note
from memory_store import MemoryStore
from sen2_tables import REFERENCE, tables, write_establishments

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SCRIPT = EXAMPLES.parent / "scripts" / "write_texts.py"
LARGE = {"caseload", "invented", "forecasts", "drafts", ".highneeds", "record.jsonl", "establishments.csv"}
HOLE = 7
PEOPLE = 60
SURPLUS = (b"31200000.00", b"41200000.00"), (b"33050000.00", b"43050000.00")
FURTHER_TEXT = b"\n\n## What else we did\n\nWe opened a hub for families in Thanet.\n"
LAST_RETURN = b"table,row,year,plans\n6,Mainstream schools,2026,12\n6,A row that is gone,2026,3\n"
NOTHING = {
    "council.toml": b"""name = "Emptyshire"
la_number = "998"
programme = "none"
first_year = "2025-26"
last_year = "2029-30"
slots = ["April", "July"]
[report]
number = 1
id = "2025-07"
submitted = "2025-07-14"
slot = "July"
current_year = "2025-26"
"""
}


def small_councils() -> dict[str, Evidence]:
    """By name."""
    none = NoForecast(Note.of("no_forecast.refused", why="The published statistics do not know this council"))
    draft = KeptDraft("2025-04", "2025-07-01", "0123456789abcdef", (("1. Where we stand", "A line that is gone."),))
    return {
        "kent": _evidence({**dict(_kent()), **_return()}, forecast=rich_forecast(), record=record_by_hand()),
        "harrowdale": _evidence(
            dict(_harrowdale()), forecast=poor_forecast(), earlier_draft=draft, invented_books=books_by_hand()
        ),
        "empty": _evidence(NOTHING, forecast=none),
    }


def _evidence(documents: dict[str, bytes], **parts: object) -> Evidence:
    found = Evidence(MemoryStore(documents)).supposing(**{"earlier_draft": None, "invented_books": None, **parts})
    return found.supposing(_joint=_write_texts().by_hand(found))


def _return() -> dict[str, bytes]:
    """A SEN2 return of sixty children that nobody has accepted, and the schools it names."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        found = dict(tables(PEOPLE))
        said = {"softwarecode": "CASESYSTEM", "lea": "886", "referencedate": REFERENCE}
        found["header"] = found["header"].with_columns(pl.lit(value).alias(name) for name, value in said.items())
        write_blade(found, REFERENCE.year, folder, date(2025, 2, 1))
        files = {f"caseload/sen2-{REFERENCE}/{path.name}": path.read_bytes() for path in sorted(folder.iterdir())}
        write_establishments(folder / "establishments.csv", PEOPLE)
        return files | {"establishments.csv": (folder / "establishments.csv").read_bytes()}


def _write_texts() -> Any:
    """The script, which makes the forecast for returns by hand too."""
    spec = importlib.util.spec_from_file_location("write_texts", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _kent() -> Iterator[tuple[str, bytes]]:
    for name, register in registers().items():
        if register.folder == "registers":
            yield f"registers/{name}.csv", _as_csv(register.example)
    for name, data in _files("kent"):
        data += FURTHER_TEXT if name.endswith("narrative.md") else b""
        yield name, _with_holes(data) if name == "observations.csv" else data
    yield "returns/lsrp-last.csv", LAST_RETURN


def _harrowdale() -> Iterator[tuple[str, bytes]]:
    for name, data in _files("harrowdale"):
        if name == "finance/years.csv":
            for before, after in SURPLUS:
                data = data.replace(before, after)
        yield name, _one_month(data) if name == "observations.csv" else data


def _files(example: str) -> Iterator[tuple[str, bytes]]:
    folder = EXAMPLES / example
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not LARGE & set(name.parts):
            yield name.as_posix(), path.read_bytes()


def _with_holes(data: bytes) -> bytes:
    """Every seventh observation is left out."""
    head, *rows = data.splitlines(keepends=True)
    return b"".join([head, *(row for place, row in enumerate(rows, 1) if place % HOLE)])


def _one_month(data: bytes) -> bytes:
    """Of the requests only the first month."""
    kept, seen = [], False
    for row in data.splitlines(keepends=True):
        asked = row.startswith(b"requests_received")
        kept += [] if asked and seen else [row]
        seen |= asked
    return b"".join(kept)


def _as_csv(rows: tuple[dict[str, str], ...]) -> bytes:
    columns = dict.fromkeys(name for row in rows for name in row)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
