"""The small evidence against which every kind's worked examples are judged. Figures from Kent's dashboard."""

from decimal import Decimal

from highneeds.claims.evidence.model import ClaimEvidence, EvidenceFact, EvidenceSeries, SharedWhole
from highneeds.vocabulary.period import Month, Period
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
