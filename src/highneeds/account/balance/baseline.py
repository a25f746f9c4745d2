"""The agreed baseline is locked: a fingerprint of every agreed figure stands in the agreement; a change is found."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from highneeds.checks.finding import Finding, Severity
from highneeds.intake.ledger.positions import Layer, PositionRow
from highneeds.intake.workspace import Fact, Workspace

LENGTH = 16
NOT_AGREED = ("override_ends", "override_extended_to", "plans_in_force")
"""Roles that the agreement file gives to what others announce and to what is counted: they may move."""


def agreed_figures(workspace: Workspace, positions: Sequence[PositionRow]) -> tuple[str, ...]:
    """Every agreed figure as one line of text: what it is, its fact, value, unit and source."""
    roles = [(role, name) for role, name in workspace.agreement.figures.items() if role not in NOT_AGREED]
    agreed = [(f"{row.year} {row.measure}", row.fact) for row in positions if row.layer is Layer.AGREED]
    return tuple(sorted(_line(what, workspace.fact(name)) for what, name in (*roles, *agreed)))


def fingerprint(figures: Iterable[str]) -> str:
    """The first sixteen characters of the SHA-256 of the lines."""
    return sha256("\n".join(figures).encode("utf-8")).hexdigest()[:LENGTH]


def baseline_findings(workspace: Workspace, positions: Sequence[PositionRow]) -> tuple[Finding, ...]:
    """A finding where the agreed figures are not those that were locked, or nobody has locked them."""
    agreed = agreed_figures(workspace, positions)
    now, locked = fingerprint(agreed), workspace.agreement.locked
    if now == locked or not (agreed or locked):
        return ()
    if not locked:
        fix = f"Add 'locked: {now}' to agreement.yaml once they are checked."
        return (_finding(Severity.NOTE, "The agreed figures are not locked", fix),)
    message = f"The agreed figures have changed since they were locked ({locked}, now {now})"
    fix = "Put them back: a newer view belongs to the latest layer. Only a change that DfE agreed is locked anew."
    return (_finding(Severity.MUST_FIX, message, fix),)


def _finding(severity: Severity, message: str, fix: str) -> Finding:
    return Finding("ACCOUNT-07", severity, "agreement.yaml", None, "locked", "locked", message, fix)


def _line(what: str, fact: Fact) -> str:
    parts = (what, fact.id, fact.written, fact.value_high, fact.unit, fact.period, fact.qualifier, fact.source.written)
    return "|".join(str(part) for part in parts)
