"""Invented schools and colleges, in the form of a GIAS extract."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from highneeds.intake.establishments import TYPES
from highneeds.invented.caseload.margins import CLASSES, Margins
from highneeds.vocabulary.setting import SettingClass

# class -> plans of this class in one place, roughly; classes that are not here have no establishment
PLANS_IN_ONE: Mapping[str, int] = {
    "MsMdA": 14,
    "MsIn": 6,
    "SpMdA": 220,
    "SpNm": 20,
    "SpIn": 25,
    "APRU": 6,
    "GFE": 250,
    "6FC": 60,
    "SP16": 45,
}
# units stand in mainstream schools
IN_MAINSTREAM = ("RP", "SENU")
FIRST_URN, FIRST_UKPRN = 900_001, 19_000_001


@dataclass(frozen=True)
class Schools:
    """frame: as GIAS publishes it; urns: class -> URNs; ukprns: class -> UKPRNs, in the same order."""

    frame: pl.DataFrame
    urns: Mapping[str, np.ndarray]
    ukprns: Mapping[str, np.ndarray]


def invent_schools(margins: Margins, rng: np.random.Generator) -> Schools:
    """As many schools of each type as the stock needs."""
    rows: list[dict[str, object]] = []
    urns: dict[str, np.ndarray] = {}
    ukprns: dict[str, np.ndarray] = {}
    held = margins.stock.sum(axis=0)
    for code, plans in PLANS_IN_ONE.items():
        here = held[[CLASSES.index(one) for one in (code, *(IN_MAINSTREAM if code == "MsMdA" else ()))]].sum()
        count = max(round(int(here) / plans), 2)
        types = TYPES[SettingClass(code)]
        first = FIRST_URN + len(rows)
        for number in range(count):
            rows.append(_school(len(rows), types[int(rng.integers(len(types)))], code, plans, number))
        urns[code] = np.arange(first, first + count)
        ukprns[code] = urns[code] - FIRST_URN + FIRST_UKPRN
    urns |= dict.fromkeys(IN_MAINSTREAM, urns["MsMdA"])
    ukprns |= dict.fromkeys(IN_MAINSTREAM, ukprns["MsMdA"])
    return Schools(pl.DataFrame(rows), urns, ukprns)


def _school(place: int, kind: str, code: str, plans: int, number: int) -> dict[str, object]:
    has_unit = code == "MsMdA" and number % 8 == 0
    return {
        "URN": FIRST_URN + place,
        "UKPRN": FIRST_UKPRN + place,
        "EstablishmentName": f"Synthetic {code} {number + 1}",
        "TypeOfEstablishment (name)": kind,
        "TypeOfResourcedProvision (name)": "Resourced provision and SEN unit" if has_unit else "Not applicable",
        "SchoolCapacity": 600 if code == "MsMdA" else round(plans * 1.05),
        "OpenDate": "01-09-2005",
        "CloseDate": None,
    }
