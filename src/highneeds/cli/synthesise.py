"""highneeds synthesise"""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import OpenDataOption, SeedOption, command
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month, parse_day
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from highneeds.intake.published import Published
    from highneeds.invented.caseload.council import SyntheticCouncil
    from highneeds.invented.caseload.targets import DashboardTargets


RETURNS = (".csv", ".xml", ".xlsx", ".xlsm", ".zip")
BESIDE = ("establishments.csv", "fit.csv", "faults.csv")
"""What this command writes beside a return."""


class Form(StrEnum):
    """csv: nine Blade files; xml: one XML return; template, workbook: the two Excel forms."""

    CSV = "csv"
    XML = "xml"
    TEMPLATE = "template"
    WORKBOOK = "workbook"


@command("synthesise")
def synthesise_a_council(
    as_at: Annotated[str, typer.Option("--as-at", help="The day the extract is of, such as 2024-01-18")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write to")],
    council: Annotated[str | None, typer.Option("--council", help="LA number, such as 886")] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--continue", help="Carry on the invented return in this folder, with the same children"),
    ] = None,
    open_data: OpenDataOption = None,
    scale: Annotated[float, typer.Option("--scale", help="Every published count times this")] = 1.0,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="Honour the monthly dashboard of this workspace too")
    ] = None,
    form: Annotated[Form, typer.Option("--form", help="The form of the return")] = Form.CSV,
    layout: Annotated[int | None, typer.Option("--layout", help="Year of the layout, else that of --as-at")] = None,
    faults: Annotated[float, typer.Option("--faults", help="Share of people with a fault in their records")] = 0.0,
    as_known: Annotated[
        str | None, typer.Option("--as-known", help="Use no statistic published after this day, such as 2025-04-02")
    ] = None,
    packed: Annotated[bool, typer.Option("--zip", help="The return as one zip instead of its files")] = False,
    seed: SeedOption = 1,
) -> None:
    """An invented caseload in the real SEN2 form, from published figures; every file of it says so."""
    from highneeds.intake.published import open_pack
    from highneeds.invented.caseload.faults import with_faults

    day = parse_day(as_at, "--as-at")
    if not 0 < scale <= 100 or not 0 <= faults <= 1:
        raise InputError("The scale or the share of faults is out of range", remedy="Scale up to 100, faults 0 to 1")
    if earlier is not None:
        _must_stand_alone(earlier, out, council=council, scale=scale, workspace=workspace)
    _must_hold_no_other(out, _begins_with(form, day, packed=packed))
    dashboard = _dashboard(workspace) if workspace else None
    published = open_pack(open_data)
    published = published.known_on(parse_day(as_known, "--as-known")) if as_known else published
    if earlier is not None:
        found, council = _carried_on(earlier, published, day, seed)
    else:
        council = _must_be_named(council)
        found = _anew(published, council, day, scale, seed, dashboard)
    tables, made = with_faults(found.written.tables, faults, seed) if faults else (found.written.tables, ())
    out.mkdir(parents=True, exist_ok=True)
    return_ = out / f"synthetic-sen2-{day}.zip" if packed else out
    write = _write_packed if packed else _write
    write(tables, form, layout or day.year, return_, day)
    schools = _place_of_schools(out, workspace)
    schools.write_bytes(found.schools.frame.write_csv().encode("cp1252"))
    _tell(found, out, council, seed, made)
    if dashboard is not None and not faults:
        _report_fit(return_, schools, out / "fit.csv", dashboard)


def _must_be_named(council: str | None) -> str:
    if council is None:
        raise InputError(
            "Neither a council nor an earlier return is given",
            where="--council",
            remedy="Give --council with a three-digit LA number, or --continue with the folder of an invented return",
        )
    return council


def _must_stand_alone(earlier: Path, out: Path, *, council: str | None, scale: float, workspace: Path | None) -> None:
    """The earlier return says which council it is and how large; the later one lies in a folder of its own."""
    said = {"--council": council, "--scale": None if scale == 1.0 else scale, "--workspace": workspace}
    if also := [name for name, value in said.items() if value is not None]:
        raise InputError(
            f"{also[0]} cannot be given with --continue: the earlier return says it",
            where=also[0],
            remedy=f"Leave {also[0]} out",
        )
    if out.resolve() == earlier.resolve():
        raise InputError(
            "The later return would lie among the files of the earlier one", where="--out", remedy="Give another folder"
        )


def _begins_with(form: Form, day: date, *, packed: bool) -> str:
    """How the files of this return begin; the same return written again takes their place."""
    if packed:
        return f"synthetic-sen2-{day}.zip"
    names = {Form.CSV: f"Blade-Export_{day:%d-%m-%Y}_", Form.XML: "synthetic_sen2.xml"}
    return names.get(form, f"synthetic_{form.value}.xlsx")


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


def _anew(
    published: "Published", council: str, day: date, scale: float, seed: int, dashboard: "DashboardTargets | None"
) -> "SyntheticCouncil":
    from highneeds.invented.caseload.council import synthesise
    from highneeds.invented.caseload.margins import margins

    return synthesise(margins(published, council, day, scale), day, seed, dashboard)


def _carried_on(earlier: Path, published: "Published", day: date, seed: int) -> "tuple[SyntheticCouncil, str]":
    from highneeds.invented.caseload.carried_on import carried_on
    from highneeds.invented.caseload.earlier import read_earlier

    before = read_earlier(earlier)
    return carried_on(before, published, day, seed), before.council


def _dashboard(folder: Path) -> "DashboardTargets":
    """The figures of a workspace as reported, month by month."""
    from highneeds.intake.workspace import read_workspace
    from highneeds.invented.caseload.targets import DashboardTargets
    from highneeds.vocabulary.period import Month

    workspace = read_workspace(folder)
    values = {
        (one.indicator, one.period): float(one.value)
        for one in workspace.observations
        if isinstance(one.period, Month) and one.value is not None
    }
    return DashboardTargets(values, workspace.council.rollover_month)


def _write(tables: "Tables", form: Form, layout: int, out: Path, day: date) -> None:
    from highneeds.invented.caseload import forms

    if form is Form.CSV:
        forms.write_blade(tables, layout, out, day)
    elif form is Form.XML:
        forms.write_xml(tables, layout, out / "synthetic_sen2.xml")
    elif form is Form.TEMPLATE:
        forms.write_template(tables, layout, out / "synthetic_template.xlsx")
    else:
        forms.write_workbook(tables, layout, out / "synthetic_workbook.xlsx")


def _write_packed(tables: "Tables", form: Form, layout: int, target: Path, day: date) -> None:
    """The return as one zip, the same bytes each time."""
    import tempfile

    from highneeds.invented.caseload.forms import pack

    with tempfile.TemporaryDirectory() as folder:
        _write(tables, form, layout, Path(folder), day)
        pack(Path(folder), target)


def _place_of_schools(out: Path, workspace: Path | None) -> Path:
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


def _tell(found: "SyntheticCouncil", out: Path, council: str, seed: int, faults: "tuple[Fault, ...]") -> None:
    """SYNTHETIC.txt: what this is and what it rests on; faults.csv: the faults that were put in."""
    from highneeds.report.render.tables import as_csv

    lines = [
        "SYNTHETIC: these records are invented. Nobody in them exists.",
        f"Council {council}, as at {found.as_at:%Y-%m-%d}, seed {seed}.",
        "",
        *(f"- {note}" for note in found.notes),
        "",
        *(f"{module}: {count:,} rows" for module, count in found.written.counts.items()),
    ]
    (out / "SYNTHETIC.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (out / "faults.csv").unlink(missing_ok=True)  # those of a return that this one takes the place of
    if faults:
        rows = [(fault.kind, fault.module, fault.reference) for fault in faults]
        (out / "faults.csv").write_text(as_csv(Table.of(("kind", "module", "reference"), rows)), encoding="utf-8")
    typer.echo(f"Wrote {sum(found.written.counts.values()):,} invented rows to {out}")


def _report_fit(return_: Path, listed: Path, out: Path, dashboard: "DashboardTargets") -> None:
    """fit.csv: each dashboard figure beside the one computed from what was written, read again as anybody would."""
    import secrets

    from highneeds.caseload import Caseloads, from_return
    from highneeds.caseload.settings import CaseloadSettings
    from highneeds.indicators.mechanism.given import IndicatorInputs
    from highneeds.indicators.mechanism.measure import measure
    from highneeds.indicators.mechanism.registry import indicators
    from highneeds.intake.establishments import read_establishments
    from highneeds.intake.sen2.read import read_sen2
    from highneeds.report.render.tables import as_csv, as_text

    read = read_sen2(return_, key=secrets.token_bytes(32), establishments=read_establishments(listed))
    settings = CaseloadSettings(rollover_month=dashboard.rollover_month)
    given = IndicatorInputs(caseloads=Caseloads.of([from_return(read, settings)]))
    last = read.reference_date
    months = sorted({month for _, month in dashboard.values if month.last_day <= last})
    known = {name for name, _ in dashboard.values}
    measured = measure(given, months, [one for one in indicators() if one.id in known])
    rows, summary = _compared(measured, dashboard)
    out.write_text(as_csv(rows), encoding="utf-8")
    typer.echo(as_text(summary))


def _compared(measured: "tuple[IndicatorValue, ...]", dashboard: "DashboardTargets") -> tuple[Table, Table]:
    rows: list[tuple[object, ...]] = []
    worst: dict[str, list[float]] = {}
    for one in measured:
        reported = dashboard.get(one.indicator.id, one.period) if isinstance(one.period, Month) else None
        if reported is None or one.value is None:
            continue
        gap = float(one.value) - reported
        rows.append((one.indicator.id, str(one.period), reported, float(one.value), round(gap, 2)))
        worst.setdefault(one.indicator.id, []).append(abs(gap))
    summary = [
        (name, len(gaps), sum(gap < 0.0501 for gap in gaps), round(sum(gaps) / len(gaps), 2), round(max(gaps), 2))
        for name, gaps in worst.items()
    ]
    columns = ("indicator", "period", "reported", "synthetic", "difference")
    heads = ("indicator", "months", "exact", "mean_gap", "largest_gap")
    return Table.of(columns, rows), Table.of(heads, summary, "Fit")


if TYPE_CHECKING:
    from highneeds.indicators.mechanism.measure import IndicatorValue
    from highneeds.invented.caseload.faults import Fault
    from highneeds.invented.caseload.forms import Tables
