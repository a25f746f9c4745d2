"""Rules about active plans, reviews and phase transfers."""

from datetime import date

import polars as pl
from polars import col

from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._cases import asked_for, on_plan
from highneeds.checks.sen2._rule import across_rule, row_rule
from highneeds.intake.sen2.rows import ActivePlan, Assessment, NamedPlan, YoungPerson


def _to_cease(decided: date, *, outcome: str = "C", end: date | None = None) -> YoungPerson:
    """A plan from 9 January 2023 whose review was decided on that day."""
    return on_plan(active=dict(review_outcome=outcome, last_review=decided), end=end)


_AUTUMN_TO_MARCH = (date(2024, 10, 1), date(2024, 11, 1), date(2024, 12, 1), date(2025, 2, 1), date(2025, 3, 31))


@row_rule(
    "active_plans",
    "ACT-01",
    field="last_review",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(last_review=date(2025, 1, 17)),
    holds_for=dict(last_review=date(2025, 1, 16)),
    source="SEN2 item LastReview; a review in the future is an error in Annex A checks",
)
def a_review_decision_is_not_in_the_future() -> pl.Expr:
    """The council's letter is dated {last_review}, after the end of the return"""
    return col("last_review") > col("ends")


@row_rule(
    "active_plans",
    "ACT-02",
    field="review_meeting",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(review_meeting=date(2025, 1, 17)),
    holds_for=dict(review_meeting=date(2025, 1, 16)),
    source="SEN2 item ReviewMeeting",
)
def a_review_meeting_is_not_in_the_future() -> pl.Expr:
    """The review meeting is dated {review_meeting}, after the end of the return"""
    return col("review_meeting") > col("ends")


@row_rule(
    "active_plans",
    "ACT-03",
    field="last_review",
    severity=Severity.NOTE,
    fix="Check both dates.",
    broken_by=dict(review_meeting=date(2023, 5, 1), last_review=date(2023, 5, 30)),
    holds_for=(dict(last_review=date(2023, 5, 29)), dict(last_review=date(2024, 5, 2))),
    also_broken_by=dict(last_review=date(2024, 5, 1)),
    source="SEND Regulations 2014, regulation 20: four weeks from the meeting",
)
def a_decision_follows_the_meeting_within_four_weeks() -> pl.Expr:
    """The decision of {last_review} came more than four weeks after the meeting of {review_meeting}"""
    return (col("last_review") - col("review_meeting")).dt.total_days().is_between(29, 366)


@row_rule(
    "active_plans",
    "ACT-04",
    field="last_review",
    severity=Severity.QUERY,
    fix="Decide, or enter the letter that was sent.",
    broken_by=dict(review_meeting=date(2024, 12, 18), last_review=None),
    holds_for=(dict(review_meeting=date(2024, 12, 19)), dict(last_review=date(2024, 12, 18))),
    also_broken_by=dict(last_review=date(2024, 12, 17)),
    source="SEND Regulations 2014, regulation 20",
)
def a_meeting_is_followed_by_a_decision() -> pl.Expr:
    """The review meeting was {review_meeting}; over four weeks on there is no later decision (last: {last_review})"""
    waiting = (col("ends") - col("review_meeting")).dt.total_days() > 28
    return waiting & (col("last_review").is_null() | (col("last_review") < col("review_meeting")))


@row_rule(
    "active_plans",
    "ACT-05",
    field="review_outcome",
    severity=Severity.QUERY,
    fix="Enter whether the plan is kept, amended or ceased.",
    broken_by=dict(last_review=date(2024, 1, 1), review_outcome=None),
    holds_for=(dict(last_review=date(2023, 12, 31)), dict(review_outcome="M")),
    source="SEN2 item ReviewOutcome, from 2024",
    presence=True,
)
def a_review_of_the_year_has_an_outcome() -> pl.Expr:
    """The review was decided {last_review}, but its outcome is missing"""
    return (col("last_review") >= col("begins")) & col("review_outcome").is_null()


@row_rule(
    "active_plans",
    "ACT-06",
    field="review_draft",
    severity=Severity.QUERY,
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(review_meeting=date(2024, 5, 1), review_draft=date(2024, 4, 30)),
    holds_for=dict(review_draft=date(2024, 5, 1)),
    source="SEN2 item ReviewDraft, from 2025",
)
def a_draft_follows_the_meeting() -> pl.Expr:
    """The draft plan of {review_draft} is older than the review meeting of {review_meeting}"""
    return col("review_draft") < col("review_meeting")


@row_rule(
    "active_plans",
    "ACT-07",
    field="last_review",
    severity=Severity.QUERY,
    fix="Hold the review, or enter the one that was held.",
    broken_by=dict(last_review=date(2023, 1, 16)),
    holds_for=dict(last_review=date(2023, 1, 17)),
    source="Children and Families Act 2014, section 44",
)
def reviews_are_not_two_years_apart() -> pl.Expr:
    """The last review was {last_review}, more than two years before the end of the return"""
    return (col("ends") - col("last_review")).dt.total_days() > 730


@row_rule(
    "active_plans",
    "ACT-08",
    field="phase_transfer_due",
    severity=Severity.QUERY,
    fix="Enter 15 February, or 31 March for post-16; post-16 institutions may have another day five months before.",
    broken_by=dict(phase_transfer_due=date(2024, 2, 14)),
    holds_for=(
        dict(phase_transfer_due=date(2024, 2, 15)),
        dict(phase_transfer_due=date(2024, 3, 31)),
        dict(phase_transfer_due=None),
    ),
    also_broken_by=(
        dict(phase_transfer_due=date(2024, 2, 16)),
        dict(phase_transfer_due=date(2024, 3, 30)),
        dict(phase_transfer_due=date(2024, 4, 1)),
    ),
    source="SEND Regulations 2014, regulation 18",
)
def a_phase_transfer_is_due_on_a_day_of_the_law() -> pl.Expr:
    """The final plan of the phase transfer is due {phase_transfer_due}, which is neither 15 February nor 31 March"""
    day = col("phase_transfer_due").dt.strftime("%m-%d")
    return ~day.is_in(["02-15", "03-31"])


@row_rule(
    "active_plans",
    "ACT-09",
    field="phase_transfer_final",
    severity=Severity.QUERY,
    fix="Send the plan, or enter the day on which it was sent.",
    broken_by=dict(phase_transfer_due=date(2025, 1, 15), phase_transfer_final=None),
    holds_for=(dict(phase_transfer_due=date(2025, 1, 16)), dict(phase_transfer_final=date(2025, 1, 14))),
    source="SEND Regulations 2014, regulation 18",
)
def a_phase_transfer_is_finalised() -> pl.Expr:
    """The final plan of the phase transfer was due {phase_transfer_due} and is not sent"""
    return (col("phase_transfer_due") < col("ends")) & col("phase_transfer_final").is_null()


@row_rule(
    "active_plans",
    "ACT-10",
    field="phase_transfer_final",
    fix="Correct whichever date is wrong in your case system and export again.",
    broken_by=dict(phase_transfer_final=date(2025, 1, 17)),
    holds_for=dict(phase_transfer_final=date(2025, 1, 16)),
    source="SEN2 reference date",
)
def a_phase_transfer_plan_is_not_in_the_future() -> pl.Expr:
    """The final plan of the phase transfer is dated {phase_transfer_final}, after the end of the return"""
    return col("phase_transfer_final") > col("ends")


@row_rule(
    "active_plans",
    "ACT-11",
    field="phase_transfer_due",
    fix="Enter the day by which the plan was due.",
    broken_by=dict(phase_transfer_final=date(2024, 2, 1), phase_transfer_due=None),
    holds_for=(dict(phase_transfer_due=date(2024, 2, 15)), dict(phase_transfer_final=None)),
    source="SEN2 items PhaseTransferDueDate, PhaseTransferFinalDate",
    presence=True,
)
def a_phase_transfer_plan_has_a_day_by_which_it_was_due() -> pl.Expr:
    """The final plan of the phase transfer was sent {phase_transfer_final}, but there is no day by which it was due"""
    return col("phase_transfer_final").is_not_null() & col("phase_transfer_due").is_null()


@row_rule(
    "active_plans",
    "ACT-12",
    field="last_review",
    fix="Correct the date of the review or the date of birth.",
    broken_by=dict(age_at_last_review=27),
    holds_for=(dict(age_at_last_review=26), dict(age_at_last_review=0)),
    also_broken_by=dict(age_at_last_review=-1),
    source="arithmetic of dates",
)
def a_review_is_after_birth_and_before_the_end() -> pl.Expr:
    """The review was decided at the age of {age_at_last_review}"""
    return (col("age_at_last_review") < 0) | (col("age_at_last_review") > 26)


@row_rule(
    "active_plans",
    "ACT-13",
    field="transfer_la",
    severity=Severity.QUERY,
    fix="Enter the day of the transfer as the day on which the request was received.",
    broken_by=dict(transfer_la="887", received_date=None),
    holds_for=(dict(received_date=date(2024, 6, 1)), dict(transfer_la=None)),
    source="definition: a plan taken over counts from the transfer on",
)
def a_plan_taken_over_says_from_when() -> pl.Expr:
    """The plan was taken over from council {transfer_la}, but no date says from when it is ours"""
    return col("transfer_la").is_not_null() & col("received_date").is_null()


@row_rule(
    "active_plans",
    "ACT-14",
    field="request",
    fix="Export the request with the active plan; H where it was in an earlier year.",
    broken_by=dict(request=None, reference="6001"),
    holds_for=dict(request=1),
    source="SEN2 structure: requeststableid",
)
def an_active_plan_belongs_to_a_request() -> pl.Expr:
    """The active plan {reference} points to no request of the return, so its placements are nobody's"""
    return col("request").is_null()


@row_rule(
    "active_plans",
    "ACT-15",
    field="reference",
    fix="Give every active plan an id of its own.",
    broken_by=dict(id_repeated=True, reference="6001"),
    holds_for=dict(id_repeated=False),
    source="SEN2 structure: activeplanstableid",
)
def an_active_plan_id_is_used_once() -> pl.Expr:
    """An earlier row has the same active plan id {reference}"""
    return col("id_repeated")


@across_rule(
    "active_plans",
    "ACT-16",
    field="request",
    fix="Remove the one that was entered twice.",
    broken_by=dict(people=(asked_for(active_plans=(ActivePlan(), ActivePlan())),)),
    holds_for=dict(people=(asked_for(active_plans=(ActivePlan(),)),) * 2),
    source="SEN2 structure: at most one active plan for a request",
)
def a_request_has_one_active_plan(book: ReturnUnderCheck) -> pl.DataFrame:
    """The same request has an earlier active plan record"""
    rows = book.view("active_plans").filter(col("request").is_not_null())
    return rows.filter(~col("request").is_first_distinct())


@across_rule(
    "active_plans",
    "ACT-17",
    field="active",
    fix="Add the plan, or remove the active plan record.",
    broken_by=dict(people=(asked_for(active_plans=(ActivePlan(),)),)),
    holds_for=dict(people=(on_plan(),)),
    also_broken_by=dict(
        people=(asked_for(assessments=(Assessment(plans=(NamedPlan(),)),), active_plans=(ActivePlan(),)),)
    ),
    source="SEN2 module 5: active plans on the census day",
)
def an_active_plan_has_a_plan(book: ReturnUnderCheck) -> pl.DataFrame:
    """There is an active plan record, but no plan of the person in the return"""
    held = book.view("named_plans").filter(col("start_date").is_not_null())["person"].drop_nulls()
    return book.view("active_plans").filter(col("person").is_not_null() & ~col("person").is_in(held.implode()))


@across_rule(
    "active_plans",
    "ACT-18",
    field="transfer_la",
    fix="Enter the council that held the plan before.",
    broken_by=dict(people=(on_plan(active=dict(transfer_la="886")),), council="886"),
    holds_for=(dict(people=(on_plan(active=dict(transfer_la="887")),)), dict(council="")),
    source="SEN2 item TransferLA",
)
def a_transfer_comes_from_another_council(book: ReturnUnderCheck) -> pl.DataFrame:
    """The plan was taken over from council {transfer_la}, which is this council itself"""
    own = book.return_.council
    return book.view("active_plans").filter((col("transfer_la") == own) & pl.lit(bool(own)))


@across_rule(
    "active_plans",
    "ACT-19",
    field="review_outcome",
    severity=Severity.QUERY,
    fix="Enter the day on which the plan ended, unless an appeal goes on.",
    broken_by=dict(people=(_to_cease(date(2024, 7, 16)),)),
    holds_for=(
        dict(people=(_to_cease(date(2024, 7, 17)),)),
        dict(people=(_to_cease(date(2024, 7, 16), outcome="M"),)),
        dict(people=(_to_cease(date(2024, 7, 16), end=date(2025, 1, 15)),)),
    ),
    source="SEND Regulations 2014, regulation 31: a plan is kept until the appeal is over",
    fields=(
        ("active_plans", "review_outcome"),
        ("active_plans", "last_review"),
    ),
)
def a_ceased_plan_ends(book: ReturnUnderCheck) -> pl.DataFrame:
    """The review of {last_review} decided to cease, but the plan is still in force after more than six months"""
    long_ago = (pl.lit(book.ends) - col("last_review")).dt.total_days() > 183
    ceasing = (col("review_outcome") == "C") & long_ago
    return book.view("active_plans").filter(ceasing & col("person").is_in(book.in_force.implode()))


@across_rule(
    "active_plans",
    "ACT-20",
    field="phase_transfer_due",
    severity=Severity.QUERY,
    fix="Enter the day by which the plan for the next phase is due.",
    broken_by=dict(people=(on_plan(school_cohort=2013),)),
    holds_for=(
        *(dict(people=(on_plan(school_cohort=cohort),)) for cohort in (2014, 2012, 2009, 2007)),
        dict(people=(on_plan(school_cohort=2013, active=dict(phase_transfer_due=date(2025, 2, 15))),)),
        dict(reference_date=date(2024, 9, 30)),
        dict(reference_date=date(2025, 4, 1)),
    ),
    also_broken_by=(
        dict(people=(on_plan(school_cohort=2008),)),
        *(dict(reference_date=day) for day in _AUTUMN_TO_MARCH),
    ),
    source="SEND Regulations 2014, regulation 18",
    fields=(("active_plans", "phase_transfer_due"),),
)
def a_child_before_a_phase_transfer_has_its_day(book: ReturnUnderCheck) -> pl.DataFrame:
    """The child is in the last year of primary or of compulsory school, but no day of a phase transfer is entered"""
    cohort = book.caseload.at(book.ends).where(col("year").is_in([6, 11])).plans["person"]
    autumn_or_later = book.ends.month in (10, 11, 12, 1, 2, 3)
    missing = col("phase_transfer_due").is_null() & pl.lit(autumn_or_later)
    return book.rows(
        "active_plans", book.view("active_plans").filter(col("person").is_in(cohort.implode()))["active"]
    ).filter(missing)


@across_rule(
    "active_plans",
    "ACT-21",
    field="last_review",
    severity=Severity.QUERY,
    fix="Enter the last review, or hold it.",
    broken_by=dict(people=(on_plan(start=date(2023, 12, 31)),)),
    holds_for=(
        dict(people=(on_plan(start=date(2024, 1, 1)),)),
        dict(people=(on_plan(start=date(2023, 12, 31), active=dict(last_review=date(2024, 12, 1))),)),
    ),
    source="Children and Families Act 2014, section 44",
)
def a_plan_of_over_a_year_has_been_reviewed(book: ReturnUnderCheck) -> pl.DataFrame:
    """The plan is in force for more than a year, but no review is recorded"""
    old = (
        book.caseload.at(book.ends)
        .where(col("starts") < book.ends.replace(year=book.ends.year - 1, day=1))
        .plans["person"]
    )
    reviewed = book.view("active_plans").filter(col("last_review").is_not_null())["person"].drop_nulls()
    without = old.filter(~old.is_in(reviewed.implode()))
    rows = book.view("active_plans").filter(col("person").is_in(without.implode()))
    return rows.unique("person", keep="first", maintain_order=True)
