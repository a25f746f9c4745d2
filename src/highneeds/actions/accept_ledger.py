"""Take a ledger export as the council's spend: whole and without a problem, or not at all.

Child, supplier and document are kept under the linkage key, so that nothing in the workspace says who they are.
"""

from datetime import datetime

from highneeds.intake.file_names import file_name_to_keep
from highneeds.intake.ledger.accepted import (
    AcceptedYear,
    acceptances,
    must_be_acceptable,
    refuse_ledger_of_another,
    stands,
    to_accept,
    years_of,
)
from highneeds.intake.ledger.export import LedgerExport
from highneeds.intake.ledger.keyed import under_key
from highneeds.intake.workspace.council import read_council
from highneeds.store.place import Place, documents
from highneeds.store.protocol import Store


def accept_ledger(
    store: Store, export: LedgerExport, *, key: bytes, by: str, now: datetime
) -> tuple[AcceptedYear, ...]:
    """Post the export; which years of which ledger it covers, with rows and sum.

    key   the council's linkage key, as `intake.privacy.open_key` gives it

    The list is read while the store is locked: of two exports accepted at once, both are on it. The very same file is
    taken again only where what was kept of it is lost, altered, or older than the keeping without names.
    """
    must_be_acceptable(export, by)
    refuse_ledger_of_another(documents(store), export.la_number, export.file)
    hidden, own = under_key(export, key), _la_number(documents(store))
    what = f"Accept the ledger export {file_name_to_keep(export.file)}: {', '.join(years_of(export))}"
    with store.change(by=by, now=now, what=what) as change:
        place, batch = documents(store), export.digest[:16]
        earlier = [one for one in acceptances(place) if one.batch != batch or stands(place, one)]
        files, fresh = to_accept(hidden, earlier, by, now.date(), own)
        for name, data in files.items():
            change.put(name, data)
    return fresh


def _la_number(place: Place) -> str:
    return read_council(place).la_number if (place / "council.toml").is_file() else ""
