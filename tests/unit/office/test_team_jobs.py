"""Jobs: delivered again after a kill, finished once; uploads; the engine's changes taken back or refused."""

import csv
import io
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from highneeds.office.evidence import actions, worker
from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.job_kinds import KINDS
from highneeds.office.evidence.models import Job, JobState, RecordEntry, Run, Upload
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.roles import Permission
from office_by_hand import NOW, person, signed_in


@pytest.fixture
def analyst(kent):
    return person("analyst", kent)


def ask(kent, analyst, kind="run", **arguments) -> Job:
    return actions.ask_for(kind, kent, by=analyst, now=timezone.now(), **arguments)


def engine(monkeypatch, write, code=0, said=""):
    """A stand-in for the engine's process: `write(words)` does what its command would do on disk."""

    def run(words, steps):
        write(words)
        return code, said

    monkeypatch.setattr(worker, "run_engine", run)


def results(words):
    from pathlib import Path

    from journeys.kent_results import write_kent

    write_kent(Path(words[words.index("--out") + 1]))


def test_a_job_is_worked_out_once_however_often_it_is_delivered(kent, analyst, monkeypatch):
    engine(monkeypatch, results)
    job = ask(kent, analyst)
    assert worker.do(job.pk) == "done"
    assert worker.do(job.pk) == "nothing to do"
    assert Run.objects.count() == 1
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.DONE, 1)
    assert RecordEntry.objects.filter(what="Done: Work everything out").count() == 1


def test_the_same_job_that_still_waits_is_not_asked_for_twice(kent, analyst):
    assert ask(kent, analyst) == ask(kent, analyst)


def test_a_job_whose_worker_died_is_delivered_again_and_finished_once(kent, analyst, monkeypatch):
    job = ask(kent, analyst)
    assert worker.claim(job.pk) == 1  # a worker takes it, and is killed
    assert worker.claim(job.pk) == 0  # while it may still be at it, nobody else does
    assert worker.deliver_again() == 0
    Job.objects.filter(pk=job.pk).update(seen_at=timezone.now() - timedelta(seconds=31))
    assert worker.deliver_again() == 1
    engine(monkeypatch, results)
    assert worker.do(job.pk) == "done"
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.DONE, 2)


def test_a_fault_that_nobody_foresaw_is_tried_three_times_and_then_told(kent, analyst, monkeypatch):
    def broken(words):
        raise ValueError("Ada Lovelace")

    engine(monkeypatch, broken)
    job = ask(kent, analyst)
    assert [begun_again(job) for _ in range(4)] == [
        "to be delivered again",
        "to be delivered again",
        "given up",
        "nothing to do",
    ]
    assert worker.deliver_again() == 0
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.REFUSED, 3) and job.finished_at
    assert "(ValueError, " in job.says and "nothing was changed" in job.says and "tried 3 times" in job.says
    assert "Lovelace" not in job.says
    assert [one.why for one in RecordEntry.objects.filter(what="Not done: Work everything out")] == [job.says]


@pytest.mark.parametrize(("kills", "faults"), [(0, 1), (0, 2), (2, 0), (9, 0)])
def test_a_job_that_was_killed_or_failed_for_a_moment_is_finished_once(kent, analyst, monkeypatch, kills, faults):
    job = ask(kent, analyst)
    for _ in range(kills):
        lost(job)
        assert worker.claim(job.pk)
    left = list(range(faults))

    def at_last(words):
        if left:
            left.pop()
            raise OSError(28, "No space left on device")
        results(words)

    engine(monkeypatch, at_last)
    assert [begun_again(job) for _ in range(faults + 1)] == ["to be delivered again"] * faults + ["done"]
    assert Run.objects.count() == 1


def begun_again(job) -> str:
    lost(job)
    return worker.do(job.pk)


def lost(job) -> None:
    """Nobody has heard of its worker for longer than the lease."""
    Job.objects.filter(pk=job.pk).update(seen_at=timezone.now() - timedelta(seconds=31))


@pytest.mark.parametrize(("seconds", "delivered"), [(30, 0), (31, 1), (86_400, 1)])
def test_a_clock_that_was_ahead_and_is_put_right_keeps_no_job_waiting(kent, analyst, seconds, delivered):
    job = ask(kent, analyst)
    assert worker.claim(job.pk) == 1
    ahead = timezone.now() + timedelta(seconds=seconds + delivered)
    Job.objects.filter(pk=job.pk).update(seen_at=ahead)
    assert worker.deliver_again() == delivered
    assert bool(worker.claim(job.pk)) == bool(delivered)


def test_what_the_worker_does_each_minute_is_due_at_once_when_the_clock_is_put_right(office, monkeypatch):
    from django.db import connections
    from django_q.models import Schedule

    from highneeds.office.serving import prepare, put_plans_right

    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test's own, which takes back what it wrote
    prepare()
    tomorrow, soon = timezone.now() + timedelta(days=1), timezone.now() + timedelta(minutes=1)
    Schedule.objects.update(next_run=tomorrow)
    put_plans_right()
    due = {plan.name: plan.next_run < soon for plan in Schedule.objects.all()}
    assert due == {"deliver again": True, "retention": False}  # the one is for each minute, the other for each day


PRINTED = """/usr/lib/python3.11/x.py:1: RuntimeWarning: overflow of 7
Traceback (most recent call last):
  File "/opt/highneeds/lib/python3.11/site-packages/highneeds/cli/run.py", line 30, in run
    work(cells)
KeyError: 'Ada Lovelace'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/usr/lib/python3.11/runpy.py", line 198, in _run_module_as_main
    return _run_code(code, main_globals, None,
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/highneeds/lib/python3.11/site-packages/highneeds/caseload/spell.py", line 7, in spell_of
    return float(cell)
  File "/opt/highneeds/lib/python3.11/site-packages/polars/frame.py", line 9, in get
    return self[name]
ValueError: could not convert
Lovelace: born 10 December
"""


def test_a_fault_of_the_engine_says_where_and_to_whom_to_turn_and_quotes_nothing(monkeypatch, tmp_path):
    from highneeds.office.evidence import engine

    told = f"import sys; sys.stderr.write({PRINTED!r}); sys.exit(1)"
    popen = engine.subprocess.Popen
    monkeypatch.setattr(engine.subprocess, "Popen", lambda words, **how: popen([words[0], "-c", told], **how))
    with structlog.testing.capture_logs() as logged, pytest.raises(InputError) as refused:
        engine.run_engine(["run", "/place/of/a-name"], tmp_path / "steps")
    assert "(ValueError, highneeds/caseload/spell.py line 7) and nothing was changed" in str(refused.value)
    assert "Tell whoever runs the office" in str(refused.value)
    assert logged[0]["frames"] == [
        "/usr/lib/python3.11/runpy.py line 198",
        "highneeds/caseload/spell.py line 7",
        "/opt/highneeds/lib/python3.11/site-packages/polars/frame.py line 9",
    ]
    assert logged[0]["command"] == "run"
    assert "Lovelace" not in f"{refused.value} {logged}"


def test_an_engine_that_was_killed_says_so(tmp_path):
    from highneeds.office.evidence.engine import failed

    assert str(failed(["run"], -9, "")).startswith("The work was ended from outside (signal 9) and nothing was changed")


def test_a_worker_that_was_thought_dead_cannot_finish_after_another(kent, analyst, monkeypatch):
    job = ask(kent, analyst)

    def slow(words):
        results(words)
        if Job.objects.get(pk=job.pk).attempt == 1:
            Job.objects.filter(pk=job.pk).update(seen_at=timezone.now() - timedelta(seconds=31))
            assert worker.do(job.pk) == "done"

    engine(monkeypatch, slow)
    assert worker.do(job.pk) == "another delivery finished it"
    assert Run.objects.count() == 1


def test_what_the_engine_refuses_is_one_sentence_and_changes_nothing(kent, analyst, monkeypatch):
    engine(monkeypatch, lambda words: None, code=2, said="council.toml line 3: no such year.")
    before = DatabaseStore(kent).fingerprint()
    job = ask(kent, analyst)
    worker.do(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.REFUSED and "council.toml line 3: no such year." in job.says
    assert DatabaseStore(kent).fingerprint() == before and not Run.objects.exists()


def test_what_the_engine_changed_becomes_the_councils_in_one_change(kent, analyst, monkeypatch):
    from pathlib import Path

    def carry_forward(words):
        folder = Path(words[words.index("next-report") + 1]) / "programme" / "2025-12"
        folder.mkdir()
        (folder / "narrative.md").write_bytes(b"## A\n\nx\n")

    engine(monkeypatch, carry_forward)
    entries = len(DatabaseStore(kent).record())
    worker.do(ask(kent, analyst, "next-report", slot="December").pk)
    assert DatabaseStore(kent).read("programme/2025-12/narrative.md") == b"## A\n\nx\n"
    said = [one.what for one in DatabaseStore(kent).record()[entries:]]
    assert said == [
        "Ask: Carry the report forward to the next slot",
        "Carry the report forward to the next slot",
        "Done: Carry the report forward to the next slot",
    ]


def test_a_document_that_somebody_changed_meanwhile_is_not_overwritten(kent, analyst, monkeypatch):
    from pathlib import Path

    def meanwhile(words):
        workspace = Path(words[words.index("next-report") + 1])
        (workspace / "council.toml").write_bytes(b"by the engine")
        with DatabaseStore(kent).change(by="Other", now=NOW, what="Write") as change:
            change.put("council.toml", b"by another")

    engine(monkeypatch, meanwhile)
    job = ask(kent, analyst, "next-report", slot="July")
    worker.do(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.REFUSED and "Somebody else changed this meanwhile" in job.says
    assert DatabaseStore(kent).read("council.toml") == b"by another"


def test_every_kind_of_work_is_for_those_who_may_and_names_what_it_takes():
    for name, kind in KINDS.items():
        assert kind.words and (kind.command or kind.keeps) and kind.permission in Permission, name
        assert ("{uploads}" in kind.command) == bool(kind.upload and kind.command), name


# Uploads


def upload(browser, name="return.zip", data=b"PK..", kind="return"):
    return browser.post(
        reverse("upload", args=["886"]), {"kind": kind, "file": SimpleUploadedFile(name, data)}, follow=True
    )


def test_an_upload_is_kept_whole_for_the_office_alone(kent, analyst):
    answer = upload(signed_in(analyst), data=b"x" * 3_000_000)
    assert answer.status_code == 200 and "Check a SEN2 return" in answer.content.decode()
    one = Upload.objects.get()
    path = actions.upload_path(one)
    assert path.stat().st_size == one.size == 3_000_000
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("return.exe", b"MZ", "does not end in"),
        ("return", b"PK", "does not end in"),
        ("return.zip", b"", "empty"),
    ],
)
def test_what_no_reader_takes_is_refused_at_the_door(kent, analyst, name, data, says):
    answer = upload(signed_in(analyst), name, data)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Upload.objects.exists()


def test_an_upload_over_the_limit_is_refused_and_nothing_of_it_stays(kent, analyst, settings_of_uploads, office):
    with pytest.raises(InputError, match="larger than"):
        actions.receive(kent, kind="return", name="a.zip", chunks=[b"x" * 600] * 2, by=analyst, now=NOW)
    assert not list((office / "uploads").glob("*.part"))
    made = actions.receive(kent, kind="return", name="a.zip", chunks=[b"x" * 1000], by=analyst, now=NOW)
    assert made.size == 1000


@pytest.fixture
def settings_of_uploads():
    from django.test import override_settings

    with override_settings(UPLOAD_MAX_BYTES=1000):
        yield


def test_a_full_disk_leaves_nothing_behind(kent, analyst, office, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        actions.receive(kent, kind="return", name="a.zip", chunks=[b"x"], by=analyst, now=NOW)
    assert not Upload.objects.exists() and not list((office / "uploads").glob("*.part"))


FINDINGS = (
    "rule,severity,file,line,record,field,message,fix\n"
    "PLAN-03,must_fix,plans.csv,212,0412,ceased,Plan ends before it starts,Correct whichever date is wrong\n"
    "PLAN-09,query,plans.csv,3,0002,need,No primary need,Enter one\n"
)


def test_findings_are_worked_by_rule_and_taken_away_as_a_corrections_sheet(kent, analyst, monkeypatch):
    from pathlib import Path

    engine(monkeypatch, lambda words: Path(words[words.index("--out") + 1]).write_text(FINDINGS), code=1)
    browser = signed_in(analyst)
    upload(browser)
    one = Upload.objects.get()
    browser.post(reverse("ask", args=["886", one.pk]), {"kind": "check-return"})
    job = Job.objects.get()
    worker.do(job.pk)
    url = reverse("job", args=["886", job.pk])
    page = browser.get(url).content.decode()
    assert "2 findings" in page and "Plan ends before it starts" in page
    assert 'href="?rule=PLAN-09">PLAN-09 (1)</a> Enter one</li>' in page
    narrowed = browser.get(url + "?rule=PLAN-09").content.decode()
    assert "No primary need" in narrowed and "Plan ends before it starts" not in narrowed
    sheet = browser.get(reverse("findings_csv", args=["886", job.pk]))
    assert sheet.content.decode("utf-8-sig") == FINDINGS
    book = browser.get(reverse("findings_xlsx", args=["886", job.pk]))
    assert rows_of_workbook(book.content) == list(csv.reader(io.StringIO(FINDINGS)))


def rows_of_workbook(data: bytes) -> list[list[str]]:
    import openpyxl

    page = openpyxl.load_workbook(io.BytesIO(data)).active
    return [[cell or "" for cell in row] for row in page.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("code", "says"), [(0, "Changed: caseload/corrections/a.csv"), (1, "Some rows could not be used")]
)
def test_a_filled_corrections_sheet_is_kept_but_for_the_rows_that_cannot_be_used(
    kent, analyst, monkeypatch, code, says
):
    from pathlib import Path

    def keep(words):
        assert words[words.index("--filled") + 1].endswith("/sheet.csv")
        place = Path(words[words.index("--workspace") + 1]) / "caseload" / "corrections" / "a.csv"
        place.parent.mkdir(parents=True)
        place.write_bytes(b"x\n")
        Path(words[words.index("--out") + 1]).write_text(FINDINGS)

    engine(monkeypatch, keep, code=code)
    one = actions.receive(kent, kind="corrections", name="sheet.csv", chunks=[b"x"], by=analyst, now=NOW)
    job = ask(kent, analyst, "keep-corrections", uploads=[one.pk])
    worker.do(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE and says in job.says
    assert DatabaseStore(kent).exists("caseload/corrections/a.csv")
    assert "PLAN-09" in signed_in(analyst).get(reverse("job", args=["886", job.pk])).content.decode()


def test_an_accepted_return_becomes_documents_and_its_file_goes(kent, analyst, monkeypatch):
    def accept(words):
        assert words[words.index("--by") + 1] == "Analyst"
        assert words[2].endswith("/return.zip") and Path(words[2]).read_bytes() == b"PK.."
        place = Path(words[words.index("--workspace") + 1]) / "caseload" / "accepted"
        place.mkdir(parents=True)
        (place / "2025-01-16.csv").write_bytes(b"x\n")

    engine(monkeypatch, accept)
    browser = signed_in(analyst)
    upload(browser)
    one = Upload.objects.get()
    browser.post(reverse("ask", args=["886", one.pk]), {"kind": "accept-return"})
    worker.do(Job.objects.get().pk)
    one.refresh_from_db()
    assert DatabaseStore(kent).exists("caseload/accepted/2025-01-16.csv") and one.gone_at is not None


def test_a_return_with_something_to_fix_is_not_accepted(kent, analyst, monkeypatch):
    engine(monkeypatch, lambda words: None, code=1, said="3 findings must be fixed.")
    one = actions.receive(kent, kind="return", name="a.zip", chunks=[b"x"], by=analyst, now=NOW)
    job = ask(kent, analyst, "accept-return", uploads=[one.pk])
    worker.do(job.pk)
    job.refresh_from_db()
    one.refresh_from_db()
    assert job.state == JobState.REFUSED and "so it is not accepted" in job.says and one.gone_at is None


def test_a_return_with_something_to_fix_is_accepted_for_a_reason_on_record(kent, analyst, monkeypatch):
    def accept(words):
        (Path(words[words.index("--workspace") + 1]) / "caseload.csv").write_bytes(b"x\n")

    engine(monkeypatch, accept, code=1, said="Accepted with 3 findings that have to be fixed.")
    one = actions.receive(kent, kind="return", name="a.zip", chunks=[b"x"], by=analyst, now=NOW)
    browser = signed_in(analyst)
    despite = {"kind": "accept-return", "despite": "The school sends the UPNs in March"}
    browser.post(reverse("ask", args=["886", one.pk]), despite)
    job = Job.objects.get()
    worker.do(job.pk)
    job.refresh_from_db()
    assert (job.state, job.says) == (JobState.DONE, "Accepted with 3 findings that have to be fixed.")
    assert DatabaseStore(kent).exists("caseload.csv")
    assert RecordEntry.objects.filter(what="Accept a SEN2 return", why=despite["despite"]).count() == 1


def test_uploads_are_forgotten_after_their_days(kent, analyst):
    old, new = (
        actions.receive(
            kent, kind="return", name="a.zip", chunks=[b"x"], by=analyst, now=timezone.now() - timedelta(days=days)
        )
        for days in (31, 29)
    )
    assert worker.retention() == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert old.gone_at and not new.gone_at


def test_another_councils_upload_is_not_worked_on(kent, medway, analyst, monkeypatch):
    engine(monkeypatch, lambda words: pytest.fail("the engine was asked"))
    theirs = actions.receive(medway, kind="return", name="a.zip", chunks=[b"x"], by=person("analyst", medway), now=NOW)
    job = ask(kent, analyst, "check-return", uploads=[theirs.pk])
    worker.do(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.REFUSED and "no longer here" in job.says
