"""What the worker can be asked to do: which command of the engine, on which files, and what becomes of the outcome.

A kind is one entry of KINDS; its button, its check of who may ask for it, its form and its work come from it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from highneeds.office.evidence.bridge import InputError
from highneeds.office.people.roles import Permission


class JobOutcome(Enum):
    """What becomes of what the command wrote."""

    RUN = "a set of documents and pages"
    DOCUMENTS = "what it changed in the workspace becomes the council's documents"
    FINDINGS = "a list of findings"
    LISTING = "a list to read; nothing changes"


@dataclass(frozen=True)
class AskedFor:
    """Something that is typed when the work is asked for. pattern: what it must look like, whole."""

    name: str
    label: str
    hint: str
    pattern: str
    optional: bool = False


@dataclass(frozen=True)
class JobKind:
    """One kind of work.

    command  its words, where {workspace}, {uploads}, {out}, {listing}, {by}, {key}, {mapping}, {slot} and what `asks`
             names are filled in; a word that needs something typed that was left empty goes, with the option before it.
             What it writes to {listing} is shown as a list. {by} is a role: no document of a council holds a name
    upload   the kind of upload that it works on, '' for none
    keeps    the document that the upload becomes, once the command took it; '' where the command writes itself
    partly   rows that cannot be used are listed, and the others are kept all the same
    of       the page that offers it: 'upload' for the upload's own
    """

    words: str
    command: tuple[str, ...]
    outcome: JobOutcome
    permission: Permission
    upload: str = ""
    keeps: str = ""
    asks: tuple[AskedFor, ...] = ()
    partly: bool = False
    of: str = "upload"


TABLE = ("--format", "csv", "--out", "{listing}")
INTO = ("--workspace", "{workspace}", "--by", "{by}")
LEDGER_MAPPING = "sources/ledger-mapping.yaml"
YEAR = AskedFor("year", "Financial year", "For example 2025-26", r"20\d\d-\d\d")
CONTROL = (
    AskedFor("rows", "Rows, as the ledger counts them", "You may leave it empty", r"\d{1,9}", optional=True),
    AskedFor("total", "Sum in pounds, as the ledger has it", "You may leave it empty", r"-?[\d,]+(\.\d\d)?", True),
)
DESPITE = AskedFor(
    "despite",
    "Why it is accepted although something must be fixed",
    "You may leave it empty: then a return in which something must be fixed is refused",
    r"(?s).{3,500}",
    optional=True,
)
CONTROLLED = ("--control-rows", "{rows}", "--control-total", "{total}")

KINDS = {
    "run": JobKind(
        "Work everything out",
        ("run", "{workspace}", "--out", "{out}"),
        JobOutcome.RUN,
        Permission.LOAD_DATA,
        of="data",
    ),
    "check-return": JobKind(
        "Check a SEN2 return",
        ("caseload", "check", "{uploads}", "--workspace", "{workspace}", "--key", "{key}", *TABLE),
        JobOutcome.FINDINGS,
        Permission.LOAD_DATA,
        upload="return",
    ),
    "accept-return": JobKind(
        "Accept a SEN2 return",
        ("caseload", "accept", "{uploads}", *INTO, "--key", "{key}"),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        upload="return",
        asks=(DESPITE,),
    ),
    "corrections-sheet": JobKind(
        "Make a corrections sheet of a SEN2 return",
        ("caseload", "corrections", "{uploads}", "--workspace", "{workspace}", "--key", "{key}", *TABLE),
        JobOutcome.LISTING,
        Permission.LOAD_DATA,
        upload="return",
    ),
    "keep-corrections": JobKind(
        "Keep a filled corrections sheet",
        ("caseload", "corrections", "--filled", "{uploads}", *INTO, *TABLE),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        upload="corrections",
        partly=True,
    ),
    "import-dashboard": JobKind(
        "Take in a dashboard spreadsheet",
        ("dashboard", "import", "{uploads}", *INTO, *TABLE),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        upload="dashboard",
    ),
    "import-finance": JobKind(
        "Take in a finance workbook",
        ("finance", "import", "{uploads}", *INTO, *TABLE),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        upload="finance",
    ),
    "check-ledger": JobKind(
        "Check a ledger export",
        ("ledger", "check", "{uploads}", "--mapping", "{mapping}", *CONTROLLED, *TABLE),
        JobOutcome.FINDINGS,
        Permission.LOAD_DATA,
        upload="ledger",
        asks=CONTROL,
    ),
    "accept-ledger": JobKind(
        "Accept a ledger export",
        ("ledger", "accept", "{uploads}", "--mapping", "{mapping}", *INTO, "--key", "{key}", *CONTROLLED),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        upload="ledger",
        asks=CONTROL,
    ),
    "keep-ledger-mapping": JobKind(
        "Keep it as the way our ledger is read",
        (),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        upload="ledger-mapping",
        keeps=LEDGER_MAPPING,
    ),
    "report-commitments": JobKind(
        "Look at a commitment book by period and line",
        ("commitments", "report", "{uploads}", "--workspace", "{workspace}", "--year", "{year}", *TABLE),
        JobOutcome.LISTING,
        Permission.LOAD_DATA,
        upload="commitments",
        asks=(YEAR,),
    ),
    "accept-commitments": JobKind(
        "Accept a commitment book",
        ("commitments", "report", "{uploads}", "--workspace", "{workspace}", "--year", "{year}", *TABLE),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        upload="commitments",
        keeps="finance/commitments.csv",
        asks=(YEAR,),
    ),
    "forecast": JobKind(
        "Make a forecast and keep it",
        ("forecast", "{workspace}", *TABLE),
        JobOutcome.DOCUMENTS,
        Permission.LOAD_DATA,
        of="forecasts",
    ),
    "compare-scenarios": JobKind(
        "Compare the scenarios",
        ("forecast", "compare", "{workspace}", *TABLE),
        JobOutcome.LISTING,
        Permission.LOAD_DATA,
        of="forecasts",
    ),
    "list-vintages": JobKind(
        "List the forecasts that were made",
        ("forecast", "vintages", "{workspace}", "--table", "kept", *TABLE),
        JobOutcome.LISTING,
        Permission.LOAD_DATA,
        of="forecasts",
    ),
    "hold-vintages": JobKind(
        "Hold earlier forecasts against what came",
        ("forecast", "vintages", "{workspace}", "--table", "held", *TABLE),
        JobOutcome.LISTING,
        Permission.LOAD_DATA,
        of="forecasts",
    ),
    "explain-since": JobKind(
        "Say why today’s forecast differs from an earlier one",
        ("forecast", "explain", "{workspace}", "--since", "{since}", *TABLE),
        JobOutcome.LISTING,
        Permission.LOAD_DATA,
        asks=(AskedFor("since", "The earlier forecast", "The short name in the list of forecasts", r"[0-9a-f]{4,64}"),),
        of="forecasts",
    ),
    "next-report": JobKind(
        "Carry the report forward to the next slot",
        ("next-report", "{workspace}", "--slot", "{slot}", "--by", "{by}"),
        JobOutcome.DOCUMENTS,
        Permission.OPEN_SLOT,
        of="slots",
    ),
}

UPLOADS = {
    "return": ("SEN2 return", (".zip", ".xml", ".csv", ".xlsx", ".xlsm")),
    "corrections": ("Filled corrections sheet", (".xlsx", ".csv")),
    "dashboard": ("Dashboard spreadsheet", (".xlsx", ".xls", ".ods", ".csv")),
    "finance": ("Finance workbook", (".xlsx", ".ods", ".csv")),
    "ledger": ("Ledger export", (".csv", ".xlsx")),
    "ledger-mapping": ("How our ledger is read (mapping)", (".yaml", ".yml")),
    "commitments": ("Commitment book", (".csv",)),
}
"""kind of upload -> its words and the file name endings that its readers take"""
OF_REGISTERS = ("Filled register", (".csv", ".xlsx"))
"""The same of any other kind: a register, which is uploaded on its own page."""


def offered(upload: str = "", of: str = "upload") -> list[tuple[str, JobKind]]:
    """The kinds of work that a page offers: those on this kind of upload, or those of another page."""
    return [(name, kind) for name, kind in KINDS.items() if (kind.upload, kind.of) == (upload, of)]


def asked_by(kinds: list[tuple[str, JobKind]]) -> list[AskedFor]:
    """What must be typed for one or another of them, once each."""
    return list(dict.fromkeys(one for _, kind in kinds for one in kind.asks))


class NotAsItShouldBe(InputError):
    """Something typed that does not fit: `field` is its name."""

    def __init__(self, one: AskedFor, typed: str) -> None:
        what = f"'{typed}' does not fit “{one.label}”" if typed else f"Fill in “{one.label}”"
        super().__init__(what, remedy=one.hint)
        self.field = one.name


def typed_in(kind: JobKind, typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed for this kind of work, by name; NotAsItShouldBe for the first that does not fit."""
    found = {}
    for one in kind.asks:
        value = typed.get(one.name, "").strip()
        if not value and one.optional:
            continue
        if not re.fullmatch(one.pattern, value):
            raise NotAsItShouldBe(one, value)
        found[one.name] = value
    return found
