"""One small drawing of every kind of chart, mark by mark. Write them: python tests/golden/drawings.py"""

import pytest

from golden.drawings import FOLDER, charts, drawings

FOUND = drawings()
ALT = {
    "line": (
        "Line chart. Overdue reviews: 720 in Jul 2024 to 610 in Dec 2024, lowest 610 in Dec 2024, highest 735"
        " in Aug 2024; no figure for 1 of 6. Process limits 600 to 800 around a mean of 700. 1 of the points "
        "signal a change."
    ),
    "two-lines": (
        "Line chart. Overdue reviews: 720 in Jul 2024 to 610 in Dec 2024, lowest 610 in Dec 2024, highest 735"
        " in Aug 2024; no figure for 1 of 6. Other councils: 700 in Jul 2024 to 695 in Dec 2024, lowest 695 "
        "in Dec 2024, highest 710 in Sep 2024."
    ),
    "fan": (
        "Fan chart. Promised: £40m in 2023-24 to −£5m in 2026-27, lowest −£5m in 2026-27, highest £40m in "
        "2023-24. Achieved: £45m in 2023-24 to £38m in 2024-25; no figure for 2 of 4. By 2026-27, 80% of "
        "outcomes lie between £10m and £80m."
    ),
    "bars": "Bar chart. Eastmoor £30m; B £12m; A council with a name of many words in it −£4m.",
    "multiples": (
        "3 small line charts. Overdue reviews: 720 in Jul 2024 to 610 in Dec 2024, lowest 610 in Dec 2024, "
        "highest 735 in Aug 2024; no figure for 1 of 6. Other councils: 700 in Jul 2024 to 695 in Dec 2024, "
        "lowest 695 in Dec 2024, highest 710 in Sep 2024. Plans: 5 in Jul 2024 to 5 in Dec 2024."
    ),
    "waterfall": (
        "Waterfall from 2024-25 £20m to 2025-26 £31m: Top-ups £12m; Savings −£4m; Other £3m. Named without a "
        "figure: Grants."
    ),
    "flows": "Flows. from Mainstream to Special: 96; from Special to Mainstream: 20.",
    "funnel": "Funnel. Requests 400; Agreed 260, 65%; Plans 190.",
    "gantt": (
        "Timeline. Elm: planned Sep 2025, now Sep 2025; Oak: planned Jan 2026, now Sep 2026; Ash: planned Sep"
        " 2026, no date."
    ),
    "pyramid": "Bars back to back, 2019 and 2024. Under 5: 5 and 9; Age 5 to 10: 40 and no figure.",
}


def test_every_drawing_is_on_file():
    assert {path.name for path in FOLDER.glob("*.svg")} == set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_a_drawing_is_as_it_was(name):
    assert FOUND[name] == (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("chart", list(charts()), ids=lambda chart: chart.id)
def test_a_drawing_says_in_words_what_it_shows(chart):
    assert chart.alt == ALT[chart.id]
