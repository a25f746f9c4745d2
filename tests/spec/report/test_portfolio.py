"""Many councils side by side: the furthest above plan first, unknown last, and a band of the sum."""

import math
from datetime import date

import pytest

from highneeds.account.stated import stated
from highneeds.forecast.aggregates import AreaSpread
from highneeds.report.portfolio import (
    PortfolioLine,
    band_together,
    document_of,
    forecast_councils,
    ranked,
    sum_with_band,
    table_of,
    total_section,
)
from highneeds.report.render import html, xlsx


def council(name: str, agreed=None, forecast=None, plans=None, origin=2025) -> PortfolioLine:
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
    )


ASH = council("Ashford", 10_000_000, stated(12_000_000, "about"), (100.0, 87.184, 112.816))
OAK = council("Oakham", 10_000_000, stated(30_500_000), (200.0, 187.184, 212.816))
ELM = council("Elmham")


def test_the_furthest_above_plan_comes_first_and_unknown_last():
    assert [one.name for one in ranked([ELM, ASH, OAK])] == ["Oakham", "Ashford", "Elmham"]


def test_the_table_is_of_plain_values():
    table = table_of([ELM, ASH])
    first, second = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    assert first["distance_from_plan_gbp"] == "2000000.00" and first["report"] == "Ashford/submission/report.html"
    assert second["distance_from_plan_gbp"] is None and second["findings"] == 2


def test_the_band_of_a_sum_is_narrower_than_the_sum_of_bands():
    """Two councils with a spread of 10 each: the sum has 14.1, and its band 18.1 to each side."""
    mean, low, high = sum_with_band([ASH.plans, OAK.plans])
    assert mean == 300 and round(300 - low, 1) == round(high - 300, 1) == 18.1


def test_councils_err_together_by_what_nobody_foresaw_of_england():
    """Three years ahead: what all share grows with the years to the power 0.8, their own beside it with 0.7."""
    mean, low, high = band_together([ASH, OAK, ELM], AreaSpread(shared=0.02, own=0.01))
    spread = math.hypot(0.02 * 3**0.8, 0.01 * 3**0.7)
    assert mean == 300
    assert (low, high) == pytest.approx((300 * math.exp(-1.28155 * spread), 300 * math.exp(1.28155 * spread)))
    narrow = total_section([ASH, OAK]).blocks[0].rows[0].cells[2].text
    wide = total_section([ASH, OAK], AreaSpread(0.2, 0.1)).blocks[0].rows[0].cells[2].text
    assert narrow == "282 to 318" and wide != narrow


def test_the_sum_is_of_councils_that_have_a_forecast_and_one_alone_has_its_own_band():
    assert forecast_councils([ASH, OAK, ELM]) == (2025, ("ash", "oak"))
    assert forecast_councils([ASH, ELM]) is None


def test_the_page_says_a_rough_distance_roughly_and_links_the_report():
    document = document_of([ELM, ASH, OAK], date(2025, 4, 2))
    page = html.render(document).decode()
    assert "about £2m above" in page and "£20.5m above" in page and "not given" in page
    assert 'href="Oakham/submission/report.html"' in page
    assert xlsx.render(document)[:2] == b"PK"
