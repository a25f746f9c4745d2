"""`run`, killed at any moment and given any text: there is always a whole output, and no officer's text costs one."""

import csv
import io
import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pikepdf
from lxml import etree, html
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from attack.cases import ONE_SENTENCE, Outcome
from cli_runner import Done, run
from highneeds.office.evidence.results_folder import load
from highneeds.registers.mechanism.column import Kind
from highneeds.registers.registry import registers
from highneeds.report.reports import kinds, reports

PLACES = (0x20, 0x2000, 0x2100, 0x2200, 0x2300, 0x2600, 0x3000, 0x0400, 0x0590, 0x0600, 0x4E00, 0xE000, 0xF000, 0x1F300)
"""Where characters that people paste begin: Latin, punctuation, arrows, symbols, other scripts, private use, emoji."""
SPAN = 0x300
MARK_UP = "hn-attack"
ODD = (
    *(
        "",
        "\u202e",
        "\u200f",
        "\ufeff",
        "\x07",
        "=1+1 ",
        "@1+1",
        "+1+1",
        "\t=1+1",
        '=HYPERLINK("http://a")',
        "<b>&amp;",
    ),
    *("<hn-attack/>", "</w:t><hn-attack/>", "]]><hn-attack/>", "#let x = 1", "#panic()", "\\input{x}", "[c]", "{{7}}"),
)
PROSE = {
    *("title", "short_title", "definition", "note", "notes", "text", "reason", "mitigations", "progress", "source"),
    *("context", "raw", "area_label", "basis", "data_source", "direction_basis", "words", "EstablishmentName"),
} | {
    column.name
    for register in registers().values()
    for column in register.columns
    if column.kind is Kind.TEXT and not column.refers and column.name not in ("child", "urn", "figures")
}
"""Columns in which an officer may write what they like."""
WORDED = re.compile(r"(?P<before>\s*(?:- )?(?:title|short_title|name|section_151|director|chief_executive)(?::| =) )")
"""A line of YAML or TOML with words of the officer's own."""
CUT = 100
"""A longer value of YAML goes on in the next line."""


def any_text(chance: random.Random, length: int = 12) -> str:
    """Characters of every kind but lone surrogates, which no file in UTF-8 can hold; at times very many."""
    length = 10_000 if chance.random() < 0.03 else length
    found = "".join(chr(chance.choice(PLACES) + chance.randrange(SPAN)) for _ in range(length))
    return chance.choice(ODD) + "".join(one for one in found if unicodedata.category(one) != "Cs")


def with_any_text(workspace: Path, chance: random.Random) -> str:
    """Put such a text into one cell of prose, or a line of words of another file; the name of the file."""
    files = [path for path in workspace.rglob("*.csv") if PROSE & set(_header(path))]
    others = [path for path in workspace.rglob("*") if path.suffix in (".md", ".yaml", ".toml")]
    path = chance.choice(sorted([*files, *others]))
    if path.suffix == ".csv":
        header, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
        column = header.index(chance.choice(sorted(PROSE & set(header))))
        if rows and len(row := chance.choice(rows)) == len(header):
            row[column] = any_text(chance)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    else:
        lines = path.read_text("utf-8").split("\n")
        _put_into_a_line(lines, path.suffix, chance)
        path.write_text("\n".join(lines), "utf-8")
    return path.relative_to(workspace).as_posix()


def _put_into_a_line(lines: list[str], suffix: str, chance: random.Random) -> None:
    """At the end of a line of a narrative, or in place of words in quotes or without."""
    if suffix == ".md":
        number = chance.choice([number for number, line in enumerate(lines) if line and not line.startswith("#")])
        lines[number] += f" {any_text(chance)}"
    elif worded := [number for number, line in enumerate(lines) if WORDED.match(line) and len(line) < CUT]:
        number = chance.choice(worded)
        found = WORDED.match(lines[number])
        assert found is not None
        lines[number] = found["before"] + json.dumps(any_text(chance), ensure_ascii=False)


def any_template(folder: Path, chance: random.Random) -> Path:
    """A template of the quarterly return, of which rows, sheets and heads may say anything."""
    book = openpyxl.Workbook()
    cover, sheet = book.active, book.create_sheet("Quarterly Return Template")
    cover.title = "Cover"
    labels = ("Annual reviews overdue", "Plans in mainstream", "Appeals registered", *(any_text(chance) for _ in "123"))
    for row, label in enumerate(labels, start=7):
        cell = sheet.cell(row=row, column=2, value=ILLEGAL_CHARACTERS_RE.sub("", label))
        cell.data_type = "s"  # a label that begins with = is a text
    path = folder / "template.xlsx"
    book.save(path)
    return path


def _copy(example: Path, to: Path) -> Path:
    return Path(shutil.copytree(example, to, ignore=shutil.ignore_patterns("caseload", "forecasts", "record.jsonl")))


def _header(path: Path) -> Sequence[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), [])


KEPT_BESIDE = {".highneeds-forecasts"}
"""What a command keeps beside what it writes, so that it need not be made again."""


def try_texts(folder: Path, example: Path, seed: int, rounds: int, until: float) -> Outcome:
    """A report comes out, and every document of it opens; or one sentence names the file that holds the text."""
    found, chance = Outcome(), random.Random(seed)
    for number in range(rounds):
        if time.monotonic() > until:
            break
        workspace = _copy(example, folder / f"texts-{number}")
        touched = {with_any_text(workspace, chance) for _ in range(8)}
        _text_round(("run", workspace), folder / "texts", touched, found)
        filled = {one.kind for one in reports() if one.fills_template}
        for kind in chance.sample(sorted(kinds()), 3):
            given = ("--template", any_template(folder, chance)) if kind in filled else ()
            _text_round(("report", workspace, "--kind", kind, *given), folder / "texts", touched, found)
        if number % 3 == 0:
            (folder / "texts").mkdir()
            words = ("portfolio", workspace, "--format", "xlsx")
            _text_round(words, folder / "texts", touched, found, "portfolio.xlsx")
        shutil.rmtree(workspace)
    return found


def _text_round(words: Sequence[object], out: Path, touched: set[str], found: Outcome, file: str = "") -> None:
    """A command that writes into the folder `out`, or the file of that name in it."""
    try:
        done = run(*words, "--out", out / file)
    except BaseException as problem:
        found.add("any text", "traceback", f"{sorted(touched)}: {problem!r}"[:600])
        return
    if done.code == ONE_SENTENCE:
        named = any(Path(name).name in done.err for name in touched) or "--template" in done.err
        found.add("any text", "refused", "" if named else f"names none of {sorted(touched)}: {done.err[:300]}")
        left = [path.name for path in out.rglob("*") if not KEPT_BESIDE & set(path.parts)] if out.exists() else []
        found.add("any text", "left nothing", f"{words}: {left[:9]} after {done.err[:300]}" if left else "")
        shutil.rmtree(out, ignore_errors=True)
        return
    found.add("any text", f"ended with {done.code}", "" if done.code in (0, 1) else _said(done))
    for path, problem in broken_files(out):
        found.add("any text", "document broken", f"{path}: {problem}")
    shutil.rmtree(out)


def _said(done: Done) -> str:
    return done.err[-300:]


def broken_files(out: Path) -> Iterator[tuple[str, str]]:
    """(path, what is wrong) of every file of an output that does not open as what it says it is."""
    openers = {".pdf": _pdf, ".html": _html, ".docx": _office_file, ".xlsx": _office_file, ".svg": _xml, ".csv": _csv}
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        try:
            openers.get(path.suffix, Path.read_bytes)(path)
        except Exception as problem:
            yield path.relative_to(out).as_posix(), repr(problem)[:300]


def _pdf(path: Path) -> None:
    with pikepdf.open(path) as paper:
        assert len(paper.pages)


def _html(path: Path) -> None:
    tree = html.parse(path)
    assert not [one for one in tree.iter("script") if one.get("src") is None and "1+1" in (one.text or "")]
    assert not list(tree.iter(MARK_UP)), "mark-up of an officer's text took effect"


def _office_file(path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                tree = etree.fromstring(packed.read(name))
                assert not [one for one in tree.iter() if etree.QName(one).localname == MARK_UP], f"mark-up in {name}"
                formulas = [one.text or "" for one in tree.iter() if etree.QName(one).localname in ("f", "instrText")]
                assert not [text for text in formulas if "1+1" in text or "HYPERLINK" in text], f"formula in {name}"


def _xml(path: Path) -> None:
    etree.parse(path)


def _csv(path: Path) -> None:
    csv.field_size_limit(sys.maxsize)  # a text of an officer may be longer than the library's usual limit
    cells = [cell for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))) for cell in row]
    run_by_excel = [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r")) or "+1+1" in cell[:4]]
    assert not run_by_excel, f"{len(run_by_excel)} cells would be run by Excel: {run_by_excel[0][:60]!r}"


def try_kills(folder: Path, example: Path, seed: int, rounds: int, until: float) -> Outcome:
    """Killed at any moment, the output is whole: that of before or the new one; what was kept is kept."""
    found, chance = Outcome(), random.Random(seed)
    workspace = _copy(example, folder / "killed")
    out = folder / "out of the killed"
    started = time.monotonic()
    _run(workspace, out).wait()
    usual = time.monotonic() - started
    kept = _kept(workspace)
    for number in range(rounds):
        if time.monotonic() > until:
            break
        (workspace / "council.toml").open("a").write(f"# {number}\n")
        process = _run(workspace, out)
        try:
            process.wait(chance.uniform(0, 1.2 * usual))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        ended = "killed" if process.wait() == -signal.SIGKILL else "ended"
        now = _kept(workspace)
        lost = "" if kept <= now else f"round {number}: forecasts that were kept are gone"
        found.add("run killed", ended, lost or _not_whole(out))
        kept = now
    assert _run(workspace, out).wait() == 0
    if left := [path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}")]:
        found.add("run killed", "left behind", str(left))
    return found


def _run(workspace: Path, out: Path) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-m", "highneeds", "run", str(workspace), "--out", str(out)], stdout=quiet, stderr=quiet
    )


def _kept(workspace: Path) -> set[str]:
    path = workspace / "forecasts" / "kept.jsonl"
    return set(path.read_text("utf-8").splitlines()) if path.exists() else set()


def _not_whole(out: Path) -> str:
    try:
        load(out)
    except Exception as problem:
        return repr(problem)[:300]
    return "; ".join(f"{path}: {problem}" for path, problem in broken_files(out))[:600]
