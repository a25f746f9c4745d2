"""Take the narrative back from a Word file that an officer edited, with the difference on the record."""

from dataclasses import dataclass
from datetime import datetime

from highneeds.evidence import Evidence
from highneeds.intake.workspace.programme import NarrativeParagraph, read_narrative
from highneeds.report.narrative_back import ChangedPart, changed_parts, parts_in, rewritten
from highneeds.report.sections.standing import answers
from highneeds.store.place import documents
from highneeds.store.protocol import Store


@dataclass(frozen=True)
class NarrativeTakenBack:
    """place: the document that was changed; parts: what changed in it, none where nothing did"""

    place: str
    parts: tuple[ChangedPart, ...]


def narrative_changes(evidence: Evidence, word_file: bytes, where: str) -> NarrativeTakenBack:
    """What the edited file would change, and nothing written."""
    return _changes(evidence, evidence.workspace.narrative, word_file, where)


def take_back_narrative(
    store: Store, evidence: Evidence, word_file: bytes, *, where: str, by: str, now: datetime
) -> NarrativeTakenBack:
    """Put the edited words in place of those that are there now; unchanged paragraphs keep their sources."""
    place, workspace = _place(evidence), evidence.workspace
    based_on = store.version(place)  # before it is read: what somebody else writes meanwhile is not lost
    conditions = [one.number for one in workspace.agreement.conditions]
    there = read_narrative(documents(store), workspace.council.report.id, conditions)
    found = _changes(evidence, there, word_file, where)
    if not found.parts:
        return found
    before = store.read(place) if store.exists(place) else b"# Narrative\n"
    named = ", ".join(one.part for one in found.parts)
    with store.change(by=by, now=now, what=f"Take the narrative back from {where}", why=named) as change:
        change.put(place, rewritten(before.decode("utf-8"), found.parts).encode(), expects=based_on)
    return found


def _changes(
    evidence: Evidence, there: tuple[NarrativeParagraph, ...], word_file: bytes, where: str
) -> NarrativeTakenBack:
    questions = [one.question for one in answers(evidence)]
    edited = parts_in(word_file, where, questions)
    return NarrativeTakenBack(_place(evidence), tuple(changed_parts(there, edited)))


def _place(evidence: Evidence) -> str:
    return f"programme/{evidence.workspace.council.report.id}/narrative.md"
