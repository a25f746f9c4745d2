"""No growth rate is taken across a break: a return that halves, or a block that is no longer the same."""

import pytest

from highneeds.benchmarks.definitions.ehcp_growth_pct_1y import ratios
from highneeds.forecast.costs.block_growth import BlockGrowth
from highneeds.forecast.costs.prices import Grant, Prices
from highneeds.forecast.costs.section_251 import grant_notes
from highneeds.intake.published.breaks import break_between, declared_breaks, steps_that_are_breaks
from highneeds.report.sections.pictures import ages_finding
from highneeds.report.words.forecast_notes import note_words
from highneeds.vocabulary.period import FinancialYear
from published_by_hand import published

TOTALS = """
council | 2019 | 2020 | 2021
101     | 1000 | 1100 | 1210
102     | 1000 | 1110 | 1215
103     | 1000 | 1090 | {}
104     | 1000 | 1100 | 1210
"""


@pytest.mark.parametrize(("plans", "broken"), [("545", True), ("1330", False), ("1900", True), ("1000", False)])
def test_a_return_that_halves_or_leaps_gives_no_growth(plans, broken):
    found = published(TOTALS.format(plans))
    steps = steps_that_are_breaks(found.table("ehcp_caseload_total")).rows()
    assert steps == ([("103", 2021)] if broken else [])
    rows = {(la, year) for _, la, year, *_ in ratios(found).iter_rows()}
    assert (("103", 2021) in rows) != broken
    assert ("103", 2020) in rows and ("101", 2021) in rows


def test_a_small_councils_chance_is_no_break():
    few = """
    council | 2019 | 2020 | 2021
    101     | 1000 | 1050 | 1200
    102     | 1000 | 1150 | 1190
    103     |   10 |   11 |   16
    104     | 1000 | 1100 | 1250
    """
    assert steps_that_are_breaks(published(few).table("ehcp_caseload_total")).is_empty()


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        ("2025-26", "2026-27", True),
        ("2024-25", "2026-27", True),
        ("2024-25", "2025-26", False),
        ("2026-27", "2027-28", False),
    ],
)
def test_high_needs_blocks_are_not_compared_across_the_year_in_which_grant_moved(before, after, broken):
    found = break_between("high_needs_block", before, after)
    assert (found is not None) == broken


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        ((), "Plans grew most at ages 5 to 10: from 40 in January 2020 to 90 in January 2025"),
        ((2020, 2026), "Plans grew most at ages 5 to 10: from 40 in January 2020 to 90 in January 2025"),
        ((2021,), "Plans by age in January 2020 and January 2025, which cannot be compared: the return changed in "),
        ((2025,), "Plans by age in January 2020 and January 2025, which cannot be compared: the return changed in "),
    ],
)
def test_no_age_is_said_to_have_grown_most_across_a_break(breaks, words):
    known = {(2020, "Under 5"): 10, (2020, "Age 5 to 10"): 40, (2025, "Under 5"): 20, (2025, "Age 5 to 10"): 90}
    assert ages_finding(known, 2020, 2025, breaks) == words + (f"January {breaks[0]}" if words[-1] == " " else "")


def test_every_declared_break_has_a_reason_and_a_source():
    assert declared_breaks()
    assert all(one.why and one.source and one.before < one.after for one in declared_breaks())


@pytest.mark.parametrize(
    ("newest", "last", "said"),
    [
        (2023, 2025, False),  # the forecast ends before the break
        (2023, 2026, True),
        (2025, 2026, True),
        (2026, 2030, False),  # the block after the break is known
    ],
)
def test_a_forecast_says_that_it_carries_a_block_on_across_the_break(newest, last, said):
    prices = Prices((), Grant({2023: 1.0, newest: 1.0}, BlockGrowth(0.03, 0.02, 0.05), "by hand"))
    years = tuple(FinancialYear(year) for year in range(2023, last + 1))
    notes = [note for note in grant_notes(prices, years) if note.code == "in_year.grant_across_break"]
    assert len(notes) == said
    for note in notes:
        words = note_words(note)
        assert f"high needs block, that of {FinancialYear(newest)}, is carried on into 2026-27" in words
        assert "with which 2025-26 cannot be compared" in words


@pytest.mark.parametrize(("newest", "said"), [(2024, True), (2025, False)])
def test_years_after_the_newest_block_are_said_to_be_a_what_if_on_the_grant(newest, said):
    prices = Prices((), Grant({newest: 1.0}, BlockGrowth(0.03, 0.02, 0.05, 0.08, 0.04), "by hand"))
    notes = [note for note in grant_notes(prices, (FinancialYear(2025),)) if note.code == "in_year.grant_carried_on"]
    assert len(notes) == said
    for note in notes:
        assert "known to 2024-25" in note_words(note)
        assert "7.0% in the first year (nine times in ten between 0.3% and 13.7%)" in note_words(note)


def test_a_forecast_without_a_grant_says_nothing_of_its_breaks():
    assert grant_notes(None, (FinancialYear(2027),)) == grant_notes(Prices(()), (FinancialYear(2027),)) == ()
