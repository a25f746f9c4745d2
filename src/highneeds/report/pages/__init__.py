"""The results that the pages show: the same evidence as the documents, in the shape of report/results.py."""

from highneeds.report.pages.results_of import results_of

__all__ = ["results_of"]
