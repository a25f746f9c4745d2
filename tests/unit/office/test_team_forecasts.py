"""Forecasts, scenarios, ledger and commitments as work that is asked for, and what becomes of each."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from highneeds.office.evidence import actions, levers, reading, scenarios, worker
from highneeds.office.evidence.bridge import ChangedMeanwhile, InputError
from highneeds.office.evidence.job_kinds import KINDS, LEDGER_MAPPING
from highneeds.office.evidence.models import Job, JobState, Upload
from highneeds.office.evidence.store import DatabaseStore
from office_by_hand import NOW, person, signed_in

FORECASTS = reverse("forecasts", args=["886"])
ASK = reverse("ask_forecast", args=["886"])


@pytest.fixture
def browser(kent):
    return signed_in(person("finance", kent))


@pytest.fixture
def asked(monkeypatch):
    """Stands in for the engine's process: keeps its words, and writes the list that it is asked for."""
    words_asked, also = [], []

    def run(words, steps):
        words_asked.append(words)
        if "--out" in words:
            Path(words[words.index("--out") + 1]).write_text("scenario,year,plans\nbaseline,2026-01,20634\n")
        for act in also:
            act(words)
        return 0, ""

    monkeypatch.setattr(worker, "run_engine", run)
    run.words, run.also = words_asked, also
    return run


def do_it() -> Job:
    job = Job.objects.get(state=JobState.WAITING)
    worker.do(job.pk)
    job.refresh_from_db()
    return job


def keep_a_forecast(words):
    place = Path(words[1]) / "forecasts" / "0a1b2c" / "forecast.csv"
    place.parent.mkdir(parents=True)
    place.write_text("x\n")


def test_a_forecast_is_kept_and_leaves_every_signature_standing(browser, kent, signed, asked):
    asked.also.append(keep_a_forecast)
    browser.post(ASK, {"kind": "forecast"})
    assert do_it().state == JobState.DONE
    assert DatabaseStore(kent).exists("forecasts/0a1b2c/forecast.csv")
    signed.refresh_from_db()
    assert signed.state == "signed" and signed.standing.count() == 2
    assert reading.is_current(signed.run), "nothing that it rests on was changed"


@pytest.mark.parametrize("kind", ["compare-scenarios", "list-vintages", "hold-vintages"])
def test_what_is_only_to_be_read_is_shown_as_a_table_and_changes_nothing(browser, kent, asked, kind):
    before = DatabaseStore(kent).fingerprint()
    page = browser.post(ASK, {"kind": kind}, follow=True).content.decode()
    assert "data-waits" in page
    job = do_it()
    shown = browser.get(reverse("job", args=["886", job.pk])).content.decode()
    assert KINDS[kind].words in shown and "20634" in shown and "data-waits" not in shown
    assert DatabaseStore(kent).fingerprint() == before


@pytest.mark.parametrize(
    ("typed", "status"), [("fb1cfdec4022", 302), ("abcd", 302), ("abc", 422), ("", 422), ("--x", 422)]
)
def test_an_earlier_forecast_is_named_as_the_list_names_it(browser, asked, typed, status):
    answer = browser.post(ASK, {"kind": "explain-since", "since": typed})
    assert answer.status_code == status
    assert Job.objects.exists() == (status == 302)
    if status == 302:
        do_it()
        assert asked.words[0][asked.words[0].index("--since") + 1] == typed


TOLD = "\n".join(["plans in 2029-01: 28,202 in the forecast of 2026-11-30 (fa2167c8a109), 28,493 in today's", *"abcd"])


def test_what_must_be_known_of_a_list_stands_beside_it_and_worked_out_figures_are_rounded(browser, kent, monkeypatch):
    def explain(words, steps):
        rows = ("method,-291.10699999999997,12500.50", "rates,0.00899999,1.00", "mix,71.002,0.10", "plans,,7.25")
        listed = "\n".join(("driver,effect,paid_gbp", *rows))
        Path(words[words.index("--out") + 1]).write_text(listed)
        return 0, TOLD

    monkeypatch.setattr(worker, "run_engine", explain)
    browser.post(ASK, {"kind": "explain-since", "since": "fa2167c8a109"})
    page = browser.get(reverse("job", args=["886", do_it().pk])).content.decode()
    assert "28,202 in the forecast of 2026-11-30" in page and "2 more things to know of it" in page
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", page)
    assert cells == ["method", "−291", "12500.50", "rates", "0.009", "1.00", "mix", "71", "0.10", "plans", "", "7.25"]


def test_the_step_that_is_under_way_is_said(browser, kent):
    job = actions.ask_for("forecast", kent, by=person("analyst", kent), now=NOW)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, says="Testing the forecast on earlier years")
    page = browser.get(reverse("job", args=["886", job.pk])).content.decode()
    assert "Under way: Testing the forecast on earlier years." in page


# Scenarios: made from the levers' own fields

TEXT = """# As agreed in June.
title: One in ten stays
levers:
  - lever: phase_transfer_placement
    low: 0.05
    central: 0.1
    high: 0.2
    starts: "2026-09"
    settings: [special_independent]
    to: mainstream_rp_unit
"""
SCENARIO = reverse("scenario", args=["886", "local"])


def fields_of(form) -> dict:
    """A form as a browser sends it."""
    sent = {"title": form.title, "note": form.note, "delay_of": form.delay_of, "based_on": ""}
    for number, (name, typed) in enumerate(form.levers, start=1):
        sent |= {f"{number}-lever": name} | {f"{number}-{field}": value for field, value in typed.items()}
    return sent


def test_a_scenario_is_made_from_the_fields_of_its_levers(browser, kent, in_this_process):
    add = reverse("add_scenario", args=["886"])
    begun = browser.get(add).content.decode()
    assert "Setting they go to instead" in begun and "Another lever" in begun
    sent = fields_of(levers.form_of(TEXT)) | {"name": "local"}
    more = browser.post(add, sent | {"do": "add", "add": "school_opening"}).content.decode()
    assert "2. A school or unit opens" in more and 'value="As agreed' not in more and "As agreed in June." in more
    assert not DatabaseStore(kent).exists("scenarios/local.yaml")
    said = browser.post(add, sent, follow=True).content.decode()
    assert "The scenario is saved." in said and "cannot be called confident" in said
    there = DatabaseStore(kent).read("scenarios/local.yaml").decode()
    assert there == TEXT.replace("title: One in ten stays", 'title: "One in ten stays"')
    taken_out = {**sent, "1-out": "yes", "based_on": scenarios.scenario(kent, "local").version}
    browser.post(SCENARIO, taken_out)
    assert scenarios.scenario(kent, "local").text.endswith("levers: []\n")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("1-low", "a tenth", "is no number such as 0.25"),
        ("1-starts", "", "Fill in “First month of effect, as 2025-09”"),
        ("1-terms_to_full", "1.5", "is no whole number"),
        ("title", "", "Give the scenario a title"),
        ("1-central", "0.9", "central 0.9 is outside low 0.05 to high 0.2"),
        ("1-starts", "2026-13", "2026-13"),
    ],
)
def test_what_does_not_fit_a_lever_is_said_at_its_field_and_nothing_is_lost(
    browser, kent, in_this_process, field, typed, said
):
    sent = fields_of(levers.form_of(TEXT)) | {"name": "local", field: typed}
    answer = browser.post(reverse("add_scenario", args=["886"]), sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "As agreed in June." in page
    assert not DatabaseStore(kent).exists("scenarios/local.yaml")


@pytest.mark.parametrize(
    "text", [TEXT.replace("high: 0.2", "high: 0.2  # a guess"), TEXT.replace("phase_", ""), "title: [", "levers: 3\n"]
)
def test_what_a_form_would_lose_is_changed_as_text(browser, kent, in_this_process, text):
    assert levers.form_of(text) is None
    with DatabaseStore(kent).change(by="Test", now=NOW, what="Test") as change:
        change.put("scenarios/local.yaml", text.encode())
    page = browser.get(SCENARIO).content.decode()
    assert "changed as text" in page and "<textarea" in page


def test_every_lever_and_every_example_goes_through_the_form_unchanged(in_this_process):
    for name in levers.lever_forms():
        made = levers.text_of(levers.with_lever(levers.ScenarioForm("T", "", "", ()), name))
        assert levers.text_of(levers.form_of(made)) == made
    for file in Path("examples/kent/scenarios").glob("*.yaml"):
        said = levers.form_of(file.read_text("utf-8"))
        assert levers.parse_yaml(levers.text_of(said), "") == levers.parse_yaml(file.read_text("utf-8"), "")


def test_a_scenario_is_changed_as_text_and_two_see_both_versions(browser, kent, in_this_process):
    scenarios.save_scenario(kent, "local", TEXT, based_on="", by="Test", now=NOW)
    there = scenarios.scenario(kent, "local")
    assert "Fill it in as a form" in browser.get(SCENARIO, {"as": "text"}).content.decode()
    browser.post(SCENARIO, {"text": "title: Another\nlevers: []\n", "based_on": there.version})
    assert scenarios.scenario(kent, "local").title == "Another"
    late = browser.post(SCENARIO, {"text": "title: Mine\nlevers: []\n", "based_on": there.version})
    assert late.status_code == 409
    page = late.content.decode()
    assert "title: Another" in page and "title: Mine" in page
    assert scenarios.scenario(kent, "local").title == "Another"


@pytest.mark.parametrize(
    ("name", "text"), [("Local", "title: x\n"), ("../x", "title: x\n"), ("", "title: x\n"), ("local", "levers: []\n")]
)
def test_a_scenario_without_name_or_title_is_refused(kent, name, text):
    with pytest.raises(InputError, match=r"no short name|no title"):
        scenarios.save_scenario(kent, name, text, based_on="", by="Test", now=NOW)


def test_a_new_scenario_does_not_take_the_place_of_another(kent, in_this_process):
    scenarios.save_scenario(kent, "local", TEXT, based_on="", by="Test", now=NOW)
    with pytest.raises(ChangedMeanwhile):
        scenarios.save_scenario(kent, "local", TEXT + "\n", based_on="", by="Test", now=NOW)


# Ledger and commitments


def upload(browser, kind: str, name: str, data=b"a,b\n1,2\n") -> str:
    browser.post(reverse("upload", args=["886"]), {"kind": kind, "file": SimpleUploadedFile(name, data)})
    return reverse("ask", args=["886", Upload.objects.order_by("-pk").first().pk])


def test_a_ledger_is_read_by_the_mapping_that_was_kept_first(browser, kent, asked):
    browser.post(upload(browser, "ledger", "p10.csv"), {"kind": "accept-ledger"})
    refused = do_it()
    assert refused.state == JobState.REFUSED and "Upload its mapping first" in refused.says
    browser.post(upload(browser, "ledger-mapping", "m.yaml", b"year: 2024-25\n"), {"kind": "keep-ledger-mapping"})
    assert do_it().says == f"It is kept as {LEDGER_MAPPING}." and asked.words == []
    assert DatabaseStore(kent).read(LEDGER_MAPPING) == b"year: 2024-25\n"
    browser.post(upload(browser, "ledger", "p10.csv"), {"kind": "accept-ledger", "rows": "", "total": "1,000.50"})
    assert do_it().state == JobState.DONE
    words = asked.words[0]
    assert words[:2] == ["ledger", "accept"] and words[words.index("--mapping") + 1].endswith(LEDGER_MAPPING)
    assert "--control-rows" not in words and words[-2:] == ["--control-total", "1,000.50"]


@pytest.mark.parametrize(("year", "taken"), [("2025-26", True), ("2025", False), ("", False)])
def test_a_commitment_book_is_accepted_once_the_engine_has_read_it(browser, kent, asked, year, taken):
    url = upload(browser, "commitments", "book.csv")
    page = browser.post(url, {"kind": "accept-commitments", "year": year})
    assert page.status_code == (302 if taken else 422)
    if not taken:
        assert "Financial year" in page.content.decode()
        return
    job = do_it()
    assert job.state == JobState.DONE and "20634" in job.listing
    assert DatabaseStore(kent).read("finance/commitments.csv") == b"a,b\n1,2\n"
    assert Upload.objects.get().gone_at is not None


def test_findings_are_worked_by_the_team_that_puts_them_right(browser, kent):
    listing = (
        "rule,severity,file,line,record,field,message,fix\n"
        "PLN-03,must_fix,plans.csv,2,1,ceased,Plan ends early,Correct it\n"
        "XYZ-01,query,plans.csv,3,2,need,No need,Enter one\n"
    )
    job = actions.ask_for("check-return", kent, by=person("analyst", kent), now=NOW)
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, finished_at=timezone.now(), listing=listing)
    url = reverse("job", args=["886", job.pk])
    page = browser.get(url).content.decode()
    assert "Plan casework (1)" in page and "Data team (1)" in page
    narrowed = browser.get(url, {"owner": "Plan casework"}).content.decode()
    assert "Plan ends early" in narrowed and "No need" not in narrowed
