"""Names, postcodes and UPNs where they do not belong: in coded columns, header cells, file names and wrong mappings."""

import csv
import io
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from attack.cases import BAR, Outcome
from cli_runner import run
from highneeds.invented.caseload.forms import write_blade
from sen2_tables import tables, upn_of

CHILDREN = ("Qvzxkhan", "QVZX", "Zqubek", "O'Qvrel", "Łqwona", "Aqvi-Zlotan")
CELLS = (*CHILDREN, "ZQ9", "ZQ9 9ZZ", upn_of(987_654_321), "07700 900982", f"{CHILDREN[0]}@zq.example", "4 Qvzxel Road")
EXTRACT = """name = "Cases"
version = 1
layout = 2025
[[tables]]
file = "children*.csv"
module = "persons"
id = "Id"
columns = {{ {columns} }}
[tables.codes.sex]
Male = "M"
Female = "F"
"""
ITEMS = ("personbirthdate", "upn", "sex", "upnunknown", "ethnicity", "surname", "forename", "postcode")
COLUMNS = ("Born", "UPN", "Gender", "Why no UPN", "Group", "Surname", "Forename", "Postcode")
LEDGER = ("Doc", "Child", "Year", "Per", "Cost centre", "Net", "Supplier")
FIELDS = ("reference", "child", "year", "period", "code", "amount", "supplier")


def try_naming(folder: Path, seed: int, cases: int, until: float) -> Outcome:
    """What is printed, and what is kept, holds none of them."""
    found, chance = Outcome(), random.Random(seed)
    for number in range(cases):
        if time.monotonic() > until:
            break
        here = folder / str(number)
        here.mkdir()
        try_one = chance.choice((_shifted_return, _wrong_extract, _wrong_ledger))
        for kind, words in try_one(here, chance):
            _try(kind, words, here / "workspace", found)
        shutil.rmtree(here)
    return found


def _try(kind: str, words: Sequence[object], workspace: Path, found: Outcome) -> None:
    try:
        done = run(*words)
    except BaseException as problem:
        found.add(kind, "traceback", f"{words}: {problem!r}"[:400])
        return
    lines = [line for line in (done.out + done.err).splitlines() if not line.startswith(BAR)]
    told = sorted({name for name in CELLS if any(name.casefold() in line.casefold() for line in lines)})
    found.add(kind, f"ended with {done.code}", f"{words[:2]} says {told}: {_around(lines, told)}" if told else "")
    for path in workspace.rglob("*"):
        data = path.read_bytes().lower() if path.is_file() else b""
        if kept := [name for name in CELLS if name.lower().encode() in data or name.lower() in path.name.lower()]:
            found.add(kind, "kept", f"{path.relative_to(workspace)} holds {kept}")


def _around(lines: Sequence[str], told: Sequence[str]) -> str:
    return next(line for line in lines if told[0].casefold() in line.casefold())[:200]


def _shifted_return(here: Path, chance: random.Random) -> Iterator[tuple[str, Sequence[object]]]:
    """A return in which cells of a file, or of its header row, are of another column, or its name is a child's."""
    given = here / "given"
    given.mkdir()
    write_blade(dict(tables(8)), 2025, given, date(2025, 2, 1))
    path = chance.choice(sorted(given.glob("*.csv")))
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    happened = chance.choice(("cells", "cells", "header", "file name"))
    for _ in range(chance.randrange(1, 9)):
        row = 0 if happened == "header" else chance.randrange(1, len(rows)) if len(rows) > 1 else 0
        if happened != "file name":
            rows[row][chance.randrange(len(rows[row]))] = chance.choice(CELLS)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    if happened == "file name":
        path.rename(path.with_name(f"{chance.choice(CHILDREN)} {path.name}"))
    (here / "workspace").mkdir()
    text = '[council]\nname = "Kent"\nla_number = "886"\n'
    (here / "workspace" / "council.toml").write_text(text, "utf-8")
    yield f"return, {happened}", ("caseload", "check", given, "--format", chance.choice(("text", "csv", "json")))
    joined = ("--workspace", here / "workspace", "--by", "Officer", "--key", here / "key")
    yield f"return, {happened}", ("caseload", "accept", given, *joined)


def _wrong_extract(here: Path, chance: random.Random) -> Iterator[tuple[str, Sequence[object]]]:
    """An extract whose mapping names the wrong columns."""
    (here / "given").mkdir()
    wrong = chance.sample(COLUMNS, len(COLUMNS))
    columns = ", ".join(f'{item} = "{column}"' for item, column in zip(ITEMS[:5], wrong, strict=False))
    (here / "mapping.toml").write_text(EXTRACT.format(columns=columns), "utf-8")
    with (here / "given" / f"children {chance.choice(CHILDREN)}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Id", *COLUMNS))
        for number in range(chance.choice((3, 40, 700))):
            few = CELLS if chance.random() < 0.8 else CELLS[:2]
            writer.writerow((number, *(chance.choice(few) for _ in COLUMNS)))
    words = ("caseload", "check", here / "given", "--mapping", here / "mapping.toml", "--as-at", "2025-01-16")
    yield "wrong extract", (*words, "--council", "886")


def _wrong_ledger(here: Path, chance: random.Random) -> Iterator[tuple[str, Sequence[object]]]:
    """A ledger whose mapping takes a child or a supplier for a code, a period or an amount."""
    wrong = chance.sample(LEDGER, len(LEDGER)) if chance.random() < 0.7 else LEDGER
    columns = ", ".join(f"{field}: {column}" for field, column in zip(FIELDS, wrong, strict=True))
    text = f'name: Main ledger\ncolumns: {{{columns}}}\nlines: {{"7001": 1.2.1}}\n'
    (here / "mapping.yaml").write_text(text, "utf-8")
    export = here / f"{chance.choice(CHILDREN)}.csv"
    with export.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(LEDGER)
        for number in range(chance.choice((2, 30))):
            who = chance.choice(CELLS), chance.choice(CELLS), chance.choice(CELLS)
            writer.writerow((who[0], who[1], "2024-25", 1, "7001", number, who[2]))
    (here / "workspace").mkdir()
    ledger = (export, "--mapping", here / "mapping.yaml")
    yield "wrong ledger", ("ledger", "check", *ledger)
    joined = ("--workspace", here / "workspace", "--by", "Officer", "--key", here / "key")
    yield "wrong ledger", ("ledger", "accept", *ledger, *joined)
