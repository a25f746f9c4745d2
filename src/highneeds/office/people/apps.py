from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class PeopleApp(AppConfig):
    name = "highneeds.office.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        authenticator_added.connect(second_factor_was_used)


def second_factor_was_used(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """Whoever has just set up a second factor has just used it; they are not asked for it again at once."""
    from allauth.account.internal.flows.login import record_authentication

    if authenticator.type in ("totp", "webauthn"):
        record_authentication(request, user, "mfa", type=authenticator.type, id=authenticator.pk)
