"""Rules about assessments."""

from datetime import date

import polars as pl
from polars import col

from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._cases import assessed
from highneeds.checks.sen2._rule import across_rule, row_rule
from highneeds.intake.sen2.rows import Assessment, NamedPlan, Request, YoungPerson


@row_rule(
    "assessments",
    "ASM-01",
    field="outcome",
    fix="Enter the outcome; A where it is not yet decided.",
    broken_by=dict(outcome="X"),
    holds_for=[dict(outcome=code) for code in "YNAWH"],
    also_broken_by=dict(outcome=None),
    source="SEN2 code sets, AssessmentOutcome",
    presence=True,
)
def an_assessment_has_a_known_outcome() -> pl.Expr:
    """The outcome is {outcome}, not Y, N, A, W or H"""
    return ~col("outcome").is_in(["Y", "N", "A", "W", "H"]).fill_null(False)


@row_rule(
    "assessments",
    "ASM-02",
    field="outcome_date",
    fix="Enter the day on which the decision was sent.",
    broken_by=dict(outcome="N", outcome_date=None),
    holds_for=(dict(outcome_date=date(2024, 6, 1)), dict(outcome="A")),
    source="SEN2 item AssessmentOutcomeDate",
    presence=True,
)
def a_refusal_to_issue_has_a_date() -> pl.Expr:
    """No plan is to be issued, but there is no date"""
    return (col("outcome") == "N") & col("outcome_date").is_null()


@row_rule(
    "assessments",
    "ASM-03",
    field="outcome_date",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(received_date=date(2024, 5, 2), outcome_date=date(2024, 5, 1)),
    holds_for=dict(outcome_date=date(2024, 5, 2)),
    source="arithmetic of dates",
)
def an_assessment_is_not_decided_before_the_request_came() -> pl.Expr:
    """The assessment was decided {outcome_date}, before the request was received {received_date}"""
    return col("outcome_date") < col("received_date")


@row_rule(
    "assessments",
    "ASM-04",
    field="outcome_date",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(request_outcome_date=date(2024, 6, 2), outcome_date=date(2024, 6, 1)),
    holds_for=dict(outcome_date=date(2024, 6, 2)),
    source="arithmetic of dates",
)
def an_assessment_is_not_decided_before_it_was_agreed() -> pl.Expr:
    """The assessment was decided {outcome_date}, before it was agreed {request_outcome_date}"""
    return col("outcome_date") < col("request_outcome_date")


@row_rule(
    "assessments",
    "ASM-05",
    field="outcome_date",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(outcome_date=date(2025, 1, 17)),
    holds_for=dict(outcome_date=date(2025, 1, 16)),
    source="SEN2 reference date",
)
def an_assessment_is_not_decided_after_the_return() -> pl.Expr:
    """The assessment was decided {outcome_date}, after the end of the return"""
    return col("outcome_date") > col("ends")


@row_rule(
    "assessments",
    "ASM-06",
    field="outcome",
    fix="Enter the decision, or remove the date.",
    broken_by=dict(outcome="A", outcome_date=date(2024, 5, 1)),
    holds_for=(dict(outcome_date=None), dict(outcome="N")),
    source="SEN2 code sets, AssessmentOutcome A",
)
def what_is_undecided_has_no_date_of_decision() -> pl.Expr:
    """The assessment is not yet decided (A), but has the date {outcome_date}"""
    return (col("outcome") == "A") & col("outcome_date").is_not_null()


@row_rule(
    "assessments",
    "ASM-07",
    field="outcome",
    severity=Severity.QUERY,
    fix="Issue the plan, or enter the day of issue or the exception.",
    broken_by=dict(outcome="A", received_date=date(2024, 8, 28)),
    holds_for=(
        dict(received_date=date(2024, 8, 29)),
        dict(outcome_date=date(2025, 1, 10)),
        dict(outcome="N"),
        dict(week20=True),
    ),
    also_broken_by=(dict(outcome="Y"), dict(week20=False)),
    source="SEND Regulations 2014, regulation 13(2)",
)
def a_plan_is_issued_within_twenty_weeks() -> pl.Expr:
    """The request came {received_date}; after more than 20 weeks there is no plan and no exception is marked"""
    late = (col("ends") - col("received_date")).dt.total_days() > 140
    return late & (col("outcome_date").is_null() & col("outcome").is_in(["A", "Y"])) & ~col("week20").fill_null(False)


@row_rule(
    "assessments",
    "ASM-08",
    field="outcome_date",
    severity=Severity.QUERY,
    fix="Check both dates.",
    broken_by=dict(outcome="Y", received_date=date(2023, 1, 1), outcome_date=date(2024, 1, 2)),
    holds_for=(dict(outcome_date=date(2024, 1, 1)), dict(outcome="N")),
    source="20 weeks in law; a year is likely a wrong date",
)
def a_plan_does_not_take_a_year() -> pl.Expr:
    """The plan was issued {outcome_date}, more than a year after the request of {received_date}"""
    return (col("outcome") == "Y") & ((col("outcome_date") - col("received_date")).dt.total_days() > 365)


@row_rule(
    "assessments",
    "ASM-09",
    field="week20",
    severity=Severity.NOTE,
    fix="Keep the mark only where an exception of the regulations applied.",
    broken_by=dict(week20=True, outcome="Y", received_date=date(2024, 5, 1), outcome_date=date(2024, 9, 18)),
    holds_for=(dict(outcome_date=date(2024, 9, 19)), dict(week20=False), dict(outcome="N")),
    source="SEND Regulations 2014, regulation 10(4)",
)
def an_exception_is_marked_only_where_it_was_needed() -> pl.Expr:
    """An exception to the 20 weeks is marked, but the plan was issued in time, {outcome_date}"""
    return (
        col("week20") & (col("outcome") == "Y") & ((col("outcome_date") - col("received_date")).dt.total_days() <= 140)
    )


@row_rule(
    "assessments",
    "ASM-10",
    field="week20",
    severity=Severity.QUERY,
    fix="Enter 1 where an exception applied, else 0.",
    broken_by=dict(outcome="Y", outcome_date=date(2024, 6, 1), week20=None),
    holds_for=(dict(week20=False), dict(week20=True), dict(outcome="N"), dict(outcome_date=None)),
    source="SEN2 item Week20",
    presence=True,
)
def an_issued_plan_says_whether_an_exception_applied() -> pl.Expr:
    """The plan was issued {outcome_date}, but nothing says whether an exception to the 20 weeks applied"""
    return (col("outcome") == "Y") & col("outcome_date").is_not_null() & col("week20").is_null()


@row_rule(
    "assessments",
    "ASM-11",
    field="outcome_date",
    severity=Severity.NOTE,
    fix="Check both dates.",
    broken_by=dict(outcome="N", received_date=date(2024, 1, 1), outcome_date=date(2024, 4, 23)),
    holds_for=(dict(outcome_date=date(2024, 4, 22)), dict(outcome="Y")),
    source="SEND Regulations 2014, regulation 10",
)
def a_refusal_to_issue_comes_within_sixteen_weeks() -> pl.Expr:
    """The refusal to issue was sent {outcome_date}, more than 16 weeks after the request of {received_date}"""
    return (col("outcome") == "N") & ((col("outcome_date") - col("received_date")).dt.total_days() > 112)


@row_rule(
    "assessments",
    "ASM-12",
    field="tribunal",
    severity=Severity.QUERY,
    fix="Use the marks for other appeals where it was about the content of the plan.",
    broken_by=dict(outcome="Y", tribunal=True),
    holds_for=(dict(outcome="N"), dict(tribunal=False)),
    also_broken_by=dict(tribunal=False, mediation=True),
    source="SEN2 items AssessmentTribunal, OtherTribunal",
)
def only_a_refusal_to_issue_is_appealed_as_such() -> pl.Expr:
    """Mediation or tribunal about the issue is marked, but the outcome is {outcome}"""
    return (col("mediation") | col("tribunal")) & (col("outcome") != "N")


@row_rule(
    "assessments",
    "ASM-13",
    field="request",
    fix="Export the request with the assessment.",
    broken_by=dict(request=None, reference="7001"),
    holds_for=dict(request=1),
    source="SEN2 structure: requeststableid",
)
def an_assessment_belongs_to_a_request() -> pl.Expr:
    """The assessment {reference} points to no request of the return"""
    return col("request").is_null()


@row_rule(
    "assessments",
    "ASM-14",
    field="outcome",
    severity=Severity.QUERY,
    fix="Check whether the request was of this year.",
    broken_by=dict(request_outcome="H", outcome="N", received_date=date(2024, 1, 1), outcome_date=date(2024, 6, 1)),
    holds_for=(dict(received_date=date(2023, 12, 31)), dict(request_outcome="Y"), dict(outcome="Y")),
    source="SEN2 code sets, H",
)
def a_historic_request_has_no_new_refusal() -> pl.Expr:
    """The request is historic (H), but the decision not to issue is of {outcome_date}, in the time of the return"""
    return (col("request_outcome") == "H") & (col("outcome") == "N") & (col("received_date") >= col("begins"))


@across_rule(
    "assessments",
    "ASM-15",
    field="outcome",
    fix="Add the plan, or correct the outcome.",
    broken_by=dict(people=(assessed(outcome="Y", outcome_date=date(2024, 6, 1)),)),
    holds_for=(
        dict(people=(assessed(outcome="Y", outcome_date=date(2024, 6, 1), plans=(NamedPlan(),)),)),
        dict(people=(assessed(outcome="H", outcome_date=date(2024, 6, 1)),)),
        dict(people=(assessed(outcome="Y"),)),
    ),
    source="SEN2 structure: a plan follows an assessment Y or H",
)
def an_issued_plan_is_in_the_return(book: ReturnUnderCheck) -> pl.DataFrame:
    """A plan was issued {outcome_date}, but there is no plan record"""
    with_plan = book.view("named_plans")["assessment"].drop_nulls()
    issued = (col("outcome") == "Y") & col("outcome_date").is_not_null()
    return book.view("assessments").filter(issued & ~col("assessment").is_in(with_plan.implode()))


@across_rule(
    "assessments",
    "ASM-16",
    field="outcome",
    fix="Correct the outcome of the assessment, or remove the plan.",
    broken_by=dict(people=(assessed(outcome="N", outcome_date=date(2024, 6, 1), plans=(NamedPlan(),)),)),
    holds_for=[dict(people=(assessed(outcome=code, plans=(NamedPlan(),)),)) for code in "YH"],
    also_broken_by=[dict(people=(assessed(outcome=code, plans=(NamedPlan(),)),)) for code in "WA"],
    source="SEN2 structure: a plan follows an assessment Y or H",
)
def no_plan_hangs_from_a_refusal(book: ReturnUnderCheck) -> pl.DataFrame:
    """There is a plan, but the assessment is {outcome}"""
    with_plan = book.view("named_plans")["assessment"]
    return book.rows("assessments", with_plan).filter(col("outcome").is_in(["N", "W", "A"]))


@across_rule(
    "assessments",
    "ASM-17",
    field="request",
    severity=Severity.QUERY,
    fix="Remove the one that was entered twice.",
    broken_by=dict(
        people=(YoungPerson(requests=(Request(assessments=(Assessment(outcome="Y"), Assessment(outcome="N"))),)),)
    ),
    holds_for=(dict(people=(assessed(outcome="N"),)), dict(people=(assessed(outcome="N"), assessed(outcome="N")))),
    source="SEN2 structure: one assessment for a request",
)
def a_request_has_one_assessment(book: ReturnUnderCheck) -> pl.DataFrame:
    """The same request has an earlier assessment; this one is {outcome}"""
    rows = book.view("assessments").filter(col("request").is_not_null())
    return rows.filter(~col("request").is_first_distinct())
