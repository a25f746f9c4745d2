"""The dashboard of an invented council as it goes out, whole: each figure, each mark, in four months.

What is hidden has to be hidden (`tests/properties/test_disclosure.py`); here it is held that no more is, that totals
are hidden last, and that neither changes unnoticed.
"""

import random

from attack.outsider import WINDOW, any_person
from highneeds.caseload import Caseloads
from highneeds.indicators.mechanism.disclosure import HIDDEN
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.measure import IndicatorValue, measure
from highneeds.indicators.mechanism.outgoing import outgoing
from highneeds.vocabulary.state import State
from on_file import held
from people_by_hand import caseload, child, placed

ABSENT = {("all_plans", "2024-12"), ("ceased_count", "2024-11"), ("assess_agreed_pct", "2025-01")}
PLACES = ("MsMdA", "SpMdA", "MsMdA", "SpIn", "GFE", "RP", "SP16", "SpNm", "MsMdA", "NIEO", "MsIn")


def dashboard() -> tuple[IndicatorValue, ...]:
    """420 people in the pipeline or leaving it, 150 placed, most of school age; three figures are missing."""
    chance = random.Random(4)
    people = [any_person(chance) for _ in range(420)]
    people += [child(placed(PLACES[at % 11]), birth=f"{2003 + at * at % 19}-05-05") for at in range(150)]
    inside = measure(IndicatorInputs(Caseloads.of([caseload(*people)])), WINDOW)
    return tuple(one for one in inside if (one.indicator.id, str(one.period)) not in ABSENT)


def printed(one: IndicatorValue) -> str:
    if one.reason == HIDDEN:
        assert (one.part, one.whole, one.value, one.state) == (None, None, None, State.UNAVAILABLE)
        return "c"
    return f"{one.part}/{one.whole}" if one.part is not None else str(one.value)


def table(figures: tuple[IndicatorValue, ...]) -> list[str]:
    rows: dict[str, dict[str, str]] = {}
    for one in figures:
        rows.setdefault(one.indicator.id, {})[str(one.period)] = printed(one)
    months = [str(month) for month in WINDOW]
    cells = {name: [row.get(month, "-") for month in months] for name, row in rows.items()}
    return [f"{name}: {' '.join(row)}" for name, row in cells.items() if set(row) - {"None", "-"}]


def test_a_dashboard_goes_out_as_it_is_on_file():
    inside = dashboard()
    outside, of_ten = (table(outgoing(inside, *threshold)) for threshold in ((), (10,)))
    held("outgoing", ["Inside", *table(inside), "", "As it goes out", *outside, "", "Counts under ten hidden", *of_ten])
