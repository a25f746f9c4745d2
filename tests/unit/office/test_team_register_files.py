"""Files of a register in the office: out filtered, in with what changes shown first; decisions and earlier versions."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from highneeds.office.evidence.models import Upload
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.registers.definitions import registers
from office_by_hand import person, signed_in

HEAD = "uplift,provider,financial_year,places,present_fee_gbp,asked_fee_gbp,requested_on,offered_on,offered_fee_gbp"
HEAD += ",benchmark_fee_gbp,evidence,agreed_fee_gbp,decided_on,effective_from,outcome,notes"
OAK = "oak,Oak,2025-26,12,50000.00,55000.00,2025-01-10,2025-02-01,52000.00,51000.00,letter,,,,offered,"
ELM = "elm,Elm,2025-26,5,40000.00,44000.00,2025-01-10,,,,,,,,asked,"
AGREED = OAK.replace(",letter,,,,offered,", ",letter,52000.00,2025-03-03,2025-04-01,agreed,")
PLACE = "registers/fee_uplifts.csv"


def csv_of(*rows):
    return "\n".join((HEAD, *rows, "")).encode()


@pytest.fixture
def fees(kent):
    with DatabaseStore(kent).change(by="test", now=timezone.now(), what="rows") as change:
        change.put(PLACE, csv_of(OAK, ELM))
    return lambda: DatabaseStore(kent).read(PLACE).decode()


def at(name, *more, register="fee_uplifts"):
    return reverse(name, args=["886", register, *more])


def send(browser, data, holds="part", name="fees.csv", register="fee_uplifts"):
    """Upload a file; gives the page that says what changes, or that it was refused."""
    file = SimpleUploadedFile(name, data)
    return browser.post(at("upload_register", register=register), {"file": file, "holds": holds}, follow=True)


def confirm(browser, shown, why="Requests of March", **changed):
    based_on = re.search(r'name="based_on" value="(\w*)"', shown.content.decode())[1]
    return browser.post(shown.request["PATH_INFO"] + "?holds=part", {"based_on": based_on, "why": why} | changed)


def text(answer):
    return answer.content.decode()


# In


def test_a_file_is_shown_cell_by_cell_and_kept_when_it_is_confirmed(kent, fees):
    """Elm asks for more and ash is new; oak is not in the file and stays."""
    someone, before = person("finance", kent), fees()
    browser = signed_in(someone)
    more = ELM.replace("44000.00", "45000.00")
    shown = send(browser, csv_of(more, ELM.replace("elm,Elm", "ash,Ash")))
    assert "1 added, 1 changed, 0 missing" in text(shown) and "44000.00 to 45000.00" in text(shown)
    assert fees() == before and "fee_uplifts" not in DatabaseStore(kent).record()[-1].what
    assert "A change has a reason" in text(confirm(browser, shown, why=" ")) and fees() == before
    assert confirm(browser, shown).status_code == 302
    after = fees()
    assert "45000.00" in after and "ash,Ash" in after and "oak,Oak" in after
    last = DatabaseStore(kent).read("registers/history/fee_uplifts.csv").decode()
    assert f"person {someone.pk},finance_partner,Requests of March,elm,asked_fee_gbp,44000.00,45000.00," in last
    assert someone.name not in last and Upload.objects.get().gone_at
    assert "no longer here" in text(browser.get(shown.request["PATH_INFO"], follow=True))


def test_the_whole_register_may_lose_no_row_and_findings_say_their_line(kent, fees):
    browser, before = signed_in(person("finance", kent)), fees()
    shown = text(send(browser, csv_of(ELM), holds="all"))
    assert "1 missing in the file" in shown and "gone from the new file" in shown and 'name="why"' not in shown
    wrong = text(send(browser, csv_of(OAK, ELM.replace("44000.00", "many"))))
    assert "1 to put right first" in wrong and "line 3" in wrong and 'name="why"' not in wrong
    personal = text(send(browser, csv_of(OAK.replace("letter", "Mrs Khan"), ELM.replace("elm", "ash"))))
    assert "looks like a name" in personal and "Khan" not in personal and "1 added, 0 changed" in personal
    assert "The file changes nothing" in text(send(browser, csv_of(OAK, ELM), holds="all"))
    assert fees() == before


def test_of_two_who_confirm_at_once_the_second_is_told_and_sees_what_differs_now(kent, fees):
    first, second = signed_in(person("finance", kent)), signed_in(person("finance", kent, name="another"))
    mine = send(first, csv_of(ELM.replace("44000.00", "45000.00")))
    theirs = send(second, csv_of(ELM.replace("44000.00", "46000.00")))
    assert confirm(first, mine).status_code == 302
    late = confirm(second, theirs)
    assert late.status_code == 409 and "Somebody else changed the register" in text(late)
    assert "45000.00 to 46000.00" in text(late) and "46000.00" not in fees()
    assert confirm(second, late).status_code == 302 and "46000.00" in fees()
    assert first.get(theirs.request["PATH_INFO"]).status_code == 404


def test_who_changed_a_row_does_not_decide_it_by_a_file_and_a_keeper_decides_nothing(kent, fees):
    partner, other, owner = person("finance", kent), person("finance", kent, name="other"), person("owner", kent)
    for one in (partner, other, owner):
        one.browser = signed_in(one)
    changed = OAK.replace("offered,", "offered,seen")
    assert confirm(partner.browser, send(partner.browser, csv_of(changed))).status_code == 302
    refused = text(send(partner.browser, csv_of(AGREED)))
    assert "by the one who last changed the row" in refused and 'name="why"' not in refused
    assert "is made by finance_partner" in text(send(owner.browser, csv_of(AGREED)))
    begun = text(send(owner.browser, csv_of(AGREED.replace("oak", "new"))))
    assert "added as agreed, which is otherwise decided" in begun
    shown = send(other.browser, csv_of(AGREED))
    assert "One of the changes is a decision" in text(shown)
    assert confirm(other.browser, shown).status_code == 302 and "agreed" in fees()


def test_a_keeper_cannot_confirm_what_was_refused(kent, fees):
    browser, before = signed_in(person("owner", kent)), fees()
    page = send(browser, csv_of(AGREED))
    version = DatabaseStore(kent).version(PLACE)
    answer = browser.post(page.request["PATH_INFO"] + "?holds=part", {"based_on": version, "why": "anyway"})
    assert answer.status_code == 422 and fees() == before


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("risks.csv", b"risk,title\n1,Late\n", "is missing"),
        ("fees.csv", csv_of(OAK).replace(b"notes", b"secret"), "secret is not known here"),
        ("fees.xlsx", b"no workbook", "not a readable zip or Excel file"),
        ("fees.csv", b"", "The file is empty"),
        ("fees.pdf", b"%PDF", "does not end in"),
    ],
)
def test_what_is_no_such_register_is_refused_in_a_sentence_and_does_not_stay(kent, fees, name, data, says):
    answer = send(signed_in(person("finance", kent)), data, name=name)
    assert answer.status_code == 422 and says in text(answer)
    assert not Upload.objects.filter(gone_at=None).exists()


def test_a_file_that_is_too_long_for_a_page_is_refused(kent, fees):
    browser, three = signed_in(person("finance", kent)), csv_of(OAK, ELM, ELM.replace("elm", "ash"))
    with override_settings(REGISTER_MAX_ROWS=2):
        assert "more than 2" in text(send(browser, three))
    with override_settings(REGISTER_MAX_ROWS=3):
        assert "1 added" in text(send(browser, three))
    with override_settings(REGISTER_MAX_BYTES=10):
        assert "larger than" in text(send(browser, three))


def test_what_is_left_out_of_the_form_is_asked_for(kent, fees):
    answer = signed_in(person("finance", kent)).post(at("upload_register"), {})
    assert answer.status_code == 422 and 'href="#file"' in text(answer) and 'href="#holds"' in text(answer)


def test_a_file_that_names_no_row_of_the_register_may_be_another_councils(kent, fees):
    browser, asks = signed_in(person("finance", kent)), "the right file, and that of Kent County Council"
    other = ELM.replace("elm", "ash")
    assert asks in text(send(browser, csv_of(other))) and asks not in text(send(browser, csv_of(OAK, other)))


# Out


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_the_list_shows_goes_out_and_comes_back_unchanged(kent, fees, ending):
    """A note that a spreadsheet would run as a formula too."""
    with DatabaseStore(kent).change(by="test", now=timezone.now(), what="rows") as change:
        change.put(PLACE, csv_of(OAK, ELM + "=1+1"))
    browser = signed_in(person("finance", kent))
    out = browser.get(at("export_register", ending) + "?outcome=asked")
    assert "The file changes nothing" in text(send(browser, out.content, name=f"fees.{ending}"))
    if ending == "csv":
        assert b"elm" in out.content and b"oak" not in out.content and b"'=1+1" in out.content
    listed = text(browser.get(at("register") + "?outcome=asked"))
    assert f"export.{ending}?outcome=asked" in listed


def test_rows_about_single_children_never_go_out(kent):
    """Not by a link and not by a guessed address, for those who keep them either; their template does."""
    casework = next(one for one in registers().values() if one.is_casework and "analyst" in one.keepers | one.deciders)
    browser = signed_in(person("analyst", kent))
    for ending in ("csv", "xlsx"):
        assert browser.get(at("export_register", ending, register=casework.name)).status_code == 404
    assert "export." not in text(browser.get(at("register", register=casework.name)))
    assert browser.get(at("register_template", "xlsx", register=casework.name)).status_code == 200
    assert browser.get(at("register_template", "pdf", register=casework.name)).status_code == 404


@pytest.mark.parametrize("role", ["member", "dfe", "administrator", "caseworker", "analyst"])
def test_only_who_keeps_or_decides_a_register_uploads_to_it(kent, fees, role):
    """Those who see it may take it out; a member of scrutiny finds nothing at any of the addresses."""
    signed_in(person("finance", kent)).post(at("row", "oak"), row_form(fees, "oak", notes="called"))
    browser = signed_in(person(role, kent))
    keeps = role == "caseworker"  # a condition owner, in the words of the registers
    sees = role in ("caseworker", "analyst")
    assert browser.get(at("export_register", "csv")).status_code == (200 if sees else 404)
    assert browser.get(at("upload_register")).status_code == (200 if keeps else 404)
    assert send(browser, csv_of(OAK)).status_code == (200 if keeps else 404)
    back, said = at("row_version", "oak", 0), {"why": "It was right", "based_on": row_form(fees, "oak")["based_on"]}
    assert browser.get(back).status_code == (200 if keeps else 404)
    assert browser.post(back, said).status_code == (302 if keeps else 404)
    assert ("called" in fees()) is not keeps


# Decisions and earlier versions


def row_form(fees, line, **changed):
    from highneeds.office.registers.rows import read

    row = read(fees().encode()).row("uplift", line)
    return {**row.cells, "based_on": row.version, "why": "Panel of 3 March", **changed}


DECIDED = dict(outcome="agreed", agreed_fee_gbp="52000.00", decided_on="2025-03-03", effective_from="2025-04-01")


def test_a_decision_is_shown_before_it_is_saved_and_another_change_is_saved_at_once(kent, fees):
    browser, url, before = signed_in(person("finance", kent)), at("row", "oak"), fees()
    asked = browser.post(url, row_form(fees, "oak", **DECIDED))
    page = text(asked)
    assert asked.status_code == 200 and "Check your decision" in page and "offered to agreed" in page
    assert "Panel of 3 March" in page and fees() == before
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    again = text(browser.post(url, {**hidden, "do": "change"}))
    assert 'name="outcome"' in again and '"agreed" selected' in again and fees() == before
    assert browser.post(url, hidden).status_code == 302 and "agreed" in fees()
    assert browser.post(at("row", "elm"), row_form(fees, "elm", notes="called")).status_code == 302
    assert "called" in fees()


def test_a_decision_that_may_not_be_made_is_refused_before_it_is_shown(kent, fees):
    answer = signed_in(person("owner", kent)).post(at("row", "oak"), row_form(fees, "oak", **DECIDED))
    assert answer.status_code == 422 and "Check your decision" not in text(answer)


def test_an_earlier_version_of_a_row_is_brought_back_as_a_new_change(kent, fees):
    """Elm asked for 44,000, then 45,000, then 46,000; the first comes back, and the history grows."""
    browser, url = signed_in(person("finance", kent)), at("row", "elm")
    for fee in ("45000.00", "46000.00"):
        browser.post(url, row_form(fees, "elm", asked_fee_gbp=fee, why=f"Letter of {fee}"))
    page = text(browser.get(url))
    assert at("row_version", "elm", 0) in page and at("row_version", "elm", 1) in page
    first = at("row_version", "elm", 0)
    shown = text(browser.get(first))
    assert "46000.00" in shown and "44000.00" in shown and "45000.00" not in shown
    form = row_form(fees, "elm", why=" ")
    assert browser.post(first, {"based_on": form["based_on"], "why": " "}).status_code == 422
    lost = browser.post(first, {"based_on": "an older one", "why": "It was right"})
    assert lost.status_code == 409 and "46000.00" in fees()
    assert browser.post(first, {"based_on": form["based_on"], "why": "It was right"}).status_code == 302
    assert "44000.00" in fees()
    history = DatabaseStore(kent).read("registers/history/fee_uplifts.csv").decode().splitlines()
    assert len(history) == 4 and "It was right,elm,asked_fee_gbp,46000.00,44000.00," in history[-1]
    assert browser.get(at("row_version", "elm", 3)).status_code == 404


def test_moves_hold_for_an_earlier_version_too_and_before_the_first_there_is_none(kent, fees):
    """A fee that was offered is not asked for again; a row has no version from before it was added."""
    browser = signed_in(person("finance", kent))
    offered = dict(outcome="offered", offered_fee_gbp="42000.00", benchmark_fee_gbp="41000.00", evidence="call")
    assert browser.post(at("row", "elm"), row_form(fees, "elm", **offered)).status_code == 302
    back = browser.post(at("row_version", "elm", 0), {"based_on": row_form(fees, "elm")["based_on"], "why": "Back"})
    assert back.status_code == 422 and "offered to asked is no move" in text(back)
    new = row_form(fees, "elm", uplift="ash", outcome="asked", based_on="")
    assert browser.post(at("add_row"), new).status_code == 302
    assert browser.get(at("row_version", "ash", 0)).status_code == 404
    assert "versions" not in text(browser.get(at("row", "ash")))


# What else would lead around the rules


def test_versions_of_casework_are_for_those_who_keep_or_decide_it_too(kent):
    """Neither the list of documents nor a guessed address shows its rows or its history to anybody else."""
    casework = next(one for one in registers().values() if one.is_casework and "analyst" not in one.keepers)
    for place in (casework.place, casework.history):
        with DatabaseStore(kent).change(by="test", now=timezone.now(), what="rows") as change:
            change.put(place, b"a,b\n1,2\n")
        for role, code in (("analyst", 404), ("owner", 200)):
            browser = signed_in(person(role, kent, name=f"{role} {len(place)}"))
            assert browser.get(reverse("versions", args=["886", place])).status_code == code
            assert browser.get(reverse("version", args=["886", place, 1])).status_code == code
            assert (place in text(browser.get(reverse("documents", args=["886"])))) == (code == 200)


def test_an_earlier_version_of_a_whole_register_comes_back_by_its_rules_and_its_history_never(kent, fees):
    """Elm asked for 44,000, then for 45,000 and was offered: the fee would come back, the move does not."""
    first, browser = fees(), signed_in(person("finance", kent))
    back = reverse("bring_back", args=["886", PLACE, 1])
    browser.post(at("row", "elm"), row_form(fees, "elm", asked_fee_gbp="45000.00"))
    assert signed_in(person("analyst", kent)).post(back, {"why": "It was right"}).status_code == 404
    assert browser.post(back, {"why": "It was right"}).status_code == 302 and "44000.00" in fees()
    history = DatabaseStore(kent).read("registers/history/fee_uplifts.csv").decode()
    assert "It was right,elm,asked_fee_gbp,45000.00,44000.00," in history
    offered = dict(outcome="offered", offered_fee_gbp="42000.00", benchmark_fee_gbp="41000.00", evidence="call")
    browser.post(at("row", "elm"), row_form(fees, "elm", **offered))
    refused = browser.post(back, {"why": "It was right"})
    assert refused.status_code == 422 and "offered to asked is no move" in text(refused) and fees() != first
    past = reverse("bring_back", args=["886", "registers/history/fee_uplifts.csv", 1])
    assert browser.post(past, {"why": "It was right"}).status_code == 404


def test_a_row_without_its_key_is_listed_and_does_not_stop_the_page(kent, fees):
    with DatabaseStore(kent).change(by="test", now=timezone.now(), what="rows") as change:
        change.put(PLACE, csv_of(ELM.replace("elm,", ",")))
    assert "Without a short name" in text(signed_in(person("finance", kent)).get(at("register")))


def test_a_decided_day_is_brought_back_by_somebody_else_who_decides(kent):
    """The page of the earlier version is the check: it is not asked for twice."""
    with DatabaseStore(kent).change(by="test", now=timezone.now(), what="rows") as change:
        change.put("registers/milestones.csv", b"milestone,title,planned,state\na,Plan,2025-06,planned\n")
        past = b"at,by,role,why,row,column,before,after,move\n2025-02-01T09:00:00,person 99,director,late,a,planned,"
        change.put("registers/history/milestones.csv", past + b"2025-05,2025-06,\n")
    browser, back = signed_in(person("director", kent)), at("row_version", "a", 0, register="milestones")
    based_on = re.search(r'name="based_on" value="(\w+)"', text(browser.get(back)))[1]
    assert browser.post(back, {"based_on": based_on, "why": "In time after all"}).status_code == 302
    assert "2025-05" in DatabaseStore(kent).read("registers/milestones.csv").decode()
    again = at("row_version", "a", 1, register="milestones")
    based_on = re.search(r'name="based_on" value="(\w+)"', text(browser.get(again)))[1]
    refused = browser.post(again, {"based_on": based_on, "why": "Late again"})
    assert refused.status_code == 422 and "by the one who last changed the row" in text(refused)
