"""The register of the service offer: what support there is, and how to reach it."""

from collections.abc import Iterator, Sequence
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, pounds, refers, school_year, text, whole, year, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, each, gap, left_aside, listed, ratio, worked
from highneeds.registers.mechanism.measuring import known as known_rows
from highneeds.registers.mechanism.reckoning import plus_months
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, query_all
from highneeds.registers.mechanism.situation import Situation

LEVELS = ("universal", "targeted", "specialist")
OFFER_NEEDS = ("communication", "cognition", "semh", "sensory_physical")


def _published(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "published")


def _money(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    """Sums as written, else as a fact states them; what is printed as 'over' is said."""
    known = [(row, amount) for row in rows if (amount := at.amount(row, "money_gbp")) is not None]
    rest = [row for row in known_rows(at) if at.amount(row, "money_gbp") is None]
    held = counted(row for row, _ in known) + counted(rest)
    over = [
        "over"
        for row, _ in known
        for name in (row["figures"] or "").split()
        if at.facts and name in at.facts and at.facts[name].qualifier == "over"
    ]
    reason = left_aside(counted(rest), held, beside=over)
    return (
        MeasureValue(sum(amount for _, amount in known), reason=reason)
        if known
        else gap(reason or "nothing in the whole")
    )


def _gaps(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, MeasureValue]]:
    held = {(row["level"], row["need"]) for row in rows}
    missing = {
        level: sum((level, need) not in held and (level, "all") not in held for need in OFFER_NEEDS) for level in LEVELS
    }
    yield "total", "", MeasureValue(sum(missing.values()), part=sum(missing.values()))
    for level, number_ in missing.items():
        if number_:
            yield "level", level, MeasureValue(number_, part=number_)


def _reach(row: RegisterRow, at: Situation) -> MeasureValue:
    return ratio(row["reach"], at.setting("schools_in_area"))


def _pairs(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    pairs = {frozenset((row["service"], other)) for row in rows for other in (row["duplicates"] or "").split()}
    return MeasureValue(len(pairs), part=len(pairs))


def _same_offer(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    seen: dict[tuple[Any, ...], list[RegisterRow]] = {}
    for row in rows:
        place = (row["level"], row["audience"], row["phase"], row["need"])
        if row["state"] != "published" or None in place:
            continue
        before = seen.setdefault(place, [])
        if any(one["service"] not in (row["duplicates"] or "").split() for one in before):
            yield row
        before.append(row)


def _one_sided(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    named = {row["service"]: (row["duplicates"] or "").split() for row in rows}
    yield from (
        row
        for row in rows
        if any(row["service"] not in named.get(other, [row["service"]]) for other in named[row["service"]])
    )


_OFFER = dict(
    service="s1",
    title="x",
    level="targeted",
    audience="schools",
    phase="all",
    need="semh",
    access="By request",
    statutory="no",
    reviewed_on="2024-10-01",
    state="published",
)

service_offer = Register(
    name="service_offer",
    title="Service offer",
    unit="one service",
    source="Local offer; service catalogues",
    key="service",
    help="Every service: for whom, at which level, how to reach it, what it costs and whom it reaches.",
    systems="F11 F15",
    kept_by="condition_owner",
    decides="director",
    used="Yearly, in spring",
    klass="public",
    columns=(
        key("service"),
        text("title*+"),
        text("team+"),
        code("level*", "universal|targeted|specialist"),
        code("audience*", "schools|early_years|families|young_people|all"),
        code("phase", "early_years|primary|secondary|post16|all"),
        code("need", "all|communication|cognition|semh|sensory_physical"),
        text("access*+", "Way in"),
        code("cost_to_user", "free|traded|part"),
        yes_no("statutory*"),
        pounds("money_gbp+"),
        year("money_year"),
        whole("reach"),
        school_year("reach_year"),
        day("reviewed_on"),
        refers("duplicates", "service_offer", several=True),
        code("state*", "draft|agreed|published|withdrawn"),
    ),
    ladder=ladder("draft < agreed < published < withdrawn", ends="withdrawn"),
    moves=moves("agreed > published D"),
    clocks=(clock("review", "reviewed_on", months=12),),
    rules=(
        must(
            "01",
            "It is published and says no way in",
            lambda r: r["state"] == "published" and not r["access"],
            _OFFER | dict(access=""),
            fix="Say how to reach it.",
        ),
        must(
            "03",
            "There is money without its year",
            lambda r: r["money_gbp"] is not None and r["money_year"] is None,
            _OFFER | dict(money_gbp="1.00"),
            fix="Give the year.",
        ),
    ),
    whole_rules=(
        query_all(
            "02",
            "The same level, audience, phase and need are offered twice",
            _same_offer,
            (_OFFER, _OFFER | dict(service="s2")),
            fix="Make them one, or name them as duplicates.",
        ),
        query_all(
            "04",
            "It has not been reviewed for a year",
            lambda rows, at: [
                r for r in rows if r["reviewed_on"] is not None and plus_months(r["reviewed_on"], 12) < at.as_at
            ],
            (_OFFER | dict(reviewed_on="2024-04-01"),),
            holds_for=dict(reviewed_on="2024-04-02"),
            fix="Review it.",
        ),
        query_all(
            "05",
            "Duplicates are named on one side only",
            _one_sided,
            (_OFFER | dict(duplicates="s2"), _OFFER | dict(service="s2", need="cognition")),
            fix="Name the other in both rows.",
        ),
    ),
    measures=(
        count("services", "published services", "as_at; level, audience", _published),
        worked("money_gbp", "sums of the year", "row(money_year); level", _money, unit="gbp"),
        each(
            "reach_pct",
            "schools reached, of those in the area",
            "row(reach_year); service",
            _reach,
            needs="reach",
            where=lambda r, at: r["audience"] == "schools",
            unit="percent",
        ),
        listed("gaps", "pairs of level and need with no published service", "as_at", _gaps, where=_published),
        worked("duplicates", "pairs named as duplicates, each once", "as_at", _pairs),
    ),
    headline=(
        "{services:service is|services are} offered; "
        "{gaps:pair of level and need lacks|pairs of level and need lack} one."
    ),
    feeds=(Feed("report", "public", "what support there is"), Feed("assurance", "condition 8", "evidence")),
    example=(
        dict(
            service="advisers",
            title="Inclusion advisers",
            team="Inclusion",
            level="targeted",
            audience="schools",
            phase="all",
            need="all",
            access="By request of the school",
            cost_to_user="free",
            statutory="no",
            money_gbp="900000.00",
            money_year="2024-25",
            reach="180",
            reach_year="2024/25",
            reviewed_on="2025-03-03",
            state="published",
            source="worked example",
        ),
        dict(
            service="sensory",
            title="Sensory service",
            team="Sensory",
            level="specialist",
            audience="all",
            phase="all",
            need="sensory_physical",
            access="By referral",
            cost_to_user="free",
            statutory="yes",
            reviewed_on="2025-03-03",
            state="published",
            source="worked example",
        ),
    ),
    example_settings={"schools_in_area": 240},
    expects="""
        services | | | 2025-04-02 | 2
        money_gbp | | | 2024-25 | 900000.00
        reach_pct | service | advisers | 2024/25 | 75.0
        gaps | total | | 2025-04-02 | 7
        gaps | level | universal | 2025-04-02 | 4
        duplicates | | | 2025-04-02 | 0
    """,
)
