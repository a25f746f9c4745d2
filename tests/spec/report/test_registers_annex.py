"""Casework leaves the council only as counts of five and more, percentages of ten and more; the rest is hidden."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from string import Formatter
from types import SimpleNamespace

import pytest

from highneeds.checks.finding import Findings
from highneeds.registers.mechanism.headline import clauses_of
from highneeds.registers.mechanism.measure import SomeRows
from highneeds.registers.mechanism.measuring import measures_of
from highneeds.registers.of_workspace import CouncilRegisters
from highneeds.registers.register import Entries
from highneeds.registers.registry import registers
from highneeds.report.pages.registers import _head, registers_result
from highneeds.report.sections.registers import (
    _is_more_than_a_day,
    _shown,
    headline,
    section,
    shown_measures,
    too_few,
    with_exceptions,
)
from highneeds.report.words import registers as words
from highneeds.report.words.registers import FEW, SMALL


def measured(name, number):
    register = registers()["exceptional_need"]
    row = dict(
        school="Elm",
        setting="special",
        requested_on="2024-05-01",
        asked_gbp="10.00",
        agreed_gbp="5.00",
        decision="agreed",
    )
    rows = register.rows_of([row | dict(request=str(one)) for one in range(number)])
    [found] = [one for one in measures_of(register.situation(rows, date(2025, 4, 2)), name) if one.cut == "total"]
    return found


@pytest.mark.parametrize(("number", "said"), [(4, FEW), (5, "")])
def test_a_count_under_five_is_hidden(number, said):
    assert too_few(measured("requests", number), number) == said


@pytest.mark.parametrize(("number", "said"), [(9, SMALL), (10, "")])
def test_a_percentage_of_fewer_than_ten_is_hidden(number, said):
    assert too_few(measured("agreed_pct", number), number) == said


@pytest.mark.parametrize(("number", "said"), [(4, SMALL), (5, "")])
def test_a_sum_of_fewer_than_five_rows_is_hidden(number, said):
    assert too_few(measured("agreed_gbp", number), number) == said


NEED = dict(request="0", school="Elm", setting="special", asked_gbp="10.00", decision="agreed", agreed_gbp="5.00")


def needs(*kinds):
    """The latest values of exceptional need: for each (number, cells) so many requests of May 2024."""
    rows = [NEED | dict(requested_on="2024-05-01") | cells for number, cells in kinds for _ in range(number)]
    rows = [row | dict(request=str(place)) for place, row in enumerate(rows)]
    known = council(*rows, name="exceptional_need")
    found = measures_of(known.situation("exceptional_need"))
    last = {one.measure: one for one in found if one.cut == "total"}
    return {name: too_few(one, len(rows)) for name, one in last.items()}


@pytest.mark.parametrize(("number", "said"), [(4, SMALL), (5, "")])
def test_a_sum_rests_on_the_children_it_adds_up_not_on_the_register(number, said):
    """Twenty requests, but four or five agreed, and of the year before none: the sum of those alone is hidden."""
    declined = dict(decision="declined", agreed_gbp="")
    assert needs((20, declined), (number, {}))["agreed_gbp"] == said
    assert needs((20, dict(agreed_gbp="0.00")), (number, {}))["agreed_gbp"] == said
    assert needs((20, dict(requested_on="2023-05-01")), (number, {}))["agreed_gbp"] == said


@pytest.mark.parametrize(
    ("agreed", "said"), [(0, ""), (1, SMALL), (4, SMALL), (5, ""), (15, ""), (16, SMALL), (20, "")]
)
def test_a_percentage_of_few_or_of_all_but_few_gives_their_number_away(agreed, said):
    declined = dict(decision="declined", agreed_gbp="")
    assert needs((agreed, {}), (20 - agreed, declined))["agreed_pct"] == said


@pytest.mark.parametrize(("number", "said"), [(9, SMALL), (10, "")])
def test_a_percentage_of_money_or_criteria_rests_on_children(number, said):
    sample = dict(
        kind="plan", sampled_on="2025-03-12", team="N", sampled_by_team="S", met="8", asked="10", grade="good"
    )
    rows = [sample | dict(grade="good", sample=str(one), child=str(one)) for one in range(number)]
    known = council(*rows, name="quality_samples")
    [found] = [
        one for one in known.measures("quality_samples", "score_pct") if (one.cut, one.period) == ("total", "2024-25")
    ]
    assert too_few(found, number) == said


LACKING = [
    (1, 19, "some rows"),
    (4, 16, "some rows"),
    (5, 15, "5 of 20 rows"),
    (15, 5, "15 of 20 rows"),
    (16, 4, "some rows"),
]


@pytest.mark.parametrize(("without", "filled", "said"), LACKING)
def test_what_children_lack_is_said_without_their_number_where_they_are_few(without, filled, said):
    appeal = dict(decided_on="2024-03-01", about="cease", lodged_on="2024-05-01", closed_on="2024-12-09")
    appeal |= dict(outcome="dismissed", state="closed")
    rows = [appeal | dict(legal_gbp="" if n < without else "10.00") for n in range(without + filled)]
    known = council(*(row | dict(case=str(place)) for place, row in enumerate(rows)), name="appeals")
    told = {one.measure: told for one, _, told in shown_measures(known, registers()["appeals"])}
    hidden = "" if filled < 5 else f"{said} left aside: no legal_gbp"
    assert told["legal_gbp"] == hidden


@pytest.mark.parametrize("wording", ["have no fee", "left aside: no fee", "we leave out, of 20"])
@pytest.mark.parametrize(("part", "hidden"), [(1, True), (4, True), (5, False), (15, False), (16, True), (20, False)])
def test_small_numbers_of_a_reason_are_hidden_however_it_is_worded(part, hidden, wording):
    """The numbers are data: of 4 children and of all but 4 no wording tells how many; of 5 each does."""
    reason = SomeRows(part, 20, wording, "children", ("over",))
    casework = measured("requests", 20)
    said = _shown(replace(casework, value=replace(casework.value, reason=reason)), casework=True, rows=20)[1]
    assert said == f"over; {'some' if hidden else f'{part} of 20'} children {wording}"
    assert _shown(replace(casework, value=replace(casework.value, reason=reason)), casework=False, rows=20)[1] == (
        f"over; {part} of 20 children {wording}"
    )


def test_a_reason_that_a_measure_could_not_be_asked_for_hides_its_number_too():
    """Three requests without their day: nobody can say of which year they are, nor are the three told."""
    rows = [NEED | dict(request=str(place), requested_on="") for place in range(3)]
    known = council(*rows, name="exceptional_need")
    told = {one.measure: told for one, _, told in shown_measures(known, registers()["exceptional_need"])}
    assert told["requests"] == "some rows have no requested_on"


def council(*rows, name="report_calendar", day=date(2025, 4, 2)):
    register = registers()[name]
    entries = Entries(register, register.rows_of(rows), Findings())
    return CouncilRegisters({name: entries}, day)


REPORT = dict(title="Report", state="submitted")


def test_the_headline_is_a_sentence_with_the_figures_of_the_present_period():
    """Two reports of 2024, one of 2025: on 2 April 2025 the year is 2025, and one report is in the singular."""
    known = council(
        REPORT | dict(report="a", number="1", dated="2024-04", submitted_on="2024-04-02"),
        REPORT | dict(report="b", number="2", dated="2024-10", submitted_on="2024-10-02", published_on="2024-11-01"),
        REPORT | dict(report="c", number="3", dated="2025-04", submitted_on="2025-04-02", published_on="2025-04-02"),
    )
    assert headline(known, "report_calendar") == "1 report was submitted in the year; 66.7% are published."


@pytest.mark.parametrize(
    ("period", "more"),
    [("2024-25", True), ("2024/25", True), ("2024", True), ("2025-04", True), ("2025-04-02", False), ("", False)],
)
def test_the_year_of_a_headline_is_a_period_and_no_day(period, more):
    assert _is_more_than_a_day(period) == more


NOT_SAID = re.compile(r"\b1 (?:\w+ )?(?:are|were|have|lack|children|people)\b|\b0 (?!days|months|for|and)[a-z]")
FORMS = "{open:action is|actions are} open, {late:is|are|none are} late; {days:day|days|0 days} on, {overdue} overdue."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0", "no actions are open, none are late; 0 days on, none overdue."),
        ("1", "1 action is open, 1 is late; 1 day on, 1 overdue."),
        ("2", "2 actions are open, 2 are late; 2 days on, 2 overdue."),
    ],
)
def test_a_headline_declares_its_words_for_none_one_and_several(number, said):
    figure = words.SaidFigure(number, Decimal(number))
    assert words.filled(clauses_of(FORMS), dict.fromkeys(("open", "late", "days", "overdue"), figure)) == said


def test_of_a_hidden_number_and_of_what_is_not_known():
    few, day = words.SaidFigure("fewer than 5"), "2 April 2025"
    assert (
        words.filled(clauses_of("{open:action is|actions are} open."), {"open": few})
        == "fewer than 5 actions are open."
    )
    said = {"open": words.UNKNOWN, "days": few, "as_at": day}
    assert (
        words.filled(clauses_of("On {as_at}, {open} open; {days} days, {open} late."), said)
        == "On 2 April 2025; fewer than 5 days."
    )
    assert words.filled(clauses_of("{open} open."), said) == words.NO_HEADLINE


def test_every_headline_names_measures_and_reads_with_none_one_and_several():
    """Of one thing no headline says a plural, and of none no nought but of days and months."""
    for register in registers().values():
        names = {name for _, name, _, _ in Formatter().parse(register.headline) if name} - {"year", "as_at"}
        units = {one.name: one.unit for one in register.measures}
        assert names <= set(units), register.name
        counted = [name for name in names if units[name] not in ("gbp", "percent")]
        for number in (0, 1, 2):
            said = dict.fromkeys(names, words.SaidFigure("some")) | {"year": "2024-25"}
            said |= dict.fromkeys(counted, words.SaidFigure(str(number), Decimal(number)))
            told = words.filled(clauses_of(register.headline), said)
            assert not NOT_SAID.search(told), told


def test_a_figure_that_there_is_not_is_not_known():
    assert headline(council(name="assumptions"), "assumptions") == ("The figures for a summary are not on record yet.")


def test_children_are_counted_in_a_headline_from_five():
    episode = dict(began_on="2025-01-06", subgroup="unknown", age_band="11_15", action="none")
    known = council(*(episode | dict(episode=str(n), child=str(n)) for n in range(4)), name="children_without_place")
    assert headline(known, "children_without_place").startswith("Fewer than 5 children are without a place")


def test_the_board_reads_the_registers_with_something_to_settle_the_gravest_first():
    """Of report b nothing is known of the day that report a has; the register of risks is clean and has no line."""
    known = council(
        REPORT | dict(report="a", number="1", dated="2024-04", submitted_on="2024-04-02"),
        REPORT | dict(report="b", number="2", dated="2023-10", submitted_on="2023-10-02"),
    )
    [line] = with_exceptions(known)
    assert line.startswith("Monitoring reports: 1 report was submitted") and line.endswith("(1 to be looked at).")


def test_a_headline_of_a_day_that_nobody_counted_says_when_it_was_last_counted():
    row = dict(
        placement="p", kind="not_stated", funded="yes", basis="actual", state="placed", from_day="2025-02-01",
        to_day="2025-02-28", count="136", counted_on="2025-02-28",
    )  # fmt: skip
    said = headline(council(row, name="post16_placements"), "post16_placements")
    assert said.startswith("As last counted on 28 February 2025: 136 young people are placed outside, 136 paid for")


@pytest.mark.parametrize(("number", "said"), [(4, FEW), (5, "5")])
def test_findings_of_casework_are_counted_from_five(number, said):
    """For each of the children nothing was done since January."""
    episode = dict(began_on="2025-01-06", subgroup="unknown", age_band="11_15", action="none")
    rows = (episode | dict(episode=str(one), child=str(one)) for one in range(number))
    known = council(*rows, name="children_without_place")
    annex = section(SimpleNamespace(council_registers=known))
    [table] = [
        one for part in annex for one in part.blocks if getattr(one, "id", "") == "exceptions-children-without-place"
    ]
    [row] = [row for row in table.rows if row.cells[0].text == "Nothing is done for 15 days"]
    assert row.cells[2].text == said


def test_the_page_of_registers_says_what_is_due_in_all_of_them_and_of_casework_only_how_many():
    """A report is due in 28 days; of a clock of four children it says fewer than 5, of five that there are 5."""
    episode = dict(began_on="2025-03-01", subgroup="unknown", age_band="11_15")
    report = dict(report="2025-04", number="7", title="Report 7", due="2025-04", state="planned")
    for number, many in ((4, "fewer than 5 overdue"), (5, "5 overdue")):
        children = [episode | dict(episode=str(n), child=str(n)) for n in range(number)]
        kept = {}
        for name, rows in (("children_without_place", children), ("report_calendar", [report])):
            kept[name] = Entries(registers()[name], registers()[name].rows_of(rows), Findings())
        page = registers_result(SimpleNamespace(council_registers=CouncilRegisters(kept, date(2025, 4, 2))))
        assert [row for row in page.due.rows if row[0] in ("Act", "Report 7: submit")] == [
            ("Act", "Children without a place", "", many, "local"),
            ("Report 7: submit", "Monitoring reports", "30 April 2025", "in 28 days", "contract"),
        ]


@pytest.mark.parametrize(
    ("register", "column", "head"),
    [
        ("community_formula", "weight_percent", "Weight, %"),
        ("framework_lots", "quality_weight_percent", "Weight of quality, percent"),
        ("joint_funding", "care_percent", "Care"),
        ("fee_uplifts", "asked_fee_gbp", "Fee asked, £"),
    ],
)
def test_the_unit_of_a_column_stands_once_in_its_head(register, column, head):
    assert _head(registers()[register].by_name[column]) == head


@pytest.mark.parametrize(("provider", "named"), [("Elm House", "Provider"), (None, "Short name")])
def test_a_row_is_named_to_a_reader_by_what_its_register_says_and_else_by_its_key(provider, named):
    fees = registers()["fee_uplifts"]
    row = dict(uplift="u1", placement_type="independent", asked_fee_gbp="10.00", outcome="asked", provider=provider)
    kept = {"fee_uplifts": Entries(fees, fees.rows_of([row]), Findings())}
    page = registers_result(SimpleNamespace(council_registers=CouncilRegisters(kept, date(2025, 4, 2))))
    assert page.pages[0].table.columns[0].title == named
