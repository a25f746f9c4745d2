"""A brief worked out in a process of its own, beside the rest of a run: both cores work, its memory is given back.

>>> with underway(question, kept=None) as answer:
...     other_work()
...     brief = answer()
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from highneeds.forecast.brief import Asked, Foretold
from highneeds.forecast.brief.keep import kept_or_made, name_of, understood
from highneeds.intake.published import Published, open_pack
from highneeds.vocabulary.errors import InputError

REFUSED = 2
SCENARIOS = (".yaml", ".yml", ".toml")


@dataclass(frozen=True)
class Question:
    """asked       of which council, from which balance, with how many draws
    open_data   a folder of published statistics; None for the pack
    scenarios   files, in order
    kernel      'numba' or 'numpy'
    as_known    the day by which a statistic had to be published; None for all there are
    """

    asked: Asked
    open_data: Path | None
    scenarios: tuple[Path, ...]
    kernel: str
    as_known: date | None = None

    @property
    def name(self) -> str:
        """The fingerprint of everything that makes the answer."""
        known = f"{self.kernel} {self.as_known or ''}".strip()
        return name_of(self.asked, open_pack(self.open_data).files.values(), self.scenarios, known)

    @property
    def published(self) -> Published:
        """The statistics that the answer is learnt from."""
        pack = open_pack(self.open_data)
        return pack if self.as_known is None else pack.known_on(self.as_known)

    def text(self) -> str:
        scenarios = [str(path) for path in self.scenarios]
        folder = None if self.open_data is None else str(self.open_data)
        day = None if self.as_known is None else self.as_known.isoformat()
        return json.dumps([asdict(self.asked), folder, scenarios, self.kernel, day])

    @classmethod
    def of(cls, text: str) -> "Question":
        asked, folder, scenarios, kernel, day = json.loads(text)
        found = TypeAdapter(Asked).validate_python(asked)
        known = date.fromisoformat(day) if day else None
        return cls(found, folder and Path(folder), tuple(map(Path, scenarios)), kernel, known)


def scenarios_of(workspace: Path) -> tuple[Path, ...]:
    """The scenario files of a workspace, in the order of their names."""
    return tuple(sorted(path for path in (workspace / "scenarios").glob("*") if path.suffix in SCENARIOS))


@contextmanager
def underway(question: Question, kept: Path | None) -> Iterator[Callable[[], Foretold]]:
    """Begin the brief, unless it is kept; the function given waits for it."""
    running: list[subprocess.Popen[str]] = []
    name = question.name
    if kept is None or not (kept / f"forecast-{name}").is_file():
        running.append(_begun(question))

    def answer() -> Foretold:
        return kept_or_made(kept, name, lambda: _answered(running.pop() if running else _begun(question)))

    try:
        yield answer
    finally:
        for process in running:
            process.kill()
            process.communicate()


def _begun(question: Question) -> "subprocess.Popen[str]":
    """The same program again, in a process of its own."""
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [sys.executable, "-m", "highneeds.forecast.brief", question.text()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
    )


def _answered(process: "subprocess.Popen[str]") -> Foretold:
    with process:
        text, _ = process.communicate()
    if process.returncode == REFUSED:
        problem = json.loads(text)
        raise InputError(problem["what"], where=problem["where"], remedy=problem["remedy"])
    if process.returncode:
        raise RuntimeError(f"The forecast ended with {process.returncode}; what went wrong stands above.")
    return understood(text.encode("utf-8"))
