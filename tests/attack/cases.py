"""Bad input of every kind: to options, in the files of a workspace, and at the worst moment."""

import inspect
import random
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from attack.usual import usual_lines
from cli_runner import run
from highneeds.cli import commands

VALUES = (
    *("0001-01-01", "9999-12-31", "2025-02-30", "-1", "0", "99999999999999999999", "1e400", "inf", "nan", ""),
    *("x\ty", "/tmp", "/nonexistent/file", "../..", "ü" * 300, "\x00", "=1+1", "<b>", "1_0", "٣"),
)
SLIPS = (
    *("", "soon", "[[1]]", "-5", "1000", "2025-02-30", "0001-01-01", "inf", "nan", "\x07", "\ufeff", "中", "✓", '"'),
    *("=1+1", "&a", "*a", "1e999", "9" * 40, "x" * 5000, "a,b", "<script>", "{", "\t", "../x"),
)
BAR = "━"
"""How a line of progress begins: it is no sentence."""
READING = (("indicators",), ("account",), ("calendar",), ("claims",))
"""Commands that read much of a workspace in a second."""
ONE_SENTENCE = 2
"""The exit code of a refusal."""


@dataclass
class Outcome:
    """How many cases ended how, by kind, and those that should not have ended so."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, kind: str, ended: str, failed: str = "") -> None:
        self.counts[f"{kind}: {ended}"] += 1
        if failed:
            self.failures.append(f"{kind}: {failed}")


def option_cases(folder: Path, kent: Path, chance: random.Random, long: bool) -> Iterator[tuple[str, ...]]:
    """Command lines, each with one argument or option that no officer means; without end."""
    usual = usual_lines(folder, kent, long)
    known = [command for command in commands() if command.words in usual]
    while True:
        command = chance.choice(known)
        words, name = usual[command.words], chance.choice([*inspect.signature(command.run).parameters])
        metadata = getattr(inspect.signature(command.run).parameters[name].annotation, "__metadata__", ())
        option = next((one for one in metadata if type(one).__name__ == "OptionInfo"), None)
        value = chance.choice(VALUES)
        if option is None:
            yield (*command.words, *((value, *words[1:]) if words else (value,)))
        else:
            flags = [one for one in option.param_decls or () if one.startswith("--")]
            flag = flags[0].split("/")[0] if flags else f"--{name.replace('_', '-')}"
            yield (*command.words, *words, flag, value)


def try_options(folder: Path, kent: Path, seed: int, cases: int, until: float, long: bool = False) -> Outcome:
    """Each ends with 0 or 1, or with 2 and one sentence; nothing ends in a traceback.

    long   also the commands that take seconds, and first each as it is meant, or the odd ones would prove nothing
    """
    found = Outcome()
    if long:
        (folder / "usual").mkdir()
        for words, rest in usual_lines(folder / "usual", kent, long).items():
            done = _try("usual", (*words, *rest), found)
            if done is not None and done.code == ONE_SENTENCE:
                found.add("usual", "refused", f"{' '.join(words)}: {done.err[:300]}")
    for number, words in enumerate(option_cases(folder, kent, random.Random(seed), long)):
        if number >= cases or time.monotonic() > until:
            return found
        for made in ("new", "other"):
            shutil.rmtree(folder / made, ignore_errors=True)
        _try("option", words, found)
    return found


def slipped_workspaces(kent: Path, folder: Path, chance: random.Random) -> Iterator[tuple[str, Path]]:
    """A workspace with one cell or line that somebody wrote wrongly; the name of its file and where it is."""
    workspace = Path(shutil.copytree(kent, folder / "slips", ignore=shutil.ignore_patterns("caseload", "invented")))
    texts = sorted(
        path for path in workspace.rglob("*") if path.suffix in {".csv", ".toml", ".yaml", ".md"} and path.is_file()
    )
    while True:
        path = chance.choice(texts)
        right = path.read_bytes()
        path.write_bytes(_with_a_slip(right.decode("utf-8"), path.suffix, chance).encode("utf-8"))
        yield path.relative_to(workspace).as_posix(), workspace
        path.write_bytes(right)


@cache
def _files_of(workspace: Path) -> frozenset[str]:
    """What a slip in one file makes wrong may be told of another, which does not agree with it."""
    return frozenset(path.name for path in workspace.rglob("*") if path.is_file())


def _with_a_slip(text: str, suffix: str, chance: random.Random) -> str:
    lines = text.split("\n")
    number = chance.randrange(len(lines))
    between = {".csv": ",", ".yaml": ": ", ".toml": " = ", ".md": " "}[suffix]
    cells = lines[number].split(between)
    cells[chance.randrange(len(cells))] = chance.choice(SLIPS)
    kept, lines[number] = lines[number], between.join(cells)
    happened = chance.random()
    if happened < 0.1:
        lines.insert(number, lines[number])
    elif happened < 0.25:
        del lines[number]
    elif happened < 0.3:
        lines[number] = "  " + kept
    return "\n".join(lines)


def try_slips(folder: Path, kent: Path, seed: int, cases: int, until: float) -> Outcome:
    """`check` and a reading command say in one sentence, or in findings, what is wrong, and where."""
    found = Outcome()
    chance = random.Random(seed)
    for number, (file, workspace) in enumerate(slipped_workspaces(kent, folder, chance)):
        if number >= cases or time.monotonic() > until:
            return found
        kind = f"slip in {Path(file).suffix}"
        for words in (*READING, ("check",)):
            done = _try(kind, (*words, str(workspace)), found, quiet=True)
            if done is None or done.code != ONE_SENTENCE:
                continue
            if not any(name in done.err for name in _files_of(workspace)):
                found.add(kind, "names no file", f"{words} after a slip in {file}: {done.err[:300]}")
            elif not re.search(r"\bline \d", done.err):
                found.add(kind, "names no line", f"{words} after a slip in {file}: {done.err[:300]}")
    return found


def _try(kind: str, words: Sequence[str], found: Outcome, quiet: bool = False):
    try:
        done = run(*words)
    except BaseException as problem:
        found.add(kind, "traceback", f"{words}: {problem!r}"[:600])
        return None
    sentences = [line for line in done.err.splitlines() if line.strip() and not line.startswith(BAR)]
    usage = "Usage:" in done.err
    if done.code not in (0, 1, 2):
        found.add(kind, f"ended with {done.code}", f"{words}: {done.err[-300:]}")
    elif done.code == ONE_SENTENCE and not usage and len(sentences) != 1:
        found.add(kind, "not one sentence", f"{words}: {done.err[:300]}")
    else:
        found.add(kind, f"ended with {done.code}")
    return done
