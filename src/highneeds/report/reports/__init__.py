"""Whole reports: a title and a list of sections, one file each, found by their kind."""

from highneeds.report.reports._registry import report_of_kind

__all__ = ["report_of_kind"]
