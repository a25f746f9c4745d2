"""Reading for the office's pages: what was worked out last, what moved since, versions of documents."""

import difflib
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from highneeds.office.evidence.bridge import Results
from highneeds.office.evidence.content import content_of, is_content
from highneeds.office.evidence.models import Blob, DocumentVersion, Run
from highneeds.office.evidence.naming import in_words
from highneeds.office.evidence.once import once
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.models import Council


def settings_of(council: Council) -> dict[str, Any]:
    """What council.toml says; nothing where there is none."""
    store = DatabaseStore(council)
    return tomllib.loads(store.read("council.toml").decode()) if store.exists("council.toml") else {}


def where_left_out(council: Council, known_on: date) -> str:
    """What to say of what becomes known after the day of the report: ' The report of ...'; '' where it counts."""
    day = str(settings_of(council).get("report", {}).get("submitted", ""))
    if not day or known_on.isoformat() <= day:
        return ""
    return f" The report of {day} leaves it out, as it became known later; a later day in council.toml brings it in."


def latest_run(council: Council) -> Run | None:
    return once(("run", council.pk), lambda: council.runs.order_by("-pk").first())


def run_folder(run: Run) -> Path:
    return Path(settings.OFFICE) / "runs" / run.folder


def results_of(run: Run | None) -> Results | None:
    """The results of a run; None where there is none or its version can no longer be read."""
    from highneeds.office.evidence import queries
    from highneeds.office.evidence.bridge import ResultsError

    if run is None:
        return None
    try:
        with queries.showing(run_folder(run)):
            return queries.results()
    except ResultsError:
        return None


def run_file(run: Run, name: str) -> Path | None:
    """A file of a run, as the run names it; nothing else."""
    return run_folder(run) / name if name in run.files else None


def is_current(run: Run | None) -> bool:
    """True when the run is of what the council has now."""
    return run is not None and run.content == content_of(DatabaseStore(run.council).versions()).whole


def moved_since(run: Run | None, council: Council) -> list[str]:
    """What changed after a run, as people call it."""
    now = DatabaseStore(council).versions()
    then = run.documents if run else {}
    return in_words(name for name in now.keys() | then.keys() if now.get(name) != then.get(name) and is_content(name))


def text_at(version: str) -> str | None:
    """The text of a kept version, None where it is no text."""
    return as_text(bytes_at(version))


def bytes_at(version: str) -> bytes:
    """A kept version; nothing where there is none."""
    blob = Blob.objects.filter(pk=version).first()
    return bytes(blob.body) if blob else b""


def as_text(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Line by line: ('same' | 'gone' | 'new', text); long runs of unchanged lines are left out but for two around."""
    kinds = {" ": "same", "-": "gone", "+": "new"}
    lines = [
        (kinds[line[0]], line[2:])
        for line in difflib.ndiff(before.splitlines(), after.splitlines())
        if line[0] in kinds and line[2:].strip()
    ]
    near = {place + step for place, (kind, _) in enumerate(lines) if kind != "same" for step in range(-2, 3)}
    return [line for place, line in enumerate(lines) if place in near]


def versions_of(council: Council, name: str) -> Iterable[DocumentVersion]:
    return DocumentVersion.objects.filter(council=council, name=name).select_related("entry").order_by("-number")
