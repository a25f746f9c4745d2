"""A small forecast made by hand, whose every word can be checked with a pencil."""

from dataclasses import replace

from highneeds.forecast.summary import (
    Balance,
    ComparedWithPublished,
    Counted,
    Fan,
    ForecastSummary,
    LineCost,
    RegisteredAssumption,
    Scored,
    WhatIf,
    YearOdds,
)
from highneeds.vocabulary.note import Note

JANUARIES = ("2024-01", "2025-01", "2026-01")
YEARS = ("2024-25", "2025-26")


def fan(name: str, periods: tuple[str, ...], middle: tuple[float, ...], steps: tuple[float, ...]) -> Fan:
    """Quantiles at one, two and three steps on both sides of the middle, which is also the mean."""
    rows = tuple(tuple(m + k * s for m, s in zip(middle, steps, strict=True)) for k in (-3, -2, -1, 0, 1, 2, 3))
    return Fan(name, periods, middle, rows)


def scored(method: str, ahead: int, mape: float) -> Scored:
    return Scored(method, ahead, 700, mape, -0.6, 52.1, 81.4, 95.4, 5.7, 11.6, 19.8)


def brief(**changes) -> ForecastSummary:
    """Plans from 1,000 to 1,200; £4m and £5m over in the two years; £10m of deficit at the start of the second."""
    plans = fan("Plans", JANUARIES, (1000.0, 1100.0, 1200.0), (0.0, 50.0, 100.0))
    cost = fan("Cost", YEARS, (30e6, 33e6), (1e6, 2e6))
    made = ForecastSummary(
        council="Oakshire",
        origin=2024,
        draws=300,
        seed=7,
        end="2025-26",
        counted=(Counted("2022-01", 900.0), Counted("2023-01", 950.0)),
        plans=plans,
        by_age=(replace(plans, name="Under 5"),),
        by_setting=(replace(plans, name="special_state"),),
        cost=cost,
        lines=(LineCost("1.2.1-2 special", "Top-up, state special", "DfE", cost),),
        in_year=fan("In-year position", YEARS, (4e6, 5e6), (1e6, 2e6)),
        deficit=fan("Accumulated deficit", YEARS, (10e6, 14e6), (0.0, 2e6)),
        opening=Balance("2024-25", 10e6, "£10m (REPORT line 1)"),
        contributions_gbp=(0.0, 2e6),
        odds=(
            YearOdds("2024-25", 3e6, 0.12, 0.0, None, None),
            YearOdds("2025-26", None, None, 0.02, 0.0, 0.0),
        ),
        held=(ComparedWithPublished("2024-25", 5e6, "£5m (REPORT line 2)", 2e6, 6e6),),
        assumptions=(
            RegisteredAssumption(
                "agree", "Requests agreed to assess", 0.64, 0.56, 0.72, "share", "DfE", "2024", "more plans"
            ),
        ),
        scenarios=(
            WhatIf("baseline", "As things are", 1200, 300, 80, 0, 33e6, 5e6, None, 0.02, 0.0, ()),
            WhatIf(
                "later",
                "A school opens late",
                1200,
                310,
                70,
                5,
                32e6,
                4e6,
                (1e6, 0.5e6, 1.5e6),
                0.05,
                0.0,
                (Note.of("lever.caps_demand", scenario="later", number=1, title="Requests", duty="section 36"),),
            ),
        ),
        scores=tuple(
            scored(method, ahead, mape) for ahead, mape in ((1, 3.6), (3, 7.2)) for method in ("highneeds", "70/30")
        ),
        first_origin=2017,
        last_origin=2023,
        notes=(Note.of("cost.no_line_of_setting", setting="eotas_la"),),
    )
    return replace(made, **changes)
