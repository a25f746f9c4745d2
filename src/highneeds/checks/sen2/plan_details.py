"""Rules about the setting that a plan names."""

from datetime import date

import polars as pl
from polars import col

from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._rule import ESTABLISHMENTS, across_rule, is_no_number, row_rule
from highneeds.intake.sen2.rows import ActivePlan, Assessment, NamedPlan, Placement, PlanDetail, Request, YoungPerson


def _named(setting: str, placed: str, *, rank: int | None = 1) -> YoungPerson:
    """A plan that names one setting, of somebody placed in another."""
    place = ActivePlan(placements=(Placement(setting_class=placed, entry_date=date(2023, 9, 1), rank=1),))
    plan = NamedPlan(start_date=date(2023, 9, 1), details=(PlanDetail(setting_class=setting, rank=rank),))
    return YoungPerson(requests=(Request(assessments=(Assessment(plans=(plan,)),), active_plans=(place,)),))


@row_rule(
    "plan_details",
    "PDT-01",
    field="urn",
    fix="Enter the setting that the plan names.",
    broken_by=dict(urn=None, ukprn=None, sensetting=None),
    holds_for=(dict(urn="118000"), dict(ukprn="10000001"), dict(sensetting="OLA"), dict(sensetting_unreadable=True)),
    source="SEN2 items URN, UKPRN, SENsetting",
    presence=True,
)
def a_named_setting_is_one() -> pl.Expr:
    """The plan detail has neither URN, UKPRN nor SENsetting"""
    said = col("urn").is_not_null() | col("ukprn").is_not_null() | col("sensetting").is_not_null()
    return ~said & ~col("sensetting_unreadable").fill_null(False)


@row_rule(
    "plan_details",
    "PDT-02",
    field="sensetting",
    severity=Severity.QUERY,
    fix="Keep the URN or UKPRN; the code is for what has neither.",
    broken_by=dict(urn="118000", sensetting="OLA"),
    holds_for=(dict(sensetting=None), dict(urn=None)),
    also_broken_by=dict(urn=None, ukprn="10000001"),
    source="SEN2 item SENsetting",
)
def a_named_setting_is_said_once() -> pl.Expr:
    """An establishment and the code {sensetting} are both given"""
    return (col("urn").is_not_null() | col("ukprn").is_not_null()) & col("sensetting").is_not_null()


@row_rule(
    "plan_details",
    "PDT-03",
    field="sensetting",
    fix="Enter one of OLA, OPA, EHE, EYP, OTH, NEET, NIEC, NIEO, or the establishment.",
    broken_by=dict(sensetting="SCH"),
    holds_for=[dict(sensetting=code) for code in ("OLA", "OPA", "EHE", "EYP", "OTH", "NEET", "NIEC", "NIEO", None)],
    also_broken_by=dict(sensetting=None, sensetting_unreadable=True),
    source="SEN2 code sets, SENsetting",
    presence=True,
)
def a_named_setting_code_is_known() -> pl.Expr:
    """What stands in SENsetting is no setting code"""
    unknown = ~col("sensetting").is_in(["OLA", "OPA", "EHE", "EYP", "OTH", "NEET", "NIEC", "NIEO"])
    return unknown.fill_null(False) | col("sensetting_unreadable").fill_null(False)


@row_rule(
    "plan_details",
    "PDT-04",
    field="urn",
    severity=Severity.QUERY,
    fix="Correct the number, or use a newer list.",
    broken_by=dict(urn="999999", establishment_known=False),
    holds_for=dict(establishment_known=True),
    source="Get Information about Schools",
    needs=(ESTABLISHMENTS,),
)
def a_named_establishment_exists() -> pl.Expr:
    """The list of establishments does not hold URN {urn}, UKPRN {ukprn}"""
    return ~col("establishment_known")


@row_rule(
    "plan_details",
    "PDT-05",
    field="setting_text_given",
    severity=Severity.QUERY,
    fix="Say in SENsettingOther what it is.",
    broken_by=dict(sensetting="OTH"),
    holds_for=(dict(setting_text_given=True), dict(sensetting="OLA")),
    also_broken_by=dict(sensetting="NIEO"),
    source="SEN2 item SENsettingOther",
    presence=True,
)
def other_is_explained() -> pl.Expr:
    """The setting named is {sensetting}, without a word of explanation"""
    return col("sensetting").is_in(["OTH", "NIEO"]) & ~col("setting_text_given").fill_null(False)


@row_rule(
    "plan_details",
    "PDT-06",
    field="plan",
    fix="Export the plan with its details.",
    broken_by=dict(plan=None, reference="9001"),
    holds_for=dict(plan=1),
    source="SEN2 structure: namedplantableid",
)
def a_named_setting_belongs_to_a_plan() -> pl.Expr:
    """The plan detail {reference} points to no plan of the return"""
    return col("plan").is_null()


@across_rule(
    "plan_details",
    "PDT-07",
    field="sensetting",
    severity=Severity.QUERY,
    fix="Amend the plan, or correct the placement.",
    broken_by=dict(people=(_named("EHE", "NEET"),)),
    holds_for=(
        dict(people=(_named("EHE", "EHE"),)),
        dict(people=(_named("unclassed", "NEET"),)),
        dict(people=(_named("EHE", "unclassed"),)),
        dict(people=(_named("EHE", "NEET", rank=2),)),
    ),
    also_broken_by=dict(people=(_named("EHE", "NEET", rank=None),)),
    source="section I of a plan; the placement named in a plan is not the placement",
)
def the_plan_names_where_the_child_is(book: ReturnUnderCheck) -> pl.DataFrame:
    """The plan names {setting_class}, but the child is placed in {placed_in}"""
    first = book.open_plans.sort("start_date", maintain_order=True).unique("person", keep="last")
    named = book.view("plan_details").filter(col("rank").fill_null(1) == 1)
    named = named.filter(col("plan").is_in(first["plan"].implode())).unique("plan", keep="first", maintain_order=True)
    placed = book.caseload.placed_on(book.ends).select("person", placed_in=col("setting").cast(pl.String))
    both = named.join(placed, on="person", how="inner", maintain_order="left")
    said = ~col("setting_class").is_in(["unclassed"]) & (col("placed_in") != "unclassed")
    return both.filter(said & (col("setting_class") != col("placed_in")))


@row_rule(
    "plan_details",
    "PDT-08",
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
def an_establishment_is_named_in_the_plan_by_a_number() -> pl.Expr:
    """What stands as URN {urn} or UKPRN {ukprn} in the plan is no such number"""
    return is_no_number(col("urn"), col("ukprn"))
