"""A command line of each command as it is meant, over small files: the odd ones are made of it."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import docx

from highneeds.intake.ledger.commitments import COLUMNS
from highneeds.invented.caseload.forms import write_blade
from sen2_tables import tables

EXPORT = "Doc,Child,Year,Per,Cost centre,Net\nD1,C1,2024-25,1,7001,5\n"
MAPPING = """name: Main ledger
columns: {year: Year, period: Per, code: Cost centre, amount: Net, reference: Doc, child: Child}
lines: {"7001": 1.2.1}
"""
MONTHS = ("Apr-24", "May-24", "Jun-24", "Jul-24", "Aug-24", "Sep-24")
SMALL_FILES = {
    "export.csv": EXPORT,
    "mapping.yaml": MAPPING,
    "commitments.csv": ",".join(COLUMNS) + "\n",
    "children.csv": "child,from_day,to_day\n",
    "plan.csv": "line,volume,price\ntop-ups,10,100\n",
    "dashboard.csv": "Measure,Apr-24,May-24\nPlans in force,18000,18100\n",
    "finance.csv": "Line,2023-24,2024-25\n1.2.3 Top-up funding,1,2\n",
    "pages.txt": "\t".join(("Agreement Condition 1: Early help", "Data Source", *MONTHS))
    + "\n"
    + "\t".join(("Number of plans", "MI", "18,000", "18,100", "18,150", "18,200", "18,300", "18,400"))
    + "\n",
}
ELSEWHERE = frozenset(
    {("serve",), ("backup",), ("office", "export"), ("office", "import"), ("office", "init")}
    | {("office", "person", "add"), ("office", "token"), ("restore",), ("audit", "verify")}
)
"""Commands that hand over to another process."""


def usual_lines(folder: Path, kent: Path, long: bool = False) -> Mapping[tuple[str, ...], Sequence[str]]:
    """What each command is given when all is well. long: also of the commands that take seconds."""
    workspace = _written(folder, kent)
    return {**_quick(folder, workspace), **(_slow(folder, workspace) if long else {})}


def _written(folder: Path, kent: Path) -> str:
    for name, text in SMALL_FILES.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "return").mkdir()
    edited = docx.Document()
    edited.add_paragraph("Condition 1: Early help", style="Heading 2")
    edited.add_paragraph("Plans rose.")
    edited.save(str(folder / "edited.docx"))
    write_blade(dict(tables(6)), 2025, folder / "return", date(2025, 2, 1))
    left = shutil.ignore_patterns("caseload", "invented", "forecasts", "drafts", "record.jsonl")
    shutil.copytree(kent, folder / "kent", ignore=left)
    shutil.copyfile(folder / "kent" / "registers" / "risks.csv", folder / "risks.csv")
    return str(folder / "kent")


def _quick(folder: Path, workspace: str) -> dict[tuple[str, ...], Sequence[str]]:
    at = {path.name: str(path) for path in folder.iterdir()}
    ledger = (at["export.csv"], "--mapping", at["mapping.yaml"])
    joined = ("--workspace", workspace, "--by", "Finance partner")
    books = (at["commitments.csv"], "--children", at["children.csv"], "--ledger", *ledger, "--as-at", "2025-01-31")
    register = ("--register", "risks")
    return {
        ("account",): (workspace,),
        ("benchmark",): ("--council", "886"),
        ("bridge",): (at["plan.csv"], at["plan.csv"]),
        ("calendar",): (workspace,),
        ("caseload", "accept"): (at["return"], *joined),
        ("caseload", "check"): (at["return"],),
        ("caseload", "corrections"): (at["return"], "--workspace", workspace),
        ("commitments", "match"): books,
        ("commitments", "report"): (at["commitments.csv"], "--year", "2024-25"),
        ("dashboard", "check"): (at["pages.txt"], "--workspace", workspace),
        ("dashboard", "import"): (at["dashboard.csv"], *joined[:2]),
        ("forecast", "levers"): (),
        ("forecast", "vintages"): (workspace,),
        ("indicators",): (workspace,),
        ("ledger", "accept"): (*ledger, *joined),
        ("ledger", "check"): ledger,
        ("new",): (str(folder / "new"), "--council", "886"),
        ("register", "accept"): (
            at["risks.csv"],
            *register,
            *("--workspace", workspace, "--by", "programme_manager", "--why", "Agreed"),
        ),
        ("register", "check"): (at["risks.csv"], *register),
        ("register", "history"): (workspace, *register),
        ("register", "list"): (),
        ("register", "measures"): (workspace, *register),
        ("register", "template"): ("risks",),
    }


def _slow(folder: Path, workspace: str) -> dict[tuple[str, ...], Sequence[str]]:
    other = folder / "other"
    quick = ("--draws", "50")
    return {
        ("backtest",): ("--origins", "2024", "--horizons", "1"),
        ("check",): (workspace,),
        ("claims",): (workspace,),
        ("claims", "suggest"): (workspace,),
        ("commitments", "invent"): (
            "--council",
            "886",
            "--year",
            "2024-25",
            "--out",
            str(folder / "book.csv"),
            "--scale",
            "0.01",
        ),
        ("finance", "import"): (str(folder / "finance.csv"), "--workspace", workspace),
        ("forecast",): (workspace, *quick),
        ("forecast", "compare"): (workspace, *quick),
        ("forecast", "delay"): (workspace, *quick),
        ("forecast", "explain"): (workspace, *quick),
        ("forecast", "goal"): (workspace, "--year", "2027-28", *quick),
        ("narrative",): (workspace, str(folder / "edited.docx")),
        ("next-report",): (workspace, "--slot", "July"),
        ("portfolio",): (workspace,),
        ("report",): (workspace, "--out", str(other / "report"), "--kind", "board"),
        ("run",): (workspace, "--out", str(other / "run")),
        ("synthesise",): (
            "--council",
            "886",
            "--as-at",
            "2024-01-18",
            "--out",
            str(other / "return"),
            "--scale",
            "0.01",
        ),
    }
