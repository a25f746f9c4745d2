"""The sentences of the first page and of the account, for every case that may come."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from highneeds.account import OnTrackVerdict
from highneeds.account.amount import known, missing
from highneeds.account.balance.on_track import OnTrackByEnd
from highneeds.account.balance.standing import position
from highneeds.account.stated import Stated, stated
from highneeds.account.variance.drivers import Driver, DriverKind, driver_bridge
from highneeds.intake.ledger.positions import Layer
from highneeds.report.cells import Cell
from highneeds.report.charts import ChartWords, Series
from highneeds.report.charts.fan import fan_chart
from highneeds.report.sections.first_page import meaning
from highneeds.report.sections.sources import period_words
from highneeds.report.words import account as account_words
from highneeds.report.words import first_page, on_track
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

UNKNOWN = Note.of("amount.no_figure")

YES, NO, UNKNOWN = OnTrackVerdict.YES, OnTrackVerdict.NO, OnTrackVerdict.CANNOT_SAY


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ([YES, YES, YES], "all three questions are answered Yes"),
        ([NO, NO, NO], "all three questions are answered No"),
        ([YES, UNKNOWN, UNKNOWN], "of the three questions 1 is answered Yes and 2 cannot be answered"),
        ([YES, NO, NO], "of the three questions 1 is answered Yes and 2 are answered No"),
        ([UNKNOWN, UNKNOWN, UNKNOWN], "none of the three questions can be answered"),
        ([YES, NO, UNKNOWN], "of the three questions 1 is answered Yes, 1 is answered No and 1 cannot be answered"),
    ],
)
def test_an_answer_that_cannot_be_given_is_never_on_track(verdicts, words):
    assert first_page.on_track(verdicts) == words


@pytest.mark.parametrize(
    ("target", "forecast", "words"),
    [
        (29_900_000, 53_000_000, "£23.1m (77%) above"),
        (29_900_000, 28_000_000, "£1.9m (6%) below"),
        (29_900_000, 29_900_000, "exactly on"),
        (20_000_000, 20_500_000, "£500,000 (3%) above"),
    ],
)
def test_beside_the_target(target, forecast, words):
    """Per cent round half away from nought, without a sign beside the word."""
    assert account_words.beside_target(position(stated(target), stated(forecast))) == words


def test_two_residuals_are_told_as_two_with_their_places():
    left = [
        Stated(3_000_000_000, None, "at_least", "", "REPORT line 15"),
        Stated(2_000_000_000, 3_000_000_000, "range", "", "REPORT line 236"),
    ]
    assert on_track.reason(OnTrackByEnd(tuple(left))) == (
        "A deficit is expected to remain. Two figures are published: at least £30m (REPORT line 15); £20m to £30m "
        "(REPORT line 236)."
    )
    assert on_track.reason(OnTrackByEnd(tuple(left[:1]))) == "A deficit of at least £30m is expected to remain."


@pytest.mark.parametrize(
    ("gap", "words", "verdict"),
    [(10_000_000, "£10m worse than planned", "Worse"), (-4_000_000, "£4m better than planned", "Better")],
)
def test_the_gap_is_worse_or_better_by_its_sign(gap, words, verdict):
    assert first_page.gap(stated(gap)) == words
    assert first_page.verdict(stated(gap).pence) == verdict


def bridge(actual: int):
    drivers = [
        Driver("Schools", DriverKind.TIMING, known(190_000_000)),
        Driver("Uplift", DriverKind.INFLATION, known(180_000_000), estimated=True),
        Driver("Tuition", DriverKind.NEW_DEMAND, missing(UNKNOWN)),
    ]
    return driver_bridge(2_990_000_000, actual, drivers)


@pytest.mark.parametrize(
    ("actual", "words"),
    [
        (
            5_300_000_000,
            "£23.1m worse than promised: £1.9m is published and £1.8m estimated; £19.4m of £23.1m is not explained "
            "(2 of 3 named drivers).",
        ),
        (
            2_800_000_000,
            "£1.9m better than promised: the £3.7m that named drivers add (2 of 3 named drivers) is offset by £5.6m "
            "that no figure explains.",
        ),
    ],
)
def test_an_estimate_of_ours_is_not_called_published(actual, words):
    assert account_words.drivers(bridge(actual)) == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2024-01..2025-01", "Jan 2024 to Jan 2025"),
        ("2024-25..2027-28", "2024-25 to 2027-28"),
        ("2025-01-31", "31 January 2025"),
        ("since programme start", "since programme start"),
        ("", "not stated"),
    ],
)
def test_periods_are_in_words(period, words):
    assert period_words(period) == words


def test_one_finding_is_not_one_findings():
    assert (counted(1, "finding"), counted(31, "finding"), counted(1, "is", "are")) == (
        "1 finding",
        "31 findings",
        "1 is",
    )


def test_a_loose_point_says_its_figure():
    cells = (
        Cell.millions(97_000_000),
        Cell.gap(State.NOT_PUBLISHED),
        Cell.millions(136_000_000),
        Cell.millions(30_000_000),
    )
    line = Series("Achieved", cells, labelled=True)
    chart = fan_chart(ChartWords("c", "T"), periods=("1", "2", "3", "4"), lines=(line,), unit=Unit.GBP)
    drawn = chart.picture.spec
    assert all(f'"t": "{words}"' in drawn for words in ("£97m", "£136m")), drawn
    assert chart.table.rows[1].cells[1].text == "n.p."
    assert "no figure for 1 of 4" in chart.alt
    assert Decimal(97_000_000) == chart.table.rows[0].cells[1].value


def test_the_words_of_a_point_keep_clear_of_a_line_that_rises_from_it():
    cells = tuple(Cell.millions(value * 1_000_000) for value in (10, 30, 53, 70, 20))
    line = Series("Latest forecast", cells, labelled=True)
    drawn = fan_chart(ChartWords("c", "T"), periods=tuple("12345"), lines=(line,), unit=Unit.GBP).picture.spec
    assert '"align": "right", "t": "£53m"' in drawn, "it rises to £70m, so the words end at the point"
    assert '"align": "center", "t": "£70m"' in drawn
    assert '"align": "left", "t": "£10m"' in drawn, "words that end at the first point would run over the axis"


@pytest.mark.parametrize(
    ("achieved", "latest", "overrides", "says"),
    [
        ((), ("at least £30m",), (date(2026, 3, 31),), "at least £30m, and falls on the council's own books once the "
         "statutory override ends on 31 March 2026."),
        (("£20m",), ("at least £30m",), (), "March 2028: £20m."),  # what it came to, where that is known
        ((), ("nil",), (date(2026, 3, 31),), "March 2028: £0."),  # nothing is left to fall anywhere
        ((), ("£20m", "nil"), (date(2025, 3, 31), date(2026, 3, 31)), "£20m or £0, and falls on the council's own "
         "books once the statutory override ends on 31 March 2026."),
        ((), (), (), "What it means: the deficit left in March 2028 is not published."),
    ],
)  # fmt: skip
def test_what_is_left_at_the_end_and_on_whose_books_it_falls(achieved, latest, overrides, says):
    sums = {
        "at least £30m": Stated(30 * 10**8, None, "at_least"),
        "£20m": Stated(20 * 10**8, 20 * 10**8),
        "nil": Stated(0, 0),
    }
    layers = {Layer.ACHIEVED: achieved, Layer.LATEST: latest}
    end = FinancialYear(2027)

    def at(year, measure, layer):
        assert (year, measure) == (end, "closing_deficit_gbp")
        return tuple(sums[one] for one in layers[layer])

    evidence = SimpleNamespace(
        workspace=SimpleNamespace(agreement=SimpleNamespace(last_year=end)),
        money=SimpleNamespace(layers=SimpleNamespace(at=at)),
        account=SimpleNamespace(parts=SimpleNamespace(overrides=[SimpleNamespace(end=day) for day in overrides])),
    )
    assert meaning(evidence).endswith(says)
