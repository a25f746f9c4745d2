"""What becomes of the odd cells of a SEN2 return, in each of its forms. Write it: python tests/golden/odd_returns.py

An invented return of forty people is read as it is, then with one cell of each column odd, the first column in the
first row, the second in the second and so on: empty, a word, nought, a day to come, in other capitals and with blanks.
Beside each stands what is read otherwise, what is noted, and which cells cannot be read.
"""

import csv
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from golden.flat import flat
from highneeds.intake.sen2.read import read_sen2
from highneeds.intake.sen2.rows import MODULES, Return
from highneeds.invented.caseload.forms import write_blade, write_template, write_workbook, write_xml
from highneeds.vocabulary.errors import InputError
from sen2_tables import KEY, tables

FOLDER = Path(__file__).parent / "odd_returns"
EXPORTED = date(2025, 2, 1)
ODD: dict[str, Callable[[str], str]] = {
    "empty": lambda cell: "",
    "word": lambda cell: "Smithson",
    "nought": lambda cell: "0",
    "to-come": lambda cell: "2099-Dec-31 00:00:00",
    "otherwise": lambda cell: f" {cell.swapcase()} ",
    "twice": lambda cell: cell + cell,
}
FORMS = {
    "csv-2023": lambda made, folder: write_blade(made, 2023, folder, EXPORTED),
    "csv-2025": lambda made, folder: write_blade(made, 2025, folder, EXPORTED),
    "template": lambda made, folder: write_template(made, 2025, folder / "t.xlsx", swapped=True),
    "workbook": lambda made, folder: write_workbook(made, 2025, folder / "w.xlsx"),
    "xml": lambda made, folder: write_xml(made, 2026, folder / "r.xml"),
}


def of_forms() -> str:
    """The first row of each module, and what is said of the whole, in each form that a return comes in."""
    made = tables(3)
    lines: list[str] = []
    for name, write in FORMS.items():
        with tempfile.TemporaryDirectory() as folder:
            write(made, Path(folder))
            read = read_sen2(Path(folder) if name.startswith("csv") else next(Path(folder).iterdir()), key=KEY)
        rows = {module: read.module(module).row(0, named=True) for module in MODULES}
        files = {module: file for module, file in read.files.items() if "/" not in file}
        about = {"header": read.header, "layout": read.layout, "form": read.form, "files": files, "notes": read.notes}
        told = flat({**about, "absent": sorted(map(" ".join, read.absent)), **rows})
        lines += [f"{name} {at}: {value}" for at, value in told]
    return "\n".join((*lines, ""))


def of_cells(odd: str) -> str:
    """What is read otherwise where one cell of each column is odd in this way."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "return"
        here.mkdir()
        write_blade(tables(40), 2025, here, EXPORTED)
        before = cells(read_sen2(here, key=KEY))
        lines: list[str] = []
        for path in sorted(here.iterdir()):
            kept = path.read_bytes()
            lines += [f"# {path.stem.rpartition('_')[2]}: {', '.join(changed(path, ODD[odd]))}"]
            try:
                read = read_sen2(here, key=KEY)
                lines += told(before, read)
            except InputError as refused:
                lines.append(f"refused: {refused.sentence}")
            path.write_bytes(kept)
    return "\n".join((*lines, ""))


def changed(path: Path, odd: Callable[[str], str]) -> list[str]:
    """Write each column's cell otherwise in a row of its own; the columns in their order."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    for at in range(min(len(head), len(rows))):
        rows[at][at] = odd(rows[at][at])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return head


def told(before: dict[str, str], read: Return) -> Iterator[str]:
    after = cells(read)
    different = [at for at in dict.fromkeys((*before, *after)) if before.get(at) != after.get(at)]
    yield from (f"{at}: {after.get(at, 'no such row')}" for at in different)
    yield from (f"unreadable: {' | '.join(map(str, row))}" for row in read.unreadable.rows())
    yield from (f"note: {one.kind} | {one.module} | {one.field} | {one.text} | {one.count}" for one in read.notes)


def cells(read: Return) -> dict[str, str]:
    """Every value by module, line and column, and the header."""
    found = {f"header {at}": value for at, value in flat(read.header)}
    for module in MODULES:
        for row in read.module(module).iter_rows(named=True):
            found |= {f"{module} {row['line']} {name}": str(value) for name, value in row.items()}
    return found


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "forms.txt").write_text(of_forms(), encoding="utf-8")
    for odd in ODD:
        (FOLDER / f"{odd}.txt").write_text(of_cells(odd), encoding="utf-8")


if __name__ == "__main__":
    main()
