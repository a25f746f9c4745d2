"""Everybody signs in, with a second factor; a session ends."""

from collections.abc import Callable
from urllib.parse import quote

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

Handler = Callable[[HttpRequest], HttpResponse]
OPEN_TO_ALL = (
    "/public/",
    "/accessibility/",
    "/accounts/login/",
    "/accounts/2fa/",
    "/accounts/password/reset/",
    "/accounts/oidc/",
    "/accounts/3rdparty/",
    "/accounts/logout/",
    "/static/",
    "/health/",
    "/api/",
    "/favicon.ico",
)
WITHOUT_SECOND_FACTOR = ("/accounts/", "/static/", "/public/", "/health/", "/api/")
SEEN = "seen_at"


def everybody_signs_in(get_response: Handler) -> Handler:
    """No page but the public ones without sign-in, and none beyond one's account without a second factor."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return (
                get_response(request)
                if request.path.startswith(OPEN_TO_ALL)
                else redirect_to_login(request.get_full_path(), reverse("account_login"))
            )
        if not request.path.startswith(WITHOUT_SECOND_FACTOR) and not used_second_factor(request):
            if is_mfa_enabled(request.user):
                return redirect(f"{reverse('mfa_reauthenticate')}?next={quote(request.get_full_path())}")
            return redirect("mfa_activate_totp")
        return get_response(request)

    return answer


def used_second_factor(request: HttpRequest, within_seconds: int | None = None) -> str:
    """The kind of second factor used in this session ('totp', 'webauthn', 'recovery_codes', 'sso'), or ''.

    within_seconds  how long ago at most; the whole session without
    """
    now = timezone.now().timestamp()
    for one in reversed(get_authentication_records(request, request.user)):
        recent = within_seconds is None or now - one.get("at", 0) <= within_seconds
        if one.get("method") == "mfa" and recent:
            return one.get("type") or "totp"
    return ""


def sessions_end(get_response: Handler) -> Handler:
    """After an hour without a page a person signs in again; after twelve in any case (the cookie's age)."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            seen = request.session.get(SEEN, now)
            if now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif now - seen > 300 or SEEN not in request.session:
                request.session[SEEN] = now
        return get_response(request)

    return answer
