"""What the worker can be asked to do: which command of the engine, on which files, and what becomes of the outcome.

A kind is one entry of KINDS; its page, its check of who may ask for it, and its work come from it.
"""

from dataclasses import dataclass
from enum import Enum

from highneeds.office.people.roles import Permission


class JobOutcome(Enum):
    """What becomes of what the command wrote."""

    RUN = "a set of documents and pages"
    DOCUMENTS = "what it changed in the workspace becomes the council's documents"
    FINDINGS = "a list of findings"


@dataclass(frozen=True)
class JobKind:
    """command: its words, where {workspace}, {uploads}, {out}, {listing}, {by}, {key} and {slot} are filled in.

    What it writes to {listing} is shown as a list. {by} is a role: no document of a council holds a person's name.
    """

    words: str
    command: tuple[str, ...]
    outcome: JobOutcome
    permission: Permission
    upload: str = ""


INTO = ("--workspace", "{workspace}", "--by", "{by}", "--format", "csv", "--out", "{listing}")

KINDS = {
    "run": JobKind(
        "Work everything out",
        ("run", "{workspace}", "--out", "{out}"),
        JobOutcome.RUN,
        Permission.LOAD_DATA,
    ),
    "check-return": JobKind(
        "Check a SEN2 return",
        (
            "caseload",
            "check",
            "{uploads}",
            "--workspace",
            "{workspace}",
            "--key",
            "{key}",
            "--format",
            "csv",
            "--out",
            "{listing}",
        ),
        JobOutcome.FINDINGS,
        Permission.LOAD_DATA,
        upload="return",
    ),
    "accept-return": JobKind(
        "Accept a SEN2 return",
        ("caseload", "accept", "{uploads}", "--workspace", "{workspace}", "--by", "{by}", "--key", "{key}"),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        upload="return",
    ),
    "import-dashboard": JobKind(
        "Take in a dashboard spreadsheet",
        ("dashboard", "import", "{uploads}", *INTO),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        upload="dashboard",
    ),
    "import-finance": JobKind(
        "Take in a finance workbook",
        ("finance", "import", "{uploads}", *INTO),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        upload="finance",
    ),
    "next-report": JobKind(
        "Carry the report forward to the next slot",
        ("next-report", "{workspace}", "--slot", "{slot}", "--by", "{by}"),
        JobOutcome.DOCUMENTS,
        Permission.OPEN_SLOT,
    ),
}

UPLOADS = {
    "return": ("SEN2 return", (".zip", ".xml", ".csv", ".xlsx", ".xlsm")),
    "dashboard": ("Dashboard spreadsheet", (".xlsx", ".xls", ".ods", ".csv")),
    "finance": ("Finance workbook", (".xlsx", ".ods", ".csv")),
}
"""kind of upload -> its words and the file name endings that its readers take"""
