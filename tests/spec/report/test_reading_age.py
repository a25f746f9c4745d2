"""How old a reader must be for what the product prints: 14, and 12 for the public page.

The grade is that of Flesch and Kincaid (US Navy, 1975): 0.39 words to a sentence + 11.8 syllables to a word - 15.59.
The reading age is five years more. It is rough for one short line, so a file of words is measured as a whole, and no
sentence is longer than 25 words, as GOV.UK asks.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import highneeds.report.words
from highneeds.checks.sen2.check import rules as sen2_rules
from highneeds.registers.registry import registers

WORDS = sorted(Path(highneeds.report.words.__file__).parent.glob("*.py"))
FIRST_GRADE_AT = 5
AGE, PUBLIC_AGE = 14, 12
MOST_WORDS = 25
SENTENCE = 7
"""Words from which a line is a sentence; less is a heading, a label or the head of a column."""


def syllables(word: str) -> int:
    """Groups of vowels; an e at the end that is not heard is none, and every word has one.

    >>> [syllables(one) for one in ("plan", "place", "council", "education", "table")]
    [1, 1, 2, 4, 2]
    """
    heard = re.sub(r"(?<=[^laeiouy])e(?:s)?$|(?<=[^td])ed$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", heard)))


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?:;])\s+", text) if len(one.split()) >= SENTENCE]


def age(lines: Sequence[str]) -> float:
    words = [re.findall(r"[A-Za-z][A-Za-z'’-]*|\d[\d,.]*", line) for line in lines]
    count = sum(map(len, words))
    spoken = sum(syllables(word) for line in words for word in line)
    return 0.39 * count / len(lines) + 11.8 * spoken / count - 15.59 + FIRST_GRADE_AT


def said_in(file: Path) -> Iterator[str]:
    """Every string that a file of words can print, with a figure in each of its places; docstrings are not printed."""
    tree = ast.parse(file.read_text("utf-8"))
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "5" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts | notes:
            yield re.sub(r"\{[^}]*\}", "5", node.value)


def test_the_measure_is_the_known_one():
    assert age(["The cat sat on the mat by the door."]) < 6
    hard = "Notwithstanding considerable administrative difficulties, responsible organisations cooperated."
    assert age([hard]) > 20


@pytest.mark.parametrize("file", WORDS, ids=lambda one: one.stem)
def test_a_reader_of_fourteen_understands_and_of_the_public_page_one_of_twelve(file):
    lines = [sentence for text in said_in(file) for sentence in sentences(text)]
    assert not lines or age(lines) <= (PUBLIC_AGE if file.stem == "public" else AGE)


@pytest.mark.parametrize("file", WORDS, ids=lambda one: one.stem)
def test_no_sentence_is_longer_than_a_reader_can_hold(file):
    assert not [one for text in said_in(file) for one in sentences(text) if len(one.split()) > MOST_WORDS]


def test_what_rules_say_can_be_read_too():
    told = [line for register in registers().values() for rule in register.rules for line in (rule.title, rule.fix)]
    told += [line for rule in sen2_rules() for line in (rule.title, rule.fix)]
    lines = [sentence for text in told for sentence in sentences(text)]
    assert len(lines) > 50 and age(lines) <= AGE
