"""The catalogue says which of two figures is shown; both are kept."""

from dataclasses import replace
from decimal import Decimal

import pytest

from highneeds.checks.finding import Outcome
from highneeds.indicators.mechanism.computed import Computed, ReturnRead
from highneeds.indicators.mechanism.measure import IndicatorValue
from highneeds.indicators.mechanism.registry import indicators
from highneeds.indicators.mechanism.shown import as_shown, differences, shown_result, wants_computed
from highneeds.intake.workspace import read_workspace
from highneeds.intake.workspace.dashboard import FigureBasis
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table
from memory_store import MemoryStore

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
        settings=(),
        synthetic=synthetic,
        notes=(),
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


def test_another_word_is_refused_by_its_place():
    with pytest.raises(InputError, match=r"indicators.csv line 2, column shown"):
        workspace("both")
