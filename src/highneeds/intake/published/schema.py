"""The published files as data: which tables there are, and which columns each must have.

A file is recognised by its stem without the years it covers: `ehcp_caseload_total_2010_2026.csv` is the same table as
`ehcp_caseload_total_2010_2025.csv`. Columns named here are required; any further column is read as it comes.
"""

import re
from dataclasses import dataclass

import polars as pl

TEXT, COUNT, NUMBER = pl.String, pl.Int64, pl.Float64
ColumnType = type[pl.String] | type[pl.Int64] | type[pl.Float64]

MARKERS = ("x", "z", "c", ":", "u", "-", "..", "low", "")
"""What the publisher writes where there is no figure; each becomes null. Zero stays zero."""

_PERIOD = re.compile(r"(?:_(?:to|mid\d{4}|\d{4}(?:_\d{2}(?!\d))?))+(?=(?:_shares)?$)")


@dataclass(frozen=True)
class PublishedTable:
    """One published table: what it holds, where it comes from and the columns it must have."""

    title: str
    source: str
    columns: dict[str, ColumnType]


def canonical_name(stem: str) -> str:
    """The table a file holds: its stem without the years it covers."""
    return _PERIOD.sub("", stem)


def _area(*periods: str) -> dict[str, ColumnType]:
    known: dict[str, ColumnType] = {"geo_level": TEXT, "la_number": TEXT}
    return known | dict.fromkeys(periods, COUNT)


def _counts(*names: str) -> dict[str, ColumnType]:
    return dict.fromkeys(names, COUNT)


def _numbers(*names: str) -> dict[str, ColumnType]:
    return dict.fromkeys(names, NUMBER)


def _texts(*names: str) -> dict[str, ColumnType]:
    return dict.fromkeys(names, TEXT)


_EHCP = "DfE, Education, health and care plans"
_LA = {"la_number": TEXT}

TABLES: dict[str, PublishedTable] = {
    "la_lookup": PublishedTable(
        "Councils, their codes, regions, active years and successors",
        "DfE local authority codes; GOV.UK, DSG: very high deficit intervention",
        _texts("la_number", "la_name", "region_code", "region")
        | _counts("first_year", "last_year")
        | _texts("la_type", "successor_la_number"),
    ),
    "ehcp_caseload_total": PublishedTable(
        "Plans in force each January", _EHCP, _area("year") | _counts("plans", "of_which_statements")
    ),
    "ehcp_caseload_by_setting": PublishedTable(
        "Plans each January by setting", _EHCP, _area("year") | _texts("setting") | _counts("plans")
    ),
    "ehcp_caseload_setting_detail": PublishedTable(
        "Plans each January by published placement column", _EHCP, _area("year") | _counts("ehcplans")
    ),
    "ehcp_caseload_by_age_band": PublishedTable(
        "Plans each January by age band", _EHCP, _area("year") | _texts("age_band") | _counts("plans")
    ),
    "ehcp_caseload_single_age_by_setting": PublishedTable(
        "Plans each January by single year of age and setting", _EHCP, _area("year") | _texts("age") | _counts("plans")
    ),
    "ehcp_caseload_by_age_started": PublishedTable(
        "Plans each January by age when started", _EHCP, _area("year") | _texts("breakdown") | _counts("plans")
    ),
    "ehcp_caseload_by_years_held": PublishedTable(
        "Plans each January by years held", _EHCP, _area("year") | _texts("breakdown") | _counts("plans")
    ),
    "ehcp_new_plans_by_setting": PublishedTable(
        "New plans in the calendar year by setting",
        _EHCP,
        _area("cal_year") | _texts("setting") | _counts("new_plans"),
    ),
    "ehcp_new_plans_by_age_band": PublishedTable(
        "New plans in the calendar year by age band",
        _EHCP,
        _area("cal_year") | _texts("age_band") | _counts("new_plans"),
    ),
    "ehcp_new_plans_by_single_age": PublishedTable(
        "New plans in the calendar year by single year of age",
        _EHCP,
        _area("cal_year") | _texts("age_when_started") | _counts("new_plans"),
    ),
    "ehcp_ceased_by_age_and_placement": PublishedTable(
        "Plans ceased in the calendar year by age and by placement",
        _EHCP,
        _area("cal_year")
        | _texts("breakdown_topic", "breakdown")
        | _counts("total_ceased", "transfer", "max_age", "needs_met", "no_engage", "moved_outside_eng"),
    ),
    "ehcp_process": PublishedTable(
        "Requests, decisions, assessments, timeliness and ends in the calendar year",
        _EHCP,
        _area("cal_year")
        | _counts(
            "requests_received_in_year",
            "requests_decided_to_assess",
            "requests_decided_not_to_assess",
            "requests_decision_not_made",
            "requests_withdrawn",
            "mediation_related_request",
            "tribunal_related_request",
            "assess_in_year",
            "assess_issued",
            "assess_not_issued",
            "assess_not_made",
            "assess_withdrawn",
            "plans_issued_den",
            "plans_issued_den_ex",
            "plans_issued_within_20_weeks",
            "plans_issued_20_weeks_ex",
            "new_ehc_plans",
            "total_ceased",
        ),
    ),
    "sen2_management_info": PublishedTable(
        "The same by the older return and definitions, with transfers between sectors",
        "DfE, Statements of SEN and EHC plans (SEN2 aggregate return)",
        _area("cal_year")
        | _counts("InreqEHC", "AssRefusedEHC", "AssnodecisionEHC", "NewallEHC", "AssnoneEHC")
        | _counts("MtosiEHC", "SitomEHC", "DisleaEHC", "DismetEHC", "DisothEHC", "DisleftEHC", "StatementstoEHC"),
    ),
    "ehcp_residential": PublishedTable(
        "Plans in residential placements each January",
        _EHCP,
        _area("year") | _counts("Res_3851", "Res_52", "Res_tot"),
    ),
    "ehcp_primary_need_by_single_age": PublishedTable(
        "Plans by primary need and age", _EHCP, _area("year") | _texts("breakdown", "need") | _counts("plans")
    ),
    "ehcp_primary_need_by_placement": PublishedTable(
        "Plans by primary need and placement",
        _EHCP,
        _area("year") | _texts("placement_type", "need") | _counts("plans"),
    ),
    "ehcp_primary_need_new_plans": PublishedTable(
        "New plans in the calendar year by primary need",
        _EHCP,
        _area("cal_year") | _texts("need") | _counts("new_plans"),
    ),
    "ehcp_annual_reviews": PublishedTable(
        "Annual reviews of plans: expected, met, decided and their outcome",
        _EHCP,
        _area("cal_year") | _counts("total_ehc_plans", "review_expected", "total_review_meeting", "no_review_meeting"),
    ),
    "ehcp_primary_need_by_single_age_shares": PublishedTable(
        "Share of plans by primary need and age",
        _EHCP,
        _area("year") | _texts("breakdown", "need") | _numbers("share"),
    ),
    "ehcp_primary_need_by_placement_shares": PublishedTable(
        "Share of plans by primary need and placement",
        _EHCP,
        _area("year") | _texts("placement_type", "need") | _numbers("share"),
    ),
    "ehcp_primary_need_new_plans_shares": PublishedTable(
        "Share of new plans by primary need", _EHCP, _area("cal_year") | _texts("need") | _numbers("share")
    ),
    "send_tribunal_appeals": PublishedTable(
        "Appeals registered with the SEND Tribunal",
        "MoJ and DfE, SEND tribunals and appeal rate",
        _area("cal_year") | _numbers("appeals_registered", "appealable_decisions", "appeal_rate_pct"),
    ),
    "stat_neighbours": PublishedTable(
        "Ten statistical neighbours of each council, ranked",
        "DfE, Local authority interactive tool",
        _texts("model_version", "la_number") | _counts("rank") | _texts("neighbour_la_number", "closeness"),
    ),
    "lait_sen_indicators": PublishedTable(
        "SEN measures of the local authority interactive tool",
        "DfE, Local authority interactive tool",
        _texts("measure", "period", "la_number") | _numbers("value"),
    ),
    "lait_measures": PublishedTable(
        "What the measures of the local authority interactive tool mean",
        "DfE, Local authority interactive tool",
        _texts("measure", "label", "polarity", "owner", "url"),
    ),
    "s251_high_needs_lines": PublishedTable(
        "High needs lines of the section 251 return, budget and outturn",
        "DfE, High needs benchmarking tool (section 251)",
        _LA | _texts("fin_year", "stage", "line") | _numbers("amount_gbp", "population_2_18", "gbp_per_head_2_18"),
    ),
    "s251_outturn_high_needs_total": PublishedTable(
        "Section 251 outturn: net high needs total and other education totals",
        "DfE, LA and school expenditure (section 251), summed by a third party",
        _LA | _texts("fin_year") | _numbers("high_needs_1_2_net_gbp"),
    ),
    "s251_specialist_topup": PublishedTable(
        "Section 251: special school top-ups, state and independent",
        "DfE, SEND and AP inclusion dashboard (section 251)",
        _LA | _texts("fin_year", "category") | _numbers("amount_gbp", "population_2_18", "gbp_per_head_2_18"),
    ),
    "dsg_balance_pct": PublishedTable(
        "DSG cumulative balance as a percentage of DSG income",
        "DfE, SEND and AP inclusion dashboard",
        _texts("geo_level", "la_number", "fin_year") | _numbers("dsg_cumulative_balance_pct_of_income"),
    ),
    "dsg_allocations": PublishedTable(
        "DSG allocations by block, before and after recoupment and deductions",
        "DfE and ESFA, DSG allocations",
        _LA | _texts("fin_year") | _numbers("high_needs_block", "high_needs_block_after_deductions"),
    ),
    "ap_placements": PublishedTable(
        "Pupils in alternative provision",
        "DfE, Schools, pupils and their characteristics",
        _area("year") | _texts("prov_type") | _counts("total"),
    ),
    "population_single_age_0_25": PublishedTable(
        "Population by single year of age",
        "ONS mid-year population estimates",
        _LA | _counts("age", "mid_year") | _numbers("population"),
    ),
    "population_2_18_and_0_25": PublishedTable(
        "Population aged 2 to 18 and 0 to 25",
        "ONS mid-year estimates and subnational projections",
        _LA | _counts("mid_year") | _numbers("population") | _texts("age_range", "basis"),
    ),
}
