"""The narrative as it is told: bound figures filled in, and each paragraph with the claims that were read in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.claims import JudgedClaim, Reader, Verdict, bind, evidence_of
from highneeds.claims.language.passages import Sentence, sentences_in
from highneeds.intake.workspace import NarrativeParagraph, Workspace


@dataclass(frozen=True)
class JudgedParagraph:
    """One paragraph with its claims, in the order of the text."""

    paragraph: NarrativeParagraph
    claims: tuple[JudgedClaim, ...] = ()

    def of(self, verdict: Verdict) -> tuple[JudgedClaim, ...]:
        return tuple(claim for claim in self.claims if claim.verdict is verdict)


def judged_paragraphs(workspace: Workspace, account: WorkspaceAccount | None = None) -> tuple[JudgedParagraph, ...]:
    """Every paragraph of the narrative, judged against everything the workspace knows."""
    evidence = evidence_of(workspace, account)
    paragraphs = [replace(one, text=bind(one.text, evidence, one.file, one.line).text) for one in workspace.narrative]
    sentences = [sentences_of(one) for one in paragraphs]
    claims = Reader(evidence).claims_of_sentences([one for group in sentences for one in group])
    return tuple(
        JudgedParagraph(paragraph, tuple(_claims_of(group, claims)))
        for paragraph, group in zip(paragraphs, sentences, strict=True)
    )


def sentences_of(paragraph: NarrativeParagraph) -> tuple[Sentence, ...]:
    """A paragraph's sentences; a list item stays one, and the bracket says which lines it restates."""
    bullet = "- " if paragraph.bullet else ""
    bracket = f" [{paragraph.source}]" if paragraph.source else ""
    return tuple(sentences_in(bullet + paragraph.text + bracket, paragraph.file, paragraph.line))


def _claims_of(sentences: Iterable[Sentence], claims: Iterable[JudgedClaim]) -> Iterable[JudgedClaim]:
    own = {(f"{one.file}:{one.line}", one.text) for one in sentences}
    return (claim for claim in claims if (claim.where, claim.sentence) in own)
