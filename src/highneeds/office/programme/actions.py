"""Opening a slot, assigning and writing its sections, giving levels."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from highneeds.office.evidence import record
from highneeds.office.evidence.bridge import KNOWN_ON, InputError
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.models import Council, Person
from highneeds.office.programme.models import Assignment, Completed, Draft, LevelGiven, Slot
from highneeds.office.programme.reports import reports_there
from highneeds.office.programme.sections import NarrativeSection, section_of, with_section
from highneeds.office.registers.rows import read


class SectionChanged(InputError):
    """Somebody else changed the section meanwhile: `theirs` is what stands there now."""

    def __init__(self, theirs: NarrativeSection) -> None:
        super().__init__("Somebody else changed this section while you were writing", remedy="Look at both texts")
        self.theirs = theirs


@transaction.atomic
def open_slot(council: Council, *, code: str, title: str, due_on: Any, by: Person, now: datetime) -> Slot:
    """A slot for a report that the council has."""
    if code not in reports_there(council):
        raise InputError("There is no such report", where=f"programme/{code}/", remedy="Choose one from the list")
    try:
        with transaction.atomic():
            slot = Slot.objects.create(
                council=council, code=code, title=title, due_on=due_on, opened_by=by, opened_at=now
            )
    except IntegrityError:
        raise InputError(f"{title} is open already", remedy="Go on with it") from None
    record.append(council.la_number, by=by.signature, now=now, what=f"Open the slot {title}")
    return slot


@transaction.atomic
def assign(slot: Slot, section: NarrativeSection, person: Person | None, *, by: Person, now: datetime) -> None:
    """The section is this person's to write; nobody's for None."""
    Assignment.objects.filter(slot=slot, section=section.key).delete()
    if person:
        Assignment.objects.create(slot=slot, section=section.key, person=person)
    whose = f"to {person.name}" if person else "to nobody"
    what = f"Assign '{section.heading}' of {slot.title} {whose}"
    record.append(slot.council.la_number, by=by.signature, now=now, what=what)


def write_section(slot: Slot, key: str, text: str, *, based_on: str, by: Person, now: datetime, why: str = "") -> None:
    """Put a text in its place. SectionChanged where it was written over another version than is there now."""
    store = DatabaseStore(slot.council)
    heading = _section(slot, key).heading
    with store.change(by=by.signature, now=now, what=f"Write '{heading}' of {slot.title}", why=why) as change:
        document = change.read(slot.narrative) or b""
        there = section_of(document, key)
        if there is None:
            raise InputError("This section is no longer there", where=key, remedy="Look at the list of sections")
        if there.version != based_on and there.text != text.replace("\r\n", "\n").strip("\n"):
            raise SectionChanged(there)
        change.put(slot.narrative, with_section(document, key, text))
        Draft.objects.filter(slot=slot, section=key, person=by).delete()


def keep_draft(slot: Slot, key: str, text: str, *, based_on: str, by: Person, now: datetime) -> None:
    """What somebody has typed, for them alone; it changes nothing else."""
    _section(slot, key)
    values = {"text": text.replace("\r\n", "\n"), "based_on": based_on, "saved_at": now}
    Draft.objects.update_or_create(slot=slot, section=key, person=by, defaults=values)


def drop_draft(slot: Slot, key: str, *, by: Person) -> None:
    Draft.objects.filter(slot=slot, section=key, person=by).delete()


@transaction.atomic
def complete(slot: Slot, key: str, *, done: bool, by: Person, now: datetime) -> None:
    """The section, as it reads now, is complete; or is not, after all."""
    section = _section(slot, key)
    Completed.objects.filter(slot=slot, section=key).delete()
    if done:
        Completed.objects.create(slot=slot, section=key, sha256=section.version, by=by, at=now)
    what = f"Call '{section.heading}' of {slot.title} {'complete' if done else 'not complete'}"
    record.append(slot.council.la_number, by=by.signature, now=now, what=what)


@dataclass(frozen=True)
class OwnersLevel:
    """The level that a condition is given in one update; what the measures point to, and why it departs from that."""

    condition: int
    update: str
    level: str
    measures: str
    departs: bool
    reason: str


def give_level(slot: Slot, given: OwnersLevel, *, by: Person, now: datetime) -> None:
    """The owner's level of a condition. Where it departs from what the measures point to, it has a reason."""
    if given.departs and not given.reason.strip():
        raise InputError("The level departs from what the measures point to", remedy="Say why")
    store = DatabaseStore(slot.council)
    what = f"Give condition {given.condition} the level {given.level} in {slot.title}"
    with transaction.atomic():
        LevelGiven.objects.create(
            slot=slot,
            condition=given.condition,
            level=given.level,
            measures=given.measures,
            departs=given.departs,
            reason=given.reason.strip(),
            by=by,
            at=now,
        )
        with store.change(by=by.signature, now=now, what=what, why=given.reason) as change:
            there = change.read(slot.levels) or b""
            change.put(slot.levels, with_level(there, given, now.date()))


def with_level(data: bytes, given: OwnersLevel, on: date) -> bytes:
    """levels.csv with this level of its condition and update, known from the day on.

    The level before it stays in its row, for a report of an earlier day; one of the same day was a slip and goes.
    """
    sheet, new = read(data), {"condition": str(given.condition), "update": given.update, "level": given.level}
    there = [row for row in sheet.rows if _what_of(row.cells) == _what_of(new)]
    last = max(there, key=lambda row: row.cells.get(KNOWN_ON, ""), default=None)
    if last and last.cells["level"] == given.level:
        return data
    place = last.place if last and last.cells.get(KNOWN_ON) == on.isoformat() else None
    return sheet.with_row(place, {**new, KNOWN_ON: on.isoformat()}, (KNOWN_ON,)).data


def levels_in(data: bytes) -> dict[tuple[str, str], str]:
    """(condition, update) -> the level that was given last."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    return {_what_of(row): row["level"] for row in sorted(rows, key=lambda row: row.get(KNOWN_ON) or "")}


def _what_of(cells: Mapping[str, str]) -> tuple[str, str]:
    return cells["condition"], cells["update"]


def _section(slot: Slot, key: str) -> NarrativeSection:
    section = section_of(DatabaseStore(slot.council).read(slot.narrative), key)
    if section is None:
        raise InputError("There is no such section", where=key, remedy="Look at the list of sections")
    return section
