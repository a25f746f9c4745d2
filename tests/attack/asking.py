"""Addresses, questions and headers that no reader means: the pages answer, redirect or refuse, and never fail."""

import os
import random
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from attack.cases import Outcome
from attack.running import any_text
from journeys.kent_results import KENT, write_kent
from office_by_hand import OF_EACH_KIND

KNOWN = (
    "/",
    "/dashboard/",
    "/money/",
    "/indicators/",
    "/charts/",
    "/report/",
    "/report/files/",
    "/data-quality/",
    "/sources/",
)
PAGES = (
    "/indicators/no_place_count/",
    "/charts/deficit/",
    "/money/account/",
    "/data-quality/",
    "/dashboard/",
    "/sources/",
)
PIECES = (
    "..",
    "%2e%2e",
    "%00",
    "~",
    "results.json",
    "internal/results.json",
    "deficit.svg",
    "no_place_count",
    "-1",
    "a" * 4000,
)
NAMES = ("q", "severity", "show", "rule", "view", "page", "with", "per", "office", "__proto__")
HEADERS = (
    "host",
    "accept-language",
    "if-none-match",
    "if-modified-since",
    "range",
    "cookie",
    "x-forwarded-host",
    "referer",
)
FAULT = 500


def try_asking(folder: Path, seed: int, cases: int, until: float) -> Outcome:
    """No answer is a fault, and none repeats what was asked as mark-up."""
    found, chance = Outcome(), random.Random(seed)
    with _client(folder) as client:
        for _ in range(cases):
            if time.monotonic() > until:
                break
            found.add("asked", *_asked(client, _address(chance), _headers(chance)))
    return found


def _asked(client, address: str, headers: dict[str, str]) -> tuple[str, str]:
    """What came of it, and what is wrong with that, or ''."""
    try:
        answer = client.get(address, headers=headers)
    except Exception as problem:
        return "exception", f"{address[:200]} {headers}: {problem!r}"[:600]
    fault = "" if answer.status_code < FAULT else f"{answer.status_code} for {address[:300]!a} {headers}"
    if "html" in answer.headers.get("content-type", "") and b"<hn-attack>" in _body(answer):
        fault = f"mark-up came back for {address[:300]!a}"
    return str(answer.status_code), fault


@contextmanager
def _client(folder: Path):
    """Of the pages of one person, over Kent's results. Their settings end with it: later tests have their own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "highneeds.office.settings")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    import django

    django.setup()
    from django.test import Client
    from django.test.utils import override_settings

    from highneeds.office import settings as of_one

    write_kent(folder / "results")
    chosen = {name: getattr(of_one, name) for name in OF_EACH_KIND}
    with override_settings(RESULTS_FOLDER=str(folder / "results"), WORKSPACE=str(KENT), **chosen):
        yield Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)


def _body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def _address(chance: random.Random) -> str:
    pieces = [
        chance.choice(PIECES) if chance.random() < 0.6 else quote(_text(chance), safe="")
        for _ in range(chance.randrange(3))
    ]
    wild = chance.choice(KNOWN) + "/".join(pieces) + chance.choice(("", "/", ".csv", ".svg"))
    path = chance.choice((wild, *PAGES))
    asked = "&".join(f"{chance.choice(NAMES)}={quote(_text(chance), safe='')}" for _ in range(chance.randrange(3)))
    return f"{path}?{asked}" if asked else path


def _text(chance: random.Random) -> str:
    return chance.choice(("<hn-attack>", "'\"><hn-attack>", "{{ 7 }}", "{% now %}", any_text(chance)))


def _headers(chance: random.Random) -> dict[str, str]:
    return (
        {chance.choice(HEADERS): chance.choice(("", "evil.example", "bytes=9-1", 'W/"x"', "a=b; a=", "x" * 5000))}
        if chance.random() < 0.5
        else {}
    )
