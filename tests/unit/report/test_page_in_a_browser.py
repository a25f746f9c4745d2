"""The self-contained page in a browser: axe finds nothing, and no width makes it scroll sideways."""

import pytest

from highneeds.report.render import html
from unit.report.worked_example import worked_example

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 320])
def test_page_fits_and_axe_finds_no_failure(chromium, tmp_path, width):
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "report.html").write_bytes(html.render(worked_example()))
    page = chromium.new_page(viewport={"width": width, "height": 900})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "report.html").as_uri())
    for details in page.locator("details summary").all():
        details.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [finding["id"] for finding in Axe().run(page).response["violations"]] == []
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    page.close()
