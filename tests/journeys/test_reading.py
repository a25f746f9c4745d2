"""What a reader does: with a keyboard, without scripts, on paper, and taking figures away."""

import io

import pikepdf
import pytest

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {name: element.tagName, text: element.textContent.trim(), shown: box.width > 1 && box.height > 1,
          marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none'};
}"""


def test_the_first_key_reaches_a_link_that_skips_to_the_content(page):
    page.goto("/dashboard/")
    page.keyboard.press("Tab")
    focused = page.evaluate(FOCUSED)
    assert focused["text"] == "Skip to main content"
    assert focused["shown"] and focused["marked"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    "path", ["/", "/money/", "/data-quality/", "/indicators/no_place_count/", "/compare/pct_requests_refused/"]
)
def test_wherever_the_keyboard_goes_one_sees_it(page, path):
    page.goto(path)
    seen = 0
    while True:
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["name"] in ("BODY", "HTML") or seen > 200:
            break
        seen += 1
        assert focused["shown"] and focused["marked"], focused
    assert 8 < seen < 200


def test_from_the_sentence_to_the_line_it_was_printed_on(page):
    page.goto("/")
    page.get_by_role("link", name="Forecast £53m, report line 11").click()
    row = page.locator("#source-in_year_forecast")
    assert "£53m" in row.inner_text() and "line 11" in row.inner_text()
    assert page.url.endswith("/sources/#source-in_year_forecast")


def test_from_the_dashboard_to_an_indicator_and_its_table(page):
    page.goto("/")
    page.get_by_role("link", name="Dashboard").click()
    page.get_by_role("link", name="Children with no place", exact=True).click()
    page.get_by_role("link", name="View as table").click()
    assert page.url.endswith("/indicators/no_place_count/#table")
    assert page.get_by_role("row", name="Aug 2024 1,259").count() == 1
    assert page.get_by_role("term").filter(has_text="What it is").count() == 1


def test_the_choice_of_indicators_is_in_the_address(page):
    page.goto("/dashboard/")
    page.get_by_role("link", name="Out of the ordinary").click()
    assert page.url.endswith("/dashboard/?show=signals")
    assert page.locator("tbody tr").count() == 2
    page.reload()
    assert page.locator("tbody tr").count() == 2


def test_findings_are_narrowed_without_scripts_and_the_choice_is_in_the_address(chromium, office):
    context = chromium.new_context(java_script_enabled=False, base_url=office)
    page = context.new_page()
    page.goto("/data-quality/")
    page.get_by_role("link", name="Must be fixed (1)").click()
    assert "severity=must_fix" in page.url
    page.get_by_role("heading", name="Found something, must be fixed: 1 check", exact=True).wait_for()
    page.get_by_role("link", name="Is one figure given twice with two values?").click()
    assert "rule=CLAIM-02" in page.url
    page.get_by_role("heading", name="1 finding", exact=True).wait_for()
    context.close()


@pytest.mark.parametrize("path", ["/", "/dashboard/", "/money/", "/indicators/no_place_count/", "/report/"])
def test_everything_is_there_without_scripts(chromium, office, path):
    """The same words with scripts and without."""
    texts = []
    for scripts in (True, False):
        context = chromium.new_context(java_script_enabled=scripts, base_url=office)
        page = context.new_page()
        page.goto(path)
        texts.append(page.locator("body").inner_text())
        context.close()
    assert texts[0] == texts[1]


def test_nothing_is_refused_by_the_content_policy(page):
    """Styles, pictures and drawings all show: the strict policy stops nothing of ours."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in ("/", "/dashboard/", "/money/", "/indicators/no_place_count/", "/report/"):
        page.goto(path, wait_until="networkidle")
        broken = page.evaluate("[...document.images].filter(i => !i.naturalWidth).map(i => i.src)")
        assert broken == []
    assert complaints == []


@pytest.mark.parametrize(
    ("path", "link", "name"),
    [
        ("/indicators/no_place_count/", "Download these figures as CSV", "no_place_count.csv"),
        ("/indicators/no_place_count/", "Download PNG", "no_place_count-chart.png"),
        ("/charts/deficit/", "Download CSV", "deficit.csv"),
        ("/report/", "Monitoring report, April 2025: PDF", "kent-safety-valve-2025-04-report.pdf"),
        ("/report/", "Monitoring report, April 2025: Word", "kent-safety-valve-2025-04-report.docx"),
        ("/report/", "Indicators by month", "indicators.csv"),
    ],
)
def test_figures_and_documents_can_be_taken_away(page, path, link, name):
    page.goto(path)
    with page.expect_download() as taken:
        page.get_by_role("link", name=link).click()
    assert taken.value.suggested_filename == name
    assert taken.value.path().stat().st_size > 20


@pytest.mark.parametrize(
    ("path", "on_its_side"), [("/", False), ("/report/", False), ("/money/", True), ("/dashboard/", True)]
)
def test_on_paper_there_is_nothing_to_click_and_wide_tables_lie_on_their_side(page, path, on_its_side):
    page.goto(path)
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    assert not page.locator(".hn-inline-list, .hn-choices, .hn-footer__list").locator("visible=true").count()
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        assert {page.mediabox[2] > page.mediabox[3] for page in paper.pages} == {on_its_side}
