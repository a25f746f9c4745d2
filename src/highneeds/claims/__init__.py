"""Are the words true? Every figure, direction and comparison of a text, held against what the workspace knows.

    reader = Reader(evidence)
    claims = reader.claims_in(text, "update.md")

Deterministic: the same text and evidence give the same claims. Nothing is accused that was not wholly read.
"""

from highneeds.claims.bound import BoundFigure, BoundText, bind
from highneeds.claims.evidence.model import ClaimEvidence, EvidenceFact, EvidenceSeries
from highneeds.claims.evidence.of_workspace import evidence_of
from highneeds.claims.judge.verdict import JudgedClaim, Verdict
from highneeds.claims.reader import Reader, claims_table

__all__ = [
    "BoundFigure",
    "BoundText",
    "ClaimEvidence",
    "EvidenceFact",
    "EvidenceSeries",
    "JudgedClaim",
    "Reader",
    "Verdict",
    "bind",
    "claims_table",
    "evidence_of",
]  # fmt: skip
