"""What the office of a team keeps and refuses, each as a table: whole sentences, limits on both sides, every branch."""

import json
import re
import stat
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.test import RequestFactory, override_settings
from django.utils import timezone

from highneeds.office.evidence import actions, reading, worker
from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.models import Job, JobState, RecordEntry, Upload
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people import access
from highneeds.office.people import actions as people
from highneeds.office.people.models import Council, Membership, Person, Token
from highneeds.office.people.roles import Role
from highneeds.office.programme import queries as programme
from highneeds.office.submission import models, queries, seal
from highneeds.office.submission.models import Submission, SubmissionState
from highneeds.report.reports import reports
from office_answers import same
from office_by_hand import NOW, documents, level_of, person, signed_in, worked_out
from on_file import held


def refused(act, *given, **said):
    """The whole sentence of a refusal, and where it is."""
    with pytest.raises(InputError) as problem:
        act(*given, **said)
    return str(problem.value)


def on_record(chain="886", last=1):
    entries = [*RecordEntry.objects.filter(chain=chain).order_by("number")][-last:]
    return [(one.by, one.what, one.why, one.at[:19]) for one in entries]


WHEN = "2025-07-01T09:00:00"

# People


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), ("9" * 18, 10**18 - 1), ("9" * 19, 0), ("", 0), ("-1", 0), ("1.5", 0), (" 7", 0), ("x", 0)],
)
def test_the_number_of_a_row_as_it_is_typed(typed, number):
    assert access.number_of(typed) == number


@pytest.mark.parametrize("word", ["section-151", "Section 151", " SECTION_151 "])
def test_a_role_is_named_in_several_ways(word):
    assert people.role_named(word) is Role.SECTION_151


def test_what_is_refused_of_people_in_whole_sentences(kent):
    said = {"council": kent, "by": "Test", "now": NOW}
    dana = {"name": "Dana", "email": "dana@example.gov.uk", "role": Role.ANALYST, **said}
    holder = person("director", kent)
    every = "analyst, finance, manager, owner, caseworker, section-151, director, member, dfe, administrator"
    assert refused(people.role_named, "king") == f"There is no role 'king'. Choose one of: {every}."
    assert refused(people.add_person, **dana | {"name": " "}) == "name: A person has a name. Write it as they sign."
    assert refused(people.add_person, **dana | {"email": "dana"}) == (
        "email: 'dana' is no email address. Write it as name@council.gov.uk."
    )
    assert refused(people.give_role, holder, Role.ANALYST, **said, deputy=True) == (
        "Analyst: this role has no deputy. Only those who sign have named deputies."
    )
    assert refused(people.give_role, holder, Role.DIRECTOR, **said, deputy=True) == (
        f"{holder.name} is Director of children’s services already, by themselves or as deputy. "
        "Nobody is their own deputy: name another person, or end that role first."
    )
    assert refused(people.add_person, **dana | {"role": Role.DIRECTOR}) == (
        "Director of children’s services is held already. End that role first, or name this person as deputy."
    )
    ending = {"by": "Test", "now": NOW, "why": " "}
    assert refused(people.end_role, holder.memberships.get(), **ending) == "A role ends for a reason. Say why."
    assert refused(people.make_token, kent, name=" ", until=NOW, by="Test", now=NOW) == (
        "A token has a name. Say which program reads with it."
    )
    assert not Person.objects.filter(email=dana["email"]).exists() and not Token.objects.exists()


def test_a_person_is_there_once_by_their_address_and_gets_a_role_as_well(kent):
    from allauth.account.models import EmailAddress

    said = {"council": kent, "by": "Test", "now": NOW}
    one = people.add_person(name=" Dana Doe ", email=" Dana@Example.gov.uk ", role=Role.DIRECTOR, **said, deputy=True)
    assert (one.name, one.email, str(one), one.is_active) == ("Dana Doe", "dana@example.gov.uk", "Dana Doe", True)
    assert one.signature == "Dana Doe <dana@example.gov.uk>" and not one.has_usable_password()
    known = EmailAddress.objects.get(user=one)
    assert (known.email, known.verified, known.primary) == ("dana@example.gov.uk", True, True)
    again = people.add_person(name="Another", email="DANA@example.gov.uk", role=Role.ANALYST, **said)
    assert again.pk == one.pk and Person.objects.get_by_natural_key("DANA@EXAMPLE.GOV.UK") == one
    assert [(one.words, one.since, one.until) for one in one.memberships.order_by("pk")] == [
        ("Deputy director of children’s services", NOW, None),
        ("Analyst", NOW, None),
    ]
    assert access.words_of_roles(one, kent) == "Analyst, Deputy director of children’s services"
    assert on_record(last=2) == [
        ("Test", "Make Dana Doe deputy director of children’s services", "", WHEN),
        ("Test", "Make Dana Doe analyst", "", WHEN),
    ]


def test_who_leaves_comes_in_no_more_and_others_stay_signed_in(kent):
    from django.contrib.sessions.models import Session

    one, other = person("analyst", kent), person("manager", kent)
    for each in (one, other):
        signed_in(each)
    before = Session.objects.count()
    people.leave(one, by="Test", now=NOW, why="Moved on")
    assert Session.objects.count() == before - 1
    assert Session.objects.get().get_decoded()["_auth_user_id"] == str(other.pk)
    assert not Person.objects.get(pk=one.pk).is_active and access.roles_held(one, kent) == frozenset()
    assert access.roles_held(other, kent) == {Role.MANAGER}
    Membership.objects.create(person=one, council=kent, role="manager")
    assert access.roles_held(one, kent) == frozenset()
    assert on_record() == [("Test", f"End the role of {one.name} as analyst", "Moved on", WHEN)]


def test_a_role_without_a_council_is_of_the_office_and_waits_for_the_first_council(office):
    one = people.add_person(name="Ann", email="a@b.uk", role=Role.ADMINISTRATOR, council=None, by="Test", now=NOW)
    assert on_record("office") == [("Test", "Make Ann administrator", "", WHEN)]
    first = actions.import_workspace(documents(), by="Test", now=NOW)[0]
    assert one.memberships.get().council == first
    assert on_record("office") == [("Test", "Take in Kent County Council (886)", "", WHEN)]
    two = people.add_person(name="Bob", email="b@b.uk", role=Role.ADMINISTRATOR, council=None, by="Test", now=NOW)
    actions.import_workspace(documents("887", "Medway"), by="Test", now=NOW)
    assert two.memberships.get().council is None


def test_a_token_is_shown_once_and_kept_as_its_digest(kent):
    import hashlib

    key = people.make_token(kent, name=" reports ", until=NOW + timedelta(days=1), by="Test", now=NOW)
    one = Token.objects.get()
    assert key.startswith("hn_") and len(key) == 46 and one.digest == hashlib.sha256(key.encode()).hexdigest()
    assert (one.name, one.made_by, one.made_at, one.ended_at) == ("reports", "Test", NOW, None)
    people.end_token(one, by="Test", now=NOW)
    assert Token.objects.get().ended_at == NOW
    assert [what for _, what, *_ in on_record(last=2)] == ["Make the token reports", "End the token reports"]


@pytest.mark.parametrize(("seconds", "within", "kind"), [(299, 300, "totp"), (301, 300, ""), (9999, None, "totp")])
def test_a_second_factor_counts_for_so_long(kent, monkeypatch, seconds, within, kind):
    from highneeds.office.people import middleware

    told = [{"method": "mfa", "at": NOW.timestamp() - seconds}, {"method": "password", "at": NOW.timestamp()}]
    monkeypatch.setattr(middleware, "get_authentication_records", lambda request, user: told)
    monkeypatch.setattr(middleware.timezone, "now", lambda: NOW)
    request = SimpleNamespace(user=None)
    assert middleware.used_second_factor(request, within) == kind
    told[0]["type"] = "webauthn"
    assert middleware.used_second_factor(request, within) == (kind and "webauthn")
    told[0]["at"] = NOW.timestamp() - 300
    assert middleware.used_second_factor(request, 300) == "webauthn"


@pytest.mark.parametrize(
    ("seen", "idle", "out", "kept"),
    [(None, 0, False, 0), (300, 0, False, 300), (301, 0, False, 0), (3600, 0, False, 0), (3601, 0, True, 3601)],
)
def test_a_session_ends_after_an_hour_without_a_page(monkeypatch, seen, idle, out, kept):
    from highneeds.office.people import middleware

    now = NOW.timestamp()
    session = {} if seen is None else {"seen_at": now - seen}
    asked = []
    monkeypatch.setattr(middleware, "logout", asked.append)
    monkeypatch.setattr(middleware.timezone, "now", lambda: NOW)
    request = SimpleNamespace(user=SimpleNamespace(is_authenticated=True), session=session)
    assert middleware.sessions_end(lambda one: "answer")(request) == "answer"
    assert (bool(asked), now - session["seen_at"]) == (out, kept)
    request.user.is_authenticated, request.session = False, {}
    middleware.sessions_end(lambda one: "answer")(request)
    assert request.session == {}


# Documents, uploads and work


def test_a_folder_that_is_no_workspace_is_refused_in_a_sentence():
    toml = {"council.toml": b'name = "Kent"\nla_number = 886\n'}
    assert actions.council_in(toml) == ("886", "Kent")
    assert refused(actions.council_in, {}) == "The folder has no council.toml. Name a workspace folder."
    assert refused(actions.council_in, {"council.toml": b'name = "Kent"'}) == (
        "The folder has no la_number in council.toml. Name a workspace folder."
    )
    assert refused(actions.council_in, {"council.toml": b"name = "}).startswith("council.toml cannot be read: ")
    assert refused(actions.council_in, {"council.toml": b"\xff"}).endswith(". Correct it.")


def test_a_second_import_takes_away_what_is_no_longer_there(kent):
    store, there = DatabaseStore(kent), documents()
    del there["registers/payments.csv"]
    assert actions.import_workspace(there, by="Test", now=NOW) == (kent, 3)
    assert store.names() == tuple(sorted(there)) and Council.objects.count() == 1
    assert on_record() == [("Test", "Import a workspace folder", "", WHEN)]
    assert not RecordEntry.objects.filter(chain="office", number__gt=1, what__startswith="Take in").exists()


def sent(kent, by, name="a.zip", kind="return", chunks=(b"12345", b"67890"), **also):
    return actions.receive(kent, kind=kind, name=name, chunks=chunks, by=by, now=NOW, **also)


def test_an_upload_is_kept_as_it_came_within_its_limits(kent, office):
    import hashlib

    by = person("analyst", kent)
    one = sent(kent, by, "Places of 2025.ZIP", most=10)
    assert (one.kind, one.size, one.at, one.gone_at) == ("return", 10, NOW, None)
    assert one.sha256 == hashlib.sha256(b"1234567890").hexdigest()
    path = actions.upload_path(one)
    assert path.name == f"{one.pk}.zip" and path.read_bytes() == b"1234567890"
    assert on_record() == [(by.signature, f"Upload {one.name} (SEN2 return)", "", WHEN)]
    assert len(sent(kent, by, "a" * 250 + ".zip").name) == 200
    assert sent(kent, by, "fees.csv", kind="register fees").kind == "register fees"
    assert refused(sent, kent, by, most=9) == "The file is larger than 0 MB. Send it in parts."
    with override_settings(UPLOAD_MAX_BYTES=3 * 1024**2):
        assert refused(sent, kent, by, chunks=[b"x" * (3 * 1024**2 + 1)]) == (
            "The file is larger than 3 MB. Send it in parts."
        )
    assert refused(sent, kent, by, chunks=[b""]) == "The file is empty. Choose another."
    assert refused(sent, kent, by, "a.PDF") == (
        "SEN2 return: a file of this kind does not end in '.pdf'. It ends in .zip, .xml, .csv, .xlsx, .xlsm."
    )
    assert refused(sent, kent, by, "a.zip", kind="register fees") == (
        "Filled register: a file of this kind does not end in '.zip'. It ends in .csv, .xlsx."
    )
    assert not [*(office / "uploads").glob("*.part")]


def test_an_upload_is_forgotten_once(kent):
    by = person("analyst", kent)
    one = sent(kent, by)
    for day in (0, 1):
        actions.forget_upload(one, by="Test", now=NOW + timedelta(days=day), why="It was accepted")
    assert Upload.objects.get().gone_at == NOW
    assert on_record(last=2)[1] == ("Test", f"Remove the upload {one.name}", "It was accepted", WHEN)
    assert RecordEntry.objects.filter(what__startswith="Remove the upload").count() == 1


def test_work_is_asked_for_and_delivered_under_its_number(kent, medway, monkeypatch):
    asked = []
    monkeypatch.setattr(actions, "async_task", lambda *words, **also: asked.append((words, also)))
    by = person("analyst", kent)
    job = actions.ask_for("accept-return", kent, by=by, now=NOW, uploads=[1])
    assert (job.words, job.arguments, job.by, job.asked_at) == ("Accept a SEN2 return", {"uploads": [1]}, by, NOW)
    assert asked == [(("highneeds.office.evidence.worker.do", job.pk), {"task_name": f"job {job.pk}"})]
    assert on_record() == [(by.signature, "Ask: Accept a SEN2 return", "", WHEN)]
    same = {"by": by, "now": NOW}
    assert actions.ask_for("accept-return", kent, **same, uploads=[1]) == job and len(asked) == 1
    others = [actions.ask_for("accept-return", kent, **same, uploads=[2]), actions.ask_for("run", kent, **same)]
    others.append(actions.ask_for("accept-return", medway, **same, uploads=[1]))
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    others.append(actions.ask_for("accept-return", kent, **same, uploads=[1]))
    assert len({job.pk, *(one.pk for one in others)}) == 5 == len(asked)


@pytest.mark.parametrize(("seconds", "again"), [(120, 0), (121, 1), (-120, 0), (-121, 1)])
def test_work_that_nobody_took_is_delivered_again_after_two_minutes(kent, monkeypatch, seconds, again):
    monkeypatch.setattr(worker.timezone, "now", lambda: NOW)
    actions.ask_for("run", kent, by=person("analyst", kent), now=NOW - timedelta(seconds=seconds))
    assert worker.deliver_again() == again


@pytest.fixture
def at_once(monkeypatch):
    """A thread runs when it is started, and its clock gives the waits."""
    waited = []

    class Over:
        def wait(self, seconds):
            waited.append(seconds)
            return len(waited) > 1

        def set(self):
            waited.append("over")

    class Thread:
        def __init__(self, target):
            self.start = target

        def join(self):
            waited.append("joined")

    monkeypatch.setattr(worker, "threading", SimpleNamespace(Event=Over, Thread=Thread))
    monkeypatch.setattr(type(worker.connections), "close_all", lambda self: waited.append("closed"))
    return waited


@pytest.mark.parametrize(("attempt", "state", "says"), [(1, "running", "x" * 200), (2, "running", ""), (1, "done", "")])
def test_while_work_is_done_it_says_so_every_three_seconds(kent, at_once, monkeypatch, tmp_path, attempt, state, says):
    monkeypatch.setattr(worker.timezone, "now", lambda: NOW)
    over = {"finished_at": NOW} if state == "done" else {}
    job = Job.objects.create(
        council=kent, kind="run", words="x", by=person("analyst", kent), attempt=1, state=state, **over
    )
    (tmp_path / "steps").write_text("x" * 201)
    with worker.heard_of(job, attempt, tmp_path / "steps"):
        at_once.append("at work")
    assert at_once == [3, 3, "closed", "at work", "over", "joined"]
    job.refresh_from_db()
    assert (job.says, job.seen_at) == (says, NOW if says else None)
    at_once.clear()
    with worker.heard_of(job, 1, tmp_path / "none yet"):
        pass
    job.refresh_from_db()
    assert job.says == ""


def test_the_words_of_a_command_are_filled_in_and_what_is_empty_goes_with_its_option():
    command = ("ledger", "{uploads}", "--year", "{year}", "--rows", "{rows}", "--out", "{out}", "to-{year}")
    filled = {"year": "2025-26", "rows": "", "out": "o"}
    assert worker.filled_in(command, filled, ["a", "b"]) == [
        "ledger",
        "a",
        "b",
        "--year",
        "2025-26",
        "--out",
        "o",
        "to-2025-26",
    ]


@pytest.mark.parametrize(
    ("name", "folder"),
    [("Kent County Council", "kent"), ("St. Helens", "st-"), ("Stoke-on Trent", "stoke-on")],
)
def test_a_workspace_is_called_as_the_council_would_call_it(name, folder):
    assert worker.workspace_name(SimpleNamespace(council=SimpleNamespace(name=name))) == folder


def test_what_the_worker_knows_of_who_asked_and_where_things_lie(kent, medway, office, tmp_path):
    one, role = person("finance", kent), person("director", medway, name="finance of 886", deputy=True)
    assert one == role
    job = Job.objects.create(council=kent, kind="run", words="x", by=one)
    assert worker.role_of(job) == "Finance partner"
    Membership.objects.filter(council=kent).update(until=NOW)
    assert worker.role_of(job) == "Programme office"
    key = worker.linkage_key(job)
    assert key == office / "keys" / "linkage-886" and not key.exists()
    upload = sent(kent, one, "Book.CSV", kind="commitments")
    place = worker.received(upload, tmp_path)
    assert place == tmp_path / "uploads" / str(upload.pk) / upload.name and place.read_bytes() == b"1234567890"
    job.arguments = {"uploads": [upload.pk]}
    assert [*worker.uploads_of(job)] == [upload]
    Upload.objects.update(gone_at=NOW)
    assert [*worker.uploads_of(job)] == []
    for name in ("working", "runs"):
        assert stat.S_IMODE((office / name).stat().st_mode) == 0o700
    assert (worker.working_folder(), worker.runs_folder()) == (office / "working", office / "runs")
    assert worker.listing_in(tmp_path / "out") == tmp_path / "listing.csv"


def test_an_upload_goes_after_thirty_days_and_not_at_them(kent, monkeypatch):
    by = person("analyst", kent)
    monkeypatch.setattr(worker.timezone, "now", lambda: NOW)
    for days, more in ((30, 0), (30, 1)):
        one = sent(kent, by)
        Upload.objects.filter(pk=one.pk).update(at=NOW - timedelta(days=days, seconds=more))
    assert worker.retention() == 1
    assert [bool(one.gone_at) for one in Upload.objects.order_by("pk")] == [False, True]
    assert on_record() == [("Retention", "Remove the upload a.zip", "Kept for 30 days", WHEN)]


ENDED = [
    (0, "told\n", "said", (0, "told")),
    (0, " ", " said ", (0, "said")),
    (1, "x" * 4001, "", (1, "x" * 4000)),
    (2, "told", " two\n words ", (2, "two words")),
    (2, "", "x" * 2001, (2, "x" * 2000)),
    (3, "", "", None),
    (0, "", "Traceback (most recent call last):\n", None),
]


@pytest.mark.parametrize(("code", "told", "said", "ends"), ENDED)
def test_how_the_engine_ended_and_what_it_said(monkeypatch, tmp_path, code, told, said, ends):
    from highneeds.office.evidence import engine

    asked = []

    class Ended:
        returncode = code

        def communicate(self, timeout):
            asked.append(timeout)
            return told, said

    def popen(words, **how):
        asked.append((words[1:], {name: value for name, value in how.items() if name != "env"}))
        asked.append({name: how["env"][name] for name in ("COLUMNS", "NO_COLOR", "TERM", "HIGHNEEDS_STEPS")})
        return Ended()

    monkeypatch.setattr(engine.subprocess, "Popen", popen)
    if ends is None:
        assert refused(engine.run_engine, ["run", "x"], tmp_path).startswith(
            "The program failed through a fault of its"
        )
    else:
        assert engine.run_engine(["run", "x"], tmp_path) == ends
    pipe = engine.subprocess.PIPE
    assert asked == [
        (["-m", "highneeds", "run", "x"], {"stdout": pipe, "stderr": pipe, "text": True, "process_group": 0}),
        {"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb", "HIGHNEEDS_STEPS": str(tmp_path)},
        1740,
    ]


def test_an_engine_that_takes_too_long_is_ended_with_all_that_it_began(monkeypatch, tmp_path):
    from highneeds.office.evidence import engine

    ended = []

    class Slow:
        pid = 4_000_001

        def communicate(self, timeout=None):
            if timeout:
                raise engine.subprocess.TimeoutExpired("x", timeout)
            ended.append("waited for")

    monkeypatch.setattr(engine.subprocess, "Popen", lambda words, **how: Slow())
    monkeypatch.setattr(engine.os, "killpg", lambda group, number: ended.append((group, number.name)))
    assert refused(engine.run_engine, ["run"], tmp_path) == (
        "It took longer than half an hour and was ended. Tell whoever runs the office."
    )
    assert ended == [(4_000_001, "SIGKILL"), "waited for"]


def test_a_failure_of_the_engine_in_whole_sentences():
    from highneeds.office.evidence.engine import failed, within

    remedy = "Tell whoever runs the office: its log says where it failed, and nothing of what was in your files."
    fault = "The program failed through a fault of its own (it ended with 5) and nothing was changed. "
    assert str(failed(["run"], 5, "")) == fault + remedy
    trace = 'Traceback (most recent call last):\n  File "/a/b.py", line 7, in run\n    x\nOSError: y\n'
    assert str(failed(["run"], 1, trace)) == fault.replace("it ended with 5", "OSError, /a/b.py line 7") + remedy
    assert str(failed(["run"], -9, "")) == (
        "The work was ended from outside (signal 9) and nothing was changed. "
        "Ask for it again; where it happens twice, tell whoever runs the office: most often memory ran short."
    )
    assert within("/opt/highneeds/src/highneeds/cli/run.py") == "highneeds/cli/run.py"
    assert (
        within("/opt/highneeds/lib/site-packages/polars/frame.py") == "/opt/highneeds/lib/site-packages/polars/frame.py"
    )
    assert within("/usr/lib/x.py") == "/usr/lib/x.py"


# Reading


def test_of_a_text_the_lines_that_differ_and_two_around():
    before = "\n".join(f"line {number}" for number in range(9))
    after = before.replace("line 4", "line four\n\n")
    assert reading.difference(before, after) == [
        ("same", "line 2"), ("same", "line 3"), ("gone", "line 4"), ("new", "line four"),
        ("same", "line 5"), ("same", "line 6"),
    ]  # fmt: skip
    assert reading.difference("a", "a") == []


def test_what_is_kept_is_read_as_text_where_it_is_one(kent):
    version = DatabaseStore(kent).version("council.toml")
    assert reading.bytes_at(version) == documents()["council.toml"] and reading.bytes_at("none") == b""
    assert reading.text_at(version) == documents()["council.toml"].decode() and reading.text_at("none") == ""
    assert reading.as_text(b"\xef\xbb\xbfa") == "a" and reading.as_text(b"\xff") is None


def test_what_moved_since_a_run_and_whether_it_is_of_what_there_is(kent, office):
    assert not reading.is_current(None) and reading.results_of(None) is None and reading.latest_run(kent) is None
    assert len(reading.moved_since(None, kent)) == 4
    first, run = worked_out(kent, office), worked_out(kent, office)
    assert first.pk < run.pk and reading.latest_run(kent) == run
    assert reading.is_current(run) and reading.moved_since(run, kent) == []
    assert reading.run_file(run, "report.pdf") == reading.run_folder(run) / "report.pdf"
    assert reading.run_file(run, "none.pdf") is None
    with DatabaseStore(kent).change(by="Test", now=NOW, what="Test") as change:
        for name in ("facts.csv", "forecasts/x.csv", "drafts/x", "sources/x.yaml"):
            change.put(name, b"x")
        change.remove("programme/2025-07/levels.csv")
    assert reading.moved_since(run, kent) == ["facts.csv", "programme/2025-07/levels.csv"]
    assert not reading.is_current(run)
    numbers = [one.number for one in reading.versions_of(kent, "programme/2025-07/levels.csv")]
    assert numbers == [2, 1]


# The submission


def test_every_step_of_a_submission_is_on_file():
    """From which states it goes on, to which, and on what condition."""
    said = []
    for name, step in vars(Submission).items():
        for source, one in getattr(getattr(step, "_django_fsm", None), "transitions", {}).items():
            conditions = ", ".join(condition.__name__ for condition in one.conditions)
            said.append(f"{name}: {source} to {one.target}{f' if {conditions}' if conditions else ''}")
    said += ["", *(f"{state}: {state.label}" for state in SubmissionState)]
    for name in ("OPEN", "TO_SIGN", "SENT"):
        said.append(f"{name}: {', '.join(getattr(models, name))}")
    for step, (permission, states) in queries.STEPS.items():
        said.append(f"{step} by who may {permission}: {', '.join(states)}")
    held("office/steps-of-a-submission", said)


@pytest.mark.parametrize(
    ("files", "report"),
    [
        ((), ""),
        (("report.html", "results.json"), ""),
        (("b.pdf", "a.pdf", "a.html"), "a.pdf"),
        (("board/a.pdf", "z.pdf"), "z.pdf"),
        (("board/a.pdf", "submission/z.pdf"), "submission/z.pdf"),
        (("submission/b.pdf", "submission/a.pdf", "z.pdf"), "submission/a.pdf"),
        (("board/submission/a.pdf", "board/b.pdf"), "board/b.pdf"),
        (("board/b.pdf", "annexes/c.pdf"), "annexes/c.pdf"),
    ],
)
def test_which_pdf_is_sealed(files, report):
    assert seal.report_pdf(SimpleNamespace(run=SimpleNamespace(files=dict.fromkeys(files)))) == report


def test_what_the_seal_says_and_where_it_is_kept(signed, office):
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader

    place = seal.seal(signed)
    name = seal.report_pdf(signed)
    assert place == f"sealed/886/{signed.pk}-{name.rpartition('/')[2]}"
    assert stat.S_IMODE((office / "sealed" / "886").stat().st_mode) == 0o700
    assert not [*(office / "sealed").rglob("*.part")]
    [signature] = PdfFileReader(BytesIO((office / place).read_bytes())).embedded_signatures
    said = signature.sig_object
    assert (signature.field_name, said["/Name"]) == ("Sealed", "Kent County Council")
    assert said["/Reason"] == "; ".join(
        f"{role}, 01 July 2025 09:00, content {signed.run.content}"
        for role in ("Section 151 officer", "Director of children’s services")
    )
    signed.run.files = {"report.html": "0"}
    assert seal.seal(signed) == ""


def test_a_seal_that_cannot_be_read_is_said_so(tmp_path):
    (tmp_path / "keys").mkdir()
    with override_settings(OFFICE=tmp_path):
        assert refused(seal._signer) == (
            "keys/seal.key: The office's seal cannot be read. Bring it back from a backup."
        )


def test_the_certificate_of_an_office_is_good_for_ten_years_and_for_signing_alone(tmp_path):
    from cryptography import x509

    seal.make_key(tmp_path, NOW)
    made = x509.load_pem_x509_certificate((tmp_path / "seal.pem").read_bytes())
    assert made.subject == made.issuer and made.subject.rfc4514_string() == "CN=highneeds programme office seal"
    assert made.not_valid_before_utc == NOW - timedelta(days=1)
    assert made.not_valid_after_utc == NOW + timedelta(days=3650)
    basic, usage = (made.extensions.get_extension_for_class(one) for one in (x509.BasicConstraints, x509.KeyUsage))
    assert basic.critical and usage.critical and not basic.value.ca
    told = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    told += ("key_cert_sign", "crl_sign")
    assert [name for name in told if getattr(usage.value, name)] == ["digital_signature", "content_commitment"]
    assert (tmp_path / "seal.key").read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("seal.key", "seal.pem")} == {0o600}
    with pytest.raises(FileExistsError):
        seal.make_key(tmp_path, NOW)


FILES = (
    "submission/report.pdf", "submission/report.html", "submission/report.docx", "submission/a-letter.xlsx",
    "annexes/b.pdf", "public/page.html", "board/pack.pdf", "since/what-changed.html", "review/r.pdf", "report.pdf",
    "review/data.csv", "internal/results.json", "tables/account.xlsx",
)  # fmt: skip


def test_which_files_of_a_run_are_read_by_whom_and_in_which_order(monkeypatch):
    titles = SimpleNamespace(documents=[SimpleNamespace(file="submission/report.pdf", title="The report")])
    monkeypatch.setattr(queries, "results_of", lambda run: titles)
    run = SimpleNamespace(files=dict.fromkeys(FILES))
    assert [(one.name, one.title, one.form) for one in queries.report_files(run)] == [
        ("submission/a-letter.xlsx", "A letter", "Excel workbook"), ("submission/report.pdf", "The report", "PDF"),
        ("submission/report.html", "Report", "web page"), ("submission/report.docx", "Report", "Word"),
        ("annexes/b.pdf", "B", "PDF"), ("public/page.html", "Page", "web page"),
    ]  # fmt: skip
    public = [one.name for one in queries.public_files(SimpleNamespace(run=run))]
    assert public == [one.name for one in queries.report_files(run) if one.name != "annexes/b.pdf"]
    assert [one.name for one in queries.packs(run)] == ["board/pack.pdf", "since/what-changed.html"]
    assert [one.name for one in queries.review_files(run)] == ["review/r.pdf"]
    monkeypatch.setattr(queries, "results_of", lambda run: None)
    alone = SimpleNamespace(files={"report.pdf": "", "review/r.pdf": "", "report.txt": ""})
    assert [(one.name, one.title) for one in queries.report_files(alone)] == [("report.pdf", "Report")]


def test_every_folder_of_a_run_is_shown_to_somebody():
    """Who sees which is the office's own choice; a report in a new folder would be seen by nobody."""
    seen = (*queries.OF_REPORT, *queries.FOR_MEETINGS, *queries.FOR_SIGNING)
    nobodys = {"demonstration"}  # for newcomers, on disk alone
    assert sorted(seen) == sorted({one.folder for one in reports() if one.in_run} - nobodys)


@pytest.mark.parametrize(
    ("state", "current", "put", "sign", "send"),
    [
        ("drafting", False, "cannot_start", "cannot_start", "cannot_start"),
        ("drafting", True, "not_started", "cannot_start", "cannot_start"),
        ("ready", True, "completed", "in_progress", "cannot_start"),
        ("part_signed", False, "completed", "in_progress", "cannot_start"),
        ("signed", True, "completed", "completed", "in_progress"),
        ("submitted", False, "completed", "completed", "in_progress"),
        ("accepted", True, "completed", "completed", "in_progress"),
        ("queried", True, "completed", "completed", "in_progress"),
        ("withheld", True, "completed", "completed", "in_progress"),
        ("superseded", True, "completed", "cannot_start", "cannot_start"),
    ],
)
def test_how_the_last_tasks_stand_in_each_state(state, current, put, sign, send):
    one = SubmissionState(state)
    stands = programme.put_to_signature(one, current), programme.SIGNING.get(one, "cannot_start")
    assert (*stands, programme.sending(one, published=False)) == (put, sign, send)
    assert programme.sending(one, published=True) == "completed"


@pytest.mark.parametrize(
    ("code", "title", "update"),
    [("2025-07", "Anything", "July"), ("2025-04", "Not that of July", "April"), ("spring", "April", "April")],
)
def test_which_update_a_slot_is(kent, code, title, update):
    assert programme.update_of(SimpleNamespace(council=kent, code=code, title=title)) == update


def test_three_variances_are_three_lines_of_the_first_page_and_four_are_one(kent, monkeypatch):
    from highneeds.office.evidence.bridge import Adequacy

    judged = SimpleNamespace(adequacy=Adequacy.NO)
    done = SimpleNamespace(judged=SimpleNamespace(adequacy=Adequacy.YES))
    ones = [SimpleNamespace(line=f"1.2.{place}", year="2024-25", judged=judged, why="no cause", text=text)
            for place, text in enumerate(("said", "", "", ""))]  # fmt: skip
    monkeypatch.setattr(programme, "variances", lambda council: [done, *ones[:3]])
    there = "/councils/886/variances/2024-25/1.2."
    assert programme.to_explain(None, kent) == [
        programme.Waiting(f"Explain the variance of 1.2.{place} in 2024-25", f"{there}{place}/", why)
        for place, why in enumerate(("no cause", *["Nobody has said anything of it yet"] * 2))
    ]
    monkeypatch.setattr(programme, "variances", lambda council: ones)
    assert programme.to_explain(None, kent) == [programme.Waiting("Explain 4 variances", "/councils/886/variances/")]


# Whole sentences of what is refused, with what stands on the record


def steps(kent, office):
    """A report that is open, and one who runs the programme."""
    from highneeds.office.programme.actions import open_slot

    manager = person("manager", kent)
    slot = open_slot(kent, code="2025-07", title="July 2025", due_on=None, by=manager, now=NOW)
    return slot, {"by": manager, "now": NOW}


def test_what_is_refused_of_a_submission_in_whole_sentences(kent, office):
    from highneeds.office.submission import actions as act

    slot, said = steps(kent, office)
    by, one = said["by"].signature, act.start(slot, **said)
    assert act.start(slot, **said) == one and (one.number, one.state, str(one)) == (
        1,
        "drafting",
        "July 2025, version 1",
    )
    assert on_record() == [(by, "Start the submission", "", WHEN)]
    old = worked_out(kent, office)
    signer, director = person("section-151", kent), person("director", kent, deputy=True)
    sign = {"role": Role.SECTION_151, "by": signer, "second_factor": "totp", "now": NOW}
    asked = sign | {"content": old.content, "artefacts": old.artefacts}
    stands = "That cannot be done as it stands now. Look at where it stands."
    assert refused(act.sign, one, **asked) == "This is not ready to be signed. Look at where it stands."
    assert refused(act.submit, one, **said) == stands
    assert refused(act.publish, one, **said) == "Only what was submitted is published. Submit it first."
    assert refused(act.start_again, one, **said, what_changed="x") == (
        "Only what was submitted gets a new version. Unlock it instead."
    )
    assert refused(act.unlock, one, **said, reason="x") == stands
    with DatabaseStore(kent).change(by="Test", now=NOW, what="Test") as change:
        change.put("facts.csv", b"x")
    assert refused(act.prepare, one, old, **said) == (
        "Something was changed after these documents were worked out. Work everything out again first."
    )
    run = worked_out(kent, office)
    act.prepare(one, run, **said)
    assert on_record() == [(by, "Put to those who sign", "", WHEN)]
    assert RecordEntry.objects.order_by("-number").first().changes == [
        {"name": "submission 2025-07 version 1", "before": "drafting", "after": "ready"}
    ]
    asked |= {"content": run.content, "artefacts": run.artefacts}
    assert refused(act.sign, one, **asked | {"second_factor": ""}) == (
        "A signature asks for the second factor. Confirm that it is you, and sign again."
    )
    changed = "It was changed while you were reading. Read the new version, then sign that."
    assert refused(act.sign, one, **asked | {"content": "x"}) == changed
    assert refused(act.sign, one, **asked | {"artefacts": "x"}) == changed
    assert refused(act.sign, one, **asked | {"role": Role.DIRECTOR}) == (
        "You are not the director of children’s services of this council. Ask an administrator."
    )
    made = act.sign(one, **asked)
    assert (made.content, made.figures, made.words, made.artefacts, made.run) == (
        run.content, run.figures, run.words, run.artefacts, run,
    )  # fmt: skip
    assert (made.role, made.by, made.at, made.as_deputy, made.second_factor) == (
        "section-151",
        signer,
        NOW,
        False,
        "totp",
    )
    why = f"content {run.content}, files {run.artefacts}, second factor totp"
    assert on_record() == [(signer.signature, "Sign as section 151 officer", why, WHEN)]
    remedy = "Two different people sign, one in each role."
    assert refused(act.sign, one, **asked) == f"It is signed by the section 151 officer already. {remedy}"
    people.give_role(signer, Role.DIRECTOR, kent, by="Test", now=NOW, deputy=True)
    assert refused(act.sign, one, **asked | {"role": Role.DIRECTOR}) == (
        f"{signer.name} has signed it already in the other role. {remedy}"
    )
    assert queries.to_sign_as(one, signer) is None and queries.to_sign_as(one, director) is Role.DIRECTOR
    assert act.sign(one, **asked | {"role": Role.DIRECTOR, "by": director}).as_deputy
    assert on_record()[0][1] == "Sign as deputy director of children’s services"
    assert refused(act.unlock, one, **said, reason=" ") == "An unlock has a reason. Say why it goes back to drafting."
    act.unlock(one, **said, reason=" A wrong figure ")
    assert [(who, what, why) for who, what, why, _ in on_record(last=3)] == [
        ("The office", "The signature as section 151 officer no longer counts", "Unlocked: A wrong figure"),
        ("The office", "The signature as deputy director of children’s services no longer counts",
         "Unlocked: A wrong figure"),
        (by, "Unlock the submission", "A wrong figure"),
    ]  # fmt: skip
    event = one.events.get()
    assert (event.kind, event.reason, event.by, event.at) == ("unlocked", "A wrong figure", by, NOW)


def test_what_becomes_of_a_submission_once_it_is_signed(signed, kent):
    from highneeds.office.submission import actions as act

    said = {"by": signed.slot.opened_by, "now": NOW}
    act.submit(signed, **said)
    signed.refresh_from_db()
    signed.slot.refresh_from_db()
    assert (signed.submitted_at, signed.submitted_by, signed.slot.frozen_at) == (NOW, said["by"], NOW)
    for answer in ("", "answered"):
        assert refused(act.record_answer, signed, answer=answer, reason="x", **said) == (
            f"'{answer}' is no answer. Choose one of: accepted, queried, withheld."
        )
    assert refused(act.record_answer, signed, answer="queried", reason=" ", **said) == (
        "A query or a withheld payment has a reason. Say what DfE asked or gave as reason."
    )
    for _ in range(2):
        act.publish(signed, **said)
    signed.refresh_from_db()
    assert (signed.published_at, signed.published_by) == (NOW, said["by"])
    assert [one.kind for one in signed.events.all()] == ["submitted", "published"]
    act.record_answer(signed, answer="queried", reason=" Why? ", **said)
    assert on_record() == [(said["by"].signature, "Answer of DfE: queried", "Why?", WHEN)]
    assert signed.events.last().reason == "Why?"
    assert refused(act.start_again, signed, what_changed=" ", **said) == (
        "A new version says what changes. Say what changes, and why."
    )
    new = act.start_again(signed, what_changed=" The plan ", **said)
    assert (new.number, new.what_changed, new.supersedes, new.state) == (2, "The plan", signed, "drafting")
    signed.slot.refresh_from_db()
    assert signed.slot.frozen_at is None
    assert refused(act.start_again, signed, what_changed="x", **said) == (
        "A new version is under way already. Go on with that one."
    )
    assert on_record() == [(said["by"].signature, "Start a new version", "The plan", WHEN)]


def test_what_is_refused_of_slots_sections_and_levels_in_whole_sentences(kent, office):
    from highneeds.office.programme import actions as act
    from highneeds.office.programme.models import Assignment, Completed, Draft, LevelGiven

    slot, said = steps(kent, office)
    by, key = said["by"].signature, "condition-1"
    assert on_record() == [(by, "Open the slot July 2025", "", WHEN)]
    opening = {"title": "July", "due_on": None, **said}
    assert refused(act.open_slot, kent, code="2031-01", **opening) == (
        "programme/2031-01/: There is no such report. Choose one from the list."
    )
    assert refused(act.open_slot, kent, code="2025-07", **opening) == "July is open already. Go on with it."
    text = {"based_on": "", **said}
    for step in (act.keep_draft, act.write_section):
        assert refused(step, slot, "none", "x", **text) == (
            "none: There is no such section. Look at the list of sections."
        )
    assert refused(act.write_section, slot, key, "x", **text) == (
        "Somebody else changed this section while you were writing. Look at both texts."
    )
    act.keep_draft(slot, key, "a\r\nb", **text)
    act.write_section(slot, key, "Requests fell by 10.7%.\r\n", **text)  # what stands there already is no other text
    assert not Draft.objects.exists()
    act.write_section(slot, key, "New.", based_on=act._section(slot, key).version, **said, why="Because")
    assert on_record() == [(by, "Write 'Condition 1' of July 2025", "Because", WHEN)]
    section = act._section(slot, key)
    for someone, whose in ((said["by"], said["by"].name), (None, "nobody")):
        act.assign(slot, section, someone, **said)
        assert on_record() == [(by, f"Assign 'Condition 1' of July 2025 to {whose}", "", WHEN)]
    assert not Assignment.objects.exists()
    for done, words in ((True, "complete"), (False, "not complete")):
        act.complete(slot, key, done=done, **said)
        assert on_record() == [(by, f"Call 'Condition 1' of July 2025 {words}", "", WHEN)]
        assert [one.sha256 for one in Completed.objects.all()] == ([section.version] if done else [])
    given = act.OwnersLevel(1, "July", "R", "G", True, " ")
    assert refused(act.give_level, slot, given, **said) == (
        "The level departs from what the measures point to. Say why."
    )
    act.give_level(slot, replace(given, reason=" Seen "), **said)
    one = LevelGiven.objects.get()
    assert (one.level, one.measures, one.departs, one.reason, one.at) == ("R", "G", True, "Seen", NOW)
    assert on_record() == [(by, "Give condition 1 the level R in July 2025", "Seen", WHEN)]
    assert act.levels_in(DatabaseStore(kent).read(slot.levels)) == {("1", "April"): "G", ("1", "July"): "R"}


def test_a_level_that_changes_is_a_row_of_its_own_day_and_the_earlier_one_stays():
    from highneeds.office.programme.actions import levels_in, with_level

    def given(data, update, level, day):
        return with_level(data, level_of(1, update, level), date(2025, 7, day))

    data = b"condition,update,level,source,source_line,note,known_on\n1,July,G,REPORT,124,seen,\n"
    assert given(data, "July", "G", 1) == data
    assert given(data, "April", "A", 1) == data + b"1,April,A,,,,2025-07-01\n"
    first = given(data, "July", "A", 1)
    assert first == data + b"1,July,A,,,,2025-07-01\n"
    assert given(first, "July", "R", 1) == data + b"1,July,R,,,,2025-07-01\n"
    second = given(first, "July", "G", 2)
    assert second == first + b"1,July,G,,,,2025-07-02\n"
    assert levels_in(first) == {("1", "July"): "A"} and levels_in(second) == {("1", "July"): "G"}


def test_what_is_refused_of_a_row_of_a_register_in_whole_sentences(kent):
    from highneeds.office.registers import actions as act
    from highneeds.office.registers.definitions import register

    one, by = register("payments"), act.Author(person("finance", kent), frozenset({"finance_partner"}))
    row = act.sheet_of(kent, one).row("payment", "dfe-5")
    save = {"key": "dfe-5", "cells": row.cells, "based_on": row.version, "by": by, "now": NOW, "why": "Letter"}
    save["confirmed"] = True

    def save_row(*, key, cells, based_on, **said):
        act.save_row(kent, one, act.RowTyped(key, cells, based_on), **said)

    def says(**changed):
        return refused(save_row, **save | changed)

    assert says(why=" ") == "A change has a reason. Say why the row changes."
    again = "Somebody else changed this row meanwhile. Look at both, and save the one that is right."
    assert says(based_on="another") == again and says(key="none", cells={**row.cells, "payment": "none"}) == again
    assert says(key="") == f"{one.column('payment').title} dfe-5 is there already. Choose another."
    assert says(cells={**row.cells, "payment": "dfe-6"}) == (
        "The short name of a row stays as it is. End this row, and add another."
    )
    save_row(**save | {"cells": {**row.cells, "amount_gbp": " 5.00 "}})
    assert act.sheet_of(kent, one).row("payment", "dfe-5").cells["amount_gbp"] == "5.00"
    assert on_record() == [(by.person.signature, "Payments and contributions: change dfe-5", "Letter", WHEN)]
    save_row(**save | {"key": "", "cells": {**row.cells, "payment": "dfe-6"}, "why": ""})
    assert on_record() == [(by.person.signature, "Payments and contributions: add dfe-6", "", WHEN)]
    assert ",New row,dfe-6," in DatabaseStore(kent).read(one.history).decode()
    assert by.number == f"person {by.person.pk}"
    assert act.rows_in(DatabaseStore(kent).version(one.place)) == 2
    other = register("fee_uplifts")
    assert len(act.listing(kent, other)) == 0 and act.sheet_of(kent, other).header[0] == other.columns[0].name
    assert refused(register, "none") == "none: There is no such register. Choose one from the list."


def test_a_file_of_a_register_is_confirmed_once_and_within_its_limits(kent, office):
    from highneeds.office.registers import actions as act
    from highneeds.office.registers import uploads
    from highneeds.office.registers.definitions import register

    one, by = register("payments"), act.Author(person("finance", kent), frozenset({"finance_partner"}))
    data = DatabaseStore(kent).read(one.place) + b"dfe-6,dfe,2025-26,2025-09-30,1.00,scheduled,2025-07,,,,,,letter\n"

    def received(data=data):
        return uploads.received(kent, one, name="Payments.CSV", chunks=[data], by=by, now=NOW)

    file = received()
    assert file.kind == "register payments"
    said = {"part": False, "based_on": DatabaseStore(kent).version(one.place), "by": by, "now": NOW}
    read_ = uploads.held_against(kent, one, file, part=False, by=by)
    assert (read_.strange, read_.look, len(read_.given.differences)) == (False, (), 1)
    assert refused(uploads.accept, kent, one, file, why=" ", **said) == (
        "A change has a reason. Say why the register changes."
    )
    uploads.accept(kent, one, file, why=" Letter ", **said)
    assert on_record() == [(by.person.signature, f"Remove the upload {file.name}", "It was confirmed", WHEN)]
    assert ",Letter,dfe-6," in DatabaseStore(kent).read(one.history).decode()
    assert refused(uploads.accept, kent, one, file, why="x", **said) == (
        "The file was confirmed already. Look at the register."
    )
    with override_settings(REGISTER_MAX_ROWS=2, REGISTER_MAX_BYTES=len(data)):
        received()
    with override_settings(REGISTER_MAX_BYTES=len(data) - 1):
        assert refused(received) == "The file is larger than 0 MB. Send it in parts."
    with override_settings(REGISTER_MAX_ROWS=1):
        assert refused(received) == (
            "The file has 2 rows, more than 1. Send it in parts, or accept it on the command line."
        )
    assert on_record()[0][2] == "It cannot be read as this register"
    gone = received()
    actions.upload_path(gone).unlink()
    assert refused(uploads.read, gone, one) == "The file is no longer here. Upload it again."


@pytest.mark.parametrize(
    ("answer", "before", "after"),
    [
        ("accepted", "scheduled,2025-07,,,,,,x", "due,2025-07,2025-07-01,,,,,x"),
        ("accepted", "due,2025-07,,,,,,x", "due,2025-07,2025-07-01,,,,,x"),
        (
            "accepted",
            "withheld,2025-07,,2025-08-01,1.00,late,,x",
            "released,2025-07,2025-07-01,2025-08-01,1.00,late,,x",
        ),
        ("accepted", "received,2025-07,,2025-08-01,1.00,,,x", None),
        ("accepted", "scheduled,2025-04,,,,,,x", None),
        ("withheld", "scheduled,2025-07,,,,,,x", "withheld,2025-07,,,,No plan,,x"),
        ("queried", "scheduled,2025-07,,,,,,x", None),
    ],
)
def test_payments_follow_what_dfe_answered(kent, answer, before, after):
    from highneeds.office.registers import payments
    from highneeds.office.registers.actions import Author

    place, start = "registers/payments.csv", "a,dfe,2025-26,2025-09-30,1.00,"
    head = documents()[place].splitlines()[0].decode()
    with DatabaseStore(kent).change(by="Test", now=NOW, what="Test") as change:
        change.put(place, f"{head}\n{start}{before}\n".encode())
    submission = SimpleNamespace(council=kent, slot=SimpleNamespace(code="2025-07"))
    by = Author(person("manager", kent), frozenset({"programme_manager"}))
    reason = "" if answer == "accepted" else "No plan"
    payments.follow(submission, answer=answer, reason=reason, by=by, now=NOW)
    assert DatabaseStore(kent).read(place).decode() == f"{head}\n{start}{after or before}\n"
    if after:
        assert f",{reason or 'DfE accepted the report 2025-07'},a," in (
            DatabaseStore(kent).read("registers/history/payments.csv").decode()
        )


def test_the_columns_of_a_list_and_what_it_is_narrowed_by():
    """All registers: a column that is shown, filtered by or may be seen by another role is a change to read."""
    from highneeds.office.registers.definitions import hidden_from, register_of, registers

    said = []
    for name, one in registers().items():
        shown = [column.name for column in one.shown]
        narrowed = [column.name for column in one.filters]
        said.append(f"{name}: {' '.join(shown)} | {' '.join(narrowed)}{' | casework' if one.is_casework else ''}")
        assert register_of(one.place) is one and register_of(one.history) is one
    assert register_of("facts.csv") is None
    said += ["", *(f"{role or 'nobody'} does not see: {' '.join(sorted(hidden_from(frozenset({role}))))}"
                   for role in ("", "analyst", "finance_partner", "condition_owner", "director"))]  # fmt: skip
    held("office/lists-of-registers", said)


# Scenarios and variances


def test_what_is_refused_of_a_variance_in_whole_sentences(kent):
    from highneeds.office.evidence import explanations

    said = {"year": " 2024-25 ", "line": " 1.2.3 ", "gbp": "£100", "text": "a;\n\n b ;\nc", "based_on": "", "by": "T"}
    explain = {**said, "role": "Finance partner", "now": NOW}

    def written(*, by, role, now, **typed):
        explanations.explain(kent, explanations.ExplanationTyped(**typed), by=by, role=role, now=now)

    def says(**changed):
        return refused(written, **explain | changed)

    pounds = "is no sum in pounds. Write it as 1005000 or -250000.00."
    assert says(gbp="much") == f"gbp: 'much' {pounds}" and says(gbp="x" * 41) == f"gbp: '{'x' * 40}' {pounds}"
    assert says(year="24-25") == "year: '24-25' is no financial year. Write it as 2024-25."
    assert says(line=" ") == "line: Say what varies. A section 251 line, or the in-year position."
    assert says(text=" ") == "explanation: Say why. Name causes, each with its sum."
    written(**explain)
    row = "2024-25,1.2.3,100,a; b ; c,Finance partner,2025-07-01,,2025-07-01\n"
    assert DatabaseStore(kent).read(explanations.DOCUMENT).decode() == ",".join(explanations.COLUMNS) + "\n" + row
    assert on_record() == [("T", "Explain the variance of 1.2.3 in 2024-25", "", WHEN)]
    one = explanations.variance(kent, "2024-25", "1.2.3")
    assert (one.key, one.written_by, one.place, one.text) == ("2024-25/1.2.3", "Finance partner", 0, "a; b ; c")
    assert explanations.variance(kent, "2024-25", "1.2.4") is None
    for day, texts in ((1, ["d"]), (2, ["d", "e"])):
        before = explanations.variance(kent, "2024-25", "1.2.3").version
        written(**explain | {"text": texts[-1], "based_on": before, "now": NOW.replace(day=day)}
                | {"year": "2024-25", "line": "1.2.3"})  # fmt: skip
        rows = DatabaseStore(kent).read(explanations.DOCUMENT).decode().splitlines()[1:]
        assert [(row.split(",")[3], row.split(",")[-1]) for row in rows] == [
            (text, f"2025-07-0{place}") for place, text in enumerate(texts, 1)
        ]
        assert [one.text for one in explanations.variances(kent) if one.line == "1.2.3"] == [texts[-1]]


LEVER = {"lever": "phase_transfer_placement"}


@pytest.mark.parametrize(
    ("kind", "typed", "written"),
    [
        ("whole number", "007", "7"), ("whole number", "-123456789", "-123456789"),
        ("whole number", "1234567890", None),
        ("whole numbers", "1, 2,,3", "[1, 2, 3]"), ("number", "£1,000.5", "1000.5"),
        ("number", "123456789012.123456789", "123456789012.123456789"), ("number", "1234567890123", None),
        ("number", "0.1234567890", None), ("number", "1e3", None), ("text", "plain_2", "plain_2"),
        ("text", "yes", '"yes"'),
        ("text", "Über £", '"Über £"'), ("texts", ["a", " b c ", ""], '[a, "b c"]'), ("month", "2026-09", '"2026-09"'),
        ("text", "", ""), ("texts", [], ""),
    ],
)  # fmt: skip
def test_what_is_typed_for_a_lever_as_the_file_has_it(kind, typed, written):
    from highneeds.office.evidence import levers

    field = levers.FieldForm("x", "Help", kind, False, "", {})
    if written is None:
        words = "whole number" if kind == "whole number" else "number such as 0.25"
        with pytest.raises(ValueError, match=f"^“Help”: '{typed}' is no {words}$"):
            [*levers._written(field, typed)]
    else:
        assert "".join(levers._written(field, typed)) == written
    needed = levers.FieldForm("x", "Help", kind, True, "", {})
    with pytest.raises(ValueError, match=r"^Fill in “Help”\Z"):
        [*levers._written(needed, [] if isinstance(typed, list) else " ")]


def test_a_form_of_a_scenario_takes_twelve_levers(in_this_process):
    from django.http import QueryDict

    from highneeds.office.evidence import levers

    typed = "&".join(f"{number}-lever=school_opening" for number in range(14)) + "&title= Two &note=n&delay_of=d"
    form = levers.typed_in(QueryDict(typed))
    assert (form.title, form.note, form.delay_of, len(form.levers)) == ("Two", "n", "d", 12)
    typed = levers.typed_in(QueryDict("1-lever=none&2-lever=school_opening&2-out=yes&3-lever=phase_transfer_placement"))
    assert [name for name, _ in typed.levers] == ["phase_transfer_placement"]
    assert levers.start().levers[0] == (
        "phase_transfer_placement",
        levers.lever_forms()["phase_transfer_placement"].example,
    )
    held("office/levers", [
        line for name, one in levers.lever_forms().items()
        for line in (f"{name}: {one.title} | {one.unit} {one.least} to {one.most} | {one.duty} | {one.affects}",
                     *(f"  {field}" for field in one.fields), f"  example {dict(one.example)}")
    ])  # fmt: skip


def test_what_is_refused_of_a_scenario_in_whole_sentences(kent, monkeypatch):
    from highneeds.office.evidence import bridge, scenarios

    monkeypatch.setattr(bridge, "scenario_judged", lambda name, text: [f"{name}: {text}"])
    said = {"based_on": "", "by": "T", "now": NOW}
    for name in ("A", "a-", "-a", "a--b", "a b", ""):
        assert refused(scenarios.save_scenario, kent, name, "title: x", **said) == (
            f"name: '{name}' is no short name. Use small letters, digits and hyphens."
        )
    assert refused(scenarios.save_scenario, kent, "a-2", "title:\n", **said) == (
        "title: The scenario has no title. Begin a line with 'title:'."
    )
    assert scenarios.save_scenario(kent, "a-2", "title: 'X' \r\n", **said) == ["a-2: title: 'X' \r\n"]
    assert on_record() == [("T", "Add the scenario a-2", "", WHEN)]
    one = scenarios.scenario(kent, "a-2")
    assert (one.title, one.text, one.document) == ("X", "title: 'X' \n", "scenarios/a-2.yaml")
    scenarios.save_scenario(kent, "a-2", "title: Y", **said | {"based_on": one.version})
    assert on_record() == [("T", "Change the scenario a-2", "", WHEN)]
    with DatabaseStore(kent).change(by="Test", now=NOW, what="Test") as change:
        change.put("scenarios/no-title.yaml", b"levers: []\n")
        change.put("scenarios/read.me", b"x")
    assert [one.title for one in scenarios.scenarios(kent)] == ["Y", "no title"]


# What is written for another machine, and read there


def test_the_rows_of_a_database_are_written_and_read_back_whole(office, monkeypatch, tmp_path):
    """As a PostgreSQL is backed up: what is of this machine alone is left out, and an office with people takes none."""
    from django.core import management
    from django.db import connection, transaction

    from highneeds.office import backup

    asked, target = [], tmp_path / "rows.jsonl"

    def in_one_snapshot(execute, sql, params, many, context):
        return asked.append(sql) if sql.startswith("SET") else execute(sql, params, many, context)

    with transaction.atomic():
        kent = actions.import_workspace(documents(), by="Test", now=NOW)[0]
        signed_in(person("analyst", kent))
        actions.ask_for("run", kent, by=person("manager", kent), now=NOW)
        with connection.execute_wrapper(in_one_snapshot):
            assert backup.write_rows(target) == target
        rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
        names = list(dict.fromkeys(row["model"] for row in rows))
        entries, versions = RecordEntry.objects.count(), DatabaseStore(kent).versions()
        assert refused(backup.load_rows, target) == (
            "The database is not empty. Give an empty one in HIGHNEEDS_DATABASE_URL."
        )
        transaction.set_rollback(True)
    assert asked == ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"]
    assert not set(names) & {"sessions.session", "django_q.ormq"} and "evidence.job" in names
    assert names.index("people.council") < names.index("people.membership") < names.index("evidence.job")
    called = []
    monkeypatch.setattr(management, "call_command", lambda *words, **also: called.append((words, also)))
    assert not Person.objects.exists()
    backup.load_rows(target)
    assert called == [(("flush",), {"interactive": False, "verbosity": 0})]
    assert RecordEntry.objects.count() == entries
    assert DatabaseStore(Council.objects.get()).versions() == versions


def test_what_is_asked_of_a_postgresql(monkeypatch):
    """Its locks and triggers; SQLite is asked for none of them."""
    import zlib
    from contextlib import nullcontext

    from highneeds.office.evidence import record, triggers

    asked = []
    cursor = SimpleNamespace(execute=lambda *words: asked.append(words))
    for vendor in ("sqlite", "postgresql"):
        there = SimpleNamespace(vendor=vendor, cursor=lambda: nullcontext(cursor), in_atomic_block=False)
        monkeypatch.setattr(record, "connection", there)
        record.lock("886")
    assert asked == [("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(b"highneeds record 886")])]
    with pytest.raises(RuntimeError, match="in the transaction of what it records"):
        record.append("886", by="Test", now=NOW, what="x")
    held("office/triggers", [f"{vendor}: {one}" for vendor in ("sqlite", "postgresql")
                             for one in triggers.statements(vendor, "evidence_blob")])  # fmt: skip
    made = []
    editor = SimpleNamespace(connection=SimpleNamespace(vendor="sqlite"), execute=made.append)
    triggers.make(None, editor)
    tables = ("evidence_recordentry", "evidence_documentversion", "evidence_blob")
    assert made == [one for table in tables for one in triggers.statements("sqlite", table)]


# Who comes in


def asked_as(path, signed_in_=False):
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=signed_in_)
    return request


def test_which_addresses_are_for_everybody_and_which_want_no_second_factor(monkeypatch):
    from highneeds.office.people import middleware

    door = middleware.everybody_signs_in(lambda request: "in")
    everybody = (
        "public accessibility accounts/login accounts/2fa accounts/password/reset accounts/oidc accounts/3rdparty "
        "accounts/logout static health api"
    )
    for path in everybody.split():
        assert door(asked_as(f"/{path}/x")) == "in", path
    assert door(asked_as("/favicon.ico")) == "in"
    for path in ("/", "/councils/886/", "/accounts/email/", "/accounts/password/change/", "/publicx"):
        assert door(asked_as(f"{path}?a=b")).headers["Location"] == f"/accounts/login/?next={path}%3Fa%3Db"
    monkeypatch.setattr(middleware, "used_second_factor", lambda request: "")
    for has, leads in (
        (True, "/accounts/2fa/reauthenticate/?next=/councils/886/"),
        (False, "/accounts/2fa/totp/activate/"),
    ):
        monkeypatch.setattr(middleware, "is_mfa_enabled", lambda user, has=has: has)
        assert door(asked_as("/councils/886/", True)).headers["Location"] == leads
        assert {door(asked_as(f"/{path}/x", True)) for path in ["accounts", "static", "public", "health", "api"]} == {
            "in"
        }
    monkeypatch.setattr(middleware, "used_second_factor", lambda request: "totp")
    assert door(asked_as("/councils/886/", True)) == "in"


@pytest.mark.parametrize(
    ("has", "method", "ago", "asked"),
    [(True, "mfa", 299, False), (True, "mfa", 300, True), (True, "password", 0, True), (False, "password", 299, False),
     (False, "password", 300, True), (False, "mfa", 0, True)],
)  # fmt: skip
def test_who_is_asked_again_before_an_account_is_changed(monkeypatch, has, method, ago, asked):
    from allauth.core.context import request_context

    from highneeds.office.people import adapters

    monkeypatch.setattr(adapters, "is_mfa_enabled", lambda user: has)
    monkeypatch.setattr(adapters.time, "time", lambda: 1000.0)
    monkeypatch.setattr(adapters, "get_authentication_records", lambda *_: [{"method": method, "at": 1000.0 - ago}])
    with request_context(SimpleNamespace(user=None)):
        assert adapters.AccountAdapter().is_reauthentication_required(app="x") is asked


def test_nobody_signs_up_and_secrets_are_kept_encrypted():
    from cryptography.fernet import InvalidToken

    from highneeds.office.people import adapters

    assert adapters.AccountAdapter().is_open_for_signup(None) is False
    assert adapters.SocialAccountAdapter().is_open_for_signup(None, None) is False
    one = adapters.SecondFactorAdapter()
    kept = one.encrypt("seed")
    assert "seed" not in kept and one.decrypt(kept) == "seed"
    with override_settings(SECRET_KEY="another"), pytest.raises(InvalidToken):
        one.decrypt(kept)
    answer = adapters.locked_out(RequestFactory().get("/"))
    assert answer.status_code == 429 and "Too many tries. Wait a quarter of an hour" in answer.content.decode()


@pytest.mark.parametrize(("kind", "is_used"), [("totp", True), ("webauthn", True), ("recovery_codes", False)])
def test_whoever_sets_up_a_second_factor_has_used_it(monkeypatch, kind, is_used):
    from allauth.account.internal.flows import login

    from highneeds.office.people.apps import second_factor_was_used

    told = []
    monkeypatch.setattr(login, "record_authentication", lambda *words, **also: told.append((words, also)))
    second_factor_was_used("request", "user", SimpleNamespace(type=kind, pk=7), more="x")
    assert told == ([(("request", "user", "mfa"), {"type": kind, "id": 7})] if is_used else [])


def test_a_passkey_that_is_a_second_factor_only_is_no_way_in(monkeypatch):
    from allauth.mfa.webauthn.forms import LoginWebAuthnForm
    from django.core.exceptions import ValidationError

    from highneeds.office.people.forms import PasskeyForSigningIn

    one = SimpleNamespace(wrap=lambda: SimpleNamespace(is_passwordless=passwordless))
    monkeypatch.setattr(LoginWebAuthnForm, "clean_credential", lambda self: one)
    passwordless = True
    assert PasskeyForSigningIn.clean_credential(PasskeyForSigningIn.__new__(PasskeyForSigningIn)) is one
    passwordless = False
    with pytest.raises(ValidationError) as problem:
        PasskeyForSigningIn.clean_credential(PasskeyForSigningIn.__new__(PasskeyForSigningIn))
    assert problem.value.code == "incorrect_code"


# What holds for every answer


def test_what_every_answer_carries_and_what_stands_in_place_of_an_empty_one(office):
    from django.core.exceptions import SuspiciousOperation
    from django.http import HttpResponse

    from highneeds.office.evidence.bridge import ResultsError
    from highneeds.office.site import middleware

    def answered(method, status, content=b""):
        return middleware.SayWhatIsWrong(lambda request: HttpResponse(content, status=status))(
            getattr(RequestFactory(), method)("/")
        )

    assert b"There is nothing to read at this address" in answered("get", 405).content
    assert answered("get", 405).status_code == 405
    for method, status, content in (("post", 405, b""), ("get", 405, b"x"), ("get", 200, b"")):
        assert answered(method, status, content).content == content
    say = middleware.SayWhatIsWrong(None).process_exception
    told = say(RequestFactory().get("/"), ResultsError("gone"))
    assert told.status_code == 503 and b"gone" in told.content and say(None, ValueError()) is None
    kept = middleware.nothing_kept(lambda request: HttpResponse())(None)
    assert kept["Cache-Control"] == "no-cache, private" and kept["Cross-Origin-Resource-Policy"] == "same-origin"
    own = middleware.nothing_kept(lambda request: HttpResponse(headers={"Cache-Control": "max-age=9"}))(None)
    assert own["Cache-Control"] == "max-age=9"
    without = middleware.without_nul(lambda request: "in")
    assert without(RequestFactory().post("/a?b=c", {"d": ["e", "f"]})) == "in"
    for request in (
        RequestFactory().get("/a%00"),
        RequestFactory().get("/?a=%00"),
        RequestFactory().post("/", {"a": "\x00"}),
    ):
        with pytest.raises(SuspiciousOperation, match=r"^what was asked holds a NUL\Z"):
            without(request)


@pytest.mark.parametrize(
    ("token", "path", "cookie", "ends"),
    [
        ("", "/", "", "in"),
        ("word", "/static/a.css", "", "in"),
        ("word", "/", "word", "in"),
        ("word", "/x?token=word", "", "/x"),
        ("word", "/", "", 403),
        ("word", "/?token=other", "other", 403),
    ],
)
def test_where_a_start_token_is_wanted_only_who_has_it_reads(token, path, cookie, ends):
    from highneeds.office.site import middleware

    request = RequestFactory().get(path)
    request.COOKIES["start"] = cookie
    with override_settings(START_TOKEN=token):
        answer = middleware.with_start_token(lambda request: "in")(request)
    if ends == "in":
        assert answer == "in"
    elif ends == 403:
        assert answer.status_code == 403
        assert b"Open the address that highneeds serve printed" in answer.content
    else:
        made = answer.cookies["start"]
        assert (answer.status_code, answer.headers["Location"], made.value) == (302, ends, "word")
        assert made["httponly"] is True and made["samesite"] == "Strict"


def test_what_is_done_before_the_first_reader_comes(office, kent, monkeypatch):
    """The pages of one person are asked for once; the templates, registers and results of a team are read."""
    import runpy

    from django import test
    from django.db import connections

    import highneeds.office.wsgi as served

    asked = []

    class Reader:
        def __init__(self, **words):
            asked.append(words)
            self.cookies = {}

        def get(self, place):
            asked.append((place, dict(self.cookies)))

    monkeypatch.setattr(test, "Client", Reader)
    monkeypatch.setattr(type(connections), "close_all", lambda self: asked.append("closed"))
    here, pages = {"SERVER_NAME": "127.0.0.1"}, ("/", "/dashboard/", "/money/", "/report/")
    for warm, told in (
        ("", []),
        ("yes", [here, *((page, {}) for page in pages)]),
        ("team", [here, ("/accessibility/", {}), "closed"]),
    ):
        asked.clear()
        monkeypatch.setenv("HIGHNEEDS_WARM_UP", warm)
        with override_settings(START_TOKEN=""):
            runpy.run_path(served.__file__)
        assert asked == told
    asked.clear()
    with override_settings(START_TOKEN="word"):
        served.warm_up()
    assert asked == [here, *((page, {"start": "word"}) for page in pages)]


# The read API


def test_what_the_api_answers_is_on_file(signed, kent, office, medway):
    from django.test import Client

    from highneeds.office.submission.actions import submit

    submit(signed, by=signed.slot.opened_by, now=NOW)
    worked_out(kent, office)
    now = timezone.now()
    keys = {la: people.make_token(one, name="t", until=now + timedelta(days=1), by="T", now=now)
            for la, one in (("886", kent), ("887", medway))}  # fmt: skip
    said = []
    for la, path in (
        *(("886", one) for one in ("", "indicators/", "conditions/", "findings/", "submissions/", "registers/",
                                   "registers/payments/", "registers/none/", "registers/appeals/", "registers/Fees/")),
        ("887", ""), ("887", "submissions/"), ("887", "registers/payments/"),
    ):  # fmt: skip
        answer = Client(SERVER_NAME="127.0.0.1").get(
            f"/api/v1/councils/{la}/{path}", headers={"authorization": f"Bearer {keys[la]}"}
        )
        found = answer.json()
        shown = found[:2] if isinstance(found, list) else [found]
        count = len(found) if isinstance(found, list) else 1
        said += ["", f"=== {la}/{path} {answer.status_code} {count}", *(same(json.dumps(one)) for one in shown)]
    held("office/api-answers", [re.sub(r'"(at|submitted_at|version)": "[^"]*"', r'"\1": "…"', line) for line in said])


# Pages with more than they show


def test_a_page_of_work_shows_two_hundred_rows_and_the_page_of_data_twenty_of_each(kent, monkeypatch):
    from django.http import HttpResponse

    from highneeds.office.evidence.views import data, forecasts

    shown = []
    for view in (data, forecasts):
        monkeypatch.setattr(
            view, "show", lambda request, council, page, **said: shown.append(said) or HttpResponse(page)
        )
    by = person("analyst", kent)
    for at in range(21):
        Upload.objects.create(council=kent, kind="return", name=f"{at}.zip", sha256="x", size=1, by=by)
        Job.objects.create(council=kent, kind="forecast", words="x", by=by)
    job = Job.objects.create(council=kent, kind="run", words="x", by=by, listing="a\n" + "1\n" * 201)
    browser = signed_in(by)
    for page in ("data/", f"data/jobs/{job.pk}/", "forecasts/"):
        assert browser.get(f"/councils/886/{page}").status_code == 200, page
    first, second, third = shown
    assert (len(first["uploads"]), len(first["jobs"]), len(second["rows"]), second["count"], len(third["jobs"])) == (
        20, 20, 200, 201, 20,
    )  # fmt: skip


# What the office asks of the engine


def test_words_that_the_office_asks_the_engine_for():
    from datetime import date

    from highneeds.office.evidence import bridge

    assert [bridge.gravity(one) for one in ("must_fix", "query", "note")] == [0, 1, 2]
    assert bridge.team_of_rule("PLN-03") == "Plan casework" and bridge.team_of_rule("XYZ-01") == "Data team"
    assert bridge.words_of_choice("mainstream") == bridge.setting_words("mainstream")
    taken = {"by": "Analyst", "fingerprint": "0a", "files": {}, "findings": {}}
    lines = [
        {**taken, "reference_date": f"2025-01-{day}", "accepted_at": f"2025-02-{day}T09:00:00+00:00", "must_fix": count}
        for day, count in ((16, 0), (17, 2), (18, 1), (18, 3))
    ]
    said = "\n".join(map(json.dumps, lines)).encode()
    assert bridge.accepted_with_findings(said) == [
        (date(2025, 1, 17), 2, "2025-02-17T09:00:00+00:00"), (date(2025, 1, 18), 3, "2025-02-18T09:00:00+00:00"),
    ]  # fmt: skip
    assert bridge.register_settings(b'name = "x"') == {} == bridge.register_settings(b"")
    assert bridge.register_settings(b"[registers]\ndays = 3\n") == {"days": 3}
    assert bridge.download(("a", "b"), [("=1+1", "x")]).decode("utf-8-sig").splitlines() == ["a,b", "'=1+1,x"]
    assert bridge.RunFailed(3).code == 3 and str(bridge.RunFailed(3)) == "highneeds run ended with 3"


@pytest.mark.parametrize(
    ("code", "out", "err", "says"),
    [(0, "told", "err", "told"), (0, "", "err", "err"), (2, "told", " a\n b ", None), (2, "", "", None)],
)
def test_what_a_command_of_the_engine_prints_and_refuses(monkeypatch, code, out, err, says):
    from highneeds.office.evidence import bridge

    asked = []

    def run(words, **how):
        asked.append((words[1:], how))
        return SimpleNamespace(returncode=code, stdout=out, stderr=err)

    monkeypatch.setattr(bridge.subprocess, "run", run)
    if says is None:
        assert refused(bridge.engine_says, "a", "b") == ("a b." if err else "The engine ended with 2.")
    else:
        assert bridge.engine_says("a", "b") == says
    told = {"capture_output": True, "text": True, "stdin": bridge.subprocess.DEVNULL, "timeout": 60}
    assert asked == [(["-m", "highneeds", "a", "b"], told)]


@pytest.mark.parametrize(("code", "fails"), [(0, False), (1, False), (2, True)])
def test_a_run_fails_where_the_engine_refuses(monkeypatch, code, fails):
    from pathlib import Path

    from highneeds.office.evidence import bridge

    asked = []
    monkeypatch.setattr(
        bridge.subprocess, "run", lambda words: asked.append(words[1:]) or SimpleNamespace(returncode=code)
    )
    if fails:
        with pytest.raises(bridge.RunFailed, match="ended with 2"):
            bridge.run_engine(Path("w"), Path("o"))
    else:
        bridge.run_engine(Path("w"), Path("o"))
    assert asked == [["-m", "highneeds", "run", "w", "--out", "o"]]


def test_a_scenario_is_judged_under_its_own_name_and_says_what_to_know(monkeypatch):
    from pathlib import Path

    from highneeds.office.evidence import bridge

    asked = []

    def says(*words):
        asked.append((words[:3], Path(words[3]).name, Path(words[3]).read_text("utf-8")))
        if len(asked) > 1:
            raise InputError(f"{words[3]} line 2: no such lever")
        return "first\nsecond\nthird\n"

    monkeypatch.setattr(bridge, "engine_says", says)
    assert bridge.scenario_judged("local", "title: £") == ["second", "third"]
    assert refused(bridge.scenario_judged, "local", "x") == "local.yaml line 2: no such lever."
    assert asked[0] == (("forecast", "levers", "--scenario"), "local.yaml", "title: £")


def test_a_list_as_a_sheet_for_excel():
    from io import BytesIO

    import openpyxl

    from highneeds.office.evidence.sheet import MADE, sheet_of

    book = openpyxl.load_workbook(BytesIO(sheet_of(f"code,long\n007,{'x' * 61}\n,=1+1\n")))
    page = book.active
    assert (page.title, page.freeze_panes, page.auto_filter.ref) == ("List", "A2", "A1:B3")
    assert [page.column_dimensions[one].width for one in "AB"] == [
        pytest.approx(12.7, abs=0.1),
        pytest.approx(62.7, abs=0.1),
    ]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["code", "long"], ["007", "x" * 61], [None, "=1+1"],
    ]  # fmt: skip
    head, text, empty_ = page["A1"], page["A2"], page["A3"]
    assert (head.font.bold, head.border.bottom.style, head.alignment.wrap_text, head.alignment.vertical) == (
        True, "thin", True, "top",
    )  # fmt: skip
    for cell in (text, empty_):
        assert (cell.number_format, cell.alignment.wrap_text, cell.alignment.vertical) == ("@", True, "top")
    assert page["B3"].data_type == "s" and book.properties.created == MADE
    assert openpyxl.load_workbook(BytesIO(sheet_of(""))).active.auto_filter.ref is None
    assert openpyxl.load_workbook(BytesIO(sheet_of("a\n"))).active.auto_filter.ref == "A1:A2"


# Beside a section


def test_the_text_to_edit_is_ones_own_draft(slot, kent):
    from highneeds.office.programme import actions as act
    from highneeds.office.programme import beside

    me, section = slot.opened_by, act._section(slot, "condition-1")
    assert beside.text_to_edit(slot, section, me) == beside.TextToEdit("Requests fell by 10.7%.", section.version)
    act.keep_draft(slot, "condition-1", "Mine.", based_on=section.version, by=me, now=NOW)
    draft = slot.drafts.get()
    assert beside.text_to_edit(slot, section, me) == beside.TextToEdit("Mine.", section.version, None, draft)
    assert beside.text_to_edit(slot, section, person("owner", kent)).draft is None
    act.keep_draft(slot, "condition-1", "Mine.", based_on="earlier", by=me, now=NOW)
    theirs = [("gone", "Requests fell by 10.7%."), ("new", "Mine.")]
    assert beside.text_to_edit(slot, section, me) == beside.TextToEdit("Mine.", "earlier", theirs, draft)
    for role in Role:
        person(role, kent) if not kent.memberships.filter(role=role).exists() else None
    writing = {one.memberships.get().role for one in beside.writers(kent)}
    assert writing == {"analyst", "finance", "manager", "owner"}


def test_the_figures_and_claims_beside_a_section(kent, monkeypatch):
    from highneeds.office.programme import beside
    from highneeds.report.pages.results.narrative import Claim
    from highneeds.report.pages.results.parts import PageFinding

    def claim(name, verdict="holds", bound="", shows="5"):
        return Claim(verdict, "5", "", name, "", bound, shows)

    def paragraph(*claims):
        return SimpleNamespace(claims=claims)

    def figure(title, value, change):
        return SimpleNamespace(title=title, value=value, change=change)

    fails, ties, other = (
        claim("fails", "fails"),
        claim("ties", bound="{{ x }}"),
        claim("other", bound="{{ y }}", shows="6"),
    )
    results = SimpleNamespace(
        conditions=[SimpleNamespace(number=3, indicators=("a", "gone"), narrative=[paragraph(ties)])],
        indicators=[SimpleNamespace(id="a", short_title="A", sentence=PageFinding("A is 5", ""))],
        figures=[
            SimpleNamespace(title="Deficit", value="£5m", change="up"),
            SimpleNamespace(title="B", value="1", change=""),
        ],
        narrative=[SimpleNamespace(title="Money", paragraphs=[paragraph(fails, other, claim("holds"))])],
    )
    monkeypatch.setattr(beside, "latest_run", lambda council: None)
    monkeypatch.setattr(beside, "results_of", lambda run: results)
    first = [("Deficit", "£5m up"), ("B", "1")]
    assert beside.figures_beside(kent, "Condition 3") == [("A", "A is 5")]
    assert beside.figures_beside(kent, "Condition 4") == first == beside.figures_beside(kent, "Section 3")
    assert beside.claims_of(kent, "Money") == [fails] and beside.claims_of(kent, "Condition 3") == [ties]
    assert beside.claims_of(kent, "Condition 4") == [] == beside.claims_of(kent, "Section 3")
    monkeypatch.setattr(beside, "results_of", lambda run: None)
    assert beside.figures_beside(kent, "Condition 3") == [] == beside.claims_of(kent, "Money")


@pytest.mark.parametrize(
    ("typed", "found"), [("", None), (" 2025-07-04 ", "2025-07-04"), ("2025-13-04", None), ("soon", None)]
)
def test_a_day_that_is_typed(typed, found):
    from highneeds.office.programme.views.slots import day

    if typed.strip() and not found:
        assert refused(day, typed) == f"'{typed}' is no date. Write it as 2025-07-04."
    else:
        assert str(day(typed) or "") == (found or "")


def test_a_signature_asks_for_a_second_factor_of_five_minutes(ready, monkeypatch):
    from highneeds.office.submission.views import signing

    asked = []
    monkeypatch.setattr(
        signing, "used_second_factor", lambda request, within_seconds: asked.append(within_seconds) or ""
    )
    browser = signed_in(person("section-151", ready.council))
    page = f"/councils/886/submissions/{ready.pk}/sign/check/"
    assert "Sign" in browser.get(page).content.decode()
    answer = browser.post(page, {"read": "yes"})
    assert answer.headers["Location"] == f"/accounts/2fa/reauthenticate/?next={page}" and asked == [300, 300]


def test_a_token_of_the_pages_lasts_a_year(kent):
    browser = signed_in(person("administrator", kent))
    page = browser.post("/councils/886/tokens/", {"name": "reports"}).content.decode()
    one = Token.objects.get()
    assert one.until - one.made_at == timedelta(days=365) and "hn_" in page


def test_the_record_is_shown_fifty_entries_a_page_and_searched_by_what_and_who(kent):
    browser = signed_in(person("manager", kent))
    entry = {"chain": "886", "at": NOW.isoformat(), "changes": [], "hash": "x"}
    RecordEntry.objects.bulk_create(
        RecordEntry(**entry, number=100 + at, by="Zoe" if at < 2 else "Test", what="Zeal" if at == 5 else "Put")
        for at in range(50)
    )
    count = RecordEntry.objects.filter(chain="886").count()

    def rows(asked=""):
        return browser.get(f"/councils/886/record/{asked}").content.decode().count("1 July 2025 at 10:00")

    assert count > 50 and rows() == 50 and rows("?page=2") == count - 50
    assert rows("?q=zoe") == 2 and rows("?q=+zeal+") == 1 and rows("?q=z") == 3


def test_a_row_shows_fifty_links_and_fifty_changes(kent):
    from highneeds.office.registers import links
    from highneeds.office.registers.definitions import register

    head = "milestone,title,planned,planned_on,depends_on,state"
    rows = [f"m{at:02},Plan,2025-05,2025-05-31,a{' m00' if at == 1 else ''},planned" for at in range(51)]
    past = "at,by,role,why,row,column,before,after,move"
    moments = [f"2025-02-01T09:{at:02}:00,p,analyst,why {at},a,title,{at},{at + 1}," for at in range(51)]
    with DatabaseStore(kent).change(by="Test", now=NOW, what="Test") as change:
        change.put("registers/milestones.csv", "\n".join([head, "a,51,2025-05,2025-05-31,,planned", *rows]).encode())
        change.put("registers/history/milestones.csv", "\n".join([past, *moments]).encode())
    one, roles = register("milestones"), frozenset({"programme_manager"})
    assert [key for _, key in links.naming(kent, one, "a", roles)] == [f"m{at:02}" for at in range(50)]
    assert [key for _, key in links.naming(kent, one, "m00", roles)] == ["m01"]
    assert [(other.name, key) for other, key in links.named({"depends_on": "a b"}, one, roles)] == [
        ("milestones", "a"), ("milestones", "b"),
    ]  # fmt: skip
    page = signed_in(person("manager", kent)).get("/councils/886/registers/milestones/a/").content.decode()
    assert "why 50" in page and "why 1<" in page and "why 0<" not in page


def test_whether_the_office_is_well(office, monkeypatch):
    from django.db import OperationalError

    from highneeds.office.site.views import health

    closed = []

    def away():
        raise OperationalError("gone")

    assert json.loads(health.health(RequestFactory().get("/health/")).content) == {"database": "answers"}
    monkeypatch.setattr(health, "connection", SimpleNamespace(cursor=away, close=lambda: closed.append(True)))
    answer = health.health(RequestFactory().get("/health/"))
    assert (answer.status_code, json.loads(answer.content)) == (503, {"database": "does not answer"}) and closed


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [("a.pdf", "application/pdf", True), ("a.html", "text/html", False), ("a.csv", "text/csv", True),
     ("a.zzz", "application/octet-stream", True)],
)  # fmt: skip
def test_a_file_that_is_sent_is_saved_unless_it_is_a_page(tmp_path, name, kind, saved):
    from highneeds.office.submission.views.signing import send

    (tmp_path / name).write_bytes(b"x")
    answer = send(tmp_path / name)
    told = answer.headers["Content-Disposition"]
    assert (answer.headers["Content-Type"], told) == (kind, f'{"attachment" if saved else "inline"}; filename="{name}"')
    answer.close()
