"""Sections, levels and registers: two who change one thing both see it, drafts are one's own, everything comes back."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.programme import actions, beside
from highneeds.office.programme.models import Draft, LevelGiven
from highneeds.office.programme.sections import bound_in, join, section_of, split, with_section
from highneeds.office.registers.rows import empty, read
from highneeds.registers.mechanism.history import COLUMNS
from highneeds.report.pages.results.narrative import Claim
from office_by_hand import LEVELS, NARRATIVE, NOW, level_of, person, signed_in, worked_out

KEY = "on-track-in-year"


@pytest.mark.parametrize(
    "document",
    [
        NARRATIVE,
        b"",
        b"no section at all",
        b"## A\n",
        b"## A\n## B\n\n\ntext",
        NARRATIVE.replace(b"\n", b"\r\n"),
        "## Über £\n\nzwölf\n".encode(),
        b"## A\n\nx\n\n## A\n\ny\n",
    ],
)
def test_a_narrative_taken_apart_and_put_together_is_the_same_bytes(document):
    assert join(*split(document)) == document
    for section in split(document)[1]:
        assert with_section(document, section.key, section.text) == document


def test_a_changed_section_leaves_every_other_byte():
    changed = with_section(NARRATIVE, KEY, "Another text.")
    assert changed == NARRATIVE.replace(b"We are over the agreed position. The reasons are known.", b"Another text.")
    assert section_of(changed, "condition-1").text == "Requests fell by 10.7%."


def test_two_sections_of_one_name_are_told_apart():
    assert [one.key for one in split(b"## A\n\nx\n\n## A\n\ny\n")[1]] == ["a", "a-2"]


def test_a_text_cannot_begin_a_new_section():
    with pytest.raises(InputError, match="begins with ##"):
        with_section(NARRATIVE, KEY, "text\n## Condition 9\n\nmore")


@pytest.fixture
def url(slot):
    return reverse("section", args=["886", slot.code, KEY])


def version(kent):
    return section_of(DatabaseStore(kent).read("programme/2025-07/narrative.md"), KEY).version


def test_two_people_in_one_section_both_see_both_and_nothing_is_lost(slot, kent, url):
    first, second = signed_in(slot.opened_by), signed_in(person("owner", kent))
    seen = version(kent)
    assert first.post(url, {"text": "First text.", "based_on": seen, "do": "save"}).status_code == 302
    answer = second.post(url, {"text": "Second text.", "based_on": seen, "do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this section while you were writing" in page
    assert "First text." in page and "Second text." in page
    assert b"First text." in DatabaseStore(kent).read("programme/2025-07/narrative.md")
    again = {"text": "Both texts.", "based_on": version(kent), "do": "save"}
    assert second.post(url, again).status_code == 302
    assert b"Both texts." in DatabaseStore(kent).read("programme/2025-07/narrative.md")


def test_another_section_of_the_same_narrative_is_no_conflict(slot, kent, url):
    first, second = signed_in(slot.opened_by), signed_in(person("owner", kent))
    other = section_of(NARRATIVE, "condition-1").version
    first.post(url, {"text": "First text.", "based_on": version(kent), "do": "save"})
    answer = second.post(
        reverse("section", args=["886", slot.code, "condition-1"]), {"text": "Fell.", "based_on": other, "do": "save"}
    )
    assert answer.status_code == 302
    kept = DatabaseStore(kent).read("programme/2025-07/narrative.md")
    assert b"First text." in kept and b"Fell." in kept


def test_a_draft_is_ones_own_and_changes_nothing(slot, kent, url):
    writer, reader = signed_in(slot.opened_by), signed_in(person("owner", kent))
    writer.post(url, {"text": "A draft.", "based_on": version(kent), "do": "draft"})
    assert writer.post(url + "draft/", {"text": "A later draft.", "based_on": version(kent)}).status_code == 204
    assert "A later draft." in writer.get(url).content.decode()
    assert "A later draft." not in reader.get(url).content.decode()
    assert DatabaseStore(kent).read("programme/2025-07/narrative.md") == NARRATIVE
    reader.post(url, {"text": "Meanwhile.", "based_on": version(kent), "do": "save"})
    page = writer.get(url).content.decode()
    assert "Both texts" in page and "Meanwhile." in page and "A later draft." in page
    writer.post(url, {"do": "drop"})
    assert not Draft.objects.exists()


def test_a_completed_section_that_is_changed_is_in_progress_again(slot, kent, url):
    from highneeds.office.programme.queries import section_tasks

    browser = signed_in(slot.opened_by)
    browser.post(url, {"text": "Done.", "based_on": version(kent), "do": "complete"})
    assert section_tasks(slot)[0].stands == "completed"
    browser.post(url, {"text": "Done again.", "based_on": version(kent), "do": "save"})
    assert (section_tasks(slot)[0].stands, section_tasks(slot)[0].note) == (
        "in_progress",
        "Changed after it was called complete",
    )


def test_an_assigned_section_waits_for_its_writer(slot, kent, url):
    writer = person("owner", kent)
    signed_in(slot.opened_by).post(url + "assign/", {"person": writer.pk})
    assert "Write “On track: in year”" in signed_in(writer).get(reverse("inbox", args=["886"])).content.decode()
    outsider = person("dfe", kent)
    assert signed_in(slot.opened_by).post(url + "assign/", {"person": outsider.pk}).status_code == 404


def test_an_earlier_version_is_seen_explained_and_brought_back(slot, kent, url):
    browser = signed_in(slot.opened_by)
    browser.post(url, {"text": "Worse.", "based_on": version(kent), "do": "save"})
    name = "programme/2025-07/narrative.md"
    page = browser.get(reverse("version", args=["886", name, 2])).content.decode()
    assert "<ins>Worse.</ins>" in page and "<del>We are over the agreed position. The reasons are known.</del>" in page
    back = reverse("bring_back", args=["886", name, 1])
    assert browser.post(back, {"why": ""}).status_code == 422
    assert browser.post(back, {"why": "it was right"}).status_code == 302
    assert DatabaseStore(kent).read(name) == NARRATIVE
    assert "Bring back version 1" in browser.get(reverse("versions", args=["886", name])).content.decode()


# Binding a figure


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("It was 7,765 (37.5%).", "It was {{ x }} (37.5%)."),
        ("It was 7,765 and {{ y 7,765 }}.", "It was {{ x }} and {{ y 7,765 }}."),
        ("It was 7,765 and 7,765.", None),
        ("It was 17,765 or 7,765.5.", None),
        ("", None),
    ],
)
def test_a_figure_is_bound_where_it_stands_once(text, made):
    assert bound_in(text, "7,765", "{{ x }}") == made


def test_a_figure_beside_the_text_is_bound_with_one_button(slot, kent, office, url, monkeypatch):
    claim = Claim("fails", "£30m", "£20m", "Two values", "", "{{ residual_balance }}", "£20m (Residual balance)")
    monkeypatch.setattr(beside, "claims_of", lambda council, heading: [claim])
    browser = signed_in(slot.opened_by)
    assert "Bind “£30m” to £20m (Residual balance)" in browser.get(url).content.decode()
    asked = {"text": "It leaves £30m.", "based_on": version(kent), "bind": claim.bound}
    assert browser.post(url, asked).status_code == 302
    assert Draft.objects.get().text == "It leaves {{ residual_balance }}."
    assert DatabaseStore(kent).read("programme/2025-07/narrative.md") == NARRATIVE
    missing = browser.post(url, {**asked, "text": "It leaves much."}).content.decode()
    assert "not just once, in your text" in missing and "It leaves much." in missing


def test_a_text_sent_back_still_says_which_version_it_was_written_over(slot, url):
    """Else what somebody else saved meanwhile would be written over by the next save, unseen."""
    sent = {"text": "Mine.", "based_on": "an earlier version", "bind": "no such figure"}
    said = signed_in(slot.opened_by).post(url, sent).content.decode()
    assert 'name="based_on" value="an earlier version"' in said


def test_a_council_without_a_narrative_opens_the_report_that_it_writes_now(office):
    from highneeds.office.evidence.actions import import_workspace

    toml = b'name = "Ham"\nla_number = "888"\n[report]\nid = "2025-12"\n'
    ham = import_workspace({"council.toml": toml}, by="Test", now=NOW)[0]
    opened = signed_in(person("manager", ham)).post(
        reverse("open_slot", args=["888"]), {"code": "2025-12", "title": "December 2025"}, follow=True
    )
    page = opened.content.decode()
    assert "0 of 4 tasks are completed" in page and ">Sections<" not in page


# Levels


def test_a_level_stands_in_its_row_and_other_rows_stay():
    changed = actions.with_level(LEVELS, level_of(1, "July", "A"), NOW.date())
    header, *rows = LEVELS.splitlines()
    dated = header + b",known_on\n" + b"".join(row + b",\n" for row in rows)
    assert changed == dated + b"1,July,A,,,,2025-07-01\n"
    assert actions.with_level(LEVELS, level_of(2, "July", "G"), NOW.date()) == dated + b"2,July,G,,,,2025-07-01\n"


def test_a_level_that_departs_from_the_measures_needs_a_reason_on_record(slot, kent, office):
    worked_out(kent, office)
    browser, url = signed_in(slot.opened_by), reverse("level", args=["886", slot.code, 1])
    from highneeds.office.evidence.reading import latest_run, results_of

    pointed = next(one for one in results_of(latest_run(kent)).conditions if one.number == 1).suggested
    other = "R" if pointed != "R" else "G"
    answer = browser.post(url, {"level": other, "reason": " "})
    assert answer.status_code == 422 and "departs from what the measures point to" in answer.content.decode()
    assert not LevelGiven.objects.exists() and DatabaseStore(kent).read(slot.levels) == LEVELS
    assert browser.post(url, {"level": other, "reason": "The plan is new"}).status_code == 302
    assert LevelGiven.objects.get().reason == "The plan is new"
    assert f"1,July,{other}".encode() in DatabaseStore(kent).read(slot.levels)
    assert DatabaseStore(kent).record()[-1].why == "The plan is new"


def test_a_level_carried_over_from_an_earlier_report_waits_until_it_is_given_in_this_one(slot, kent, office):
    """Else a level that has come to depart from its measures would stand in the next report without a reason."""
    from highneeds.office.programme.queries import level_tasks

    worked_out(kent, office)
    url = reverse("level", args=["886", slot.code, 2])
    put(kent, slot.levels, LEVELS.decode() + "2,July,G,,,carried forward from April\n")
    assert [(one.stands, one.note) for one in level_tasks(slot)][1] == ("completed", "On target")  # the first report
    put(kent, "programme/2025-04/narrative.md", "# April")
    assert level_tasks(slot)[1].stands == "in_progress"
    assert level_tasks(slot)[1].note == "On target, as in an earlier report"
    assert signed_in(slot.opened_by).post(url, {"level": "G", "reason": "As before"}).status_code == 302
    assert (level_tasks(slot)[1].stands, level_tasks(slot)[1].note) == ("completed", "On target")


# Registers

SHEET = b'\xef\xbb\xbfid,text,n\n# a comment\n1,"a, ""quoted""\nline",5\n2,plain,6\n\n'


def test_a_register_taken_apart_and_put_together_is_the_same_bytes():
    sheet = read(SHEET)
    assert sheet.data == SHEET and sheet.header == ("id", "text", "n")
    assert [row.cells["id"] for row in sheet.rows] == ["1", "2"]
    assert sheet.row("id", "1").cells["text"] == 'a, "quoted"\nline'


def test_a_changed_row_leaves_every_other_byte():
    sheet = read(SHEET)
    row = sheet.row("id", "2")
    assert sheet.with_row(row.place, {**row.cells, "n": "7"}).data == SHEET.replace(b"2,plain,6", b"2,plain,7")
    assert empty(["id", "n"]).with_row(None, {"id": "1", "n": "2"}).data == b"id,n\n1,2\n"
    assert read(b"id\n1").with_row(None, {"id": "2", "more": "x"}, ["id", "more"]).data == b"id,more\n1,\n2,x\n"


@pytest.fixture
def payment(kent):
    from highneeds.office.registers.actions import sheet_of
    from highneeds.office.registers.definitions import register

    return lambda: sheet_of(kent, register("payments")).row("payment", "dfe-5")


def form(row, **changed):
    return {**row.cells, "based_on": row.version, "why": "it was wrong", **changed}


def test_a_row_is_changed_on_its_page_and_the_change_is_on_record(kent, payment):
    browser, url = signed_in(person("finance", kent)), reverse("row", args=["886", "payments", "dfe-5"])
    assert "dfe-5" in browser.get(url).content.decode()
    assert browser.post(url, form(payment(), amount_gbp="2000000.00", why="letter of May")).status_code == 302
    assert payment().cells["amount_gbp"] == "2000000.00"
    entry = DatabaseStore(kent).record()[-1]
    assert (entry.what, entry.why) == ("Payments and contributions: change dfe-5", "letter of May")


def test_the_rules_of_the_register_refuse_a_row_and_nothing_is_written(kent, payment):
    browser, url = signed_in(person("finance", kent)), reverse("row", args=["886", "payments", "dfe-5"])
    before = DatabaseStore(kent).read("registers/payments.csv")
    for wrong in ({"amount_gbp": "many"}, {"due_on": "30/09/2025"}, {"state": "withheld"}, {"payer": ""}):
        answer = browser.post(url, form(payment(), **wrong))
        assert answer.status_code == 422 and "There is a problem" in answer.content.decode(), wrong
    assert DatabaseStore(kent).read("registers/payments.csv") == before


def test_two_people_in_one_row_both_see_both(kent, payment):
    first, second = signed_in(person("finance", kent)), signed_in(person("finance", kent, name="another"))
    url, seen = reverse("row", args=["886", "payments", "dfe-5"]), payment()
    first.post(url, form(seen, amount_gbp="2000000.00"))
    answer = second.post(url, form(seen, amount_gbp="3000000.00"))
    assert answer.status_code == 409
    assert "2000000.00" in answer.content.decode() and "3000000.00" in answer.content.decode()
    assert payment().cells["amount_gbp"] == "2000000.00"


def test_a_row_is_added_once_and_a_change_has_a_reason(kent, payment):
    browser = signed_in(person("finance", kent))
    add = reverse("add_row", args=["886", "payments"])
    new = form(payment(), payment="dfe-6", based_on="")
    assert browser.post(add, new).status_code == 302
    assert browser.post(add, new).status_code == 422
    url = reverse("row", args=["886", "payments", "dfe-5"])
    answer = browser.post(url, form(payment(), amount_gbp="5.00", why=" "))
    assert answer.status_code == 422 and "A change has a reason" in answer.content.decode()


def test_the_registers_history_says_what_changed_without_a_name(kent, payment):
    someone = person("finance", kent)
    signed_in(someone).post(reverse("row", args=["886", "payments", "dfe-5"]), form(payment(), amount_gbp="5.00"))
    history = DatabaseStore(kent).read("registers/history/payments.csv").decode()
    last = history.splitlines()[-1]
    assert f"person {someone.pk},finance_partner,it was wrong,dfe-5,amount_gbp,1000000.00,5.00," in last
    assert someone.name not in history and someone.email not in history


def test_a_register_is_changed_by_those_who_keep_or_decide_it(kent, payment):
    url = reverse("row", args=["886", "payments", "dfe-5"])
    browser = signed_in(person("owner", kent))
    page = browser.get(url).content.decode()
    assert "dfe-5" in page and 'name="amount_gbp"' not in page
    assert browser.post(url, form(payment(), amount_gbp="1.00")).status_code == 404


MILESTONES = "milestone,title,planned,planned_on,depends_on,state"


def put(kent, place, *lines):
    with DatabaseStore(kent).change(by="test", now=timezone.now(), what="rows") as change:
        change.put(place, "\n".join(lines).encode())


def test_a_list_is_narrowed_sorted_and_turned_over_by_its_address(kent):
    """60 actions, two in three open, each a penny of a day apart: 50 a page; the address holds what was asked."""
    rows = [
        f"a{n:02},risks,1,Action {n},2025-01-{1 + n % 28:02},2025-02-{1 + n % 28:02},{'done' if n % 3 == 0 else 'open'}"
        for n in range(60)
    ]
    put(kent, "registers/actions.csv", "action,register,of_row,title,raised_on,due_on,state", *rows)
    browser, url = signed_in(person("manager", kent)), reverse("register", args=["886", "actions"])

    def keys(asked):
        return re.findall(r"/registers/actions/(a\d\d)/", browser.get(url + asked).content.decode())

    assert keys("") == [f"a{n:02}" for n in range(50)] and keys("?page=2") == [f"a{n:02}" for n in range(50, 60)]
    assert len(keys("?state=done")) == 20 and keys("?state=done&page=9")[-1] == "a57"
    assert keys("?sort=action&order=falling")[0] == "a59" and keys("?sort=no_such_column") == keys("")
    assert (
        len(keys("?overdue=yes&state=open")) == 40 and "No row fits" in browser.get(url + "?state=x").content.decode()
    )
    assert "state=done" in browser.get(url + "?state=done&sort=action").content.decode()


def test_a_row_shows_its_due_days_findings_links_both_ways_and_history(kent, payment):
    first, second = "a,Plan,2025-05,2025-05-31,,planned", "b,Do,2025-06,2025-05-31,a,planned"
    put(kent, "registers/milestones.csv", MILESTONES, first, second)
    change = "2025-02-01T09:00:00,p,analyst,asked,b,title,Ask,Do,"
    put(kent, "registers/history/milestones.csv", ",".join(COLUMNS), change)
    browser = signed_in(person("manager", kent))
    page = browser.get(reverse("row", args=["886", "milestones", "b"])).content.decode()
    assert "overdue" in page and "2025-05-31" in page and "Ask to Do" in page and "asked" in page
    assert "/registers/milestones/a/" in page
    assert "/registers/milestones/b/" in browser.get(reverse("row", args=["886", "milestones", "a"])).content.decode()
    put(kent, "registers/milestones.csv", MILESTONES, "a,ask j@x.org,2025-05,,,planned")
    assert "looks like" in browser.get(reverse("row", args=["886", "milestones", "a"])).content.decode()


def test_every_register_has_its_pages(kent):
    from highneeds.office.registers.definitions import registers

    browser = signed_in(person("finance", kent))
    for name, one in registers().items():
        sees, keeps = one.may_see({"finance_partner"}), one.may_change({"finance_partner"})
        assert browser.get(reverse("register", args=["886", name])).status_code == (200 if sees else 404), name
        assert browser.get(reverse("add_row", args=["886", name])).status_code == (200 if keeps else 404), name


@pytest.mark.parametrize("role", ["analyst", "finance", "manager", "owner", "section-151", "director", "caseworker"])
def test_casework_is_for_those_who_keep_or_decide_it(kent, role):
    from highneeds.office.people.roles import IN_REGISTERS, Role
    from highneeds.office.registers.definitions import registers

    browser, mine = signed_in(person(role, kent)), IN_REGISTERS[Role(role)]
    listed = browser.get(reverse("registers", args=["886"])).content.decode()
    for name, one in registers().items():
        keeps = mine in one.keepers | one.deciders
        sees = keeps or not one.is_casework
        url = reverse("register", args=["886", name])
        assert (f'href="{url}"' in listed) == sees
        if one.is_casework and not keeps:
            assert browser.get(url).status_code == 404, name
            assert browser.get(reverse("add_row", args=["886", name])).status_code == 404, name


@pytest.fixture
def loans(monkeypatch):
    """A register that nobody has heard of, found by the engine like any other."""
    from highneeds.office.registers import definitions
    from highneeds.registers import registry

    known = registry.registers()
    added = known["fee_uplifts"].like("loans", title="Loans of equipment")
    monkeypatch.setattr(registry, "_found", lambda: (*known.items(), (added.name, added)))
    definitions.registers.cache_clear()
    yield added
    definitions.registers.cache_clear()


def test_a_register_added_at_run_time_has_its_list_its_rows_and_its_form(kent, loans):
    browser = signed_in(person("finance", kent))
    assert loans.title in browser.get(reverse("registers", args=["886"])).content.decode()
    adding = reverse("add_row", args=["886", "loans"])
    blank = browser.get(adding).content.decode()
    assert all(f'name="{column.name}"' in blank for column in loans.columns)
    row = loans.example[0]
    filled = {column.name: row.get(column.name, "") for column in loans.columns}
    assert browser.post(adding, filled | {"why": "first list", "based_on": ""}).status_code == 302
    listed = browser.get(reverse("register", args=["886", "loans"])).content.decode()
    assert loans.title in listed and row["uplift"] in listed
    assert row["provider"] in browser.get(reverse("row", args=["886", "loans", row["uplift"]])).content.decode()
    assert "first list" in DatabaseStore(kent).read("registers/history/loans.csv").decode()


@pytest.mark.parametrize(
    ("stated", "shows", "same"),
    [
        ("37.4%", "37.4% (Specialist share, Jan 2025)", True),
        ("37%", "37.4% (Specialist share, Jan 2025)", True),
        ("26%", "36.8% (Post 16, Sep 2024)", False),
        ("26 of 7,765", "7,765 (Overdue reviews)", True),
        ("many", "7,765 (Overdue reviews)", False),
    ],
)
def test_a_figure_is_offered_for_binding_where_the_text_says_the_same(stated, shows, same):
    from types import SimpleNamespace

    from highneeds.office.programme.beside import says_the_same

    assert says_the_same(SimpleNamespace(stated=stated, shows=shows)) is same
