"""A dashboard printed as page text, damaged the way page extraction damages it, is read back cell by cell."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from highneeds.intake.dashboard import Confidence, read_dashboard
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State

WORDS = (
    "reviews",
    "plans",
    "of children",
    "in nurseries",
    "with a tutor",
    "by age",
    "waiting",
    "at home",
    "in colleges",
)
FRAGMENTS = ("No fig", "ures this y", "ear from th", "e team")
FIRST = Month(2031, 5)


@st.composite
def figures(draw: st.DrawFn, count: int) -> list[str]:
    kind = draw(st.sampled_from(("count", "percent", "pounds")))
    numbers = draw(st.lists(st.integers(0, 99_999), min_size=count, max_size=count))
    return [{"count": f"{n:,}", "percent": f"{n / 1000:.1f}%", "pounds": f"£{n:,}"}[kind] for n in numbers]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[tuple[Decimal | None, State]]]]:
    """Lines of page text, and what every row of it says."""
    months = draw(st.integers(6, 14))
    labels = [f"{FIRST.plus(step).label[:3]}-{FIRST.plus(step).year % 100}" for step in range(months)]
    lines = ["\t".join(["Agreement Condition 1: Count the gulls", "Data Source", *labels])]
    truth = []
    for number in range(draw(st.integers(2, 8))):
        cells = draw(figures(months))
        said: list[tuple[Decimal | None, State]] = [(value(text), State.REPORTED) for text in cells]
        for place in range(months):
            change = draw(st.sampled_from(("keep", "keep", "keep", "dash", "blank", "label")))
            if change == "dash":
                cells[place], said[place] = "-", (None, State.NOT_REPORTED)
            elif change == "blank":
                cells[place], said[place] = "", (None, State.BLANK)
            elif change == "label":
                cells[place] = f"{labels[place]} {cells[place]}"
        if draw(st.booleans()):  # a message across four cells, between two cells that hold something
            start = draw(st.integers(1, months - 5))
            cells[start - 1], said[start - 1] = "7", (Decimal(7), State.REPORTED)
            cells[start + 4], said[start + 4] = "8", (Decimal(8), State.REPORTED)
            for place, fragment in enumerate(FRAGMENTS, start=start):
                cells[place], said[place] = fragment, (None, State.UNAVAILABLE)
        title = f"Number {number} {draw(st.sampled_from(WORDS))}"
        lines.append("\t".join([title, "MI", *cells]))
        truth.append(said)
        if draw(st.booleans()):
            lines += ["", "page 3 of 9", "\t".join(["a stray remark", *[""] * months, "1"])]  # a page break
    return lines, truth


def value(text: str) -> Decimal:
    return Decimal(text.strip("£%").replace(",", ""))


@settings(max_examples=150, deadline=None)
@given(tables())
def test_every_cell_of_a_damaged_table_is_read_as_it_was_printed(table):
    lines, truth = table
    rows = read_dashboard("\n".join(lines)).rows
    assert [[(cell.value, cell.state) for cell in row.cells] for row in rows] == truth


def test_rows_run_together_are_taken_apart_again():
    """Each line repeats the end of the one before; the last row has no figure left and is blank."""
    lines = [
        "Agreement Condition 3: Mend boats\tSource\tMay-31\tJun-31\tJul-31",
        "Percentage of berths filled - North pier\tHarbour\tMay-31 10.5%\t11.5%\t12.5%",
        "- North pier\t\t\t11.5%\t",
        "- North pier Percentage of berths\tHarbour\t10.5%\t11.5%\t12.5%",
        "- North pier Percentage of berths filled - South pier Agreement Condition 4: Feed gulls\tHarbour"
        "\t10.5%\t11.5%\t12.5%",
        "- North pier Percentage of berths filled - South pier Agreement Condition 4: Feed gulls often Average cost of"
        " bread\tHarbour\t10.5% 20.1%\t11.5% 20.2%\t12.5% 20.3%",
    ]
    rows = read_dashboard("\n".join(lines)).rows
    assert [(row.condition, row.title) for row in rows] == [
        (3, "Percentage of berths filled - North pier"),
        (3, "Percentage of berths filled - South pier"),
        (4, "Average cost of bread"),
    ]
    assert [[cell.value for cell in row.cells] for row in rows] == [
        [Decimal("10.5"), Decimal("11.5"), Decimal("12.5")],
        [Decimal("20.1"), Decimal("20.2"), Decimal("20.3")],
        [None, None, None],
    ]
    assert {cell.confidence for cell in rows[2].cells} == {Confidence.MEDIUM}


def test_a_message_over_several_rows_covers_the_same_cells_below_it():
    lines = [
        "\tSource\tMay-31\tJun-31\tJul-31\tAug-31",
        "Number of boats\tMI\t-\tnot kno\twn yet\t-",
        "Number of oars\tMI\t-\t\t\t-",
        "Number of sails\tMI\t4\t\t\t",
    ]
    rows = read_dashboard("\n".join(lines)).rows
    gaps = [[cell.state for cell in row.cells] for row in rows]
    dash, none, blank = State.NOT_REPORTED, State.UNAVAILABLE, State.BLANK
    assert gaps == [[dash, none, none, dash], [dash, none, none, dash], [State.REPORTED, blank, blank, blank]]
    assert rows[1].cells[1].confidence is Confidence.MEDIUM and rows[1].cells[1].message == "not known yet"


def test_a_header_of_financial_years_changes_what_the_columns_mean():
    lines = [
        "\tSource\tMay-31\tJun-31\tJul-31",
        "\t\t\t2030-31\t2031-32",
        "Commissioned berths\tHarbour\t\t40\t44",
    ]
    (row,) = read_dashboard("\n".join(lines)).rows
    assert [(str(cell.period), cell.value) for cell in row.cells] == [
        ("2030-31", Decimal(40)),
        ("2031-32", Decimal(44)),
    ]


def test_lines_that_are_no_rows_are_listed():
    lines = ["\tSource\tMay-31\tJun-31", "Number of boats\tMI\t4\t5", "smudge on the page\t\t\t1"]
    left = read_dashboard("\n".join(lines)).left_out
    assert [(line.line, line.text) for line in left] == [(3, "smudge on the page 1")]
