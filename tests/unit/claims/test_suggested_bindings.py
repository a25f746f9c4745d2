"""What the reader cannot read it offers as a bound figure, accepted with one word."""

import shutil
from datetime import UTC, datetime

import pytest

from cli_runner import run
from golden.worked_evidence import WORKED
from highneeds.actions.bind_figures import bind_figures
from highneeds.claims import Reader, Verdict, bind
from highneeds.claims.suggest import accepted, binding_of, suggestions
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
