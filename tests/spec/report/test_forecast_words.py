"""What the report says of a forecast: the finding first, its spread, its basis, and when it must say nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from forecast_summary_by_hand import brief
from highneeds.forecast.summary import ComparedWithPublished, NoForecast, Scored
from highneeds.report.blocks import ChartBlock, DataTable, plain
from highneeds.report.figures.forecast import in_year_chart, plans_chart
from highneeds.report.sections import first_page, forecast
from highneeds.report.sections._forecast_money import held_words, money_finding, odds_table
from highneeds.report.sections._forecast_trust import score_blocks, score_finding, spend_finding
from highneeds.report.words.forecast import setting_head
from highneeds.report.words.forecast_notes import note_sentence, note_words
from highneeds.run import gather
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.odds import in_odds


@pytest.mark.parametrize(
    ("chance", "draws", "words"),
    [
        (0.12, 300, "about 1 in 8 (12%)"),
        (0.5, 300, "about 1 in 2 (50%)"),
        (0.88, 300, "about 7 in 8 (88%)"),
        (0.0, 300, "less than 1 in 100"),
        (0.0, 5000, "less than 1 in 100"),
        (0.0, 60, "less than 1 in 20"),
        (1.0, 300, "more than 99 in 100"),
        (0.98, 300, "about 49 in 50 (98%)"),
    ],
)
def test_a_chance_in_words_is_no_finer_than_its_draws(chance, draws, words):
    assert in_odds(chance, draws) == words


@pytest.fixture(scope="module")
def evidence(kent, kept):
    """Kent's evidence, whose forecast each test replaces by one made by hand."""
    return gather(kent, kept=kept)


def said(evidence, **changes):
    return evidence.supposing(forecast=brief(**changes))


def test_the_finding_comes_first_with_its_spread(evidence):
    assert forecast.finding(said(evidence)) == (
        "Plans in Kent are likely to grow from 1,000 in Jan 2024 to about 1,200 in Jan 2026 "
        "(1,000 to 1,400 in 8 of 10 outcomes).",
        "Without further action the in-year overspend of 2025-26 is likely to be £1m to £9m.",
    )


def test_the_money_says_how_near_the_estimate_is_and_what_the_deficit_rests_on():
    assert money_finding(brief()) == (
        "Without further action the in-year overspend of 2025-26 is likely to lie between £1m and £9m, before "
        "contributions. The council's own figure (£5m in 2024-25) lies inside the estimate's 80% band. The "
        "accumulated deficit was published as £10m at the end of 2024-25. At the end of 2025-26 it is likely to lie "
        "between £10m and £18m. That takes between none and £2m of promised contributions as still to come, since "
        "the instalments were never published."
    )


def test_an_estimate_that_does_not_hold_the_councils_own_figure_says_so():
    outside = brief(held=(ComparedWithPublished("2024-25", 9e6, "REPORT", 2e6, 6e6),))
    assert "did not hold the council's own figure (£9m in 2024-25)" in held_words(outside)
    assert "the forecast starts from the council's figure" in held_words(outside)


def chance(evidence):
    return first_page.big_figures(evidence)[2]


def test_the_first_page_shows_the_chance_where_the_estimate_holds_the_councils_figures(evidence):
    figure = chance(said(evidence, end="2025-26"))
    assert figure.cell.text == "about 1 in 50 (2%)"
    assert plain(figure.change) == "Estimate from published statistics; no further action counted; 300 draws"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"held": ()}, "No published in-year figure to compare the estimate with"),
        ({"in_year": None, "odds": (), "held": ()}, "The published statistics give no in-year position"),
    ],
)
def test_the_first_page_shows_no_chance_that_cannot_be_trusted(evidence, changes, why):
    figure = chance(said(evidence, **changes))
    assert figure.cell.text == "Not known" and plain(figure.change) == why


def test_without_a_forecast_the_report_says_why(evidence):
    none = evidence.supposing(
        forecast=NoForecast(Note.of("no_forecast.refused", why="There is no total of plans for Birmingham (330)"))
    )
    words = "There is no forecast. There is no total of plans for Birmingham (330)."
    assert [plain(block.words) for block in forecast.section(none).blocks] == [words]
    assert chance(none).cell.text == "Not known"
    chart = next(block for block in first_page.section(none).blocks if isinstance(block, ChartBlock))
    assert "outcomes" not in chart.alt


def test_every_figure_of_the_annex_stands_beside_its_draws_and_its_basis(evidence):
    blocks = forecast.section(said(evidence)).blocks
    tables = [block for block in blocks if isinstance(block, DataTable | ChartBlock) and block.source]
    assert len(tables) >= 7
    assert all("300 draws, seed 7" in block.source for block in tables)
    assert all("never the council's own" in block.source for block in tables)


def test_a_council_without_money_in_the_statistics_keeps_its_plans(evidence):
    poor = said(evidence, cost=None, in_year=None, deficit=None, odds=(), held=(), lines=())
    ids = [block.id for block in forecast.section(poor).blocks if isinstance(block, ChartBlock)]
    assert ids == ["forecast-plans"]


def test_the_fan_begins_at_the_last_count():
    rows = [[cell.text for cell in row.cells] for row in plans_chart(brief(), "Plans").table.rows]
    assert rows[2][:3] == ["Jan 2024", "1,000", "1,000"]
    assert rows[4][:5] == ["Jan 2026", "[z]", "1,200", "900", "1,500"]


def test_the_chance_stands_in_the_words_of_the_chart():
    assert "Chance: about 1 in 50 (2%)." in in_year_chart(brief(), "In year").alt


def test_odds_year_by_year():
    rows = [[cell.text for cell in row.cells] for row in odds_table(brief()).rows]
    assert rows[0][0:2] == ["2024-25", "£3m"] and rows[0][4] == "about 1 in 8 (12%)"
    assert rows[1][5:] == ["about 1 in 50 (2%)", "less than 1 in 100"]


@pytest.mark.parametrize(
    ("changed", "heads", "said"),
    [
        ({}, "Agreed in-year overspend|Chance to meet what was agreed", "In-year positions before contributions."),
        (dict(target_gbp=None, met=None), "", "Nothing agreed is published for these years"),
        (dict(met=None, ended=True), "Agreed in-year overspend", "2024-25 has ended, and of the others"),
        (dict(met=None), "Agreed in-year overspend", "There are no odds of meeting what was agreed."),
    ],
)
def test_what_was_agreed_is_no_column_where_no_year_has_it(changed, heads, said):
    made = odds_table(brief(odds=tuple(replace(one, **changed) for one in brief().odds)))
    names = [column.name for column in made.columns]
    assert "|".join(name for name in names if "agreed" in name.lower() and "deficit" not in name) == heads
    assert said in " ".join(made.notes) and {len(row.cells) for row in made.rows} == {len(names)}


def test_the_back_test_is_said_in_a_sentence():
    assert score_finding(brief()).startswith(
        "The forecast was made again from every January from 2017 to 2023 for every council, with only what was known "
        "then. On average totals of plans were wrong by 3.6% one year ahead, and by 7.2% three years ahead. The best "
        "plain rule was wrong by 7.2%."
    )


def test_settings_are_named_in_words():
    note = Note.of("cost.no_line_of_setting", setting="eotas_la")
    said = "ost of “arranged by the council otherwise than at school”: no section 251 line serves it alone"
    assert note_words(note) == f"c{said}"
    assert note_sentence(note) == f"C{said}."
    assert setting_head("special_state") == "State special" and setting_head("other") == "Elsewhere"


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            Note.of("cost.from_own_figure", sources=("A-1",), year="2025-26", in_year_gbp=Decimal(-1200)),
            "Cost of 2025-26: starts from the council's own in-year figure of £−1,200; A-1.",
        ),
        (
            Note.of("cost.from_ledger", sources=("-2 b",), year="2025-26", actual_gbp=-5, closed=3, committed_gbp=-7.4),
            "Cost of 2025-26: starts from £−5 in the ledger to P3 (£−7 committed after it); -2 b.",
        ),
        (
            Note.of("published.break", year=2020, after=-1, before=2),
            "Break in the return: the published total of January 2020 is −1 after 2; the new level is kept, and the "
            "step is left out of the growth.",
        ),
        (
            Note.of("delay.price", whose="own", line="B -3", gbp=-0.6, basis="1-2 places", year="2025-26"),
            "B -3: £−1 for 1-2 places, in prices of 2025-26, the council's own.",
        ),
        (
            Note.of("back_test.of_returns", mean=9.0, low80=8, high80=10, counted=10, day="2025-01-16"),
            "Back-test of the returns: learnt from those before, 9 plans were forecast for 16 January 2025 (80% band 8 "
            "to 10), 10 were counted: −10.0%, inside it.",
        ),
        (Note.of("cost.no_line_of_council", council="A -1"), "Cost: no section 251 line is published for A -1."),
    ],
)
def test_a_number_below_nil_has_a_minus_sign_and_words_keep_their_hyphens(note, said):
    assert note_sentence(note) == said


def test_a_note_of_a_lever_names_its_scenario_where_it_stands_alone():
    note = Note.of("lever.overlap", scenario="both", number=1, title="A", other=2, other_title="B", flows="price of C")
    said = "lever 1 (A) and lever 2 (B) both change price of C: their joint effect is not the sum of the two"
    assert note_words(note) == f"both: {said}"
    assert note_sentence(note) == f"L{said[1:]}."


def test_the_back_test_of_money_stands_beside_that_of_plans():
    """Where outturn is published; the best of the plain rules is the one it is held against."""
    scores = tuple(
        Scored(method, ahead, 150, mape, -0.6, 52.0, held, 95.0, 8.0, 16.0, 26.0)
        for method, ahead, mape, held in (
            ("highneeds", 1, 4.6, 82.7),
            ("highneeds", 3, 9.1, 83.8),
            ("England's last growth", 3, 12.2, 73.4),
            ("last value", 3, 29.9, 10.9),
        )
    )
    made = brief(spend_scores=scores, spend_origins=(2020, 2024))
    assert spend_finding(made) == (
        "Spending of lines 1.2 was forecast in the same way from every January from 2020 to 2024, and held against the "
        "published outturn. On average it was wrong by 4.6% one year after the newest outturn, and by 9.1% three years "
        "after it. The best plain rule was wrong by 12.2%. Of 100 outcomes 83 lay inside the 80% band in the first "
        "year, and 84 at the end."
    )
    tables = [block.id for block in score_blocks(made) if isinstance(block, DataTable)]
    assert tables == ["forecast-back-test", "forecast-back-test-spend"]
    assert [block.id for block in score_blocks(brief()) if isinstance(block, DataTable)] == ["forecast-back-test"]
