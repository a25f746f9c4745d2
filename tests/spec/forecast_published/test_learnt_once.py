"""What the shipped statistics teach is learnt once in a process; a folder of a council is learnt from every time."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from highneeds.forecast.published.lookback import look_back
from highneeds.forecast.published.outlook import first_january
from highneeds.forecast.published.panel import Break, panel_at
from highneeds.forecast.published.totals import MEMBERS, reaches
from highneeds.intake.published import open_pack
from published_rewritten import nothing, rewritten


def test_the_shipped_statistics_are_learnt_from_once():
    third = first_january(open_pack()) + 2
    assert look_back(open_pack(), third) is look_back(open_pack(), third)


def test_what_was_known_earlier_is_learnt_apart():
    pack, third = open_pack(), first_january(open_pack()) + 2
    assert look_back(pack.known_at(third), third) is not look_back(pack, third)
    assert len(look_back(pack, third + 1)) == len(look_back(pack, third)) + 1


def test_a_folder_may_have_changed_and_is_learnt_from_again(tmp_path):
    third = first_january(open_pack()) + 2
    folder = rewritten(tmp_path, third + 2, nothing)
    assert not folder.shipped and look_back(folder, third) is not look_back(folder, third)


def test_what_was_the_same_on_another_day_teaches_the_same():
    """Of an earlier day the newest figures are left out; those of an old January are the same figures."""
    pack, third = open_pack(), first_january(open_pack()) + 2
    now, then = panel_at(pack, third), panel_at(pack.known_on(date(2024, 7, 1)), third)
    assert now is not then and now.fingerprint == then.fingerprint
    assert reaches(now) is reaches(then)
    with pytest.raises(ValueError, match="read-only"):
        reaches(now)[:] = 0.0


def test_any_other_figure_teaches_anew():
    panel = panel_at(open_pack(), first_january(open_pack()) + 2)
    plans = panel.plans.copy()
    plans[0, -1] += 1
    ages = dict(panel.ages) | {"another": np.zeros(1)}
    changed = [
        replace(panel, plans=plans),
        replace(panel, plans=plans.T),
        replace(panel, councils=panel.councils[::-1]),
        replace(panel, ages=ages),
        replace(panel, ages={}, new_by_age=panel.ages),
        replace(panel, breaks=(*panel.breaks, Break("201", 2012, 900.0, 100.0))),
    ]
    assert len({panel.fingerprint, *(one.fingerprint for one in changed)}) == 7
    assert reaches(panel, MEMBERS[:1]) is not reaches(panel)
