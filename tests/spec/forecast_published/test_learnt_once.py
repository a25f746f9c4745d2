"""What the shipped statistics teach is learnt once in a process; a folder of a council is learnt from every time."""

from highneeds.forecast.published.lookback import look_back
from highneeds.forecast.published.outlook import first_january
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
