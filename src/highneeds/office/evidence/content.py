"""Fingerprints of what a submission rests on: the figures apart from the wording, so that each can move alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from highneeds.office.evidence.bridge import fingerprint_of


def is_wording(name: str) -> bool:
    """Text that people write for a report: programme/<slot>/...md. All else is, or leads to, figures."""
    return name.startswith("programme/") and name.endswith(".md")


@dataclass(frozen=True)
class Content:
    """whole, figures, words: the fingerprints of all documents, of those that give figures, of the wording."""

    whole: str
    figures: str
    words: str


def content_of(versions: Mapping[str, str]) -> Content:
    words = {name: version for name, version in versions.items() if is_wording(name)}
    figures = {name: version for name, version in versions.items() if name not in words}
    return Content(fingerprint_of(versions), fingerprint_of(figures), fingerprint_of(words))
