"""The register of actions: one list of what somebody promised to do."""

from collections.abc import Iterator, Sequence

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, deadline, key, text
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import count, median, pct
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import Situation


def _open(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "open")


def _due(row: RegisterRow, at: Situation) -> bool:
    return bool(not at.is_(row, "dropped") and row["due_on"] <= at.as_at)


def _in_time(row: RegisterRow, at: Situation) -> bool:
    return row["done_on"] is not None and row["done_on"] <= row["due_on"]


def _unknown(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    from highneeds.registers.registry import registers

    for row in rows:
        register = registers().get(row["register"])
        if register is None or (
            row["register"] in at.others
            and all(one[register.key] != row["of_row"] for one in at.others[row["register"]])
        ):
            yield row


def _not_escalated(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        if not _open(row, at) or (at.as_at - row["due_on"]).days < 30:
            continue
        there = at.row_of(row["register"], row["of_row"]) if row["register"] in at.others else None
        if there is None or not (
            there.values.get("escalated_on") or there.values.get("escalated_to") not in (None, "none")
        ):
            yield row


_ACTION = dict(
    action="a1",
    register="risks",
    of_row="1",
    title="x",
    raised_on="2025-01-10",
    due_on="2025-02-10",
    state="open",
    owner_role="Director",
)

actions = Register(
    name="actions",
    title="Actions",
    unit="one action from any register",
    source="Minutes and reports of the programme",
    key="action",
    named_by="title",
    help="What somebody promised to do, for which row, by when, and what shows that it is done.",
    systems="E8 D16 G5 G11",
    kept_by="programme_manager condition_owner",
    decides="programme_manager",
    used="Weekly",
    columns=(
        key("action"),
        text("register*"),
        text("of_row*", "Row"),
        text("title*"),
        day("raised_on*"),
        deadline("due_on*"),
        day("done_on"),
        text("evidence"),
        code("state*", "open|done|dropped"),
    ),
    ladder=ladder("open(raised_on) < done|dropped(done_on)", ends="done dropped"),
    moves=moves("open > done K: evidence", "open > dropped D"),
    clocks=(clock("due_on", "due_on", stops="done_on"),),
    rules=(
        must(
            "02",
            "It is done and nothing shows it",
            lambda r: r["state"] == "done" and not r["evidence"],
            _ACTION | dict(state="done"),
            fix="Name what shows it.",
        ),
        must(
            "03",
            "It is due before it was raised",
            lambda r: r["due_on"] < r["raised_on"],
            _ACTION | dict(due_on="2025-01-09"),
            holds_for=dict(due_on="2025-01-10"),
            given="due_on raised_on",
            fix="Correct whichever day is wrong.",
        ),
        query(
            "05", "Nobody owns it", lambda r: not r["owner_role"], _ACTION | dict(owner_role=""), fix="Name the role."
        ),
    ),
    whole_rules=(
        must_all(
            "01",
            "The register or the row is unknown",
            _unknown,
            (_ACTION | dict(register="risk"),),
            fix="Name the register and the key of its row.",
        ),
        query_all(
            "04",
            "It is overdue by 30 days and not escalated in its row",
            _not_escalated,
            (_ACTION | dict(due_on="2025-03-03"),),
            holds_for=dict(due_on="2025-03-04"),
            fix="Escalate it where it belongs.",
        ),
    ),
    measures=(
        count("open", "open actions", "as_at; register, owner_role", _open),
        count(
            "overdue",
            "open, and the day is past",
            "as_at; register, owner_role",
            lambda r, at: _open(r, at) and r["due_on"] < at.day,
        ),
        pct("on_time_pct", "done by the day, of those due by now", "fy(due_on); register", _in_time, _due),
        median(
            "days_late",
            "days after the due day, of the late ones, the middle one",
            "fy(done_on)",
            lambda r, at: (r["done_on"] - r["due_on"]).days,
            where=lambda r, at: at.is_(r, "done") and r["done_on"] is not None and r["done_on"] > r["due_on"],
        ),
    ),
    headline=(
        "{open:action is|actions are} open, {overdue} overdue; {on_time_pct} of those of {year} were done in time."
    ),
    feeds=(Feed("report", "board", "what is open"), Feed("assurance", "inspection_findings", "what is done")),
    example=(
        dict(
            action="A-01",
            register="risks",
            of_row="1",
            title="Raise the delay with DfE",
            raised_on="2025-01-10",
            due_on="2025-02-10",
            done_on="2025-02-17",
            evidence="Letter of 17 February",
            state="done",
            owner_role="Director",
            source="worked example",
        ),
        dict(
            action="A-02",
            register="risks",
            of_row="2",
            title="Review the framework prices",
            raised_on="2025-02-03",
            due_on="2025-04-30",
            state="open",
            owner_role="Head of Commissioning",
            source="worked example",
        ),
    ),
    expects="""
        open | | | 2025-04-02 | 1
        overdue | | | 2025-04-02 | 0
        on_time_pct | | | 2024-25 | 0.0
        days_late | | | 2024-25 | 7.0
    """,
)
