"""What the commands take, say and leave behind, word for word, as it is on file.

Meant to change, or another command in tests/golden/commands/typed.txt: HIGHNEEDS_WRITE_PAGES=yes python -m pytest
tests/golden/test_commands_on_file.py, and read what differs in tests/golden/commands.
"""

import difflib
import inspect
import re
import shlex
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from cli_runner import run
from highneeds.cli import _command, commands
from highneeds.invented.caseload.forms import write_blade
from on_file import held
from sen2_tables import tables, write_establishments

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MOST_LINES = 24
"""Of what one command says or changes in a file; the rest is counted."""
DIFFERS = re.compile(r"\b[0-9a-f]{12,}\b|\b20\d\d-\d\d-\d\dT[\d:.+-]+|highneeds \d+\.\d+\.\d+")
"""Fingerprints, moments and the version."""
COMMANDS = Path(__file__).parent / "commands"


def typed_on_file() -> dict[str, list[list[str]]]:
    """What is typed in commands/typed.txt, line by line, by its heading; the files that it names are in inputs/."""
    found: dict[str, list[list[str]]] = {}
    for line in (COMMANDS / "typed.txt").read_text("utf-8").splitlines():
        if line.startswith("== "):
            found[line[3:]] = []
        else:
            found[[*found][-1]].append(shlex.split(line))
    return found


TYPED = typed_on_file()


class OneMorning(datetime):
    """The clock of these tests stands still: years and days that follow from it are the same whenever they run."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 30, 9, 30)


def begun_in(folder, monkeypatch, typed):
    """A folder with copies of the examples that are named in what is typed."""
    for name in ("kent", "harrowdale"):
        if any(word.startswith(name) for words in typed for word in words):
            left_out = shutil.ignore_patterns("caseload", "forecasts")
            shutil.copytree(EXAMPLES / name, folder / name, ignore=left_out)
    shutil.copy(EXAMPLES / "kent" / "registers" / "payments.csv", folder)
    monkeypatch.setattr(_command, "datetime", OneMorning)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("HIGHNEEDS_OFFICE", raising=False)
    monkeypatch.setenv("HIGHNEEDS_KEY", str(folder / "linkage.key"))


def texts_in(folder):
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in (".csv", ".md", ".toml", ".yaml", ".txt"))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8", "replace") for path in files}


def shortened(text, folder):
    lines = DIFFERS.sub("…", text.replace(str(folder), "HERE")).splitlines()
    left = len(lines) - MOST_LINES
    return [line[:300].rstrip() for line in lines[:MOST_LINES]] + ([f"and {left} lines more"] if left > 0 else [])


def changes(before, after, folder):
    """What a command changed in the folder, as a difference of each file; a new file by its first lines."""
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was != now:
            yield f"file {DIFFERS.sub('…', name)}{' is new' if was is None else ' is gone' if now is None else ''}"
            lines = list(difflib.unified_diff((was or "").splitlines(), (now or "").splitlines(), n=0, lineterm=""))[2:]
            kept = [line for line in lines if not line.startswith("@@")]
            yield from (f"  {line}" for line in shortened("\n".join(kept[:12]), folder))


def typed(commands_typed, folder):
    """Every command with its exit code, what it says, and what it changes in the folder."""
    said, before = [], texts_in(folder)
    for words in commands_typed:
        done = run(*words)
        after = texts_in(folder)
        said += ["", f"$ highneeds {' '.join(words)}", f"ends with {done.code}"]
        said += [f"out: {line}" for line in shortened(done.out, folder)]
        said += [f"err: {line}" for line in shortened(done.err, folder)] + list(changes(before, after, folder))
        before = after
    return said


def returns_in(folder):
    """received/ and again/: the returns of two Januaries of six children, and the schools that they go to."""
    for name, year in (("received", 2025), ("again", 2024)):
        (folder / name).mkdir()
        write_blade(tables(people=6, year=year), year, folder / name, date(year, 1, 16))
    write_establishments(folder / "schools.csv", 6)


@pytest.mark.parametrize("of", TYPED)
def test_what_commands_say_and_leave_behind_is_on_file(tmp_path, monkeypatch, of):
    begun_in(tmp_path, monkeypatch, TYPED[of])
    shutil.copytree(COMMANDS / "inputs", tmp_path, dirs_exist_ok=True)
    for name, digits in (("own.key", "0123456789abcdef"), ("other.key", "f" * 16)):
        (tmp_path / name).write_text(digits * 4)
        (tmp_path / name).chmod(0o600)
    if any("received" in words for words in TYPED[of]):
        returns_in(tmp_path)
    held(f"commands/{of}", typed(TYPED[of], tmp_path))


def parameters(command):
    for name, one in inspect.signature(command.run).parameters.items():
        info = one.annotation.__metadata__[0]
        told = {limit: getattr(info, limit) for limit in ("min", "max", "envvar", "is_eager")}
        limits = {limit: value for limit, value in told.items() if value not in (None, False)}
        needed = "must be given" if one.default is inspect.Parameter.empty else repr(one.default)
        yield f"  {' '.join(info.param_decls or (name,))}: {needed} {limits or ''}".rstrip()


def test_every_option_and_its_default_is_on_file():
    """Name, default, whether it must be given, how many, where from, and its limits: of every command."""
    held("commands/options", [line for one in commands() for line in (" ".join(one.words), *parameters(one))])


def test_what_is_handed_over_to_the_office_is_on_file(tmp_path, monkeypatch):
    begun_in(tmp_path, monkeypatch, [["kent"]])
    from types import SimpleNamespace

    from highneeds.cli import _office
    from highneeds.cli import serve as serving

    words, ended = [], {"code": 0}
    monkeypatch.setattr(
        _office.subprocess, "run", lambda told: words.append(told[1:]) or SimpleNamespace(returncode=ended["code"])
    )
    monkeypatch.setattr(serving.os, "execv", lambda program, told: words.append(told[1:]))
    (tmp_path / "backup.zip").write_bytes(b"x")
    said = []
    for typed in (
        ("office", "init", "--office", "place"), ("office", "import", "kent", "--office", "place"),
        ("office", "export", "copy", "--office", "place"), ("office", "token", "--name", "t", "--office", "place"),
        ("office", "export", "copy", "--council", "886"), ("audit", "verify"), ("backup", "b.zip"),
        ("office", "person", "add", "--name", "A", "--email", "a@b.uk", "--role", "analyst", "--deputy"),
        ("restore", "backup.zip", "place"), ("serve",), ("serve", "--port", "8001", "--office", "place"),
        ("serve", "kent"), ("serve", "kent", "--token", "--out", "o"), ("serve", "kent", "--no-token", "--port", "0"),
    ):  # fmt: skip
        for ended["code"] in (0, 2):
            done = run(*typed)
            said += ["", f"$ highneeds {' '.join(typed)}", f"ends with {done.code}, the office with {ended['code']}"]
            said += [*shortened(done.out + done.err, tmp_path), *(f"handed over: {told}" for told in words)]
            words.clear()
    held("commands/handed-over", said)
