"""One council in every form and layout: the same indicators, or `unavailable` naming field and layout."""

from datetime import date
from pathlib import Path

import pytest

from highneeds.caseload import Caseloads, from_return
from highneeds.caseload.synthetic.forms import write_blade, write_template, write_workbook, write_xml
from highneeds.indicators.given import Given
from highneeds.indicators.measure import measure
from highneeds.intake.establishments import read_establishments
from highneeds.intake.sen2.read import read_sen2
from highneeds.vocabulary.period import Month
from sen2_tables import KEY, tables, write_establishments

PEOPLE = 80
MONTHS = (Month(2024, 8), Month(2024, 9), Month(2025, 1))


def blade(year):
    return lambda council, folder: write_blade(council, year, folder, date(2025, 2, 1))


FORMS = {
    "csv 2023": blade(2023),
    "csv 2024": blade(2024),
    "csv 2026": blade(2026),
    "xml 2026": lambda council, folder: write_xml(council, 2026, folder / "return.xml"),
    "template": lambda council, folder: write_template(council, 2025, folder / "template.xlsx"),
    "template with swapped review dates": lambda council, folder: write_template(
        council, 2025, folder / "template.xlsx", swapped=True
    ),
    "workbook": lambda council, folder: write_workbook(council, 2025, folder / "workbook.xlsx"),
}


@pytest.fixture(scope="module")
def council():
    return tables(PEOPLE)


def dashboard(write, council, folder: Path):
    folder.mkdir()
    write(council, folder)
    listed = read_establishments(write_establishments(folder.parent / "establishments.csv", PEOPLE))
    made = from_return(read_sen2(folder, key=KEY, establishments=listed))
    return {(one.indicator.id, one.period): one for one in measure(Given(Caseloads.of([made])), MONTHS)}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_council_gives_the_same_figures(form, council, tmp_path):
    usual = dashboard(blade(2025), council, tmp_path / "usual")
    other = dashboard(FORMS[form], council, tmp_path / "other")
    lacking = {key for key, one in other.items() if "does not carry" in one.reason}
    for key, one in other.items():
        if key not in lacking:
            assert one.row == usual[key].row, key
    names = {name for name, _ in lacking}
    assert all(name.startswith("phase_transfer_final") for name in names)
    assert bool(names) == (form in ("csv 2023", "csv 2024"))
    assert all("phasetransferduedate" in other[key].reason for key in lacking)
