"""Savings year by year, together and at their odds: sums that a pencil does."""

from fractions import Fraction

import pytest

from highneeds.account.savings.register import Saving, chance_of, savings_of, savings_total, with_a_sum
from highneeds.registers.registry import registers
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month

Y2023, Y2024, Y2025, Y2026 = (FinancialYear(year) for year in range(2023, 2027))
HALF = Fraction(1, 2)


APRIL = Month(2024, 4)


def saving(name="a", **more):
    """£1,200 a year from April 2024."""
    cells = dict(kind="avoided", starts=APRIL, full_year=120_000, confidence="likely", chance=HALF)
    return Saving(name, name, **cells | more)


@pytest.mark.parametrize(
    ("starts", "phasing", "years"),
    [
        (Month(2024, 4), {}, [0, 1200, 1200, 1200]),
        (Month(2025, 3), {}, [0, 100, 1200, 1200]),
        (Month(2024, 9), {}, [0, 700, 1200, 1200]),
        (Month(2024, 9), dict(first_year=Fraction(1, 4)), [0, 300, 1200, 1200]),
        (Month(2024, 9), dict(first_year=Fraction(0)), [0, 0, 1200, 1200]),
        (Month(2024, 9), dict(second_year=HALF), [0, 700, 600, 1200]),
        (Month(2024, 3), dict(second_year=HALF), [100, 600, 1200, 1200]),
    ],
)
def test_an_action_brings_its_months_in_the_first_year_and_then_the_whole(starts, phasing, years):
    one = saving(starts=starts, **phasing)
    assert [one.effect(year) / 100 for year in (Y2023, Y2024, Y2025, Y2026)] == years


def test_what_two_actions_reach_for_is_taken_once_from_the_smaller_of_the_two():
    """£1,200 and £600, of which half is the first's already: 300 of the 600. Cashable 300, confident 1,200."""
    first = saving(confidence="confident")
    second = saving("b", full_year=60_000, kind="cashable", chance=Fraction(1, 4), overlaps_with="a", shared=HALF)
    found = savings_total([first, second], Y2024)
    assert (found.gross, found.overlap, found.net) == (180_000, 30_000, 150_000)
    assert (found.cashable, found.confident, found.expected) == (30_000, 120_000, 67_500)
    assert savings_total([first, second], Y2023).gross == 0
    alone = savings_total([second], Y2024)
    assert (alone.overlap, alone.net) == (0, 60_000)
    smaller = saving(full_year=60_000, overlaps_with="b", shared=HALF)
    assert savings_total([smaller, saving("b")], Y2024).overlap == 30_000
    assert savings_total([first, saving("b", chance=Fraction(0))], Y2024).expected == 60_000
    unknown = savings_total([first, saving("b", chance=None)], Y2024)
    assert (unknown.expected, unknown.gross) == (None, 240_000)
    assert savings_total([saving(confidence="confident", gated=False)], Y2024).confident == 0


@pytest.mark.parametrize(
    ("needed", "chance"),
    [
        (0, 1),
        (Fraction(1, 100), Fraction(5, 8)),
        (600, Fraction(5, 8)),
        (601, HALF),
        (1200, HALF),
        (1201, Fraction(1, 8)),
        (1800, Fraction(1, 8)),
        (1801, 0),
    ],
)
def test_the_chance_of_a_sum_counts_every_combination(needed, chance):
    """£1,200 at 1 in 2, £600 at 1 in 4: neither 3 in 8, the 600 alone 1 in 8, the 1,200 alone 3 in 8, both 1 in 8."""
    assert chance_of([saving(), saving("b", full_year=60_000, chance=Fraction(1, 4))], Y2024, needed * 100) == chance


def test_of_two_that_overlap_the_later_alone_brings_its_whole():
    pair = [saving(), saving("b", full_year=60_000, overlaps_with="a", shared=HALF)]
    chances = [chance_of(pair, Y2024, needed) for needed in (60_000, 150_000, 150_001)]
    assert chances == [Fraction(3, 4), Fraction(1, 4), 0]
    assert chance_of([saving(chance=None)], Y2024, 1) is None and chance_of([], Y2024, 0) == 1


def test_sixteen_actions_are_counted_and_seventeen_are_not():
    sure = [saving(str(at), chance=Fraction(1)) for at in range(17)]
    assert chance_of(sure[:16], Y2024, 16 * 120_000) == 1
    with pytest.raises(InputError, match="More than 16"):
        chance_of(sure, Y2024, 1)


ROW = dict(
    saving="s",
    title="Fees",
    owner_role="Head",
    kind="cashable",
    starts="2024-09",
    confidence="confident",
    full_year_gbp="1200.00",
    equality_assessment="e",
    consultation="c",
    decision="d",
)


def of(**cells):
    return savings_of(registers()["savings"].rows_of([ROW | cells]), {})


def test_a_row_of_the_register_is_an_action():
    cells = dict(chance_percent="40", overlap_percent="25", overlaps_with="x", realised_gbp="3.00")
    [one] = of(**cells, first_year_percent="10", second_year_percent="60")
    assert (one.name, one.kind, one.starts, one.full_year) == ("s", "cashable", Month(2024, 9), 120_000)
    assert one.is_confident
    assert (one.chance, one.shared, one.overlaps_with) == (Fraction(2, 5), Fraction(1, 4), "x")
    assert (one.first_year, one.second_year, one.realised) == (Fraction(1, 10), Fraction(3, 5), 300)
    [plain] = of()
    assert (plain.chance, plain.first_year, plain.realised) == (None, None, None)
    assert (plain.shared, plain.overlaps_with) == (0, "")


@pytest.mark.parametrize("gate", ["equality_assessment", "consultation", "decision"])
def test_an_action_is_only_confident_behind_each_of_its_gates(gate):
    assert [one.is_confident for one in of(**{gate: ""})] == [False]
    assert [one.is_confident for one in of(confidence="likely")] == [False]


def test_a_dropped_action_counts_nowhere_and_one_without_a_sum_is_refused():
    assert of(stage="dropped") == () and len(of(stage="idea")) == 1
    with pytest.raises(InputError, match="The saving s has neither an amount nor a figure") as refused:
        of(full_year_gbp="")
    assert str(refused.value.where) == "savings.csv line 2"
    rows = registers()["savings"].rows_of([ROW | dict(full_year_gbp="", figures="later"), ROW | dict(figures="later")])
    assert [row.line for row in with_a_sum(rows, {}, {"later"})] == [3]
