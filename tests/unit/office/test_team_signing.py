"""Two people certify exactly one content; what happened to it stays; the database refuses half-truths."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.models import RecordEntry
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.roles import Role
from highneeds.office.submission import actions
from highneeds.office.submission.models import Event, Signature, Submission, SubmissionState
from office_by_hand import NARRATIVE, NOW, person, sign_as, signed_in, worked_out


def put(council, name: str, data: bytes) -> None:
    with DatabaseStore(council).change(by="Test", now=NOW, what="Change something") as change:
        change.put(name, data)


def state(submission) -> str:
    submission.refresh_from_db()
    return submission.state


@pytest.fixture
def treasurer(kent):
    return person("section-151", kent)


@pytest.fixture
def director(kent):
    return person("director", kent)


def test_two_different_people_sign_and_it_is_signed(ready, treasurer, director):
    assert state(ready) == SubmissionState.READY
    sign_as(ready, "section-151", treasurer)
    assert state(ready) == SubmissionState.PART_SIGNED
    sign_as(ready, "director", director)
    assert state(ready) == SubmissionState.SIGNED


def test_either_may_sign_first(ready, treasurer, director):
    sign_as(ready, "director", director)
    assert state(ready) == SubmissionState.PART_SIGNED
    sign_as(ready, "section-151", treasurer)
    assert state(ready) == SubmissionState.SIGNED


def test_what_is_worked_out_of_another_report_is_not_signed_as_this_one(slot, kent, office):
    said = DatabaseStore(kent).read("council.toml").replace(b'id = "2025-07"', b'id = "2025-12"')
    put(kent, "council.toml", said)
    one, run = actions.start(slot, by=slot.opened_by, now=NOW), worked_out(kent, office)
    with pytest.raises(InputError, match="worked out is the report 2025-12, and this is 2025-07"):
        actions.prepare(one, run, by=slot.opened_by, now=NOW)
    assert state(one) == SubmissionState.DRAFTING


def test_one_person_never_signs_twice(ready, kent, treasurer):
    both = person("director", kent, name=treasurer.name)
    assert both == treasurer
    sign_as(ready, "section-151", treasurer)
    with pytest.raises(InputError, match="signed it already in the other role"):
        sign_as(ready, "director", treasurer)
    assert state(ready) == SubmissionState.PART_SIGNED


def test_one_role_never_signs_twice(ready, kent, treasurer):
    deputy = person("section-151", kent, name="deputy", deputy=True)
    sign_as(ready, "section-151", treasurer)
    with pytest.raises(InputError, match="signed by the section 151 officer already"):
        sign_as(ready, "section-151", deputy)


def test_a_named_deputy_signs_as_such(ready, kent, director):
    deputy = person("section-151", kent, name="deputy", deputy=True)
    signature = sign_as(ready, "section-151", deputy)
    assert signature.as_deputy and signature.words_of_role == "Deputy section 151 officer"
    sign_as(ready, "director", director)
    assert state(ready) == SubmissionState.SIGNED


@pytest.mark.parametrize("role", [role for role in Role if role not in ("section-151", "director")])
def test_nobody_else_signs(ready, kent, role):
    someone = person(role, kent, name=f"a {role}")
    for wanted in (role, "section-151", "director"):
        with pytest.raises(InputError):
            sign_as(ready, wanted, someone)


def test_the_treasurer_of_another_council_does_not_sign(ready, medway):
    with pytest.raises(InputError, match="You are not the section 151 officer of this council"):
        sign_as(ready, "section-151", person("section-151", medway))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"content": "0" * 64}, "changed while you were reading"),
        ({"artefacts": "0" * 64}, "changed while you were reading"),
        ({"second_factor": ""}, "asks for the second factor"),
    ],
)
def test_only_what_was_shown_is_signed_and_only_with_a_second_factor(ready, treasurer, changed, says):
    with pytest.raises(InputError, match=says):
        sign_as(ready, "section-151", treasurer, **changed)
    assert not Signature.objects.exists()


def test_a_holder_of_a_certifying_role_is_held_by_the_database(kent, treasurer):
    with pytest.raises(InputError, match="held already"):
        person("section-151", kent, name="another")
    from highneeds.office.people.models import Membership

    other = person("analyst", kent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=other, council=kent, role="section-151")


@pytest.mark.parametrize(
    "wrong",
    [
        {"voided_at": NOW},
        {"voided_because": "no moment"},
        {"content": ""},
        {"second_factor": ""},
        {"role": "manager"},
    ],
)
def test_the_database_refuses_half_a_signature(ready, treasurer, wrong):
    run = ready.run
    whole = dict(
        submission=ready, role="section-151", by=treasurer, at=NOW, content=run.content, figures=run.figures,
        words=run.words, artefacts=run.artefacts, run=run, second_factor="totp",
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(**{**whole, **wrong})
    Signature.objects.create(**whole)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("programme/2025-07/levels.csv", "programme/2025-07/levels.csv"),
        ("registers/payments.csv", "the register “Payments and contributions”"),
        ("facts.csv", "facts.csv"),
        (f"caseload/accepted/{'0a' * 32}/plans.parquet", "an accepted SEN2 return"),
        (f"finance/ledger/{'0a' * 8}.parquet", "an accepted ledger export"),
    ],
)
def test_a_figure_that_moves_voids_both_signatures_at_once(signed, kent, name, called):
    put(kent, name, b"condition,update,level,source,source_line,note\n1,July,R,,,\n")
    assert state(signed) == SubmissionState.DRAFTING
    assert not signed.standing.exists()
    assert {one.voided_because for one in signed.signatures.all()} == {f"A figure moved: {called}"}


def test_a_return_of_many_files_is_one_thing_that_moved():
    from highneeds.office.evidence.naming import in_words

    files = [f"caseload/accepted/{'0a' * 32}/{name}.parquet" for name in ("plans", "people")]
    names = ["registers/history/payments.csv", *files, "caseload/acceptances.jsonl", "registers/payments.csv"]
    assert in_words(names) == ["an accepted SEN2 return", "the register “Payments and contributions”"]


@pytest.mark.parametrize("name", ["sources/ledger-mapping.yaml", "forecasts/0a1b2c/forecast.csv"])
def test_what_no_report_reads_leaves_every_signature_standing(signed, kent, name):
    put(kent, name, b"name: Main ledger\n")
    assert state(signed) == SubmissionState.SIGNED and signed.standing.count() == 2
    assert signed.run.content == actions.content_now(kent).whole


def test_nobody_is_their_own_deputy(kent, treasurer, director):
    from highneeds.office.people.actions import give_role

    words = {"council": kent, "by": "Test", "now": NOW, "deputy": True}
    with pytest.raises(InputError, match="Nobody is their own deputy"):
        give_role(treasurer, Role.SECTION_151, **words)
    give_role(director, Role.SECTION_151, **words)
    with pytest.raises(InputError, match="this role has no deputy"):
        give_role(director, Role.ANALYST, **words)


def test_who_signed_is_told_on_their_first_page_that_it_no_longer_counts(signed, kent):
    treasurer, manager = signed.signatures.get(role="section-151").by, signed.slot.opened_by
    assert "Nothing waits for you" in signed_in(treasurer).get("/councils/886/").content.decode()
    put(kent, "facts.csv", b"fact,value\n")
    first = signed_in(treasurer).get("/councils/886/").content.decode()
    assert "Your signature on July 2025, version 1 no longer counts" in first and "A figure moved: facts.csv" in first
    assert "Put to those who sign once more: July 2025" in signed_in(manager).get("/councils/886/").content.decode()


@pytest.mark.parametrize(
    ("must_fix", "says"),
    [
        ((0,), ""),
        ((1,), "1 finding in the SEN2 return of 16 January 2025, which was accepted with it, must be fixed."),
        ((27,), "27 findings in the SEN2 return of 16 January 2025, which was accepted with them, must be fixed."),
        ((27, 0), ""),  # the return was accepted again, without them
    ],
)
def test_the_signing_sheet_counts_what_must_be_fixed_in_the_returns_that_stand(
    slot, kent, office, treasurer, must_fix, says
):
    taken = {"by": "Analyst", "fingerprint": "0a", "reference_date": "2025-01-16", "files": {}, "findings": {}}
    lines = [json.dumps({**taken, "accepted_at": "2025-02-20T09:00:00+00:00", "must_fix": count}) for count in must_fix]
    put(kent, "caseload/acceptances.jsonl", "\n".join(lines).encode())
    one = actions.start(slot, by=slot.opened_by, now=NOW)
    actions.prepare(one, worked_out(kent, office), by=slot.opened_by, now=NOW)
    said = signed_in(treasurer).get(reverse("signing_sheet", args=["886", one.pk])).content.decode()
    assert says in said and ("which was accepted with" in said) == bool(says)


@pytest.mark.parametrize(
    ("asked", "finished", "told"),
    [
        ("09:00:00.9", "09:00:30", True),
        ("08:59:00", "09:00:00", True),
        ("09:00:01", "09:00:30", False),
        ("08:58:00", "08:59:59", False),
    ],
)
def test_a_return_accepted_with_findings_is_one_line_with_the_reason_given_then(
    slot, kent, office, treasurer, asked, finished, told
):
    from highneeds.office.evidence.models import Job, JobState

    done = {"kind": "accept-return", "by": slot.opened_by, "state": JobState.DONE, "council": kent}
    moments = {"asked_at": f"2025-02-20 {asked}+00:00", "finished_at": f"2025-02-20 {finished}+00:00"}
    Job.objects.create(arguments={"uploads": [2], "despite": "UPNs come in March"}, **done, **moments)
    taken = {"by": "Analyst", "fingerprint": "0a", "reference_date": "2025-01-16", "files": {}, "findings": {}}
    line = json.dumps({**taken, "accepted_at": "2025-02-20T09:00:00+00:00", "must_fix": 27})
    put(kent, "caseload/acceptances.jsonl", line.encode())
    one = actions.start(slot, by=slot.opened_by, now=NOW)
    actions.prepare(one, worked_out(kent, office), by=slot.opened_by, now=NOW)
    said = signed_in(treasurer).get(reverse("signing_sheet", args=["886", one.pk])).content.decode()
    because = "It was accepted because: UPNs come in March"
    assert said.count("SEN2 return") == 1 and (because in said) == told


def test_the_record_is_read_by_the_clock_of_whoever_reads_it(signed):
    """It is kept in universal time; in summer that is an hour less than the clock in the office."""
    page = signed_in(signed.slot.opened_by).get(reverse("record", args=["886"])).content.decode()
    assert f"{NOW:%H:%M}" == "09:00" and "1 July 2025 at 10:00" in page and "09:00" not in page


def test_a_changed_wording_is_asked_for_again_with_the_difference(signed, kent, office):
    from highneeds.office.submission.queries import affirm_again

    put(kent, "programme/2025-07/narrative.md", NARRATIVE.replace(b"The reasons are known.", b"We know why."))
    assert state(signed) == SubmissionState.DRAFTING and signed.standing.count() == 2
    actions.prepare(signed, worked_out(kent, office), by=signed.slot.opened_by, now=NOW)
    assert state(signed) == SubmissionState.READY and not signed.standing.exists()
    treasurer = signed.signatures.get(role="section-151").by
    (name, lines), *_ = affirm_again(signed, treasurer)
    assert name == "programme/2025-07/narrative.md"
    assert ("gone", "We are over the agreed position. The reasons are known.") in lines
    assert ("new", "We are over the agreed position. We know why.") in lines
    assert affirm_again(signed, signed.slot.opened_by) == [], "who has not signed has nothing to affirm"
    sign_as(signed, "section-151", treasurer)
    assert state(signed) == SubmissionState.PART_SIGNED


def test_a_wording_brought_back_is_signed_as_it_was(signed, kent):
    put(kent, "programme/2025-07/narrative.md", NARRATIVE + b"\nMore.\n")
    put(kent, "programme/2025-07/narrative.md", NARRATIVE)
    actions.prepare(signed, signed.run, by=signed.slot.opened_by, now=NOW)
    assert state(signed) == SubmissionState.SIGNED


def test_nothing_is_put_to_signature_that_is_not_what_there_is(ready, kent, office):
    old = ready.run
    put(kent, "facts.csv", b"id\n")
    with pytest.raises(InputError, match="Work everything out again"):
        actions.prepare(ready, old, by=ready.slot.opened_by, now=NOW)


def test_an_unlock_leaves_an_event_and_its_reason(signed):
    by = signed.slot.opened_by
    with pytest.raises(InputError, match="An unlock has a reason"):
        actions.unlock(signed, by=by, reason=" ", now=NOW)
    actions.unlock(signed, by=by, reason="A wrong figure was found", now=NOW)
    assert state(signed) == SubmissionState.DRAFTING and not signed.standing.exists()
    event = Event.objects.get(submission=signed)
    assert (event.kind, event.reason) == ("unlocked", "A wrong figure was found")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(submission=signed, kind="unlocked", by="x", reason="")


def test_what_is_not_signed_by_both_is_not_submitted(ready, treasurer):
    by = ready.slot.opened_by
    with pytest.raises(InputError):
        actions.submit(ready, by=by, now=NOW)
    sign_as(ready, "section-151", treasurer)
    with pytest.raises(InputError):
        actions.submit(ready, by=by, now=NOW)


@pytest.fixture
def submitted(signed):
    actions.submit(signed, by=signed.slot.opened_by, now=NOW)
    signed.refresh_from_db()
    return signed


def test_a_submitted_slot_is_frozen(submitted, kent):
    with pytest.raises(InputError, match="was submitted and is frozen"):
        put(kent, "programme/2025-07/narrative.md", b"## On track: in year\n\nAnother.\n")
    with pytest.raises(InputError):
        actions.unlock(submitted, by=submitted.slot.opened_by, reason="late", now=NOW)
    put(kent, "facts.csv", b"id\n")  # figures of the next report go on
    assert state(submitted) == SubmissionState.SUBMITTED and submitted.standing.count() == 2


def test_the_seal_holds_and_a_changed_byte_breaks_it(submitted, office):
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    def looked_at(sealed: bytes):
        """In a thread: the library starts an event loop, which a browser test before this one leaves running."""
        [signature] = PdfFileReader(BytesIO(sealed)).embedded_signatures
        with ThreadPoolExecutor(1) as aside:
            return aside.submit(validate_pdf_signature, signature, ValidationContext(trust_roots=[])).result()

    data = (office / submitted.sealed).read_bytes()
    status = looked_at(data)
    assert status.intact and status.valid
    assert submitted.run.content.encode() in data
    changed = data.replace(b"/MediaBox [ 0 0 612 792 ]", b"/MediaBox [ 0 0 612 793 ]")
    assert changed != data
    status = looked_at(changed)
    assert not (status.intact and status.valid)


def test_dfe_withholds_then_accepts_and_the_payments_follow(submitted, kent):
    def payment():
        header, row = DatabaseStore(kent).read("registers/payments.csv").decode().splitlines()
        return dict(zip(header.split(","), row.split(","), strict=True))

    by = submitted.slot.opened_by
    with pytest.raises(InputError, match="has a reason"):
        actions.record_answer(submitted, answer="withheld", reason="", by=by, now=NOW)
    actions.record_answer(submitted, answer="withheld", reason="No plan for capital", by=by, now=NOW)
    assert state(submitted) == SubmissionState.WITHHELD
    assert (payment()["state"], payment()["withheld_because"]) == ("withheld", "No plan for capital")
    past = DatabaseStore(kent).read("registers/history/payments.csv").decode()
    assert "programme_manager" in past  # who recorded it, as for every other change of a row
    actions.record_answer(submitted, answer="accepted", reason="", by=by, now=NOW)
    assert state(submitted) == SubmissionState.ACCEPTED
    assert (payment()["state"], payment()["report_accepted_on"]) == ("due", "2025-07-01")
    with pytest.raises(InputError):
        actions.record_answer(submitted, answer="queried", reason="more", by=by, now=NOW)


def test_a_new_version_supersedes_once_it_is_submitted_and_says_what_changed(submitted, kent, office):
    by = submitted.slot.opened_by
    with pytest.raises(InputError, match="says what changes"):
        actions.start_again(submitted, by=by, what_changed="", now=NOW)
    second = actions.start_again(submitted, by=by, what_changed="DfE asked for the capital plan", now=NOW)
    with pytest.raises(InputError, match="under way already"):
        actions.start_again(submitted, by=by, what_changed="again", now=NOW)
    put(kent, "programme/2025-07/narrative.md", NARRATIVE + b"\nThe capital plan is attached.\n")
    assert state(submitted) == SubmissionState.SUBMITTED
    actions.prepare(second, worked_out(kent, office), by=by, now=NOW)
    for role in ("section-151", "director"):
        sign_as(second, role, submitted.signatures.get(role=role).by)
    actions.submit(Submission.objects.get(pk=second.pk), by=by, now=NOW)
    assert state(submitted) == SubmissionState.SUPERSEDED and state(second) == SubmissionState.SUBMITTED
    assert second.what_changed == "DfE asked for the capital plan" and second.number == 2


def test_only_what_was_submitted_is_published_and_then_anybody_reads_it(signed, kent, client_of_nobody):
    url = reverse("public", args=["886"])
    with pytest.raises(InputError, match="Only what was submitted"):
        actions.publish(signed, by=signed.slot.opened_by, now=NOW)
    assert client_of_nobody.get(url).status_code == 404
    actions.submit(signed, by=signed.slot.opened_by, now=NOW)
    assert client_of_nobody.get(url).status_code == 404
    actions.publish(signed, by=signed.slot.opened_by, now=NOW)
    answer = client_of_nobody.get(url)
    assert answer.status_code == 200 and "July 2025" in answer.content.decode()
    report = reverse("public_file", args=["886", signed.pk, "report.pdf"])
    assert b"".join(client_of_nobody.get(report).streaming_content).startswith(b"%PDF")
    assert client_of_nobody.get(reverse("public_file", args=["886", signed.pk, "results.json"])).status_code == 404


@pytest.fixture
def client_of_nobody(office):
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1")


def test_everything_done_to_it_stands_on_the_record(submitted):
    said = list(RecordEntry.objects.filter(chain="886").order_by("number").values_list("what", flat=True))
    said = [one for one in said if not one.startswith("Make")]
    assert said[-5:] == [
        "Start the submission",
        "Put to those who sign",
        "Sign as section 151 officer",
        "Sign as director of children’s services",
        "Submit",
    ]
    entry = RecordEntry.objects.get(what="Sign as section 151 officer")
    assert submitted.run.content in entry.why and submitted.run.artefacts in entry.why


# On the pages


def test_signing_on_the_pages_takes_six_screens(ready, treasurer):
    browser = signed_in(treasurer)
    inbox = browser.get(reverse("inbox", args=["886"])).content.decode()
    sheet = reverse("signing_sheet", args=["886", ready.pk])
    assert f'href="{sheet}"' in inbox
    assert "What you should know before you sign" in browser.get(sheet).content.decode()
    assert browser.get(reverse("submission_file", args=["886", ready.pk, "report.pdf"])).status_code == 200
    check = reverse("signing_check", args=["886", ready.pk])
    assert "Check before you sign" in browser.get(check).content.decode()
    form = {"content": ready.run.content, "artefacts": ready.run.artefacts}
    assert browser.post(check, form).status_code == 422  # not read
    answer = browser.post(check, {**form, "read": "yes"}, follow=True)
    assert answer.redirect_chain == [(reverse("signed", args=["886", ready.pk]), 302)]
    assert state(ready) == SubmissionState.PART_SIGNED


def test_an_old_second_factor_does_not_sign(ready, treasurer):
    browser = signed_in(treasurer)
    session = browser.session
    records = session["account_authentication_methods"]
    records[-1]["at"] -= 301
    session["account_authentication_methods"] = records
    session.save()
    check = reverse("signing_check", args=["886", ready.pk])
    form = {"content": ready.run.content, "artefacts": ready.run.artefacts, "read": "yes"}
    answer = browser.post(check, form)
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert state(ready) == SubmissionState.READY


def test_a_form_of_an_older_content_does_not_sign(ready, treasurer):
    browser = signed_in(treasurer)
    form = {"content": "0" * 64, "artefacts": ready.run.artefacts, "read": "yes"}
    answer = browser.post(reverse("signing_check", args=["886", ready.pk]), form)
    assert answer.status_code == 422 and "It was changed while you were reading" in answer.content.decode()
