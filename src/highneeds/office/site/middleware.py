"""What holds for every answer."""

import hmac
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from highneeds.office.evidence.bridge import ResultsError
from highneeds.office.site.page import plain

GetResponse = Callable[[HttpRequest], HttpResponse]


class SayWhatIsWrong:
    """Results that are missing or cannot be read get a page that says so and what to do, not a bare error."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == 405 and request.method == "GET" and not answer.content:
            return plain(request, "error.html", 405, heading="There is nothing to read at this address", kind="post")
        return answer

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, ResultsError):
            return plain(request, "no_results.html", 503, problem=str(problem))
        return None


def nothing_kept(get_response: GetResponse) -> GetResponse:
    """Pages are asked for anew each time (results change on disk), and no other site may embed what we answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache, private")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer


def without_nul(get_response: GetResponse) -> GetResponse:
    """A NUL stands in no text, and PostgreSQL takes none: what holds one is refused before a page asks the database."""

    def answer(request: HttpRequest) -> HttpResponse:
        typed = [text for said in (request.GET, request.POST) for _, texts in said.lists() for text in texts]
        if any("\x00" in text for text in (request.path, *typed)):
            raise SuspiciousOperation("what was asked holds a NUL")
        return get_response(request)

    return answer


def with_start_token(get_response: GetResponse) -> GetResponse:
    """Where `serve` asks for one, only whoever opened the printed address may read; it leaves a cookie."""

    def answer(request: HttpRequest) -> HttpResponse:
        wanted = settings.START_TOKEN
        if not wanted or request.path.startswith("/static/"):
            return get_response(request)
        if hmac.compare_digest(request.GET.get("token", "").encode(), wanted.encode()):
            response = HttpResponseRedirect(request.path)
            response.set_cookie("start", wanted, httponly=True, samesite="Strict")
            return response
        if hmac.compare_digest(request.COOKIES.get("start", "").encode(), wanted.encode()):
            return get_response(request)
        return plain(
            request, "error.html", 403, heading="Open the address that highneeds serve printed", kind="address"
        )

    return answer
