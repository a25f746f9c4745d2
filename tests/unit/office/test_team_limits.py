"""The office in more detail: limits of what is kept and listed, pages whose results are long, lists of registers."""

from dataclasses import astuple, dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.utils import timezone

from highneeds.office.evidence import actions, reading, worker
from highneeds.office.evidence.models import RecordEntry, Upload
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.models import Person
from office_by_hand import NOW, documents, person


def on_record(chain="886", last=1):
    entries = [*RecordEntry.objects.filter(chain=chain).order_by("number")][-last:]
    return [(one.by, one.what, one.why) for one in entries]


def sent(kent, by, name="a.zip", kind="return"):
    return actions.receive(kent, kind=kind, name=name, chunks=[b"1234567890"], by=by, now=NOW)


# Limits of what is kept, listed and looked after


def test_a_list_is_kept_to_its_longest_and_a_run_with_all_that_it_is_of(kent, monkeypatch):
    from pathlib import Path

    from highneeds import __version__
    from highneeds.office.evidence.content import content_of
    from highneeds.office.evidence.models import Run

    by, longest = person("analyst", kent), "x" * 5_000_001

    def engine(words, steps):
        out = Path(words[words.index("--out") + 1])
        if words[0] == "run":
            (out / "internal").mkdir()
            (out / "internal" / "results.json").write_text("{}")
        else:
            out.write_text(longest)
        return 0, ""

    monkeypatch.setattr(worker, "run_engine", engine)
    job = actions.ask_for("list-vintages", kent, by=by, now=NOW)
    assert worker.do(job.pk) == "done"
    job.refresh_from_db()
    assert (len(job.listing), job.says, job.state) == (5_000_000, "It is worked out.", "done")
    job = actions.ask_for("run", kent, by=by, now=NOW)
    versions, done = DatabaseStore(kent).versions(), worker.do(job.pk)
    run, content = Run.objects.get(), content_of(versions)
    assert done == "done" and (run.job, run.documents, run.version) == (job, versions, __version__)
    assert (run.content, run.figures, run.words) == (content.whole, content.figures, content.words)
    assert run.folder == f"886/{job.pk}-{run.content[:12]}-{run.artefacts[:12]}"
    digest = worker.digest(reading.run_folder(run) / "internal" / "results.json")
    assert run.files == {"internal/results.json": digest}
    assert run.artefacts == worker.fingerprint_of(run.files)
    job.refresh_from_db()
    assert job.says == "The documents and pages are ready." and job.finished_at is not None
    assert on_record()[0][:3] == (by.signature, "Done: Work everything out", "")
    monkeypatch.setattr(worker, "run_engine", lambda words, steps: (0, ""))
    job = actions.ask_for("run", kent, by=by, now=NOW)
    worker.do(job.pk)
    job.refresh_from_db()
    assert (job.state, job.says) == ("refused", "The engine wrote no results. Tell whoever runs the office.")
    assert on_record()[0][:3] == (by.signature, "Not done: Work everything out", job.says)
    monkeypatch.setattr(worker, "run_engine", lambda words, steps: (2, "y" * 501))
    job = actions.ask_for("run", kent, by=by, now=NOW)
    worker.do(job.pk)
    assert on_record()[0][2] == "y" * 500
    assert worker.claim(job.pk) == 0 and worker.do(job.pk) == "nothing to do"


@pytest.mark.parametrize(
    ("kind", "code", "said", "arguments", "state", "says"),
    [
        ("check-return", 1, "", {}, "done", "It was checked."),
        ("next-report", 0, "", {"slot": "July"}, "done", "Nothing had to be changed."),
        ("next-report", 0, "Carried.", {"slot": "July"}, "done", "Carried."),
        ("next-report", 1, "", {"slot": "July"}, "refused",
         "Something must be fixed first. Check it, correct it, and upload it again."),
        ("next-report", 1, "No.", {"slot": "July"}, "refused", "No. Check it, correct it, and upload it again."),
        ("accept-return", 1, "", {}, "refused", "Something in it must be fixed, so it is not accepted. "
         "Check it to see what; correct it and upload it again, or say why it is accepted all the same."),
        ("accept-return", 1, "Taken.", {"despite": "March"}, "done", "Taken."),
        ("keep-corrections", 1, "x", {}, "done",
         "Some rows could not be used; they are listed below. The others are kept."),
        ("keep-corrections", 0, "Kept.", {}, "done", "Kept."),
        ("explain-since", 0, "Told.", {"since": "abcd"}, "done", "Told."),
        ("check-ledger", 0, "", {}, "refused",
         "Nobody has said yet how the ledger is read. Upload its mapping first: How our ledger is read (mapping)."),
    ],
)  # fmt: skip
def test_what_becomes_of_each_kind_of_work(kent, monkeypatch, kind, code, said, arguments, state, says):
    from highneeds.office.evidence.job_kinds import KINDS

    by, takes = person("manager", kent), KINDS[kind].upload
    uploads = [sent(kent, by, "a.csv", kind=takes).pk] if takes else []
    monkeypatch.setattr(worker, "run_engine", lambda words, steps: (code, said))
    job = actions.ask_for(kind, kent, by=by, now=NOW, **({"uploads": uploads} if uploads else {}), **arguments)
    worker.do(job.pk)
    job.refresh_from_db()
    assert (job.state, job.says) == (state, says)
    if uploads:
        taken = state == "done" and KINDS[kind].outcome.name == "DOCUMENTS"
        assert bool(Upload.objects.get().gone_at) is taken


def test_what_moved_is_told_in_five_hundred_signs(signed, kent):
    names = [f"facts-{at:02}-{'x' * 20}.csv" for at in range(30)]
    with DatabaseStore(kent).change(by="Test", now=NOW, what="Test") as change:
        for name in names:
            change.put(name, b"x")
    because = {one.voided_because for one in signed.signatures.all()}
    assert because == {f"A figure moved: {', '.join(names)}"[:500]}
    why = f"Changed: {', '.join(names)}"[:500]
    assert on_record() == [("The office", "Back to drafting: something was changed", why)]


def test_a_workspace_and_a_run_are_in_folders_of_the_office_alone(office, tmp_path, monkeypatch):
    import stat

    from highneeds.office.evidence.materialise import write_folder

    ham = actions.import_workspace(documents("889", "Ham"), by="Test", now=NOW)[0]
    write_folder(DatabaseStore(ham), tmp_path / "work")
    write_folder(DatabaseStore(ham), tmp_path / "work")  # where it is already
    job = actions.ask_for("run", ham, by=person("analyst", ham), now=NOW)
    out = tmp_path / "out"
    (out / "internal").mkdir(parents=True)
    (out / "internal" / "results.json").write_text("{}")
    worker.claim(job.pk)
    worker.keep_run(job, 1, out, {})
    folders = (tmp_path / "work", office / "runs" / "889")
    assert {stat.S_IMODE(one.stat().st_mode) for one in folders} == {0o700}


def test_a_heading_without_a_letter_has_an_address_too():
    from highneeds.office.programme.sections import split

    before, sections = split("intro\n## £\n## £\r\nx\n## A b\n".encode())
    assert before == b"intro\n"
    assert [(one.key, one.heading, one.text) for one in sections] == [
        ("section", "£", ""), ("section-2", "£", "x"), ("a-b", "A b", ""),
    ]  # fmt: skip


def test_work_on_a_file_that_went_is_refused(kent, monkeypatch):
    job = actions.ask_for("check-return", kent, by=person("analyst", kent), now=NOW, uploads=[0])
    worker.do(job.pk)
    job.refresh_from_db()
    assert job.says == "The uploaded file is no longer here. Upload it again."


def test_how_the_office_is_looked_after_while_it_is_served(monkeypatch):
    import ctypes

    from highneeds.office import serving

    turns, looked = [], []
    ending = []

    def sleep(seconds):
        turns.append(seconds)
        if len(turns) == 241:
            ending.append(True)

    monkeypatch.setattr(serving.time, "sleep", sleep)
    monkeypatch.setattr(serving, "put_plans_right", lambda: looked.append(len(turns)))
    serving.keep_going({}, 8000, ending)
    assert looked == [1, 121, 241] and set(turns) == {0.5}
    asked = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(prctl=lambda *words: asked.append((name, *words))))
    serving.adopt_what_is_left()
    assert asked == [(None, 36, 1, 0, 0, 0)] and serving.SECONDS_TO_END == 20 and serving.WORKER_NICENESS == 10


@pytest.mark.parametrize(("name", "turn"), [("deliver again", 60), ("retention", 86_400)])
@pytest.mark.parametrize(("more", "put_right"), [(0, False), (1, True)])
def test_a_plan_is_put_right_where_it_is_more_than_two_turns_ahead(office, monkeypatch, name, turn, more, put_right):
    from django.db import connections
    from django_q.models import Schedule

    from highneeds.office import serving

    monkeypatch.setattr(type(connections), "close_all", lambda self: None)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    ahead = NOW + timedelta(seconds=2 * turn + more)
    Schedule.objects.create(name=name, func="x", schedule_type="I", next_run=ahead)
    serving.put_plans_right()
    assert Schedule.objects.get().next_run == (NOW if put_right else ahead)


# What a model says of itself beside its columns


def test_who_a_person_is_to_django(kent, office):
    from django.db.models import ProtectedError

    assert (Person.USERNAME_FIELD, Person.REQUIRED_FIELDS, Person.is_staff) == ("email", ["name"], False)
    one = person("director", kent, deputy=True)
    assert (
        str(kent) == "Kent County Council" and one.memberships.get().words == "Deputy director of children’s services"
    )
    with pytest.raises(ProtectedError):
        kent.delete()


@pytest.mark.parametrize("urls", ["highneeds.office.urls", "highneeds.office.team_urls"])
def test_each_fault_leads_to_its_page(urls):
    from django.urls import get_resolver

    from highneeds.office.site.views import errors

    found = {code: get_resolver(urls).resolve_error_handler(code) for code in (400, 403, 404, 500)}
    assert found == {400: errors.bad_request, 403: errors.forbidden, 404: errors.not_found, 500: errors.broken}


# The list of a register, as its address asks for it


def test_a_list_keeps_what_its_address_asks():
    from highneeds.office.registers.definitions import register
    from highneeds.office.registers.views.registers import ListRequest, differing, options

    one = register("payments")

    def asked(query):
        return ListRequest.of(RequestFactory().get(f"/?{query}"), one)

    assert asked("") == ListRequest({}, "", False, False) and asked("").address() == "?"
    full = asked("state=due&sort=due_on&order=falling&overdue=yes&payer=")
    assert full == ListRequest({"state": "due"}, "due_on", True, True)
    assert full.address() == "?state=due&overdue=yes&sort=due_on&order=falling"
    assert full.address(sort="", state="") == "?overdue=yes&order=falling"
    assert asked("sort=source&order=rising&overdue=no") == ListRequest({}, "", False, False)
    rising = asked("sort=due_on")
    assert rising.sorted_by("due_on") == "?sort=due_on&order=falling" and full.sorted_by("due_on") == (
        "?state=due&overdue=yes&sort=due_on"
    )
    assert rising.sorted_by("payment") == "?sort=payment"
    assert [rising.direction(name) for name in ("due_on", "payment")] == ["ascending", "none"]
    assert full.direction("due_on") == "descending"
    state = one.column("state")
    first, second, *_ = state.choices
    there = SimpleNamespace(values=lambda name: ("another", second, first))
    assert options(state, there) == [
        ("", "Any"), (first, state.choices[first]), (second, state.choices[second]), ("another", "another"),
    ]  # fmt: skip
    after = {"state": f" {second} ", "payer": "dfe", "source": "x"}
    assert differing(one, {"state": first, "payer": "dfe"}, after) == [
        (state.title, state.choices[first], state.choices[second]), (one.column("source").title, "", "x"),
    ]  # fmt: skip


def test_a_file_that_ends_its_lines_otherwise_keeps_to_it():
    from highneeds.office.registers.rows import read

    sheet = read(b"id,n\r\n1,2")
    assert sheet.with_row(None, {"id": "2"}).data == b"id,n\r\n1,2\r\n2,\r\n"
    assert sheet.with_row(0, {"id": "1", "n": "a,b"}).data == b'id,n\r\n1,"a,b"\r\n'
    more = sheet.with_row(None, {"id": "2", "m": "x"}, ["id", "m", "o"])
    assert more.data == b"id,n,m\r\n1,2,\r\n2,,x\r\n" and more.row("m", "x").place == 1
    assert read(b"id\n1,extra\n").rows[0].cells == {"id": "1"} and read(b'id\n"a\nb').rows[0].cells == {"id": "a\nb"}


# Pages of one person, where their results are long


def shown_by(monkeypatch, view, results, query="", **said):
    """What a view gives its template, over these results."""

    told = {}

    def show(request, template, /, **context):
        told.update(context, template=template)
        return HttpResponse()

    monkeypatch.setattr(view, "show", show)
    monkeypatch.setattr(view.queries, "results", lambda: results)
    with override_settings(ROOT_URLCONF="highneeds.office.urls"):
        getattr(view, view.__name__.rpartition(".")[2])(RequestFactory().get(f"/{query}"), **said)
    return told


def check_of(rule, outcome="found", found=1):
    return SimpleNamespace(rule=rule, outcome=outcome, found=found)


def finding_of(rule, severity="query"):
    return SimpleNamespace(rule=rule, severity=severity)


def test_checks_stand_worst_first_twenty_five_a_page(monkeypatch):
    from highneeds.office.site.views import findings

    rules = [check_of("A", found=1), check_of("B", found=9), check_of("C", found=2), check_of("D", found=3)]
    rules += [check_of(f"E{at:02}", found=0) for at in range(22)] + [check_of("Z", "clear", 0)]
    rows = [
        finding_of("A", "must_fix"),
        finding_of("B", "note"),
        finding_of("C"),
        finding_of("D"),
        finding_of("D", "note"),
    ]
    results = SimpleNamespace(findings=SimpleNamespace(rules=rules, rows=rows), indicators=())
    told = shown_by(monkeypatch, findings, results)
    assert [one.rule for one in told["page"].object_list][:5] == ["A", "D", "C", "B", "E00"]
    assert len(told["page"].object_list) == 25 and told["pagination"]["next"]["href"] == "/data-quality/?page=2"
    assert [(one["text"], one["count"], one["url"], one["current"]) for one in told["outcomes"]] == [
        ("Found something", 26, "/data-quality/?outcome=found", True),
        ("Clear", 1, "/data-quality/?outcome=clear", False),
    ]  # fmt: skip
    assert [(one["text"], one["count"], one["current"]) for one in told["narrower"]] == [
        ("Must be fixed", 1, False), ("Query", 2, False), ("Note", 2, False),
    ]  # fmt: skip
    told = shown_by(monkeypatch, findings, results, "?severity=note")
    assert [one.rule for one in told["page"].object_list] == ["D", "B"] and told["severity"] == "note"
    told = shown_by(monkeypatch, findings, results, "?outcome=clear&severity=note")
    assert [one.rule for one in told["page"].object_list] == ["Z"] and (told["severity"], told["narrower"]) == ("", [])
    told = shown_by(monkeypatch, findings, results, "?rule=D")
    assert (told["template"], told["rule"].rule, len(told["page"].object_list)) == ("finding.html", "D", 2)
    assert shown_by(monkeypatch, findings, results, "?rule=Q")["rule"] is None


def test_figures_that_are_both_stand_sixty_a_page_and_are_narrowed(monkeypatch):
    from highneeds.office.site.views import differences

    twice = [SimpleNamespace(standing="same", indicator=f"i{at:02}", title=f"t{at:02}") for at in range(61)]
    twice.append(SimpleNamespace(standing="differ", indicator="i00", title="t00"))
    results = SimpleNamespace(caseload=SimpleNamespace(twice=twice, synthetic=False))
    told = shown_by(monkeypatch, differences, results)
    assert len(told["page"].object_list) == 60 and told["counts"] == {"same": 61, "differ": 1}
    assert told["options"]["standing"] == [
        {"value": "", "text": "Any", "selected": True}, {"value": "same", "text": "Same", "selected": False},
        {"value": "differ", "text": "Differ", "selected": False},
    ]  # fmt: skip
    told = shown_by(monkeypatch, differences, results, "?indicator=i00&standing=differ")
    assert told["page"].object_list == twice[-1:] and told["options"]["indicator"][1] == {
        "value": "i00", "text": "T00", "selected": True,
    }  # fmt: skip


def test_the_figures_of_an_indicator_and_its_neighbours(monkeypatch):
    from highneeds.office.site.views import indicator

    def row(source, part="1", reason=""):
        return SimpleNamespace(label="Jan", text="5%", part=part, whole=None, reason=reason, source=source)

    one = SimpleNamespace(rows=[row("a"), row("a", None)])
    table = indicator.readings(one)
    assert [astuple(column)[:2] for column in table.columns] == [
        ("Period", False),
        ("Figure", True),
        ("Numerator", True),
    ]
    assert table.rows == (("Jan", "5%", "1"), ("Jan", "5%", "")) and indicator.sources(one) == ["a"]
    two = SimpleNamespace(rows=[row("a"), row(""), row("b", reason="why")])
    assert indicator.readings(two).rows == (
        ("Jan", "5%", "1", "", "a"),
        ("Jan", "5%", "1", "", ""),
        ("Jan", "5%", "1", "why", "b"),
    )
    results = SimpleNamespace(conditions=[SimpleNamespace(number=1), SimpleNamespace(number=2)])
    monkeypatch.setattr(indicator.queries, "results", lambda: results)
    monkeypatch.setattr(indicator.queries, "indicators_of", lambda number: (f"a{number}", f"b{number}"))
    monkeypatch.setattr(indicator.queries, "indicators_of_none", lambda: ("c",))
    assert [indicator.neighbours(name) for name in ("a1", "b1", "c")] == [(None, "b1"), ("a1", "a2"), ("b2", None)]


def test_the_reasons_under_the_account_are_numbered_once():
    from highneeds.office.site.views.money import grouped, numbered_reasons

    def line(*cells, gap=False):
        made = [SimpleNamespace(text=text, reason=reason) for text, reason in cells]
        return SimpleNamespace(rows=[SimpleNamespace(cells=made, all_one_gap=gap)])

    lines = [line(("1", ""), ("–", "b")), line(("–", "x"), gap=True), line(("–", "a"), ("–", "b"), ("c", "c"))]
    pages = [SimpleNamespace(group=name, at=at) for at, name in enumerate("xyx")]
    assert numbered_reasons(SimpleNamespace(lines=lines)) == {"b": 1, "a": 2}
    assert {name: [one.at for one in some] for name, some in grouped(SimpleNamespace(pages=pages)).items()} == {
        "x": [0, 2], "y": [1],
    }  # fmt: skip


def test_tables_of_a_hidden_register_are_kept_back_and_what_is_not_there_is_not_found(monkeypatch, tmp_path):
    from django.http import Http404

    from highneeds.office.evidence import queries as figures

    @dataclass(frozen=True)
    class Held:
        pages: tuple = ()
        account: object = None
        documents: tuple = ()

    page = SimpleNamespace(csv="a.csv", register="appeals"), SimpleNamespace(csv="b.csv", register="")
    files = SimpleNamespace(file="a.csv"), SimpleNamespace(file="b.csv")
    found = Held(account=Held(pages=page), documents=files)
    monkeypatch.setattr(figures, "_read", lambda *what: found)
    assert figures._seen.__wrapped__(frozenset(), "x") is found
    kept = figures._seen.__wrapped__(frozenset({"appeals"}), "x")
    assert (kept.account.pages, kept.documents) == (page[1:], files[1:])
    with pytest.raises(Http404, match=r"^not in these results\Z"):
        figures._the_one(iter(()))
    with figures.showing(tmp_path), pytest.raises(Http404, match=r"^no such file: x\Z"):
        figures.file_named("x")
    with figures.showing(tmp_path, frozenset({"a"})):
        assert figures.folder() == tmp_path and figures._HIDDEN.get() == {"a"} and figures.out_of_date() is False
        with pytest.raises(figures.ResultsError, match=r"there are no results yet\. Run highneeds run first\.$"):
            figures.results()
    assert figures._HIDDEN.get() == frozenset() and figures._SHOWN.get() is None
