"""Promises about any series and any text."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from highneeds.claims import ClaimEvidence, EvidenceSeries, Reader, Verdict, bind
from highneeds.vocabulary.period import Month

MONTHS = tuple(Month(2023, 4).plus(step) for step in range(13))
NAMES = "January February March April May June July August September October November December".split()  # noqa: SIM905
counts = st.lists(st.integers(20, 99_999), min_size=13, max_size=13, unique=True)


def reader(values: list[int]) -> Reader:
    points = {month: Decimal(value) for month, value in zip(MONTHS, values, strict=True)}
    return Reader(
        ClaimEvidence(series=(EvidenceSeries("annual_reviews_overdue_count", "Overdue", "count", points, "down"),))
    )


def name(month: Month) -> str:
    return f"{NAMES[month.number - 1]} {month.year}"


def verdicts(values: list[int], text: str) -> set[Verdict]:
    return {claim.verdict for claim in reader(values).claims_in(text)}


@settings(max_examples=40, deadline=None)
@given(counts, st.integers(0, 12), st.integers(1, 50))
def test_a_true_figure_holds_and_one_that_is_off_fails(values, at, off):
    sentence = "In {month}, {value:,} annual reviews were overdue."
    month = name(MONTHS[at])
    assert verdicts(values, sentence.format(month=month, value=values[at])) == {Verdict.HOLDS}
    assert Verdict.FAILS in verdicts(values, sentence.format(month=month, value=values[at] + off))


@settings(max_examples=40, deadline=None)
@given(counts, st.integers(0, 11), st.integers(1, 12))
def test_a_true_change_holds_and_its_opposite_fails(values, start, step):
    first, last = start, min(12, start + step)
    change = values[last] - values[first]
    said = "rose" if change > 0 else "fell"
    other = "fell" if change > 0 else "rose"
    sentence = f"The number of overdue annual reviews {{}} by {abs(change):,} between {name(MONTHS[first])} and {name(MONTHS[last])}."  # noqa: E501
    assert Verdict.FAILS not in verdicts(values, sentence.format(said))
    assert Verdict.HOLDS in verdicts(values, sentence.format(said))
    assert Verdict.FAILS in verdicts(values, sentence.format(other))


@settings(max_examples=40, deadline=None)
@given(counts, st.integers(0, 11), st.integers(1, 12))
def test_a_bound_figure_is_always_true(values, start, step):
    """What the officer binds, the reader of claims finds to hold."""
    first, last = MONTHS[start], MONTHS[min(12, start + step)]
    text = (
        f"Between {name(first)} and {name(last)} the number of overdue annual reviews"
        f" {{{{ annual_reviews_overdue_count moved {first} {last} }}}}."
    )
    one = reader(values)
    assert {claim.verdict for claim in one.claims_in(bind(text, one.evidence).text)} == {Verdict.HOLDS}


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text):
    claims = reader(list(range(100, 113))).claims_in(text)
    assert all(claim.sentence[claim.start : claim.end].strip() == claim.stated for claim in claims)


@settings(max_examples=40, deadline=None)
@given(counts, st.integers(0, 12))
def test_the_same_text_gives_the_same_claims(values, at):
    text = f"Overdue annual reviews peaked in {name(MONTHS[at])} and have fallen consistently since, to {values[12]:,}."
    assert reader(values).claims_in(text) == reader(values).claims_in(text)
