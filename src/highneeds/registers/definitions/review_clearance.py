"""The register of review clearance: the plan to clear overdue annual reviews."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.registers.mechanism.column import key, month, number, text, whole
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, share, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must_all, query, query_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.period import Month

FILE = "annual_reviews_overdue_count"


def _net(row: RegisterRow) -> int:
    return int(row["closing"] - row["opening"])


def _months(rows: Sequence[RegisterRow], at: Situation) -> list[tuple[Month, list[RegisterRow]]]:
    """The latest twelve months that have an opening and a closing, by the day."""
    known = [row for row in rows if not row.lacks(("opening", "closing")) and row["month"].first_day <= at.day]
    months = sorted({row["month"] for row in known})[-12:]
    return [(month, [row for row in known if row["month"] == month]) for month in months]


def _latest(rows: Sequence[RegisterRow], at: Situation) -> int | None:
    known = [row for row in rows if row["closing"] is not None and row["month"].first_day <= at.day]
    last = max((row["month"] for row in known), default=None)
    return sum(row["closing"] for row in known if row["month"] == last) if last else None


def _to_clear(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    months, closing = _months(rows, at), _latest(rows, at)
    if closing is None or len(months) < 3:
        return gap("fewer than 3 months have an opening and a closing")
    mean = Decimal(sum(_net(row) for _, own in months for row in own)) / len(months)
    return MeasureValue(closing / -mean) if mean < 0 else gap("the backlog is not falling")


def _needed(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    by = at.setting("reviews_clear_by")
    goal = by if isinstance(by, Month) else Month.parse(str(by))
    closing = _latest(rows, at)
    falling = [row for row in rows if row["falling_due"] is not None and row["month"].first_day <= at.day]
    months = sorted({row["month"] for row in falling})[-12:]
    left = Month.of(at.day).months_until(goal)
    if closing is None or not months or left <= 0:
        return gap("no month with falling_due" if closing is not None and left > 0 else "no month is left")
    mean = Decimal(sum(row["falling_due"] for row in falling if row["month"] in months)) / len(months)
    return MeasureValue(Decimal(closing) / left + mean)


def _broken_chain(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    closing = {(row["team"], row["month"]): row["closing"] for row in rows}
    for row in rows:
        before = closing.get((row["team"], row["month"].plus(-1)))
        if before is not None and row["opening"] is not None and before != row["opening"]:
            yield row, f"It opens with {row['opening']} and the month before closed with {before}"


def _other_than_indicator(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    if at.observed is None:
        raise NotAtHand("no indicators are given")
    sums: dict[Month, int] = {}
    for row in rows:
        sums[row["month"]] = sums.get(row["month"], 0) + (row["closing"] or 0)
    for row in rows:
        reported = at.observed.get((FILE, str(row["month"])))
        if reported is not None and row["closing"] is not None and sums[row["month"]] != reported:
            yield row, f"It closes with {sums[row['month']]} and the indicator says {reported}"


_MONTH = dict(
    row="1",
    month="2025-01",
    opening="100",
    falling_due="50",
    planned="60",
    cleared="55",
    closing="95",
    reviewers_fte="6",
    per_fte="10",
)

review_clearance = Register(
    name="review_clearance",
    title="Clearing overdue annual reviews",
    unit="one month, of one team where teams are kept",
    source="SEND Regulations 2014, regulations 18 to 22; casework",
    key="row",
    help="How many annual reviews are overdue, fall due and are cleared, and when none will be overdue.",
    systems="C5",
    kept_by="condition_owner",
    used="Monthly",
    columns=(
        key("row"),
        month("month*"),
        text("team", codes_from="teams"),
        whole("opening", help="Overdue at the end of the month before"),
        whole("falling_due"),
        whole("planned", help="To be cleared"),
        whole("cleared"),
        whole("closing", help="As counted"),
        number("reviewers_fte"),
        number("per_fte", help="Reviews one full-time reviewer clears in a month"),
    ),
    rules=(
        query(
            "02",
            "More is planned than the reviewers can clear",
            lambda r: r["planned"] > r["reviewers_fte"] * r["per_fte"],
            _MONTH | dict(planned="61"),
            holds_for=dict(planned="60"),
            given="planned reviewers_fte per_fte",
            fix="Plan with the reviewers there are.",
        ),
        query(
            "03",
            "Opening, falling due and cleared do not come to the closing",
            lambda r: r["opening"] + r["falling_due"] - r["cleared"] != r["closing"],
            _MONTH | dict(closing="96"),
            holds_for=dict(closing="95"),
            given="opening falling_due cleared closing",
            fix="Find the rest: new plans, moves, corrections.",
        ),
    ),
    whole_rules=(
        must_all(
            "01",
            "The opening differs from the closing of the month before",
            _broken_chain,
            (_MONTH, _MONTH | dict(row="2", month="2025-02", opening="94")),
            holds_for=dict(opening="95"),
            fix="Correct one of the two.",
        ),
        query_all(
            "04",
            "The closing differs from the indicator of the month",
            _other_than_indicator,
            (_MONTH,),
            holds_for=dict(closing="96"),
            observed={(FILE, "2025-01"): Decimal(96)},
            fix="Find out which of the two is counted otherwise.",
        ),
    ),
    measures=(
        count(
            "overdue",
            "overdue at the end of the month",
            "month(month); team",
            of=lambda r, at: r["closing"],
            needs="closing",
            aside=True,
        ),
        count(
            "net_change",
            "closing less opening",
            "month(month); team",
            of=lambda r, at: _net(r),
            needs="opening closing",
            aside=True,
        ),
        count(
            "planned_end",
            "opening and falling due less planned",
            "month(month); team",
            of=lambda r, at: r["opening"] + r["falling_due"] - r["planned"],
            needs="opening falling_due planned",
        ),
        share(
            "cleared_pct",
            "cleared of planned",
            "month(month); team",
            lambda r, at: r["cleared"],
            lambda r, at: r["planned"],
            needs="cleared planned",
            aside=True,
        ),
        count(
            "unexplained",
            "closing less what opening, falling due and cleared come to",
            "month(month)",
            of=lambda r, at: r["closing"] - (r["opening"] + r["falling_due"] - r["cleared"]),
            needs="closing opening falling_due cleared",
        ),
        worked(
            "months_to_clear",
            "latest closing / mean fall of the latest twelve months",
            "as_at",
            _to_clear,
            unit="months",
            decimals=1,
        ),
        worked(
            "needed_a_month", "latest closing / months left, and the mean falling due", "as_at", _needed, decimals=1
        ),
    ),
    headline=(
        "{overdue:review is|reviews are} overdue; "
        "at the pace of the past year they take {months_to_clear:month|months|0 months}."
    ),
    feeds=(Feed("assurance", "condition 3", "evidence"), Feed("forecast", "ceasing_at_review", "capacity")),
    example=tuple(
        dict(
            row=str(place),
            month=month_,
            opening=str(opening),
            falling_due="400",
            planned="520",
            cleared=str(opening + 400 - closing),
            closing=str(closing),
            reviewers_fte="26",
            per_fte="20",
            source="worked example",
        )
        for place, (month_, opening, closing) in enumerate(
            (("2025-01", 1000, 900), ("2025-02", 900, 780), ("2025-03", 780, 700)), 1
        )
    ),
    example_settings={"reviews_clear_by": "2025-11"},
    expects="""
        overdue | | | 2025-03 | 700
        net_change | | | 2025-02 | -120
        planned_end | | | 2025-01 | 880
        unexplained | | | 2025-03 | 0
        months_to_clear | | | 2025-04-02 | 7.0
        needed_a_month | | | 2025-04-02 | 500.0
    """,
)
