"""Councils, people, and which role a person holds for which council."""

import hashlib
import secrets
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from highneeds.office.people.roles import CERTIFIERS, WORDS, Role

ROLES = [(role.value, WORDS[role]) for role in Role]


class Council(models.Model):
    """A council whose programme is run here. Its data is seen by nobody without a role in it."""

    la_number = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager):
    def get_by_natural_key(self, email: Any) -> Any:
        return self.get(email__iexact=email)

    def create_person(self, name: str, email: str) -> Any:
        person = self.model(name=name.strip(), email=email.strip().lower())
        person.set_unusable_password()
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. Nobody is ever deleted who stands on the record; they are made inactive."""

    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()
    is_staff = False  # allauth asks

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def signature(self) -> str:
        """How the record names this person."""
        return f"{self.name} <{self.email}>"


class Membership(models.Model):
    """A role held for a council. Without a council it waits for the office's first one to be imported."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="memberships", null=True)
    role = models.CharField(max_length=20, choices=ROLES)
    deputy = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["role", "deputy", "person__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "role"],
                condition=Q(until=None, deputy=False, role__in=[role.value for role in CERTIFIERS]),
                name="one_holder_of_a_certifying_role",
            ),
            models.UniqueConstraint(
                fields=["person", "council", "role"], condition=Q(until=None), name="a_role_is_held_once"
            ),
        ]

    @property
    def words(self) -> str:
        return f"Deputy {WORDS[Role(self.role)].lower()}" if self.deputy else WORDS[Role(self.role)]


class Token(models.Model):
    """A key with which a program reads one council's figures. Only its digest is kept."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=400)
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    @staticmethod
    def new_key() -> str:
        return "hn_" + secrets.token_urlsafe(32)

    @staticmethod
    def digest_of(key: str) -> str:
        return hashlib.sha256(key.encode()).hexdigest()
