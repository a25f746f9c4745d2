"""The corrections sheet: a row for each finding about one row of a return, with empty columns for what is right.

It goes to caseworkers, so it holds local references and case ids and nothing else that names a child.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from highneeds.checks.finding import Finding, Findings, Severity
from highneeds.checks.sen2.answered import UNREADABLE, is_answered
from highneeds.intake.sen2.corrections import Correction, item_of, written_place, written_stamp
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.sen2.rows import MODULES, Return
from highneeds.vocabulary.table import Table

RETURN, ROW, RECORD, CASE, RULE = "return", "row", "record", "case", "rule"
ITEM, RIGHT, OTHER_ITEM, OTHER_RIGHT, STANDS = "item", "right value", "other item", "its right value", "right as it is"
TO_FILL = (RIGHT, OTHER_ITEM, OTHER_RIGHT, STANDS)
COLUMNS = (
    RETURN, ROW, RECORD, CASE, RULE, "severity", "where", ITEM, "now", "what is wrong", "what to do", *TO_FILL,
)  # fmt: skip
IN_THE_SYSTEM = "It is personal or points to another row: put it right in your case system and export again."


@dataclass(frozen=True)
class FindingToCorrect:
    """One finding about one cell: `now` is what stands there, '' where it is empty or personal."""

    place: tuple[str, int]
    record: str
    rule: str
    severity: str
    where: str
    item: str
    now: str
    wrong: str
    to_do: str


def corrections_sheet(
    found: Findings, return_: Return, cases: Mapping[str, str], kept: Sequence[Correction] = ()
) -> Table:
    """The sheet of one return.

    cases   record -> the council's own case id, from the private file of --case-ids
    kept    what was put right before: a cell that is right as it is is not asked again, unless it must be fixed
    """
    order = list(Severity)
    asked = [*_of_findings(found.all, return_), *_of_unreadable(return_)]
    must = Severity.MUST_FIX.value
    rows = [one for one in asked if one.severity == must or not is_answered(one.place, one.item, one.rule, kept)]
    rows.sort(key=lambda one: (order.index(Severity(one.severity)), one.record.zfill(9), one.rule, one.place))
    stamp = written_stamp(str(return_.reference_date), return_.mark)
    return Table.of(COLUMNS, (_cells(one, stamp, cases) for one in rows), "Corrections")


def _cells(one: FindingToCorrect, stamp: str, cases: Mapping[str, str]) -> tuple[object, ...]:
    known = (stamp, written_place(*one.place), one.record, cases.get(one.record, ""), one.rule, one.severity, one.where)
    return (*known, one.item, one.now, one.wrong, one.to_do, *("" for _ in TO_FILL))


def _of_findings(findings: Iterable[Finding], return_: Return) -> Iterator[FindingToCorrect]:
    for one in findings:
        if one.row is None:
            continue
        module, key = one.row
        here = item_of(module, one.field)
        to_do = one.fix if here else f"{one.fix} {IN_THE_SYSTEM}"
        now = _now(return_, module, key, here.name) if here else ""
        where = f"{one.file} line {one.line}" if one.line else one.file
        wrong = one.message
        yield FindingToCorrect(one.row, one.record, one.rule, one.severity.value, where, one.field, now, wrong, to_do)


def _of_unreadable(return_: Return) -> Iterator[FindingToCorrect]:
    """A cell that could not be read is told to people by column; here each is put right by itself."""
    for module in MODULES:
        cells = return_.unreadable.filter(return_.unreadable["module"] == module)
        names = {field.name: column for column, field in every_column(module).items()}
        people = return_.persons["reference"]
        for cell in cells.iter_rows(named=True):
            key, item = cell["key"], names.get(cell["field"], cell["field"])
            if key is None or item_of(module, item) is None:
                continue
            person = return_.module(module)["person"][key]
            record = str(people[person]) if person is not None else str(return_.module(module)["reference"][key])
            wrong = f"The cell could not be read: {cell['reason']}"
            yield FindingToCorrect(
                (module, key),
                record,
                UNREADABLE,
                Severity.MUST_FIX.value,
                return_.place(module, cell["line"]),
                item,
                f"of the form {cell['shape']}",
                wrong,
                "Write what is right.",
            )


def _now(return_: Return, module: str, key: int, name: str) -> str:
    frame = return_.module(module)
    if name not in frame.columns or key >= frame.height:
        return ""
    value = frame[name][key]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)
