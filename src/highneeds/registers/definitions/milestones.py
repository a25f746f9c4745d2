"""The register of milestones: dates, what rests on what, and the path to the money."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from highneeds.registers.definitions._shared import circles
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, month, refers, text, whole
from highneeds.registers.mechanism.measure import count, each, gap, pct
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must_all, query_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.period import Month


class MilestoneForecast:
    """When each milestone will be reached, and what drives it there. Without circles; those are found by a rule."""

    def __init__(self, rows: Sequence[RegisterRow], day: date) -> None:
        self._rows = {row["milestone"]: row for row in rows}
        self._day, self._now = day, Month.of(day)
        self._known: dict[str, Month] = {}
        self._asking: set[str] = set()

    def of(self, name: str) -> Month:
        """Done where done; else the latest of its own date, this month, and what it depends on with its lag."""
        if name in self._known:
            return self._known[name]
        row = self._rows[name]
        if name in self._asking:
            raise NotAtHand("the milestones depend on each other in a circle")
        self._asking.add(name)
        found: Month = done_by(row, self._day) or max(
            [self._own(row), *(self.of(one).plus(self._lag(row)) for one in self._before(row))]
        )
        self._known[name] = found
        return found

    def driver(self, name: str) -> str:
        """The dependency that sets the date, else the milestone itself; of several the one with the greatest slip."""
        row = self._rows[name]
        reached = self.of(name)
        if done_by(row, self._day):
            return name
        setting = [one for one in self._before(row) if self.of(one).plus(self._lag(row)) == reached > self._own(row)]
        return min(setting, key=lambda one: (-self.slip(one), one)) if setting else name

    def slip(self, name: str) -> int:
        planned: Month = self._rows[name]["planned"]
        return planned.months_until(self.of(name))

    def path(self, name: str) -> list[str]:
        """From the milestone back through its drivers."""
        path = [name]
        while (before := self.driver(path[-1])) != path[-1]:
            path.append(before)
        return path

    def _own(self, row: RegisterRow) -> Any:
        return max(row["expected"] or row["planned"], self._now)

    def _lag(self, row: RegisterRow) -> Any:
        return row["lag_months"] or 0

    def _before(self, row: RegisterRow) -> list[str]:
        return [name for name in (row["depends_on"] or "").split() if name in self._rows]


def _due(row: RegisterRow) -> date:
    found: date = row["planned_on"] or row["planned"].last_day
    return found


def done_by(row: RegisterRow, day: date) -> Month | None:
    """The month in which it was done; None while it was not. A month without a day is known from its first."""
    done: Month | None = row["done"] or (Month.of(row["done_on"]) if row["done_on"] else None)
    return done if done is not None and (row["done_on"] or done.first_day) <= day else None


def _kept(row: RegisterRow, at: Situation) -> bool:
    return bool(row["state"] != "dropped")


def _in_time(row: RegisterRow, at: Situation) -> bool:
    done = done_by(row, at.day)
    return done is not None and done <= row["planned"]


def forecast(at: Situation) -> MilestoneForecast:
    found: MilestoneForecast = at.keep(
        "forecast", lambda: MilestoneForecast([r for r in at.rows if r["state"] != "dropped"], at.day)
    )
    return found


def _delay_cost(row: RegisterRow, at: Situation) -> Any:
    saving = at.row_of("savings", row["saving"])
    amount = at.amount(saving, "full_year_gbp") if saving else None
    if amount is None:
        return gap("its saving has no full-year effect")
    return Decimal(max(forecast(at).slip(row["milestone"]), 0)) * amount / 12


def _before_what_it_rests_on(column: str) -> Any:
    def ask(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
        there = {row["milestone"]: row for row in rows}
        for row in rows:
            lag = row["lag_months"] or 0 if column == "planned" else 0
            before = [there[name][column] for name in (row["depends_on"] or "").split() if name in there]
            if row[column] and any(one is not None and one.plus(lag) > row[column] for one in before):
                yield row

    return ask


def _on_a_dropped_one(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    dropped = {row["milestone"] for row in rows if row["state"] == "dropped"}
    yield from (row for row in rows if dropped & set((row["depends_on"] or "").split()))


def _other_opening(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        opening = at.row_of("openings", row["opening"]) if row["opening"] else None
        if opening and row["expected"] != opening["expected"] and not done_by(row, at.as_at):
            yield row


def _saving_too_soon(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    ahead = forecast(at)
    for row in rows:
        saving = at.row_of("savings", row["saving"]) if row["saving"] and row["state"] != "dropped" else None
        if saving and saving["starts"] < ahead.of(row["milestone"]):
            yield row


_A = dict(milestone="a", title="x", planned="2025-06", state="planned")
_B = dict(milestone="b", title="y", planned="2025-07", depends_on="a", lag_months="1", state="planned")

milestones = Register(
    name="milestones",
    title="Milestones",
    unit="one milestone",
    source="Programme plan; monitoring reports",
    key="milestone",
    named_by="title",
    help="Dates of the programme, what rests on what, when each will be reached and what a slip costs.",
    systems="G10 E3 F2 F8 F10 E10",
    kept_by="programme_manager",
    decides="director",
    decided="planned planned_on",
    used="Weekly",
    klass="public",
    columns=(
        key("milestone"),
        text("title*+"),
        month("planned*+"),
        day("planned_on"),
        month("expected"),
        month("done"),
        day("done_on"),
        refers("depends_on", "milestones", several=True),
        whole("lag_months", help="Least months after what it depends on"),
        refers("saving", "savings"),
        refers("decision", "decisions"),
        refers("opening", "openings"),
        whole("condition"),
        code("state*", "planned|at_risk|late|done|dropped"),
    ),
    clocks=(
        clock(
            "due",
            lambda r, at: None if r["state"] == "dropped" else _due(r),
            stops="done_on done",
            stopped_if=lambda r, at: r["state"] == "done",
        ),
    ),
    rules=(),
    whole_rules=(
        must_all(
            "01",
            "Milestones depend on each other in a circle",
            lambda rows, at: circles(rows, "milestone", "depends_on"),
            (_A | dict(depends_on="b"), _B),
            fix="Take one of the dependencies away.",
        ),
        must_all(
            "02",
            "It is planned before something that it depends on",
            _before_what_it_rests_on("planned"),
            (_A, _B | dict(planned="2025-06")),
            holds_for=dict(planned="2025-07"),
            fix="Plan it later, or with a shorter lag.",
        ),
        must_all(
            "03",
            "It is done before something that it depends on",
            _before_what_it_rests_on("done"),
            (_A | dict(done="2025-03", state="done"), _B | dict(done="2025-02", state="done")),
            holds_for=dict(done="2025-03"),
            fix="Correct the months.",
        ),
        must_all(
            "04",
            "It depends on one that is dropped",
            _on_a_dropped_one,
            (_A | dict(state="dropped"), _B),
            fix="Say what it rests on instead.",
        ),
        query_all(
            "05",
            "Its month is gone, it is not done and no month is expected",
            lambda rows, at: [
                r
                for r in rows
                if _kept(r, at)
                and not done_by(r, at.as_at)
                and r["expected"] is None
                and r["planned"].last_day < at.as_at
            ],
            (_A | dict(planned="2025-03"),),
            holds_for=dict(planned="2025-04"),
            fix="Give the month now expected.",
        ),
        query_all(
            "06",
            "The opening that it names is expected in another month",
            _other_opening,
            (_A | dict(opening="elm", expected="2025-09"),),
            holds_for={"openings.expected": "2025-09"},
            others={"openings": (dict(opening="elm", expected="2025-10"),)},
            fix="Correct one of the two.",
        ),
        query_all(
            "07",
            "A saving starts before its milestone will be reached",
            _saving_too_soon,
            (_A | dict(saving="s1"),),
            holds_for={"savings.starts": "2025-06"},
            others={"savings": (dict(saving="s1", starts="2025-05"),)},
            fix="Move the start of the saving.",
        ),
    ),
    measures=(
        count("milestones", "milestones that are not dropped", "as_at; state, condition", _kept),
        count(
            "late",
            "not done, and the day is past",
            "as_at; condition",
            lambda r, at: _kept(r, at) and not done_by(r, at.day) and _due(r) < at.day,
        ),
        pct(
            "on_time_pct",
            "done in or before the planned month, of those whose day is past",
            "as_at; condition",
            _in_time,
            lambda r, at: _kept(r, at) and _due(r) <= at.day,
        ),
        each(
            "forecast_slip_months",
            "planned to forecast",
            "as_at; milestone",
            lambda r, at: forecast(at).slip(r["milestone"]),
            where=_kept,
            unit="months",
            decimals=0,
        ),
        each(
            "delay_cost_gbp",
            "slip x full-year effect of its saving / 12",
            "as_at; milestone",
            _delay_cost,
            where=lambda r, at: _kept(r, at) and bool(r["saving"]),
            unit="gbp",
        ),
        each(
            "critical_path",
            "milestones on the path to it",
            "as_at; milestone",
            lambda r, at: len(forecast(at).path(r["milestone"])),
            where=_kept,
            unit="count",
        ),
    ),
    headline=(
        "{milestones:milestone is|milestones are} set; {late:is|are|none are} late, {on_time_pct} were reached on time."
    ),
    feeds=(Feed("report", "calendar", "every date"), Feed("saving", "savings.milestone", "when a saving can start")),
    example=(
        dict(
            milestone="a",
            title="Model tested",
            planned="2025-03",
            expected="2025-06",
            state="late",
            source="worked example",
        ),
        dict(
            milestone="b",
            title="Model in use",
            planned="2025-05",
            depends_on="a",
            lag_months="2",
            saving="fees",
            state="at_risk",
            source="worked example",
        ),
    ),
    beside={"savings": (dict(saving="fees", starts="2025-08", full_year_gbp="1200000.00"),)},
    expects="""
        milestones | | | 2025-04-02 | 2
        late | | | 2025-04-02 | 1
        on_time_pct | | | 2025-04-02 | 0.0
        forecast_slip_months | milestone | b | 2025-04-02 | 3
        delay_cost_gbp | milestone | b | 2025-04-02 | 300000.00
        critical_path | milestone | b | 2025-04-02 | 2
    """,
)
