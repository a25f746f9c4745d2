"""Put small faults into the code, one at a time, and see whether a test fails: which room could be wrong unnoticed?

    .venv/bin/python scripts/mutate.py --seed 7 --per-room 10
    .venv/bin/python scripts/mutate.py --room checks --per-room 40 --tests tests/spec/checks --tests tests/unit/checks

Each fault is one change of one place: a comparison moved by its limit, a sign, an `and`, a number by one, a word of a
text, a swapped pair of arguments, a result left out. The tree itself is never touched: the faults go into a copy. A
fault that no test sees "lives"; the list of those that live is the work to do. Tests run by the names of a room's
folders (tests/*/ROOM), then the whole suite with --all.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True)
class Fault:
    """One change of one place: `old` at (line, column) becomes `new`."""

    file: Path
    line: int
    old: str
    new: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {self.old!r} -> {self.new!r}"


def main() -> int:
    given = _arguments()
    rng = random.Random(given.seed)
    rooms = given.room or sorted(
        path.name for path in (REPOSITORY / PACKAGE).iterdir() if (path / "__init__.py").exists()
    )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(REPOSITORY, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        (copy / ".venv").symlink_to(REPOSITORY / ".venv")
        (Path(folder) / "shared").symlink_to(REPOSITORY.parent / "shared")
        lived = [fault for room in rooms for fault in try_room(copy, room, given, rng)]
    for fault in lived:
        print(f"lives: {fault}")
    return 1 if lived else 0


def try_room(copy: Path, room: str, given: argparse.Namespace, rng: random.Random) -> list[Fault]:
    """Try a choice of faults in one room and say how many were seen."""
    tests = given.tests or tests_of(copy, room)
    every = [fault for path in sorted((copy / PACKAGE / room).rglob("*.py")) for fault in faults_in(copy, path)]
    chosen = rng.sample(every, min(given.per_room, len(every)))
    if not tests or not _passes(copy, tests, given.seconds):
        print(f"{room}: its tests do not pass, or there are none, without any fault: nothing was tried", flush=True)
        return []
    lived = []
    for fault in chosen:
        if not seen(copy, fault, tests, given):
            lived.append(fault)
            print(f"  {room} lives: {fault}", flush=True)
    killed = len(chosen) - len(lived)
    print(f"{room}: {killed} of {len(chosen)} killed, of {len(every)} possible", flush=True)
    return lived


def seen(copy: Path, fault: Fault, tests: list[str], given: argparse.Namespace) -> bool:
    """Whether a test fails with this fault in the tree; the tree is put right again afterwards."""
    path = copy / fault.file
    before = path.read_bytes()
    path.write_bytes(before[: fault.start] + fault.new.encode() + before[fault.end :])
    try:
        if not _passes(copy, tests, given.seconds):
            return True
        return bool(given.all) and not _passes(copy, ["tests"], given.seconds)
    finally:
        path.write_bytes(before)


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

    def fault(node: ast.expr | ast.stmt, start: int, end: int, new: str) -> Fault:
        return Fault(path.relative_to(copy), node.lineno, text[start:end].decode(), new, start, end)

    def place(node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    for node in _code_of(ast.parse(text)):
        for start, end, new in _changes(node, text, place):
            yield fault(node, start, end, new)


def _code_of(tree: ast.Module) -> Iterator[ast.expr | ast.stmt]:
    """The expressions and statements that run: no docstring, no type annotation, no import."""
    skip: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skip.add(id(node.value))
        for field in ("annotation", "returns"):
            annotation = getattr(node, field, None)
            if isinstance(annotation, ast.AST):
                skip.update(id(inner) for inner in ast.walk(annotation))
        if isinstance(node, ast.JoinedStr):
            skip.update(id(inner) for inner in node.values if isinstance(inner, ast.Constant))
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.stmt) and id(node) not in skip:
            yield node


def _changes(node: ast.AST, text: bytes, at: Place) -> Iterator[tuple[int, int, str]]:
    """The changes of one node, each as (first byte, byte after the last, what stands there instead)."""
    match node:
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
        case ast.Call(args=[first, second, *_]) if not isinstance(first, ast.Starred | ast.GeneratorExp):
            if not isinstance(second, ast.Starred):
                (a, b), (c, d) = at(first), at(second)
                yield a, d, (text[c:d] + text[b:c] + text[a:b]).decode()
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield *at(value), "None"


def _plain(text: bytes, at: Place, left: ast.expr, right: ast.expr) -> bool:
    """No bracket stands between the two sides: what lies between them is the operator alone."""
    between = text[at(left)[1] : at(right)[0]]
    return not set(between.decode()) & set("()#")


def _passes(copy: Path, tests: list[str], seconds: int) -> bool:
    """Whether these tests pass in the copy. Tests that take longer than `seconds` have seen the fault (it hangs)."""
    environment = os.environ | {"PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "not soak", *tests]
    try:
        ended = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-room", type=int, default=10, help="how many faults to try in each room")
    parser.add_argument("--room", action="append", help="only this room; may repeat")
    parser.add_argument("--tests", action="append", help="only these tests; may repeat")
    parser.add_argument("--all", action="store_true", help="let the whole suite judge what the room's own tests miss")
    parser.add_argument("--seconds", type=int, default=300, help="a run of tests that takes longer has seen the fault")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
