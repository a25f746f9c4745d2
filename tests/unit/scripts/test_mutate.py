"""The faults that are put into the code to see whether a test fails: which there are, and that each is one change."""

import argparse
import ast
import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "mutate.py"


@pytest.fixture(scope="module")
def mutate():
    spec = importlib.util.spec_from_file_location("mutate", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutate"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["mutate"]


@pytest.mark.parametrize(
    ("code", "faults"),
    [
        ("a < 3", ["a <= 3", "a < 4"]),
        ("a >= b", ["a > b"]),
        ("rng.random() < b", []),  # what is drawn is never the share itself
        ("rng.random() == b", ["rng.random() != b"]),
        ("a + b", ["a - b"]),
        ("a and b", ["a or b"]),
        ("not a", ["a"]),
        ("f(a, b)", ["f(b, a)"]),
        ("'word'", []),  # a text that stands alone is a docstring
        ("x = 'word'", ["x = 'wordx'"]),
        ("x: int = a", []),
        ("__all__ = ['word']", []),
        ("assert a < 3", []),
        ("x = True", ["x = False"]),
        ("def f():\n    return a", ["def f():\n    return None"]),
    ],
)
def test_each_fault_changes_one_place(mutate, tmp_path, code, faults):
    path = tmp_path / "one.py"
    path.write_text(code)
    text = code.encode()
    changed = [
        (text[: fault.start] + fault.new.encode() + text[fault.end :]).decode()
        for fault in mutate.faults_in(tmp_path, path)
    ]
    assert changed == faults
    for one in changed:
        ast.parse(one)


def test_every_fault_in_the_package_is_code_that_python_reads(mutate):
    package = SCRIPT.parents[1] / "src" / "highneeds" / "vocabulary"
    for path in package.glob("*.py"):
        text = path.read_bytes()
        for fault in mutate.faults_in(package, path):
            ast.parse(text[: fault.start] + fault.new.encode() + text[fault.end :])


def test_no_fault_is_put_into_migrations(mutate, tmp_path, monkeypatch):
    room = tmp_path / "src" / "highneeds" / "office"
    for place in (room, room / "migrations"):
        place.mkdir(parents=True, exist_ok=True)
        (place / "one.py").write_text("x = 1")
    tried = []
    monkeypatch.setattr(mutate, "seen", lambda copy, fault, *rest: tried.append(fault) or True)
    given = argparse.Namespace(seed=1, per_room=9, tests=["tests"], seconds=9, budget=9)
    monkeypatch.setattr(mutate, "passes", lambda *given: True)
    assert mutate.try_room(tmp_path, "office", given, None) == []
    assert [fault.file.parts for fault in tried] == [("src", "highneeds", "office", "one.py")]
