"""What a question about a workspace's published figures is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from highneeds.checks.finding import Severity
from highneeds.intake.workspace import Workspace


@dataclass(frozen=True)
class PublishedContradiction:
    """One contradiction. record: what it is about; file: where its figures stand.

    of_each   of one between several figures: the id of each
    """

    record: str
    message: str
    file: str = "facts.csv"
    line: int | None = None
    of_each: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishedFigureQuestion:
    """code      short and stable
    title     the question in words
    broken_by the smallest workspace of which it has something to say
    holds_for the nearest workspaces of which it has nothing to say, one for each limit
    example   what it says of that, first
    ask       the contradictions found in a workspace
    can_ask   why it cannot be asked of this workspace, or '' when it can
    also_broken_by   workspaces of which it has something to say at another limit
    """

    code: str
    title: str
    severity: Severity
    fix: str
    source: str
    broken_by: Workspace
    holds_for: tuple[Workspace, ...]
    example: str
    ask: Callable[[Workspace], Iterator[PublishedContradiction]]
    can_ask: Callable[[Workspace], str]
    also_broken_by: tuple[Workspace, ...] = ()
