"""What every document says, word for word, and what none of them may say. Write the texts: scripts/write_texts.py"""

import importlib.util
import re
from pathlib import Path

import pytest

from highneeds.run import gather

REPOSITORY = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).parent / "texts"
ON_FILE = sorted(path.name for path in TEXTS.glob("*.txt"))

NO_OFFICER_WOULD = (
    "on track on none",
    "or £20m to £30m is expected",
    "neither good nor bad",
    "is confident",
    "in no known instalment",
    "stood on the other side",
    "same dice",
    "direction of good",
    "3 of 3 projects",
    "foretold",
    "suggested",
)
"""Words of an earlier report that its readers stumbled over."""
DERIVED_FROM_ROUGH = ("£23.1m", "77%", "£19.4m", "£4m short")
"""Sums that were worked out from 'around £53m' as if it were exact, and of two different years."""
NOT_SENT = (
    "£97.5m",
    "£136m",
    "£278.8m",
    "of outcomes",
    "about 1 in ",
    "line 11",
    "REPORT",
    "PAGE line",
    "synthetic caseload",
)
"""Learnt later, odds that the council did not adopt, line numbers of text extracts, invented data."""
SENT = ("submission", "board", "cabinet", "forum", "public", "public-easy-read")
MOST_NOT_PUBLISHED = 3


@pytest.fixture(scope="module")
def write_texts():
    spec = importlib.util.spec_from_file_location("write_texts", REPOSITORY / "scripts" / "write_texts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("example", ["kent", "harrowdale"])
def test_every_document_says_what_is_on_file(write_texts, example, kept):
    """A sentence that was meant to change: python scripts/write_texts.py, and read the difference."""
    found = dict(write_texts.texts_of(gather(REPOSITORY / "examples" / example, kept=kept)))
    assert {f"{example}-{name}.txt" for name in found} == {name for name in ON_FILE if name.startswith(example)}
    for name, text in found.items():
        assert text == (TEXTS / f"{example}-{name}.txt").read_text(encoding="utf-8"), name


def test_the_words_that_documents_are_made_of_are_on_file(write_texts):
    """Also those that neither example comes to, so that a changed wording always shows as a changed line."""
    assert write_texts.words_of_documents() == write_texts.WORDS_FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ON_FILE)
def test_no_document_says_what_no_officer_would(name):
    text = (TEXTS / name).read_text(encoding="utf-8")
    assert [words for words in (*NO_OFFICER_WOULD, *DERIVED_FROM_ROUGH) if words in text] == []


@pytest.mark.parametrize("name", [name for name in ON_FILE if name.removesuffix(".txt").split("-", 1)[1] in SENT])
def test_nothing_leaves_the_council_that_it_did_not_say_or_know(name):
    text = (TEXTS / name).read_text(encoding="utf-8")
    assert [words for words in NOT_SENT if words in text] == []
    assert text.count("n.p.") <= MOST_NOT_PUBLISHED, "years and rows without a figure are left out"


def test_the_months_of_the_dashboard_stand_once():
    """The same thirteen months were printed four times; beside the table only one measure a condition is drawn."""
    text = (TEXTS / "kent-submission.txt").read_text(encoding="utf-8")
    assert len(re.findall(r"^Measure \| Jan 24 \|", text, re.MULTILINE)) == 1
