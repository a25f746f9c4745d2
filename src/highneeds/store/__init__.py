"""What a council has: named documents with versions, and a record of who changed what, when and why."""

from highneeds.store.change import Change
from highneeds.store.folder import FolderStore
from highneeds.store.protocol import ABSENT, ChangedMeanwhile, Store, StoreError, fingerprint_of, version_of
from highneeds.store.record import Altered, Changed, Entry, verify

__all__ = [
    "ABSENT",
    "Altered",
    "Change",
    "Changed",
    "ChangedMeanwhile",
    "Entry",
    "FolderStore",
    "Store",
    "StoreError",
    "fingerprint_of",
    "verify",
    "version_of",
]
