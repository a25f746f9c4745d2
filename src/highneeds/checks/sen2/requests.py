"""Rules about requests for an assessment."""

from datetime import date

import polars as pl
from polars import col

from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._cases import asked_for, assessed, on_plan
from highneeds.checks.sen2._rule import across_rule, row_rule
from highneeds.intake.sen2.rows import Assessment, NamedPlan, Request, YoungPerson


def _followed_up(outcome: str) -> YoungPerson:
    """A request with this outcome, and an assessment after it."""
    return asked_for(outcome=outcome, outcome_date=date(2024, 6, 1), assessments=(Assessment(outcome="A"),))


def _twice(one: date | None, other: date | None, outcome: str = "Y") -> YoungPerson:
    """Two requests of one person, the first agreed."""
    return YoungPerson(
        requests=(Request(received_date=one, outcome="Y"), Request(received_date=other, outcome=outcome))
    )


def _asked_again(received: date, *, end: date | None = None, outcome: str | None = None) -> YoungPerson:
    """A plan from 9 January 2023, and a request after it."""
    return YoungPerson(requests=(*on_plan(end=end).requests, Request(received_date=received, outcome=outcome)))


@row_rule(
    "requests",
    "REQ-01",
    field="received_date",
    fix="Enter the date; the six and the twenty weeks are counted from it.",
    broken_by=dict(received_date=None, outcome="Y"),
    holds_for=(dict(received_date=date(2024, 5, 1)), dict(outcome="H")),
    also_broken_by=dict(outcome=None),
    source="SEN2 item ReceivedDate",
    presence=True,
)
def a_request_has_a_date_of_receipt() -> pl.Expr:
    """There is no date on which the request was received"""
    return col("received_date").is_null() & col("outcome").ne_missing("H")


@row_rule(
    "requests",
    "REQ-02",
    field="outcome",
    fix="Enter the outcome; A where it is not yet decided.",
    broken_by=dict(outcome="X"),
    holds_for=[dict(outcome=code) for code in "YNAWH"],
    also_broken_by=dict(outcome=None),
    source="SEN2 code sets, RequestOutcome",
    presence=True,
)
def a_request_has_a_known_outcome() -> pl.Expr:
    """The outcome is {outcome}, not Y, N, A, W or H"""
    return ~col("outcome").is_in(["Y", "N", "A", "W", "H"]).fill_null(False)


@row_rule(
    "requests",
    "REQ-03",
    field="outcome_date",
    fix="Enter the day on which the requester was told.",
    broken_by=dict(outcome="N", outcome_date=None),
    holds_for=(dict(outcome_date=date(2024, 5, 1)), dict(outcome="A")),
    also_broken_by=dict(outcome="Y"),
    source="SEN2 item RequestOutcomeDate",
    presence=True,
)
def a_decision_has_a_date() -> pl.Expr:
    """The request was decided {outcome}, but there is no date"""
    return col("outcome").is_in(["Y", "N"]) & col("outcome_date").is_null()


@row_rule(
    "requests",
    "REQ-04",
    field="outcome_date",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(received_date=date(2024, 5, 2), outcome_date=date(2024, 5, 1)),
    holds_for=dict(outcome_date=date(2024, 5, 2)),
    source="arithmetic of dates",
)
def a_request_is_not_decided_before_it_is_received() -> pl.Expr:
    """The request was decided {outcome_date}, before it was received {received_date}"""
    return col("outcome_date") < col("received_date")


@row_rule(
    "requests",
    "REQ-05",
    field="received_date",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(received_date=date(2025, 1, 17)),
    holds_for=dict(received_date=date(2025, 1, 16)),
    source="SEN2 reference date",
)
def a_request_is_not_received_after_the_return() -> pl.Expr:
    """The request was received {received_date}, after the end of the return"""
    return col("received_date") > col("ends")


@row_rule(
    "requests",
    "REQ-06",
    field="outcome_date",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(outcome_date=date(2025, 1, 17)),
    holds_for=dict(outcome_date=date(2025, 1, 16)),
    source="SEN2 reference date",
)
def a_request_is_not_decided_after_the_return() -> pl.Expr:
    """The request was decided {outcome_date}, after the end of the return"""
    return col("outcome_date") > col("ends")


@row_rule(
    "requests",
    "REQ-07",
    field="outcome",
    fix="Enter the decision, or remove the date.",
    broken_by=dict(outcome="A", outcome_date=date(2024, 5, 1)),
    holds_for=(dict(outcome_date=None), dict(outcome="N")),
    source="SEN2 code sets, RequestOutcome A",
)
def what_is_undecided_has_no_date_of_decision() -> pl.Expr:
    """The request is not yet decided (A), but has the date of decision {outcome_date}"""
    return (col("outcome") == "A") & col("outcome_date").is_not_null()


@row_rule(
    "requests",
    "REQ-08",
    field="outcome",
    severity=Severity.QUERY,
    fix="Decide it, or enter the decision that was made.",
    broken_by=dict(outcome="A", received_date=date(2024, 12, 4)),
    holds_for=(dict(received_date=date(2024, 12, 5)), dict(outcome="Y")),
    source="SEND Regulations 2014, regulation 5(3)",
)
def a_request_is_decided_within_six_weeks() -> pl.Expr:
    """The request was received {received_date} and is undecided after more than six weeks"""
    return (col("outcome") == "A") & ((col("ends") - col("received_date")).dt.total_days() > 42)


@row_rule(
    "requests",
    "REQ-09",
    field="outcome_date",
    severity=Severity.QUERY,
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(received_date=date(2023, 1, 1), outcome_date=date(2024, 1, 2)),
    holds_for=dict(outcome_date=date(2024, 1, 1)),
    source="six weeks in law; a year is likely a wrong date",
)
def a_decision_does_not_take_a_year() -> pl.Expr:
    """The decision took from {received_date} to {outcome_date}, more than a year"""
    return (col("outcome_date") - col("received_date")).dt.total_days() > 365


@row_rule(
    "requests",
    "REQ-10",
    field="tribunal",
    severity=Severity.QUERY,
    fix="Keep the first decision as outcome and mark what followed, or remove the mark.",
    broken_by=dict(outcome="Y", tribunal=True),
    holds_for=(dict(outcome="N"), dict(tribunal=False)),
    also_broken_by=dict(tribunal=False, mediation=True),
    source="SEN2 items RequestMediation, RequestTribunal: a later change does not replace the outcome",
)
def only_a_refusal_goes_to_mediation_or_tribunal() -> pl.Expr:
    """Mediation or tribunal is marked, but the outcome is {outcome}, not a refusal"""
    return (col("mediation") | col("tribunal")) & (col("outcome") != "N")


@row_rule(
    "requests",
    "REQ-11",
    field="received_date",
    fix="Correct the date of the request or the date of birth.",
    broken_by=dict(age_at_received=-1),
    holds_for=dict(age_at_received=0),
    source="arithmetic of dates",
)
def nobody_is_assessed_before_birth() -> pl.Expr:
    """The request was received before the child was born"""
    return col("age_at_received") < 0


@row_rule(
    "requests",
    "REQ-12",
    field="received_date",
    fix="Correct the date of the request or the date of birth.",
    broken_by=dict(age_at_received=25, outcome="N"),
    holds_for=(dict(age_at_received=24), dict(outcome="H")),
    also_broken_by=dict(outcome=None),
    source="Children and Families Act 2014, section 36",
)
def a_request_is_for_somebody_under_25() -> pl.Expr:
    """The request was received at the age of {age_at_received}"""
    return (col("age_at_received") >= 25) & col("outcome").ne_missing("H")


@row_rule(
    "requests",
    "REQ-13",
    field="source",
    severity=Severity.QUERY,
    fix="Enter who asked for the assessment.",
    broken_by=dict(source=None, received_date=date(2024, 1, 1)),
    holds_for=(*(dict(source=code) for code in "12345"), dict(received_date=date(2023, 12, 31))),
    also_broken_by=(dict(source="0"), dict(source="6")),
    source="SEN2 code sets, RequestSource, from 2025",
    presence=True,
)
def the_source_of_a_request_is_known() -> pl.Expr:
    """The source of the request is {source}, not 1 to 5"""
    missing = col("source").is_null() & (col("received_date") >= col("begins"))
    return missing | ~col("source").is_in(["1", "2", "3", "4", "5"]).fill_null(True)


@row_rule(
    "requests",
    "REQ-14",
    field="outcome_date",
    severity=Severity.QUERY,
    fix="Enter the day of the withdrawal.",
    broken_by=dict(outcome="W", outcome_date=None),
    holds_for=(dict(outcome_date=date(2024, 5, 1)), dict(outcome="A")),
    source="definition of assessments underway: ended by a dated outcome",
)
def a_withdrawal_has_a_date() -> pl.Expr:
    """The request was withdrawn, but nothing says when, so it counts as underway for ever"""
    return (col("outcome") == "W") & col("outcome_date").is_null()


@row_rule(
    "requests",
    "REQ-15",
    field="outcome",
    severity=Severity.QUERY,
    fix="Enter the decision, unless the plan was taken over from another council.",
    broken_by=dict(outcome="H", received_date=date(2024, 1, 1)),
    holds_for=(dict(received_date=date(2023, 12, 31)), dict(received_date=None), dict(outcome="Y")),
    source="SEN2 code sets, RequestOutcome H",
)
def a_historic_request_is_older_than_the_return() -> pl.Expr:
    """The request is marked historic (H), but was received {received_date}, in the time of the return"""
    return (col("outcome") == "H") & (col("received_date") >= col("begins")) & col("received_date").is_not_null()


@row_rule(
    "requests",
    "REQ-16",
    field="outcome",
    severity=Severity.NOTE,
    fix="Mark it historic (H), or leave it out.",
    broken_by=dict(outcome="N", outcome_date=date(2023, 12, 31)),
    holds_for=(dict(outcome_date=date(2024, 1, 1)), dict(outcome="H")),
    also_broken_by=dict(outcome="Y"),
    source="scope of the SEN2 collection",
)
def a_decided_request_is_of_the_year_of_the_return() -> pl.Expr:
    """The request was decided {outcome_date}, before the time of the return, and is not marked historic"""
    return col("outcome").is_in(["Y", "N"]) & (col("outcome_date") < col("begins"))


@row_rule(
    "requests",
    "REQ-17",
    field="rya",
    severity=Severity.QUERY,
    fix="Check the mark and the date of birth.",
    broken_by=dict(rya=True, age_at_received=9),
    holds_for=(dict(age_at_received=10), dict(age_at_received=18), dict(rya=False)),
    also_broken_by=dict(age_at_received=19),
    source="detention of 10 to 18 year olds: Children and Families Act 2014, section 70",
)
def youth_accommodation_fits_the_age() -> pl.Expr:
    """The request was made from youth accommodation at the age of {age_at_received}"""
    return col("rya") & ((col("age_at_received") < 10) | (col("age_at_received") > 18))


@row_rule(
    "requests",
    "REQ-18",
    field="person",
    fix="Export the person with the request.",
    broken_by=dict(person=None, reference="5001"),
    holds_for=dict(person=1),
    source="SEN2 structure: persontableid",
)
def a_request_belongs_to_a_person() -> pl.Expr:
    """The request {reference} points to no person of the return, so it is in no child's record"""
    return col("person").is_null()


@row_rule(
    "requests",
    "REQ-19",
    field="reference",
    fix="Give every request an id of its own.",
    broken_by=dict(id_repeated=True, reference="5001"),
    holds_for=dict(id_repeated=False),
    source="SEN2 structure: requeststableid",
)
def a_request_id_is_used_once() -> pl.Expr:
    """An earlier row has the same request id {reference}; its assessments are taken as the earlier one's"""
    return col("id_repeated")


@across_rule(
    "requests",
    "REQ-20",
    field="outcome",
    fix="Correct the outcome of the request, or remove the assessment.",
    broken_by=dict(people=(_followed_up("N"),)),
    holds_for=(dict(people=(_followed_up("Y"),)), dict(people=(_followed_up("H"),))),
    also_broken_by=(dict(people=(_followed_up("W"),)), dict(people=(_followed_up("A"),))),
    source="SEN2 structure: an assessment follows an agreed request",
)
def only_an_agreed_request_is_assessed(book: ReturnUnderCheck) -> pl.DataFrame:
    """There is an assessment, but the request is {outcome}"""
    assessed = book.view("assessments")["request"]
    return book.rows("requests", assessed).filter(col("outcome").is_in(["N", "W", "A"]))


@across_rule(
    "requests",
    "REQ-21",
    field="outcome",
    severity=Severity.QUERY,
    fix="Add the assessment, with outcome A while it is not decided.",
    broken_by=dict(people=(asked_for(outcome="Y", outcome_date=date(2024, 6, 1)),)),
    holds_for=(dict(people=(_followed_up("Y"),)), dict(people=(asked_for(outcome="A"),))),
    source="SEN2 structure: an assessment follows an agreed request",
)
def an_agreed_request_has_an_assessment(book: ReturnUnderCheck) -> pl.DataFrame:
    """An assessment was agreed {outcome_date}, but there is no assessment record"""
    assessed = book.view("assessments")["request"].drop_nulls()
    return book.view("requests").filter((col("outcome") == "Y") & ~col("request").is_in(assessed.implode()))


@across_rule(
    "requests",
    "REQ-22",
    field="received_date",
    fix="Remove the one that was entered twice.",
    broken_by=dict(people=(_twice(date(2024, 6, 1), date(2024, 6, 1)),)),
    holds_for=(
        dict(people=(_twice(date(2024, 6, 1), date(2024, 6, 2)),)),
        dict(people=(_twice(None, None),)),
        dict(people=(_twice(date(2024, 6, 1), date(2024, 6, 1), "N"),)),
        dict(people=(asked_for(received_date=date(2024, 6, 1)),) * 2),
    ),
    source="person, date and outcome make a request",
)
def a_request_is_entered_once(book: ReturnUnderCheck) -> pl.DataFrame:
    """The same person has another request of {received_date} with the same outcome"""
    rows = book.view("requests").filter(col("person").is_not_null() & col("received_date").is_not_null())
    alike = pl.struct("person", "received_date", "outcome")
    return rows.filter(~alike.is_first_distinct())


@across_rule(
    "requests",
    "REQ-23",
    field="outcome",
    severity=Severity.QUERY,
    fix="Decide which of the two is real.",
    broken_by=dict(people=(YoungPerson(requests=(Request(outcome="A"), Request(outcome="A"))),)),
    holds_for=(
        dict(people=(YoungPerson(requests=(Request(outcome="A"), Request(outcome="Y"))),)),
        dict(people=(asked_for(outcome="A"),) * 2),
    ),
    source="one assessment at a time",
)
def a_person_has_one_request_underway(book: ReturnUnderCheck) -> pl.DataFrame:
    """Another request of the same person is still undecided; this one was received {received_date}"""
    undecided = book.view("requests").filter((col("outcome") == "A") & col("person").is_not_null())
    return undecided.filter(~col("person").is_first_distinct())


@across_rule(
    "requests",
    "REQ-24",
    field="received_date",
    severity=Severity.QUERY,
    fix="Check whether it is a re-assessment of a child who has a plan.",
    broken_by=dict(people=(_asked_again(date(2023, 1, 10)),)),
    holds_for=(
        dict(people=(_asked_again(date(2023, 1, 9)),)),
        dict(people=(_asked_again(date(2024, 11, 1), end=date(2024, 11, 1)),)),
        dict(people=(_asked_again(date(2023, 1, 10), outcome="H"),)),
        dict(people=(assessed(outcome="Y", plans=(NamedPlan(start_date=date(2023, 1, 9)),)),)),
    ),
    also_broken_by=dict(people=(_asked_again(date(2024, 11, 1), end=date(2024, 11, 2)),)),
    source="dossier of checks: plans from more than one request",
)
def a_child_with_a_plan_is_not_asked_for_again(book: ReturnUnderCheck) -> pl.DataFrame:
    """The request was received {received_date}, while a plan of the same person was in force"""
    plans = book.view("named_plans").filter(col("person").is_not_null())
    plans = plans.select("person", plan_start="start_date", plan_cease="cease_date", plan_request="request")
    met = book.view("requests").filter(col("outcome").ne_missing("H")).join(plans, on="person", how="inner")
    within = (col("plan_start") < col("received_date")) & (
        col("plan_cease").is_null() | (col("plan_cease") > col("received_date"))
    )
    return met.filter(within & (col("request") != col("plan_request"))).unique(
        "request", keep="first", maintain_order=True
    )
