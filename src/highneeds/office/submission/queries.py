"""Reading for the pages about submissions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from highneeds.office.evidence.bridge import ACCEPTANCES, Results, accepted_with_findings
from highneeds.office.evidence.job_kinds import DESPITE
from highneeds.office.evidence.models import Job, JobState, Run
from highneeds.office.evidence.reading import (
    bytes_at,
    difference,
    is_current,
    latest_run,
    moved_since,
    results_of,
    text_at,
)
from highneeds.office.people.access import roles_of
from highneeds.office.people.models import Council, Person
from highneeds.office.people.roles import CERTIFIERS, WORDS, Permission, Role
from highneeds.office.submission.models import SENT, TO_SIGN, Signature, Submission, SubmissionState

FORMS = {"pdf": "PDF", "html": "web page", "docx": "Word", "xlsx": "Excel workbook"}
OF_REPORT = ("submission", "annexes", "public")
"""The folders of a run that are signed and sent, in the order in which they are read. A choice of the office's own:
who sees what is decided here, and a page loads no definition of a report. A new folder belongs in one of three."""
FOR_MEETINGS = ("board", "since")
"""What boards, Cabinet and forum read."""
FOR_SIGNING = ("review",)
"""What is read before signing and never sent."""


@dataclass(frozen=True)
class ReportFile:
    """A file of a run that people read. title: of its document; form: PDF, Word."""

    name: str
    title: str
    form: str


def published(council: Council) -> list[Submission]:
    """What is published, the newest first: of each slot the newest version that is, replaced or not."""
    found = Submission.objects.filter(council=council, published_at__isnull=False).select_related("run", "slot")
    newest: dict[str, Submission] = {}
    for one in found.order_by("-slot__code", "-number"):
        newest.setdefault(one.slot.code, one)
    return list(newest.values())


def public_files(submission: Submission) -> list[ReportFile]:
    """What anybody may read: the report, and the public page where the run wrote one."""
    return [one for one in report_files(submission.run) if "/" not in one.name or folder_of(one.name) != "annexes"]


def report_files(run: Run) -> list[ReportFile]:
    """The documents that are signed, the report first: those of the submission, not the data behind them."""
    return files_in(run, OF_REPORT) or files_in(run, ("",))


def packs(run: Run) -> list[ReportFile]:
    """What boards, cabinet and forum read."""
    return files_in(run, FOR_MEETINGS)


def review_files(run: Run) -> list[ReportFile]:
    """What is read before signing and never sent."""
    return files_in(run, FOR_SIGNING)


def files_in(run: Run, folders: tuple[str, ...]) -> list[ReportFile]:
    """What people read of these folders of a run, in their order."""
    names = [name for name in run.files if folder_of(name) in folders and ending_of(name) in FORMS]
    results = results_of(run)
    titles = {one.file: one.title for one in results.documents} if results else {}
    return [
        ReportFile(name, titles.get(name, stem_of(name).replace("-", " ").capitalize()), FORMS[ending_of(name)])
        for name in sorted(names, key=lambda name: place_of(name, folders))
    ]


def place_of(name: str, folders: tuple[str, ...]) -> tuple[int, str, int]:
    """Where a file stands in a list: by its folder, its document, and the form that most people open first."""
    return folders.index(folder_of(name)), stem_of(name), list(FORMS).index(ending_of(name))


def folder_of(name: str) -> str:
    return name.split("/")[0] if "/" in name else ""


def stem_of(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def ending_of(name: str) -> str:
    return name.rpartition(".")[2]


STEPS: dict[str, tuple[Permission, tuple[Any, ...]]] = {
    "prepare": (Permission.OPEN_SLOT, (SubmissionState.DRAFTING,)),
    "sign": (Permission.SIGN, TO_SIGN),
    "unlock": (Permission.UNLOCK, (*TO_SIGN, SubmissionState.SIGNED)),
    "submit": (Permission.SUBMIT, (SubmissionState.SIGNED,)),
    "publish": (Permission.SUBMIT, SENT),
    "answer": (Permission.SUBMIT, (SubmissionState.SUBMITTED, SubmissionState.QUERIED, SubmissionState.WITHHELD)),
    "again": (Permission.UNLOCK, SENT),
}
"""What takes a submission on: who may do it, and in which states."""


def next_steps(submission: Submission, person: Person, held: frozenset[Permission]) -> set[str]:
    """The steps that this person may take now."""
    steps = {step for step, (wanted, states) in STEPS.items() if wanted in held and submission.state in states}
    closed = {
        "prepare": not is_current(latest_run(submission.council)),
        "sign": to_sign_as(submission, person) is None,
        "publish": submission.published_at is not None,
        "again": hasattr(submission, "superseded_by"),
    }
    return {step for step in steps if not closed.get(step)}


def what_happened(submission: Submission) -> dict[str, Any]:
    """Signatures, what happened one after another, and what moved since it was put to signature."""
    drafting = submission.run and submission.state == SubmissionState.DRAFTING
    voided = submission.signatures.exclude(voided_at=None).select_related("by")
    happened = [
        *((one.voided_at, "", one) for one in voided),
        *((one.at, one.kind, one) for one in submission.events.all()),
    ]
    return {
        "roles": standing_of_roles(submission),
        "happened": sorted(happened, key=lambda one: one[0]),
        "moved": moved_since(submission.run, submission.council) if drafting else [],
    }


def to_sign_as(submission: Submission, person: Person) -> Role | None:
    """The role in which this person may sign it now; None where there is none."""
    if submission.standing.filter(by=person).exists():
        return None
    taken = set(submission.standing.values_list("role", flat=True))
    held = roles_of(person, submission.council).filter(role__in=[str(role) for role in CERTIFIERS])
    free = [Role(one.role) for one in held.order_by("deputy") if one.role not in taken]
    return free[0] if free else None


def to_know_before_signing(submission: Submission, results: Results | None) -> dict[str, Any]:
    """Findings that must be fixed, statements that the data contradicts, levels that depart from their measures.

    accepted  see `accepted_returns`
    """
    conditions = results.conditions if results else ()
    paragraphs = [paragraph for condition in conditions for paragraph in condition.narrative]
    return {
        "must_fix": [row for row in results.findings.rows if row.severity == "must_fix"] if results else [],
        "accepted": accepted_returns(submission),
        "failing": [claim for paragraph in paragraphs for claim in paragraph.claims if claim.verdict == "fails"],
        "departing": [one for one in conditions if one.agreement == "disagree"],
    }


def accepted_returns(submission: Submission) -> list[tuple[date, int, str]]:
    """(day, how many, the reason on record) of the returns that stand, each with findings that must be fixed."""
    acceptances = bytes_at(submission.run.documents.get(ACCEPTANCES, ""))
    found = accepted_with_findings(acceptances)
    return [(day, count, _accepted_because(submission.council, moment)) for day, count, moment in found]


def _accepted_because(council: Council, moment: str) -> str:
    """Why a return was accepted at this moment although something must be fixed; '' where no reason was asked for.

    moment  of the acceptance, universal time in whole seconds, so the work may have been asked for within the same one
    """
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    done = Job.objects.filter(council=council, kind="accept-return", state=JobState.DONE, finished_at__gte=at)
    one = done.filter(arguments__has_key=DESPITE.name, asked_at__lt=at + timedelta(seconds=1)).order_by("-pk").first()
    return str(one.arguments[DESPITE.name]) if one else ""


def no_longer_counts(submission: Submission, person: Person) -> Signature | None:
    """This person's last signature on it, where that was voided and none of theirs stands."""
    last = submission.signatures.filter(by=person).order_by("-pk").first()
    return last if last and last.voided_at else None


def affirm_again(submission: Submission, person: Person) -> list[tuple[str, list[tuple[str, str]]]]:
    """(document, lines) of the wording that changed since this person's last signature, where only wording changed."""
    last = no_longer_counts(submission, person)
    if last is None or submission.run is None or last.figures != submission.run.figures:
        return []
    before, now = last.run.documents, submission.run.documents
    moved = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    return [(name, difference(text_at(before.get(name, "")) or "", text_at(now.get(name, "")) or "")) for name in moved]


def standing_of_roles(submission: Submission) -> Any:
    """For each certifying role: its words, and the signature that stands, or None."""
    found = {one.role: one for one in submission.standing.select_related("by")}
    return [(WORDS[role], found.get(str(role))) for role in CERTIFIERS]
