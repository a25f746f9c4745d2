"""The drafts of a report as runs left them, so that a reviewer sees what moved since the last one.

drafts/<report>.json   the two newest that differ, the newest last: each line of the submission with its section
"""

import json
from dataclasses import dataclass

from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

FOLDER = "drafts"
KEPT = 2
"""The one that stands and the one before it; with one more run of the same figures nothing changes."""


@dataclass(frozen=True)
class KeptDraft:
    """report, slot   '2025-04'; made_on: the day; fingerprint: of the run; lines: (section, line) in reading order"""

    report: str
    made_on: str
    fingerprint: str
    lines: tuple[tuple[str, str], ...]


def place_of(report: str) -> str:
    return f"{FOLDER}/{report}.json"


def drafts_of(workspace: Place, report: str) -> tuple[KeptDraft, ...]:
    """The kept drafts of one report, the newest last. InputError where the file is none of ours."""
    path = workspace / place_of(report)
    if not path.exists():
        return ()
    try:
        kept = json.loads(path.read_bytes())
        return tuple(
            KeptDraft(report, one["made_on"], one["fingerprint"], tuple((where, line) for where, line in one["lines"]))
            for one in kept
        )
    except (ValueError, KeyError, TypeError) as error:
        remedy = "Remove the file: the next run keeps the draft afresh"
        raise InputError("The kept drafts cannot be read", where=place_of(report), remedy=remedy) from error


def earlier_draft(workspace: Place, report: str, fingerprint: str) -> KeptDraft | None:
    """The newest draft of this report that another run left, else the last one of the report before it."""
    others = [one for one in drafts_of(workspace, report) if one.fingerprint != fingerprint]
    if others:
        return others[-1]
    folder = workspace / FOLDER
    names = sorted(path.name.removesuffix(".json") for path in folder.iterdir()) if folder.is_dir() else []
    before = [name for name in names if name < report]
    return (drafts_of(workspace, before[-1]) or (None,))[-1] if before else None


def with_draft(drafts: tuple[KeptDraft, ...], new: KeptDraft) -> bytes:
    """The file with one draft more, in place of the one of the same figures."""
    others = [one for one in drafts if one.fingerprint != new.fingerprint]
    kept = [*others, new][-KEPT:]
    found = [{"made_on": one.made_on, "fingerprint": one.fingerprint, "lines": one.lines} for one in kept]
    return (json.dumps(found, ensure_ascii=False, indent=0) + "\n").encode("utf-8")
