"""What a question about a workspace's published figures is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from highneeds.checks.finding import Severity
from highneeds.intake.workspace import Workspace


@dataclass(frozen=True)
class Answer:
    """One contradiction. record: what it is about; file: where its figures stand."""

    record: str
    message: str
    file: str = "facts.csv"
    line: int | None = None


@dataclass(frozen=True)
class Question:
    """code      short and stable
    title     the question in words
    example   what it says of Kent, kept as the worked example
    ask       the contradictions found in a workspace
    can_ask   why it cannot be asked of this workspace, or '' when it can
    """

    code: str
    title: str
    severity: Severity
    fix: str
    source: str
    example: str
    ask: Callable[[Workspace], Iterator[Answer]]
    can_ask: Callable[[Workspace], str]
