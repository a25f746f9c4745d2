"""The register of phase transfers: every child who changes phase, from review to named place."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from highneeds.registers.mechanism.cases import CaseOnDay
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, key, number, pounds, text, whole
from highneeds.registers.mechanism.ladder import Ladder, ladder, moves
from highneeds.registers.mechanism.measure import (
    MeasureValue,
    Reason,
    Within,
    count,
    gap,
    left_aside,
    listed,
    median,
    pct,
    ratio,
    without,
    worked,
)
from highneeds.registers.mechanism.measuring import NOT_STATED, known, span_of
from highneeds.registers.mechanism.reckoning import plus_months
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, must_all, note_all, query, query_all, twice
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.working_days import working_days_between

TYPES = {
    "mainstream": "Mainstream",
    "srp": "Resourced provision or SEN unit",
    "special_state": "State special school",
    "special_independent": "Independent special school",
    "early_years": "Early years",
    "other": "Other",
}
NAMED = {
    "mainstream": "Mainstream",
    "srp": "Resourced provision or SEN unit",
    "special_state": "State special school",
    "special_independent": "Independent special school",
    "fe": "Further education college",
    "spi": "Special post-16 institution",
    "eotas": "Otherwise than at school",
    "type_only": "A type only",
    "other": "Other",
}
GROUPS = {
    "mainstream": "mainstream_srp",
    "srp": "mainstream_srp",
    "special_state": "state_specialist",
    "special_independent": "independent_specialist",
    "fe": "post16",
    "spi": "post16",
}
GROUP_NAMES = (*dict.fromkeys(GROUPS.values()), "other")
COHORTS = {"before_cutoff": "Plan before the cut-off", "after_cutoff": "Plan after it"}
POST16 = ("secondary_to_post16", "between_post16")
SPECIAL = ("special_state", "special_independent")


def due_day(row: RegisterRow, at: Situation) -> date | None:
    """15 February, for post-16 31 March, between post-16 places five months before the move; regulation 18."""
    return _due_day(row.values["phase"], row.values["transfer_year"], row.values["moves_on"])


@cache
def _due_day(phase: str, year: int, moves_on: date | None) -> date | None:
    if phase == "between_post16":
        return plus_months(moves_on, -5) if moves_on else None
    return date(year, 3, 31) if phase == "secondary_to_post16" else date(year, 2, 15)


def latest_year(at: Situation) -> int | None:
    """The latest transfer year with a row that is known by the day."""
    found: int | None = at.kept(_latest_year) or at.keep(_latest_year, lambda: _latest_year(at))
    return found


def _latest_year(at: Situation) -> int | None:
    rows = [row.values for row in at.rows]
    years = {row["transfer_year"] for row in rows if row["counted_on"] is None or row["counted_on"] <= at.day}
    return max(years, default=None)


def _of_year(row: RegisterRow, at: Situation) -> bool:
    return bool(row.values["transfer_year"] == latest_year(at))


def _not_left(row: RegisterRow, at: Situation) -> bool:
    return at.state(row) != "left"


_in_group = Within(_of_year, _not_left)
"""Of the latest transfer year, and not left by the day."""

_offered = Within(_in_group, lambda row, at: at.reached(row, "draft_offer"))
"""In the group, with a draft offer or more."""

_consulting = Within(_in_group, lambda row, at: at.state(row) == "consulting")


def _final(row: RegisterRow, at: Situation) -> bool:
    """Of any transfer year: final by the day, and not left."""
    return at.state(row) == "final"


def _days_left(row: RegisterRow, at: Situation) -> int | None:
    """Days to the day by which the plan is to be final; below 0 once it is past."""
    due = due_day(row, at)
    return None if due is None else (due - at.day).days


def _is_due(row: RegisterRow, at: Situation) -> bool:
    left = _days_left(row, at)
    return left is not None and left <= 0


def _near_without_offer(row: RegisterRow, at: Situation) -> bool:
    left = _days_left(row, at)
    return left is not None and 0 <= left <= 27 and not at.reached(row, "draft_offer")


def _past_without_plan(row: RegisterRow, at: Situation) -> bool:
    left = _days_left(row, at)
    return left is not None and left < 0 and not _final(row, at)


def _on_time(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    """Final rows without their day are left aside on both sides."""
    final = [row for row in rows if _final(row, at)]
    dated = [row for row in final if row.values["final_on"] is not None]
    lacking, every = counted(final) - counted(dated), counted(rows)
    reason = left_aside(lacking, every, "no final_on")
    part = counted(row for row in dated if row.values["final_on"] <= due_day(row, at))
    return ratio(part, every - lacking, reason=reason)


def _burn_down(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, str, MeasureValue]]:
    """Not yet offered at the end of each Sunday; rows that stand for several have no days and stay aside."""
    first, last = span_of(at.first), span_of(at.last)
    end = min(last[1] if last else at.as_at, at.as_at)
    begin = first[0] if first else end - timedelta(weeks=12)
    single = [row for row in rows if row.n == 1]
    reason = left_aside(counted(rows) - len(single), counted(rows), "they stand for several")
    ladder = at.register.ladder
    assert ladder is not None
    ends = [(row["cohort"], _waits_until(row, ladder)) for row in single]
    cuts = [("total", "", sorted(until for _, until in ends))]
    cuts += [("cohort", one, own) for one in COHORTS if (own := sorted(until for name, until in ends if name == one))]
    for cut, category, own in cuts:
        day = begin + timedelta(days=(6 - begin.weekday()) % 7)
        while day <= end:
            number = len(own) - bisect_right(own, day)
            known = MeasureValue(number, part=number, reason=reason) if own or not reason else gap(reason)
            yield cut, category, day.isoformat(), known
            day += timedelta(weeks=1)


def _waits_until(row: RegisterRow, ladder: Ladder) -> date:
    """The day of the draft offer, or of leaving where that is earlier; the last of all days while neither has come."""
    return min(ladder.reached_on(row, "draft_offer") or date.max, ladder.reached_on(row, "left") or date.max)


def _per_day(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    """Children without a final plan for each working day that is left; no total where due days differ."""
    dues = {due_day(row, at) for row in rows}
    if len(dues) != 1:
        return gap("the due days differ" if dues else "nothing in the whole")
    due = dues.pop()
    days = working_days_between(at.day, due) if due else None
    if not days:
        return gap("no working day is left")
    number = counted(row for row in rows if not _final(row, at))
    return MeasureValue(Decimal(number) / days, part=number, whole=days)


def _group(row: RegisterRow, at: Situation) -> str:
    named = row.values["named_type"]
    return NOT_STATED if named is None else GROUPS.get(named, "other")


def _named_pct(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, MeasureValue]]:
    """Each group of named types of all rows with one: by group, group and cohort, group and phase."""
    known, reason = _with_type(rows)
    for cut, column in (("group", ""), ("group/cohort", "cohort"), ("group/phase", "phase")):
        wholes, parts = Counter[str](), Counter[tuple[str, str]]()
        for row in known:
            other = row[column] if column else ""
            wholes[other] += row.n
            parts[_group(row, at), other] += row.n
        order = list(at.register.by_name[column].codes) if column else [""]
        for group, other in ((group, other) for group in GROUP_NAMES for other in order):
            if part := parts[group, other]:
                category = f"{group}/{other}" if column else group
                yield cut, category, ratio(part, wholes[other], reason=reason)
    if not known:
        yield "total", "", gap(reason or "nothing in the whole")


def _with_type(rows: Sequence[RegisterRow]) -> tuple[list[RegisterRow], Reason]:
    known = [row for row in rows if row.values["named_type"] is not None]
    return known, left_aside(counted(rows) - counted(known), counted(rows), "no named_type")


def _specialist(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    known, reason = _with_type(rows)
    return ratio(counted(row for row in known if row["named_type"] in SPECIAL), counted(known), reason=reason)


def _mainstream(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    known, reason = _with_type(rows)
    return ratio(counted(row for row in known if _group(row, at) == "mainstream_srp"), counted(known), reason=reason)


def _gain(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, MeasureValue]]:
    """Mainstream's share less that of the transfer year before, on the same day a year earlier: in all and by cut."""
    before = _a_year_earlier(at)
    yield "total", "", _more(rows, before, at)
    for column in ("cohort", "phase"):
        for one in at.register.by_name[column].codes:
            if own := [row for row in rows if row.values[column] == one]:
                yield column, one, _more(own, [row for row in before if row.values[column] == one], at)


def _a_year_earlier(at: Situation) -> list[RegisterRow]:
    """Children of the transfer year before who had a draft offer on the same day a year earlier."""
    then, year = at.on(plus_months(at.day, -12)), (latest_year(at) or 0) - 1
    of_year = (row for row in known(then) if row.values["transfer_year"] == year)
    return [row for row in of_year if then.reached(row, "draft_offer") and then.state(row) != "left"]


def _more(rows: Sequence[RegisterRow], before: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    now, earlier = _mainstream(rows, at), _mainstream(before, at)
    if now.value is None or earlier.value is None:
        return now if now.value is None else earlier
    return MeasureValue(now.value - earlier.value, reason=now.reason)


def _both_districts(row: RegisterRow, at: Situation) -> bool:
    return row.values["school_district"] is not None and row.values["home_district"] is not None


def _from_september(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    """Seven months of twelve: a place from September in a year from April."""
    known_, reason = without(rows, ("annual_gbp",))
    if rows and not known_:
        return gap(reason)
    return MeasureValue(Decimal(sum(row.values["annual_gbp"] for row in known_)) * 7 / 12, reason=reason)


def moved_to_special(row: RegisterRow) -> bool:
    """From mainstream or resourced provision to a special school."""
    return row.values["from_type"] in ("mainstream", "srp") and row.values["named_type"] in SPECIAL


def moved_to_mainstream(row: RegisterRow) -> bool:
    """From a special school to mainstream or resourced provision."""
    return row.values["from_type"] in SPECIAL and row.values["named_type"] in ("mainstream", "srp")


def _wrong_cohort(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    cutoffs = {str(year): day for year, day in at.setting("phase_transfer_cutoff").items()}
    for row in rows:
        cutoff = cutoffs.get(str(row["transfer_year"]))
        if cutoff is None or row["plan_issued_on"] is None:
            continue
        day = cutoff if isinstance(cutoff, date) else date.fromisoformat(str(cutoff))
        if (row["plan_issued_on"] < day) != (row["cohort"] == "before_cutoff"):
            yield row


def _consulting_long(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        if row["consulted_on"] and at.is_(row, "consulting"):
            days = working_days_between(row["consulted_on"], at.as_at)
            if days is not None and days >= 15:
                yield row


def _late(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        due = due_day(row, at)
        if row["final_on"] and due and row["final_on"] > due:
            yield row


def _in_appeals(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    children = {one["child"] for one in at.others_of("appeals") if one["child"]}
    yield from (row for row in rows if row["child"] in children and row["state"] not in ("final", "left"))


_MOVES = dict(
    transfer="t1",
    child="1",
    transfer_year="2025",
    phase="primary_to_secondary",
    cohort="before_cutoff",
    consulted_on="2025-01-06",
    state="consulting",
)

YEARS = {
    "early_years_to_school": range(-3, 1),
    "infant_to_junior": range(2, 3),
    "primary_to_secondary": range(6, 7),
    "middle": range(4, 9),
    "secondary_to_post16": range(11, 12),
    "between_post16": range(12, 21),
}
"""The curriculum years of the school year before the move."""


def _other_year(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    cases = at.caseload()
    for row in rows:
        case = cases.get(row["child"] or "")
        before = date(row["transfer_year"] - 1, 9, 1) <= at.as_at < date(row["transfer_year"], 9, 1)
        if case and before and case.year is not None and case.year not in YEARS[row["phase"]]:
            yield row


phase_transfers = Register(
    name="phase_transfers",
    title="Phase transfers",
    unit="one child in one transfer, or a number alike",
    source="SEND Regulations 2014, regulation 18; casework",
    key="transfer",
    help="Children who change phase: review, consultation, draft offer, named place, and how near the due day is.",
    systems="D3 D4 D6 D17",
    kept_by="analyst condition_owner",
    decides="condition_owner",
    used="Weekly, September to May",
    klass="casework",
    columns=(
        key("transfer"),
        child(),
        whole("transfer_year*", help="The year of the September", least=2000, most=2099),
        code(
            "phase*",
            "early_years_to_school|infant_to_junior|primary_to_secondary|middle|secondary_to_post16|between_post16",
        ),
        day("plan_issued_on"),
        code("cohort*", COHORTS),
        day("moves_on", help="Between post-16 places only"),
        day("review_held_on"),
        day("consulted_on"),
        whole("consultations"),
        day("draft_offer_on"),
        day("final_on"),
        day("left_on"),
        code("from_type", TYPES),
        code("named_type", NAMED),
        text("urn", "URN"),
        text("home_district", codes_from="districts"),
        text("school_district", codes_from="districts"),
        number("distance_miles"),
        pounds("annual_gbp", unit="a year"),
        code("state*", "not_started|reviewed|consulting|draft_offer|final|left"),
    ),
    ladder=ladder(
        "not_started < reviewed(review_held_on) < consulting(consulted_on) < draft_offer(draft_offer_on)"
        " < final(final_on)",
        side="left(left_on)",
        ends="final",
    ),
    moves=moves("consulting > draft_offer K", "draft_offer > final D: named_type final_on"),
    clocks=(
        clock("final", due_day, stops="final_on", basis="statutory", source="SEND Regulations 2014, regulation 18"),
        clock("draft", due_day, days=-42, stops="draft_offer_on"),
    ),
    rules=(
        must(
            "03",
            "It is final and no type of place is named",
            lambda r: r["state"] == "final" and not r["named_type"],
            _MOVES | dict(state="final"),
            fix="Give the type of the school that is named.",
        ),
        query(
            "04",
            "It is final and names a type only",
            lambda r: r["state"] == "final" and r["named_type"] == "type_only",
            _MOVES | dict(state="final", named_type="type_only"),
            fix="Name the school, or say why only a type is named.",
        ),
        query(
            "05",
            "A college or special post-16 institution is named outside post-16",
            lambda r: r["named_type"] in ("spi", "fe") and r["phase"] not in POST16,
            _MOVES | dict(named_type="fe"),
            fix="Correct the phase or the type.",
        ),
    ),
    whole_rules=(
        query_all(
            "08",
            "The child is not in the school year of the phase in the caseload",
            _other_year,
            (_MOVES,),
            cases={"1": CaseOnDay(5, True)},
            holds_for=dict(phase="middle"),
            fix="Correct the phase, the transfer year or the child.",
        ),
        must_all(
            "01",
            "The cohort disagrees with the day of the plan and the cut-off",
            _wrong_cohort,
            (_MOVES | dict(plan_issued_on="2024-09-27"),),
            holds_for=dict(plan_issued_on="2024-09-26"),
            settings={"phase_transfer_cutoff": {"2025": "2024-09-27"}},
            fix="Before means before the day of the cut-off.",
        ),
        must_all(
            "02",
            "The child stands twice in one transfer year and phase",
            lambda rows, at: twice(rows, "child", "transfer_year", "phase"),
            (_MOVES, _MOVES | dict(transfer="t2")),
            fix="Keep one row for each child and transfer.",
        ),
        query_all(
            "06",
            "Consultation has run for 15 working days without a draft offer",
            _consulting_long,
            (_MOVES | dict(consulted_on="2025-01-20"),),
            holds_for=dict(consulted_on="2025-01-21"),
            fix="Ask the schools for their answer, or decide.",
        ),
        note_all(
            "07",
            "It was final after the due day",
            _late,
            (_MOVES | dict(final_on="2025-02-16", named_type="srp", state="final"),),
            holds_for=dict(final_on="2025-02-15"),
            fix="Record why it was late.",
        ),
        query_all(
            "09",
            "The child is in appeals and is still shown as before final",
            _in_appeals,
            (_MOVES,),
            others={"appeals": (dict(case="a1", child="1"),)},
            fix="Bring the state up to date.",
        ),
    ),
    parted={"group": _group},
    parted_order={"group": GROUP_NAMES},
    measures=(
        count("children", "children in the transfer year, not left", "as_at; cohort, phase, state", _in_group),
        count("draft_offers", "children with a draft offer or more", "as_at; cohort, phase", _offered),
        pct(
            "draft_offer_pct",
            "children with a draft offer or more, of all",
            "as_at; cohort, phase",
            _offered,
            _in_group,
        ),
        count(
            "consulting",
            "children whose schools are consulted",
            "as_at; cohort, phase",
            _consulting,
        ),
        pct("final_pct", "children with a final plan, of all", "as_at; cohort, phase", _final, _in_group),
        worked(
            "final_on_time_pct",
            "final by the due day, of children whose due day is past",
            "as_at; cohort, phase",
            _on_time,
            where=Within(_in_group, _is_due),
            unit="percent",
        ),
        count(
            "at_risk",
            "no draft offer, and 0 to 27 days to the due day",
            "as_at; cohort, phase",
            Within(_in_group, _near_without_offer),
        ),
        count(
            "past_due",
            "not final, and the due day is past",
            "as_at; cohort, phase",
            Within(_in_group, _past_without_plan),
        ),
        listed(
            "burn_down",
            "not yet offered at the end of each Sunday",
            "as_at",
            _burn_down,
            where=_of_year,
        ),
        worked(
            "needed_per_working_day",
            "not final / working days that are left",
            "as_at; phase",
            _per_day,
            where=_in_group,
            decimals=1,
        ),
        listed(
            "named_pct",
            "each group of named types, of all with a draft offer and a type",
            "as_at",
            _named_pct,
            where=_offered,
            unit="percent",
        ),
        worked(
            "specialist_pct",
            "state and independent special, of all with a draft offer and a type",
            "as_at; cohort, phase",
            _specialist,
            where=_offered,
            unit="percent",
        ),
        listed(
            "mainstream_gain",
            "mainstream and resourced provision, less a year earlier",
            "as_at",
            _gain,
            where=_offered,
            unit="points",
        ),
        pct(
            "local_pct",
            "school and home in one district, of rows with both",
            "as_at; phase, group",
            lambda r, at: bool(r.values["school_district"] == r.values["home_district"]),
            Within(_in_group, _both_districts),
        ),
        median(
            "distance_miles",
            "distance, the middle one",
            "as_at; group",
            lambda r, at: r.values["distance_miles"],
            needs="distance_miles",
            where=_in_group,
            unit="miles",
        ),
        count(
            "moved_to_special",
            "final, from mainstream or resourced provision to special",
            "row(transfer_year)",
            _final,
            of=lambda r, at: r.n * moved_to_special(r),
            needs="from_type named_type",
            aside=True,
        ),
        count(
            "moved_to_mainstream",
            "final, from special to mainstream or resourced provision",
            "row(transfer_year)",
            _final,
            of=lambda r, at: r.n * moved_to_mainstream(r),
            needs="from_type named_type",
            aside=True,
        ),
        worked(
            "early_final_cost_gbp",
            "yearly cost of final rows x 7 / 12",
            "row(transfer_year); group",
            _from_september,
            where=_final,
            unit="gbp",
        ),
    ),
    headline=(
        "{draft_offer_pct} of {children:child has|children have} a draft offer; "
        "{at_risk:is|are|none are} at risk of missing the day."
    ),
    feeds=(
        Feed("indicator", "phase_transfer_placement_split", "local, state and independent shares"),
        Feed("indicator", "special_to_mainstream_phase_transfer", "moved_to_mainstream"),
        Feed("indicator", "mainstream_to_special_phase_transfer", "moved_to_special"),
        Feed("forecast", "phase_transfer_placement", "the named types"),
    ),
    example=(
        dict(
            transfer="2025-0001",
            child="000412",
            transfer_year="2025",
            phase="primary_to_secondary",
            plan_issued_on="2023-03-02",
            cohort="before_cutoff",
            review_held_on="2024-10-07",
            consulted_on="2024-11-04",
            consultations="2",
            draft_offer_on="2025-01-10",
            final_on="2025-02-07",
            from_type="mainstream",
            named_type="special_state",
            home_district="North",
            school_district="North",
            distance_miles="4.2",
            annual_gbp="24000.00",
            state="final",
            source="worked example",
        ),
        dict(
            transfer="2025-0002",
            child="000413",
            transfer_year="2025",
            phase="primary_to_secondary",
            plan_issued_on="2024-10-02",
            cohort="after_cutoff",
            review_held_on="2024-11-12",
            consulted_on="2025-01-21",
            from_type="mainstream",
            home_district="North",
            state="consulting",
            source="worked example",
        ),
    ),
    example_as_at=date(2025, 2, 10),
    expects="""
        children | | | 2025-02-10 | 2
        draft_offers | | | 2025-02-10 | 1
        draft_offer_pct | | | 2025-02-10 | 50.0
        consulting | cohort | after_cutoff | 2025-02-10 | 1
        final_pct | | | 2025-02-10 | 50.0
        at_risk | | | 2025-02-10 | 1
        past_due | | | 2025-02-10 | 0
        burn_down | total | | 2025-02-09 | 1
        needed_per_working_day | phase | primary_to_secondary | 2025-02-10 | 0.3
        named_pct | group | state_specialist | 2025-02-10 | 100.0
        specialist_pct | | | 2025-02-10 | 100.0
        local_pct | | | 2025-02-10 | 100.0
        distance_miles | | | 2025-02-10 | 4.2
        moved_to_special | | | 2025 | 1
        early_final_cost_gbp | | | 2025 | 14000.00
    """,
)
