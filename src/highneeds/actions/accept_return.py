"""Take a SEN2 return as the council's data: a snapshot without names or UPNs, its findings, and who accepted it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from highneeds.caseload import Caseload, from_return
from highneeds.caseload.settings import settings_of
from highneeds.caseload.store import as_files
from highneeds.checks.finding import Findings, findings_table
from highneeds.intake.accepted import KEPT, RECORD, Acceptance, current
from highneeds.intake.file_names import file_name_to_keep
from highneeds.intake.sen2.rows import Return
from highneeds.intake.workspace.council import CouncilFile, read_council
from highneeds.report.render.tables import as_csv
from highneeds.store.place import documents
from highneeds.store.protocol import Store
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table


@dataclass(frozen=True)
class AcceptedReturn:
    """acceptance   as it stands in the list; caseload: what was kept; findings: those accepted with it"""

    acceptance: Acceptance
    caseload: Caseload
    findings: Findings


def accept_return(
    store: Store,
    return_: Return,
    findings: Findings,
    *,
    files: Mapping[str, str],
    by: str,
    now: datetime,
    key_mark: str = "",
) -> AcceptedReturn:
    """Keep the caseload with its findings, and add one line to the list of acceptances.

    files      name -> SHA-256 of what was read
    key_mark   of the linkage key that the return was read with; another one than before is refused
    """
    council = read_council(documents(store))
    must_be_of(return_, council)
    caseload = from_return(return_, settings_of(council.definitions, council.rollover_month))
    name, kept = as_files(caseload)
    acceptance = Acceptance(
        accepted_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        by=by.strip(),
        fingerprint=name,
        reference_date=return_.reference_date.isoformat(),
        files=_named_for_keeping(files),
        findings=dict(sorted(Counter(finding.rule for finding in findings.all).items())),
        must_fix=len(findings.must_fix),
        key_mark=key_mark,
        corrected=sum(note.count for note in return_.notes if note.kind == "correction"),
    )
    with store.change(by=by, now=now, what=f"Accept the return of {return_.reference_date:%-d %B %Y}") as change:
        _must_be_the_same_key(store, key_mark)
        for file, data in kept.items():
            change.put(f"{KEPT}/{name}/{file}", data)
        change.put(f"{KEPT}/{name}.findings.csv", as_csv(_of_files_as_kept(findings)).encode())
        change.append(RECORD, acceptance.line.encode())
    return AcceptedReturn(acceptance, caseload, findings)


def _must_be_the_same_key(store: Store, key_mark: str) -> None:
    """Children are linked from return to return by the key: with another one nobody would be the same child."""
    others = [one for one in current(documents(store)) if one.key_mark and key_mark and one.key_mark != key_mark]
    if others:
        last = others[-1]
        raise InputError(
            f"The linkage key {key_mark} is another than {last.key_mark}, with which the return of "
            f"{last.reference_date} was read",
            where="--key",
            remedy="Give the key file of the earlier returns, or accept all of them again with the new one",
        )


def must_be_of(return_: Return, council: CouncilFile) -> None:
    """A return that says it is another council's is refused; one that says nothing is taken at its giver's word."""
    if return_.council and return_.council != council.la_number:
        raise InputError(
            f"The return is of council {return_.council}, the workspace of {council.la_number}",
            where=return_.header.file,
            remedy="Give the return of this council, or the workspace of that one",
        )


def _named_for_keeping(files: Mapping[str, str]) -> Mapping[str, str]:
    """Files whose names come to the same without the names of people are numbered, so that none is left out."""
    found: dict[str, str] = {}
    for name, digest in files.items():
        kept = file_name_to_keep(name)
        same = sum(1 for one in found if one == kept or one.startswith(f"{kept} ("))
        found[f"{kept} ({same + 1})" if same else kept] = digest
    return found


def _of_files_as_kept(findings: Findings) -> Table:
    return findings_table([replace(one, file=file_name_to_keep(one.file)) for one in findings.all])
