"""Everything a workspace folder says, in one frozen thing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from highneeds.intake.workspace.agreement import Agreement, Condition, read_agreement
from highneeds.intake.workspace.citations import words_with_places
from highneeds.intake.workspace.council import CouncilFile, read_council
from highneeds.intake.workspace.dashboard import (
    DashboardIndicator,
    Identity,
    Observation,
    newest,
    read_identities,
    read_indicators,
    read_observations,
)
from highneeds.intake.workspace.facts import (
    Benchmark,
    Fact,
    PrintedPlacement,
    read_benchmarks,
    read_facts,
    read_placements,
)
from highneeds.intake.workspace.files import refuse_unknown_files
from highneeds.intake.workspace.known_on import document_days, is_known
from highneeds.intake.workspace.programme import (
    LevelDefinition,
    NarrativeParagraph,
    RatedLevel,
    levels_known,
    read_level_definitions,
    read_levels,
    read_narrative,
)
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.words import capitalised


@dataclass(frozen=True)
class Workspace:
    """The founding files of one council. Rooms that own registers, finance and caseload read those from `folder`.

    observations   the newest known version of every cell; `restated` are the versions before it
    later_...      what became known after the day that was asked for; nothing where no day was
    levels         the newest known version of each; `level_versions` are all that there are
    known_by       that day, for rooms that read files of their own; None where no day was asked for
    """

    folder: Place
    council: CouncilFile
    agreement: Agreement
    indicators: tuple[DashboardIndicator, ...]
    observations: tuple[Observation, ...]
    identities: tuple[Identity, ...]
    facts: tuple[Fact, ...]
    benchmarks: tuple[Benchmark, ...]
    placements: tuple[PrintedPlacement, ...]
    levels: tuple[RatedLevel, ...]
    level_definitions: tuple[LevelDefinition, ...]
    narrative: tuple[NarrativeParagraph, ...]
    restated: tuple[Observation, ...] = ()
    later_facts: tuple[Fact, ...] = ()
    later_observations: tuple[Observation, ...] = ()
    known_by: date | None = None
    level_versions: tuple[RatedLevel, ...] = ()

    def as_known(self, day: date) -> "Workspace":
        """The same workspace as somebody knew it on that day; what became known afterwards stands in `later_...`."""
        facts = (*self.facts, *self.later_facts)
        known = tuple(one for one in facts if is_known(one, day))
        versions = (*self.observations, *self.restated, *self.later_observations)
        observations, restated = newest(one for one in versions if is_known(one, day))
        return replace(
            self,
            agreement=self.agreement.of_known({one.id for one in known}),
            facts=known,
            benchmarks=tuple(one for one in self.benchmarks if is_known(one, day)),
            placements=tuple(one for one in self.placements if is_known(one, day)),
            levels=levels_known(self.level_versions, day),
            later_facts=tuple(one for one in facts if not is_known(one, day)),
            observations=observations,
            restated=restated,
            later_observations=tuple(one for one in versions if not is_known(one, day)),
            known_by=day,
        )

    def fact(self, name: str) -> Fact:
        for fact in self.facts:
            if fact.id == name:
                return fact
        raise InputError(
            f"The fact {name} is missing", where="facts.csv", remedy="Add it with its source", lacks=(name,)
        )

    def figure(self, role: str) -> Fact | None:
        """The fact that plays a role in the agreement, such as department_contribution; None where none does."""
        name = self.agreement.figures.get(role)
        return self.fact(name) if name else None

    def series(self, indicator: str) -> tuple[Observation, ...]:
        """The observations of one indicator in the order of time."""
        return self._series.get(indicator, ())

    @cached_property
    def _series(self) -> dict[str, tuple[Observation, ...]]:
        found: dict[str, list[Observation]] = {}
        for one in sorted(self.observations, key=lambda one: str(one.period)):
            found.setdefault(one.indicator, []).append(one)
        return {indicator: tuple(held) for indicator, held in found.items()}

    @property
    def indicators_by_condition(self) -> tuple[tuple[Condition | None, tuple[DashboardIndicator, ...]], ...]:
        """The indicators under their conditions in order, then those that report on none; no group is empty."""
        groups = [
            (condition, tuple(one for one in self.indicators if one.condition == number))
            for condition, number in (*((one, one.number) for one in self.agreement.conditions), (None, None))
        ]
        return tuple((condition, found) for condition, found in groups if found)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The months of the dashboard, in order."""
        return tuple(sorted({one.period for one in self.observations if isinstance(one.period, Month)}))


def read_workspace(folder: Place) -> Workspace:
    """Read a workspace folder. Raises InputError with file, line and remedy; reads only, and only inside `folder`."""
    if not folder.is_dir():
        raise InputError(
            "The workspace folder is missing", where=str(folder), remedy="Check the name, or run highneeds new"
        )
    refuse_unknown_files(folder)
    council = read_council(folder)
    days = document_days(folder)
    facts = read_facts(folder, days)
    agreement = read_agreement(folder, {fact.id for fact in facts}, council)
    conditions = frozenset(condition.number for condition in agreement.conditions)
    indicators = read_indicators(folder, conditions)
    levels = read_levels(folder, council.report.id, council.slots, conditions, days)
    observations, restated = newest(read_observations(folder, indicators, days))
    return placed(
        Workspace(
            folder=folder,
            council=council,
            agreement=agreement,
            indicators=indicators,
            observations=observations,
            identities=read_identities(folder, indicators),
            facts=facts,
            benchmarks=read_benchmarks(folder, days),
            placements=read_placements(folder, days),
            levels=levels_known(levels),
            level_definitions=read_level_definitions(folder),
            narrative=read_narrative(folder, council.report.id, conditions),
            restated=restated,
            level_versions=levels,
        )
    )


Sourced = TypeVar("Sourced", Fact, Observation, DashboardIndicator, PrintedPlacement, RatedLevel, Condition)


def placed(workspace: Workspace) -> Workspace:
    """The same workspace, in which every source knows its place in the documents of the agreement."""
    agreement = workspace.agreement

    def each(rows: Iterable[Sourced]) -> tuple[Sourced, ...]:
        return tuple(replace(one, source=agreement.placed(one.source)) for one in rows)

    return replace(
        workspace,
        agreement=replace(agreement, conditions=each(agreement.conditions)),
        indicators=each(workspace.indicators),
        observations=each(workspace.observations),
        restated=each(workspace.restated),
        facts=each(workspace.facts),
        placements=each(workspace.placements),
        levels=each(workspace.levels),
        level_versions=each(workspace.level_versions),
        narrative=tuple(
            replace(one, place=capitalised(words_with_places(agreement, one.source))) for one in workspace.narrative
        ),
    )
