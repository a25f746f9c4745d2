"""What stands beside a section while it is written: the text to begin from, figures it may use, who may write it."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from highneeds.office.evidence.bridge import condition_of
from highneeds.office.evidence.reading import difference, latest_run, results_of
from highneeds.office.people.models import Council, Membership, Person
from highneeds.office.people.roles import MAY, Permission, Role
from highneeds.office.programme.models import Draft, Slot
from highneeds.office.programme.sections import NarrativeSection

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class TextToEdit:
    """text: in the box; based_on: the version it was written over; theirs: line by line what it changes of that which
    stands there now, where somebody wrote meanwhile; draft: the person's own, where the text is it."""

    text: str
    based_on: str
    theirs: list[tuple[str, str]] | None = None
    draft: Draft | None = None


def text_to_edit(slot: Slot, section: NarrativeSection, person: Person) -> TextToEdit:
    """The person's draft, else the text that stands there."""
    draft = slot.drafts.filter(section=section.key, person=person).first()
    if draft is None:
        return TextToEdit(section.text, section.version)
    theirs = difference(section.text, draft.text) if draft.based_on != section.version else None
    return TextToEdit(draft.text, draft.based_on, theirs, draft)


def who_writes(slot: Slot, section: NarrativeSection) -> dict[str, Any]:
    """Whose the section is, who called it complete as it reads now, and who else could write it."""
    return {
        "assigned": slot.assignments.filter(section=section.key).select_related("person").first(),
        "done": slot.completed.filter(section=section.key, sha256=section.version).first(),
        "people": writers(slot.council),
    }


def writers(council: Council) -> Any:
    """People who may write for this council."""
    roles = [str(role) for role in Role if Permission.WRITE in MAY[role]]
    held = Membership.objects.filter(council=council, until=None, role__in=roles)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)


def figures_beside(council: Council, heading: str) -> Any:
    """The latest figures that this section may use: those of its condition, else the four of the first page."""
    results = results_of(latest_run(council))
    if results is None:
        return []
    number = condition_of(heading)
    condition = next((one for one in results.conditions if one.number == number), None)
    if condition:
        shown = {one.id: one for one in results.indicators}
        return [
            (shown[name].short_title, shown[name].sentence.heading) for name in condition.indicators if name in shown
        ]
    return [(one.title, f"{one.value} {one.change}".strip()) for one in results.figures]


def claims_of(council: Council, heading: str) -> Any:
    """What the last working-out found of the figures in this section: those that fail or can be bound to the data."""
    results = results_of(latest_run(council))
    if results is None:
        return []
    sections = [*results.narrative]
    paragraphs = [one for part in sections if part.title == heading for one in part.paragraphs]
    number = condition_of(heading)
    paragraphs += [one for part in results.conditions if part.number == number for one in part.narrative]
    claims = dict.fromkeys(claim for paragraph in paragraphs for claim in paragraph.claims)
    return [claim for claim in claims if claim.verdict == "fails" or (claim.bound and says_the_same(claim))]


def says_the_same(claim: Any) -> bool:
    """Whether the figure of the data, rounded as the text has it, is the text's own; another one is not offered."""
    stated, shown = (
        [Decimal(one.replace(",", "")) for one in NUMBER.findall(text)] for text in (claim.stated, claim.shows)
    )
    return bool(shown) and any(shown[0].quantize(one, ROUND_HALF_UP) == one for one in stated)
