"""The register of communities of schools, and their pupils."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.registers.definitions.community_formula import shares_of
from highneeds.registers.mechanism.column import code, day, key, number, pounds, text, whole, year, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, pct, ratio, share, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must_all, query, query_all, twice
from highneeds.registers.mechanism.situation import Situation


def _name(row: RegisterRow) -> str:
    return str(row["community"] or row["row"])


def _shares(rows: Sequence[RegisterRow], at: Situation) -> dict[str, int]:
    year_ = rows[0]["financial_year"]
    found: dict[str, int] = at.keep(
        ("shares", year_), lambda: shares_of(at.rows, at.others_of("community_formula"), year_)
    )
    return found


def _share(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    if not rows:
        return gap("nothing in the whole")
    shares = _shares(rows, at)
    return MeasureValue(sum(shares[_name(row)] for row in rows))


def _per_pupil(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    if not rows or any(row["pupils"] is None for row in rows):
        return gap("a community has no pupils" if rows else "nothing in the whole")
    shares = _shares(rows, at)
    return ratio(sum(shares[_name(row)] for row in rows), sum(row["pupils"] for row in rows), times=1)


def _spread(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    if not rows or any(not row["pupils"] for row in rows):
        return gap("a community has no pupils" if rows else "nothing in the whole")
    shares = _shares(rows, at)
    each_ = [Decimal(shares[_name(row)]) / row["pupils"] for row in rows]
    return MeasureValue(max(each_) / min(each_)) if min(each_) else gap("a community has no share")


def _budgets_do_not_add(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for year_ in dict.fromkeys(row["financial_year"] for row in rows):
        own = [row for row in rows if row["financial_year"] == year_]
        budget = sum(
            one["amount_gbp"] or 0
            for one in at.others_of("community_formula")
            if one["factor"] == "budget" and one["financial_year"] == year_
        )
        if all(row["budget_gbp"] is not None for row in own) and sum(row["budget_gbp"] for row in own) != budget:
            yield own[0]


def _other_budget(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    for row in rows:
        if row["budget_gbp"] is None:
            continue
        share_ = _shares([row], at)[_name(row)]
        if share_ != row["budget_gbp"]:
            yield row, f"The formula gives £{share_ / 100:,.2f}"


def _schools_missing(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    schools = at.setting("schools_in_area")
    for year_ in dict.fromkeys(row["financial_year"] for row in rows):
        own = [row for row in rows if row["financial_year"] == year_ and row["schools"] is not None]
        if own and sum(row["schools"] for row in own) != schools:
            yield own[0]


_X = dict(
    row="1",
    community="X",
    financial_year="2025-26",
    chair_independent="yes",
    chair_from="2025-04-01",
    schools="8",
    pupils="100",
    deprived="10",
    budget_gbp="999.99",
    state="meeting",
)
_FORMULA = {
    "community_formula": (
        dict(entry="b", financial_year="2025-26", factor="budget", amount_gbp="1000.00"),
        dict(entry="p", financial_year="2025-26", factor="pupils", weight_percent="60"),
        dict(entry="d", financial_year="2025-26", factor="deprived", weight_percent="40"),
    )
}

communities = Register(
    name="communities",
    title="Communities of schools",
    unit="one community in one year",
    source="Terms of reference of the communities of schools",
    key="row",
    help="The communities of schools, their chairs, pupils and budgets.",
    systems="F3 F4",
    kept_by="condition_owner",
    decides="section_151",
    used="Budget setting, and each meeting",
    columns=(
        key("row"),
        text("community+"),
        year("financial_year*"),
        day("chair_from"),
        yes_no("chair_independent*"),
        whole("schools"),
        number("pupils"),
        number("sen_support", "SEN support"),
        number("low_plans", "Plans with lower-level support"),
        number("deprived", "Deprived pupils"),
        pounds("budget_gbp", "Budget as allotted"),
        pounds("spent_gbp"),
        code("state*", "forming|inducted|meeting|budget_live"),
    ),
    ladder=ladder("forming < inducted < meeting < budget_live"),
    moves=moves("meeting > budget_live D: budget_gbp"),
    rules=(
        query(
            "03",
            "It meets and has no chair, or none who is independent",
            lambda r: (
                r.n == 1
                and r["state"] in ("meeting", "budget_live")
                and (r["chair_from"] is None or not r["chair_independent"])
            ),
            _X | dict(chair_from=""),
            fix="Name when the chair began; the chair is to be independent.",
        ),
        query(
            "04",
            "It has fewer than three schools",
            lambda r: r.n == 1 and r["schools"] < 3,
            _X | dict(schools="2"),
            holds_for=dict(schools="3"),
            given="schools",
            fix="Check the schools, or join it with another.",
        ),
    ),
    whole_rules=(
        must_all(
            "01",
            "The budgets do not add to the budget of the formula",
            _budgets_do_not_add,
            (_X,),
            holds_for=dict(budget_gbp="1000.00"),
            others=_FORMULA,
            fix="Share it by the formula, to the penny.",
        ),
        must_all(
            "02",
            "The budget is not the share of the formula",
            _other_budget,
            (_X,),
            others=_FORMULA,
            fix="Take the share, or correct the numbers.",
        ),
        must_all(
            "05",
            "A community stands twice in a year",
            lambda rows, at: twice(rows, "community", "financial_year"),
            (_X, _X | dict(row="2")),
            fix="Keep one row for each community and year.",
        ),
        query_all(
            "06",
            "The schools do not add to those of the area",
            _schools_missing,
            (_X,),
            settings={"schools_in_area": 9},
            fix="Find the schools that belong to no community, or to two.",
        ),
    ),
    measures=(
        count("communities", "communities", "row; state"),
        pct("chairs_pct", "with an independent chair, of all", "row", lambda r, at: bool(r["chair_independent"])),
        worked(
            "share_gbp",
            "lump sum, and the rest by the weights of the formula, to the penny",
            "row; community",
            _share,
            unit="gbp",
        ),
        worked("per_pupil_gbp", "share for each pupil", "row; community", _per_pupil, unit="gbp"),
        worked("spread", "greatest share for a pupil over the least", "row", _spread, unit="ratio", decimals=2),
        share(
            "spent_pct",
            "spent of budget",
            "row; community",
            lambda r, at: r["spent_gbp"],
            lambda r, at: r["budget_gbp"],
            needs="spent_gbp budget_gbp",
            aside=True,
            money=True,
        ),
    ),
    headline="{communities:community|communities}, {chairs_pct} with an independent chair.",
    feeds=(Feed("assurance", "condition 8", "evidence"), Feed("report", "forum", "shares")),
    example=tuple(
        dict(
            row=name,
            community=name,
            financial_year="2025-26",
            chair_from="2025-04-01",
            chair_independent="yes",
            schools="9",
            pupils=pupils,
            deprived=deprived,
            budget_gbp=budget,
            state="budget_live",
            source="worked example",
        )
        for name, pupils, deprived, budget in (
            ("X", "100", "10", "250.00"),
            ("Y", "200", "10", "400.00"),
            ("Z", "100", "20", "350.00"),
        )
    ),
    beside=_FORMULA,
    expects="""
        communities | | | 2025-26 | 3
        chairs_pct | | | 2025-26 | 100.0
        share_gbp | | | 2025-26 | 1000.00
        share_gbp | community | X | 2025-26 | 250.00
        share_gbp | community | Y | 2025-26 | 400.00
        share_gbp | community | Z | 2025-26 | 350.00
        per_pupil_gbp | | | 2025-26 | 2.50
        spread | | | 2025-26 | 1.75
        spent_pct | | | 2025-26 | 3 of 3 rows left aside: no spent_gbp
    """,
)
