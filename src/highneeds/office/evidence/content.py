"""Fingerprints of what a submission rests on: the figures apart from the wording, so that each can move alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from highneeds.office.evidence.bridge import fingerprint_of, is_wording

KEPT_RESULTS = ("forecasts/", "drafts/")
"""Forecasts and drafts that runs keep: held against what comes; no figure of a report is read from them."""


def is_content(name: str) -> bool:
    """Whether a submission rests on this document."""
    return not name.startswith(KEPT_RESULTS)


@dataclass(frozen=True)
class Content:
    """whole, figures, words: the fingerprints of all documents, of those that give figures, of the wording."""

    whole: str
    figures: str
    words: str


def content_of(versions: Mapping[str, str]) -> Content:
    """The fingerprints of these documents: name -> version."""
    there = {name: version for name, version in versions.items() if is_content(name)}
    words = {name: version for name, version in there.items() if is_wording(name)}
    figures = {name: version for name, version in there.items() if name not in words}
    return Content(fingerprint_of(there), fingerprint_of(figures), fingerprint_of(words))
