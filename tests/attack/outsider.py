"""Somebody outside, who has what is shown and a linear programme: how far can a hidden count be bounded?

The dashboard of several months: what each cell counts, said once more here, as an outsider would work it out.
"""

import random
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

from attack.cases import Outcome
from highneeds.caseload import Caseloads
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.measure import measure
from highneeds.indicators.mechanism.outgoing import outgoing
from highneeds.intake.sen2.rows import Assessment, NamedPlan, Request, YoungPerson
from highneeds.vocabulary.period import Month
from people_by_hand import caseload

THRESHOLD = 5
COUNTS = {
    ("assess_agreed_count", "value"): "agreed",
    ("assess_agreed_pct", "part"): "agreed",
    ("assess_declined_count", "value"): "declined",
    ("assess_declined_pct", "part"): "declined",
    ("assess_agreed_pct", "whole"): "decided",
    ("assess_declined_pct", "whole"): "decided",
    ("decisions_6_weeks_pct", "whole"): "decided",
    ("decisions_6_weeks_pct", "part"): "decided in time",
    ("issue_agreed_count", "value"): "issued",
    ("issue_agreed_pct", "part"): "issued",
    ("plans_issued", "value"): "issued",
    ("plans_20_weeks_incl_exceptions_pct", "whole"): "issued",
    ("plans_20_weeks_incl_exceptions_pct", "part"): "issued in time",
    ("plans_20_weeks_excl_exceptions_pct", "whole"): "issued, no exception",
    ("plans_20_weeks_excl_exceptions_pct", "part"): "in time, no exception",
    ("tribunal_rate_pct", "whole"): "appealable",
    ("issue_declined_count", "value"): "not issued",
    ("issue_declined_pct", "part"): "not issued",
    ("issue_agreed_pct", "whole"): "issue decided",
    ("issue_declined_pct", "whole"): "issue decided",
    ("requests_received", "value"): "requests",
    ("requests_received_under_5", "value"): "requests under 5",
    ("assessments_underway", "value"): "underway",
    ("all_plans", "value"): "plans",
    ("ceased_count", "value"): "ended",
    **{(f"ceased_count_reason_{reason}", "value"): f"ended {reason}" for reason in (*range(1, 10), "none")},
}
ADDITIONS = (
    ("ended", ("ended last day", "ended earlier")),
    ("decided", ("agreed", "declined")),
    ("decided", ("decided in time", "decided late")),
    ("issued", ("issued in time", "issued late")),
    ("issued", ("issued, no exception", "issued, an exception")),
    ("issued in time", ("in time, no exception", "in time, an exception")),
    ("appealable", ("declined", "issued", "not issued")),
    ("issue decided", ("issued", "not issued")),
    ("requests", ("requests under 5", "older requests")),
    ("ended", tuple(f"ended {reason}" for reason in (*range(1, 10), "none"))),
)
NOT_PRINTED = ("decided late", "issued late", "older requests", "issued, an exception", "in time, an exception")
WINDOW = Month(2024, 10).through(Month(2025, 1))


def told(figures) -> dict[tuple[str, str], int]:
    """(month, count) -> the number, of what the figures show."""
    cells = ((one, cell) for one in figures for cell in ("value", "part", "whole"))
    found = {
        (str(one.period), COUNTS[one.indicator.id, cell]): getattr(one, cell)
        for one, cell in cells
        if (one.indicator.id, cell) in COUNTS and getattr(one, cell) is not None
    }
    for month in WINDOW:
        for total, parts in ADDITIONS:
            left = [part for part in parts if part in NOT_PRINTED]
            known = [found.get((str(month), name)) for name in (total, *parts) if name not in left]
            if left and None not in known:
                found[str(month), left[0]] = known[0] - sum(known[1:])
    return found


def greatest(shown, wanted: tuple[str, str]) -> float:
    """What the count could be at most, by every addition in and between the months that anybody knows."""
    names = sorted({name for total, parts in ADDITIONS for name in (total, *parts)} | {"underway", "plans"})
    keys = [(str(month), name) for month in WINDOW for name in (*names, "withdrawn", "came otherwise")]
    at = {key: number for number, key in enumerate(keys)}
    lines = [
        {at[str(month), total]: -1, **{at[str(month), part]: 1 for part in parts}}
        for month in WINDOW
        for total, parts in ADDITIONS
    ]
    for before, now in zip(map(str, WINDOW), map(str, WINDOW[1:]), strict=False):
        out = ("declined", "issued", "not issued", "withdrawn")
        lines.append({at[before, "underway"]: 1, at[now, "underway"]: -1, at[now, "requests"]: 1})
        lines[-1] |= {at[now, name]: -1 for name in out}
        lines.append({at[before, "plans"]: 1, at[now, "plans"]: -1, at[now, "issued"]: 1})
        lines[-1] |= {at[now, "ended"]: -1, at[now, "came otherwise"]: 1}
        # A plan that ends on a month's last day is in force on it: it leaves the stock a month after it is counted.
        lines[-1] |= {at[now, "ended last day"]: 1, at[before, "ended last day"]: -1}
    equations = np.zeros((len(lines), len(keys)))
    for row, line in enumerate(lines):
        equations[row, list(line)] = list(line.values())
    bounds = [(shown[key], shown[key]) if key in shown else (0, None) for key in keys]
    goal = np.zeros(len(keys))
    goal[at[wanted]] = -1
    found = linprog(goal, A_eq=equations, b_eq=np.zeros(len(lines)), bounds=bounds, method="highs")
    assert found.status in (0, 3), "the true figures are among those that fit"
    return float("inf") if found.status == 3 else -found.fun


def small_in(inside) -> list[tuple[str, str]]:
    return [key for key, count in told(inside).items() if 0 < count < THRESHOLD]


def any_person(chance: random.Random) -> YoungPerson:
    """A request decided or not, a plan issued or not, or a plan that ends, in the months of the window."""
    received = date(2024, 9, 20) + timedelta(days=chance.randrange(134))
    if chance.random() < 0.3:
        # One in three ends on the last day of its month, on which many do.
        received = Month.of(received).last_day if chance.random() < 0.3 else received
        plan = NamedPlan(start_date=date(2023, 9, 1), cease_date=received, cease_reason=str(chance.randint(1, 9)))
        return YoungPerson(requests=(Request(assessments=(Assessment(plans=(plan,)),)),))
    outcome, decided = chance.choice("YNWA"), received + timedelta(days=chance.randrange(61))
    issued = decided + timedelta(days=chance.randrange(31))
    found = Assessment(outcome="Y", outcome_date=issued, plans=(NamedPlan(start_date=issued),))
    refused = Assessment(outcome="N", outcome_date=issued)
    request = Request(
        received_date=received,
        age_at_received=chance.choice((3, 9)),
        outcome=outcome,
        outcome_date=None if outcome == "A" else decided,
        assessments=(chance.choice((found, refused)),) if outcome == "Y" else (),
    )
    return YoungPerson(requests=(request,))


def try_bounding(folder: Path, seed: int, cases: int, until: float) -> Outcome:
    """Invented caseloads, of which nothing small is bounded closer than was promised, whichever figures are missing."""
    names = sorted({name for name, _ in COUNTS})
    found, chance = Outcome(), random.Random(seed)
    for _ in range(cases):
        if time.monotonic() > until:
            break
        people = [any_person(chance) for _ in range(chance.randrange(5, 120))]
        whole = measure(IndicatorInputs(Caseloads.of([caseload(*people)])), WINDOW)
        absent = {(chance.choice(names), str(chance.choice(WINDOW))) for _ in range(chance.randrange(4))}
        inside = tuple(one for one in whole if (one.indicator.id, str(one.period)) not in absent)
        shown, truly = told(outgoing(inside)), told(whole)
        for key in small_in(inside):
            room = float("-inf") if key in shown else greatest(shown, key) - truly[key]
            found.add("small count", "bounded" if room < THRESHOLD - 1 - 1e-6 else "hidden", "")
            if room < THRESHOLD - 1 - 1e-6:
                found.failures.append(f"{key} of {truly[key]} has room for {room} more, seed {seed}")
    return found
