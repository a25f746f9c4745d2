"""Rules that hold placements against the list of establishments."""

from datetime import date
from typing import Any

import polars as pl
from polars import col

from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._cases import on_plan
from highneeds.checks.sen2._rule import ESTABLISHMENTS, across_rule
from highneeds.intake.sen2.rows import Placement, YoungPerson


def _with_establishment(book: ReturnUnderCheck, placements: pl.DataFrame) -> pl.DataFrame:
    """Placements whose URN the list holds, with what it says of the school."""
    assert book.establishments is not None
    listed = book.establishments.filter(col("urn").is_not_null()).unique("urn", keep="last", maintain_order=True)
    says = listed.select(
        "urn",
        "opens",
        "closes",
        "capacity",
        resourced_provision_listed="resourced_provision",
        setting_class_listed="setting_class",
    )
    return placements.join(says, on="urn", how="inner", maintain_order="left")


def _is_listed_without(book: ReturnUnderCheck, listed: pl.Expr, word: str) -> pl.Expr:
    """The list says that there is none: in words, or by an empty cell of a column that others fill."""
    assert book.establishments is not None
    fills = book.establishments["resourced_provision"].drop_nulls().str.strip_chars().ne("").any()
    says = pl.when(listed.str.strip_chars() != "").then(listed)
    return ~says.str.contains(word).fill_null(not fills)


def _at_school(**placement: Any) -> YoungPerson:
    """A plan of somebody at the school 118000."""
    return on_plan(Placement(**(dict[str, Any](rank=1, urn="118000", entry_date=date(2023, 9, 1)) | placement)))


@across_rule(
    "placements",
    "EST-01",
    field="urn",
    fix="Enter the school that took its place, or the end of the placement.",
    broken_by=dict(people=(_at_school(),), establishments=[dict(urn="118000", closes=date(2025, 1, 15))]),
    holds_for=(
        dict(establishments=[dict(urn="118000", closes=date(2025, 1, 16))]),
        dict(establishments=[dict(urn="118000")]),
        dict(people=(_at_school(leaving_date=date(2025, 1, 15)),)),
    ),
    source="Get Information about Schools, CloseDate",
    needs=(ESTABLISHMENTS,),
)
def a_placement_is_not_at_a_closed_school(book: ReturnUnderCheck) -> pl.DataFrame:
    """The placement is open, but URN {urn} closed {closes}"""
    met = _with_establishment(book, book.open_placements)
    return met.filter(col("closes") < book.ends)


@across_rule(
    "placements",
    "EST-02",
    field="entry_date",
    severity=Severity.QUERY,
    fix="Check the date, or enter the school that stood there before.",
    broken_by=dict(
        people=(_at_school(entry_date=date(2023, 8, 31)),), establishments=[dict(urn="118000", opens=date(2023, 9, 1))]
    ),
    holds_for=dict(people=(_at_school(entry_date=date(2023, 9, 1)),)),
    source="Get Information about Schools, OpenDate",
    needs=(ESTABLISHMENTS,),
)
def a_placement_does_not_start_before_the_school_opens(book: ReturnUnderCheck) -> pl.DataFrame:
    """The placement starts {entry_date}, before URN {urn} opened {opens}"""
    met = _with_establishment(book, book.view("placements"))
    return met.filter(col("entry_date") < col("opens"))


@across_rule(
    "placements",
    "EST-03",
    field="resourced_provision",
    severity=Severity.QUERY,
    fix="Remove the mark, or have the list corrected by the school.",
    broken_by=dict(
        people=(_at_school(resourced_provision=True),),
        establishments=[dict(urn="118000", setting_class="MsMdA", resourced_provision="Not applicable")],
    ),
    holds_for=(
        dict(establishments=[dict(urn="118000", setting_class="MsMdA", resourced_provision="Resourced provision")]),
        dict(establishments=[dict(urn="118000", setting_class="SpMdA", resourced_provision="Not applicable")]),
        dict(establishments=[dict(urn="118000", setting_class="MsMdA")]),
        dict(establishments=[dict(urn="118000", setting_class="MsMdA", resourced_provision=" ")]),
        dict(people=(_at_school(resourced_provision=False),)),
    ),
    also_broken_by=dict(
        establishments=[dict(urn="118000", setting_class="MsMdA"), dict(urn="118001", resourced_provision="SEN unit")]
    ),
    source="Get Information about Schools, TypeOfResourcedProvision",
    needs=(ESTABLISHMENTS,),
)
def resourced_provision_is_where_the_list_says(book: ReturnUnderCheck) -> pl.DataFrame:
    """Resourced provision is marked at URN {urn}, which has none in the list"""
    met = _with_establishment(book, book.open_placements).filter(col("setting_class_listed") == "MsMdA")
    listed = col("resourced_provision_listed").str.to_lowercase()
    has_none = _is_listed_without(book, listed, "resourced")
    return met.filter(col("resourced_provision") & has_none)


@across_rule(
    "placements",
    "EST-04",
    field="sen_unit",
    severity=Severity.QUERY,
    fix="Remove the mark, or have the list corrected by the school.",
    broken_by=dict(
        people=(_at_school(sen_unit=True),),
        establishments=[dict(urn="118000", setting_class="MsMdA", resourced_provision="Resourced provision")],
    ),
    holds_for=(
        dict(
            establishments=[
                dict(urn="118000", setting_class="MsMdA", resourced_provision="Resourced provision and SEN unit")
            ]
        ),
        dict(establishments=[dict(urn="118000", setting_class="SpMdA", resourced_provision="Resourced provision")]),
        dict(establishments=[dict(urn="118000", setting_class="MsMdA")]),
        dict(people=(_at_school(sen_unit=False),)),
    ),
    also_broken_by=dict(
        establishments=[dict(urn="118000", setting_class="MsMdA"), dict(urn="118001", resourced_provision="SEN unit")]
    ),
    source="Get Information about Schools, TypeOfResourcedProvision",
    needs=(ESTABLISHMENTS,),
)
def a_sen_unit_is_where_the_list_says(book: ReturnUnderCheck) -> pl.DataFrame:
    """A SEN unit is marked at URN {urn}, which has none in the list"""
    met = _with_establishment(book, book.open_placements).filter(col("setting_class_listed") == "MsMdA")
    listed = col("resourced_provision_listed").str.to_lowercase()
    has_none = _is_listed_without(book, listed, "unit")
    return met.filter(col("sen_unit") & has_none)


@across_rule(
    "placements",
    "EST-05",
    field="urn",
    severity=Severity.QUERY,
    fix="Check for placements that were not ended.",
    broken_by=dict(
        people=(_at_school(), _at_school()), establishments=[dict(urn="118000", setting_class="SpMdA", capacity=1)]
    ),
    holds_for=(
        dict(establishments=[dict(urn="118000", setting_class="SpMdA", capacity=2)]),
        dict(establishments=[dict(urn="118000", setting_class="MsMdA", capacity=1)]),
        dict(people=(_at_school(), _at_school(leaving_date=date(2025, 1, 15)))),
    ),
    source="Get Information about Schools, SchoolCapacity",
    needs=(ESTABLISHMENTS,),
)
def the_children_of_a_special_school_fit_into_it(book: ReturnUnderCheck) -> pl.DataFrame:
    """{children} children of this council are placed at URN {urn}, which has room for {capacity}"""
    placed = _with_establishment(book, book.open_placements).filter(col("setting_class_listed") == "SpMdA")
    many = placed.with_columns(children=pl.len().over("urn"))
    return many.filter(col("children") > col("capacity")).unique("urn", keep="first", maintain_order=True)


@across_rule(
    "placements",
    "EST-06",
    field="urn",
    severity=Severity.QUERY,
    fix="Take the list anew from Get Information about Schools; the cells count as empty until then.",
    broken_by=dict(people=(), establishments=[dict(urn="118000", line=2, unreadable=["CloseDate"])]),
    holds_for=dict(establishments=[dict(urn="118000", line=2, unreadable=[])]),
    source="Get Information about Schools writes days as 31-08-2024 and places as a whole number",
    needs=(ESTABLISHMENTS,),
)
def the_list_of_establishments_can_be_read(book: ReturnUnderCheck) -> pl.DataFrame:
    """{cells} cells of {item} are no {kind}; the first is on line {at}"""
    assert book.establishments is not None
    lost = book.establishments.select("line", item="unreadable").explode("item").drop_nulls("item")
    found = lost.group_by("item", maintain_order=True).agg(cells=pl.len(), at=col("line").min())
    return found.with_columns(
        kind=pl.when(col("item") == "SchoolCapacity").then(pl.lit("whole number")).otherwise(pl.lit("date")),
        line=col("at"),
        of_module=pl.lit("the list of establishments"),
        person_reference=pl.lit("the list"),
        reference=pl.lit(None, pl.String),
    )
