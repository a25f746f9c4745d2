"""Kent's published figures that cannot both be right."""

import pytest

from highneeds.claims import evidence_of
from highneeds.claims.contradictions import contradictions
from highneeds.intake.workspace import read_workspace


@pytest.fixture(scope="module")
def found(kent):
    return {one.about: one for one in contradictions(evidence_of(read_workspace(kent)))}


@pytest.mark.parametrize(
    ("about", "stated", "places"),
    [
        ("Deficit left at the end of the agreement", "at least £30m", "REPORT line 236"),
        ("Cost of the delayed special schools", "about £23m", "PAGE line 97"),
        ("phase transfer secondary 2025 26 draft offers", "1,229", "REPORT line 183"),
        ("Share of the budget", "5%", "PAGE line 11"),
        ("Order of the reports", "September 2022", "PAGE line 84"),
        ("Order of the columns of out of county post16", "Feb 24", "REPORT line 170"),
    ],
)
def test_each_names_what_is_stated_and_both_places(found, about, stated, places):
    assert stated in found[about].stated
    assert places in {place.written for place in found[about].places}


def test_five_years_are_six(found):
    assert found["Length of the agreement"].why == "2022-23 to 2027-28 are 6 financial years"


def test_figures_that_agree_are_left_alone(found):
    assert "Gap to plan at March 2025" not in found
    assert "Plans issued within 20 weeks, February 2025" not in found


def test_a_less_certain_later_figure_accuses_nobody(found):
    """The press gave £142m where the council's page gives £140m: kept, told, not held against it."""
    assert "DfE's contribution over the agreement" not in found


def test_a_later_change_of_the_override_is_no_contradiction(found):
    """March 2026 was right when the page was printed; the extension of June 2025 came after it."""
    assert not [one for one in found.values() if "override" in one.about]
