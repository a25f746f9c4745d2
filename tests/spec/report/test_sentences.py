"""The sentences of the documents, each with the figures from which it is made: one of a kind, several, and none."""

from datetime import date
from decimal import Decimal

import pytest

from highneeds.checks.finding import Outcome
from highneeds.report.words import (
    caseload,
    conditions,
    dashboard,
    first_page,
    forecast,
    others,
    overview,
    pages,
    pictures,
    public,
    quality,
    standing,
)

OUTCOMES = {Outcome.FOUND: 1, Outcome.CLEAR: 1, Outcome.COULD_NOT_CHECK: 2}
MORE = {Outcome.FOUND: 2, Outcome.CLEAR: 3, Outcome.COULD_NOT_CHECK: 0}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            quality.finding(1, 4, OUTCOMES, 0),
            "1 finding from 4 checks: 1 check found something, 1 is clear, 2 could not be made; none must be "
            "fixed before the report goes out.",
        ),
        (
            quality.finding(5, 1, MORE, 3),
            "5 findings from 1 check: 2 checks found something, 3 are clear, 0 could not be made; 3 must be "
            "fixed first.",
        ),
        (
            caseload.agreement_with_dashboard(True, 1100, 1200, 9, 2),
            (
                "Computed from an invented caseload, 1,100 of 1,200 monthly figures are those of the dashboard, "
                "over 9 indicators with both.",
                "2 indicators differ in some month.",
            ),
        ),
        (
            caseload.agreement_with_dashboard(False, 5, 5, 1, 0),
            (
                "Computed from the council's caseload, 5 of 5 monthly figures are those of the dashboard, over 1 "
                "indicator with both.",
            ),
        ),
        (
            caseload.return_read("16 January 2025", "layout 2025", 1200, "Data lead"),
            "The return of 16 January 2025 in layout 2025, 1,200 plans in force on that day, accepted by Data lead.",
        ),
        (
            caseload.return_read("16 January 2025", "layout 2025", None, ""),
            "The return of 16 January 2025 in layout 2025, not accepted by anybody yet.",
        ),
        (
            caseload.rules_ended(9, 2, 1200, 6, 1),
            "Of 9 rules of SEN2, 2 found something, 1,200 times in all; 6 are clear; 1 could not be checked.",
        ),
        (
            caseload.rules_ended(9, 0, None, 9, 0),
            "Of 9 rules of SEN2, 0 found something; 9 are clear; 0 could not be checked.",
        ),
        (caseload.source(True, ("1 May", "2 May")), "SEN2, invented returns of 1 May and 2 May"),
        (caseload.source(False, ("1 May",)), "SEN2, return of 1 May"),
        (caseload.pipeline(()), "Requests and assessments underway add up in every month."),
        (caseload.pipeline(("May", "June")), "Requests and assessments underway do not add up in May, June."),
        (
            caseload.inside_only(5),
            "For those inside the council alone: counts under 5 are shown here, and hidden in the report.",
        ),
        (caseload.may_go_out(5), "As it may go out: counts under 5 are hidden, and what would give them away."),
        (caseload.beside_title(("May", "June")), "Reported and computed, May and June"),
        (conditions.measures_words(2, 0, 1), "2 better, 1 no clear change"),
        (conditions.measures_words(0, 3, 0), "3 worse"),
        (conditions.measures_words(0, 0, 0), "none to compare"),
        (conditions.step_words("Panel", "May 2025", "late"), "Panel: May 2025 (late)"),
        (conditions.step_words("Panel", "", "at risk"), "Panel (at risk)"),
        (conditions.step_words("Panel", "May 2025", "done"), "Panel: May 2025"),
        (
            conditions.agreement(7, 4, 2),
            "Of 7 conditions, the measures agree with the level given for 4 and differ for 2; for 1 there is "
            "nothing to compare.",
        ),
        (
            conditions.agreement(1, 0, 1),
            "Of 1 condition, the measures agree with the level given for none and differ for 1; for none there is "
            "nothing to compare.",
        ),
        (
            dashboard.finding(0, 0, 0, 9),
            "How our 9 measures moved. We set no direction for them, so none is called better or worse.",
        ),
        (
            dashboard.finding(1, 0, 2, 0),
            "Of our measures, against the same month a year before, 1 is better, none are worse and 2 show no "
            "clear change.",
        ),
        (
            dashboard.finding(3, 1, 1, 4),
            "Of our measures, against the same month a year before, 3 are better, 1 is worse and 1 shows no "
            "clear change. Another 4 are numbers to plan for, such as requests and plans.",
        ),
        (
            dashboard.standing(9, 5, 1, 0, 1),
            (
                "Of 9 indicators, 5 can be judged: 1 is better and none worse than a year before.",
                "1 has never had a figure.",
                "Numbers of plans, requests and assessments are not judged.",
            ),
        ),
        (
            dashboard.standing(9, 5, 0, 2, 3),
            (
                "Of 9 indicators, 5 can be judged: none are better and 2 worse than a year before.",
                "3 have never had a figure.",
                "Numbers of plans, requests and assessments are not judged.",
            ),
        ),
        (
            dashboard.standing(9, 0, 0, 0, 0),
            (
                "None of 9 indicators can be judged better or worse.",
                "That takes a stated better direction and figures a year apart.",
            ),
        ),
        (overview.agreement("", "2024-25", "2026-27"), f"{overview.NO_AGREEMENT}, 2024-25 to 2026-27"),
        (
            overview.rests_on(9, ("May 2024", "May 2025"), 4),
            "9 indicators, May 2024 to May 2025; 4 published figures, each with its source in the annex",
        ),
        (
            overview.rests_on(0, None, 4),
            "0 indicators, no months; 4 published figures, each with its source in the annex",
        ),
        (pages.changes_sentence("Since May", 1, 0), "Since May, 1 measure got better and none got worse"),
        (pages.changes_sentence("Since May", 0, 2), "Since May, no measure got better and 2 got worse"),
        (pages.changes_sentence("Since May", 0, 0), pages.NO_MOVES),
        (
            pages.conditions_sentence("Reviews", "Off Target", 0, 1),
            "None of 1 condition are off target; most at risk is Reviews (off target)",
        ),
        (
            pages.conditions_sentence("Reviews", "On target", 1, 7),
            "1 of 7 conditions is off target; most at risk is Reviews (on target)",
        ),
        (pages.risks_sentence(1, "1 high"), "1 risk: 1 high"),
        (pages.risks_sentence(2, "2 high"), "2 risks: 2 high"),
        (pages.risks_sentence(0, ""), pages.NO_RISKS),
        (pages.registers_sentence(1, 62), "1 of 62 registers is kept"),
        (pages.registers_sentence(2, 62), "2 of 62 registers are kept"),
        (pages.registers_sentence(0, 62), pages.NO_REGISTERS),
        (pages.comparisons_sentence(3, 9), "On 3 of 9 published measures our figure is higher than England's"),
        (pages.comparisons_sentence(0, 0), pages.NO_COMPARISONS),
        (pages.comparison_sentence("Plans", "5%", "4%", "2025"), "Plans: 5% here, 4% in England (2025)"),
        (pages.comparison_sentence("Plans", "5%", "", "2025"), "Plans: 5% here (2025)"),
        (pages.rows(1), "1 row"),
        (pages.rows(0), "0 rows"),
        (
            others.beside_area("England", Decimal(1200), Decimal(1100), 1, 1),
            "England, more in all (£1,200 against £1,100) and more on 1 of 1 service",
        ),
        (
            others.beside_area("England", Decimal(9), Decimal(10), 2, 7),
            "England, less in all (£9 against £10) and more on 2 of 7 services",
        ),
        (
            others.beside_area("England", Decimal(9), Decimal(9), 2, 7),
            "England, the same in all (£9 against £9) and more on 2 of 7 services",
        ),
        (
            others.spending("Eastmoor", (), Decimal(1200), ("A", "B")),
            "The table gives Eastmoor alone, £1,200 a head in all. The published table says A and B.",
        ),
        (others.spending("Eastmoor", ("X", "Y"), Decimal(1), ()), "Eastmoor spends a head, against X; against Y."),
        (others.page_lines(()), "Public page"),
        (others.page_lines((7,)), "Public page, line 7"),
        (others.page_lines((7, 8, 9)), "Public page, lines 7 to 9"),
        (
            others.largest_gap("England", "£5", "Top-up funding"),
            "The largest gap to England is £5 a head on top-up funding",
        ),
        (others.rates("Pupils", Decimal("4.5"), Decimal(3)), "Pupils: 4.5 per 1,000 against 3, 1.50 times the rate."),
        (public.of_every_ten(Decimal(0)), "no plan"),
        (public.of_every_ten(Decimal("4.9")), "hardly any plan"),
        (public.of_every_ten(Decimal(5)), "about 1 in every 10 plans"),
        (public.of_every_ten(Decimal("94.9")), "about 9 in every 10 plans"),
        (public.of_every_ten(Decimal(95)), "nearly every plan"),
        (public.of_every_ten(Decimal(100)), "every plan"),
        (pictures.of_requests(65), "65% of requests"),
        (
            pictures.way_title("3,988", "Requests received", "1,978", "Plans issued", "2023"),
            "Requests received: 3,988; plans issued: 1,978 (2023)",
        ),
        (
            pictures.ages_title(pictures.at_age(11, 15), "1", "2", 2019, 2024),
            "Plans grew most at ages 11 to 15: from 1 in January 2019 to 2 in January 2024",
        ),
        (pictures.at_age(0, 4), "under 5"),
        (forecast.ages(0, 4), "Under 5"),
        (forecast.ages(20, 25), "20 to 25"),
        (
            pictures.ages_broken_title(2020, 2025, 2023),
            "Plans by age in January 2020 and January 2025, which cannot be compared: the return changed in "
            "January 2023",
        ),
        (
            pictures.position_title("Deficit", "at 31 March", "£30m", "", "£5m"),
            "Deficit at 31 March: £30m expected, £5m achieved",
        ),
        (
            pictures.placements_title("Out of county", "Total", "136", "Feb", "85", "Sep"),
            "Out of county, total: 136 in Feb, 85 projected for Sep",
        ),
        (standing.school_words("Elm", None, "", False), "Elm has no date"),
        (standing.school_words("Elm", None, "is not begun", True), "Elm is not begun"),
        (standing.school_words("Elm", 1, "open", True), "Elm opened 1 month late"),
        (standing.school_words("Elm", 0, "open", False), "Elm opened on time"),
        (standing.school_words("Elm", 2, "building", True), "Elm 2 months late at the earliest"),
        (standing.school_words("Elm", -1, "building", False), "Elm on time"),
        (standing.capital_reason(["Elm", "Oak"], 1, 3), "Two of three on time: Elm; Oak."),
        (standing.capital_reason(["Elm"], 12, 12), "None of 12 on time: Elm."),
        (standing.in_year_label(2024), f"In-year overspend 2024, {standing.BEFORE_CONTRIBUTIONS}"),
        (standing.in_year_label(2024, True), f"In-year surplus 2024, {standing.BEFORE_CONTRIBUTIONS}"),
        (standing.accumulated_label("31 March", True), "Accumulated surplus, 31 March"),
        (standing.accumulated_label("31 March"), "Accumulated deficit, 31 March"),
        (standing.expected_label("31 March"), "Deficit expected at 31 March"),
        (standing.expected_label("31 March", True), "Surplus expected at 31 March"),
        (standing.than_planned(True), "Worse than planned"),
        (standing.than_planned(False), "Better than planned"),
        (standing.beside_target("about £5m", True), "About £5m above target."),
        (standing.beside_target("about £5m", False), "About £5m below target."),
        (first_page.verdict(1), "Worse"),
        (first_page.verdict(0), "As agreed"),
        (first_page.verdict(-1), "Better"),
        (first_page.or_else(("£5m", "£6m", "£5m")), "£5m or £6m"),
        (first_page.meaning(2028, (), None), "What it means: the deficit left in March 2028 is not published."),
        (
            first_page.meaning(2028, ("£5m",), None),
            "What it means: a deficit is expected to remain in March 2028: £5m.",
        ),
        (
            first_page.meaning(2028, ("£5m",), date(2026, 3, 31)),
            "What it means: a deficit is expected to remain in March 2028: £5m, and falls on the council's own "
            "books once the statutory override ends on 31 March 2026.",
        ),
        (first_page.published_in("Cabinet", True), "Published after this report in Cabinet"),
        (first_page.published_in("Cabinet", False), "Published in Cabinet"),
    ],
)
def test_a_sentence_says_its_figures(said, sentence):
    assert said == sentence
