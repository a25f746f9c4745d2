"""Take the narrative back from a Word file that an officer edited, with the difference on the record."""

from dataclasses import dataclass
from datetime import datetime

from highneeds.evidence import Evidence
from highneeds.report.narrative_back import ChangedPart, changed_parts, parts_in, rewritten
from highneeds.report.sections.standing import answers
from highneeds.store.protocol import Store


@dataclass(frozen=True)
class NarrativeTakenBack:
    """place: the document that was changed; parts: what changed in it, none where nothing did"""

    place: str
    parts: tuple[ChangedPart, ...]


def narrative_changes(evidence: Evidence, word_file: bytes, where: str) -> NarrativeTakenBack:
    """What the edited file would change, and nothing written."""
    place = f"programme/{evidence.workspace.council.report.id}/narrative.md"
    questions = [one.question for one in answers(evidence)]
    edited = parts_in(word_file, where, questions)
    return NarrativeTakenBack(place, tuple(changed_parts(evidence.workspace.narrative, edited)))


def take_back_narrative(
    store: Store, evidence: Evidence, word_file: bytes, *, where: str, by: str, now: datetime
) -> NarrativeTakenBack:
    """Put the edited words in place of those that they were made from; unchanged paragraphs keep their sources."""
    found = narrative_changes(evidence, word_file, where)
    if not found.parts:
        return found
    before = store.read(found.place) if store.exists(found.place) else b"# Narrative\n"
    based_on = store.version(found.place)
    named = ", ".join(one.part for one in found.parts)
    with store.change(by=by, now=now, what=f"Take the narrative back from {where}", why=named) as change:
        change.put(found.place, rewritten(before.decode("utf-8"), found.parts).encode(), expects=based_on)
    return found
