"""A likely code is suggested where one is, and none where two are as likely or nothing is alike."""

import pytest

from highneeds.intake.mapping.suggest import FLAGS, WORDS, suggested
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.sen2.rows import MODULES


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("requestoutcome", "Refuse to Assess", "N"),
        ("requestoutcome", "AGREED", "Y"),
        ("requestoutcome", "Not agreed", "N"),
        ("requestoutcome", "awaiting a decision", "A"),
        ("ceasereason", "Needs met w/out plan", "2"),
        ("ceasereason", "Moved to another Authority", "5"),
        ("sensetting", "Home-educated", "EHE"),
        ("sentype", "Autism (ASC)", "ASD"),
        ("sentype", "Speech, Language & Communication", "SLCN"),
        ("sex", "Femal", "F"),
        ("week20", "Yes", "1"),
        ("requestoutcome", "Blue", ""),
        ("sentype", "learning difficulty", ""),
    ],
)
def test_the_likely_code(column, value, code):
    assert suggested(column, value, {})[0] == code


def test_what_the_council_says_of_other_values_helps():
    assert suggested("ceasereason", "Case closed by panel B", {})[0] == ""
    assert suggested("ceasereason", "Case closed by panel B", {"Case closed by panel A": "9"}) == (
        "9",
        "Case closed by panel A",
    )


def test_only_codes_of_sen2_are_suggested():
    fields = {name: field for module in MODULES for name, field in every_column(module).items()}
    for column, codes in WORDS.items():
        assert not fields[column].codes or set(codes) <= fields[column].codes, column
    assert set(FLAGS) <= set(fields)
