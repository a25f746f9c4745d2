"""The register of recoupment: other councils' children, and what is owed for them."""

from datetime import date, timedelta

from highneeds.registers.definitions._shared import same_child
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, key, pounds, text, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import pct, tally, total
from highneeds.registers.mechanism.reckoning import in_year
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation, distinct
from highneeds.vocabulary.period import FinancialYear

AGES = (("0_30", 30), ("31_60", 60), ("61_90", 90), ("91_180", 180), ("181_365", 365))


def due_day(row: RegisterRow) -> date | None:
    """The day by which it is to be paid: as written, else 30 days after the bill."""
    written: date | None = row["due_on"]
    if written is not None:
        return written
    return row["billed_on"] + timedelta(days=30) if row["billed_on"] else None


def reckoned(row: RegisterRow) -> int:
    """The yearly fee for the days of the stretch, each financial year's part to the penny."""
    years = FinancialYear.of(row["from_day"]).through(FinancialYear.of(row["to_day"]))
    return sum(in_year(row["annual_gbp"], row["from_day"], row["to_day"], year) for year in years)


def _is_owed(row: RegisterRow, at: Situation) -> bool:
    billed = row["billed_on"] is not None and row["billed_on"] <= at.day
    return billed and not at.is_(row, "paid written_off to_bill")


def _owed(row: RegisterRow, at: Situation) -> int:
    """What was received after the day is still owed on it."""
    later = row["received_on"] is not None and row["received_on"] > at.day
    return int(row["billed_gbp"] - (0 if later else row["received_gbp"] or 0))


def _age(row: RegisterRow, at: Situation) -> str | None:
    """How long it is overdue; `disputed` while a dispute is open, and nothing for what is not owed."""
    due = due_day(row)
    if not _is_owed(row, at) or due is None:
        return None
    if (
        row["disputed_from"]
        and row["disputed_from"] <= at.day
        and (row["disputed_to"] is None or row["disputed_to"] > at.day)
    ):
        return "disputed"
    days = (at.day - due).days
    if days < 0:
        return "not_due"
    return next((name for name, most in AGES if days <= most), "over_365")


def _to_bill(row: RegisterRow, at: Situation) -> int:
    """What has run up by the day and is not billed."""
    if row["from_day"] > at.day:
        return 0
    end = min(row["to_day"], at.day)
    years = FinancialYear.of(row["from_day"]).through(FinancialYear.of(end))
    return sum(in_year(row["annual_gbp"], row["from_day"], end, year) for year in years)


def _own(at: Situation) -> str:
    if "la_number" not in at.council:
        raise NotAtHand("the council's number is not given")
    return str(at.council["la_number"])


_BILL = dict(
    bill="b1",
    child="1",
    home_council="210",
    looked_after="yes",
    basis="agreement",
    from_day="2025-04-01",
    to_day="2025-07-31",
    annual_gbp="20000.00",
    billed_gbp="6684.93",
    billed_on="2025-08-01",
    state="billed",
)

recoupment = Register(
    name="recoupment",
    title="Recoupment",
    unit="one bill for one child and stretch of time",
    source="Inter-authority recoupment; DfE high needs guide",
    key="bill",
    named_by="school",
    help="Children of other councils placed here, what their councils were billed, paid and dispute.",
    systems="D14",
    kept_by="finance_partner",
    decides="section_151",
    used="Each term",
    klass="casework",
    columns=(
        key("bill"),
        child(),
        text("home_council*", "Home council (LA number)"),
        yes_no("looked_after*"),
        code("basis*", "agreement|emergency_or_temporary|cross_border|plan_not_transferred|not_stated"),
        text("school"),
        day("from_day*", "From"),
        day("to_day*", "To"),
        pounds("annual_gbp*", "Fee a year", unit="a year"),
        day("billed_on"),
        pounds("billed_gbp"),
        day("due_on"),
        day("received_on"),
        pounds("received_gbp"),
        day("disputed_from"),
        day("disputed_to"),
        code("escalated_to", "none|finance_director|legal|dfe"),
        day("escalated_on"),
        day("plan_moved_on", help="The day the child moved here"),
        day("plan_received_on"),
        day("refused_on"),
        code("state*", "to_bill|billed|part_paid|paid|refused|written_off"),
    ),
    ladder=ladder(
        "to_bill < billed(billed_on) < part_paid < paid(received_on)",
        side="refused(refused_on) written_off",
        ends="paid",
    ),
    moves=moves(
        "to_bill > billed K: billed_gbp due_on",
        "billed > part_paid K: received_gbp",
        "billed > paid K: received_gbp received_on",
        "billed > written_off D",
        "refused > written_off D",
        "refused > paid K: received_gbp received_on",
    ),
    clocks=(
        clock(
            "pay",
            lambda r, at: due_day(r),
            stops="received_on",
            pauses=(("disputed_from", "disputed_to"),),
            basis="contract",
        ),
        clock(
            "plan transfer",
            "plan_moved_on",
            working_days=15,
            stops="plan_received_on",
            basis="statutory",
            source="SEND Regulations 2014, regulation 15",
        ),
    ),
    rules=(
        query(
            "01",
            "The bill differs by more than £1 from the fee for its days",
            lambda r: abs(r["billed_gbp"] - reckoned(r)) > 100,
            _BILL | dict(billed_gbp="6685.94"),
            holds_for=dict(billed_gbp="6685.93"),
            given="billed_gbp from_day to_day annual_gbp",
            fix="Correct the bill, the fee or the days.",
        ),
        must(
            "02",
            "More is received than billed, or it is paid with less than billed",
            lambda r: (
                (r["received_gbp"] or 0) > (r["billed_gbp"] or 0)
                or (r["state"] == "paid" and (r["received_gbp"] or 0) < (r["billed_gbp"] or 0))
            ),
            _BILL | dict(state="paid", received_gbp="6684.92"),
            holds_for=dict(received_gbp="6684.93"),
            fix="Correct the sums or the state.",
        ),
        query(
            "03",
            "No basis is stated: a looked-after child's fees are not normally recouped without agreement",
            lambda r: r["basis"] == "not_stated",
            dict(bill="b1", basis="not_stated"),
            fix="Name the agreement or the other ground.",
        ),
    ),
    whole_rules=(
        query_all(
            "04",
            "It has been refused for 90 days and is not escalated",
            lambda rows, at: [
                r
                for r in rows
                if r["state"] == "refused"
                and r["refused_on"]
                and (at.as_at - r["refused_on"]).days >= 90
                and r["escalated_to"] in (None, "none")
            ],
            (_BILL | dict(state="refused", refused_on="2025-09-11"),),
            holds_for=dict(refused_on="2025-09-12"),
            fix="Take it to the finance director.",
        ),
        must_all(
            "05",
            "The home council is this council",
            lambda rows, at: [r for r in rows if r["home_council"] == _own(at)],
            (_BILL | dict(home_council="886"),),
            council={"la_number": "886"},
            fix="Correct the home council.",
        ),
        must_all(
            "06",
            "Two bills of one child overlap",
            lambda rows, at: same_child(rows, "from_day", "to_day"),
            (_BILL, _BILL | dict(bill="b2", from_day="2025-07-31", to_day="2025-12-31")),
            holds_for=dict(from_day="2025-08-01"),
            fix="Bill each day once.",
        ),
    ),
    parted={"age": _age},
    parted_order={"age": ("not_due", *(name for name, _ in AGES), "over_365", "disputed")},
    measures=(
        tally(
            "children",
            "different children placed on the day",
            "as_at; home_council, looked_after",
            lambda rows, at: distinct(rows, "child"),
            where=lambda r, at: at.live(r, "from_day", "to_day"),
        ),
        total("billed_gbp", "sums billed", "fy(billed_on); home_council", needs="billed_gbp"),
        total("received_gbp", "sums received", "fy(received_on); home_council", needs="received_gbp"),
        total(
            "owed_gbp",
            "billed less received, of bills not paid and not written off",
            "as_at; home_council, age",
            _owed,
            needs="billed_gbp",
            where=_is_owed,
        ),
        pct(
            "refused_pct",
            "refused, of billed",
            "fy(billed_on); looked_after",
            lambda r, at: at.is_(r, "refused"),
            lambda r, at: r["state"] != "to_bill",
        ),
        total(
            "unbilled_gbp",
            "fees for the days up to the day that are not billed",
            "as_at",
            _to_bill,
            where=lambda r, at: r["state"] == "to_bill",
        ),
    ),
    headline="{owed_gbp} is owed by other councils; {refused_pct} of the bills of {year} are refused.",
    feeds=(
        Feed("account", "income", "due, and not in the forecast while refused"),
        Feed("report", "risk 1", "a factor"),
    ),
    example=(
        dict(
            bill="R-2025-014",
            child="000905",
            home_council="210",
            looked_after="yes",
            basis="agreement",
            school="Elm School",
            from_day="2025-04-01",
            to_day="2025-07-31",
            annual_gbp="20000.00",
            billed_on="2025-08-01",
            billed_gbp="6684.93",
            due_on="2025-09-01",
            state="billed",
            source="worked example",
        ),
    ),
    example_as_at=date(2025, 12, 10),
    expects="""
        children | | | 2025-12-10 | 0
        billed_gbp | | | 2025-26 | 6684.93
        owed_gbp | | | 2025-12-10 | 6684.93
        owed_gbp | age | 91_180 | 2025-12-10 | 6684.93
        refused_pct | | | 2025-26 | 0.0
        unbilled_gbp | | | 2025-12-10 | 0.00
    """,
)
