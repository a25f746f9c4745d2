"""What comes out: a claim with its verdict."""

from dataclasses import dataclass

from highneeds.claims.language.figures import NO_FIGURE, FigureSaid
from highneeds.vocabulary.verdict import Verdict as Verdict


@dataclass(frozen=True)
class JudgedClaim:
    """One claim read in a text.

    kind      which kind of claim read it; '' where none did
    claim     in a reader's words: the kind, and the sentence it stands in
    file, line  of the start of its sentence; line None where a document is named and no line
    series    ids of the series, facts or table rows it was held against; () where none
    stated    the words of the text that carry the claim
    computed  the figure by the data, formatted; empty where there is none
    why       one sentence for the writer
    start, end  the span of `stated` in `sentence`
    said      what the figure is by the words around it
    bound     the bound figure that is offered in its place, '' where none is
    bound_shows  what a reader would see of it, with its series and month
    """

    kind: str
    claim: str
    file: str
    line: int | None
    series: tuple[str, ...]
    stated: str
    computed: str
    verdict: Verdict
    why: str
    sentence: str
    start: int
    end: int
    said: FigureSaid = NO_FIGURE
    bound: str = ""
    bound_shows: str = ""

    @property
    def where(self) -> str:
        """file:line, as editors read it"""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Judgement:
    """What a kind of claim says about one place of a sentence, by one reading of it."""

    span: tuple[int, int]
    verdict: Verdict
    why: str
    series: tuple[str, ...] = ()
    computed: str = ""
    kind: str = ""


class NotRead(Exception):
    """The clause cannot be judged by this reading. Its sentence says why, and what the writer can do."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
