"""Take a ledger export as the council's spend: whole and without a problem, or not at all."""

from datetime import datetime

from highneeds.intake.ledger.accepted import AcceptedYear, acceptances, to_accept
from highneeds.intake.ledger.export import LedgerExport
from highneeds.store.place import documents
from highneeds.store.protocol import Store


def accept_ledger(store: Store, export: LedgerExport, *, by: str, now: datetime) -> tuple[AcceptedYear, ...]:
    """Post the export; which years of which ledger it covers, with rows and sum."""
    files, fresh = to_accept(export, acceptances(documents(store)), by, now.date())
    years = ", ".join(f"{one.ledger} {one.year}" for one in fresh)
    with store.change(by=by, now=now, what=f"Accept the ledger export {export.file}: {years}") as change:
        for name, data in files.items():
            change.put(name, data)
    return fresh
