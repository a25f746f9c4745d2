"""`highneeds new` for any council of the statistics, and `run` at once: a sample of the unusual ones.

All councils are run by `benchmarks/every_council.py`.
"""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from cli_runner import run as cli
from highneeds.actions.new_workspace import new_workspace, term_of
from highneeds.benchmarks.mechanism.comparison import NOT_PER_SUPPORTED
from highneeds.evidence import Evidence
from highneeds.intake.published import open_pack
from highneeds.intake.published.of_council import council, councils, figures_of, not_published
from highneeds.intake.workspace import read_workspace
from highneeds.report.sections.neighbours import standings_of, table
from highneeds.report.sections.notes_on_data import breaks
from highneeds.report.sections.public import families
from highneeds.run import run
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.programme import Programme

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def published():
    return open_pack()


def smallest(published):
    totals = published.table("ehcp_caseload_total").filter(pl.col("geo_level") == "LA")
    newest = totals.filter((pl.col("year") == totals["year"].max()) & (pl.col("plans") > 0))
    return newest.sort("plans")["la_number"][0]


def in_surplus(published):
    balance = published.table("dsg_balance_pct").filter(pl.col("geo_level") == "LA")
    newest = balance.filter(pl.col("fin_year") == balance["fin_year"].max())
    there = newest.filter(pl.col("la_number").is_in([one.la_number for one in councils(published)]))
    return there.sort("dsg_cumulative_balance_pct_of_income", descending=True)["la_number"][0]


def youngest(published):
    return max(councils(published), key=lambda one: (one.first_year, one.la_number)).la_number


def reopened(published):
    """A council of which a January within its years holds no placements."""
    table = published.table("ehcp_caseload_by_setting").filter((pl.col("geo_level") == "LA") & (pl.col("plans") > 0))
    for one in councils(published):
        years = sorted(set(table.filter(pl.col("la_number") == one.la_number)["year"]))
        if years and len(years) < years[-1] - years[0] + 1:
            return one.la_number
    raise AssertionError("every series is whole")


def begin(folder, published, la_number, programme=Programme.NONE):
    folder.mkdir()
    return new_workspace(FolderStore(folder), published, la_number, programme, by="test", now=NOW)


@pytest.mark.parametrize("chosen", [smallest, in_surplus, youngest, reopened], ids=lambda one: one.__name__)
def test_a_new_workspace_runs_at_once(tmp_path, published, chosen, monkeypatch):
    monkeypatch.setattr("highneeds.run.DRAWS", 20)
    begun = begin(tmp_path / "w", published, chosen(published))
    assert run(tmp_path / "w").files
    assert begun.figures == len(list(figures_of(published, begun.council.la_number)))


@pytest.mark.parametrize("programme", list(Programme))
def test_every_council_begins_without_a_word_of_another(tmp_path, published, programme):
    """Of each council whose name is not its own: what is written names it and nobody else's number but neighbours'."""
    for place, one in enumerate(councils(published)[:: 20 if programme is Programme.NONE else 60]):
        folder = tmp_path / str(place)
        begin(folder, published, one.la_number, programme)
        text = "".join(path.read_text("utf-8") for path in folder.rglob("*") if path.is_file())
        assert one.name in text and ("Kent" in text) == (one.name == "Kent")
        found = read_workspace(folder)
        assert (found.council.name, found.council.region) == (one.name, one.region)
        assert found.council.neighbours == tuple(number for number, _ in one.neighbours)
        assert found.agreement.programme is programme and not found.agreement.conditions


def test_what_is_published_stands_in_it(tmp_path, published):
    begin(tmp_path / "w", published, "887")
    found = read_workspace(tmp_path / "w")
    plans = {str(one.period): one.value for one in found.series("all_plans")}
    rows = published.table("ehcp_caseload_total").filter(pl.col("la_number") == "887")
    expected = {f"{year}-01": Decimal(plans) for year, plans in rows.select("year", "plans").iter_rows()}
    assert plans.items() <= expected.items() and len(plans) == 6
    assert found.fact("high_needs_after_2023_24").value == Decimal("43034923")
    assert found.fact("plans_issued_2024").source.document == "DfE, Education, health and care plans"


def test_every_file_of_rows_has_an_example_behind_a_hash(tmp_path, published):
    begin(tmp_path / "w", published, "887", Programme.SAFETY_VALVE)
    for path in (tmp_path / "w").rglob("*.csv"):
        header, *rows = path.read_text("utf-8").splitlines()
        examples = [row.removeprefix("# ") for row in rows if row.startswith("# ")]
        assert examples or path.name == "level_definitions.csv", path.name
        for cells in csv.reader(io.StringIO("\n".join(examples))):
            assert len(cells) == len(header.split(",")), path.name


def test_what_is_not_published_is_said_with_the_reason(tmp_path, published):
    young = youngest(published)
    lines = list(not_published(published, young))
    name, first = council(published, young).name, council(published, young).first_year
    why = f"nothing is published of {name}, which has been counted on its own since January {first}"
    assert f"Net outturn of section 251 lines 1.2: {why}" in lines
    begin(tmp_path / "w", published, young)
    evidence = Evidence(FolderStore(tmp_path / "w"))
    assert list(breaks(evidence)) == [f"{line}." for line in lines], "the report says it as the answer to `new` does"
    per_pupil = table(standings_of(evidence)).notes
    assert per_pupil == (f"{NOT_PER_SUPPORTED}. That is so of requests for assessment.",)
    told = families(evidence).blocks[-1].items[0]
    assert told.count("we did so for") == 1 and "In England it was" in told, "one published figure is said once"


def test_a_council_that_is_no_more_names_its_heirs(tmp_path, published):
    abolished = published.table("la_lookup").filter(pl.col("successor_la_number").is_not_null())["la_number"][0]
    with pytest.raises(InputError, match="had its last January") as refused:
        begin(tmp_path / "w", published, abolished)
    assert all(number in refused.value.remedy for number in council(published, abolished).successors)


def test_a_refused_workspace_leaves_nothing(tmp_path):
    done = cli("new", tmp_path / "a" / "b", "--council", "000")
    assert (done.code, done.out) == (2, "") and not (tmp_path / "a").exists()
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "notes.txt").write_text("mine")
    assert cli("new", tmp_path / "c", "--council", "887").code == 2
    assert [path.name for path in (tmp_path / "c").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("today", "slot", "report", "year"),
    [
        (date(2025, 4, 2), "April", "2025-04", "2024-25"),
        (date(2025, 5, 31), "July", "2025-07", "2024-25"),
        (date(2025, 6, 1), "July", "2025-07", "2025-26"),
        (date(2025, 12, 31), "December", "2025-12", "2025-26"),
        (date(2026, 1, 1), "April", "2026-04", "2025-26"),
    ],
)
def test_the_report_is_that_of_the_next_slot(today, slot, report, year):
    term = term_of(Programme.NONE, None, None, today)
    assert (term.slot, term.report_id, str(term.current_year)) == (slot, report, year)


def test_the_years_are_those_asked_for_or_five():
    whole = term_of(Programme.NONE, FinancialYear(2026), FinancialYear(2030), NOW.date())
    assert (str(whole.first_year), str(whole.last_year)) == ("2026-27", "2030-31")
    assert term_of(Programme.NONE, FinancialYear(2026), None, NOW.date()).last_year == FinancialYear(2030)
    assert term_of(Programme.NONE, None, FinancialYear(2030), NOW.date()).first_year == FinancialYear(2026)
    with pytest.raises(InputError, match="before the first"):
        term_of(Programme.NONE, FinancialYear(2030), FinancialYear(2026), NOW.date())
