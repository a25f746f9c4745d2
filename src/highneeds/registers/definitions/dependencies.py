"""The register of dependencies: what is outside the council's hands."""

from collections.abc import Iterator, Sequence

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, deadline, key, pounds, refers, text, year
from highneeds.registers.mechanism.ladder import ladder
from highneeds.registers.mechanism.measure import count, median, total
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation

OUTSIDE = {
    "dfe": "Department for Education",
    "treasury": "Treasury",
    "nhs": "NHS",
    "tribunal": "Tribunal",
    "other_councils": "Other councils",
    "schools": "Schools",
    "providers": "Providers",
    "other": "Other",
}


def _open(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "open")


def _named_twice(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    held = {
        one["opening"] for one in at.others_of("openings") if not one.lacks(("places", "independent_gbp", "state_gbp"))
    }
    yield from (row for row in rows if row["effect_gbp"] is not None and held & set((row["openings"] or "").split()))


_ASKED = dict(
    dependency="d1",
    title="x",
    outside="dfe",
    ask="Decide",
    asked_on="2025-02-01",
    answer="none",
    state="open",
    risk_item="1.1",
)

dependencies = Register(
    name="dependencies",
    title="Dependencies",
    unit="one dependency",
    source="Monitoring reports; letters",
    key="dependency",
    named_by="title",
    help="What others have to decide or do, what was asked of them, by when, and what it costs to wait.",
    systems="G6",
    kept_by="programme_manager",
    decides="director",
    decided="escalated_on",
    used="Each report",
    columns=(
        key("dependency"),
        text("title*+"),
        code("outside*", OUTSIDE),
        text("ask*", "What is asked"),
        day("asked_on"),
        deadline("needed_by"),
        code("answer*", "none|partly|agreed|refused"),
        day("answered_on"),
        refers("openings", "openings", several=True),
        refers("savings", "savings", several=True),
        refers("risk_item", "risk_items"),
        pounds("effect_gbp"),
        year("effect_year"),
        day("escalated_on"),
        code("state*", "open|answered|closed"),
    ),
    ladder=ladder("open(asked_on) < answered(answered_on) < closed", ends="closed"),
    clocks=(clock("needed_by", "needed_by", stops="answered_on"),),
    rules=(
        must(
            "02",
            "It is answered without its day",
            lambda r: r["state"] == "answered" and r["answered_on"] is None,
            _ASKED | dict(state="answered"),
            fix="Give the day of the answer.",
        ),
        query(
            "03",
            "It names no risk, opening or saving",
            lambda r: not (r["risk_item"] or r["openings"] or r["savings"]),
            _ASKED | dict(risk_item=""),
            fix="Say what waits for it.",
        ),
    ),
    whole_rules=(
        query_all(
            "01",
            "It has been open for 60 days without an answer and is not escalated",
            lambda rows, at: [
                r
                for r in rows
                if _open(r, at)
                and r["asked_on"]
                and r["answer"] == "none"
                and r["escalated_on"] is None
                and (at.as_at - r["asked_on"]).days >= 60
            ],
            (_ASKED,),
            holds_for=dict(asked_on="2025-02-02"),
            fix="Escalate it.",
        ),
        query_all(
            "04",
            "Its effect and the places lost of an opening are the same pounds",
            _named_twice,
            (_ASKED | dict(effect_gbp="100.00", openings="elm"),),
            others={"openings": (dict(opening="elm", places="60", independent_gbp="60000.00", state_gbp="25000.00"),)},
            fix="Leave the effect empty: the opening counts it.",
        ),
    ),
    measures=(
        count("open", "open dependencies", "as_at; outside, answer", _open),
        median(
            "waiting_days",
            "days since they were asked, the middle one",
            "as_at; outside",
            lambda r, at: (at.day - r["asked_on"]).days,
            needs="asked_on",
            where=_open,
        ),
        total("effect_gbp", "what waiting costs", "row(effect_year); outside", or_fact="effect_gbp", aside=True),
    ),
    headline="{open:decision of others is|decisions of others are} open, {waiting_days:day|days|0 days} in the middle.",
    feeds=(Feed("report", "risk 1", "factors"), Feed("account", "delay", "what waiting costs")),
    example=(
        dict(
            dependency="builder",
            title="Decision on the builder of Elm School",
            outside="dfe",
            ask="Approve the new tender",
            asked_on="2025-02-03",
            needed_by="2025-06-30",
            answer="none",
            effect_gbp="500000.00",
            effect_year="2025-26",
            risk_item="1.1",
            state="open",
            source="worked example",
        ),
    ),
    expects="""
        open | | | 2025-04-02 | 1
        waiting_days | outside | dfe | 2025-04-02 | 58.0
        effect_gbp | | | 2025-26 | 500000.00
    """,
)
