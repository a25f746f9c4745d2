"""Are the words true? Every figure, direction, comparison and date of a text, held against the evidence.

    reader = Reader(evidence)
    claims = reader.claims_in(text, "update.md")

Deterministic: the same text and evidence give the same claims. Nothing is guessed; what is not understood is listed.
"""

from highneeds.assurance.claims.bound import BoundFigure, BoundText, bind
from highneeds.assurance.claims.evidence import Evidence, Fact, PlaceFigure, Series
from highneeds.assurance.claims.judged import JudgedClaim, Verdict
from highneeds.assurance.claims.of_workspace import evidence_of
from highneeds.assurance.claims.reader import Reader, claims_in, claims_table

__all__ = [
    "BoundFigure",
    "BoundText",
    "Evidence",
    "Fact",
    "JudgedClaim",
    "PlaceFigure",
    "Reader",
    "Series",
    "Verdict",
    "bind",
    "claims_in",
    "claims_table",
    "evidence_of",
]  # fmt: skip
