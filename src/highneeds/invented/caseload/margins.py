"""What is published of a council, as the margins an invented caseload must have; England's shape where it has none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from highneeds.intake.published import ENGLAND, Published
from highneeds.intake.published.ages import AGE_OF, AGED_20_AND_OVER
from highneeds.intake.sen2.header import census_day
from highneeds.vocabulary.errors import InputError

AGES = tuple(range(2, 26))
SETTINGS_AT = "ehcp_caseload_single_age_by_setting"
# pack setting -> (class, share): the splits that the pack does not publish are our assumption
CLASSES_OF: Mapping[str, tuple[tuple[str, float], ...]] = {
    "mainstream": (("MsMdA", 1.0),),
    "mainstream_rp_unit": (("RP", 0.6), ("SENU", 0.4)),
    "mainstream_independent": (("MsIn", 1.0),),
    "special_state": (("SpMdA", 1.0),),
    "special_non_maintained": (("SpNm", 1.0),),
    "special_independent": (("SpIn", 1.0),),
    "ap_pru": (("APRU", 1.0),),
    "fe_general": (("GFE", 0.92), ("6FC", 0.08)),
    "specialist_post16": (("SP16", 1.0),),
    "neet": (("NEET", 1.0),),
    "early_years_nm": (("EYP", 1.0),),
    "elective_home_education": (("EHE", 1.0),),
    "eotas_la": (("OLA", 1.0),),
    "other_arrangements_parents": (("OPA", 1.0),),
    "other": (("NIEO", 0.7), ("OTH", 0.2), ("NIEC", 0.1)),
    "placement_unknown": (("UKN", 1.0),),
}
COMPULSORY_TO = 16  # a child below this age who is counted as NEET is, in the codes of SEN2, not in education otherwise
CLASSES = tuple(code for split in CLASSES_OF.values() for code, _ in split)
REASONS = ("max_age", "needs_met", "he", "employ", "transfer", "no_engage", "moved_outside_eng", "deceased", "other")


@dataclass(frozen=True)
class Margins:
    """census      the January whose stock is published, and the day of its census
    stock       (ages, classes)   plans by age at the start of the school year and class of setting
    new         {year: (ages,)}   plans issued in a calendar year by age when started
    ceased      {year: (ages,)}   plans ended in a calendar year by age when ended
    reasons     (ages, reasons)   share of the reasons for ending, by age; each row sums to 1
    process     {year: {item: count}}   requests, decisions, timeliness
    needs       {SEN2 need: share}, which add up to 1; where nobody recorded a need nothing is published of it
    residential (38 to 51 weeks, 52 weeks)
    others      the other councils of its region, as numbers
    notes       where England's shape stands in for the council's own figures
    """

    council: str
    census: date
    stock: np.ndarray
    new: Mapping[int, np.ndarray]
    ceased: Mapping[int, np.ndarray]
    reasons: np.ndarray
    process: Mapping[int, Mapping[str, float]]
    needs: Mapping[str, float]
    residential: tuple[int, int]
    others: tuple[str, ...]
    notes: tuple[str, ...]


def margins(published: Published, council: str, as_at: date, scale: float = 1.0) -> Margins:
    """The margins of a council around `as_at`, every count times `scale`."""
    notes: list[str] = []
    totals = _rows(published, "ehcp_caseload_total", council).filter(pl.col("plans").is_not_null())
    years = [year for year in totals["year"].to_list() if census_day(year) <= as_at] or totals["year"].to_list()[:1]
    if not years:
        raise InputError(
            f"Nothing is published of a council {council}", where=published.where, remedy="Give a three-digit LA number"
        )
    january = max(years)
    _refuse_abolished(published, council, as_at)
    total = totals.filter(pl.col("year") == january)["plans"][0] * scale
    process = _process(published, council, scale, total, notes)
    return Margins(
        council=council,
        census=census_day(january),
        stock=_stock(published, council, january, total, notes),
        new={year: _new(published, council, year, counts["issued"], notes) for year, counts in process.items()},
        ceased={year: _ceased(published, council, counts["ceased"], notes) for year, counts in process.items()},
        reasons=_reasons(published, council, process),
        process=process,
        needs=_needs(published, council),
        residential=_residential(published, council, january, scale),
        others=_others(published, council),
        notes=tuple(dict.fromkeys(notes)),
    )


def _refuse_abolished(published: Published, council: str, as_at: date) -> None:
    """A council that was reorganised has no plans after its last year."""
    gone = _rows(published, "la_lookup", council).filter(
        pl.col("successor_la_number").is_not_null() & (pl.col("last_year") < as_at.year)
    )
    if not gone.is_empty():
        after = (gone["successor_la_number"][0] or "").replace("|", " or ")
        raise InputError(
            f"Council {council} ended in {gone['last_year'][0]}",
            where="--council",
            remedy=f"Use its successor, {after}",
        )


def _rows(published: Published, table: str, council: str) -> pl.DataFrame:
    return published.table(table).filter(pl.col("la_number") == council)


def whole(wanted: np.ndarray, total: float | None = None) -> np.ndarray:
    """Non-negative figures as whole numbers that add up to `total`, the largest remainders rounded up."""
    wanted = np.nan_to_num(np.maximum(np.asarray(wanted, dtype=float), 0.0))
    target = round(wanted.sum() if total is None else total)
    if wanted.sum() > 0 and total is not None:
        wanted = wanted * (target / wanted.sum())
    floors = np.floor(wanted).astype(np.int64)
    rest = int(target - floors.sum())
    order = np.argsort(-(wanted - floors).ravel(), kind="stable")[: max(rest, 0)]
    floors.ravel()[order] += 1
    return np.asarray(floors, dtype=np.int64)


def _stock(published: Published, council: str, january: int, total: float, notes: list[str]) -> np.ndarray:
    settings = list(CLASSES_OF)
    table = published.table(SETTINGS_AT).filter(pl.col("age").is_in(list(AGE_OF)))
    year = min(table["year"].unique().to_list(), key=lambda one: abs(one - january))
    rows = table.filter((pl.col("la_number") == council) & (pl.col("year") == year))
    if rows.is_empty() or rows.select(pl.sum_horizontal(settings).sum()).item() == 0:
        rows = table.filter((pl.col("la_number") == ENGLAND) & (pl.col("year") == year))
        notes.append("Ages and settings have the shape of England: the council's own are not published")
    if year != january:
        notes.append(f"Ages and settings have the shape of January {year}, brought to the total of January {january}")
    stock = np.zeros((len(AGES), len(CLASSES)))
    for row in rows.iter_rows(named=True):
        age = AGES.index(max(AGE_OF[row["age"]], AGES[0]))
        for setting in settings:
            for code, share in CLASSES_OF[setting]:
                fitting = "NIEO" if code == "NEET" and AGES[age] < COMPULSORY_TO else code
                stock[age, CLASSES.index(fitting)] += (row[setting] or 0) * share
    return whole(stock, total)


def _process(
    published: Published, council: str, scale: float, total: float, notes: list[str]
) -> dict[int, dict[str, float]]:
    """Counts of each published calendar year; items not published in a year follow from the others."""
    rows = _rows(published, "ehcp_process", council).sort("cal_year")
    found = {row["cal_year"]: _counts(row, scale, total) for row in rows.iter_rows(named=True) if row["new_ehc_plans"]}
    if not found:
        notes.append("Requests and decisions have the rates of England: the council's own are not published")
        england = _rows(published, "ehcp_process", ENGLAND).sort("cal_year")
        plans = _rows(published, "ehcp_caseload_total", ENGLAND).sort("year")["plans"][-1]
        part = total / plans
        rows_with = [row for row in england.iter_rows(named=True) if row["new_ehc_plans"]]
        found = {row["cal_year"]: _counts(row, part, total) for row in rows_with}
    return found


def _counts(row: Mapping[str, float | None], scale: float, total: float) -> dict[str, float]:
    def of(name: str, otherwise: float = 0.0) -> float:
        value = row.get(name)
        return float(otherwise if value is None else value)

    issued = of("assess_issued", of("new_ehc_plans"))
    refused = of("assess_not_issued", 0.07 * issued)
    received = of("requests_received_in_year", 1.7 * issued)
    no = of("requests_decided_not_to_assess", 0.25 * received)
    reasons = {reason: of(f"ceased_{reason}") * scale for reason in REASONS}
    decided = of("request_outcome_six_weeks") + of("request_outcome_over_6_weeks")
    return {
        "received": received * scale,
        "no": no * scale,
        "yes": of("requests_decided_to_assess", received - no) * scale,
        "withdrawn": (of("requests_withdrawn") + of("assess_withdrawn")) * scale,
        "issued": issued * scale,
        "refused": refused * scale,
        "ceased": of("total_ceased", 0.05 * total / scale) * scale,
        "six_weeks": of("request_outcome_six_weeks") / decided if decided else 0.7,
        "twenty_weeks": of("pc_plans_issued_within_20_weeks", 50.0) / 100,
        "exceptions": 1 - of("plans_issued_den_ex", 1.0) / max(of("plans_issued_den", 1.0), 1.0),
        **{f"reason_{reason}": count for reason, count in reasons.items()},
    }


def _new(published: Published, council: str, year: int, issued: float, notes: list[str]) -> np.ndarray:
    """Plans issued by age when started; '20 and over' is shared out falling to 24."""
    table = published.table("ehcp_new_plans_by_single_age").rename({"age_when_started": "age", "new_plans": "count"})
    return _by_age(table.filter(pl.col("count").is_not_null()), council, year, issued, notes, "New plans")


def _ceased(published: Published, council: str, ceased: float, notes: list[str]) -> np.ndarray:
    table = published.table("ehcp_ceased_by_age_and_placement").filter(
        (pl.col("breakdown_topic") == "Age plan ceased") & pl.col("total_ceased").is_not_null()
    )
    table = table.rename({"breakdown": "age", "total_ceased": "count"})
    return _by_age(table, council, None, ceased, notes, "Ended plans")


def _by_age(
    table: pl.DataFrame, council: str, year: int | None, total: float, notes: list[str], words: str
) -> np.ndarray:
    rows = table.filter(pl.col("la_number") == council)
    if rows.is_empty() or not rows["count"].sum():
        rows = table.filter(pl.col("la_number") == ENGLAND)
        notes.append(f"{words} by age have the shape of England")
    years = rows["cal_year"].unique().to_list()
    nearest = min(years, key=lambda one: abs(one - (year or max(years))))
    counts = np.zeros(len(AGES))
    for age, count in rows.filter(pl.col("cal_year") == nearest).select("age", "count").iter_rows():
        if age == AGED_20_AND_OVER:
            counts[AGES.index(20) : AGES.index(25)] += count * np.array([0.2, 0.2, 0.2, 0.2, 0.2])
        elif age in AGE_OF:
            counts[AGES.index(max(AGE_OF[age], AGES[0]))] += count
    return whole(counts, total)


def _reasons(published: Published, council: str, process: Mapping[int, Mapping[str, float]]) -> np.ndarray:
    """Share of reasons by age: transfers and moves at every age, those of adults from 16 on, age itself from 24."""
    latest = process[max(process)]
    counts = np.array([latest[f"reason_{reason}"] for reason in REASONS])
    counts = counts if counts.sum() else np.ones(len(REASONS))
    shares = np.tile(counts / counts.sum(), (len(AGES), 1)) + 1e-9
    for age in AGES:
        row = shares[AGES.index(age)]
        for reason in ("he", "employ", "no_engage", "max_age"):
            row[REASONS.index(reason)] *= age >= {"he": 18, "employ": 16, "no_engage": 16, "max_age": 24}[reason]
        row[REASONS.index("max_age")] *= 1 + 40 * (age >= 25)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _needs(published: Published, council: str) -> dict[str, float]:
    """Needs have been published for one January alone: before it, its shares stand in."""
    whole = replace(published, day=None, january=None, _read={})
    table = whole.table("ehcp_primary_need_by_single_age_shares").filter(pl.col("breakdown") == "All EHC plans")
    rows = table.filter((pl.col("la_number") == council) & pl.col("share").is_not_null())
    if rows.is_empty():
        rows = table.filter((pl.col("la_number") == ENGLAND) & pl.col("share").is_not_null())
    known = rows.filter(~pl.col("need").str.contains("unknown")).select("need", "share").sort("need")
    return {need.upper(): share / known["share"].sum() for need, share in known.iter_rows()}


def _others(published: Published, council: str) -> tuple[str, ...]:
    """The councils of today in the same region."""
    lookup = published.table("la_lookup")
    regions = lookup.filter(pl.col("la_number") == council)["region_code"].to_list()
    near = lookup.filter(
        (pl.col("last_year") == pl.col("last_year").max())
        & pl.col("region_code").is_in(regions)
        & (pl.col("la_number") != council)
    )
    return tuple(near["la_number"].sort().to_list())


def _residential(published: Published, council: str, january: int, scale: float) -> tuple[int, int]:
    rows = _rows(published, "ehcp_residential", council).filter(pl.col("year") <= january).sort("year")
    if rows.is_empty():
        return 0, 0
    last = rows.row(-1, named=True)
    return round((last["Res_3851"] or 0) * scale), round((last["Res_52"] or 0) * scale)
