"""What the pages answer, and what they refuse."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import is_dataclass
from types import UnionType
from typing import get_args, get_type_hints

import pytest

from highneeds.office.evidence import queries
from highneeds.office.evidence.bridge import Results
from highneeds.office.site.templating import together
from journeys.kent_results import KENT

POLICY = "default-src 'none'"


def body(answer) -> str:
    return " ".join(answer.content.decode().split())


PAGES = (
    *("/", "/dashboard/", "/indicators/no_place_count/", "/charts/deficit/", "/money/", "/forecast/", "/data-quality/"),
    *("/caseload/", "/caseload/differences/", "/claims/", "/conditions/", "/conditions/1/", "/changes/", "/risks/"),
    *("/registers/", "/registers/openings/", "/compare/", "/compare/pct_requests_refused/", "/search/?q=alert"),
    *(
        "/report/",
        "/sources/",
        "/conditions/3/",
        "/data-quality/?severity=query",
        "/indicators/specialist_share_yr_r_6/",
    ),
)
MARKUP = '<script>alert(1)</script><b title="x">'
KEYS = {
    "about", "beside", "chart_id", "charts", "csv", "drawn", "file", "fingerprint", "id", "indicator", "indicators",
    "inputs", "la_number", "narrow", "number", "overview_charts", "png", "register", "rule", "sparkline_svg", "svg",
    "to", "unit",
}  # fmt: skip
"""Fields of ids, links, units, files and drawings: whoever reads them refuses what is none, as with plain numbers."""
PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")
KEPT_AS = {str: str, int: int, float: float, bool: bool, type(None): type(None)}


def with_markup(value, kind, name=""):
    """Results as they are kept, with markup behind every text that their types allow, whether it is empty or not."""
    if isinstance(kind, UnionType):
        fitting = (
            one for one in get_args(kind) if isinstance(value, KEPT_AS.get(one, dict if is_dataclass(one) else list))
        )
        return with_markup(value, next(fitting), name)
    if is_dataclass(kind):
        kinds = get_type_hints(kind)
        return {one: with_markup(held, kinds[one], one) for one, held in value.items()}
    if kind is str:
        return value if name in KEYS or PLAIN_NUMBER.fullmatch(value) else f"{value}{MARKUP}"
    of = get_args(kind)
    if isinstance(value, dict):
        return {key: with_markup(one, of[-1], name) for key, one in value.items()}
    if isinstance(value, list):
        kinds = of[:1] * len(value) if of[-1] is Ellipsis else of
        return [with_markup(one, kind, name) for one, kind in zip(value, kinds, strict=True)]
    return value


def test_text_from_the_workspace_is_never_markup(client, folder):
    """On every page, in every text of the results, of one word or many or none."""
    path = folder / "internal" / "results.json"
    path.write_text(json.dumps(with_markup(json.loads(path.read_bytes()), Results)))
    for address in PAGES:
        answer = client.get(address)
        text = body(answer)
        assert answer.status_code == 200 and "<script" not in text and '<b title="x">' not in text, address
        assert "&lt;script&gt;alert(1)" in text, address


def test_a_page_that_is_added_is_found_and_led_to_by_what_its_view_says(client, monkeypatch):
    """Its address and its view are all there is: neither the search nor the links hold a list of pages."""
    from django.http import HttpResponse
    from django.test import override_settings
    from django.urls import clear_url_caches, path

    from highneeds.office.site import urls
    from highneeds.office.site.links import address, named_page, pages

    @named_page("Nursery places", "Where nurseries have room")
    def nurseries(request):
        return HttpResponse("room")

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("nurseries/", nurseries, name="nurseries")])
    clear_url_caches()
    try:
        with override_settings(ROOT_URLCONF=urls.__name__):
            assert (address("nurseries"), client.get("/nurseries/").content) == ("/nurseries/", b"room")
            found = body(client.get("/search/?q=nursery+places"))
        assert 'href="/nurseries/"' in found and "Where nurseries have room" in found
    finally:
        monkeypatch.undo()
        clear_url_caches()
    named = [one.name for one in pages()]
    assert "nurseries" not in named and len(named) == len(set(named)) == 13


def test_years_stay_on_one_line_and_text_stays_text():
    assert together("in 2024-25 & after") == 'in <span class="hn-nowrap">2024-25</span> &amp; after'
    assert together("<i>2024-25</i>") == '&lt;i&gt;<span class="hn-nowrap">2024-25</span>&lt;/i&gt;'


def test_every_answer_carries_the_strict_policy(client):
    for address in ("/", "/money/", "/nowhere/", "/report/files/tables/account.csv", "/indicators/no_place_count.csv"):
        headers = client.get(address).headers
        assert POLICY in headers["Content-Security-Policy"], address
        assert "script-src" not in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in client.get("/").headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"


def test_a_picture_or_document_by_itself_may_do_nothing(client):
    for address in ("/charts/deficit.svg", "/report/files/kent-safety-valve-2025-04-report.html"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert POLICY in policy and "sandbox" in policy and "script-src" not in policy


@pytest.mark.parametrize("host", ["evil.example", "192.168.1.7", "127.0.0.1.evil.example"])
def test_another_host_is_refused(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "23.1m" not in body(answer)


@pytest.mark.parametrize(
    "address",
    [
        "/report/files/internal/results.json",
        "/report/files/charts/deficit.svg",
        "/report/files/../internal/results.json",
        "/report/files/..%2f..%2fetc/passwd",
        "/report/files//etc/passwd",
        "/charts/deficit.json",
        "/charts/..%2fresults.json",
        "/charts/nothing.svg",
        "/indicators/nothing/",
        "/indicators/nothing.csv",
        "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/settings.py",
    ],
)
def test_nothing_but_what_the_results_name_is_sent(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Go on from one of these" in body(answer)


@pytest.mark.parametrize(
    "address", ["/", "/dashboard/", "/money/", "/data-quality/", "/report/", "/charts/deficit.svg"]
)
def test_pages_are_for_reading_only(client, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_a_fault_gives_a_page_with_a_way_on(client, monkeypatch):
    monkeypatch.setattr(queries, "charts", lambda names: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "The fault is ours" in body(answer) and 'href="/dashboard/"' in body(answer)
    assert "ZeroDivision" not in body(answer)


def test_results_that_cannot_be_read_are_said_so(client, folder):
    (folder / "internal" / "results.json").unlink()
    answer = client.get("/dashboard/")
    assert answer.status_code == 503
    assert "there are no results yet" in body(answer) and "highneeds serve" in body(answer)


def test_new_results_show_without_a_restart(client, folder):
    assert "Kent is £23.1m over" in body(client.get("/"))
    path = folder / "internal" / "results.json"
    path.write_text(path.read_text().replace("Kent is £23.1m over", "Kent is £1.9m under"))
    assert "Kent is £1.9m under" in body(client.get("/"))


def test_a_workspace_changed_since_is_said_on_the_page(client, folder):
    warning = "The workspace has changed since these figures were worked out"
    assert warning not in body(client.get("/"))
    path = folder / "internal" / "results.json"
    results = json.loads(path.read_bytes())
    results["run"]["inputs"] = "another workspace"
    path.write_text(json.dumps(results))
    assert warning in body(client.get("/"))


def test_synthetic_data_is_marked_on_every_page(client, folder):
    path = folder / "internal" / "results.json"
    results = json.loads(path.read_bytes())
    assert "Synthetic data" not in body(client.get("/"))
    results["council"]["synthetic"] = True
    path.write_text(json.dumps(results))
    places = ("", "dashboard/", "money/", "report/", "conditions/", "claims/", "data-quality/", "sources/")
    for address in (f"/{place}" for place in places):
        assert ">Synthetic data</strong>" in body(client.get(address)), address


def test_the_page_of_an_invented_caseload_says_so_and_no_other_page_does(client, folder):
    said = client.get("/caseload/").content.decode()
    assert 'phase-banner__content__tag">Synthetic data<' in said and "nobody in it exists" in said
    for path in ("/", "/dashboard/", "/indicators/no_place_count/", "/money/", "/data-quality/", "/conditions/"):
        assert 'phase-banner__content__tag">Synthetic data<' not in client.get(path).content.decode(), path
    file = folder / "internal" / "results.json"
    real = json.loads(file.read_text())
    real["caseload"] |= {"synthetic": False, "notice": "", "invented": []}
    file.write_text(json.dumps(real))
    assert "Synthetic data<" not in client.get("/caseload/").content.decode()


def test_reported_and_computed_stand_beside_each_other_and_the_address_keeps_what_is_chosen(client, folder):
    rows = json.loads((folder / "internal" / "results.json").read_text())["caseload"]["twice"]
    page = "/caseload/differences/"
    assert f'href="{page}"' in body(client.get("/dashboard/")) and f'href="{page}"' in body(client.get("/caseload/"))
    whole = body(client.get(page))
    assert "3 figures" in whole and "synthetic-differences.csv" in whole
    for row in rows:
        for cell in ("title", "period", "reported", "computed", "difference", "why"):
            assert f">{row[cell]}<" in whole or not row[cell], (row["title"], cell)
    differing = body(client.get(page, {"standing": "differs"}))
    assert "1 figure<" in differing and ">+6<" in differing and ">811<" not in differing
    assert '<option value="differs" selected' in differing
    one = body(client.get(page, {"standing": "the same", "indicator": "annual_reviews_overdue_count"}))
    assert "No figure fits what is chosen" in one and "Clear the filters" in one


def test_the_figures_of_an_indicator_as_csv_keep_gaps_and_reasons(client):
    answer = client.get("/indicators/specialist_share_yr_12_14.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert list(rows[0]) == ["indicator", "period", "part", "whole", "value", "unit", "state", "reason", "source"]
    assert len(rows) == 13
    gaps = [row for row in rows if row["state"] == "not_reported"]
    assert [row["period"] for row in gaps] == ["2024-11", "2024-12", "2025-01"]
    assert all(row["value"] == "" and row["reason"] for row in gaps)


def test_the_dashboard_shows_every_indicator_once_and_every_condition(client):
    text = body(client.get("/dashboard/"))
    with (KENT / "indicators.csv").open(encoding="utf-8") as file:
        names = [row["id"] for row in csv.DictReader(file)]
    folded, table = r'<details class="govuk-details hn-fold".*?</details>', r"<table.*?</table>"
    for part in (folded, table):  # the fold stands in place of the table on a telephone
        shown = " ".join(re.findall(part, text))
        assert all(shown.count(f'href="/indicators/{name}/"') == 1 for name in names)
    assert all(f'id="condition-{number}"' in text for number in range(1, 10))


@pytest.mark.parametrize(
    ("query", "heading", "checks"),
    [
        ("", "Found something: 4 checks", ["CLAIM-02", "IDENT-02", "IDENT-01", "AGREE-01"]),
        ("?severity=must_fix", "Found something, must be fixed: 1 check", ["CLAIM-02"]),
        ("?severity=query&outcome=found", "Found something, query: 2 checks", ["IDENT-02", "IDENT-01"]),
        ("?outcome=could_not_check", "Could not be checked: 1 check", ["MOVES-01"]),
        ("?outcome=clear", "Clear: 1 check", ["PLACE-01"]),
        ("?outcome=<b>", "Found something: 4 checks", ["CLAIM-02", "IDENT-02", "IDENT-01", "AGREE-01"]),
    ],
)
def test_checks_are_narrowed_by_the_address_and_what_must_be_fixed_comes_first(client, query, heading, checks):
    answer = client.get("/data-quality/" + query)
    text = body(answer)
    assert heading in text
    assert "<b>" not in text
    assert re.findall(r'hn-under">([A-Z]+-\d\d)<', answer.content.decode()) == checks


def test_a_check_leads_to_its_findings_which_come_in_pages_that_keep_the_check(client, folder):
    assert "1 finding" in body(client.get("/data-quality/?rule=CLAIM-02"))
    assert "No finding" in body(client.get("/data-quality/?rule=PLACE-01"))
    assert "There is no such check" in body(client.get("/data-quality/?rule=<b>"))
    path = folder / "internal" / "results.json"
    results = json.loads(path.read_bytes())
    results["findings"]["rows"] *= 10
    path.write_text(json.dumps(results))
    first = body(client.get("/data-quality/?rule=IDENT-02"))
    assert "90 findings" in first and "Page 1 of 4" in first and "rule=IDENT-02&amp;page=2" in first
    assert "Page 4 of 4" in body(client.get("/data-quality/?rule=IDENT-02&page=99"))


def test_a_gap_all_along_a_row_of_the_account_is_said_once(client):
    text = body(client.get("/money/"))
    assert text.count("Not published, every year") == 8
    assert "£29.9m" in text and "£53m" in text and "£97m" in text


def test_the_web_process_never_loads_the_analytics_libraries(folder):
    code = (
        "import sys; from highneeds.office.wsgi import application; from django.test import Client;"
        "client = Client(SERVER_NAME='127.0.0.1');"
        "assert client.get('/').status_code == client.get('/dashboard/').status_code == 200;"
        "print(sorted({'polars','altair','numba','numpy','pandas','scipy','pyarrow','vl_convert'} & set(sys.modules)))"
    )
    own = {"DJANGO_SETTINGS_MODULE": "highneeds.office.settings", "HIGHNEEDS_RESULTS": str(folder)}
    told = {**os.environ, **own, "HIGHNEEDS_WORKSPACE": str(KENT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=told, check=True)
    assert done.stdout.strip() == "[]"
