"""Bind typed figures of a narrative to the data: each becomes `{{ figure month }}` and is right from then on."""

from collections.abc import Iterable
from datetime import datetime

from highneeds.claims.suggest import BindingSuggestion, accepted
from highneeds.store.protocol import Store
from highneeds.vocabulary.counted import counted


def bind_figures(store: Store, document: str, chosen: Iterable[BindingSuggestion], *, by: str, now: datetime) -> int:
    """Write the chosen figures as bound ones; how many lines changed. One that is no longer there is left alone.

    document   the narrative's name, 'programme/2025-04/narrative.md'
    """
    wanted = tuple(chosen)
    if not wanted:
        return 0
    with store.change(by=by, now=now, what=f"Bind {counted(len(wanted), 'figure')} of {document}") as change:
        before = change.read(document) or b""
        text = before.decode("utf-8")
        after = accepted(text, wanted)
        if after != text:
            change.put(document, after.encode("utf-8"))
        pairs = zip(text.split("\n"), after.split("\n"), strict=True)
        return sum(one != other for one, other in pairs)
