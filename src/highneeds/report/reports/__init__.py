"""One file a report or return: kind, audience, title, sections."""

from highneeds.report.reports._registry import kinds, reports, reports_of_kind

__all__ = ["kinds", "reports", "reports_of_kind"]
