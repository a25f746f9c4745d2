"""The read API: one token, one council, nothing changed, and every answer as its description says."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from highneeds.office.people import actions
from highneeds.office.people.models import Token
from office_by_hand import worked_out

ROUTES = ("", "indicators/", "conditions/", "findings/", "submissions/", "registers/", "registers/payments/")


@pytest.fixture
def key(kent, office):
    worked_out(kent, office)
    now = timezone.now()
    return actions.make_token(kent, name="dashboards", until=now + timedelta(days=1), by="Test", now=now)


def get(path: str, key: str = "", **headers):
    told = {"authorization": f"Bearer {key}"} if key else {}
    return Client(SERVER_NAME="127.0.0.1").get(f"/api/v1/{path}", headers={**told, **headers})


@pytest.mark.parametrize("route", ROUTES)
def test_a_token_reads_its_own_council_and_no_other(key, medway, route):
    assert get(f"councils/886/{route}", key).status_code == 200
    assert get(f"councils/887/{route}", key).status_code == 404
    assert get(f"councils/886/{route}").status_code == 401
    assert get(f"councils/886/{route}", "hn_wrong").status_code == 401


@pytest.mark.parametrize("route", ROUTES)
def test_nothing_is_changed_through_it(key, route):
    client = Client(SERVER_NAME="127.0.0.1")
    for verb in (client.post, client.put, client.patch, client.delete):
        assert verb(f"/api/v1/councils/886/{route}", headers={"authorization": f"Bearer {key}"}).status_code == 405


def test_the_figures_are_those_of_the_pages(key):
    rows = get("councils/886/indicators/", key).json()
    assert len(rows) == 550
    assert sum(row["value"] is None for row in rows) == 148 and all(
        row["reason"] for row in rows if row["value"] is None
    )
    assert get("councils/886/registers/payments/", key).json()[0]["payment"] == "dfe-5"


def test_a_token_that_ended_or_ran_out_reads_nothing(key, kent):
    one = Token.objects.get()
    assert key not in (one.digest, one.name)
    actions.end_token(one, by="Test", now=timezone.now())
    assert get("councils/886/", key).status_code == 401
    now = timezone.now()
    old = actions.make_token(kent, name="old", until=now - timedelta(seconds=1), by="Test", now=now)
    assert get("councils/886/", old).status_code == 401


def test_a_session_is_no_token(key, kent):
    from office_by_hand import person, signed_in

    assert signed_in(person("manager", kent)).get("/api/v1/councils/886/").status_code == 401


@pytest.fixture
def one_connection():
    """The end of a request leaves the test's connection open, as Django's own test client sees to."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.filterwarnings("ignore")
def test_every_answer_is_as_the_description_says(key, one_connection):
    """schemathesis asks with inputs of its own making, within and outside what the description allows."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings

    from highneeds.office.wsgi import application

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    tried = set()
    for operation in schema.get_all_operations():
        tried.add(operation.ok().path)

        @given(case=operation.ok().as_strategy())
        @settings(
            max_examples=6,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case):
            case.call_and_validate(headers={"Authorization": f"Bearer {key}", "Host": "127.0.0.1"})

        ask()
    assert len(tried) == len(ROUTES)
