"""Many councils side by side: the furthest above plan first, unknown last, and a band of the sum."""

from datetime import date

from highneeds.account.stated import stated
from highneeds.report.portfolio import PortfolioLine, document_of, ranked, sum_with_band, table_of
from highneeds.report.render import html, xlsx


def council(name: str, agreed=None, forecast=None, plans=None) -> PortfolioLine:
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


def test_the_page_says_a_rough_distance_roughly_and_links_the_report():
    document = document_of([ELM, ASH, OAK], date(2025, 4, 2))
    page = html.render(document).decode()
    assert "about £2m above" in page and "£20.5m above" in page and "not given" in page
    assert 'href="Oakham/submission/report.html"' in page
    assert xlsx.render(document)[:2] == b"PK"
