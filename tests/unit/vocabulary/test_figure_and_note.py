"""A remark and a figure stay data: codes and parameters, values and states."""

from datetime import date
from decimal import Decimal

import pytest

from highneeds.vocabulary.figure import Figure
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit


def test_a_note_is_its_code_and_what_it_says_it_of():
    note = Note.of("unit_cost.no_line", sector="independent", phase="post-16", sources=("REPORT line 3",))
    assert (note.topic, note["sector"], note.values) == (
        "unit_cost",
        "independent",
        {"sector": "independent", "phase": "post-16"},
    )
    assert note == Note("unit_cost.no_line", (("sector", "independent"), ("phase", "post-16")), ("REPORT line 3",))
    assert note != Note.of("unit_cost.no_line", sector="independent", phase="primary")


@pytest.mark.parametrize("code", ["", "cost", "cost.", ".estimate", "Cost.estimate", "cost.an estimate", "a.b.c"])
def test_a_sentence_is_no_code(code):
    with pytest.raises(ValueError, match="no code of a note"):
        Note(code)


def test_a_parameter_has_one_value():
    with pytest.raises(ValueError, match="two parameters have one name"):
        Note("cost.absent", (("setting", "a"), ("setting", "b")))


@pytest.mark.parametrize("state", list(State))
def test_a_figure_has_a_value_where_its_state_says_so_and_nowhere_else(state):
    value = Decimal("37.45") if state.has_value else None
    assert Figure(value, Unit.PERCENT, state).state is state
    with pytest.raises(ValueError, match="value"):
        Figure(None if state.has_value else 0, Unit.PERCENT, state)


def test_zero_is_a_figure():
    assert Figure(0, Unit.COUNT, State.REPORTED).rounded == 0
    assert Figure.gap(Unit.COUNT, State.NOT_REPORTED).rounded is None


def test_it_is_rounded_for_showing_by_its_own_decimals_else_its_units():
    share = Figure(Decimal("37.45"), Unit.PERCENT, State.COMPUTED)
    assert (share.rounded, share.value) == (Decimal("37.5"), Decimal("37.45"))
    assert Figure(Decimal("37.45"), Unit.PERCENT, State.COMPUTED, decimals=0).rounded == 37


def test_a_report_uses_what_was_known_on_its_day():
    figure = Figure(5, Unit.COUNT, State.REPORTED, known_on=date(2025, 7, 22))
    assert figure.is_known_on(date(2025, 7, 22)) and not figure.is_known_on(date(2025, 7, 21))
    assert Figure(5, Unit.COUNT, State.REPORTED).is_known_on(date(1900, 1, 1))
