"""From text to sentences: what is joined, what is left out, and on which line each begins."""

import pytest

from highneeds.claims.language.passages import LONGEST, is_sentence, sentences_in, sentences_of_paragraph
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import RestatedLines, Source, restated_lines


def texts(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in sentences_in(text, "x")]


def test_a_sentence_broken_over_lines_is_one_and_stands_on_its_first_line():
    text = "- The number of plans issued within\n 20 weeks has improved\n and stands at 89.9%. It was lower.\n"
    assert texts(text) == [
        (1, "The number of plans issued within 20 weeks has improved and stands at 89.9%."),
        (3, "It was lower."),
    ]


def test_a_sentence_that_runs_on_past_a_page_break_is_one():
    text = "Engagement with the education sector through the early years work has\n\nbeen continuous in this quarter."
    assert len(texts(text)) == 1


def test_an_opener_is_read_with_the_sentence_it_opens():
    assert len(texts("In relation to post-16 provision. The share was 35.9% in January 2025.")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Percentage overdue\tMI\t51.1\t48.9\t47.6\t44.5",
        "| Overdue | 37.5% | 35.0% |",
        "Page 3 of 12",
        "7 1 24",
        "Year 9 Cohort 2027 beside 2026 810 615 640 640 640",
        "\t\tIn relation to\tfall reducing tasked\tthe over n umber of",
        "# Condition 3 in 2024",
    ],
)
def test_what_is_no_sentence_makes_none(line):
    assert texts(line) == []


def test_chart_labels_run_into_a_sentence_are_cut_off():
    assert texts("The share is as shown below. Decisions to Assess 60.0% 50.0% 37.0% 40.2% 45.9%") == [
        (1, "The share is as shown below.")
    ]


def test_prose_in_a_table_cell_is_read():
    row = "Condition 3: Review the system\tUpdate 1 (April) G\tThere were 7,765 overdue annual reviews in January 2025."
    assert texts(row) == [(1, "There were 7,765 overdue annual reviews in January 2025.")]


def test_html_keeps_its_lines_and_loses_its_tags():
    text = (
        "<html><style>p {width: 37%}</style>\n<p>In January 2025, <b>7,765</b> annual\nreviews were overdue.</p></html>"
    )
    assert texts(text) == [(2, "In January 2025, 7,765 annual reviews were overdue.")]


def test_a_tag_parts_words_on_one_line():
    assert texts("<p>There were 5 late.</p><p>There were 6 late.</p>") == [
        (1, "There were 5 late."),
        (1, "There were 6 late."),
    ]


def test_a_decimal_at_the_start_of_a_line_is_no_list_number():
    assert texts("37.4% of pupils were in specialist provision.")[0][1].startswith("37.4%")


def test_abbreviations_do_not_end_a_sentence():
    assert len(texts("The cost was approx. £53m in Nov. 2024, i.e. more than planned.")) == 1


@pytest.mark.parametrize(
    ("bracket", "restates"),
    [
        ("REPORT 124-130", RestatedLines("REPORT", 124, 130)),
        ("REPORT 124 – 130", RestatedLines("REPORT", 124, 130)),
        ("PUBLIC_PAGE 7", RestatedLines("PUBLIC_PAGE", 7, 7)),
        ("REPORT 124, second table", RestatedLines("REPORT", 124, 124)),
        ("REPORT 124 and 130", None),  # two places and no stretch: it is not said which
        ("Report 124", None),
        ("REPORT", None),
    ],
)
def test_the_bracket_names_the_lines_restated(bracket, restates):
    [said] = sentences_in(f"Requests fell by 10.7%. [{bracket}]", "n.md")
    assert said.restates == restated_lines(bracket) == restates
    assert said.around == "Requests fell by 10.7%." if restates else said.around.endswith("]")


def test_lines_hold_what_stands_on_them():
    lines = RestatedLines("REPORT", 124, 130)
    stands = [Source("REPORT", 123), Source("REPORT", 124), Source("REPORT", 130), Source("REPORT", 131)]
    assert [lines.hold(one) for one in stands] == [False, True, True, False]
    assert not lines.hold(Source("REPORT")) and not lines.hold(Source("PAGE", 124))


def test_of_a_paragraph_that_was_read_before_nothing_is_read_again():
    """Its bracket and its dash were taken off when the narrative was read; what it restates stands beside it."""
    lines = RestatedLines("REPORT", 124, 130)
    first, second = sentences_of_paragraph("Requests fell by 1%. Plans rose by 2 [PAGE 3].", "n.md", 7, False, lines)
    assert (first.text, second.text) == ("Requests fell by 1%.", "Plans rose by 2 [PAGE 3].")
    assert [(one.line, one.restates) for one in (first, second)] == [(7, lines), (7, lines)]
    assert sentences_of_paragraph("7,765 reviews overdue", "n.md", 7, False, None) == ()
    assert [one.text for one in sentences_of_paragraph("7,765 reviews overdue", "n.md", 7, True, None)] == [
        "7,765 reviews overdue"
    ]
    assert sentences_of_paragraph("**", "n.md", 7, False, None) == ()


def test_a_text_too_long_is_refused_in_one_sentence():
    with pytest.raises(InputError, match=r"more than 3,145,728. Give the report's own text"):
        sentences_in("a" * (LONGEST + 1), "big.txt")


def test_a_run_of_figures_is_no_sentence():
    assert not is_sentence("38.8 38.0 37.3 and 37.0 in 36.5 36.1")


LONG = "Engagement with the education sector through the early years work"  # 65 letters


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (LONG, "has been continuous.", True),  # nothing ended the sentence, and it goes on in small letters
        (LONG, "Has been continuous.", True),  # a line of usual width was wrapped
        (f"{LONG}.", "Has been continuous.", True),  # its paragraph goes on: two sentences of one
        (f"{LONG},", "has been continuous.", True),
        ("Engagement with schools", "Has been continuous.", False),  # a short line stands alone
        ("Engagement with schools", "has been continuous.", True),
        ("Engagement with schools", "(as agreed) has been continuous.", True),
        (f"{LONG.upper()}.", "Has been continuous.", False),  # a title in capitals
        (f"# {LONG}", "has been continuous.", False),
        (LONG, "- has been continuous.", False),
        (f"{LONG}\n", "has been continuous.", True),  # past a page break
        (f"{LONG}\n", "Has been continuous.", False),
        (f"{LONG}.\n", "has been continuous.", False),
        ("Engagement with the education sector was\n", "quite continuous.", False),  # 40 letters: no line that was cut
    ],
)
def test_which_lines_are_of_one_paragraph(first, second, joined):
    found = sentences_in(f"{first}\n{second}", "x")
    assert any("continuous" in one.around and "engagement" in one.around.lower() for one in found) == joined


@pytest.mark.parametrize(
    ("text", "bullet", "is_one"),
    [
        ("Annual reviews overdue: 7,765 (Jan-25)", True, True),
        ("Annual reviews overdue: 7,765 (Jan-25)", False, False),  # a label, without a verb or a full stop
        ("No place: 803 (834 before).", False, True),
        ("Overdue 7 8 9 10.", False, False),  # one word of five
        ("Reviews overdue 7 8 9.", False, True),  # two words of five, closed by a full stop
        ("Reviews were late", False, True),
        ("were late", False, False),
        ("were late", True, True),
        ("Reviews of many late plans.", False, True),  # four words and a full stop
        ("Reviews of late.", False, False),
        ("Reviews of late.", True, True),
        ("1 2 3 4 were late now", False, False),  # three words of seven
        ("1 2 3 were late now", False, True),
    ],
)
def test_what_is_a_sentence(text, bullet, is_one):
    assert is_sentence(text, bullet) == is_one


def test_a_table_in_markdown_is_a_sentence_a_figure():
    head = "| Measure | Jan-25 | Target |\n|---|---|---|\n"
    text = f"{head}| **Overdue** reviews | 7,765 | soon |\n| A1 | 5 | 6 |\n\n| x | 1 |"
    assert texts(text) == [(3, "Overdue reviews, Jan-25: 7,765")]


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("Short\tThere were 7,765 in all.", 0),  # 24 letters
        ("Short\tThere were 17,765 in all.", 1),  # 25
        ("Short\tThere were 17,765 in all", 0),  # not closed
        ("Short.\t7\t8\tThere were 17,765 in all.", 1),
        ("7\t8\t9\tThere were 17,765 in all.", 0),  # three cells of figures: a row of a table of figures
        ("one\ttwo\tThere were 17,765 in all.", 1),
        ("one\ttwo\tthree\tThere were 17,765 in all.", 0),  # three fragments: columns run together
    ],
)
def test_prose_among_the_cells_of_a_row(row, read):
    assert len(texts(row)) == read
