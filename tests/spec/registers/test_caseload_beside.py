"""What the registers ask of an accepted caseload: by case id, who has a plan on the day and where they are placed."""

from dataclasses import replace
from datetime import date

from highneeds.checks.finding import Outcome
from highneeds.registers.mechanism.cases import cases_on
from highneeds.registers.registry import registers
from people_by_hand import caseload, child, placed

DAY = date(2025, 1, 31)
IN_YEAR_6 = replace(child(placed("SpMdA"), birth="2014-05-05"), reference="000412")
NOWHERE = replace(child(birth="2010-05-05"), reference="000413")
ENDED = replace(child(placed("SpMdA"), end="2024-12-31"), reference="000414")


def test_children_with_a_plan_are_known_by_their_case_id_with_year_and_place():
    found = cases_on(caseload(IN_YEAR_6, NOWHERE, ENDED), DAY)
    assert {name: (case.year, case.placed) for name, case in found.items()} == {
        "000412": (6, True),
        "000413": (10, False),
    }


def rule(register, code, cases, **row):
    one = registers()[register]
    at = one.situation(one.rows_of([one.example[0] | row]), DAY, cases=cases)
    [found] = [rule for rule in one.whole_rules if rule.code.endswith(code)]
    return found.result(at.rows, at, one.key).outcome


def test_a_child_without_a_place_is_not_placed_in_the_caseload():
    cases = cases_on(caseload(IN_YEAR_6, NOWHERE), DAY)
    assert rule("children_without_place", "-06", cases, child="000412") is Outcome.FOUND
    assert rule("children_without_place", "-06", cases, child="000413") is Outcome.CLEAR
    assert rule("children_without_place", "-06", None, child="000412") is Outcome.COULD_NOT_CHECK


def test_a_child_who_moves_to_secondary_is_in_year_6():
    cases = cases_on(caseload(IN_YEAR_6, NOWHERE), DAY)
    assert rule("phase_transfers", "-08", cases, child="000412") is Outcome.CLEAR
    assert rule("phase_transfers", "-08", cases, child="000413") is Outcome.FOUND
