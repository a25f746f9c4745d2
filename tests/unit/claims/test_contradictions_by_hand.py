"""Statements that cannot both be right, each with the last pair that is allowed and the first that is not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from highneeds.claims import Verdict
from highneeds.claims.contradictions import contradictions, differ
from highneeds.claims.evidence.model import (
    ClaimEvidence,
    EvidenceFact,
    FactsOfOneThing,
    TableHeading,
    TableTotal,
)
from highneeds.claims.workspace import contradiction_claims
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

A, B = Source("A", 1), Source("B", 2)


def fact(name="f", value="100", unit="gbp", period="2024-25", printed="", meaning="budget", source=A, **more):
    number = None if value is None else Decimal(value)
    written = more.pop("written", str(value))
    return EvidenceFact(
        name, number, more.pop("high", None), written, unit, period, "exact", printed, meaning, source, **more
    )


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("100", "150", False),  # half a unit of its last digit that is not nought
        ("100", "151", True),
        ("7765", "7765.5", False),
        ("7765", "7765.51", True),
        ("29.9", "30", False),  # 30 is printed to ten
    ],
)
def test_two_values_differ_beyond_their_rounding(one, other, apart):
    assert differ(fact(value=one), fact(value=other)) is differ(fact(value=other), fact(value=one)) is apart


def test_bounds_and_dates_differ_where_they_are_written_otherwise():
    assert differ(fact(high=Decimal(5)), fact()) and not differ(fact(high=Decimal(5)), fact(high=Decimal(5)))
    day = fact(value=None, written="2028-03-01")
    assert not differ(day, fact(value=None, written="2028-03-31")) and differ(day, fact(value=None, written="2028-04"))


def found(**given):
    return contradictions(ClaimEvidence(**given))


def of_one_thing(*facts):
    return found(facts=facts, same_things=(FactsOfOneThing("the deficit", tuple(one.id for one in facts)),))


def test_two_published_values_of_one_thing():
    [told] = of_one_thing(fact("a", printed="£100"), fact("b", "200", printed="£200", source=B))
    assert (told.about, told.facts, told.places, told.stated) == ("the deficit", ("a", "b"), (A, B), ("£100", "£200"))
    assert told.why == "Two published values for one thing (the deficit): A line 1 says £100; B line 2 says £200"
    later = fact("b", "200", later=True, source=B)
    assert not of_one_thing(fact("a"), replace(later, confidence="low"))
    [told] = of_one_thing(fact("a"), later)
    assert told.facts == ("a",), "what came later accuses the earlier one"


@pytest.mark.parametrize(("total", "told"), [("7", 0), ("8", 1)])
def test_a_total_beside_its_parts(total, told):
    parts = (Decimal(3), Decimal(4))
    same = fact("t", total, source=B)
    table = TableTotal("out_of_county", Decimal(total), parts, B, A)
    errors = found(totals=(table,), facts=(same, fact("u", total), fact("v", "9", source=B)))
    assert len(errors) == told
    for one in errors:
        assert (one.about, one.facts, one.stated) == ("out of county", ("t",), ("8", "3 + 4"))
        assert one.why == "The parts make 7 (3 + 4, A line 1) where B line 2 gives 8"


def test_the_length_of_the_agreement():
    years = dict(first_year=FinancialYear(2022), last_year=FinancialYear(2027))
    facts = [fact("agreement_years", str(number), "years", printed=f"{number} years", meaning="") for number in (5, 6)]
    years["lengths"] = ("agreement_years",)
    [told] = found(facts=(*facts, fact("other_years", "3", "years", meaning="of the agreement")), **years)
    assert (told.facts, told.stated) == (("agreement_years",), ("5 years", "6 years"))
    assert told.why == "2022-23 to 2027-28 are 6 financial years"
    assert not found(facts=tuple(facts), first_year=FinancialYear(2022))


def budget(year, amount, share, source):
    name = f"{year} {amount}"
    return (
        fact(f"{name} a", amount, "gbp", year, f"£{amount}", source=source),
        fact(f"{name} s", share, "percent", year, f"{share}%", "of the whole grant", source=source),
    )


@pytest.mark.parametrize(("later", "told"), [("97", 0), ("96", 1)])
def test_a_share_of_a_budget_makes_a_later_one_smaller(later, told):
    """£101 as 10% is at least 100.5 over 10.5%: 957. £97 as 10% is at most 1,026, and £96 as 11% at most 919."""
    share = "10" if later == "97" else "11"
    facts = (*budget("2023-24", "101", "10", A), *budget("2024-25", later, share, B))
    shares = tuple(one.id for one in facts if one.unit == "percent")
    errors = found(facts=facts, budget_shares=shares)
    assert not found(facts=facts), "nobody says that they are shares of the budget"
    turned = (*budget("2024-25", "101", "10", A), *budget("2023-24", later, share, B))
    shares = tuple(one.id for one in turned if one.unit == "percent")
    assert len(errors) == told and not found(facts=turned, budget_shares=shares)
    for one in errors:
        assert one.facts == ("2024-25 96 s",) and one.stated == ("11%", "10%") and one.places == (B, A)
        assert one.why == "£96 as 11% (B line 2) makes the whole budget less than £101 as 10% does (A line 1, 2023-24)"


def test_reports_out_of_order_accuse_the_one_that_leaves_the_steadier_row():
    dates = ("2022-01", "2022-05", "2022-03", "2022-07")
    facts = tuple(fact(f"r{at}", None, "date", "", day, "As sent", written=day) for at, day in enumerate(dates))
    [told] = found(facts=facts, reports=("r0", "r1", "r2", "r3"))
    assert told.facts == ("r1",) and told.stated == ("2022-05", "2022-03")
    assert told.why == "Published report 2 is dated 2022-05 (A line 1), out of order with 2022-03 (A line 1)"
    assert not found(facts=facts[:2], reports=("r0", "r1"))


@pytest.mark.parametrize(
    ("heads", "told"),
    [(("Nov 24", "Dec 24"), 0), (("Nov 24", "Feb 24"), 1), (("Nov 24", "Nov 24"), 0), (("Nov 24", "total"), 0)],
)
def test_the_months_over_a_table_run_on(heads, told):
    errors = found(columns=tuple(TableHeading("of_plans", head, A) for head in heads))
    assert len(errors) == told
    for one in errors:
        assert (one.about, one.stated) == ("Order of the columns of of plans", ("Feb 24", "Nov 24"))
    apart = (TableHeading("one", "Nov 24", A), TableHeading("other", "Feb 24", A))
    assert not found(columns=apart), "two tables"


def test_a_contradiction_is_a_claim_that_fails_at_the_first_of_its_places():
    same = (FactsOfOneThing("the deficit", ("a", "b", "c")),)
    facts = (fact("a", printed="£100"), fact("b", "200", printed="£200", source=B), fact("c", "300", source=B))
    [claim] = contradiction_claims(ClaimEvidence(facts=facts, same_things=same))
    assert (claim.kind, claim.claim, claim.where) == ("contradiction", "contradiction: the deficit", "A:1")
    assert (claim.series, claim.stated, claim.computed) == (("a", "b", "c"), "£100", "£200; 300")
    assert (claim.verdict, claim.sentence, claim.start, claim.end) == (Verdict.FAILS, "the deficit", 0, 0)
    [unplaced] = contradiction_claims(
        ClaimEvidence(facts=(replace(facts[0], source=Source("A")), *facts[1:]), same_things=same)
    )
    assert unplaced.where == "A"
