"""Registers that were read once and did not change: their rows and findings, kept under the fingerprint of the file.

What is kept is text: of each row its line and its cells as a file has them, so that no program is kept with the data.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.registers.mechanism.column import Column, Kind
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.register import Entries, Register
from highneeds.store.cache import Cache, fingerprint_of
from highneeds.store.place import Place
from highneeds.vocabulary.period import FinancialYear, Month, SchoolYear

KIND = "register"
ROOMS = ("vocabulary", "intake", "checks", "registers")


def read_kept(register: Register, folder: Place, kept: Cache) -> Entries | None:
    """A register of a workspace, read again only where its file or this program changed; None without a file."""
    path = folder / register.place
    if not path.exists():
        return None
    name = fingerprint_of(register.place, [path], ROOMS)
    found = kept.find(KIND, name)
    if found is not None:
        return entries_of(found, register)
    entries = register.read(path, register.place)
    kept.keep(KIND, name, as_text(entries))
    return entries


def as_text(entries: Entries) -> bytes:
    """Rows and findings as JSON."""
    columns = entries.register.columns
    rows = [[row.file, row.line, *(_written(row[column.name]) for column in columns)] for row in entries.rows]
    results = [
        {"rule": one.rule, "outcome": one.outcome, "why": one.why, "looked_at": one.looked_at}
        | {"findings": [asdict(finding) for finding in one.findings]}
        for one in entries.findings.results
    ]
    return json.dumps({"rows": rows, "results": results}).encode()


def entries_of(text: bytes, register: Register) -> Entries:
    """What `as_text` wrote."""
    held = json.loads(text)
    names = [column.name for column in register.columns]
    readers = [_reader(column) for column in register.columns]
    rows = []
    for file, line, *cells in held["rows"]:
        values = [read(cell) if read and cell is not None else cell for read, cell in zip(readers, cells, strict=True)]
        rows.append(RegisterRow(file, line, dict(zip(names, values, strict=True))))
    return Entries(register, tuple(rows), Findings(tuple(_result(one) for one in held["results"])))


def _written(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)


_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.NUMBER: Decimal,
    Kind.DAY: date.fromisoformat,
    Kind.MONTH: lambda text: Month.parse(text, ""),
    Kind.FINANCIAL_YEAR: lambda text: FinancialYear.parse(text, ""),
    Kind.SCHOOL_YEAR: lambda text: SchoolYear.parse(text, ""),
}


def _reader(column: Column) -> Callable[[str], Any] | None:
    """From the text of a cell to its value, each different text once; None where the text is the value."""
    read = _READERS.get(column.kind)
    if read is None:
        return None
    seen: dict[str, Any] = {}

    def once(text: str) -> Any:
        if text not in seen:
            seen[text] = read(text)
        return seen[text]

    return once


def _result(held: dict[str, Any]) -> RuleResult:
    read_back = ({"severity": Severity(one["severity"]), "of_each": tuple(one["of_each"])} for one in held["findings"])
    findings = tuple(Finding(**one | back) for one, back in zip(held["findings"], read_back, strict=True))
    return RuleResult(held["rule"], Outcome(held["outcome"]), findings, held["why"], held["looked_at"])
