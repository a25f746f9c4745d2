"""The register of casework posts: who does the work, and how much each carries."""

from collections.abc import Iterator, Sequence

from highneeds.registers.mechanism.cases import CaseOnDay
from highneeds.registers.mechanism.column import code, day, key, number, pounds, refers, text, whole
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, left_aside, share, total, worked
from highneeds.registers.mechanism.reckoning import plus_months
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation

MOST_CASES = 250
"""Cases of one full-time officer above which the number is worth a look; the usual range is 150 to 250."""


def _live(row: RegisterRow, at: Situation) -> bool:
    return at.live(row, "starts_on", "ends_on")


def _filled(row: RegisterRow, at: Situation) -> bool:
    return _live(row, at) and row["filled_by"] != "vacant"


def _case_officer(row: RegisterRow, at: Situation) -> bool:
    return _filled(row, at) and row["role"] == "case_officer"


def _premium(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    """What a full-time equivalent costs more when it is interim or agency than when it is permanent."""
    known = [row for row in rows if row["annual_gbp"] is not None]
    costs = []
    for kinds in (("interim", "agency"), ("permanent",)):
        own = [row for row in known if row["filled_by"] in kinds]
        fte = sum(row["fte"] for row in own)
        if not fte:
            return gap(f"no post is filled by {' or '.join(kinds)}")
        costs.append(sum(row["annual_gbp"] for row in own) / fte)
    reason = left_aside(counted(rows) - counted(known), counted(rows), "no annual_gbp")
    return MeasureValue(costs[0] - costs[1], reason=reason)


_POST = dict(
    post="p1",
    team="North",
    area="North",
    role="case_officer",
    fte="1",
    filled_by="permanent",
    starts_on="2024-04-01",
    budget="base",
)


def _other_than_plans(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    plans = len(at.caseload())
    own = [row for row in rows if _case_officer(row, at) and row["cases"] is not None]
    cases = sum(row["cases"] for row in own)
    if own and abs(cases - plans) * 100 > plans * 2:
        yield own[0], f"The officers carry {cases} cases and {plans} plans are active"


casework_posts = Register(
    name="casework_posts",
    title="Casework posts",
    unit="one post, or a number alike",
    source="Establishment list of the SEN service",
    key="post",
    counted="cases",
    help="Posts by team and role, who fills them, what they cost and how many cases they carry; nobody is named.",
    systems="C11",
    kept_by="director programme_manager",
    used="Monthly",
    columns=(
        key("post"),
        text("team*", codes_from="teams"),
        text("area*", codes_from="areas"),
        code(
            "role*",
            "case_officer|senior|manager|review_officer|tribunal_officer|mediation_officer|psychologist|adviser|support",
        ),
        number("fte*", "Full-time equivalent"),
        code("filled_by*", "permanent|interim|agency|vacant"),
        day("starts_on*"),
        day("ends_on"),
        pounds("annual_gbp", "Cost", unit="a year"),
        code("budget*", "base|one_off|grant"),
        refers("investment", "investments"),
        whole("cases", help="As counted on the day of the count"),
    ),
    rules=(
        must(
            "01",
            "The post is vacant and has cases",
            lambda r: r["filled_by"] == "vacant" and r["cases"],
            _POST | dict(filled_by="vacant", cases="1"),
            fix="Give the cases to who has them.",
        ),
        query(
            "04",
            "A permanent post is paid from one-off money",
            lambda r: r["filled_by"] == "permanent" and r["budget"] == "one_off",
            _POST | dict(budget="one_off"),
            fix="Find lasting money, or make it a fixed term.",
        ),
        query(
            "05",
            "An officer has more than 250 cases to a full-time post",
            lambda r: r["role"] == "case_officer" and r["fte"] and r["cases"] > MOST_CASES * r["fte"],
            _POST | dict(cases="251"),
            holds_for=dict(cases="250"),
            given="cases fte",
            fix="Check the count, or share the cases.",
        ),
    ),
    whole_rules=(
        query_all(
            "03",
            "The cases of the case officers differ from the active plans by more than 2%",
            _other_than_plans,
            (_POST | dict(cases="48"),),
            cases={str(child): CaseOnDay(9, True) for child in range(50)},
            holds_for=dict(cases="49"),
            fix="Count the cases again on the day of the caseload.",
        ),
        query_all(
            "02",
            "It has been interim or agency for over twelve months",
            lambda rows, at: [
                r
                for r in rows
                if r["filled_by"] in ("interim", "agency")
                and _live(r, at)
                and plus_months(r["starts_on"], 12) < at.as_at
            ],
            (_POST | dict(filled_by="agency", starts_on="2024-04-01"),),
            holds_for=dict(starts_on="2024-04-02"),
            fix="Make the post permanent, or end it.",
        ),
    ),
    measures=(
        count(
            "fte",
            "full-time equivalents on the day",
            "as_at; role, team, area, filled_by",
            _live,
            of=lambda r, at: r["fte"],
            decimals=1,
        ),
        share(
            "vacancy_pct",
            "vacant, of all full-time equivalents",
            "as_at; role, team",
            lambda r, at: r["fte"] if r["filled_by"] == "vacant" else 0,
            lambda r, at: r["fte"],
            where=_live,
        ),
        share(
            "permanent_pct",
            "permanent, of filled full-time equivalents",
            "as_at; role, team",
            lambda r, at: r["fte"] if r["filled_by"] == "permanent" else 0,
            lambda r, at: r["fte"],
            where=_filled,
        ),
        share(
            "cases_per_fte",
            "cases for each full-time case officer",
            "as_at; team, area",
            lambda r, at: r["cases"],
            lambda r, at: r["fte"],
            where=_case_officer,
            needs="cases",
            aside=True,
            unit="count",
            decimals=1,
        ),
        total("cost_gbp", "cost of filled posts, a year", "as_at; role, filled_by", needs="annual_gbp", where=_filled),
        worked(
            "interim_premium_gbp",
            "interim and agency less permanent, for each full-time equivalent",
            "as_at; role",
            _premium,
            where=_filled,
            unit="gbp",
            decimals=0,
        ),
    ),
    headline=(
        "{fte:full-time post|full-time posts}, {permanent_pct} of them permanent; "
        "{cases_per_fte:case|cases} to an officer."
    ),
    feeds=(Feed("assurance", "condition 3", "evidence"), Feed("account", "investments", "what was invested")),
    example=(
        dict(
            post="N-1",
            team="North",
            area="North",
            role="case_officer",
            fte="1",
            filled_by="permanent",
            starts_on="2024-04-01",
            annual_gbp="42000.00",
            budget="base",
            cases="180",
            counted_on="2025-03-31",
            count="1",
            source="worked example",
        ),
        dict(
            post="N-2",
            team="North",
            area="North",
            role="case_officer",
            fte="0.5",
            filled_by="agency",
            starts_on="2024-10-01",
            annual_gbp="33000.00",
            budget="one_off",
            cases="90",
            counted_on="2025-03-31",
            count="1",
            source="worked example",
        ),
        dict(
            post="N-3",
            team="North",
            area="North",
            role="case_officer",
            fte="0.5",
            filled_by="vacant",
            starts_on="2025-01-01",
            budget="base",
            source="worked example",
        ),
    ),
    expects="""
        fte | | | 2025-04-02 | 2.0
        vacancy_pct | | | 2025-04-02 | 25.0
        permanent_pct | | | 2025-04-02 | 66.7
        cases_per_fte | | | 2025-04-02 | 180.0
        cost_gbp | | | 2025-04-02 | 75000.00
        interim_premium_gbp | | | 2025-04-02 | 24000.00
    """,
)
