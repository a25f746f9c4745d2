"""Arithmetic that the dashboard's rows promise each other: one file per kind of promise.

`check_identities(indicators, observations, identities)` holds every identity of the catalogue against every month.
The tolerance is half a unit of the last printed digit for each rounded term, never more.
"""

from highneeds.checks.identities._run import check_identities, kinds

__all__ = ["check_identities", "kinds"]
