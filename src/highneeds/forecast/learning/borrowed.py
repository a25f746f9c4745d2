"""A year of a council in published statistics, before it is fitted to a path: who comes, who moves, who leaves.

The tables do not carry all flows. What is borrowed from England or assumed is written down as a row of the register.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.assumptions import Assumption
from highneeds.forecast.defaults import default
from highneeds.forecast.learning import evidence
from highneeds.forecast.learning.evidence import Area
from highneeds.forecast.learning.shares import fitted, leaning, least_moves, rows_of_shares, whole_numbers
from highneeds.forecast.state import AGES, END_REASONS, NEEDS, SETTINGS, Floats, Ints
from highneeds.intake.published import ENGLAND, Published
from highneeds.intake.published.ages import AGED_20_AND_OVER
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note

PHASE_TRANSFER = (4, 5, 7, 11, 16, 19)
"""Ages reached on 1 September at which children start or change school or college: reception to post-19."""

LEAN_ON_ENGLAND = 3.0
"""New plans of England's pattern by age that a council's own lean on: it matters only to the smallest."""


@dataclass(frozen=True)
class Year:
    """One ordinary year.

    plans       (ages, needs, settings) plans in force at the opening census
    people      (years, ages) population
    new         (ages) plans that start after an assessment; moved_in (ages) those that come with a plan
    place       (ages, settings) where new plans are placed; need_mix (ages, needs)
    need_pull   (ages, needs, settings) how much likelier a need makes a setting than the age alone
    end         (ages, settings) chance that a plan ends in a year; reasons (ages, reasons)
    september   (ages, settings) chance to change setting in September by the age then reached; in_year: in other terms
    go_to       (ages, settings, settings) where those who change go
    agree, issue, yield_   chances; yield_ is new plans per request in the end
    backlog     assessments over their time at the start
    """

    plans: Ints
    people: Floats
    new: Floats
    moved_in: Floats
    place: Floats
    need_mix: Floats
    need_pull: Floats
    end: Floats
    reasons: Floats
    september: Floats
    in_year: Floats
    go_to: Floats
    agree: float
    issue: float
    backlog: float
    needs_known: bool
    rows: tuple[Assumption, ...]
    notes: tuple[Note, ...]


def borrowed_year(published: Published, area: Area, january: int, years: int) -> Year:
    """Everything the published tables say about an ordinary year of a council."""
    total = evidence.total_plans(published, area.code, january)
    if not total:
        raise InputError(
            f"There is no total of plans for {area.name} in January {january}",
            where=published.where,
            remedy="Choose a January with figures",
        )
    stock, notes = evidence.opening_plans(published, area, january)
    new, place = _new_plans(published, area, stock)
    end = _ends(published, area, stock)
    needs = evidence.need_shares(published, area)
    plans, pull, mix = _with_needs(published, area, stock, new, needs, total)
    september, in_year, go_to = _moves(stock, new, place, end)
    agree, issue, backlog, rows = _process(published, area)
    if needs is None:
        notes.append(Note.of("needs.not_published"))
    people, population_note = _people(published, area, years, january)
    return Year(
        plans=plans,
        people=people,
        new=new,
        moved_in=default("moved_in").value * stock.sum(axis=1) * (np.arange(AGES) < 19),
        place=place,
        need_mix=mix,
        need_pull=pull,
        end=end,
        reasons=_reasons(published),
        september=september,
        in_year=in_year,
        go_to=go_to,
        agree=agree,
        issue=issue,
        backlog=backlog,
        needs_known=needs is not None,
        rows=(*rows, *_rows(published, area, stock, new, needs is not None)),
        notes=(*notes, *population_note),
    )


def _new_plans(published: Published, area: Area, stock: Floats) -> tuple[Floats, Floats]:
    """New plans by age, and where they are placed by age: fitted to the council's new plans by setting."""
    own = evidence.new_plans_by_age(published, area.code, stock.sum(axis=1))
    england = evidence.new_plans_by_age(published, ENGLAND, stock.sum(axis=1))
    if england.sum() == 0:
        england = stock.sum(axis=1) * np.maximum(1.0 - np.arange(AGES) / 20.0, 0.02)
    if own.sum() == 0:
        own = england / england.sum() * 0.12 * stock.sum()
    ages = own + LEAN_ON_ENGLAND * england / england.sum()
    ages *= own.sum() / ages.sum()
    rows, _ = evidence.newest(published, "ehcp_new_plans_by_setting", area, "cal_year", 2)
    settings = evidence.by_setting(rows, "new_plans") if not rows.is_empty() else stock.sum(axis=0)
    settings = ages.sum() * (settings + 1e-9) / (settings + 1e-9).sum()
    table = fitted(stock + 1e-3, [(1, settings), (0, ages)])
    return ages, rows_of_shares(table, settings)


def _ends(published: Published, area: Area, stock: Floats) -> Floats:
    """(ages, settings) chance that a plan ends in a year: England's by age and setting, at the council's own level.

    The council's level leans on its region's, and that on England's.
    """
    hazard, _ = _england_ends(published)
    region = evidence.caseload_by_age_and_setting(published, area.region)
    usual = 1.0 if region is None else _level_of_ends(published, area.region, region * hazard, 1.0)
    level = _level_of_ends(published, area.code, stock * hazard, usual)
    most = default("ends_most_own").value
    return np.minimum(hazard * min(max(level, 1.0 / most), most), 0.98)


def _level_of_ends(published: Published, code: str, expected: Floats, usual: float) -> float:
    """Ends of a year, the mean of up to three, over those expected, leaning on `usual`; that alone where none are."""
    said = evidence.processes(published, code, years=3)
    yearly = said.get("total_ceased", 0.0) / max(said.get("years:total_ceased", 0.0), 1.0)
    return leaning(yearly, float(expected.sum()), usual, default("ends_pooling_weight").value) if yearly > 0 else usual


YOUNGEST = 3
"""Ends of younger children are published together; they are taken to be as likely as at this age."""


def _england_ends(published: Published) -> tuple[Floats, Floats]:
    """(ages, settings) England's yearly chance of ending, and its plans by age and setting."""
    stock = evidence.caseload_by_age_and_setting(published, ENGLAND)
    said = evidence.ends_by_age(published, ENGLAND)
    if stock is None or not said:
        ages = np.concatenate([np.full(16, 0.02), [0.05, 0.08, 0.2, 0.3], np.full(6, 0.45)])
        return np.repeat(ages[:, None], len(SETTINGS), axis=1), np.ones((AGES, len(SETTINGS)))
    plans = stock.sum(axis=1)
    by_age = np.array([said.get(f"age {age}", 0.0) / max(plans[age], 1.0) for age in range(AGES)])
    by_age[:YOUNGEST] = by_age[YOUNGEST]
    by_age[20:] = _oldest(plans, said.get(AGED_20_AND_OVER, 0.0))
    return _by_setting(published, stock, np.minimum(by_age, 0.95)), stock


def _oldest(plans: Floats, ends: float) -> Floats:
    """Chance of ending at 20 and over: the fall from each age to the next, scaled to all their published ends."""
    fall = np.array([1.0 - plans[age + 1] / max(plans[age], 1.0) for age in range(20, AGES - 1)] + [1.0]).clip(
        0.05, 1.0
    )
    scale = ends / max(float((fall * plans[20:]).sum()), 1e-9) if ends else 1.0
    found: Floats = np.minimum(fall * scale, 0.98)
    return found


def _by_setting(published: Published, stock: Floats, by_age: Floats) -> Floats:
    """The chance by age, raised or lowered by what England's ends by placement show, level by age kept."""
    said = evidence.ends_by_setting(published, ENGLAND)
    expected = (stock * by_age[:, None]).sum(axis=0)
    factor = np.ones(len(SETTINGS))
    for setting, ends in said.items():
        at = SETTINGS.index(setting)
        factor[at] = np.clip(ends / max(expected[at], 1.0), 0.3, 3.0)
    raw = by_age[:, None] * factor
    level = (stock * by_age[:, None]).sum(axis=1) / np.maximum((stock * raw).sum(axis=1), 1e-9)
    found: Floats = np.minimum(raw * np.where(stock.sum(axis=1) > 0, level, 1.0)[:, None], 0.98)
    return found


def _with_needs(
    published: Published,
    area: Area,
    stock: Floats,
    new: Floats,
    needs: tuple[Floats, Floats, Floats] | None,
    total: int,
) -> tuple[Ints, Floats, Floats]:
    """Plans with their needs, how needs pull towards settings, and the needs of new plans."""
    if needs is None:
        unknown = np.zeros(len(NEEDS))
        unknown[NEEDS.index("need_unknown")] = 1.0
        table = stock[:, None, :] * unknown[None, :, None]
        pull = np.ones((AGES, len(NEEDS), len(SETTINGS)))
        return whole_numbers(table, total), pull, np.tile(unknown, (AGES, 1))
    own, by_age, by_setting = needs
    share = by_age[:, :, None] * by_setting.T[None, :, :] / np.maximum(own, 1e-6)[None, :, None]
    share = share / share.sum(axis=1, keepdims=True)
    for _ in range(20):
        level = own * stock.sum() / np.maximum((stock[:, None, :] * share).sum(axis=(0, 2)), 1e-9)
        share = share * level[None, :, None]
        share = share / share.sum(axis=1, keepdims=True)
    table = stock[:, None, :] * share
    mean = table.sum(axis=2) / np.maximum(stock.sum(axis=1)[:, None], 1e-9)
    pull = share / np.maximum(mean, 1e-6)[:, :, None]
    return whole_numbers(table, total), pull, evidence.new_plan_needs(published, area, by_age, new)


def _moves(stock: Floats, new: Floats, place: Floats, end: Floats) -> tuple[Floats, Floats, Floats]:
    """The fewest moves that turn the settings of one age into those of the next, and some moves both ways besides.

    The settings of each age, less the new plans of that age, are where the survivors of the age before must be.
    """
    september, in_year = np.zeros_like(stock), np.zeros_like(stock)
    go_to = np.zeros((AGES, len(SETTINGS), len(SETTINGS)))
    everywhere = rows_of_shares(stock + 1e-6, np.ones(len(SETTINGS)))
    share_now = default("moves_in_september").value
    for age in range(1, AGES):
        survivors = stock[age - 1] * (1.0 - end[age - 1])
        want = np.maximum(stock[age] - new[age] * place[age], 0.0)
        leave, to = least_moves(_shares(survivors), _shares(want)) if want.sum() > 0 else (0 * survivors, 0 * survivors)
        churn = default("gross_moves").value * (1.0 - everywhere[age])
        all_moves = 1.0 - (1.0 - leave) * (1.0 - churn)
        go_to[age] = _destinations(leave, to, churn, everywhere[age])
        now = 1.0 if age in PHASE_TRANSFER else share_now
        september[age] = all_moves * now
        in_year[age] = all_moves * (1.0 - now) / 2.0
    go_to[0] = go_to[1]
    return np.minimum(september, 0.995), in_year, go_to


def _shares(values: Floats) -> Floats:
    found: Floats = values / values.sum() if values.sum() > 0 else np.full(len(values), 1.0 / len(values))
    return found


def _destinations(leave: Floats, to: Floats, churn: Floats, everywhere: Floats) -> Floats:
    """(settings, settings) where leavers go: those who must move to where children are wanted, the rest anywhere."""
    rows = leave[:, None] * to[None, :] + churn[:, None] * everywhere[None, :] + 1e-6 * everywhere[None, :]
    np.fill_diagonal(rows, 0.0)
    found: Floats = rows / rows.sum(axis=1, keepdims=True)
    return found


def _process(published: Published, area: Area) -> tuple[float, float, float, tuple[Assumption, ...]]:
    """Agree-to-assess, issue, and the backlog; a request that is withdrawn or still open counts as not agreed.

    Decisions are used where published: plans over requests rise when a backlog is worked off, decisions do not.
    """
    places = (area.code, area.region, ENGLAND)
    sums = [evidence.processes(published, code) for code in places]
    done = [_with(one, "assessed", "assess_issued", "assess_not_issued") for one in sums]
    issue = evidence.pooled(done, "assess_issued", "assessed")
    issue = issue if 0 < issue <= 1 else 0.92
    decided = [evidence.processes(published, code, decided=True) for code in places]
    agree = evidence.pooled(decided, "requests_decided_to_assess", "requests_received_in_year")
    if not 0 < agree <= 1:
        plans = evidence.pooled(sums, "new_ehc_plans", "requests_received_in_year")
        back = default("refusals_that_come_back").value
        agree = ((plans if 0 < plans < 1 else 0.6) / issue - back) / (1.0 - back)
    agree = min(max(agree, 0.2), 0.98)
    last = evidence.processes(published, area.code, years=1)
    waiting = last.get("requests_decided_to_assess", 0.0) - last.get("assess_in_year", 0.0)
    backlog = max(waiting, 0.0) if last.get("assess_in_year") else 0.0
    source = f"DfE, Education, health and care plans: {area.name}, newest three years, leaning on region and England"
    rows = (
        _row("agree", "Requests agreed to assess, of all requests", agree, 0.08, "share", source, "more plans"),
        _row("issue", "Assessments that end in a plan", issue, 0.05, "share", source, "more plans"),
        Assumption(
            "backlog",
            "Assessments over their time at the start",
            backlog,
            0.0,
            max(2.0 * backlog, 50.0),
            "children",
            f"DfE: decided to assess less assessed in the newest year, {area.name}",
            "newest",
            "plans a little earlier in the first year; never a lasting rate",
        ),
    )
    return agree, issue, backlog, rows


def _with(said: Mapping[str, float], name: str, *parts: str) -> dict[str, float]:
    """The same sums, and one more: the parts added up."""
    return {**said, name: sum(said.get(part, 0.0) for part in parts)}


def _row(name: str, title: str, value: float, half: float, unit: str, source: str, effect: str) -> Assumption:
    low, high = max(value - half, 0.0), min(value + half, 1.0)
    return Assumption(name, title, round(value, 4), round(low, 4), round(high, 4), unit, source, "newest", effect)


def _reasons(published: Published) -> Floats:
    counts = evidence.end_reasons(published, ENGLAND)
    everyone = np.full(len(END_REASONS), 1.0)
    return rows_of_shares(counts if counts is not None else np.zeros((AGES, len(END_REASONS))), everyone)


def _people(published: Published, area: Area, years: int, january: int) -> tuple[Floats, tuple[Note, ...]]:
    """(years, ages) people: today's children a year on, each year; those not yet born follow today's youngest."""
    now, year = evidence.population(published, area.code)
    if now is None:
        return np.ones((years, AGES)), (Note.of("population.not_published"),)
    growth = 1.0 + default("birth_growth").value
    found = np.zeros((years, AGES))
    for step in range(years):
        ahead = max(january + step + 1 - year, 0)
        for age in range(AGES):
            born = age - ahead
            found[step, age] = now[born] if born >= 0 else now[0] * growth**-born
    return found, ()


USED = (
    "refusals_that_come_back",
    "not_issued_that_come_back",
    "finished_within_a_term",
    "backlog_worked_off_per_term",
    "birth_growth",
    "request_share_of_spring",
    "request_share_of_summer",
    "ends_in_spring",
    "ends_in_summer",
    "ends_pooling_weight",
    "ends_most_own",
    "moves_in_september",
    "gross_moves",
    "moved_in",
    "pooling_weight",
    "agree_spread",
    "issue_spread",
    "band_spread",
    "end_spread",
    "tilt_spread",
    "shock_on_ends",
    "local_place_accepted",
    "overflow_accepted",
)


def _rows(published: Published, area: Area, stock: Floats, new: Floats, needs: bool) -> tuple[Assumption, ...]:
    """The rows of every borrowed split."""
    ehcp = "DfE, Education, health and care plans"
    rows = [
        _borrowed(
            "opening_split", "Plans by single age within setting", f"{ehcp}: {area.name}, newest January", stock.sum()
        ),
        _borrowed(
            "new_plan_ages", "New plans of a year by single age", f"{ehcp}: {area.name}, two newest years", new.sum()
        ),
        _borrowed(
            "end_ages",
            "Chance of ending by age and setting",
            f"{ehcp}: England, newest year, level of council and region",
            1.0,
        ),
        _borrowed("settings_by_age", "Moves: the fewest that turn each age's settings into the next's", ehcp, 1.0),
    ]
    if needs:
        date = max(published.table("ehcp_primary_need_by_single_age_shares")["year"].to_list())
        source = f"{ehcp}: {area.name} in total, England by age and placement, January {date}"
        rows.append(_borrowed("need_split", "Needs by age and setting", source, 1.0, str(date)))
    return (*rows, *(default(name) for name in USED))


def _borrowed(name: str, title: str, source: str, value: float, date: str = "newest") -> Assumption:
    return Assumption(
        name,
        title,
        round(float(value), 1),
        round(float(value) * 0.95, 1),
        round(float(value) * 1.05, 1),
        "plans" if value > 1 else "times as published",
        source,
        date,
        "spreads the path over ages, needs and settings; the totals come from the back-tested method",
    )
