"""The register of community decisions: what a community agreed, for whom, and who stood back."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from highneeds.registers.mechanism.column import code, day, deadline, key, pounds, refers, text, whole, year, yes_no
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, lacking, ratio, share, total, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query, query_all
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.period import FinancialYear


def _granted(row: RegisterRow, at: Situation) -> bool:
    return row["outcome"] in ("agreed", "part")


def _answered(row: RegisterRow, at: Situation) -> bool:
    return row["outcome"] in ("agreed", "part", "refused")


def _budget(at: Situation, year_: FinancialYear, communities: set[str]) -> int:
    held = [
        one for one in at.others_of("communities") if one["financial_year"] == year_ and one["community"] in communities
    ]
    if any(one["budget_gbp"] is None for one in held) or len(held) < len(communities):
        raise NotAtHand("a community has no budget_gbp")
    return sum(one["budget_gbp"] for one in held)


def _left(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    if not rows:
        return gap("nothing in the whole")
    empty = [row for row in rows if _granted(row, at) and row["agreed_gbp"] is None]
    if empty:
        return gap(lacking(empty, rows, "agreed_gbp"))
    spent = sum(row["agreed_gbp"] for row in rows if _granted(row, at))
    return MeasureValue(_budget(at, rows[0]["financial_year"], {row["community"] for row in rows}) - spent)


def _largest(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    schools: dict[str, int] = {}
    for row in rows:
        if _granted(row, at):
            schools[row["school"]] = schools.get(row["school"], 0) + (row["agreed_gbp"] or 0)
    return ratio(max(schools.values(), default=0), sum(schools.values()), money=True)


def _helped(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    if not rows:
        return gap("nothing in the whole")
    names = {row["community"] for row in rows}
    held = [
        one
        for one in at.others_of("communities")
        if one["financial_year"] == rows[0]["financial_year"] and one["community"] in names
    ]
    if not held or any(one["schools"] is None for one in held):
        return gap("a community has no schools")
    return ratio(
        len({row["school"] for row in rows if _granted(row, at) and row["agreed_gbp"]}),
        sum(one["schools"] for one in held),
    )


def _over_budget(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    left: dict[tuple[str, FinancialYear], int] = {}
    for row in rows:
        place = (row["community"], row["financial_year"])
        if place not in left:
            left[place] = _budget(at, row["financial_year"], {row["community"]})
        left[place] -= row["agreed_gbp"] or 0 if _granted(row, at) else 0
        if left[place] < 0:
            yield row


def _no_quorum(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    held = {one["meeting"] for one in at.others_of("meetings") if one["state"] == "held"}
    yield from (row for row in rows if row["meeting"] and row["meeting"] not in held)


def _one_school(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    groups: dict[tuple[Any, ...], list[RegisterRow]] = {}
    for row in rows:
        groups.setdefault((row["community"], row["financial_year"]), []).append(row)
    for own in groups.values():
        found = _largest(own, at)
        if found.value is not None and found.value > 50:
            yield own[0]


_DECISION = {
    "decision": "1",
    "community": "X",
    "financial_year": "2025-26",
    "decided_on": "2025-10-07",
    "school": "Elm",
    "for": "group",
    "asked_gbp": "100.00",
    "agreed_gbp": "100.00",
    "outcome": "agreed",
    "applicant_is_member": "yes",
    "stood_back": "yes",
}

community_decisions = Register(
    name="community_decisions",
    title="Decisions of the communities",
    unit="one decision",
    source="Minutes of the communities of schools",
    key="decision",
    named_by="school",
    help="What each community of schools agreed and refused, for which school, and whether the applicant stood back.",
    begins="decided_on",
    systems="F3 F4",
    kept_by="condition_owner",
    used="Monthly",
    columns=(
        key("decision"),
        text("community*"),
        year("financial_year*"),
        refers("meeting", "meetings"),
        day("decided_on*"),
        text("school*"),
        text("urn", "URN"),
        code("for*", "one_pupil|group|training|equipment|project"),
        whole("pupils"),
        pounds("asked_gbp*"),
        pounds("agreed_gbp"),
        code("outcome*", "agreed|part|refused|deferred"),
        code("refused_because", "not_priority|evidence|other_funding|budget|other"),
        yes_no("applicant_is_member*"),
        yes_no("stood_back*"),
        pounds("spent_gbp"),
        deadline("review_on"),
    ),
    rules=(
        must(
            "01",
            "More is agreed than asked, or a sum is given with a refusal",
            lambda r: r["agreed_gbp"] > r["asked_gbp"] or (r["outcome"] == "refused" and r["agreed_gbp"]),
            _DECISION | dict(agreed_gbp="100.01"),
            holds_for=dict(agreed_gbp="100.00"),
            given="agreed_gbp asked_gbp",
            fix="Correct the sums or the outcome.",
        ),
        must(
            "03",
            "The applicant is a member and did not stand back",
            lambda r: r["applicant_is_member"] and not r["stood_back"],
            _DECISION | dict(stood_back="no"),
            fix="Decide it again without the applicant.",
        ),
        query(
            "05",
            "It is refused without a reason",
            lambda r: r["outcome"] == "refused" and not r["refused_because"],
            _DECISION | dict(outcome="refused", agreed_gbp=""),
            fix="Give the reason.",
        ),
        query(
            "07",
            "It is for one pupil, whose plan's tariff pays it",
            lambda r: r["for"] == "one_pupil",
            _DECISION | {"for": "one_pupil", "pupils": "1"},
            fix="Check whether the pupil has a plan.",
        ),
    ),
    whole_rules=(
        must_all(
            "02",
            "What is agreed exceeds the community's budget",
            _over_budget,
            (_DECISION,),
            holds_for={"communities.budget_gbp": "100.00"},
            others={"communities": (dict(row="1", community="X", financial_year="2025-26", budget_gbp="99.99"),)},
            fix="Take a decision back, or find the money.",
        ),
        must_all(
            "04",
            "The meeting was not quorate or not held",
            _no_quorum,
            (_DECISION | dict(meeting="m1"),),
            others={"meetings": (dict(meeting="m1", state="not_quorate"),)},
            fix="Decide it again in a meeting that may.",
        ),
        query_all(
            "06",
            "One school has over half of what was agreed",
            _one_school,
            (_DECISION, _DECISION | dict(decision="2", school="Oak", agreed_gbp="99.99")),
            holds_for=dict(agreed_gbp="100.00"),
            fix="Look at the fairness.",
        ),
    ),
    measures=(
        count("decisions", "every decision", "row; community, outcome, for"),
        total("agreed_gbp", "sums agreed", "row; community", needs="agreed_gbp", where=_granted),
        total(
            "refused_gbp",
            "asked less agreed, of part and refused",
            "row; community",
            lambda r, at: r["asked_gbp"] - (r["agreed_gbp"] or 0),
            where=lambda r, at: r["outcome"] in ("part", "refused"),
        ),
        worked("left_gbp", "budget less what is agreed", "row; community", _left, unit="gbp"),
        share(
            "agreed_pct",
            "agreed, of asked in what was answered",
            "row; community",
            lambda r, at: r["agreed_gbp"] or 0,
            lambda r, at: r["asked_gbp"],
            where=_answered,
            money=True,
        ),
        worked(
            "largest_school_pct",
            "greatest sum of one school, of all that was agreed",
            "row; community",
            _largest,
            unit="percent",
        ),
        worked(
            "schools_helped_pct",
            "schools with money, of the schools of the community",
            "row; community",
            _helped,
            unit="percent",
        ),
    ),
    headline="{decisions:decision was|decisions were} taken in {year}; {agreed_gbp} agreed, {left_gbp} left.",
    feeds=(Feed("assurance", "condition 8", "evidence"), Feed("forecast", "line 1.2.4", "what is agreed")),
    example=(
        {
            "decision": "X-01",
            "community": "X",
            "financial_year": "2025-26",
            "decided_on": "2025-10-07",
            "school": "Elm Primary",
            "for": "group",
            "pupils": "6",
            "asked_gbp": "70.00",
            "agreed_gbp": "50.00",
            "outcome": "part",
            "applicant_is_member": "yes",
            "stood_back": "yes",
            "source": "worked example",
        },
        {
            "decision": "X-02",
            "community": "X",
            "financial_year": "2025-26",
            "decided_on": "2025-10-07",
            "school": "Ash Primary",
            "for": "equipment",
            "asked_gbp": "50.00",
            "agreed_gbp": "50.00",
            "outcome": "agreed",
            "applicant_is_member": "no",
            "stood_back": "no",
            "source": "worked example",
        },
        {
            "decision": "X-03",
            "community": "X",
            "financial_year": "2025-26",
            "decided_on": "2025-10-07",
            "school": "Oak Primary",
            "for": "training",
            "asked_gbp": "80.00",
            "outcome": "refused",
            "refused_because": "budget",
            "applicant_is_member": "no",
            "stood_back": "no",
            "source": "worked example",
        },
    ),
    beside={"communities": (dict(row="X", community="X", financial_year="2025-26", schools="9", budget_gbp="250.00"),)},
    example_as_at=date(2025, 12, 1),
    expects="""
        decisions | | | 2025-26 | 3
        agreed_gbp | | | 2025-26 | 100.00
        refused_gbp | | | 2025-26 | 100.00
        left_gbp | community | X | 2025-26 | 150.00
        agreed_pct | | | 2025-26 | 50.0
        largest_school_pct | | | 2025-26 | 50.0
        schools_helped_pct | | | 2025-26 | 22.2
    """,
)
