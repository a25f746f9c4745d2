"""The register of tuition packages: education otherwise than at school, and the way back."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from highneeds.registers.definitions._shared import S251_LINES
from highneeds.registers.mechanism.cases import CaseOnDay
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, deadline, key, number, pounds, refers, text
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, median, pct, share, tally, total, worked
from highneeds.registers.mechanism.reckoning import in_year
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation, distinct


def runs(row: RegisterRow, at: Situation) -> bool:
    """Running on the day: begun by it, and its end empty or after it."""
    return (
        row["state"] != "proposed"
        and row["starts_on"] <= at.day
        and (row["ends_on"] is None or row["ends_on"] > at.day)
    )


def weekly(row: RegisterRow) -> Any:
    """Hours x rate and the rest of the week, in pence; None without a rate."""
    rate = row["rate_gbp"]
    return None if rate is None else row["hours_per_week"] * rate + (row["other_weekly_gbp"] or 0)


def annual(row: RegisterRow, at: Situation) -> Any:
    weeks = row["weeks_per_year"]
    week = weekly(row)
    return None if week is None else week * Decimal(at.setting("weeks_per_year") if weeks is None else weeks)


def _average(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    if not rows:
        return gap("nothing in the whole")
    return MeasureValue(Decimal(sum(annual(row, at) for row in rows)) / distinct(rows, "child"))


def _too_many_hours(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    """A package above 25 hours for each child, or packages of one child that run on and are above 25 together."""
    hours: dict[str, Decimal] = {}
    for row in rows:
        together = row["hours_per_week"]
        if row["child"] and (row["ends_on"] is None or row["ends_on"] > at.as_at):
            together = hours[row["child"]] = hours.get(row["child"], Decimal(0)) + row["hours_per_week"]
        if together > 25 * row.n:
            yield row


def _other_cost(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        book, cost = at.row_of("commitments", row["commitment"]), annual(row, at)
        if book and cost is not None and abs(cost - book["annual_cost_gbp"]) > book["annual_cost_gbp"] / Decimal(100):
            yield row


_RUNS = dict(
    package="p1",
    child="1",
    kind="eotas",
    basis="section_61_plan",
    hours_per_week="25",
    rate_gbp="40.00",
    starts_on="2024-04-01",
    review_due_on="2025-07-01",
    return_plan="not_suitable",
    state="running",
    line="1.2.5",
)

tuition_packages = Register(
    name="tuition_packages",
    title="Tuition packages",
    unit="one package of one child",
    source="Casework and finance; Children and Families Act 2014 section 61, Education Act 1996 section 19",
    key="package",
    named_by="provider",
    help="Education otherwise than at school: hours, rate, cost, review, and the way back.",
    systems="D10 D9",
    kept_by="condition_owner",
    decides="finance_partner",
    used="Weekly; reviewed each term",
    klass="casework",
    columns=(
        key("package"),
        child(),
        code(
            "kind*",
            {
                "eotas": "Education otherwise than at school",
                "interim_tuition": "Interim tuition",
                "medical": "Medical",
                "hospital": "Hospital",
                "other": "Other",
            },
        ),
        code(
            "basis*",
            {
                "section_61_plan": "Section 61, in the plan",
                "section_19": "Section 19",
                "direct_payment": "Direct payment",
            },
        ),
        text("provider"),
        refers("lot", "framework_lots"),
        number("hours_per_week*"),
        pounds("rate_gbp*", "Rate", unit="an hour"),
        pounds("other_weekly_gbp", "Other cost", unit="a week"),
        number("weeks_per_year"),
        day("starts_on*"),
        day("ends_on"),
        code("end_reason", "returned|other_place|ceased|moved|not_needed"),
        deadline("review_due_on*"),
        day("reviewed_on"),
        code("return_plan*", "not_suitable|planned|under_way|returned"),
        code("return_to", "mainstream|srp|special|post16|work|none"),
        deadline("return_target_on"),
        day("returned_on"),
        code("line", S251_LINES, "Section 251 line"),
        refers("commitment", "commitments"),
        code("state*", "proposed|running|ended"),
    ),
    ladder=ladder("proposed < running(starts_on) < ended(ends_on)", ends="ended"),
    moves=moves("proposed > running D: rate_gbp hours_per_week review_due_on line", "running > ended K: end_reason"),
    clocks=(
        clock("review", "review_due_on", stops="reviewed_on"),
        clock("return", "return_target_on", stops="returned_on"),
    ),
    rules=(
        query(
            "02",
            "The rate is outside £15 to £150 an hour",
            lambda r: not 15_00 <= r["rate_gbp"] <= 150_00,
            dict(package="p1", rate_gbp="150.01"),
            holds_for=dict(rate_gbp="150.00"),
            given="rate_gbp",
            fix="Check the rate; is it for a day or a group?",
        ),
        must(
            "03",
            "It is otherwise than at school and does not rest on a plan's section 61",
            lambda r: r["kind"] == "eotas" and r["basis"] != "section_61_plan",
            dict(package="p1", kind="eotas", basis="section_19"),
            fix="Correct the kind or the basis.",
        ),
        must(
            "05",
            "The child returned and day or place are missing",
            lambda r: "returned" in (r["return_plan"], r["end_reason"]) and not (r["returned_on"] and r["return_to"]),
            dict(package="p1", return_plan="returned", returned_on="2025-01-06"),
            fix="Give the day and where to.",
        ),
        query(
            "07",
            "A return is called not suitable outside education otherwise than at school",
            lambda r: r["return_plan"] == "not_suitable" and r["kind"] != "eotas",
            dict(package="p1", kind="medical", return_plan="not_suitable"),
            fix="Plan the return, or correct the kind.",
        ),
    ),
    whole_rules=(
        query_all(
            "08",
            "The child has an open school placement in the caseload",
            lambda rows, at: [
                r for r in rows if runs(r, at) and r["child"] in (held := at.caseload()) and held[r["child"]].placed
            ],
            (_RUNS,),
            cases={"1": CaseOnDay(9, True)},
            fix="End one of the two, or correct the caseload.",
        ),
        query_all(
            "01",
            "The hours, or the child's packages together, are above 25 a week",
            _too_many_hours,
            (_RUNS, _RUNS | dict(package="p2", kind="other", hours_per_week="0.5")),
            holds_for=dict(hours_per_week="0"),
            fix="Check the hours; a school week has about 25.",
        ),
        query_all(
            "04",
            "It has run for a year and the return is only planned",
            lambda rows, at: [
                r
                for r in rows
                if r["state"] == "running" and r["return_plan"] == "planned" and (at.as_at - r["starts_on"]).days >= 365
            ],
            (_RUNS | dict(return_plan="planned", starts_on="2024-04-02"),),
            holds_for=dict(starts_on="2024-04-03"),
            fix="Agree what brings the child back.",
        ),
        query_all(
            "06",
            "The commitment's cost is another one, by more than 1%",
            _other_cost,
            (_RUNS | dict(commitment="c1", hours_per_week="15", weeks_per_year="39"),),
            others={"commitments": (dict(commitment="c1", annual_cost_gbp="23168.31"),)},
            holds_for={"commitments.annual_cost_gbp": "23168.32"},
            fix="Bring package and commitment together.",
        ),
    ),
    measures=(
        tally(
            "children",
            "different children in packages that run",
            "as_at; kind, basis",
            lambda rows, at: distinct(rows, "child"),
            where=runs,
        ),
        total(
            "weekly_gbp",
            "hours x rate and other cost, of running packages",
            "as_at; kind",
            lambda r, at: weekly(r),
            where=runs,
        ),
        total("annual_gbp", "weekly cost x weeks in a year, of running packages", "as_at; kind", annual, where=runs),
        total(
            "in_year_gbp",
            "yearly cost for the days of the year from start to end or 31 March",
            "fy; kind, line",
            lambda r, at: in_year(annual(r, at), r["starts_on"], r["ends_on"], at.year),
            where=lambda r, at: r["state"] != "proposed",
            since="starts_on",
        ),
        worked(
            "average_annual_gbp",
            "yearly cost of running packages for each child",
            "as_at; kind",
            _average,
            where=runs,
            unit="gbp",
            decimals=0,
        ),
        share(
            "average_hourly_gbp",
            "hours x rate over hours, of running packages",
            "as_at; kind",
            lambda r, at: r["hours_per_week"] * r["rate_gbp"],
            lambda r, at: r["hours_per_week"],
            where=runs,
            unit="gbp",
        ),
        pct(
            "returned_pct",
            "ended with a return, of ended",
            "fy(ends_on); kind",
            lambda r, at: r["end_reason"] == "returned",
            lambda r, at: at.is_(r, "ended"),
        ),
        count(
            "reviews_overdue",
            "running, the review due before the day and not done since",
            "as_at",
            lambda r, at: (
                runs(r, at)
                and r["review_due_on"] < at.day
                and not (r["reviewed_on"] is not None and r["review_due_on"] <= r["reviewed_on"] <= at.day)
            ),
        ),
        median(
            "weeks_running",
            "weeks since the start of running packages, the middle one",
            "as_at; kind",
            lambda r, at: Decimal((at.day - r["starts_on"]).days) / 7,
            where=runs,
            unit="weeks",
        ),
    ),
    headline="{children:child is|children are} educated otherwise than at school, for {annual_gbp} a year.",
    feeds=(
        Feed("indicator", "individual_provision_count", "children with a package that runs"),
        Feed("account", "variance", "the driver home tuition"),
    ),
    example=(
        dict(
            package="T-0101",
            child="000771",
            kind="eotas",
            basis="section_61_plan",
            provider="Bridge Tutors",
            hours_per_week="15",
            rate_gbp="40.00",
            other_weekly_gbp="60.00",
            starts_on="2025-01-06",
            review_due_on="2025-04-25",
            return_plan="planned",
            return_to="special",
            return_target_on="2025-09-01",
            line="1.2.5",
            state="running",
            source="worked example",
        ),
    ),
    expects="""
        children | | | 2025-04-02 | 1
        weekly_gbp | | | 2025-04-02 | 660.00
        annual_gbp | | | 2025-04-02 | 25740.00
        in_year_gbp | | | 2024-25 | 5994.25
        average_annual_gbp | | | 2025-04-02 | 25740.00
        average_hourly_gbp | | | 2025-04-02 | 40.00
        reviews_overdue | | | 2025-04-02 | 0
        weeks_running | | | 2025-04-02 | 12.3
    """,
)
