"""Made by hand, no figure is real: a forecast that has everything a forecast may have, one that has little, a record of
earlier ones, and the three books of a council."""

from dataclasses import dataclass, replace
from datetime import date

from forecast_summary_by_hand import brief, scored
from highneeds.account.commitments.matching import Headline, Matching, Mismatch
from highneeds.account.commitments.three_books import MatchedBooks
from highneeds.account.spend.monitoring import Monitor, MonitorRow
from highneeds.forecast.record import Vintage
from highneeds.forecast.summary import (
    ComparedWithPublished,
    Delay,
    DelayYear,
    ForecastSummary,
    RegisteredAssumption,
    ScenarioLever,
    WhatIf,
    YearOdds,
)
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table


def lever(title: str, **changes: object) -> ScenarioLever:
    made = ScenarioLever(
        title, "share", 0.1, 0.2, 0.35, "2025-09-01", "section 36", "children under 5", "EIA 12", "May", "June", False
    )
    return replace(made, **changes)


def rich_forecast() -> ForecastSummary:
    """Delays, breaks, levers, transport, spending tested, years that ended, an estimate that missed."""
    plain = brief()
    later = WhatIf(
        "later",
        "A school opens later",
        1210,
        290,
        95,
        12,
        34e6,
        6e6,
        (-1e6, -2e6, 0.5e6),
        None,
        None,
        (
            Note.of("lever.caps_demand", scenario="later", number=1, title="Requests", duty="section 36"),
            Note.of("lever.unconfident", scenario="later", number=2, title="Places", lacks="decision"),
        ),
        transport_gbp=71e6,
        levers=(lever("Requests", caps_demand=True), lever("Places", decision="", consultation="")),
        overlaps=(
            Note.of(
                "lever.overlap",
                scenario="later",
                number=1,
                title="Requests",
                other=2,
                other_title="Places",
                flows="requests",
            ),
        ),
    )
    years = (
        DelayYear("2024-25", (2e6, 1e6, 3e6), 48.5, "£1.9m", "REPORT line 236"),
        DelayYear("2024-25..2025-26", (9e6, 7e6, 11e6), 120.0, "", ""),
    )
    saved = (DelayYear("2024-25..2025-26", (-9e6, -11e6, -7e6), 0.0, "£30m", "PAGE line 97"),)
    price = Note.of("delay.price", whose="own", line="Independent", gbp=61234.0, basis="a placement", year="2024-25")
    return replace(
        plain,
        lines=(
            replace(plain.lines[0], own=True, sector="Top-up, state special"),
            replace(plain.lines[0], name="1.2.3", title="Fees"),
        ),
        odds=(
            YearOdds("2024-25", 3e6, None, None, 9e6, None, ended=True),
            YearOdds("2025-26", 3e6, 0.12, 0.995, 9e6, 0.5),
        ),
        held=(
            ComparedWithPublished("2024-25", 5e6, "£5m (REPORT line 2)", 2e6, 6e6),
            ComparedWithPublished("2025-26", 9e6, "£9m (REPORT line 3)", 2e6, 6e6),
        ),
        assumptions=(
            *plain.assumptions,
            RegisteredAssumption("wait", "Weeks", 20, 5.25, 120.5, "weeks", "our assumption", "", "later plans", True),
        ),
        scenarios=(replace(plain.scenarios[0], transport_gbp=70e6), later),
        delays=(Delay("As planned", "As now expected", years, (price,)), Delay("Planned", "Earlier", saved, (price,))),
        break_even=(("2024-25", 0.0), ("2025-26", 0.07)),
        breaks=(Note.of("published.break", year=2021, after=9000.0, before=12000.0),),
        spend_scores=tuple(scored(name, ahead, 4.5) for ahead in (1, 4) for name in ("highneeds", "drift", "other")),
        spend_origins=(2018, 2022),
        returns=2,
        contributions_gbp=(0.0, 0.0),
        notes=(
            Note.of(
                "in_year.grant_carried_on",
                newest="2025-26",
                middle=0.03,
                low=-0.01,
                high=0.07,
                stated=0.025,
                sources=("Published",),
            ),
            Note.of("needs.absent"),
        ),
    )


def poor_forecast() -> ForecastSummary:
    """Plans alone: no money is published of the council, there is one scenario and no back-test."""
    plain = brief(council="Harrowdale")
    return replace(
        plain,
        cost=None,
        lines=(),
        in_year=None,
        deficit=None,
        opening=None,
        odds=(),
        held=(),
        scores=(),
        scenarios=plain.scenarios[:1],
    )


@dataclass(frozen=True)
class KeptByHand:
    name: str = "first"
    fingerprint: str = "first"
    made_on: str = "2023-04-02"
    origin: int = 2022
    underway: str = "2023-24 P9"
    ledger_to: tuple[str, str] = ("2023-24", "P9")


@dataclass(frozen=True)
class VintageByHand:
    """What has come true of a kept forecast, as `Vintage.held` has it."""

    kept: KeptByHand
    held: Table


def record_by_hand() -> tuple[Vintage, ...]:
    columns = ("measure", "cut", "period", "actual", "mean", "error", "error_pct", "inside_80")
    rows = (
        ("plans", "total", "2023-01", 1000.0, 1100.0, 100.0, 10.0, "yes"),
        ("plans", "total", "2024-01", 1200.0, 0.0, -1200.0, None, "no"),
        ("plans", "special_state", "2024-01", 1.0, 2.0, 1.0, 100.0, "no"),
        ("in_year_gbp", "total", "2023-24", 5e6, 4e6, -1e6, -20.0, "yes"),
        ("in_year_gbp", "total", "2024-25", 5e6, 7e6, 2e6, 40.0, "no"),
    )
    plans_alone = VintageByHand(
        KeptByHand(name="second", made_on="2024-04-02", origin=2023, underway="", ledger_to=("", "")),
        Table.of(columns, rows[:1]),
    )
    return (VintageByHand(KeptByHand(), Table.of(columns, rows)), plans_alone)


def books_by_hand() -> MatchedBooks:
    """Invented books: one mismatch that grew, one line without a budget and without a forecast."""
    now, before = (
        Matching(as_at, (Headline(Mismatch.PAID_AFTER_LEAVING, count, pence, ("C1", "C2")),))
        for as_at, count, pence in ((date(2025, 1, 31), 12, 3000000), (date(2024, 12, 31), 9, 2500000))
    )
    year = (
        MonitorRow("1.2.3", 10, 10000, 8000, 500, 0, 8500),
        MonitorRow("1.2.3", 11, None, None, 0, 3000, 3000),
        MonitorRow("1.2.5", 10, None, None, 0, 0, None),
        MonitorRow("1.2.5", 11, None, None, 0, 200, 200),
    )
    return MatchedBooks(
        now.as_at,
        (Note.of("books.held_together", day="2025-01-31"), *now.moved(before)),
        (Note.of("books.forecast", forecast=11500, adjusted=0, together=11500),),
        now,
        before,
        Monitor(FinancialYear(2024), 10, year, ()),
        (
            Note.of("books.read_invented_book", file="commitments.zip"),
            Note.of("books.read_invented_postings", postings=1200),
        ),
        synthetic=True,
    )
