"""Reading for the pages of the programme: what is to be done for a slot, and what waits for whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from highneeds.office.evidence.bridge import Adequacy, AssuranceLevel, month_of
from highneeds.office.evidence.explanations import variances
from highneeds.office.evidence.models import Job, JobState
from highneeds.office.evidence.once import once
from highneeds.office.evidence.reading import is_current, latest_run, results_of, settings_of
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.access import opens
from highneeds.office.people.models import Council, Person
from highneeds.office.people.roles import Permission
from highneeds.office.programme.actions import levels_in
from highneeds.office.programme.models import Assignment, Completed, LevelGiven, Slot
from highneeds.office.programme.reports import reports_there
from highneeds.office.programme.sections import NarrativeSection, split
from highneeds.office.submission.models import SENT, TO_SIGN, Submission, SubmissionState
from highneeds.office.submission.queries import no_longer_counts, to_sign_as

STANDS = {
    "completed": "Completed",
    "in_progress": "In progress",
    "not_started": "Not yet started",
    "cannot_start": "Cannot start yet",
}
LEVELS = {level.value: level.words for level in AssuranceLevel if level.is_given}


@dataclass(frozen=True)
class Task:
    """One line of the task list. stands: a key of STANDS; url '' where it cannot be opened yet."""

    title: str
    stands: str
    url: str
    whose: str = ""
    note: str = ""


def update_of(slot: Slot) -> str:
    """The update that this slot is, as the columns of levels.csv call it: 'April'.

    That of the report which is written now, else that of the month in the name of its folder, else its own title.
    """
    said = settings_of(slot.council)
    report = said.get("report", {})
    if report.get("id") == slot.code and report.get("slot"):
        return report["slot"]
    month = month_of(slot.code)
    return next((one for one in said.get("slots", []) if one.casefold() == month.casefold()), slot.title)


def sections_of(slot: Slot) -> tuple[NarrativeSection, ...]:
    store = DatabaseStore(slot.council)
    return split(store.read(slot.narrative))[1] if store.exists(slot.narrative) else ()


def submission_of(slot: Slot) -> Submission | None:
    return Submission.objects.filter(slot=slot).order_by("-number").first()


def task_list(slot: Slot, held: frozenset[Permission]) -> dict[str, list[Task]]:
    """Everything to be done for a slot; a task leads somewhere for those whose it may be."""
    groups = {
        "Levels": level_tasks(slot),
        "Sections": section_tasks(slot),
        "Signing and sending": final_tasks(slot, held),
    }
    return {
        title: [one if one.url and opens(held, one.url) else replace(one, url="") for one in tasks]
        for title, tasks in groups.items()
    }


def section_tasks(slot: Slot) -> list[Task]:
    whose = dict(Assignment.objects.filter(slot=slot).values_list("section", "person__name"))
    done = dict(Completed.objects.filter(slot=slot).values_list("section", "sha256"))
    return [
        Task(
            section.heading,
            "completed"
            if done.get(section.key) == section.version
            else "in_progress"
            if section.text or section.key in done
            else "not_started",
            reverse("section", args=[slot.council.la_number, slot.code, section.key]),
            whose.get(section.key, ""),
            "Changed after it was called complete" if done.get(section.key, section.version) != section.version else "",
        )
        for section in sections_of(slot)
    ]


def level_tasks(slot: Slot) -> list[Task]:
    """One for each condition, from the last results; its level may be unknown, not given, or an earlier report's."""
    results, store = results_of(latest_run(slot.council)), DatabaseStore(slot.council)
    levels = levels_in(store.read(slot.levels)) if store.exists(slot.levels) else {}
    update, names = update_of(slot), {}
    if results:
        names = {condition.number: condition.title for condition in results.conditions}
    numbers = sorted({int(number) for number, _ in levels} | set(names))
    given = set(LevelGiven.objects.filter(slot=slot).values_list("condition", flat=True))
    first, tasks = is_first(slot), []
    for number in numbers:
        level = levels.get((str(number), update), "")
        carried = level in LEVELS and not first and number not in given
        begun = "in_progress" if carried or number in given else "not_started"
        stands = "completed" if level in LEVELS and not carried else begun
        url = reverse("level", args=[slot.council.la_number, slot.code, number])
        title = f"Level of condition {number}" + (f": {names[number]}" if number in names else "")
        note = f"{LEVELS[level]}, as in an earlier report" if carried else LEVELS.get(level, "No level yet")
        tasks.append(Task(title, stands, url, note=note))
    return tasks


def is_first(slot: Slot) -> bool:
    """No report of the council is earlier: its levels were not carried over from one."""
    return min(reports_there(slot.council), default=slot.code) >= slot.code


def final_tasks(slot: Slot, held: frozenset[Permission]) -> list[Task]:
    """Working out, putting to signature, signing, sending: each can start when the one before it is done."""
    la, submission = slot.council.la_number, submission_of(slot)
    state = SubmissionState(submission.state) if submission else SubmissionState(SubmissionState.DRAFTING)
    current = state in SENT or is_current(latest_run(slot.council))
    there = reverse("submission", args=[la, submission.pk]) if submission else ""
    start = there
    if not there and Permission.OPEN_SLOT in held:  # the button on the page of the slot is there for them alone
        start = reverse("slot", args=[la, slot.code]) + "#start"
    published = bool(submission and submission.published_at)
    tasks = [
        Task(
            "Work everything out",
            "completed" if current else "not_started",
            reverse("data", args=[la]),
            note="" if current else "Something was changed since the last time",
        ),
        Task("Put to those who sign", put_to_signature(state, current), start),
        Task("Sign", SIGNING.get(state, "cannot_start"), there, note=state.label if submission else ""),
        Task("Submit and publish", sending(state, published=published), there),
    ]
    return [replace(one, url="") if one.stands == "cannot_start" else one for one in tasks]


SIGNING = {
    **dict.fromkeys(TO_SIGN, "in_progress"),
    **dict.fromkeys((SubmissionState.SIGNED, *SENT), "completed"),
}


def put_to_signature(state: SubmissionState, current: bool) -> str:
    if state != SubmissionState.DRAFTING:
        return "completed"
    return "not_started" if current else "cannot_start"


def sending(state: SubmissionState, *, published: bool) -> str:
    if published:
        return "completed"
    return "in_progress" if state == SubmissionState.SIGNED or state in SENT else "cannot_start"


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person."""

    text: str
    url: str
    why: str = ""


def waiting_for(person: Person, council: Council, may: frozenset[Permission]) -> list[Waiting]:
    """What waits for this person, the most pressing first."""
    return [one for permission, asked in MAY_WAIT if permission in may for one in asked(person, council)]


def to_sign(person: Person, council: Council) -> list[Waiting]:
    """What this person can sign, and their signatures that no longer count and are not asked for again yet."""
    la = council.la_number
    back = _submissions(council).filter(state=SubmissionState.DRAFTING)
    return [
        Waiting(f"Sign {one}", reverse("signing_sheet", args=[la, one.pk]), SubmissionState(one.state).label)
        for one in _submissions(council).filter(state__in=TO_SIGN)
        if to_sign_as(one, person)
    ] + [
        Waiting(
            f"Your signature on {one} no longer counts", reverse("submission", args=[la, one.pk]), lost.voided_because
        )
        for one in back
        if (lost := no_longer_counts(one, person))
    ]


def to_send(person: Person, council: Council) -> list[Waiting]:
    every = _submissions(council)
    wanted = (
        ("Put to those who sign once more:", every.filter(state=SubmissionState.DRAFTING, run__isnull=False)),
        ("Submit", every.filter(state=SubmissionState.SIGNED)),
        ("Publish", every.filter(state__in=SENT, published_at=None)),
        ("Answer DfE’s query on", every.filter(state=SubmissionState.QUERIED)),
    )
    return [
        Waiting(f"{words} {one}", reverse("submission", args=[council.la_number, one.pk]))
        for words, those in wanted
        for one in those
    ]


def _submissions(council: Council) -> Any:
    return Submission.objects.filter(council=council).select_related("slot", "run", "council")


def to_write(person: Person, council: Council) -> list[Waiting]:
    return [one for slot in open_slots(council) for one in _sections_of_mine(slot, person)]


def _sections_of_mine(slot: Slot, person: Person) -> Iterator[Waiting]:
    mine = set(Assignment.objects.filter(slot=slot, person=person).values_list("section", flat=True))
    drafts = set(slot.drafts.filter(person=person).values_list("section", flat=True))
    if not mine | drafts:
        return
    for section, task in zip(sections_of(slot), section_tasks(slot), strict=True):
        if section.key in mine and task.stands != "completed":
            yield Waiting(f"Write “{section.heading}”", task.url, slot.title)
        elif section.key in drafts:
            yield Waiting(f"Finish your draft of “{section.heading}”", task.url, slot.title)


def to_see_through(person: Person, council: Council) -> list[Waiting]:
    la, slots = council.la_number, open_slots(council)
    if not slots:
        return [Waiting("Open the next report", reverse("slots", args=[la]), "No report is being written")]
    left = {
        slot: sum(one.stands != "completed" for one in [*section_tasks(slot), *level_tasks(slot)]) for slot in slots
    }
    return [
        Waiting(f"{slot.title}: {count} of its tasks are not completed", reverse("slot", args=[la, slot.code]))
        for slot, count in left.items()
        if count
    ]


def open_slots(council: Council) -> list[Slot]:
    return once(("open slots", council.pk), lambda: list(council.slots.filter(frozen_at=None)))


MOST_VARIANCES = 3
"""More are one line of the first page: a monitor has fifty lines."""


def to_explain(person: Person, council: Council) -> list[Waiting]:
    left = [one for one in variances(council) if one.judged.adequacy is not Adequacy.YES]
    if len(left) > MOST_VARIANCES:
        return [Waiting(f"Explain {len(left)} variances", reverse("variances", args=[council.la_number]))]
    return [
        Waiting(
            f"Explain the variance of {one.line} in {one.year}",
            reverse("variance", args=[council.la_number, one.year, one.line]),
            one.why if one.text else "Nobody has said anything of it yet",
        )
        for one in left
    ]


def to_work_out(person: Person, council: Council) -> list[Waiting]:
    la, run = council.la_number, latest_run(council)
    jobs = Job.objects.filter(council=council, by=person, state__in=[JobState.WAITING, JobState.RUNNING])
    found = [Waiting(f"{one.words}: under way", reverse("job", args=[la, one.pk])) for one in jobs]
    if not is_current(run):
        why = "Something was changed since the last time" if run else "Nothing is worked out yet"
        found.append(Waiting("Work everything out", reverse("data", args=[la]), why))
    elif results_of(run) is None:
        why = "The program is newer than what it worked out last"
        found.append(Waiting("Work everything out", reverse("data", args=[la]), why))
    return found


MAY_WAIT = (
    (Permission.SIGN, to_sign),
    (Permission.SUBMIT, to_send),
    (Permission.WRITE, to_write),
    (Permission.OPEN_SLOT, to_see_through),
    (Permission.EXPLAIN, to_explain),
    (Permission.LOAD_DATA, to_work_out),
)
"""What waits for whoever may do it, the most pressing first."""
