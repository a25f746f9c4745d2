"""Fingerprints of what a submission rests on: the figures apart from the wording, so that each can move alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from highneeds.office.evidence.bridge import fingerprint_of, is_wording

READ_BY_NO_REPORT = ("forecasts/", "drafts/", "sources/")
"""Forecasts and drafts that runs keep, held against what comes, and how files that are uploaded are read: no figure of
a report is read from any of them."""


def is_content(name: str) -> bool:
    """Whether a submission rests on this document."""
    return not name.startswith(READ_BY_NO_REPORT)


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
