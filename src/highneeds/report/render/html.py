"""A Document as one self-contained page: no script, nothing fetched, readable on a phone and printed as it stands."""

import base64
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket

from highneeds.report.document import ReportDocument
from highneeds.report.render.data import as_data

YEAR = re.compile(r"\d{4}-\d{2}")
FOLDER = Path(__file__).parent


def render(document: ReportDocument) -> bytes:
    """Equal documents give equal bytes; whatever stands in a text is shown and never becomes mark-up."""
    css = (FOLDER / "page.css").read_text(encoding="utf-8")
    return _page().render(doc=as_data(document), css=css).encode()


class _Compiled(FileSystemBytecodeCache):
    """The template compiled, kept as Python keeps its own; where that cannot be written it is compiled each time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


@cache
def _page() -> Template:
    """The template, made ready once however many documents there are."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        bytecode_cache=_Compiled(str(FOLDER / "__pycache__")),
    )
    environment.filters["base64"] = lambda text: base64.b64encode(text.encode()).decode()
    environment.filters["in_groups"] = in_groups
    environment.tests["year"] = is_year
    return environment.get_template("page.html.jinja")


def is_year(text: str) -> bool:
    """Whether a cell holds a financial year and nothing else: a browser would break '2024-25' at its hyphen."""
    return YEAR.fullmatch(text) is not None


def in_groups(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Rows cut where a group begins, so that each group is a body of the table with its own head."""
    groups: list[list[dict[str, Any]]] = []
    for row in rows:
        if row["kind"] == "group" or not groups:
            groups.append([])
        groups[-1].append(row)
    return groups
