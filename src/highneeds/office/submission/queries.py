"""Reading for the pages about submissions."""

from typing import Any

from highneeds.office.evidence.models import Run
from highneeds.office.evidence.reading import difference, text_at
from highneeds.office.people.access import roles_of
from highneeds.office.people.models import Council, Person
from highneeds.office.people.roles import CERTIFIERS, WORDS, Role
from highneeds.office.submission.models import Submission
from highneeds.office.submission.seal import report_pdf

READABLE = (".pdf", ".html", ".docx", ".xlsx")


def published(council: Council) -> list[Submission]:
    """What is published, the newest first: of each slot the newest version that is, replaced or not."""
    found = Submission.objects.filter(council=council, published_at__isnull=False).select_related("run", "slot")
    newest: dict[str, Submission] = {}
    for one in found.order_by("-slot__code", "-number"):
        newest.setdefault(one.slot.code, one)
    return list(newest.values())


def public_files(submission: Submission) -> list[tuple[str, str]]:
    """(name, words) of what anybody may read: the report, and the public page where the run wrote one."""
    return [
        (name, words)
        for name, words in report_files(submission.run)
        if name.split("/")[0] in ("public", "submission") or "/" not in name
    ]


def report_files(run: Run) -> list[tuple[str, str]]:
    """(name, words) of the documents that are signed: those of the submission, not the data behind them."""
    names = [name for name in run.files if name.endswith(READABLE)]
    own = [name for name in names if name.split("/")[0] in ("submission", "public", "annexes")]
    chosen = own or [name for name in names if "/" not in name]
    return [(name, _words(name)) for name in sorted(chosen)]


def packs(run: Run) -> list[tuple[str, str]]:
    """(name, words) of what boards, cabinet and forum read."""
    return [
        (name, _words(name))
        for name in sorted(run.files)
        if name.endswith(READABLE) and name.split("/")[0] in ("board", "cabinet", "forum", "since")
    ]


def review_files(run: Run) -> list[tuple[str, str]]:
    """(name, words) of what is read before signing and never sent."""
    return [
        (name, _words(name)) for name in sorted(run.files) if name.endswith(READABLE) and name.split("/")[0] == "review"
    ]


def _words(name: str) -> str:
    kinds = {"pdf": "PDF", "html": "web page", "docx": "Word", "xlsx": "Excel workbook"}
    stem, _, ending = name.rpartition("/")[2].rpartition(".")
    return f"{stem.replace('-', ' ')} ({kinds[ending]})"


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
