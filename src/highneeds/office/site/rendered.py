"""Pages of results are made once: the files of a run never change, so neither does a page of them."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

PAGES_KEPT = 300
"""About 20 MB in each process: the largest page, the dashboard of Kent, is 87 KB."""
LARGEST_KEPT = 500_000
_kept: OrderedDict[Hashable, tuple[str, bytes, str]] = OrderedDict()
_lock = Lock()


def rendered_once(request: HttpRequest, made_from: Hashable, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page that `render` gives, kept under what it was made from; 304 where the browser has it already.

    made_from  all that the page depends on: the run, the address, and what the reader may do
    """
    with _lock:
        found = _kept.get(made_from)
        if found:
            _kept.move_to_end(made_from)
    if found is None:
        answer = render()
        if not _is_plain_page(answer):
            return answer
        found = (f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"', answer.content, answer["Content-Type"])
        _keep(made_from, found)
    etag, content, kind = found
    answer = HttpResponse(content, content_type=kind, headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _is_plain_page(answer: HttpResponse) -> bool:
    """A whole page with no header of its own; a file is sent from disk, a refusal is made anew."""
    own = {*answer.headers} - {"Content-Type"}
    marked = any(name.startswith("_csp") for name in vars(answer))
    return answer.status_code == 200 and not answer.streaming and not own and not marked and not answer.cookies


def _keep(made_from: Hashable, page: tuple[str, bytes, str]) -> None:
    if len(page[1]) > LARGEST_KEPT:
        return
    with _lock:
        _kept[made_from] = page
        while len(_kept) > PAGES_KEPT:
            _kept.popitem(last=False)
