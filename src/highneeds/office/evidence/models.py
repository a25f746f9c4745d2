"""What a council has: documents with every version of each, and the record; what was uploaded; what was worked out."""

from django.db import models
from django.utils import timezone

from highneeds.office.people.models import Council, Person


class Blob(models.Model):
    """Bytes, once, under their SHA-256. Never changed and never removed (a trigger sees to it)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    body = models.BinaryField()


class RecordEntry(models.Model):
    """One entry of the record. Each holds the hash of the one before it; a trigger refuses to change or remove any.

    chain  the council's number, or 'office' for what concerns the whole installation
    """

    chain = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    at = models.CharField(max_length=40)
    by = models.CharField(max_length=400)
    what = models.TextField()
    why = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="entries_are_numbered_once")]


class DocumentVersion(models.Model):
    """One version of one document; without a blob it is its removal."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=300)
    number = models.PositiveIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True)
    entry = models.ForeignKey(RecordEntry, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        ordering = ["council", "name", "number"]
        constraints = [models.UniqueConstraint(fields=["council", "name", "number"], name="versions_are_numbered_once")]


class Document(models.Model):
    """What there is now under a name."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=300)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="a_document_is_there_once")]


class Upload(models.Model):
    """A file as received, on disk until it is accepted, refused or forgotten. It may hold names."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="uploads")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]


class JobState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    REFUSED = "refused", "Not done"


class Job(models.Model):
    """Something that the worker does.

    says     what came of it, in a sentence
    listing  a CSV of findings, or of what was done with every cell
    attempt  counts deliveries: only the newest one may finish the job, and only once
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    says = models.TextField(blank=True)
    listing = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running"], finished_at=None)
                | models.Q(state__in=["done", "refused"], finished_at__isnull=False),
                name="a_finished_job_has_its_moment",
            )
        ]


class Run(models.Model):
    """One working-out of everything: from exactly these documents came exactly these files."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="runs")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True)
    content = models.CharField(max_length=64)
    figures = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    artefacts = models.CharField(max_length=64)
    files = models.JSONField()
    documents = models.JSONField()
    folder = models.CharField(max_length=100)
    version = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
