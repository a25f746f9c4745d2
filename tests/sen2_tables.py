"""A small invented return as tables, every item of every layout filled, to be written in any form and read again."""

import random
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from highneeds.intake.privacy import CHECK_LETTERS
from highneeds.intake.sen2.cells import DTYPES
from highneeds.intake.sen2.fields import BLADE, CellKind
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.sen2.rows import MODULES
from highneeds.invented.caseload.forms import Tables

KEY = b"k" * 32
REFERENCE = date(2025, 1, 16)


def upn_of(number: int) -> str:
    """A UPN with the right check letter."""
    digits = f"{number:012d}"
    return CHECK_LETTERS[sum(int(digit) * place for place, digit in enumerate(digits, 2)) % 23] + digits


def tables(people: int = 12, seed: int = 1, *, year: int = 2025, marked: str = "") -> Tables:
    """Every person has a request, most an assessment, a plan and placements. `marked` begins every name."""
    rng = random.Random(seed)
    rows: dict[str, list[dict[str, object]]] = {module: [] for module in ("header", *MODULES)}
    rows["header"].append(_header(year))
    for number in range(1, people + 1):
        _person(rows, number, rng, marked)
    return {module: pl.DataFrame(rows[module], schema=_schema(module)) for module in rows}


def _schema(module: str) -> dict[str, pl.DataType]:
    ids = {name: pl.Int64() for name in BLADE[module][1:] if name}
    if module == "persons":
        ids["personorderseqcolumn"] = pl.Int64()
    return ids | {name: _dtype(field.kind) for name, field in every_column(module).items()}


def _dtype(kind: CellKind) -> pl.DataType:
    return pl.String() if kind in (CellKind.PERSONAL, CellKind.TEXT) else DTYPES[kind]


def _header(year: int) -> dict[str, object]:
    return dict(
        sen2tableid=1,
        collection="SEN2",
        year=year,
        referencedate=REFERENCE.replace(year=year),
        lea="886",
        softwarecode="SYNTHETIC",
        release="1",
        serialno="1",
        datetime=f"{year}-02-01T10:00:00",
    )


def _person(rows: dict[str, list[dict[str, object]]], number: int, rng: random.Random, marked: str) -> None:
    birth = date(2003, 1, 1) + timedelta(days=rng.randrange(6500))
    upn = upn_of(rng.randrange(10**12)) if rng.random() < 0.85 else ""
    rows["persons"].append(
        dict(
            persontableid=900 + number,
            personorderseqcolumn=number,
            sen2tableid=1,
            surname=f"{marked}Surname{number}",
            forename=f"{marked}Forename{number}",
            personbirthdate=birth,
            gendercurrent="M",
            sex="M",
            ethnicity="WBRI",
            postcode=f"ZZ{number % 90 + 1} 9ZZ",
            upn=upn,
            uniquelearnernumber="",
            upnunknown="" if upn else "UN3",
        )
    )
    received = date(2023, 2, 1) + timedelta(days=rng.randrange(480))
    rows["requests"].append(
        dict(
            requeststableid=5000 + number,
            persontableid=900 + number,
            receiveddate=received,
            requestsource="1",
            rya=False,
            requestoutcomedate=received + timedelta(days=rng.randrange(20, 60)),
            requestoutcome=rng.choice("YYYYN"),
            requestmediation=False,
            requesttribunal=rng.random() < 0.1,
            exported=None,
        )
    )
    if rows["requests"][-1]["requestoutcome"] == "Y":
        _plan(rows, number, received, rng)


def _plan(rows: dict[str, list[dict[str, object]]], number: int, received: date, rng: random.Random) -> None:
    issued = received + timedelta(days=rng.randrange(90, 200))
    rows["assessments"].append(
        dict(
            assessmenttableid=5000 + number,
            requeststableid=5000 + number,
            assessmentoutcome="Y",
            assessmentoutcomedate=issued,
            assessmentmediation=False,
            assessmenttribunal=False,
            othermediation=False,
            othertribunal=False,
            week20=rng.random() < 0.2,
        )
    )
    ceased = rng.random() < 0.2
    rows["named_plans"].append(
        dict(
            namedplantableid=5000 + number,
            assessmenttableid=5000 + number,
            startdate=issued,
            planres=None,
            planwbp=None,
            pb=False,
            oa=False,
            dp=None,
            ceasedate=issued + timedelta(days=100) if ceased else None,
            ceasereason="1" if ceased else None,
        )
    )
    where = dict(urn=str(100000 + number), ukprn=None, sensetting=None, sensettingother=None)
    if rng.random() < 0.3:
        where = dict(urn=None, ukprn=None, sensetting=rng.choice(["OLA", "NIEO", "EHE"]), sensettingother="some words")
    flags = dict(senunitindicator=False, resourcedprovisionindicator=rng.random() < 0.2)
    rows["plan_details"].append(
        dict(
            plandetailtableid=len(rows["plan_details"]) + 1,
            namedplantableid=5000 + number,
            placementrank=1,
            **where,
            **flags,
        )
    )
    rows["active_plans"].append(
        dict(
            activeplanstableid=5000 + number,
            requeststableid=5000 + number,
            transferla=None,
            res="A",
            wbp=None,
            reviewmeeting=issued + timedelta(days=300),
            reviewoutcome="A",
            reviewdraft=issued + timedelta(days=310),
            phasetransferduedate=date(2025, 2, 15),
            phasetransferfinaldate=None,
            lastreview=issued + timedelta(days=320),
        )
    )
    for rank in (1, 2)[: rng.choice([1, 1, 2])]:
        rows["placements"].append(
            dict(
                placementdetailtableid=len(rows["placements"]) + 1,
                activeplanstableid=5000 + number,
                placementrank=rank,
                entrydate=issued,
                leavingdate=None,
                attendancepattern=None,
                res=None,
                wbp=None,
                **where,
                **flags,
            )
        )
    for rank, need in enumerate(rng.sample(["ASD", "SEMH", "SLCN", "MLD"], rng.choice([1, 2])), 1):
        rows["needs"].append(
            dict(
                senneedtableid=len(rows["needs"]) + 1, activeplanstableid=5000 + number, sentype=need, sentyperank=rank
            )
        )


def write_establishments(path: Path, people: int = 12) -> Path:
    """A GIAS extract, in Windows-1252 as published, that holds the URNs of `tables`."""
    types = ("Community school", "Community special school", "Other independent special school", "Further education")
    lines = ["URN,UKPRN,EstablishmentName,TypeOfEstablishment (name),SchoolCapacity,OpenDate,CloseDate"]
    for number in range(1, people + 1):
        lines.append(f"{100000 + number},,Ste Thérèse {number},{types[number % 4]},200,01-09-2001,")
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path
