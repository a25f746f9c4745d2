"""The risk register."""

from collections.abc import Iterator, Sequence
from typing import Any

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, whole
from highneeds.registers.mechanism.history import CellChange
from highneeds.registers.mechanism.measure import MeasureValue, count, each, gap, left_aside, listed, tally
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.registers.register import Column, Kind
from highneeds.vocabulary.assurance_level import AssuranceLevel

LEVELS = {level.value: level.words for level in AssuranceLevel}
LEVEL_COLUMNS = ("level_1", "level_2", "level_3")


@rule(
    "RISKS-01",
    severity=Severity.QUERY,
    fix="Write what is being done about it, or lower its level.",
    broken_by=dict(risk="4", title="Places run out", level_1="R", level_2="not_yet", level_3="not_yet"),
    holds_for=(dict(level_1="G"), dict(mitigations="buy places")),
    also_broken_by=(dict(level_1="A"), dict(level_1="G", level_2="G", level_3="R")),
    source="DfE Safety Valve monitoring template, risk register",
)
def a_worrying_risk_has_a_mitigation(row: RegisterRow) -> str | None:
    worrying = {AssuranceLevel.OFF_TARGET, AssuranceLevel.OFF_TARGET_WITH_PLANS}
    if any(row[column] in worrying for column in LEVEL_COLUMNS) and not row["mitigations"]:
        return "The risk is off target and names no mitigation"
    return None


@rule(
    "RISKS-02",
    severity=Severity.MUST_FIX,
    fix="Give the levels of the earlier updates first.",
    broken_by=dict(
        risk="4", title="Places run out", level_1="not_yet", level_2="A", level_3="not_yet", mitigations="x"
    ),
    holds_for=(dict(level_1="A"), dict(level_2="not_yet")),
    also_broken_by=dict(level_1="A", level_2="not_yet", level_3="A"),
    source="DfE Safety Valve monitoring template, risk register",
)
def updates_are_rated_in_their_order(row: RegisterRow) -> str | None:
    given = [row[column] != AssuranceLevel.NOT_YET for column in LEVEL_COLUMNS]
    if given != sorted(given, reverse=True):
        return "A later update is rated while an earlier one is not yet due"
    return None


BANDS = ("low", "medium", "high")
SCORES = ("likelihood", "impact", "target_likelihood", "target_impact")
WORSE_FIRST = (
    AssuranceLevel.OFF_TARGET,
    AssuranceLevel.OFF_TARGET_WITH_PLANS,
    AssuranceLevel.ON_TARGET,
    AssuranceLevel.COMPLETE,
)


def _given(row: RegisterRow) -> list[str]:
    """The levels given so far in the year, in order."""
    return [row[column] for column in LEVEL_COLUMNS if row[column] not in (None, AssuranceLevel.NOT_YET)]


def level(row: RegisterRow, at: Situation) -> str | None:
    """The latest level that was given."""
    return _given(row)[-1] if _given(row) else None


def score(row: RegisterRow) -> Any:
    return None if row.lacks(("likelihood", "impact")) else row["likelihood"] * row["impact"]


def band(row: RegisterRow, at: Situation) -> str | None:
    low, high = at.setting("risk_bands")
    found = score(row)
    return None if found is None else BANDS[(found > low) + (found > high)]


def _open(row: RegisterRow, at: Situation) -> bool:
    return row["closed_on"] is None or row["closed_on"] > at.day


def _moved(row: RegisterRow) -> int:
    """Above 0: the latest level is worse than the one before; below 0: better."""
    order = [str(one) for one in WORSE_FIRST]
    given = [order.index(one) for one in _given(row) if one in order]
    return given[-2] - given[-1] if len(given) > 1 else 0


def _by_band(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, MeasureValue]]:
    scored = [row for row in rows if score(row) is not None]
    reason = left_aside(counted(rows) - counted(scored), counted(rows), "no likelihood or impact")
    for one in BANDS:
        number = counted(row for row in scored if band(row, at) == one)
        yield "band", one, MeasureValue(number, part=number, reason=reason) if scored or not rows else gap(reason)


def _band_and_level(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        if (band(row, at), level(row, at)) in (("low", "R"), ("high", "G")):
            yield row


def _closed_with_open_items(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    items = {one["risk"] for one in at.others_of("risk_items") if one["state"] == "open"}
    actions = {
        one["of_row"] for one in at.others.get("actions", ()) if one["register"] == "risks" and one["state"] == "open"
    }
    yield from (row for row in rows if row["closed_on"] and row["risk"] in items | actions)


_RISK = dict(
    risk="1", title="x", level_1="R", level_2="not_yet", level_3="not_yet", mitigations="y", owner_role="Director"
)


def _figures_moved(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    """The figures of a risk were changed later than its progress."""
    last: dict[tuple[str, str], str] = {}
    for one in at.changes():
        if one.before or one.column == "progress":
            last[(one.row, one.column)] = one.at
    for row in rows:
        moved = last.get((row["risk"], "figures"))
        if moved and moved > last.get((row["risk"], "progress"), ""):
            yield row


risks = Register(
    name="risks",
    title="Risk register",
    unit="one risk",
    source="DfE Safety Valve monitoring template, section 7",
    key="risk",
    named_by="title",
    help="Risks to the agreement, the level in each update of the year, and what is done about them.",
    columns=(
        Column("risk", "Number", required=True),
        Column("title", "Risk", required=True),
        Column("level_1", "First update", Kind.CODE, required=True, codes=LEVELS),
        Column("level_2", "Second update", Kind.CODE, required=True, codes=LEVELS),
        Column("level_3", "Third update", Kind.CODE, required=True, codes=LEVELS),
        Column("owner_role", "Owner (role)"),
        Column("mitigations", "Mitigations", help="Several are separated by |"),
        Column("progress", "Progress"),
        Column("figures", "Figures it rests on", help="Ids of facts, separated by spaces"),
        Column("review_on", "Next review", Kind.DAY),
        Column("source", "Source", help="Document and line"),
        whole("likelihood"),
        whole("impact"),
        whole("target_likelihood"),
        whole("target_impact"),
        code("category", "money|demand|delivery|people|legal|reputation"),
        whole("condition"),
        day("raised_on"),
        day("closed_on"),
        code("escalated_to", "none|board|corporate"),
    ),
    rules=(
        a_worrying_risk_has_a_mitigation,
        updates_are_rated_in_their_order,
        must(
            "03",
            "Likelihood or impact is outside 1 to 5, or only one of them is given",
            lambda r: (
                any(r[c] is not None and not 1 <= r[c] <= 5 for c in SCORES)
                or (r["likelihood"] is None) != (r["impact"] is None)
            ),
            _RISK | dict(likelihood="5", impact="6"),
            holds_for=dict(impact="5"),
            fix="Give both, each from 1 to 5.",
        ),
        query(
            "04",
            "It is off target and has no owner",
            lambda r: {"R", "A"} & {r[c] for c in LEVEL_COLUMNS} and not r["owner_role"],
            _RISK | dict(owner_role=""),
            fix="Name the role that owns it.",
        ),
        query(
            "06",
            "The target score is above the present one",
            lambda r: r["target_likelihood"] * r["target_impact"] > r["likelihood"] * r["impact"],
            _RISK | dict(likelihood="2", impact="3", target_likelihood="2", target_impact="4"),
            holds_for=dict(target_impact="3"),
            given="likelihood impact target_likelihood target_impact",
            fix="Correct one of the scores.",
        ),
    ),
    example=(
        {
            "risk": "1",
            "title": "New special schools open late",
            "level_1": "R",
            "level_2": "not_yet",
            "level_3": "not_yet",
            "owner_role": "Director of Education",
            "mitigations": "Raise the delay with DfE|Add classes at two existing schools",
            "progress": "Both classes open in September",
            "source": "worked example",
        },
    ),
    begins="raised_on",
    systems="G5",
    kept_by="programme_manager condition_owner",
    decides="programme_manager section_151",
    decided="closed_on",
    used="Each report; monthly for red risks",
    clocks=(clock("review", "review_on", where=lambda r, at: _open(r, at)),),
    whole_rules=(
        query_all(
            "07",
            "A figure that it rests on changed and the progress did not",
            _figures_moved,
            (_RISK | dict(figures="f1"),),
            history=(
                CellChange("2025-03-01T09:00:00", "x", "analyst", "y", "1", "progress", "", "z"),
                CellChange("2025-03-20T09:00:00", "x", "analyst", "y", "1", "figures", "f0", "f1"),
            ),
            instead=dict(
                history=(
                    CellChange("2025-03-20T09:00:00", "x", "analyst", "y", "1", "progress", "", "z"),
                    CellChange("2025-03-20T09:00:00", "x", "analyst", "y", "1", "figures", "f0", "f1"),
                )
            ),
            fix="Say what the new figure means for the risk.",
        ),
        query_all(
            "05",
            "Its score and its level disagree",
            _band_and_level,
            (_RISK | dict(likelihood="2", impact="3"),),
            holds_for=dict(impact="4"),
            fix="Look at both again.",
        ),
        must_all(
            "08",
            "It is closed and has open factors or actions",
            _closed_with_open_items,
            (_RISK | dict(closed_on="2025-03-01"),),
            others={"risk_items": (dict(item="1.1", risk="1", factor="x", state="open"),)},
            fix="Close those first, or open the risk again.",
        ),
        query_all(
            "09",
            "Its review is overdue",
            lambda rows, at: [r for r in rows if _open(r, at) and r["review_on"] and r["review_on"] < at.as_at],
            (_RISK | dict(review_on="2025-04-01"),),
            holds_for=dict(review_on="2025-04-02"),
            fix="Review it, and give the next day.",
        ),
    ),
    parted={"level": level, "band": band},
    parted_order={"level": tuple(LEVELS), "band": BANDS},
    measures=(
        count("risks", "open risks", "as_at; level", _open),
        each("score", "likelihood x impact", "as_at; risk", lambda r, at: score(r), needs="likelihood impact"),
        listed("in_band", "open risks by score", "as_at", _by_band, where=_open),
        count("worse", "the latest level is worse than the one before", "as_at", lambda r, at: _moved(r) > 0),
        count("better", "the latest level is better than the one before", "as_at", lambda r, at: _moved(r) < 0),
        tally(
            "figures_linked",
            "different figures that they rest on",
            "all; risk",
            lambda rows, at: len({one for r in rows for one in (r["figures"] or "").split()}),
        ),
    ),
    headline="{risks:risk is|risks are} open; {worse} got worse and {better} better since the last update.",
    feeds=(Feed("report", "section 7", "the risk register"), Feed("assurance", "levels", "what they rest on")),
    expects="""
        risks | | | 2025-04-02 | 1
        risks | level | R | 2025-04-02 | 1
        score | risk | 1 | 2025-04-02 | likelihood is empty
        worse | | | 2025-04-02 | 0
        figures_linked | | | | 0
    """,
)
