"""An invented return is given out in a folder: first what it would lie among, then its files and what to know of it."""

import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from highneeds.caseload import Caseloads, from_return
from highneeds.caseload.settings import CaseloadSettings
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.measure import IndicatorValue, measure
from highneeds.indicators.mechanism.registry import indicators
from highneeds.intake.establishments import read_establishments
from highneeds.intake.published import Published, open_pack
from highneeds.intake.received import FITTED_TO_DASHBOARD
from highneeds.intake.sen2.read import read_sen2
from highneeds.intake.workspace import read_workspace
from highneeds.invented.caseload.carried_on import carried_on
from highneeds.invented.caseload.council import SyntheticCouncil, synthesise
from highneeds.invented.caseload.earlier import read_earlier
from highneeds.invented.caseload.faults import Fault, with_faults
from highneeds.invented.caseload.forms import Form, Tables, begins_with, pack, write_form
from highneeds.invented.caseload.margins import margins
from highneeds.invented.caseload.targets import DashboardTargets
from highneeds.report.render.tables import as_csv
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.table import Table

RETURNS = (".csv", ".xml", ".xlsx", ".xlsm", ".zip")
BESIDE = ("establishments.csv", "fit.csv", "faults.csv")
"""What is written beside a return."""


@dataclass(frozen=True)
class WantedReturn:
    """The return that is to be invented.

    as_at      the day it is of
    out        the folder that it goes to
    council    LA number; None with an earlier return, which says it
    earlier    folder of an invented return that is carried on with the same children
    workspace  folder of the workspace whose monthly dashboard is honoured
    scale      every published count times this
    layout     year of the layout
    faults     share of people with a fault in their records, 0 to 1
    packed     one zip instead of its files
    open_data  folder of published statistics in place of the pack
    as_known   no statistic that was published after this day
    """

    as_at: date
    out: Path
    council: str | None
    earlier: Path | None
    workspace: Path | None
    scale: float
    form: Form
    layout: int
    faults: float
    packed: bool
    seed: int
    open_data: Path | None
    as_known: date | None

    @property
    def begins_with(self) -> str:
        """How the files of this return begin; the same return written again takes their place."""
        return f"synthetic-sen2-{self.as_at}.zip" if self.packed else begins_with(self.form, self.as_at)


@dataclass(frozen=True)
class GivenOut:
    """rows: of every module together; fit: how near each indicator came to the dashboard that was honoured."""

    rows: int
    fit: Table | None


def give_out(wanted: WantedReturn) -> GivenOut:
    """Invent the return and write it, its list of schools, and SYNTHETIC.txt, which says what it is and rests on.

    Beside them faults.csv lists the faults that were put in, and fit.csv holds the figures against the dashboard.
    """
    must_be_possible(wanted)
    schools = place_of_schools(wanted.out, wanted.workspace)
    dashboard = _dashboard(wanted.workspace) if wanted.workspace else None
    published = open_pack(wanted.open_data)
    published = published.known_on(wanted.as_known) if wanted.as_known else published
    found, council = _invented(wanted, published, dashboard)
    tables, faults = found.written.tables, tuple[Fault, ...]()
    if wanted.faults:
        tables, faults = with_faults(tables, wanted.faults, wanted.seed)
    return_ = _write_return(wanted, tables)
    schools.write_bytes(found.schools.frame.write_csv().encode("cp1252"))
    _tell(wanted, found, council, faults)
    against = None if wanted.faults else dashboard
    fit = _fit(return_, schools, wanted.out / "fit.csv", against) if against is not None else None
    return GivenOut(sum(found.written.counts.values()), fit)


def must_be_possible(wanted: WantedReturn) -> None:
    if not 0 < wanted.scale <= 100 or not 0 <= wanted.faults <= 1:
        raise InputError("The scale or the share of faults is out of range", remedy="Scale up to 100, faults 0 to 1")
    if wanted.earlier is not None:
        _must_stand_alone(wanted, wanted.earlier)
    _must_hold_no_other(wanted.out, wanted.begins_with)


def _must_stand_alone(wanted: WantedReturn, earlier: Path) -> None:
    """The earlier return says which council it is and how large; the later one lies in a folder of its own."""
    scale = None if wanted.scale == 1.0 else wanted.scale
    said = {"--council": wanted.council, "--scale": scale, "--workspace": wanted.workspace}
    if also := [name for name, value in said.items() if value is not None]:
        raise InputError(
            f"{also[0]} cannot be given with --continue: the earlier return says it",
            where=also[0],
            remedy=f"Leave {also[0]} out",
        )
    if wanted.out.resolve() == earlier.resolve():
        raise InputError(
            "The later return would lie among the files of the earlier one", where="--out", remedy="Give another folder"
        )


def _must_hold_no_other(out: Path, own: str) -> None:
    """A folder is read as one return: beside another one, this would be read as rows of that."""
    if not out.is_dir():
        return
    files = sorted(one.name for one in out.iterdir() if one.suffix.lower() in RETURNS and one.name not in BESIDE)
    others = [name for name in files if not name.startswith(own)]
    if others:
        raise InputError(
            f"The folder holds another return already, {others[0]}"
            + (f" and {len(others) - 1} more files" if others[1:] else ""),
            where=str(out),
            remedy="Give --out a folder of its own, or empty this one",
        )


def _dashboard(folder: Path) -> DashboardTargets:
    """The figures of a workspace as reported, month by month."""
    workspace = read_workspace(folder)
    values = {
        (one.indicator, one.period): float(one.value)
        for one in workspace.observations
        if isinstance(one.period, Month) and one.value is not None
    }
    return DashboardTargets(values, workspace.council.rollover_month)


def _invented(
    wanted: WantedReturn, published: Published, dashboard: DashboardTargets | None
) -> tuple[SyntheticCouncil, str]:
    """The council, carried on or invented anew, and its LA number."""
    if wanted.earlier is not None:
        before = read_earlier(wanted.earlier)
        return carried_on(before, published, wanted.as_at, wanted.seed), before.council
    if wanted.council is None:
        raise InputError(
            "Neither a council nor an earlier return is given",
            where="--council",
            remedy="Give --council with a three-digit LA number, or --continue with the folder of an invented return",
        )
    shape = margins(published, wanted.council, wanted.as_at, wanted.scale)
    return synthesise(shape, wanted.as_at, wanted.seed, dashboard), wanted.council


def _write_return(wanted: WantedReturn, tables: Tables) -> Path:
    """Where the return lies now: a folder, or one zip, the same bytes each time."""
    wanted.out.mkdir(parents=True, exist_ok=True)
    if not wanted.packed:
        write_form(wanted.form, tables, wanted.layout, wanted.out, wanted.as_at)
        return wanted.out
    target = wanted.out / wanted.begins_with
    with tempfile.TemporaryDirectory() as folder:
        write_form(wanted.form, tables, wanted.layout, Path(folder), wanted.as_at)
        pack(Path(folder), target)
    return target


def place_of_schools(out: Path, workspace: Path | None) -> Path:
    """Beside the return; for a return made in a workspace, where every command looks for the list."""
    if workspace is None or out.resolve() != (workspace / "caseload").resolve():
        return out / "establishments.csv"
    place = workspace / "establishments.csv"
    if place.exists() and not (out / "SYNTHETIC.txt").exists():
        raise InputError(
            "The workspace has a list of establishments of its own",
            where=str(place),
            remedy="Write the invented caseload elsewhere with --out",
        )
    return place


def _tell(wanted: WantedReturn, found: SyntheticCouncil, council: str, faults: Sequence[Fault]) -> None:
    lines = [
        "SYNTHETIC: these records are invented. Nobody in them exists.",
        f"Council {council}, as at {found.as_at:%Y-%m-%d}, seed {wanted.seed}.",
        *([FITTED_TO_DASHBOARD] if wanted.workspace else []),
        "",
        *(f"- {note}" for note in found.notes),
        "",
        *(f"{module}: {count:,} rows" for module, count in found.written.counts.items()),
    ]
    (wanted.out / "SYNTHETIC.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    listed = wanted.out / "faults.csv"
    listed.unlink(missing_ok=True)  # those of a return that this one takes the place of
    if faults:
        rows = [(fault.kind, fault.module, fault.reference) for fault in faults]
        listed.write_text(as_csv(Table.of(("kind", "module", "reference"), rows)), encoding="utf-8")


def _fit(return_: Path, listed: Path, out: Path, dashboard: DashboardTargets) -> Table:
    """fit.csv: each dashboard figure beside the one computed from what was written, read again as anybody would."""
    read = read_sen2(return_, key=secrets.token_bytes(32), establishments=read_establishments(listed))
    settings = CaseloadSettings(rollover_month=dashboard.rollover_month)
    given = IndicatorInputs(caseloads=Caseloads.of([from_return(read, settings)]))
    months = sorted({month for _, month in dashboard.values if month.last_day <= read.reference_date})
    known = {name for name, _ in dashboard.values}
    measured = measure(given, months, [one for one in indicators() if one.id in known])
    rows, summary = compared(measured, dashboard)
    out.write_text(as_csv(rows), encoding="utf-8")
    return summary


def compared(measured: Sequence[IndicatorValue], dashboard: DashboardTargets) -> tuple[Table, Table]:
    """Each figure that both know with its difference; and of each indicator how near the two came."""
    rows: list[tuple[object, ...]] = []
    gaps_of: dict[str, list[float]] = {}
    for one in measured:
        reported = dashboard.get(one.indicator.id, one.period) if isinstance(one.period, Month) else None
        if reported is None or one.value is None:
            continue
        gap = float(one.value) - reported
        rows.append((one.indicator.id, str(one.period), reported, float(one.value), round(gap, 2)))
        gaps_of.setdefault(one.indicator.id, []).append(abs(gap))
    columns = ("indicator", "period", "reported", "synthetic", "difference")
    return Table.of(columns, rows), _summary(gaps_of)


def _summary(gaps_of: Mapping[str, Sequence[float]]) -> Table:
    rows = [
        (name, len(gaps), sum(gap < 0.0501 for gap in gaps), round(sum(gaps) / len(gaps), 2), round(max(gaps), 2))
        for name, gaps in gaps_of.items()
    ]
    return Table.of(("indicator", "months", "exact", "mean_gap", "largest_gap"), rows, "Fit")
