"""The steps of inventing a council that can be checked with a pencil."""

from datetime import date

import numpy as np
import pytest

from highneeds.intake.published.ages import AGE_OF
from highneeds.invented.caseload.calendar import SynMonth, window
from highneeds.invented.caseload.council import _flows, _notes, _overdue, _with_dashboard
from highneeds.invented.caseload.margins import AGES, CLASSES, Margins, whole
from highneeds.invented.caseload.people import (
    GROUP,
    MAX_AGE,
    UKN,
    People,
    Steering,
    _bands,
    _end_plans,
    _free_near,
    _with_young,
    _young_wanted,
    births,
    classes_in,
    cohorts,
    open_part,
    reasons_that_fit,
)
from highneeds.invented.caseload.pipeline import Flows, RequestRecord, _taken, queue_of, run_from, run_pipeline
from highneeds.invented.caseload.targets import (
    BANDS,
    GROUPS,
    OTHER,
    DashboardTargets,
    F,
    M,
    N,
    P,
    S,
    _whole_row,
    wanted_groups,
)
from highneeds.vocabulary.period import Month

JANUARY, MARCH = Month(2024, 1), Month(2024, 3)


def ordinal(*of):
    return date(*of).toordinal()


def month(of: Month, last: int | None = None) -> SynMonth:
    end = of.last_day if last is None else of.first_day.replace(day=last)
    return SynMonth(of, of.first_day.toordinal(), end.toordinal())


def test_the_window_begins_in_january_two_years_before_and_ends_on_the_day():
    months = window(date(2024, 3, 8))
    assert [months[at].month for at in (0, -1)] == [Month(2022, 1), MARCH] and len(months) == 27
    assert (months[-1].first, months[-1].last) == (ordinal(2024, 3, 1), ordinal(2024, 3, 8))
    assert (months[-2].part, months[-1].part) == (1, 8 / 31)
    assert window(date(2024, 3, 8), 0)[0].month == JANUARY
    assert [month(of).school_year(9) for of in (Month(2024, 8), Month(2024, 9))] == [2023, 2024]
    assert month(Month(2024, 8)).school_year(8) == 2024


@pytest.mark.parametrize(
    ("wanted", "total", "made"),
    [
        ([1.5, 1.2, 1.3], None, [2, 1, 1]),
        ([1.5, 1.5, 1.0], None, [2, 1, 1]),  # of two alike the first
        ([1.0, 3.0], 8, [2, 6]),
        ([0.4, 0.4, -1.0], 2, [1, 1, 0]),
        ([float("nan"), 2.6], None, [0, 3]),
        ([0.0, 0.0], 1, [1, 0]),
        ([0.4], None, [0]),
    ],
)
def test_whole_numbers_add_up_and_the_largest_remainders_are_rounded_up(wanted, total, made):
    assert whole(np.array(wanted), total).tolist() == made


@pytest.mark.parametrize(
    ("text", "age"),
    [("under 3", 2), ("age 2 and under", 2), ("age 20 and over", None), ("age 7", 7), ("Age unknown", None)],
)
def test_the_age_of_a_published_row(text, age):
    assert AGE_OF.get(text) == age


def test_birth_days_lie_in_the_school_year_that_makes_the_age():
    birth, cohort = births(np.array([5, 5, 20]), 2023, np.random.default_rng(1))
    assert cohort.tolist() == [2017, 2017, 2002]
    first = [ordinal(2017, 9, 1), ordinal(2017, 9, 1), ordinal(2002, 9, 1)]
    assert all(0 <= day < 365 for day in birth - np.array(first))
    days = np.array([ordinal(2017, 8, 31), ordinal(2017, 9, 1)])
    assert cohorts(days).tolist() == [2016, 2017]


def test_nobody_leaves_for_work_or_leaves_off_before_sixteen():
    days, reason = np.array([16 * 365.25 - 1, 16 * 365.25]), np.array([4, 4])
    assert reasons_that_fit(days, reason).tolist() == [9, 4]
    assert reasons_that_fit(days[:1].repeat(4), np.array([3, 5, 6, 1])).tolist() == [3, 5, 9, 1]


def test_the_part_of_a_month_after_the_census_day():
    january = month(JANUARY)
    assert open_part(january, ordinal(2023, 12, 31)) == 1
    assert open_part(january, ordinal(2024, 1, 18)) == 13 / 31
    assert open_part(month(JANUARY, 20), ordinal(2024, 1, 18)) == 2 / 31


def test_somebody_free_is_looked_for_wider_and_wider_until_nobody_is():
    order, free = np.arange(200), np.zeros(200, dtype=bool)
    free[[10, 120]] = True
    rng = np.random.default_rng(1)
    assert _free_near(order, free, 5, 5, rng) == 10  # not between the places, but within fifty of them
    assert _free_near(order, free, 10, 11, rng) == 10
    assert _free_near(order, free, 119, 120, rng) == 120
    free[:] = False
    with pytest.raises(ValueError, match="more plans were issued in the window than there are people"):
        _free_near(order, free, 100, 101, rng)


def waiting(*received):
    return queue_of([RequestRecord(day) for day in received])


def test_who_waited_as_long_as_wanted_is_taken_else_the_oldest():
    rng = np.random.default_rng(1)
    assert [entry[0] for entry in waiting(30, 10, 20)] == [10, 20, 30]
    assert _taken([], 100, (20, 42), rng) is None
    # waited 20 to 42 days on day 100, both included: came on day 58 to 80
    assert _taken(waiting(10, 58), 100, (20, 42), rng)[0] == 58
    assert _taken(waiting(10, 57), 100, (20, 42), rng)[0] == 10
    assert _taken(waiting(10, 80), 100, (20, 42), rng)[0] == 80
    assert _taken(waiting(10, 81), 100, (20, 42), rng)[0] == 10


def test_a_month_decides_and_ends_as_many_as_it_should_or_all_there_are():
    march, count = month(MARCH), lambda number: np.array([number])
    flows = Flows(count(3), count(4), count(2), count(1), count(1), count(1), 0, 0.5, 0.5)
    before = [RequestRecord(march.first - days) for days in (60, 30)]
    assessed = [RequestRecord(march.first - days, "Y", march.first - 80, "A") for days in (200, 120)]
    records = run_from(queue_of(before), queue_of(assessed), flows, [march], np.random.default_rng(3))
    assert len(records) == 7
    # five were waiting where six were to be decided
    decided = [one.outcome for one in records if one.decided >= march.first]
    assert len(decided) == 5 and decided.count("Y") >= 3
    ended = sorted(one.assessment for one in records if one.ended)
    assert ended == ["N", "W", "Y"]
    for one in records:
        assert not one.ended or (march.first <= one.ended <= march.last and one.ended > one.received)
        assert not one.decided or one.decided >= one.received


@pytest.mark.parametrize(("opening", "assessed"), [(10, 4), (20, 13)])
def test_as_much_is_under_way_before_the_window_that_no_month_runs_dry(opening, assessed):
    """Four more are decided than received: so many and three more, half a month's decisions and two, wait before it.

    One more assessment ends than begins: so many and three more, a month's plans and two, are under way, or all that
    open less those seven.
    """
    months = [month(JANUARY), month(Month(2024, 2))]
    counts = (np.array(of) for of in ([1, 1], [3, 1], [2, 0], [1, 2], [0, 1], [1, 0]))
    records = run_pipeline(Flows(*counts, opening, 0.5, 0.5), months, np.random.default_rng(2))
    first = months[0].first
    historic = [one for one in records if one.historic]
    waited = [one for one in records if not one.historic and one.received < first]
    assert (len(waited), len(historic), len(records)) == (7, assessed, 7 + assessed + 2)
    assert all(first - 49 <= one.received < first for one in waited)
    assert all(first - 259 <= one.received <= first - 45 and one.outcome == "H" for one in historic)
    came = [one.received for one in records if one.received >= first]
    assert all(of.first <= day <= of.last for of, day in zip(months, came, strict=True))


def steering(dashboard=None, stock=None) -> Steering:
    held = np.zeros((len(AGES), len(CLASSES)), dtype=np.int64) if stock is None else stock
    ceased = {2023: np.zeros(len(AGES), dtype=np.int64)}
    given = Margins(
        council="302", census=date(2024, 1, 18), stock=held, new={}, ceased=ceased,
        reasons=np.tile(np.eye(9)[1], (len(AGES), 1)), process={}, needs={}, residential=(0, 0), others=(), notes=(),
    )  # fmt: skip
    return Steering(given, dashboard, np.ones((len(AGES), len(CLASSES))) / len(CLASSES), np.random.default_rng(1))


def people(*births_: int) -> People:
    birth, nothing = np.array(births_), np.zeros(len(births_), dtype=np.int64)
    start = np.full(len(births_), ordinal(2020, 1, 1))
    return People(birth, cohorts(birth), start, nothing, nothing.copy(), np.full(len(births_), UKN), start.copy())


def test_a_plan_ends_at_the_latest_with_the_school_year_of_the_25th_birthday():
    made = people(ordinal(1999, 8, 31), ordinal(1998, 9, 1), ordinal(1999, 9, 1), ordinal(2010, 1, 1))
    august = month(Month(2024, 8))
    _end_plans(made, 0, august.first, august, steering())
    assert made.end.tolist() == [august.last, august.last, 0, 0]
    assert made.reason.tolist() == [MAX_AGE, MAX_AGE, 0, 0]
    july = month(Month(2024, 7))
    again = people(ordinal(1999, 8, 31), ordinal(1998, 8, 31))
    _end_plans(again, 0, july.first, july, steering())
    assert again.end.tolist() == [0, july.last]


def test_plans_begin_as_young_as_the_dashboard_counts():
    young = DashboardTargets({("ehcp_count_ey_ks1", MARCH): 3.0})
    held = people(ordinal(2020, 1, 1), ordinal(2017, 8, 31), ordinal(2016, 8, 31))  # years -1, 2 and 3
    march = month(MARCH)
    assert _young_wanted(held, march, steering(young)) == 1
    assert _young_wanted(held, month(JANUARY), steering(young)) is None
    assert _young_wanted(held, march, steering()) is None
    assert _young_wanted(people(*[ordinal(2020, 1, 1)] * 5), march, steering(young)) == 0


def test_surplus_young_ones_become_older_and_missing_ones_younger():
    march, small, old = month(MARCH), ordinal(2020, 1, 1), ordinal(2010, 1, 1)

    def made(birth, wanted):
        return sorted(_with_young(np.array(birth), wanted, march, steering()).tolist())

    assert made([small, old], 2) == [small, small] and made([small, old], 0) == [old, old]
    assert made([small, old], 1) == [old, small]
    assert made([small, small], 1) == [march.last - 3652, small]  # ten years old where nobody older is there
    assert made([old], 5) == [march.last - 1644]  # four and a half


def test_a_class_is_drawn_within_its_group_also_where_nothing_is_published_of_it():
    nothing = steering()
    nothing.shares = np.zeros((len(AGES), len(CLASSES)))
    nothing.shares[5, CLASSES.index("SpIn")] = 1
    for group, codes in (("S", {"SpIn"}), ("F", {"GFE", "6FC"}), ("P", {"SP16"})):
        drawn = classes_in(np.full(50, 12), GROUPS.index(group), nothing)
        assert {CLASSES[code] for code in drawn} == codes
    assert {GROUPS[GROUP[CLASSES.index(code)]] for code in ("MsIn", "SpNm")} == {"S"}


def test_bands_are_those_of_the_dashboard_where_it_reports_the_month_else_years_of_age():
    dashboard = DashboardTargets({("no_place_count", MARCH): 4.0})
    march, held = month(MARCH), np.array([2023 - 5 - year for year in (-1, 0, 6, 7, 11, 12, 13, 14, 15, 21)])
    assert _bands(held, march, steering(dashboard)).tolist() == [0, 1, 1, 2, 2, 3, 3, 4, 5, 5]
    ages = [1, 2, 8, 9, 13, 14, 15, 16, 17, 23]
    assert _bands(held, march, steering()).tolist() == ages
    assert _bands(held, month(JANUARY), steering(dashboard)).tolist() == ages


def test_what_a_dashboard_says_of_a_month():
    said = DashboardTargets(
        {
            ("annual_reviews_overdue_count", MARCH): 200.4,
            ("annual_reviews_overdue_pct", MARCH): 40.0,
            ("annual_reviews_overdue_count", JANUARY): 7.0,
            ("annual_reviews_overdue_pct", JANUARY): 0.0,
        }
    )
    assert said.count("annual_reviews_overdue_count", MARCH) == 200
    assert said.share("annual_reviews_overdue_pct", MARCH) == 0.4
    assert (said.plans(MARCH), said.plans(JANUARY), said.plans(Month(2024, 2))) == (501.0, None, None)
    assert (said.covers(MARCH), said.covers(Month(2024, 2))) == (True, False)
    assert (said.get("no_place_count", MARCH), said.count("no_place_count", MARCH)) == (None, None)
    assert said.share("no_place_count", MARCH) is None
    assert _overdue(said, [month(MARCH)]) == 200 and _overdue(said, [month(Month(2024, 2))]) == 0.4
    assert _overdue(None, [month(MARCH)]) == 0.4


def test_groups_are_brought_to_the_shares_of_the_dashboard():
    """A hundred plans in each band: twenty in S, sixty in M, ten in F, six in N, four in others."""
    now = np.tile(np.array([20, 0, 60, 10, 6, 4]), (BANDS, 1))
    shares = {
        "specialist_share_yr_r_6": 40.0,
        "specialist_share_yr_7_11": 10.0,
        "specialist_share_yr_12_14_excl_spi": 25.0,
        "spi_share_yr_12_14": 10.0,
        "post16_special_independent_pct": 30.0,
        "mainstream_share_school_age": 50.0,
        "post16_mainstream_fe_pct": 60.0,
        "no_place_count": 17.0,
    }
    made = wanted_groups(DashboardTargets({(name, MARCH): value for name, value in shares.items()}), MARCH, now)
    assert made.tolist() == [
        [20, 0, 60, 10, 2, 8],
        [40, 0, 50, 10, 0, 0],
        [10, 0, 50, 10, 7, 23],
        [25, 10, 50, 9, 1, 5],
        [25, 10, 52, 9, 1, 3],
        [20, 0, 52, 9, 5, 14],
    ]
    assert (made[3:][:, [S, P]].sum(), made[3:][:, [M, F]].sum()) == (90, 181)  # 30% and 60% of 300, in whole numbers
    assert made[:, N].sum() == 16  # of the seventeen wanted, what the bands have left allows
    assert wanted_groups(DashboardTargets({}), MARCH, now).tolist() == now.tolist()
    assert {F, N, OTHER} == {3, 4, 5}


@pytest.mark.parametrize(
    ("row", "total", "made"),
    [
        ([1.5, 2.5, 1.0], 5, [2, 2, 1]),
        ([1.2, 2.7, 1.1], 5, [1, 3, 1]),
        ([3.0, 4.6], 6, [3, 3]),  # too much: the others rounded, the largest gives
        ([-1.0, 2.0], 2, [0, 2]),
        ([0.0, 0.0], 3, [2, 1]),
    ],
)
def test_a_row_adds_up_to_its_total(row, total, made):
    assert _whole_row(np.array(row), total).tolist() == made


PROCESS = dict(received=120, yes=60, no=36, issued=48, refused=12, withdrawn=24, six_weeks=0.8, twenty_weeks=0.6)


def flowing(process, months, dashboard=None):
    made = steering().margins
    object.__setattr__(made, "process", process)
    return _flows(made, months, dashboard)


def test_the_counts_of_a_year_are_spread_over_its_months_and_the_dashboards_are_exact():
    months = [month(Month(2023, 12)), month(JANUARY), month(Month(2024, 2)), month(MARCH, 15)]
    process = {2022: PROCESS, 2023: {name: 2 * count for name, count in PROCESS.items()}}
    found = flowing(process, months)
    assert [found.received.tolist(), found.yes.tolist()] == [[20, 20, 20, 10], [10, 10, 10, 5]]
    assert (found.opening, found.six_weeks, found.twenty_weeks) == (108, 1.6, 1.2)
    said = DashboardTargets(
        {
            ("assess_agreed_count", JANUARY): 7.0,
            ("assess_declined_count", JANUARY): 3.0,
            ("issue_agreed_count", JANUARY): 5.0,
            ("issue_declined_count", JANUARY): 1.0,
            ("assess_agreed_count", MARCH): 62.0,
            ("assessments_underway", JANUARY): 40.0,
            ("assessments_underway", Month(2024, 2)): 45.0,
        }
    )
    steered = flowing(process, months, said)
    assert [steered.yes.tolist(), steered.no.tolist()] == [[10, 7, 10, 30], [6, 3, 6, 3]]
    assert [steered.issued.tolist(), steered.refused.tolist()] == [[8, 5, 8, 4], [2, 1, 2, 1]]
    assert steered.withdrawn.tolist() == [4, 0, 0, 2]
    # out in February: 6 + 8 + 2 + 0 = 16; the stock grows by 5, so 21 are received
    assert steered.received.tolist() == [20, 20, 21, 10]
    # 40 at the end of January: opening + 20 - 20 in December + 20 - 9 in January
    assert steered.opening == 29
    agreed = DashboardTargets({("assess_agreed_count", JANUARY): 7.0})
    assert flowing(process, months, agreed).opening == 108
    counts = {name: np.zeros(1, dtype=np.int64) for name in ("received", "yes", "no", "issued", "refused", "withdrawn")}
    none = DashboardTargets({("assessments_underway", JANUARY): 0.0})
    assert _with_dashboard(counts, [month(JANUARY)], none, 9) == 0


def test_what_is_assumed_is_said():
    made = steering().margins
    plain, later = (_notes(made, day, None) for day in (date(2024, 1, 18), date(2024, 1, 19)))
    assert later == (*plain, "After that census day plans are rolled forward month by month.")
    steered = _notes(made, date(2024, 1, 18), DashboardTargets({}))
    ends = "Months that the dashboard reports have its decisions exactly; stocks and shares are steered to."
    assert steered == (*plain, ends)
    assert plain[0] == "The stock of plans by age and setting is the published one of 18 January 2024."
