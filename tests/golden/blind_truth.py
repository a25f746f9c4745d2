"""The truth of the sentences written blind, worked out from observations.csv alone, without the reader of claims.

Each true or false row of `claims_blind_*.csv` carries a check in these few words; the label must be what it gives.

    python tests/golden/blind_truth.py examples/kent/observations.csv tests/golden/claims_blind_1.csv
"""

import csv
import itertools
import sys
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

SHORT = {
    "AO": "annual_reviews_overdue_count", "AOP": "annual_reviews_overdue_pct", "AA": "assess_agreed_count",
    "AAP": "assess_agreed_pct", "AD": "assess_declined_count", "ADP": "assess_declined_pct", "IA": "issue_agreed_count",
    "IAP": "issue_agreed_pct", "ID": "issue_declined_count", "IDP": "issue_declined_pct", "UW": "assessments_underway",
    "NP": "no_place_count", "MS": "mainstream_to_special_total", "SM": "special_to_mainstream_total",
    "S6": "specialist_share_yr_r_6", "S11": "specialist_share_yr_7_11", "S14": "specialist_share_yr_12_14",
    "S14X": "specialist_share_yr_12_14_excl_spi", "SPI": "spi_share_yr_12_14", "MN": "mainstream_share_school_age",
    "EY": "ehcp_count_ey_ks1", "P16S": "post16_special_independent_pct", "P16M": "post16_mainstream_fe_pct",
    "C18": "ceased_at_review_16_18_pct", "C25": "ceased_at_review_19_25_pct", "CIP": "avg_cost_independent_primary",
    "CIS": "avg_cost_independent_secondary", "CI16": "avg_cost_independent_post16",
    "PLS": "commissioned_places_special", "PLR": "commissioned_places_srp", "FS": "fill_rate_special_pct",
    "FR": "fill_rate_srp_pct",
    "AP": "all_plans", "RQ": "requests_received", "TW": "plans_issued_within_20_weeks", "HN": "no_place_count",
    "IS": "children_in_independent_special_schools", "HO": "annual_reviews_overdue_pct",
}  # fmt: skip


class Row:
    """One indicator: row('2025-01') is its figure."""

    def __init__(self, points: dict[str, Decimal]) -> None:
        self.points = points

    def __call__(self, period: str) -> Decimal:
        return self.points[period]


def words(observations: Path) -> dict[str, object]:
    found: dict[str, dict[str, Decimal]] = {}
    with observations.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["value"]:
                found.setdefault(row["indicator"], {})[row["period"]] = Decimal(row["value"])
    named: dict[str, object] = {short: Row(found[name]) for short, name in SHORT.items() if name in found}

    def rounded(places: str) -> Callable[[float | Decimal], Decimal]:
        return lambda value: Decimal(str(value)).quantize(Decimal(places), ROUND_HALF_UP)

    def rng(row: Row, first: str, last: str) -> list[Decimal]:
        return [row.points[one] for one in sorted(row.points) if first <= one <= last]

    def steps(row: Row, first: str, last: str, way: int) -> bool:
        inside = rng(row, first, last)
        return all((b - a) * way > 0 for a, b in itertools.pairwise(inside))

    return named | {
        "r0": rounded("1"), "r1": rounded("0.1"), "rd": lambda value: value.normalize(), "rng": rng, "steps": steps,
        "vals": lambda row: [row.points[one] for one in sorted(row.points)],
        "pc": lambda row, a, b: (row(b) - row(a)) * 100 / row(a),
        "mx": lambda row: max(row.points, key=lambda one: row.points[one]),
        "mn": lambda row: min(row.points, key=lambda one: row.points[one]),
        "D": Decimal,
    }  # fmt: skip


def wrong(observations: Path, rows: list[dict[str, str]]) -> list[str]:
    """The sentences whose label is not what their check gives."""
    known = words(observations)
    out = []
    for row in rows:
        if row["expected"] == "cannot_check":
            continue
        true = bool(eval(row["check"], {"__builtins__": {}, **BUILTINS, **known}))
        if true != (row["expected"] == "holds"):
            out.append(row["sentence"])
    return out


BUILTINS = {"all": all, "any": any, "sum": sum, "max": max, "min": min, "abs": abs, "zip": zip, "float": float}

if __name__ == "__main__":
    for name in sys.argv[2:]:
        with Path(name).open(encoding="utf-8") as labelled:
            sys.stdout.write("\n".join([name, *wrong(Path(sys.argv[1]), list(csv.DictReader(labelled)))]) + "\n")
