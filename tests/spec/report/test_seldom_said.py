"""What documents and pages say where a council has what neither example has: a figure missing here, a case of its own
there. Each line can be checked by reading the function it asks."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Having

import polars as pl
import pytest

from highneeds.account.amount import known, missing
from highneeds.account.grant.stability_grant import Approval, StabilityGrant
from highneeds.account.stated import stated
from highneeds.account.variance.drivers import Driver, DriverBridge, DriverKind
from highneeds.assurance.movement import FigureChange, Movement, MovementJudgement
from highneeds.checks.finding import Outcome
from highneeds.intake.workspace import DashboardIndicator, Observation
from highneeds.intake.workspace.dashboard import Direction
from highneeds.report import document as doc
from highneeds.report.blocks import spans
from highneeds.report.figures import indicators as figures
from highneeds.report.figures import variance
from highneeds.report.pages import changes, conditions, indicators, money_views, narrative
from highneeds.report.pages.results.parts import LinkedSentence
from highneeds.report.render.xlsx import sheet_names
from highneeds.report.reports import reports, reports_of_kind
from highneeds.report.returns.quarterly_checks import check_cell, check_sheet_name
from highneeds.report.returns.rounding import controlled
from highneeds.report.sections import (
    caseload,
    condition_pages,
    dashboard,
    finance,
    first_page,
    forum,
    known_instead,
    lsrp,
    pictures,
    public,
    review_sheet,
    standing,
)
from highneeds.report.shown_number import ShownNumber
from highneeds.report.views.account import further
from highneeds.report.words import quality as quality_words
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

UNKNOWN = Note.of("amount.no_figure")

NOW, THEN = Month(2025, 1), Month(2024, 1)
NOT_KNOWN = FigureChange(None, None, MovementJudgement.NEITHER)
YEAR = FinancialYear(2024)


def indicator(name="top_ups", title="Average top-up paid", unit=Unit.COUNT, good=Direction.DOWN):
    where = Source("dashboard", 2)
    return DashboardIndicator(name, 3, title, "Top-ups", unit, "", "monthly", good, where, "", where)


def movement(latest, change=None, period=NOW, of=None):
    """An indicator's latest figure (None: never one) and its change on the year before."""
    of, where = of or indicator(), Source("observations.csv", 9)
    seen = None if latest is None else Decimal(latest)
    last = (
        None
        if seen is None
        else Observation(of.id, period, seen, of.unit, State.REPORTED, "", latest, where, "", where)
    )
    on_year = NOT_KNOWN if change is None else FigureChange(Decimal(change), THEN, MovementJudgement.WORSE)
    return Movement(of, last, NOT_KNOWN, on_year, 0, 0, 13)


def money(**layers):
    """What is known of 2024-25: closing_latest=5 for a deficit of £5m that is forecast."""
    sums = {tuple(name.split("_")): stated(value * 1_000_000, source="Cabinet") for name, value in layers.items()}

    def one(year, measure, *kinds):
        short = measure.partition("_")[0]
        return next((sums[short, kind.value] for kind in kinds if (short, kind.value) in sums), None)

    report = Having(current_year=YEAR, submitted=date(2025, 4, 2))
    council = Having(report=report, la_number="998", rollover_month=9)
    workspace = Having(council=council, agreement=Having(last_year=FinancialYear(2027)))
    layers = Having(one=one, years=(FinancialYear(2023), YEAR))
    return Having(workspace=workspace, money=Having(layers=layers, position=None))


@pytest.mark.parametrize(
    ("promised", "actual", "drivers", "title"),
    [
        (0, -500_000_00, (1_00,), "Drivers of £1 are more than offset: the forecast is £500,000 below the target"),
        (5_00, 5_00, (1_00,), "Drivers of £1 are offset: the forecast is exactly on target"),
        (5_00, 5_00, (), "The forecast is exactly on target, and no figure names a driver"),
        (5_00, 1_005_00, (), "No published figure divides the £1,000 between its causes"),
        (1_005_00, 5_00, (), "No published figure divides the £1,000 between its causes"),
    ],
)
def test_the_title_of_a_bridge(promised, actual, drivers, title):
    named = tuple(Driver("Fees", DriverKind.PRICE, known(one)) for one in drivers)
    assert variance._title(DriverBridge(promised, actual, named), len(named)) == title


@pytest.mark.parametrize(
    ("one", "title"),
    [
        (movement(None), "Top-ups"),
        (movement("12", "2", FinancialYear(2024)), "Top-ups"),
        (movement("12"), "Top-ups: 12 in Jan 2025"),
        (movement("12", "2"), "Top-ups: 12 in Jan 2025, +20.0% on Jan 2024"),
    ],
)
def test_the_title_of_a_measure_that_is_drawn(one, title):
    assert condition_pages.chart_title(one) == title


@pytest.mark.parametrize(("one", "words"), [(movement(None), ""), (movement("12", "2"), "12, +20.0%")])
def test_the_words_of_a_small_picture(one, words):
    assert figures._panel_words(Having(movement=lambda name: one), one.indicator) == words


def test_a_limit_that_no_figures_give():
    assert figures._limit_cell(indicator(), None) == doc.Cell.words("none possible")


def test_the_forum_reads_the_measures_of_top_ups():
    of = indicator("avg_cost_mainstream_ehcp", title="Average rate")
    others = movement(None, of=of), movement("3", of=indicator(title="Top-up"))
    assert list(forum._measured(Having(movements=[movement("12", of=of), *others]))) == ["Top-ups: 12 (Jan 2025)"]


@pytest.mark.parametrize(
    ("latest", "unit", "shown"),
    [("0", Unit.COUNT, "0"), ("1", Unit.COUNT, "fewer than 5"), ("4", Unit.COUNT, "fewer than 5"),
     ("5", Unit.COUNT, "5"), ("4", Unit.PERCENT, "4.0%")],
)  # fmt: skip
def test_a_small_count_is_not_said_to_the_public(latest, unit, shown):
    assert public._shown(movement(latest, of=indicator(unit=unit))) == shown


@pytest.mark.parametrize(
    ("change", "unit", "words"),
    [
        ("0", Unit.COUNT, "A year before it was the same."),
        ("8", Unit.COUNT, ""),  # four children a year before
        ("7", Unit.COUNT, "A year before it was 5."),
        ("12", Unit.COUNT, "A year before it was 0."),
        (None, Unit.COUNT, ""),
        ("8", Unit.PERCENT, "A year before it was 4.0%."),
    ],
)
def test_nor_is_the_count_of_a_year_before(change, unit, words):
    assert public._before(movement("12", change, of=indicator(unit=unit))) == words


def test_nothing_is_said_before_a_first_figure():
    assert public._before(movement(None)) == ""


@pytest.mark.parametrize(
    ("period", "words"), [("2025-02", "February 2025"), ("2024-25", "2024-25"), ("2025-13", "2025-13")]
)
def test_when_a_figure_of_the_public_page_is_of(period, words):
    assert public._when(period) == words


IN_MILLIONS = ShownNumber(pound=True, millions=True)


def figure(label, value, text, **more):
    """A surplus is said in words, so that a spreadsheet shows no minus either."""
    surplus = ShownNumber(pound=True, millions=True, unsigned=True, after=" surplus")
    shown = surplus if text.endswith(" surplus") else IN_MILLIONS
    return doc.BigFigure(label, doc.Cell(Decimal(value) * 1_000_000, text, unit="gbp", shown=shown), **more)


@pytest.mark.parametrize(
    ("layers", "shown"),
    [
        (
            {"in_achieved": 3, "closing_achieved": 5},
            [
                figure("In-year overspend 2023-24, before contributions", 3, "£3m", change="Achieved"),
                figure("Accumulated deficit, 31 March 2024", 5, "£5m", change="Achieved"),
            ],
        ),
        (
            {"closing_achieved": -5},
            [figure("Accumulated surplus, 31 March 2024", -5, "£5m surplus", change="Achieved")],
        ),
        ({"closing_latest": 5}, []),
    ],
)
def test_what_was_achieved_stands_in_place_of_a_plan(layers, shown):
    assert list(known_instead._money(money(**layers))) == shown


@pytest.mark.parametrize(
    ("layers", "shown"),
    [
        ({"in_latest": 3}, figure("In-year overspend 2024-25, before contributions", 3, "£3m")),
        ({"in_latest": -3, "in_agreed": 1}, figure("In-year surplus 2024-25, before contributions", -3, "£3m surplus")),
        ({"in_agreed": 1}, None),
    ],
)
def test_the_year_without_an_agreed_position(layers, shown):
    assert standing._in_year(money(**layers)) == shown


AGAINST = "Accumulated deficit against plan, 31 March 2025"


@pytest.mark.parametrize(
    ("layers", "shown"),
    [
        ({"closing_latest": 3}, figure("Accumulated deficit, 31 March 2025", 3, "£3m")),
        (
            {"closing_achieved": -3, "closing_latest": 4, "cumulative_latest": 2},
            figure("Accumulated surplus, 31 March 2025", -3, "£3m surplus", change="£2m worse than planned"),
        ),
        ({"cumulative_latest": 2}, figure(AGAINST, 2, "£2m", change="Worse than planned")),
        ({"cumulative_latest": -2}, figure(AGAINST, -2, "−£2m", change="Better than planned")),
        ({}, None),
    ],
)
def test_the_accumulated_balance_or_how_far_it_is_from_plan(layers, shown):
    assert standing._accumulated(money(**layers)) == shown


def test_the_accumulated_deficit_of_the_first_page():
    label, gap = "Accumulated deficit, 31 March 2025", "The gap to plan is not published"
    assert first_page._accumulated(money(closing_latest=3, closing_agreed=1)) == doc.BigFigure(
        label,
        doc.Cell(Decimal(3_000_000), "£3m", unit="gbp", note="Cabinet", shown=IN_MILLIONS),
        change=gap,
        target="Agreed for March 2028: £1m. Published in Cabinet",
        href="#finance",
    )
    assert first_page._accumulated(money()) == doc.BigFigure(
        label, doc.Cell.words("Not published"), change=gap, target="Nothing agreed is published", href="#finance"
    )


YOUNG, OLD, NEW = "Under 5", "Age 5 to 10", "Age 11 to 15"


@pytest.mark.parametrize(
    ("plans", "breaks", "title"),
    [
        ({(2020, YOUNG): 3, (2025, YOUNG): 3}, (), "Plans by age in January 2020 and January 2025"),
        ({(2020, YOUNG): 3, (2025, NEW): 9}, (), "Plans by age in January 2020 and January 2025"),
        (
            {(2020, YOUNG): 3, (2025, YOUNG): 4, (2020, OLD): 3, (2025, OLD): 5, (2025, NEW): 50},
            (2020, 2026),
            "Plans grew most at ages 5 to 10: from 3 in January 2020 to 5 in January 2025",
        ),
        (
            {(2020, YOUNG): 3, (2025, YOUNG): 4},
            (2020, 2021, 2025),
            "Plans by age in January 2020 and January 2025, which cannot be compared: "
            "the return changed in January 2025",
        ),
    ],
)
def test_where_plans_grew_most(plans, breaks, title):
    assert pictures.ages_finding(plans, 2020, 2025, breaks) == title


def test_plans_by_age_need_a_january_five_years_back():
    columns = {"la_number": ["998"] * 2, "year": [2021, 2025], "age_band": [YOUNG] * 2, "plans": ["3", "4"]}
    published = Having(has=lambda name: True, table=lambda name: pl.DataFrame(columns))
    assert pictures.plans_by_age(Having(published=published, workspace=money().workspace)) is None


def cost(group, places, begins, pence):
    return {"group": group, "placements": Decimal(places), "from_day": date(begins, 4, 1), "annual_cost": pence}


def test_the_average_cost_of_the_newest_rows_is_of_all_their_places():
    """(1,000 + 700) / 3, where 2023 is older and 2025 has no place."""
    rows = [
        cost("independent", 2, 2024, 1000_00), cost("independent", 1, 2024, 700_00),
        cost("independent", 9, 2023, 90_00), cost("independent", 0, 2025, 90_00), cost("maintained", 9, 2024, 90_00),
    ]  # fmt: skip
    account = Having(rows=lambda name: rows)
    assert further._average(account, "independent") == known(566_67, Note.of("stands.unit_costs", group="independent"))
    none = missing(Note.of("amount.no_unit_cost", group="maintained_special"))
    assert further._average(account, "maintained_special") == none


@pytest.mark.parametrize(
    ("columns", "shown"), [(("financial_year", "payer"), "All years"), (("payer", "year"), "Not said")]
)
def test_the_head_of_a_row_is_never_empty(columns, shown):
    table = Having(columns=columns)
    assert [money_views._shown(("", ""), at, table, {}, False) for at in (0, 1)] == [shown, ""]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (None, "None on record"),
        ({"milestone": None, "reads": NOW}, "None on record"),
        ({"milestone": 12, "reads": NOW}, "12 in Jan 2025"),
        ({"milestone": 12, "reads": None}, "12"),
    ],
)
def test_the_target_of_an_indicator(row, words):
    assert indicators._target(indicator(), row) == words


REGISTER = {"commentary": "", "why_missed": "", "owner_role": ""}


def test_the_comment_and_the_owner_of_an_indicator():
    claims = [Having(series=("other",), sentence="no"), Having(series=("plans", "top_ups"), sentence="They rose.")]
    paragraph = Having(claims=claims, paragraph=Having(section="Condition 3"))
    roles = {"condition_3": "Head of SEN"}
    evidence = Having(narrative=[paragraph], workspace=Having(council=Having(roles=roles)))
    seen = [indicators._comment(evidence, indicator(), row) for row in (
        {**REGISTER, "commentary": "Slower", "why_missed": "Late"}, {**REGISTER, "why_missed": "Late"}, REGISTER, None
    )]  # fmt: skip
    narrated = ("They rose.", "From the report, condition 3")
    assert seen == [
        ("Slower", "From the register of targets"),
        ("Late", "From the register of targets"),
        narrated,
        narrated,
    ]
    assert indicators._comment(Having(narrative=[]), indicator(), None) == ("", "")
    owners = [
        indicators._owner(evidence, indicator(), row) for row in ({**REGISTER, "owner_role": "Analyst"}, REGISTER, None)
    ]
    assert owners == ["Analyst", "Head of SEN", "Head of SEN"]


@pytest.mark.parametrize(
    ("series", "link"),
    [
        ("top_ups plans_2025", "indicator:top_ups"),
        ("nothing plans_2025", "source:plans_2025"),
        ("condition_3", "condition:3"),
        ("condition_9", "conditions"),
        ("risk_2", "risks"),
        ("account_gap", "money"),
        ("openings_nore", "money"),
        ("openings", ""),
        ("", ""),
    ],
)
def test_where_a_judged_claim_leads(series, link):
    evidence = Having(
        workspace=Having(
            indicators=[indicator()], facts=[Having(id="plans_2025")], agreement=Having(conditions=[Having(number=3)])
        ),
        registers={"openings": ()},
    )
    assert narrative.behind(evidence, Having(series=tuple(series.split()))) == link


GOOD, OFF, UNKNOWN = AssuranceLevel.ON_TARGET, AssuranceLevel.OFF_TARGET, AssuranceLevel.UNKNOWN


def rated(*levels):
    given = [Having(level=one, update=f"{place}/2025") for place, one in enumerate(levels, 1)]
    return Having(given=given, condition=Having(number=3, short_title="Reviews"))


def test_levels_that_moved_since_the_update_before():
    moved = list(changes._levels(Having(assurances=[rated(GOOD), rated(GOOD, GOOD), rated(OFF, GOOD, UNKNOWN, OFF)])))
    words = "Condition 3, Reviews: off target at the 4/2025 update, on target before"
    assert moved == [LinkedSentence(words, "condition:3")]


WORSE, BETTER = {"worse": (1,)}, {"better": (1,)}


@pytest.mark.parametrize(
    ("level", "measures", "words"),
    [
        (GOOD, WORSE, conditions.words.APART),
        (GOOD, BETTER, ""),
        (OFF, BETTER, conditions.words.APART_BETTER),
        (OFF, WORSE, ""),
    ],
)
def test_a_level_and_measures_that_point_different_ways(level, measures, words):
    found = Having(**{"worse": (), "better": (), "unchanged": (), "turning": (), **measures})
    assert conditions._apart(Having(current=level, suggestion=found)) == words


@pytest.mark.parametrize(("words", "said"), [(330, []), (331, ["Condition 3 has 331 words; a page holds about 330."])])
def test_the_review_tells_of_a_condition_that_is_too_long(words, said):
    paragraphs = [Having(section="Condition 3", text="so " * (words - 1)), Having(section="Condition 3", text="much")]
    paragraphs.append(Having(section="Condition 4", text="more " * 900))
    assert list(review_sheet._too_long(Having(workspace=Having(narrative=paragraphs)), 3)) == said


@pytest.mark.parametrize(
    ("could_not", "found", "words"),
    [
        (0, 0, "Of 5 checks none found anything."),
        (2, 0, "Of 5 checks 2 could not be made, the rest found nothing."),
        (
            1,
            1,
            "7 findings from 5 checks: 1 check found something, 3 are clear, 1 could not be made; "
            "2 must be fixed first.",
        ),
    ],
)
def test_what_the_checks_found(could_not, found, words):
    outcomes = {Outcome.FOUND: found, Outcome.CLEAR: 5 - could_not - found, Outcome.COULD_NOT_CHECK: could_not}
    assert quality_words.finding(7 * found, 5, outcomes, 2 * found) == words


def test_nothing_to_fix_first():
    words = "1 finding from 1 check: 1 check found something, 0 are clear, 0 could not be made; "
    outcomes = {Outcome.FOUND: 1, Outcome.CLEAR: 0, Outcome.COULD_NOT_CHECK: 0}
    none = "none must be fixed before the report goes out."
    assert quality_words.finding(1, 1, outcomes, 0) == words + none


def test_measures_of_no_condition_stand_under_a_head_of_their_own_where_there_are_conditions():
    third = Having(number=3, short_title="Reviews")
    grouped = [(third, [indicator("a")]), (Having(number=4), []), (None, [indicator("b")])]
    row = doc.Row.of("a measure")
    levels = [Having(condition=third, current=GOOD), Having(condition=Having(number=4), current=OFF)]
    workspace = Having(indicators_by_condition=grouped)
    seen = list(dashboard._grouped(Having(workspace=workspace, assurances=levels), lambda one: [row]))
    heads = doc.Row.group("Condition 3: Reviews", level=GOOD), doc.Row.group(dashboard.words.OF_NO_CONDITION)
    assert seen == [heads[0], row, heads[1], row]
    workspace = Having(indicators_by_condition=grouped[2:])
    assert list(dashboard._grouped(Having(workspace=workspace, assurances=[]), lambda one: [row])) == [row]


def returns(count, restated):
    return Having(returns=(1,) * count, restated=Having(rows=(1,) * restated))


@pytest.mark.parametrize(
    ("computed", "hide", "words"),
    [
        (returns(1, 0), False, caseload.words.ONE_RETURN),
        (returns(2, 0), True, caseload.words.NONE_RESTATED),
        (returns(2, 3), True, caseload.words.restated_elsewhere(3)),
    ],
)
def test_months_that_a_later_return_tells_otherwise(computed, hide, words):
    assert list(caseload._restated(computed, hide)) == [doc.Paragraph(words)]


def test_a_return_that_is_as_the_last_one_says_so(monkeypatch):
    cells = {("6", "Mainstream schools", 2026): 12}
    monkeypatch.setattr(lsrp, "cells_of", lambda one: cells)
    for last, words in (({}, lsrp.words.NO_LAST), (dict(cells), lsrp.words.NOTHING_MOVED)):
        monkeypatch.setattr(lsrp, "last_submission", lambda root, last=last: last)
        assert list(lsrp._beside_last(Having(root=None), Having())) == [doc.Paragraph(words)]


def test_one_layer_has_no_effects():
    only = lsrp.effects((Having(),), (2026,))
    assert only == doc.Section("effects", lsrp.words.EFFECTS, (doc.Paragraph(lsrp.words.NO_EFFECTS),), new_page=True)


def test_without_a_forecast_no_cells_are_kept(monkeypatch):
    monkeypatch.setattr(lsrp, "forecast_or_why", lambda evidence, year: "Nothing is published of this council.")
    assert lsrp.kept_cells(Having()) == {}


def test_small_things_that_nobody_asks_for_twice():
    span = doc.Span("see")
    assert (spans(span), spans(""), spans("a"), spans(("a", span))) == (
        (span,),
        (),
        (doc.Span("a"),),
        (doc.Span("a"), span),
    )
    assert controlled([]) == [] and controlled([[], []]) == [[], []]
    assert [one.kind for one in reports_of_kind("returns")] == [
        one.kind for one in reports() if one.sections and not one.in_run
    ]
    assert (
        check_cell("lsrp data", "A1", "x", "886")
        == check_sheet_name("lsrp data")
        != check_cell("Cover", "B9", "x", "886")
    )


def test_two_tables_of_one_name_have_two_sheets():
    """A name has at most 31 letters, and a number from the second on."""
    ids = [
        "a-table-whose-name-is-rather-too-long",
        "a-table-whose-name-is-rather-too-big",
        "a-table-whose-name-is-rather-to",
    ]
    found = sheet_names(Having(tables=lambda: [(None, Having(id=one)) for one in ids]))
    names = ["A table whose name is rather to", "A table whose name is rathe 2", "A table whose name is rathe 3"]
    assert found == dict(zip(ids, names, strict=True))


@pytest.mark.parametrize("count", [1, 2])
def test_one_figure_alone_stands_in_the_list_and_not_above_it(monkeypatch, count):
    monkeypatch.setattr(public, "_figures", lambda evidence: ["figure"] * count)
    monkeypatch.setattr(public, "_family_lines", lambda evidence, with_plans: ["plans"] if with_plans else ["others"])
    above = doc.Figures(("figure", "figure"), id="public-figures", title=public.words.FIGURES)
    blocks = public.families(Having()).blocks
    assert blocks[1:] == ((doc.Bullets(("plans",)),) if count == 1 else (above, doc.Bullets(("others",))))


def test_the_grant_for_stability_stands_under_what_would_fall_on_the_council():
    """90% of the £8m that is eligible of £10m is £7.2m, £2.8m stays; nobody counts on what is not approved."""
    deficit = known(10_000_000_00, Source("section 251"))
    grant = StabilityGrant((), deficit, known(2_000_000_00), Decimal(90), Approval.SUBMITTED)
    parts = Having(overrides=(), grant=grant, after_grant=((YEAR, known(1_00, Source("worked out"))),))
    sentence, table = finance._override(Having(account=Having(parts=parts)))
    told = "If £8m is eligible, the grant at 90% pays £7.2m and leaves £2.8m; the local plan is submitted."
    assert sentence == doc.Paragraph(told)
    assert (table.id, table.title) == ("finance-grant", "High needs stability grant")
    assert [" | ".join(cell.text for cell in row.cells) for row in table.rows] == [
        "deficit that counts | £10m | section 251",
        "ineligible spend | £2m | ",
        "eligible deficit | £8m | section 251",
        "grant at 90% | £7.2m | section 251",
        "left with the council | £2.8m | section 251",
        "to count on while submitted | £0 | the local plan is submitted",
        "deficit at 31 March 2025 | £1 | worked out",
    ]
