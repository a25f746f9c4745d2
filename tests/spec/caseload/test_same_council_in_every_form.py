"""One council in every form and layout: byte for byte the same indicators wherever the layout carries their fields.

Where it does not, the indicator is unavailable and says which field which layout lacks.
"""

from datetime import date

import pytest

from cli_runner import run
from highneeds.indicators.mechanism.registry import indicators
from highneeds.intake.published import open_pack
from highneeds.invented.caseload.council import synthesise
from highneeds.invented.caseload.forms import write_blade, write_template, write_workbook, write_xml
from highneeds.invented.caseload.margins import margins

AS_AT = date(2024, 1, 18)
USUAL = "csv 2025"


def blade(year: int):
    return lambda tables, folder: write_blade(tables, year, folder, AS_AT)


FORMS = {
    "csv 2023": blade(2023),
    "csv 2024": blade(2024),
    "csv 2025": blade(2025),
    "csv 2026": blade(2026),
    "xml 2026": lambda tables, folder: write_xml(tables, 2026, folder / "return.xml"),
    "template": lambda tables, folder: write_template(tables, 2025, folder / "t.xlsx"),
    "template, review dates swapped": lambda tables, folder: write_template(
        tables, 2025, folder / "t.xlsx", swapped=True
    ),
    "workbook": lambda tables, folder: write_workbook(tables, 2025, folder / "w.xlsx"),
}
PHASE_TRANSFERS = {f"phase_transfer_final_{when}_count" for when in ("on_time", "late", "none")}
LACKING = {"csv 2023": PHASE_TRANSFERS, "csv 2024": PHASE_TRANSFERS}


@pytest.fixture(scope="module")
def dashboards(tmp_path_factory) -> dict[str, dict[str, list[str]]]:
    """form -> indicator -> its lines as the command prints them."""
    home = tmp_path_factory.mktemp("forms")
    council = synthesise(margins(open_pack(), "302", AS_AT, 0.1), AS_AT, seed=5)
    council.schools.frame.write_csv(home / "gias.csv")
    found = {}
    for form, write in FORMS.items():
        folder = home / form
        folder.mkdir()
        write(council.written.tables, folder)
        words = ("--establishments", home / "gias.csv", "--from", "2023-06", "--to", "2024-01", "--format", "csv")
        done = run("indicators", "--caseload", folder, *words)
        assert done.code == 0, done.err
        found[form] = by_indicator(done.out)
    return found


def by_indicator(text: str) -> dict[str, list[str]]:
    lines: dict[str, list[str]] = {}
    for line in text.splitlines()[1:]:
        lines.setdefault(line.split(",")[0], []).append(line)
    return lines


def test_the_dashboard_is_whole_and_most_of_it_is_computed(dashboards) -> None:
    assert set(dashboards[USUAL]) == {one.id for one in indicators()}
    computed = [name for name, lines in dashboards[USUAL].items() if any(",computed," in line for line in lines)]
    assert len(computed) > 40


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_figures_byte_for_byte(dashboards, form: str) -> None:
    lacking = LACKING.get(form, set())
    differing = [name for name, lines in dashboards[form].items() if lines != dashboards[USUAL][name]]
    assert set(differing) == lacking


@pytest.mark.parametrize("form", LACKING)
def test_what_a_layout_lacks_is_said_by_field_and_layout(dashboards, form: str) -> None:
    kind, year = form.split()
    for name in LACKING[form]:
        for line in dashboards[form][name]:
            assert ",unavailable," in line and "phasetransferduedate" in line
            assert f"the {year} {kind} layout does not carry" in line
