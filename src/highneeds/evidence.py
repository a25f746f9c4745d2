"""All that is known of a council on a day, worked out when it is asked for and kept by fingerprint.

Reports, pages and answers read it, each only what it needs. Nothing here writes, and nothing is worked out twice: what
takes long is kept in the cache that the door gives, under the fingerprint of everything that goes into it.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from highneeds import __version__
from highneeds.account import PublishedAccount
from highneeds.account.balance.forecast_question import came_true, forecast_question
from highneeds.account.commitments.three_books import MatchedBooks, invented_together
from highneeds.account.of_workspace import WorkspaceAccount, account_of
from highneeds.account.rules import ACCOUNT_RULES
from highneeds.assurance.levels import Assurance, weigh
from highneeds.assurance.movement import Movement, movement
from highneeds.assurance.process_control import Signal, points_of, signals
from highneeds.assurance.public_words import personal_details_found
from highneeds.benchmarks.mechanism.comparison import Comparison
from highneeds.benchmarks.mechanism.kept import all_compared
from highneeds.caseload import Caseload
from highneeds.caseload.store import from_files
from highneeds.checks.characters import characters_found
from highneeds.checks.council_number import check_council, refuse_another_council
from highneeds.checks.finding import Finding, Findings, RuleResult
from highneeds.checks.identities import check_identities
from highneeds.checks.possible_values import impossible_values
from highneeds.checks.published_figures import check_published
from highneeds.claims.narrative import JudgedParagraph, judged_paragraphs
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.kernels import chosen
from highneeds.forecast.record import Vintage, record_of, with_actuals
from highneeds.forecast.summary import ForecastInputs, ForecastResult, ForecastSummary
from highneeds.forecast.summary.in_background import ForecastTask, RunningForecast, scenario_texts
from highneeds.indicators.mechanism.computed import Computed
from highneeds.indicators.mechanism.of_workspace import ReceivedReturns, computed_of
from highneeds.indicators.mechanism.shown import (
    as_shown,
    differences,
    may_be_shown,
    shown_result,
    wants_computed,
)
from highneeds.intake.accepted import Acceptance, accepted_by, kept_files
from highneeds.intake.drafts import KeptDraft, earlier_draft
from highneeds.intake.published import Published, open_pack
from highneeds.intake.workspace import DashboardIndicator, Workspace, read_workspace
from highneeds.intake.workspace.citations import words_with_places
from highneeds.intake.workspace.council import read_council
from highneeds.intake.workspace.files import files_of, name_in, texts_of
from highneeds.registers.mechanism.cases import CaseOnDay, cases_on
from highneeds.registers.of_workspace import CouncilRegisters, registers_known
from highneeds.registers.register import Entries, RegisterRow, as_known, with_places
from highneeds.registers.registry import asks_caseload, read_registers
from highneeds.store.cache import NO_CACHE, Cache
from highneeds.store.names import is_wording
from highneeds.store.place import Place, StoredPlace, documents
from highneeds.store.protocol import Store, fingerprint_of, version_of
from highneeds.vocabulary.progress import StepProgress
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    import polars as pl

    from highneeds.forecast.basis import ForecastBasis
    from highneeds.forecast.joint import JointForecast

RETURNS_AHEAD = 7
"""Januaries after the newest that the furthest return asks for: secondary places of the school capacity return."""
SIGNING_ROLES = ("section_151", "director")
"""Who signs a monitoring report, as council.toml names the roles."""


def _silent(step: str) -> None:
    pass


@dataclass(frozen=True)
class Options:
    """How evidence is worked out, beside what the store holds.

    draws, seed   of the forecast
    open_data     the address of a folder of published statistics that takes the place of the pack
    key           the linkage key, where it is at hand; it is never shown or kept
    """

    draws: int = DRAWS
    seed: int = SEED
    open_data: str | None = None
    key: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class RunRecord:
    """What a figure leads back to.

    store     fingerprint of what the council had that leads to figures, of the statistics given and of the version
    as_known  the day; what became known later was left out
    inputs    digest of what the council brought to its forecast, which is what was assumed of it
    levers    digest of the scenarios
    """

    store: str
    as_known: str
    inputs: str
    levers: str
    draws: int
    seed: int
    version: str

    @property
    def fingerprint(self) -> str:
        return _digest(json.dumps(asdict(self), sort_keys=True))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Evidence:
    """What is known of one council.

    store     what the council has
    as_known  the day: what became known later is left out. The report's day of submission where none is given
    kept      where what takes long is kept between runs
    """

    def __init__(
        self,
        store: Store,
        *,
        as_known: date | None = None,
        options: Options = Options(),
        kept: Cache = NO_CACHE,
        progress: StepProgress = _silent,
    ) -> None:
        self.store, self.options = store, options
        self.version = __version__
        self.kept = kept
        self._day, self._progress = as_known, progress

    # What there is

    @cached_property
    def root(self) -> StoredPlace:
        """The documents of the store, as they were when they were first asked for."""
        return documents(self.store)

    @cached_property
    def whole_workspace(self) -> Workspace:
        """The council's founding files with what became known after the day too, for what tells of it."""
        self._progress("Reading the workspace")
        return read_workspace(self.root)

    @property
    def asked_day(self) -> date | None:
        """The day that was asked for; None where nobody asked for one."""
        return self._day

    def up_to(self, day: date) -> "Evidence":
        """The same council as known on another day; what the day does not change is not read again."""
        other = Evidence(self.store, as_known=day, options=self.options, kept=self.kept, progress=self._progress)
        same = {"root": self.root, "whole_workspace": self.whole_workspace, "every_register": self.every_register}
        vars(other).update(same)
        return other

    @cached_property
    def as_known(self) -> date:
        return self._day or self.whole_workspace.council.report.submitted

    @cached_property
    def reported(self) -> Workspace:
        """The council's founding files as they were known on the day, with its figures as it reported them."""
        return self.whole_workspace.as_known(self.as_known)

    @cached_property
    def workspace(self) -> Workspace:
        """The same with the figures that are shown: of each indicator the reported or the computed ones."""
        return as_shown(self.reported, self.computed) if wants_computed(self.reported) else self.reported

    @cached_property
    def differences(self) -> Table:
        """Reported beside computed, month by month, and which of the two is shown."""
        return differences(self.reported, self.computed)

    @cached_property
    def every_register(self) -> Mapping[str, Entries]:
        """By name, each with all its rows and findings, also those that became known after the day."""
        placed = partial(words_with_places, self.whole_workspace.agreement)
        return {name: with_places(entries, placed) for name, entries in read_registers(self.root, self.kept).items()}

    @cached_property
    def registers(self) -> Mapping[str, Entries]:
        """By name, each with rows and findings: those that were known on the day."""
        return {name: as_known(entries, self.as_known) for name, entries in self.every_register.items()}

    @cached_property
    def council_registers(self) -> CouncilRegisters:
        """The registers with what their rules, measures and clocks ask besides: facts, settings, the day."""
        cases = self._cases if any(asks_caseload(name) for name in self.registers) else None
        return registers_known(self.root, self.as_known, self.registers, self._observed, self.published, cases)

    @property
    def _cases(self) -> Mapping[str, CaseOnDay] | None:
        """Children with a plan on the day, of the caseload that was accepted last; None without one."""
        return cases_on(self.caseloads[-1], self.as_known) if self.accepted else None

    @property
    def _observed(self) -> dict[tuple[str, str], Decimal]:
        """The indicators as they are shown, and as the accepted caseload gives them where nothing is reported."""
        held = self.workspace.observations
        found = {(one.indicator, str(one.period)): one.value for one in held if one.value is not None}
        usable = self.accepted and may_be_shown(self.reported, self.computed)
        own = self.computed.figures if usable and self.computed else ()
        computed = {(one.indicator.id, str(one.period)): Decimal(one.value) for one in own if one.value is not None}
        return computed | found

    @cached_property
    def published(self) -> Published:
        """The statistics that were published by the day. A council that they know by another name is refused."""
        found = open_pack(self.options.open_data).known_on(self.as_known)
        refuse_another_council(self.reported.council, found)
        return found

    @cached_property
    def comparisons(self) -> "tuple[tuple[Comparison, pl.DataFrame], ...]":
        """Every published comparison with its rows for all councils and periods."""
        return all_compared(self.published, self.kept)

    # What it says

    @cached_property
    def findings(self) -> Findings:
        """Of every check. A contradiction that two checks see is told once."""
        self._progress("Checking the figures")
        found = check_council(self.workspace.council, self.published)
        dashboard = impossible_values(self.workspace.indicators, self.workspace.observations)
        found += Findings((characters_found(texts_of(self.root)), dashboard))
        if (shown := shown_result(self.reported, self.computed if wants_computed(self.reported) else None)) is not None:
            found += Findings((shown,))
        return found + _findings(self.workspace, self.council_registers, self.account)

    @cached_property
    def account(self) -> WorkspaceAccount:
        """Published figures, the council's own ledger, and every part of the account."""
        return account_of(self.workspace, self.registers, self.published, self.options.key, self.whole_workspace)

    @property
    def account_findings(self) -> tuple[Finding, ...]:
        """Of the account, and of every register that feeds it."""
        feeding = [one for one in self.registers.values() if one.register.feeds_into("account")]
        return (*self.account.findings, *(found for one in feeding for found in one.findings.all))

    @property
    def money(self) -> PublishedAccount:
        """The account as far as published figures carry it."""
        return self.account.published

    @cached_property
    def invented_books(self) -> MatchedBooks | None:
        """An invented commitment book and ledger held against an invented caseload; they enter nothing else."""
        return invented_together(self.workspace, self.kept, self.received)

    @cached_property
    def received(self) -> ReceivedReturns:
        """The returns in caseload/ as they were received."""
        return ReceivedReturns(self.reported)

    @cached_property
    def computed(self) -> Computed | None:
        """What the caseload says of the dashboard; None without one."""
        self._progress("Measuring the caseload")
        return computed_of(self.reported, self.registers, self.kept, self.accepted, self.received)

    @cached_property
    def movements(self) -> tuple[Movement, ...]:
        """One per indicator, in the order of the catalogue."""
        rollover = self.workspace.council.rollover_month
        return tuple(movement(one, self.workspace.series(one.id), rollover) for one in self.workspace.indicators)

    @cached_property
    def signals(self) -> Mapping[str, tuple[Signal, ...]]:
        """Process-control signals by indicator id."""
        return {one.id: _signals(self.workspace, one) for one in self.workspace.indicators}

    @cached_property
    def assurances(self) -> tuple[Assurance, ...]:
        """One per condition."""
        levels = self.workspace.levels
        return tuple(
            weigh(one, [level for level in levels if level.condition == one.number], self.movements)
            for one in self.workspace.agreement.conditions
        )

    @cached_property
    def narrative(self) -> tuple[JudgedParagraph, ...]:
        """Every paragraph with the claims read in it."""
        self._progress("Weighing levels and claims")
        return judged_paragraphs(self.workspace, self.account, self.every_register)

    # What the council has accepted

    @cached_property
    def accepted(self) -> tuple[Acceptance, ...]:
        """For each reference date the last acceptance, as known on the day.

        A day that is asked for leaves out what was accepted after it. The report's own day, which is the day where none
        is asked for, leaves out what is of a later reference date: a council often accepts its January return in the
        product long after that report.
        """
        return tuple(accepted_by(self.root, self.as_known, strictly=self._day is not None))

    @cached_property
    def returns(self) -> tuple[tuple[str, tuple[tuple[str, bytes], ...]], ...]:
        """The accepted returns as they are kept: (fingerprint, its files), the oldest first."""
        kept = (one.fingerprint for one in self.accepted)
        return tuple((name, tuple(kept_files(self.root, name).items())) for name in kept)

    @cached_property
    def caseloads(self) -> tuple[Caseload, ...]:
        """The accepted returns, read, each by the settings of its acceptance."""
        return tuple(from_files(name, dict(files)) for name, files in self.returns)

    # Where it goes

    @cached_property
    def inputs(self) -> ForecastInputs:
        """What the council brings to its forecast."""
        draws, seed = self.options.draws, self.options.seed
        return forecast_question(self.workspace, self.account, draws, seed, self.as_known)

    @cached_property
    def task(self) -> ForecastTask:
        """The forecast's question with the scenarios of the workspace, of what was published by the day."""
        task = question_of(self.root, self.options.open_data, self.inputs, self.as_known)
        return replace(task, returns=self.returns)

    @cached_property
    def running_forecast(self) -> RunningForecast:
        """The forecast, begun in a process of its own. Asking for it early lets both cores work."""
        return RunningForecast(self.task, self.kept)

    @cached_property
    def forecast(self) -> ForecastResult:
        """Where plans, places and money go; or why there is none."""
        self._progress("Forecasting")
        return self.running_forecast.answer()

    @property
    def starting_january(self) -> int:
        """The January that a forecast starts from."""
        from highneeds.forecast.basis import starting_january

        return starting_january(self.published, self.reported.council.la_number, self.caseloads)

    def basis(self, years: int, *, origin: int | None = None, opening_gbp: float | None = None) -> "ForecastBasis":
        """What a forecast `years` Januaries ahead is made from: learnt, and started, as that of every report.

        origin       forget everything after that January; the council's own figures are then left out, and that is said
        opening_gbp  an accumulated deficit that goes before the workspace's
        """
        from highneeds.forecast.basis import OWN_LEFT_OUT, ForecastExtent, forecast_basis, from_opening

        draws, seed, open_data = self.options.draws, self.options.seed, self.options.open_data
        if origin is not None:
            number, published = read_council(self.root).la_number, open_pack(open_data)
            found = forecast_basis(published, number, ForecastExtent(years, draws, seed, origin, opening_gbp))
            return replace(found, notes=(*found.notes, OWN_LEFT_OUT))
        return forecast_basis(
            self.published,
            self.reported.council.la_number,
            ForecastExtent(years, draws, seed),
            inputs=self.inputs,
            returns=self.caseloads,
            adjusted=lambda inputs, assumptions: from_opening(inputs, opening_gbp, assumptions),
        )

    def joint_forecast(self, last_january: int, ahead: int = 0) -> "JointForecast":
        """Plans by age, need and setting at once, without action and with each, as the returns ask for them.

        It is learnt and starts as the forecast of the report does, and goes to `last_january`, but at least `ahead`
        Januaries on. One forecast, as far as the furthest return looks, serves them all.
        """
        from highneeds.forecast.joint import joint_forecast, joint_start

        start = joint_start(self.task)
        last_january = max(last_january, start + ahead)
        furthest = max(last_january, start + RETURNS_AHEAD)
        if furthest not in self._joint:
            self._progress("Forecasting for the return")
            self._joint[furthest] = joint_forecast(self.task, furthest)
        return self._joint[furthest].until(last_january)

    @cached_property
    def _joint(self) -> "dict[int, JointForecast]":
        return {}

    @property
    def brief(self) -> ForecastSummary | None:
        """The forecast, where there is one."""
        return self.forecast if isinstance(self.forecast, ForecastSummary) else None

    @cached_property
    def record(self) -> tuple[Vintage, ...]:
        """Kept forecasts of which something has come true since."""
        number = self.workspace.council.la_number
        return with_actuals(record_of(self.root, self.published, number, came_true(self.account)))

    @cached_property
    def earlier_draft(self) -> KeptDraft | None:
        """What an earlier run said in this report, else the last report; None where none is kept."""
        return earlier_draft(self.root, self.workspace.council.report.id, self.fingerprint)

    @cached_property
    def signatures(self) -> Mapping[str, tuple[str, str]]:
        """By role: who signed these figures and on which day, in words. Only an office has any."""
        return {}

    @property
    def is_signed(self) -> bool:
        """Every role that has to sign has signed these figures."""
        return all(role in self.signatures for role in SIGNING_ROLES)

    # What it is made of

    @cached_property
    def run_record(self) -> "RunRecord":
        """What these figures come of: the same record gives the same figures."""
        return RunRecord(
            store=fingerprint(self.root, self.options.open_data, self.record),
            as_known=self.as_known.isoformat(),
            inputs=_digest(json.dumps(asdict(self.inputs), sort_keys=True)),
            levers=_digest(json.dumps(self.task.scenarios)),
            draws=self.options.draws,
            seed=self.options.seed,
            version=self.version,
        )

    @cached_property
    def fingerprint(self) -> str:
        """Of everything that made these figures."""
        return self.run_record.fingerprint

    @cached_property
    def wording(self) -> str:
        """Fingerprint of what people wrote for the report; no figure comes of it."""
        return wording_fingerprint(self.root)

    # Asking it

    def rows(self, register: str) -> tuple[RegisterRow, ...]:
        """The rows of a register, none where the council does not have it."""
        entries = self.registers.get(register)
        return entries.rows if entries else ()

    def part(self, section: str) -> tuple[JudgedParagraph, ...]:
        """The paragraphs that stand under one heading of the narrative."""
        return tuple(one for one in self.narrative if one.paragraph.section == section)

    def movement(self, indicator: str) -> Movement:
        return next(one for one in self.movements if one.indicator.id == indicator)

    def supposing(self, **parts: object) -> "Evidence":
        """The same, with some of its parts as given: supposing(forecast=...)."""
        other = copy(self)
        vars(other).update(parts)
        return other

    def close(self) -> None:
        """Stop what was begun and nobody waits for."""
        if "running_forecast" in vars(self):
            self.running_forecast.stop()


def question_of(
    folder: Place, open_data: PurePath | str | None, inputs: ForecastInputs, as_known: date | None = None
) -> ForecastTask:
    """The question to the forecast with the workspace's scenarios, of what was published by the day `as_known`."""
    where = None if open_data is None else str(open_data)
    return ForecastTask(inputs, where, scenario_texts(folder), chosen(os.environ), as_known)


def _signals(workspace: Workspace, indicator: DashboardIndicator) -> tuple[Signal, ...]:
    return signals(points_of(workspace.series(indicator.id), workspace.council.rollover_month))


def _findings(workspace: Workspace, registers: CouncilRegisters, account: WorkspaceAccount) -> Findings:
    found = check_identities(workspace.indicators, workspace.observations, workspace.identities)
    found += check_published(workspace)
    found += Findings((personal_details_found(workspace, registers.entries),))
    for name in registers.entries:
        found += registers.findings(name)
    known = {finding.record for finding in found.all}
    by_rule: dict[str, list[Finding]] = {rule: [] for rule in ACCOUNT_RULES}
    for finding in account.findings:
        if finding.rule != "ACCOUNT-03" or finding.record not in known:
            by_rule.setdefault(finding.rule, []).append(finding)
    return found + Findings(tuple(_result(rule, one, account.looked_at.get(rule, 0)) for rule, one in by_rule.items()))


def _result(rule: str, found: list[Finding], looked_at: int) -> RuleResult:
    return RuleResult.of(rule, found, looked_at, "the account has no figures of this kind")


def wording_fingerprint(folder: Place) -> str:
    """Of the texts of a workspace alone: what is said may be mended while the figures stand (decision 165)."""
    texts = ((name_in(folder, path), path) for path in files_of(folder))
    return fingerprint_of({name: version_of(path.read_bytes()) for name, path in texts if is_wording(name)})


def fingerprint(folder: Place, open_data: str | None = None, record: Iterable[Vintage] = ()) -> str:
    """A fingerprint of all that leads to a figure: a workspace's files but its wording, statistics, the version.

    Of the forecasts that it keeps, only those count of which something has come true: the others enter no figure.
    What a run has written into the workspace, or what else lies there, does not go in.
    """
    digest = hashlib.sha256(f"highneeds {__version__}".encode())
    named = ((name_in(folder, path), path) for path in files_of(folder))
    inputs: list[tuple[str, Place]] = [(name, path) for name, path in named if not is_wording(name)]
    if open_data:
        inputs += [(path.name, path) for path in open_pack(open_data).files.values()]
    for name, path in inputs:
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for one in record:
        digest.update(one.kept.fingerprint.encode())
    return digest.hexdigest()
