"""What a report that goes out may hold: each section says what it is, and one place decides."""

from dataclasses import replace

import pytest

from highneeds.report.build import Audience, numbered, sections_of
from highneeds.report.document import Section
from highneeds.report.reports.annexes import dashboard_annex
from highneeds.report.reports.review import review
from highneeds.report.sections import caseload, claims, quality, registers
from highneeds.run import gather

INSIDE, OUTSIDE = Audience("whoever signs", goes_out=False), Audience("the board", goes_out=True)
PLAIN, INVENTED, OWN_WORDS = (
    Section("plain", "Plain", ()),
    Section("invented", "Invented", (), synthetic=True),
    Section("checks", "Checks", (), inside=True),
)


@pytest.fixture(scope="module")
def evidence(kent, kept):
    return gather(kent, kept=kept)


def listing(audience, *made):
    return replace(review, audience=audience, sections=tuple((lambda _, one=one: one) for one in made))


@pytest.mark.parametrize(
    ("audience", "titles"), [(INSIDE, ["1. Invented", "2. Plain", "3. Plain"]), (OUTSIDE, ["1. Plain", "2. Plain"])]
)
def test_what_is_invented_is_left_out_of_a_report_that_goes_out(audience, titles):
    """Whether it stands alone or among the parts of a section; the numbers close up."""
    made = listing(audience, INVENTED, None, (PLAIN,), (PLAIN, replace(INVENTED, level=2)))
    found = [one for one in numbered(sections_of(made, None)) if one.level == 1]
    assert [one.title for one in found] == titles


def test_what_checks_our_own_words_is_refused_where_it_would_go_out():
    assert [*sections_of(listing(INSIDE, OWN_WORDS), None)] == [OWN_WORDS]
    with pytest.raises(ValueError, match="goes out, and its section 'checks' stays inside"):
        [*sections_of(listing(OUTSIDE, PLAIN, OWN_WORDS), None)]


@pytest.mark.parametrize(
    "make", [claims.section, claims.for_review, quality.section, quality.for_review, registers.for_review]
)
def test_what_is_read_before_anybody_signs_stays_inside(evidence, make):
    with pytest.raises(ValueError, match="stays inside"):
        [*sections_of(replace(review, audience=OUTSIDE, sections=(make,)), evidence)]


def test_an_invented_caseload_stands_in_no_annex(evidence):
    assert caseload.own_section(evidence).synthetic
    assert "caseload" not in {one.id for one in sections_of(dashboard_annex, evidence)}
    shown = replace(dashboard_annex, audience=INSIDE)
    assert "caseload" in {one.id for one in sections_of(shown, evidence)}
