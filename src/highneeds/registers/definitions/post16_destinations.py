"""The register of post-16 destinations: where young people go."""

from collections.abc import Iterator, Sequence

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, key, pounds, refers, yes_no
from highneeds.registers.mechanism.measure import count, pct
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must_all, query
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.period import SchoolYear

WORK = ("supported_internship", "apprenticeship", "employment")
NOT_POSITIVE = ("neet", "adult_care", "moved", "not_known")
GOES_TO = {
    "supported_internship": "Supported internship",
    "apprenticeship": "Apprenticeship",
    "employment": "Employment",
    "fe": "Further education college",
    "spi": "Special post-16 institution",
    "higher_education": "Higher education",
    "training": "Training",
    "adult_care": "Adult care",
    "neet": "Not in education, employment or training",
    "moved": "Moved away",
    "not_known": "Not known",
}


def _stayed(row: RegisterRow, at: Situation) -> bool:
    return bool(row["goes_to"] != "moved")


def _twice_in_a_year(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    seen: set[tuple[str, SchoolYear]] = set()
    for row in rows:
        if row["child"] and row.n == 1:
            place = (row["child"], SchoolYear.of(row["left_on"]))
            if place in seen:
                yield row
            seen.add(place)


_LEFT = dict(
    destination="d1",
    child="1",
    left_on="2024-07-19",
    from_type="special_state",
    goes_to="employment",
    plan_ceased="yes",
)

post16_destinations = Register(
    name="post16_destinations",
    title="Destinations after education",
    unit="one young person who left, or a number alike",
    source="Post-16 casework; participation data",
    key="destination",
    help="Where young people with a plan go when they leave, and whether it lasts.",
    begins="left_on",
    systems="D15",
    kept_by="condition_owner",
    used="Autumn, and six months later",
    klass="casework",
    columns=(
        key("destination"),
        child(),
        day("left_on*"),
        code(
            "from_type*",
            {
                "mainstream": "Mainstream",
                "special_state": "State special school",
                "special_independent": "Independent special school",
                "fe": "Further education college",
                "spi": "Special post-16 institution",
                "other": "Other",
            },
        ),
        code("goes_to*", GOES_TO),
        refers("pathway", "transition_pathways"),
        yes_no("plan_ceased"),
        code("sustained", "yes|no|not_known"),
        pounds("annual_before_gbp", unit="a year"),
        pounds("annual_after_gbp", unit="a year"),
    ),
    clocks=(
        clock("sustained", "left_on", months=6, stopped_if=lambda r, at: r["sustained"] not in (None, "not_known")),
    ),
    rules=(
        query(
            "01",
            "The young person works, the plan goes on and there is a cost",
            lambda r: (
                r["goes_to"] in ("employment", "apprenticeship") and r["plan_ceased"] is False and r["annual_after_gbp"]
            ),
            _LEFT | dict(plan_ceased="no", annual_after_gbp="0.01"),
            fix="Check whether the plan is to end.",
        ),
        query(
            "02",
            "The plan ceased and nobody knows where to",
            lambda r: r["plan_ceased"] and r["goes_to"] == "not_known",
            _LEFT | dict(goes_to="not_known"),
            fix="Find out, or say why not.",
        ),
        query(
            "04",
            "The plan ceased at an apprenticeship, in which it may go on",
            lambda r: r["goes_to"] == "apprenticeship" and r["plan_ceased"],
            _LEFT | dict(goes_to="apprenticeship"),
            fix="Check that the young person agreed.",
        ),
    ),
    whole_rules=(
        must_all(
            "03",
            "One child stands twice in a school year",
            _twice_in_a_year,
            (_LEFT, _LEFT | dict(destination="d2", left_on="2024-08-31")),
            holds_for=dict(left_on="2024-09-01"),
            fix="Keep the last destination of the year.",
        ),
    ),
    measures=(
        count("left", "young people who left", "sy(left_on); goes_to, from_type"),
        pct(
            "positive_pct",
            "in work, education or training, of all but those who moved",
            "sy(left_on); from_type",
            lambda r, at: r["goes_to"] not in NOT_POSITIVE,
            _stayed,
        ),
        pct(
            "into_work_pct",
            "in internship, apprenticeship or employment, of all but those who moved",
            "sy(left_on)",
            lambda r, at: r["goes_to"] in WORK,
            _stayed,
        ),
        pct("not_known_pct", "not known, of all", "sy(left_on)", lambda r, at: r["goes_to"] == "not_known"),
        pct(
            "sustained_pct",
            "lasting, of those for whom it is known",
            "sy(left_on); goes_to",
            lambda r, at: r["sustained"] == "yes",
            lambda r, at: r["sustained"] in ("yes", "no"),
        ),
    ),
    headline=(
        "{positive_pct} of the {left:young person|young people} who left in {year} are in work, education or training."
    ),
    feeds=(Feed("assurance", "condition 5", "evidence"), Feed("forecast", "post-16", "the mix")),
    example=(
        dict(
            destination="L-01",
            child="000991",
            left_on="2024-07-19",
            from_type="special_state",
            goes_to="supported_internship",
            plan_ceased="no",
            sustained="yes",
            source="worked example",
        ),
        dict(
            destination="L-02",
            child="000992",
            left_on="2024-07-19",
            from_type="fe",
            goes_to="neet",
            plan_ceased="yes",
            sustained="no",
            source="worked example",
        ),
    ),
    expects="""
        left | | | 2023/24 | 2
        positive_pct | | | 2023/24 | 50.0
        into_work_pct | | | 2023/24 | 50.0
        not_known_pct | | | 2023/24 | 0.0
        sustained_pct | | | 2023/24 | 50.0
    """,
)
