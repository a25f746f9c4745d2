"""The register of resourced provisions, and where their children go next."""

from collections.abc import Iterator, Sequence

from highneeds.registers.definitions._shared import NEEDS
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, key, month, refers, text, whole, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import count, pct
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import Situation

PROVISION_NEEDS = {**NEEDS, "mixed": "Mixed"}


def _open(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "open")


def _leads_on(row: RegisterRow, at: Situation) -> bool:
    """It leads to a secondary provision that is open."""
    there = {one["provision"]: one for one in at.rows}
    ahead = [there[name] for name in (row["leads_to"] or "").split() if name in there]
    return any(one["phase"] in ("secondary", "all_through") and _open(one, at) for one in ahead)


def _other_need(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    needs = {row["provision"]: row["need"] for row in rows}
    for row in rows:
        ahead = [needs[name] for name in (row["leads_to"] or "").split() if name in needs]
        if any("mixed" not in (row["need"], need) and need != row["need"] for need in ahead):
            yield row


def _other_places(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    held = [
        one
        for one in at.others_of("places")
        if one["kind"] == "srp" and one["urn"] and at.live(one, "from_day", "to_day")
    ]
    for row in rows:
        own = [one["places"] for one in held if one["urn"] == row["urn"]]
        if row["state"] == "open" and row["places"] is not None and own and sum(own) != row["places"]:
            yield row


_ELM = dict(provision="p1", phase="primary", need="ASD", opened="2023-09", places="16", state="open", urn="118")

resourced_provisions = Register(
    name="resourced_provisions",
    title="Resourced provisions",
    unit="one resourced provision or SEN unit",
    source="Sufficiency review; commissioning",
    key="provision",
    named_by="school",
    help="Resourced provisions that are proposed, planned and open, and the provisions their children go on to.",
    systems="E5",
    kept_by="condition_owner",
    decides="director",
    used="Sufficiency review, twice a year",
    columns=(
        key("provision"),
        text("school+"),
        text("urn", "URN"),
        text("district+", codes_from="districts"),
        code("phase*", "primary|secondary|all_through"),
        code("need*", PROVISION_NEEDS),
        whole("places"),
        month("planned_opening"),
        month("first_planned"),
        month("opened"),
        yes_no("brought_forward"),
        refers("leads_to", "resourced_provisions", several=True),
        refers("scheme", "capital_allocations"),
        refers("decision", "decisions"),
        code("state*", "proposed|approved|planned|open|closing|closed"),
    ),
    ladder=ladder("proposed < approved < planned < open(opened) < closing < closed", ends="closed"),
    moves=moves("approved > planned D: decision places planned_opening", "planned > open K: opened"),
    clocks=(clock("opening", "planned_opening", stops="opened"),),
    rules=(
        query(
            "01",
            "It is a primary provision, open, and leads to no secondary",
            lambda r: r["phase"] == "primary" and r["state"] == "open" and not r["leads_to"],
            _ELM,
            fix="Name the secondary provision, or record the gap in the pathway.",
        ),
        must(
            "03",
            "It is open without the month or its places",
            lambda r: r.n == 1 and r["state"] == "open" and (r["opened"] is None or r["places"] is None),
            _ELM | dict(opened=""),
            fix="Give the month in which it opened and its places.",
        ),
        query(
            "04",
            "It is called brought forward and was not first planned later",
            lambda r: r["brought_forward"] and r["first_planned"] <= r["planned_opening"],
            _ELM | dict(brought_forward="yes", first_planned="2025-09", planned_opening="2025-09"),
            holds_for=dict(first_planned="2025-10"),
            given="first_planned planned_opening",
            fix="Correct the months.",
        ),
    ),
    whole_rules=(
        must_all(
            "02",
            "It leads to another need and is not mixed",
            _other_need,
            (_ELM | dict(leads_to="p2"), _ELM | dict(provision="p2", phase="secondary", need="SEMH")),
            fix="Name a provision for the same need.",
        ),
        query_all(
            "05",
            "Its places differ from the register of places",
            _other_places,
            (_ELM,),
            others={"places": (dict(row="1", kind="srp", urn="118", from_day="2023-09-01", places="18"),)},
            fix="Correct whichever is out of date.",
        ),
    ),
    measures=(
        count("open", "provisions open on the day", "as_at; district, phase, need", _open),
        count(
            "open_places",
            "places of those",
            "as_at; district, phase",
            _open,
            of=lambda r, at: r["places"],
            needs="places",
            unit="places",
            aside=True,
        ),
        count(
            "brought_forward", "provisions that were brought forward", "all", lambda r, at: bool(r["brought_forward"])
        ),
        pct(
            "with_pathway_pct",
            "open primary provisions that lead to an open secondary one",
            "as_at; district, need",
            _leads_on,
            lambda r, at: _open(r, at) and r["phase"] == "primary",
        ),
    ),
    headline=(
        "{open:resourced provision is|resourced provisions are} open; "
        "{brought_forward:is|are|none are} brought forward."
    ),
    feeds=(
        Feed("forecast", "openings", "levers"),
        Feed("assurance", "condition 7", "evidence"),
        Feed("report", "forum", "what is open"),
    ),
    example=(
        dict(
            provision="ash-asd",
            school="Ash Primary School",
            urn="118001",
            district="North",
            phase="primary",
            need="ASD",
            places="16",
            opened="2023-09",
            leads_to="elm-asd",
            state="open",
            source="worked example",
        ),
        dict(
            provision="elm-asd",
            school="Elm Secondary School",
            urn="118002",
            district="North",
            phase="secondary",
            need="ASD",
            places="20",
            opened="2022-09",
            state="open",
            source="worked example",
        ),
        dict(
            provision="oak-semh",
            school="Oak Primary School",
            urn="118003",
            district="South",
            phase="primary",
            need="SEMH",
            places="12",
            planned_opening="2025-09",
            first_planned="2026-09",
            brought_forward="yes",
            state="planned",
            source="worked example",
        ),
    ),
    expects="""
        open | | | 2025-04-02 | 2
        open | district | North | 2025-04-02 | 2
        open_places | | | 2025-04-02 | 36
        brought_forward | | | | 1
        with_pathway_pct | | | 2025-04-02 | 100.0
    """,
)
