"""What a page costs, and that nothing is left running: few questions to the database, pages of results made once."""

import io
import json
import logging
import subprocess
import sys

import pytest
from django.db import connection
from django.urls import reverse

from highneeds.office.evidence.once import asked_once, once
from office_by_hand import person, signed_in, worked_out

MOST_QUESTIONS = 20
PAGES = ("", "reports/", "reports/2025-07/", "registers/", "record/", "data/", "reports/2025-07/sections/condition-1/")


@pytest.fixture
def browser(kent, slot, office):
    worked_out(kent, office)
    return signed_in(person("finance", kent))


def questions(browser, page: str) -> list[str]:
    asked = []

    def note(execute, sql, *others):
        asked.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(note):
        assert browser.get(f"/councils/886/{page}").status_code == 200
    return [one for one in asked if one.startswith("SELECT")]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_the_database_few_questions_and_none_about_documents_twice(browser, page):
    questions(browser, page)
    asked = questions(browser, page)
    assert len(asked) <= MOST_QUESTIONS, "\n".join(asked)
    assert sum('FROM "evidence_document" WHERE' in one and '"blob_id"' in one for one in asked) <= 1
    assert sum('FROM "evidence_run"' in one for one in asked) <= 1


def test_an_answer_is_remembered_within_one_page_only():
    answers = iter(range(10))
    assert [once("a", lambda: next(answers)) for _ in range(2)] == [0, 1]
    with asked_once():
        assert [once("a", lambda: next(answers)) for _ in range(3)] == [2, 2, 2]
        assert once("b", lambda: next(answers)) == 3
    with asked_once():
        assert once("a", lambda: next(answers)) == 4


def test_a_page_of_results_is_made_once_and_not_sent_again_to_who_has_it(browser, kent, office, monkeypatch):
    from highneeds.office.evidence.views import figures

    url, made = reverse("figures_page", args=["886", "dashboard/"]), []
    render = figures.page
    monkeypatch.setattr(figures, "page", lambda *words: made.append(words) or render(*words))
    first, second = browser.get(url), browser.get(url)
    assert first.content == second.content and first["ETag"] == second["ETag"] and len(made) == 1
    again = browser.get(url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b"" and again["Cache-Control"] == "no-cache, private"
    assert browser.get(url, {"x": "1"}).status_code == 200 and len(made) == 2
    assert "Content-Security-Policy" in second.headers
    worked_out(kent, office)
    assert browser.get(url).status_code == 200 and len(made) == 3


def test_a_kept_page_is_shown_to_nobody_who_may_not_see_it(browser, kent, medway):
    url = reverse("figures_page", args=["886", "money/"])
    assert browser.get(url).status_code == 200
    for one in (person("member", kent), person("dfe", kent), person("finance", medway)):
        assert signed_in(one).get(url).status_code == 404


def test_a_table_of_a_casework_register_is_for_those_who_keep_or_decide_it(kent, office):
    """It names schools with how many children they asked for."""
    place = office / "runs" / worked_out(kent, office).folder
    file = place / "internal" / "results.json"
    from highneeds.office.evidence.views import figures

    told, csv = json.loads(file.read_text()), "internal/money/exceptional-need.csv"
    words = {"title": "Exceptional pupil need", "words": "By year.", "group": "Savings and new demands"}
    table = {"columns": [{"title": "Schools", "numeric": False}], "rows": [["Hill School 2"]]}
    told["account"]["pages"] = [
        {"id": "exceptional-need", "synthetic": False, "notes": [], "table": table, "csv": csv}
        | {"register": "exceptional_need", **words}
    ]
    told["documents"].append({**told["documents"][0], "file": csv, "title": words["title"]})
    file.write_text(json.dumps(told))
    (place / csv).parent.mkdir()
    (place / csv).write_bytes(b"schools\nHill School 2\n")
    paths = ("money/exceptional-need/", reverse("document", urlconf=figures.PAGES, args=[csv])[1:])
    for role, status, named in (("finance", 200, True), ("analyst", 404, False), ("section-151", 200, True)):
        someone = signed_in(person(role, kent))
        answers = [someone.get(reverse("figures_page", args=["886", path])).status_code for path in paths]
        assert answers == [status, status]
        listed = someone.get(reverse("figures_page", args=["886", "money/"])).content.decode()
        assert ("Exceptional pupil need" in listed) == named


def test_results_of_an_earlier_version_are_asked_for_anew_and_no_page_breaks(kent, office):
    run = worked_out(kent, office)
    file = office / "runs" / run.folder / "internal" / "results.json"
    someone = signed_in(person("finance", kent))
    assert "Work everything out" not in someone.get("/councils/886/").content.decode()
    file.write_text(json.dumps({**json.loads(file.read_text()), "schema": 1}))
    first = someone.get("/councils/886/figures/money/", follow=True)
    assert first.redirect_chain == [("/councils/886/", 302)]
    said = first.content.decode()
    assert "The program is newer than these pages" in said and "newer than what it worked out last" in said


@pytest.mark.parametrize("page", ["", "reports/2025-07/sections/condition-1/"])
def test_a_database_that_is_gone_is_said_in_one_sentence_and_comes_back(browser, page):
    from django.db import OperationalError

    def gone(*_):
        raise OperationalError("the connection is closed")

    browser.raise_request_exception = False
    with connection.execute_wrapper(gone):
        answer = browser.get(f"/councils/886/{page}")
        assert answer.status_code == 503 and "cannot reach its database" in answer.content.decode()
        assert browser.get("/health/").status_code == 503
    assert browser.get(f"/councils/886/{page}").status_code == 200


def test_a_database_that_goes_before_the_session_is_written_is_no_wrong_address(browser):
    from django.db import OperationalError

    def gone(execute, sql, *rest):
        if sql.startswith("UPDATE") and "session" in sql:
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(gone):
        answer = browser.get("/councils/886/")
    assert answer.status_code == 503 and "cannot reach its database" in answer.content.decode()


def test_a_full_disk_is_said_in_one_sentence(browser, monkeypatch):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def full(*_):
        raise OSError(28, "No space left on device")

    browser.raise_request_exception = False
    monkeypatch.setattr("os.fsync", full)
    sent = {"kind": "dashboard", "file": SimpleUploadedFile("a.csv", b"a,b\n")}
    answer = browser.post("/councils/886/data/upload/", sent)
    assert answer.status_code == 503 and "has no room to save this" in answer.content.decode()


def test_a_fault_is_one_line_with_the_numbers_of_request_and_person_and_nobodys_name(browser, kent):
    def broken(execute, sql, *rest):
        if "people_council" in sql:
            raise RuntimeError("broken on purpose")
        return execute(sql, *rest)

    browser.raise_request_exception = False
    log, written = logging.getLogger("django"), io.StringIO()
    said = logging.StreamHandler(written)
    said.setFormatter(log.handlers[0].formatter)
    request = logging.getLogger("django.request")
    request.addHandler(said)
    try:
        with connection.execute_wrapper(broken):
            assert browser.get("/councils/886/").status_code == 500
    finally:
        request.removeHandler(said)
    line = json.loads(written.getvalue().splitlines()[0])
    someone = kent.memberships.get(role="finance").person
    assert line["user_id"] == someone.pk and len(line["request_id"]) == 36
    assert "broken on purpose" in line["exception"]
    assert someone.name not in written.getvalue() and someone.email not in written.getvalue()


ORPHAN = """
import subprocess
from highneeds.office.serving import adopt_what_is_left, children, end_all_but
adopt_what_is_left()
kept = subprocess.Popen(["sleep", "60"])
said = subprocess.run(["sh", "-c", "sleep 60 >/dev/null 2>&1 & echo $!"], capture_output=True, text=True).stdout
assert int(said) in children()
end_all_but({kept.pid})
print(children() == [kept.pid])
end_all_but(set())
print(children() == [])
"""


def test_the_engine_of_a_worker_that_was_killed_is_ended_too():
    done = subprocess.run([sys.executable, "-c", ORPHAN], capture_output=True, text=True)
    assert done.stdout.split() == ["True", "True"], done.stderr


def test_the_worker_and_its_engine_come_after_the_pages():
    import os
    from pathlib import Path

    from highneeds.office.serving import WORKER_NICENESS, give_way

    worker = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        give_way(worker.pid)
        shared_by_session = Path(f"/proc/{worker.pid}/autogroup")  # not on every system
        assert os.getpriority(os.PRIO_PROCESS, worker.pid) == WORKER_NICENESS
        assert not shared_by_session.exists() or shared_by_session.read_text().endswith(f"nice {WORKER_NICENESS}\n")
    finally:
        worker.kill()
        worker.wait()


def test_an_address_that_only_takes_a_form_says_so_and_shows_a_way_on(browser):
    answer = browser.get("/councils/886/reports/open/")
    assert answer.status_code == 405
    assert "It only takes what a form sends" in answer.content.decode()
