"""Every row of a bridge adds to its total and every column to TOTAL, whatever the numbers."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from highneeds.account.pennies import nearest
from highneeds.account.variance.bridge import bridge
from highneeds.intake.ledger.priced_lines import PricedLine
from highneeds.report.views.bridge import bridge_table

volumes = st.decimals(0, 20_000, places=3)
prices = st.decimals(-1_000, 250_000, places=4)
sides = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(volumes, prices), max_size=8).map(
    lambda lines: [PricedLine(name, volume, price) for name, (volume, price) in lines.items()]
)


def cost(side: list[PricedLine]) -> Fraction:
    return sum((Fraction(one.volume) * Fraction(one.price) for one in side), Fraction(0))


@given(sides, sides)
def test_rows_columns_and_total_add_exactly(plan, actual):
    assume(sum(one.volume for one in plan) > 0)
    result = bridge(plan, actual)
    table = bridge_table(result)
    for _, volume, mix, price, total in table.rows:
        assert volume + mix + price == total
    for column in range(1, 5):
        assert sum(row[column] for row in table.rows[:-1]) == table.rows[-1][column]
    assert result.total.total == nearest(cost(actual) - cost(plan))


@given(sides, sides)
def test_only_the_dearest_line_is_off_its_own_exact_effect_by_more_than_a_penny(plan, actual):
    assume(sum(one.volume for one in plan) > 0)
    average = cost(plan) / Fraction(sum(one.volume for one in plan))
    before = {one.line: one for one in plan}
    after = {one.line: one for one in actual}
    dearest = max([one.line for one in bridge(plan, actual).rows], key=lambda name: _cost_of(after.get(name)))
    for row in bridge(plan, actual).rows:
        more = Fraction(_volume(after.get(row.line))) - Fraction(_volume(before.get(row.line)))
        if row.line != dearest:
            assert row.volume_effect == nearest(more * average)


def _volume(one: PricedLine | None) -> Decimal:
    return one.volume if one else Decimal(0)


def _cost_of(one: PricedLine | None) -> Fraction:
    return Fraction(one.volume) * Fraction(one.price) if one else Fraction(0)
