"""One file a report or return: kind, audience, title, sections."""

from highneeds.report.reports._registry import fills_template, kinds, reports, reports_of_kind

__all__ = ["fills_template", "kinds", "reports", "reports_of_kind"]
