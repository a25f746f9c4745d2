"""A pytest plugin: write down which test runs which line of the package, and how long each test takes.

    PYTHONPATH=src:scripts .venv/bin/python -m pytest -p callers --callers out/callers.json tests/spec

`scripts/mutate.py` reads the file, so that a fault is shown to the tests that run the faulty line and to no others.
What a fixture runs counts for every test that uses the fixture. A second call adds to the file what it saw.
"""

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "highneeds"


class Callers:
    """Which lines run while a fixture is made or a test runs."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines = coverage.Coverage(data_file=None, source=[str(SOURCE)], config_file=False)
        self.fixtures: dict[Any, str] = {}
        self.parts: dict[str, set[str]] = {}
        self.seconds: dict[str, float] = defaultdict(float)
        self.now, self.since = "", time.perf_counter()

    def pytest_sessionstart(self) -> None:
        self.lines.start()

    def _in(self, name: str) -> str:
        """What runs from now on is part of `name`; what ran till now was part of what is given back."""
        now = time.perf_counter()
        self.seconds[self.now] += now - self.since
        before, self.now, self.since = self.now, name, now
        self.lines.switch_context(name)
        return before

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[None]:
        self.fixtures[fixturedef] = f"{fixturedef.baseid}::{fixturedef.argname} {request.param_index}"
        before = self._in(self.fixtures[fixturedef])
        try:
            return (yield)
        finally:
            self._in(before)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._in(item.nodeid)
        try:
            return (yield)
        finally:
            self._in("")
            definitions = item._fixtureinfo.name2fixturedefs if hasattr(item, "_fixtureinfo") else {}
            used = {self.fixtures.get(found[-1], "") for found in definitions.values()}
            self.parts[item.nodeid] = {item.nodeid, *used} - {""}

    def pytest_sessionfinish(self) -> None:
        self.lines.stop()
        known = json.loads(self.file.read_text("utf-8")) if self.file.exists() else {"tests": {}, "parts": {}}
        known["tests"] |= {test: sorted(parts) for test, parts in self.parts.items()}
        ran = self._ran()
        known["parts"] |= {
            part: {"seconds": round(seconds, 3), "lines": ran[part]} for part, seconds in self.seconds.items() if part
        }
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(known), "utf-8")

    def _ran(self) -> dict[str, dict[str, list[int]]]:
        """The lines that each test or fixture runs, by file."""
        ran: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        data = self.lines.get_data()
        for path in data.measured_files():
            file = str(Path(path).relative_to(SOURCE.parents[1]))
            for line, parts in data.contexts_by_lineno(path).items():
                for part in parts:
                    ran[part][file].append(line)
        return ran


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--callers", type=Path, help="write here which test runs which line")


def pytest_configure(config: pytest.Config) -> None:
    if file := config.getoption("--callers"):
        config.pluginmanager.register(Callers(file), "who runs what")
