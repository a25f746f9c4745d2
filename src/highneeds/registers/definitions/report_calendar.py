"""The register of monitoring reports, in order and in time."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, month, text, whole, year
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, each, pct, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.period import FinancialYear


def _submitted(row: RegisterRow, at: Situation) -> bool:
    return at.reached(row, "submitted")


def _in_order(rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    return sorted((row for row in rows if row["dated"] is not None), key=lambda one: one["number"])


def out_of_order(rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """Reports that are dated before the one numbered before them."""
    known = _in_order(rows)
    return [late for early, late in pairwise(known) if late["dated"] < early["dated"]]


def _out_of_order(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    number_ = len(out_of_order(rows))
    return MeasureValue(number_, part=number_)


def _between(row: RegisterRow, at: Situation) -> Any:
    known = _in_order(at.rows)
    place = known.index(row)
    return known[place - 1]["dated"].months_until(row["dated"]) if place else None


def _other_number(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    """Full calendar years inside the agreement with another number of reports than the council's slots."""
    if "first_year" not in at.council:
        raise NotAtHand("the years of the agreement are not given")
    wanted = at.settings.get("reports_per_year") or len(at.council.get("slots", ()))
    years: dict[int, list[RegisterRow]] = {}
    for row in rows:
        if row["dated"] is not None:
            years.setdefault(row["dated"].year, []).append(row)
    for year_, own in sorted(years.items()):
        full = at.council["first_year"].first_day < date(year_, 1, 1) and date(year_, 12, 31) < at.as_at
        if full and len(own) != wanted:
            yield own[0], f"{len(own)} reports are dated in {year_} and {wanted} are due"


def _far_apart(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    yield from (late for early, late in pairwise(_in_order(rows)) if early["dated"].months_until(late["dated"]) > 6)


def _not_released(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    waiting = {one["report"] for one in at.others_of("payments") if one["state"] not in ("received", "released")}
    yield from (
        row for row in rows if row["accepted_on"] and row["accepted_on"] <= at.as_at and row["report"] in waiting
    )


def _numbers(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    ordered = sorted(rows, key=lambda one: one["number"])
    for early, late in pairwise(ordered):
        if late["number"] != early["number"] + 1:
            yield late, f"Number {late['number']} follows {early['number']}"


_REPORT = dict(report="2025-04", number="7", title="x", dated="2025-04", submitted_on="2025-04-02", state="submitted")

report_calendar = Register(
    name="report_calendar",
    title="Monitoring reports",
    unit="one report",
    source="Published monitoring reports",
    key="report",
    named_by="title",
    help="The monitoring reports by number: due, submitted, accepted, published.",
    systems="B4 A2 B17",
    kept_by="programme_manager",
    decides="section_151",
    used="Each reporting slot",
    klass="public",
    columns=(
        key("report", help="As 2025-04"),
        whole("number*+"),
        text("title+"),
        month("dated+", help="As printed"),
        month("due"),
        day("submitted_on"),
        day("accepted_on"),
        day("queried_on"),
        day("published_on"),
        text("address+"),
        text("slot"),
        year("financial_year"),
        code("state*", "planned|submitted|queried|accepted|published"),
    ),
    ladder=ladder("planned < submitted(submitted_on) < queried < accepted(accepted_on) < published(published_on)"),
    moves=moves(
        "planned > submitted D: submitted_on",
        "submitted > accepted K: accepted_on",
        "submitted > published K: published_on",
        "submitted > queried K: queried_on",
    ),
    clocks=(
        clock("submit", "due", stops="submitted_on dated", basis="contract"),
        clock("publish", "submitted_on", working_days=20, stops="published_on"),
    ),
    rules=(
        must(
            "04",
            "It was published before it was submitted",
            lambda r: r["published_on"] < r["submitted_on"],
            _REPORT | dict(published_on="2025-04-01"),
            holds_for=dict(published_on="2025-04-02"),
            given="published_on submitted_on",
            fix="Correct whichever day is wrong.",
        ),
    ),
    whole_rules=(
        query_all(
            "01",
            "It is dated before the report numbered before it",
            lambda rows, at: out_of_order(rows),
            (_REPORT, _REPORT | dict(report="x", number="8", dated="2025-03")),
            holds_for=dict(dated="2025-04"),
            fix="Check number and date as printed.",
        ),
        query_all(
            "02",
            "A full year of the agreement has another number of reports",
            _other_number,
            (_REPORT | dict(dated="2024-12"),),
            holds_for=dict(dated="2025-01"),
            fix="Find the report that is missing, or say why.",
            council=dict(first_year=FinancialYear(2022), last_year=FinancialYear(2027), slots=("April", "July")),
        ),
        query_all(
            "03",
            "More than six months lie between two reports",
            _far_apart,
            (_REPORT, _REPORT | dict(report="2025-11", number="8", dated="2025-11")),
            holds_for=dict(dated="2025-10"),
            fix="Say why it came late.",
        ),
        query_all(
            "05",
            "It is accepted and its instalment is not released",
            _not_released,
            (_REPORT | dict(accepted_on="2025-04-02"),),
            others={"payments": (dict(payment="p", report="2025-04", state="due"),)},
            holds_for=dict(accepted_on="2025-04-03"),
            fix="Ask DfE for the payment.",
        ),
        must_all(
            "06",
            "A number stands twice or is left out",
            _numbers,
            (_REPORT, _REPORT | dict(report="x", number="9")),
            holds_for=dict(number="8"),
            fix="Number the reports one after the other.",
        ),
    ),
    measures=(
        count("reports", "reports submitted, by their date", "cy(dated)", _submitted),
        worked("out_of_order", "reports dated before the one numbered before them", "all", _out_of_order),
        each(
            "months_between",
            "months since the report before",
            "all; report",
            _between,
            where=lambda r, at: r["dated"] is not None,
            unit="months",
            decimals=0,
        ),
        pct(
            "published_pct",
            "published, of submitted",
            "as_at",
            lambda r, at: (r["published_on"] is not None and r["published_on"] <= at.day) or at.is_(r, "published"),
            _submitted,
        ),
    ),
    headline="{reports:report was|reports were} submitted in the year; {published_pct} are published.",
    feeds=(
        Feed("account", "payments", "no instalment without an accepted report"),
        Feed("report", "calendar", "the next slot"),
    ),
    example=(
        dict(
            report="2024-12",
            number="6",
            title="Monitoring report 6",
            dated="2024-12",
            due="2024-12",
            submitted_on="2024-12-12",
            accepted_on="2025-01-20",
            published_on="2025-01-27",
            slot="December",
            financial_year="2024-25",
            state="accepted",
            source="worked example",
        ),
        dict(
            report="2025-04",
            number="7",
            title="Monitoring report 7",
            dated="2025-04",
            due="2025-04",
            submitted_on="2025-04-02",
            slot="April",
            financial_year="2024-25",
            state="submitted",
            source="worked example",
        ),
    ),
    expects="""
        reports | | | 2024 | 1
        out_of_order | | | | 0
        months_between | report | 2025-04 | | 4
        published_pct | | | 2025-04-02 | 50.0
    """,
)
