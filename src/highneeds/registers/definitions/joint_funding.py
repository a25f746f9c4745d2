"""The register of joint funding: what health was asked to pay, what was decided, and how the cost is shared."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.registers.definitions._shared import PANEL_DECISIONS, same_child
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, deadline, key, number, pounds, refers, text
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, lacking, pct, share, total, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation

DECISIONS = PANEL_DECISIONS
SHARES = ("education_percent", "health_percent", "care_percent")


def _decided(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "agreed part declined")


def _granted(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "agreed part")


def _in_force(row: RegisterRow, at: Situation) -> bool:
    return _granted(row, at) and at.live(row, "starts_on", "ends_on")


def health_share(row: RegisterRow) -> Decimal:
    """Health's part of the yearly cost, in pence and their parts: a sum is rounded once, at its end."""
    whole: int = row["annual_cost_gbp"]
    return whole * Decimal(row["health_percent"]) / 100


def _billed(row: RegisterRow) -> int:
    return row["billed_gbp"] or 0


def _exposed(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    empty = [row for row in rows if row["health_percent"] is None]
    if empty:
        return gap(lacking(empty, rows, "health_percent"))
    return MeasureValue(sum(health_share(row) for row in rows) * icb_cut(at) / 100)


def icb_cut(at: Situation) -> Decimal:
    """The cut of the integrated care board's budget in percent: the setting, else the fact that states it."""
    given = at.settings.get("icb_cut_percent")
    if given is not None:
        return Decimal(given)
    if not at.facts or "icb_budget_reduction" not in at.facts:
        return Decimal(50)
    fact = at.facts["icb_budget_reduction"]
    value = fact.value or Decimal(50)
    return value * 100 if fact.unit in ("share", "ratio", "fraction") else value


def _billed_otherwise(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        book = at.row_of("commitments", row["commitment"])
        granted = row["health_percent"] is not None and row["decision"] in ("agreed", "part")
        if book and granted and abs((book["health_gbp"] or 0) - health_share(row)) > 100:
            yield row


_AGREED = dict(
    application="j1",
    child="1",
    commitment="c1",
    decision="agreed",
    annual_cost_gbp="90000.00",
    health_percent="30",
    applied_on="2024-05-01",
    decided_on="2024-06-01",
    starts_on="2024-07-01",
)

joint_funding = Register(
    name="joint_funding",
    title="Joint funding with health and care",
    unit="one application",
    source="Joint funding panel; section 75 and continuing care agreements",
    key="application",
    help="Applications to share the cost of a placement, their outcome, and what is recovered.",
    systems="F12",
    kept_by="finance_partner",
    decides="finance_partner director",
    used="The month of the panel",
    klass="casework",
    columns=(
        key("application", "Reference"),
        refers("commitment", "commitments", help="The commitment whose cost is shared"),
        day("applied_on*"),
        code("decision*", DECISIONS),
        day("decided_on"),
        pounds("annual_cost_gbp*", "Cost a year"),
        number("education_percent", "Education"),
        number("health_percent", "Health"),
        number("care_percent", "Care"),
        pounds("billed_gbp", "Billed to health"),
        pounds("received_gbp", "Received from health"),
        text("agreement", "Agreement it rests on"),
        child(),
        code("panel", "joint|continuing_care|section_117|tripartite|other"),
        text("icb", "Integrated care board"),
        code("outcome_reason", "need_shown|no_health_need|evidence_short|dispute|other"),
        day("starts_on"),
        deadline("ends_on", help="The day to renew it by"),
        day("dispute_from"),
        day("dispute_to"),
    ),
    ladder=ladder("pending(applied_on) < agreed|part|declined(decided_on)", column="decision", ends="declined"),
    moves=moves(
        "pending > agreed D: decided_on education_percent health_percent care_percent agreement starts_on",
        "pending > part|declined D: decided_on",
    ),
    clocks=(
        clock("panel", "applied_on", days="panel_days", stops="decided_on", pauses=(("dispute_from", "dispute_to"),)),
    ),
    rules=(
        must(
            "01",
            "The shares of education, health and care do not add to 100",
            lambda r: any(r[s] is not None for s in SHARES) and sum(r[s] or 0 for s in SHARES) != 100,
            dict(application="j1", education_percent=Decimal(50), health_percent=Decimal(30), care_percent=Decimal(10)),
            fix="Correct the shares of education, health and care so that they add to 100.",
        ),
        query(
            "02",
            "Health agreed a share and nothing is billed",
            lambda r: r["decision"] in ("agreed", "part") and r["health_percent"] and r["billed_gbp"] is None,
            dict(application="j1", decision="agreed", health_percent=Decimal(30), billed_gbp=None),
            fix="Bill the share to the integrated care board, or record that it was paid.",
        ),
        must(
            "03",
            "It is decided without its day, or before it was made",
            lambda r: r["decision"] != "pending" and (r["decided_on"] is None or r["decided_on"] < r["applied_on"]),
            dict(application="j1", decision="declined", applied_on="2024-05-02", decided_on="2024-05-01"),
            holds_for=dict(decided_on="2024-05-02"),
            fix="Give the day of the panel.",
        ),
        must(
            "04",
            "It is declined and health has a share",
            lambda r: r["decision"] == "declined" and r["health_percent"],
            dict(application="j1", decision="declined", health_percent="10"),
            fix="Correct the decision or the share.",
        ),
        query(
            "06",
            "More is received than billed",
            lambda r: r["received_gbp"] > (r["billed_gbp"] or 0),
            dict(application="j1", billed_gbp="100.00", received_gbp="100.01"),
            holds_for=dict(received_gbp="100.00"),
            given="received_gbp",
            fix="Check bill and payment.",
        ),
        query(
            "08",
            "It is declined without a reason",
            lambda r: r["decision"] == "declined" and not r["outcome_reason"],
            dict(application="j1", decision="declined"),
            fix="Give the reason of the panel.",
        ),
    ),
    whole_rules=(
        query_all(
            "05",
            "The commitment's share of health is another one",
            _billed_otherwise,
            (_AGREED,),
            holds_for={"commitments.health_gbp": "26999.00"},
            others={"commitments": (dict(commitment="c1", health_gbp="26998.99"),)},
            fix="Bring the commitment book up to date.",
        ),
        query_all(
            "07",
            "One child has two agreed applications on a common day",
            lambda rows, at: same_child(
                [r for r in rows if r["decision"] in ("agreed", "part")], "starts_on", "ends_on"
            ),
            (_AGREED | dict(ends_on="2025-03-31"), _AGREED | dict(application="j2", starts_on="2025-03-31")),
            holds_for=dict(starts_on="2025-04-01"),
            fix="End the first before the second begins.",
        ),
    ),
    measures=(
        count("applications", "every application", "fy(applied_on); decision, panel"),
        pct(
            "agreed_pct",
            "agreed and part, of all decided of the year's applications",
            "fy(applied_on); panel",
            _granted,
            _decided,
        ),
        total(
            "health_gbp",
            "yearly cost x health's share, agreed and part",
            "fy(applied_on)",
            lambda r, at: health_share(r),
            needs="health_percent",
            where=_granted,
        ),
        total(
            "health_in_force_gbp",
            "the same, in force on the day",
            "as_at; icb",
            lambda r, at: health_share(r),
            needs="health_percent",
            where=_in_force,
        ),
        share(
            "health_share_pct",
            "health's share of the yearly cost of the same rows",
            "fy(applied_on)",
            lambda r, at: health_share(r),
            lambda r, at: r["annual_cost_gbp"],
            needs="health_percent",
            where=_granted,
            money=True,
        ),
        total(
            "billed_gbp",
            "billed of agreed and part; empty is none",
            "fy(applied_on)",
            needs="billed_gbp",
            empty_is_none=True,
            where=_granted,
        ),
        total(
            "received_gbp",
            "received of agreed and part; empty is none",
            "fy(applied_on)",
            needs="received_gbp",
            empty_is_none=True,
            where=_granted,
        ),
        total(
            "unbilled_gbp",
            "health's share less what is billed",
            "fy(applied_on)",
            lambda r, at: health_share(r) - _billed(r),
            needs="health_percent",
            where=_granted,
        ),
        total(
            "owed_gbp",
            "billed less received",
            "fy(applied_on)",
            lambda r, at: _billed(r) - (r["received_gbp"] or 0),
            where=_granted,
        ),
        worked(
            "exposed_gbp",
            "health's share in force x the cut of the integrated care board",
            "as_at; icb",
            _exposed,
            where=_in_force,
            unit="gbp",
        ),
    ),
    headline="{agreed_pct} of the applications of {year} were agreed; {owed_gbp} is owed by health.",
    feeds=(
        Feed("forecast", "joint_funding", "the share of the lever"),
        Feed("account", "deductions", "what others contribute"),
        Feed("assurance", "condition 9", "evidence"),
    ),
    example=(
        dict(
            application="JF-017",
            applied_on="2024-05-02",
            decision="agreed",
            decided_on="2024-06-20",
            annual_cost_gbp="90000.00",
            education_percent="60",
            health_percent="30",
            care_percent="10",
            billed_gbp="27000.00",
            received_gbp="13500.00",
            agreement="Section 75 of 2023",
            panel="joint",
            outcome_reason="need_shown",
            starts_on="2024-07-01",
            source="worked example",
        ),
        dict(
            application="JF-018",
            applied_on="2024-06-11",
            decision="declined",
            decided_on="2024-07-18",
            annual_cost_gbp="64000.00",
            panel="joint",
            outcome_reason="no_health_need",
            source="worked example",
        ),
        dict(
            application="JF-019",
            applied_on="2025-03-14",
            decision="pending",
            annual_cost_gbp="71000.00",
            panel="joint",
            source="worked example",
        ),
    ),
    expects="""
        applications | | | 2024-25 | 3
        agreed_pct | | | 2024-25 | 50.0
        health_gbp | | | 2024-25 | 27000.00
        health_in_force_gbp | | | 2025-04-02 | 27000.00
        health_share_pct | | | 2024-25 | 30.0
        unbilled_gbp | | | 2024-25 | 0.00
        owed_gbp | | | 2024-25 | 13500.00
        exposed_gbp | | | 2025-04-02 | 13500.00
    """,
)
