"""The catalogue says which of two figures is shown; both are kept."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from highneeds.caseload import Caseloads
from highneeds.checks.finding import Outcome
from highneeds.indicators.mechanism.beside import ReportedAndComputed, Standing, all_months, side_by_side
from highneeds.indicators.mechanism.computed import Computed, ReturnRead
from highneeds.indicators.mechanism.dashboard import Dashboard
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.measure import IndicatorValue
from highneeds.indicators.mechanism.registry import indicators
from highneeds.indicators.mechanism.shown import as_shown, differences, shown_basis, shown_result, wants_computed
from highneeds.intake.workspace import Observation, read_workspace
from highneeds.intake.workspace.dashboard import FigureBasis
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.unit import Unit
from memory_store import MemoryStore
from people_by_hand import caseload, child

COUNCIL = b"""name = "A"
la_number = "886"
first_year = "2024-25"
last_year = "2026-27"
slots = ["July"]
[report]
number = 1
id = "2025-07"
submitted = "2025-07-01"
slot = "July"
current_year = "2025-26"
"""
CATALOGUE = "id,title,unit,good_direction,frequency,shown\nall_plans,Plans,count,none,monthly,{}\n"
REPORTED = b"indicator,period,value,state\nall_plans,2024-11,100,reported\nall_plans,2024-12,101,reported\n"
NONE = Table.of(("a",), ())


def workspace(shown):
    store = MemoryStore(
        {"council.toml": COUNCIL, "indicators.csv": CATALOGUE.format(shown).encode(), "observations.csv": REPORTED}
    )
    return read_workspace(documents(store))


def computed(accepted_by="Head of SEND", synthetic=False):
    plans = next(one for one in indicators() if one.id == "all_plans")
    return Computed(
        figures=(
            IndicatorValue(plans, Month(2024, 11), State.UNAVAILABLE, None, reason="no return covers it"),
            IndicatorValue(plans, Month(2024, 12), State.COMPUTED, 103),
            IndicatorValue(plans, Month(2025, 1), State.COMPUTED, 104, reason="return ends 2025-01-16"),
        ),
        rules=(),
        pipeline=NONE,
        restated=NONE,
        returns=(ReturnRead("2025-01-16", "2025", 10, 104, True, accepted_by),),
        settings={},
        synthetic=synthetic,
        notes=(),
        fitted=False,
    )


def series(found):
    return [(str(one.period), one.value, one.state) for one in found.series("all_plans")]


@pytest.mark.parametrize("shown", ["", "reported"])
def test_what_was_reported_is_shown_where_the_catalogue_says_nothing_else(shown):
    own = workspace(shown)
    assert wants_computed(own) == () and as_shown(own, computed()) is own
    assert shown_result(own, computed()) is None


def test_an_accepted_return_is_shown_where_the_catalogue_says_so():
    own = workspace("computed")
    assert series(as_shown(own, computed())) == [
        ("2024-11", Decimal(100), State.REPORTED),
        ("2024-12", Decimal(103), State.COMPUTED),
        ("2025-01", Decimal(104), State.COMPUTED),
    ]
    last = as_shown(own, computed()).series("all_plans")[-1]
    assert str(last.source) == "accepted SEN2 return of 2025-01-16" and last.reason == "return ends 2025-01-16"
    assert series(own) == [("2024-11", Decimal(100), State.REPORTED), ("2024-12", Decimal(101), State.REPORTED)]
    assert shown_result(own, computed()).outcome is Outcome.CLEAR


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (None, "no return is accepted"),
        (computed(accepted_by=""), "the return is not accepted"),
        (computed(synthetic=True), "the accepted return is invented"),
    ],
)
def test_what_cannot_be_shown_is_a_finding_and_the_reported_figure_stands(found, why):
    own = workspace("computed")
    assert as_shown(own, found) is own
    (problem,) = shown_result(own, found).findings
    said = f"It is to be shown as computed, and {why}; the reported figures are shown"
    assert problem.message == said and (problem.file, problem.line, problem.record) == (
        "indicators.csv",
        2,
        "all_plans",
    )


def test_an_invented_council_shows_its_invented_return():
    own = workspace("computed")
    invented = replace(own, council=replace(own.council, synthetic=True))
    assert series(as_shown(invented, computed(synthetic=True)))[1][1] == Decimal(103)


def test_both_figures_and_their_difference_are_one_table():
    rows = differences(workspace("computed"), computed()).rows
    assert [row[:7] for row in rows] == [
        ("all_plans", "2024-11", Decimal(100), None, None, "only reported", "reported"),
        ("all_plans", "2024-12", Decimal(101), 103, Decimal(2), "differs", "computed"),
    ]
    assert differences(workspace("reported"), computed()).rows[1][6] == FigureBasis.REPORTED


DECEMBER = Month(2024, 12)


def reported(value, reason="", period=DECEMBER):
    found = workspace("computed").series("all_plans")[-1]
    number = None if value is None else Decimal(value)
    return replace(found, period=period, value=number, reason=reason)


def of_value(value, reason=""):
    plans = next(one for one in indicators() if one.id == "all_plans")
    state = State.UNAVAILABLE if value is None else State.COMPUTED
    return IndicatorValue(plans, Month(2024, 12), state, value, reason=reason)


@pytest.mark.parametrize(
    ("said", "found", "difference", "standing", "reason"),
    [
        (reported("100"), of_value(100, "beside"), Decimal(0), Standing.SAME, "beside"),
        (reported("100"), of_value(97), Decimal(-3), Standing.DIFFERS, ""),
        (reported("0"), of_value(None, "no return"), None, Standing.ONLY_REPORTED, "no return"),
        (reported("0"), None, None, Standing.ONLY_REPORTED, "not computed for this period"),
        (reported(None, "late"), of_value(0, "ends"), None, Standing.ONLY_COMPUTED, "reported: late; ends"),
        (reported(None, "late"), of_value(7), None, Standing.ONLY_COMPUTED, "reported: late"),
        (None, of_value(0), None, Standing.ONLY_COMPUTED, ""),
        (reported(None, "late"), of_value(None, "gone"), None, Standing.NEITHER, "reported: late; gone"),
        (reported(None, "late"), None, None, Standing.NEITHER, "reported: late; not computed for this period"),
        (None, None, None, Standing.NEITHER, "not computed for this period"),
    ],
)
def test_how_a_reported_and_a_computed_figure_stand_to_each_other(said, found, difference, standing, reason):
    one = ReportedAndComputed(workspace("computed").indicators[0], Month(2024, 12), said, found)
    assert (one.difference, one.standing, one.reason) == (difference, standing, reason)


def test_an_indicator_stands_in_its_month_or_in_the_year_that_it_is_printed_for():
    own, found = workspace("computed"), computed()
    (december,) = side_by_side(own, found, Month(2024, 12))
    assert (december.period, december.reported.value, december.computed.value) == (Month(2024, 12), 101, 103)
    yearly = replace(own, indicators=(replace(own.indicators[0], frequency="annual"),))
    (year,) = side_by_side(yearly, found, Month(2024, 12))
    assert (year.period, year.reported, year.computed) == (FinancialYear(2024), None, None)
    assert all_months(yearly, found) == ()
    printed = replace(own, observations=(*own.observations, reported("99", period=FinancialYear(2024))))
    (of_year,) = side_by_side(printed, found, Month(2024, 12))
    assert (of_year.period, of_year.reported.value) == (FinancialYear(2024), 99)
    assert [one.period for one in all_months(own, found)] == [Month(2024, 11), Month(2024, 12)]


def test_an_observation_that_is_shown_as_computed_says_all_of_where_it_comes_from():
    own = workspace("computed")
    figures = (*computed().figures, replace(of_value(5), period=FinancialYear(2024)))
    share = replace(of_value(Decimal("37.5")), part=3, whole=8)
    returns = (*computed().returns, ReturnRead("2025-01-31", "2025", 10, 104, True, "Head of SEND"))
    both = replace(computed(), figures=(*figures[:1], share, *figures[2:]), returns=returns)
    last = as_shown(own, both).series("all_plans")[1]
    assert last == Observation(
        indicator="all_plans", period=Month(2024, 12), value=Decimal("37.5"), unit=Unit.COUNT, state=State.COMPUTED,
        reason="", raw="", source=Source("accepted SEN2 returns of 2025-01-16, 2025-01-31"), confidence="high",
        where=Source("caseload/acceptances.jsonl"), part=3, whole=8,
    )  # fmt: skip
    assert [one.period for one in as_shown(own, both).series("all_plans")] == [
        Month(2024, 11),
        Month(2024, 12),
        Month(2025, 1),
    ]


def test_differences_are_told_with_why_whole():
    own, found = workspace("computed"), computed()
    table = differences(own, found)
    assert (table.columns, table.title) == (
        ("indicator", "period", "reported", "computed", "difference", "standing", "shown", "reason"),
        "Figures as reported and as computed",
    )
    first = ("all_plans", "2024-11", Decimal(100), None, None, "only reported", "reported", "no return covers it")
    assert table.rows == (
        first,
        ("all_plans", "2024-12", Decimal(101), 103, Decimal(2), "differs", "computed", ""),
    )
    assert differences(own, None).rows == ()
    for unusable in (computed(accepted_by=""), computed(synthetic=True)):
        assert [row[6] for row in differences(own, unusable).rows] == ["reported", "reported"]
    computed_, reported_ = FigureBasis.COMPUTED, FigureBasis.REPORTED
    (item,) = own.indicators
    assert shown_basis(item, own, found) is computed_ and shown_basis(item, own, None) is reported_
    (item,) = workspace("reported").indicators
    assert shown_basis(item, workspace("reported"), found) is reported_


def test_another_word_is_refused_by_its_place():
    with pytest.raises(InputError, match=r"indicators.csv line 2, column shown"):
        workspace("both")


JAN, MAY = Month(2024, 1), Month(2024, 5)
WORKSPACE = SimpleNamespace(months=(JAN, Month(2024, 2), MAY))
CASELOADS = SimpleNamespace(ends=date(2025, 1, 16))


@pytest.mark.parametrize(
    ("first", "last", "workspace", "caseloads", "months"),
    [
        (None, None, WORKSPACE, None, (JAN, MAY)),
        (None, None, WORKSPACE, CASELOADS, (JAN, MAY)),
        (None, None, None, CASELOADS, (Month(2024, 1), Month(2025, 1))),
        (None, None, SimpleNamespace(months=()), CASELOADS, (Month(2024, 1), Month(2025, 1))),
        ("2024-03", None, WORKSPACE, None, (Month(2024, 3), MAY)),
        (None, "2024-03", WORKSPACE, None, (JAN, Month(2024, 3))),
        ("2023-01", "2023-02", None, None, (Month(2023, 1), Month(2023, 2))),
        ("2023-01", "2023-01", None, None, (Month(2023, 1), Month(2023, 1))),
    ],
)
def test_which_months_are_shown(first, last, workspace, caseloads, months):
    found = Dashboard(workspace, caseloads).months(first, last)
    assert (found[0], found[-1]) == months and len(found) == months[0].months_until(months[1]) + 1


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2023-02", "2023-01", "--to 2023-01 lies before --from 2023-02"),
        ("2023-02", None, "There is no month to show"),
        (None, "2023-01", "There is no month to show"),
    ],
)
def test_which_months_cannot_be_shown(first, last, says):
    with pytest.raises(InputError, match=says):
        Dashboard(None, None).months(first, last)


def test_reported_and_computed_stand_under_each_other():
    """100 plans reported in November; one child in the return. Of a month without a reported figure one row is left."""
    dashboard = Dashboard(workspace("reported"), Caseloads.of([caseload(child(start="2024-01-01"))]))
    months = (Month(2024, 11), Month(2024, 12), Month(2025, 1))
    assert [row[1:5] for row in dashboard.reported(months[:1]).rows] == [("2024-11", None, None, 100)]
    rows = dashboard.both(months, IndicatorRegisters()).rows
    plans = [(row[1], row[4], row[6]) for row in rows if row[0] == "all_plans"]
    assert plans == [
        ("2024-11", 100, "reported"),
        ("2024-11", 1, "computed"),
        ("2024-12", 101, "reported"),
        ("2024-12", 1, "computed"),
        ("2025-01", 1, "computed"),
    ]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
