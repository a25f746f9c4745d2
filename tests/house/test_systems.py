"""Every one of the 105 systems has its code, page, section and tests, and every link leads somewhere."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from systems import systems  # noqa: E402

from highneeds.benchmarks.mechanism.compare import comparisons  # noqa: E402
from highneeds.indicators.mechanism.registry import indicators  # noqa: E402
from highneeds.registers.registry import registers  # noqa: E402
from highneeds.report.views.by_name import views  # noqa: E402

NUMBERS = {"A": 18, "B": 17, "C": 14, "D": 18, "E": 10, "F": 15, "G": 13}
SYSTEMS = systems()


def test_all_105_are_there_once_and_in_order():
    wanted = [f"{part}{number}" for part, most in NUMBERS.items() for number in range(1, most + 1)]
    assert [one.id for one in SYSTEMS] == wanted and len(wanted) == 105


def test_every_register_serves_a_system_of_the_list():
    known = {one.id for one in SYSTEMS}
    for register in registers().values():
        assert register.systems and set(register.systems.split()) <= known, register.name


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.id)
def test_a_system_keeps_its_links(system):
    assert system.code and system.pages and system.sections and system.tests, "every system needs all four"
    for path in (*system.code, *system.tests):
        assert (ROOT / path).exists(), f"{system.id}: {path} is gone"
    for section in system.sections:
        assert (ROOT / "src/highneeds/report/sections" / f"{section}.py").is_file(), f"{system.id}: {section}"
    assert all(path.startswith("tests/") and path.endswith(".py") for path in system.tests)
    assert not [page for page in system.pages if not is_there(page)]


def addresses() -> list[re.Pattern[str]]:
    """Every address of the pages and of the office, as patterns."""
    files = [ROOT / "src/highneeds/office" / name for name in ("site/urls.py", "team_urls.py")]
    written = [one for file in files for one in re.findall(r'path\("([^"]*)"', file.read_text(encoding="utf-8"))]
    return [re.compile(re.sub(r"<\w+:\w+>", "[^/]+", one)) for one in written]


def is_there(page: str) -> bool:
    """Whether an address leads to a page, and what it names is known."""
    kind, _, name = page.strip("/").partition("/")
    names = {
        "registers": registers(),
        "money": {one.name for one in views() if one.title},
        "indicators": {one.id for one in indicators()},
        "compare": {one.id for one in comparisons()},
    }
    known = not name or name in names.get(kind, {name})
    return known and any(one.fullmatch(page if page != "/" else "") for one in ADDRESSES)


ADDRESSES = addresses()


def test_an_address_that_nobody_serves_is_seen():
    assert is_there("/") and is_there("money/savings/")
    assert not is_there("overview/") and not is_there("money/delay/") and not is_there("registers/loans/")
