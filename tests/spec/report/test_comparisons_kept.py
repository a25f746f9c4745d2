"""Pages of comparisons are kept for one council by one name: another number or name makes them anew."""

from types import SimpleNamespace

import pytest

from highneeds.report.pages import comparisons as pages
from highneeds.report.pages.results.comparisons import Comparisons
from highneeds.report.pages.results.parts import PageFinding


class Kept:
    """A cache in memory."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}

    def find(self, kind: str, name: str) -> bytes | None:
        return self.bodies.get(name)

    def keep(self, kind: str, name: str, body: bytes) -> None:
        self.bodies[name] = body


class Asked:
    def __init__(self, kept: Kept, number: str, name: str, day: str) -> None:
        self.kept = kept
        self.workspace = SimpleNamespace(council=SimpleNamespace(la_number=number, short_name=name))
        self.published = SimpleNamespace(day=day, january=None, files={})


@pytest.mark.parametrize(
    ("other", "made"),
    [
        (("123", "Eastmoor", "2025-04-02"), 1),
        (("124", "Eastmoor", "2025-04-02"), 2),
        (("123", "Westmoor", "2025-04-02"), 2),
        (("123", "Eastmoor", "2025-04-03"), 2),
    ],
)
def test_what_is_kept_is_found_by_the_same_question_alone(monkeypatch, other, made):
    times: list[str] = []

    def make(asked: Asked) -> pages.ComparisonPages:
        times.append(asked.workspace.council.short_name)
        return pages.ComparisonPages(Comparisons(PageFinding.of("None is published"), ()), {"a.csv": times[-1]})

    monkeypatch.setattr(pages, "_made", make)
    kept = Kept()
    assert pages.comparison_files(Asked(kept, "123", "Eastmoor", "2025-04-02")) == {"a.csv": b"Eastmoor"}
    assert pages.comparison_files(Asked(kept, *other)) == {"a.csv": other[1].encode()}
    assert len(times) == made
