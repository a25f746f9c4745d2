"""What stands in the files of a workspace that begins: published figures in rows, examples behind a '#'."""

from datetime import date
from decimal import Decimal

import pytest

from highneeds.actions._begun_files import begun_files
from highneeds.actions.new_workspace import term_of
from highneeds.intake.published.of_council import (
    CALENDAR_YEAR,
    FINANCIAL_YEAR,
    JANUARY,
    PublishedCouncil,
    PublishedFigure,
    PublishedSeries,
)
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.programme import Programme

EASTMOOR = PublishedCouncil("999", "St Eastmoor's", "East", 2010, 2025, (), "", (("998", "A"), ("997", "B")))
TODAY = date(2025, 4, 2)


def figures(name, unit, dated, *found):
    series = PublishedSeries(name, name.title(), "table", "column", dated, unit)
    for period, value in found:
        yield PublishedFigure(series, period, None if value is None else Decimal(value), "DfE", date(2025, 7, 1))


def begun(*found, programme=Programme.NONE):
    files = begun_files(EASTMOOR, term_of(programme, FinancialYear(2024), None, TODAY), found)
    return {name: data.decode() for name, data in files.items()}


def lines(text):
    return text.splitlines()[1:]


def test_the_newest_six_januaries_stand_on_the_dashboard_and_a_series_of_noughts_does_not():
    plans = [(f"20{year}-01", f"{year}") for year in range(18, 26)]
    text = begun(
        *figures("plans", "count", JANUARY, *plans[:-1], ("2025-01", None)),
        *figures("none", "count", JANUARY, ("2025-01", "0"), ("2019-01", "5")),
    )
    assert lines(text["observations.csv"]) == [
        *(f"plans,20{year}-01,,,{year},count,reported,,,DfE,2025-07-01" for year in range(20, 25)),
        "plans,2025-01,,,,count,not_published,the council's return holds no such figure,,DfE,2025-07-01",
        "# requests_received,2025-01,,,42,count,reported,,,St Eastmoor's,",
    ]
    title = "Requests for an assessment received in the month"
    assert lines(text["indicators.csv"]) == [
        "plans,,Plans,Plans,count,SEN2,monthly,none,DfE,January census",
        f"# requests_received,,{title},Requests,count,case system,monthly,none,,",
    ]


def test_the_example_on_the_dashboard_is_of_the_month_of_the_report_where_nothing_is_published():
    assert lines(begun()["observations.csv"]) == [
        "# requests_received,2025-04,,,42,count,reported,,,St Eastmoor's,",
    ]


@pytest.mark.parametrize(
    ("unit", "dated", "period", "value", "row"),
    [
        ("count", CALENDAR_YEAR, "2024", "1234", '1234,count,2024,exact,"1,234"'),
        ("gbp", FINANCIAL_YEAR, "2023-24", "1234.6", '1234.6,gbp,2023-24,exact,"£1,235"'),
        ("percent", FINANCIAL_YEAR, "2023-24", "-3.25", "-3.25,percent,2023-24,exact,-3.25%"),
    ],
)
def test_a_published_figure_of_a_year_is_a_fact_as_it_is_printed(unit, dated, period, value, row):
    text = begun(*figures("figure", unit, dated, (period, value), ("1999", None)))
    fact, example = lines(text["facts.csv"])
    name = f"figure_{period.replace('-', '_')}"
    assert fact == f'{name},published,{row},"Figure, St Eastmoor\'s",DfE,,2025-07-01'
    assert example.startswith(
        "# deficit,money,12300000,gbp,2024-25,about,£12.3m,Deficit of St Eastmoor's at 31 March 2025"
    )


def test_examples_of_the_account_are_of_the_newest_year_that_is_published():
    none = begun()
    assert lines(none["finance/years.csv"]) == ["# 2024-25,,,,,,,,,,,one row a year"]
    assert lines(none["finance/spend.csv"]) == ["# 2024-25,1.2,,,,,one row a year and line of section 251"]
    some = begun(
        *figures("high_needs_after", "gbp", FINANCIAL_YEAR, ("2022-23", "4"), ("2023-24", "5.5"), ("2024-25", None)),
        *figures("high_needs_outturn", "gbp", FINANCIAL_YEAR, ("2021-22", "6"), ("2022-23", "7"), ("2023-24", None)),
    )
    [year], [line] = lines(some["finance/years.csv"]), lines(some["finance/spend.csv"])
    assert year.startswith("# 2023-24,5.50,,") and "block of St Eastmoor's after deductions" in year
    assert line.startswith("# 2022-23,1.2,,7.00,,,published net outturn of lines 1.2 of St Eastmoor's;")
    assert lines(none["finance/positions.csv"])[0].startswith(
        "# 2024-25,agreed,in_year_before_contributions_gbp,id_of_a_fact,,"
    )


def test_only_a_programme_has_an_agreement_and_only_one_with_the_department_has_payments():
    names = {one: set(begun(programme=one)) for one in Programme}
    agreed = {"agreement.yaml", "programme/2025-04/levels.csv", "programme/level_definitions.csv"}
    assert not names[Programme.NONE] & {*agreed, "registers/payments.csv"}
    assert names[Programme.SAFETY_VALVE] >= {*agreed, "registers/payments.csv"}
    assert all(("registers/payments.csv" in found) == one.is_agreed_with_department for one, found in names.items())
    assert all((agreed <= found) == bool(one.words) for one, found in names.items())


def test_what_the_council_is_called_stands_in_quotes():
    text = begun(programme=Programme.SAFETY_VALVE)
    assert "  local_authority: 'St Eastmoor''s'" in text["agreement.yaml"].splitlines()
    assert 'neighbours = ["998", "997"]' in text["council.toml"].splitlines()
    assert lines(text["programme/2025-04/levels.csv"]) == ["# 1,April,G,owner,,,2025-04-02"]
    assert lines(text["programme/level_definitions.csv"]) == [
        "B,Complete", "G,On target", 'A,"Off target, with plans to bring it back"', "R,Off target",
    ]  # fmt: skip
