"""The list of schools and colleges (GIAS extract), and from it the class of setting of a placement.

Source of the table of types: MastodonC/witan.send.settings, resources/standard/estab-type-to-estab-cat.csv, with the
choices of domain definitions "Setting class". A type that is not in the table is found and named, never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from highneeds.intake.sen2.blade import text_frame
from highneeds.intake.sen2.cells import read_cells
from highneeds.intake.sen2.fields import CellKind, Field, squashed
from highneeds.intake.text import read_bytes
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.setting import SETTINGS, SettingClass
from highneeds.vocabulary.source import Source

TYPES: Mapping[SettingClass, tuple[str, ...]] = {
    SettingClass.EYS: ("Local authority nursery school",),
    SettingClass.MSMDA: (
        "Community school",
        "Voluntary aided school",
        "Voluntary controlled school",
        "Foundation school",
        "Academy sponsor led",
        "Academy converter",
        "Free schools",
        "Studio schools",
    ),
    SettingClass.MSIN: ("Other independent school",),
    SettingClass.SPMDA: (
        "Community special school",
        "Foundation special school",
        "Academy special sponsor led",
        "Academy special converter",
        "Free schools special",
    ),
    SettingClass.SPNM: ("Non-maintained special school",),
    SettingClass.SPIN: ("Other independent special school",),
    SettingClass.APRU: (
        "Pupil referral unit",
        "Academy alternative provision sponsor led",
        "Academy alternative provision converter",
        "Free schools alternative provision",
    ),
    SettingClass.SIXTH_FORM: (
        "Academy 16-19 converter",
        "Academy 16 to 19 sponsor led",
        "Free schools 16 to 19",
        "Sixth form centres",
    ),
    SettingClass.GFE: (
        "Further education",
        "City technology college",
        "University technical college",
        "Higher education institutions",
    ),
    SettingClass.SP16: ("Special post 16 institution",),
    SettingClass.SECU: ("Secure units", "Academy secure 16 to 19"),
    SettingClass.OTHE: (
        "Online provider",
        "Service children's education",
        "Offshore schools",
        "British schools overseas",
        "Institution funded by other government department",
        "Miscellaneous",
    ),
}
_CLASS_OF = {squashed(name): setting for setting, names in TYPES.items() for name in names}
_SENSETTINGS = {row.code.value: row.code.value for row in SETTINGS if row.sensetting}

# GIAS column -> our column; the first is needed, the rest may be absent
COLUMNS: Mapping[str, str] = {
    "URN": "urn",
    "UKPRN": "ukprn",
    "EstablishmentName": "name",
    "TypeOfEstablishment (name)": "type",
    "TypeOfResourcedProvision (name)": "resourced_provision",
    "FurtherEducationType (name)": "further_education_type",
    "SchoolCapacity": "capacity",
    "OpenDate": "opens",
    "CloseDate": "closes",
}
READ = ("capacity", "opens", "closes")
"""What is not kept as text."""


@dataclass(frozen=True)
class Establishments:
    """frame: urn, ukprn, name, type, resourced_provision, further_education_type (text), capacity (whole number),
    opens, closes (dates), setting_class (a SettingClass code, 'unclassed' where the type is not in the table), line,
    unreadable (which columns of a row, as the list names them, hold something that is no number or no date)."""

    file: str
    frame: pl.DataFrame

    @cached_property
    def by_urn(self) -> pl.DataFrame:
        return self._by("urn")

    @cached_property
    def by_ukprn(self) -> pl.DataFrame:
        return self._by("ukprn")

    def _by(self, column: str) -> pl.DataFrame:
        """One row per identifier; of several, one that is open."""
        held = self.frame.filter(pl.col(column).is_not_null()).sort("closes", nulls_last=False, maintain_order=True)
        return held.unique(column, keep="first", maintain_order=True).select(
            column, pl.col("setting_class").alias(f"class_by_{column}")
        )


def read_establishments(path: Place, name: str = "") -> Establishments:
    """A GIAS extract as published, in Windows-1252 or UTF-8; columns beyond those of COLUMNS are left alone."""
    file = name or path.name
    text = text_frame(read_bytes(path, file), file)
    named = {squashed(column): column for column in text.columns}
    if "urn" not in named:
        raise InputError(
            "The column URN is missing", where=Source(file, 1), remedy="Give the GIAS extract as published"
        )
    columns = [
        (pl.col(named[squashed(gias)]) if squashed(gias) in named else pl.lit(None, pl.String)).alias(ours)
        for gias, ours in COLUMNS.items()
    ]
    frame = text.select(*columns, "line").with_columns(_trimmed(ours) for ours in COLUMNS.values())
    return Establishments(file, _typed(frame))


def _trimmed(column: str) -> pl.Expr:
    text = pl.col(column).str.strip_chars()
    return pl.when(text != "").then(text).alias(column)


def _typed(frame: pl.DataFrame) -> pl.DataFrame:
    """Dates and numbers read; a cell that is neither stays empty and is found (EST-06): the list is not ours."""
    days = [read_cells(frame[name], Field("", name, name, CellKind.DAY))[0] for name in ("opens", "closes")]
    capacity = frame["capacity"].str.to_integer(strict=False)
    read = frame.with_columns(*days, pl.when(capacity >= 0).then(capacity).alias("capacity"), _classes(frame))
    lost = [
        pl.when(read[name].is_null() & frame[name].is_not_null()).then(pl.lit(gias))
        for gias, name in COLUMNS.items()
        if name in READ
    ]
    return read.with_columns(pl.concat_list(lost).list.drop_nulls().alias("unreadable"))


def _classes(frame: pl.DataFrame) -> pl.Series:
    """The class of each establishment by its type; a sixth-form college is known by its further education type."""
    classes = {
        name: _CLASS_OF.get(squashed(name), SettingClass.UNCLASSED).value
        for name in frame["type"].unique().drop_nulls()
    }
    by_type = frame["type"].replace_strict(
        list(classes), list(classes.values()), default=SettingClass.UNCLASSED.value, return_dtype=pl.String
    )
    sixth_form = pl.col("further_education_type").str.to_lowercase().str.starts_with("sixth form college")
    further = pl.col("setting_class") == SettingClass.GFE.value
    return (
        frame.select(by_type.alias("setting_class"), "further_education_type")
        .with_columns(
            pl.when(further & sixth_form)
            .then(pl.lit(SettingClass.SIXTH_FORM.value))
            .otherwise("setting_class")
            .alias("setting_class")
        )
        .get_column("setting_class")
    )


def classify(rows: pl.DataFrame, establishments: Establishments | None) -> pl.DataFrame:
    """`setting_class` and `establishment_known` of rows with urn, ukprn, sensetting, sen_unit, resourced_provision.

    URN, else UKPRN, through the list; with neither, the SENsetting code. An identifier that the list does not hold
    (or no list at all) gives 'unclassed'; where nothing is given the class is null.
    """
    found = _looked_up(rows, establishments)
    identified = pl.col("urn").is_not_null() | pl.col("ukprn").is_not_null()
    by_list = pl.when(pl.col("urn").is_not_null()).then("class_by_urn").otherwise("class_by_ukprn")
    mainstream = by_list == SettingClass.MSMDA.value
    by_unit = (
        pl.when(mainstream & pl.col("resourced_provision"))
        .then(pl.lit(SettingClass.RP.value))
        .when(mainstream & pl.col("sen_unit"))
        .then(pl.lit(SettingClass.SENU.value))
        .otherwise(by_list)
    )
    code = pl.col("sensetting").replace_strict(
        _SENSETTINGS, default=SettingClass.UNCLASSED.value, return_dtype=pl.String
    )
    setting = (
        pl.when(identified)
        .then(by_unit.fill_null(SettingClass.UNCLASSED.value))
        .when(pl.col("sensetting").is_not_null())
        .then(code)
    )
    known = pl.when(identified & pl.lit(establishments is not None)).then(by_list.is_not_null())
    return found.select(setting.alias("setting_class"), known.alias("establishment_known"))


def _looked_up(rows: pl.DataFrame, establishments: Establishments | None) -> pl.DataFrame:
    rows = rows.select("urn", "ukprn", "sensetting", "sen_unit", "resourced_provision")
    if establishments is None:
        nothing = pl.lit(None, pl.String)
        return rows.with_columns(nothing.alias("class_by_urn"), nothing.alias("class_by_ukprn"))
    by_urn = rows.join(establishments.by_urn, on="urn", how="left", maintain_order="left")
    return by_urn.join(establishments.by_ukprn, on="ukprn", how="left", maintain_order="left")
