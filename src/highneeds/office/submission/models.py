"""A submission goes through staged states; two people certify it; what happened to it stays."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField, FSMModelMixin, transition

from highneeds.office.evidence.models import Run
from highneeds.office.people.models import Council, Person
from highneeds.office.people.roles import CERTIFIERS, WORDS, Role
from highneeds.office.programme.models import Slot


class SubmissionState(models.TextChoices):
    DRAFTING = "drafting", "Drafting"
    READY = "ready", "Ready to sign"
    PART_SIGNED = "part_signed", "Signed by one of two"
    SIGNED = "signed", "Signed"
    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted by DfE"
    QUERIED = "queried", "Queried by DfE"
    WITHHELD = "withheld", "Payment withheld"
    SUPERSEDED = "superseded", "Superseded"


OPEN = (SubmissionState.DRAFTING, SubmissionState.READY, SubmissionState.PART_SIGNED, SubmissionState.SIGNED)
TO_SIGN = (SubmissionState.READY, SubmissionState.PART_SIGNED)
SENT = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED, SubmissionState.QUERIED, SubmissionState.WITHHELD)


class Submission(FSMModelMixin, models.Model):
    """One version of the report of a slot. `run` is what is signed: exactly those documents and files."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="submissions")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    state = FSMField(default=SubmissionState.DRAFTING, choices=SubmissionState.choices, protected=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, related_name="submissions")
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    what_changed = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-slot__code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "number"], name="versions_of_a_slot_are_numbered_once"),
            models.UniqueConstraint(fields=["slot"], condition=Q(state__in=OPEN), name="one_open_version_of_a_slot"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, run__isnull=False),
                name="submitted_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False, submitted_at__isnull=False),
                name="published_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SubmissionState.DRAFTING, SubmissionState.SUPERSEDED]) | Q(run__isnull=False),
                name="what_is_signed_was_worked_out",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(what_changed=""), name="a_new_version_says_what_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot.title}, version {self.number}"

    @property
    def standing(self) -> Any:
        """The signatures that count."""
        return self.signatures.filter(voided_at=None)

    def is_signed_by_all(self) -> bool:
        return {one.role for one in self.standing} == {role.value for role in CERTIFIERS}

    def is_signed_by_some(self) -> bool:
        return self.standing.exists() and not self.is_signed_by_all()

    def is_signed_by_none(self) -> bool:
        return not self.standing.exists()

    @transition(
        field=state, source=[SubmissionState.DRAFTING, *TO_SIGN, SubmissionState.SIGNED], target=SubmissionState.READY
    )
    def prepare(self, run: Run) -> None:
        self.run = run

    @transition(field=state, source=TO_SIGN, target=SubmissionState.PART_SIGNED, conditions=[is_signed_by_some])
    def first_signature(self) -> None: ...

    @transition(field=state, source=TO_SIGN, target=SubmissionState.SIGNED, conditions=[is_signed_by_all])
    def second_signature(self) -> None: ...

    @transition(
        field=state,
        source=[*TO_SIGN, SubmissionState.SIGNED],
        target=SubmissionState.DRAFTING,
        conditions=[is_signed_by_none],
    )
    def unlock(self) -> None: ...

    @transition(field=state, source=[*TO_SIGN, SubmissionState.SIGNED], target=SubmissionState.DRAFTING)
    def withdraw(self) -> None: ...

    @transition(
        field=state, source=SubmissionState.SIGNED, target=SubmissionState.SUBMITTED, conditions=[is_signed_by_all]
    )
    def submit(self) -> None: ...

    @transition(
        field=state,
        source=[SubmissionState.SUBMITTED, SubmissionState.QUERIED, SubmissionState.WITHHELD],
        target=SubmissionState.ACCEPTED,
    )
    def accept(self) -> None: ...

    @transition(field=state, source=[SubmissionState.SUBMITTED], target=SubmissionState.QUERIED)
    def query(self) -> None: ...

    @transition(
        field=state, source=[SubmissionState.SUBMITTED, SubmissionState.QUERIED], target=SubmissionState.WITHHELD
    )
    def withhold(self) -> None: ...

    @transition(field=state, source=SENT, target=SubmissionState.SUPERSEDED)
    def supersede(self) -> None: ...


class Signature(models.Model):
    """One person's signature in one role on exactly one content and exactly these files."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=20, choices=[(role.value, WORDS[role]) for role in CERTIFIERS])
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signatures")
    as_deputy = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    content = models.CharField(max_length=64)
    figures = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    artefacts = models.CharField(max_length=64)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    second_factor = models.CharField(max_length=20)
    voided_at = models.DateTimeField(null=True)
    voided_because = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "role"], condition=Q(voided_at=None), name="one_signature_in_each_role"
            ),
            models.UniqueConstraint(
                fields=["submission", "by"], condition=Q(voided_at=None), name="the_two_who_sign_differ"
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_because="") | (Q(voided_at__isnull=False) & ~Q(voided_because="")),
                name="voided_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(content="") & ~Q(figures="") & ~Q(artefacts="") & ~Q(second_factor=""),
                name="a_signature_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in CERTIFIERS]), name="only_certifiers_sign"
            ),
        ]

    @property
    def words_of_role(self) -> str:
        name = WORDS[Role(self.role)]
        return f"Deputy {name.lower()}" if self.as_deputy else name


class Event(models.Model):
    """Something that happened to a submission: an unlock, a submission, an answer. Its reason is part of it."""

    UNLOCKED, REASONED = "unlocked", ("unlocked", "queried", "withheld")

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    by = models.CharField(max_length=400)
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["unlocked", "queried", "withheld"]) | ~Q(reason=""),
                name="an_unlock_or_a_query_has_a_reason",
            )
        ]
