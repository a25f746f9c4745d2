"""Sentences made from every series: true ones hold, the same with another figure fail, and nothing else happens.

They are read here in more than a dozen ways of writing, so that a new word in the grammar cannot accuse a true one.
"""

from decimal import Decimal

import pytest

from highneeds.claims import Reader, Verdict, evidence_of
from highneeds.intake.workspace import read_workspace

NAMED = {
    "specialist_share_yr_r_6": "the share of pupils in Years R to 6 with a plan who are in specialist provision",
    "mainstream_share_school_age": "the proportion of school-age children with a plan who are in mainstream",
    "ehcp_count_ey_ks1": "the number of children in early years and Key Stage 1 with a plan",
    "assess_agreed_count": "the number of requests agreed at assessment stage",
    "issue_agreed_count": "the number of plans agreed at issue stage",
    "assessments_underway": "the number of needs assessments under way",
    "annual_reviews_overdue_pct": "the percentage of annual reviews overdue",
    "annual_reviews_overdue_count": "the number of overdue annual reviews",
    "ceased_at_review_16_18_pct": "the percentage of reviews for 16 to 18 year olds at which the plan ceased",
    "no_place_count": "the number of children with no school place",
    "avg_cost_independent_primary": "the average cost of an independent primary placement",
    "fill_rate_special_pct": "the special school fill rate",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(kent):
    return Reader(evidence_of(read_workspace(kent)))


def shown(unit: str, value: Decimal) -> str:
    return f"{value}%" if unit == "percent" else f"£{value:,.0f}" if unit == "gbp" else f"{value:,.0f}"


def apart(unit: str, value: Decimal) -> str:
    return f"{abs(value)} percentage points" if unit == "percent" else shown(unit, abs(value))


def written(month) -> str:
    return f"{MONTHS[month.number - 1]} {month.year}"


def sentences(series, first, last):
    """(true, false) pairs about two months of a series."""
    name, unit, a, b = NAMED[series.id], series.unit, series.points[first], series.points[last]
    was, now, change = shown(unit, a), shown(unit, b), apart(unit, b - a)
    wrong = shown(unit, (b * Decimal("1.2")).quantize(b))
    verb, other, more = ("rose", "fell", "higher") if b > a else ("fell", "rose", "lower")
    before, after = written(first), written(last)
    yield f"In {after} {name} was {now}.", f"In {after} {name} was {wrong}."
    yield f"Between {before} and {after} {name} {verb}.", f"Between {before} and {after} {name} {other}."
    yield (
        f"Between {before} and {after} {name} {verb} by {change}, from {was} to {now}.",
        f"Between {before} and {after} {name} {verb} by {apart(unit, (b - a) * 3)}.",
    )
    yield f"At {now} in {after}, {name} was {more} than in {before} ({was}).", f"By {after} {name} was {wrong}."
    yield (
        f"From {was} in {before}, {name} {verb} to {now} by {after}.",
        f"From {was} {name} went to {wrong} in {after}.",
    )
    yield (
        f"In {before} and {after}, {name} was {was} and {now} respectively.",
        f"In {before} and {after}, {name} was {was} and {wrong} respectively.",
    )
    high = max(series.months, key=lambda month: series.points[month])
    low = min(series.months, key=lambda month: series.points[month])
    yield f"By month {name} peaked in {written(high)}.", f"By month {name} peaked in {written(low)}."
    limit = (series.points[high] + series.points[low]) / 2
    limit = limit.quantize(Decimal(1)) if unit == "percent" else (limit / 10).quantize(Decimal(1)) * 10
    many = sum(series.points[month] > limit for month in series.months)
    over = f"{name} was above {shown(unit, limit)}"
    yield f"In {many} of the 13 months {over}.", f"In {(many + 4) % 13} of the 13 months {over}."


@pytest.mark.parametrize("name", sorted(NAMED))
def test_true_sentences_hold_and_false_ones_fail(reader, name):
    series = reader.evidence.series_named(name)
    pairs = [(series.months[0], series.months[7]), (series.months[7], series.months[12]), series.months[3:9:5]]
    for first, last in pairs:
        for true, false in sentences(series, first, last):
            assert verdict(reader, true) is Verdict.HOLDS, reader.claims_in(true)
            assert verdict(reader, false) is Verdict.FAILS, reader.claims_in(false)


def verdict(reader, sentence: str) -> Verdict:
    found = {claim.verdict for claim in reader.claims_in(sentence)}
    return next((one for one in (Verdict.FAILS, Verdict.HOLDS) if one in found), Verdict.CANNOT_CHECK)
