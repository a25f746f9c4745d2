"""Write what invented councils consist of, for review: python scripts/write_invented.py

One file for each way of inventing one, in tests/golden/invented, with a line for each column of each file: how many
rows it has, how many are filled, how many differ, the least and the greatest, and a fingerprint of the whole. A test
holds `highneeds synthesise` and `highneeds commitments invent` to them: the same seed gives the same council in the
next version too, and what changes shows in review as a changed line.
"""

import hashlib
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import openpyxl
import polars as pl

REPOSITORY = Path(__file__).parent.parent
ON_FILE = REPOSITORY / "tests" / "golden" / "invented"
THEN, LATER = "2024-01-18", "2024-04-24"
BARNET, SMALL = ("--council", "302"), ("--council", "201")
WAYS: dict[str, tuple[str, ...]] = {
    "census": (*BARNET, "--as-at", THEN, "--scale", "0.05"),
    "spring": (*BARNET, "--as-at", LATER, "--scale", "0.08", "--seed", "3"),
    "hardly-published": (*SMALL, "--as-at", "2025-03-31", "--layout", "2025"),
    "faulty": (*BARNET, "--as-at", THEN, "--scale", "0.1", "--faults", "0.1", "--seed", "2"),
    "carried-on": ("--continue", "{census}", "--as-at", "2025-01-16"),
    "carried-on-by-days": ("--continue", "{census}", "--as-at", "2024-02-01", "--seed", "5"),
    "layout-2026": (*BARNET, "--as-at", "2024-09-20", "--scale", "0.04", "--layout", "2026", "--seed", "4"),
    "carried-on-in-2026": ("--continue", "{layout-2026}", "--as-at", "2025-03-14", "--layout", "2026"),
    "xml": (*BARNET, "--as-at", THEN, "--scale", "0.03", "--form", "xml", "--layout", "2025"),
    "template": (*BARNET, "--as-at", THEN, "--scale", "0.03", "--form", "template"),
    "workbook": (*BARNET, "--as-at", THEN, "--scale", "0.03", "--form", "workbook", "--layout", "2026"),
    "zip": (*BARNET, "--as-at", THEN, "--scale", "0.03", "--zip"),
}
"""way -> words of `highneeds synthesise`; {census} is the folder of that way."""
REPORTED = {
    "assess_agreed_count": ("8", "7", "6"),
    "assess_declined_count": ("4", "4", "3"),
    "issue_agreed_count": ("6", "9", "12"),
    "issue_declined_count": ("1", "0", "2"),
    "assessments_underway": ("60", "58", "50"),
    "annual_reviews_overdue_count": ("200", "210", "205"),
    "annual_reviews_overdue_pct": ("33", "34", "34.5"),
    "ehcp_count_ey_ks1": ("110", "112", "111"),
    "ey_ks1_moving_to_special_pct": ("2", "1", "3"),
    "mainstream_to_special_total": ("5", "4", "9"),
    "special_to_mainstream_total": ("1", "2", "0"),
    "specialist_share_yr_r_6": ("28.1", "28.4", "29.3"),
    "specialist_share_yr_7_11": ("40", "41.2", "39.5"),
    "specialist_share_yr_12_14_excl_spi": ("30.3", "31", "30.6"),
    "spi_share_yr_12_14": ("2.5", "2.6", "2.4"),
    "mainstream_share_school_age": ("57.5", "57", "58.1"),
    "post16_mainstream_fe_pct": ("55.2", "54.9", "56"),
    "post16_special_independent_pct": ("30", "30.5", "29.9"),
    "no_place_count": ("9", "8", "11"),
}
"""Figures of a dashboard for February to April 2024, of the size that a fifth of the council would report."""
BOOK = ("commitments", "invent", *BARNET, "--year", "2023-24")


EVERY = (*WAYS, "dashboard", "commitments")


def written(run, folder: Path, way: str) -> str:
    """What was written in one way. run: the command line, as the tests have it."""
    if way in WAYS:
        return "\n".join(_of_folder(_made(run, folder, way))) + "\n"
    make = _dashboard if way == "dashboard" else _books
    return "\n".join(_of_folder(make(run, folder))) + "\n"


def _made(run, folder: Path, way: str) -> Path:
    """The folder of a council invented in one way, with the one that it carries on made before it."""
    out, words = folder / way, []
    for word in () if out.exists() else WAYS[way]:
        words.append(_made(run, folder, word[1:-1]) if word.startswith("{") else word)
    if words:
        must(run("synthesise", *words, "--out", out))
    return out


def _dashboard(run, folder: Path) -> Path:
    council, out = folder / "workspace", folder / "dashboard"
    must(run("new", council, *BARNET))
    (council / "indicators.csv").write_text(_catalogue(), "utf-8")
    (council / "observations.csv").write_text("\n".join(_observations()) + "\n", "utf-8")
    steered = (*BARNET, "--scale", "0.2", "--as-at", LATER, "--workspace", council)
    must(run("synthesise", *steered, "--out", out))
    return out


def _books(run, folder: Path) -> Path:
    books = folder / "books"
    books.mkdir()
    must(run(*BOOK, "--scale", "0.1", "--out", books / "published.csv"))
    priced = ("--caseload", _made(run, folder, "spring"), "--out", books / "caseload.csv")
    must(run(*BOOK, *priced, "--ledger", books / "ledger.csv", "--seed", "2"))
    return books


def _catalogue() -> str:
    """The indicators as Kent's example has them, of no condition, for this council has no agreement."""
    kents = pl.read_csv(REPOSITORY / "examples" / "kent" / "indicators.csv", infer_schema=False)
    return kents.with_columns(pl.lit("").alias("condition")).write_csv()


def _observations() -> Iterator[str]:
    yield "indicator,period,part,whole,value,unit,state,reason,raw,source,source_line,confidence"
    for name, values in REPORTED.items():
        unit = "percent" if name.endswith("_pct") or "share" in name else "count"
        for month, value in zip(("2024-02", "2024-03", "2024-04"), values, strict=True):
            yield f"{name},{month},,,{value},{unit},reported,,{value},REPORT,1,high"


def must(done) -> None:
    if done.code:
        raise SystemExit(done.err)


def _of_folder(folder: Path) -> Iterator[str]:
    yield "file,column,rows,filled,different,least,most,fingerprint"
    for path in sorted(folder.iterdir()):
        name = re.sub(r"Blade-Export_[\d-]+_", "", path.name)
        if path.suffix == ".csv":
            yield from _of_table(name, pl.read_csv(path, infer_schema=False, encoding="cp1252"))
        elif path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path, read_only=True)
            for sheet in book.worksheets:
                cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
                wide = max(map(len, cells))
                rows = [row + [""] * (wide - len(row)) for row in cells]
                columns = {f"column {place + 1}": [row[place] for row in rows] for place in range(wide)}
                yield from _of_table(f"{name} {sheet.title}", pl.DataFrame(columns))
        elif path.suffix == ".zip":
            with ZipFile(path) as archive:
                said = [(one.filename, one.file_size, str(one.date_time), one.CRC) for one in archive.infolist()]
            yield f"{name},all,{len(said)},,,,,{_print_of(map(str, said))}"
        else:
            lines = path.read_text("utf-8").splitlines()
            yield f"{name},all,{len(lines)},,,,,{_print_of(lines)}"
            if path.suffix == ".txt":
                yield from (f"# {line}" for line in lines)


def _of_table(name: str, table: pl.DataFrame) -> Iterator[str]:
    for column in table.columns:
        held = table[column].fill_null("")
        filled = held.filter(held != "")
        ends = (str(filled.min()), str(filled.max())) if len(filled) else ("", "")
        least, most = (re.sub(r"[,\n\"]", " ", one)[:24] for one in ends)
        counts = f"{len(held)},{len(filled)},{filled.n_unique()}"
        yield f"{name},{column},{counts},{least},{most},{_print_of(held)}"


def _print_of(lines: Sequence[str] | Iterator[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def world_lines(folder: Path) -> Iterator[str]:
    """Two councils of an invented world of two years: their truths, what happened, what is seen of it and published."""
    from highneeds.intake.published import open_pack
    from highneeds.invented.world import invented

    world = invented(open_pack(), years=2, seed=5, only=("201", "302"))
    yield f"begins in January {world.january}, {world.years} years"
    for name, life in world.lives.items():
        yield f"council {name}"
        yield from (f"  truth {one}: {_rounded(value)}" for one, value in vars(life.truth).items())
        yield from (f"  {one} by term: {_sums(counts)}" for one, counts in life.terms.items())
        yield from (f"  {one} by January: {_sums(getattr(life, one))}" for one in ("plans", "needs"))
        yield f"  in all: {[world.total(name, world.january + step) for step in range(world.years + 1)]}"
        for first, last in ((0, 0), (1, 1), (0, 1)):
            yield f"  seen of year {first} to {last}"
            seen = world.seen(name, world.january + first, world.january + last)
            yield from (f"    {one}: {_seen(value)}" for one, value in vars(seen).items())
    yield from _published(world, folder)


def _rounded(value: object) -> str:
    return " ".join(f"{one:.6f}" for one in np.atleast_1d(np.asarray(value)))


def _sums(counts: np.ndarray) -> str:
    """The sum of each term or January, and a fingerprint of all."""
    return f"{[int(one.sum()) for one in counts]} {counts.shape} {_print_of([str(counts.tolist())])}"


def _seen(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.sum():.0f} {value.shape} {_print_of([str(value.tolist())])}"
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _published(world, folder: Path) -> Iterator[str]:
    """What each published table says of the invented years; how many rows of the others stay as they are."""
    for path in sorted(world.write(folder).iterdir()):
        table, before = pl.read_csv(path, infer_schema=False), world.published.table(path.stem).height
        yield f"{path.stem}: {before} rows and {table.height - before} new ones"
        new = table.slice(before).select(name for name in table.columns if table[name].slice(before).null_count() == 0)
        held = new.filter(pl.col("la_number") != "302") if table.height > before else new
        yield from ("  " + ",".join(map(str, row)) for row in [held.columns, *held.rows()] if row)
        if new.height:
            yield f"  with Barnet's: {_print_of(map(str, table.slice(before).rows()))}"


def main() -> None:
    sys.path.insert(0, str(REPOSITORY / "tests"))
    from cli_runner import run

    ON_FILE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for way in EVERY:
            (ON_FILE / f"{way}.csv").write_text(written(run, Path(folder), way), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        (ON_FILE / "world.txt").write_text("\n".join(world_lines(Path(folder))) + "\n", "utf-8")


if __name__ == "__main__":
    main()
