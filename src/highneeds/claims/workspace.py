"""The claims of a workspace: its own narrative, or texts given by name."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from highneeds.checks.identities import check_identities
from highneeds.claims.bound import bind
from highneeds.claims.contradictions import contradictions
from highneeds.claims.evidence.model import ClaimEvidence
from highneeds.claims.evidence.of_workspace import evidence_of
from highneeds.claims.judge.verdict import JudgedClaim, Verdict
from highneeds.claims.language.passages import LONGEST, Sentence
from highneeds.claims.narrative import sentences_of
from highneeds.claims.reader import Reader
from highneeds.claims.suggest import Binding, BindingSuggestion, binding_of, suggestions
from highneeds.intake.text import read_text
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

if TYPE_CHECKING:
    from highneeds.account.of_workspace import WorkspaceAccount
    from highneeds.intake.workspace import Workspace


def claims_of_texts(
    workspace: "Workspace", files: Sequence[Place], account: "WorkspaceAccount | None" = None
) -> tuple[JudgedClaim, ...]:
    """Every claim of the given texts, each also held against what the other texts say."""
    twice = Counter(file.name for file in files)
    texts = {(file.name if twice[file.name] == 1 else str(file)): read_text(file, file.name, LONGEST) for file in files}
    evidence = evidence_of(workspace, account)
    bound = {name: bind(text, evidence, name, strict=False).text for name, text in texts.items()}
    return Reader(evidence).claims_of(bound)


def claims_of_workspace(workspace: "Workspace", account: "WorkspaceAccount | None" = None) -> tuple[JudgedClaim, ...]:
    """Every claim of the narrative, then every contradiction among the published figures themselves."""
    evidence = evidence_of(workspace, account)
    claims = Reader(evidence).claims_of_sentences(narrative_sentences(workspace, evidence))
    return (*claims, *contradiction_claims(evidence), *identity_claims(workspace))


def narrative_sentences(workspace: "Workspace", evidence: ClaimEvidence) -> tuple[Sentence, ...]:
    """The narrative's sentences, each with the section it stands under and the line of the report it restates."""
    paragraphs = (replace(one, text=bind(one.text, evidence, one.file, one.line).text) for one in workspace.narrative)
    return tuple(sentence for paragraph in paragraphs for sentence in sentences_of(paragraph))


def contradiction_claims(evidence: ClaimEvidence) -> tuple[JudgedClaim, ...]:
    """The contradictions as claims that fail, each at the first of its places."""
    return tuple(
        JudgedClaim(
            kind="contradiction", claim=f"contradiction: {one.about}", file=one.places[0].document,
            line=one.places[0].line,
            series=one.facts, stated=one.stated[0], computed="; ".join(one.stated[1:]),
            verdict=Verdict.FAILS, why=one.why, sentence=one.about, start=0, end=0,
        )
        for one in contradictions(evidence)
    )  # fmt: skip


@dataclass(frozen=True)
class NarrativeDraft:
    """A text before its bound figures are filled in. name: of the document, as the workspace has it."""

    name: str
    text: str

    @property
    def binding(self) -> Binding:
        return binding_of(self.text)


def draft_of(workspace: "Workspace", file: Place | None = None) -> NarrativeDraft:
    """The narrative as it is written, or the text given by name."""
    if file is not None:
        return NarrativeDraft(file.name, read_text(file, file.name, LONGEST))
    name = f"programme/{workspace.council.report.id}/narrative.md"
    path = workspace.folder / "programme" / workspace.council.report.id / "narrative.md"
    if not path.is_file():
        raise InputError("There is no narrative", where=name, remedy="Write one, or name a text with --text")
    return NarrativeDraft(name, read_text(path, name, LONGEST))


def suggestions_of(workspace: "Workspace", draft: NarrativeDraft) -> tuple[BindingSuggestion, ...]:
    return suggestions(draft.text, draft.name, evidence_of(workspace))


def chosen_of(found: Sequence[BindingSuggestion], words: str) -> tuple[BindingSuggestion, ...]:
    """'all', 'agreeing' (those that show what was typed), or numbers: '1,3'."""
    if words.strip() == "all":
        return tuple(found)
    if words.strip() == "agreeing":
        return tuple(one for one in found if one.agrees)
    numbers = {part.strip() for part in words.replace(" ", ",").split(",") if part.strip()}
    unknown = sorted(numbers - {str(one.number) for one in found})
    if unknown:
        remedy = "Take numbers from the list, or all"
        raise InputError(f"There is no suggestion {unknown[0]}", where="--accept", remedy=remedy)
    return tuple(one for one in found if str(one.number) in numbers)


def identity_claims(workspace: "Workspace") -> Iterator[JudgedClaim]:
    """What the dashboard's own rows promise each other and do not keep, each month a claim that fails."""
    found = check_identities(workspace.indicators, workspace.observations, workspace.identities)
    for one in found.all:
        yield JudgedClaim(
            kind="identity", claim=f"identity: {one.record}, {one.field}", file=f"{one.file}:{one.field}", line=None,
            series=(one.record,), stated=one.field, computed="", verdict=Verdict.FAILS, why=one.message,
            sentence=one.record, start=0, end=0,
        )  # fmt: skip
