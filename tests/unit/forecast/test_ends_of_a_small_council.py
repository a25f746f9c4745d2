"""How many plans end in a council whose own ends are few: its level leans on its region's."""

from types import SimpleNamespace

import numpy as np
import pytest

from highneeds.forecast.learning import borrowed
from highneeds.intake.published import open_pack


@pytest.mark.parametrize(
    ("ended", "years", "level"),
    [
        (0.0, 3.0, 1.2),  # none ended: the region's level alone
        (1.0, 1.0, (1 + 30 * 1.2) / (10 + 30)),  # one a year counts, against ten expected
        (6.0, 3.0, (2 + 30 * 1.2) / (10 + 30)),  # the mean of three years
    ],
)
def test_ends_of_a_year_are_held_against_those_expected(monkeypatch, ended, years, level):
    published = {"total_ceased": ended, "years:total_ceased": years}
    monkeypatch.setattr(borrowed.evidence, "processes", lambda *asked, **of: published)
    monkeypatch.setattr(borrowed, "default", lambda name: SimpleNamespace(value={"ends_pooling_weight": 30.0}[name]))
    found = borrowed._level_of_ends(open_pack(), "302", np.array([[4.0, 6.0]]), 1.2)
    assert found == pytest.approx(level)
