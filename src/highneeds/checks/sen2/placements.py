"""Rules about placements."""

from datetime import date
from typing import Any

import polars as pl
from polars import col

from highneeds.caseload.caseload import is_open
from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._cases import on_plan
from highneeds.checks.sen2._rule import ESTABLISHMENTS, across_rule, is_no_number, row_rule
from highneeds.intake.sen2.rows import ActivePlan, Placement, Request, YoungPerson


def _without_placement(book: ReturnUnderCheck, *, transferred: bool) -> pl.DataFrame:
    """People with a plan in force and no open placement, who were or were not taken over from another council."""
    placed = book.caseload.placed_on(book.ends)["person"]
    without = book.in_force.filter(~book.in_force.is_in(placed.implode()))
    taken_over = book.view("active_plans").filter(col("transfer_la").is_not_null())["person"].drop_nulls()
    return book.people(without).filter(col("person").is_in(taken_over.implode()) == transferred)


def _at(**placement: Any) -> Placement:
    """A placement from September 2023."""
    return Placement(**(dict(entry_date=date(2023, 9, 1)) | placement))


def _main(entry: date = date(2023, 9, 1), *, left: date | None = None, rank: int = 1) -> Placement:
    """A placement of this rank."""
    return Placement(rank=rank, entry_date=entry, leaving_date=left)


def _apart(*placements: Placement, end: date | None = None) -> YoungPerson:
    """A plan under one request with these placements, and a placement under another."""
    other = ActivePlan(placements=(Placement(rank=1, urn="1", entry_date=date(2023, 9, 1)),))
    return YoungPerson(requests=(*on_plan(*placements, end=end).requests, Request(outcome="H", active_plans=(other,))))


@row_rule(
    "placements",
    "PLC-01",
    field="urn",
    fix="Enter the establishment, or the code of the setting.",
    broken_by=dict(urn=None, ukprn=None, sensetting=None),
    holds_for=(dict(urn="118000"), dict(ukprn="10000001"), dict(sensetting="OLA"), dict(sensetting_unreadable=True)),
    source="SEN2 items URN, UKPRN, SENsetting",
    presence=True,
)
def a_placement_says_where() -> pl.Expr:
    """The placement has neither URN, UKPRN nor SENsetting"""
    said = col("urn").is_not_null() | col("ukprn").is_not_null() | col("sensetting").is_not_null()
    return ~said & ~col("sensetting_unreadable").fill_null(False)


@row_rule(
    "placements",
    "PLC-02",
    field="sensetting",
    severity=Severity.QUERY,
    fix="Keep the URN or UKPRN; the code is for what has neither.",
    broken_by=dict(urn="118000", sensetting="OLA"),
    holds_for=(dict(sensetting=None), dict(urn=None)),
    also_broken_by=dict(urn=None, ukprn="10000001"),
    source="SEN2 item SENsetting",
)
def a_placement_is_said_once() -> pl.Expr:
    """An establishment and the code {sensetting} are both given; the establishment is used"""
    return (col("urn").is_not_null() | col("ukprn").is_not_null()) & col("sensetting").is_not_null()


@row_rule(
    "placements",
    "PLC-03",
    field="entry_date",
    fix="Enter the first day of the placement.",
    broken_by=dict(entry_date=None),
    holds_for=dict(entry_date=date(2024, 9, 1)),
    source="SEN2 item EntryDate",
    presence=True,
)
def a_placement_has_a_start() -> pl.Expr:
    """The placement has no entry date, so it counts on no day"""
    return col("entry_date").is_null()


@row_rule(
    "placements",
    "PLC-04",
    field="leaving_date",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(entry_date=date(2024, 9, 1), leaving_date=date(2024, 8, 31)),
    holds_for=dict(leaving_date=date(2024, 9, 1)),
    source="arithmetic of dates",
)
def a_placement_does_not_end_before_it_starts() -> pl.Expr:
    """The placement ends {leaving_date}, before it starts {entry_date}"""
    return col("leaving_date") < col("entry_date")


@row_rule(
    "placements",
    "PLC-05",
    field="entry_date",
    severity=Severity.QUERY,
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(entry_date=date(2025, 1, 17)),
    holds_for=dict(entry_date=date(2025, 1, 16)),
    source="SEN2 reference date",
)
def a_placement_does_not_start_after_the_return() -> pl.Expr:
    """The placement starts {entry_date}, after the end of the return"""
    return col("entry_date") > col("ends")


@row_rule(
    "placements",
    "PLC-06",
    field="rank",
    fix="Enter 1 for the main placement, 2 for a second one.",
    broken_by=dict(rank=None),
    holds_for=(dict(rank=1), dict(rank=2)),
    also_broken_by=(dict(rank=0), dict(rank=3)),
    source="SEN2 item PlacementRank",
    presence=True,
)
def a_placement_has_a_rank() -> pl.Expr:
    """The rank of the placement is {rank}, not 1 or 2"""
    return ~col("rank").is_in([1, 2]).fill_null(False)


@row_rule(
    "placements",
    "PLC-07",
    field="sensetting",
    fix="Enter one of OLA, OPA, EHE, EYP, OTH, NEET, NIEC, NIEO, or the establishment.",
    broken_by=dict(sensetting="SCH"),
    holds_for=[dict(sensetting=code) for code in ("OLA", "OPA", "EHE", "EYP", "OTH", "NEET", "NIEC", "NIEO", None)],
    also_broken_by=dict(sensetting=None, sensetting_unreadable=True),
    source="SEN2 code sets, SENsetting",
    presence=True,
)
def a_setting_code_is_known() -> pl.Expr:
    """What stands in SENsetting is no setting code"""
    unknown = ~col("sensetting").is_in(["OLA", "OPA", "EHE", "EYP", "OTH", "NEET", "NIEC", "NIEO"])
    return unknown.fill_null(False) | col("sensetting_unreadable").fill_null(False)


@row_rule(
    "placements",
    "PLC-08",
    field="sen_unit",
    severity=Severity.QUERY,
    fix="Enter 1 or 0 for both marks.",
    broken_by=dict(urn="118000", sen_unit=None, resourced_provision=None),
    holds_for=(dict(sen_unit=False, resourced_provision=False), dict(urn=None)),
    also_broken_by=(dict(sen_unit=False), dict(resourced_provision=False)),
    source="SEN2 items SENunitIndicator, ResourcedProvisionIndicator",
    presence=True,
)
def a_school_placement_says_whether_in_a_unit() -> pl.Expr:
    """A URN is given, but not whether the place is in a SEN unit or resourced provision"""
    return col("urn").is_not_null() & (col("sen_unit").is_null() | col("resourced_provision").is_null())


@row_rule(
    "placements",
    "PLC-09",
    field="sen_unit",
    severity=Severity.QUERY,
    fix="Keep the mark that fits.",
    broken_by=dict(sen_unit=True, resourced_provision=True),
    holds_for=(dict(sen_unit=False), dict(resourced_provision=False)),
    source="SEN2 items SENunitIndicator, ResourcedProvisionIndicator",
)
def a_placement_is_in_a_unit_or_in_resourced_provision() -> pl.Expr:
    """The placement is marked as in a SEN unit and in resourced provision"""
    return col("sen_unit") & col("resourced_provision")


@row_rule(
    "placements",
    "PLC-10",
    field="urn",
    fix="Correct the number, or use a newer list.",
    broken_by=dict(urn="999999", establishment_known=False),
    holds_for=dict(establishment_known=True),
    source="Get Information about Schools",
    needs=(ESTABLISHMENTS,),
)
def an_establishment_exists() -> pl.Expr:
    """The list does not hold URN {urn}, UKPRN {ukprn}; the plan counts in every whole and in no class"""
    return ~col("establishment_known")


@row_rule(
    "placements",
    "PLC-11",
    field="setting_text_given",
    severity=Severity.QUERY,
    fix="Say in SENsettingOther what it is.",
    broken_by=dict(sensetting="NIEO"),
    holds_for=(dict(setting_text_given=True), dict(sensetting="OLA")),
    also_broken_by=dict(sensetting="OTH"),
    source="SEN2 item SENsettingOther",
    presence=True,
)
def other_is_explained() -> pl.Expr:
    """The setting is {sensetting}, without a word of explanation"""
    return col("sensetting").is_in(["OTH", "NIEO"]) & ~col("setting_text_given").fill_null(False)


@row_rule(
    "placements",
    "PLC-12",
    field="sensetting",
    severity=Severity.QUERY,
    fix="Enter the school.",
    broken_by=dict(sensetting="EYP", person_age=6),
    holds_for=(dict(person_age=5), dict(sensetting="OLA"), dict(leaving_date=date(2024, 8, 31))),
    source="SEN2 code sets, SENsetting EYP",
)
def an_early_years_provider_fits_the_age() -> pl.Expr:
    """The placement with an early years provider goes on at the age of {person_age}"""
    return (col("sensetting") == "EYP") & (col("person_age") >= 6) & col("leaving_date").is_null()


@row_rule(
    "placements",
    "PLC-13",
    field="sensetting",
    severity=Severity.QUERY,
    fix="Use NIEO for a child of compulsory school age.",
    broken_by=dict(sensetting="NEET", age_at_entry=14),
    holds_for=(dict(age_at_entry=15), dict(sensetting="NIEO")),
    source="SEN2 code sets, SENsetting NEET: 16 to 25",
)
def neet_fits_the_age() -> pl.Expr:
    """Not in education, employment or training stands at the age of {age_at_entry}"""
    return (col("sensetting") == "NEET") & (col("age_at_entry") < 15)


@row_rule(
    "placements",
    "PLC-14",
    field="urn",
    severity=Severity.QUERY,
    fix="Check the establishment and the dates.",
    broken_by=dict(setting_class="SP16", age_at_entry=13, establishment_known=True),
    holds_for=(dict(age_at_entry=14), dict(setting_class="MsMdA")),
    also_broken_by=(dict(setting_class="GFE"), dict(setting_class="6FC")),
    source="post-16 institutions; colleges may take pupils from 14",
)
def a_college_fits_the_age() -> pl.Expr:
    """The placement in {setting_class} starts at the age of {age_at_entry}"""
    return col("setting_class").is_in(["GFE", "SP16", "6FC"]) & (col("age_at_entry") < 14)


@row_rule(
    "placements",
    "PLC-15",
    field="urn",
    severity=Severity.QUERY,
    fix="Check the establishment and the dates.",
    broken_by=dict(setting_class="EYS", age_at_entry=6, establishment_known=True),
    holds_for=(dict(age_at_entry=5), dict(setting_class="MsMdA")),
    source="nursery schools are for children under compulsory school age",
)
def a_nursery_school_fits_the_age() -> pl.Expr:
    """The placement in a nursery school starts at the age of {age_at_entry}"""
    return (col("setting_class") == "EYS") & (col("age_at_entry") >= 6)


@row_rule(
    "placements",
    "PLC-16",
    field="sen_unit",
    severity=Severity.QUERY,
    fix="Remove the mark, or correct the establishment.",
    broken_by=dict(sen_unit=True, establishment_known=True, setting_class="SpMdA"),
    holds_for=(
        dict(sen_unit=False),
        dict(establishment_known=False),
        dict(setting_class="RP"),
        dict(setting_class="SENU"),
    ),
    also_broken_by=dict(sen_unit=False, resourced_provision=True),
    source="SEN2 items SENunitIndicator, ResourcedProvisionIndicator",
)
def units_are_in_mainstream_schools() -> pl.Expr:
    """A SEN unit or resourced provision is marked in {setting_class}; such places are in mainstream schools"""
    return (
        (col("sen_unit") | col("resourced_provision"))
        & col("establishment_known")
        & ~col("setting_class").is_in(["RP", "SENU"])
    )


@row_rule(
    "placements",
    "PLC-17",
    field="urn",
    severity=Severity.QUERY,
    fix="Check the number.",
    broken_by=dict(setting_class="OTHE", establishment_known=True),
    holds_for=(dict(establishment_known=False), dict(setting_class="MsMdA")),
    also_broken_by=dict(setting_class="unclassed"),
    source="types of establishment in Get Information about Schools",
    needs=(ESTABLISHMENTS,),
)
def the_type_of_an_establishment_is_one_for_children_with_plans() -> pl.Expr:
    """The establishment is of a type ({setting_class}) that seldom takes children with plans"""
    return col("setting_class").is_in(["OTHE", "unclassed"]) & col("establishment_known")


@row_rule(
    "placements",
    "PLC-18",
    field="residential",
    severity=Severity.QUERY,
    fix="Enter A (38 to 51 weeks), B (52 weeks) or nothing.",
    broken_by=dict(residential="C"),
    holds_for=[dict(residential=code) for code in ("A", "B", None)],
    source="SEN2 code sets, Res",
    presence=True,
)
def a_residential_code_is_known() -> pl.Expr:
    """The residential code is {residential}, not A or B"""
    return ~col("residential").is_in(["A", "B"])


@row_rule(
    "placements",
    "PLC-19",
    field="active",
    fix="Export the active plan with its placements.",
    broken_by=dict(active=None, reference="3001"),
    holds_for=dict(active=1),
    source="SEN2 structure: activeplanstableid",
)
def a_placement_belongs_to_an_active_plan() -> pl.Expr:
    """The placement {reference} points to no active plan of the return, so it is nobody's"""
    return col("active").is_null()


@row_rule(
    "placements",
    "PLC-20",
    field="entry_date",
    fix="Correct the entry date or the date of birth.",
    broken_by=dict(age_at_entry=-1),
    holds_for=dict(age_at_entry=0),
    source="arithmetic of dates",
)
def a_placement_is_after_birth() -> pl.Expr:
    """The placement starts before the child was born"""
    return col("age_at_entry") < 0


@across_rule(
    "placements",
    "PLC-21",
    field="leaving_date",
    fix="End the earlier placement, or rank the second one 2.",
    broken_by=dict(people=(on_plan(_main(left=date(2025, 1, 16)), _main(date(2024, 9, 1))),)),
    holds_for=(
        dict(people=(on_plan(_main(left=date(2025, 1, 15)), _main(date(2024, 9, 1))),)),
        dict(people=(on_plan(_main(), _main(date(2025, 1, 17))),)),
        dict(people=(on_plan(_main(), _main(rank=2)),)),
        dict(people=(on_plan(_main()), on_plan(_main()))),
    ),
    also_broken_by=dict(people=(on_plan(_main(), _main(date(2025, 1, 16))),)),
    source="SEN2 item PlacementRank",
)
def a_person_has_one_main_placement(book: ReturnUnderCheck) -> pl.DataFrame:
    """Another main placement of the same person is open; this one started {entry_date}"""
    main = book.open_placements.filter(col("rank") == 1)
    return main.filter(~col("person").is_first_distinct())


@across_rule(
    "placements",
    "PLC-22",
    field="rank",
    severity=Severity.QUERY,
    fix="Enter the main placement, or rank this one 1.",
    broken_by=dict(people=(on_plan(_main(left=date(2025, 1, 15)), _main(rank=2)),)),
    holds_for=(
        dict(people=(on_plan(_main(left=date(2025, 1, 16)), _main(rank=2)),)),
        dict(people=(on_plan(_main()),)),
        dict(people=(on_plan(_main(rank=2, left=date(2025, 1, 15))),)),
    ),
    source="SEN2 item PlacementRank",
)
def a_second_placement_has_a_first(book: ReturnUnderCheck) -> pl.DataFrame:
    """Only a second placement is open, started {entry_date}; it stands in for the main one"""
    main = book.open_placements.filter(col("rank") == 1)["person"]
    second = book.open_placements.filter((col("rank") == 2) & ~col("person").is_in(main.implode()))
    return second.unique("person", keep="first", maintain_order=True)


@across_rule(
    "placements",
    "PLC-23",
    field="leaving_date",
    severity=Severity.QUERY,
    fix="Enter the day on which the placement ended, or correct the end of the plan.",
    broken_by=dict(people=(on_plan(_main(), end=date(2025, 1, 15)),)),
    holds_for=(
        dict(people=(on_plan(_main(), end=date(2025, 1, 16)),)),
        dict(people=(on_plan(_main(left=date(2025, 1, 15)), end=date(2025, 1, 15)),)),
    ),
    source="SEN2 module 5: placements under a plan",
)
def a_placement_ends_with_the_plan(book: ReturnUnderCheck) -> pl.DataFrame:
    """The placement goes on, but no plan of the person is in force"""
    ended = book.open_placements.filter(~col("person").is_in(book.in_force.implode()))
    return ended.unique("person", keep="first", maintain_order=True)


@across_rule(
    "placements",
    "PLC-24",
    field="entry_date",
    severity=Severity.QUERY,
    fix="Remove the one that was entered twice.",
    broken_by=dict(
        people=(
            on_plan(
                Placement(sensetting="OLA", entry_date=date(2023, 9, 1)),
                Placement(sensetting="OLA", entry_date=date(2023, 9, 1)),
            ),
        )
    ),
    holds_for=(
        dict(people=(on_plan(_at(sensetting="OLA"), _at(sensetting="OLA", entry_date=date(2023, 9, 2))),)),
        *(
            dict(people=(on_plan(_at(sensetting="OLA"), _at(**other)),))
            for other in (
                dict(sensetting="OPA"),
                dict(sensetting="OLA", rank=2),
                dict(sensetting="OLA", urn="118000"),
                dict(sensetting="OLA", ukprn="10000001"),
            )
        ),
        dict(people=(on_plan(_at(sensetting="OLA")),) * 2),
        dict(people=(on_plan(_at(sensetting="OLA", entry_date=None), _at(sensetting="OLA", entry_date=None)),)),
    ),
    source="a placement is one stretch of time at one place",
)
def a_placement_is_entered_once(book: ReturnUnderCheck) -> pl.DataFrame:
    """The same placement of the person, started {entry_date}, stands there already"""
    rows = book.view("placements").filter(col("person").is_not_null() & col("entry_date").is_not_null())
    alike = pl.struct("person", "entry_date", "urn", "ukprn", "sensetting", "rank")
    return rows.filter(~alike.is_first_distinct())


@across_rule(
    "placements",
    "PLC-25",
    field="sensetting",
    severity=Severity.QUERY,
    fix="End the plan, or correct the setting.",
    broken_by=dict(people=(on_plan(_at(sensetting="NIEC", entry_date=date(2024, 1, 16))),)),
    holds_for=(
        dict(people=(on_plan(_at(sensetting="NIEC", entry_date=date(2024, 1, 17))),)),
        dict(people=(on_plan(_at(sensetting="NIEO", entry_date=date(2024, 1, 16))),)),
        dict(people=(on_plan(_at(sensetting="NIEC", entry_date=date(2024, 1, 16)), end=date(2025, 1, 15)),)),
    ),
    source="SEN2 code sets, SENsetting NIEC",
)
def a_notice_to_cease_is_followed_by_the_end(book: ReturnUnderCheck) -> pl.DataFrame:
    """Notice to cease was given {entry_date}; after more than a year the plan is still in force"""
    noticed = (col("sensetting") == "NIEC") & ((pl.lit(book.ends) - col("entry_date")).dt.total_days() > 365)
    return book.open_placements.filter(noticed & col("person").is_in(book.in_force.implode()))


@across_rule(
    "persons",
    "PLC-26",
    field="reference",
    severity=Severity.QUERY,
    fix="Enter where the child is, also when not in education (NIEC, NIEO, NEET).",
    broken_by=dict(people=(on_plan(_main(left=date(2025, 1, 15))),)),
    holds_for=(
        dict(people=(on_plan(_main(left=date(2025, 1, 16))),)),
        dict(people=(on_plan(active=dict(transfer_la="887")),)),
        dict(people=(on_plan(end=date(2025, 1, 15)),)),
    ),
    source="SEN2 module 5: the placement on the census day",
    fields=(("placements", "entry_date"),),
)
def a_plan_in_force_has_a_placement(book: ReturnUnderCheck) -> pl.DataFrame:
    """A plan is in force, but no placement is open"""
    return _without_placement(book, transferred=False)


@across_rule(
    "persons",
    "PLC-27",
    field="reference",
    severity=Severity.QUERY,
    fix="Enter where the child is; NIEO while a place is sought.",
    broken_by=dict(people=(on_plan(active=dict(transfer_la="887")),)),
    holds_for=(dict(people=(on_plan(_main(), active=dict(transfer_la="887")),)), dict(people=(on_plan(),))),
    source="SEN2 module 5: the placement on the census day",
    fields=(("placements", "entry_date"),),
)
def a_plan_taken_over_has_a_placement(book: ReturnUnderCheck) -> pl.DataFrame:
    """A plan taken over from another council is in force, but no placement is open"""
    return _without_placement(book, transferred=True)


@across_rule(
    "placements",
    "PLC-28",
    field="entry_date",
    severity=Severity.QUERY,
    fix="Nothing, where the child was assessed twice; else put the placement under the request that the plan came of.",
    broken_by=dict(people=(_apart(),)),
    holds_for=(
        dict(people=(on_plan(_main()),)),
        dict(people=(_apart(end=date(2025, 1, 15)),)),
        dict(people=(_apart(_main()),)),
    ),
    also_broken_by=dict(people=(_apart(end=date(2025, 1, 16)),)),
    source="definitions: one person is one plan, whichever request plan and placement hang from",
)
def plan_and_placement_hang_from_one_request(book: ReturnUnderCheck) -> pl.DataFrame:
    """The plan hangs from one request and this placement from another; it is read as one plan with its placement"""
    plans = book.view("named_plans").filter(is_open("start_date", "cease_date", book.ends))
    placed = book.open_placements.filter(col("person").is_in(plans["person"].drop_nulls().implode()))
    together = plans.select("person", "request").unique()
    apart = placed.join(together, on=["person", "request"], how="anti")
    agreeing = placed.join(together, on=["person", "request"], how="semi")["person"]
    return apart.filter(~col("person").is_in(agreeing.implode())).unique("person", keep="first", maintain_order=True)


@row_rule(
    "placements",
    "PLC-29",
    field="urn",
    fix="Enter the six digits of the URN, or the eight of the UKPRN, as Get Information about Schools has them.",
    broken_by=dict(urn="12345"),
    holds_for=(dict(urn="123456"), dict(urn=None), dict(urn=None, ukprn="12345678")),
    also_broken_by=(
        dict(urn="1234567"),
        dict(urn="12345A"),
        dict(urn=None, ukprn="1234567"),
        dict(urn=None, ukprn="123456789"),
    ),
    source="Get Information about Schools: a URN has six digits, a UKPRN eight",
)
def an_establishment_is_named_by_a_number() -> pl.Expr:
    """What stands as URN {urn} or UKPRN {ukprn} is no such number"""
    return is_no_number(col("urn"), col("ukprn"))
