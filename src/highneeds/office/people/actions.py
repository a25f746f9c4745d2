"""Changing who may come in and what they are. Each with its entry on the record."""

from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse

from highneeds.office.evidence import record
from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.typed import WrongField
from highneeds.office.people.models import Council, Membership, Person, Token
from highneeds.office.people.roles import CERTIFIERS, WORDS, Role


def role_named(word: str) -> Role:
    try:
        return Role(word.strip().lower().replace("_", "-").replace(" ", "-"))
    except ValueError:
        raise InputError(f"There is no role '{word}'", remedy=f"Choose one of: {', '.join(Role)}") from None


@transaction.atomic
def add_person(
    *, name: str, email: str, role: Role, council: Council | None, by: str, now: datetime, deputy: Any = False
) -> Any:
    """A person with a role; one who is there already gets the role as well. Returns the person."""
    if not name.strip():
        raise WrongField("A person has a name", field="name", remedy="Write it as they sign")
    try:
        validate_email(email.strip())
    except ValidationError:
        raise WrongField(
            f"'{email}' is no email address", field="email", remedy="Write it as name@council.gov.uk"
        ) from None
    person = Person.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        person = Person.objects.create_person(name, email)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    give_role(person, role, council, by=by, now=now, deputy=deputy)
    return person


@transaction.atomic
def give_role(
    person: Person, role: Role, council: Council | None, *, by: str, now: datetime, deputy: Any = False
) -> Any:
    if deputy and role not in CERTIFIERS:
        raise InputError(f"{WORDS[role]}: this role has no deputy", remedy="Only those who sign have named deputies")
    if Membership.objects.filter(person=person, council=council, role=role, until=None).exists():
        raise InputError(
            f"{person.name} is {WORDS[role]} already, by themselves or as deputy",
            remedy="Nobody is their own deputy: name another person, or end that role first",
        )
    try:
        with transaction.atomic():
            made = Membership.objects.create(person=person, council=council, role=role, deputy=deputy, since=now)
    except IntegrityError:
        raise InputError(
            f"{WORDS[role]} is held already", remedy="End that role first, or name this person as deputy"
        ) from None
    record.append(_chain(council), by=by, now=now, what=f"Make {person.name} {made.words.lower()}")
    return made


@transaction.atomic
def end_role(membership: Membership, *, by: str, now: datetime, why: str) -> None:
    if not why.strip():
        raise InputError("A role ends for a reason", remedy="Say why")
    membership.until = now
    membership.save()
    what = f"End the role of {membership.person.name} as {membership.words.lower()}"
    record.append(_chain(membership.council), by=by, now=now, what=what, why=why)


@transaction.atomic
def leave(person: Person, *, by: str, now: datetime, why: str) -> None:
    """The person can no longer sign in; what they did stays. Their sessions end."""
    for membership in person.memberships.filter(until=None):
        end_role(membership, by=by, now=now, why=why)
    person.is_active = False
    person.save()
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def welcome_path(person: Person) -> str:
    """The address at which a person chooses a password; it works once, for three days."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)},
    )


@transaction.atomic
def make_token(council: Council, *, name: str, until: datetime, by: str, now: datetime) -> str:
    """The key itself, shown once."""
    if not name.strip():
        raise InputError("A token has a name", remedy="Say which program reads with it")
    key = Token.new_key()
    Token.objects.create(
        council=council, name=name.strip(), digest=Token.digest_of(key), until=until, made_by=by, made_at=now
    )
    record.append(council.la_number, by=by, now=now, what=f"Make the token {name.strip()}")
    return key


@transaction.atomic
def end_token(token: Token, *, by: str, now: datetime) -> None:
    token.ended_at = now
    token.save()
    record.append(token.council.la_number, by=by, now=now, what=f"End the token {token.name}")


def _chain(council: Council | None) -> str:
    return council.la_number if council else record.OFFICE
