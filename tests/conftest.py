"""What every test may lean on: where Kent is, and where the founding texts are."""

import gc
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from soaking import soak_share

REPOSITORY = Path(__file__).resolve().parents[1]
KENT = REPOSITORY / "examples" / "kent"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Time is measured in benchmarks/, never in a test: a slow machine makes no example wrong.
# The same examples each time, so that a change is what failed; `make soak` loads the other profile, with fresh ones.
# Said in both, since with CI set Hypothesis begins from a profile that has the same ones.
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("highneeds", QUIET, derandomize=True)
settings.register_profile("soak", QUIET, derandomize=False, max_examples=soak_share(2000))
settings.load_profile("highneeds")


def pytest_collection_finish() -> None:
    """Look less often for rings of unused objects, and never through what was imported: it stays until the end.

    Every look goes through all that is held: a fifth of the processor time where reports and claims are tested.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


@pytest.fixture(scope="session", autouse=True)
def linkage_key_of_the_tests(tmp_path_factory):
    """A command that is given no key makes one here, and not in the settings of whoever runs the tests."""
    before = os.environ.get("HIGHNEEDS_KEY")
    os.environ["HIGHNEEDS_KEY"] = str(tmp_path_factory.mktemp("settings") / "linkage.key")
    yield
    os.environ.pop("HIGHNEEDS_KEY")
    if before is not None:
        os.environ["HIGHNEEDS_KEY"] = before


@pytest.fixture(scope="session")
def kent() -> Path:
    return KENT


@pytest.fixture(scope="session")
def kept(tmp_path_factory) -> Path:
    """Where forecasts, caseloads and drawings are kept, so that all tests of a session make Kent's once."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "kept"


@pytest.fixture(scope="session")
def founding_texts() -> Path:
    """The folder of the two founding texts. They are not part of the product: absent, these tests are skipped, except
    under CI, where they must run."""
    folder = Path(os.environ.get("HIGHNEEDS_SOURCES", REPOSITORY.parent / "shared" / "source"))
    if not folder.is_dir():
        message = f"the founding texts are not in {folder}; set HIGHNEEDS_SOURCES"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium without windows, which needs two thirds of the time of the whole one on the same pages.

    Without it these tests fail where CI=true, and say that they are left out elsewhere.
    """
    program = shutil.which("chromium-headless-shell")
    if program is None:
        say = (
            "Chromium is not installed, so no page was opened in a browser. "
            "On Debian: apt-get install chromium-headless-shell"
        )
        pytest.fail(say) if os.environ.get("CI") == "true" else pytest.skip(say)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        _wait_for_pages(patch)
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def _wait_for_pages(patch: pytest.MonkeyPatch) -> None:
    """What may open another page is followed by a wait until that has come: no test reads the page before it.

    The action itself returns when the other page has begun to arrive.
    """
    from playwright.sync_api import Locator, Page

    for kind in (Page, Locator):
        for name in ("click", "press"):
            patch.setattr(kind, name, _and_wait(getattr(kind, name)))


def _and_wait(act):
    def acted(where, *words, **options):
        page = getattr(where, "page", where)
        act(where, *words, **options)
        page.wait_for_load_state("load")

    return acted
