"""The forecasts made on a workspace, each kept as it was made, so that what came can be held against it.

forecasts/kept.jsonl               one line per forecast, the oldest first; never rewritten but for a line more
forecasts/<fingerprint>/           its table, its register of assumptions and what it was made from
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

FOLDER = "forecasts"
RECORD = "forecasts/kept.jsonl"
SHOWN = 12


@dataclass(frozen=True)
class Kept:
    """One forecast.

    fingerprint   of its files, the day aside: the same forecast made again is not kept twice
    origin        the January it starts from; years, draws, seed: how it was asked for
    learnt_from   'published statistics' or 'own SEN2'
    underway      how far the ledger had come: '2024-25 P6'; '' without a ledger
    known_to      the newest financial year whose outcome was known then; '' for none
    """

    made_on: str
    fingerprint: str
    origin: int
    years: int
    draws: int
    seed: int
    learnt_from: str
    underway: str
    known_to: str
    version: str

    @property
    def name(self) -> str:
        """The fingerprint as people write it."""
        return self.fingerprint[:SHOWN]

    @property
    def ledger_to(self) -> tuple[str, str]:
        """The financial year that the ledger was in, and the period that it had come to: ('2024-25', 'P6')."""
        year, _, period = self.underway.partition(" ")
        return year, period

    @property
    def line(self) -> str:
        return json.dumps(asdict(self), sort_keys=True) + "\n"


def kept_forecasts(workspace: Place) -> tuple[Kept, ...]:
    """Every kept forecast in the order in which they were made."""
    path = workspace / RECORD
    if not path.exists():
        return ()
    lines = path.read_bytes().decode("utf-8").splitlines()
    return tuple(_kept(line, number) for number, line in enumerate(lines, start=1) if line.strip())


def forecast_named(workspace: Place, name: str) -> Kept:
    """The kept forecast whose fingerprint begins so; refused where there is none, or more than one."""
    found = [one for one in kept_forecasts(workspace) if name and one.fingerprint.startswith(name)]
    if len(found) != 1:
        known = ", ".join(one.name for one in kept_forecasts(workspace)) or "none"
        what = "more than one forecast" if found else "no forecast"
        raise InputError(f"There is {what} called '{name}'", where=RECORD, remedy=f"Those kept are: {known}")
    return found[0]


def files_of_forecast(workspace: Place, kept: Kept) -> dict[str, bytes]:
    """The files of one kept forecast by name; refused where they are missing."""
    folder = workspace / FOLDER / kept.fingerprint
    if not folder.is_dir():
        raise InputError(
            "A kept forecast is missing",
            where=f"{FOLDER}/{kept.fingerprint}",
            remedy="Bring the folder back from a backup, or take its line out of kept.jsonl",
        )
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def to_keep(workspace: Place, kept: Kept, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that keeping a forecast writes, the list last; none where the very same one is kept already."""
    earlier = kept_forecasts(workspace)
    if any(one.fingerprint == kept.fingerprint for one in earlier):
        return {}
    placed = {f"{FOLDER}/{kept.fingerprint}/{name}": data for name, data in files.items()}
    lines = "".join(one.line for one in (*earlier, kept))
    return {**placed, RECORD: lines.encode("utf-8")}


def _kept(line: str, number: int) -> Kept:
    try:
        return Kept(**json.loads(line))
    except (ValueError, TypeError) as problem:
        raise InputError(
            "This is not a kept forecast", where=Source(RECORD, number), remedy="Bring the file back from a backup"
        ) from problem
