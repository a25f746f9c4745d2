"""The register of tariff descriptors: the continuum and its rates, version by version."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, number, pounds, refers, text, whole
from highneeds.registers.mechanism.history import CellChange
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, each, gap, ratio, worked
from highneeds.registers.mechanism.reckoning import common_day
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query_all
from highneeds.registers.mechanism.situation import Situation


def _in_effect(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "published") and at.live(row, "effective_from", "effective_to")


def _place(row: RegisterRow) -> tuple[str, str, str]:
    return (row["version"], row["group"], row["need"] or "all")


def _levels(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    """Within version, group and need: levels 1 to n, rate and score rising with the level."""
    together: dict[tuple[str, str, str], list[RegisterRow]] = {}
    for row in rows:
        together.setdefault(_place(row), []).append(row)
    for own in together.values():
        own.sort(key=lambda one: one["level"])
        for expected, row in enumerate(own, 1):
            if row["level"] != expected:
                yield row, f"Level {row['level']} stands where {expected} is expected"
                break
        for low, high in pairwise(own):
            if high["annual_gbp"] <= low["annual_gbp"] or high["score_from"] <= low["score_from"]:
                yield high, "Rate or score does not rise with the level"


def _two_versions(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    seen: dict[str, list[RegisterRow]] = {}
    for row in rows:
        if row["state"] != "published":
            continue
        before = seen.setdefault(row["group"], [])
        days = (row["effective_from"], row["effective_to"])
        if any(
            one["version"] != row["version"] and common_day((one["effective_from"], one["effective_to"]), days)
            for one in before
        ):
            yield row
        before.append(row)


def _before_its_decision(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        decision = at.row_of("decisions", row["decision"]) if row["decision"] else None
        if decision and (decision["effective_on"] is None or row["effective_from"] < decision["effective_on"]):
            yield row


def _change(row: RegisterRow, at: Situation) -> MeasureValue:
    """Against the same group, need and level of the version before."""
    alike = [
        one
        for one in at.rows
        if (one["group"], one["need"], one["level"]) == (row["group"], row["need"], row["level"])
        and one["effective_from"] < row["effective_from"]
    ]
    if not alike:
        return gap("nothing in the whole")
    before = max(alike, key=lambda one: one["effective_from"])
    return ratio(row["annual_gbp"] - before["annual_gbp"], before["annual_gbp"], money=True)


def _extreme(largest: bool) -> Any:
    def compute(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
        rates = [row["annual_gbp"] for row in rows]
        return MeasureValue(max(rates) if largest else min(rates)) if rates else gap("nothing in the whole")

    return compute


_LEVEL = dict(
    descriptor="a1",
    version="A",
    group="special",
    need="all",
    level="1",
    title="x",
    adaptation="y",
    score_from="1",
    annual_gbp="5000.00",
    published_on="2025-05-12",
    effective_from="2025-09-01",
    state="published",
)


def _changed_rate(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    changed = {(one.row, one.at[:10]) for one in at.changes() if one.column == "annual_gbp" and one.before}
    for row in rows:
        published = row["published_on"]
        if published and any(name == row["descriptor"] and day > published.isoformat() for name, day in changed):
            yield row


tariff_descriptors = Register(
    name="tariff_descriptors",
    title="Tariff descriptors",
    unit="one level in one version",
    source="Continuum of need and provision; high needs funding tariff",
    key="descriptor",
    named_by="title",
    help="What each level of need asks for and what it pays, version by version.",
    systems="F1 F2",
    kept_by="finance_partner condition_owner",
    decides="section_151",
    used="When a version is drafted, tested or published",
    klass="public",
    columns=(
        key("descriptor"),
        text("version*+"),
        code(
            "group*",
            {"mainstream": "Mainstream", "srp": "Resourced provision", "special": "Special school", "all": "All"},
        ),
        code("need", "cognition|communication|semh|sensory_physical|all"),
        whole("level*"),
        text("title*+"),
        text("adaptation*+", "What is done differently"),
        number("score_from*"),
        pounds("annual_gbp*+", "Rate", unit="a year"),
        day("published_on"),
        day("effective_from*"),
        day("effective_to"),
        refers("decision", "decisions"),
        code("state*", "draft|tested|published|withdrawn"),
    ),
    ladder=ladder("draft < tested < published(published_on) < withdrawn", ends="withdrawn"),
    moves=moves("tested > published D: decision published_on"),
    clocks=(clock("published", "effective_from", stops="published_on"),),
    rules=(
        must(
            "03",
            "It takes effect before it is published",
            lambda r: r["effective_from"] < r["published_on"],
            _LEVEL | dict(effective_from="2025-05-11"),
            holds_for=dict(effective_from="2025-05-12"),
            given="effective_from published_on",
            fix="Correct whichever day is wrong.",
        ),
    ),
    whole_rules=(
        query_all(
            "04",
            "A rate was changed under one version after it was published",
            _changed_rate,
            (_LEVEL,),
            history=(
                CellChange(
                    "2025-05-13T09:00:00", "x", "finance_partner", "y", "a1", "annual_gbp", "4900.00", "5000.00"
                ),
            ),
            holds_for=dict(published_on="2025-05-13"),
            fix="Publish a new version with the new rate.",
        ),
        must_all(
            "01",
            "Levels are not 1 to n, or rate or score does not rise with them",
            _levels,
            (_LEVEL, _LEVEL | dict(descriptor="a2", level="2", score_from="2")),
            holds_for=dict(annual_gbp="5000.01"),
            fix="Correct levels, scores and rates.",
        ),
        must_all(
            "02",
            "Two published versions are in effect on a common day for a group",
            _two_versions,
            (_LEVEL, _LEVEL | dict(descriptor="b1", version="B")),
            fix="End the old version on the day before.",
        ),
        query_all(
            "05",
            "It takes effect before its decision did",
            _before_its_decision,
            (_LEVEL | dict(decision="d1"),),
            holds_for=dict(effective_from="2025-09-02"),
            others={"decisions": (dict(decision="d1", effective_on="2025-09-02"),)},
            fix="Wait for the decision.",
        ),
    ),
    measures=(
        count("levels", "levels in effect", "as_at; group, need", _in_effect),
        worked("lowest_gbp", "least rate in effect", "as_at; group", _extreme(False), where=_in_effect, unit="gbp"),
        worked("highest_gbp", "greatest rate in effect", "as_at; group", _extreme(True), where=_in_effect, unit="gbp"),
        each(
            "change_pct",
            "rate against the same level of the version before",
            "all; descriptor",
            _change,
            unit="percent",
        ),
    ),
    headline="{levels:level is|levels are} in effect, from {lowest_gbp} to {highest_gbp} a year.",
    feeds=(
        Feed("forecast", "top_up_tariff", "the rates"),
        Feed("report", "calendar", "when it takes effect"),
        Feed("report", "forum", "the levels"),
    ),
    example=tuple(
        dict(
            descriptor=f"S{level}",
            version="2024",
            group="special",
            need="all",
            level=str(level),
            title=f"Level {level}",
            adaptation=words,
            score_from=str(level * 10),
            annual_gbp=rate,
            published_on="2024-05-13",
            effective_from="2024-09-01",
            state="published",
            source="worked example",
        )
        for level, (words, rate) in enumerate(
            (("Adapted teaching", "4000.00"), ("Small group", "9000.00"), ("One to one", "16000.00")), 1
        )
    ),
    expects="""
        levels | | | 2025-04-02 | 3
        lowest_gbp | | | 2025-04-02 | 4000.00
        highest_gbp | group | special | 2025-04-02 | 16000.00
        change_pct | descriptor | S1 | | nothing in the whole
    """,
)
