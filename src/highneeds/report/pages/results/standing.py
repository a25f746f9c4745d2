"""The first page: its figures and the three answers."""

from dataclasses import dataclass
from typing import Literal

from highneeds.report.pages.results.parts import Link

YesNo = Literal["Yes", "No", "Cannot say"]


@dataclass(frozen=True)
class Figure:
    """One of the (four) figures of the first page.

    value    '£53m'          reason   why there is no figure, or what it rests on; '' when the figure speaks for itself
    change   '+£23.1m (77%) against the agreement', or ''
    target   'Agreed: £29.9m', or ''
    to       where it comes from, usually 'source:<id>' or 'indicator:<id>'
    """

    id: str
    title: str
    value: str
    change: str
    target: str
    reason: str
    to: str


@dataclass(frozen=True)
class AnswerResult:
    """One on-track question. `answer` is 'Yes', 'No' or 'Cannot say'."""

    id: str
    question: str
    answer: YesNo
    reason: str
    evidence: tuple[Link, ...]
