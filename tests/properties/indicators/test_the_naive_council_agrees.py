"""The frames and the plain person-by-person reading of the definitions give the same dashboard, on any council."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highneeds.caseload import Caseloads, CaseloadSettings, OverdueBasis, from_return
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.indicator import Subject
from highneeds.indicators.mechanism.measure import measure
from highneeds.indicators.mechanism.registry import indicators
from highneeds.vocabulary.period import Month
from naive.council import Council
from naive.councils import councils
from soaking import soak_share

NOT_COMPUTED = {
    "special_to_mainstream_phase_transfer",
    "special_to_mainstream_annual_review",
    "mainstream_to_special_phase_transfer",
    "mainstream_to_special_annual_review",
    "ceased_at_review_16_18_pct",
    "ceased_at_review_19_25_pct",
    "phase_transfer_placement_split",
    "tribunal_placed_special_count",
    "individual_provision_count",
}


def dashboard(return_, month, chosen):
    measured = measure(IndicatorInputs(Caseloads.of([from_return(return_, chosen)])), [month])
    return {
        one.indicator.id: (one.part, one.whole, None if one.value is None else str(one.value))
        for one in measured
        if one.indicator.subject is Subject.CASELOAD and one.indicator.id not in NOT_COMPUTED
    }


def expected(return_, month, chosen):
    answers = Council(return_, chosen.rollover_month, chosen.overdue_basis.value).answers(month.year, month.number)
    if month != Month.of(return_.reference_date):
        answers |= {name: (None, None, None) for name in answers if name.startswith("annual_reviews_overdue")}
    return answers


@settings(max_examples=300, deadline=None)
@given(
    made=councils(),
    rollover=st.sampled_from([8, 9]),
    basis=st.sampled_from([OverdueBasis.DECISION, OverdueBasis.DECISION, *OverdueBasis]),
)
def test_both_give_the_same_dashboard(made, rollover, basis):
    last_day, return_ = made
    chosen = CaseloadSettings(rollover_month=rollover, overdue_basis=basis)
    assert dashboard(return_, Month.of(last_day), chosen) == expected(return_, Month.of(last_day), chosen)


def test_the_naive_council_answers_every_computed_indicator():
    computed = {one.id for one in indicators() if one.subject is Subject.CASELOAD} - NOT_COMPUTED
    from highneeds.intake.sen2.rows import from_people
    from naive.councils import REFERENCE

    answers = Council(from_people([], reference_date=REFERENCE)).answers(2025, 1)
    assert set(answers) == computed


@pytest.mark.soak
@settings(max_examples=soak_share(20_000), deadline=None)
@given(made=councils(12), rollover=st.sampled_from([8, 9]), basis=st.sampled_from(OverdueBasis))
def test_both_give_the_same_dashboard_for_long(made, rollover, basis):
    last_day, return_ = made
    chosen = CaseloadSettings(rollover_month=rollover, overdue_basis=basis)
    assert dashboard(return_, Month.of(last_day), chosen) == expected(return_, Month.of(last_day), chosen)
