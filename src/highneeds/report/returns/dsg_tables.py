"""The placement sheets of the DSG management plan: seven kinds of provision, by age group and need.

Source: the plan's template: mainstream; resourced provision or units; state special; non-maintained or independent;
hospital or alternative provision; post-16; other. Age is that on the 31 August before.
"""

from highneeds.forecast.joint import JointMeans, grouped
from highneeds.forecast.state import NEEDS, SETTINGS
from highneeds.report.returns.age_rules import groups_of_ages
from highneeds.report.returns.lsrp_tables import AGE_ROWS, NEED_ROWS
from highneeds.report.returns.rounding import controlled

SHEETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Mainstream schools or academies", ("mainstream", "mainstream_independent", "early_years_nm")),
    ("Resourced provision or SEN units", ("mainstream_rp_unit",)),
    ("Maintained special schools or special academies", ("special_state",)),
    ("Non-maintained special schools or independent schools", ("special_non_maintained", "special_independent")),
    ("Hospital schools or alternative provision", ("ap_pru",)),
    ("Post-16 and further education", ("fe_general", "specialist_post16")),
    (
        "Other placements or direct payments",
        ("elective_home_education", "eotas_la", "other_arrangements_parents", "neet", "other", "placement_unknown"),
    ),
)
SheetCounts = dict[tuple[str, str], int]


def sheets_of(means: JointMeans, january: int) -> dict[str, SheetCounts]:
    """SheetCounts -> (age group, need) -> whole plans of one census.

    All sheets are rounded as one table of needs across and sheets with age groups down, so that age groups, needs
    and the whole add up.
    """
    plans = means.plans[means.januaries.index(january)]
    by_age = grouped(plans, groups_of_ages(), axis=0)
    by_need = grouped(by_age, [[NEEDS.index(name) for name in names] for _, names in NEED_ROWS], axis=1)
    groups = [[SETTINGS.index(name) for name in settings] for _, settings in SHEETS]
    cells = grouped(by_need, groups, axis=2)  # (age groups, needs, sheets)
    flat = [cells[age, :, sheet].tolist() for sheet in range(len(SHEETS)) for age in range(len(AGE_ROWS))]
    whole = iter(controlled(flat))
    found: dict[str, SheetCounts] = {}
    for title, _ in SHEETS:
        found[title] = {}
        for age in AGE_ROWS:
            row = next(whole)
            found[title] |= {(age, need): row[place] for place, (need, _) in enumerate(NEED_ROWS)}
    return found
