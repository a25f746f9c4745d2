"""What the office of a team says, page by page, and what its forms answer, word for word, as it is on file.

A page that was meant to change: HIGHNEEDS_WRITE_PAGES=yes python -m pytest tests/unit/office/test_team_on_file.py, and
read the difference in tests/golden/office.
"""

from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from highneeds.office.people.roles import Role
from office_answers import hidden_in, problems_in, same, told
from office_by_hand import NOW, documents, engine_in_this_process, person, signed_in, worked_out
from on_file import held

PAYMENTS = documents()["registers/payments.csv"] + (
    b"dfe-4,dfe,2025-26,2025-06-27,2000000.00,scheduled,2025-04,,,,,,letter\n"
    b"dfe-3,dfe,2024-25,2025-03-31,1500000.00,received,2025-04,2025-03-01,2025-03-30,1500000.00,,,letter\n"
)
FINDINGS = (
    "rule,severity,file,line,column,reference,message,fix,owner\n"
    "PLN-05,query,plans.csv,4,ceasereason,,No reason for the end,Say why it ended,\n"
    "PER-01,must_fix,person.csv,,birthdate,,No birth date,Enter it,Admissions\n"
    "PLN-05,query,plans.csv,9,ceasereason,,Is there a reason?,Say why it ended,\n"
)
LISTING = "what,cells_kept\nrow 1,3\nrow 2,0\n"


@pytest.fixture(scope="module")
def team(office_made):
    """Two councils, a report put to those who sign, work that is done and under way; taken back afterwards."""
    from django.core.cache import cache
    from django.db import transaction
    from django.utils import timezone

    from highneeds.office.evidence import bridge

    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(timezone, "now", lambda: NOW)
        patch.setattr(bridge, "engine_says", engine_in_this_process)
        cache.clear()
        yield made(office_made)
        transaction.set_rollback(True)


def made(office):
    from highneeds.office.evidence import actions, explanations, scenarios
    from highneeds.office.evidence.models import Job
    from highneeds.office.people.actions import make_token
    from highneeds.office.programme import actions as programme
    from highneeds.office.submission import actions as submission

    there = documents() | {"registers/payments.csv": PAYMENTS}
    kent = actions.import_workspace(there, by="Test", now=NOW)[0]
    medway = actions.import_workspace(documents("887", "Medway Council"), by="Test", now=NOW)[0]
    people = {str(role): person(role, kent) for role in Role}
    manager, analyst = people["manager"], people["analyst"]
    slot = programme.open_slot(kent, code="2025-07", title="July 2025", due_on=NOW.date(), by=manager, now=NOW)
    typed = explanations.ExplanationTyped("2024-25", "1.2.3", "100", "x", "")
    explanations.explain(kent, typed, by="Test", role="Test", now=NOW)
    scenarios.save_scenario(kent, "local", "title: Local places\nlevers: []\n", based_on="", by="Test", now=NOW)
    upload = actions.receive(kent, kind="return", name="a.zip", chunks=[b"x"], by=analyst, now=NOW)
    make_token(kent, name="dashboards", until=NOW + timedelta(days=365), by="Test", now=NOW)

    def job(kind, minutes, **said):
        words = {"words": actions.KINDS[kind].words, "arguments": {}, "by": analyst}
        return Job.objects.create(council=kent, kind=kind, asked_at=NOW - timedelta(minutes=minutes), **words, **said)

    over = {"finished_at": NOW}
    jobs = {
        "check": job("check-return", 5, state="done", listing=FINDINGS, says="3 findings", **over),
        "import": job("import-dashboard", 4, state="done", listing=LISTING, says="Taken in.\n\nTwo rows.", **over),
        "sheet": job("corrections-sheet", 3, state="done", listing=LISTING, says="", **over),
        "refused": job("accept-return", 2, state="refused", says="Something in it must be fixed.", **over),
        "running": job("run", 1, state="running", says="the forecast", seen_at=NOW),
        "waiting": job("forecast", 0),
    }
    run = worked_out(kent, office)
    sent = submission.start(slot, by=manager, now=NOW)
    submission.prepare(sent, run, by=manager, now=NOW)
    return SimpleNamespace(
        kent=kent, medway=medway, people=people, slot=slot, upload=upload, jobs=jobs, run=run, sent=sent, office=office
    )


def _file(name, data=b"x"):
    return SimpleUploadedFile(name, data)


def forms(team):
    """(role, route, what of its address, what is typed in one after another); hidden fields are sent as they stand."""
    owner, membership = team.people["owner"], team.people["owner"].memberships.get().pk
    yield "manager", "open_slot", {}, (
        {}, {"code": "2025-07", "title": "July"}, {"code": "2026-01", "title": "January"}, {"next": "April"},
        {"code": "2026-01", "title": "January", "due_on": "soon"}, {"next": "May"},
    )  # fmt: skip
    yield "manager", "section", {}, (
        {"text": "New text.", "do": "save"}, {"text": "New text.", "do": "complete"}, {"text": "Draft.", "do": "draft"},
        {"do": "drop"}, {"text": "It was 5.", "bind": "nothing"}, {"text": "a\n## B\n", "do": "save"},
        {"text": "Mine.", "based_on": "old", "do": "save"}, {"text": "", "do": "save"},
    )  # fmt: skip
    yield "owner", "draft", {}, ({"text": "Draft."},)
    yield "owner", "complete", {}, ({"done": "yes"}, {"done": "no"})
    yield "manager", "assign", {}, ({}, {"person": owner.pk}, {"person": "0"}, {"person": "9" * 19}, {"person": "x"})
    yield "owner", "level", {}, ({}, {"level": "X"}, {"level": "A"}, {"level": "G"}, {"level": "G", "reason": "Seen"})
    yield "manager", "upload", {}, (
        {}, {"kind": "return"}, {"kind": "return", "file": _file("a.exe")}, {"kind": "return", "file": _file("b.zip")},
        {"kind": "corrections", "file": _file("b.zip")}, {"kind": "ledger", "file": _file("Jo Doe.csv", b"")},
    )  # fmt: skip
    yield "analyst", "ask", {"pk": team.upload.pk}, (
        {}, {"kind": "run"}, {"kind": "check-return"}, {"kind": "accept-return"},
        {"kind": "accept-return", "despite": "x"}, {"kind": "accept-return", "despite": "A date is not known yet"},
    )  # fmt: skip
    yield "analyst", "work_out", {}, ({},)
    yield "analyst", "ask_forecast", {}, (
        {}, {"kind": "run"}, {"kind": "forecast"}, {"kind": "explain-since"}, {"kind": "explain-since", "since": "xyz"},
        {"kind": "explain-since", "since": "abcd"},
    )  # fmt: skip
    lever = {"1-lever": "phase_transfer_placement", "title": "Two", "name": "two"}
    yield "analyst", "add_scenario", {}, (
        {}, {"name": "Bad name", "text": "title: x"}, {"name": "good", "text": "title: Good\nlevers: []\n"},
        {"name": "local", "text": "title: Good\nlevers: []\n"}, {"name": "two", "title": ""}, lever,
        lever | {"1-starts": "soon"}, lever | {"1-out": "yes"}, {"title": "Two", "do": "add", "add": "x"},
    )  # fmt: skip
    yield "analyst", "scenario", {"name": "local"}, (
        {"text": "title: Other\nlevers: []\n"}, {"text": "- no"}, {"text": "title: Other\n", "based_on": "old"},
    )  # fmt: skip
    yield "manager", "bring_back", {"name": "council.toml"}, ({}, {"why": "It was right"})
    yield "finance", "add_variance", {}, (
        {}, {"year": "2024-25", "line": "1.2.1", "gbp": "x", "explanation": "y"},
        {"year": "24", "line": "1", "gbp": "5"},
        {"year": "2024-25", "line": "1.2.1", "gbp": "250000", "explanation": "More places than planned: 250000"},
        {"year": "2024-25", "line": "1.2.3", "gbp": "5", "explanation": "There already"},
    )  # fmt: skip
    yield "finance", "variance", {}, (
        {"gbp": "100", "explanation": "Two more places: 100"}, {"gbp": "100", "explanation": ""},
        {"gbp": "100", "explanation": "z", "based_on": "old"},
    )  # fmt: skip
    row = dict(zip(*(line.decode().split(",") for line in PAYMENTS.splitlines()[:2]), strict=True))
    yield "finance", "add_row", {}, (
        {}, row | {"payment": "dfe-9", "due_on": "soon", "amount_gbp": "much"}, row | {"payment": "dfe-9"}, row,
        row | {"payment": "dfe-9", "state": "received"},
    )  # fmt: skip
    changed = row | {"amount_gbp": "1000001.00"}
    yield "finance", "row", {"key": "dfe-5"}, (
        changed, changed | {"why": "A later letter"}, changed | {"why": "A later letter", "based_on": "old"},
        changed | {"why": "x", "payment": "dfe-6"}, changed | {"why": "x", "confirmed": "yes"}, {"do": "change"},
        row | {"state": "due", "why": "The day came"},
    )  # fmt: skip
    half = PAYMENTS.replace(b"1000000.00", b"1000002.00")
    yield "finance", "upload_register", {}, (
        {}, {"file": _file("a.csv", half)}, {"holds": "all"}, {"holds": "all", "file": _file("a.pdf", half)},
        {"holds": "all", "file": _file("a.csv", half)}, {"holds": "part", "file": _file("b.csv", b"no,such\n1,2\n")},
    )  # fmt: skip
    yield "section-151", "signing_check", {}, ({}, {"read": "yes", "content": "other"}, {"read": "yes"})
    yield "manager", "unlock", {}, ({}, {"reason": "A late figure"})
    yield "manager", "submit", {}, ({},)
    yield "manager", "publish", {}, ({},)
    yield "manager", "answer", {}, ({}, {"answer": "accepted"}, {"answer": "no such"})
    yield "manager", "again", {}, ({}, {"what_changed": "A figure"})
    yield "manager", "prepare", {}, ({},)
    yield "manager", "start_submission", {}, ({},)
    dana = {"name": "Dana Doe", "email": "dana@example.gov.uk"}
    yield "administrator", "add_person", {}, (
        {}, dana | {"role": "king"}, dana | {"role": "analyst"}, dana | {"role": "analyst", "deputy": "yes"},
        dana | {"role": "director"}, dana | {"role": "director", "deputy": "yes"},
        dana | {"email": "dana", "role": "analyst"}, dana | {"name": " ", "role": "Section 151"},
    )  # fmt: skip
    yield "administrator", "end_role", {"pk": owner.pk}, (
        {}, {"membership": membership}, {"membership": membership, "why": "Moved on"}, {"membership": "9" * 18},
    )  # fmt: skip
    yield "administrator", "welcome", {"pk": owner.pk}, ({},)
    yield "administrator", "tokens", {}, ({}, {"name": "reports"})
    yield "administrator", "end_token", {"pk": team.kent.tokens.get().pk}, ({},)


def address(team, route, **own):
    values = {
        "la": "886", "code": "2025-07", "key": "on-track-in-year", "condition": 1, "pk": team.sent.pk,
        "name": "payments",
        "number": 1, "ending": "csv", "rest": "", "year": "2024-25", "line": "1.2.3",
    } | own  # fmt: skip
    return reverse(route, kwargs={word: values[word] for word in _words_of(route)})


def _words_of(route):
    from django.urls import get_resolver

    [(_, words)] = get_resolver().reverse_dict.getlist(route)[0][0][:1]
    return words


PAGES = {
    "manager": (
        *("inbox", "slots", "slot", "section", "level", "submission", "registers", "register", "add_row", "data"),
        *("one_upload", "forecasts", "add_scenario", "variances", "record", "documents", "submitted"),
        ("register", {}, "?sort=due_on&order=falling"), ("register", {}, "?overdue=yes"), ("row", {"key": "dfe-5"}, ""),
        ("register", {}, "?state=received"), ("record", {}, "?q=variance"), ("scenario", {"name": "local"}, ""),
        ("scenario", {"name": "local"}, "?as=text"), ("versions", {"name": "council.toml"}, ""),
        ("version", {"name": "council.toml"}, ""), ("export_register", {}, ""), ("register_template", {}, ""),
        ("version", {"name": "registers/payments.csv"}, ""), ("export_register", {"ending": "xlsx"}, ""),
        ("section", {"key": "condition-1"}, ""), ("section", {"key": "none"}, ""), ("level", {"condition": 99}, ""),
    ),
    "finance": (
        *("inbox", "variances", "add_variance", "variance", "register", "add_row", "upload_register"),
        ("row", {"key": "dfe-5"}, ""), ("row", {"key": "dfe-3"}, ""), ("row", {"key": "none"}, ""),
    ),
    "analyst": ("inbox", "documents"),
    "owner": ("inbox", "slot", "section", "registers"),
    "caseworker": ("inbox", "registers"),
    "section-151": ("inbox", "submission", "signing_sheet", "signing_check"),
    "director": ("inbox",),
    "member": ("inbox", "submitted"),
    "dfe": ("inbox", "submitted"),
    "administrator": ("inbox", "people", "add_person", "person", "tokens"),
}  # fmt: skip
JOBS = ("check", "import", "sheet", "refused", "running", "waiting")


def test_every_page_says_what_is_on_file(team):
    said = []
    for role, pages in PAGES.items():
        browser = signed_in(team.people[role])
        for one in pages:
            name, own, query = (one, {}, "") if isinstance(one, str) else one
            own = {"one_upload": {"pk": team.upload.pk}, "person": {"pk": team.people["owner"].pk}}.get(name, own)
            said += ["", f"=== {role}: {name} {own.get('name', own.get('key', ''))}{query}"]
            said += told(browser.get(address(team, name, **own) + query))
        for kind in JOBS if role == "manager" else ():
            said += ["", f"=== {role}: job {kind}", *told(browser.get(address(team, "job", pk=team.jobs[kind].pk)))]
    held("office/pages", said)


@contextmanager
def taken_back():
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answered(browser, url, typed, hidden):
    """What a form answers: where it leads, what it says is wrong or done, and what the record says of it."""
    from django.contrib.messages import get_messages

    from highneeds.office.evidence.models import RecordEntry

    before = RecordEntry.objects.count()
    answer = browser.post(url, hidden | typed)
    problems = problems_in(answer.content.decode()) if answer.status_code in (200, 409, 422) else []
    notices = [f"notice: {one}" for one in get_messages(answer.wsgi_request)] if answer.status_code == 302 else []
    entries = RecordEntry.objects.order_by("-pk")[: RecordEntry.objects.count() - before]
    kept = [f"record: {one.what}{' because ' + one.why if one.why else ''}" for one in entries]
    heads = f"{answer.status_code} {answer.headers.get('Location', '')}".strip()
    return [same(one) for one in (heads, *problems, *notices, *kept)]


def form_of(browser, url):
    """What the page sends along unseen; nothing where the form stands on another page."""
    shown = browser.get(url)
    return hidden_in(shown.content.decode()) if shown.status_code == 200 else {}


def test_every_form_answers_what_is_on_file(team):
    said = []
    for role, route, own, tried in forms(team):
        browser, url = signed_in(team.people[role]), address(team, route, **own)
        hidden = form_of(browser, url)
        for typed in tried:
            shown = {
                name: getattr(value, "name", "N" if type(value) is int else value) for name, value in typed.items()
            }
            said += ["", f"=== {role}: {route} {shown}"]
            with taken_back():
                said += answered(browser, url, typed, hidden)
    held("office/forms", said)


LIFE = (
    ("manager", "submit", {}),
    ("section-151", "signing_check", {"read": "yes"}),
    ("section-151", "signing_check", {"read": "yes"}),
    ("manager", "submit", {}),
    ("director", "signing_check", {"read": "yes"}),
    ("manager", "publish", {}),
    ("manager", "submit", {}),
    ("manager", "unlock", {"reason": "Too late"}),
    ("manager", "answer", {"answer": "queried"}),
    ("manager", "answer", {"answer": "queried", "why": "They ask for the plan"}),
    ("manager", "publish", {}),
    ("manager", "publish", {}),
    ("manager", "answer", {"answer": "accepted"}),
    ("manager", "again", {"what_changed": ""}),
    ("manager", "again", {"what_changed": "The deficit"}),
)


def from_heading(lines):
    return lines[next(place for place, line in enumerate(lines) if line.startswith("# ")) : -2]


def test_a_report_from_signature_to_its_next_version_is_told_as_on_file(team):
    """After each step what the page of the submission says, and at the end what readers, boards and the public see."""
    from django.test import Client

    browsers, said = {role: signed_in(one) for role, one in team.people.items()}, []
    with taken_back():
        for role, route, typed in LIFE:
            url = address(team, route)
            said += ["", f"=== {role}: {route} {typed}"]
            said += answered(browsers[role], url, typed, form_of(browsers[role], url))
            said += from_heading(told(browsers["manager"].get(address(team, "submission"))))
            if route == "signing_check":
                said += from_heading(told(browsers[role].get(address(team, "signed"))))
        for role in ("manager", "section-151", "dfe", "member"):
            page = "submitted" if role in ("dfe", "member") else "inbox"
            said += ["", f"=== {role}: {page}", *told(browsers[role].get(address(team, page)))]
        public = reverse("public", args=["886"])
        nobody = Client(SERVER_NAME="127.0.0.1")
        said += ["", "=== nobody: public", *told(nobody.get(public))]
        for name in ("report.pdf", "kent-safety-valve-2025-04-report.html", "sealed.pdf", "internal/results.json"):
            said += ["", f"=== the file {name}: as submission, submitted, published, pack"]
            asked = (("manager", "submission_file"), ("dfe", "submitted_file"), ("member", "pack"))
            said += [
                line for role, page in asked for line in told(browsers[role].get(address(team, page, name=name)))[:1]
            ]
            said += told(nobody.get(reverse("public_file", args=["886", team.sent.pk, name])))[:1]
    held("office/from-signature-to-next-version", said)
