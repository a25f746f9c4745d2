"""Rules about plans."""

from datetime import date

import polars as pl
from polars import col

from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._cases import assessed, on_plan
from highneeds.checks.sen2._rule import across_rule, row_rule
from highneeds.intake.sen2.rows import NamedPlan, PlanDetail, YoungPerson


def _two_plans(end: date | None, start: date) -> YoungPerson:
    """A plan from 9 January 2023 to `end`, and one from `start` on."""
    return YoungPerson(
        requests=(*on_plan(end=end, reason="2" if end else None).requests, *on_plan(start=start).requests)
    )


def _issued(start: date, cease: date | None = None) -> YoungPerson:
    """A plan without a record of an active plan."""
    return assessed(outcome="Y", plans=(NamedPlan(start_date=start, cease_date=cease),))


_UNDATED = assessed(outcome="Y", plans=(NamedPlan(cease_date=date(2024, 6, 1)),))  # a plan whose start is not known


@row_rule(
    "named_plans",
    "PLN-01",
    field="start_date",
    fix="Enter the date of the plan.",
    broken_by=dict(start_date=None),
    holds_for=dict(start_date=date(2024, 6, 1)),
    source="SEN2 item StartDate",
    presence=True,
)
def a_plan_has_a_start() -> pl.Expr:
    """The plan has no start date, so it counts on no day"""
    return col("start_date").is_null()


@row_rule(
    "named_plans",
    "PLN-02",
    field="cease_date",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(start_date=date(2025, 1, 10), cease_date=date(2025, 1, 9)),
    holds_for=dict(cease_date=date(2025, 1, 10)),
    source="arithmetic of dates",
)
def a_plan_does_not_end_before_it_starts() -> pl.Expr:
    """The plan ends {cease_date}, before it starts {start_date}"""
    return col("cease_date") < col("start_date")


@row_rule(
    "named_plans",
    "PLN-03",
    field="start_date",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(start_date=date(2025, 1, 17)),
    holds_for=dict(start_date=date(2025, 1, 16)),
    source="SEN2 reference date; a plan in the future is an error in Annex A checks",
)
def a_plan_does_not_start_after_the_return() -> pl.Expr:
    """The plan starts {start_date}, after the end of the return"""
    return col("start_date") > col("ends")


@row_rule(
    "named_plans",
    "PLN-04",
    field="cease_date",
    severity=Severity.QUERY,
    fix="Enter the end when it has come: the date is the end of the plan, not of the notice.",
    broken_by=dict(cease_date=date(2025, 1, 17)),
    holds_for=dict(cease_date=date(2025, 1, 16)),
    source="SEN2 item CeaseDate",
)
def a_plan_has_not_ended_after_the_return() -> pl.Expr:
    """The plan ends {cease_date}, after the end of the return"""
    return col("cease_date") > col("ends")


@row_rule(
    "named_plans",
    "PLN-05",
    field="cease_reason",
    fix="Enter why the plan ended.",
    broken_by=dict(cease_date=date(2024, 7, 1), cease_reason=None),
    holds_for=(dict(cease_reason="2"), dict(cease_date=None)),
    source="SEN2 item CeaseReason",
    presence=True,
)
def an_ended_plan_has_a_reason() -> pl.Expr:
    """The plan ended {cease_date} without a reason"""
    return col("cease_date").is_not_null() & col("cease_reason").is_null()


@row_rule(
    "named_plans",
    "PLN-06",
    field="cease_date",
    fix="Enter the day on which the plan ended, or remove the reason.",
    broken_by=dict(cease_date=None, cease_reason="2"),
    holds_for=(dict(cease_date=date(2024, 7, 1)), dict(cease_reason=None)),
    source="SEN2 item CeaseDate",
    presence=True,
)
def a_reason_for_the_end_has_a_date() -> pl.Expr:
    """A reason for the end is given ({cease_reason}), but no date, so the plan is still in force"""
    return col("cease_date").is_null() & col("cease_reason").is_not_null()


@row_rule(
    "named_plans",
    "PLN-07",
    field="cease_reason",
    fix="Enter one of the codes 1 to 9.",
    broken_by=dict(cease_reason="10"),
    holds_for=[dict(cease_reason=code) for code in "123456789"],
    also_broken_by=dict(cease_reason="0"),
    source="SEN2 code sets, CeaseReason",
    presence=True,
)
def the_reason_for_the_end_is_a_known_code() -> pl.Expr:
    """The reason for the end is {cease_reason}, not 1 to 9"""
    return ~col("cease_reason").is_in([str(number) for number in range(1, 10)])


@row_rule(
    "named_plans",
    "PLN-08",
    field="start_date",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(
        start_date=date(2024, 1, 31), received_date=date(2024, 2, 1), request_outcome="Y", assessment_outcome="Y"
    ),
    holds_for=(dict(start_date=date(2024, 2, 1)), dict(request_outcome="H"), dict(assessment_outcome="H")),
    source="arithmetic of dates",
)
def a_plan_is_not_older_than_its_request() -> pl.Expr:
    """The plan starts {start_date}, before the request came {received_date}; it is neither historic nor taken over"""
    return (
        (col("start_date") < col("received_date"))
        & (col("request_outcome") == "Y")
        & (col("assessment_outcome") == "Y")
    )


@row_rule(
    "named_plans",
    "PLN-09",
    field="start_date",
    severity=Severity.QUERY,
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(start_date=date(2024, 6, 30), assessment_outcome_date=date(2024, 7, 1), assessment_outcome="Y"),
    holds_for=(dict(start_date=date(2024, 7, 1)), dict(assessment_outcome="H")),
    source="SEN2 item AssessmentOutcomeDate: the day the plan was issued",
)
def a_plan_does_not_start_before_it_is_issued() -> pl.Expr:
    """The plan starts {start_date}, before the day of its issue {assessment_outcome_date}"""
    return (col("start_date") < col("assessment_outcome_date")) & (col("assessment_outcome") == "Y")


@row_rule(
    "named_plans",
    "PLN-10",
    field="cease_reason",
    fix="Choose the reason that fits.",
    broken_by=dict(cease_reason="1", age_at_cease=18),
    holds_for=(dict(age_at_cease=19), dict(cease_reason="2")),
    source="SEN2 code sets, CeaseReason 1: 25, or 19 in the adult estate",
)
def the_greatest_age_fits_the_age() -> pl.Expr:
    """The plan ended for reaching the greatest age, at the age of {age_at_cease}"""
    return (col("cease_reason") == "1") & (col("age_at_cease") < 19)


@row_rule(
    "named_plans",
    "PLN-11",
    field="cease_reason",
    severity=Severity.QUERY,
    fix="Choose the reason that fits.",
    broken_by=dict(cease_reason="3", age_at_cease=16),
    holds_for=(dict(age_at_cease=17), dict(cease_reason="2")),
    source="SEN2 code sets, CeaseReason 3",
)
def higher_education_fits_the_age() -> pl.Expr:
    """The plan ended for higher education, at the age of {age_at_cease}"""
    return (col("cease_reason") == "3") & (col("age_at_cease") < 17)


@row_rule(
    "named_plans",
    "PLN-12",
    field="cease_reason",
    fix="Choose the reason that fits.",
    broken_by=dict(cease_reason="4", age_at_cease=15),
    holds_for=(dict(age_at_cease=16), dict(cease_reason="2")),
    source="SEN2 code sets, CeaseReason 4",
)
def employment_fits_the_age() -> pl.Expr:
    """The plan ended for paid employment, at the age of {age_at_cease}"""
    return (col("cease_reason") == "4") & (col("age_at_cease") < 16)


@row_rule(
    "named_plans",
    "PLN-13",
    field="cease_reason",
    fix="Choose the reason that fits; under 16 education is compulsory.",
    broken_by=dict(cease_reason="6", age_at_cease=15),
    holds_for=(dict(age_at_cease=16), dict(cease_reason="2")),
    source="SEN2 code sets, CeaseReason 6; SEND Regulations 2014, regulation 29",
)
def nobody_of_school_age_just_stops() -> pl.Expr:
    """The plan ended because the young person no longer wished to engage, at the age of {age_at_cease}"""
    return (col("cease_reason") == "6") & (col("age_at_cease") < 16)


@row_rule(
    "named_plans",
    "PLN-14",
    field="start_date",
    fix="Correct the start of the plan or the date of birth.",
    broken_by=dict(age_at_start=-1),
    holds_for=dict(age_at_start=0),
    source="arithmetic of dates",
)
def a_plan_starts_after_birth() -> pl.Expr:
    """The plan starts before the child was born"""
    return col("age_at_start") < 0


@row_rule(
    "named_plans",
    "PLN-15",
    field="start_date",
    fix="Correct the start of the plan or the date of birth.",
    broken_by=dict(age_at_start=25),
    holds_for=dict(age_at_start=24),
    source="Children and Families Act 2014, section 36",
)
def a_plan_starts_before_25() -> pl.Expr:
    """The plan starts at the age of {age_at_start}"""
    return col("age_at_start") >= 25


@row_rule(
    "named_plans",
    "PLN-16",
    field="cease_date",
    severity=Severity.NOTE,
    fix="Leave it out, or correct the date.",
    broken_by=dict(cease_date=date(2023, 12, 31)),
    holds_for=dict(cease_date=date(2024, 1, 1)),
    source="scope of the SEN2 collection",
)
def an_ending_is_of_the_time_of_the_return() -> pl.Expr:
    """The plan ended {cease_date}, before the time of the return"""
    return col("cease_date") < col("begins")


@row_rule(
    "named_plans",
    "PLN-17",
    field="personal_budget",
    severity=Severity.QUERY,
    fix="Mark the personal budget, or remove its parts.",
    broken_by=dict(personal_budget=False, organised_arrangements=True),
    holds_for=(
        dict(personal_budget=True),
        dict(organised_arrangements=False),
        dict(organised_arrangements=False, direct_payments="0"),
    ),
    also_broken_by=[dict(organised_arrangements=False, direct_payments=code) for code in ("1", "TRUE", "Y")],
    source="SEN2 items PB, OA, DP",
)
def parts_of_a_personal_budget_belong_to_one() -> pl.Expr:
    """Organised arrangements or direct payments are given, but no personal budget is taken up"""
    return ~col("personal_budget") & (col("organised_arrangements") | col("direct_payments").is_in(["1", "TRUE", "Y"]))


@row_rule(
    "named_plans",
    "PLN-18",
    field="residential",
    severity=Severity.QUERY,
    fix="Enter A (38 to 51 weeks), B (52 weeks) or nothing.",
    broken_by=dict(residential="C"),
    holds_for=[dict(residential=code) for code in ("A", "B", None)],
    source="SEN2 code sets, PlanRes",
    presence=True,
)
def a_residential_code_is_known() -> pl.Expr:
    """The residential code is {residential}, not A or B"""
    return ~col("residential").is_in(["A", "B"])


@row_rule(
    "named_plans",
    "PLN-19",
    field="assessment",
    fix="Export the assessment with the plan; H where it was in an earlier year.",
    broken_by=dict(assessment=None, reference="8001"),
    holds_for=dict(assessment=1),
    source="SEN2 structure: assessmenttableid",
)
def a_plan_belongs_to_an_assessment() -> pl.Expr:
    """The plan {reference} points to no assessment of the return, so it counts for nobody"""
    return col("assessment").is_null()


@row_rule(
    "named_plans",
    "PLN-20",
    field="cease_date",
    severity=Severity.QUERY,
    fix="Check whether the plan was entered by mistake.",
    broken_by=dict(start_date=date(2024, 6, 1), cease_date=date(2024, 6, 1)),
    holds_for=(dict(cease_date=date(2024, 6, 2)), dict(cease_date=None)),
    source="a plan of one day is likely an error of entry",
)
def a_plan_lasts_more_than_a_moment() -> pl.Expr:
    """The plan starts and ends on the same day, {start_date}"""
    return col("start_date") == col("cease_date")


@row_rule(
    "named_plans",
    "PLN-21",
    field="start_date",
    severity=Severity.QUERY,
    fix="Enter the date of the present plan, not of the statement before it.",
    broken_by=dict(start_date=date(2014, 8, 31)),
    holds_for=dict(start_date=date(2014, 9, 1)),
    source="Children and Families Act 2014, in force from 1 September 2014",
)
def plans_are_not_older_than_the_law() -> pl.Expr:
    """The plan starts {start_date}, before there were education, health and care plans"""
    return col("start_date") < date(2014, 9, 1)


@across_rule(
    "named_plans",
    "PLN-22",
    field="start_date",
    fix="End the earlier plan; one person counts as one plan in any case.",
    broken_by=dict(people=(_two_plans(date(2025, 1, 16), date(2024, 3, 1)),)),
    holds_for=(
        dict(people=(_two_plans(date(2025, 1, 15), date(2024, 3, 1)),)),
        dict(people=(_two_plans(None, date(2025, 1, 17)),)),
        dict(people=(on_plan(), on_plan(start=date(2024, 3, 1)))),
    ),
    also_broken_by=dict(people=(_two_plans(None, date(2025, 1, 16)),)),
    source="one person is one plan",
)
def a_person_has_one_plan_in_force(book: ReturnUnderCheck) -> pl.DataFrame:
    """Another plan of the same person is in force; this one starts {start_date}"""
    plans = book.open_plans.sort("start_date", maintain_order=True)
    second = plans.filter(~col("person").is_first_distinct())
    return book.rows("named_plans", second["plan"])


@across_rule(
    "named_plans",
    "PLN-23",
    field="plan",
    fix="Add the active plan with its last review and placements.",
    broken_by=dict(people=(_issued(date(2024, 6, 1)),)),
    holds_for=(
        dict(people=(on_plan(),)),
        dict(people=(_issued(date(2025, 1, 17)),)),
        dict(people=(_issued(date(2024, 6, 1), date(2025, 1, 15)),)),
    ),
    also_broken_by=(
        dict(people=(_issued(date(2025, 1, 16)),)),
        dict(people=(_issued(date(2024, 6, 1), date(2025, 1, 16)),)),
    ),
    source="SEN2 module 5: every active plan on the census day",
)
def a_plan_in_force_has_an_active_record(book: ReturnUnderCheck) -> pl.DataFrame:
    """The plan is in force, but the person has no active plan record, so neither review nor placement is known"""
    active = book.view("active_plans")["person"].drop_nulls()
    return book.open_plans.filter(~col("person").is_in(active.implode()))


@across_rule(
    "named_plans",
    "PLN-24",
    field="plan",
    severity=Severity.QUERY,
    fix="Add the plan detail with the setting that the plan names.",
    broken_by=dict(people=(on_plan(),)),
    holds_for=(
        dict(people=(assessed(plans=(NamedPlan(start_date=date(2023, 1, 9), details=(PlanDetail(urn="118000"),)),)),)),
        dict(people=(on_plan(end=date(2025, 1, 15)),)),
    ),
    source="SEN2 items 4.7; section I of a plan",
    fields=(("plan_details", "urn"),),
)
def a_plan_in_force_names_a_setting(book: ReturnUnderCheck) -> pl.DataFrame:
    """The plan is in force, but names no setting"""
    named = book.view("plan_details")["plan"].drop_nulls()
    return book.open_plans.filter(~col("plan").is_in(named.implode()))


@across_rule(
    "named_plans",
    "PLN-25",
    field="start_date",
    severity=Severity.QUERY,
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(people=(_two_plans(date(2024, 6, 1), date(2024, 5, 31)),)),
    holds_for=(
        dict(people=(_two_plans(date(2024, 6, 1), date(2024, 6, 1)),)),
        dict(people=(on_plan(end=date(2024, 6, 1)), on_plan(start=date(2024, 5, 31)))),
        dict(people=(YoungPerson(requests=(*_UNDATED.requests, *on_plan(start=date(2024, 5, 31)).requests)),)),
    ),
    source="one person is one plan",
)
def plans_of_a_person_follow_one_another(book: ReturnUnderCheck) -> pl.DataFrame:
    """The plan starts {start_date}, before the earlier plan of the same person ended {earlier_end}"""
    plans = book.view("named_plans").filter(col("person").is_not_null() & col("start_date").is_not_null())
    plans = plans.sort("person", "start_date", maintain_order=True)
    same = col("person") == col("person").shift(1)
    earlier = pl.when(same).then(col("cease_date").shift(1)).alias("earlier_end")
    return plans.with_columns(earlier).filter(col("start_date") < col("earlier_end")).sort("plan")
