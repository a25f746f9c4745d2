"""The rooms stand in the order in which the data flows: each may use those before it, and none after it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from source_tree import nodes

ROOT = Path(__file__).resolve().parents[2] / "src" / "highneeds"
ROOMS = (
    "vocabulary",
    "store",
    "intake",
    "caseload",
    "checks",
    "registers",
    "indicators",
    "benchmarks",
    "forecast",
    "account",
    "assurance",
    "claims",
    "evidence",
    "report",
    "run",
    "actions",
    "notebook",
    "invented",
    "cli",
    "office",
)
DOOR = ROOT / "office" / "evidence" / "bridge.py"


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Every highneeds module a file imports, wherever in the file."""
    for node in nodes(path.read_text()):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("highneeds."))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("highneeds"):
            assert node.level == 0, f"{path}: say the whole name"
            yield from ([node.module] if node.module != "highneeds" else [f"highneeds.{a.name}" for a in node.names])


FILES = sorted(path for path in ROOT.rglob("*.py") if "static" not in path.parts)


def test_every_room_is_one_of_the_house():
    found = {room_of(path) for path in FILES} - {"__init__", "__main__"}
    assert found <= set(ROOMS)


def test_the_page_of_the_house_lists_its_rooms_in_their_order():
    page = (ROOT.parents[1] / "docs" / "explanation" / "house.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+)(?:/|\.py)` \|", page, re.M)
    assert tuple(listed) == ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_only_looks_back(room):
    later = ROOMS[ROOMS.index(room) + 1 :]
    files = [path for path in FILES if room_of(path) == room]
    used = [(str(path.relative_to(ROOT)), name) for path in files for name in imports_of(path)]
    found = [(path, name) for path, name in used if name.split(".")[1] in later]
    assert files and not found, f"{found}: imported from a later room"


def test_no_room_of_the_product_uses_what_is_invented():
    """What tries the product out stands outside it: only the command line asks for an invented council."""
    for path in FILES:
        if room_of(path) not in ("invented", "cli"):
            assert not [name for name in imports_of(path) if name.split(".")[1] == "invented"], path.relative_to(ROOT)


def test_the_office_reaches_the_engine_through_its_one_door():
    for path in FILES:
        if room_of(path) == "office" and path != DOOR:
            engine = [name for name in imports_of(path) if name.split(".")[1] not in ("office",)]
            assert not engine, f"{path.relative_to(ROOT)} imports {engine}; only evidence/bridge.py may"


def test_the_engine_has_no_clock_and_no_web():
    forbidden = {"django", "time"}
    for path in FILES:
        if room_of(path) in ROOMS[: ROOMS.index("run") + 1] or room_of(path) == "invented":
            source = nodes(path.read_text())
            names = {alias.name for node in source if isinstance(node, ast.Import) for alias in node.names}
            names |= {node.module or "" for node in source if isinstance(node, ast.ImportFrom)}
            assert not {name.split(".")[0] for name in names} & forbidden, path
            text = path.read_text()
            assert "date.today(" not in text and "datetime.now(" not in text, (
                f"{path}: today's date comes in by the door"
            )


def test_the_account_makes_figures_and_no_table():
    """A table is made where it is shown, so that its titles and the names of its rows stand with the other words."""
    for path in FILES:
        if room_of(path) == "account":
            assert "highneeds.vocabulary.table" not in imports_of(path), f"{path.relative_to(ROOT)}: see report/views"


MOST_WORDS = {"sections": 3, "pages": 6, "returns": 6}
"""Longer strings are sentences and headings that somebody reads: they stand in report/words, one file a subject."""
SAID_ELSEWHERE = {
    "returns/lsrp_tables.py",  # rows of the department's template
    "returns/rounding.py",  # broken promises inside the code
    "returns/scap.py",  # kinds of the department's template
}
"""Files whose longer strings are no sentences of ours. It only ever gets shorter."""


def said_in(text: str) -> Iterator[str]:
    """Every string of a source text but what documents it; of a sentence with figures, its words between them."""
    documents = {id(node.value) for node in nodes(text) if isinstance(node, ast.Expr)}
    parts: set[int] = set()
    for node in nodes(text):  # from the outside in: a sentence before its parts
        if id(node) in documents | parts:
            continue
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            yield " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_a_sentence_is_found_wherever_it_is_hidden():
    source = """
'What this file is.'
TITLE = 'A heading ' 'of five words'
'Of the title.'
sentence = f"The {'sum in all' if every else 'sum'} stands in {place}"
"""
    assert sorted(said_in(source)) == ["A heading of five words", "The   stands in ", "sum", "sum in all"]


@pytest.mark.parametrize("room", MOST_WORDS)
def test_sentences_stand_in_the_room_of_words(room):
    found = {
        f"{room}/{path.name}": said
        for path in sorted((ROOT / "report" / room).glob("*.py"))
        for said in said_in(path.read_text("utf-8"))
        if len(said.split()) > MOST_WORDS[room]
    }
    kept = {name for name in SAID_ELSEWHERE if name.startswith(f"{room}/")}
    assert not found.keys() - kept, f"move to report/words: {found}"
    assert found.keys() == kept, "strike the others from the list: it only ever gets shorter"
