"""Keep the words and figures of a draft, so that the review of the next one can say what moved."""

from collections.abc import Iterable
from datetime import datetime

from highneeds.intake.drafts import KeptDraft, drafts_of, place_of, with_draft
from highneeds.store.place import documents
from highneeds.store.protocol import Store


def keep_draft(
    store: Store, report: str, fingerprint: str, lines: Iterable[tuple[str, str]], *, by: str, now: datetime
) -> bool:
    """Keep (section, line) of a submission; False where this very run is kept already.

    report        '2025-04'
    fingerprint   of the run
    """
    if any(one.fingerprint == fingerprint for one in drafts_of(documents(store), report)[-1:]):
        return False
    with store.change(by=by, now=now, what=f"Keep the draft of {report}, run {fingerprint[:12]}") as change:
        kept = drafts_of(documents(store), report)
        change.put(
            place_of(report), with_draft(kept, KeptDraft(report, now.date().isoformat(), fingerprint, tuple(lines)))
        )
    return True
