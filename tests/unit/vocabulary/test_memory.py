"""A run looks for no unused rings of objects; whoever called it does so again afterwards."""

import gc

import pytest

from highneeds.vocabulary.memory import seldom_collected, uncollected


def test_nothing_is_looked_for_within_and_again_afterwards():
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_looked_for_again_after_a_failure():
    with pytest.raises(ValueError, match="no"), uncollected():
        raise ValueError("no")
    assert gc.isenabled()


def test_who_had_switched_it_off_finds_it_off():
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_is_looked_seldom_within_and_as_often_as_before_afterwards():
    before = gc.get_threshold()
    gc.set_threshold(700, 9, 8)
    try:
        with seldom_collected():
            assert gc.isenabled() and gc.get_threshold() == (20_000, 10, 20)
        assert gc.get_threshold() == (700, 9, 8)
    finally:
        gc.set_threshold(*before)
