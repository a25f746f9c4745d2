"""The register of consultations: who was asked, and what followed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, month, refers, text, whole
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import count, each, gap
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, as_day
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import Situation


def _responses(rows: Sequence[RegisterRow], at: Situation) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in at.others_of("consultation_responses"):
        sums[one["consultation"]] = sums.get(one["consultation"], 0) + (one["responses"] or 0)
    return sums


def _decided_too_soon(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        decision = at.row_of("decisions", row["decision"]) if row["decision"] else None
        taken = decision and (decision["taken_on"] or as_day(decision["taken"]))
        if taken and row["closed_on"] and taken < row["closed_on"]:
            yield row


def _short(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        known = row["kind"] == "public" and row["opened_on"] and row["closed_on"]
        if known and (row["closed_on"] - row["opened_on"]).days + 1 < at.setting("consult_days"):
            yield row


def _too_many_responses(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    sums = _responses(rows, at)
    yield from (r for r in rows if r["responses"] is not None and sums.get(r["consultation"], 0) > r["responses"])


_ASKED = dict(
    consultation="c1",
    title="x",
    kind="public",
    opened_on="2025-01-01",
    closed_on="2025-02-11",
    responses="100",
    equality_assessment="EqIA 1",
    state="closed",
    audience="Everybody",
)


def _weeks_open(row: RegisterRow, at: Situation) -> Any:
    if row["closed_on"] > at.as_at:
        return gap(f"it closes on {row['closed_on']}")
    return Decimal((row["closed_on"] - row["opened_on"]).days + 1) / 7


consultations = Register(
    name="consultations",
    title="Consultations",
    unit="one consultation",
    source="Consultation pages of the council",
    key="consultation",
    named_by="title",
    help="Who was asked, for how long, how many answered, and when they heard what follows.",
    systems="G7 F9",
    kept_by="programme_manager",
    decides="director",
    used="Each consultation",
    klass="public",
    columns=(
        key("consultation"),
        text("title*+"),
        code("kind*", "public|targeted|statutory|not_stated"),
        month("opened+"),
        day("opened_on"),
        day("closed_on"),
        text("audience+"),
        whole("responses+"),
        whole("events"),
        text("equality_assessment"),
        day("outcome_published_on"),
        refers("decision", "decisions"),
        code("state*", "planned|open|closed|analysed|reported"),
    ),
    ladder=ladder(
        "planned < open(opened_on) < closed(closed_on) < analysed < reported(outcome_published_on)", ends="reported"
    ),
    moves=moves("analysed > reported D", "closed > reported D"),
    clocks=(clock("outcome", "closed_on", months=3, stops="outcome_published_on"),),
    rules=(
        must(
            "01",
            "It closed before it opened",
            lambda r: r["closed_on"] < r["opened_on"],
            _ASKED | dict(closed_on="2024-12-31"),
            holds_for=dict(closed_on="2025-01-01"),
            given="closed_on opened_on",
            fix="Correct whichever day is wrong.",
        ),
        query(
            "04",
            "It is reported and names no decision",
            lambda r: r["state"] == "reported" and not r["decision"],
            _ASKED | dict(state="reported"),
            fix="Name the decision that followed.",
        ),
        query(
            "07",
            "There is no equality assessment",
            lambda r: r["state"] != "planned" and not r["equality_assessment"],
            _ASKED | dict(equality_assessment=""),
            fix="Name the assessment.",
        ),
    ),
    whole_rules=(
        query_all(
            "02",
            "It is public and was open for fewer days than the council's rule",
            _short,
            (_ASKED | dict(closed_on="2025-02-10"),),
            holds_for=dict(closed_on="2025-02-11"),
            fix="Say why it was short.",
        ),
        must_all(
            "03",
            "The decision was taken before it closed",
            _decided_too_soon,
            (_ASKED | dict(decision="d1"),),
            holds_for={"decisions.taken_on": "2025-02-11"},
            others={"decisions": (dict(decision="d1", taken_on="2025-02-10"),)},
            fix="Decide after it closes.",
        ),
        must_all(
            "05",
            "The groups add to more than the responses",
            _too_many_responses,
            (_ASKED,),
            holds_for={"consultation_responses.responses": "100"},
            others={"consultation_responses": (dict(row="1", consultation="c1", responses="101"),)},
            fix="Correct the groups or the total.",
        ),
    ),
    measures=(
        count("consultations", "consultations that opened", "as_at; kind, state", lambda r, at: at.reached(r, "open")),
        count(
            "responses",
            "responses",
            "all; consultation",
            of=lambda r, at: r["responses"],
            needs="responses",
            aside=True,
        ),
        each(
            "weeks_open",
            "days from opening to closing, both included, / 7",
            "all; consultation",
            _weeks_open,
            needs="opened_on closed_on",
            unit="weeks",
        ),
    ),
    headline="{consultations:consultation was|consultations were} held, with {responses:response|responses}.",
    feeds=(
        Feed("saving", "gates", "the consultation of a saving"),
        Feed("assurance", "conditions 1 and 8", "evidence"),
    ),
    example=(
        dict(
            consultation="teaching",
            title="Specialist teaching in house",
            kind="public",
            opened_on="2024-09-09",
            closed_on="2024-10-20",
            audience="Schools and families",
            responses="520",
            events="4",
            equality_assessment="EqIA 24/31",
            state="analysed",
            source="worked example",
        ),
    ),
    expects="""
        consultations | | | 2025-04-02 | 1
        responses | | | | 520
        weeks_open | consultation | teaching | | 6.0
    """,
)
