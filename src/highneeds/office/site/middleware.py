"""What holds for every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from highneeds.office.evidence.bridge import ResultsError
from highneeds.office.site.page import plain

Answer = Callable[[HttpRequest], HttpResponse]


class SayWhatIsWrong:
    """Results that are missing or cannot be read get a page that says so and what to do, not a bare error."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, ResultsError):
            return plain(request, "no_results.html", 503, problem=str(problem))
        return None


def nothing_kept(get_response: Answer) -> Answer:
    """Pages are asked for anew each time (results change on disk), and no other site may embed what we answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache, private")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer
