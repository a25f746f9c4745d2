"""Rows that page extraction has run together: each line repeats the end of the one before and adds to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from highneeds.intake.dashboard.cells import figures_in
from highneeds.intake.dashboard.lines import HEADING, OPENINGS, PageLine, begins_like_a_title

FEWEST_SHARED_WORDS = 2


@dataclass(frozen=True)
class Part:
    """One row taken out of fused lines.

    figures   column -> the figure that is this row's; a column without one is empty
    raw       column -> the cell as printed
    """

    condition: int | None
    title: str
    figures: dict[int, str]
    raw: dict[int, str]
    line: int


def shared_start(before: str, after: str) -> str:
    """The end of `before` that `after` begins with, at least two words; '' where there is none."""
    words = before.split()
    for start in range(len(words) - FEWEST_SHARED_WORDS + 1):
        tail = " ".join(words[start:])
        if after == tail or after.startswith(tail + " "):
            return tail
    return ""


def chain_from(lines: Sequence[PageLine], start: int) -> int:
    """How many lines after `start` repeat the end of the line before them, beginning in the middle of its title."""
    length = 0
    while start + length + 1 < len(lines):
        before, after = lines[start + length].title, lines[start + length + 1].title
        if not before or not after or begins_like_a_title(after) or not shared_start(before, after):
            break
        length += 1
    return length


def unfold(first: PageLine, chain: Sequence[PageLine], condition: int | None) -> tuple[Part, ...]:
    """The rows that a chain of fused lines adds to its first line.

    A fused cell holds the first row's figure, then those of the added rows in their order. Rows beyond the last figure
    have none.
    """
    last = chain[-1]
    titles = added_titles(first.title, [line.title for line in chain], condition)
    parts = []
    for place, (number, title) in enumerate(titles, start=1):
        figures = {}
        for column, text in enumerate(last.cells[1:], start=1):
            found = figures_in(text) or []
            if len(found) > place:
                figures[column] = found[place]
        line = next(one.number for one in chain if _ends_in(one.title, title))
        parts.append(Part(number, title, figures, dict(enumerate(last.cells)), line))
    return tuple(parts)


def added_titles(first: str, chain: Sequence[str], condition: int | None) -> list[tuple[int | None, str]]:
    """The titles that follow the first row's in a fused title, each with the condition it stands under.

    A title begins where a line's addition begins, or as the first title after a condition's heading.
    """
    fused = chain[-1]
    begun = len(shared_start(first, fused))
    additions = {len(title.rstrip()) + 1 for title in chain[:-1]}
    titles = []
    for start, end in pairwise(_cuts(fused, begun)):
        heading = HEADING.match(fused[start:end])
        condition = int(heading[1]) if heading else condition
        openings = [start + found.start() for found in OPENINGS.finditer(fused[start:end]) if found[0][0].isupper()]
        starts = [at for at in openings if at in additions]
        starts = starts or openings[:1] if heading else sorted({start, *starts})
        titles += [(condition, " ".join(fused[one:two].split())) for one, two in pairwise([*starts, end])]
    return [(number, title) for number, title in titles if title]


def _cuts(text: str, begun: int) -> list[int]:
    """Where the pieces of a fused title begin: after the first row's title, and before each condition's heading."""
    start = begun + (len(text[begun:]) - len(text[begun:].lstrip()))
    return [start, *(found.start() for found in HEADING.finditer(text) if found.start() > start), len(text)]


def _ends_in(fused: str, title: str) -> bool:
    """True for the first line that carries the title's last word group; its opening is enough when it was cut."""
    return " ".join(title.split()[:4]) in " ".join(fused.split())
