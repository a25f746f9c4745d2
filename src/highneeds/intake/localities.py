"""The council's table of districts or areas, by the outward part of a postcode or by school; used at the door alone.

A postcode says where a child lives, so it goes no further than this: what is kept is the name of the area. Where the
table does not hold the child's postcode, the area is that of the school the child is placed in, where it holds that.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

FILE = "localities.csv"
COLUMNS = ("outward_part", "urn", "area")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_URN = re.compile(r"[0-9]{5,7}")
_WHOLE_POSTCODE = r"^([A-Z]{1,2}[0-9][0-9A-Z]?)[0-9][A-Z]{2}$"
_LONGEST = 60


@dataclass(frozen=True)
class Localities:
    """by_outward: 'AB10' -> area; by_urn: URN -> area."""

    by_outward: Mapping[str, str] = field(default_factory=dict)
    by_urn: Mapping[str, str] = field(default_factory=dict)


NO_LOCALITIES = Localities()


def localities_of(workspace: Place) -> Localities:
    """The table of a workspace; none where it keeps none."""
    place = workspace / FILE
    return read_localities(place) if place.is_file() else NO_LOCALITIES


def read_localities(place: Place) -> Localities:
    """One row an outward part or a school, with its area. InputError names file and line, never what stands there."""
    by_outward: dict[str, str] = {}
    by_urn: dict[str, str] = {}
    for row in read_csv(place, COLUMNS, optional=("note",), name=FILE):
        outward, urn = row["outward_part"].upper().replace(" ", ""), row["urn"]
        _must_be_right(row, outward, urn)
        table, name = (by_outward, outward) if outward else (by_urn, urn)
        if name in table:
            raise InputError("The row stands there already", where=row.where, remedy="Keep one area for each")
        table[name] = row["area"]
    return Localities(by_outward, by_urn)


def _must_be_right(row: CsvRow, outward: str, urn: str) -> None:
    if bool(outward) == bool(urn):
        raise InputError(
            "The row needs an outward part or a URN, and one of them alone",
            where=row.where,
            remedy="Fill one column and leave the other empty",
        )
    if outward and not _OUTWARD.fullmatch(outward):
        raise InputError(
            "This is not the outward part of a postcode",
            where=row.place("outward_part"),
            remedy="Give the first half alone, such as AB10; a whole postcode may stand for one child",
        )
    if urn and not _URN.fullmatch(urn):
        raise InputError("This is not a URN", where=row.place("urn"), remedy="Give five to seven digits")
    if not row["area"] or len(row["area"]) > _LONGEST:
        raise InputError(
            f"The area is empty or longer than {_LONGEST} letters", where=row.place("area"), remedy="Give its name"
        )


def area_of_postcodes(postcodes: pl.Series, localities: Localities) -> pl.Series:
    """The area of each postcode; null where it is no whole postcode or the table does not hold its outward part."""
    outward = postcodes.str.replace_all(" ", "").str.extract(_WHOLE_POSTCODE, 1)
    return _mapped(outward, localities.by_outward)


def with_areas_of_schools(persons: pl.DataFrame, placements: pl.DataFrame, localities: Localities) -> pl.DataFrame:
    """Persons whose `locality` is still empty get that of the school of their last main placement."""
    if not localities.by_urn:
        return persons
    known = placements.filter((pl.col("rank") == 1) & pl.col("person").is_not_null())
    last = known.sort("entry_date", nulls_last=False, maintain_order=True).unique("person", keep="last")
    last = last.select("person", at_school=_mapped(last["urn"], localities.by_urn))
    found = persons.join(last, on="person", how="left", maintain_order="left")
    return found.with_columns(pl.coalesce("locality", "at_school").alias("locality")).drop("at_school")


def _mapped(names: pl.Series, areas: Mapping[str, str]) -> pl.Series:
    if not areas:
        return pl.Series(names.name, [None], dtype=pl.String).new_from_index(0, len(names))
    return names.replace_strict(list(areas), list(areas.values()), default=None, return_dtype=pl.String)
