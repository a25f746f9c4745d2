"""What a column is, and short ways to write one.

A name may end in marks, as in the design of the registers: `#` the key, `*` required, `!` personal, `+` public.
`day("planned_on*")` is a required day whose title is "Planned on".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What may stand in a cell."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    POUNDS = "pounds and pence"
    DAY = "date"
    MONTH = "month"
    FINANCIAL_YEAR = "financial year"
    SCHOOL_YEAR = "school year"
    CODE = "code"
    YES_NO = "yes or no"


class Sensitivity(StrEnum):
    """Who may see a column: everybody, the council, or only those who keep the register."""

    PUBLIC = "public"
    COUNCIL = "council"
    PERSONAL = "personal"


@dataclass(frozen=True)
class Column:
    """One column.

    name         in files
    title        on screens
    codes        code -> words, for columns of kind CODE
    unit         the word shown in the head: 'a year'
    sensitivity  public, council or personal
    refers       the register whose key the value must be
    several      the cell may hold several values, separated by spaces
    codes_from   the list of council.toml whose values it takes; free text where the council gives none
    deadline     a day that is itself a due date
    least, most  between which a whole number must lie; both or neither
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    required: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    unit: str = ""
    sensitivity: Sensitivity = Sensitivity.COUNCIL
    refers: str = ""
    several: bool = False
    codes_from: str = ""
    deadline: bool = False
    least: int | None = None
    most: int | None = None

    @property
    def personal(self) -> bool:
        return self.sensitivity is Sensitivity.PERSONAL


_ACRONYMS = frozenset(
    (
        "srp",
        "spi",
        "eotas",
        "pru",
        "ap",
        "fe",
        "dfe",
        "nhs",
        "icb",
        "semh",
        "tupe",
        "la",
        "neet",
        "urn",
        "sla",
        "lsrp",
        "scap",
    )
)
_ALSO = {"gbp": "", "post16": "post-16", "pre16": "pre-16", "ofsted": "Ofsted", "cqc": "CQC", "dsg": "DSG"}


def in_words(name: str) -> str:
    """A name of a file as a person says it: 'planned_on' -> 'Planned on', 'post16' -> 'Post-16', 'srp' -> 'SRP'."""
    parts = [_ALSO.get(part, part.upper() if part in _ACRONYMS else part) for part in name.split("_")]
    text = " ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def code_words(codes: "str | Mapping[str, str]") -> dict[str, str]:
    """'paid|part_paid' -> {'paid': 'Paid', 'part_paid': 'Part paid'}; words that are given stay."""
    return {code: in_words(code) for code in codes.split("|")} if isinstance(codes, str) else dict(codes)


def _column(marked: str, kind: Kind, title: str, more: dict[str, Any]) -> Column:
    name = marked.rstrip("#*!+")
    marks = marked[len(name) :]
    if "!" in marks:
        more.setdefault("sensitivity", Sensitivity.PERSONAL)
    elif "+" in marks:
        more.setdefault("sensitivity", Sensitivity.PUBLIC)
    more.setdefault("required", "#" in marks or "*" in marks)
    return Column(name, title or in_words(re.sub(r"_gbp$", "", name)), kind, **more)


def key(name: str, title: str = "", **more: Any) -> Column:
    """The column whose value is unique and names the row."""
    return _column(f"{name}#", Kind.TEXT, title, more)


def text(name: str, title: str = "", **more: Any) -> Column:
    return _column(name, Kind.TEXT, title, more)


def child() -> Column:
    """The council's own case id of one child; empty in a row that stands for several."""
    return _column("child!", Kind.TEXT, "Child (local case id)", {"help": "Never a name or a UPN"})


def whole(name: str, title: str = "", **more: Any) -> Column:
    return _column(name, Kind.WHOLE, title, more)


def number(name: str, title: str = "", **more: Any) -> Column:
    return _column(name, Kind.NUMBER, title, more)


def pounds(name: str, title: str = "", **more: Any) -> Column:
    return _column(name, Kind.POUNDS, title, more)


def day(name: str, title: str = "", **more: Any) -> Column:
    return _column(name, Kind.DAY, title, more)


def deadline(name: str, title: str = "", **more: Any) -> Column:
    """A day that is itself a due date: it stands in the calendar."""
    return _column(name, Kind.DAY, title, {"deadline": True, **more})


def month(name: str, title: str = "", **more: Any) -> Column:
    return _column(name, Kind.MONTH, title, more)


def year(name: str, title: str = "", **more: Any) -> Column:
    return _column(name, Kind.FINANCIAL_YEAR, title, more)


def school_year(name: str, title: str = "", **more: Any) -> Column:
    return _column(name, Kind.SCHOOL_YEAR, title, more)


def yes_no(name: str, title: str = "", **more: Any) -> Column:
    return _column(name, Kind.YES_NO, title, more)


def code(name: str, codes: "str | Mapping[str, str]", title: str = "", **more: Any) -> Column:
    return _column(name, Kind.CODE, title, {"codes": code_words(codes), **more})


def refers(name: str, register: str, title: str = "", **more: Any) -> Column:
    """The key of a row of another register."""
    return _column(name, Kind.TEXT, title, {"refers": register, **more})


KNOWN_ON = "known_on"
COMMON = (
    whole("count", "Stands for", help="How many alike things the row stands for; empty is 1"),
    day("counted_on", "Counted on", help="The day of the count, from which the row is known"),
    text("figures", "Figures it rests on", help="Ids of facts, separated by spaces"),
    text("owner_role", "Owner (role)", help="A role, never a name"),
    text("notes", "Notes"),
    text("source", "Source", help="Document and line"),
    day(KNOWN_ON, "Known on", help="When the row became known, where that is later; as known before, it is not there"),
)
"""Columns at the end of every register; casework has no notes, for it has no free text."""


def with_common(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of a register, followed by the common ones that it lacks."""
    own = {column.name for column in columns}
    casework = any(column.personal for column in columns)
    return columns + tuple(
        column for column in COMMON if column.name not in own and not (casework and column.name == "notes")
    )
