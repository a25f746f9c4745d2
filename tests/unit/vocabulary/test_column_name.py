"""What the name of a column says: its unit, whether it is a month, and its words."""

import pytest

from highneeds.report.words.heads import head
from highneeds.report.words.plainly import plain_names
from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.unit import Unit

NAMES = [  # name, unit, words without it, head of the column
    ("closing_deficit_gbp", Unit.GBP, "closing deficit", "Closing deficit, £"),
    ("dfe_payment_gbp", Unit.GBP, "dfe payment", "DfE payment, £"),
    ("gbp", Unit.GBP, "gbp", "£"),
    ("gbp_per_place", Unit.GBP, "gbp per place", "£ per place"),
    ("upheld_pct", Unit.PERCENT, "upheld", "Upheld, %"),
    ("agreed_percent", Unit.PERCENT, "agreed", "Agreed, %"),
    ("closing_gbp_change", Unit.GBP, "closing change", "Closing change, £"),
    ("months_left", None, "months left", "Months left"),
    ("gbpound", None, "gbpound", "Gbpound"),
]
STEMS = {
    "gbp_per_place": "gbp_per_place",
    "closing_deficit_gbp": "closing_deficit",
    "closing_gbp_change": "closing_change",
    "gbp_change": "gbp_change",
    "share_percent": "share",
    "variance_pct_change": "variance_change",
    "places": "places",
}


@pytest.mark.parametrize(("name", "unit", "plain", "shown"), NAMES)
def test_the_name_of_a_column_says_its_unit_and_its_words(name, unit, plain, shown):
    column = ColumnName(name)
    assert (column.unit, column.plain, head(name)) == (unit, plain, shown)
    assert column.is_money == (unit is Unit.GBP)


def test_what_is_left_of_a_name_without_its_unit():
    assert {name: ColumnName(name).stem for name in STEMS} == STEMS


def test_a_table_knows_the_kind_of_each_of_its_columns():
    table = Table.of(("first_month", "saved_gbp", "note"), [("2024-01", 5, "")])
    assert [(one.is_month, one.is_money) for one in table.names] == [(True, False), (False, True), (False, False)]


def test_names_inside_a_sentence_become_words_and_a_chance_stays_per_cent():
    said = "dfe_payment_gbp and chance_percent are empty; gbp_per_place too"
    assert plain_names(said) == "DfE payment and chance per cent are empty; pounds per place too"
