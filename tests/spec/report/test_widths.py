"""Printed columns: by weight, never narrower than their longest word, together as wide as the page."""

from hypothesis import given
from hypothesis import strategies as st

from highneeds.report.blocks import DataTable, Row, TableColumn
from highneeds.report.render.widths import PADDING, widths


def table(*columns: tuple[str, float], row: tuple[str, ...] = ()) -> DataTable:
    cells = row or tuple("" for _ in columns)
    return DataTable(
        "table", "t", tuple(TableColumn(name, width=weight) for name, weight in columns), (Row.of(*cells),)
    )


def test_short_words_leave_the_weights_alone():
    assert [round(width) for width in widths(table(("a", 3), ("b", 1)), 174, 8.5)] == [130, 44]


def test_a_long_word_takes_what_it_needs_and_the_rest_is_shared():
    tight = table(("a", 1), ("b", 1), ("c", 8), row=("service_consultation_primary_senco", "b", "c"))
    first, second, third = widths(tight, 174, 8.5)
    assert first > 174 / 10 * 3
    assert round(third / second) == 8


def test_a_word_may_break_after_a_hyphen():
    whole = widths(table(("a", 1), ("b", 9), row=("overcommissioned", "")), 174, 8.5)[0]
    broken = widths(table(("a", 1), ("b", 9), row=("over-commissioned", "")), 174, 8.5)[0]
    assert broken < whole


@given(
    st.lists(
        st.tuples(st.text("abc ", max_size=60).map(lambda text: text + "x"), st.floats(0.5, 6)), min_size=1, max_size=18
    ),
    st.sampled_from((174.0, 261.0)),
)
def test_columns_fill_the_page_exactly(columns: list[tuple[str, float]], total: float):
    found = widths(table(*columns), total, 7.5)
    assert abs(sum(found) - total) < 1e-6
    assert min(found) > 0
    if max(len(name) for name, _ in columns) * len(columns) < 100:
        assert min(found) >= PADDING - 1e-6
