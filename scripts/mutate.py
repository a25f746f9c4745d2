"""Put small faults into the code, one at a time, and see whether a test fails: which room could be wrong unnoticed?

    .venv/bin/python scripts/mutate.py --learn                      once: which test runs which line (uses coverage)
    .venv/bin/python scripts/mutate.py --seed 7 --per-room 20 --room checks --room account
    .venv/bin/python scripts/mutate.py --room checks --tests tests/spec/checks

Each fault is one change of one place: a comparison moved by its limit, a sign, an `and`, a number by one, a word of a
text, a swapped pair of arguments, a result left out. The tree itself is never touched: the faults go into a copy. A
fault that no test sees "lives"; the list of those that live is the work to do.

A fault is shown to the tests that run its line (`scripts/callers.py` has written down which), those that run least of
the package first, as many as end within --budget seconds. Without that file, or with --tests, to the tests that are
called like the room. Tests in a browser and what runs in another process are not asked: a fault that only they see
counts as living.
"""

import argparse
import ast
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

import numba
import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
Place = Callable[[ast.expr | ast.stmt], tuple[int, int]]
"""From a node to its first byte and the byte after its last."""
PACKAGE = Path("src/highneeds")
LEFT_OUT = {".git", ".venv", "node_modules", "out", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
LIMITS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*", ast.BitOr: "&", ast.BitAnd: "|",
}  # fmt: skip


QUIET = "not soak and not browser"
SAME = {"frozen", "slots", "order", "kw_only", "strict", "maxsize", "parents", "exist_ok", "repr", "compare", "hash"}
"""Options whose other value is no other result: how a class is kept, how much a cache holds, a promise made twice."""
EITHER_WAY = {"max", "min", "maximum", "minimum", "hypot", "array_equal", "select_related", "only", "may"}
"""Functions of which two arguments may change places, with the same result."""
READ_DEFINITIONS = (
    "tests/golden/test_document_texts.py::test_the_words_that_documents_are_made_of_are_on_file",
    "tests/house/test_sentences_in_code.py",
    "tests/golden/test_formats.py",
    "tests/golden/test_shapes.py",
    "tests/house/test_definitions.py",
    "tests/house/test_manual.py",
)
"""What is declared outside functions, and every text (refusals and their remedies are in the reference), is read by
these too, which need not run a line of its file. They take longest, so they are asked last."""
READ_IN_THE_OFFICE = (
    "tests/unit/office/test_team_tables.py",
    "tests/unit/office/test_office_on_file.py",
    "tests/unit/office/test_office_in_detail.py",
    "tests/unit/office/test_team_in_detail.py",
    "tests/unit/office/test_team_limits.py",
    "tests/unit/office/test_team_on_file.py",
)
"""The same of the office: its tables, settings and addresses are declared, and its pages and forms run nearly all of
it, in more seconds than a fault is given. So they are asked of every fault that no other test has seen."""
HISTORY = "migrations"
"""How the office's tables came to be: written once and never changed, so no fault comes into it. What the tables are
stands in the models, and `test_team_tables` holds that the two agree."""
COMPILED_FROM = (PACKAGE / "forecast" / "kernels", PACKAGE / "forecast" / "seeds.py", PACKAGE / "forecast" / "state.py")
"""What numba's code is made of. It is kept by the day of its own file alone, so that a constant from another file would
stay in it as it was: these faults are given a fresh folder."""
HEAVY = ("numpy", "scipy", "numba", "polars", "lxml.etree", "pydantic", "typer", "rich.console", "jinja2", "openpyxl")
"""Libraries that most tests load. They are loaded once, before the process is doubled for each fault."""


@dataclass(frozen=True)
class Fault:
    """One change of one place: `old` at (line, column) becomes `new`. `lines` are those of the statement's function."""

    file: Path
    line: int
    old: str
    new: str
    start: int
    end: int
    lines: tuple[int, int] | None = None

    @property
    def may_be_read(self) -> bool:
        """Whether a definition or a text is changed, which a test may read without running the line."""
        return self.lines is None or self.old[:1] in "\"'"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {self.old!r} -> {self.new!r}"


@dataclass(frozen=True)
class Callers:
    """Which test runs which line, and what it costs, as `scripts/callers.py` wrote it down."""

    tests: dict[str, list[str]]
    parts: dict[str, dict[str, Any]]

    @cached_property
    def size(self) -> dict[str, int]:
        """How many lines of the package a test runs."""
        of = {part: sum(map(len, seen["lines"].values())) for part, seen in self.parts.items()}
        return {test: sum(of.get(part, 0) for part in parts) for test, parts in self.tests.items()}

    def running(self, file: str, lines: range | None) -> list[str]:
        """The tests that run one of these lines of a file (any line, without `lines`), the most specific first."""
        parts = {
            part
            for part, seen in self.parts.items()
            if any(lines is None or line in lines for line in seen["lines"].get(file, ()))
        }
        return sorted((test for test, of in self.tests.items() if parts & set(of)), key=lambda test: self.size[test])

    def within(self, tests: list[str], seconds: float) -> list[str]:
        """As many of these tests as end in so many seconds; what several of them share is paid once."""
        chosen, paid = [], set[str]()
        for test in tests:
            new = set(self.tests[test]) - paid
            cost = sum(self.parts.get(part, {"seconds": 0.0})["seconds"] for part in new)
            if cost <= seconds or not chosen:
                chosen.append(test)
                paid |= new
                seconds -= cost
        return chosen

    def of(self, fault: Fault, seconds: float) -> list[str]:
        """The tests to show a fault to: they run its line, or else its function, or else its file."""
        file = str(fault.file)
        exact = self.running(file, range(fault.line, fault.line + 1)) if fault.lines else []
        near = self.running(file, range(fault.lines[0], fault.lines[1] + 1)) if fault.lines else []
        return self.within(exact or near or self.running(file, None), seconds)


def main() -> int:
    given = _arguments()
    if given.learn:
        return learn(given)
    known = json.loads(given.callers.read_text("utf-8")) if given.callers.exists() and not given.tests else None
    callers = Callers(**known) if known else None
    rooms = given.room or sorted(
        path.name for path in (REPOSITORY / PACKAGE).iterdir() if (path / "__init__.py").exists()
    )
    for name in HEAVY:
        __import__(name)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(REPOSITORY, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        (copy / ".venv").symlink_to(REPOSITORY / ".venv")
        (Path(folder) / "shared").symlink_to(REPOSITORY.parent / "shared")
        of_the_office = [READ_IN_THE_OFFICE] if "office" in rooms else []
        if not all(passes(copy, [*tests], given.seconds) for tests in [*of_the_office, READ_DEFINITIONS]):
            print("What is read of definitions and texts is stale without any fault: make docs, write_texts.py")
            return 2
        lived = [fault for room in rooms for fault in try_room(copy, room, given, callers)]
    for fault in lived:
        print(f"lives: {fault}")
    return 1 if lived else 0


def learn(given: argparse.Namespace) -> int:
    """Run the tests once and write down which of them runs which line."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(["src", "scripts", os.environ.get("PYTHONPATH", "")])}
    tests = given.tests or ["tests"]
    command = [sys.executable, "-m", "pytest", "-q", "-m", QUIET, "-p", "callers", "--callers", given.callers, *tests]
    return subprocess.run(command, cwd=REPOSITORY, env=environment).returncode


def try_room(copy: Path, room: str, given: argparse.Namespace, callers: Callers | None) -> list[Fault]:
    """Try a choice of faults in one room and say how many were seen."""
    files = [path for path in sorted((copy / PACKAGE / room).rglob("*.py")) if HISTORY not in path.parts]
    every = [fault for path in files for fault in faults_in(copy, path)]
    chosen = random.Random(f"{given.seed} {room}").sample(every, min(given.per_room, len(every)))
    own = given.tests or tests_of(copy, room)
    if callers is None and not passes(copy, own, given.seconds):
        print(f"{room}: its tests do not pass, or there are none, without any fault: nothing was tried", flush=True)
        return []
    lived = []
    for fault in chosen:
        tests = (callers.of(fault, given.budget) if callers else []) or own
        began = time.monotonic()
        killed = seen(copy, fault, tests, given.seconds)
        took = time.monotonic() - began
        print(f"  {room} {'killed' if killed else 'LIVES'}: {fault}  ({len(tests)} tests, {took:.0f} s)", flush=True)
        if not killed:
            lived.append(fault)
    print(f"{room}: {len(chosen) - len(lived)} of {len(chosen)} killed, of {len(every)} possible", flush=True)
    return lived


def seen(copy: Path, fault: Fault, tests: list[str], seconds: int) -> bool:
    """Whether a test fails with this fault in the tree; the tree is put right again afterwards."""
    path = copy / fault.file
    before = path.read_bytes()
    path.write_bytes(before[: fault.start] + fault.new.encode() + before[fault.end :])
    compiled = any(fault.file.is_relative_to(one) for one in COMPILED_FROM)
    try:
        if not passes(copy, tests, seconds, compiled):
            return True
        return not all(passes(copy, [*tests], seconds) for tests in read_by(fault))
    finally:
        path.write_bytes(before)


def read_by(fault: Fault) -> list[tuple[str, ...]]:
    """The tests that read what is declared or said, asked last."""
    of_the_office = [READ_IN_THE_OFFICE] if "office" in fault.file.parts else []
    return [*of_the_office, *([READ_DEFINITIONS] if fault.may_be_read else [])]


def tests_of(copy: Path, room: str) -> list[str]:
    """The tests that name the room: folders and files called like it, else every file that imports from it."""
    called = [*sorted((copy / "tests").glob(f"*/{room}*")), *sorted((copy / "tests").glob(f"*/test_{room}*.py"))]
    found = [path for path in called if path.suffix == ".py" or any(path.rglob("test_*.py"))]
    if not found:
        files = sorted((copy / "tests").rglob("test_*.py"))
        found = [path for path in files if f"highneeds.{room}" in path.read_text("utf-8")]
    return [str(path.relative_to(copy)) for path in dict.fromkeys(found)]


def faults_in(copy: Path, path: Path) -> Iterator[Fault]:
    """Every small fault that one file can have."""
    text = path.read_bytes()
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    bodies = [(node.body[0].lineno, node.end_lineno or node.lineno) for node in functions]
    for node in _code_of(tree):
        inside = [body for body in bodies if body[0] <= node.lineno <= body[1]]
        for start, end, new in _changes(node, text, place):
            old = text[start:end].decode()
            yield Fault(path.relative_to(copy), node.lineno, old, new, start, end, max(inside, default=None))


def _code_of(tree: ast.Module) -> Iterator[ast.expr | ast.stmt]:
    """The expressions and statements whose change is another result: no docstring, annotation or promise to oneself."""
    skip: set[int] = set()
    for node in ast.walk(tree):
        for kept in _no_result(node):
            skip.update(id(inner) for inner in ast.walk(kept))
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.stmt) and id(node) not in skip:
            yield node


def _no_result(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that change no result."""
    match node:
        case ast.Expr(value=ast.Constant() as documents):
            yield documents
        case ast.JoinedStr(values=values):
            yield from (inner for inner in values if isinstance(inner, ast.Constant))
        case ast.keyword(arg=str() as option) if option in SAME:
            yield node
        case ast.Assert() | ast.Assign(targets=[ast.Name(id="__all__")]):  # ruff and mypy hold __all__
            yield node
        case ast.Raise(
            exc=ast.Call(func=ast.Name(id="AssertionError" | "TypeError" | "NotImplementedError")) as promise
        ):
            yield promise
        case ast.Call(func=ast.Name(id="cast" | "TypeVar" | "NewType"), args=[first, *_]):
            yield first
    for field in ("annotation", "returns"):
        if isinstance(annotation := getattr(node, field, None), ast.AST):
            yield annotation


def _changes(node: ast.AST, text: bytes, at: Place) -> Iterator[tuple[int, int, str]]:
    """The changes of one node, each as (first byte, byte after the last, what stands there instead)."""
    match node:
        case ast.Compare(left=left, ops=[ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE()]) if _by_chance(left):
            pass
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in LIMITS and _plain(
            text, at, left, right
        ):
            yield at(left)[1], at(right)[0], f" {LIMITS[type(op)]} "
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SIGNS and _plain(text, at, left, right):
            yield at(left)[1], at(right)[0], f" {SIGNS[type(op)]} "
        case ast.BoolOp(op=op, values=[first, second, *_]) if _plain(text, at, first, second):
            yield at(first)[1], at(second)[0], " or " if isinstance(op, ast.And) else " and "
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield at(node)[0], at(operand)[0], ""
        case ast.Constant(value=bool() as value):
            yield *at(node), str(not value)
        case ast.Constant(value=int() as value):
            yield *at(node), str(value + 1)
        case ast.Constant(value=str() as value) if value.strip() and "\n" not in value:
            yield *at(node), repr(f"{value}x")
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in EITHER_WAY:
            pass
        case ast.Call(args=[first, second, *_]) if not isinstance(first, ast.Starred | ast.GeneratorExp):
            if not isinstance(second, ast.Starred):
                (a, b), (c, d) = at(first), at(second)
                if text[a:b] != text[c:d]:
                    yield a, d, (text[c:d] + text[b:c] + text[a:b]).decode()
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield *at(value), "None"


def _by_chance(node: ast.expr) -> bool:
    """A number drawn from 0 to 1, as in `rng.random(9) < share`: it is never the share itself, so no limit moves."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "random"


def _plain(text: bytes, at: Place, left: ast.expr, right: ast.expr) -> bool:
    """No bracket stands between the two sides: what lies between them is the operator alone."""
    between = text[at(left)[1] : at(right)[0]]
    return not set(between.decode()) & set("()#")


class Chosen:
    """Of what is collected, the chosen tests, in their order; also those whose name the fault has changed."""

    def __init__(self, tests: list[str]) -> None:
        self.place = {test: place for place, test in enumerate(tests)}
        self.functions = {test.partition("[")[0]: place for test, place in reversed(self.place.items()) if "::" in test}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        names = [item.nodeid for item in items]
        place = {name: self._of(name, self.place) for name in names}
        if not set(self.functions.values()) <= set(place.values()):
            place = {name: self._of(name, self.place | self.functions) for name in names}
        chosen = [item for item in items if place[item.nodeid] is not None]
        items[:] = sorted(chosen, key=lambda item: place[item.nodeid] or 0)

    @staticmethod
    def _of(name: str, place: dict[str, int]) -> int | None:
        """The place of a test by its name, its function, its file or one of its folders."""
        file = name.partition("::")[0]
        known = [name, name.partition("[")[0], file, *map(str, Path(file).parents)]
        return next((place[one] for one in known if one in place), None)


def passes(copy: Path, tests: list[str], seconds: int, compiled: bool = False) -> bool:
    """Whether these tests pass in the copy. Tests that take longer than `seconds` have seen the fault (it hangs).

    compiled   whether numba has to compile anew
    """
    child = os.fork()
    if child == 0:
        _run(copy, tests, compiled)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) in (0, 5)
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _run(copy: Path, tests: list[str], compiled: bool) -> NoReturn:
    """In the doubled process: run the tests and end with pytest's answer."""
    code = 3
    try:
        os.setsid()
        os.chdir(copy)
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        if compiled:
            numba.config.CACHE_DIR = tempfile.mkdtemp(dir=copy.parent)
        os.environ |= {"PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        sys.dont_write_bytecode = True
        sys.path[0] = str(copy / "src")
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        options = ["-q", "-x", "-p", "no:cacheprovider", "-m", QUIET]
        code = int(pytest.main([*options, *files], plugins=[Chosen(tests)]))
    finally:
        os._exit(code)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-room", type=int, default=10, help="how many faults to try in each room")
    parser.add_argument("--room", action="append", help="only this room; may repeat")
    parser.add_argument("--tests", action="append", help="only these tests; may repeat")
    parser.add_argument("--learn", action="store_true", help="write down which test runs which line, and end")
    parser.add_argument("--callers", type=Path, default=REPOSITORY / "out" / "callers.json", help="where that stands")
    parser.add_argument("--budget", type=float, default=60, help="seconds of tests that a fault is shown to")
    parser.add_argument("--seconds", type=int, default=300, help="a run of tests that takes longer has seen the fault")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
