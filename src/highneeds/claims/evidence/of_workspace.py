"""All that a workspace knows, in the shape the reader of claims uses: dashboard, facts, tables, account, registers."""

import itertools
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from highneeds.account.of_workspace import WorkspaceAccount, account_of
from highneeds.claims.evidence import model
from highneeds.claims.evidence.from_account import account_facts, account_series
from highneeds.claims.evidence.from_registers import register_facts
from highneeds.claims.evidence.model import ClaimEvidence, EvidenceFact, EvidenceSeries, period_of
from highneeds.intake.published import open_pack
from highneeds.intake.workspace.wording import read_wording
from highneeds.registers.of_workspace import CouncilRegisters, registers_known
from highneeds.registers.register import Entries
from highneeds.registers.registry import read_registers
from highneeds.vocabulary.period import MONTH_NAMES, Period

if TYPE_CHECKING:
    from highneeds.intake.workspace import Workspace


def evidence_of(
    workspace: "Workspace", account: WorkspaceAccount | None = None, registers: Mapping[str, Entries] | None = None
) -> ClaimEvidence:
    """All that a workspace knows, in the shape the reader of claims uses.

    account     where it has been worked out already
    registers   where they have been read already: all their rows
    """
    council = workspace.council
    entries = read_registers(workspace.folder) if registers is None else registers
    account = account or account_of(workspace, entries, open_pack())
    wording = read_wording(workspace.folder, frozenset(one.id for one in (*workspace.facts, *workspace.later_facts)))
    facts = tuple(
        EvidenceFact(
            one.id, one.value, one.value_high, one.written, one.unit, one.period, one.qualifier, one.printed,
            one.meaning, one.source, one.confidence, one.later, wording.get(one.id, ()),
        )
        for one in workspace.facts
    )  # fmt: skip
    return ClaimEvidence(
        series=(
            *_indicators(workspace), *series_of_facts(facts), *_tables(workspace), *account_series(account),
        ),
        facts=(
            *facts, *account_facts(account, {one.id: one for one in facts}),
            *(register_facts(_registers(workspace, entries)) if entries else ()),
        ),
        sums=tuple(model.SumOfParts(a.result, a.terms) for a in workspace.identities if a.kind == "sum_of_parts"),
        together=_together(workspace),
        same_things=tuple(model.FactsOfOneThing(one.about, one.facts) for one in workspace.agreement.same_thing),
        totals=_totals(workspace),
        columns=_columns(workspace),
        reports=workspace.agreement.reports,
        lengths=workspace.agreement.lengths,
        budget_shares=workspace.agreement.budget_shares,
        own_names=tuple(dict.fromkeys((council.name, council.short_name))),
        first_year=workspace.agreement.first_year,
        last_year=workspace.agreement.last_year,
        rollover_month=council.rollover_month,
    )  # fmt: skip


def _registers(workspace: "Workspace", entries: Mapping[str, Entries]) -> CouncilRegisters:
    return registers_known(workspace.folder, entries=entries, known_by=workspace.known_by or date.max)


def _indicators(workspace: "Workspace") -> tuple[EvidenceSeries, ...]:
    cells = defaultdict(list)
    for observation in workspace.observations:
        cells[observation.indicator].append(observation)
    return tuple(
        EvidenceSeries(
            one.id, one.title, one.unit.value,
            {cell.period: cell.value for cell in cells[one.id] if cell.value is not None}, one.good_direction.value,
            {cell.period: cell.reason or cell.state.words for cell in cells[one.id] if cell.value is None},
            {cell.period: cell.source for cell in cells[one.id]}, also_called=(one.short_title, *one.also_called),
        ) for one in workspace.indicators
    )  # fmt: skip


def _together(workspace: "Workspace") -> tuple[model.SharedWhole, ...]:
    ordered = [one.terms for one in workspace.identities if one.kind == "share_of_pair" and len(one.terms) == 2]
    pairs = {frozenset(terms): terms for terms in reversed(ordered)}
    return tuple(model.SharedWhole(*terms) for terms in reversed(pairs.values()))


def series_of_facts(facts: tuple[EvidenceFact, ...]) -> tuple[EvidenceSeries, ...]:
    """Facts of one meaning and unit at several dates, whose names begin alike, are a short series.

    The names tell a meaning that leans on the line above it ("Same, nationally") from one that stands by itself.
    """
    groups: dict[tuple[str, str], list[tuple[Period, EvidenceFact]]] = defaultdict(list)
    for fact in facts:
        period = period_of(fact.period)
        if fact.value is not None and fact.value_high is None and period and fact.confidence != "low":
            groups[fact.meaning, fact.unit].append((period, fact))
    return tuple(
        EvidenceSeries(
            name, meaning, unit,
            {period: fact.value for period, fact in group if fact.value is not None},
            sources={period: fact.source for period, fact in group}, kind="facts",
        ) for (meaning, unit), group in groups.items()
        if len({period for period, _ in group}) > 1 and (name := _common_id([fact.id for _, fact in group]))
    )  # fmt: skip


MONTH_WORDS = {name.lower() for name in MONTH_NAMES}


def _common_id(ids: list[str]) -> str:
    """The words with which all of them begin, without a month at their end; '' where they share none."""
    columns = zip(*(name.split("_") for name in ids), strict=False)
    shared = [words[0] for words in itertools.takewhile(lambda words: len(set(words)) == 1, columns)]
    while shared and shared[-1] in MONTH_WORDS:
        shared.pop()
    return "_".join(shared)


def _tables(workspace: "Workspace") -> tuple[EvidenceSeries, ...]:
    groups = defaultdict(list)
    for cell in workspace.placements:
        period = period_of(cell.period)
        if cell.value is not None and period is not None:
            groups[cell.table, cell.measure].append((period, cell))
    return tuple(
        EvidenceSeries(
            f"{table}_{measure}", f"{table} {measure}".replace("_", " "), cells[0][1].unit,
            {period: cell.value for period, cell in cells if cell.value is not None},
            sources={period: cell.source for period, cell in cells}, kind="table",
        ) for (table, measure), cells in groups.items() if len({period for period, _ in cells}) == len(cells) > 1
    )  # fmt: skip


def _columns(workspace: "Workspace") -> tuple[model.TableHeading, ...]:
    """The headings of each table, as its first measure prints them."""
    first = {cell.table: cell.measure for cell in reversed(workspace.placements)}
    cells = [cell for cell in workspace.placements if cell.measure == first[cell.table]]
    return tuple(model.TableHeading(cell.table, cell.cohort, cell.source) for cell in cells)


def _totals(workspace: "Workspace") -> tuple[model.TableTotal, ...]:
    """Rows of a printed table whose cohort is called a total, beside the other cohorts of the same measure."""
    groups = defaultdict(list)
    for cell in workspace.placements:
        if cell.value is not None and cell.unit in ("count", "places", "placements"):
            groups[cell.table, cell.measure, cell.period].append(cell)
    found = []
    for (table, measure, _), cells in groups.items():
        total = [cell for cell in cells if cell.is_total]
        parts = [cell for cell in cells if not cell.is_total]
        if len(total) == 1 and len(parts) > 1 and total[0].value is not None:
            values = tuple(cell.value for cell in parts if cell.value is not None)
            found.append(
                model.TableTotal(f"{table} {measure}", total[0].value, values, total[0].source, parts[0].source)
            )
    return tuple(found)
