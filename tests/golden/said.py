"""Sentences that the small councils do not come to: each call of calls.txt beside what it says.

python scripts/write_texts.py        writes tests/golden/formats/said.txt; read the difference
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import SimpleNamespace as a
from typing import Any

import highneeds.report.words as rooms
from highneeds.account.balance.on_track import OnTrackVerdict
from highneeds.account.stated import Stated
from highneeds.vocabulary.note import Note

CALLS = Path(__file__).with_name("calls.txt")


def m(millions: float, qualifier: str = "exact", high: float | None = None) -> Stated:
    """A sum of so many million pounds."""
    end = None if qualifier in ("at_least", "over") else millions if high is None else high
    return Stated(round(millions * 1e8), None if end is None else round(end * 1e8), qualifier)


def between(low: float, high: float) -> Stated:
    """'at least £5m', of which the highest is said too."""
    return Stated(round(low * 1e8), round(high * 1e8), "at_least")


def note(code: str, **values: Any) -> Note:
    return Note.of(code, **values)


def said() -> str:
    """Every call with what it says."""
    verdicts = {"YES": OnTrackVerdict.YES, "NO": OnTrackVerdict.NO, "CANNOT": OnTrackVerdict.CANNOT_SAY}
    known: dict[str, Any] = {"a": a, "between": between, "m": m, "note": note, "D": D, "F": F, "date": date, **verdicts}
    for module in iter_modules(rooms.__path__):
        known[module.name] = import_module(f"{rooms.__name__}.{module.name}")
    return "".join(f"{call}\n{''.join(_shown(eval(call, known)))}" for call in CALLS.read_text("utf-8").splitlines())


def _shown(answer: Any) -> Iterator[str]:
    for one in answer if isinstance(answer, tuple | list) else (answer,):
        yield f"    {one}\n"
