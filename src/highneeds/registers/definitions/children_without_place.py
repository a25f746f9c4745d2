"""The register of children without a place: who, for how long, and what is done."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from highneeds.registers.definitions.tuition_packages import runs
from highneeds.registers.mechanism.cases import CaseOnDay
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, deadline, key, refers, text
from highneeds.registers.mechanism.measure import MeasureValue, count, median, pct, ratio, tally, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, must_all, query_all, twice
from highneeds.registers.mechanism.situation import NotAtHand, Situation, distinct
from highneeds.vocabulary.period import Month

LEVELS = ("none", "team_manager", "head_of_service", "director")
NO_PLACE = "no_place_count"
"""The indicator that counts the same children."""
SCHOOL_AGE = ("5_10", "11_15")
AGES = {"under_5": "Under 5", "5_10": "5 to 10", "11_15": "11 to 15", "16_18": "16 to 18", "19_25": "19 to 25"}


def _open(row: RegisterRow, at: Situation) -> bool:
    return row["began_on"] <= at.day and (row["ended_on"] is None or row["ended_on"] > at.day)


def _days(row: RegisterRow, at: Situation) -> int:
    return int((at.day - row["began_on"]).days)


def _idle(row: RegisterRow, at: Situation) -> bool:
    return _open(row, at) and _days(row, at) >= 15 and row["action"] in (None, "none")


def _level(row: RegisterRow) -> int:
    return LEVELS.index(row["escalated_to"] or "none")


def _raised(step: int) -> Any:
    """The clock of one level stops when that level or a higher one is reached."""
    return lambda row, at: row["ended_on"] is not None or _level(row) >= step


def _step_due(step: int) -> Any:
    def due(row: RegisterRow, at: Situation) -> date:
        found: date = row["began_on"] + timedelta(days=int(at.setting("escalate_days")[step - 1]))
        return found

    return due


def _tuition_runs(row: RegisterRow, at: Situation) -> bool:
    """The package that the row names runs, or one of the same child does."""
    running: set[tuple[str, str]] = at.keep("tuition that runs", lambda: _running(at))
    return ("package", row["tuition"]) in running or ("child", row["child"]) in running


def _running(at: Situation) -> set[tuple[str, str]]:
    packages = [one for one in at.others_of("tuition_packages") if runs(one, at)]
    return {(name, one[name]) for one in packages for name in ("package", "child") if one[name] is not None}


def _with_tuition(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    at.others_of("tuition_packages")
    return ratio(counted(row for row in rows if _tuition_runs(row, at)), counted(rows))


def _twice_open(rows: Sequence[RegisterRow], at: Situation) -> list[RegisterRow]:
    return twice([row for row in rows if row["ended_on"] is None], "child")


def _other_than_caseload(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    """Children placed there and open here, those without a place there and not here, and the counts by month."""
    if at.cases is None and at.observed is None:
        raise NotAtHand("no caseload and no indicators are given")
    cases = at.cases or {}
    here = {row["child"] for row in rows if _open(row, at)}
    for row in rows:
        if _open(row, at) and row["child"] in cases and cases[row["child"]].placed:
            yield row, "It is open here and the child is placed in the caseload"
    unknown = sum(not case.placed and child_ not in here for child_, case in cases.items())
    if unknown and rows:
        yield rows[-1], f"{unknown} children without a place in the caseload have no open episode here"
    yield from _other_counts(rows, at)


def _other_counts(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    """Months since the first episode whose children at their end are not as many as the indicator says."""
    begun = min((Month.of(row["began_on"]) for row in rows), default=None)
    for (indicator, period), reported in sorted((at.observed or {}).items()):
        if indicator != NO_PLACE or begun is None or not re.fullmatch(r"\d{4}-\d{2}", period):
            continue
        end = Month.parse(period).last_day
        if begun <= Month.parse(period) and end <= at.as_at:
            number = distinct([row for row in rows if _open(row, at.on(end))], "child")
            if number != reported:
                yield (
                    rows[0],
                    f"{number} children are without a place at the end of {period} and {NO_PLACE} says {reported}",
                )


_EPISODE = dict(episode="e1", child="1", began_on="2025-01-02", subgroup="no_placement", age_band="11_15")

children_without_place = Register(
    name="children_without_place",
    title="Children without a place",
    unit="one child's time without a place",
    source="Casework; the dashboard's row on children without a place",
    key="episode",
    help="Children with a plan and no place: since when, what is done, who knows, and how it ends.",
    begins="began_on",
    systems="D8 D9",
    kept_by="condition_owner",
    decides="director",
    used="Weekly",
    klass="casework",
    columns=(
        key("episode"),
        child(),
        day("began_on*"),
        code("subgroup*", "unknown|out_of_school|no_placement|waiting_to_start|tuition_only|moved_in"),
        code("age_band*", AGES),
        text("district", codes_from="districts"),
        code("action", "none|tracing|consulting|tuition_arranged|offer_made|panel|missing_education"),
        day("action_on"),
        refers("tuition", "tuition_packages"),
        code("escalated_to", "none|team_manager|head_of_service|director"),
        day("escalated_on"),
        day("ended_on"),
        code("outcome", "placed|tuition|eotas|home_educated|ceased|left_area|record_corrected"),
        deadline("review_on"),
    ),
    clocks=(
        clock("act", "began_on", days=5, stops="action_on ended_on"),
        clock("review_on", "review_on", where=lambda r, at: r["ended_on"] is None),
        clock("team manager", _step_due(1), stopped_if=_raised(1)),
        clock("head of service", _step_due(2), stopped_if=_raised(2)),
        clock("director", _step_due(3), stopped_if=_raised(3)),
    ),
    rules=(
        must(
            "01",
            "It ended without an outcome",
            lambda r: r["ended_on"] is not None and not r["outcome"],
            _EPISODE | dict(ended_on="2025-02-01"),
            fix="Say how it ended.",
        ),
    ),
    whole_rules=(
        query_all(
            "06",
            "It is open here and the child is placed in the caseload, or the reverse",
            _other_than_caseload,
            (_EPISODE,),
            cases={"1": CaseOnDay(9, True)},
            fix="End the episode, open the one that is missing, or correct the caseload.",
        ),
        query_all(
            "02",
            "Nothing is done for 15 days",
            lambda rows, at: [r for r in rows if _idle(r, at)],
            (_EPISODE | dict(began_on="2025-03-18"),),
            holds_for=dict(began_on="2025-03-19"),
            fix="Act, and record the action.",
        ),
        must_all(
            "03",
            "One child has two open episodes",
            _twice_open,
            (_EPISODE, _EPISODE | dict(episode="e2")),
            fix="End one of them.",
        ),
        query_all(
            "04",
            "It says tuition only and no package runs",
            lambda rows, at: [
                r
                for r in rows
                if at.others_of("tuition_packages") is not None
                and r["subgroup"] == "tuition_only"
                and _open(r, at)
                and not _tuition_runs(r, at)
            ],
            (_EPISODE | dict(subgroup="tuition_only"),),
            others={"tuition_packages": ()},
            fix="Name the package, or correct the subgroup.",
        ),
        query_all(
            "05",
            "It has been waiting to start for over 30 days",
            lambda rows, at: [
                r for r in rows if r["subgroup"] == "waiting_to_start" and _open(r, at) and _days(r, at) > 30
            ],
            (_EPISODE | dict(subgroup="waiting_to_start", began_on="2025-03-02"),),
            holds_for=dict(began_on="2025-03-03"),
            fix="Find what holds the start up.",
        ),
        query_all(
            "07",
            "A child of school age is without a place for 60 days and the director does not know",
            lambda rows, at: [
                r
                for r in rows
                if r["age_band"] in SCHOOL_AGE
                and _open(r, at)
                and _days(r, at) >= 60
                and r["escalated_to"] != "director"
            ],
            (_EPISODE | dict(began_on="2025-02-01"),),
            holds_for=dict(began_on="2025-02-02"),
            fix="Take it to the director.",
        ),
    ),
    measures=(
        tally(
            "children",
            "different children without a place on the day",
            "as_at; subgroup, age_band, district",
            lambda rows, at: distinct(rows, "child"),
            where=_open,
        ),
        count("entered", "episodes that began", "month(began_on); subgroup, outcome"),
        count("left", "episodes that ended", "month(ended_on); subgroup, outcome"),
        median(
            "days_without",
            "days without a place, the middle one",
            "as_at; subgroup, age_band",
            lambda r, at: _days(r, at),
            where=_open,
        ),
        pct(
            "over_60_days_pct",
            "60 days or more, of those without a place",
            "as_at; subgroup",
            lambda r, at: _days(r, at) >= 60,
            _open,
        ),
        count("no_action", "15 days or more and nothing done", "as_at; district", _idle),
        worked(
            "with_tuition_pct",
            "with a package that runs, of children of school age",
            "as_at",
            _with_tuition,
            where=lambda r, at: _open(r, at) and r["age_band"] in SCHOOL_AGE,
            unit="percent",
        ),
        median(
            "placed_in_days",
            "days until placed, the middle one",
            "month(ended_on)",
            lambda r, at: (r["ended_on"] - r["began_on"]).days,
            where=lambda r, at: r["outcome"] == "placed",
        ),
    ),
    headline=(
        "{children:child is|children are} without a place, {days_without:day|days|0 days} in the middle; "
        "{no_action:lacks|lack|none lack} an action."
    ),
    feeds=(
        Feed("indicator", "no_place_count", "a cross-check, and its subgroups"),
        Feed("assurance", "condition 7", "evidence"),
    ),
    example=(
        dict(
            episode="E-01",
            child="000901",
            began_on="2024-12-02",
            subgroup="tuition_only",
            age_band="11_15",
            district="North",
            action="tuition_arranged",
            action_on="2024-12-05",
            tuition="T-0101",
            escalated_to="director",
            escalated_on="2025-02-03",
            source="worked example",
        ),
        dict(
            episode="E-02",
            child="000902",
            began_on="2025-03-20",
            subgroup="moved_in",
            age_band="5_10",
            district="South",
            action="consulting",
            action_on="2025-03-24",
            source="worked example",
        ),
    ),
    beside={"tuition_packages": (dict(package="T-0101", starts_on="2025-01-06"),)},
    expects="""
        children | | | 2025-04-02 | 2
        children | subgroup | tuition_only | 2025-04-02 | 1
        entered | | | 2025-03 | 1
        days_without | | | 2025-04-02 | 67.0
        over_60_days_pct | | | 2025-04-02 | 50.0
        no_action | | | 2025-04-02 | 0
        with_tuition_pct | | | 2025-04-02 | 50.0
    """,
)
