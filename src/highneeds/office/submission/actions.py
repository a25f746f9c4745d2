"""What is done with a submission: each one transaction with its entry on the record. The database refuses the rest."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from highneeds.office.evidence import record
from highneeds.office.evidence.bridge import Changed, InputError, is_wording
from highneeds.office.evidence.content import content_of, is_content
from highneeds.office.evidence.models import Run
from highneeds.office.evidence.naming import in_words
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.access import roles_held, roles_of
from highneeds.office.people.models import Council, Membership, Person
from highneeds.office.people.roles import CERTIFIERS, WORDS, Role, in_registers
from highneeds.office.programme.models import Slot
from highneeds.office.programme.reports import written_now
from highneeds.office.submission.models import SENT, TO_SIGN, Event, Signature, Submission, SubmissionState
from highneeds.office.submission.seal import seal


def locked(submission: Submission) -> Submission:
    """The submission as it is now, and nobody else changes it until this is done."""
    record.lock(submission.council.la_number)
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("council", "slot", "run")
        .get(pk=submission.pk)
    )


@transaction.atomic
def start(slot: Slot, *, by: Person, now: datetime) -> Submission:
    """The first version of a slot's submission; where somebody else has just started it, that one."""
    record.lock(slot.council.la_number)
    there = Submission.objects.filter(slot=slot).order_by("number").first()
    if there:
        return there
    submission = Submission.objects.create(council=slot.council, slot=slot, number=1)
    _record(submission, by.signature, now, "Start the submission", before="")
    return submission


@transaction.atomic
def prepare(submission: Submission, run: Run, *, by: Person, now: datetime) -> None:
    """These documents and files are put to those who sign. Signatures on other figures no longer count."""
    submission = locked(submission)
    before = submission.state
    if run.council_id != submission.council_id or run.content != content_now(submission.council).whole:
        raise InputError(
            "Something was changed after these documents were worked out", remedy="Work everything out again first"
        )
    _must_be_of_this_slot(submission.slot)
    if submission.run_id != run.pk:
        for signature in submission.standing:
            moved = signature.figures != run.figures
            _void(
                signature,
                now,
                "A figure moved" if moved else "The wording changed; it is asked for again, with the difference",
            )
    _do(submission.prepare, run)
    if submission.standing.exists():  # the wording was brought back to what was signed
        _do(submission.second_signature if submission.is_signed_by_all() else submission.first_signature)
    submission.save()
    _record(submission, by.signature, now, "Put to those who sign", before=before)


def _must_be_of_this_slot(slot: Slot) -> None:
    """The documents that are worked out are those of one report; nobody signs them as another."""
    code = written_now(slot.council)
    if code not in ("", slot.code):
        raise InputError(
            f"What is worked out is the report {code}, and this is {slot.code}",
            where="council.toml, [report] id",
            remedy=f"Open {code}, or bring back the council.toml that names {slot.code}",
        )


@transaction.atomic
def sign(
    submission: Submission, *, role: Role, by: Person, content: str, artefacts: str, second_factor: str, now: datetime
) -> Signature:
    """`by` signs in `role` exactly what they were shown: this content and these files."""
    submission = locked(submission)
    before = submission.state
    if submission.state not in TO_SIGN:
        raise InputError("This is not ready to be signed", remedy="Look at where it stands")
    if not second_factor:
        raise InputError("A signature asks for the second factor", remedy="Confirm that it is you, and sign again")
    if (content, artefacts) != (submission.run.content, submission.run.artefacts):
        raise InputError("It was changed while you were reading", remedy="Read the new version, then sign that")
    membership = _may_sign(submission.council, by, role)
    signature = _signature(submission, membership, second_factor, now)
    _do(submission.second_signature if submission.is_signed_by_all() else submission.first_signature)
    submission.save()
    why = f"content {content}, files {artefacts}, second factor {second_factor}"
    _record(submission, by.signature, now, f"Sign as {membership.words.lower()}", before=before, why=why)
    return signature


def _signature(submission: Submission, membership: Membership, second_factor: str, now: datetime) -> Signature:
    """On exactly what the run of the submission is. The database refuses a second one of a role or of a person."""
    run, role, by = submission.run, Role(membership.role), membership.person
    what = {name: getattr(run, name) for name in ("content", "figures", "words", "artefacts")}
    how = {"as_deputy": membership.deputy, "second_factor": second_factor, "at": now}
    try:
        with transaction.atomic():
            made: Signature = submission.signatures.create(role=role, by=by, run=run, **what, **how)
    except IntegrityError:
        raise InputError(_why_not(submission, role, by), remedy="Two different people sign, one in each role") from None
    return made


def _may_sign(council: Council, by: Person, role: Role) -> Membership:
    membership = roles_of(by, council).filter(role=role).first() if role in CERTIFIERS else None
    if membership is None:
        raise InputError(f"You are not the {WORDS[role].lower()} of this council", remedy="Ask an administrator")
    return membership


def _why_not(submission: Submission, role: Role, by: Person) -> str:
    if submission.standing.filter(role=role).exists():
        return f"It is signed by the {WORDS[role].lower()} already"
    return f"{by.name} has signed it already in the other role"


@transaction.atomic
def unlock(submission: Submission, *, by: Person, reason: str, now: datetime) -> None:
    """Back to drafting. The signatures no longer count; that it was unlocked, by whom and why, stays."""
    submission = locked(submission)
    before = submission.state
    if not reason.strip():
        raise InputError("An unlock has a reason", remedy="Say why it goes back to drafting")
    for signature in submission.standing:
        _void(signature, now, f"Unlocked: {reason.strip()}")
    _do(submission.unlock)
    submission.save()
    Event.objects.create(submission=submission, kind=Event.UNLOCKED, by=by.signature, at=now, reason=reason.strip())
    _record(submission, by.signature, now, "Unlock the submission", before=before, why=reason)


@transaction.atomic
def submit(submission: Submission, *, by: Person, now: datetime) -> None:
    """It goes to DfE, sealed. The slot is frozen; a version that it replaces is superseded."""
    submission = locked(submission)
    before = submission.state
    if any(one.content != submission.run.content for one in submission.standing):
        raise InputError("A signature is on another version", remedy="Have it signed again")
    submission.submitted_at, submission.submitted_by = now, by
    _do(submission.submit)
    submission.sealed = seal(submission)
    submission.save()
    if submission.supersedes_id:
        old = locked(submission.supersedes)
        state = old.state
        _do(old.supersede)
        old.save()
        _record(old, by.signature, now, "Superseded by a new version", before=state, why=submission.what_changed)
    Slot.objects.filter(pk=submission.slot_id).update(frozen_at=now)
    Event.objects.create(submission=submission, kind="submitted", by=by.signature, at=now)
    _record(submission, by.signature, now, "Submit", before=before)


@transaction.atomic
def publish(submission: Submission, *, by: Person, now: datetime) -> None:
    """The public page and the report of what was submitted can be read by anybody."""
    submission = locked(submission)
    if submission.state not in SENT:
        raise InputError("Only what was submitted is published", remedy="Submit it first")
    if submission.published_at is None:
        submission.published_at, submission.published_by = now, by
        submission.save()
        Event.objects.create(submission=submission, kind="published", by=by.signature, at=now)
        _record(submission, by.signature, now, "Publish", before=submission.state)


ANSWERS = {"accepted": "accept", "queried": "query", "withheld": "withhold"}


@transaction.atomic
def record_answer(submission: Submission, *, answer: str, reason: str, by: Person, now: datetime) -> None:
    """What DfE answered: accepted, queried, or the payment withheld. The payments that follow this report follow it."""
    submission = locked(submission)
    before = submission.state
    if answer not in ANSWERS:
        raise InputError(f"'{answer}' is no answer", remedy=f"Choose one of: {', '.join(ANSWERS)}")
    if answer != "accepted" and not reason.strip():
        raise InputError("A query or a withheld payment has a reason", remedy="Say what DfE asked or gave as reason")
    _do(getattr(submission, ANSWERS[answer]))
    submission.save()
    Event.objects.create(submission=submission, kind=answer, by=by.signature, at=now, reason=reason.strip())
    _record(submission, by.signature, now, f"Answer of DfE: {answer}", before=before, why=reason)
    from highneeds.office.registers.actions import Author
    from highneeds.office.registers.payments import follow

    author = Author(by, in_registers(roles_held(by, submission.council)))
    follow(submission, answer=answer, reason=reason.strip(), by=author, now=now)


@transaction.atomic
def start_again(submission: Submission, *, by: Person, what_changed: str, now: datetime) -> Submission:
    """A new version of what was submitted. It says what changed; the old one stands until the new one is submitted."""
    submission = locked(submission)
    if submission.state not in SENT:
        raise InputError("Only what was submitted gets a new version", remedy="Unlock it instead")
    if not what_changed.strip():
        raise InputError("A new version says what changes", remedy="Say what changes, and why")
    if hasattr(submission, "superseded_by"):
        raise InputError("A new version is under way already", remedy="Go on with that one")
    made = Submission.objects.create(
        council=submission.council,
        slot=submission.slot,
        number=submission.number + 1,
        supersedes=submission,
        what_changed=what_changed.strip(),
    )
    Slot.objects.filter(pk=submission.slot_id).update(frozen_at=None)
    _record(made, by.signature, now, "Start a new version", before="", why=what_changed)
    return made


def documents_changed(council: Council, names: Iterable[str], now: datetime) -> None:
    """Called within every change of documents: an open submission that was put to signature no longer is what there is.

    A figure that moved voids both signatures at once. A changed wording leaves them standing for the words they were
    given on until the new wording is put to those who gave them, with the difference. Either way it is prepared anew.
    """
    names = [name for name in names if is_content(name)]
    if not names:
        return
    for submission in Submission.objects.filter(council=council, state__in=[*TO_SIGN, SubmissionState.SIGNED]):
        moved = [name for name in names if not is_wording(name)]
        for signature in submission.standing if moved else ():
            _void(signature, now, f"A figure moved: {', '.join(in_words(moved))}"[:500])
        before = submission.state
        _do(submission.withdraw)
        submission.save()
        why = f"Changed: {', '.join(in_words(names))}"[:500]
        _record(submission, "The office", now, "Back to drafting: something was changed", before=before, why=why)


def content_now(council: Council) -> Any:
    return content_of(DatabaseStore(council).versions())


def _void(signature: Signature, now: datetime, because: str) -> None:
    signature.voided_at, signature.voided_because = now, because
    signature.save()
    submission = signature.submission
    role = signature.words_of_role.lower()
    _record(
        submission, "The office", now, f"The signature as {role} no longer counts", before=submission.state, why=because
    )


def _do(step: Any, *arguments: Any) -> None:
    try:
        step(*arguments)
    except TransitionNotAllowed:
        raise InputError("That cannot be done as it stands now", remedy="Look at where it stands") from None


def _record(submission: Submission, by: str, now: datetime, what: str, *, before: str, why: str = "") -> None:
    name = f"submission {submission.slot.code} version {submission.number}"
    record.append(
        submission.council.la_number,
        by=by,
        now=now,
        what=what,
        why=why,
        changes=[Changed(name, str(before), str(submission.state))],
    )
