"""What holds for every page of Kent that a reader can reach, found by following every link."""

import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from journeys.crawl import everything, fetch, one_of_each, pages

WCAG_22_AA = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="module")
def office(kent_office):
    """What the engine says, not what these tests make up: that is what people read."""
    return kent_office


MAIN_PAGES = (
    "/",
    "/dashboard/",
    "/indicators/no_place_count/",
    "/charts/accumulated-deficit/",
    "/money/",
    "/data-quality/",
    "/caseload/",
    "/caseload/differences/",
    "/conditions/",
    "/conditions/3/",
    "/changes/",
    "/risks/",
    "/registers/",
    "/registers/risks/",
    "/compare/",
    "/compare/pct_state_special/",
    "/compare/pct_state_special/?show=table",
    "/search/?q=overdue+reviews",
    "/claims/",
    "/claims/?verdict=fails",
    "/report/",
    "/sources/",
    "/accessibility/",
    "/nowhere/",
)


CHANGED_WHEN_NARROW = (
    "/",
    "/dashboard/",
    "/indicators/no_place_count/",
    "/money/",
    "/conditions/",
    "/compare/pct_state_special/",
    "/search/?q=overdue+reviews",
)
"""What a narrow screen shows otherwise: the fold, narrow drawings, rows as cards, bars, frames that scroll."""


def test_every_link_leads_somewhere(office):
    wrong = {one.path: one.status for one in everything(office) if one.status != 200}
    assert wrong == {}
    assert len(pages(office)) > 60


def test_every_fragment_is_there(office):
    """A link to a place in a page (a source, a condition, a note) finds that place."""
    found = {one.path: set(one.tree.xpath("//@id")) for one in pages(office)}
    for one in pages(office):
        for link in one.tree.xpath("//a/@href[contains(., '#')]"):
            path, _, fragment = link.partition("#")
            assert fragment in found[path or one.path], f"{one.path}: {link}"


def test_evidence_leads_to_the_very_figure_it_quotes(office):
    [overview] = [one for one in pages(office) if one.path == "/"]
    links = {link.text_content().strip(): link.get("href") for link in overview.tree.xpath("//main//dl//a")}
    first_page = "monitoring report, programme overview, page 1"
    assert links[f"forecast about £53m ({first_page})"] == "/sources/#source-in_year_forecast"
    assert links[f"target £29.9m ({first_page})"] == "/sources/#source-in_year_target"
    assert links["£20m to £30m (monitoring report, risk register)"] == "/sources/#source-residual_deficit_risk_register"
    changed = overview.tree.xpath("//section[@aria-labelledby='changed']//li/a/@href")
    assert changed and all(link.startswith("/indicators/") for link in changed)


def test_every_page_has_one_heading_a_title_and_the_six_places(office):
    for one in pages(office):
        assert len(one.tree.xpath("//h1")) == 1, one.path
        assert one.tree.xpath("string(//title)").endswith("– Kent County Council"), one.path
        places = one.tree.xpath("//header//nav//a")
        assert [" ".join(place.text_content().split()) for place in places] == [
            "Overview",
            "Dashboard",
            "Money",
            "Conditions",
            "Registers",
            "Report",
        ], one.path


def test_no_page_names_a_line_of_an_extract(office):
    for one in pages(office):
        assert not re.search(r"\b(REPORT|PAGE) (lines? )?\d", one.tree.text_content()), one.path


def test_headings_step_down_one_at_a_time(office):
    for one in pages(office):
        levels = [int(heading.tag[1]) for heading in one.tree.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
        steps = [below - above for above, below in pairwise(levels)]
        assert all(step <= 1 for step in steps), f"{one.path}: {levels}"


def test_no_list_of_links_is_longer_than_seven(office):
    for one in pages(office):
        for group in one.tree.xpath("//ul | //ol"):
            assert len(group.xpath("./li[.//a]")) <= 7, f"{one.path}: {group.text_content()[:80]}"


def test_no_page_carries_a_script_a_style_or_a_foreign_address(office):
    for one in pages(office):
        assert not one.tree.xpath("//script | //style | //@style | //@onclick | //@onload"), one.path
        addresses = [link for link in one.tree.xpath("//@src | //@href") if re.match(r"(https?:)?//", link)]
        assert addresses == [], one.path


def test_every_page_says_whose_data_it_is_and_as_at_when(office):
    for one in pages(office):
        assert "Kent County Council, as at 31 January 2025" in " ".join(one.tree.text_content().split()), one.path


@pytest.mark.browser
def test_axe_finds_no_failure_in_any_template(page, office):
    """WCAG 2.2 A and AA, and axe's own good practice, on the longest page of each template in each state."""
    axe, failures = Axe(), {}
    for path in [*(one.path for one in one_of_each(office)), "/nowhere/"]:
        page.goto(path)
        results = axe.run(page, options=WCAG_22_AA)
        if results.violations_count:
            failures[path] = [(one["id"], one["nodes"][0]["html"][:120]) for one in results.response["violations"]]
    assert failures == {}


@pytest.mark.browser
def test_axe_finds_no_failure_at_320_pixels(page):
    """320 pixels is a telephone, and 1280 pixels zoomed to 400%."""
    page.set_viewport_size({"width": 320, "height": 640})
    axe = Axe()
    for path in CHANGED_WHEN_NARROW:
        page.goto(path)
        results = axe.run(page, options=WCAG_22_AA)
        assert results.violations_count == 0, f"{path}: {results.generate_report()}"


@pytest.mark.browser
def test_no_page_scrolls_sideways_at_320_pixels(page, office):
    page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for path in [*(one.path for one in one_of_each(office)), "/nowhere/"]:
        page.goto(path, wait_until="load")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[path] = width
    assert wide == {}


@pytest.mark.browser
def test_no_page_scrolls_sideways_at_any_width(page):
    for path in MAIN_PAGES:
        page.goto(path, wait_until="load")
        for width in (320, 480, 641, 700, 769, 800, 900, 1000, 1024, 1280):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"


@pytest.mark.browser
def test_text_spacing_can_be_widened(page):
    """WCAG 1.4.12: with the spacing a reader may set, nothing is cut off and the page does not scroll sideways."""
    page.set_viewport_size({"width": 320, "height": 640})
    spaced = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    for path in MAIN_PAGES:
        page.goto(path)
        page.evaluate(
            "rules => { const s = new CSSStyleSheet(); s.replaceSync(rules); document.adoptedStyleSheets = [s]; }",
            spaced,
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_an_unknown_page_says_so_and_offers_a_way_on(office):
    answer = fetch(office + "/no/such/page/")
    assert answer.status == 404
    assert "Page not found" in answer.tree.text_content()
    assert answer.tree.xpath("//main//a/@href") == [
        "/",
        "/dashboard/",
        "/money/",
        "/conditions/",
        "/registers/",
        "/report/",
    ]
