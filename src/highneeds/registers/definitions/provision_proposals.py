"""The register of proposals for provision, scored against need."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from highneeds.registers.definitions._shared import NEEDS, place_in
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, pounds, refers, text, whole
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import count, each, total
from highneeds.registers.mechanism.measuring import known
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation

SCORES = ("need_score", "pathway_score", "delivery_score", "value_score")


def score(row: RegisterRow, at: Situation) -> Any:
    """The four scores by their weights, from 0 to 100; None while one is missing."""
    if row.lacks(SCORES):
        return None
    return (
        sum(Decimal(weight) * row[name] for weight, name in zip(at.setting("proposal_weights"), SCORES, strict=True))
        / 5
    )


def _order(at: Situation) -> list[RegisterRow]:
    scored = [row for row in known(at) if score(row, at) is not None]
    return sorted(scored, key=lambda one: (-score(one, at), _capital(one), one["proposal"]))


def _capital(row: RegisterRow) -> Any:
    """Capital for each place; a proposal without it comes last."""
    return (
        Decimal(row["capital_gbp"]) / row["places"]
        if row["capital_gbp"] is not None and row["places"]
        else Decimal("Infinity")
    )


def _passed_over(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    best: dict[str, Any] = {}
    for row in rows:
        if row["state"] == "declined" and (found := score(row, at)) is not None:
            best[row["kind"]] = max(best.get(row["kind"], 0), found)
    for row in rows:
        if row["state"] == "approved" and (own := score(row, at)) is not None and best.get(row["kind"], 0) > own:
            yield row


def _over_the_money(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    entries = at.others_of("capital_allocations")
    left = sum(one["amount_gbp"] or 0 for one in entries if one["is"] == "allocation")
    own = {row["proposal"] for row in rows}
    left -= sum(
        one["amount_gbp"] or 0
        for one in entries
        if one["is"] == "scheme" and one["state"] != "cancelled" and one["proposal"] not in own
    )
    for row in rows:
        if row["state"] == "approved" and row["capital_gbp"] is not None:
            left -= row["capital_gbp"]
            if left < 0:
                yield row


_PROPOSAL = dict(
    proposal="p1",
    title="x",
    proposer="school",
    kind="srp",
    need_score="3",
    pathway_score="3",
    delivery_score="3",
    value_score="3",
    evidence="places",
    received_on="2025-01-10",
    state="approved",
    capital_gbp="100.00",
    places="10",
)

provision_proposals = Register(
    name="provision_proposals",
    title="Proposals for provision",
    unit="one proposal",
    source="Post-16 group and sufficiency board",
    key="proposal",
    named_by="title",
    help="What schools, colleges and providers propose, scored for need, pathway, delivery and value.",
    systems="D16 E5 E7",
    kept_by="condition_owner",
    decides="director",
    used="Each meeting of the group or board",
    columns=(
        key("proposal"),
        text("title*+"),
        code("proposer*", "school|college|trust|provider|council"),
        code(
            "kind*",
            {
                "post16": "Post-16",
                "srp": "Resourced provision",
                "special": "Special school",
                "ap": "Alternative provision",
                "early_years": "Early years",
                "accessibility": "Accessibility",
            },
        ),
        text("district", codes_from="districts"),
        code("need", NEEDS),
        whole("places"),
        pounds("capital_gbp"),
        pounds("revenue_gbp", unit="a year"),
        refers("gap", "pathway_gaps"),
        text("evidence", help="A figure of the forecast, or a fact"),
        *(whole(name, help="0 to 5") for name in SCORES),
        day("received_on*"),
        day("assessed_on"),
        day("decided_on"),
        whole("condition"),
        code("state*", "received|assessed|approved|declined|deferred|withdrawn"),
    ),
    ladder=ladder(
        "received(received_on) < assessed(assessed_on) < approved|declined|deferred(decided_on)",
        side="withdrawn",
        ends="approved declined",
    ),
    moves=moves(
        "received > assessed K: need_score pathway_score delivery_score value_score evidence",
        "assessed > approved D: decided_on",
        "assessed > declined|deferred D: decided_on",
        "deferred > approved D: decided_on",
        "deferred > declined D: decided_on",
    ),
    clocks=(clock("answer", "received_on", months=3, stops="decided_on"),),
    rules=(
        must(
            "01",
            "A score is outside 0 to 5",
            lambda r: any(r[c] is not None and not 0 <= r[c] <= 5 for c in SCORES),
            _PROPOSAL | dict(need_score="6"),
            holds_for=dict(need_score="5"),
            fix="Write it from 0 to 5.",
        ),
        must(
            "02",
            "It is assessed without the four scores and the evidence",
            lambda r: r["state"] in ("assessed", "approved", "declined", "deferred") and r.lacks((*SCORES, "evidence")),
            _PROPOSAL | dict(evidence=""),
            fix="Give the scores and what they rest on.",
        ),
        query(
            "05",
            "Its need is scored 4 or 5 and no gap or figure of the forecast is named",
            lambda r: r["need_score"] is not None and r["need_score"] >= 4 and not r["gap"] and not r["evidence"],
            _PROPOSAL | dict(need_score="4", evidence=""),
            holds_for=dict(need_score="3"),
            fix="Name the gap, or the figure of the forecast.",
        ),
    ),
    whole_rules=(
        query_all(
            "03",
            "It is approved although one with a higher score of its kind is declined",
            _passed_over,
            (_PROPOSAL, _PROPOSAL | dict(proposal="p2", value_score="4", state="declined")),
            holds_for=dict(value_score="3"),
            fix="Record what else decided.",
        ),
        query_all(
            "04",
            "The approved proposals cost more than the capital that is left",
            _over_the_money,
            (_PROPOSAL,),
            holds_for=dict(capital_gbp="99.99"),
            others={
                "capital_allocations": ({"entry": "a", "is": "allocation", "amount_gbp": "99.99", "state": "approved"},)
            },
            fix="Defer one, or find the capital.",
        ),
    ),
    measures=(
        count("proposals", "every proposal", "as_at; kind, state"),
        each(
            "score",
            "the four scores by their weights / 5",
            "all; proposal",
            score,
            needs="need_score pathway_score delivery_score value_score",
        ),
        each(
            "rank",
            "by score falling, capital for a place rising, name",
            "all; proposal",
            lambda r, at: place_in(at, r, lambda: _order(at)),
            needs="need_score pathway_score delivery_score value_score",
            unit="count",
        ),
        count(
            "approved_places",
            "places of what is approved",
            "as_at; kind",
            lambda r, at: at.is_(r, "approved"),
            of=lambda r, at: r["places"],
            needs="places",
            unit="places",
            aside=True,
        ),
        total(
            "approved_capital_gbp",
            "capital of what is approved",
            "as_at; kind",
            needs="capital_gbp",
            where=lambda r, at: at.is_(r, "approved"),
            aside=True,
        ),
    ),
    headline=(
        "{proposals:proposal|proposals}; "
        "{approved_places:place is|places are} approved, and {approved_capital_gbp} for them."
    ),
    feeds=(Feed("report", "capital_allocations", "what is bid for"), Feed("assurance", "condition 5", "evidence")),
    example=(
        dict(
            proposal="elm-unit",
            title="Unit at Elm School",
            proposer="school",
            kind="srp",
            district="North",
            need="ASD",
            places="24",
            capital_gbp="1200000.00",
            evidence="forecast of places, North",
            need_score="5",
            pathway_score="4",
            delivery_score="3",
            value_score="4",
            received_on="2025-01-10",
            assessed_on="2025-02-14",
            state="assessed",
            source="worked example",
        ),
    ),
    expects="""
        proposals | | | 2025-04-02 | 1
        score | proposal | elm-unit | | 84.0
        rank | proposal | elm-unit | | 1
        approved_places | | | 2025-04-02 | 0
        approved_capital_gbp | | | 2025-04-02 | 0.00
    """,
)
