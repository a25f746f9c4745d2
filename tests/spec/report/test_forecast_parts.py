"""The parts of the annex that a scenario, a delay, a break in a return and a kept forecast bring."""

from dataclasses import replace

from forecast_summary_by_hand import brief
from highneeds.forecast.columns import COLUMNS
from highneeds.forecast.levers import kind_named
from highneeds.forecast.record import Vintage
from highneeds.forecast.summary import Delay, DelayYear, ScenarioLever
from highneeds.forecast.vintages import Actual
from highneeds.intake.forecasts import Kept
from highneeds.report.blocks import Bullets, ChartBlock, DataTable, Heading, Paragraph, plain
from highneeds.report.figures.forecast import deficit_chart
from highneeds.report.sections._forecast_delay import delay_blocks
from highneeds.report.sections._forecast_money import money_blocks, odds_table
from highneeds.report.sections._forecast_record import record_blocks
from highneeds.report.sections._forecast_trust import assumption_blocks, score_blocks
from highneeds.report.sections._forecast_what_if import lever_blocks, what_if_blocks
from highneeds.report.sections.forecast import basis
from highneeds.report.words import forecast as forecast_words
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.table import Table

OPENING = ScenarioLever(
    "A school or unit opens: Elm",
    "share who accept",
    0.4,
    0.7,
    0.9,
    "2024-09",
    "section 14",
    "children",
    "",
    "",
    "",
    False,
)
FEWER = replace(OPENING, title="Requests for assessment", caps_demand=True, equality_assessment="EqIA 1")
DELAY = Delay(
    "As planned",
    "As now expected",
    (
        DelayYear("2024-25", (1_900_000.0, 1_600_000.0, 2_000_000.0), 67.0, "£1.9m", "REPORT line 236"),
        DelayYear("2024-25..2025-26", (7e6, 6e6, 8e6), 253.0, "", ""),
    ),
    (
        Note.of(
            "delay.opening",
            schools="Elm",
            places="30, 60",
            first_age=5,
            last_age=15,
            low=0.4,
            central=0.7,
            high=0.9,
            bound="independent special",
        ),
        Note.of("delay.price", line="Top-up", gbp=12_345.0, basis="a plan a year", year="2024-25", whose="own"),
        Note.of("delay.price", line="Fees", gbp=50_000.0, basis="a plan a year", year="2024-25", whose=""),
    ),
)


def words(blocks) -> list[str]:
    return [plain(one.words) for one in blocks if isinstance(one, Paragraph)]


def table(blocks, id: str) -> DataTable:
    return next(one for one in blocks if isinstance(one, DataTable) and one.id == id)


def cells(row) -> list[str]:
    return [cell.text for cell in row.cells]


def scenarios(**changes):
    base, later = brief().scenarios
    return (base, replace(later, **changes))


def test_a_delay_stands_beside_what_is_printed_with_what_it_rests_on():
    blocks = list(delay_blocks(brief(delays=(DELAY,))))
    assert words(blocks)[0].startswith(
        "“As now expected” instead of “As planned” costs £7m over 2024-25 to 2025-26 (£6m to £8m in 8 of 10 outcomes). "
        "Both were forecast on the same draws, with two opening dates. "
        "Documents print £1.9m for 2024-25 (REPORT line 236)."
    )
    rows = [cells(row) for row in table(blocks, "forecast-delay").rows]
    assert rows[0] == ["2024-25", "£1.9m", "£1.6m to £2m", "67", "£1.9m", "REPORT line 236"]
    assert rows[1][0] == "2024-25 to 2025-26" and rows[1][4] == "n.p."
    points = [plain(item) for one in blocks if isinstance(one, Bullets) for item in one.items]
    assert points == [
        "Elm: 30, 60 places in the years after opening, for ages 5 to 15; 40% to 90% (middle 70%) of those bound for "
        "independent special accept. An assumption: nothing of it is published.",
        "Top-up: £12,345 for a plan a year, in prices of 2024-25, the council's own.",
        "Fees: £50,000 for a plan a year, in prices of 2024-25, an estimate.",
    ]
    assert list(delay_blocks(brief())) == []


def test_every_lever_names_duty_people_and_what_it_rests_on():
    blocks = list(lever_blocks(brief(scenarios=scenarios(levers=(OPENING, FEWER)))))
    assert words(blocks)[0].startswith("Of 2 levers none can be called confident")
    assert words(blocks)[0].endswith("Fewer plans, requests or assessments are not an aim in themselves.")
    scenario, first, second = (cells(row) for row in table(blocks, "forecast-levers").rows)
    assert scenario[0] == "A school opens late"
    assert first[:2] == ["A school or unit opens: Elm", "0.4 to 0.9, middle 0.7: share who accept"]
    assert first[3:] == ["section 14", "children", "None of the three yet", "no"]
    assert second[0] == "Requests for assessment (an assumption about demand, not a target)"
    assert second[5] == "equality assessment: EqIA 1; no consultation and decision yet"
    ash = replace(OPENING, title="A school or unit opens: Ash")
    [_, both] = table(list(lever_blocks(brief(scenarios=scenarios(levers=(OPENING, ash))))), "forecast-levers").rows
    assert cells(both)[0] == "A school or unit opens: Elm; A school or unit opens: Ash"
    assert list(lever_blocks(brief())) == []


def test_transport_stands_beside_every_scenario_or_its_absence_does():
    absent = words(list(what_if_blocks(brief())))
    assert any("SEN transport is paid outside the grant" in one and "has given no figure" in one for one in absent)
    both = tuple(replace(one, transport_gbp=70e6) for one in brief().scenarios)
    given = words(list(what_if_blocks(brief(scenarios=both))))
    assert any("As things are: £70m; A school opens late: £70m." in one for one in given)


def test_a_break_in_the_return_is_told_beside_the_back_test():
    blocks = list(score_blocks(brief(breaks=(Note.of("published.break", year=2019, before=1200.0, after=900.0),))))
    points = [plain(item) for one in blocks if isinstance(one, Bullets) for item in one.items]
    assert points == [
        "Break in the return: the published total of January 2019 is 900 after 1,200; the new level is "
        "kept, and the step is left out of the growth."
    ]


def test_the_first_year_of_balance_has_its_spread():
    notes = odds_table(brief(break_even=(("2024-25", 0.0), ("2025-26", 0.25)))).notes
    assert (
        "First year of in-year balance: 2025-26 in about 1 in 4 (25%); later or never in about 3 in 4 (75%)." in notes
    )


def test_the_deficit_has_its_fan_with_what_was_agreed():
    chart = deficit_chart(brief(), "The deficit")
    heads = [column.name for column in chart.table.columns]
    assert "Agreed" in heads and any("80%" in head for head in heads)
    assert any(isinstance(one, ChartBlock) and one.id == "forecast-deficit" for one in money_blocks(brief()))


def test_own_unit_costs_are_marked_and_tiny_lines_have_no_row():
    line = brief().lines[0]
    small = replace(line, name="tiny", title="Tiny", cost=replace(line.cost, mean=(1.0, 2.0)))
    blocks = list(money_blocks(brief(lines=(replace(line, own=True), small))))
    rows = [cells(row) for row in table(blocks, "forecast-lines").rows]
    assert [row[1] for row in rows] == ["Top-up, state special (own)", "High needs spending with a price"]
    assert table(blocks, "forecast-lines").title.endswith("with the council's own unit costs where given")


def test_what_somebody_judged_is_counted_by_its_mark_and_not_by_the_words_of_its_source():
    judged, read = (
        replace(one, assumed=at == 0, source="No assumption: DfE") for at, one in enumerate(2 * brief().assumptions)
    )
    said = next(one for one in assumption_blocks(brief(assumptions=(judged, read))) if isinstance(one, Paragraph))
    assert plain(said.words) == forecast_words.assumptions(2, 1)


def test_own_unit_costs_are_named_by_their_sector():
    own = replace(brief().lines[0], own=True, title="Top-up, state special, all", sector="Top-up, state special")
    assert "(top-up, state special)" in basis(brief(lines=(own,)))


def vintage(measure: str, period: str, kind: str, actual: float, underway: str = "") -> Vintage:
    kept = Kept("2025-10-01", "a" * 64, 2024, 3, 300, 1, "published statistics", underway, "", "0.1")
    row = ("baseline", measure, "total", "total", period, kind, 100.0, 80.0, 90.0, 100.0, 110.0, 120.0)
    came = Actual(measure, "total", "total", period, kind, actual)
    return Vintage(kept, Table.of(COLUMNS, [row]), (came,))


def test_kept_forecasts_are_held_against_what_came_or_there_is_no_record_yet():
    assert words(list(record_blocks(()))) == [forecast_words.NONE_YET]
    blocks = list(record_blocks([vintage("plans", "2025-01", "census", 115.0)]))
    assert words(blocks)[0] == "Of 1 total of plans in kept forecasts, none lie in the 80% band."
    row = cells(table(blocks, "forecast-record").rows[0])
    assert row == ["2025-10-01", "January 2024", "Jan 2025", "100", "115", "15.0%", "no"]
    assert words(blocks)[-1].startswith("No year's outcome has come since")


def test_forecasts_of_a_year_are_shown_by_its_period():
    record = [vintage("in_year_gbp", "2025-26", "financial_year", 105.0, "2025-26 P6")]
    row = cells(table(list(record_blocks(record)), "forecast-by-period").rows[0])
    assert row[:3] == ["2025-26", "P6", "2025-10-01"]
    earlier = [vintage("in_year_gbp", "2025-26", "financial_year", 105.0, "2024-25 P11")]
    assert cells(table(list(record_blocks(earlier)), "forecast-by-period").rows[0])[1] == "before the year"


def test_the_flow_of_a_lever_is_said_in_words():
    made = dict(low=0, central=0.5, high=1, starts="2025-09", settings=["special_non_maintained"], to="mainstream")
    assert kind_named("new_plan_placement").make(made).touches() == {
        "new plans bound for non-maintained special",
        "new plans bound for mainstream",
    }


def test_each_caution_stands_once_with_the_scenarios_it_holds_for():
    """That a lever is not confident is said beside the lever, and not here."""
    demand = Note.of("lever.caps_demand", scenario="fewer", number=1, title="Requests", duty="section 36")
    unconfident = Note.of("lever.unconfident", scenario="fewer", number=1, title="Requests", lacks="decision")
    base, later = brief().scenarios
    twice = (base, *(replace(later, title=title, cautions=(demand, unconfident)) for title in ("Fewer", "Fewest")))
    bullets = [one for one in what_if_blocks(brief(scenarios=twice)) if isinstance(one, Bullets)]
    said = [plain(item) for one in bullets for item in one.items]
    assert said == ["Fewer; Fewest. Lever 1 (Requests) is an assumption about demand, not a target. Duty: section 36."]


def test_the_parts_of_the_annex_have_headings():
    blocks = list(delay_blocks(brief(delays=(DELAY, DELAY))))
    heads = [one.text for one in blocks if isinstance(one, Heading)]
    assert len(heads) == len(set(heads)) == 3
