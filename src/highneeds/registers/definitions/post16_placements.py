"""The register of post-16 placements: out-of-county and independent places, and the moves home."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, deadline, key, pounds, text, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, listed, ratio, share, total
from highneeds.registers.mechanism.reckoning import common_day, in_year, plus_months
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, must_all, note, query, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.period import FinancialYear

KINDS = {
    "independent": "Independent school or college",
    "spi_out": "Special post-16 institution outside",
    "college_out": "College outside",
    "spi_in": "Special post-16 institution here",
    "not_stated": "Not stated",
}


def _last_day(row: RegisterRow) -> date | None:
    last: date | None = row["to_day"] or row["course_ends_on"]
    return last


def live_on(row: RegisterRow, day: date, rows: Sequence[RegisterRow]) -> bool:
    """In a place on a day. A projected row counts only after the latest count of the actual rows."""
    end = _last_day(row)
    if not (row["from_day"] <= day and (end is None or end >= day)):
        return False
    if row["basis"] == "actual":
        return True
    counts = [one["counted_on"] for one in rows if one["basis"] == "actual" and one["counted_on"] is not None]
    return not counts or day > max(counts)


def _live(row: RegisterRow, at: Situation) -> bool:
    return live_on(row, at.day, at.rows)


def _moved(row: RegisterRow, at: Situation) -> bool:
    return row["moved_on"] is not None


def _change(funded_only: bool) -> Any:
    """From the stock on --from to that on --to, in percent of the first."""

    def compute(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, str, MeasureValue]]:
        from highneeds.registers.mechanism.measuring import span_of

        first, last = span_of(at.first), span_of(at.last)
        if first is None or last is None:
            yield "total", "", "", gap("give the first and the last day with --from and --to")
            return
        own = [row for row in at.rows if row["funded"] or not funded_only]
        before, after = (counted(r for r in own if live_on(r, span[1], at.rows)) for span in (first, last))
        yield "total", "", last[1].isoformat(), ratio(after - before, before)

    return compute


def _clashing(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    seen: dict[str, list[RegisterRow]] = {}
    for row in rows:
        before = seen.setdefault(row["child"], []) if row["child"] else []
        if any(
            one["basis"] != row["basis"]
            and common_day((one["from_day"], _last_day(one)), (row["from_day"], _last_day(row)))
            for one in before
        ):
            yield row
        before.append(row)


def _no_next_step(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        end = row["course_ends_on"]
        if (
            row.n == 1
            and end
            and row["state"] in ("placed", "move_planned")
            and row["next_step"] in (None, "not_known")
        ):
            soon = at.as_at <= end <= plus_months(at.as_at, 6)
            yield from [row] if soon else []


_YEAR_BEFORE = dict(
    placement="p1",
    child="1",
    kind="spi_out",
    funded="yes",
    basis="actual",
    from_day="2024-09-01",
    annual_gbp="45000.00",
    state="placed",
)

post16_placements = Register(
    name="post16_placements",
    title="Post-16 placements outside",
    unit="one young person's placement, or a number alike",
    source="Post-16 casework and finance",
    key="placement",
    named_by="provider",
    help="Young people in out-of-county and independent post-16 places, what they cost, and who moves home.",
    systems="D11",
    kept_by="condition_owner",
    decides="finance_partner",
    used="Each term",
    klass="casework",
    columns=(
        key("placement"),
        child(),
        code("kind*", KINDS),
        yes_no("funded*", help="The council pays"),
        code("basis*", "actual|projected"),
        text("provider"),
        text("district", codes_from="districts"),
        day("from_day*", "From"),
        day("to_day", "To"),
        deadline("course_ends_on"),
        pounds("annual_gbp", unit="a year"),
        code("next_step", "spi_in|college_in|work|ceases|stays|not_known"),
        day("moved_on"),
        pounds("after_gbp", "After the move", unit="a year"),
        code("state*", "placed|move_planned|moved|ended"),
        text("printed_as", help="What heads the printed column where it stands out of the order of its dates"),
    ),
    ladder=ladder("placed(from_day) < move_planned < moved(moved_on)", side="ended(to_day)", ends="moved"),
    moves=moves("move_planned > moved D: after_gbp moved_on"),
    clocks=(
        clock(
            "plan the next step",
            "course_ends_on",
            months=-6,
            stopped_if=lambda r, at: r["next_step"] not in (None, "not_known"),
        ),
    ),
    rules=(
        must(
            "03",
            "It moved and the cost after it is missing",
            lambda r: r["state"] == "moved" and r["after_gbp"] is None,
            _YEAR_BEFORE | dict(state="moved"),
            fix="Give the cost a year after the move.",
        ),
        query(
            "04",
            "It costs more after the move",
            lambda r: r["after_gbp"] > r["annual_gbp"],
            _YEAR_BEFORE | dict(after_gbp="45000.01"),
            holds_for=dict(after_gbp="45000.00"),
            given="after_gbp annual_gbp",
            fix="Check both sums.",
        ),
        note(
            "05",
            "A printed column stands out of the order of its dates",
            lambda r: r.n > 1 and bool(r["printed_as"]),
            dict(placement="p1", count="2", counted_on="2025-02-28", printed_as="Feb 24"),
            holds_for=(dict(count="1"), dict(printed_as="")),
            fix="Read it as the next month that fits, and say so.",
        ),
    ),
    whole_rules=(
        query_all(
            "06",
            "The young person is not in the caseload",
            lambda rows, at: [
                r for r in rows if at.caseload() is not None and r["child"] and r["child"] not in at.caseload()
            ],
            (_YEAR_BEFORE,),
            cases={},
            fix="Correct the case id, or end the placement.",
        ),
        must_all(
            "01",
            "Actual and projected rows of one young person share a day",
            _clashing,
            (_YEAR_BEFORE, _YEAR_BEFORE | dict(placement="p2", basis="projected")),
            holds_for=dict(from_day="2023-09-01", to_day="2024-08-31"),
            fix="Begin the projection after it.",
        ),
        query_all(
            "02",
            "The course ends within six months and the next step is not known",
            _no_next_step,
            (_YEAR_BEFORE | dict(course_ends_on="2025-10-02"),),
            holds_for=dict(course_ends_on="2025-10-03"),
            fix="Plan the next step with the family.",
        ),
    ),
    measures=(
        count("placements", "young people in a place on the day", "as_at; kind, basis", _live),
        count(
            "funded",
            "of them, the council pays",
            "as_at; kind, basis",
            lambda r, at: _live(r, at) and bool(r["funded"]),
        ),
        count(
            "not_funded",
            "of them, the council does not pay",
            "as_at; kind, basis",
            lambda r, at: _live(r, at) and not r["funded"],
        ),
        listed("change_pct", "from the stock on --from to that on --to", "as_at", _change(False), unit="percent"),
        listed("funded_change_pct", "the same, of those the council pays", "as_at", _change(True), unit="percent"),
        count("moves", "moves", "fy(moved_on); next_step", _moved),
        total(
            "saving_gbp",
            "cost before less after, a year",
            "fy(moved_on)",
            lambda r, at: r["annual_gbp"] - r["after_gbp"],
            needs="annual_gbp after_gbp",
            where=_moved,
        ),
        total(
            "saving_in_year_gbp",
            "the same for the days from the move to 31 March",
            "fy(moved_on)",
            lambda r, at: in_year(
                r["annual_gbp"] - r["after_gbp"], r["moved_on"], None, FinancialYear.of(r["moved_on"])
            ),
            needs="annual_gbp after_gbp",
            where=_moved,
        ),
        share(
            "saving_per_move_gbp",
            "saving for each move",
            "fy(moved_on)",
            lambda r, at: r["annual_gbp"] - r["after_gbp"],
            lambda r, at: r.n,
            needs="annual_gbp after_gbp",
            where=_moved,
            unit="gbp",
            decimals=0,
        ),
    ),
    headline=(
        "{placements:young person is|young people are} placed outside, {funded} paid for; {moves} moved home in {year}."
    ),
    feeds=(Feed("saving", "spi-moves", "what the moves save"), Feed("forecast", "post-16", "mix and price")),
    example=(
        dict(
            placement="P-01",
            child="000801",
            kind="spi_out",
            funded="yes",
            basis="actual",
            provider="Bridge College",
            from_day="2023-09-01",
            to_day="2024-08-31",
            annual_gbp="52000.00",
            next_step="spi_in",
            moved_on="2024-09-01",
            after_gbp="30000.00",
            state="moved",
            source="worked example",
        ),
        dict(
            placement="P-02",
            child="000802",
            kind="independent",
            funded="yes",
            basis="actual",
            provider="Oak College",
            from_day="2023-09-01",
            course_ends_on="2025-07-31",
            annual_gbp="60000.00",
            next_step="work",
            state="placed",
            source="worked example",
        ),
    ),
    expects="""
        placements | | | 2025-04-02 | 1
        funded | | | 2025-04-02 | 1
        not_funded | | | 2025-04-02 | 0
        moves | | | 2024-25 | 1
        saving_gbp | | | 2024-25 | 22000.00
        saving_in_year_gbp | | | 2024-25 | 12778.08
        saving_per_move_gbp | | | 2024-25 | 22000.00
        change_pct | total | | 2025-04-02 | give the first and the last day with --from and --to
    """,
)
