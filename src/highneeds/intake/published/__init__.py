"""Published statistics: a pack in the package, or a folder of the same CSV files with other councils and later years.

>>> published = open_pack()
>>> published.table("ehcp_caseload_total")
>>> published.known_at(2020).table("ehcp_caseload_total")["year"].max()
2020
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from highneeds.intake.published import known, typed_csv
from highneeds.intake.published.repeated import without_figures_of_the_region
from highneeds.intake.published.schema import TABLES, canonical_name
from highneeds.vocabulary.errors import InputError

PACK = Path(__file__).parent / "pack"
ENGLAND = "E92000001"
BY_AREA_AND_YEAR = ("ehcp_process", "sen2_management_info")
"""Tables with a row per area and calendar year, in which a council's row can carry its region's figure."""


@dataclass(frozen=True)
class Published:
    """The published tables of one folder, read when first asked for and kept.

    files     table name -> file, for every table recognised
    shipped   whether these are the files of the package, which do not change while it runs
    january   the last January known, or None for everything
    day       the day by which a figure had to be published, or None for everything
    """

    where: str
    files: Mapping[str, Path] = field(hash=False)
    january: int | None = None
    day: date | None = None
    shipped: bool = False
    _read: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False, compare=False)
    _whole: "Published | None" = field(default=None, repr=False, compare=False)

    def has(self, name: str) -> bool:
        """Whether the folder holds this table."""
        return name in self.files

    def table(self, name: str) -> pl.DataFrame:
        """The table of that name: typed, markers of a missing figure as null, `la_number` as text."""
        if name not in TABLES:
            raise KeyError(f"There is no published table called {name}; see highneeds.intake.published.schema.")
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def known_at(self, january: int) -> "Published":
        """The same folder as it could be read on the census day of that January: nothing dated later.

        It takes its rows from the tables that this one has read, so that many Januaries read a file once.
        """
        latest = january if self.january is None else min(january, self.january)
        return replace(self, january=latest, _read={}, _whole=self)

    def known_on(self, day: date) -> "Published":
        """The same folder as it could be read on that day: nothing published later."""
        return replace(self, day=day if self.day is None else min(day, self.day), _read={}, _whole=None)

    def source(self, name: str) -> str:
        """Where the figures of a table come from, to print beside them."""
        return TABLES[name].source

    def _load(self, name: str) -> pl.DataFrame:
        if self._whole is not None and self.january is not None:
            return known.known_at(self._whole.table(name), self.january)
        path = self.files.get(name)
        if path is None:
            raise InputError(
                f"There is no file {name}_*.csv",
                where=self.where,
                remedy=f"Add the published file that holds: {TABLES[name].title.lower()}.",
            )
        whole = _read_file(path, name)
        if name in BY_AREA_AND_YEAR and self.has("la_lookup"):
            whole = without_figures_of_the_region(whole, self.table("la_lookup"))
        if self.day is not None:
            whole = known.known_on(whole, name, self.day)
        return whole if self.january is None else known.known_at(whole, self.january)


def open_pack(given: Path | str | None = None) -> Published:
    """The published statistics in the folder `given`, or those shipped with the package.

    Files are recognised by name without the years they cover; files of other names are left alone.
    """
    if given is None:
        return Published("the pack", {path.stem: path for path in sorted(PACK.glob("*.parquet"))}, shipped=True)
    folder = Path(given)
    if not folder.is_dir():
        raise InputError(
            "The open data folder is not there", where=str(folder), remedy="Give the folder that holds the CSV files."
        )
    return Published(str(folder), _recognised(folder))


def _recognised(folder: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for path in sorted(folder.glob("*.csv")):
        name = canonical_name(path.stem)
        if name in files:
            raise InputError(
                f"{files[name].name} and {path.name} hold the same table",
                where=str(folder),
                remedy="Keep only the newer of the two.",
            )
        if name in TABLES:
            files[name] = path
    if not files:
        raise InputError(
            "There is no published file in the folder",
            where=str(folder),
            remedy="Give the folder that holds files such as ehcp_caseload_total_2010_2025.csv.",
        )
    return files


def _read_file(path: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(path) if path.suffix == ".parquet" else typed_csv.read(path, name)
