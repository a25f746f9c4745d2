"""Only intake and a folder's store know paths; only actions and the store write, and commands what --out names."""

import ast
from pathlib import Path

import pytest

from source_tree import nodes

ROOT = Path(__file__).resolve().parents[2] / "src" / "highneeds"
BETWEEN = (
    "caseload",
    "checks",
    "registers",
    "indicators",
    "benchmarks",
    "forecast",
    "account",
    "assurance",
    "claims",
    "report",
)
"""The rooms between the store and the renderers."""
OWN_FILES = ("report/render/", "report/fonts/")
"""The renderers read their own design, and the typesetter its fonts."""
MAY_WRITE = ("store/", "actions/", "office/", "invented/")
"""invented/ writes what `highneeds synthesise` gives out, which is no council's data."""
ELSEWHERE = {
    "cli/_command.py": "the file that --out names",
    "cli/_folder.py": "the folder that --out names",
    "cli/_progress.py": "the step under way, for whoever started the command",
    "cli/new.py": "the folder of a new workspace, before there is a store",
    "intake/privacy.py": "the linkage key and the list of case ids, which never lie with the data",
    "intake/published/build.py": "the pack, when a new version of the product is made",
}
WRITES = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "touch", "symlink_to", "write_parquet", "write_csv"}
FILES = sorted(path for path in ROOT.rglob("*.py") if "static" not in path.parts and "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported_from_pathlib(text: str) -> set[str]:
    names = {
        alias.name
        for node in nodes(text)
        if isinstance(node, ast.ImportFrom) and node.module == "pathlib"
        for alias in node.names
    }
    whole = any(alias.name == "pathlib" for node in nodes(text) if isinstance(node, ast.Import) for alias in node.names)
    return names | ({"pathlib"} if whole else set())


def writes_in(text: str) -> list[str]:
    """Calls that write to the disk: by their name, `open` for writing, and shutil's and os's own."""
    return [found for node in nodes(text) if isinstance(node, ast.Call) and (found := _write(node))]


def _write(call: ast.Call) -> str:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in ("write_parquet", "write_csv"):
        to = call.args[0] if call.args else None
        return name if isinstance(to, ast.Constant | ast.JoinedStr) else ""  # into a buffer, or as text
    if name in WRITES:
        return name
    owner = call.func.value.id if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) else ""
    if owner == "shutil" or (owner == "os" and name in ("replace", "rename", "remove", "makedirs", "truncate")):
        return f"{owner}.{name}"
    return "open for writing" if name == "open" and any(map(_for_writing, _modes(call))) else ""


def _modes(call: ast.Call) -> list[ast.expr]:
    """What may be the mode of an `open`: the function's second argument, a method's first."""
    first = 1 if isinstance(call.func, ast.Name) else 0
    return [*call.args[first:], *(one.value for one in call.keywords if one.arg == "mode")]


def _for_writing(mode: ast.expr) -> bool:
    return isinstance(mode, ast.Constant) and isinstance(mode.value, str) and bool(set(mode.value) & set("wxa+"))


@pytest.mark.parametrize("room", BETWEEN)
def test_no_room_between_the_store_and_the_renderers_knows_a_path(room):
    files = [path for path in FILES if name_of(path).startswith(f"{room}/") and not name_of(path).startswith(OWN_FILES)]
    imported = {name_of(path): imported_from_pathlib(path.read_text("utf-8")) for path in files}
    found = {name: paths for name, names in imported.items() if (paths := names - {"PurePosixPath", "PurePath"})}
    assert files and not found, f"{found}: take a Place (highneeds.store.place), or bytes"


def test_only_actions_and_the_store_write():
    files = [path for path in FILES if not name_of(path).startswith(MAY_WRITE) and name_of(path) not in ELSEWHERE]
    found = {name_of(path): writes for path in files if (writes := writes_in(path.read_text("utf-8")))}
    assert files and not found, f"{found}: give the bytes, and let an action write them"


@pytest.mark.parametrize(
    "line",
    [
        "place.write_text('x')",
        "place.write_bytes(data)",
        "folder.mkdir()",
        "open('a', 'w')",
        "place.open('wb')",
        "open('a', mode='a')",
        "os.replace(a, b)",
        "shutil.copy(a, b)",
        "frame.write_csv('out.csv')",
    ],
)
def test_a_line_that_writes_is_seen(line):
    assert writes_in(line)


@pytest.mark.parametrize(
    "line",
    ["open('a')", "place.open('rb')", "frame.rename({})", "words.replace('a', 'b')", "frame.write_parquet(buffer)"],
)
def test_a_line_that_reads_is_not(line):
    assert not writes_in(line)


def test_a_path_is_seen_however_it_is_imported():
    assert imported_from_pathlib("from pathlib import Path") == {"Path"}
    assert imported_from_pathlib("import pathlib") == {"pathlib"}
