"""A summary worked out in a process of its own, beside the rest of a run: both cores work, its memory is given back.

>>> with RunningForecast(task, kept) as forecast:
...     other_work()
...     summary = forecast.answer()
"""

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from datetime import date

from pydantic import TypeAdapter

from highneeds.caseload import Caseload
from highneeds.caseload.store import from_files
from highneeds.forecast.scenarios import scenario_files
from highneeds.forecast.summary import ForecastInputs, ForecastResult
from highneeds.forecast.summary.keep import KIND, kept_or_made, name_of, read_back
from highneeds.intake.published import Published, open_pack
from highneeds.intake.text import decode
from highneeds.store.cache import Cache
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.printable import printable
from highneeds.vocabulary.source import Source

REFUSED = 2


@dataclass(frozen=True)
class ForecastTask:
    """inputs       of which council, from which balance, with how many draws
    open_data   the address of a folder of published statistics; None for the pack
    scenarios   (name of the file, its text), in order
    kernel      'numba' or 'numpy'
    as_known    the day by which a statistic had to be published; None for all there are
    returns     the council's own accepted returns: (fingerprint, its files by name), the oldest first
    """

    inputs: ForecastInputs
    open_data: str | None
    scenarios: tuple[tuple[str, str], ...]
    kernel: str
    as_known: date | None = None
    returns: tuple[tuple[str, tuple[tuple[str, bytes], ...]], ...] = ()

    @property
    def name(self) -> str:
        """The fingerprint of everything that makes the answer."""
        known = " ".join([self.kernel, str(self.as_known or ""), *(one for one, _ in self.returns)]).strip()
        return name_of(self.inputs, open_pack(self.open_data).files.values(), self.scenarios, known)

    @property
    def published(self) -> Published:
        """The statistics that the answer is learnt from."""
        pack = open_pack(self.open_data)
        return pack if self.as_known is None else pack.known_on(self.as_known)

    def text(self) -> str:
        day = None if self.as_known is None else self.as_known.isoformat()
        returns = [(one, [(name, b64encode(data).decode()) for name, data in files]) for one, files in self.returns]
        return json.dumps([asdict(self.inputs), self.open_data, self.scenarios, self.kernel, day, returns])

    @classmethod
    def of(cls, text: str) -> "ForecastTask":
        inputs, open_data, scenarios, kernel, day, returns = json.loads(text)
        found = TypeAdapter(ForecastInputs).validate_python(inputs)
        known = date.fromisoformat(day) if day else None
        kept = tuple((one, tuple((name, b64decode(data)) for name, data in files)) for one, files in returns)
        return cls(found, open_data, tuple((name, said) for name, said in scenarios), kernel, known, kept)

    @property
    def caseloads(self) -> tuple[Caseload, ...]:
        """The accepted returns, read."""
        return tuple(from_files(one, dict(files)) for one, files in self.returns)


def scenario_texts(workspace: Place) -> tuple[tuple[str, str], ...]:
    """The scenarios of a workspace as a question carries them."""
    return tuple(
        (f"scenarios/{one.name}", printable(decode(one.read_bytes(), one.name))) for one in scenario_files(workspace)
    )


class RunningForecast:
    """A summary that is begun at once, unless it is kept. `answer` waits for it; `stop` gives it up."""

    def __init__(self, task: ForecastTask, kept: Cache) -> None:
        self._task, self._kept, self._name = task, kept, task.name
        self._process = None if kept.find(KIND, self._name) is not None else _begun(task)

    def answer(self) -> ForecastResult:
        return kept_or_made(self._kept, self._name, self._made)

    def _made(self) -> ForecastResult:
        process, self._process = self._process or _begun(self._task), None
        return _answered(process)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __enter__(self) -> "RunningForecast":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _begun(task: ForecastTask) -> "subprocess.Popen[str]":
    """The same program again, in a process of its own."""
    paths = os.pathsep.join(filter(None, sys.path))
    process = subprocess.Popen(
        [sys.executable, "-m", "highneeds.forecast.summary"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stdin is not None
    process.stdin.write(task.text())
    process.stdin.close()
    process.stdin = None
    return process


def _answered(process: "subprocess.Popen[str]") -> ForecastResult:
    with process:
        text, _ = process.communicate()
    if process.returncode == REFUSED:
        said = json.loads(text)
        lacks, lacks_in = tuple(said["lacks"]), tuple(said["lacks_in"])
        where = Source(**said["where"])
        raise InputError(said["what"], where=where, remedy=said["remedy"], lacks=lacks, lacks_in=lacks_in)
    if process.returncode:
        raise RuntimeError(f"The forecast ended with {process.returncode}; what went wrong stands above.")
    return read_back(text.encode("utf-8"))
