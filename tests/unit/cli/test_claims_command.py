"""highneeds claims, as a person types it."""

import csv
import io

from cli_runner import run

COLUMNS = ["claim", "where", "series", "stated", "computed", "verdict", "why"]


def rows(*words) -> list[dict[str, str]]:
    done = run("claims", *words, "--format", "csv")
    assert done.code == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


def test_a_text_is_held_against_the_workspace(kent, tmp_path):
    text = tmp_path / "update.txt"
    text.write_text("Progress.\n\nIn January 2025, 7,765 annual reviews were overdue.\nIn May 2024 it was 7,765.\n")
    found = rows(kent, "--text", text)
    assert list(found[0]) == COLUMNS
    assert (found[0]["where"], found[0]["stated"], found[0]["verdict"]) == ("update.txt:3", "7,765", "holds")


def test_windows_and_utf_16_texts_are_read(kent, tmp_path):
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        text = tmp_path / f"{encoding}.txt"
        text.write_text("The in-year overspend is forecast at around £53m – as before.", encoding=encoding)
        assert [one["verdict"] for one in rows(kent, "--text", text)] == ["holds"]


def test_what_is_no_text_is_refused_plainly(kent, tmp_path):
    binary, large = tmp_path / "report.pdf", tmp_path / "large.txt"
    binary.write_bytes(bytes(range(256)) * 40)
    large.write_text("In January 2025, 7,765 annual reviews were overdue.\n" * 200_000)
    for path in (binary, large, tmp_path / "absent.txt"):
        done = run("claims", kent, "--text", path)
        assert done.code == 2 and path.name in done.err and len(done.err.splitlines()) == 1


def test_the_narrative_of_the_workspace_and_its_contradictions(kent):
    found = rows(kent)
    assert any(one["where"].startswith("programme/") for one in found)
    assert any(one["claim"].startswith("contradiction") and one["verdict"] == "fails" for one in found)


def test_a_person_gets_a_table_that_fits(kent, tmp_path):
    text = tmp_path / "update.txt"
    text.write_text("In January 2025, 7,765 annual reviews were overdue, " + "as the board was told " * 20 + "in full.")
    assert max(len(line) for line in run("claims", kent, "--text", text).out.splitlines()) < 300


def test_several_texts_follow_one_option(kent, tmp_path):
    for name, month in (("one.txt", "January 2025"), ("two.txt", "May 2024")):
        (tmp_path / name).write_text(f"In {month}, 7,765 annual reviews were overdue.\n")
    found = rows(kent, "--text", tmp_path / "one.txt", tmp_path / "two.txt")
    assert {(one["where"], one["verdict"]) for one in found} >= {("one.txt:1", "holds"), ("two.txt:1", "fails")}


def test_a_text_without_the_option_is_refused(kent, tmp_path):
    done = run("claims", kent, tmp_path / "one.txt")
    assert done.code == 2 and "--text" in done.err
