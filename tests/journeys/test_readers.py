"""The questions that readers ask, as the manual lists them: each answered within two clicks and on one screen."""

from itertools import dropwhile, takewhile
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
HIGH = 900  # pixels of the screen of a desk
MOST_CLICKS = 2
pytestmark = pytest.mark.browser


class ReadersQuestion(NamedTuple):
    """One row of the table in the manual."""

    words: str
    start: str
    clicks: tuple[str, ...]
    answer: str


def questions() -> list[ReadersQuestion]:
    """The rows of the page's first table."""
    lines = iter((ROOT / "docs/explanation/readers.md").read_text("utf-8").splitlines())
    table = list(takewhile(lambda line: line.startswith("|"), dropwhile(lambda line: not line.startswith("|"), lines)))
    rows = [line.strip("| ").split(" | ") for line in table[2:]]
    found = []
    for words, start, clicks, answer in rows:
        steps = (clicks,) if clicks.startswith("search: ") else tuple(clicks.split("; "))
        found.append(ReadersQuestion(words, start.strip("`"), () if clicks == "none" else steps, answer))
    return found


@pytest.fixture(scope="module")
def reader(chromium, kent_office):
    context = chromium.new_context(
        viewport={"width": 1280, "height": HIGH}, base_url=kent_office, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_there_are_twelve():
    assert len(questions()) == 12


@pytest.mark.parametrize("asked", questions(), ids=lambda one: one.words)
def test_a_reader_finds_the_answer_within_two_clicks_and_one_screen(reader, asked):
    assert len(asked.clicks) <= MOST_CLICKS
    reader.goto(asked.start)
    for step in asked.clicks:
        if step.startswith("search: "):
            reader.get_by_role("searchbox").fill(step.removeprefix("search: "))
            reader.get_by_role("button", name="Search").click()
        else:
            reader.get_by_role("link", name=step, exact=True).first.click()
    expect(reader.get_by_text(asked.answer).first).to_be_in_viewport()
