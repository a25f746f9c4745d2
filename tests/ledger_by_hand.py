"""A ledger's export of two years, as it is read."""

import polars as pl

from highneeds.intake.ledger.export import LedgerExport

NAMES = {"code": pl.String, "reference": pl.String, "supplier": pl.String, "child": pl.String, "commitment": pl.String}
SCHEMA = {"line_number": pl.Int64, "year": pl.Int64, "period": pl.Int64, "line": pl.String, "pence": pl.Int64, **NAMES}


def export(*rows, **other):
    whole = [(number, *row, "7001", None, None, None, None) for number, row in enumerate(rows, 2)]
    frame = pl.DataFrame(whole, schema=SCHEMA, orient="row")
    return LedgerExport("Khan ledger.csv", "0123456789abcdef" + "0" * 48, "Main", frame, (), (0, 0), **other)


TWO_YEARS = export((2024, 2, "1.2.3", 1001), (2023, 12, "1.2.1", -500), (2024, 2, "1.2.3", 99), (2024, 1, "1.2.3", 5))
