"""An invented return as it was written, read back whole: its tables, its schools and its day.

Only what `highneeds synthesise` wrote is read here, names and UPNs included, for they are invented too. A return of
real children is refused before a row of it is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from highneeds.intake.establishments import classify, read_establishments
from highneeds.intake.received import BESIDE
from highneeds.intake.sen2.blade import module_by_name, read_module
from highneeds.intake.sen2.cells import DTYPES, read_cells
from highneeds.intake.sen2.fields import BLADE, CellKind
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.sen2.rows import MODULES
from highneeds.intake.sen2.sources import SourceFile, files_in
from highneeds.intake.text import read_bytes
from highneeds.invented.caseload.forms import Tables
from highneeds.invented.caseload.margins import CLASSES
from highneeds.invented.caseload.schools import IN_MAINSTREAM, PLANS_IN_ONE, Schools
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

SOFTWARE = "SYNTHETIC"
LISTED, FAULTS = "establishments.csv", "faults.csv"
_READ_WHOLE = (CellKind.PERSONAL, CellKind.TEXT, CellKind.CODE)


@dataclass(frozen=True)
class EarlierReturn:
    """tables: every item of every layout, empty where the layout had none; given: module -> items that were there.

    listed   the class of setting of each placement by its id, as an index into CLASSES
    """

    tables: Tables
    given: Mapping[str, frozenset[str]]
    schools: Schools
    listed: Mapping[int, int]

    @property
    def as_at(self) -> date:
        day: date = self.tables["header"]["referencedate"][0]
        return day

    @property
    def council(self) -> str:
        return str(self.tables["header"]["lea"][0])

    def last(self, module: str) -> int:
        """The highest id of a module, 0 where it is empty."""
        return max(self.tables[module][BLADE[module][1]].to_list(), default=0)


def read_earlier(folder: Place) -> EarlierReturn:
    """The invented return in a folder, in the CSV form or as a zip of it.

    Raises InputError where it is no invented return, is in another form, or has faults put in.
    """
    if not folder.is_dir():
        raise InputError("The folder is missing", where=folder.name, remedy="Give the --out of the earlier synthesise")
    if (folder / FAULTS).is_file():
        raise InputError(
            "The earlier return has faults put in, and what is wrong cannot be carried on",
            where=f"{folder.name}/{FAULTS}",
            remedy="Carry on a return made without --faults; the later one may be given --faults",
        )
    texts = _texts(folder)
    _must_be_invented(texts["header"], folder.name)
    tables = {module: _typed(module, texts[module], folder.name) for module in ("header", *MODULES)}
    if tables["header"]["referencedate"].null_count() or tables["header"].height != 1:
        raise InputError("The header has no reference date", where=folder.name, remedy="Make the return again")
    given = {module: frozenset(frame.columns) for module, frame in texts.items()}
    place = _list_beside(folder)
    return EarlierReturn(tables, given, _schools(place), _classes(tables["placements"], place))


def _texts(folder: Place) -> dict[str, pl.DataFrame]:
    found: dict[str, SourceFile] = {}
    for source in files_in([folder]):
        named = module_by_name(source.stem) if source.suffix == ".csv" and source.name not in BESIDE else None
        if named is None:
            continue
        if named[0] in found:
            raise InputError(
                f"{found[named[0]].name} and {source.name} hold the same module",
                where=folder.name,
                remedy="Give a folder with one return",
            )
        found[named[0]] = source
    missing = [BLADE[module][0] for module in ("header", *MODULES) if module not in found]
    if missing:
        raise InputError(
            f"There is no whole invented return in the CSV form: {', '.join(missing)} missing",
            where=folder.name,
            remedy="Make the earlier return with --form csv, or as a --zip of it",
        )
    return {module: read_module(source).load() for module, source in found.items()}


def _must_be_invented(header: pl.DataFrame, folder: str) -> None:
    software = header["softwarecode"].to_list() if "softwarecode" in header.columns else []
    if software != [SOFTWARE]:
        raise InputError(
            "The return does not say that it is invented",
            where=folder,
            remedy="Only what `highneeds synthesise` wrote can be carried on, never a return of real children",
        )


def _typed(module: str, text: pl.DataFrame, folder: str) -> pl.DataFrame:
    """Every column of every layout: ids as numbers, dates and flags read, the rest as it stands."""
    ids = [name for name in BLADE[module][1:] if name]
    ids += ["personorderseqcolumn"] if module == "persons" else []
    if lost := [name for name in ids if name not in text.columns]:
        raise InputError(f"The column {lost[0]} is missing", where=folder, remedy="Make the earlier return again")
    columns = [text[name].cast(pl.Int64) for name in ids]
    for name, field in every_column(module).items():
        held = text[name] if name in text.columns else pl.Series(name, [None] * text.height, dtype=pl.String)
        held = held.set(held == "", None)
        if field.kind in _READ_WHOLE:
            columns.append(held)
            continue
        values, bad = read_cells(held, field)
        if bad:
            raise InputError(
                f"{len(bad)} cells of {name} cannot be read", where=folder, remedy="Make the earlier return again"
            )
        columns.append(values.cast(DTYPES[field.kind]))
    return pl.DataFrame(columns)


def _list_beside(folder: Place) -> Place:
    """The list of schools lies beside the return, or in the workspace whose caseload it is."""
    for place in (folder / LISTED, folder.parent / LISTED):
        if place.is_file():
            return place
    raise InputError(
        "The list of invented schools is missing", where=f"{folder.name}/{LISTED}", remedy="Make the return again"
    )


def _schools(place: Place) -> Schools:
    frame = pl.read_csv(read_bytes(place, LISTED).decode("cp1252").encode(), infer_schema=False)
    listed = read_establishments(place, LISTED).frame
    urns, ukprns = {}, {}
    for code in PLANS_IN_ONE:
        here = listed.filter(pl.col("setting_class") == code)
        urns[code], ukprns[code] = here["urn"].to_numpy(), here["ukprn"].to_numpy()
    if empty := [code for code, held in urns.items() if not len(held)]:
        raise InputError(f"The list has no school of the class {empty[0]}", where=LISTED, remedy="Make it again")
    urns |= dict.fromkeys(IN_MAINSTREAM, urns["MsMdA"])
    ukprns |= dict.fromkeys(IN_MAINSTREAM, ukprns["MsMdA"])
    return Schools(frame, urns, ukprns)


def _classes(placements: pl.DataFrame, place: Place) -> dict[int, int]:
    rows = placements.rename({"senunitindicator": "sen_unit", "resourcedprovisionindicator": "resourced_provision"})
    found = classify(rows, read_establishments(place, LISTED))["setting_class"].to_list()
    index = {code: number for number, code in enumerate(CLASSES)}
    unknown = index["UKN"]
    ids = np.asarray(placements["placementdetailtableid"])
    return {int(row): index.get(str(code), unknown) for row, code in zip(ids, found, strict=True)}
