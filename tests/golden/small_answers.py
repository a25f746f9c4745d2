"""What a small council's forecast says, and what it refuses. Write it: python tests/golden/small_answers.py

answers-*.txt   tables, odds, notes and the register of a priced council with two dates for one school and levers whose
              strength is unsure; the same without money; what a return is cut from; how an earlier forecast is carried
              on; each refusal with what to do
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any
from unittest import mock

import numpy as np

from forecast_by_hand import HERE, lively, quiet, run, with_plans
from golden.flat import flat
from golden.small_forecast import FOLDER, lines
from highneeds.forecast import basis as learning
from highneeds.forecast import joint
from highneeds.forecast.assumptions import Assumption, Assumptions
from highneeds.forecast.attribution import aligned, between, cost_in, held, of_levers, plans_in, taking
from highneeds.forecast.costs import price
from highneeds.forecast.council import Forecast, forecast
from highneeds.forecast.goal_seek import (
    GoalQuestion,
    Search,
    balance_in,
    goal_table,
    money_needed,
    ordinary_questions,
    seek_one,
    seek_together,
)
from highneeds.forecast.odds import delay_between
from highneeds.forecast.places import Overflow, Places, ProvisionGroup, for_kernel, phase_shares
from highneeds.forecast.register import money_rows
from highneeds.forecast.scenarios import Scenario, comparison, points_of, scenario_of
from highneeds.forecast.state import WHOLE_SETTINGS, Calendar, Provision, Term
from highneeds.forecast.summary import Balance, ForecastInputs, Printed
from highneeds.forecast.summary.delay import delays_of
from highneeds.forecast.vintages import explained, from_january
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note

Shown = Iterator[tuple[str, str]]
SURE = dict(low=0.5, central=0.5, high=0.5)
"""A lever whose strength is sure."""
OPENING = dict(lever="school_opening", school="Elm", places=[4, 8], **SURE)
UNSURE = dict(lever="request_rate", low=-0.5, central=-0.2, high=0.1, starts="2024-09")
CUT = dict(lever="top_up_tariff", lines=["independent fee"], low=-0.2, central=-0.2, high=-0.2, starts="2025-04")
TARGETS = {"2024-25": 1e6, "2025-26": 1.2e6, "2026-27": 1.5e6, "2030-31": 1.0}
ASKED = ForecastInputs(
    "999", "2026-27", 9, 1, opening=Balance("2023-24", 5e5, "outturn"), promised_gbp=3e5, paid_gbp=1e5,
    published=(Balance("2024-25", 9e5, "monitoring"), Balance("2031-32", 1.0, "plan")), as_known="2024-11-01",
)  # fmt: skip


@cache
def by_seed(seed: int) -> Assumptions:
    return lively(seed, plans=80, years=3)


def council(seed: int = 1, **changes: Any) -> Assumptions:
    """Three years of eighty plans with a school that opens, a full setting, and two rows in its register."""
    about = (1.0, 0.5, 2.0, "share", "by hand", "2024", "plans")
    rows = tuple(Assumption(name, f"Title of {name}", *about) for name in "ab")
    return replace(by_seed(seed), rows=rows, **changes)


def of(name: str, *levers: dict[str, Any], **more: Any) -> Scenario:
    return scenario_of(name, {"levers": list(levers), **more})


PLANNED = of("planned", {**OPENING, "starts": "2024-09"}, title="Elm as planned")
LATE = of("late", {**OPENING, "starts": "2025-09"}, UNSURE, delay_of="planned")
CHEAPER = of("cheaper", CUT, {**CUT, "lever": "line_inflation"}, title="Lower fees")
PRINTED = (
    Printed("2024-25", "£1m", 1e6, 1e6, "REPORT line 1"),
    Printed("2024-25..2025-26", "£2m", 2e6, 2e6, "REPORT line 2"),
    Printed("2024-25..2026-27", "£3m", 3e6, 3e6, "REPORT line 3"),
    Printed("2025-26..2030-31", "£4m", 4e6, 4e6, "REPORT line 4"),
    Printed("", "£5m", 5e6, 5e6, "REPORT line 5"),
)


def tables_of(found: Forecast, targets: dict[str, float]) -> Shown:
    """Each table but the long one, of that the rows of the named schools."""
    named = [
        " | ".join(map(str, row)) for row in found.table().rows if {"New", "Elm"} & set(row[:4]) and row[5] == "census"
    ]
    yield from flat((found.council, found.notes, named, found.register().rows))
    yield from flat(tuple(found.compared(targets).records()), "compared")


def answered() -> Shown:
    two = forecast(council(), (PLANNED, LATE), 9, 1, HERE, (Note.of("needs.absent"),), ASKED)
    yield from tables_of(two, TARGETS)
    yield from flat((two.delay().columns, two.delay().rows), "delay")
    yield from flat(delays_of(two, (PLANNED, LATE), PRINTED), "delays")
    dear = forecast(council(2), (CHEAPER,), 9, 2, HERE)
    yield from tables_of(dear, {"2026-27": 1e6})
    no_price = replace(council(), prices=None)
    yield from tables_of(forecast(no_price, (PLANNED, LATE), 4, 1, HERE), TARGETS)
    yield from flat(delays_of(forecast(no_price, (PLANNED, LATE), 4, 1, HERE), (PLANNED, LATE)), "delays")
    no_grant = council(prices=replace(council().prices, grant=None, opening=None))
    yield from tables_of(forecast(no_grant, (), 4, 1, HERE), TARGETS)
    yield from flat((tuple(money_rows(council(), ASKED)), money_rows(no_grant), money_rows(no_price)), "money")


def searched() -> Shown:
    """The strength of a lever, in a sentence, and what is short."""
    [cut, _] = CHEAPER.levers
    for year, gbp, strong in (("2026-27", 1e6, -0.9), ("2025-26", -5e5, -0.9), ("2025-26", -9e9, -0.2)):
        search = Search(balance_in(year, gbp), 0.75, 4, 2, 4, HERE)
        found = seek_one(search, council(2), GoalQuestion(cut, 0.0, strong, "" if strong < -0.5 else "Fees"))
        yield from flat(found, f"sought {year}")
    asked = ordinary_questions(council(2), "2024-09")
    search = Search(balance_in("2026-27", -7e5), 0.75, 4, 2, 5, HERE, ASKED)
    found = [*(seek_one(search, council(2), one) for one in asked), seek_together(search, council(2), asked)]
    table = goal_table(found, "2026-27", 0.75)
    yield from flat((asked[1].part(0.25), table.title, table.columns, table.rows), "goal")
    costs = price(run(council(2)))
    years = [("2025-26", 0.5, 0.0), ("2025-26", 0.75, 1e5), ("2026-27", 1.0, 9e9), ("2050-51", 0.5, 0.0)]
    yield from flat([str(money_needed(costs, *one)) for one in years], "short")
    yield from flat([str(money_needed(one, "2025-26")) for one in (None, replace(costs, in_year_gbp=None))], "short")
    yield from flat((balance_in("2050-51")(costs), balance_in("2025-26", 1e6)(costs)), "chance")


def attributed() -> Shown:
    """Two forecasts with a school each that the other lacks; levers that build on one another."""
    one, other = (PLANNED.levers[0].apply(council(1)), council(3, population=np.full((3, 26), 900.0)))
    grown = dict(lever="school_growth", school="Elm", low=2, central=2, high=2, starts="2025-09")
    slip = dict(lever="school_slip", school="Elm", low=2, central=2, high=2, starts="2024-09")
    yield from flat((aligned(one, other), aligned(other, one)), "aligned")
    for measure in (plans_in(2027), cost_in("2025-26", ASKED)):
        yield from flat(between(one, other, measure, 2, 2, HERE).table().rows, "between")
    together = of("together", {**OPENING, "starts": "2024-09"}, slip, grown, CUT)
    yield from flat(of_levers(council(2), together, plans_in(2026), 3, 1, HERE), "of levers")
    track = replace(council().spread, track=np.array([[0.1, 0.2, 0.3], [0.0, -0.1, -0.2], [0.1, 0.0, 0.1]]))
    nobody = council(population=np.ones((3, 26)))
    for name, was in (("plain", council()), ("with a track", council(spread=track)), ("nobody known", nobody)):
        before = dict(flat(was))
        for what, now in (("held", held(was)), *((one, taking(was, other, one)) for one in ("population", "rates"))):
            yield from ((f"{name} {what} {at}", one) for at, one in flat(now) if before.get(at) != one)
    yield from flat(held(replace(council(), prices=None)).prices, "no price held")


def carried_on() -> Shown:
    """An earlier forecast as it stood for a later January, within its years and beyond."""
    track = np.array([[0.1, 0.2, 0.3], [0.0, -0.1, -0.2], [0.1, 0.0, 0.1], [0.2, 0.2, 0.2]])
    earlier = run(council(spread=replace(council().spread, track=track)), draws=4)
    for origin, years in ((2024, 3), (2025, 2), (2026, 3)):
        yield from flat(from_january(earlier, Calendar(origin, years)), f"from {origin}")
    later = replace(council(5), calendar=Calendar(2024, 3))
    yield from flat(explained(earlier, later, plans_in(2026), 4, 1, HERE, printed=70.0), "explained")


def cut_for_returns() -> Shown:
    """The means that every return is cut from, with each action on top of those before it; no forecast is learnt."""
    texts = [
        ("scenarios/elm.yaml", "title: Elm\nlevers: [{lever: school_opening, school: Elm, low: 0.5, central: 0.5, "
         "high: 0.5, starts: 2024-09, places: [4, 8]}]\n"),
        ("scenarios/elm-was.yaml", "levers: [{lever: request_rate, low: 0, central: 0, high: 0, starts: 2024-09}]\n"),
        ("scenarios/fewer.yaml", "delay_of: elm-was\nlevers: [{lever: request_rate, low: -0.5, central: -0.5, "
         "high: -0.5, starts: 2024-09}]\n"),
    ]  # fmt: skip
    inputs: Any = SimpleNamespace(la_number="999", draws=4, seed=3)
    task: Any = SimpleNamespace(inputs=inputs, kernel="numpy", scenarios=texts, caseloads=(), published=None)
    notes = tuple(map(Note.of, ("needs.absent", "returns.synthetic")))
    basis = SimpleNamespace(assumptions=council(4), notes=notes, returns=2)
    with mock.patch.multiple(learning, forecast_basis=lambda *_, **__: basis, starting_january=lambda *_: 2024):
        found = joint.joint_forecast(task, 2027)
        yield from flat(found, "joint")
        yield from flat((joint.joint_start(task), found.no_action, found.with_actions), "joint")
    for until in (2023, 2024, 2025, 2026, 2030):
        yield from flat(found.until(until).with_actions.januaries, f"until {until}")
    yield from flat(found.until(2026), "until 2026")


def places() -> Shown:
    """A school in all its states, for some ages and needs, that closes; and who is tried after whom."""
    ash, oak = Provision("special_state", "Ash"), Provision("mainstream_rp_unit", "Oak")
    groups = (
        ProvisionGroup(
            ash,
            Term(2024, 1),
            (2, 5, 9),
            (1, 4),
            (2, 3, 3, 3),
            others=1,
            closes=Term(2025, 1),
            ages=(4, 11),
            needs=("asd",),
        ),
        ProvisionGroup(oak, Term(2020, 0), (6,), others=9, ages=(11, 16)),
        ProvisionGroup(Provision("special_independent"), Term(2024, 2), (3,)),
    )
    order = (
        Overflow("special_state", ("Ash", "special_independent"), (0.5, 1.0), first=True),
        Overflow("Ash", ("Oak", "Ash"), (0.25, 0.75)),
        Overflow("special_independent", ("special_independent", "Oak"), (1.0, 0.125)),
    )
    known, calendar = Places(groups, order), Calendar(2024, 2)
    provisions = (*WHOLE_SETTINGS, ash, oak)
    kernel = for_kernel(known, provisions, calendar)
    yield from (
        (f"kernel {name}", " ".join(map(str, value.astype(float).ravel()[:200])))
        for name, value in vars(kernel).items()
    )
    yield from flat(kernel, "kernel")
    yield from flat(phase_shares(known, provisions).round(6).tolist(), "phases")
    yield from flat(known.changed("Oak", lambda one: one.delayed(4)), "later")
    yield from flat(for_kernel(Places(), WHOLE_SETTINGS, calendar), "none")


def points() -> Shown:
    planned, late = (run(one.levers[0].apply(council())) for one in (PLANNED, LATE))
    cost = delay_between((planned, price(planned)), (late, price(late)), ("Elm",))
    yield from flat((cost, cost.table().rows), "delay")
    table = comparison({"a": {"x": 1, "y": 2.5}, "b": {"y": None, "z": "w"}})
    yield from flat((table.title, table.columns, table.rows), "compared")
    before = dict(flat(council()))
    for number, point in enumerate(points_of(council(), of("two", UNSURE, {**CUT, "high": 0.0}), 5)):
        yield from ((f"point {number} {at}", one) for at, one in flat(point) if before.get(at) != one)


def refusals() -> dict[str, Callable[[], object]]:
    """What is refused, each for one reason."""
    plain, no_price = council(), replace(council(), prices=None)
    short, ran = lively(1, plans=20, years=2), run(council(), draws=2)
    ash = ProvisionGroup(Provision("special_state", "Ash"), Term(2024, 1), (2,))
    nowhere = Places((ash,), (Overflow("special_state", ("Oak",), (1.0,)),))
    lone, unpriced = forecast(plain, (LATE,), 2, 1, HERE), (ran, None)
    bad_rows = plain.rates.place_mix.copy()
    bad_rows[1, 3, 2, 0] += 0.5
    fees = GoalQuestion(CHEAPER.levers[0], 0.0, -0.2)
    bare = with_plans(quiet(), "age | setting | plans\n 6 | special_state | 1")
    return {
        "years": lambda: between(short, plain, plans_in(2025)),
        "january before": lambda: plans_in(2023)(ran),
        "january after": lambda: plans_in(2028)(ran),
        "cost of year": lambda: cost_in("2050-51")(ran),
        "cost without": lambda: cost_in("2025-26")(run(no_price, draws=2)),
        "delay of one": lone.delay,
        "delay of what": lambda: delays_of(lone, (LATE,)),
        "delay unpriced before": lambda: delay_between(unpriced, (ran, price(ran)), ()),
        "delay unpriced after": lambda: delay_between((ran, price(ran)), unpriced, ()),
        "chance": lambda: seek_one(Search(balance_in("2025-26"), options=HERE), no_price, fees),
        "chance of year": lambda: seek_one(Search(balance_in("2050-51"), draws=2, options=HERE), plain, fees),
        "need": lambda: replace(ash, needs=("asd", "odd")),
        "setting": lambda: replace(ash, provision=Provision("odd", "Ash")),
        "others": lambda: replace(ash, others=-1),
        "funded": lambda: replace(ash, funded=(0, -1)),
        "commissioned": lambda: replace(ash, commissioned=(-1,)),
        "planned": lambda: replace(ash, planned=(-1,)),
        "no places": lambda: Places().changed("Ash", lambda one: one),
        "no such school": lambda: Places((ash,)).changed("Oak", lambda one: one),
        "overflow": lambda: for_kernel(nowhere, (*WHOLE_SETTINGS, ash.provision), plain.calendar),
        "not reached": lambda: from_january(ran, Calendar(2027, 1)),
        "not reached before": lambda: from_january(ran, Calendar(2023, 1)),
        "rows of shares": lambda: plain.with_rates(place_mix=bad_rows).rates.check(),
        "a chance above one": lambda: plain.with_rates(agree=plain.rates.agree + 1.0).rates.check(),
        "a log above nought": lambda: plain.with_rates(log_end=plain.rates.log_end + 9.0).rates.check(),
        "fewer than none": lambda: plain.with_rates(requests=plain.rates.requests - 9.0).rates.check(),
        "no number": lambda: plain.with_rates(requests=plain.rates.requests * np.nan).rates.check(),
        "levers": lambda: scenario_of("x", {"levers": 3}, "x.yaml"),
        "levers of nothing": lambda: scenario_of("x", None, "x.yaml"),
        "no name": lambda: of("x", dict(low=1)),
        "a field": lambda: of("x", CUT, odd=1, also=2),
        "schools": lambda: of("x", *({**OPENING, "school": f"S{n}", "starts": "2024-09"} for n in range(60))),
        "tariff": lambda: CHEAPER.levers[0].apply(bare),
    }  # fmt: skip


def refused() -> Shown:
    for name, ask in refusals().items():
        try:
            yield name, f"not refused: {ask()}"[:60]
        except InputError as problem:
            yield name, f"{problem.sentence} / {problem.what} / {problem.where} / {problem.remedy}"
        except ValueError as problem:
            yield name, str(problem)


PARTS: Mapping[str, Callable[[], Shown]] = {
    "answered": answered, "searched": searched, "attributed": attributed, "carried-on": carried_on,
    "cut-for-returns": cut_for_returns, "places": places, "points": points, "refused": refused,
}  # fmt: skip


def answer_of(part: str) -> str:
    return lines(PARTS[part]())


if __name__ == "__main__":
    for name in PARTS:
        (FOLDER / f"answers-{name}.txt").write_text(answer_of(name), encoding="utf-8")
