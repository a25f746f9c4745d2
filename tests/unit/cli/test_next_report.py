"""`highneeds next-report`: the next slot opens with what is known, the old report stays, and changes are named."""

import csv
import shutil
from datetime import UTC, date, datetime

import pytest

from cli_runner import run as cli
from highneeds.actions.open_next_report import open_next_report
from highneeds.intake.workspace import read_workspace
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError

NOW = datetime(2025, 8, 1, tzinfo=UTC)
COUNCIL = """name = "Eastmoor"
la_number = "999"
programme = "none"
first_year = "2024-25"
last_year = "2026-27"
slots = ["April", "July", "December"]
synthetic = true
[report]
number = 1
id = "2025-04"
submitted = "2025-04-02"
slot = "April"
current_year = "2024-25"
"""


@pytest.fixture
def kent(tmp_path):
    return shutil.copytree("examples/kent", tmp_path / "kent", ignore=shutil.ignore_patterns("caseload"))


def opened(kent, slot="July", day=date(2025, 7, 31)):
    return open_next_report(FolderStore(kent), slot, day, by="test", now=NOW)


def levels(kent, report):
    rows = csv.DictReader((kent / "programme" / report / "levels.csv").read_text("utf-8").splitlines())
    return {(row["condition"], row["update"]): (row["level"], row["note"]) for row in rows}


def test_the_next_slot_begins_with_levels_and_narrative_and_the_old_stays(kent):
    before = {path.name: path.read_bytes() for path in (kent / "programme" / "2025-04").iterdir()}
    done = opened(kent)
    assert (done.new.number, done.new.id, done.new.slot, str(done.new.current_year)) == (
        8,
        "2025-07",
        "July",
        "2025-26",
    )
    assert (kent / "programme" / "2025-07" / "narrative.md").read_bytes() == before["narrative.md"]
    assert {path.name: path.read_bytes() for path in (kent / "programme" / "2025-04").iterdir()} == before
    found = levels(kent, "2025-07")
    assert found["1", "April"][0] == found["1", "July"][0] and found["1", "December"][0] == "not_yet"
    assert found["1", "July"][1] == "carried forward from April"
    assert read_workspace(kent).council.report == done.new


def test_a_new_year_begins_with_the_last_level_alone(kent):
    opened(kent)
    opened(kent, "December", date(2025, 12, 10))
    opened(kent, "April", date(2026, 4, 2))
    found = levels(kent, "2026-04")
    assert found["1", "April"][0] == "G" and {found["1", slot][0] for slot in ("July", "December")} == {"not_yet"}


def test_remarks_of_council_toml_stay(kent):
    text = (kent / "council.toml").read_text("utf-8").replace('slot = "April"', 'slot = "April"  # the last one')
    (kent / "council.toml").write_text(text, "utf-8")
    opened(kent)
    now = (kent / "council.toml").read_text("utf-8")
    assert 'slot = "July"  # the last one' in now and now.splitlines()[0] == text.splitlines()[0]
    assert "current_year" in now and len(now.splitlines()) == len(text.splitlines())


def test_what_moved_was_restated_and_was_reworded_is_named(kent):
    opened(kent)
    path = kent / "observations.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    more = [
        "no_place_count,2025-02,,,790,count,reported,,790,MI,,,",
        "no_place_count,2025-01,,,801,count,restated,late entries,801,MI,,,2025-09-01",
    ]
    path.write_text("\n".join([f"{header},known_on", *(f"{row}," for row in rows), *more]) + "\n", "utf-8")
    names = kent / "indicators.csv"
    names.write_text(names.read_text("utf-8").replace("currently underway", "under way"), "utf-8")
    done = opened(kent, "December", date(2025, 12, 10))
    assert [(one.before.value, one.now.value) for one in done.restated] == [(803, 801)]
    assert [one[0] for one in done.reworded] == ["assessments_underway"]
    assert "deficit_outturn_2025_03" not in done.facts


def test_figures_that_became_known_since_are_named(kent):
    assert "deficit_outturn_2025_03" in {one.id for one in opened(kent).facts}


@pytest.mark.parametrize(
    ("slot", "day", "said"),
    [("May", date(2025, 7, 31), "no slot"), ("July", date(2025, 4, 1), "The last report went on 2025-04-02")],
)
def test_what_cannot_be_opened_is_refused_and_nothing_is_written(kent, slot, day, said):
    before = FolderStore(kent).fingerprint()
    with pytest.raises(InputError, match=said):
        opened(kent, slot, day)
    assert FolderStore(kent).fingerprint() == before


def test_a_report_that_is_there_is_not_opened_again(kent):
    (kent / "programme" / "2025-07").mkdir()
    (kent / "programme" / "2025-07" / "narrative.md").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        opened(kent)


def test_the_command_says_it(kent):
    done = cli("next-report", kent, "--slot", "July", "--submitted", "2025-07-31")
    assert done.code == 0 and "Report 8, July (2025-07), follows report 7 of 2025-04-02." in done.out
    assert "Published since\n  Accumulated DSG deficit at outturn: £97.5m (deficit_outturn_2025_03)\n" in done.out


def test_a_restated_sum_of_the_account_is_named_and_the_title_is_of_the_new_slot(tmp_path):
    """The outturn of 2024-25 that the April report had is another from 1 June on; the narrative is of July."""
    (tmp_path / "finance").mkdir()
    (tmp_path / "programme" / "2025-04").mkdir(parents=True)
    (tmp_path / "council.toml").write_text(COUNCIL)
    (tmp_path / "programme" / "2025-04" / "narrative.md").write_text(
        "# Eastmoor, April report\n\n## Further text\n\nWords.\n"
    )
    (tmp_path / "finance" / "spend.csv").write_text(
        "year,line,month,amount_gbp,known_on\n2024-25,1.2.1,,100,\n2024-25,1.2.1,,120.5,2025-06-01\n2024-25,1.2.2,,5,\n"
    )
    done = opened(tmp_path)
    assert [(one.about, str(one.year), one.before, one.now) for one in done.sums] == [
        ("spend on 1.2.1", "2024-25", 10_000, 12_050)
    ]
    assert (tmp_path / "programme" / "2025-07" / "narrative.md").read_text().startswith("# Eastmoor, July report")
