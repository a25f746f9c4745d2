"""A remark stays data: a code and its parameters."""

import pytest

from highneeds.vocabulary.note import Note


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
