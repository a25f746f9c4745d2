"""The accepted returns of a workspace: who took what when, with which findings, and the kept bytes.

caseload/acceptances.jsonl         one line per acceptance, the oldest first; never rewritten but for a line more
caseload/accepted/<fingerprint>/   the caseload as Parquet, named after its content
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from highneeds.intake.workspace.council import read_council
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

RECORD = "caseload/acceptances.jsonl"
KEPT = "caseload/accepted"
ABOUT = "caseload.json"


@dataclass(frozen=True)
class Acceptance:
    """One acceptance.

    accepted_at     the moment, UTC, ISO 8601
    by              who says that this is the council's data
    fingerprint     of the kept caseload
    reference_date  of the return
    files           name -> SHA-256 of what was read
    findings        rule -> how many were open when it was accepted
    must_fix        how many of those had to be fixed
    key_mark        by which two linkage keys are told apart, and from which no key can be had; '' where none is known
    corrected       how many of its cells were put right by corrections sheets
    """

    accepted_at: str
    by: str
    fingerprint: str
    reference_date: str
    files: Mapping[str, str]
    findings: Mapping[str, int]
    must_fix: int
    key_mark: str = ""
    corrected: int = 0

    @property
    def line(self) -> str:
        return json.dumps(asdict(self), sort_keys=True) + "\n"


def acceptances(workspace: Place) -> tuple[Acceptance, ...]:
    """Every acceptance in the order in which they were made."""
    path = workspace / RECORD
    if not path.exists():
        return ()
    lines = path.read_bytes().decode("utf-8").splitlines()
    return tuple(_acceptance(line, number) for number, line in enumerate(lines, start=1) if line.strip())


def current(workspace: Place) -> tuple[Acceptance, ...]:
    """For each reference date the last acceptance, by reference date: a return taken again replaces the earlier one."""
    latest = {one.reference_date: one for one in acceptances(workspace)}
    return tuple(latest[day] for day in sorted(latest))


def accepted_by(workspace: Place, day: date, *, strictly: bool) -> Iterator[Acceptance]:
    """Those known on a day, by reference date: accepted by then, or, where not `strictly`, of a date by then."""
    text = day.isoformat()
    latest = {
        one.reference_date: one
        for one in acceptances(workspace)
        if (one.accepted_at[: len(text)] if strictly else one.reference_date) <= text
    }
    yield from (latest[date] for date in sorted(latest))


def last_before(workspace: Place, day: date) -> Acceptance | None:
    """The accepted return that came before `day`, for rules that look back."""
    before = [one for one in current(workspace) if one.reference_date < day.isoformat()]
    return before[-1] if before else None


def kept_files(workspace: Place, fingerprint: str) -> dict[str, bytes]:
    """The bytes of one kept caseload by file name."""
    folder = workspace / KEPT / fingerprint
    if not folder.is_dir():
        raise InputError(
            "The accepted caseload is missing",
            where=f"{KEPT}/{fingerprint}",
            remedy="Accept the return again from its original files",
        )
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    _refuse_another_council(workspace, files.get(ABOUT, b""), f"{KEPT}/{fingerprint}")
    return files


def _refuse_another_council(workspace: Place, about: bytes, where: str) -> None:
    """A folder copied from another council would give that council's children to this one."""
    try:
        council = str(json.loads(about).get("council", "")) if about else ""
    except ValueError:
        return  # damaged: who reads the caseload refuses it
    own = read_council(workspace).la_number if council and (workspace / "council.toml").is_file() else council
    if council != own:
        raise InputError(
            f"The accepted caseload is of council {council}, the workspace of {own}",
            where=where,
            remedy="Take caseload/ out of this workspace, and accept this council's own returns",
        )


def _acceptance(line: str, number: int) -> Acceptance:
    try:
        return Acceptance(**json.loads(line))
    except (ValueError, TypeError) as problem:
        raise InputError(
            "This is not an acceptance", where=Source(RECORD, number), remedy="Bring the file back from a backup"
        ) from problem
