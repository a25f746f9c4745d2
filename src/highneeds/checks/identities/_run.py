"""Hold every identity of the catalogue against the dashboard."""

import importlib
from collections.abc import Iterable, Sequence
from decimal import Decimal

from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.checks.identities._kind import IdentityKind, IdentityPromise
from highneeds.intake.workspace import DashboardIndicator, Identity, Observation
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.registry import definitions_in
from highneeds.vocabulary.unit import Unit

NONE_NAMED = "no list says which figures belong together (identities.csv)"
COUNTED = (Unit.COUNT, Unit.PLACES, Unit.PLANS)


def kinds() -> dict[str, IdentityKind]:
    """Every kind of identity by its name."""
    package = importlib.import_module(__package__)
    return {kind.name: kind for kind in definitions_in(package, IdentityKind)}


def check_identities(
    indicators: Sequence[DashboardIndicator], observations: Sequence[Observation], identities: Iterable[Identity]
) -> Findings:
    """One result per identity: found, clear, or could not check because no month has every side.

    A workspace that names none has one result per kind, which says so: silence would look like nothing found.
    """
    known, identities = kinds(), tuple(identities)
    if not identities:
        return Findings(
            tuple(RuleResult(f"IDENTITY-{name}", Outcome.COULD_NOT_CHECK, why=NONE_NAMED) for name in known)
        )
    units = {indicator.id: indicator for indicator in indicators}
    return Findings(tuple(_check(identity, known, units, observations) for identity in identities))


def _check(
    identity: Identity,
    known: dict[str, IdentityKind],
    units: dict[str, DashboardIndicator],
    observations: Sequence[Observation],
) -> RuleResult:
    if identity.kind not in known:
        raise InputError(
            f"'{identity.kind}' is no kind of identity", where=identity.where, remedy=f"Use one of {', '.join(known)}"
        )
    kind = known[identity.kind]
    _refuse_another_shape(identity, kind)
    code = f"IDENTITY-{identity.kind}"
    promise = _promise(identity, units, observations)
    if not all(promise.terms) or (identity.result and not promise.result):
        return RuleResult(code, Outcome.COULD_NOT_CHECK, why=f"{' '.join(identity.terms)} has no values")
    of_each = () if identity.result else identity.terms
    found = tuple(
        Finding(
            code,
            Severity.QUERY,
            "observations.csv",
            None,
            identity.result or " ".join(of_each),
            str(month),
            f"{month.label}: {message}",
            kind.fix,
            of_each=of_each,
        )
        for month, message in kind.ask(promise)
    )
    return RuleResult.of(code, found, len(promise.terms[0]))


def _refuse_another_shape(identity: Identity, kind: IdentityKind) -> None:
    """A side that is missing, or that nobody would read, is a slip of the pen."""
    if bool(identity.result) != kind.has_result:
        said = "says no result, and needs one" if kind.has_result else "has no result, and one is given"
        raise InputError(
            f"'{kind.name}' {said}",
            where=identity.where,
            remedy="Write the id of a row of indicators.csv, or leave the cell empty",
        )
    if kind.terms and len(identity.terms) != kind.terms:
        raise InputError(
            f"'{kind.name}' takes {kind.terms} of the dashboard's rows as terms, and {len(identity.terms)} are named",
            where=identity.where,
            remedy="Name each by its id, with a space between two",
        )


def _promise(
    identity: Identity, units: dict[str, DashboardIndicator], observations: Sequence[Observation]
) -> IdentityPromise:
    names = [*([identity.result] if identity.result else []), *identity.terms]
    series = [
        {o.period: o.value for o in observations if o.indicator == name and o.value is not None} for name in names
    ]
    halves = tuple(_half_unit(units[name]) for name in names)
    return IdentityPromise(
        series[0] if identity.result else {}, tuple(series[1:] if identity.result else series), halves
    )


def _half_unit(indicator: DashboardIndicator) -> Decimal:
    return Decimal(0) if indicator.unit in COUNTED else Decimal(5).scaleb(-indicator.decimals - 1)
