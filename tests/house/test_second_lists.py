"""Nothing is listed twice: whoever needs every member of an enumeration, or the columns of a file, asks for them."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest

import highneeds
from highneeds.account.balance.on_track import OnTrackVerdict
from highneeds.assurance.movement import MovementJudgement
from highneeds.checks.finding import Outcome, Severity
from highneeds.claims.judge.verdict import Verdict
from highneeds.intake.workspace.columns import FILES
from highneeds.report.pages.results.findings import OutcomeCode, SeverityCode
from highneeds.report.pages.results.indicators import DirectionWords
from highneeds.report.pages.results.narrative import VerdictCode
from highneeds.report.pages.results.parts import FigureState, Level
from highneeds.report.pages.results.standing import YesNo
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.state import State
from source_tree import nodes

ROOT = Path(highneeds.__file__).parent
FEWEST = 3
"""Of two words nobody can say whose they are."""
NOT_ITS_OWN = {
    ("registers/definitions/risks.py", "Confidence"),  # low to high of a score; that of a printed cell is another
    ("cli/caseload_check.py", "Form"),  # how a return is read; that is how one is invented
    ("report/words/sen2.py", "Form"),  # the same
}
BY_TEXT = "office"
"""Its modules are read and not imported: Django wants to be set up first."""


def enumerations() -> Iterator[tuple[str, frozenset[str]]]:
    """Each enumeration of the package and its values, where they are words and three or more."""
    for path in sorted((ROOT / BY_TEXT).rglob("*.py")):
        yield from written_out(path.read_text("utf-8"))
    for info in pkgutil.walk_packages(highneeds.__path__, "highneeds."):
        if info.name.split(".")[1] not in (BY_TEXT, "__main__"):
            for value in vars(importlib.import_module(info.name)).values():
                if isinstance(value, type) and issubclass(value, Enum) and value.__module__ == info.name:
                    words = frozenset(one.value for one in value if isinstance(one.value, str))
                    if len(words) == len(value) >= FEWEST:
                        yield value.__name__, words


def written_out(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The same of a source that is read: the first text of each member."""
    for node in nodes(text):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(one).endswith(("Enum", "Choices")) for one in node.bases):
            members = [one.value for one in node.body if isinstance(one, ast.Assign)]
            words = _words([one.elts[0] if isinstance(one, ast.Tuple) else one for one in members])
            if len(words) == len(members) >= FEWEST:
                yield node.name, words


def listed(text: str, *, heads: bool = True) -> Iterator[tuple[int, frozenset[str]]]:
    """Each tuple, list and set that is written out in words, and the head of each dict, with its line; no `Literal`."""
    types = {id(node.slice) for node in nodes(text) if isinstance(node, ast.Subscript)}
    for node in nodes(text):
        if isinstance(node, ast.Tuple | ast.List | ast.Set) and id(node) not in types:
            yield node.lineno, _words(node.elts)
        elif heads and isinstance(node, ast.Dict):
            yield node.lineno, _words([key for key in node.keys if key])


def _words(parts: list[ast.expr]) -> frozenset[str]:
    words = [one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return frozenset(words)


EVERY = tuple(enumerations())
SOURCES = sorted(ROOT.rglob("*.py"))


def test_a_list_is_seen_and_a_type_is_not():
    text = 'A = ("must_fix", "query", "note")\nB = {"query": 1, "note": 2, "must_fix": 3}\nC = Literal["a", "b", "c"]\n'
    assert [one for _, one in listed(text)] == [frozenset(Severity), frozenset(Severity)]
    assert ("Severity", frozenset(Severity)) in EVERY


def test_an_enumeration_of_the_office_is_read_from_its_text():
    text = 'class A(models.TextChoices):\n    X = "x", "An x"\n    Y = "y", "A y"\n    Z = "z"\nclass B:\n    X = "x"\n'
    assert [*written_out(text)] == [("A", frozenset({"x", "y", "z"}))]
    assert {"Role", "JobState"} <= {name for name, _ in EVERY}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_writes_out_every_member_of_an_enumeration(path):
    """`for one in Severity`, or a dict by `Severity.NOTE`: then a new member is met everywhere or missed aloud."""
    place = str(path.relative_to(ROOT))
    for line, words in listed(path.read_text("utf-8")):
        for name, values in EVERY:
            if values <= words and (place, name) not in NOT_ITS_OWN:
                pytest.fail(f"{place}:{line} lists every {name} in words; ask {name} for them")


@pytest.mark.parametrize("path", sorted((ROOT / "actions").glob("*.py")), ids=lambda path: path.name)
def test_no_action_writes_out_the_columns_of_a_file_of_the_workspace(path):
    """What begins a file and what adds to it would differ; the columns stand beside the file's reader."""
    known = {one.name: {*one.required, *one.optional} for one in FILES}
    for line, words in listed(path.read_text("utf-8"), heads=False):
        for name, columns in known.items():
            if len(words) > FEWEST and words <= columns:
                pytest.fail(f"{path.name}:{line} writes out columns of {name}; take them from its reader")


@pytest.mark.parametrize(
    ("literal", "kind"),
    [
        (OutcomeCode, Outcome),
        (SeverityCode, Severity),
        (FigureState, State),
        (YesNo, OnTrackVerdict),
        (DirectionWords, MovementJudgement),
        (VerdictCode, Verdict),
        (Level, AssuranceLevel),
    ],
)
def test_the_results_that_the_pages_read_know_every_member(literal, kind):
    """Their shape stands written out, for whoever reads the file without the program."""
    assert set(get_args(literal)) == {one.value for one in kind}
