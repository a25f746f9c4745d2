"""What the reader cannot read it offers as a bound figure, accepted with one word."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cli_runner import run
from golden.worked_evidence import WIDER, WORKED
from highneeds.actions.bind_figures import bind_figures
from highneeds.claims import Reader, Verdict, bind
from highneeds.claims.language.passages import sentences_in
from highneeds.claims.suggest import accepted, binding_of, offered, suggestions, suggestions_table
from highneeds.claims.workspace import chosen_of, draft_of, suggestions_of
from highneeds.intake.workspace import read_workspace
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError

TEXT = "Colleagues tell the board that 7,765 annual reviews stood overdue when January 2025 came to its close."
WRONG = "In October 2024 there were 6,938 overdue annual reviews."


def test_a_sentence_that_is_not_read_is_offered_with_its_likeliest_series_month_and_value():
    assert {one.verdict for one in Reader(WORKED).claims_in(TEXT)} == {Verdict.CANNOT_CHECK}
    (one,) = suggestions(TEXT, "update.md", WORKED)
    assert (one.bound, one.shown, one.agrees) == ("{{ annual_reviews_overdue_count 2025-01 }}", "7,765", True)
    assert (one.number, one.where, one.stated, one.period) == (1, "update.md:1", "7,765", "Jan 2025")


def test_a_wrong_figure_is_offered_the_right_one():
    (one,) = suggestions(WRONG, "update.md", WORKED)
    assert (one.bound, one.shown, one.agrees) == ("{{ annual_reviews_overdue_count 2024-10 }}", "6,983", False)


def test_what_is_confirmed_bound_or_about_nothing_here_is_not_offered():
    text = (
        "In January 2025, 7,765 annual reviews were overdue.\n\n"
        "It is {{ annual_reviews_overdue_count }} now.\n\nThe depot ordered 412 lorries in January 2025."
    )
    assert suggestions(text, "update.md", WORKED) == ()


@pytest.mark.parametrize(
    ("said", "offers"),
    [
        ("3,883 annual reviews stood overdue as January 2025 closed", "1. overdue_count 2025-01, 7,765, False"),
        ("3,882 annual reviews stood overdue as January 2025 closed", ""),  # less than half of 7,765
        ("11,647 annual reviews stood overdue as January 2025 closed", "1. overdue_count 2025-01, 7,765, False"),
        ("11,648 annual reviews stood overdue as January 2025 closed", ""),  # more than half as much again
        ("8,363 annual reviews stood overdue", "1. overdue_count 2024-05, 8,363, True"),  # no month: one that has it
        ("6 appeals stood lodged", "1. appeals 2024-06, 6, True"),  # of May and June the newest
        ("6 appeals stood lodged as May 2024 closed", "1. appeals 2024-05, 6, True"),
        ("5 appeals stood lodged as June 2024 closed", "1. appeals 2024-07, 5, True"),  # of no month so well as of July
        ("reviews stood overdue when January 2024 closed, 7,219 in December 2024",
         "1. overdue_count 2024-12, 7,219, True"),
        ("35.0% of annual reviews stood overdue in December 2024, 7,219 in all",
         "1. overdue_pct 2024-12, 35.0%, True; 2. overdue_count 2024-12, 7,219, True"),
        ("3 points of annual reviews stood overdue in December 2024", ""),
        ("£7,219 of annual reviews stood overdue in December 2024", ""),
        ("agency cost £1.5m in 2024-25 alone", "1. agency_spend 2024-25, £1.5m, True"),
        ("381 requests decided at assessment in January 2024 stood", ""),  # a sum of two series cannot be bound
    ],
)  # fmt: skip
def test_the_likeliest_figure_is_offered_or_none(said, offers):
    found = suggestions(f"Colleagues say that {said}.", "update.md", WIDER)
    told = [f"{one.number}. {one.bound.strip('{} ')}, {one.shown}, {one.agrees}" for one in found]
    assert "; ".join(told).replace("annual_reviews_", "") == offers


def test_an_offer_stands_on_its_lines_and_in_a_table():
    text = f"First.\n\n{TEXT}\n\nIn October 2024 there were\n6,938 overdue annual reviews."
    one, other = suggestions(text, "update.md", WORKED, first_line=11)
    assert [(each.number, each.where, each.line, each.last_line) for each in (one, other)] == [
        (1, "update.md:13", 13, 13),
        (2, "update.md:15", 15, 16),
    ]
    bound = f"there were\n{other.bound} overdue annual reviews."
    assert accepted(text, [other], 11).endswith(bound)
    assert accepted(text, [replace(other, stated="6,9")], 11) == text  # no longer there
    assert accepted(text, [replace(other, last_line=15)], 11) == text
    table = suggestions_table((one, other))
    assert [row[:8] for row in table.rows] == [
        ("1", "update.md:13", "7,765", one.bound, "7,765", "Annual reviews overdue", "Jan 2025", "yes"),
        ("2", "update.md:15", "6,938", other.bound, "6,983", "Annual reviews overdue", "Oct 2024", "no"),
    ]
    assert table.title == "Figures that can be bound"


def test_each_figure_of_a_sentence_has_its_offer():
    found = offered(sentences_in(f"{TEXT} {WRONG}", "update.md"), Reader(WORKED))
    assert {key: one.shown for key, one in found.items()} == {(TEXT, "7,765"): "7,765", (WRONG, "6,938"): "6,983"}
    assert {one.number for one in found.values()} == {1}


def test_an_accepted_figure_is_bound_and_true():
    bound = accepted(TEXT, suggestions(TEXT, "update.md", WORKED))
    assert "that {{ annual_reviews_overdue_count 2025-01 }} annual" in bound
    assert bind(bound, WORKED).text == TEXT
    assert suggestions(bound, "update.md", WORKED) == ()


def test_only_the_figure_itself_is_replaced():
    text = "The 27,765 letters say that 7,765 annual reviews stood overdue as January 2025 came to its close."
    found = [one for one in suggestions(text, "update.md", WORKED) if one.stated == "7,765"]
    assert accepted(text, found).startswith("The 27,765 letters say that {{ annual")


def test_a_draft_says_how_many_of_its_figures_are_bound():
    text = "In {{ annual_reviews_overdue_pct 2024-10 }} of cases, and 7,765 or 37.5% later in January 2025, it was so."
    assert binding_of(text).words == "1 of 3 figures are bound to the data."
    both = binding_of(text) + binding_of("There were 5 late plans in {{ a }} {{ b }}.")
    assert (both.bound, both.typed) == (3, 3)
    assert binding_of("Nothing is counted here.").words == "The draft states no figures."


@pytest.fixture
def workspace(kent, tmp_path):
    made = shutil.copytree(kent, tmp_path / "kent")
    narrative = made / "programme" / "2025-04" / "narrative.md"
    narrative.write_text(narrative.read_text(encoding="utf-8") + f"\n{TEXT}\n\n{WRONG}\n", encoding="utf-8")
    return made


def test_the_narrative_is_bound_with_one_word_and_the_record_says_who(workspace):
    read = read_workspace(workspace)
    draft = draft_of(read)
    mine = [one for one in suggestions_of(read, draft) if one.sentence in (TEXT, WRONG)]
    assert [one.shown for one in mine] == ["7,765", "6,983"]
    store = FolderStore(workspace)
    moment = datetime(2025, 4, 2, 9, tzinfo=UTC)
    assert bind_figures(store, draft.name, mine, by="send_analyst", now=moment) == 2
    after = draft_of(read_workspace(workspace))
    assert after.binding.bound == draft.binding.bound + 2
    assert "In October 2024 there were {{ annual_reviews_overdue_count 2024-10 }} overdue" in after.text
    assert bind_figures(store, draft.name, mine, by="send_analyst", now=moment) == 0


def test_suggestions_are_chosen_by_number_or_by_one_word():
    found = suggestions(f"{TEXT}\n\n{WRONG}", "update.md", WORKED)
    assert [one.number for one in chosen_of(found, "all")] == [1, 2]
    assert [one.number for one in chosen_of(found, "agreeing")] == [1]
    assert [one.number for one in chosen_of(found, "2")] == [2]
    with pytest.raises(InputError, match="no suggestion 7"):
        chosen_of(found, "1,7")


def test_the_command_lists_then_binds(workspace):
    listed = run("claims", "suggest", workspace)
    assert "{{ annual_reviews_overdue_count 2025-01 }}" in listed.out
    assert "figures are bound to the data" in listed.out
    refused = run("claims", "suggest", workspace, "--accept", "agreeing")
    assert refused.code == 2 and "--by" in refused.err
    done = run("claims", "suggest", workspace, "--accept", "agreeing", "--by", "send_analyst")
    assert done.code == 0 and "lines changed" in done.out
