"""The register of transition pathways: what a family can expect next."""

from collections.abc import Iterator, Sequence

from highneeds.registers.definitions._shared import NEEDS
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, text, whole, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, listed, pct, ratio, share
from highneeds.registers.mechanism.reckoning import plus_months
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation

STEPS = (("early_years", "primary"), ("primary", "secondary"), ("secondary", "post16"), ("post16", "adult"))
PATHWAY_NEEDS = {"all": "All needs", **NEEDS}


def _published(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "published")


def _coverage(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, MeasureValue]]:
    """Pairs of area and step with a published pathway, of all pairs."""
    areas = at.setting("areas")
    held = {(row["area"], row["from_phase"], row["to_phase"]) for row in rows}
    covered = {area: sum((area, *step) in held or ("all", *step) in held for step in STEPS) for area in areas}
    yield "total", "", ratio(sum(covered.values()), len(areas) * len(STEPS))
    for area in sorted(covered):
        yield "area", area, ratio(covered[area], len(STEPS))


_PATHWAY = dict(
    pathway="p1",
    area="North",
    need="all",
    from_phase="primary",
    to_phase="secondary",
    settings="Schools",
    offer="Visit",
    support="Transition worker",
    agreed_with_schools="yes",
    reviewed_on="2024-10-01",
    state="published",
)

transition_pathways = Register(
    name="transition_pathways",
    title="Transition pathways",
    unit="one pathway from one phase to the next",
    source="Transition charter",
    key="pathway",
    help="What children and families can expect at each change of phase, by area and need.",
    systems="D18",
    kept_by="condition_owner",
    decides="director",
    used="Yearly, in summer",
    klass="public",
    columns=(
        key("pathway"),
        text("area*+", codes_from="areas"),
        code("need*+", PATHWAY_NEEDS),
        code("from_phase*+", "early_years|primary|secondary|post16"),
        code("to_phase*+", "primary|secondary|post16|adult"),
        text("settings+"),
        text("offer*+"),
        text("support+"),
        text("contact_team+"),
        yes_no("agreed_with_schools"),
        yes_no("easy_read"),
        day("reviewed_on"),
        whole("helpful_yes"),
        whole("helpful_asked"),
        code("state*", "draft|agreed|published|withdrawn"),
    ),
    ladder=ladder("draft < agreed < published", side="withdrawn"),
    moves=moves("agreed > published D"),
    clocks=(clock("review", "reviewed_on", months=12),),
    rules=(
        must(
            "01",
            "It is published and not agreed with schools",
            lambda r: r["state"] == "published" and not r["agreed_with_schools"],
            _PATHWAY | dict(agreed_with_schools="no"),
            fix="Agree it with the schools first.",
        ),
        query(
            "02",
            "It says nothing of support",
            lambda r: not r["support"],
            _PATHWAY | dict(support=""),
            fix="Say what support there is.",
        ),
        must(
            "03",
            "More found it helpful than were asked",
            lambda r: r["helpful_yes"] > r["helpful_asked"],
            _PATHWAY | dict(helpful_yes="11", helpful_asked="10"),
            holds_for=dict(helpful_yes="10"),
            given="helpful_yes helpful_asked",
            fix="Correct the two numbers.",
        ),
        query(
            "04",
            "The phase does not follow the one before",
            lambda r: (r["from_phase"], r["to_phase"]) not in STEPS,
            _PATHWAY | dict(to_phase="post16"),
            given="from_phase to_phase",
            fix="Correct the phases.",
        ),
    ),
    whole_rules=(
        query_all(
            "05",
            "It has not been reviewed for a year",
            lambda rows, at: [r for r in rows if r["reviewed_on"] and plus_months(r["reviewed_on"], 12) < at.as_at],
            (_PATHWAY | dict(reviewed_on="2024-04-01"),),
            holds_for=dict(reviewed_on="2024-04-02"),
            fix="Review it.",
        ),
    ),
    measures=(
        count("published", "published pathways", "as_at; area, need, to_phase", _published),
        listed(
            "coverage_pct",
            "pairs of area and step with a published pathway, of all pairs",
            "as_at",
            _coverage,
            where=_published,
            unit="percent",
        ),
        pct("easy_read_pct", "in easy read, of published", "as_at", lambda r, at: bool(r["easy_read"]), _published),
        share(
            "helpful_pct",
            "found it helpful, of asked",
            "as_at; area",
            lambda r, at: r["helpful_yes"],
            lambda r, at: r["helpful_asked"],
            needs="helpful_yes helpful_asked",
            aside=True,
            where=_published,
        ),
    ),
    headline="{published:pathway is|pathways are} published, {coverage_pct} of areas and steps.",
    feeds=(Feed("assurance", "condition 6", "evidence"), Feed("report", "public", "the guide for parents")),
    example=(
        dict(
            pathway="north-secondary",
            area="North",
            need="all",
            from_phase="primary",
            to_phase="secondary",
            settings="All secondary schools",
            offer="Three visits",
            support="Transition worker",
            contact_team="North team",
            agreed_with_schools="yes",
            easy_read="yes",
            reviewed_on="2024-07-01",
            helpful_yes="18",
            helpful_asked="24",
            state="published",
            source="worked example",
        ),
    ),
    example_settings={"areas": ("North", "South")},
    expects="""
        published | | | 2025-04-02 | 1
        coverage_pct | total | | 2025-04-02 | 12.5
        coverage_pct | area | North | 2025-04-02 | 25.0
        easy_read_pct | | | 2025-04-02 | 100.0
        helpful_pct | | | 2025-04-02 | 75.0
    """,
)
