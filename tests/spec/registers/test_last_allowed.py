"""A rule over a whole register finds its broken rows at the limit (tests/house/test_registers.py), not a step before.

The last allowed row of a rule about one row is asked beside its first refused, in the same house test.
"""

import pytest

from highneeds.checks.finding import Outcome
from highneeds.registers.mechanism.proof import allowed_result
from highneeds.registers.registry import registers

AT_A_LIMIT = [
    (register, rule)
    for register in registers().values()
    for rule in register.whole_rules
    if rule.holds_for or rule.instead
]


@pytest.mark.parametrize(("register", "rule"), AT_A_LIMIT, ids=[rule.code for _, rule in AT_A_LIMIT])
def test_one_step_before_the_limit_nothing_is_found(register, rule):
    assert allowed_result(register, rule).outcome is Outcome.CLEAR
