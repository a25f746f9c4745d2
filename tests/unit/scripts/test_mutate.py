"""The faults that are put into the code to see whether a test fails: which there are, and that each is one change."""

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
