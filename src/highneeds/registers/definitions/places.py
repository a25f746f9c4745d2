"""The register of commissioned places: how many, where, and from which day to which."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.mechanism.column import code, pounds, refers
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, listed, share, total
from highneeds.registers.mechanism.reckoning import common_day
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must_all, note, query_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.registers.register import Column, Kind
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import round_half_away

PLACE_KINDS = {"special": "special school", "srp": "specialist resourced provision or SEN unit"}


@rule(
    "PLACES-01",
    severity=Severity.MUST_FIX,
    fix="Correct whichever day is wrong.",
    broken_by=dict(
        row="1", kind="special", from_day=date(2024, 9, 1), to_day=date(2024, 8, 31), places=120, pupils=None
    ),
    holds_for=(dict(to_day=date(2024, 9, 1)), dict(to_day=None)),
    source="definition of the register",
)
def places_do_not_end_before_they_start(row: RegisterRow) -> str | None:
    if row["to_day"] and row["to_day"] < row["from_day"]:
        return f"The places end on {row['to_day']}, before they start on {row['from_day']}"
    return None


@rule(
    "PLACES-02",
    severity=Severity.QUERY,
    fix="Check the places against the commissioning agreement, and the pupils against the roll.",
    broken_by=dict(row="1", kind="special", from_day=date(2024, 9, 1), to_day=None, places=60, pupils=91),
    holds_for=(dict(pupils=90), dict(pupils=None), dict(places=0)),
    source="fill above 150% is seldom real",
)
def pupils_are_in_proportion_to_places(row: RegisterRow) -> str | None:
    if row["pupils"] is not None and row["places"] and row["pupils"] > 1.5 * row["places"]:
        return f"{row['pupils']} pupils stand in {row['places']} places"
    return None


def in_effect(rows: Iterable[RegisterRow], day: date) -> list[RegisterRow]:
    """The rows of `day`: begun by then and not over, both days included."""
    return [row for row in rows if row["from_day"] <= day and (row["to_day"] is None or row["to_day"] >= day)]


RATES = {"special": "fill_rate_special_pct", "srp": "fill_rate_srp_pct"}
"""The indicators that print how full the places of each kind are."""


def _now(row: RegisterRow, at: Situation) -> bool:
    return at.live(row, "from_day", "to_day")


def places_on(rows: Iterable[RegisterRow], kind: str, day: date) -> int:
    return sum(row["places"] for row in in_effect([one for one in rows if one["kind"] == kind], day))


def pupils_that_fit(rate: Decimal, places: int) -> list[int]:
    """Every whole number of pupils whose share of the places prints as the rate, at two decimals."""
    near = int(rate * places / 100)
    return [k for k in range(max(near - 2, 0), near + 3) if round_half_away(Decimal(100) * k / places, 2) == rate]


def _implied(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, str, MeasureValue]]:
    if at.observed is None:
        raise NotAtHand("no indicators are given")
    for kind, indicator in RATES.items():
        for (name, period), rate in sorted(at.observed.items()):
            if name != indicator or len(period) != 7 or Month.parse(period).first_day > at.as_at:
                continue
            month = Month.parse(period)
            places = places_on(rows, kind, month.last_day)
            fits = pupils_that_fit(rate, places) if places else []
            if len(fits) == 1:
                yield "kind", kind, period, MeasureValue(fits[0], part=fits[0])
            else:
                said = "no whole number" if not fits else f"{len(fits)} numbers"
                yield "kind", kind, period, gap(f"{said} of pupils gives {rate}% of {places} places")


def _twice_counted(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        together = [one for one in rows if one["kind"] == row["kind"] and not one["school"] and not one["urn"]]
        if (row["school"] or row["urn"]) and any(_overlap(one, row) for one in together):
            yield row


def _overlap(a: RegisterRow, b: RegisterRow) -> bool:
    phases = a["phase"] == b["phase"] or "all" in (a["phase"] or "all", b["phase"] or "all")
    return phases and common_day((a["from_day"], a["to_day"]), (b["from_day"], b["to_day"]))


def _overlapping(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    seen: dict[tuple[Any, ...], list[RegisterRow]] = {}
    for row in rows:
        before = seen.setdefault((row["kind"], row["urn"] or row["school"]), [])
        if any(_overlap(one, row) for one in before):
            yield row
        before.append(row)


def _no_whole_pupils(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    for _, kind, period, value in _implied(rows, at):
        found = in_effect([row for row in rows if row["kind"] == kind], Month.parse(period).last_day)
        if value.value is None and found:
            yield found[0], f"{period}: {value.reason}"


def _before_its_school(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    """Places that begin before the school that they belong to is open, as it is expected now."""
    for row in rows:
        opening = at.row_of("openings", row["opening"]) if row["opening"] else None
        month = opening and (opening["opened"] or opening["expected"] or opening["planned"])
        if month and row["from_day"] < month.first_day:
            yield row, f"The places begin on {row['from_day']} and {row['opening']} opens in {month}"


def _places_unchanged(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    for opening in at.others_of("openings"):
        if (
            opening["status"] != "open"
            or opening["opened"] is None
            or opening["kind"] not in ("special_school", "resourced_provision")
        ):
            continue
        kind = "special" if opening["kind"] == "special_school" else "srp"
        own = [row for row in rows if row["kind"] == kind and row["from_day"] <= at.as_at]
        if own and all(row["from_day"] < opening["opened"].first_day for row in own):
            yield own[-1], f"{opening['opening']} opened in {opening['opened']} and the places did not change"


_HELD = dict(row="1", kind="special", from_day="2024-09-01", places="100")


places = Register(
    name="places",
    title="Commissioned places",
    unit="the places of one school, or of all, for one stretch of time",
    source="Commissioning; the dashboard's rows on commissioned places",
    key="row",
    named_by="school",
    counted="pupils",
    help="A change of the number is a new row from its day on: fill rates use the places of the month.",
    columns=(
        Column("row", "Row", required=True),
        Column("kind", "Kind", Kind.CODE, required=True, codes=PLACE_KINDS),
        Column("school", "School", help="Leave empty for all schools together"),
        Column("urn", "URN"),
        Column("from_day", "From", Kind.DAY, required=True),
        Column("to_day", "To", Kind.DAY, help="The last day included; empty while it goes on"),
        Column("places", "Places", Kind.WHOLE, required=True),
        Column("pupils", "Pupils", Kind.WHOLE, help="Pupils in these places in that time, where counted"),
        Column("source", "Source", help="Document and line"),
        code("phase", "pre16|post16|all"),
        pounds("place_rate_gbp", "Place rate", unit="a year"),
        refers("opening", "openings"),
    ),
    rules=(
        places_do_not_end_before_they_start,
        pupils_are_in_proportion_to_places,
        note(
            "05",
            "The places begin on another day than 1 April, 1 September or 1 January",
            lambda r: (r["from_day"].month, r["from_day"].day) not in ((4, 1), (9, 1), (1, 1)),
            _HELD | dict(from_day="2024-09-02"),
            holds_for=dict(from_day="2024-09-01"),
            given="from_day",
            fix="Check the day with the commissioning agreement.",
        ),
    ),
    example=(
        {
            "row": "1",
            "kind": "special",
            "from_day": "2023-09-01",
            "to_day": "2024-08-31",
            "places": "5959",
            "source": "worked example",
        },
        {"row": "2", "kind": "special", "from_day": "2024-09-01", "places": "6282", "source": "worked example"},
    ),
    systems="E1 E2",
    kept_by="condition_owner",
    decides="finance_partner",
    used="Each change of places: September, and the place change workbook in November or December",
    whole_rules=(
        must_all(
            "03",
            "A row for all schools and a row for one school hold on a common day",
            _twice_counted,
            (_HELD, _HELD | dict(row="2", school="Elm")),
            fix="Keep the schools or their sum, not both.",
        ),
        must_all(
            "04",
            "Two rows of one school and kind overlap",
            _overlapping,
            (_HELD | dict(to_day="2025-08-31"), _HELD | dict(row="2", from_day="2025-08-31")),
            holds_for=dict(from_day="2025-09-01"),
            fix="End the first on the day before the second.",
        ),
        query_all(
            "06",
            "A printed fill rate times the places is no whole number of pupils",
            _no_whole_pupils,
            (_HELD,),
            observed={("fill_rate_special_pct", "2024-09"): Decimal("99.99")},
            fix="Find the places that the rate was reckoned with.",
        ),
        query_all(
            "08",
            "The places begin before the school that they belong to opens",
            _before_its_school,
            (_HELD | dict(opening="elm"),),
            holds_for=dict(from_day="2024-10-01"),
            others={"openings": (dict(opening="elm", planned="2024-09", expected="2024-10"),)},
            fix="Move the places to the month of the opening.",
        ),
        query_all(
            "07",
            "A new school opened and the places did not change",
            _places_unchanged,
            (_HELD | dict(from_day="2024-12-31"),),
            holds_for=dict(from_day="2025-01-01"),
            others={"openings": (dict(opening="elm", kind="special_school", status="open", opened="2025-01"),)},
            fix="Add a row with the new number from its day on.",
        ),
    ),
    measures=(
        count("places", "places in effect", "as_at; kind, phase", _now, of=lambda r, at: r["places"], unit="places"),
        count("pupils", "pupils in them", "as_at; kind", _now, of=lambda r, at: r["pupils"], needs="pupils"),
        share(
            "fill_pct",
            "pupils of places",
            "as_at; kind",
            lambda r, at: r["pupils"],
            lambda r, at: r["places"],
            needs="pupils",
            where=_now,
            decimals=2,
        ),
        count(
            "over_places",
            "pupils above the places, row by row",
            "as_at; kind",
            _now,
            of=lambda r, at: max(r["pupils"] - r["places"], 0),
            needs="pupils",
            unit="places",
        ),
        count(
            "empty_places",
            "places above the pupils, row by row",
            "as_at; kind",
            _now,
            of=lambda r, at: max(r["places"] - r["pupils"], 0),
            needs="pupils",
            unit="places",
        ),
        total(
            "place_cost_gbp",
            "places x place rate, a year",
            "as_at; kind",
            lambda r, at: r["places"] * r["place_rate_gbp"],
            needs="place_rate_gbp",
            where=_now,
        ),
        listed(
            "implied_pupils", "the only whole number whose share of the places prints as the fill rate", "all", _implied
        ),
    ),
    headline="{places:place is|places are} commissioned; {fill_pct} are filled.",
    feeds=(
        Feed("indicator", "commissioned_places_special", "and _srp"),
        Feed("indicator", "fill_rate_special_pct", "and _srp"),
        Feed("forecast", "places", "by kind"),
        Feed("report", "scap", "the place change workbook"),
        Feed("report", "forum", "the places"),
    ),
    expects="""
        places | | | 2025-04-02 | 6282
        places | kind | special | 2025-04-02 | 6282
        pupils | | | 2025-04-02 | 1 of 1 rows have no pupils
        fill_pct | | | 2025-04-02 | 1 of 1 rows have no pupils
        implied_pupils | total | | | no indicators are given
    """,
)
