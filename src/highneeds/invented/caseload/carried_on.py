"""An invented return carried on to a later day: the same children, and what happened to them since.

Nothing that the earlier return dates is changed. What was open goes on at the published rates, as after the census day
of a council made anew: requests are decided, assessments end, plans begin and end, people move, reviews are held.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from highneeds.intake.published import Published
from highneeds.intake.sen2.rows import MODULES
from highneeds.invented.caseload.calendar import SynMonth
from highneeds.invented.caseload.council import SyntheticCouncil
from highneeds.invented.caseload.earlier import EarlierReturn
from highneeds.invented.caseload.margins import Margins, margins, whole
from highneeds.invented.caseload.people import CEASE_WEIGHTS, UKN, People, cohorts, open_part, run_months
from highneeds.invented.caseload.pipeline import Flows, RequestRecord, queue_of, run_from
from highneeds.invented.caseload.seldom import ASKED_AGAIN_SHARE, DAYS_BEFORE_ASKING_AGAIN
from highneeds.invented.caseload.tables import (
    Written,
    as_dates,
    assessment_rows,
    births_of_others,
    header_row,
    leave_early_years,
    named_plan_rows,
    need_rows,
    person_rows,
    phase_transfers,
    placement_rows,
    plan_detail_rows,
    request_rows,
    whole_frame,
)
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month

_EPOCH = date(1970, 1, 1).toordinal()
_NOBODY = np.zeros(0, dtype=np.int64)
REVIEW_DAYS = 366  # a review longer ago than this is overdue, as in a council made anew
UNEVEN_DAYS = 500  # those overdue longest are reviewed first, but for so many days: a new council's spread of them
YOUNG_TO = 6  # from this age on being too young is no reason to have no UPN


def carried_on(earlier: EarlierReturn, published: Published, as_at: date, seed: int) -> SyntheticCouncil:
    """The invented council of an earlier return as it stands at `as_at`.

    The same return, statistics, date and seed give the same council. Raises InputError where the day is not later.
    """
    if as_at <= earlier.as_at:
        raise InputError(
            f"The earlier return is of {earlier.as_at:%-d %B %Y}, and {as_at:%-d %B %Y} is not after it",
            where="--as-at",
            remedy="Give a later day",
        )
    found = _Continuation.of(earlier, published, as_at, seed)
    return SyntheticCouncil(found.written(), earlier.schools, as_at, _notes(earlier, found.margins))


def _margins_of(earlier: EarlierReturn, published: Published, holders: pl.DataFrame) -> Margins:
    """The published margins at the earlier return's own scale, which its plans on the census day say."""
    once = margins(published, earlier.council, earlier.as_at)
    day = pl.lit(once.census)
    held = holders.filter((pl.col("startdate") <= day) & pl.col("ceasedate").fill_null(date.max).ge(day)).height
    scaled = margins(published, earlier.council, earlier.as_at, held / once.stock.sum())
    return replace(scaled, census=earlier.as_at)


def _holders(earlier: EarlierReturn) -> pl.DataFrame:
    """One row a plan, in the order of the plans: its request, its person, its open placement."""
    tables = earlier.tables
    ids = "requeststableid", "persontableid"
    people = tables["persons"].select("persontableid", "personbirthdate")
    plans = tables["named_plans"].with_columns(requeststableid="namedplantableid")
    found = plans.join(tables["requests"].select(ids), on=ids[0], how="left", maintain_order="left")
    found = found.join(people, on=ids[1], how="left", maintain_order="left")
    if found["personbirthdate"].null_count() or found["persontableid"].is_duplicated().any():
        raise InputError(
            "Its plans do not hang together as in an invented return", remedy="Carry on the return as it was written"
        )
    open_ = tables["placements"].filter((pl.col("placementrank") == 1) & pl.col("leavingdate").is_null())
    open_ = open_.select(pl.col("activeplanstableid").alias(ids[0]), "placementdetailtableid", "entrydate")
    return found.join(open_, on=ids[0], how="left", maintain_order="left")


def _days(dates: pl.Series) -> np.ndarray:
    """Dates as day numbers, 0 where there is none."""
    return np.array((dates.cast(pl.Int32).cast(pl.Int64) + _EPOCH).fill_null(0), dtype=np.int64)


def _people(holders: pl.DataFrame, earlier: EarlierReturn) -> People:
    birth = _days(holders["personbirthdate"])
    rows = holders["placementdetailtableid"].to_list()
    return People(
        birth=birth,
        cohort=cohorts(birth),
        start=_days(holders["startdate"]),
        end=_days(holders["ceasedate"]),
        reason=np.array(holders["ceasereason"].cast(pl.Int64).fill_null(0), dtype=np.int64),
        setting=np.array([UKN if row is None else earlier.listed[row] for row in rows], dtype=np.int64),
        entered=_days(holders["entrydate"]),
    )


def _months(after: date, to: date) -> tuple[list[SynMonth], list[SynMonth]]:
    """The calendar months up to the day, and the same with the first beginning on the day after the earlier one."""
    first = after.toordinal() + 1
    months = [
        SynMonth(month, month.first_day.toordinal(), min(month.last_day, to).toordinal())
        for month in Month.of(date.fromordinal(first)).through(Month.of(to))
    ]
    return months, [replace(month, first=max(month.first, first)) for month in months]


def _rounded(wanted: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Whole numbers whose total is that of `wanted`, rounded up as often as its fraction says: a council carried on
    month by month gets as many as one carried on by a year."""
    return whole(wanted, float(np.floor(wanted.sum() + rng.random())))


def _flows(given: Margins, months: Sequence[SynMonth], census: int, rng: np.random.Generator) -> Flows:
    rates = [given.process[min(given.process, key=lambda one: abs(one - month.month.year))] for month in months]
    parts = np.array([open_part(month, census) for month in months]) / 12
    names = ("received", "yes", "no", "issued", "refused", "withdrawn")
    counts = {name: _rounded(np.array([rate[name] for rate in rates]) * parts, rng) for name in names}
    latest = given.process[max(given.process)]
    return Flows(**counts, opening=0, six_weeks=latest["six_weeks"], twenty_weeks=latest["twenty_weeks"])


def _ends(given: Margins, months: Sequence[SynMonth], census: int, rng: np.random.Generator) -> np.ndarray:
    """How many plans end in each month."""
    weights = np.array([CEASE_WEIGHTS[month.month.number - 1] * open_part(month, census) for month in months])
    return _rounded(weights * given.ceased[max(given.ceased)].sum(), rng)


@dataclass(frozen=True)
class _Requests:
    """What became of the requests between the two days.

    under_way   request id -> the record, of those that were not decided on or still assessed on the earlier day
    new         those made since, in the order of their ids, which follow `last`
    issued      the ids of those that led to a plan since, and the day of each, by day
    persons     request id -> person and birth day: of all earlier ones, and of the new ones of people asked for before
    """

    under_way: dict[int, RequestRecord]
    new: list[RequestRecord]
    last: int
    issued: tuple[np.ndarray, np.ndarray]
    persons: dict[int, tuple[int, int]]

    @classmethod
    def since(
        cls, earlier: EarlierReturn, flows: Flows, months: Sequence[SynMonth], rng: np.random.Generator
    ) -> "_Requests":
        waiting, agreed = _under_way(earlier)
        records = run_from(queue_of([*waiting.values()]), queue_of([*agreed.values()]), flows, months, rng)
        number = {id(record): request for request, record in (waiting | agreed).items()}
        new = [record for record in records if id(record) not in number]
        last = earlier.last("requests")
        number |= {id(record): last + place for place, record in enumerate(new, 1)}
        issued = sorted((one for one in records if one.assessment == "Y"), key=lambda one: one.ended)
        numbers = np.array([number[id(one)] for one in issued], dtype=np.int64)
        days = np.array([one.ended for one in issued], dtype=np.int64)
        persons = _persons_of(earlier) | _asked_again(earlier, new, last, int(flows.no.sum()), rng)
        return cls(waiting | agreed, new, last, (numbers, days), persons)

    @property
    def new_ids(self) -> list[int]:
        return [self.last + place for place in range(1, len(self.new) + 1)]

    def born(self) -> np.ndarray:
        """The birth day behind each plan issued, 0 where somebody new was asked for."""
        numbers, _ = self.issued
        return np.array([self.persons.get(one, (0, 0))[1] for one in numbers.tolist()], dtype=np.int64)


@dataclass(frozen=True)
class _Continuation:
    """Everything that has happened between the two days, and the return that says so.

    people     those with a plan: first those of `holders`, then the new ones
    request    the request of each plan
    asked      the person of each new request; births: the birth day of each new person, who follow the earlier ones
    """

    earlier: EarlierReturn
    margins: Margins
    as_at: date
    rng: np.random.Generator
    holders: pl.DataFrame
    people: People
    request: np.ndarray
    requests: _Requests
    asked: np.ndarray
    births: np.ndarray

    @classmethod
    def of(cls, earlier: EarlierReturn, published: Published, as_at: date, seed: int) -> "_Continuation":
        """Let the days between the two returns pass."""
        census = earlier.as_at.toordinal()
        rng = np.random.default_rng([seed, census, as_at.toordinal()])
        holders = _holders(earlier)
        given = _margins_of(earlier, published, holders)
        months, cut = _months(earlier.as_at, as_at)
        requests = _Requests.since(earlier, _flows(given, months, census, rng), cut, rng)
        people, (numbers, days) = _people(holders, earlier), requests.issued
        ends = _ends(given, months, census, rng)
        who = run_months(people, days, months, given, None, rng, born=requests.born(), ends=ends)
        leave_early_years(people, census, as_at)
        request = np.concatenate([holders["requeststableid"].to_numpy(), numbers[np.argsort(who, kind="stable")]])
        with_plan = dict(zip(request.tolist(), people.birth.tolist(), strict=True))
        asked, births = _new_persons(requests, with_plan, earlier.last("persons") + 1, given, rng)
        return cls(earlier, given, as_at, rng, holders, people, request, requests, asked, births)

    @property
    def old(self) -> int:
        return self.holders.height

    def written(self) -> Written:
        """Every table: the earlier rows as they were, with what has happened since, then the new rows."""
        placements, details = self._placements()
        tables = {
            "header": header_row(self.earlier.council, self.as_at),
            "persons": self._persons(),
            "requests": self._requests(),
            "assessments": self._assessments(),
            "named_plans": self._named_plans(),
            "plan_details": details,
            "active_plans": self._active_plans(),
            "placements": placements,
            "needs": self._needs(),
        }
        return Written({module: whole_frame(module, tables[module]) for module in ("header", *MODULES)})

    def _with(self, module: str, new: pl.DataFrame, changed: pl.DataFrame | None = None, on: str = "") -> pl.DataFrame:
        """The earlier rows of a module, a changed value in place of what was there, and the new rows below."""
        frame = self.earlier.tables[module]
        if changed is not None:
            frame = frame.update(changed, on=on, how="left", maintain_order="left")
        return pl.concat([frame, whole_frame(module, new).select(frame.columns)], how="vertical_relaxed")

    def _persons(self) -> pl.DataFrame:
        first = self.earlier.last("persons") + 1
        both = self._with("persons", person_rows(self.births, self.as_at, self.rng, first))
        age = (pl.lit(self.as_at) - pl.col("personbirthdate")).dt.total_days() / 365.25
        old = (pl.col("upnunknown") == "UN1") & (age >= YOUNG_TO - 0.01)
        return both.with_columns(
            pl.when(old).then(pl.lit("UN3")).otherwise("upnunknown").alias("upnunknown"),
            pl.coalesce("sex", "gendercurrent").alias("sex"),
            pl.coalesce("gendercurrent", "sex").alias("gendercurrent"),
        )

    def _requests(self) -> pl.DataFrame:
        top = self.earlier.last("requests")
        new = request_rows(self.requests.new, self.asked - 1, _NOBODY, self.people, {}, self.rng)
        new = new.with_columns(pl.col("requeststableid") + top)
        decided = {one: record for one, record in self.requests.under_way.items() if record.decided}
        changed = pl.DataFrame(
            {
                "requeststableid": pl.Series(list(decided), dtype=pl.Int64),
                "requestoutcome": pl.Series([record.outcome for record in decided.values()], dtype=pl.String),
                "requestoutcomedate": as_dates(
                    np.array([record.decided for record in decided.values()], dtype=np.int64)
                ),
            }
        )
        both = self._with("requests", new, changed, "requeststableid")
        if "requestsource" in self.earlier.given["requests"]:
            return both
        drawn = pl.Series(self.rng.choice(np.array(list("12345")), both.height, p=[0.45, 0.48, 0.02, 0.02, 0.03]))
        return both.with_columns(pl.coalesce(pl.col("requestsource"), drawn).alias("requestsource"))

    def _assessments(self) -> pl.DataFrame:
        held = self.earlier.tables["assessments"]
        begun = set(held["requeststableid"].to_list())
        top = self.earlier.last("requests")
        everyone = [
            *self.requests.under_way.items(),
            *((top + n, record) for n, record in enumerate(self.requests.new, 1)),
        ]
        fresh = [(one, record) for one, record in everyone if record.assessment and one not in begun]
        rows = assessment_rows([record for _, record in fresh], _NOBODY, _NOBODY, self.people, self.margins, self.rng)
        ids = pl.Series([one for one, _ in fresh], dtype=pl.Int64)
        rows = rows.with_columns(ids.alias("assessmenttableid"), ids.alias("requeststableid"))
        ended = {one: record for one, record in self.requests.under_way.items() if one in begun and record.ended}
        changed = pl.DataFrame(
            {
                "requeststableid": pl.Series(list(ended), dtype=pl.Int64),
                "assessmentoutcome": pl.Series([record.assessment for record in ended.values()], dtype=pl.String),
                "assessmentoutcomedate": as_dates(
                    np.array([record.ended for record in ended.values()], dtype=np.int64)
                ),
            }
        )
        return self._with("assessments", rows, changed, "requeststableid")

    def _newcomers(self) -> tuple[People, np.ndarray]:
        """Those whose plan began since the earlier return, and their requests."""
        return _some(self.people, np.arange(self.old, len(self.people))), self.request[self.old :]

    def _named_plans(self) -> pl.DataFrame:
        people, request = self._newcomers()
        part = len(people) / max(int(self.margins.stock.sum()), 1)
        terms, whole_year = (round(count * part) for count in self.margins.residential)
        new = named_plan_rows(people, request, replace(self.margins, residential=(terms, whole_year)), self.rng)
        ended = np.flatnonzero(self._ended())
        changed = pl.DataFrame(
            {
                "namedplantableid": self.request[ended],
                "ceasedate": as_dates(self.people.end[ended]),
                "ceasereason": pl.Series([str(one) for one in self.people.reason[ended].tolist()], dtype=pl.String),
            }
        )
        return self._with("named_plans", new, changed, "namedplantableid")

    def _ended(self) -> np.ndarray:
        """Which of the earlier plans have ended since."""
        return np.asarray((self.people.end[: self.old] > 0) & self.holders["ceasedate"].is_null().to_numpy())

    def _moved(self) -> np.ndarray:
        """Which of those with an earlier plan have moved since."""
        return np.asarray(self.people.entered[: self.old] != _days(self.holders["entrydate"]))

    def _placements(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The placements, and the settings named in the plans."""
        moved = np.flatnonzero(self._moved())
        who = np.concatenate([moved, np.arange(self.old, len(self.people))])
        place = {int(person): n for n, person in enumerate(who.tolist())}
        left, past = self._left()
        some = _some(self.people, who)
        some.placements = [(place[row[0]], *row[1:]) for row in past]
        new = placement_rows(some, self.request[who], self.earlier.schools, 0, self.rng, self.rng)
        top = self.earlier.last("placements")
        new = new.with_columns(pl.col("placementdetailtableid") + top)
        rows = self._with("placements", new.drop("plan"))
        requests = {int(self.request[person]): date.fromordinal(day) for person, day in left.items()}
        earlier_row = pl.col("placementdetailtableid") <= top
        day = pl.col("activeplanstableid").replace_strict(
            pl.Series(list(requests), dtype=pl.Int64),
            pl.Series(list(requests.values()), dtype=pl.Date),
            default=None,
        )
        leaving = pl.when(earlier_row & pl.col("leavingdate").is_null()).then(day).otherwise("leavingdate")
        return rows.with_columns(leaving.alias("leavingdate")), self._details(plan_detail_rows(new))

    def _left(self) -> tuple[dict[int, int], list[tuple[int, int, int, int]]]:
        """person -> the day on which the earlier placement was left; and the placements between it and the last."""
        left: dict[int, int] = {}
        past = []
        open_before = set(np.flatnonzero(self.holders["placementdetailtableid"].is_not_null().to_numpy()).tolist())
        for row in self.people.placements:
            if row[0] in open_before and row[0] not in left:
                left[row[0]] = row[3]
            else:
                past.append(row)
        for person in np.flatnonzero(self._ended() & ~self._moved()).tolist():
            if person in open_before:
                left[person] = int(self.people.end[person])
        return left, past

    def _details(self, new: pl.DataFrame) -> pl.DataFrame:
        """The setting named in a plan is that of the last placement: a mover's row changes, a newcomer's is new."""
        held = self.earlier.tables["plan_details"]
        top = self.earlier.last("plan_details")
        ids = dict(zip(held["namedplantableid"].to_list(), held["plandetailtableid"].to_list(), strict=True))
        plans = new["namedplantableid"].to_list()
        numbers = [ids.get(plan, top + place) for place, plan in enumerate(plans, 1)]
        new = new.with_columns(pl.Series("plandetailtableid", numbers, dtype=pl.Int64))
        kept = held.filter(~pl.col("namedplantableid").is_in(plans))
        new = whole_frame("plan_details", new).select(held.columns)
        return pl.concat([kept, new], how="vertical_relaxed").sort("plandetailtableid")

    def _active_plans(self) -> pl.DataFrame:
        _, request = self._newcomers()
        new = pl.DataFrame({"activeplanstableid": request, "requeststableid": request})
        both = self._with("active_plans", new)
        order = dict(zip(self.request.tolist(), range(len(self.request)), strict=True))
        at = np.array([order[one] for one in both["activeplanstableid"].to_list()], dtype=np.int64)
        people = _some(self.people, at)
        return self._with_phase_transfers(self._with_reviews(both, people), people)

    def _with_reviews(self, rows: pl.DataFrame, people: People) -> pl.DataFrame:
        before = _days(rows["lastreview"])
        decided = reviews_held(people, before, self.earlier.as_at.toordinal(), self.as_at.toordinal(), self.rng)
        held = decided != before
        meeting = np.maximum(decided - self.rng.integers(10, 61, len(people)), self.earlier.as_at.toordinal() + 1)
        meeting = np.maximum(meeting, people.start + 1)
        outcome = self.rng.choice(np.array(["A", "M", "C"]), len(people), p=[0.5, 0.45, 0.05])
        draft = np.where(outcome == "A", decided + 14, 0)
        new = {"lastreview": as_dates(decided), "reviewmeeting": as_dates(meeting), "reviewdraft": as_dates(draft)}
        new["reviewoutcome"] = pl.Series(outcome, dtype=pl.String)
        chosen = pl.Series(held)
        return rows.with_columns(
            pl.when(chosen).then(one).otherwise(pl.col(name)).alias(name) for name, one in new.items()
        )

    def _with_phase_transfers(self, rows: pl.DataFrame, people: People) -> pl.DataFrame:
        """The next transfer of everybody; a final plan that was dated before stays as it was."""
        day, before = self.as_at.toordinal(), self.earlier.as_at.toordinal()
        due, final = phase_transfers(people, self.as_at, self.rng)
        due_before, final_before = _days(rows["phasetransferduedate"]), _days(rows["phasetransferfinaldate"])
        same = (due == due_before) & (due > 0) | (people.end > 0)
        if "phasetransferduedate" in self.earlier.given["active_plans"]:
            span = np.maximum(due + 30, day) - before
            late = before + 1 + (self.rng.random(len(due)) * span).astype(np.int64)
            final = np.where((final > 0) & (final <= before), late, final)
            final = np.where((due > 0) & (final <= day), final, 0)
        due = np.where(people.end > 0, due_before, due)
        final = np.where(same & (final_before > 0), final_before, np.where(people.end > 0, 0, final))
        return rows.with_columns(
            as_dates(due).alias("phasetransferduedate"), as_dates(final).alias("phasetransferfinaldate")
        )

    def _needs(self) -> pl.DataFrame:
        people, request = self._newcomers()
        top = self.earlier.last("needs")
        new = need_rows(people, request, self.margins, self.rng).with_columns(pl.col("senneedtableid") + top)
        return self._with("needs", new)


def _under_way(earlier: EarlierReturn) -> tuple[dict[int, RequestRecord], dict[int, RequestRecord]]:
    """Request id -> its record: of those not decided on, and of those whose assessment has not ended."""
    requests = earlier.tables["requests"].select(
        "requeststableid", "receiveddate", "requestoutcome", "requestoutcomedate"
    )
    assessments = earlier.tables["assessments"].filter(pl.col("assessmentoutcome") == "A")
    assessed = set(assessments["requeststableid"].to_list())
    waiting, agreed = {}, {}
    for request, received, outcome, decided in requests.iter_rows():
        if outcome == "A":
            waiting[request] = RequestRecord(received.toordinal())
        elif request in assessed:
            day = decided.toordinal() if decided else 0
            agreed[request] = RequestRecord(received.toordinal(), outcome, day, "A", 0, historic=outcome == "H")
    return waiting, agreed


def _new_persons(
    requests: _Requests, with_plan: dict[int, int], first: int, given: Margins, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The person of each new request, and the birth day of each who is new: theirs are the numbers from `first` on.

    with_plan   request id -> birth day, where a plan has come of it by now
    """
    ids, known = requests.new_ids, requests.persons
    without = [place for place, one in enumerate(ids) if one not in with_plan and one not in known]
    drawn = births_of_others(requests.new, np.array(without, dtype=np.int64), given, rng)
    invented = dict(zip(without, drawn.tolist(), strict=True))
    numbers: list[int] = []
    births: list[int] = []
    for place, request in enumerate(ids):
        if request in known:
            numbers.append(known[request][0])
            continue
        numbers.append(first + len(births))
        births.append(with_plan[request] if request in with_plan else invented[place])
    return np.array(numbers, dtype=np.int64), np.array(births, dtype=np.int64)


def _persons_of(earlier: EarlierReturn) -> dict[int, tuple[int, int]]:
    """Request id -> its person and the birth day."""
    people = earlier.tables["persons"].select("persontableid", "personbirthdate")
    found = earlier.tables["requests"].join(people, on="persontableid", how="left", maintain_order="left")
    rows = zip(
        found["requeststableid"].to_list(),
        found["persontableid"].to_list(),
        _days(found["personbirthdate"]).tolist(),
        strict=True,
    )
    return {request: (person, born) for request, person, born in rows}


def _asked_again(
    earlier: EarlierReturn, new: Sequence[RequestRecord], top: int, refused: int, rng: np.random.Generator
) -> dict[int, tuple[int, int]]:
    """New request -> person and birth day of somebody refused before who asks again: as many of those refused as in a
    council made anew."""
    persons = _persons_of(earlier)
    rows = earlier.tables["requests"].filter(pl.len().over("persontableid") == 1, pl.col("requestoutcome") == "N")
    free = [
        (request, day.toordinal())
        for request, day in rows.select("requeststableid", "requestoutcomedate").iter_rows()
        if day is not None
    ]
    free = [free[place] for place in rng.permutation(len(free)).tolist()]
    count = int(ASKED_AGAIN_SHARE * refused + rng.random())
    found: dict[int, tuple[int, int]] = {}
    for place in rng.permutation(len(new)).tolist():
        if len(found) >= count:
            break
        received = new[place].received
        fits = (n for n, (request, day) in enumerate(free) if _may_ask(received, day, persons[request][1]))
        at = next(fits, None)
        if at is not None:
            found[top + 1 + place] = persons[free.pop(at)[0]]
    return found


def _may_ask(received: int, refused: int, born: int) -> bool:
    """Two months after the refusal, and young enough for a plan to come of it."""
    return refused + DAYS_BEFORE_ASKING_AGAIN <= received < born + 23 * 365


def _some(people: People, who: np.ndarray) -> People:
    names = ("birth", "cohort", "start", "end", "reason", "setting", "entered")
    return People(**{name: getattr(people, name)[who] for name in names})


def reviews_held(people: People, before: np.ndarray, earlier: int, day: int, rng: np.random.Generator) -> np.ndarray:
    """The last decision on each plan by `day`: as large a share is overdue then as was on the earlier day.

    before   the last decision as the earlier return has it, 0 where there is none
    """
    target = round(
        _overdue(people, before, earlier).sum()
        / max(int(people.active(earlier).sum()), 1)
        * int(people.active(day).sum())
    )
    pool = np.flatnonzero(_overdue(people, before, day))
    waited = np.maximum(people.start, before)[pool] + rng.integers(0, UNEVEN_DAYS, len(pool))
    held = pool[np.argsort(waited, kind="stable")][: max(len(pool) - target, 0)]
    decided = before.copy()
    first = np.maximum(np.maximum(earlier + 1, day - 359), people.start[held] + 31)
    decided[held] = rng.integers(first, day + 1)
    ended = np.flatnonzero((people.end > earlier) & (people.end - people.start > 200))
    last = people.end[ended] - rng.integers(30, 120, len(ended))
    decided[ended] = np.where(last > np.maximum(earlier, before[ended]), last, before[ended])
    return decided


def _overdue(people: People, decided: np.ndarray, day: int) -> np.ndarray:
    open_ = (people.start <= day) & ((people.end == 0) | (people.end > day))
    return np.asarray(open_ & (np.maximum(people.start, decided) < day - REVIEW_DAYS))


def _notes(earlier: EarlierReturn, given: Margins) -> tuple[str, ...]:
    """What is assumed, in sentences that stand in SYNTHETIC.txt."""
    return (
        f"Carried on from the invented return of {earlier.as_at:%-d %B %Y}: the same children with the same UPNs "
        "and names, and what that return dates is as it was.",
        "Requests, decisions, new plans and ends go on at the rates published for their year, the nearest published "
        "year's where there is none; settings keep the published shares of each age.",
        "As large a share of reviews is overdue as on the earlier day; one in ten of those refused asks again.",
        "Names, UPNs, postcodes, birth dates and schools are invented; no record stands for anybody.",
        *(note + "." for note in given.notes),
    )
