"""Schools and provisions that open, slip or are refused: the capital project of the agreement."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.mechanism.column import day, pounds, refers, whole
from highneeds.registers.mechanism.measure import count, each, pct, total
from highneeds.registers.mechanism.reckoning import months_in
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.registers.register import Column, Kind
from highneeds.vocabulary.period import FinancialYear, Month

KINDS = {"special_school": "Special school", "resourced_provision": "Resourced provision or SEN unit", "other": "Other"}
STATUSES = {
    "planned": "Planned, on time",
    "delayed": "Delayed",
    "open": "Open",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
}


@rule(
    "OPENINGS-01",
    severity=Severity.MUST_FIX,
    fix="Fill in the month it opened, or change the status.",
    broken_by=dict(opening="elm", title="Elm School", kind="special_school", planned=Month(2025, 9), status="open"),
    holds_for=(dict(opened=Month(2025, 9)), dict(status="planned")),
    source="DfE Safety Valve monitoring template, capital project",
)
def an_open_school_has_an_opening_month(row: RegisterRow) -> str | None:
    return "It is open but has no month of opening" if row["status"] == "open" and not row["opened"] else None


@rule(
    "OPENINGS-02",
    severity=Severity.QUERY,
    fix="Give the month now expected, or say that none is known in the notes.",
    broken_by=dict(opening="elm", title="Elm School", kind="special_school", planned=Month(2025, 9), status="delayed"),
    holds_for=(dict(expected=Month(2026, 1)), dict(status="planned")),
    source="DfE Safety Valve monitoring template, capital project",
)
def a_delayed_school_has_an_expected_month(row: RegisterRow) -> str | None:
    return "It is delayed and no month is expected" if row["status"] == "delayed" and not row["expected"] else None


def slip_in_months(row: RegisterRow) -> int | None:
    """Months between the planned and the real (or now expected) opening; None where it will not open."""
    latest: Month | None = row["opened"] or row["expected"]
    if row["status"] in ("rejected", "withdrawn") or latest is None:
        return None
    planned: Month = row["planned"]
    return planned.months_until(latest)


def _gone(row: RegisterRow) -> bool:
    return row["status"] in ("rejected", "withdrawn")


def months_lost(row: RegisterRow, year: FinancialYear) -> int:
    """Months of a year from the planned month until it opens, is expected, or was rejected; withdrawn loses none."""
    if row["status"] == "withdrawn":
        return 0
    until = row["opened"] or row["expected"] or (Month.of(row["rejected_on"]) if row["rejected_on"] else None)
    last = until.plus(-1) if until else None
    return 0 if last is not None and last < row["planned"] else months_in(row["planned"], last, year)


def _lost(row: RegisterRow, at: Situation) -> Any:
    return Decimal(row["places"]) * (row["independent_gbp"] - row["state_gbp"]) * months_lost(row, at.year) / 12


def _on_time(row: RegisterRow, at: Situation) -> bool:
    latest = row["opened"] or row["expected"]
    return latest is not None and latest <= row["planned"]


def _nothing_open(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    held = {one["dependency"] for one in at.others_of("dependencies") if one["state"] == "open"}
    for row in rows:
        if row["status"] == "delayed" and not held & set((row["dependency"] or "").split()):
            yield row


def _too_many_steps(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    steps: dict[str, int] = {}
    for step in at.others_of("fill_steps"):
        steps[step["opening"]] = steps.get(step["opening"], 0) + step["new_places"]
    yield from (row for row in rows if row["places"] is not None and steps.get(row["opening"], 0) > row["places"])


_ELM = dict(
    opening="elm",
    title="Elm",
    kind="special_school",
    planned="2025-09",
    expected="2026-09",
    status="delayed",
    places="60",
)


def _later_than_scenario(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    if "scenario_openings" not in at.council:
        raise NotAtHand("no scenario with openings is given")
    for row in rows:
        month_ = at.council["scenario_openings"].get(row["opening"])
        if month_ and row["expected"] and row["expected"] > month_:
            yield row


openings = Register(
    name="openings",
    title="Schools and provisions opening",
    unit="one school or provision",
    source="DfE Safety Valve monitoring template, capital project",
    key="opening",
    named_by="title",
    help="What the agreement assumed would open, when, and what became of it.",
    columns=(
        Column("opening", "Short name", required=True),
        Column("title", "School or provision", required=True),
        Column("kind", "Kind", Kind.CODE, required=True, codes=KINDS),
        Column("planned", "Planned", Kind.MONTH, required=True),
        Column("expected", "Now expected", Kind.MONTH),
        Column("opened", "Opened", Kind.MONTH),
        Column("status", "Status", Kind.CODE, required=True, codes=STATUSES),
        Column("delivered_by", "Delivered by"),
        Column("places", "Places", Kind.WHOLE),
        Column("figures", "Figures it rests on", help="Ids of facts, separated by spaces"),
        Column("notes", "Notes"),
        Column("source", "Source", help="Document and line"),
        refers("dependency", "dependencies", several=True),
        refers("milestone", "milestones"),
        pounds("independent_gbp", "A place elsewhere", unit="a year"),
        pounds("state_gbp", "A place here", unit="a year"),
        whole("first_age"),
        whole("last_age"),
        day("rejected_on"),
    ),
    rules=(
        an_open_school_has_an_opening_month,
        a_delayed_school_has_an_expected_month,
        query(
            "04",
            "It is open and has no places",
            lambda r: r["status"] == "open" and not r["places"],
            _ELM | dict(status="open", places=""),
            fix="Give the places with which it opened.",
        ),
        must(
            "07",
            "It is called delayed and expected before its planned month",
            lambda r: r["status"] == "delayed" and r["expected"] < r["planned"],
            _ELM | dict(expected="2025-08"),
            holds_for=dict(expected="2025-09"),
            given="expected planned",
            fix="Correct the months or the status.",
        ),
    ),
    example=(
        {
            "opening": "elm",
            "title": "Elm School",
            "kind": "special_school",
            "planned": "2025-09",
            "expected": "2026-09",
            "status": "delayed",
            "places": "120",
            "source": "worked example",
        },
    ),
    systems="E3 A10",
    kept_by="condition_owner programme_manager",
    decides="director",
    used="Each report",
    whole_rules=(
        query_all(
            "06",
            "It is expected later than in the forecast's scenario",
            _later_than_scenario,
            (_ELM,),
            holds_for=dict(expected="2026-08"),
            council={"scenario_openings": {"elm": Month(2026, 8)}},
            fix="Reckon the cost of the delay again.",
        ),
        query_all(
            "03",
            "It is delayed and no dependency is open",
            _nothing_open,
            (_ELM,),
            others={"dependencies": ()},
            fix="Name what it waits for in the list of dependencies.",
        ),
        must_all(
            "05",
            "Its fill steps add to more than its places",
            _too_many_steps,
            (_ELM,),
            holds_for={"fill_steps.new_places": "60"},
            others={"fill_steps": (dict(step="s1", opening="elm", new_places="61"),)},
            fix="Correct the steps or the places.",
        ),
    ),
    measures=(
        count("openings", "every school or provision", "all; status, kind"),
        each(
            "slip_months",
            "planned to opened, else to expected",
            "as_at; opening",
            lambda r, at: slip_in_months(r),
            where=lambda r, at: not _gone(r),
            unit="months",
            decimals=0,
        ),
        pct(
            "on_time_pct",
            "opened or expected by the planned month, of all but rejected and withdrawn",
            "all",
            _on_time,
            lambda r, at: not _gone(r),
        ),
        total(
            "lost_places_gbp",
            "places x (elsewhere - here) x months of the year without them / 12",
            "fy; opening",
            _lost,
            needs="places independent_gbp state_gbp",
            aside=True,
            since="planned",
        ),
    ),
    headline=(
        "{openings:school or provision is|schools and provisions are} planned; "
        "{on_time_pct} opened or are expected to open on time."
    ),
    feeds=(
        Feed("assurance", "on-track answer on capital", "every slip"),
        Feed("forecast", "school_opening", "places by month"),
        Feed("account", "delay", "what the slip costs"),
    ),
    expects="""
        openings | | | | 1
        slip_months | opening | elm | 2025-04-02 | 12
        on_time_pct | | | | 0.0
    """,
)
