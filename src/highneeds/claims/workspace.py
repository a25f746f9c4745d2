"""The claims of a workspace: its own narrative, or texts given by name."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from highneeds.claims.bound import bind
from highneeds.claims.contradictions import contradictions
from highneeds.claims.evidence.model import Evidence
from highneeds.claims.evidence.of_workspace import evidence_of
from highneeds.claims.judge.verdict import JudgedClaim, Verdict
from highneeds.claims.language.passages import LONGEST, Sentence, sentences_in
from highneeds.claims.reader import Reader
from highneeds.intake.text import read_text
from highneeds.store.place import Place

if TYPE_CHECKING:
    from highneeds.intake.workspace import Workspace


def claims_of_texts(workspace: "Workspace", files: Sequence[Place]) -> tuple[JudgedClaim, ...]:
    """Every claim of the given texts, each also held against what the other texts say."""
    twice = Counter(file.name for file in files)
    texts = {(file.name if twice[file.name] == 1 else str(file)): read_text(file, file.name, LONGEST) for file in files}
    evidence = evidence_of(workspace)
    bound = {name: bind(text, evidence, name, strict=False).text for name, text in texts.items()}
    return Reader(evidence).claims_of(bound)


def claims_of_workspace(workspace: "Workspace") -> tuple[JudgedClaim, ...]:
    """Every claim of the narrative, then every contradiction among the published figures themselves."""
    evidence = evidence_of(workspace)
    claims = Reader(evidence).claims_of_sentences(narrative_sentences(workspace, evidence))
    return (*claims, *contradiction_claims(evidence))


def narrative_sentences(workspace: "Workspace", evidence: Evidence) -> tuple[Sentence, ...]:
    """The narrative's sentences, each with the section it stands under and the line of the report it restates."""
    found: list[Sentence] = []
    for paragraph in workspace.narrative:
        bullet = "- " if paragraph.bullet else ""
        bracket = f" [{paragraph.source}]" if paragraph.source else ""
        text = bind(paragraph.text, evidence, paragraph.file, paragraph.line).text
        found += sentences_in(bullet + text + bracket, paragraph.file, paragraph.line)
    return tuple(found)


def contradiction_claims(evidence: Evidence) -> tuple[JudgedClaim, ...]:
    """The contradictions as claims that fail, each at the first of its places."""
    return tuple(
        JudgedClaim(
            kind="contradiction", claim=f"contradiction: {one.about}", where=_place(one.places[0]),
            series=" ".join(one.facts), stated=one.stated[0], computed="; ".join(one.stated[1:]),
            verdict=Verdict.FAILS, why=one.why, sentence=one.about, start=0, end=0,
        )
        for one in contradictions(evidence)
    )  # fmt: skip


def _place(source: object) -> str:
    document, line = getattr(source, "document", ""), getattr(source, "line", None)
    return f"{document}:{line}" if line else str(document)
