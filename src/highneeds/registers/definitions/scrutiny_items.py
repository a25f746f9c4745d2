"""The register of scrutiny: what members asked to see."""

from collections.abc import Iterator, Sequence
from datetime import date

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, deadline, key, month, refers, text, whole, yes_no
from highneeds.registers.mechanism.measure import MeasureValue, count, worked
from highneeds.registers.mechanism.reckoning import plus_months
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation


def _due(row: RegisterRow, at: Situation) -> date | None:
    """The day as written; else two months from the meeting where there are recommendations."""
    written: date | None = row["response_due_on"]
    if written is not None:
        return written
    return plus_months(row["meeting_on"], 2) if row["meeting_on"] and row["recommendations"] else None


def _overdue(row: RegisterRow, at: Situation) -> bool:
    due = _due(row, at)
    answered = row["responded_on"] is not None and row["responded_on"] <= at.day
    return due is not None and due < at.day and not answered


def _meetings(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    number_ = len({(row["body"], row["meeting"]) for row in rows})
    return MeasureValue(number_, part=number_)


def _no_item(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    held = {row["decision"] for row in rows if row["kind"] == "call_in"}
    for one in at.others_of("decisions"):
        if (one["call_in_from"] or one["called_in"]) and one["decision"] not in held:
            yield one, f"{one['decision']} was called in and no item stands in scrutiny"


_ITEM = dict(
    item="i1",
    body="scrutiny",
    meeting="2025-01",
    meeting_on="2025-01-14",
    title="x",
    kind="report",
    about_agreement="yes",
    decision="d9",
)

scrutiny_items = Register(
    name="scrutiny_items",
    title="Scrutiny",
    unit="one item at one meeting",
    source="Agendas and minutes",
    key="item",
    named_by="title",
    help="What members asked to see, called in and recommended, and what was answered.",
    begins="meeting_on meeting",
    systems="G8 G7",
    kept_by="programme_manager",
    used="Each meeting",
    klass="public",
    columns=(
        key("item"),
        code("body*", "scrutiny|cabinet_committee|cabinet|council"),
        month("meeting*"),
        day("meeting_on"),
        text("title*+"),
        code("kind*", "report|review|call_in|decision|question"),
        yes_no("about_agreement*"),
        refers("decision", "decisions"),
        text("outcome+"),
        whole("recommendations"),
        deadline("response_due_on"),
        day("responded_on"),
    ),
    clocks=(clock("response_due_on", _due, stops="responded_on", basis="statutory"),),
    rules=(
        must(
            "01",
            "It is a call-in and names no decision",
            lambda r: r["kind"] == "call_in" and not r["decision"],
            _ITEM | dict(kind="call_in", decision=""),
            fix="Name the decision.",
        ),
        query(
            "02",
            "There are recommendations and no day for the answer",
            lambda r: r["recommendations"] and r["response_due_on"] is None,
            _ITEM | dict(recommendations="1"),
            fix="Give the day.",
        ),
        must(
            "04",
            "It was answered before the meeting",
            lambda r: r["responded_on"] < r["meeting_on"],
            _ITEM | dict(responded_on="2025-01-13"),
            holds_for=dict(responded_on="2025-01-14"),
            given="responded_on meeting_on",
            fix="Correct whichever day is wrong.",
        ),
    ),
    whole_rules=(
        query_all(
            "03",
            "A decision was called in and no item stands here",
            _no_item,
            (_ITEM,),
            others={"decisions": (dict(decision="d1", called_in="2025-01"),)},
            fix="Add the item.",
        ),
    ),
    measures=(
        count("items", "items", "fy(meeting) all; body, kind"),
        worked("meetings", "different meetings", "all; body", _meetings),
        count(
            "agreement_reports",
            "reports on the agreement",
            "all; body",
            lambda r, at: r["kind"] == "report" and bool(r["about_agreement"]),
        ),
        count("responses_overdue", "answers past their day", "as_at", _overdue),
    ),
    headline=(
        "{items:item|items} came to {meetings:meeting|meetings}; {responses_overdue:answer is|answers are} overdue."
    ),
    feeds=(Feed("report", "headlines", "engagement"), Feed("report", "decisions", "call-ins")),
    example=(
        dict(
            item="2025-01-a",
            body="scrutiny",
            meeting="2025-01",
            meeting_on="2025-01-14",
            title="Report on the agreement",
            kind="report",
            about_agreement="yes",
            recommendations="2",
            response_due_on="2025-03-14",
            responded_on="2025-03-04",
            source="worked example",
        ),
    ),
    expects="""
        items | | | | 1
        items | body | scrutiny | 2024-25 | 1
        meetings | | | | 1
        agreement_reports | | | | 1
        responses_overdue | | | 2025-04-02 | 0
    """,
)
