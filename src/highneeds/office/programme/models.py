"""Reporting slots, who writes which section, drafts, and levels given against the measures."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from highneeds.office.people.models import Council, Person


class Slot(models.Model):
    """One report of the year, under the name of its folder in programme/. Once submitted it is frozen."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="slots")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-code"]
        constraints = [models.UniqueConstraint(fields=["council", "code"], name="a_slot_is_opened_once")]

    @property
    def folder(self) -> str:
        return f"programme/{self.code}/"

    @property
    def narrative(self) -> str:
        return f"{self.folder}narrative.md"

    @property
    def levels(self) -> str:
        return f"{self.folder}levels.csv"


class Assignment(models.Model):
    """Who writes a section. One person at a time."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="assignments")
    section = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "section"], name="a_section_has_one_writer")]


class Completed(models.Model):
    """A section that its writer calls complete, as it read then. Changed later, it is in progress again."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="completed")
    section = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "section"], name="a_section_is_completed_once")]


class Draft(models.Model):
    """What one person has typed and not yet put in its place; `based_on` is the version they started from."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="drafts")
    section = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    text = models.TextField(blank=True)
    based_on = models.CharField(max_length=64)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "section", "person"], name="one_draft_each")]


class LevelGiven(models.Model):
    """A level that an owner gave, what the measures pointed to, and why where the two depart. Kept for every change."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="levels_given")
    condition = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10)
    measures = models.CharField(max_length=20, blank=True)
    departs = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(departs=False) | ~Q(reason=""), name="a_level_that_departs_has_a_reason")
        ]
