"""The register of fill steps: how a new school fills."""

from collections.abc import Iterator, Sequence
from datetime import date

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, deadline, key, refers, whole
from highneeds.registers.mechanism.measure import MeasureValue, count, each, gap, ratio, worked
from highneeds.registers.mechanism.measuring import known
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import Situation


def _so_far(row: RegisterRow, rows: Sequence[RegisterRow]) -> int:
    """New places of this step and the earlier ones of its opening."""
    return sum(one["new_places"] for one in rows if one["opening"] == row["opening"] and one["by_day"] <= row["by_day"])


def _latest(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    """Pupils as counted last, of every opening together."""
    last: dict[str, RegisterRow] = {}
    for row in sorted(rows, key=lambda one: (one["counted_on"] or date.min, one["by_day"])):
        if row["pupils"] is not None:
            last[row["opening"]] = row
    if not last or len(last) < len({row["opening"] for row in rows}):
        return gap("the pupils of a school are not counted")
    return MeasureValue(sum(row["pupils"] for row in last.values()))


def _planned(rows: Sequence[RegisterRow], at: Situation) -> int:
    return sum(row["new_places"] for row in rows if row["by_day"] <= at.day)


def _filled(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    pupils, planned = _latest(rows, at), _planned(rows, at)
    return pupils if pupils.value is None else ratio(pupils.value, planned)


def _behind(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    pupils = _latest(rows, at)
    if pupils.value is None:
        return pupils
    number = _planned(rows, at) - pupils.value
    return MeasureValue(number, part=number)


def _before_it_opens(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        opening = at.row_of("openings", row["opening"])
        month = opening and (opening["opened"] or opening["expected"] or opening["planned"])
        if month and row["by_day"] < month.first_day:
            yield row


_STEP = dict(step="s1", opening="elm", by_day="2025-08-31", new_places="48", state="planned")

fill_steps = Register(
    name="fill_steps",
    title="Steps by which a school fills",
    unit="one step",
    source="Commissioning; agreement with the academy trust",
    key="step",
    counted="pupils",
    help="How many new places a school opens by which day, and how many pupils are there.",
    systems="E4",
    kept_by="condition_owner",
    used="Each term",
    columns=(
        key("step"),
        refers("opening*", "openings"),
        deadline("by_day*", "By"),
        whole("new_places*"),
        whole("pupils", help="On roll, all steps together"),
        whole("shared_site_most", help="Pupils that the other school on the site may still have"),
        whole("shared_site_pupils"),
        code("state*", "planned|filled|late"),
    ),
    clocks=(clock("by_day", "by_day", stopped_if=lambda r, at: r["state"] == "filled", basis="contract"),),
    rules=(
        must(
            "01",
            "The new places are not above 0",
            lambda r: r["new_places"] <= 0,
            _STEP | dict(new_places="0"),
            holds_for=dict(new_places="1"),
            given="new_places",
            fix="Give the places of this step alone.",
        ),
        query(
            "04",
            "The other school on the site has more pupils than the step allows",
            lambda r: r["shared_site_pupils"] > r["shared_site_most"],
            _STEP | dict(shared_site_pupils="21", shared_site_most="20"),
            holds_for=dict(shared_site_pupils="20"),
            given="shared_site_pupils shared_site_most",
            fix="The next step rests on it: agree when they move.",
        ),
    ),
    whole_rules=(
        query_all(
            "02",
            "The step is before the school opens",
            _before_it_opens,
            (_STEP,),
            holds_for=dict(by_day="2025-09-01"),
            others={"openings": (dict(opening="elm", planned="2025-09"),)},
            fix="Correct the day or the opening.",
        ),
        query_all(
            "03",
            "There are more pupils than places so far",
            lambda rows, at: [r for r in rows if r["pupils"] is not None and r["pupils"] > _so_far(r, rows)],
            (_STEP | dict(pupils="49"),),
            holds_for=dict(pupils="48"),
            fix="Check the roll and the places.",
        ),
        must_all(
            "05",
            "It is called filled with fewer pupils than places so far",
            lambda rows, at: [r for r in rows if r["state"] == "filled" and (r["pupils"] or 0) < _so_far(r, rows)],
            (_STEP | dict(state="filled", pupils="47"),),
            holds_for=dict(pupils="48"),
            fix="Correct the state or the pupils.",
        ),
    ),
    measures=(
        count(
            "planned_places",
            "new places of the steps due by the day",
            "as_at; opening",
            lambda r, at: r["by_day"] <= at.day,
            of=lambda r, at: r["new_places"],
            unit="places",
        ),
        each(
            "curve",
            "new places of this and the earlier steps of the opening",
            "all; step",
            lambda r, at: _so_far(r, known(at)),
            unit="places",
            decimals=0,
        ),
        count(
            "full_places", "new places of all steps", "all; opening", of=lambda r, at: r["new_places"], unit="places"
        ),
        worked(
            "filled_pct", "pupils as counted last, of the planned places", "as_at; opening", _filled, unit="percent"
        ),
        worked("behind", "planned places less pupils as counted last", "as_at; opening", _behind, unit="places"),
    ),
    headline="{planned_places:place was|places were} due by now; {filled_pct} are filled, of {full_places} in all.",
    feeds=(Feed("forecast", "school_opening", "its places"), Feed("report", "calendar", "each step")),
    example=(
        dict(
            step="elm-1",
            opening="elm",
            by_day="2025-08-31",
            new_places="48",
            pupils="36",
            counted_on="2025-10-02",
            state="late",
            source="worked example",
        ),
        dict(
            step="elm-2", opening="elm", by_day="2025-09-30", new_places="12", state="planned", source="worked example"
        ),
    ),
    example_as_at=date(2025, 10, 2),
    expects="""
        planned_places | | | 2025-10-02 | 60
        curve | step | elm-1 | | 48
        curve | step | elm-2 | | 60
        full_places | | | | 60
        filled_pct | opening | elm | 2025-10-02 | 60.0
        behind | | | 2025-10-02 | 24
    """,
)
