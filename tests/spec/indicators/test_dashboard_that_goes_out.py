"""The dashboard of an invented council as it goes out, whole: each figure, each mark, in four months.

What is hidden has to be hidden (`tests/properties/test_disclosure.py`); here it is held that no more is, that totals
are hidden last, and that neither changes unnoticed.
"""

import random
from dataclasses import replace

from attack.outsider import WINDOW, any_person
from highneeds.caseload import Caseloads
from highneeds.indicators.mechanism.disclosure import HIDDEN
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.measure import IndicatorValue, measure
from highneeds.indicators.mechanism.outgoing import _add_period, _System, outgoing
from highneeds.intake.sen2.rows import Request, YoungPerson
from highneeds.vocabulary.state import State
from on_file import held
from people_by_hand import caseload, child, day, placed

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


def small_dashboard() -> tuple[IndicatorValue, ...]:
    """November and December of a council that agreed four requests and declined three in December."""
    agreed = Request(received_date=day("2024-12-05"), outcome="Y", outcome_date=day("2024-12-20"))
    people = [YoungPerson(requests=(agreed,))] * 4 + [YoungPerson(requests=(replace(agreed, outcome="N"),))] * 3
    return measure(IndicatorInputs(Caseloads.of([caseload(*people)])), WINDOW[1:3])


def test_a_small_count_has_room_for_four_more_and_not_for_three():
    """Agreed 4 and declined 3 of 7: were 7 shown, nobody could take the agreed for more than 7, three above."""
    shown = {one.indicator.id: printed(one) for one in outgoing(small_dashboard()) if one.period == WINDOW[2]}
    assert {shown[name] for name in ("assess_agreed_count", "assess_declined_count", "decisions_6_weeks_pct")} == {"c"}


def test_how_the_counts_of_two_months_hang_together_is_on_file():
    """Every sum as it comes to nought, what it is that nobody knows, and which counts are hidden last."""
    system = _System()
    for month in WINDOW[1:3]:
        _add_period(system, month, [one for one in small_dashboard() if one.period == month])
    names = {number: f"{period} {'.'.join(cell)}" for (period, cell), number in system.at.items()}
    said = [
        f"{names[at]}: {value + 0:g}{'' if system.known[at] else ' unknown'}{' printed' if system.printed[at] else ''}"
        f"{' last' if system.costly[at] else ''}"
        for at, value in enumerate(system.values)
    ]
    said += [" ".join(f"{sign:+d} {names[at]}" for at, sign in line) for line in system.lines]
    held("outgoing_sums", said)


def test_a_dashboard_goes_out_as_it_is_on_file():
    inside = dashboard()
    outside, of_ten = (table(outgoing(inside, *threshold)) for threshold in ((), (10,)))
    held("outgoing", ["Inside", *table(inside), "", "As it goes out", *outside, "", "Counts under ten hidden", *of_ten])
