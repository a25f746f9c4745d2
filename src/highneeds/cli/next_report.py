"""highneeds next-report"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import command, now
from highneeds.intake.yamlfile import as_day

if TYPE_CHECKING:
    from highneeds.actions.open_next_report import OpenedReport
    from highneeds.intake.workspace import Observation


@command("next-report")
def next_report(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    slot: Annotated[str, typer.Option("--slot", help="The slot to open, as council.toml names it: July")],
    submitted: Annotated[str | None, typer.Option("--submitted", help="The day it goes; default: today")] = None,
    by: Annotated[str, typer.Option("--by", help="Who opens it, for the record")] = "highneeds next-report",
) -> None:
    """Open the next reporting slot: levels and narrative are carried forward; what moved or was restated is named."""
    from highneeds.actions.open_next_report import open_next_report
    from highneeds.store.folder import FolderStore

    day = as_day(submitted, "--submitted") if submitted else None
    opened = open_next_report(FolderStore(workspace), slot, day, by=by, now=now())
    sys.stdout.write("".join(f"{line}\n" for line in _lines(opened)))


def _lines(opened: "OpenedReport") -> Iterator[str]:
    old, new = opened.old, opened.new
    yield f"Report {new.number}, {new.slot} ({new.id}), follows report {old.number} of {old.submitted}."
    yield f"Carried forward: {', '.join(opened.carried) or 'nothing'}. The old report stays in programme/{old.id}/."
    if opened.moved:
        yield "\nNewer figures"
        for one in opened.moved:
            before = f" (was {_figure(one.before)})" if one.before else ""
            yield f"  {one.title}: {_figure(one.now)}{before}"
    if opened.restated:
        yield "\nRestated"
        for two in opened.restated:
            yield f"  {two.title}, {two.now.period}: {_value(two.now)}, was {_value(two.before)}"
    if opened.sums:
        yield "\nRestated in the account"
        for sum_ in opened.sums:
            yield f"  {sum_.about}, {sum_.year}: {_pounds(sum_.now)}, was {_pounds(sum_.before)}"
    if opened.reworded:
        yield "\nCalled otherwise"
        yield from (f"  {name}: '{title}', was '{before}'" for name, before, title in opened.reworded)
    if opened.facts:
        yield "\nPublished since"
        yield from (f"  {three.meaning}: {three.printed or three.written} ({three.id})" for three in opened.facts)


def _figure(one: "Observation") -> str:
    return f"{_value(one)} in {one.period}"


def _value(one: "Observation") -> str:
    return one.unit.show(one.value) if one.value is not None else one.state.words.lower()


def _pounds(pence: int | None) -> str:
    from highneeds.vocabulary.money import pounds_text

    return "not given" if pence is None else f"{pounds_text(pence)} pounds"
