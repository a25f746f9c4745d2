"""The office's only door to the engine. The engine runs in a process of its own; what comes back is files.

So the web process never loads the analytics libraries, and a run that fails takes no page with it. What the rest of the
office may know of the engine is named here: the shape of its results, and its one error.
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
from calendar import month_name
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from highneeds import __version__
from highneeds.account.variance.adequacy import Adequacy, ExplanationJudged, judge_explanation
from highneeds.actions._register_given import RegisterAsGiven, RegisterEditor, RowDifference
from highneeds.actions.accept_register import RegisterRefused
from highneeds.checks.finding import Outcome as Outcome
from highneeds.checks.finding import Severity as Severity
from highneeds.intake.accepted import RECORD as ACCEPTANCES
from highneeds.intake.accepted import current
from highneeds.intake.file_names import file_name_to_keep as file_name_to_keep
from highneeds.intake.ledger.explanations import in_one_cell as in_one_cell
from highneeds.intake.ledger.explanations import lines_of as lines_of
from highneeds.intake.values import number as number
from highneeds.intake.workspace.headings import condition_of as condition_of
from highneeds.intake.workspace.known_on import COLUMN as KNOWN_ON
from highneeds.intake.yamlfile import parse_yaml
from highneeds.registers.mechanism.history import person as numbered
from highneeds.report.charts.over_time import DRAWN as DRAWN
from highneeds.report.charts.over_time import MOST_LINES as MOST_LINES
from highneeds.report.charts.over_time import break_over_time as break_over_time
from highneeds.report.charts.over_time import drawn_over_time as drawn_over_time
from highneeds.report.charts.over_time import over_time_in_words as over_time_in_words
from highneeds.report.pages.results.comparisons import ComparedArea, PublishedComparison
from highneeds.report.pages.results.conditions import ConditionResult
from highneeds.report.pages.results.consistent import problems_of as problems_of
from highneeds.report.pages.results.documents import Download
from highneeds.report.pages.results.findings import SeverityCode
from highneeds.report.pages.results.indicators import IndicatorResult
from highneeds.report.pages.results.money import Account, MoneyPage
from highneeds.report.pages.results.parts import Chart, ColumnResult, TableResult
from highneeds.report.pages.results.registers import RegisterPage
from highneeds.report.pages.results.whole import RESULTS_FILE, SCHEMA, Results, ResultsError
from highneeds.report.pages.results.whole import read_results as read_results
from highneeds.report.render.tables import csv_for_people
from highneeds.report.words.explanations import why as why_judged
from highneeds.report.words.heads import head as head
from highneeds.store import (
    ABSENT,
    Altered,
    Change,
    Changed,
    ChangedMeanwhile,
    Entry,
    StoreError,
    fingerprint_of,
    verify,
    version_of,
)
from highneeds.store.names import checked, is_under, is_wording
from highneeds.store.record import must_be_complete, next_entry
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.need import NEEDS
from highneeds.vocabulary.per import Per as Per
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.setting import setting_words
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.verdict import Verdict as Verdict

__all__ = [
    "ABSENT",
    "ACCEPTANCES",
    "KNOWN_ON",
    "RESULTS_FILE",
    "Account",
    "Adequacy",
    "Altered",
    "AssuranceLevel",
    "Change",
    "Changed",
    "ChangedMeanwhile",
    "Chart",
    "ColumnResult",
    "ComparedArea",
    "ConditionResult",
    "Download",
    "Entry",
    "ExplanationJudged",
    "IndicatorResult",
    "InputError",
    "MoneyPage",
    "PublishedComparison",
    "RegisterAsGiven",
    "RegisterChange",
    "RegisterEditor",
    "RegisterPage",
    "RegisterRefused",
    "Results",
    "ResultsError",
    "RowAuthor",
    "RowDifference",
    "RunFailed",
    "SeverityCode",
    "StoreError",
    "TableResult",
    "__version__",
    "bring_up_to_date",
    "changed_since",
    "checked",
    "download",
    "fingerprint_of",
    "is_current",
    "is_under",
    "is_wording",
    "judge_explanation",
    "must_be_complete",
    "next_entry",
    "numbered",
    "parse_yaml",
    "register_change",
    "register_definitions",
    "rows_of_levers",
    "run_engine",
    "scenario_judged",
    "team_of_rule",
    "verify",
    "version_of",
    "why_judged",
    "words_of_choice",
]


class RunFailed(Exception):
    """The engine refused its input; it has said why itself. `code` is its exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"highneeds run ended with {code}")
        self.code = code


def bring_up_to_date(workspace: Path, out: Path) -> None:
    """Run the engine on `workspace` unless the results in `out` are of this version and newer than every input."""
    if not is_current(workspace, out):
        run_engine(workspace, out)


def run_engine(workspace: Path, out: Path) -> None:
    """`highneeds run WORKSPACE --out DIR`, its progress on this terminal. Findings (exit 1) are no failure."""
    ended = subprocess.run([sys.executable, "-m", "highneeds", "run", str(workspace), "--out", str(out)])
    if ended.returncode not in (0, 1):
        raise RunFailed(ended.returncode)


def is_current(workspace: Path, out: Path) -> bool:
    """True when `out` holds results of this version that no file of the workspace is newer than."""
    results = out / RESULTS_FILE
    return results.is_file() and _is_ours(results) and not changed_since(workspace, out)


def changed_since(workspace: Path, out: Path) -> bool:
    """True when something in the workspace is not what the results in `out` were made from.

    Results say what that was, so that a file that was replaced by an older copy is noticed too. Of results that do not,
    those of a run before this was told, the times of the files are asked.
    """
    results = (out / RESULTS_FILE).stat()
    made_from = _inputs_in_results(out / RESULTS_FILE, results.st_mtime_ns, results.st_size)
    if made_from:
        return made_from != _fingerprint(workspace, _traces(workspace))
    written = (out / RESULTS_FILE).stat().st_mtime_ns
    mine = out.resolve()
    inputs = (path for path in (workspace, *workspace.rglob("*")) if not path.resolve().is_relative_to(mine))
    holder = mine.parent  # making `out` inside the workspace touches its folder; that is no change of input
    return any(path.stat().st_mtime_ns > written for path in inputs if path.resolve() != holder)


@lru_cache(maxsize=8)
def _inputs_in_results(results: Path, written: int, size: int) -> str:
    """What the results say they were made from; '' where they say nothing. Read again only when they were replaced."""
    try:
        return str(json.loads(results.read_bytes())["run"].get("inputs", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def _traces(workspace: Path) -> tuple[tuple[str, int, int, int, int], ...]:
    """By what a file that was touched is known, so that the contents are read again only then."""
    found = ((str(path), path.stat()) for path in sorted(workspace.rglob("*")) if path.is_file())
    return tuple((name, one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for name, one in found)


@lru_cache(maxsize=8)
def _fingerprint(workspace: Path, traces: tuple[tuple[str, int, int, int, int], ...]) -> str:
    from highneeds.intake.workspace.files import inputs_fingerprint

    return inputs_fingerprint(workspace)


def _is_ours(results: Path) -> bool:
    try:
        head = json.loads(results.read_bytes())
        return bool(head["schema"] == SCHEMA and head["run"]["version"] == __version__)
    except (ValueError, KeyError, TypeError):
        return False


def gravity(severity: str) -> int:
    """How far down a list of findings one of this severity stands: what must be fixed comes first."""
    from highneeds.checks.finding import Severity

    return [str(one) for one in Severity].index(severity)


def team_of_rule(rule: str) -> str:
    """Who puts a finding of this rule right, where the council names nobody for the record."""
    from highneeds.checks.sen2.owners import TEAMS

    return TEAMS.get(rule.split("-")[0], "Data team")


def engine_says(*words: str) -> str:
    """What a command of the engine prints, in a process of its own; InputError with what it refuses."""
    command = [sys.executable, "-m", "highneeds", *words]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    if done.returncode:
        raise InputError(" ".join(done.stderr.split()) or f"The engine ended with {done.returncode}")
    return done.stdout or done.stderr


def month_of(code: str) -> str:
    """The month in the name of a report's folder: 'July' of '2025-07'; '' where it names none."""
    try:
        return month_name[Month.parse(code).number]
    except InputError:
        return ""


def rows_of_levers() -> Any:
    """A row for each field of each lever, as `highneeds forecast levers --format json` has them."""
    return json.loads(engine_says("forecast", "levers", "--format", "json"))


def words_of_choice(code: str) -> str:
    """A need or a setting of the published statistics in words."""
    needs = [one.words for one in NEEDS if one.pack == code]
    return " or ".join(needs) or setting_words(code)


def scenario_judged(name: str, text: str) -> list[str]:
    """What to know before believing a scenario, a sentence each; InputError where it cannot be used."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.yaml"
        file.write_text(text, "utf-8")
        try:
            said = engine_says("forecast", "levers", "--scenario", str(file))
        except InputError as refused:
            raise InputError(refused.what.replace(str(file), file.name)) from None
    return said.splitlines()[1:]


def accepted_with_findings(acceptances: bytes) -> list[tuple[date, int, str]]:
    """(its day, how many findings had to be fixed, the moment) of each accepted return that stands and has any."""
    from highneeds.store.place import documents_of

    standing = current(documents_of(lambda name: acceptances, (ACCEPTANCES,)))
    with_some = [one for one in standing if one.must_fix]
    return [(date.fromisoformat(one.reference_date), one.must_fix, one.accepted_at) for one in with_some]


def register_definitions() -> Any:
    """Every register of the engine by name, as the engine defines it."""
    from highneeds.registers.registry import registers

    return dict(registers())


@dataclass(frozen=True)
class RegisterChange:
    """What the engine says of a change of one row.

    problems   column -> what is wrong, '' for the whole row; empty where it may be made
    place      where the register's history stands
    history    the history with this change at its end
    decides    what of it is a decision, in words: 'offered to agreed'
    """

    problems: Mapping[str, str]
    place: str
    history: bytes
    decides: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowAuthor:
    """Who changes one row of a register, in which roles, why and when.

    by     the person's number
    roles  those that the register's rules on who may keep and who decides go by
    """

    by: str
    roles: frozenset[str]
    why: str
    now: datetime


def register_change(
    name: str,
    *,
    before: bytes | None,
    after: bytes,
    history: bytes | None,
    key: str,
    author: RowAuthor,
    moves_are_checked: bool = True,
) -> RegisterChange:
    """Hold the new file of a register against its rules and moves, and add the change to its history."""
    from highneeds.registers.mechanism import history as past
    from highneeds.registers.registry import registers
    from highneeds.report.render.tables import as_csv

    register = registers()[name]
    content = history if history else as_csv(past.table(())).encode()
    try:
        new = _entries(register, after, key)
    except InputError as problem:
        return RegisterChange({"": str(problem)}, past.place_of(register), b"")
    old = _entries(register, before, key).rows if before else ()
    problems = _row_problems(register, old, new, content if moves_are_checked else None, key, author)
    by, role, why, now = author.by, " ".join(sorted(author.roles)), author.why, author.now
    lines = past.as_lines(past.changes(register, old, new.rows, by=by, role=role, why=why, now=now))
    decides = past.decisions(register, old[0], new.rows[0]) if old and new.rows else ()
    return RegisterChange(problems, past.place_of(register), content + lines.encode(), decides)


def _row_problems(
    register: Any, old: Any, new: Any, history: bytes | None, key: str, author: RowAuthor
) -> Mapping[str, str]:
    """column -> what is wrong: the row's own findings, else the moves refused. history: None where none is asked of."""
    from highneeds.checks.finding import Severity
    from highneeds.registers.mechanism import history as past

    found = [one for one in new.findings.all if one.record == key and one.severity is Severity.MUST_FIX]
    if history is not None and not found:
        earlier = past.changes_in(io.TextIOWrapper(io.BytesIO(history), "utf-8", newline=""), key)
        by, roles, why = author.by, author.roles, author.why
        found = past.refused(register, old, new.rows, by=by, roles=roles, why=why, history=earlier)
    return {one.field: f"{one.message}. {one.fix}" for one in found}


def download(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV for whoever opens it in a spreadsheet: nothing that somebody wrote is run there."""
    return csv_for_people(Table.of(columns, rows))


def _entries(register: Any, data: bytes, key: str) -> Any:
    """The rows of a file with this key: one, and of a long register the others need not be read again."""
    from highneeds.intake.csvfile import parse_csv, rows_with_lines

    optional = [column.name for column in register.columns if not column.required]
    records = (cells for _, cells in rows_with_lines(data.decode("utf-8-sig"), register.place))
    own = io.StringIO()
    header = next((cells for cells in records if _says_something(cells)), [])
    place = next((at for at, name in enumerate(header) if name.strip() == register.key), 0)
    csv.writer(own).writerows([header, *(one for one in records if len(one) > place and one[place].strip() == key)])
    return register.entries(parse_csv(own.getvalue(), register.place, register.required, optional=optional))


def _says_something(cells: list[str]) -> bool:
    return any(cell.strip() for cell in cells) and not cells[0].startswith("#")


@dataclass(frozen=True)
class RowStanding:
    """What is to be known of one row. findings: message and what to do; due: the clock, its day and how it stands."""

    findings: tuple[tuple[str, str], ...]
    due: tuple[tuple[str, str, str], ...]


def row_standing(name: str, data: bytes, key: str, settings: Mapping[str, Any], day: date) -> RowStanding:
    """The row's own findings and due days, by the register's rules and clocks."""
    from highneeds.registers.mechanism.due import due_in
    from highneeds.registers.mechanism.settings import settings_of
    from highneeds.registers.registry import registers

    register = registers()[name]
    try:
        entries = _entries(register, data, key)
    except InputError as problem:
        return RowStanding(((str(problem), ""),), ())
    at = register.situation(entries.rows, day, settings=settings_of(settings))
    findings = tuple((one.message, one.fix) for one in entries.findings.all)
    return RowStanding(
        findings,
        tuple((one.clock.replace("_", " "), str(one.due_on or ""), one.reason or one.state) for one in due_in(at)),
    )


def overdue_in(name: str, data: bytes, settings: Mapping[str, Any], day: date) -> frozenset[str]:
    """The keys of the rows of which a due day is past and nothing has stopped it."""
    from highneeds.intake.csvfile import parse_csv
    from highneeds.registers.mechanism.due import due_in
    from highneeds.registers.mechanism.settings import settings_of
    from highneeds.registers.registry import registers

    register = registers()[name]
    optional = [column.name for column in register.columns if not column.required]
    file = parse_csv(data.decode("utf-8-sig"), register.place, register.required, optional=optional)
    at = register.situation(register.readable_rows(file), day, settings=settings_of(settings))
    return frozenset(one.row for one in due_in(at) if one.state == "overdue")


@dataclass(frozen=True)
class MomentShown:
    """What became of a row at one moment. changes: (column, before, after); number: of the moments up to it, itself
    among them; begins: the row was new with it."""

    number: int
    at: str
    role: str
    why: str
    changes: tuple[tuple[str, str, str], ...]
    begins: bool


def row_history(name: str, history: bytes, key: str) -> tuple[MomentShown, ...]:
    """What became of one row, the newest first."""
    from highneeds.registers.mechanism.history import moments

    own = register_definitions()[name].key
    if not history:
        return ()
    found = [
        MomentShown(
            number,
            one.at,
            one.role,
            one.why,
            tuple((change.column, change.before, change.after) for change in one.changes),
            any(change.column == own and not change.before for change in one.changes),
        )
        for number, one in enumerate(moments(_changes_of(history, key)), 1)
    ]
    return tuple(reversed(found))


def row_cells_after(history: bytes, key: str, cells: Mapping[str, str], number: int) -> dict[str, str]:
    """The cells of a row as they stood after so many moments of its history; `cells` are those of now."""
    from highneeds.registers.mechanism.history import cells_after, moments

    return cells_after(cells, moments(_changes_of(history, key)), number)


def _changes_of(history: bytes, key: str) -> Any:
    from highneeds.registers.mechanism.history import changes_in

    return changes_in(io.TextIOWrapper(io.BytesIO(history), "utf-8", newline=""), key)


def register_file(name: str, rows: Sequence[Mapping[str, str]] | None, ending: str) -> bytes:
    """Rows of a register as a file to fill in further and give back, its worked example for None: 'csv' or 'xlsx'."""
    from highneeds.registers.mechanism.workbook import rows_workbook
    from highneeds.report.render.tables import csv_for_people
    from highneeds.vocabulary.table import Table

    register = register_definitions()[name]
    shown = register.example if rows is None else rows
    if ending == "xlsx":
        return rows_workbook(register, shown)
    columns = [column.name for column in register.columns]
    return csv_for_people(Table.of(columns, ([row.get(one, "") for one in columns] for row in shown), register.title))


def register_read(name: str, data: bytes, file: str) -> Any:
    """The rows and findings of a filled file, for `register_as_given`. InputError where it is no such register."""
    from highneeds.intake.text import decode
    from highneeds.registers.mechanism.workbook import workbook_rows
    from highneeds.vocabulary.printable import printable

    register = register_definitions()[name]
    if file.endswith(".xlsx"):
        return register.entries(workbook_rows(data, file, register))
    return register.given(printable(decode(data, file)), file)


def register_as_given(store: Any, new: Any, *, by: RegisterEditor, part: bool) -> RegisterAsGiven:
    """What the file would make of the register; why it would is asked when it is confirmed."""
    from highneeds.actions._register_given import as_given

    return as_given(store, new.register, new, by=by, why="To be given", part=part)


def register_accepted(store: Any, new: Any, **said: Any) -> Any:
    """The file becomes the register, or the rows of it that it holds: the engine's own action."""
    from highneeds.actions.accept_register import accept_register

    return accept_register(store, new, **said)


def register_settings(data: bytes) -> Mapping[str, Any]:
    """What the council's own file sets for the registers."""
    import tomllib

    return dict(tomllib.loads(data.decode("utf-8")).get("registers", {}))
