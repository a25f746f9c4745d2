"""What a small forecast rests on, and what each lever makes of it. Write it: python tests/golden/small_forecast.py

kent.txt       the whole answer that Kent's report asks of the forecast
learnt.txt     all that is learnt from invented counts of three years that lean on an invented ordinary year
borrowed.txt   the ordinary year of two councils in the published tables as they stood in one January
areas-*.txt    how sure sums of councils are, and the back-test of England and its regions
why.txt        why figures of small councils differ, and what it takes to balance
simulated.txt  flows, costs and figures of a small lively council
levers.txt     each lever's worked example on one small lively council: what moves, its row, its fields in a form, and
               what is refused
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from forecast_by_hand import HERE, lively
from golden.flat import flat
from highneeds.account.balance.forecast_question import forecast_question
from highneeds.account.of_workspace import account_of
from highneeds.evidence import question_of
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.aggregates.learn import area_scores, area_spreads
from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.attribution import between, cost_in, moved, of_levers, plans_in, within
from highneeds.forecast.costs import price
from highneeds.forecast.goal_seek import Search, balance_in, goal_table, ordinary_questions, seek_one, seek_together
from highneeds.forecast.learning.borrowed import Year, borrowed_year
from highneeds.forecast.learning.evidence import area_of
from highneeds.forecast.learning.from_sen2 import Learnt
from highneeds.forecast.learning.observed import Observed
from highneeds.forecast.levers import kinds
from highneeds.forecast.levers._lever import Lever, LeverKind
from highneeds.forecast.published import latest_january
from highneeds.forecast.scenarios import Scenario, cautions, overlaps
from highneeds.forecast.simulate import simulate
from highneeds.forecast.state import AGES, END_REASONS, NEEDS, SETTINGS, Calendar, Term
from highneeds.forecast.summary.__main__ import answer
from highneeds.forecast.summary.in_background import ForecastTask
from highneeds.forecast.tables import forecast_table
from highneeds.intake.published import Published, open_pack
from highneeds.intake.workspace import read_workspace
from highneeds.registers.registry import read_registers
from highneeds.vocabulary.errors import InputError
from returns_by_hand import seen

FOLDER = Path(__file__).parent / "small_forecast"
PULLED = ("request_rate", "school_opening", "school_growth")
SHARED = {one.name for one in fields(Lever)}
N, S = len(NEEDS), len(SETTINGS)
OWN = {"school": "New", "lines": ["independent fee"]}
"""The school and the budget line of the small council, in place of those of an example."""
ODD = (-2.0, 0.0, 0.5, 200_000, "x", "", [1, -1], "special_state", "2024-13")


def uneven(*shape: int, scale: float = 1.0, step: int = 7) -> Any:
    """Small numbers that differ from place to place: 0, 1 ... 10 by a stride of 7, times the scale."""
    return (np.arange(int(np.prod(shape))) * step % 11).reshape(shape) * scale


def counts() -> Observed:
    """Three years in which every count differs: the oldest ages hold nobody, and a need and a setting are rare."""
    at_risk = uneven(9, AGES, N, S, scale=4.0)
    at_risk[:, 23:] = 0.0
    at_risk[:, :, 3] = 0.0
    few = {name: at_risk * uneven(9, AGES, N, S, scale=0.01, step=step) for name, step in (("ended", 3), ("left", 5))}
    moved = few["left"].sum(axis=2)[..., None] * uneven(9, AGES, S, S, scale=0.02)
    by_age = {name: uneven(9, AGES, step=step) for name, step in (("requests", 2), ("agreed", 4), ("refused", 6))}
    done = {name: uneven(9, AGES, step=step) for name, step in (("assessed", 8), ("issued", 9))}
    work = {name: uneven(9, step=step) * 3.0 for name, step in (("in_hand", 2), ("finished", 3), ("late", 4))}
    now = {name: uneven(AGES, step=step).astype(np.int64) for name, step in (("undecided", 2), ("under_way", 3))}
    last = {name: uneven(AGES, step=step).astype(np.int64) for name, step in (("over_time", 4), ("last_refused", 5))}
    overdue = at_risk.sum(axis=2) * 0.2
    years = tuple(Term(year, number) for year in (2021, 2022, 2023) for number in range(3))
    return replace(
        seen(), terms=years, at_risk=at_risk, started=uneven(9, AGES, N, S, scale=0.3, step=4), moved=moved,
        late_finished=uneven(9), overdue=overdue, overdue_ended=overdue * 0.2,
        overdue_stock=np.array([50.0, 40.0, 25.0]), overdue_done=np.array([0.0, 30.0, 10.0]),
        overdue_plans=overdue[-1], plans=at_risk[-1].astype(np.int64),
        last_not_issued=uneven(AGES, step=6).astype(np.int64), **few, **by_age, **done, **work, **now, **last,
    )  # fmt: skip


def ordinary() -> Year:
    """An ordinary year whose shares differ from age to age and from setting to setting."""
    to = uneven(AGES, S, S, step=5) + 1.0
    to[:, np.arange(S), np.arange(S)] = 0.0
    needs, places, reasons = (uneven(AGES, count) + 1.0 for count in (N, S, len(END_REASONS)))
    return Year(
        plans=uneven(AGES, N, S).astype(np.int64), people=np.full((2, AGES), 1000.0), new=uneven(AGES, step=3),
        moved_in=uneven(AGES, scale=0.1), place=places / places.sum(axis=1, keepdims=True),
        need_mix=needs / needs.sum(axis=1, keepdims=True), need_pull=0.5 + uneven(AGES, N, S, scale=0.1),
        end=uneven(AGES, S, scale=0.02), reasons=reasons / reasons.sum(axis=1, keepdims=True),
        september=uneven(AGES, S, scale=0.01), in_year=uneven(AGES, S, scale=0.005),
        go_to=to / to.sum(axis=2, keepdims=True), agree=0.6, issue=0.9, backlog=12.0,
        needs_known=True, rows=(), notes=(),
    )  # fmt: skip


def of_kent(kent: Path) -> ForecastTask:
    """What Kent's report asks, on its own day, which knows nothing that was published later."""
    workspace, day = read_workspace(kent), date(2025, 4, 2)
    account = account_of(workspace, read_registers(kent), open_pack().known_on(day))
    return question_of(kent, None, forecast_question(workspace, account, DRAWS, SEED), day)


def learnt() -> str:
    found = Learnt(counts(), ordinary(), outlook=0.05)
    of = {name: value for name, value in vars(found).items() if name not in ("seen", "wider")}
    calendar = Calendar(2024, 4)
    ahead = (found.rates(calendar), found.growth(3), found.shares_of_terms(), found.spread(), found.opening())
    told = (of, *ahead, found.rows())
    short = Learnt(replace(seen(), requests=seen().requests * 0.0), ordinary())
    return lines(flat((told, (short.trend, short.level, short.rates(Calendar(2024, 1)), short.rows()))))


def borrowed(published: Published) -> str:
    """A council of London, and the smallest of England."""
    known = published.known_at(2024)
    return lines(flat({code: borrowed_year(known, area_of(known, code), 2024, 3) for code in ("302", "420")}))


def simulated() -> str:
    """Every flow, cost and figure of a small lively council over three draws."""
    run = simulate(lively(3, plans=80, years=3), 3, 1, HERE)
    cost = price(run)
    table = forecast_table({"baseline": (run, cost)})
    figures = [f"{' | '.join(map(str, row[:6]))} | {' '.join(f'{one:.7g}' for one in row[6:])}" for row in table.rows]
    parted = [one for one in figures if " | total | " in one or "2025" in one]
    return lines(flat((run.outcome, cost))) + "\n".join((*parted, ""))


def why() -> str:
    """Why figures of small councils differ, by driver and by lever, and what it takes to balance."""
    before, after = (lively(seed, plans=40, years=3, limited=limited) for seed, limited in ((1, False), (2, True)))
    how: dict[str, Any] = {"draws": 2, "seed": 1, "options": HERE}
    pulled = [kind.make({**kind.example, "starts": "2024-09"}) for kind in kinds() if kind.name in PULLED]
    plans, cost = plans_in(2026), cost_in("2025-26")
    scenario = Scenario("both", tuple(pulled))
    told = {
        "between": between(before, after, plans, **how),
        "moved": moved(before, after, cost, **how, printed=1e6),
        "within": within(after, plans_in(2024), plans_in(2027), **how),
        "of levers": of_levers(after, scenario, cost, **how),
        "overlaps": (overlaps(scenario), cautions(scenario)),
    }
    search = Search(balance_in("2025-26"), 0.5, 2, 1, 4, HERE)
    asked = [replace(one, strong=one.strong / 2) for one in ordinary_questions(after, "2024-09")]
    found = [*(seek_one(search, after, one) for one in asked), seek_together(search, after, asked)]
    goal = goal_table(found, "2025-26", 0.5)
    return lines(flat({**told, "goal": (found, goal.title, goal.rows)}))


def areas(published: Published) -> Iterator[tuple[str, str]]:
    """The back-test of England and its regions, and how sure sums of councils are: minutes of work of other tests."""
    last = latest_january(published)
    for name, first in (("plans", 2017), ("spend", 2020)):
        yield f"areas-{name}", lines(flat(area_scores(published, range(first, last), name == "spend")))
    yield "areas-spread", lines(flat(area_spreads(published, last - 2)))


def small_council() -> Assumptions:
    return lively(1, plans=60, years=5)


def levers() -> str:
    before = small_council()
    return "\n".join(lines(lever(kind, before)) for kind in kinds())


def lever(kind: LeverKind, before: Assumptions) -> Iterator[tuple[str, str]]:
    """What a lever's example moves, at its middle and at a tenth of its range; then its form and what it refuses."""
    own = {} if kind.name == "school_opening" else {key: name for key, name in OWN.items() if key in kind.example}
    example = {**kind.example, "starts": "2025-09", **own}
    yield from moves(kind.name, example, kind, before)
    slow = kind.make({**example, "terms_to_full": 3, "decision": "Cabinet, item 7"})
    begins = slow.first_financial_year(), str(slow.first_term())
    about = (slow.ramp(before.calendar), slow.lacks, slow.confident, slow.uncertain, slow.touches(), begins)
    yield from flat(about, f"{kind.name} slowly")
    asked = [one for one in kind.asked() if one.name not in SHARED or kind is kinds()[0]]
    yield from ((f"{kind.name} form {one.name}", str(one)) for one in asked)
    for field in asked:
        for odd in ODD:
            yield from refused(kind, {**example, field.name: odd}, f"{field.name} {odd}")
        yield from refused(kind, {name: one for name, one in example.items() if name != field.name}, f"no {field.name}")
    yield from refused(kind, {**example, "unknown": 1}, "unknown")


def moves(name: str, example: dict[str, Any], kind: LeverKind, before: Assumptions) -> Iterator[tuple[str, str]]:
    was = dict(flat(before))
    for strength in (0.5, 0.1):
        try:
            after = kind.make(example).at(strength).apply(before)
        except InputError as problem:
            yield name, problem.sentence
            return
        yield from ((f"{name} at {strength} {at}", value) for at, value in flat(after) if was.get(at) != value)


def refused(kind: LeverKind, values: dict[str, Any], odd: str) -> Iterator[tuple[str, str]]:
    try:
        kind.make(values, "scenario.yaml")
    except InputError as problem:
        yield f"{kind.name} {odd}", problem.sentence


def lines(told: Iterator[tuple[str, str]]) -> str:
    return "".join(f"{at}: {value}\n" for at, value in told)


def main() -> None:
    kent = lines(flat(answer(of_kent(Path("examples/kent")))))
    FOLDER.mkdir(exist_ok=True)
    more = (("why", why()), *areas(open_pack()))
    small = (*more, ("learnt", learnt()), ("borrowed", borrowed(open_pack())), ("levers", levers()))
    for name, text in (*small, ("simulated", simulated()), ("kent", kent)):
        (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
