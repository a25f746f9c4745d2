"""Each rule finds its broken row at the limit (tests/house/test_registers.py); here one step before it finds nothing.

A line is: the rule, and what is changed in the last of its broken rows; `register.column` changes a row of another.
"""

from dataclasses import replace

import pytest

from highneeds.checks.finding import Outcome
from highneeds.registers.mechanism.proof import broken_result, broken_row
from highneeds.registers.registry import registers

LAST_ALLOWED = """
PAYMENTS-04 | received_on=2024-07-01
PAYMENTS-05 | report_calendar.accepted_on=2024-06-14
PAYMENTS-06 | received_gbp=100.00
PAYMENTS-07 | financial_year=2027-28
SAVINGS-03 | chance_percent=100
SAVINGS-05 | claims_category=day
SAVINGS-07 | realised_gbp=1300.00
SAVINGS-08 | decisions.effective_on=2024-04-30
SAVINGS-10 | ends=2025-03
SAVINGS-12 | price_base=2024-25
INVESTMENTS-03 | amount_gbp=900.00
INVESTMENTS-05 | last_year=2024-25
FEEUPLIFTS-02 | agreed_fee_gbp=50000.00
FEEUPLIFTS-04 | agreed_fee_gbp=50000.00
FEEUPLIFTS-05 | offered_fee_gbp=55000.00
FEEUPLIFTS-06 | asked_fee_gbp=2000.00
FEEUPLIFTS-08 | places=9
FEEUPLIFTS-09 | agreed_fee_gbp=51510.00
FEEUPLIFTS-10 | agreed_fee_gbp=50500.00
FEEUPLIFTS-11 | decided_on=2025-02-02
FEEUPLIFTS-12 | effective_from=2025-04-01
FRAMEWORKLOTS-01 | quality_score=100
FRAMEWORKLOTS-03 | starts_on=2026-09-01
FRAMEWORKLOTS-05 | awarded_on=2025-05-02
FRAMEWORKLOTS-06 | price_base=2023-24
JOINTFUNDING-03 | decided_on=2024-05-02
JOINTFUNDING-05 | commitments.health_gbp=26999.00
JOINTFUNDING-06 | received_gbp=100.00
JOINTFUNDING-07 | starts_on=2025-04-01
HEALTHAGREEMENTS-01 | ends_on=2025-04-02
HEALTHAGREEMENTS-04 | funder=icb
EXCEPTIONALNEED-03 | agreed_gbp=8999.99
EXCEPTIONALNEED-04 | decided_on=2024-10-03
EXCEPTIONALNEED-05 | starts_on=2025-04-01
TUITIONPACKAGES-01 | hours_per_week=0
TUITIONPACKAGES-02 | rate_gbp=150.00
TUITIONPACKAGES-04 | starts_on=2024-04-03
RECOUPMENT-01 | billed_gbp=6685.93
RECOUPMENT-02 | received_gbp=6684.93
RECOUPMENT-04 | refused_on=2025-09-12
RECOUPMENT-06 | from_day=2025-08-01
SCHOOLDEFICITS-03 | licensed_on=2025-05-31
SCHOOLDEFICITS-04 | recovers_by=2028-29
SCHOOLDEFICITS-05 | forecast_balance_gbp=-50000.00
SCHOOLDEFICITS-06 | forecast_balance_gbp=0.00
COMMITMENTS-03 | annual_cost_gbp=55000.00
ASSUMPTIONS-03 | actual=2.19
PLACES-02 | pupils=90
PLACES-04 | from_day=2025-09-01
PLACES-05 | from_day=2024-09-01
PLACES-08 | from_day=2024-10-01
RESOURCEDPROVISIONS-04 | first_planned=2025-10
PATHWAYGAPS-03 | children_out=10
PATHWAYGAPS-05 | children_out=0
OPENINGS-05 | fill_steps.new_places=60
OPENINGS-06 | expected=2026-08
OPENINGS-07 | expected=2025-09
FILLSTEPS-01 | new_places=1
FILLSTEPS-02 | by_day=2025-09-01
FILLSTEPS-03 | pupils=48
FILLSTEPS-04 | shared_site_pupils=20
FILLSTEPS-05 | pupils=48
SPECIALSCHOOLREVIEW-01 | readiness=5
SPECIALSCHOOLREVIEW-04 | capital_gbp=99.99
SPECIALSCHOOLREVIEW-06 | sequence=2
CAPITALALLOCATIONS-01 | amount_gbp=100.00
CAPITALALLOCATIONS-02 | spent_gbp=1.00
OUTREACHSETTINGS-01 | settings_reached=40
OUTREACHSETTINGS-03 | children=30
PROVISIONPROPOSALS-01 | need_score=5
PROVISIONPROPOSALS-03 | value_score=3
PROVISIONPROPOSALS-04 | capital_gbp=99.99
PROVISIONPROPOSALS-05 | need_score=3
PHASETRANSFERS-01 | plan_issued_on=2024-09-26
PHASETRANSFERS-06 | consulted_on=2025-01-21
PHASETRANSFERS-07 | final_on=2025-02-15
APPEALS-02 | lodged_on=2024-07-01
APPEALS-07 | responded_on=2024-06-20
APPEALS-08 | hearing_on=2025-04-09
REVIEWCLEARANCE-01 | opening=95
REVIEWCLEARANCE-02 | planned=60
REVIEWCLEARANCE-03 | closing=95
REVIEWCLEARANCE-04 | closing=96
QUALITYSAMPLES-01 | met=10
QUALITYSAMPLES-05 | count=5
POST16PLACEMENTS-01 | from_day=2023-09-01, to_day=2024-08-31
POST16PLACEMENTS-02 | course_ends_on=2025-10-03
POST16PLACEMENTS-04 | after_gbp=45000.00
CONTRIBUTIONCHECKS-01 | needed_hours=10
CONTRIBUTIONCHECKS-02 | agreed_gbp=50000.00
CONTRIBUTIONCHECKS-05 | effective_from=2025-02-02
CONTRIBUTIONCHECKS-06 | review_on=2025-04-11
CHILDRENWITHOUTPLACE-02 | began_on=2025-03-19
CHILDRENWITHOUTPLACE-05 | began_on=2025-03-03
CHILDRENWITHOUTPLACE-07 | began_on=2025-02-02
VATREQUESTS-03 | annual_gbp=23998.99
POST16DESTINATIONS-03 | left_on=2024-09-01
CASEWORKPOSTS-02 | starts_on=2024-04-02
CASEWORKPOSTS-05 | cases=250
TARIFFDESCRIPTORS-03 | effective_from=2025-05-12
TARIFFDESCRIPTORS-05 | effective_from=2025-09-02
TARIFFPROFILES-05 | need_score=10
TARIFFPROFILES-06 | fte=3
COMMUNITIES-01 | budget_gbp=1000.00
COMMUNITIES-04 | schools=3
COMMUNITYFORMULA-01 | weight_percent=100
COMMUNITYFORMULA-03 | amount_gbp=500.00
COMMUNITYDECISIONS-01 | agreed_gbp=100.00
COMMUNITYDECISIONS-02 | communities.budget_gbp=100.00
COMMUNITYDECISIONS-06 | agreed_gbp=100.00
SERVICEOFFER-04 | reviewed_on=2024-04-02
EARLYYEARSREFERRALS-04 | started_on=2025-05-06
TRAININGSCHOOLS-02 | before=2018/19
TRAININGSCHOOLS-04 | trained_from=2023-09
SERVICETRANSFERS-01 | decisions.effective_on=2025-04-02
SERVICETRANSFERS-02 | sla_ends_on=2025-08-31
SERVICETRANSFERS-03 | in_house_gbp=100.00
CONSULTATIONS-01 | closed_on=2025-01-01
CONSULTATIONS-02 | closed_on=2025-02-11
CONSULTATIONS-03 | decisions.taken_on=2025-02-11
CONSULTATIONS-05 | consultation_responses.responses=100
CONSULTATIONRESPONSES-06 | responses=26
INDICATORTARGETS-03 | milestone=44.0
INDICATORTARGETS-04 | floor=42.0
INDICATORTARGETS-05 | floor=40.7
RISKS-03 | impact=5
RISKS-05 | impact=4
RISKS-06 | target_impact=3
RISKS-09 | review_on=2025-04-02
DECISIONS-01 | taken_on=2025-01-30
DECISIONS-02 | effective_on=2025-02-07
DECISIONS-03 | consultations.closed_on=2025-01-30
DECISIONS-04 | implemented_on=2025-02-10
DECISIONS-06 | planned_on=2025-04-02
SCRUTINYITEMS-04 | responded_on=2025-01-14
MEETINGS-02 | present=10
MEETINGS-03 | present=4
MEETINGS-07 | stood_back=0
ACTIONS-03 | due_on=2025-01-10
ACTIONS-04 | due_on=2025-03-04
MILESTONES-02 | planned=2025-07
MILESTONES-03 | done=2025-03
MILESTONES-05 | planned=2025-04
MILESTONES-06 | openings.expected=2025-09
MILESTONES-07 | savings.starts=2025-06
ENGAGEMENT-01 | schools_represented=90
ENGAGEMENT-02 | share_percent=67.1
ENGAGEMENT-04 | month=2025-04
DEPENDENCIES-01 | asked_on=2025-02-02
INSPECTIONFINDINGS-04 | due_on=2025-04-02
REPORTCALENDAR-01 | dated=2025-04
REPORTCALENDAR-03 | dated=2025-10
REPORTCALENDAR-04 | published_on=2025-04-02
REPORTCALENDAR-06 | number=8
TRANSITIONPATHWAYS-03 | helpful_yes=10
TRANSITIONPATHWAYS-05 | reviewed_on=2024-04-02
"""
LINES = [line.split(" | ") for line in LAST_ALLOWED.strip().splitlines()]


def asked(code):
    """The register and its row rule, or whole rule, of a code."""
    register = next(one for one in registers().values() if one.prefix == code.rpartition("-")[0])
    return register, next(one for one in (*register.rules, *register.whole_rules) if one.code == code)


@pytest.mark.parametrize(("code", "changes"), LINES, ids=[code for code, _ in LINES])
def test_one_step_before_the_limit_nothing_is_found(code, changes):
    register, rule = asked(code)
    pairs = [change.strip().split("=") for change in changes.split(",")]
    if rule in register.rules:
        change = register.rows_of([dict(pairs)])[0].values
        broken = broken_row(register, rule)
        allowed = replace(broken, values={**broken.values, **{name: change[name] for name, _ in pairs}})
        assert rule(allowed) is None
        return
    *first, last = rule.broken_by
    others = {name: list(rows) for name, rows in rule.others.items()}
    for name, value in pairs:
        other, dot, column = name.partition(".")
        if dot:
            others[other][-1] = {**others[other][-1], column: value}
        else:
            last = {**last, name: value}
    kept = {name: tuple(rows) for name, rows in others.items()}
    assert broken_result(register, replace(rule, broken_by=(*first, last), others=kept)).outcome is Outcome.CLEAR
