"""From people and requests to the tables of a return, with all items of all layouts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from highneeds.intake.privacy import CHECK_LETTERS
from highneeds.intake.sen2.cells import DTYPES
from highneeds.intake.sen2.fields import BLADE, CellKind
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.sen2.rows import MODULES
from highneeds.invented.caseload.forms import Tables
from highneeds.invented.caseload.margins import CLASSES, Margins
from highneeds.invented.caseload.people import UKN, People
from highneeds.invented.caseload.pipeline import RequestRecord
from highneeds.invented.caseload.schools import PLANS_IN_ONE, Schools
from highneeds.invented.caseload.seldom import asked_again, second_placements, taken_over

SOFTWARE = "SYNTHETIC"
_EPOCH = date(1970, 1, 1).toordinal()
_WITH_PLACE = np.array([code in PLANS_IN_ONE or code in ("RP", "SENU") for code in CLASSES])
_EXPLAINED = {"NIEO": "awaiting placement", "OTH": "other"}
_BY_UKPRN = ("GFE", "6FC", "SP16")
_AFTER_SCHOOL = tuple(CLASSES.index(code) for code in ("GFE", "6FC", "SP16", "NEET"))


@dataclass(frozen=True)
class Written:
    """tables: module -> frame with Blade columns; counts: rows of each."""

    tables: Tables

    @property
    def counts(self) -> dict[str, int]:
        return {module: frame.height for module, frame in self.tables.items()}


@dataclass(frozen=True)
class InventedChildren:
    """people: holders of a plan; records: requests; holders: id of a record -> who holds the plan that came of it."""

    people: People
    records: Sequence[RequestRecord]
    holders: Mapping[int, int]


def write_tables(
    children: InventedChildren,
    *,
    margins: Margins,
    schools: Schools,
    as_at: date,
    overdue: float,
    opens: int,
    rng: np.random.Generator,
    seldom: np.random.Generator,
) -> Written:
    """Every holder of a plan has the request it came from, those without a plan theirs; ids are plain numbers.

    opens    the first day of the window
    seldom   the chance behind second placements, plans taken over and repeated requests
    """
    people, records = children.people, children.records
    holder_of = np.array([children.holders.get(id(record), -1) for record in records], dtype=np.int64)
    again = asked_again(records, holder_of, people, seldom)
    without = np.setdiff1d(np.flatnonzero(holder_of < 0), np.array(list(again), dtype=np.int64))
    birth = np.concatenate([people.birth, births_of_others(records, without, margins, rng)])
    person_of = holder_of.copy()
    person_of[list(again)] = list(again.values())
    person_of[without] = len(people) + np.arange(len(without))
    with_request = np.zeros(len(people), dtype=bool)
    with_request[holder_of[holder_of >= 0]] = True
    older = np.flatnonzero(~with_request)
    handed_over = taken_over(people, older, opens, seldom)
    requests = request_rows(records, person_of, older, people, handed_over, rng)
    plan_request = np.full(len(people), -1, dtype=np.int64)
    plan_request[holder_of[holder_of >= 0]] = np.flatnonzero(holder_of >= 0) + 1
    plan_request[older] = len(records) + 1 + np.arange(len(older))
    assessments = assessment_rows(records, plan_request, older, people, margins, rng)
    leave_early_years(people, margins.census.toordinal(), as_at)
    placements = placement_rows(people, plan_request, schools, opens, rng, seldom)
    tables = {
        "header": header_row(margins.council, as_at),
        "persons": person_rows(birth, as_at, rng),
        "requests": requests,
        "assessments": assessments,
        "named_plans": named_plan_rows(people, plan_request, margins, rng),
        "plan_details": plan_detail_rows(placements),
        "active_plans": _active_plans(people, plan_request, as_at, overdue, rng).with_columns(
            _transfer_la(people, plan_request, handed_over, margins.others, seldom)
        ),
        "placements": placements.drop("plan"),
        "needs": need_rows(people, plan_request, margins, rng),
    }
    return Written({module: whole_frame(module, tables[module]) for module in ("header", *MODULES)})


def whole_frame(module: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column of every layout, in their dtypes."""
    columns = [name for name in BLADE[module][1:] if name]
    columns += ["personorderseqcolumn"] if module == "persons" else []
    dtypes = {name: pl.Int64() for name in columns} | {
        name: pl.String() if field.kind in (CellKind.PERSONAL, CellKind.TEXT) else DTYPES[field.kind]
        for name, field in every_column(module).items()
    }
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in dtypes.items()
    )


def as_dates(days: np.ndarray) -> pl.Series:
    """Day numbers as dates; 0 is no date."""
    return pl.Series(days - _EPOCH, dtype=pl.Int32).set(pl.Series(days <= 0), None).cast(pl.Date)


def header_row(council: str, as_at: date) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "sen2tableid": [1],
            "collection": ["SEN2"],
            "year": [as_at.year],
            "referencedate": [as_at],
            "lea": [council],
            "softwarecode": [SOFTWARE],
            "release": ["SYNTHETIC"],
            "serialno": ["1"],
            "datetime": [f"{as_at.isoformat()}T00:00:00"],
        }
    )


def births_of_others(
    records: Sequence[RequestRecord], without: np.ndarray, margins: Margins, rng: np.random.Generator
) -> np.ndarray:
    """Birth days of those asked for without a plan: half a year younger at the request than at a plan's start."""
    ages = margins.new[max(margins.new)].astype(float) + 0.01
    drawn = rng.choice(np.arange(2, 2 + len(ages)), len(without), p=ages / ages.sum()) + rng.random(len(without)) - 0.5
    received = np.array([records[place].received for place in without], dtype=np.int64)
    return (received - np.maximum(drawn, 1.0) * 365.25).astype(np.int64)


def upns_of(numbers: np.ndarray) -> pl.Series:
    """A UPN with the right check letter for each number of up to 12 digits."""
    digits = (numbers[:, None] // 10 ** np.arange(11, -1, -1, dtype=np.int64)) % 10
    letters = np.array(list(CHECK_LETTERS))[(digits * np.arange(2, 14)).sum(axis=1) % 23]
    return (
        pl.DataFrame({"letter": letters, "number": pl.Series(numbers).cast(pl.String).str.zfill(12)})
        .select(pl.concat_str("letter", "number"))
        .to_series()
    )


def person_rows(birth: np.ndarray, as_at: date, rng: np.random.Generator, first: int = 1) -> pl.DataFrame:
    """first: the number of the first of them, by which each is known and named."""
    count = len(birth)
    number = np.arange(first, first + count)
    age = (as_at.toordinal() - birth) / 365.25
    without = (rng.random(count) < np.where(age < 5, 0.5, 0.03)).tolist()
    frame = pl.DataFrame(
        {
            "persontableid": number,
            "personorderseqcolumn": number,
            "sen2tableid": np.ones(count, dtype=np.int64),
            "personbirthdate": as_dates(birth),
            "upn": upns_of(rng.integers(10**6, 10**7, count) * 10**5 + number % 10**5),
            "young": age < 5,
            "without": pl.Series(without, dtype=pl.Boolean),
            "male": rng.random(count) < 0.72,
            "outward": rng.integers(1, 30, count),
            "inward": rng.integers(0, 10, count),
        }
    )
    sex = pl.when("male").then(pl.lit("M")).otherwise(pl.lit("F"))
    return frame.with_columns(
        pl.format("Synthetic{}", "persontableid").alias("surname"),
        pl.lit("Invented").alias("forename"),
        sex.alias("sex"),
        sex.alias("gendercurrent"),
        pl.lit("NOBT").alias("ethnicity"),
        pl.format("ZZ{} {}ZZ", "outward", "inward").alias("postcode"),
        pl.when(~pl.col("without")).then("upn").alias("upn"),
        pl.when("without").then(pl.when("young").then(pl.lit("UN1")).otherwise(pl.lit("UN3"))).alias("upnunknown"),
    )


def request_rows(
    records: Sequence[RequestRecord],
    person_of: np.ndarray,
    older: np.ndarray,
    people: People,
    handed_over: Mapping[int, int],
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Requests of the window, then one historic request for each plan that began before it, or was handed over."""
    before = np.maximum(people.start[older] - rng.integers(120, 220, len(older)), people.birth[older] + 300)
    before = np.minimum(before, people.start[older] - 42)
    before = np.array([handed_over.get(who, day) for who, day in zip(older.tolist(), before.tolist(), strict=True)])
    count = len(records) + len(older)
    return pl.DataFrame(
        {
            "requeststableid": np.arange(1, count + 1),
            "persontableid": np.concatenate([person_of, older]) + 1,
            "receiveddate": as_dates(np.concatenate([_column(records, "received"), before])),
            "requestsource": rng.choice(np.array(list("12345")), count, p=[0.45, 0.48, 0.02, 0.02, 0.03]),
            "rya": np.zeros(count, dtype=bool),
            "requestoutcomedate": as_dates(
                np.concatenate([_column(records, "decided"), np.zeros(len(older), dtype=np.int64)])
            ),
            "requestoutcome": [record.outcome for record in records] + ["H"] * len(older),
            "requestmediation": rng.random(count) < 0.01,
            "requesttribunal": rng.random(count) < 0.02,
        }
    )


def _column(records: Sequence[RequestRecord], name: str) -> np.ndarray:
    return np.array([getattr(record, name) for record in records], dtype=np.int64)


def assessment_rows(
    records: Sequence[RequestRecord],
    plan_request: np.ndarray,
    older: np.ndarray,
    people: People,
    margins: Margins,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """One for each request that was agreed; that of an older plan is historic."""
    agreed = np.array([place for place, record in enumerate(records) if record.assessment], dtype=np.int64)
    request = np.concatenate([agreed + 1, plan_request[older]])
    count = len(request)
    exceptions = max(margins.process[max(margins.process)]["exceptions"], 0.0)
    return pl.DataFrame(
        {
            "assessmenttableid": request,
            "requeststableid": request,
            "assessmentoutcome": [records[place].assessment for place in agreed] + ["H"] * len(older),
            "assessmentoutcomedate": as_dates(
                np.concatenate(
                    [_column([records[place] for place in agreed], "ended"), np.zeros(len(older), dtype=np.int64)]
                )
            ),
            "assessmentmediation": rng.random(count) < 0.01,
            "assessmenttribunal": rng.random(count) < 0.03,
            "othermediation": np.zeros(count, dtype=bool),
            "othertribunal": rng.random(count) < 0.01,
            "week20": rng.random(count) < exceptions,
        }
    )


def named_plan_rows(
    people: People, plan_request: np.ndarray, margins: Margins, rng: np.random.Generator
) -> pl.DataFrame:
    order = np.argsort(plan_request, kind="stable")
    residential = _residential(people, margins, rng)
    budget = rng.random(len(people)) < 0.05
    return pl.DataFrame(
        {
            "namedplantableid": plan_request,
            "assessmenttableid": plan_request,
            "startdate": as_dates(people.start),
            "planres": residential,
            "pb": budget,
            "oa": budget & (rng.random(len(people)) < 0.5),
            "ceasedate": as_dates(people.end),
            "ceasereason": [str(reason) if reason else None for reason in people.reason.tolist()],
        }
    )[order]


def _residential(people: People, margins: Margins, rng: np.random.Generator) -> list[str | None]:
    """As many in residential settings as published, among specialist and special post-16 placements."""
    special = np.isin(people.setting, [CLASSES.index(code) for code in ("SpMdA", "SpNm", "SpIn", "SP16")])
    pool = rng.permutation(np.flatnonzero(special & (people.end == 0)))
    codes: list[str | None] = [None] * len(people)
    terms, whole_year = margins.residential
    for person in pool[:terms].tolist():
        codes[person] = "A"
    for person in pool[terms : terms + whole_year].tolist():
        codes[person] = "B"
    return codes


def _transfer_la(
    people: People,
    plan_request: np.ndarray,
    handed_over: Mapping[int, int],
    others: Sequence[str],
    rng: np.random.Generator,
) -> pl.Series:
    """The council that handed a plan over, in the order of the active plans."""
    names: list[str | None] = [None] * len(people)
    for who in handed_over:
        names[who] = str(rng.choice(np.array(others))) if others else None
    order = np.argsort(plan_request, kind="stable")
    return pl.Series("transferla", [names[who] for who in order.tolist()], dtype=pl.String)


def leave_early_years(people: People, census: int, as_at: date) -> None:
    """After the census day nobody goes on with an early years provider into Year 1: they are educated at home then."""
    year_one = np.array([date(int(year) + 6, 9, 1).toordinal() for year in people.cohort], dtype=np.int64)
    begins = np.maximum(year_one, census + 1)
    stays = (people.setting == CLASSES.index("EYP")) & people.active(as_at.toordinal()) & (begins <= as_at.toordinal())
    people.setting[stays & (begins <= people.entered)] = CLASSES.index("EHE")
    who = np.flatnonzero(stays & (begins > people.entered))
    people.move(who, np.full(len(who), CLASSES.index("EHE")), begins[who])


def _not_too_early(people: People, who: np.ndarray, setting: np.ndarray, entry: np.ndarray, opens: int) -> np.ndarray:
    """Entry days of which those before the window are brought to the age that colleges begin with, at the latest to
    the window's first day: where somebody was before is not in an extract."""
    sixteen = np.array([date(int(year) + 17, 9, 1).toordinal() for year in people.cohort[who]], dtype=np.int64)
    later = np.where(np.isin(setting, _AFTER_SCHOOL), np.maximum(entry, sixteen), entry)
    return np.where(entry < opens, np.minimum(later, opens), entry)


def placement_rows(
    people: People,
    plan_request: np.ndarray,
    schools: Schools,
    opens: int,
    rng: np.random.Generator,
    seldom: np.random.Generator,
) -> pl.DataFrame:
    """Past placements and the open one of everybody who has one; that of an ended plan ends with it."""
    open_ = np.flatnonzero(people.setting != UKN)
    past = np.array(people.placements, dtype=np.int64).reshape(len(people.placements), 4)
    who = np.concatenate([past[:, 0], open_])
    setting = np.concatenate([past[:, 1], people.setting[open_]])
    entry = np.concatenate([past[:, 2], people.entered[open_]])
    leaving = np.concatenate([past[:, 3], people.end[open_]])
    entry = _not_too_early(people, who, setting, entry, opens)
    kept = (leaving == 0) | (leaving >= entry)
    who, setting, entry, leaving = who[kept], setting[kept], entry[kept], leaving[kept]
    order = np.lexsort((entry, plan_request[who]))
    who, setting, entry, leaving = who[order], setting[order], entry[order], leaving[order]
    urn, ukprn, code = _where(setting, schools, rng)
    first = pl.DataFrame(
        {
            "placementdetailtableid": np.arange(1, len(who) + 1),
            "activeplanstableid": plan_request[who],
            "plan": plan_request[who],
            "urn": pl.Series(urn, dtype=pl.String),
            "ukprn": pl.Series(ukprn, dtype=pl.String),
            "sensetting": pl.Series(code, dtype=pl.String),
            "sensettingother": pl.Series(code, dtype=pl.String).replace_strict(
                _EXPLAINED, default=None, return_dtype=pl.String
            ),
            "placementrank": np.ones(len(who), dtype=np.int64),
            "entrydate": as_dates(entry),
            "leavingdate": as_dates(leaving),
            "senunitindicator": setting == CLASSES.index("SENU"),
            "resourcedprovisionindicator": setting == CLASSES.index("RP"),
        }
    )
    both = pl.concat([first, second_placements(first, setting, schools, seldom)])
    both = both.sort("plan", "entrydate", "placementrank", maintain_order=True)
    return both.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("placementdetailtableid"))


def _where(
    setting: np.ndarray, schools: Schools, rng: np.random.Generator
) -> tuple[list[str | None], list[str | None], list[str | None]]:
    """URN, or UKPRN for half the colleges, or the SENsetting code."""
    urn: list[str | None] = [None] * len(setting)
    ukprn, code = urn.copy(), urn.copy()
    for number, name in enumerate(CLASSES):
        places = np.flatnonzero(setting == number)
        if not _WITH_PLACE[number]:
            for place in places.tolist():
                code[place] = name
            continue
        chosen = rng.integers(0, len(schools.urns[name]), len(places))
        college = (rng.random(len(places)) < 0.5) & (name in _BY_UKPRN)
        for place, school, by_ukprn in zip(places.tolist(), chosen.tolist(), college.tolist(), strict=True):
            if by_ukprn:
                ukprn[place] = str(schools.ukprns[name][school])
            else:
                urn[place] = str(schools.urns[name][school])
    return urn, ukprn, code


def plan_detail_rows(placements: pl.DataFrame) -> pl.DataFrame:
    """The setting named in the plan: that of the last placement."""
    first = placements.filter(pl.col("placementrank") == 1)
    last = first.unique("plan", keep="last", maintain_order=True)
    return last.with_columns(
        pl.col("plan").alias("namedplantableid"), pl.int_range(1, pl.len() + 1).alias("plandetailtableid")
    )


def _active_plans(
    people: People, plan_request: np.ndarray, as_at: date, overdue: float, rng: np.random.Generator
) -> pl.DataFrame:
    """An active plan for everybody with a plan in the window, with the last review and the dates of phase transfer."""
    day = as_at.toordinal()
    decided = _last_reviews(people, day, overdue, rng)
    meeting = np.where(decided > 0, decided - rng.integers(10, 61, len(people)), 0)
    meeting = np.where(meeting > people.start, meeting, 0)
    outcome = rng.choice(np.array(["A", "M", "C"]), len(people), p=[0.5, 0.45, 0.05])
    due, final = phase_transfers(people, as_at, rng)
    order = np.argsort(plan_request, kind="stable")
    return pl.DataFrame(
        {
            "activeplanstableid": plan_request,
            "requeststableid": plan_request,
            "reviewmeeting": as_dates(meeting),
            "reviewoutcome": pl.Series(outcome).set(pl.Series(decided <= 0), None),
            "reviewdraft": as_dates(np.where((outcome == "A") & (decided > 0), decided + 14, 0)),
            "phasetransferduedate": as_dates(due),
            "phasetransferfinaldate": as_dates(final),
            "lastreview": as_dates(decided),
        }
    )[order]


def _last_reviews(people: People, day: int, overdue: float, rng: np.random.Generator) -> np.ndarray:
    """Decision dates such that `overdue` plans (below 1: that share of them) were last decided on over a year ago."""
    decided = np.zeros(len(people), dtype=np.int64)
    in_force = np.flatnonzero(people.active(day))
    held = in_force[people.start[in_force] < day - 366]
    late = rng.permutation(held)[: round(overdue if overdue >= 1 else overdue * len(in_force))]
    done = np.setdiff1d(held, late)
    decided[done] = np.maximum(day - rng.integers(0, 360, len(done)), people.start[done] + 31)
    decided[late] = day - 368 - rng.integers(0, 500, len(late))
    decided = np.where(decided > people.start + 30, decided, 0)
    ended = np.flatnonzero(people.end > 0)
    decided[ended] = np.where(
        people.end[ended] - people.start[ended] > 200, people.end[ended] - rng.integers(30, 120, len(ended)), 0
    )
    return decided


def phase_transfers(people: People, as_at: date, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Due on 15 February for those who enter Reception or Year 7 next, on 31 March for Year 12 (regulation 18)."""
    next_september = as_at.year if as_at < date(as_at.year, 9, 1) else as_at.year + 1
    years = next_september - people.cohort - 5
    due = np.where(np.isin(years, (0, 7)), date(next_september, 2, 15).toordinal(), 0)
    due = np.where(years == 12, date(next_september, 3, 31).toordinal(), due)
    due = np.where(people.active(as_at.toordinal()), due, 0)
    final = due + rng.integers(-40, 30, len(people))
    return due, np.where((due > 0) & (final <= as_at.toordinal()), final, 0)


def need_rows(people: People, plan_request: np.ndarray, margins: Margins, rng: np.random.Generator) -> pl.DataFrame:
    """A primary need by the published shares, and a second one for two in five."""
    names, shares = np.array(list(margins.needs)), np.array(list(margins.needs.values()))
    first = rng.choice(names, len(people), p=shares)
    second = rng.choice(names, len(people), p=shares)
    also = (rng.random(len(people)) < 0.4) & (second != first)
    plan = np.concatenate([plan_request, plan_request[also]])
    need = np.concatenate([first, second[also]])
    rank = np.concatenate([np.ones(len(people), dtype=np.int64), np.full(also.sum(), 2)])
    order = np.lexsort((rank, plan))
    return pl.DataFrame(
        {
            "senneedtableid": np.arange(1, len(plan) + 1),
            "activeplanstableid": plan[order],
            "sentype": need[order],
            "sentyperank": rank[order],
        }
    )
