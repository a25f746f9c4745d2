"""Reading for the pages about submissions."""

from dataclasses import dataclass
from typing import Any

from highneeds.office.evidence.models import Run
from highneeds.office.evidence.reading import difference, results_of, text_at
from highneeds.office.people.access import roles_of
from highneeds.office.people.models import Council, Person
from highneeds.office.people.roles import CERTIFIERS, WORDS, Role
from highneeds.office.submission.models import Submission
from highneeds.office.submission.seal import report_pdf

FORMS = {"pdf": "PDF", "html": "web page", "docx": "Word", "xlsx": "Excel workbook"}
OF_REPORT = ("submission", "annexes", "public")
FOR_MEETINGS = ("board", "cabinet", "forum", "since")


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
    return files_in(run, ("review",))


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


def to_sign_as(submission: Submission, person: Person) -> Role | None:
    """The role in which this person may sign it now; None where there is none."""
    if submission.standing.filter(by=person).exists():
        return None
    taken = set(submission.standing.values_list("role", flat=True))
    held = roles_of(person, submission.council).filter(role__in=[str(role) for role in CERTIFIERS])
    free = [Role(one.role) for one in held.order_by("deputy") if one.role not in taken]
    return free[0] if free else None


def affirm_again(submission: Submission, person: Person) -> list[tuple[str, list[tuple[str, str]]]]:
    """(document, lines) of the wording that changed since this person's last signature, where only wording changed."""
    last = submission.signatures.filter(by=person).exclude(voided_at=None).order_by("-pk").first()
    if last is None or submission.run is None or last.figures != submission.run.figures:
        return []
    before, now = last.run.documents, submission.run.documents
    moved = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    return [(name, difference(text_at(before.get(name, "")) or "", text_at(now.get(name, "")) or "")) for name in moved]


def standing_of_roles(submission: Submission) -> Any:
    """For each certifying role: its words, and the signature that stands, or None."""
    found = {one.role: one for one in submission.standing.select_related("by")}
    return [(WORDS[role], found.get(str(role))) for role in CERTIFIERS]


def main_document(submission: Submission) -> str:
    return report_pdf(submission) if submission.run else ""
