"""The small evidence against which every kind's worked examples are judged. Figures from Kent's dashboard."""

from dataclasses import replace
from decimal import Decimal

from highneeds.claims.evidence.model import (
    ClaimEvidence,
    EvidenceFact,
    EvidenceSeries,
    FactsOfOneThing,
    SharedWhole,
)
from highneeds.vocabulary.period import FinancialYear, Month, Period
from highneeds.vocabulary.source import Source

_FIRST = Month(2024, 1)


def _series(name: str, title: str, unit: str, good: str, first: Month, values: str) -> EvidenceSeries:
    points: dict[Period, Decimal] = {first.plus(step): Decimal(value) for step, value in enumerate(values.split())}
    return EvidenceSeries(name, title, unit, points, good)


def _fact(name: str, written: str, meaning: str, line: int) -> EvidenceFact:
    return EvidenceFact(name, None, None, written, "date", "", "exact", written, meaning, Source("PAGE", line))


WORKED = ClaimEvidence(
    series=(
        _series(
            "annual_reviews_overdue_count", "Annual reviews overdue", "count", "down", _FIRST,
            "9961 9598 9402 8853 8363 7855 7438 7128 6975 6983 7043 7219 7765",
        ),
        _series(
            "annual_reviews_overdue_pct", "Share of annual reviews overdue", "percent", "down", _FIRST,
            "51.1 48.9 47.6 44.5 41.8 39.0 36.9 35.4 34.4 34.1 34.3 35.0 37.5",
        ),
        _series("assess_agreed_count", "Requests agreed at assessment", "count", "none", _FIRST, "212 92 148"),
        _series("assess_declined_count", "Requests declined at assessment", "count", "none", _FIRST, "169 207 252"),
        _series("assess_agreed_pct", "Share agreed at assessment", "percent", "none", _FIRST, "55.6 30.8 37.0"),
        _series("assess_declined_pct", "Share declined at assessment", "percent", "none", _FIRST, "44.4 69.2 63.0"),
        _series(
            "mainstream_to_special_total", "Moves from mainstream to special", "count", "down", Month(2024, 12), "36 72"
        ),
        _series(
            "special_to_mainstream_total", "Moves from special to mainstream", "count", "up", Month(2024, 5), "2 0 3"
        ),
    ),
    facts=(
        _fact("nore_opening", "2025-01-01", "Nore Academy opened", 49),
        _fact("monitoring_report_5", "2024-08", "Published report 5", 80),
        _fact("monitoring_report_6", "2024-11", "Published report 6", 79),
        EvidenceFact(
            "dfe_contribution", Decimal(140_000_000), None, "140000000", "gbp", "", "exact", "£140 million",
            "Contribution of the government", Source("PAGE", 16), also_called=("government gives",),
        ),
        EvidenceFact(
            "openings_nore_late_months", Decimal(4), None, "4", "months", "", "exact", "4 months",
            "Nore Academy: late against the plan", Source("REPORT", 11), kind="register",
        ),
    ),
    together=(SharedWhole("assess_agreed_count", "assess_declined_count"),),
    reports=("monitoring_report_5", "monitoring_report_6"),
    own_names=("Kent",),
)  # fmt: skip


def _number(name: str, value: str, unit: str, meaning: str, line: int, document: str = "REPORT") -> EvidenceFact:
    printed = f"£{int(value) // 1_000_000}m" if unit == "gbp" else value
    source = Source(document, line)
    return EvidenceFact(name, Decimal(value), None, value, unit, "", "exact", printed, meaning, source)


WIDER = replace(
    WORKED,
    series=(
        *WORKED.series,
        replace(
            _series("appeals", "Appeals lodged", "count", "down", _FIRST, ""),
            points={month: Decimal(value) for month, value in zip(
                (_FIRST.plus(step) for step in (0, 1, 2, 4, 5, 6)), (0, 4, 8, 6, 6, 5), strict=True)},
            gaps={_FIRST.plus(3): "not collected"},
        ),
        EvidenceSeries(
            "agency_spend", "Agency spend", "gbp",
            {FinancialYear(2023): Decimal(1_200_000), FinancialYear(2024): Decimal(1_500_000)}, "down",
        ),
        _series("visits", "Visits made", "count", "none", _FIRST, "1 2 3 4 5 6"),
        _series("visits_pct", "Share of visits made", "percent", "none", _FIRST, "10 20"),
        _series("srp_fill", "SRP fill rate", "percent", "up", _FIRST, "90 91 95 95 101 100"),
        _series("special_fill", "Special school fill rate", "percent", "up", _FIRST, "98 99 97 95 95 104"),
    ),
    facts=(
        *WORKED.facts,
        _number("gap", "53000000", "gbp", "Gap at the end", 21),
        _number("reserve", "4000000", "gbp", "Reserve left at the end", 22),
        _number("reserve_again", "4000000", "gbp", "Reserve left at the end", 9, "PAGE"),
        _number("final_plan", "89", "children", "Transfers with a final plan", 25),
        _number("without_pass", "12", "children", "Children without a bus pass", 26),
    ),
    same_things=(FactsOfOneThing("the reserve", ("reserve", "reserve_again")),),
)  # fmt: skip
"""The same with series that hold a zero, a gap, financial years and months of one level, and with recorded figures."""
