"""What a council's returns are read with: its list of establishments, its areas, and what its caseworkers put right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from highneeds.intake.csvfile import read_csv
from highneeds.intake.establishments import Establishments, read_establishments
from highneeds.intake.localities import NO_LOCALITIES, Localities, localities_of
from highneeds.intake.sen2.corrections import NONE_CORRECTED, Correction, read_kept
from highneeds.store.place import Place

ESTABLISHMENTS = "establishments.csv"


@dataclass(frozen=True)
class CouncilLists:
    """establishments  None where no list is given: then no setting is known
    localities      the council's areas by postcode or school
    corrections     mark of a return -> its cells that were put right
    """

    establishments: Establishments | None = None
    localities: Localities = NO_LOCALITIES
    corrections: Mapping[str, Sequence[Correction]] = field(default_factory=lambda: NONE_CORRECTED)


NO_LISTS = CouncilLists()


def lists_of(workspace: Place | None, establishments: Place | None = None, corrected: bool = True) -> CouncilLists:
    """The lists of a workspace; a list of establishments that is given goes before its own.

    corrected   False where returns are read as they are, whatever was put right
    """
    own = workspace / ESTABLISHMENTS if workspace else None
    listed = establishments or (own if own and own.exists() else None)
    return CouncilLists(
        read_establishments(listed) if listed else None,
        localities_of(workspace) if workspace else NO_LOCALITIES,
        read_kept(workspace) if workspace and corrected else NONE_CORRECTED,
    )


def read_case_ids(case_ids: Place | None) -> dict[str, str]:
    """Record -> the council's own case id, from its private file; nothing without one."""
    if case_ids is None:
        return {}
    return {row["record"]: row["case_id"] for row in read_csv(case_ids, ("linkage_key", "record", "case_id"))}


def read_owners(owners: Place | None, case_ids: Place | None) -> dict[str, str]:
    """Record -> who works on it, as the council lists it: by the record itself, or by its own case ids."""
    if owners is None:
        return {}
    if case_ids is None:
        return {row["record"]: row["owner"] for row in read_csv(owners, ("record", "owner"))}
    record_of = {case: record for record, case in read_case_ids(case_ids).items()}
    named = {row["case_id"]: row["owner"] for row in read_csv(owners, ("case_id", "owner"))}
    return {record_of[case]: owner for case, owner in named.items() if case in record_of}
