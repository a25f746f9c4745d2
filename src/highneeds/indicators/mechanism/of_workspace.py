"""A workspace's caseload, read, checked and measured: accepted returns first, else those in caseload/ as received."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cached_property
from typing import Any

from highneeds.caseload import Caseload, Caseloads, from_return
from highneeds.caseload.settings import CaseloadSettings, settings_of
from highneeds.caseload.store import from_files
from highneeds.checks.sen2.check import check
from highneeds.indicators.mechanism.computed import Computed, RuleCount, as_text, computed, counted, from_text, recorded
from highneeds.indicators.mechanism.given import IndicatorInputs, IndicatorRegisters
from highneeds.intake.accepted import KEPT, RECORD, Acceptance, current, kept_files
from highneeds.intake.establishments import Establishments, read_establishments
from highneeds.intake.localities import localities_of
from highneeds.intake.received import FOLDER, SYNTHETIC, received_files, said_fitted, said_synthetic, synthetic_notes
from highneeds.intake.sen2.lists import CouncilLists
from highneeds.intake.sen2.read import read_returns
from highneeds.intake.sen2.rows import Return
from highneeds.intake.workspace import Workspace
from highneeds.intake.workspace.dashboard import FigureBasis
from highneeds.registers.mechanism.cases import CaseOnDay, cases_on
from highneeds.registers.register import Entries
from highneeds.registers.registry import registers as all_registers
from highneeds.store.cache import NO_CACHE, Cache, fingerprint_of, kept_or_made
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month

ROOMS = ("vocabulary", "intake", "caseload", "checks", "registers", "indicators")
LIBRARIES = ("polars", "numpy")
YEAR = 12


class ReceivedReturns:
    """The returns of caseload/ as they were received: read when they are first asked for, and once for all who ask."""

    def __init__(self, workspace: Workspace) -> None:
        self._folder, self._la_number = workspace.folder, workspace.council.la_number

    @cached_property
    def listed(self) -> Establishments | None:
        path = self._folder / "establishments.csv"
        return read_establishments(path) if path.exists() else None

    @cached_property
    def returns(self) -> tuple[Return, ...]:
        return _received(self._folder, self.listed, self._la_number)


def computed_of(
    workspace: Workspace,
    registers: Mapping[str, Entries],
    kept: Cache = NO_CACHE,
    taken: Sequence[Acceptance] | None = None,
    received: ReceivedReturns | None = None,
) -> Computed | None:
    """What the caseload says of the dashboard's months; None where the workspace has no caseload.

    kept      where the figures are kept; an unchanged caseload is not read again
    taken     the acceptances that count; every current one where none are given
    received  the returns as received, where somebody else asks for them too
    """
    folder = workspace.folder
    counting = tuple(current(folder) if taken is None else taken)
    if not counting and not received_files(folder):
        return None
    words = " ".join([_words(workspace), *(one.line for one in counting)])
    name = fingerprint_of(words, _inputs(folder), ROOMS, LIBRARIES)

    def made() -> Computed:
        return _made(workspace, registers, counting, received or ReceivedReturns(workspace))

    return from_text(kept_or_made(kept, "caseload", name, lambda: as_text(made())))


def caseloads_of(
    workspace: Workspace,
    settings: CaseloadSettings,
    received: ReceivedReturns | None = None,
    taken: Sequence[Acceptance] | None = None,
) -> Caseloads | None:
    """The caseloads of a workspace, to be measured: the accepted ones, else those as received; None without any.

    taken   the acceptances that count; every current one where none are given
    """
    folder = workspace.folder
    counting = current(folder) if taken is None else taken
    if counting:
        return accepted_caseloads(folder, settings, counting)
    returns = (received or ReceivedReturns(workspace)).returns
    return Caseloads.of(from_return(one, settings) for one in returns) if returns else None


def accepted_caseloads(
    folder: Place, settings: CaseloadSettings | None, taken: Sequence[Acceptance]
) -> Caseloads | None:
    """By `settings`, else each by the settings of its acceptance; None where nothing was accepted."""
    kept = [(one.fingerprint, kept_files(folder, one.fingerprint)) for one in taken]
    return Caseloads.of(from_files(name, files, settings) for name, files in kept) if kept else None


def accepted_cases(folder: Place, day: date) -> Mapping[str, CaseOnDay] | None:
    """Children with a plan on the day, of the return that was accepted last; None where none was accepted."""
    caseloads = accepted_caseloads(folder, None, current(folder))
    return None if caseloads is None else cases_on(caseloads.members[-1], day)


USED = tuple(one.name for one in fields(IndicatorRegisters) if one.name != "caseload")
"""The registers that indicators are computed from."""


def registers_of(registers: Mapping[str, Entries]) -> IndicatorRegisters:
    """The rows of the registers that indicators use; None of one that is not kept."""
    rows: dict[str, Any] = {name: registers[name].rows if name in registers else None for name in USED}
    return IndicatorRegisters(**rows)


def _made(
    workspace: Workspace,
    registers: Mapping[str, Entries],
    taken: Sequence[Acceptance],
    received: ReceivedReturns,
) -> Computed:
    folder, council = workspace.folder, workspace.council
    settings = settings_of(council.definitions, council.rollover_month)
    caseloads = accepted_caseloads(folder, settings, taken)
    if caseloads is not None:
        counts = recorded(taken[-1].findings)
    else:
        caseloads, counts = _read_and_checked(received, settings)
    return computed(
        given=IndicatorInputs(caseloads, registers_of(registers)),
        months=_months(workspace, caseloads),
        counts=counts,
        accepted_by={one.reference_date: one.by for one in taken},
        synthetic=not taken and said_synthetic(folder),
        notes=synthetic_notes(folder),
        fitted=said_fitted(folder),
        as_accepted=accepted_caseloads(folder, None, taken),
    )


def _read_and_checked(received: ReceivedReturns, settings: CaseloadSettings) -> tuple[Caseloads, tuple[RuleCount, ...]]:
    """Every return as received; of the findings those of the latest, held against the one before it."""
    returns = received.returns
    caseloads = Caseloads.of(from_return(one, settings) for one in returns)
    before = caseloads.members[-2] if len(caseloads.members) > 1 else None
    return caseloads, counted(check(returns[-1], received.listed, before))


def _must_be_of(return_: Return, la_number: str) -> None:
    if return_.council and return_.council != la_number:
        raise InputError(
            f"The return is of council {return_.council}, the workspace of {la_number}",
            where=f"{FOLDER}/{return_.header.file}",
            remedy="Take the return out of caseload/, or use the workspace of that council",
        )


def _received(folder: Place, listed: Establishments | None, la_number: str) -> tuple[Return, ...]:
    """Read for one sitting. The linkage key comes of the files themselves: what it makes is used to link their rows
    and thrown away, since only counts go on from here (decision 0090)."""
    files = received_files(folder)
    if not files:
        return ()
    key = hashlib.sha256(b"highneeds, one sitting")
    for path in files:
        key.update(hashlib.sha256(path.read_bytes()).digest())
    returns = read_returns(files, key=key.digest(), lists=CouncilLists(listed, localities_of(folder)))
    for one in returns:
        _must_be_of(one, la_number)
    return returns


def _months(workspace: Workspace, caseloads: Caseloads) -> tuple[Month, ...]:
    """Those of the dashboard. Where a computed figure is shown, on to the month of the last return as well."""
    months = workspace.months or _year_to(caseloads.members[-1])
    last = Month.of(caseloads.members[-1].reference_date)
    if any(one.shown is FigureBasis.COMPUTED for one in workspace.indicators) and months[-1].months_until(last) > 0:
        return (*months, *months[-1].plus(1).through(last))
    return months


def _year_to(latest: Caseload) -> tuple[Month, ...]:
    last = Month.of(latest.reference_date)
    return last.plus(-YEAR).through(last)


def _words(workspace: Workspace) -> str:
    """What decides the figures and stands in no file of the caseload: definitions and months."""
    council = workspace.council
    settings = settings_of(council.definitions, council.rollover_month)
    shown = " shown" if any(one.shown is FigureBasis.COMPUTED for one in workspace.indicators) else ""
    return f"{council.la_number} {settings} {' '.join(map(str, workspace.months))}{shown}"


def _inputs(folder: Place) -> list[Place]:
    beside = [folder / name for name in ("establishments.csv", *(all_registers()[one].place for one in USED))]
    beside += [folder / RECORD, folder / FOLDER / SYNTHETIC]
    accepted = [path for path in sorted((folder / KEPT).rglob("*")) if path.is_file()]
    return [path for path in (*received_files(folder), *beside, *accepted) if path.exists()]
