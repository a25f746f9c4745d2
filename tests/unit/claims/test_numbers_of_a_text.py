"""The numbers of a text, how exactly each is printed, and when it agrees with a computed figure."""

from decimal import Decimal

import pytest

from highneeds.claims.judge.agreement import agrees, beyond, is_limit
from highneeds.claims.language.number import Counts, Hedge, Number, in_words, number_at


@pytest.mark.parametrize(
    ("text", "read", "value", "counts", "step", "loose"),
    [
        ("7,765 reviews", "7,765", "7765", "count", "1", "1"),
        ("21,000", "21,000", "21000", "count", "1", "1000"),
        ("-3", "-3", "-3", "count", "1", "1"),
        ("£29.9m", "£29.9m", "29900000", "gbp", "100000", "100000"),
        ("£29.9 million", "£29.9 million", "29900000", "gbp", "100000", "100000"),
        ("-£3m", "-£3m", "-3000000", "gbp", "1000000", "1000000"),
        ("5 million pounds", "5 million pounds", "5000000", "gbp", "1000000", "1000000"),
        ("3k", "3k", "3000", "count", "1000", "1000"),
        ("51.1%", "51.1%", "51.1", "percent", "0.1", "0.1"),
        ("2.5 percentage points", "2.5 percentage points", "2.5", "points", "0.1", "0.1"),
        ("2.5pp", "2.5pp", "2.5", "points", "0.1", "0.1"),
        ("two hundred and nineteen", "two hundred and nineteen", "219", "count", "1", "1"),
        ("three point two five million", "three point two five million", "3250000", "count", "10000", "10000"),
        ("a half", "a half", "50", "percent", "1", "1"),
        ("three quarters", "three quarters", "75", "percent", "1", "1"),
        ("five quarters", "five", "5", "count", "1", "1"),  # more than the whole is no share
        ("two third", "two", "2", "count", "1", "1"),
        ("one in twenty", "one in twenty", "5", "percent", "1", "1"),
        ("7 in 20", "7 in 20", "35", "percent", "1", "1"),
        ("five in five", "five", "5", "count", "1", "1"),
        ("one in 21", "one", "1", "count", "1", "1"),
        ("twice", "twice", "2", "times", "1", "1"),
        ("fourfold", "fourfold", "4", "times", "1", "1"),
        ("halved", "halved", "0.5", "times", "0.1", "0.1"),
        ("40 to 35", "40", "40", "count", "1", "10"),  # no range goes down
        ("100%", "100%", "100", "percent", "1", "100"),
    ],
)
def test_what_a_number_says(text, read, value, counts, step, loose):
    found, end = number_at(text, 0)
    assert text[:end] == read and found.high is None
    assert (found.value, found.counts.value) == (Decimal(value), counts)
    assert (found.step, found.loose) == (Decimal(step), Decimal(loose))


@pytest.mark.parametrize(
    ("text", "low", "high", "counts", "loose"),
    [
        ("35-40%", "35", "40", "percent", "1"),
        ("20-40%", "20", "40", "percent", "10"),
        ("£1.5m-£2m", "1500000", "2000000", "gbp", "100000"),
    ],
)
def test_a_range_is_as_loose_as_its_finer_end(text, low, high, counts, loose):
    found, end = number_at(text, 0)
    assert end == len(text) and (found.value, found.high) == (Decimal(low), Decimal(high))
    assert (found.counts.value, found.loose) == (counts, Decimal(loose))


@pytest.mark.parametrize(
    ("text", "at"),
    [("a-3", 1), ("K12", 1), ("3.12", 2), ("1st", 0), ("dozen", 0), ("twenty twenty", 0)],
)
def test_what_is_no_number(text, at):
    assert number_at(text, at) is None
    assert number_at("(-3)", 1)[0].value == -3 and number_at("by -3", 3)[0].value == -3


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("thirty-seven and a half", "37.5"), ("two and a quarter", "2.25"), ("two and three quarters", "2.75"),
        ("a hundred", "100"), ("hundred", "100"), ("one thousand two hundred", "1200"), ("thousand", "1000"),
        ("two hundred thousand and five", "200005"), ("thirty one", "31"), ("thirty eleven", None),
        ("one two", None), ("some", None), ("some and a half", None), ("one hundred and twenty-three", "123"),
    ],
)  # fmt: skip
def test_numbers_in_words(words, value):
    assert in_words(words) == (None if value is None else Decimal(value))


def number(text, hedge=Hedge.EXACT):
    return number_at(text, 0)[0].hedged(hedge, text)


@pytest.mark.parametrize(
    ("text", "hedge", "value", "agreed"),
    [
        ("7,765", Hedge.EXACT, "7765.5", True),
        ("7,765", Hedge.EXACT, "7765.6", False),
        ("21,000", Hedge.EXACT, "21000.6", False),
        ("21,000", Hedge.ABOUT, "21500", True),
        ("21,000", Hedge.ABOUT, "21501", False),
        ("-3", Hedge.EXACT, "-3", True),
        ("3", Hedge.EXACT, "-3", True),
        ("-3", Hedge.EXACT, "3", False),
        ("8,000", Hedge.ALMOST, "7600", True),
        ("8,000", Hedge.ALMOST, "7599", False),
        ("8,000", Hedge.ALMOST, "7999", True),
        ("8,000", Hedge.ALMOST, "8000", False),
        ("8,000", Hedge.ALMOST, "7200", False),  # nine tenths
        ("8,000", Hedge.ALMOST, "6800", False),  # 85%
        ("8,000", Hedge.OVER, "8000", False),
        ("8,000", Hedge.OVER, "8001", True),
        ("8,000", Hedge.OVER, "8999", True),
        ("8,000", Hedge.OVER, "9000", False),
        ("8,000", Hedge.AT_LEAST, "8000", True),
        ("8,000", Hedge.AT_LEAST, "7999", False),
        ("8,000", Hedge.AT_LEAST, "9000", False),
        ("8,000", Hedge.UNDER, "8000", False),
        ("8,000", Hedge.UNDER, "7999", True),
        ("8,000", Hedge.WELL_UNDER, "8000", False),
        ("8,000", Hedge.UP_TO, "8000", True),
        ("8,000", Hedge.UP_TO, "8001", False),
        ("8,000", Hedge.WELL_OVER, "8000", False),
        ("8,000", Hedge.WELL_OVER, "9999", True),
        ("35-40%", Hedge.EXACT, "34.5", True),
        ("35-40%", Hedge.EXACT, "34.4", False),
        ("35-40%", Hedge.EXACT, "40.5", True),
        ("35-40%", Hedge.EXACT, "40.6", False),
        ("20-40%", Hedge.ABOUT, "45", True),
        ("20-40%", Hedge.ABOUT, "45.1", False),
        ("a third", Hedge.EXACT, "35", True),
        ("a third", Hedge.EXACT, "38.4", False),  # 40 is nearer, and 5 points off
        ("a third", Hedge.EXACT, "38.3", None),
        ("a half", Hedge.OVER, "54.9", True),
        ("a half", Hedge.OVER, "55", False),
        ("a quarter", Hedge.ALMOST, "23.75", True),
        ("a quarter", Hedge.ALMOST, "20", None),
        ("a quarter", Hedge.ALMOST, "19.9", False),
        ("a quarter", Hedge.ALMOST, "25", False),
        ("doubled", Hedge.EXACT, "2.25", True),
        ("doubled", Hedge.EXACT, "2.26", None),
        ("doubled", Hedge.EXACT, "2.5", None),
        ("doubled", Hedge.EXACT, "2.51", False),
        ("doubled", Hedge.EXACT, "1.75", True),
        ("doubled", Hedge.ABOUT, "2.5", True),
        ("halved", Hedge.EXACT, "0.5", True),
        ("halved", Hedge.EXACT, "0.6", False),
        ("halved", Hedge.OVER, "0.49", True),
        ("halved", Hedge.OVER, "0.5", False),
        ("halved", Hedge.ALMOST, "0.52", True),
        ("halved", Hedge.ALMOST, "0.53", False),
        ("halved", Hedge.ALMOST, "0.5", False),
        ("halved", Hedge.AT_LEAST, "0.5", True),
        ("halved", Hedge.UNDER, "0.5", False),
        ("halved", Hedge.UNDER, "0.51", True),
        ("halved", Hedge.WELL_UNDER, "0.51", True),
        ("halved", Hedge.WELL_OVER, "0.49", True),
        ("halved", Hedge.WELL_OVER, "0.5", False),
        ("halved", Hedge.WELL_UNDER, "0.5", False),
        ("halved", Hedge.AT_LEAST, "0.51", False),
        ("halved", Hedge.UP_TO, "0.51", True),
        ("halved", Hedge.UP_TO, "0.5", True),  # at most halved: it fell by half, or by less
        ("halved", Hedge.UP_TO, "0.49", False),
        ("halved", Hedge.UP_TO, "1", False),  # what did not fall was not halved in part
        ("halved", Hedge.UNDER, "1", False),
        ("halved", Hedge.WELL_UNDER, "1", False),
        ("halved", Hedge.ABOUT, "0.549", True),
        ("halved", Hedge.ABOUT, "0.55", None),
        ("halved", Hedge.ABOUT, "0.551", False),
        ("halved", Hedge.ALMOST, "0.525", True),
    ],
)
def test_when_a_figure_agrees(text, hedge, value, agreed):
    assert agrees(number(text, hedge), Decimal(value)) is agreed


@pytest.mark.parametrize(
    ("hedge", "below", "at", "above", "limit"),
    [
        (Hedge.OVER, False, False, True, True),
        (Hedge.WELL_OVER, False, False, True, True),
        (Hedge.AT_LEAST, False, True, True, True),
        (Hedge.UNDER, True, False, False, True),
        (Hedge.WELL_UNDER, True, False, False, True),
        (Hedge.UP_TO, True, True, False, True),
        (Hedge.EXACT, False, True, False, False),
        (Hedge.ABOUT, False, True, False, False),
        (Hedge.ALMOST, True, False, False, False),
    ],
)
def test_a_figure_as_a_limit_that_months_keep(hedge, below, at, above, limit):
    said = number("98%", hedge)
    assert [beyond(said, Decimal(value)) for value in ("97", "98", "150")] == [below, at, above]
    assert is_limit(said) is limit
    assert is_limit(Number(Decimal(1), Counts.COUNT, Decimal(1), Decimal(1), high=Decimal(2)))
