"""An attacker with a linear programme cannot work a small number back from what is shown."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attack.outsider import COUNTS, THRESHOLD, WINDOW, greatest, small_in, told
from highneeds.caseload import Caseloads
from highneeds.indicators.mechanism.disclosure import HIDDEN
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.measure import measure
from highneeds.indicators.mechanism.outgoing import outgoing
from highneeds.intake.sen2.rows import Assessment, NamedPlan, Request, YoungPerson
from people_by_hand import caseload, day

days = st.dates(day("2024-09-20"), day("2025-01-31"))


@st.composite
def somebody(draw) -> YoungPerson:
    """A request decided or not, a plan issued or not, or a plan that ends, in the months of the window."""
    received = draw(days)
    decided = received + timedelta(days=draw(st.integers(0, 60)))
    kind = draw(st.sampled_from("YNWAE"))
    if kind == "E":
        reason = draw(st.sampled_from("123456789"))
        plan = NamedPlan(start_date=day("2023-09-01"), cease_date=received, cease_reason=reason)
        return YoungPerson(requests=(Request(assessments=(Assessment(plans=(plan,)),)),))
    outcome, assessments = kind, ()
    if kind == "Y":
        issued = decided + timedelta(days=draw(st.integers(0, 30)))
        plans = (NamedPlan(start_date=issued),)
        ends = draw(st.sampled_from("YN"))
        assessments = (Assessment(outcome=ends, outcome_date=issued, plans=plans if ends == "Y" else ()),)
    when = None if kind == "A" else decided
    age = draw(st.sampled_from([3, 9]))
    asked = Request(
        received_date=received, age_at_received=age, outcome=outcome, outcome_date=when, assessments=assessments
    )
    return YoungPerson(requests=(asked,))


absences = st.sets(
    st.tuples(st.sampled_from(sorted({name for name, _ in COUNTS})), st.sampled_from([str(month) for month in WINDOW])),
    max_size=4,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(somebody(), max_size=60), absences)
def test_months_together_give_no_small_count_away(people, absent):
    """absent: figures that are missing, which an outsider takes for unknown."""
    whole = measure(IndicatorInputs(Caseloads.of([caseload(*people)])), WINDOW)
    inside = tuple(one for one in whole if (one.indicator.id, str(one.period)) not in absent)
    outside = outgoing(inside)
    shown, truly = told(outside), told(whole)
    assert shown.items() <= truly.items()
    for key in small_in(inside):
        assert key not in shown
        assert greatest(shown, key) >= truly[key] + THRESHOLD - 1 - 1e-6, key
    for one in outside:
        assert one.reason != HIDDEN or (one.part, one.whole, one.value) == (None, None, None)


@settings(max_examples=15, deadline=None)
@given(st.lists(somebody(), max_size=60), st.integers(1, len(WINDOW) - 1))
def test_a_later_month_hides_and_shows_nothing_of_what_has_gone_out(people, months):
    inside = measure(IndicatorInputs(Caseloads.of([caseload(*people)])), WINDOW)
    gone_out = {str(month) for month in WINDOW[:months]}
    earlier = [one for one in inside if str(one.period) in gone_out]
    together = [one for one in outgoing(inside) if str(one.period) in gone_out]
    assert list(outgoing(earlier)) == together


def test_plans_that_end_on_a_months_last_day_give_no_small_count_away():
    """Six plans end on 31 December: in force on it, they are gone in January, in which none ceased.

    Whoever takes what else came in December for unknown would have the four issued hidden by it, and nothing besides.
    """
    open_plan, day_before = NamedPlan(start_date=day("2023-09-01")), day("2024-12-10")
    ended = replace(open_plan, cease_date=day("2024-12-31"), cease_reason="1")
    found = Assessment(outcome="Y", outcome_date=day_before, plans=(NamedPlan(start_date=day_before),))
    asked = Request(received_date=day("2024-08-01"), outcome="Y", outcome_date=day("2024-09-10"), age_at_received=9)
    people = [YoungPerson(requests=(Request(assessments=(Assessment(plans=(open_plan,)),)),))] * 20
    people += [YoungPerson(requests=(Request(assessments=(Assessment(plans=(ended,)),)),))] * 6
    people += [YoungPerson(requests=(replace(asked, assessments=(found,)),))] * 4
    inside = measure(IndicatorInputs(Caseloads.of([caseload(*people)])), WINDOW)
    shown = told(outgoing(inside))
    assert (told(inside)["2024-12", "plans"], told(inside)["2025-01", "plans"]) == (30, 24)
    for name in ("issued", "issued in time", "issue decided"):
        assert greatest(shown, ("2024-12", name)) >= 4 + THRESHOLD - 1


def fifty_plans_and_four_issued_in_december():
    """The dashboard of fifty children with a plan, of whom six lose it in November, and four issued one in December."""
    day_before = day("2024-12-10")
    issued = Assessment(outcome="Y", outcome_date=day_before, plans=(NamedPlan(start_date=day_before),))
    asked = Request(received_date=day("2024-08-01"), outcome="Y", outcome_date=day("2024-09-10"), assessments=(issued,))
    open_plan = NamedPlan(start_date=day("2023-09-01"))
    ended = replace(open_plan, cease_date=day("2024-11-12"), cease_reason="1")
    people = [YoungPerson(requests=(Request(assessments=(Assessment(plans=(open_plan,)),)),))] * 44
    people += [YoungPerson(requests=(Request(assessments=(Assessment(plans=(ended,)),)),))] * 6
    people += [YoungPerson(requests=(asked,))] * 4
    return measure(IndicatorInputs(Caseloads.of([caseload(*people)])), WINDOW)


@pytest.mark.parametrize("absent", ["issue_agreed_count", "requests_received", "ceased_count", "all_plans"])
def test_a_figure_that_is_missing_in_a_month_shows_no_small_count(absent):
    """One of the figures of November is not there: what hangs together by way of it still does."""
    inside = fifty_plans_and_four_issued_in_december()
    truly = told(inside)
    inside = tuple(one for one in inside if (one.indicator.id, str(one.period)) != (absent, "2024-11"))
    shown = told(outgoing(inside))
    assert shown.items() <= truly.items() and ("2024-12", "issued") not in shown
    assert greatest(shown, ("2024-12", "issued")) >= 4 + THRESHOLD - 1


def test_plans_missing_in_november_do_not_bound_those_issued_in_december():
    """October and December tell it by way of November, whatever its number of plans was.

    In force at the end of October: 50; ended in October and December: 0, in November: 6; issued in November: 0; in
    force at the end of December: 48. Whoever ended in November is out of the stock by December's end at the latest, and
    others who came only add to it: so at most 48 - (50 + 0 - 6) = 4 were issued in December, which is what is hidden.
    """
    inside = fifty_plans_and_four_issued_in_december()
    numbers = told(inside)
    plans, ended, issued = (
        [numbers[f"2024-{month}", name] for month in (10, 11, 12)] for name in ("plans", "ended", "issued")
    )
    assert (plans, ended, issued) == ([50, 44, 48], [0, 6, 0], [0, 0, 4])
    assert plans[2] - (plans[0] + issued[1] - ended[1] - ended[2]) == issued[2]
    kept = tuple(one for one in inside if (one.indicator.id, str(one.period)) != ("all_plans", "2024-11"))
    shown = told(outgoing(kept))
    needed = [
        ("2024-10", "plans"),
        ("2024-12", "plans"),
        ("2024-11", "issued"),
        ("2024-11", "ended"),
        ("2024-12", "ended"),
    ]
    assert [key for key in needed if key not in shown] == [("2024-12", "ended")]


def test_a_sum_of_which_one_count_is_missing_tells_a_small_one():
    """Refused: 3 of 23 decided. Without the count of the refused, the agreed give it away: 23 - 20 = 3."""
    agreed = Request(received_date=day("2024-12-05"), outcome="Y", outcome_date=day("2024-12-20"))
    people = [YoungPerson(requests=(agreed,))] * 20
    people += [YoungPerson(requests=(replace(agreed, outcome="N"),))] * 3
    inside = measure(IndicatorInputs(Caseloads.of([caseload(*people)])), WINDOW)
    assert told(inside)["2024-12", "declined"] == 3
    kept = tuple(one for one in inside if one.indicator.id not in ("assess_declined_count", "assess_declined_pct"))
    shown = told(outgoing(kept))
    assert greatest(shown, ("2024-12", "declined")) >= 3 + THRESHOLD - 1


def test_hiding_month_by_month_would_not_do():
    """Ten requests are refused, and two refusals to issue are hidden: what is underway tells them all the same.

    The share of decisions appealed is left out, since it alone would have the ten hidden too.
    """
    refused = Request(received_date=day("2024-12-05"), outcome="N", outcome_date=day("2024-12-20"))
    waiting = Request(received_date=day("2024-11-05"), outcome="Y", outcome_date=day("2024-11-20"))
    not_issued = Assessment(outcome="N", outcome_date=day("2024-12-10"))
    people = [YoungPerson(requests=(refused,))] * 10
    people += [YoungPerson(requests=(replace(waiting, assessments=(not_issued,)),))] * 2
    people += [YoungPerson(requests=(replace(waiting, outcome="A", outcome_date=None),))] * 20
    inside = measure(IndicatorInputs(Caseloads.of([caseload(*people)])), WINDOW)
    inside = tuple(one for one in inside if one.indicator.id != "tribunal_rate_pct")
    alone = [one for month in WINDOW for one in outgoing(each for each in inside if each.period == month)]
    wanted = ("2024-12", "not issued")
    assert wanted not in told(alone) and greatest(told(alone), wanted) == 2
    assert greatest(told(outgoing(inside)), wanted) >= 2 + THRESHOLD - 1
