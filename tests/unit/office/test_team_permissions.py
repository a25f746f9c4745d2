"""Who may open which page: every route, role, own council and another's. A new route without a rule fails here."""

import random
import re
from collections import Counter
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from highneeds.office.people.access import EVERYBODY, SIGNED_IN
from highneeds.office.people.models import Person
from highneeds.office.people.roles import MAY, Permission, Role
from office_by_hand import person, signed_in, worked_out

OTHERS = ("accounts/", "api/")
"""allauth's own pages and the read API have doors of their own, tried in test_team_signing_in and test_team_api."""


def routes():
    def walk(patterns, prefix=""):
        for one in patterns:
            path = prefix + str(one.pattern)
            if isinstance(one, URLResolver):
                if not path.startswith(OTHERS):
                    yield from walk(one.url_patterns, path)
            elif isinstance(one, URLPattern):
                yield path, one.name, one.callback

    return list(walk(get_resolver("highneeds.office.team_urls").url_patterns))


def test_every_route_says_who_may_open_it():
    assert len(routes()) > 50
    without = [name for _, name, view in routes() if not hasattr(view, "permission")]
    assert without == []


def test_every_permission_is_held_by_some_role_and_opens_some_page():
    held = frozenset().union(*MAY.values())
    assert held == set(Permission) and set(MAY) == set(Role)
    opening = {one for _, _, view in routes() if isinstance(view.permission, tuple) for one in view.permission}
    assert opening == set(Permission)


def test_an_administrator_sees_people_and_no_data():
    assert MAY[Role.ADMINISTRATOR] == {Permission.MANAGE_PEOPLE}
    assert MAY[Role.DFE] == {Permission.SEE_SUBMITTED}


@pytest.fixture
def addresses(kent, slot, signed, office, in_this_process):
    """name -> an address of that route in Kent at which there is something."""
    from highneeds.office.evidence import actions, explanations, scenarios
    from highneeds.office.people.actions import make_token
    from highneeds.office.people.models import Token
    from office_by_hand import NOW

    worked_out(kent, office)
    manager = slot.opened_by
    typed = explanations.ExplanationTyped("2024-25", "1.2.3", "100", "x", "")
    explanations.explain(kent, typed, by="Test", role="Test", now=NOW)
    scenarios.save_scenario(kent, "local", "title: x\nlevers: []\n", based_on="", by="Test", now=NOW)
    upload = actions.receive(kent, kind="dashboard", name="a.csv", chunks=[b"a,b\n"], by=manager, now=NOW)
    job = actions.ask_for("run", kent, by=manager, now=NOW)
    make_token(kent, name="t", until=NOW, by="Test", now=NOW)
    values = {
        "la": kent.la_number,
        "code": slot.code,
        "key": "on-track-in-year",
        "condition": 1,
        "pk": signed.pk,
        "name": "payments",
        "number": 1,
        "ending": "csv",
        "rest": "dashboard/",
    }
    own = {
        "row": {"key": "dfe-5"},
        "row_version": {"key": "dfe-5"},
        "check_register": {"pk": upload.pk},
        "one_upload": {"pk": upload.pk},
        "ask": {"pk": upload.pk},
        "job": {"pk": job.pk},
        "findings_csv": {"pk": job.pk},
        "findings_xlsx": {"pk": job.pk},
        "pack": {"name": "board/pack.pdf"},
        "submission_file": {"name": "report.pdf"},
        "submitted_file": {"name": "report.pdf"},
        "public_file": {"name": "report.pdf"},
        "variance": {"year": "2024-25", "line": "1.2.3"},
        "scenario": {"name": "local"},
        "versions": {"name": "council.toml"},
        "version": {"name": "council.toml"},
        "bring_back": {"name": "council.toml"},
        "person": {"pk": manager.pk},
        "welcome": {"pk": manager.pk},
        "end_role": {"pk": manager.pk},
        "end_token": {"pk": Token.objects.get().pk},
    }
    made = {}
    for path, name, _ in routes():
        wanted = {word.split(":")[-1] for word in _words(path)}
        chosen = {**values, **own.get(name, {})}
        made[name] = reverse(name, kwargs={word: chosen[word] for word in wanted})
    return made


def _words(path):
    import re

    return re.findall(r"<([^>]+)>", path)


COUNCIL_ROUTES = [(name, view.permission) for _, name, view in routes() if isinstance(view.permission, tuple)]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reaches_what_it_may_and_nothing_else(addresses, kent, medway, role):
    """404 where one may not; anything else (a page, a redirect, 'POST only') where one may."""
    if role in (Role.SECTION_151, Role.DIRECTOR):
        own = signed_in(kent.memberships.get(role=role).person)
    else:
        own = signed_in(person(role, kent, name=f"own {role}"))
    other = signed_in(person(role, medway, name=f"other {role}"))
    absent = {
        "findings_csv",
        "findings_xlsx",
        "submitted_file",
        "pack",
    }  # nothing there: the job is no check, the report is not submitted
    for name, permission in COUNCIL_ROUTES:
        url = addresses[name]
        assert other.get(url).status_code in (404, 405), f"{role} of another council at {name}"
        status = own.get(url).status_code
        if MAY[role] & set(permission):
            if name not in absent and status == 404:
                # a row or file that another rule keeps from this role
                assert name in KEPT_BY_ANOTHER_RULE, f"{role} at {name}: {status}"
            assert status < 500, f"{role} at {name}: {status}"
        else:
            assert status in (404, 405), f"{role} at {name}: {status}"
        if status == 405 and not MAY[role] & set(permission):
            assert own.post(url).status_code == 404, f"{role} posts to {name}"
        if status == 405 or name in (
            "section",
            "level",
            "add_row",
            "row",
            "row_version",
            "upload_register",
            "check_register",
            "scenario",
            "add_scenario",
            "variance",
            "add_variance",
        ):
            assert other.post(url).status_code == 404, f"{role} of another council posts to {name}"


@pytest.mark.parametrize("role", list(Role))
def test_every_link_that_a_role_is_shown_opens(addresses, kent, role):
    """From the first page on, three pages of each kind: no link leads where this role may not go, or nowhere."""
    holder = kent.memberships.filter(role=role).first()
    browser = signed_in(holder.person if holder else person(role, kent))
    left, came_from = [addresses["inbox"]], {}
    met = Counter()
    while left:
        url = left.pop(0)
        kind = resolve(urlsplit(url).path).url_name
        met[kind] += 1
        if met[kind] > 3:
            continue
        answer = browser.get(url)
        assert answer.status_code in (200, 302), f"{url}, shown on {came_from[url]}: {answer.status_code}"
        if not answer.streaming and "/figures/" not in url:
            links = re.findall(r'(?:href|src)="(/councils/[^"#]+)', answer.content.decode(errors="replace"))
            left += [came_from.setdefault(one, url) and one for one in map(unescape, links) if one not in came_from]


KEPT_BY_ANOTHER_RULE = {"add_row", "signed", "row", "row_version", "upload_register", "check_register"}


def test_without_sign_in_there_is_nothing_but_what_is_public(addresses, client_of_nobody):
    for name, url in addresses.items():
        view = next(view for _, other, view in routes() if other == name)
        answer = client_of_nobody.get(url)
        if view.permission == EVERYBODY:
            assert answer.status_code in (200, 404), name
        else:
            assert answer.status_code in (302, 405), name
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/accounts/login/")
    assert {view.permission for _, _, view in routes() if isinstance(view.permission, str)} == {EVERYBODY, SIGNED_IN}


@pytest.fixture
def client_of_nobody(office):
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1")


def test_a_role_that_ended_opens_nothing_and_neither_does_somebody_who_left(kent):
    from highneeds.office.people.actions import end_role, leave
    from office_by_hand import NOW

    someone = person("manager", kent)
    browser = signed_in(someone)
    url = reverse("inbox", args=["886"])
    assert browser.get(url).status_code == 200
    end_role(someone.memberships.get(), by="Test", now=NOW, why="moved on")
    assert browser.get(url).status_code == 404
    leave(someone, by="Test", now=NOW, why="left")
    assert browser.get(url).status_code == 302


def test_second_factor_comes_before_any_page(kent):
    someone = person("manager", kent)
    browser = signed_in(someone, second_factor=None)
    answer = browser.get(reverse("inbox", args=["886"]))
    assert answer.status_code == 302 and answer.headers["Location"] == "/accounts/2fa/totp/activate/"


IN_THE_RESULTS = {
    "indicator": {"name": "no_place_count"},
    "indicator_csv": {"name": "no_place_count"},
    "chart": {"name": "deficit"},
    "chart_narrow": {"name": "deficit"},
    "chart_file": {"name": "deficit", "kind": "png"},
    "money_table": None,  # the results made by hand have none
    "condition": {"number": 3},
    "register": {"name": "openings"},
    "comparison": {"name": "pct_requests_refused"},
    "comparison_csv": {"name": "pct_requests_refused"},
    "comparison_file": {"name": "pct_requests_refused", "kind": "csv"},
    "document": {"name": "tables/account.csv"},
}
"""Route of the read-only pages -> what there is in the results that these tests make."""


def test_every_read_only_page_is_for_those_who_see_figures_and_for_nobody_else(kent, office):
    """A new page without an address here, or without a door, fails."""
    pages = "highneeds.office.site.urls"
    named = [one.name for one in get_resolver(pages).url_patterns if one.name]
    wanted = {name: IN_THE_RESULTS.get(name, {}) for name in named}
    paths = [
        reverse(name, kwargs=chosen, urlconf=pages).lstrip("/") for name, chosen in wanted.items() if chosen is not None
    ]
    worked_out(kent, office)
    staff, member = signed_in(person(Role.ANALYST, kent)), signed_in(person(Role.MEMBER, kent, name="own member"))
    start = reverse("figures", args=["886"])
    assert {path: code for path in paths if (code := staff.get(start + path).status_code) != 200} == {}
    assert {path: code for path in paths if (code := member.get(start + path).status_code) != 404} == {}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "dana at home"}, "email"),
        ({"role": "", "deputy": "no"}, "role"),
        ({}, "role"),
    ],
)
def test_what_is_wrong_with_a_new_person_is_said_at_its_field(kent, changed, field):
    """The last is right but for the role, which has no deputies."""
    administrator = signed_in(person("administrator", kent))
    typed = {"name": "Dana Doe", "email": "dana@example.gov.uk", "role": "analyst", "deputy": "yes", **changed}
    answer = administrator.post(reverse("add_person", args=["886"]), typed)
    assert answer.status_code == 422 and f'<a href="#{field}">' in answer.content.decode()
    assert not Person.objects.filter(email=typed["email"]).exists()


TYPED = (
    *("\x00", "nan", "Infinity", "1e400000", "9" * 5000, "٣", "-1", "abc", "", "\x07\u202e\ufeff✓"),
    "=1+1\r\n{{7}}<b>",
)
FIELDS = (
    *("add", "answer", "artefacts", "based_on", "bind", "content", "do", "done", "kind", "level", "membership", "name"),
    *("person", "read", "reason", "text", "what_changed", "why", "year", "line", "gbp", "explanation", "email", "role"),
    *("payer", "financial_year", "due_on", "amount_gbp", "state", "received_gbp", "title", "code", "q", "page", "sort"),
)


def test_a_nul_is_refused_before_the_database_is_asked(addresses, kent):
    """PostgreSQL takes none in a text; where it stands does not matter."""
    browser = signed_in(person("manager", kent, name="typing"))
    assert browser.post(addresses["level"], {"reason": "a\x00b"}).status_code == 400
    assert browser.get(addresses["record"], {"q": "\x00"}).status_code == 400
    assert browser.get(addresses["versions"].replace("council", "%00")).status_code == 400
    assert browser.post(addresses["level"], {"reason": "ab"}).status_code != 400


def test_nothing_that_is_typed_into_a_form_is_a_fault(addresses, kent):
    """Of whoever may open it: a page with what is wrong, a refusal or a redirect; a fault would be raised here."""
    chance = random.Random(17)
    browsers = {role: signed_in(person(role, kent, name=f"typing {role}")) for role in ("manager", "administrator")}
    for name, permission in COUNCIL_ROUTES:
        role = next((one for one in browsers if MAY[Role(one)] & set(permission)), None)
        for _ in range(2 if role else 0):
            typed = {field: chance.choice(TYPED) for field in FIELDS if chance.random() < 0.7}
            for answer in (browsers[role].post(addresses[name], typed), browsers[role].get(addresses[name], typed)):
                assert answer.status_code < 500, f"{name}: {typed}"
                assert b"{{7}}<b>" not in (b"" if answer.streaming else answer.content), name
