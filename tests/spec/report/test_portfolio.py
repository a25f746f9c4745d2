"""Many councils side by side: the furthest above plan first, unknown last, and a band of the sum."""

import io
import math
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from highneeds.account.stated import stated
from highneeds.forecast.aggregates import AreaSpread
from highneeds.forecast.aggregates.rows import AreaSpreads
from highneeds.report.portfolio import (
    PortfolioLine,
    document_of,
    forecast_councils,
    ranked,
    sum_with_band,
    sums_of,
    table_of,
    total_section,
)
from highneeds.report.render import html, xlsx
from highneeds.report.words import portfolio as words
from highneeds.vocabulary.period import FinancialYear


def council(name: str, agreed=None, forecast=None, plans=None, origin=2025, cost=None, owed=None) -> PortfolioLine:
    return PortfolioLine(
        name=name,
        la_number=name[:3].lower(),
        year="2024-25",
        agreed=agreed and stated(agreed),
        forecast=forecast,
        deficit=None,
        at_end=None,
        yes=0,
        no=1,
        plans=plans,
        january="2028",
        findings=2,
        changed=(),
        asked=("One thing.",),
        report=f"{name}/submission/report.html",
        origin=origin,
        end="2027-28",
        cost=cost,
        owed=owed,
    )


TEN = 1.2816 * 10
"""The 80% band of a spread of 10 reaches that far to each side."""
ASH = council(
    "Ashford", 10_000_000, stated(12_000_000, "about"), (100, 100 - TEN, 100 + TEN), cost=(400, 400 - TEN, 400 + TEN)
)
OAK = council(
    "Oakham",
    10_000_000,
    stated(30_500_000),
    (200, 200 - TEN, 200 + TEN),
    cost=(600, 600 - TEN, 600 + TEN),
    owed=(50, 50 - TEN, 50 + TEN),
)
ELM = council("Elmham")


def test_the_furthest_above_plan_comes_first_and_unknown_last():
    assert [one.name for one in ranked([ELM, ASH, OAK])] == ["Oakham", "Ashford", "Elmham"]


def test_the_table_is_of_plain_values():
    table = table_of([ELM, ASH])
    first, second, total = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert first["distance_from_plan_gbp"] == "2000000.00" and first["report"] == "Ashford/submission/report.html"
    assert second["distance_from_plan_gbp"] is None and second["findings"] == 2
    assert (total["council"], total["on_track_no"], total["findings"]) == ("Sum of 2 councils", 2, 4)
    assert total["agreed_in_year_gbp"] is None and total["plans"] is None, "Elmham gives neither"


def test_the_last_row_is_the_sum_with_its_band():
    table = table_of([OAK, ASH])
    total = dict(zip(table.columns, table.rows[-1], strict=True))
    assert total["forecast_in_year_gbp"] == "42500000.00"
    assert (total["plans_p10"], total["plans"], total["plans_p90"]) == (282, 300, 318)
    assert (total["spend_gbp_p10"], total["spend_gbp"], total["spend_gbp_p90"]) == (982, 1000, 1018)
    assert total["forecast_deficit_gbp"] is None, "Ashford's is not forecast"


def test_the_band_of_a_sum_is_narrower_than_the_sum_of_bands():
    """Two councils with a spread of 10 each: the sum has 14.1, and its band 18.1 to each side."""
    mean, low, high = sum_with_band([ASH.plans, OAK.plans])
    assert mean == 300 and round(300 - low, 1) == round(high - 300, 1) == 18.1


def test_councils_err_together_by_what_nobody_foresaw_of_england():
    """Three years ahead of January 2025, and four years of the newest outturn: 2% and 1%, to the power 0.6."""
    spread = AreaSpread(shared=0.02, own=0.01)
    spreads = AreaSpreads(2025, FinancialYear(2023), spread, spread)
    told = sums_of([ASH, OAK, ELM], spreads)
    for name, mean, ahead in (("plans", 300, 3), ("cost", 1000, 4)):
        away = 1.2816 * mean * math.hypot(0.02, 0.01) * ahead**0.6
        assert told[name].band == pytest.approx((mean, mean - away, mean + away))
        assert told[name].of == 2
    assert told["owed"].band == OAK.owed, "one council alone has its own band"
    shown = [row.cells[2].text for row in total_section([ASH, OAK], spreads).blocks[0].rows]
    assert len(shown) == 3 and shown != [row.cells[2].text for row in total_section([ASH, OAK]).blocks[0].rows]


def test_the_sum_is_of_councils_that_have_a_forecast_and_one_alone_has_its_own_band():
    assert forecast_councils([ASH, OAK, ELM]) == (2025, ("ash", "oak"))
    assert forecast_councils([ASH, ELM]) is None
    lopsided = council("Beech", plans=(100.0, 95.0, 130.0))
    assert sums_of([lopsided, ELM], None)["plans"].band == (100.0, 95.0, 130.0)


def test_the_page_says_a_rough_distance_roughly_and_links_the_report():
    document = document_of([ELM, ASH, OAK], date(2025, 4, 2))
    page = html.render(document).decode()
    assert "about £2m above" in page and "£20.5m above" in page and "not given" in page
    assert '<td class=" whole">2024-25</td>' in page, "a year is not broken at its hyphen"
    assert 'href="Oakham/submission/report.html"' in page
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(document)))["Contents"]
    assert sheet.oddFooter.left.text.strip().startswith("3 councils") and sheet.oddFooter.left.size == 8


def test_an_invented_council_is_called_so_in_every_place():
    made = document_of([ASH, replace(OAK, synthetic=True)], date(2025, 4, 2))
    assert made.synthetic and [one.title for one in made.sections][-2:] == ["Oakham (invented)", "Ashford"]
    assert not document_of([ASH], date(2025, 4, 2)).synthetic


@pytest.mark.parametrize(("yes", "no", "said"), [(0, 3, "3 no"), (1, 2, "1 yes, 2 no"), (0, 0, "no answer")])
def test_the_three_answers_of_a_council(yes, no, said):
    assert words.answers(yes, no) == said
