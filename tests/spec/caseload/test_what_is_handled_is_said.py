"""Each oddity of real files that is put right on the way: `caseload check` says which, and how often."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from cli_runner import run
from highneeds.invented.caseload.forms import write_blade, write_template, write_workbook, write_xml
from sen2_tables import tables

PEOPLE = 40


@pytest.fixture(scope="module")
def council():
    return tables(PEOPLE)


def in_other_words(words: dict[str, str]):
    """The XML return with tags written as other systems write them."""

    def write(council, folder: Path) -> None:
        write_xml(council, 2026, folder / "return.xml")
        text = (folder / "return.xml").read_text("utf-8")
        for usual, other in words.items():
            text = text.replace(f"<{usual}>", f"<{other}>").replace(f"</{usual}>", f"</{other}>")
        (folder / "return.xml").write_text(text, "utf-8")

    return write


def with_a_further_column(council, folder: Path) -> None:
    write_blade(council, 2025, folder, date(2025, 2, 1))
    path = next(folder.glob("*requests.csv"))
    head, *rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([f"{head},teamnote", *(f"{row},x" for row in rows)]) + "\n", "utf-8")


HANDLED = {
    "WPB": (in_other_words({"WBP": "WPB"}), "wpb is read as wbp"),
    "PlanWPB": (in_other_words({"PlanWBP": "PlanWPB"}), "planwpb is read as planwbp"),
    "SENSetting": (in_other_words({"SENsetting": "SENSetting"}), "SENSetting is read as sensetting"),
    "rquestsource": (
        lambda council, folder: write_workbook(council, 2025, folder / "w.xlsx"),
        "rquestsource is read as requestsource",
    ),
    "swapped review dates": (
        lambda council, folder: write_template(council, 2025, folder / "t.xlsx", swapped=True),
        "Meeting and decision dates of reviews stand under each other's title and were exchanged",
    ),
    "a column that is not known": (with_a_further_column, "The column teamnote is not known and not read"),
}


def expected(council, oddity: str) -> int:
    """How often it stands in the file, counted from the tables that the file was written from."""
    filled = {
        "WPB": council["placements"]["wbp"].drop_nulls().len(),
        "PlanWPB": council["named_plans"]["planwbp"].drop_nulls().len(),
        "SENSetting": sum(council[name]["sensetting"].drop_nulls().len() for name in ("placements", "plan_details")),
        "rquestsource": PEOPLE,
        "swapped review dates": council["active_plans"].height,
    }
    return filled.get(oddity, 1)


@pytest.mark.parametrize("oddity", HANDLED)
def test_what_was_handled_is_said_and_counted(council, tmp_path, oddity):
    write, said = HANDLED[oddity]
    write(council, tmp_path)
    shown = run("caseload", "check", tmp_path).out
    told = [line.strip() for line in shown.splitlines() if line.startswith("  ") and said in line]
    counts = [line.removesuffix(".").removesuffix(" times").rpartition(": ")[2] for line in told]
    assert sum(1 if count == "once" else int(count.replace(",", "")) for count in counts) == expected(council, oddity)
    rows = csv.DictReader(io.StringIO(run("caseload", "check", tmp_path, "--format", "csv").out))
    assert [row["severity"] for row in rows if said in row["message"]] == ["note"] * len(told)


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda council, folder: write_blade(council, 2023, folder, date(2025, 2, 1)), "Blade CSV files, layout 2023"),
        (lambda council, folder: write_xml(council, 2026, folder / "r.xml"), "an XML return, layout 2025"),
        (lambda council, folder: write_template(council, 2025, folder / "t.xlsx"), "the data entry template"),
        (lambda council, folder: write_workbook(council, 2025, folder / "w.xlsx"), "a pre-submission workbook"),
    ],
)
def test_the_form_and_layout_are_said(council, tmp_path, write, words):
    write(council, tmp_path)
    shown = run("caseload", "check", tmp_path).out
    assert f"Read as {words}" in shown and "as at 2025-01-16" in shown


def test_on_the_screen_what_must_be_fixed_stands_first(council, tmp_path):
    write_blade(council, 2025, tmp_path, date(2025, 2, 1))
    lines = [line.split() for line in run("caseload", "check", tmp_path).out.splitlines()[2:]]
    severities = [words[1] for words in lines if len(words) > 1 and words[1] in ("must_fix", "query", "note")]
    assert set(severities) == {"must_fix", "query", "note"} or len(severities) == 200
    order = ["must_fix", "query", "note"]
    assert severities == sorted(severities, key=order.index)
