"""All that the claims room makes of the examples. Write it: python tests/golden/claims_whole.py

claims_said/evidence-*.txt     the whole evidence with the account and the registers, a line each series and each fact,
                               and what contradicts itself in it
claims_said/narrative-kent.txt each claim of the narrative and of the dashboard's promises, each paragraph, and each
                               figure that could be bound
"""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from golden.flat import flat
from highneeds.account.of_workspace import WorkspaceAccount, account_of
from highneeds.claims import ClaimEvidence, bind, evidence_of
from highneeds.claims.contradictions import contradictions
from highneeds.claims.narrative import binding_of_paragraphs, judged_paragraphs
from highneeds.claims.reader import claims_table
from highneeds.claims.workspace import claims_of_workspace, draft_of, suggestions_of
from highneeds.intake.published import open_pack
from highneeds.intake.workspace import Workspace, read_workspace
from highneeds.registers.registry import read_registers

FOLDER = Path(__file__).parent / "claims_said"
EXAMPLES = ("kent", "harrowdale")
KENT = Path(__file__).parents[2] / "examples" / "kent"
Registers = Any


def example(folder: Path) -> tuple[Workspace, WorkspaceAccount, Registers]:
    workspace, registers = read_workspace(folder), read_registers(folder)
    return workspace, account_of(workspace, registers, open_pack()), registers


def evidence_report(workspace: Workspace, account: WorkspaceAccount, registers: Registers) -> str:
    evidence = evidence_of(workspace, account, registers)
    lines = [*_lines(evidence), *(f"contradiction | {in_one_line(one)}" for one in contradictions(evidence))]
    return "".join(f"{line}\n" for line in lines)


def _lines(evidence: ClaimEvidence) -> Iterator[str]:
    for field in fields(evidence):
        value = getattr(evidence, field.name)
        if isinstance(value, tuple):
            yield from (f"{field.name} | {in_one_line(one)}" for one in value)
        else:
            yield f"{field.name} | {value}"


def in_one_line(value: object) -> str:
    """What it holds, without the names of what stands in every line, and without what is empty."""
    return " | ".join(f"{at}: {text}" if " " in at else text for at, text in flat(value) if text not in ("", "None"))


def narrative_report(workspace: Workspace, account: WorkspaceAccount, registers: Registers) -> str:
    paragraphs, draft = judged_paragraphs(workspace, account, registers), draft_of(workspace)
    bound = bind(draft.text, evidence_of(workspace), draft.name, strict=False).figures
    found: list[tuple[object, ...]] = [*claims_table(claims_of_workspace(workspace, account)).rows]
    found += [(one.paragraph.line, one.binding, *map(in_one_line, one.claims)) for one in paragraphs]
    found += [(binding_of_paragraphs(paragraphs), draft.binding)]
    found += [(in_one_line(one),) for one in (*bound, *suggestions_of(workspace, draft))]
    return "".join(" | ".join(map(str, row)) + "\n" for row in found)


def write() -> None:
    for name in EXAMPLES:
        known = example(KENT.parent / name)
        (FOLDER / f"evidence-{name}.txt").write_text(evidence_report(*known), encoding="utf-8")
        if name == "kent":
            (FOLDER / f"narrative-{name}.txt").write_text(narrative_report(*known), encoding="utf-8")


if __name__ == "__main__":
    write()
