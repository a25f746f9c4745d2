"""What the published tables say about one council, its region and England, as arrays on the forecast's axes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from highneeds.forecast.defaults import default
from highneeds.forecast.learning.shares import fitted, leaning, rows_of_shares
from highneeds.forecast.state import (
    AGE_BANDS,
    AGES,
    EARLIER_SETTINGS,
    NEEDS,
    SETTINGS,
    Floats,
    band_of_ages,
)
from highneeds.intake.published import ENGLAND, Published
from highneeds.intake.published.ages import AGE_OF, AGED_20_AND_OVER
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note

PLACEMENT_OF_NEEDS = {
    "Mainstream - academy": "mainstream",
    "Mainstream - LA maintained": "mainstream",
    "Mainstream - academy (SEN unit)": "mainstream_rp_unit",
    "Mainstream - independent": "mainstream_independent",
    "Special - Academy/free schools": "special_state",
    "Special - LA maintained": "special_state",
    "Special - non-maintained": "special_non_maintained",
    "Special - independent": "special_independent",
    "AP/PRU - total": "ap_pru",
    "FE - general FE and tertiary colleges": "fe_general",
    "FE - specialist post-16 institutions": "specialist_post16",
    "Non-maintained early years": "early_years_nm",
    "Educated elsewhere - elective home education": "elective_home_education",
    "Educated elsewhere - other arrangements by LA": "eotas_la",
    "Educated elsewhere - other arrangements by parents": "other_arrangements_parents",
    "Educated elsewhere - NEET": "neet",
    "Educated elsewhere - other placement settings": "other",
    "Placement not recorded": "placement_unknown",
}
"""Names in the table of needs by placement, and the setting whose needs they show."""

PLACEMENT_OF_ENDS = {
    "mainstream": ("Mainstream - academy", "Mainstream - free school", "Mainstream - LA maintained"),
    "mainstream_rp_unit": ("Mainstream - academy (resourced provision)", "Mainstream - LA maintained (SEN unit)"),
    "special_state": ("Special - academy/free school", "Special - LA maintained"),
    "special_independent": ("Special - independent",),
    "special_non_maintained": ("Special - non-maintained",),
    "fe_general": ("FE - general FE and tertiary colleges",),
    "specialist_post16": ("FE - specialist post-16 institutions",),
    "elective_home_education": ("Educated elsewhere - elective home education",),
    "eotas_la": ("Educated elsewhere - other arrangements by LA",),
    "neet": ("Educated elsewhere - NEET",),
}
LEAST_PLANS = 100
"""Councils with fewer plans say nothing of what is usual."""


@dataclass(frozen=True)
class Area:
    """A council, a region or England in the published tables."""

    code: str
    name: str
    region: str


def area_of(published: Published, la_number: str) -> Area:
    """The council of that number. An unknown one is refused."""
    lookup = published.table("la_lookup")
    row = lookup.filter(pl.col("la_number") == la_number)
    if row.is_empty():
        raise InputError(
            f"The published statistics have no council with LA number {la_number}",
            where=published.where,
            remedy="Give the three-digit number of the Department for Education, such as 886",
        )
    found = row.row(0, named=True)
    return Area(la_number, found["la_name"], found["region_code"])


def last_january(published: Published, area: Area) -> int:
    """The newest January with a total for the council."""
    rows = _rows(published, "ehcp_caseload_total", area.code).filter(pl.col("plans") > 0)
    if rows.is_empty():
        raise InputError(
            f"There is no total of plans for {area.name} ({area.code})",
            where=published.where,
            remedy="Choose a council with figures, or give a folder that holds them with --open-data",
        )
    newest: int = max(rows["year"].to_list())
    return newest


def total_plans(published: Published, code: str, january: int) -> int | None:
    """Plans in force that January."""
    return _one(_rows(published, "ehcp_caseload_total", code).filter(pl.col("year") == january), "plans")


_NO_ROWS = pl.DataFrame(
    schema={"la_number": pl.String}
    | dict.fromkeys(("year", "cal_year", "plans", "requests_received_in_year", "InreqEHC"), pl.Int64)
)


def _rows(published: Published, table: str, code: str) -> pl.DataFrame:
    if not published.has(table):
        return _NO_ROWS
    return published.table(table).filter(pl.col("la_number") == code)


def _one(rows: pl.DataFrame, column: str) -> int | None:
    values = rows[column].drop_nulls().to_list() if column in rows.columns else []
    return int(values[-1]) if values else None


def newest(published: Published, table: str, area: Area, period: str, most: int = 1) -> tuple[pl.DataFrame, str]:
    """The newest `most` periods of a table: the council's own rows, else the region's, else England's; and whose."""
    for code, whose in ((area.code, area.name), (area.region, "the region"), (ENGLAND, "England")):
        rows = _rows(published, table, code)
        if not rows.is_empty():
            kept = sorted(rows[period].drop_nulls().unique().to_list())[-most:]
            return rows.filter(pl.col(period).is_in(kept)), whose
    return pl.DataFrame(), "nobody"


def by_setting(rows: pl.DataFrame, column: str) -> Floats:
    """(settings) sums of a long table; settings of earlier returns go to those that hold the same children now."""
    found = dict.fromkeys(SETTINGS, 0.0)
    for setting, value in zip(rows["setting"], rows[column], strict=True):
        name = EARLIER_SETTINGS.get(setting, setting)
        found[name if name in found else "other"] += value or 0.0
    return np.array([found[name] for name in SETTINGS])


def by_band(rows: pl.DataFrame, column: str) -> Floats:
    """(bands) sums of a long table."""
    values: dict[str, float] = {}
    for band, value in zip(rows["age_band"], rows[column], strict=True):
        values[band] = values.get(band, 0.0) + (value or 0.0)
    return np.array([values.get(name, 0.0) for name, _, _ in AGE_BANDS])


def caseload_by_age_and_setting(published: Published, code: str) -> Floats | None:
    """(ages, settings) of the newest January with single ages; None where there is none."""
    rows = _rows(published, "ehcp_caseload_single_age_by_setting", code)
    if rows.is_empty():
        return None
    rows = rows.filter(pl.col("year") == rows["year"].max())
    found = np.zeros((AGES, len(SETTINGS)))
    for row in rows.iter_rows(named=True):
        age = AGE_OF.get(row["age"])
        if age is not None:
            found[age] += [float(row.get(name) or 0) for name in SETTINGS]
    return found if found.sum() > 0 else None


def new_plans_by_age(published: Published, code: str, seed: Floats, years: int = 2) -> Floats:
    """(ages) new plans of a year, the mean of the newest years; 20 and over is spread like `seed`."""
    rows = _rows(published, "ehcp_new_plans_by_single_age", code)
    found = np.zeros(AGES)
    if rows.is_empty():
        return found
    kept = sorted(rows["cal_year"].unique().to_list())[-years:]
    for row in rows.filter(pl.col("cal_year").is_in(kept)).iter_rows(named=True):
        age, plans = AGE_OF.get(row["age_when_started"]), float(row["new_plans"] or 0)
        if age is not None:
            found[age] += plans
        elif row["age_when_started"] == AGED_20_AND_OVER:
            found[20:] += plans * _spread(seed[20:])
    return found / len(kept)


def _spread(weights: Floats) -> Floats:
    found: Floats = weights / weights.sum() if weights.sum() > 0 else np.full(len(weights), 1.0 / len(weights))
    return found


def ends_by_age(published: Published, code: str) -> dict[str, float]:
    """Plans ceased in the newest year by the published ages."""
    rows = _rows(published, "ehcp_ceased_by_age_and_placement", code)
    if rows.is_empty():
        return {}
    rows = rows.filter(
        (pl.col("cal_year") == rows["cal_year"].max()) & (pl.col("breakdown_topic") == "Age plan ceased")
    )
    return {row["breakdown"]: float(row["total_ceased"] or 0) for row in rows.iter_rows(named=True)}


def ends_by_setting(published: Published, code: str) -> dict[str, float]:
    """Plans ceased in the newest year by setting, for the settings whose names match."""
    rows = _rows(published, "ehcp_ceased_by_age_and_placement", code)
    if rows.is_empty():
        return {}
    rows = rows.filter(pl.col("cal_year") == rows["cal_year"].max())
    said = dict(zip(rows["breakdown"], rows["total_ceased"], strict=True))
    return {setting: float(sum(said.get(name) or 0 for name in names)) for setting, names in PLACEMENT_OF_ENDS.items()}


def end_reasons(published: Published, code: str) -> Floats | None:
    """(ages, reasons) counts of why plans ended, in the order of state.END_REASONS."""
    rows = _rows(published, "ehcp_ceased_by_age_and_placement", code)
    if rows.is_empty():
        return None
    rows = rows.filter(
        (pl.col("cal_year") == rows["cal_year"].max()) & (pl.col("breakdown_topic") == "Age plan ceased")
    )
    found = np.zeros((AGES, 6))
    for row in rows.iter_rows(named=True):
        known = [
            float(row[name] or 0) for name in ("transfer", "max_age", "needs_met", "no_engage", "moved_outside_eng")
        ]
        whole = float(row["total_ceased"] or 0)
        age = AGE_OF.get(row["breakdown"])
        ages = [age] if age is not None else list(range(20, AGES)) if row["breakdown"] == AGED_20_AND_OVER else []
        for one in ages:
            found[one] += [*known, max(whole - sum(known), 0.0)]
    return found


def processes(published: Published, code: str, years: int = 3, decided: bool = False) -> Mapping[str, float]:
    """Sums of the newest years of the process table, and how many years each was given for ("years:" + name).

    decided   only years that say how many requests were agreed
    """
    rows = _rows(published, "ehcp_process", code)
    if decided and not rows.is_empty():
        rows = rows.filter(pl.col("requests_decided_to_assess").is_not_null())
    if rows.is_empty():
        return {}
    kept = sorted(rows["cal_year"].unique().to_list())[-years:]
    rows = rows.filter(pl.col("cal_year").is_in(kept))
    found: dict[str, float] = {}
    for name, column in rows.drop("cal_year").select(pl.col(pl.Int64, pl.Float64)).to_dict(as_series=False).items():
        values = [one for one in column if one is not None]
        found[name], found[f"years:{name}"] = float(sum(values)), float(len(values))
    return found


REQUESTS = (("ehcp_process", "requests_received_in_year"), ("sen2_management_info", "InreqEHC"))
REGION_TREND_WEIGHT = 0.25
"""How far the growth of a region's requests is believed beside England's: regions differ little, and not for long."""


def requests_by_year(published: Published, code: str) -> dict[int, float]:
    """Requests of every calendar year that is published, the newer return before the older one."""
    found: dict[int, float] = {}
    for table, column in REQUESTS:
        for year, value in _rows(published, table, code).select("cal_year", column).iter_rows():
            if value:
                found.setdefault(int(year), float(value))
    return found


def requests_growth(published: Published, area: Area) -> float:
    """Log growth of requests a year, as far back as published: England's, moved a little by the region's; else 0."""
    england, region = (_yearly_growth(requests_by_year(published, code)) for code in (ENGLAND, area.region))
    if england is None:
        return 0.0
    return england if region is None else (1.0 - REGION_TREND_WEIGHT) * england + REGION_TREND_WEIGHT * region


def _yearly_growth(counts: Mapping[int, float]) -> float | None:
    if len(counts) < 2:
        return None
    first, last = min(counts), max(counts)
    return float(np.log(counts[last] / counts[first]) / (last - first))


def population(published: Published, code: str) -> tuple[Floats | None, int]:
    """(ages) people of the newest mid-year, and that year; None where the table does not have the council."""
    if not published.has("population_single_age_0_25"):
        return None, 0
    rows = _rows(published, "population_single_age_0_25", code)
    if rows.is_empty():
        return None, 0
    year = max(rows["mid_year"].to_list())
    found = np.zeros(AGES)
    for age, people in zip(rows["age"], rows["population"], strict=True):
        if 0 <= age < AGES:
            found[age] = people
    return found, year


def highest_prevalence(published: Published, january: int) -> float | None:
    """Plans per 100 people aged 0 to 25 in the council that has most; None without populations of councils."""
    if not published.has("population_single_age_0_25"):
        return None
    people = published.table("population_single_age_0_25")
    people = people.filter(pl.col("mid_year") == pl.col("mid_year").max())
    people = people.group_by("la_number").agg(pl.col("population").sum())
    totals = published.table("ehcp_caseload_total").filter((pl.col("geo_level") == "LA") & (pl.col("year") == january))
    both = totals.join(people, on="la_number").filter(pl.col("plans") >= LEAST_PLANS)
    return None if both.is_empty() else float((100.0 * both["plans"] / both["population"]).to_numpy().max())


def opening_plans(published: Published, area: Area, january: int) -> tuple[Floats, list[Note]]:
    """(ages, settings) plans that January: single ages where published, fitted to bands, settings and total."""
    total = float(total_plans(published, area.code, january) or 0)
    own = caseload_by_age_and_setting(published, area.code)
    seed = own if own is not None else caseload_by_age_and_setting(published, ENGLAND)
    notes = [] if own is not None else [Note.of("ages.of_england")]
    seed = np.ones((AGES, len(SETTINGS))) if seed is None else seed
    bands, settings = _shares_at(published, area, january)
    band_index = band_of_ages()
    ages = np.array([seed[age].sum() for age in range(AGES)])
    within = np.array([ages[age] / max(ages[band_index == band_index[age]].sum(), 1e-9) for age in range(AGES)])
    margin = total * bands[band_index] * within
    return fitted(seed + 1e-6 * seed.sum(axis=1, keepdims=True) * settings, [(1, total * settings), (0, margin)]), notes


def _shares_at(published: Published, area: Area, january: int) -> tuple[Floats, Floats]:
    """Shares of the age bands and of the settings: the council's newest up to that January, else England's."""
    known = published.known_at(january)
    bands, _ = newest(known, "ehcp_caseload_by_age_band", area, "year")
    settings, _ = newest(known, "ehcp_caseload_by_setting", area, "year")
    by_bands = by_band(bands, "plans") if not bands.is_empty() else np.ones(len(AGE_BANDS))
    by_settings = by_setting(settings, "plans") if not settings.is_empty() else np.ones(len(SETTINGS))
    return _spread(by_bands), _spread(by_settings)


def need_shares(published: Published, area: Area) -> tuple[Floats, Floats, Floats] | None:
    """(needs) the council's, (ages, needs) and (settings, needs) England's; None where no needs are published."""
    rows, _ = newest(published, "ehcp_primary_need_by_single_age_shares", area, "year")
    england = _rows(published, "ehcp_primary_need_by_single_age_shares", ENGLAND)
    if rows.is_empty() or england.is_empty():
        return None
    own = _needs(rows.filter(pl.col("breakdown") == "All EHC plans"))
    everyone = _needs(england.filter(pl.col("breakdown") == "All EHC plans"))
    by_age = np.tile(everyone, (AGES, 1))
    for name in england["breakdown"].unique():
        age = AGE_OF.get(name)
        if age is not None:
            by_age[age] = _needs(england.filter(pl.col("breakdown") == name))
    by_age[:2] = by_age[2]
    return own, by_age, _needs_by_setting(published, everyone)


def _needs(rows: pl.DataFrame) -> Floats:
    said = dict(zip(rows["need"], rows["share"], strict=True))
    return _spread(np.array([float(said.get(name) or 0.0) for name in NEEDS]))


def _needs_by_setting(published: Published, everyone: Floats) -> Floats:
    found = np.tile(everyone, (len(SETTINGS), 1))
    rows = _rows(published, "ehcp_primary_need_by_placement_shares", ENGLAND)
    for name, setting in PLACEMENT_OF_NEEDS.items():
        mine = rows.filter(pl.col("placement_type") == name) if not rows.is_empty() else rows
        if not mine.is_empty():
            found[SETTINGS.index(setting)] = _needs(mine)
    return found


def new_plan_needs(published: Published, area: Area, by_age: Floats, ages: Floats) -> Floats:
    """(ages, needs) needs of new plans: England's needs by age, tilted until the council's own shares come out."""
    rows, _ = newest(published, "ehcp_primary_need_new_plans_shares", area, "cal_year")
    if rows.is_empty():
        return by_age
    own = _needs(rows)
    table = fitted(by_age * ages[:, None] + 1e-9, [(0, ages + 1e-9), (1, own * (ages.sum() + 1e-9 * AGES))])
    return rows_of_shares(table, own)


def pooled(sums: Sequence[Mapping[str, float]], part: str, whole: str) -> float:
    """A share of the process table: the council's leaning on its region's, and that on England's; 0 where none is said.

    sums   of the council, the region and England, in this order
    """
    weight, found = default("pooling_weight").value, 0.0
    for said in reversed(sums):
        if said.get(whole):
            found = leaning(said.get(part, 0.0), said[whole], found, weight if found else 0.0)
    return found
