"""Unchanged registers are not read again; what a register asks of the documents beside it is found there."""

from datetime import date
from pathlib import Path

import pytest

from highneeds.checks.finding import Outcome
from highneeds.registers import kept as kept_registers
from highneeds.registers.mechanism.proof import example_situation
from highneeds.registers.of_workspace import registers_known
from highneeds.registers.registry import read_registers, registers
from highneeds.report.render.tables import as_csv
from highneeds.store.cache import FolderCache
from highneeds.vocabulary.period import Month

ROOT = Path(__file__).resolve().parents[3]
DAY = date(2025, 4, 2)


@pytest.fixture
def folder(tmp_path):
    """A workspace with the worked example of every register."""
    for register in registers().values():
        path = tmp_path / register.place
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_csv(register.template()), encoding="utf-8")
    return tmp_path


def test_a_register_that_did_not_change_is_not_read_again(folder, tmp_path, monkeypatch):
    cache = FolderCache(tmp_path / "kept")
    first = read_registers(folder, cache)
    monkeypatch.setattr(type(registers()["risks"]), "read", None)
    again = read_registers(folder, cache)
    assert {name: entries.rows for name, entries in again.items()} == {
        name: entries.rows for name, entries in first.items()
    }
    assert [entries.findings.results for entries in again.values()] == [
        entries.findings.results for entries in first.values()
    ]


def test_one_changed_word_is_read(folder, tmp_path):
    cache = FolderCache(tmp_path / "kept")
    read_registers(folder, cache)
    path = folder / "registers" / "actions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("A-01", "A-09"), encoding="utf-8")
    assert read_registers(folder, cache)["actions"].rows[0]["action"] == "A-09"


def test_findings_are_kept_with_the_rows(folder, tmp_path):
    path = folder / "registers" / "actions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2025-01-10", "10 January"), encoding="utf-8")
    entries = read_registers(folder, FolderCache(tmp_path / "kept"))["actions"]
    again = kept_registers.entries_of(kept_registers.as_text(entries), entries.register)
    assert again.findings == entries.findings and len(again.findings.all) == 1


def reference(settings=None, council=None, **row):
    """How -REF ends for a meeting."""
    meetings = registers()["meetings"]
    at = meetings.situation(
        meetings.rows_of([meetings.example[0] | row]), DAY, settings=settings or {}, council=council or {}
    )
    from highneeds.registers.mechanism.declared import results_in

    return next(one for one in results_in(meetings, at) if one.rule == "MEETINGS-REF")


def test_a_value_outside_the_councils_own_list_is_found():
    assert reference({"districts": ("North",)}).outcome is Outcome.CLEAR
    assert reference({"districts": ("South",)}).outcome is Outcome.FOUND
    without = reference()
    assert without.outcome is Outcome.COULD_NOT_CHECK and "no list of districts" in without.why


def test_a_condition_is_one_of_the_agreement():
    findings = registers()["inspection_findings"]
    from highneeds.registers.mechanism.declared import results_in

    def outcome(numbers):
        at = findings.situation(
            findings.rows_of(findings.example), DAY, council={"conditions": numbers}, others={"actions": ()}
        )
        return next(one for one in results_in(findings, at) if one.rule.endswith("-REF")).outcome

    assert outcome({3}) is Outcome.CLEAR and outcome({4}) is Outcome.FOUND


def test_an_opening_later_than_its_scenario_is_found(folder):
    (folder / "council.toml").write_bytes((ROOT / "examples/harrowdale/council.toml").read_bytes())
    (folder / "scenarios").mkdir()
    scenario = 'title: A school\nlevers:\n  - lever: school_opening\n    school: Elm School\n    starts: "{}"\n'
    for month, outcome in (("2026-09", Outcome.CLEAR), ("2026-08", Outcome.FOUND)):
        (folder / "scenarios" / "now.yaml").write_text(scenario.format(month), encoding="utf-8")
        known = registers_known(folder, DAY)
        assert known.council["scenario_openings"] == {"elm": Month.parse(month)}
        assert next(one for one in known.results("openings") if one.rule == "OPENINGS-06").outcome is outcome


def test_a_scenario_that_another_delays_is_not_the_present_view(folder):
    (folder / "council.toml").write_bytes((ROOT / "examples/harrowdale/council.toml").read_bytes())
    (folder / "scenarios").mkdir()
    text = '{}levers:\n  - lever: school_opening\n    school: elm\n    starts: "{}"\n'
    (folder / "scenarios" / "planned.yaml").write_text(text.format("", "2027-09"), encoding="utf-8")
    (folder / "scenarios" / "now.yaml").write_text(text.format("delay_of: planned\n", "2026-09"), encoding="utf-8")
    assert registers_known(folder, DAY).council["scenario_openings"] == {"elm": Month(2026, 9)}


def appeals(**published):
    register = registers()["appeals"]
    rows = register.rows_of(register.example)
    at = register.situation(rows, DAY, council={"appealable_decisions": published} if published else {})
    from highneeds.registers.mechanism.measuring import measures_of

    return {one.period: one.shown or str(one.value.reason) for one in measures_of(at, "appeal_rate_pct")}


def test_appeals_of_a_calendar_year_are_held_against_the_published_appealable_decisions():
    assert appeals() == {"": "appealable decisions of the published pack are not given"}
    register = registers()["appeals"]
    at = register.situation(register.rows_of(register.example), DAY, council={"appealable_decisions": {2024: 120}})
    [rate] = registers()["appeals"].measure("appeal_rate_pct").listed(at.rows, at)
    assert rate[2] == "2024" and (rate[3].part, rate[3].whole, rate[3].value) == (3, 120, 2.5)
    assert appeals(nothing=1) == {"2024": "no appealable decisions are published for 2024"}


def places_of_children(cases=None, observed=None):
    register = registers()["children_without_place"]
    at = example_situation(register)
    at = register.situation(at.rows, DAY, others=at.others, cases=cases, observed=observed)
    rule = next(one for one in register.whole_rules if one.code.endswith("-06"))
    return rule.result(at.rows, at, register.key)


def test_children_without_a_place_are_held_against_the_indicator_month_by_month():
    assert places_of_children().outcome is Outcome.COULD_NOT_CHECK
    told = {("no_place_count", "2025-03"): 2, ("no_place_count", "2024-12"): 1, ("no_place_count", "2024-11"): 9}
    assert places_of_children(observed=told).outcome is Outcome.CLEAR
    [found] = places_of_children(observed=told | {("no_place_count", "2025-03"): 3}).findings
    assert "2025-03" in found.message and "2 children" in found.message


def test_a_child_without_a_place_in_the_caseload_has_an_open_episode():
    from highneeds.registers.mechanism.cases import CaseOnDay

    nowhere = CaseOnDay(9, placed=False)
    assert places_of_children(cases={"000901": nowhere, "000902": nowhere}).outcome is Outcome.CLEAR
    [found] = places_of_children(cases={"000901": nowhere, "000999": nowhere}).findings
    assert "1 children without a place in the caseload" in found.message and "000999" not in found.message
