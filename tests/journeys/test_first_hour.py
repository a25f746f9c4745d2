"""The tutorial to the letter: an invented council without an agreement, from its spreadsheets to a draft report."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from cli_runner import run as cli

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorial" / "first-hour.md"
EXAMPLE = ROOT / "examples" / "harrowdale"


def commands():
    """Every line of the tutorial's shell blocks, in order."""
    blocks = re.findall(r"```sh\n(.*?)```", TUTORIAL.read_text("utf-8"), re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def hour(tmp_path_factory):
    """Each command as it is typed, in a folder that holds nothing but the examples; what each gave."""
    here = tmp_path_factory.mktemp("hour")
    shutil.copytree(EXAMPLE, here / "examples" / "harrowdale")
    before = Path.cwd()
    given = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        patch.setattr("highneeds.run.DRAWS", 20)
        for words in commands():
            given.append((words, _done(words)))
    assert Path.cwd() == before
    return here, given


def _done(words):
    if words[0] == "mkdir":
        return Path(words[1]).mkdir()
    if words[0] == "cp":
        return shutil.copy(words[1], words[2])
    assert words[0] == "highneeds", words
    return cli(*words[1:])


def test_every_command_ends_well(hour):
    _, given = hour
    for words, done in given:
        assert not hasattr(done, "code") or done.code == 0, (words, done.err)
    assert [words[1] for words, _ in given if words[0] == "highneeds"] == [
        "dashboard", "finance", "account", "check", "run", "next-report",
    ]  # fmt: skip


def test_the_example_is_what_the_tutorial_makes(hour):
    here, _ = hour
    made = here / "harrowdale"
    for path in sorted(EXAMPLE.rglob("*.csv")):
        name = path.relative_to(EXAMPLE)
        if name.parts[0] not in ("sources", "forecasts"):
            assert (made / name).read_bytes() == path.read_bytes(), name


def test_what_the_tutorial_says_is_so(hour):
    here, given = hour
    said = {" ".join(words[1:3]): done.out for words, done in given if words[0] == "highneeds"}
    assert "Requests for an assessment received -> requests_received, count" in said["dashboard import"]
    assert "every sum is times 1,000" in said["finance import"]
    assert "Nothing is wrong." in said["check harrowdale"]
    account = said["account harrowdale"]
    assert "£1,190,000 surplus" in account and "£855,000 surplus" in account
    assert "Report 2, December (2025-12)" in said["next-report harrowdale"]
    assert any((here / "harrowdale-report").rglob("*.pdf"))
    names = [path.name for path in (here / "harrowdale-report").rglob("*") if path.is_file()]
    assert not [name for name in names if "safety-valve" in name.lower()]


def test_a_report_without_an_agreement_promises_none(hour):
    here, _ = hour
    pages = [path.read_text("utf-8") for path in (here / "harrowdale-report").rglob("*.html")]
    assert pages and not [page for page in pages if "Kent" in page]
