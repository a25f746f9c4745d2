"""The tables of the forecast as people read them; programs get every column of them."""

from types import SimpleNamespace

from highneeds.forecast.summary.delay import delay_table
from highneeds.report.views import forecasts
from highneeds.vocabulary.table import Table


def test_a_person_is_shown_totals_in_whole_numbers():
    """Plans by census, money by financial year; no other cut, and no flow of a financial or an academic year."""
    columns = ("scenario", "measure", "cut", "category", "period", "period_kind", "mean", "p10")
    rows = [
        ("baseline", "plans", "total", "total", "2025-01", "census", 10.6, 9.4),
        ("baseline", "plans", "need", "asd", "2025-01", "census", 10.6, 9.4),
        ("baseline", "ceased", "total", "total", "2024-25", "financial_year", 1.0, 1.0),
        ("baseline", "ceased", "total", "total", "2024/25", "academic_year", 1.0, 1.0),
        ("baseline", "cost_gbp", "total", "total", "2024-25", "financial_year", 5.5, 4.4),
    ]
    table = forecasts.totals(Table.of(columns, rows, "Forecast"))
    assert table.columns == ("scenario", "measure", "period", "mean", "p10")
    assert [list(row) for row in table.rows] == [
        ["baseline", "plans", "2025-01", 11, 9],
        ["baseline", "cost_gbp", "2024-25", 6, 4],
    ]


def test_a_driver_shows_its_sign():
    table = Table.of(("effect", "value"), [("new data", 1234.6), ("mix", -0.4)], "Why")
    assert [list(row) for row in forecasts.drivers(table).rows] == [["new data", "+1,235"], ["mix", "-0"]]


def test_a_strength_that_no_trial_reaches_is_said():
    names = ("lever", "duties", "unit", "strength_needed", "furthest_tried", "chance", "chance_without", "caution")
    rows = [["a", "x", "share", 0.123456, 1, 0.5, 0.1, ""], ["b", "x", "share", None, 1, 0.2, 0.1, "far"]]
    table = forecasts.goals(Table.of(names, rows, "Goal"))
    assert table.columns == tuple(name for name in names if name != "duties")
    assert [row[2] for row in table.rows] == ["0.123", "not reachable"]


def test_the_cost_of_a_delay_for_a_program_and_for_a_person():
    year = SimpleNamespace(years="2025-26", lost_gbp=(1234.5, -5.0, 2e6), child_years=12.4, printed="", source="")
    printed = SimpleNamespace(**{**vars(year), "years": "total", "printed": "£23m", "source": "PAGE line 97"})
    delays = (SimpleNamespace(planned="plan", actual="late", years=(year, printed)),)
    whole = delay_table(delays)
    assert whole.columns[:3] == ("planned", "actual", "years") and whole.columns[-2:] == ("printed", "printed_where")
    assert list(whole.rows[0]) == ["plan", "late", "2025-26", 1234.5, -5.0, 2e6, 12.4, None, None]
    assert list(whole.rows[1])[-2:] == ["£23m", "PAGE line 97"]
    shown = forecasts.delays(whole)
    assert shown.columns == whole.columns[2:]
    assert list(shown.rows[0]) == ["2025-26", "1,234", "-5", "2,000,000", "12", None, None]


def test_compared_scenarios_stand_beside_one_another_for_a_person():
    columns = ("scenario", "plans_at_end", "chance_of_balance", "break_even", "cost_gbp")
    rows = [("baseline", 1234.4, 0.0849, "2027-28", None), ("a school", 1233, 1.0, None, -2_000.6)]
    shown = forecasts.side_by_side(Table.of(columns, rows, "Compared"))
    assert shown.columns == ("figure", "baseline", "a school") and shown.title == "Compared"
    assert [list(row) for row in shown.rows] == [
        ["plans_at_end", "1,234", "1,233"],
        ["chance_of_balance", "8.5%", "100.0%"],
        ["break_even", "2027-28", "not known"],
        ["cost_gbp", "not known", "-2,001"],
    ]
