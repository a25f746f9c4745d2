"""The register of decisions: every decision on its way, with notice and call-in."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, month, refers, text, whole
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import count, each, gap, median, pct
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, as_day
from highneeds.registers.mechanism.rules import must, must_all, note, query_all
from highneeds.registers.mechanism.situation import Situation

KINDS = {
    "key": "Key decision",
    "non_key": "Other decision",
    "officer": "Officer's decision",
    "urgent": "Urgent decision",
}


def _taken(row: RegisterRow, at: Situation) -> bool:
    return at.reached(row, "taken") or at.is_(row, "called_in")


def _called_in(row: RegisterRow, at: Situation) -> bool:
    return (row["call_in_from"] is not None and row["call_in_from"] <= at.day) or (
        row["called_in"] is not None and row["called_in"].first_day <= at.day
    )


def _late(row: RegisterRow, at: Situation) -> int:
    """Days from the planned to the real day, or to the as-at day while it is not taken."""
    taken = row["taken_on"] or as_day(row["taken"])
    return int((min(taken or at.day, at.day) - row["planned_on"]).days)


def _delay_cost(row: RegisterRow, at: Situation) -> Any:
    savings = {one["saving"]: one for one in at.others_of("savings")}
    own = [savings[name] for name in (row["savings"] or "").split() if name in savings]
    if not own or any(one["full_year_gbp"] is None for one in own):
        return gap("no saving with a full-year effect is named")
    return Decimal(sum(one["full_year_gbp"] for one in own)) * max(_late(row, at), 0) / 365


def _inside_the_window(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        if row["effective_on"] and row["published_on"] and row["kind"] not in ("urgent", "officer"):
            window = at.register.clock("call-in").run(row, at)  # a call-in moves its end by the days it took
            paused = window.paused_since is not None and window.paused_since <= row["effective_on"]
            if paused or (window.due_on is not None and row["effective_on"] <= window.due_on):
                yield row


def _no_notice(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    clear = int(at.setting("notice_clear_days"))
    for row in rows:
        if (
            row["kind"] == "key"
            and row["notice_on"]
            and row["taken_on"]
            and (row["taken_on"] - row["notice_on"]).days < clear + 1
        ):
            yield row


def _before_consultation(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    closed = {one["consultation"]: one["closed_on"] for one in at.others_of("consultations")}
    for row in rows:
        ends = [closed.get(name) for name in (row["consultations"] or "").split()]
        taken = row["taken_on"] or as_day(row["taken"])
        if taken and any(end is not None and taken < end for end in ends):
            yield row


def _confident_too_soon(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    named = {one["decision"] for one in at.others_of("savings") if one["confidence"] == "confident" and one["decision"]}
    yield from (row for row in rows if row["decision"] in named and not at.reached(row, "effective"))


_KEY = dict(
    decision="d1",
    title="x",
    kind="key",
    notice_on="2025-01-01",
    taken_on="2025-01-30",
    published_on="2025-01-30",
    state="taken",
)

decisions = Register(
    name="decisions",
    title="Decisions",
    unit="one decision",
    source="Democratic services; Local Authorities (Executive Arrangements) Regulations 2012",
    key="decision",
    named_by="title",
    help="Every decision on its way: notice, committee, taken, call-in, in effect, carried out.",
    systems="G7 G8 E6",
    kept_by="programme_manager",
    decides="director",
    used="Weekly",
    klass="public",
    columns=(
        key("decision"),
        text("title*+"),
        code("kind*", KINDS),
        text("reference+"),
        text("taken_by_role"),
        day("notice_on"),
        day("committee_on"),
        month("committee"),
        day("planned_on"),
        month("taken+"),
        day("taken_on"),
        day("published_on"),
        month("called_in+"),
        day("call_in_from"),
        day("call_in_to"),
        code("call_in_outcome", "confirmed|changed|referred_back|withdrawn"),
        day("effective_on"),
        day("implemented_on"),
        refers("consultations", "consultations", several=True),
        refers("savings", "savings", several=True),
        whole("condition"),
        code("state*", "planned|notice|committee|taken|called_in|effective|implemented|withdrawn"),
    ),
    ladder=ladder(
        "planned < notice(notice_on) < committee(committee_on/committee) < taken(taken_on/taken)"
        " < effective(effective_on)"
        " < implemented(implemented_on)",
        side="called_in(call_in_from/called_in) withdrawn",
        ends="implemented",
    ),
    moves=moves(
        "committee > taken D: published_on",
        "notice > taken D: published_on",
        "taken > called_in K: call_in_from",
        "called_in > effective D: call_in_to call_in_outcome",
    ),
    clocks=(
        clock(
            "call-in",
            "published_on",
            working_days="call_in_working_days",
            stops="effective_on",
            pauses=(("call_in_from", "call_in_to"),),
        ),
        clock("planned", "planned_on", stops="taken_on taken"),
    ),
    rules=(
        must(
            "04",
            "It was carried out before it took effect",
            lambda r: r["implemented_on"] < r["effective_on"],
            _KEY | dict(effective_on="2025-02-10", implemented_on="2025-02-09"),
            holds_for=dict(implemented_on="2025-02-10"),
            given="implemented_on effective_on",
            fix="Correct whichever day is wrong.",
        ),
        must(
            "07",
            "It is called in and since when is missing, or it ended without an outcome",
            lambda r: (
                (r["state"] == "called_in" and r["call_in_from"] is None and r["called_in"] is None)
                or (r["call_in_to"] is not None and not r["call_in_outcome"])
            ),
            _KEY | dict(state="called_in"),
            fix="Give the days and the outcome.",
        ),
        note(
            "08",
            "The month in which it was taken is known and not the day",
            lambda r: r["taken"] and r["taken_on"] is None,
            _KEY | dict(taken="2025-01", taken_on=""),
            fix="Give the day when it is published.",
        ),
    ),
    whole_rules=(
        must_all(
            "01",
            "A key decision was taken before 28 clear days of notice",
            _no_notice,
            (_KEY | dict(taken_on="2025-01-29"),),
            holds_for=dict(taken_on="2025-01-30"),
            fix="Use the urgency procedure, or take it later.",
        ),
        must_all(
            "02",
            "It took effect inside the call-in window or pause",
            _inside_the_window,
            (_KEY | dict(effective_on="2025-02-06"),),
            holds_for=dict(effective_on="2025-02-07"),
            fix="Correct the day; it takes effect on the working day after.",
        ),
        must_all(
            "03",
            "It was taken before a consultation that it rests on closed",
            _before_consultation,
            (_KEY | dict(consultations="c1"),),
            holds_for={"consultations.closed_on": "2025-01-30"},
            others={"consultations": (dict(consultation="c1", closed_on="2025-01-31"),)},
            fix="Take it after the consultation.",
        ),
        query_all(
            "05",
            "A saving called confident names it and it is not in effect",
            _confident_too_soon,
            (_KEY,),
            others={"savings": (dict(saving="s1", confidence="confident", decision="d1"),)},
            fix="Lower the confidence until it takes effect.",
        ),
        query_all(
            "06",
            "The planned day is gone and it is not taken",
            lambda rows, at: [
                r
                for r in rows
                if r["planned_on"] and r["planned_on"] < at.as_at and not _taken(r, at) and r["state"] != "withdrawn"
            ],
            (_KEY | dict(state="notice", taken_on="", published_on="", planned_on="2025-04-01"),),
            holds_for=dict(planned_on="2025-04-02"),
            fix="Give the new day.",
        ),
    ),
    measures=(
        count("taken", "decisions taken", "as_at; kind", _taken),
        pct("named_pct", "of them those that are named", "as_at; kind", lambda r, at: r.n == 1, _taken),
        count("call_ins", "decisions called in", "as_at", _called_in),
        median(
            "lead_days",
            "notice to effect, the middle one",
            "fy(effective_on); kind",
            lambda r, at: (r["effective_on"] - r["notice_on"]).days,
            needs="notice_on",
        ),
        each(
            "call_in_days",
            "days of the call-in",
            "as_at; decision",
            lambda r, at: (min(r["call_in_to"] or at.day, at.day) - r["call_in_from"]).days,
            needs="call_in_from",
            unit="days",
            where=lambda r, at: r["call_in_from"] is not None and r["call_in_from"] <= at.day,
        ),
        each(
            "late_days",
            "planned to taken, or to the day while it is not taken",
            "as_at; decision",
            lambda r, at: _late(r, at),
            where=lambda r, at: r["planned_on"] is not None,
            unit="days",
        ),
        each(
            "delay_cost_gbp",
            "full-year effect of its savings x days late / 365",
            "as_at; decision",
            _delay_cost,
            where=lambda r, at: r["planned_on"] is not None and bool(r["savings"]),
            unit="gbp",
        ),
    ),
    headline="{taken:decision is|decisions are} taken, {call_ins} called in.",
    feeds=(
        Feed("saving", "gates", "the decision of a saving"),
        Feed("report", "milestones", "the path to the money"),
        Feed("report", "headlines", "barriers"),
    ),
    example=(
        dict(
            decision="in-house",
            title="Specialist teaching in house",
            kind="key",
            reference="24/00101",
            taken_by_role="Cabinet member",
            notice_on="2024-11-04",
            committee_on="2024-12-03",
            planned_on="2024-12-10",
            taken_on="2024-12-17",
            published_on="2024-12-17",
            effective_on="2024-12-27",
            savings="fees",
            state="effective",
            source="worked example",
        ),
    ),
    beside={"savings": (dict(saving="fees", full_year_gbp="365000.00"),)},
    expects="""
        taken | kind | key | 2025-04-02 | 1
        named_pct | | | 2025-04-02 | 100.0
        call_ins | | | 2025-04-02 | 0
        lead_days | | | 2024-25 | 53.0
        late_days | decision | in-house | 2025-04-02 | 7.0
        delay_cost_gbp | decision | in-house | 2025-04-02 | 7000.00
    """,
)
