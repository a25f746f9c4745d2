"""The register of indicator targets: what each indicator should be at each report, and who answers for it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, month, number, text, whole, year
from highneeds.registers.mechanism.measure import MeasureValue, count, each, gap, left_aside, ratio, tally, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, must_all, query_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.working_days import plus_working_days

NO_DIRECTION = "none"


def value_of(row: RegisterRow, at: Situation) -> Decimal | None:
    """The indicator in the month that is read; None where none is given."""
    if at.observed is None:
        raise NotAtHand("no indicators are given")
    return at.observed.get((row["indicator"], str(row["reads"]))) if row["reads"] else None


def _beyond(value: Decimal, line: Decimal, direction: str) -> bool:
    """At or beyond a line in the direction that is better."""
    return bool(value >= line if direction == "up" else value <= line)


def met(row: RegisterRow, value: Decimal) -> bool:
    """At or beyond the milestone; to hold is to stay within the floor on either side of it."""
    if row["direction"] == "hold":
        return bool(abs(value - row["milestone"]) <= _room(row))
    return _beyond(value, row["milestone"], row["direction"])


def _room(row: RegisterRow) -> Decimal:
    return Decimal(0) if row["floor"] is None else abs(row["milestone"] - row["floor"])


def off_floor(row: RegisterRow, value: Decimal) -> bool:
    """Beyond the floor on the wrong side."""
    if row["floor"] is None:
        return False
    if row["direction"] == "hold":
        return not met(row, value)
    return not _beyond(value, row["floor"], row["direction"])


def _is(state: str) -> Any:
    def test(row: RegisterRow, at: Situation) -> bool:
        value = value_of(row, at)
        if value is None:
            return False
        if state == "off_floor":
            return off_floor(row, value)
        return not met(row, value) and (state == "missed" or not off_floor(row, value))

    return test


def _met_pct(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    known = [(row, value) for row in rows if (value := value_of(row, at)) is not None]
    reason = left_aside(counted(rows) - len(known), counted(rows), "no value")
    return ratio(sum(met(row, value) for row, value in known), len(known), reason=reason)


def _progress(row: RegisterRow, at: Situation) -> MeasureValue:
    value = value_of(row, at)
    if value is None or row["baseline"] is None:
        return gap("no value" if value is None else "no baseline")
    return ratio(value - row["baseline"], row["milestone"] - row["baseline"])


def _to_benchmark(row: RegisterRow, at: Situation) -> MeasureValue:
    value = value_of(row, at)
    return gap("no value") if value is None else MeasureValue(value - row["benchmark_value"])


def _off_the_path(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        if None in (row["baseline"], row["final"]):
            continue
        low, high = sorted((row["baseline"], row["final"]))
        if not low <= row["milestone"] <= high:
            yield row


def _no_commentary(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        last = (
            plus_working_days(row["reads"].last_day, int(at.setting("comment_working_days"))) if row["reads"] else None
        )
        if last and at.as_at > last and not row["commentary"] and _is("off_floor")(row, at):
            yield row


def _other_baseline(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    if at.observed is None:
        raise NotAtHand("no indicators are given")
    for row in rows:
        reported = at.observed.get((row["indicator"], str(row["baseline_period"])))
        if reported is not None and row["baseline"] is not None and reported != row["baseline"]:
            yield row


def _no_target(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    if "directions" not in at.council and at.observed is not None:
        seen = {name for name, _ in at.observed}
        yield from (row for row in rows if row["indicator"] not in seen)
        return
    directions = _directions(at)
    yield from (row for row in rows if directions.get(row["indicator"], NO_DIRECTION) == NO_DIRECTION)


def _against_the_catalogue(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    directions = _directions(at)
    for row in rows:
        better = directions.get(row["indicator"], NO_DIRECTION)
        if row["direction"] != "hold" and better not in (NO_DIRECTION, row["direction"]):
            yield row


def _directions(at: Situation) -> Mapping[str, str]:
    """The better direction of each indicator, as the council's catalogue gives it."""
    if "directions" not in at.council:
        raise NotAtHand("no catalogue of indicators is given")
    found: Mapping[str, str] = at.council["directions"]
    return found


def _unknown_slot(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    if "slots" not in at.council:
        raise NotAtHand("the slots of the council are not given")
    yield from (row for row in rows if row["slot"] not in at.council["slots"])


_TARGET = dict(
    row="1",
    indicator="mainstream_share",
    financial_year="2024-25",
    slot="April",
    reads="2025-01",
    baseline="41.0",
    baseline_period="2024-01",
    milestone="42.0",
    floor="40.8",
    final="44.0",
    direction="up",
)

indicator_targets = Register(
    name="indicator_targets",
    title="Targets of the indicators",
    unit="one indicator in one slot",
    source="The agreement and its plan; the indicator catalogue",
    key="row",
    help="What each indicator should be at each report, the floor below which it may not fall, and why it was missed.",
    systems="B8 B17",
    kept_by="programme_manager",
    decides="director",
    used="Set yearly, read at each report",
    columns=(
        key("row"),
        text("indicator*", help="Its id"),
        year("financial_year*"),
        text("slot*"),
        month("reads", help="The month read"),
        number("baseline"),
        month("baseline_period"),
        number("milestone*"),
        number("floor"),
        number("final"),
        month("final_period"),
        code("direction*", "up|down|hold"),
        code("benchmark", "england|region|neighbours|none"),
        number("benchmark_value"),
        text("commentary"),
        day("commentary_on"),
        code("why_missed", "demand|price|capacity|data|outside|other"),
        whole("condition"),
    ),
    clocks=(
        clock(
            "commentary",
            lambda r, at: (
                r["reads"].last_day if r["reads"] and at.observed is not None and _is("missed")(r, at) else None
            ),
            working_days="comment_working_days",
            stops="commentary_on",
        ),
    ),
    rules=(
        must(
            "04",
            "The floor is on the better side of the milestone",
            lambda r: (
                r["direction"] != "hold"
                and r["floor"] != r["milestone"]
                and _beyond(r["floor"], r["milestone"], r["direction"])
            ),
            _TARGET | dict(floor="42.1"),
            holds_for=dict(floor="42.0"),
            given="floor milestone",
            fix="Correct the floor or the direction.",
        ),
    ),
    whole_rules=(
        must_all(
            "01",
            "The indicator is unknown, or has no better direction: fewer requests or plans are no target",
            _no_target,
            (_TARGET | dict(indicator="requests_received"),),
            council={"directions": {"mainstream_share": "up", "requests_received": "none"}},
            fix="Choose an indicator that says how well children are served.",
        ),
        must_all(
            "02",
            "The direction is against the one of the catalogue",
            _against_the_catalogue,
            (_TARGET | dict(direction="down", floor=""),),
            council={"directions": {"mainstream_share": "up"}},
            fix="Correct the direction.",
        ),
        query_all(
            "03",
            "The milestone is not between baseline and final",
            _off_the_path,
            (_TARGET | dict(milestone="44.1"),),
            holds_for=dict(milestone="44.0"),
            fix="Correct one of the three.",
        ),
        query_all(
            "05",
            "It is off its floor and there is no commentary",
            _no_commentary,
            (_TARGET,),
            holds_for=dict(floor="40.7"),
            observed={("mainstream_share", "2025-01"): Decimal("40.7")},
            fix="Say why, and what is done.",
        ),
        query_all(
            "06",
            "The baseline differs from what was observed",
            _other_baseline,
            (_TARGET,),
            observed={("mainstream_share", "2024-01"): Decimal("41.1")},
            fix="Take the observed value.",
        ),
        must_all(
            "07",
            "The slot is unknown",
            _unknown_slot,
            (_TARGET | dict(slot="May"),),
            council={"slots": ("April", "July")},
            fix="Use a slot of council.toml.",
        ),
    ),
    measures=(
        count("targets", "targets", "row; slot, condition"),
        worked(
            "met_pct",
            "at or beyond the milestone, of targets with a value",
            "row; slot, condition",
            _met_pct,
            unit="percent",
        ),
        tally(
            "off_floor",
            "beyond the floor on the wrong side",
            "row; slot, condition",
            lambda rows, at: counted(r for r in rows if _is("off_floor")(r, at)),
        ),
        tally(
            "between",
            "neither met nor off the floor",
            "row; slot, condition",
            lambda rows, at: counted(r for r in rows if _is("between")(r, at)),
        ),
        each("progress_pct", "(value - baseline) / (milestone - baseline)", "row; row", _progress, unit="percent"),
        worked(
            "without_commentary",
            "missed, and no commentary",
            "row; slot, owner_role",
            lambda rows, at: MeasureValue(
                n := counted(r for r in rows if not r["commentary"] and _is("missed")(r, at)), part=n
            ),
        ),
        each(
            "gap_to_benchmark",
            "value less benchmark",
            "row; row",
            _to_benchmark,
            needs="benchmark_value",
            unit="points",
        ),
    ),
    headline=(
        "{met_pct} of the targets are met; "
        "{off_floor:misses|miss|none miss} the minimum, {without_commentary:lacks|lack|none lack} a reason."
    ),
    feeds=(
        Feed("report", "dashboard", "the list of exceptions"),
        Feed("report", "board", "the same"),
        Feed("assurance", "levels", "a suggested level"),
    ),
    example=(_TARGET | dict(row="mainstream-april", owner_role="Head of SEN", source="worked example"),),
    expects="""
        targets | | | 2024-25 | 1
        met_pct | | | 2024-25 | no indicators are given
        off_floor | | | 2024-25 | no indicators are given
    """,
)
