"""The register of engagement: who was told, who came, and what they said."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.registers.mechanism.column import code, day, key, month, number, text, whole
from highneeds.registers.mechanism.measure import MeasureValue, count, each, gap, left_aside, pct, ratio, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.period import Month

AUDIENCES = {
    "headteachers": "Headteachers",
    "schools": "Schools",
    "early_years": "Early years",
    "chairs": "Chairs",
    "parents": "Parents",
    "young_people": "Young people",
    "public": "Public",
    "staff": "Staff",
}


def _known(row: RegisterRow, at: Situation) -> bool:
    return row["state"] in ("held", "planned")


def _reach(row: RegisterRow, at: Situation) -> MeasureValue:
    """Schools represented of those invited, else the share as printed."""
    if not row.lacks(("schools_represented", "schools_invited")):
        return ratio(row["schools_represented"], row["schools_invited"])
    return (
        gap("no schools_invited")
        if row["share_percent"] is None
        else MeasureValue(row["share_percent"], reason="as printed")
    )


def _schools(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    known = [row for row in rows if row["schools_represented"] is not None]
    over = [
        "over"
        for row in known
        for name in (row["figures"] or "").split()
        if at.facts and name in at.facts and at.facts[name].qualifier == "over"
    ]
    reason = left_aside(counted(rows) - counted(known), counted(rows), "no schools_represented", beside=over)
    if not known:
        return gap(reason or "no event was held")
    number_ = sum(row["schools_represented"] for row in known)
    return MeasureValue(number_, part=number_, reason=reason)


def _silent_year(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    held = {
        row["audience"]
        for row in rows
        if row["state"] == "held" and 0 <= row["month"].months_until(Month.of(at.as_at)) < 12
    }
    missing = [words for code_, words in AUDIENCES.items() if code_ not in held]
    if rows and missing:
        yield rows[-1], f"No event in a year for {', '.join(missing)}"


_EVENT = dict(
    event="e1",
    title="x",
    kind="briefing",
    audience="headteachers",
    month="2025-03",
    schools_represented="60",
    schools_invited="90",
    state="held",
)

_OTHER_AUDIENCES = tuple(
    dict(
        event=f"{kind}-{month_}",
        title=title,
        kind=kind,
        audience=audience,
        month=month_,
        schools_represented=schools,
        feedback="not_asked",
        state="held",
        source="worked example",
    )
    for audience, kind, month_, schools, title in (
        ("schools", "network", "2024-11", "25", "Network of SENCOs"),
        ("early_years", "training", "2024-10", "", "Training for nurseries"),
        ("chairs", "chairs", "2025-01", "", "Chairs of communities"),
        ("parents", "forum", "2024-09", "", "Evening with the parent carer forum"),
        ("young_people", "other", "2024-09", "", "Young people's panel"),
        ("public", "web", "2025-02", "", "Pages of the local offer"),
        ("staff", "newsletter", "2025-02", "", "Letter to casework teams"),
    )
)
"""With the briefing of headteachers every audience has its event within the year."""

engagement = Register(
    name="engagement",
    title="Engagement",
    unit="one event, or a number alike",
    source="Programme communications",
    key="event",
    named_by="title",
    help="Events with schools, families and staff: who was reached, what they said and what changed.",
    begins="month",
    systems="G9",
    kept_by="programme_manager",
    used="Weekly",
    columns=(
        key("event"),
        text("title*+"),
        code("kind*", "briefing|area_briefing|network|training|chairs|forum|web|newsletter|other"),
        code("audience*", AUDIENCES),
        month("month*"),
        day("held_on"),
        whole("attended", "People who came"),
        whole("schools_represented"),
        whole("schools_invited"),
        number("share_percent", help="As printed"),
        code("feedback", "positive|mixed|negative|not_asked"),
        text("what_changed"),
        code("state*", "planned|held|cancelled"),
    ),
    rules=(
        must(
            "01",
            "More schools are represented than were invited",
            lambda r: r["schools_represented"] > r["schools_invited"],
            _EVENT | dict(schools_represented="91"),
            holds_for=dict(schools_represented="90"),
            given="schools_represented schools_invited",
            fix="Correct the two numbers.",
        ),
        query(
            "02",
            "Share and numbers disagree",
            lambda r: (
                r["schools_invited"] > 0
                and abs(Decimal(100) * r["schools_represented"] / r["schools_invited"] - r["share_percent"])
                > Decimal("0.5")
            ),
            _EVENT | dict(share_percent="67.3"),
            holds_for=dict(share_percent="67.1"),
            given="schools_represented schools_invited share_percent",
            fix="Correct one of them.",
        ),
        query(
            "03",
            "The feedback is mixed or negative and nothing is said to have changed",
            lambda r: r["state"] == "held" and r["feedback"] in ("mixed", "negative") and not r["what_changed"],
            _EVENT | dict(feedback="mixed"),
            fix="Say what changed, or why nothing did.",
        ),
    ),
    whole_rules=(
        query_all(
            "04",
            "The planned month is gone",
            lambda rows, at: [r for r in rows if r["state"] == "planned" and r["month"].last_day < at.as_at],
            (_EVENT | dict(state="planned"),),
            holds_for=dict(month="2025-04"),
            fix="Say whether it was held, or give the new month.",
        ),
        query_all(
            "05",
            "An audience has had no event in a year",
            _silent_year,
            (
                *(_EVENT | dict(event=one, audience=one) for one in list(AUDIENCES)[:-1]),
                _EVENT | dict(event="last", audience=list(AUDIENCES)[-1], month="2024-04"),
            ),
            holds_for=dict(month="2024-05"),
            fix="Plan one for them.",
        ),
    ),
    measures=(
        count("events", "events held, and planned", "fy(month); kind, audience, state, kind/state", _known),
        worked(
            "schools_reached",
            "schools represented; a school at two events counts twice",
            "fy(month); kind",
            _schools,
            where=lambda r, at: r["state"] == "held",
        ),
        each(
            "reach_pct",
            "schools represented of invited, else the share as printed",
            "all; event",
            _reach,
            unit="percent",
        ),
        pct(
            "answered_pct",
            "with what changed, of held with feedback",
            "fy(month)",
            lambda r, at: bool(r["what_changed"]),
            lambda r, at: r["state"] == "held" and r["feedback"] in ("positive", "mixed", "negative"),
        ),
    ),
    headline=(
        "{events:event is|events are} held or planned in {year}; {schools_reached:school was|schools were} represented."
    ),
    feeds=(Feed("report", "headlines", "engagement"),),
    example=(
        dict(
            event="heads-2025-03",
            title="Briefing of headteachers",
            kind="briefing",
            audience="headteachers",
            month="2025-03",
            held_on="2025-03-11",
            attended="75",
            schools_represented="60",
            schools_invited="90",
            feedback="mixed",
            what_changed="Dates of the budget are given earlier",
            state="held",
            source="worked example",
        ),
        *_OTHER_AUDIENCES,
    ),
    expects="""
        events | | | 2024-25 | 8
        events | audience | parents | 2024-25 | 1
        schools_reached | | | 2024-25 | 85
        reach_pct | event | heads-2025-03 | | 66.7
        answered_pct | | | 2024-25 | 100.0
    """,
)
