"""The register of school deficits: schools that cannot balance, and their plans."""

from collections.abc import Sequence
from datetime import date

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, deadline, key, pounds, refers, text, year, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, left_aside, pct, share, total, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, must_all, query, twice
from highneeds.registers.mechanism.situation import Situation


def _short(row: RegisterRow, at: Situation) -> bool:
    return row["forecast_balance_gbp"] is not None and row["forecast_balance_gbp"] < 0


def _in_deficit(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    unknown = counted(row for row in rows if row["forecast_balance_gbp"] is None)
    number = counted(row for row in rows if _short(row, at))
    reason = left_aside(unknown, counted(rows), "no forecast_balance_gbp")
    return MeasureValue(number, part=number, reason=reason)


school_deficits = Register(
    name="school_deficits",
    title="Schools in deficit",
    unit="one school in one year",
    source="School budgets; scheme for financing schools",
    key="row",
    named_by="school",
    help="Schools whose budget does not balance, their recovery plans, licences and support.",
    systems="F8",
    kept_by="finance_partner",
    decides="section_151",
    used="Budget plans in May; half-yearly",
    columns=(
        key("row"),
        text("school*+"),
        text("urn*", "URN"),
        code(
            "phase*",
            {
                "primary": "Primary",
                "secondary": "Secondary",
                "special": "Special",
                "pru": "Pupil referral unit",
                "all_through": "All-through",
            },
        ),
        year("financial_year*"),
        yes_no("maintained*"),
        pounds("budget_share_gbp"),
        pounds("opening_balance_gbp"),
        pounds("forecast_balance_gbp", help="Below 0 is a deficit"),
        deadline("plan_due_on*"),
        day("plan_received_on"),
        year("recovers_by"),
        day("licensed_on"),
        day("notice_of_concern_on"),
        code("support", "none|deficit_team|resource_adviser|both"),
        day("support_on"),
        refers("provision", "resourced_provisions"),
        code("state*", "watch|plan_due|plan_received|licensed|not_accepted|recovered|left"),
    ),
    ladder=ladder(
        "watch < plan_due < plan_received(plan_received_on) < licensed(licensed_on) < recovered",
        side="not_accepted left",
        ends="recovered",
    ),
    moves=moves("plan_received > licensed D: recovers_by licensed_on"),
    clocks=(clock("plan", "plan_due_on", stops="plan_received_on"),),
    rules=(
        must(
            "01",
            "The school is not maintained",
            lambda r: r["maintained"] is False,
            dict(row="1", maintained="no"),
            fix="An academy's deficit is not the council's: take the row out of the list by state left.",
        ),
        must(
            "03",
            "It is licensed before the plan came",
            lambda r: r["licensed_on"] and (r["plan_received_on"] is None or r["licensed_on"] < r["plan_received_on"]),
            dict(row="1", plan_received_on="2025-05-31", licensed_on="2025-05-30"),
            holds_for=dict(licensed_on="2025-05-31"),
            fix="Correct whichever day is wrong.",
        ),
        query(
            "04",
            "It recovers later than three years on",
            lambda r: r["recovers_by"].start - r["financial_year"].start > 3,
            dict(row="1", financial_year="2025-26", recovers_by="2029-30"),
            holds_for=dict(recovers_by="2028-29"),
            given="recovers_by financial_year",
            fix="Ask for a plan within three years.",
        ),
        query(
            "05",
            "The deficit is above 5% of the budget share and there is no support",
            lambda r: -r["forecast_balance_gbp"] * 100 > 5 * r["budget_share_gbp"] and r["support"] in (None, "none"),
            dict(row="1", budget_share_gbp="1000000.00", forecast_balance_gbp="-50000.01"),
            holds_for=dict(forecast_balance_gbp="-50000.00"),
            given="forecast_balance_gbp budget_share_gbp",
            fix="Offer the deficit team or a resource adviser.",
        ),
        query(
            "06",
            "It is called recovered with a forecast below 0",
            lambda r: r["state"] == "recovered" and r["forecast_balance_gbp"] < 0,
            dict(row="1", state="recovered", forecast_balance_gbp="-0.01"),
            holds_for=dict(forecast_balance_gbp="0.00"),
            given="forecast_balance_gbp",
            fix="Correct the state or the forecast.",
        ),
    ),
    whole_rules=(
        must_all(
            "02",
            "The school stands twice in the year",
            lambda rows, at: twice(rows, "urn", "financial_year"),
            (dict(row="1", urn="118", financial_year="2025-26"), dict(row="2", urn="118", financial_year="2025-26")),
            fix="Keep one row for each school and year.",
        ),
    ),
    measures=(
        worked("in_deficit", "schools with a forecast below 0", "row; phase", _in_deficit),
        total(
            "deficit_gbp",
            "what those forecasts are below 0",
            "row; phase",
            lambda r, at: -r["forecast_balance_gbp"],
            where=_short,
        ),
        share(
            "deficit_pct",
            "deficit of the budget shares of the same schools",
            "row; phase",
            lambda r, at: -r["forecast_balance_gbp"],
            lambda r, at: r["budget_share_gbp"],
            where=_short,
            needs="budget_share_gbp",
            aside=True,
            money=True,
        ),
        pct(
            "plans_in_pct",
            "plans received by their day, of plans due by now",
            "as_at; phase",
            lambda r, at: r["plan_received_on"] is not None and r["plan_received_on"] <= min(r["plan_due_on"], at.day),
            lambda r, at: r["plan_due_on"] <= at.day,
        ),
        count("licensed", "schools with a licensed deficit", "as_at", lambda r, at: at.is_(r, "licensed")),
    ),
    headline=(
        "{in_deficit:school forecasts|schools forecast} a deficit, together {deficit_gbp}; "
        "{plans_in_pct} of plans came in time."
    ),
    feeds=(Feed("report", "risk 1", "a factor"), Feed("report", "forum", "the watch list")),
    example=(
        dict(
            row="118-2025",
            school="Ash Primary School",
            urn="118001",
            phase="primary",
            financial_year="2025-26",
            maintained="yes",
            budget_share_gbp="2000000.00",
            opening_balance_gbp="-20000.00",
            forecast_balance_gbp="-90000.00",
            plan_due_on="2025-05-31",
            plan_received_on="2025-05-28",
            support="deficit_team",
            state="plan_received",
            source="worked example",
        ),
        dict(
            row="119-2025",
            school="Elm Primary School",
            urn="119001",
            phase="primary",
            financial_year="2025-26",
            maintained="yes",
            budget_share_gbp="1000000.00",
            forecast_balance_gbp="15000.00",
            plan_due_on="2025-05-31",
            state="plan_due",
            source="worked example",
        ),
    ),
    example_as_at=date(2025, 6, 2),
    expects="""
        in_deficit | | | 2025-26 | 1
        deficit_gbp | | | 2025-26 | 90000.00
        deficit_pct | | | 2025-26 | 4.5
        plans_in_pct | | | 2025-06-02 | 50.0
        licensed | | | 2025-06-02 | 0
    """,
)
