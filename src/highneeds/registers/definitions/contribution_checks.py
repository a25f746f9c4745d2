"""The register of contribution checks: is what is billed what the plan asks for?"""

from collections.abc import Iterator, Sequence
from datetime import date

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, key, number, pounds, refers
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import count, pct, total
from highneeds.registers.mechanism.reckoning import in_year
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.period import FinancialYear


def _agreed(row: RegisterRow, at: Situation) -> bool:
    return at.reached(row, "agreed")


def _saved(row: RegisterRow, at: Situation) -> int:
    return int(row["billed_gbp"] - row["agreed_gbp"])


def _billed_otherwise(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        book = at.row_of("commitments", row["commitment"])
        if book and book["annual_cost_gbp"] != row["billed_gbp"]:
            yield row


def _soon_again(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    last: dict[str, date] = {}
    for row in sorted(rows, key=lambda one: one["review_on"]):
        before = last.get(row["commitment"])
        if before and (row["review_on"] - before).days <= 90:
            yield row
        last[row["commitment"]] = row["review_on"]


_CHECK = dict(
    check="k1",
    child="1",
    commitment="c1",
    review_on="2025-01-10",
    billed_gbp="50000.00",
    result="over_provided",
    state="checked",
)

contribution_checks = Register(
    name="contribution_checks",
    title="Contribution checks",
    unit="one check at one review",
    source="Annual reviews; Children and Families Act 2014, section 42",
    key="check",
    help="At each review: what is billed, what the plan asks for and what is given, and what is agreed.",
    systems="D12",
    kept_by="condition_owner finance_partner",
    decides="finance_partner",
    used="Each annual review of an independent placement",
    klass="casework",
    columns=(
        key("check"),
        child(),
        refers("commitment*", "commitments"),
        day("review_on*"),
        pounds("billed_gbp*", unit="a year"),
        number("planned_hours"),
        number("provided_hours"),
        number("needed_hours"),
        code("result*", "as_planned|over_provided|under_delivered|not_in_plan|needs_changed"),
        day("queried_on"),
        day("answered_on"),
        day("plan_amended_on"),
        pounds("agreed_gbp", unit="a year"),
        day("effective_from"),
        code("state*", "checked|queried|agreed|disputed|closed"),
    ),
    ladder=ladder(
        "checked(review_on) < queried(queried_on) < agreed(answered_on) < closed", side="disputed", ends="closed"
    ),
    moves=moves("queried > agreed D: agreed_gbp effective_from"),
    clocks=(clock("answer", "queried_on", days="answer_days", stops="answered_on", basis="contract"),),
    rules=(
        must(
            "01",
            "Support is cut below what the plan asks for and the plan is not amended first",
            lambda r: (
                r["needed_hours"] < r["planned_hours"]
                and r["effective_from"] is not None
                and (r["plan_amended_on"] is None or r["plan_amended_on"] > r["effective_from"])
            ),
            _CHECK | dict(planned_hours="10", needed_hours="9.5", effective_from="2025-02-01"),
            holds_for=dict(needed_hours="10"),
            given="needed_hours planned_hours",
            fix="Amend the plan first: what it asks for has to be given.",
        ),
        must(
            "02",
            "More is agreed than billed",
            lambda r: r["agreed_gbp"] > r["billed_gbp"],
            _CHECK | dict(agreed_gbp="50000.01"),
            holds_for=dict(agreed_gbp="50000.00"),
            given="agreed_gbp billed_gbp",
            fix="Correct the two sums.",
        ),
        query(
            "03",
            "Less is given than planned and nothing is queried",
            lambda r: r["result"] == "under_delivered" and r["queried_on"] is None,
            _CHECK | dict(result="under_delivered"),
            fix="Query it with the provider.",
        ),
        must(
            "05",
            "Needs changed and it takes effect before the plan is amended",
            lambda r: (
                r["result"] == "needs_changed"
                and r["effective_from"] is not None
                and (r["plan_amended_on"] is None or r["effective_from"] < r["plan_amended_on"])
            ),
            _CHECK | dict(result="needs_changed", plan_amended_on="2025-02-02", effective_from="2025-02-01"),
            holds_for=dict(effective_from="2025-02-02"),
            fix="Correct the day.",
        ),
    ),
    whole_rules=(
        query_all(
            "04",
            "The commitment has another cost",
            _billed_otherwise,
            (_CHECK,),
            others={"commitments": (dict(commitment="c1", annual_cost_gbp="50000.01"),)},
            fix="Bring the commitment book up to date.",
        ),
        query_all(
            "06",
            "Two checks of a commitment within 90 days",
            _soon_again,
            (_CHECK, _CHECK | dict(check="k2", review_on="2025-04-10")),
            holds_for=dict(review_on="2025-04-11"),
            fix="Make them one.",
        ),
    ),
    measures=(
        count("checks", "every check", "fy(review_on); result"),
        pct("queried_pct", "queried, of checks", "fy(review_on)", lambda r, at: at.reached(r, "queried")),
        total(
            "reduced_gbp", "billed less agreed, a year", "fy(effective_from)", _saved, needs="agreed_gbp", where=_agreed
        ),
        total(
            "reduced_in_year_gbp",
            "the same from the day it takes effect to 31 March",
            "fy(effective_from)",
            lambda r, at: in_year(_saved(r, at), r["effective_from"], None, FinancialYear.of(r["effective_from"])),
            needs="agreed_gbp",
            where=_agreed,
        ),
        count(
            "under_delivered",
            "less given than planned",
            "fy(review_on)",
            lambda r, at: r["result"] == "under_delivered",
        ),
    ),
    headline="{checks:check|checks} in {year}, {queried_pct} queried; {reduced_gbp} a year was agreed off.",
    feeds=(
        Feed("account", "commitments", "a new price period"),
        Feed("saving", "savings.claims", "one pound, one claim"),
    ),
    example=(
        dict(
            check="K-01",
            child="000412",
            commitment="C-000412-1",
            review_on="2024-11-05",
            billed_gbp="52000.00",
            planned_hours="20",
            provided_hours="26",
            needed_hours="20",
            result="over_provided",
            queried_on="2024-11-12",
            answered_on="2024-12-03",
            agreed_gbp="47000.00",
            effective_from="2025-01-01",
            state="agreed",
            source="worked example",
        ),
        dict(
            check="K-02",
            child="000419",
            commitment="C-000419-1",
            review_on="2024-12-02",
            billed_gbp="48000.00",
            result="as_planned",
            state="checked",
            source="worked example",
        ),
    ),
    expects="""
        checks | | | 2024-25 | 2
        queried_pct | | | 2024-25 | 50.0
        reduced_gbp | | | 2024-25 | 5000.00
        reduced_in_year_gbp | | | 2024-25 | 1232.88
        under_delivered | | | 2024-25 | 0
    """,
)
