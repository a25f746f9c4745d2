"""Which months and files of a workspace its computed figures come from."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from highneeds.caseload import Caseloads
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.of_workspace import (
    _inputs,
    _months,
    _must_be_of,
    _words,
    caseloads_of,
    computed_of,
    registers_of,
)
from highneeds.intake.workspace import read_workspace
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from memory_store import MemoryStore
from people_by_hand import caseload, child

COUNCIL = b"""name = "A"
la_number = "886"
first_year = "2024-25"
last_year = "2026-27"
slots = ["July"]
rollover_month = 8
[report]
number = 1
id = "2025-07"
submitted = "2025-07-01"
slot = "July"
current_year = "2025-26"
"""
CATALOGUE = "id,title,unit,good_direction,frequency,shown\nall_plans,Plans,count,none,monthly,{}\n"
REPORTED = b"indicator,period,value,state\nall_plans,2024-11,100,reported\nall_plans,2024-12,101,reported\n"


def workspace(shown="computed", **files):
    held = {"council.toml": COUNCIL, "indicators.csv": CATALOGUE.format(shown).encode(), "observations.csv": REPORTED}
    return read_workspace(documents(MemoryStore(held | files)))


def returned(*of) -> Caseloads:
    return Caseloads.of([caseload(child(), reference=date(*of))])


@pytest.mark.parametrize(
    ("shown", "ends", "months"),
    [
        ("computed", (2025, 2, 3), ["2024-11", "2024-12", "2025-01", "2025-02"]),
        ("computed", (2025, 1, 1), ["2024-11", "2024-12", "2025-01"]),
        ("computed", (2024, 12, 31), ["2024-11", "2024-12"]),
        ("computed", (2024, 10, 31), ["2024-11", "2024-12"]),
        ("reported", (2025, 2, 3), ["2024-11", "2024-12"]),
    ],
)
def test_months_are_those_of_the_dashboard_and_of_what_is_shown_as_computed(shown, ends, months):
    assert [str(month) for month in _months(workspace(shown), returned(*ends))] == months


def test_a_workspace_without_a_dashboard_has_the_months_of_a_year_and_one():
    none = replace(workspace("reported"), observations=())
    assert _months(none, returned(2025, 1, 16)) == tuple(Month(2024, 1).through(Month(2025, 1)))


def test_what_decides_the_figures_is_in_their_fingerprint():
    own, reported = workspace("computed"), workspace("reported")
    assert _words(own) == _words(reported) + " shown"
    assert _words(reported).startswith("886 CaseloadSettings(rollover_month=8, ")
    assert _words(reported).endswith(") 2024-11 2024-12")


def test_registers_that_are_not_kept_are_none():
    entries = {name: SimpleNamespace(rows=(name,)) for name in ("places", "unit_costs", "appeals", "phase_transfers")}
    assert registers_of(entries) == IndicatorRegisters(("places",), ("unit_costs",), ("appeals",), ("phase_transfers",))
    assert registers_of({}) == IndicatorRegisters()
    assert registers_of({"appeals": entries["appeals"]}) == IndicatorRegisters(appeals=("appeals",))


@pytest.mark.parametrize(("council", "refused"), [("886", False), ("", False), ("887", True)])
def test_a_return_of_another_council_is_refused(council, refused):
    one = SimpleNamespace(council=council, header=SimpleNamespace(file="header.csv"))
    if not refused:
        _must_be_of(one, "886")
        return
    with pytest.raises(InputError) as error:
        _must_be_of(one, "886")
    assert (error.value.what, str(error.value.where), error.value.remedy) == (
        "The return is of council 887, the workspace of 886",
        "caseload/header.csv",
        "Take the return out of caseload/, or use the workspace of that council",
    )


def test_the_files_beside_a_caseload_decide_its_figures_too():
    files = {
        "establishments.csv": b"a\n",
        "registers/places.csv": b"a\n",
        "finance/unit_costs.csv": b"a\n",
        "registers/appeals.csv": b"a\n",
        "registers/phase_transfers.csv": b"a\n",
        "registers/risks.csv": b"a\n",
        "caseload/SYNTHETIC.txt": b"invented\n",
    }
    folder = documents(MemoryStore(files))
    assert [path.name for path in _inputs(folder)] == [
        "establishments.csv",
        "places.csv",
        "unit_costs.csv",
        "appeals.csv",
        "phase_transfers.csv",
        "SYNTHETIC.txt",
    ]


def test_a_workspace_without_a_return_has_no_computed_figures():
    own = workspace()
    assert computed_of(own, {}) is None
    assert caseloads_of(own, caseload(child()).settings) is None
