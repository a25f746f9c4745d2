"""Every SEN2 rule finds its first refused and leaves its last allowed, and says when it could not check."""

from collections import Counter
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from highneeds.caseload import from_return
from highneeds.checks.finding import Outcome, Severity
from highneeds.checks.sen2._rule import BEFORE, ESTABLISHMENTS, row_rule
from highneeds.checks.sen2.check import check, rules
from highneeds.intake.establishments import Establishments
from highneeds.intake.sen2.rows import (
    ActivePlan,
    Assessment,
    NamedPlan,
    Placement,
    PlanDetail,
    Request,
    SenNeed,
    YoungPerson,
    from_people,
)

REFERENCE = date(2025, 1, 16)
LISTED = pl.DataFrame(
    [
        dict(
            urn="118000",
            type="Community school",
            resourced_provision="Resourced provision",
            capacity=400,
            opens=date(2001, 9, 1),
            setting_class="MsMdA",
            line=2,
            unreadable=[],
        )
    ],
    schema_overrides={"urn": pl.String, "unreadable": pl.List(pl.String)},
).with_columns(pl.lit(None, pl.String).alias("ukprn"), pl.lit(None, pl.Date).alias("closes"))


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_a_rule_finds_the_first_refused_and_leaves_the_last_allowed(rule):
    assert rule.title and rule.source and rule.message and rule.fix.endswith(".")
    for case in rule.refused:
        message = rule(case)
        assert message, f"{rule.code} does not catch {case}"
        assert "{" not in message and len(message) < 250
    for case in rule.allowed:
        assert rule(case) is None, f"{rule.code} objects to {case}"


def test_a_school_without_anybody_left_has_nought_children():
    [rule] = [one for one in rules() if one.code == "RET-08"]
    said = {rule(case).partition(",")[0] for case in rule.refused}
    assert said == {"4 children are at URN 118000", "0 children are at URN 118000"}


def test_there_are_enough_rules_and_few_of_mere_presence():
    assert len(rules()) >= 80
    assert len({rule.code for rule in rules()}) == len(rules())
    assert sum(rule.presence for rule in rules()) <= len(rules()) / 3


def clean_person(number: int) -> YoungPerson:
    """A person of whom no rule has anything to say."""
    where = dict(urn="118000", rank=1, sen_unit=False, resourced_provision=False, setting_class="MsMdA")
    issued = date(2024, 5, 1 + number % 20)
    active = ActivePlan(
        review_meeting=date(2024, 11, 1),
        last_review=date(2024, 11, 20),
        review_outcome="M",
        placements=(Placement(**where, entry_date=date(2023, 9, 1), age_at_entry=7, establishment_known=True),),
        needs=(SenNeed(need_type="ASD", rank=1),),
        age_at_last_review=9,
    )
    plan = NamedPlan(
        start_date=issued,
        personal_budget=False,
        age_at_start=8,
        details=(PlanDetail(**where, establishment_known=True),),
    )
    assessment = Assessment(
        outcome="Y", outcome_date=issued, week20=False, mediation=False, tribunal=False, plans=(plan,)
    )
    request = Request(
        received_date=date(2024, 1, 2 + number % 20),
        outcome="Y",
        outcome_date=date(2024, 2, 5),
        source="1",
        age_at_received=8,
        assessments=(assessment,),
        active_plans=(active,),
    )
    return YoungPerson(
        linkage_key=f"k{number}",
        name_key=f"n{number}",
        key_basis="upn",
        upn_form="valid",
        uln_form="missing",
        school_cohort=2015,
        birth_mark=number,
        birth_in_future=False,
        age_at_reference=9,
        sex="F",
        ethnicity_form="known code",
        postcode_form="valid",
        names_given=True,
        requests=(request,),
    )


def clean_return(people: int = 5):
    return from_people([clean_person(number) for number in range(people)], reference_date=REFERENCE, council="886")


def test_a_clean_council_has_no_finding():
    found = check(clean_return(), Establishments("list.csv", LISTED), None)
    assert Counter(one.rule for one in found.all) == {}
    unchecked = {result.rule for result in found.of_outcome(Outcome.COULD_NOT_CHECK)}
    assert unchecked == {rule.code for rule in rules() if BEFORE in rule.needs}


def test_a_clean_council_has_no_finding_against_the_return_before():
    earlier = from_return(
        replace(clean_return(), header=replace(clean_return().header, reference_date=date(2024, 12, 1)))
    )
    found = check(clean_return(), Establishments("list.csv", LISTED), earlier)
    assert Counter(one.rule for one in found.all) == {}
    assert not found.of_outcome(Outcome.COULD_NOT_CHECK)


def test_without_a_list_of_establishments_its_rules_could_not_check():
    results = {result.rule: result for result in check(clean_return()).results}
    for rule in rules():
        if ESTABLISHMENTS in rule.needs:
            assert results[rule.code].outcome is Outcome.COULD_NOT_CHECK
            assert results[rule.code].why == "no list of establishments was given"


def test_a_field_the_layout_lacks_is_said_and_not_passed_over():
    old = replace(clean_return(), absent=frozenset({("active_plans", "review_outcome"), ("persons", "upn")}))
    results = {result.rule: result for result in check(old).results}
    assert results["ACT-05"].why == "the 2025 csv layout does not carry reviewoutcome"
    assert results["PER-03"].outcome is Outcome.COULD_NOT_CHECK
    assert results["ACT-01"].outcome is Outcome.CLEAR


def test_a_finding_knows_its_place_and_names_nobody():
    broken = replace(clean_person(1), reference="0412", upn_form="bad check letter")
    [finding] = [one for one in check(from_people([broken], reference_date=REFERENCE)).all if one.rule == "PER-04"]
    assert (finding.record, finding.field, finding.severity) == ("0412", "upn", Severity.MUST_FIX)
    assert finding.line == 2 and finding.file == "person"


def test_rows_that_hang_from_nothing_are_findings():
    return_ = clean_return()
    loose = {
        "requests": "REQ-18",
        "assessments": "ASM-13",
        "named_plans": "PLN-19",
        "plan_details": "PDT-06",
        "active_plans": "ACT-14",
        "placements": "PLC-19",
        "needs": "NED-03",
    }
    parents = {"requests": "person", "assessments": "request", "named_plans": "assessment", "plan_details": "plan"}
    parents |= {"active_plans": "request", "placements": "active", "needs": "active"}
    for module, code in loose.items():
        frame = return_.module(module).with_columns(pl.lit(None, pl.UInt32).alias(parents[module]))
        assert code in {one.rule for one in check(replace(return_, **{module: frame})).all}


@pytest.mark.parametrize("holds_for", [(), {}, ({},)])
def test_a_rule_without_a_last_allowed_case_is_refused_where_it_is_written(holds_for):
    with pytest.raises(TypeError, match="PER-99 says what breaks it and not what is just allowed"):
        row_rule(
            "persons", "PER-99", field="sex", fix="Enter it.", broken_by={"sex": None}, holds_for=holds_for, source="x"
        )(lambda: pl.col("sex").is_null())
