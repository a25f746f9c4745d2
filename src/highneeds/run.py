"""The whole story on one page: read, check, measure, account, assure, tell.

This is the only engine module that knows every room.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from highneeds import __version__
from highneeds.account.balance.forecast_question import came_true, forecast_question
from highneeds.account.commitments.three_books import invented_together
from highneeds.account.of_workspace import WorkspaceAccount, account_of
from highneeds.account.rules import ACCOUNT_RULES
from highneeds.assurance.levels import weigh
from highneeds.assurance.movement import movement
from highneeds.assurance.narrative import judged_paragraphs
from highneeds.assurance.process_control import Signal, points_of, signals
from highneeds.assurance.public_words import personal_details_found
from highneeds.checks.council_number import check_council, refuse_another_council
from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult
from highneeds.checks.identities import check_identities
from highneeds.checks.published_figures import check_published
from highneeds.forecast.kernels import chosen
from highneeds.forecast.record import Vintage, record_of, with_actuals
from highneeds.forecast.summary import ForecastInputs
from highneeds.forecast.summary.in_background import ForecastTask, scenario_texts, underway
from highneeds.indicators.mechanism.of_workspace import computed_of
from highneeds.intake.published import open_pack
from highneeds.intake.workspace import DashboardIndicator, Workspace, read_workspace
from highneeds.intake.workspace.files import files_of, name_in
from highneeds.registers.register import Entries
from highneeds.registers.registry import read_registers
from highneeds.report.evidence import Evidence
from highneeds.store.cache import NO_CACHE, FolderCache
from highneeds.store.place import Place
from highneeds.vocabulary.progress import StepProgress

DRAWS = 300
"""Futures drawn for a report: the fewest of which none in all is honestly "less than 1 in 100" (the rule of three)."""
SEED = 1


@dataclass(frozen=True)
class Run:
    """What a run gives: the evidence, and every file by the name it has in the output folder."""

    evidence: Evidence
    files: Mapping[str, bytes]


def run(
    folder: Path, open_data: Path | None = None, progress: StepProgress = lambda step: None, kept: Path | None = None
) -> Run:
    """Read a workspace, work everything out and write every document, as bytes: the caller decides where they go.

    A forecast that is in the folder `kept` is read and not made again; the bytes are the same.
    """
    progress("Reading the workspace")
    evidence = gather(folder, open_data, progress, kept)
    progress("Writing the documents")
    from highneeds.report.output import everything  # charts and renderers are heavy; figures alone do not need them

    return Run(evidence, everything(evidence, progress))


def gather(
    folder: Path, open_data: Path | None = None, progress: StepProgress = lambda step: None, kept: Path | None = None
) -> Evidence:
    """Everything that is known of a council, worked out but not yet told."""
    workspace = read_workspace(folder)
    cache = FolderCache(kept) if kept else NO_CACHE
    day = workspace.council.report.submitted
    published = open_pack(open_data).known_on(day)
    refuse_another_council(workspace.council, published)
    registers = read_registers(folder)
    progress("Checking the figures")
    account = account_of(workspace, registers, published)
    findings = check_council(workspace.council, published) + _findings(workspace, registers, account)
    inputs = forecast_question(workspace, account, DRAWS, SEED)
    with underway(forecast_question_of(folder, open_data, inputs, day), cache) as forecast:
        progress("Measuring the caseload")
        caseload = computed_of(workspace, registers, cache)
        invented = invented_together(workspace, cache)
        progress("Measuring")
        rollover = workspace.council.rollover_month
        movements = tuple(movement(one, workspace.series(one.id), rollover) for one in workspace.indicators)
        progress("Weighing levels and claims")
        narrative = judged_paragraphs(workspace, account)
        progress("Forecasting")
        foretold = forecast()
    came = record_of(folder, published, workspace.council.la_number, came_true(account))
    record = with_actuals(came)
    levels = {number: [one for one in workspace.levels if one.condition == number] for number in _numbers(workspace)}
    return Evidence(
        workspace=workspace,
        registers=registers,
        findings=findings,
        movements=movements,
        signals={one.id: _signals(workspace, one) for one in workspace.indicators},
        assurances=tuple(weigh(one, levels[one.number], movements) for one in workspace.agreement.conditions),
        narrative=narrative,
        account=account,
        forecast=foretold,
        computed=caseload,
        fingerprint=fingerprint(folder, open_data, record),
        version=__version__,
        invented_books=invented,
        record=record,
    )


def _numbers(workspace: Workspace) -> list[int]:
    return [condition.number for condition in workspace.agreement.conditions]


def _signals(workspace: Workspace, indicator: DashboardIndicator) -> tuple[Signal, ...]:
    return signals(
        points_of(workspace.series(indicator.id), workspace.council.rollover_month),
        lambda value: indicator.unit.show(value, indicator.decimals),
    )


def forecast_question_of(
    folder: Place, open_data: Path | None, inputs: ForecastInputs, as_known: date | None = None
) -> ForecastTask:
    """The question to the forecast with the workspace's scenarios, of what was published by the day `as_known`."""
    where = None if open_data is None else str(open_data)
    return ForecastTask(inputs, where, scenario_texts(folder), chosen(os.environ), as_known)


def _findings(workspace: Workspace, registers: Mapping[str, Entries], account: WorkspaceAccount) -> Findings:
    """What every check found. A contradiction that two checks see is told once."""
    found = check_identities(workspace.indicators, workspace.observations, workspace.identities)
    found += check_published(workspace)
    found += Findings((personal_details_found(workspace, registers),))
    for entries in registers.values():
        found += entries.findings
    already = {finding.record for finding in found.all}
    by_rule: dict[str, list[Finding]] = {rule: [] for rule in ACCOUNT_RULES}
    for finding in account.findings:
        if finding.record not in already:
            by_rule.setdefault(finding.rule, []).append(finding)
    return found + Findings(tuple(_result(rule, one, workspace) for rule, one in by_rule.items()))


def _result(rule: str, found: list[Finding], workspace: Workspace) -> RuleResult:
    outcome = Outcome.FOUND if found else Outcome.CLEAR
    return RuleResult(rule, outcome, tuple(found), looked_at=len(workspace.facts))


def fingerprint(folder: Place, open_data: Path | None = None, record: Iterable[Vintage] = ()) -> str:
    """A fingerprint of all that goes in: the files a workspace is made of, the published statistics, the version.

    Of the forecasts that it keeps, only those count of which something has come true: the others enter no figure.
    What a run has written into the workspace, or what else lies there, does not go in.
    """
    digest = hashlib.sha256(f"highneeds {__version__}".encode())
    inputs: list[tuple[str, Place]] = [(name_in(folder, path), path) for path in files_of(folder)]
    if open_data:
        inputs += [(path.name, path) for path in open_pack(open_data).files.values()]
    for name, path in inputs:
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for one in record:
        digest.update(one.kept.fingerprint.encode())
    return digest.hexdigest()
