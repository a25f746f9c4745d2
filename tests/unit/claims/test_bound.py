"""Bound figures: what an officer writes and what the reader sees."""

from dataclasses import replace

import pytest

from golden.worked_evidence import WIDER, WORKED
from highneeds.claims import EvidenceSeries, bind
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ annual_reviews_overdue_count }}", "7,765"),
        ("{{ annual_reviews_overdue_count 2024-10 }}", "6,983"),
        ("{{ annual_reviews_overdue_pct Oct 2024 }}", "34.1%"),
        ("{{ annual_reviews_overdue_count change 2024-10 2025-01 }}", "+782"),
        ("{{ annual_reviews_overdue_count change 2024-01 latest percent }}", "−22.0%"),
        ("{{ annual_reviews_overdue_pct change 2024-10 2025-01 }}", "+3.4 points"),
        ("{{ annual_reviews_overdue_count moved January 2024 January 2025 }}", "fell by 2,196"),
        ("{{ annual_reviews_overdue_pct moved 2024-10 2025-01 }}", "rose by 3.4 percentage points"),
        ("{{ annual_reviews_overdue_count moved 2024-01 2025-01 percent }}", "fell by 22.0%"),
        ("{{ annual_reviews_overdue_pct from 2024-01 2025-01 }}", "51.1% to 37.5%"),
        ("{{ annual_reviews_overdue_pct lowest }}", "34.1% in October 2024"),
        ("{{annual_reviews_overdue_pct highest 2024-10 2025-01}}", "37.5% in January 2025"),
        ("{{ nore_opening }}", "2025-01-01"),
        ("{{ appeals moved 2024-05 2024-06 }}", "did not change"),
        ("{{ appeals moved 2024-06 2024-07 }}", "fell by 1"),
        ("{{ appeals highest 2024-03 2024-05 }}", "8 in March 2024"),
        ("{{ appeals highest 2024-04 2024-07 }}", "6 in May 2024"),
        ("{{ appeals lowest }}", "0 in January 2024"),
        ("{{ appeals }}", "5"),
        ("{{ appeals latest }}", "5"),
        ("{{ appeals from 2024-02 and latest }}", "4 to 5"),
        ("{{ agency_spend }}", "£1.5m"),
        ("{{ agency_spend change 2023-24 2024-25 }}", "+£300,000"),
        ("{{ agency_spend change 2024-25 to 2023-24 percent }}", "−20.0%"),
        ("{{ reserve }}", "£4m"),
    ],
)
def test_a_bound_figure_is_computed_and_formatted(written, shown):
    assert bind(f"It {written}.", WIDER).text == f"It {shown}."


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{{ annual_reviews_overdu_count }}", "Did you mean annual_reviews_overdue_count"),
        ("{{ annual_reviews_overdue_pct 2023-01 }}", "has no value for 2023-01"),
        ("{{ annual_reviews_overdue_pct change 2024-01 }}", "needs 2 dates and has 1"),
        ("{{ annual_reviews_overdue_pct soon }}", "'soon' is no date"),
        ("{{ nore_opening change 2024-01 2025-01 }}", "a single figure"),
        ("{{ }}", "is no bound figure"),
        ("{{ annual_reviews_overdue_pct", "not closed"),
        ("annual_reviews_overdue_pct }}", "not closed"),
        ("{{ appeals change 2024-01 2024-02 percent }}", "'appeals' is zero at the first date"),
        ("{{ appeals moved 2024-01 2024-02 percent }}", "Leave out the word percent"),
        ("{{ appeals 2024-04 }}", "'appeals' has no value for 2024-04: not collected. Choose a date"),
        ("{{ appeals lowest 2025-01 2025-02 }}", "no value between those dates"),
        ("{{ appeals lowest 2024-01 }}", "'lowest' needs 0 or 2 dates and has 1"),
        ("{{ appeals 2024-01 2024-02 }}", "'value' needs 0 or 1 dates and has 2"),
        ("{{ appeals 2024-13 }}", "'2024-13' is no date"),
        ("{{ appeals Junuary 2024 }}", "'Junuary 2024' is no date"),
        ("{{ agency_spend highest }}", "'agency_spend' has no months"),
        ("{{ never_known }}", "'never_known' has no value: not yet counted"),
        ("{{ blank }}", "'blank' has no value: it is blank"),
        ("{{ reserve 2024-25 }}", "'reserve' is a single figure, with no other date"),
        ("{{ zzz }}", "Use an id of indicators.csv or facts.csv"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_with_its_line(written, says):
    empty = EvidenceSeries("never_known", "", "count", {}, gaps={Month(2024, 1): "not yet counted"})
    known = replace(WIDER, series=(*WIDER.series, empty, EvidenceSeries("blank", "", "count", {})))
    with pytest.raises(InputError) as refused:
        bind(f"First line.\nIt {written}\nand so on", known, "update.md")
    error = refused.value
    assert says in f"{error.sentence} {error.remedy}" and str(error.where) == "update.md:2"
    with pytest.raises(InputError) as refused:
        bind(f"\nIt {written}", known, "update.md", first_line=7)
    assert str(refused.value.where) == "update.md:8"


def test_braces_of_a_text_that_was_not_written_here_stand():
    assert bind("It {{ is", WORKED, strict=False).text == "It {{ is"


def test_each_bound_figure_leads_to_its_series():
    (figure,) = bind("It {{ annual_reviews_overdue_pct }}", WORKED, "update.md").figures
    assert (figure.figure, figure.shown, figure.where) == ("annual_reviews_overdue_pct", "37.5%", "update.md:1")


def test_a_bound_fact_that_another_place_contradicts_carries_the_reason():
    facts = [replace(one, value=one.value * 2) if one.id == "reserve_again" else one for one in WIDER.facts]
    told = bind("{{ reserve }} {{ gap }}", replace(WIDER, facts=tuple(facts))).figures
    assert told[0].note.startswith("Two published values for one thing (the reserve)") and told[1].note == ""
