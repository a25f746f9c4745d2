"""The settings of the office, its addresses and who may open them, and its read-only pages, as they are on file.

Meant to change: HIGHNEEDS_WRITE_PAGES=yes python -m pytest tests/unit/office/test_office_on_file.py, and read the
difference in tests/golden/office.
"""

import json
import re
import runpy
from importlib.util import find_spec

import pytest
import structlog
from django.urls import URLPattern, URLResolver, get_resolver
from structlog.processors import TimeStamper

from highneeds import __version__
from office_answers import told
from on_file import held

ENVIRONMENTS = {
    "nothing said": {},
    "behind a proxy, with everything said": {
        "HIGHNEEDS_URL": "https://send.example.gov.uk/",
        "HIGHNEEDS_PROXIES": "1",
        "HIGHNEEDS_DATABASE_URL": "postgresql://us%40er:p%2Fw@db.example:5433/office",
        "HIGHNEEDS_SMTP": "mail.example:587",
    },
    "a database reached by its socket, a mail server without a port": {
        "HIGHNEEDS_DATABASE_URL": "postgresql:///office?host=/run/postgresql",
        "HIGHNEEDS_SMTP": "mail.example",
    },
}
SAID = (
    *("HIGHNEEDS_URL", "HIGHNEEDS_PROXIES", "HIGHNEEDS_DATABASE_URL", "HIGHNEEDS_SMTP", "HIGHNEEDS_OIDC"),
    *("HIGHNEEDS_WORKSPACE", "HIGHNEEDS_RESULTS", "HIGHNEEDS_START_TOKEN"),
)
OF_ITS_LOG = ("processors", "logger_factory", "cache_logger_on_first_use")


def whole(value):
    """The value with what the steps of a log are told: Python names only their class."""
    match value:
        case dict():
            return {name: whole(one) for name, one in value.items()}
        case list() | tuple():
            return type(value)(map(whole, value))
        case TimeStamper():
            return f"TimeStamper {value.__getstate__()}"
        case _:
            return value


def settings_of(module, office):
    """name -> value as text, of a module of settings; without keys, places of this machine and addresses of objects."""
    path = find_spec(module).origin
    found = {name: whole(value) for name, value in runpy.run_path(path).items() if name.isupper()}
    here, secret = str(found["HERE"]), found.get("SECRET_KEY", "")
    for name, value in sorted(found.items()):
        text = repr(value).replace(str(office), "OFFICE").replace(here, "HERE")
        text = text.replace(secret, f"SECRET of {len(secret)} signs") if secret else text
        yield name, without_addresses(text)


def without_addresses(text):
    return re.sub(r" at 0x[0-9a-f]+", "", text)


def test_every_setting_is_what_is_on_file(office_made, monkeypatch, tmp_path):
    """Limits, times, cookies, headers: what keeps an office safe is changed on purpose or not at all."""
    said: list[str] = []
    for words, given in ENVIRONMENTS.items():
        for name in SAID:
            monkeypatch.delenv(name, raising=False)
        if not said:
            said += ["=== of one person", *map(": ".join, settings_of("highneeds.office.settings", office_made))]
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        said += ["", f"=== of a team, {words}", *map(": ".join, settings_of("highneeds.office.team", office_made))]
    (tmp_path / "oidc.json").write_text('{"openid_connect": {"APPS": []}}')
    monkeypatch.setenv("HIGHNEEDS_OIDC", str(tmp_path / "oidc.json"))
    assert dict(settings_of("highneeds.office.team", office_made))["SOCIALACCOUNT_PROVIDERS"] == (
        "{'openid_connect': {'APPS': []}}"
    )
    kept = {name: whole(structlog.get_config()[name]) for name in OF_ITS_LOG}
    said += ["", "=== of its log", *(without_addresses(f"{name}: {value!r}") for name, value in kept.items())]
    held("office/settings", said)


def test_where_an_office_is_and_its_key_without_a_word_said(office_made, monkeypatch, tmp_path):
    """Here, and with a key that opens nothing until `office init` made one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HIGHNEEDS_OFFICE")
    path = find_spec("highneeds.office.team").origin
    told = ("OFFICE", "SECRET_KEY", "FILE_UPLOAD_TEMP_DIR")
    found = runpy.run_path(path)
    assert [found[name] for name in told] == [
        *(tmp_path / "office", "not an office yet, and this key opens nothing", None)
    ]
    (tmp_path / "office" / "arriving").mkdir(parents=True)
    (tmp_path / "office" / "secret.key").write_text("made")
    found = runpy.run_path(path)
    assert [found[name] for name in told] == [tmp_path / "office", "made", tmp_path / "office" / "arriving"]


def addresses_of(urls):
    def walk(patterns, before):
        for one in patterns:
            path = before + str(one.pattern)
            if isinstance(one, URLResolver) and not path.startswith(("accounts/", "api/")):
                yield from walk(one.url_patterns, path)
            elif isinstance(one, URLPattern):
                may = getattr(one.callback, "permission", "")
                who = may if isinstance(may, str) else ", ".join(sorted(one.name for one in may))
                yield f"/{path} {one.name} {one.default_args or ''} {who}".rstrip()

    return walk(get_resolver(urls).url_patterns, "")


def test_every_address_and_who_may_open_it_is_on_file(office_made):
    of_one = ["=== of one person", *addresses_of("highneeds.office.urls")]
    held("office/addresses", [*of_one, "", "=== of a team", *addresses_of("highneeds.office.team_urls")])


def test_what_the_api_promises_is_on_file(office_made):
    from highneeds.office.api import api

    held("office/api", json.dumps(api.get_openapi_schema(), indent=1).replace(__version__, "VERSION").splitlines())


READ = (
    *("/", "/dashboard/", "/indicators/no_place_count/", "/charts/deficit/", "/money/", "/forecast/", "/data-quality/"),
    *("/caseload/", "/caseload/differences/", "/claims/", "/conditions/", "/conditions/1/", "/changes/", "/risks/"),
    *("/registers/", "/registers/openings/", "/compare/", "/compare/pct_requests_refused/", "/search/?q=deficit"),
    *("/search/", "/search/?q=nothing+like+it", "/report/", "/sources/", "/accessibility/", "/nowhere/", "/assurance/"),
    *(
        "/dashboard/?condition=3",
        "/data-quality/?severity=query",
        "/indicators/no_place_count.csv",
        "/charts/deficit.png",
    ),
    *("/charts/deficit-narrow.svg", "/compare/pct_requests_refused/shown.csv", "/report/files/tables/account.csv"),
)


def test_every_page_of_one_person_says_what_is_on_file(client):
    said = []
    for url in READ:
        said += ["", f"=== {url}", *told(client.get(url))]
    held("office/read-only-pages", said)


@pytest.mark.parametrize(("method", "status"), [("post", 405), ("put", 405), ("delete", 405), ("head", 200)])
def test_a_read_only_page_is_only_read(client, method, status):
    assert getattr(client, method)("/dashboard/").status_code == status
