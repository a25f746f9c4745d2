"""The programme office from an empty folder to a published report, by the people who do it, in a browser."""

import re
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from journeys.conftest import ROOT
from journeys.hands import Hands
from journeys.kent_results import KENT
from journeys.team import Team, arrive, done
from journeys.test_every_page import WCAG_22_AA

KENT_COUNCIL = "/councils/886"
PATIENCE_SECONDS = 420  # the engine works beside other tests


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    made = Team(tmp_path_factory.mktemp("team") / "office")
    made.found(KENT)
    made.serve()
    yield made
    made.end()


class Desk:
    """Somebody's browser. `look` holds the page that is open against WCAG 2.2 AA and a telephone's width."""

    def __init__(self, chromium, team: Team, one: str, *, script: bool = True) -> None:
        self.context = chromium.new_context(
            viewport={"width": 1280, "height": 900}, base_url=team.address, java_script_enabled=script
        )
        self.page, self.team, self.one, self.seen = self.context.new_page(), team, one, []

    def arrive(self) -> "Desk":
        arrive(self.page, self.team, self.one)
        return self

    def go(self, path: str) -> "Desk":
        answer = self.page.goto(path)
        self.status = answer.status
        return self

    def press(self, name: str) -> "Desk":
        self.page.get_by_role("button", name=name, exact=True).first.click()
        return self

    def follow(self, name: str) -> "Desk":
        self.page.get_by_role("link", name=name).first.click()
        return self

    def look(self) -> "Desk":
        found = Axe().run(self.page, options=WCAG_22_AA)
        said = [(one["id"], one["nodes"][0]["html"][:160]) for one in found.response["violations"]]
        assert said == [], self.page.url
        self.page.set_viewport_size({"width": 320, "height": 640})
        width = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        assert width <= 320, f"{self.page.url} is {width} wide on a telephone"
        return self

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()


def wait_for_the_job(desk: Desk) -> str:
    for _ in range(PATIENCE_SECONDS):
        said = desk.page.locator("main .govuk-tag").first.inner_text()
        if said in ("Done", "Not done"):
            return said
        time.sleep(1)
        desk.page.reload()
    raise AssertionError(f"the job is still {said}")


@pytest.mark.browser
def test_from_an_empty_folder_to_a_published_report(chromium, team, tmp_path):
    """One path, by everybody on it. Each page and state that is met is looked at."""
    stranger = Desk(chromium, team, "nobody").go("/").look()
    assert "Sign in" in stranger.text
    stranger.go("/accessibility/").look()

    manager = Desk(chromium, team, "manager")
    manager.go(team.links["manager"]).look()
    manager.arrive()
    manager.go("/accounts/2fa/").look()
    manager.go("/").look()
    manager.follow("Reports").look()
    manager.page.get_by_label("Title").fill("")
    manager.press("Open the report").look()  # the error
    assert "Give the report a title" in manager.text
    manager.page.get_by_label("Title").fill("April 2025")
    manager.press("Open the report").look()
    assert "April 2025 is open" in manager.text or "April 2025" in manager.text

    # The manager assigns a section; its owner writes it without JavaScript
    owner = Desk(chromium, team, "owner", script=False).arrive()
    manager.go(f"{KENT_COUNCIL}/reports/2025-04/sections/condition-3/").look()
    manager.page.get_by_label("Who writes this section").select_option(label="Oli Owner")
    manager.press("Assign").look()
    owner.go("/")
    assert "Write “Condition 3”" in owner.text
    owner.follow("Write “Condition 3”")
    before = owner.page.get_by_label("Text").input_value()
    owner.page.get_by_label("Text").fill(before + "\n\nWe clear the backlog area by area.")
    owner.press("Keep as my draft")
    assert "Your draft is saved" in owner.text

    # The manager changes the same section meanwhile; the owner sees both and loses nothing
    manager.page.get_by_label("Text").fill(before + "\n\nThe area teams are in place.")
    manager.press("Save").look()
    owner.press("Save")
    assert "Somebody else changed this section while you were writing" in owner.page.content()
    assert "The area teams are in place." in owner.text and "We clear the backlog area by area." in owner.page.content()
    both = before + "\n\nThe area teams are in place.\n\nWe clear the backlog area by area."
    owner.page.get_by_label("Text").fill(both)
    owner.press("Save and complete")
    assert "saved and completed" in owner.text

    # A draft saves itself while somebody types
    manager.go(f"{KENT_COUNCIL}/reports/2025-04/sections/condition-1/")
    manager.page.get_by_label("Text").press_sequentially("x")
    manager.page.get_by_text("Your draft is saved.").wait_for()
    manager.page.reload()
    manager.look().press("Drop my draft")

    # Finance changes a row of a register; the rules refuse what is wrong
    finance = Desk(chromium, team, "finance").arrive().go(f"{KENT_COUNCIL}/registers/").look()
    finance.follow("Payments and contributions").look()
    finance.page.locator("tbody th a").first.click()
    finance.look()
    finance.page.get_by_label("Due on (optional)").fill("soon")
    finance.page.get_by_label("Why the row changes").fill("as agreed")
    finance.press("Save").look()
    assert "There is a problem" in finance.text
    finance.page.get_by_label("Due on (optional)").fill("2025-03-31")
    finance.press("Save").look()
    assert "is saved" in finance.text

    # The list goes out, comes back changed, and what changes is looked at before it is kept; then a row goes back
    finance.follow("Upload a file").look().press("Show what changes").look()  # the errors
    finance.page.go_back()
    finance.page.go_back()
    with finance.page.expect_download() as coming:
        finance.follow("Export as CSV")
    filled = coming.value.path().read_bytes().replace(b"2025-03-31", b"2025-03-30")
    finance.follow("Upload a file")
    finance.page.get_by_label("File").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": filled})
    finance.page.get_by_label("Some of the rows").check()
    finance.press("Show what changes").look()
    assert "Due on: 2025-03-31 to 2025-03-30" in finance.text
    finance.page.get_by_label("Why the register changes").fill("as agreed in May")
    finance.press("Confirm and save").look()
    assert "1 cell changed" in finance.text
    finance.page.locator("tbody th a").first.click()
    finance.look().follow("The row before this").look().page.get_by_label("Why it is brought back").fill("as it was")
    finance.press("Bring it back").look()
    assert "stands as it did before" in finance.text

    # The analyst uploads, and has everything worked out
    analyst = Desk(chromium, team, "analyst").arrive().go(f"{KENT_COUNCIL}/data/").look()
    analyst.page.get_by_label("File").set_input_files({"name": "a.exe", "mimeType": "text/plain", "buffer": b"MZ"})
    analyst.press("Upload").look()
    assert "does not end in" in analyst.text
    analyst.page.get_by_label("File").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    )
    analyst.press("Upload").look()
    analyst.press("Check a SEN2 return")
    assert wait_for_the_job(analyst) in ("Done", "Not done")
    analyst.look().go(f"{KENT_COUNCIL}/data/").press("Work everything out").look()
    assert wait_for_the_job(analyst) == "Done", analyst.text
    analyst.look().go(f"{KENT_COUNCIL}/").look()
    analyst.go(f"{KENT_COUNCIL}/figures/").look().follow("Dashboard").look()
    assert "/councils/886/figures/dashboard/" in analyst.page.url

    # The owner meets the measures: a level that departs needs a reason
    owner.go(f"{KENT_COUNCIL}/reports/2025-04/levels/1/")
    assert "What the measures point to" in owner.text
    manager.go(f"{KENT_COUNCIL}/reports/2025-04/levels/1/").look()
    manager.press("Give the level").look()
    assert "departs from what the measures point to" in manager.text

    # Two people certify it, each with a second factor, without JavaScript
    manager.go(f"{KENT_COUNCIL}/reports/2025-04/").look().press("Put to those who sign").look()
    for one in ("treasurer", "director"):
        signer = Desk(chromium, team, one, script=False).arrive()
        sign_off(signer)
        signer.context.close()

    manager.page.reload()
    manager.look()
    assert "Signed" in manager.text
    manager.press("Submit").look()
    manager.press("Publish").look()
    manager.page.get_by_label("Payment withheld").check()
    manager.press("Record the answer").look()  # the error: no reason
    assert "has a reason" in manager.text
    manager.page.get_by_label("Accepted").check()
    manager.press("Record the answer").look()
    assert "Accepted by DfE" in manager.text

    # What each of the others sees
    stranger.go("/public/886/").look()
    assert "April 2025, submitted" in stranger.text
    reader = Desk(chromium, team, "dfe").arrive().go(f"{KENT_COUNCIL}/submitted/").look()
    assert "The report, sealed (PDF)" in reader.text
    assert reader.go(f"{KENT_COUNCIL}/figures/").status == 404
    assert reader.go(f"{KENT_COUNCIL}/reports/2025-04/").status == 404
    Desk(chromium, team, "member").arrive().go(f"{KENT_COUNCIL}/submitted/").look()
    admin = Desk(chromium, team, "admin").arrive().go(f"{KENT_COUNCIL}/people/").look()
    admin.follow("Add a person").look().press("Add").look()
    admin.page.get_by_label("Name", exact=True).fill("Del Deputy")
    admin.page.get_by_label("Email address").fill("del@example.gov.uk")
    admin.page.get_by_label("Role", exact=True).select_option("section-151")
    admin.page.get_by_label("Yes: signs when").check()
    admin.press("Add").look().press("Make a link to choose a password").look()
    admin.go(f"{KENT_COUNCIL}/tokens/").look()
    assert admin.go(f"{KENT_COUNCIL}/figures/").status == 404
    for path in ("record/", "documents/", "documents/programme/2025-04/narrative.md/versions/2/"):
        manager.go(f"{KENT_COUNCIL}/{path}").look()

    # The record proves it, the export is the workspace with just what was changed, the backup brings all of it back
    told, _, _ = done(
        ("audit_verify", team.of()),
        ("export", team.of(folder=tmp_path / "out", council="")),
        ("backup", team.of(file=tmp_path / "backup.zip")),
    )
    assert "The record is whole" in told
    assert differing(KENT, tmp_path / "out") == {
        "programme/2025-04/narrative.md",
        "registers/history/payments.csv",
        "registers/payments.csv",
    }
    again = tmp_path / "again"
    _, told_again = done(
        ("restore", {"file": tmp_path / "backup.zip", "folder": again}), ("audit_verify", {"office": again})
    )
    assert told_again == told


def sign_off(signer: Desk) -> None:
    """The six screens of docs/explanation/readers.md; a second factor used a moment ago is not asked again."""
    screens = dict(re.findall(r"^\| (\d) \| (.+?) \|", section_of_readers("Signing off"), re.MULTILINE))
    assert list(screens) == ["1", "2", "3", "4", "5", "6"] and screens["5"] == "The second factor"
    signer.follow("Sign April 2025")
    with signer.page.expect_download() as document:
        signer.page.locator("main a[href*='/files/']").first.click()
    assert document.value.suggested_filename.endswith((".pdf", ".html"))
    signer.follow("Go on to sign")
    assert signer.page.get_by_role("heading", level=1).inner_text() == screens["4"]
    signer.page.get_by_label("I have read the document").check()
    signer.press("Sign")
    assert signer.page.get_by_role("heading", level=1).inner_text() == screens["6"]


def section_of_readers(title: str) -> str:
    text = (ROOT / "docs" / "explanation" / "readers.md").read_text(encoding="utf-8")
    return text.split(f"**{title}", 1)[1].split("\n**", 1)[0]


SENTENCE = " The area teams met every week, and the number of reviews that are late fell again in each of them."


@pytest.mark.browser
def test_an_update_of_nine_conditions_takes_less_than_fifteen_minutes_of_clicks_and_typing(chromium, team):
    """The manager carries the report forward, edits each condition and gives its level. The counts are the manual's."""
    team.add("writer", "Wren Writer", "manager")
    desk, hands = Desk(chromium, team, "writer").arrive(), Hands()
    page, button = desk.page, lambda name: desk.page.get_by_role("button", name=name, exact=True).first
    hands.click(page.get_by_role("link", name="Reports"))
    hands.choose(page.get_by_label("Slot"), "July")
    hands.click(button("Carry it forward"))
    assert wait_for_the_job(desk) == "Done", desk.text
    hands.click(page.get_by_role("link", name="Reports"))
    hands.write(page.get_by_label("Title"), "July 2025")
    hands.click(button("Open the report"))
    page.get_by_role("heading", level=1, name="July 2025").wait_for()
    for number in range(1, 10):
        hands.click(page.locator(f"main a[href$='/sections/condition-{number}/']"))
        hands.write(page.get_by_label("Text"), SENTENCE)
        hands.click(button("Save and complete"))
        hands.click(page.locator(f"main a[href$='/levels/{number}/']"))
        hands.click(page.get_by_label("Off target with plans"))
        hands.write(page.get_by_label("Why, where it departs"), "Plans are in place.")
        hands.click(button("Give the level"))
        page.get_by_text(f"Condition {number}: off target with plans.").wait_for()
    done = page.locator(".govuk-task-list__status").filter(has_text="Completed")
    assert done.count() >= 18
    most = dict(re.findall(r"^\| (\w+).*?, at most \| ([\d,]+) \|", section_of_readers("An update"), re.MULTILINE))
    counted = {"clicks": hands.clicks, "keys": hands.keys, "minutes": hands.seconds / 60}
    assert set(most) == set(counted)
    print(counted)
    for name, count in counted.items():
        assert count <= int(most[name].replace(",", "")), counted


def differing(one: Path, other: Path) -> set[str]:
    """The names of the files that are not the same bytes in both; what a folder keeps for itself is no file of it."""
    names = {path.relative_to(top).as_posix() for top in (one, other) for path in top.rglob("*") if path.is_file()}
    kept = (".highneeds/", "forecasts/", "drafts/")
    theirs = {name for name in names if not name.startswith(kept) and name != "record.jsonl"}
    return {name for name in theirs if not same(one / name, other / name)}


def same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
