"""What is learnt of small counts and what each lever does with a small council is as it is on file.

A rate or a refusal that was meant to change: python tests/golden/small_forecast.py, and read the difference.
"""

import pytest

from golden import small_answers, small_evidence, small_public
from golden.small_forecast import FOLDER, borrowed, learnt, levers, simulated, why
from highneeds.intake.published import open_pack


def on_file(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_all_that_is_learnt_of_invented_counts():
    assert learnt() == on_file("learnt")


def test_the_ordinary_year_of_two_councils():
    assert borrowed(open_pack()) == on_file("borrowed")


def test_what_each_lever_moves_asks_and_refuses():
    assert levers() == on_file("levers")


def test_the_flows_costs_and_figures_of_a_small_council():
    assert simulated() == on_file("simulated")


def test_why_figures_differ_and_what_it_takes_to_balance():
    assert why() == on_file("why")


@pytest.mark.parametrize("part", small_answers.PARTS)
def test_what_a_forecast_says_is_carried_on_as_and_refuses(part):
    assert small_answers.answer_of(part) == on_file(f"answers-{part}")


@pytest.fixture(scope="module")
def at_hand():
    return small_public.look_back_of_few()


@pytest.mark.parametrize("part", small_public.PARTS)
def test_the_forecast_from_published_statistics_of_a_few_councils(at_hand, part):
    assert small_public.public_of(part, *at_hand) == on_file(f"public-{part}")


def test_what_each_published_table_says_of_a_council_a_region_and_england():
    told = small_evidence.every()
    assert sorted(told) == sorted(path.stem for path in FOLDER.glob("evidence-*.txt"))
    for name, text in told.items():
        assert text == on_file(name), name
