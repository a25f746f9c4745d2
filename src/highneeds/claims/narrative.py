"""The narrative as it is told: bound figures filled in, and each paragraph with the claims that were read in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.claims import JudgedClaim, Reader, Verdict, bind, evidence_of
from highneeds.claims.language.passages import Sentence, sentences_of_paragraph
from highneeds.claims.suggest import Binding, BindingSuggestion, binding_of, offered
from highneeds.intake.workspace import NarrativeParagraph, Workspace
from highneeds.registers.register import Entries


@dataclass(frozen=True)
class JudgedParagraph:
    """One paragraph with its claims, in the order of the text, and how many of its figures are bound."""

    paragraph: NarrativeParagraph
    claims: tuple[JudgedClaim, ...] = ()
    binding: Binding = field(default_factory=lambda: Binding(0, 0))

    def of(self, verdict: Verdict) -> tuple[JudgedClaim, ...]:
        return tuple(claim for claim in self.claims if claim.verdict is verdict)


def judged_paragraphs(
    workspace: Workspace, account: WorkspaceAccount | None = None, registers: Mapping[str, Entries] | None = None
) -> tuple[JudgedParagraph, ...]:
    """Every paragraph of the narrative, judged against everything the workspace knows."""
    evidence = evidence_of(workspace, account, registers)
    paragraphs = [replace(one, text=bind(one.text, evidence, one.file, one.line).text) for one in workspace.narrative]
    sentences = [sentences_of(one) for one in paragraphs]
    reader, every = Reader(evidence), [one for group in sentences for one in group]
    read = reader.claims_of_sentences(every)
    open_ones = {claim.sentence for claim in read if claim.verdict is not Verdict.HOLDS}
    figures = offered([one for one in every if one.text in open_ones], reader)
    claims = [_with_offer(one, figures.get((one.sentence, one.stated))) for one in read]
    rows = zip(paragraphs, sentences, workspace.narrative, strict=True)
    return tuple(JudgedParagraph(one, tuple(_claims_of(own, claims)), binding_of(raw.text)) for one, own, raw in rows)


def _with_offer(claim: JudgedClaim, offer: BindingSuggestion | None) -> JudgedClaim:
    if offer is None or claim.verdict is Verdict.HOLDS:
        return claim
    return replace(claim, bound=offer.bound, bound_shows=f"{offer.shown} ({offer.series}, {offer.period})")


def binding_of_paragraphs(paragraphs: Iterable[JudgedParagraph]) -> Binding:
    """How many figures of the whole narrative are bound."""
    return sum((one.binding for one in paragraphs), Binding(0, 0))


def sentences_of(paragraph: NarrativeParagraph) -> tuple[Sentence, ...]:
    """A paragraph's sentences; each knows which lines the paragraph restates."""
    return sentences_of_paragraph(paragraph.text, paragraph.file, paragraph.line, paragraph.bullet, paragraph.restates)


def _claims_of(sentences: Iterable[Sentence], claims: Iterable[JudgedClaim]) -> Iterable[JudgedClaim]:
    own = {(f"{one.file}:{one.line}", one.text) for one in sentences}
    return (claim for claim in claims if (claim.where, claim.sentence) in own)
