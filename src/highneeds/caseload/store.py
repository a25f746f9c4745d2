"""An accepted caseload on disk: Parquet named after its own content, without names, UPNs, birth days or postcodes."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import polars as pl

from highneeds.caseload.caseload import FRAMES, NEED_SCHEMA, Caseload
from highneeds.caseload.settings import CaseloadSettings, OverdueBasis
from highneeds.vocabulary.errors import InputError

FORMAT = 3
"""1 had no needs, and 1 and 2 neither sex nor ethnicity group; a caseload kept in those forms has none to this day."""
SINCE_3 = ("sex", "ethnicity_group", "locality")


def as_files(caseload: Caseload) -> tuple[str, dict[str, bytes]]:
    """The fingerprint of a caseload and its files by name. The same caseload gives the same bytes and fingerprint."""
    files = {f"{name}.parquet": _parquet(frame) for name, frame in caseload.frames().items()}
    files["caseload.json"] = _description(caseload)
    return fingerprint(files), files


def fingerprint(files: Mapping[str, bytes]) -> str:
    """One hash over the names and contents of files."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return digest.hexdigest()


def from_files(name: str, files: Mapping[str, bytes], settings: CaseloadSettings | None = None) -> Caseload:
    """The caseload of kept files; bytes that no longer give the name are refused. `settings` replaces its own."""
    if fingerprint(files) != name:
        raise _damaged(name)
    try:
        about = json.loads(files["caseload.json"])
        frames = {frame: pl.read_parquet(io.BytesIO(files[f"{frame}.parquet"])) for frame in _frames_of(about)}
    except (KeyError, ValueError, pl.exceptions.PolarsError) as problem:
        raise _damaged(name) from problem
    return _caseload(about, frames, settings)


def _frames_of(about: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(frame for frame in FRAMES if frame != "needs" or about.get("format") != 1)


def _damaged(name: str) -> InputError:
    return InputError(
        "The accepted caseload is incomplete or was changed",
        where=f"caseload/accepted/{name}",
        remedy="Accept the return again from its original files",
    )


def _parquet(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue()


def _description(caseload: Caseload) -> bytes:
    about = {
        "format": FORMAT,
        "reference_date": caseload.reference_date.isoformat(),
        "year": caseload.year,
        "council": caseload.council,
        "layout": caseload.layout_words,
        "absent": sorted([module, field] for module, field in caseload.absent),
        "classed": caseload.classed,
        "synthetic": caseload.synthetic,
        "settings": asdict(caseload.settings),
    }
    return (json.dumps(about, indent=1, sort_keys=True) + "\n").encode()


def _with_all_columns(people: pl.DataFrame) -> pl.DataFrame:
    missing = [name for name in SINCE_3 if name not in people.columns]
    return people.with_columns(pl.lit(None, pl.String).alias(name) for name in missing) if missing else people


def _caseload(about: dict[str, Any], frames: dict[str, pl.DataFrame], settings: CaseloadSettings | None) -> Caseload:
    kept = dict(about["settings"])
    kept["overdue_basis"] = OverdueBasis(kept["overdue_basis"])
    outcomes = {name: tuple(kept[name]) for name in ("amend_outcomes", "cease_outcomes")}
    return Caseload(
        reference_date=date.fromisoformat(str(about["reference_date"])),
        year=int(str(about["year"])),
        council=str(about["council"]),
        layout_words=str(about["layout"]),
        absent=frozenset((str(module), str(field)) for module, field in about["absent"]),
        classed=bool(about["classed"]),
        synthetic=bool(about["synthetic"]),
        settings=settings or CaseloadSettings(**{**kept, **outcomes}),
        people=_with_all_columns(frames["people"]),
        plans=frames["plans"],
        placements=frames["placements"],
        requests=frames["requests"],
        assessments=frames["assessments"],
        active_plans=frames["active_plans"],
        needs=frames.get("needs", pl.DataFrame(schema=NEED_SCHEMA)),
    )
