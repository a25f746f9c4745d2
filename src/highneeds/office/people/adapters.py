"""What sign-in may and may not do here: nobody signs up, and secrets are kept encrypted."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from highneeds.office.site.page import plain


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not asked again of whoever used their second factor just now; or their password, where they have none yet."""
        wanted = "mfa" if is_mfa_enabled(self.request.user) else "password"
        return not any(
            one.get("method") == wanted and time.time() - one["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
            for one in get_authentication_records(self.request, self.request.user)
        )


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """The seed of a second factor is of no use to whoever reads the database without the office's key."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factor {settings.SECRET_KEY}".encode()).digest()))


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    return plain(request, "error.html", 429, heading="Too many tries. Wait a quarter of an hour", kind="tries")
