"""The annex and page of computed figures: accepted returns first, small counts hidden on the way out, kept figures."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from cli_runner import run
from highneeds.checks.finding import Outcome
from highneeds.indicators.mechanism.beside import Standing, all_months, side_by_side
from highneeds.indicators.mechanism.disclosure import THRESHOLD
from highneeds.indicators.mechanism.of_workspace import computed_of
from highneeds.intake.workspace import read_workspace
from highneeds.invented.caseload.forms import pack, write_blade
from highneeds.report.document import DataTable, Paragraph, plain
from highneeds.report.pages.caseload import caseload_files, caseload_result
from highneeds.report.sections import caseload
from highneeds.report.words import caseload as words
from highneeds.store.cache import NO_CACHE, FolderCache
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from sen2_tables import tables, write_establishments

PEOPLE = 60
EARLIER, LATER = date(2025, 1, 2), date(2025, 1, 16)
JANUARY = Month.parse("2025-01")


def write_return(workspace: Path, day: date = LATER, people: int = PEOPLE, council: str = "886") -> None:
    """A return that no `highneeds synthesise` wrote."""
    found = dict(tables(people, year=day.year))
    said = {"softwarecode": "CASESYSTEM", "lea": council, "referencedate": day}
    header = found["header"].with_columns(pl.lit(value).alias(name) for name, value in said.items())
    folder = workspace / "caseload" / f"sen2-{day}"
    folder.mkdir(parents=True)
    write_blade({**found, "header": header}, day.year, folder, date(day.year, 2, 1))


@pytest.fixture
def workspace(kent, tmp_path) -> Path:
    return with_small_caseload(kent, tmp_path / "kent")


def with_small_caseload(kent: Path, made: Path) -> Path:
    """Kent's workspace with a small caseload of the council's own system, none of it accepted."""
    shutil.copytree(kent, made, ignore=shutil.ignore_patterns("caseload", "establishments.csv"))
    write_establishments(made / "establishments.csv", PEOPLE)
    write_return(made)
    return made


@pytest.fixture(scope="module")
def evidence(kent, tmp_path_factory) -> SimpleNamespace:
    """Of that workspace as it is, for tests that only look at it."""
    return evidence_of(with_small_caseload(kent, tmp_path_factory.mktemp("small") / "kent"))


def evidence_of(workspace: Path, kept: Path | None = None):
    known = read_workspace(workspace)
    computed = computed_of(known, {}, FolderCache(kept) if kept else NO_CACHE)
    return SimpleNamespace(reported=known, workspace=known, computed=computed)


def accept(workspace: Path, tmp_path: Path, day: date) -> None:
    folder = workspace / "caseload" / f"sen2-{day}"
    key = tmp_path / "keys" / "linkage.key"
    done = run("caseload", "accept", folder, "--workspace", workspace, "--by", "Head of SEN", "--key", key)
    assert done.code in (0, 1), done.err


def table_of(section, name: str) -> DataTable:
    return next(block for block in section.blocks if isinstance(block, DataTable) and block.id == name)


def test_a_real_return_is_not_called_synthetic_and_says_that_nobody_accepted_it(evidence):
    section = caseload.section(evidence)
    assert not section.synthetic and "Synthetic" not in section.title
    words = " ".join(plain(block.words) for block in section.blocks if isinstance(block, Paragraph))
    assert "not accepted by anybody yet" in words and "As it may go out" in words


@pytest.mark.parametrize("fitted", [True, False])
def test_an_invented_caseload_says_whether_it_was_fitted_to_the_dashboard(evidence, fitted):
    notes = ("The dashboard of another council was looked at.",)
    invented = replace(evidence.computed, synthetic=True, notes=notes, fitted=fitted)
    note = next(caseload.notes(SimpleNamespace(computed=invented), hide=False))
    assert (words.FITTED in plain(note.words)) == fitted


def test_small_counts_are_hidden_on_the_way_out_and_shown_inside(evidence):
    small = {
        one.indicator.id for one in evidence.computed.figures if type(one.value) is int and 0 < one.value < THRESHOLD
    }
    assert small
    section = caseload.section(evidence)
    for name in ("caseload-beside", "caseload-further"):
        cells = [cell for row in table_of(section, name).rows for cell in row.cells]
        counts = [
            cell.value for cell in cells if cell.unit == "count" and cell.state == "computed" and "+" not in cell.text
        ]
        assert not [count for count in counts if isinstance(count, int) and 0 < count < THRESHOLD], name
        assert any(cell.shorthand == "[c]" for cell in cells), name
    assert not [block for block in section.blocks if isinstance(block, DataTable) and "pipeline" in block.id]
    on_the_day = f"{evidence.computed.returns[0].plans} plans in force on that day"
    assert on_the_day not in " ".join(plain(one.words) for one in section.blocks if isinstance(one, Paragraph))
    page = caseload_result(evidence)
    assert on_the_day in " ".join(page.paragraphs)
    assert "For those inside the council alone" in " ".join(page.paragraphs)
    assert "caseload-pipeline" in {table.id for table in page.tables}
    files = caseload_files(evidence)
    assert list(files) == ["internal/caseload/computed.csv", "internal/caseload/differences.csv"]
    assert all(one in files["internal/caseload/computed.csv"].decode() for one in small)
    each_indicator_tells_how_far_its_two_figures_are_apart(evidence)


def each_indicator_tells_how_far_its_two_figures_are_apart(evidence):
    reviewed = caseload.for_review(evidence)
    assert reviewed.id == "reported-and-computed"
    table = reviewed.blocks[-1]
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    both = [one for one in all_months(evidence.reported, evidence.computed) if one.difference is not None]
    assert set(rows) == {one.indicator.short_title for one in both}
    same = sum(one.difference == 0 for one in both)
    assert f", {same:,} of {len(both):,} monthly figures are those of the dashboard" in caseload.finding(evidence)[0]
    for title, (months, same, largest, when, shown) in rows.items():
        mine = [one for one in both if one.indicator.short_title == title]
        assert (int(months), int(same)) == (len(mine), sum(one.difference == 0 for one in mine))
        furthest = max(mine, key=lambda one: abs(one.difference))
        told = furthest.indicator.unit.show_change(furthest.difference, furthest.indicator.decimals)
        assert (largest, when) == ((told, furthest.period.label) if furthest.difference else ("None", ""))
        assert shown == "reported"
    page = {(one.indicator, one.period): one for one in caseload_result(evidence).twice}
    told = [one for one in all_months(evidence.reported, evidence.computed) if one.standing is not Standing.NEITHER]
    assert list(page) == [(one.indicator.id, one.period.label) for one in told]
    for one in told:
        row = page[one.indicator.id, one.period.label]
        assert (row.standing, row.shown, row.why) == (one.standing.value, "reported", one.reason)
        assert (row.difference == "") is (one.difference is None)
    lines = caseload_files(evidence)["internal/caseload/differences.csv"].decode("utf-8-sig").splitlines()
    assert lines[0].startswith("indicator,period,reported,computed,difference")
    assert sum(",differs," in line for line in lines) == sum(one.difference != 0 for one in both)


def test_findings_are_counted_by_rule_with_the_three_outcomes(evidence):
    found = evidence.computed
    assert {one.outcome for one in found.rules} == set(Outcome)
    assert all(one.found for one in found.of_outcome(Outcome.FOUND))
    assert all(one.why for one in found.of_outcome(Outcome.COULD_NOT_CHECK))


def test_accepted_returns_come_first_and_restated_months_are_visible(workspace, tmp_path):
    """Half of the people are gone in the later return, so it tells the months of 2024 otherwise."""
    shutil.rmtree(workspace / "caseload")
    write_return(workspace, EARLIER)
    write_return(workspace, LATER, people=PEOPLE // 2)
    accept(workspace, tmp_path, EARLIER)
    accept(workspace, tmp_path, LATER)
    for folder in (workspace / "caseload").glob("sen2-*"):
        shutil.rmtree(folder)
    evidence = evidence_of(workspace)
    assert [one.accepted_by for one in evidence.computed.returns] == ["Head of SEN"] * 2
    assert {one.outcome for one in evidence.computed.rules} == {Outcome.FOUND}
    page = caseload_result(evidence)
    told = next(table for table in page.tables if table.id == "caseload-restated")
    assert told.table.rows and len(told.table.rows) == len(evidence.computed.restated.rows)
    words = [plain(block.words) for block in caseload.section(evidence).blocks if isinstance(block, Paragraph)]
    assert any(f"gives {counted(len(told.table.rows), 'figure')} other than" in sentence for sentence in words)


def test_reported_and_computed_stand_to_each_other_in_five_ways(evidence):
    beside = {one.indicator.id: one for one in side_by_side(evidence.workspace, evidence.computed, JANUARY)}
    assert beside["assess_agreed_count"].standing is Standing.DIFFERS
    assert beside["assess_agreed_count"].difference == beside["assess_agreed_count"].computed.value - 219
    assert beside["ceased_at_review_16_18_pct"].standing is Standing.ONLY_REPORTED
    assert beside["individual_provision_count"].standing is Standing.NEITHER
    assert "no definition" in beside["individual_provision_count"].reason


def test_without_a_caseload_the_annex_says_so(workspace):
    shutil.rmtree(workspace / "caseload")
    evidence = evidence_of(workspace)
    assert evidence.computed is None
    section = caseload.section(evidence)
    assert [plain(block.words) for block in section.blocks] == [words.NO_CASELOAD]
    assert caseload.for_review(evidence) is None
    assert caseload_result(evidence).tables == () and caseload_files(evidence) == {}


def test_a_return_of_another_council_is_refused(workspace):
    shutil.rmtree(workspace / "caseload")
    write_return(workspace, council="887")
    with pytest.raises(InputError, match="of council 887"):
        evidence_of(workspace)


def test_kept_figures_are_read_back_and_damaged_ones_made_anew(workspace, tmp_path):
    kept = tmp_path / "kept"
    first = evidence_of(workspace, kept).computed
    [path] = kept.iterdir()
    whole, written = path.read_bytes(), path.stat().st_mtime_ns
    assert evidence_of(workspace, kept).computed == first == evidence_of(workspace).computed
    assert path.stat().st_mtime_ns == written
    path.write_bytes(whole[:-9])
    assert evidence_of(workspace, kept).computed == first
    assert path.read_bytes() == whole


@pytest.mark.parametrize("change", ["a file of the caseload", "the establishments", "a definition"])
def test_a_changed_input_is_measured_again(workspace, tmp_path, change):
    kept = tmp_path / "kept"
    evidence_of(workspace, kept)
    if change == "a file of the caseload":
        path = next((workspace / "caseload").rglob("*requests.csv"))
    elif change == "the establishments":
        path = workspace / "establishments.csv"
    else:
        path = workspace / "council.toml"
    text = path.read_text("cp1252")
    changed = text.replace("rollover_month = 8", "rollover_month = 9") if change == "a definition" else text + "\n"
    path.write_text(changed, "cp1252")
    evidence_of(workspace, kept)
    assert len(list(kept.iterdir())) == 2


def test_a_zip_gives_what_its_files_give(workspace, tmp_path):
    loose = evidence_of(workspace).computed
    folder = workspace / "caseload" / f"sen2-{LATER}"
    pack(folder, workspace / "caseload" / "return.zip")
    shutil.rmtree(folder)
    assert evidence_of(workspace).computed == loose
    first = (workspace / "caseload" / "return.zip").read_bytes()
    with_later_files = tmp_path / "later"
    shutil.copytree(kept_files_of(first, tmp_path), with_later_files)
    pack(with_later_files, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == first


def kept_files_of(data: bytes, tmp_path: Path) -> Path:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def test_that_a_return_is_invented_is_said():
    invented = SimpleNamespace(reference_date=date(2024, 1, 18), synthetic=True)
    real = SimpleNamespace(reference_date=date(2025, 1, 16), synthetic=False)
    both, one = (SimpleNamespace(members=members) for members in ([invented, real], [real]))
    assert words.invented_words(both) == "Synthetic: the return of 2024-01-18 is invented.\n"
    assert words.invented_words(one) == words.invented_words(None) == ""
