"""council.toml: who the council is, when it reports, and its local definitions."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from highneeds.intake.text import read_text
from highneeds.intake.yamlfile import as_day
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.printable import printable_values
from highneeds.vocabulary.programme import Programme
from highneeds.vocabulary.source import Source

FILE = "council.toml"
_FORMS = frozenset(
    (
        "council", "county", "city", "borough", "metropolitan", "district", "unitary", "authority", "royal",
        "of", "the", "and", "corporation",
    )
)  # fmt: skip
"""Words of a council's style that one document writes and another leaves out."""
LONGEST_NAME = 100
"""The name is part of file names, which hold 255 bytes; the longest name of an English council has 45 letters."""
REQUIRED = ("name", "la_number", "first_year", "last_year", "slots")
OPTIONAL = (
    "short_name",
    "region",
    "neighbours",
    "programme",
    "rollover_month",
    "synthetic",
    "report",
    "definitions",
    "roles",
    "registers",
)
REPORT_KEYS = ("number", "id", "submitted", "slot", "current_year")
DEFINITIONS = ("resourced_provision_is_mainstream", "overdue_basis", "twenty_weeks_days", "six_weeks_days")


@dataclass(frozen=True)
class ReportSlot:
    """The monitoring report being written.

    id            names its folder under programme/, such as 2025-04
    current_year  the financial year that 'this year' means in it
    """

    number: int
    id: str
    submitted: date
    slot: str
    current_year: FinancialYear


@dataclass(frozen=True)
class CouncilFile:
    """name and LA number, the years of the plan, the reporting slots of a year, and local definitions.

    programme            what was agreed; NONE where council.toml names none
    programme_is_given   False where council.toml leaves it to agreement.yaml
    region, neighbours   as the council writes them; '' and () where it leaves them to the published statistics
    """

    name: str
    short_name: str
    la_number: str
    first_year: FinancialYear
    last_year: FinancialYear
    slots: tuple[str, ...]
    rollover_month: int
    synthetic: bool
    report: ReportSlot
    definitions: dict[str, Any] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    registers: dict[str, Any] = field(default_factory=dict)
    programme: Programme = Programme.NONE
    programme_is_given: bool = False
    region: str = ""
    neighbours: tuple[str, ...] = ()


def _text_and_values(folder: Place) -> tuple[str, dict[str, Any]]:
    """council.toml as it stands and as it is read."""
    if not (folder / FILE).is_file():
        raise InputError(
            "The folder says nowhere whose workspace it is",
            where=FILE,
            remedy="Write council.toml with name and la_number, or make a workspace with highneeds new",
        )
    text = read_text(folder / FILE, FILE)
    try:
        return text, printable_values(tomllib.loads(text))
    except (ValueError, RecursionError) as problem:
        line = re.search(r"at line (\d+)", str(problem))
        raise InputError(
            f"This is not readable as TOML ({problem})",
            where=Source(FILE, int(line[1]) if line else None),
            remedy="Put text in double quotes",
        ) from problem


def read_council(folder: Place) -> CouncilFile:
    text, raw = _text_and_values(folder)
    _check_keys(raw, text, REQUIRED, OPTIONAL)
    definitions = _part(raw, "definitions", text)
    _check_keys(definitions, text, (), DEFINITIONS)
    _check_definitions(definitions, text)
    slots = _slots(raw["slots"], text)
    first, last = (FinancialYear.parse(str(raw[key]), _place(text, key)) for key in ("first_year", "last_year"))
    in_order(first, last, _place(text, "last_year"))
    name = _words(raw["name"], "name", text)
    return CouncilFile(
        name=name,
        short_name=_words(raw.get("short_name", name), "short_name", text),
        la_number=_la_number(str(raw["la_number"]), text),
        first_year=first,
        last_year=last,
        slots=slots,
        rollover_month=_rollover(raw.get("rollover_month", 9), text),
        synthetic=_yes_or_no(raw, "synthetic", text),
        report=_report(_part(raw, "report", text), text, slots),
        definitions=definitions,
        roles={key: str(value) for key, value in _part(raw, "roles", text).items()},
        registers=_part(raw, "registers", text),
        programme=_programme(raw, text),
        programme_is_given="programme" in raw,
        region=_words(raw["region"], "region", text) if raw.get("region") else "",
        neighbours=_neighbours(raw.get("neighbours", []), text),
    )


def one_name(name: str) -> str:
    """A council's name without the words that come and go: 'Bristol, City of' and 'Bristol City Council' are one."""
    words = re.findall(r"[a-z']+", name.lower().replace("london borough", "borough"))
    return " ".join(sorted(word for word in words if word not in _FORMS) or words)


def _programme(raw: dict[str, Any], text: str) -> Programme:
    found = Programme.parse(str(raw.get("programme", "")))
    if found is None:
        raise InputError(
            f"'{raw['programme']}' is no programme",
            where=_place(text, "programme"),
            remedy=f"Write one of {', '.join(Programme)}",
        )
    return found


def _neighbours(value: Any, text: str) -> tuple[str, ...]:
    """Statistical neighbours as LA numbers, which may carry their names after them: "868 Windsor and Maidenhead"."""
    fits = isinstance(value, list) and all(isinstance(one, str) and re.match(r"\d{3}\b", one.strip()) for one in value)
    if not fits:
        raise InputError(
            "'neighbours' must be a list of LA numbers",
            where=_place(text, "neighbours"),
            remedy='Write it as ["868", "869"]',
        )
    return tuple(one.strip()[:3] for one in value)


def in_order(first: FinancialYear, last: FinancialYear, where: Source) -> None:
    if last < first:
        raise InputError(
            f"The last year of the agreement, {last}, is before its first, {first}",
            where=where,
            remedy="Correct one of the two",
        )


def _words(value: Any, key: str, text: str) -> str:
    """A name for readers: some words on one line."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise InputError(
            f"'{key}' holds no name", where=_place(text, key), remedy='Write it as "Example County Council"'
        )
    if len(value.strip()) > LONGEST_NAME:
        raise InputError(
            f"'{key}' has {len(value.strip())} letters; a name of up to {LONGEST_NAME} can be a file's and a page's",
            where=_place(text, key),
            remedy="Write the name as it stands on a letter's head",
        )
    return value.strip()


def _slots(value: Any, text: str) -> tuple[str, ...]:
    fits = isinstance(value, list) and value and all(isinstance(slot, str) and slot.strip() for slot in value)
    if not fits or len(set(value)) < len(value):
        raise InputError(
            "'slots' must be a list of different names",
            where=_place(text, "slots"),
            remedy='Write it as ["April", "July", "December"]',
        )
    return tuple(value)


def _yes_or_no(raw: dict[str, Any], key: str, text: str) -> bool:
    value = raw.get(key, False)
    if not isinstance(value, bool):
        raise InputError(
            f"'{key}' is neither true nor false", where=_place(text, key), remedy="Write true or false, without quotes"
        )
    return value


def _check_definitions(definitions: dict[str, Any], text: str) -> None:
    """Days are whole numbers above nought; the one yes-or-no is a TOML boolean."""
    _yes_or_no(definitions, "resourced_provision_is_mainstream", text)
    for key in ("twenty_weeks_days", "six_weeks_days"):
        days = definitions.get(key, 1)
        if not isinstance(days, int) or isinstance(days, bool) or days < 1:
            raise InputError(f"'{days}' is no number of days", where=_place(text, key), remedy="Write digits only")


def _report(raw: dict[str, Any], text: str, slots: tuple[str, ...]) -> ReportSlot:
    _check_keys(raw, text, REPORT_KEYS, ())
    if raw["slot"] not in slots:
        raise InputError(
            f"'{raw['slot']}' is not one of the slots",
            where=_place(text, "slot"),
            remedy=f"Use one of {', '.join(slots)}",
        )
    if not isinstance(raw["number"], int) or isinstance(raw["number"], bool) or raw["number"] < 1:
        raise InputError(
            f"'{raw['number']}' stands where a number belongs", where=_place(text, "number"), remedy="Write digits only"
        )
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", str(raw["id"])):
        raise InputError(
            f"'{raw['id']}' cannot name a folder of programme/",
            where=_place(text, "id"),
            remedy="Use letters, digits and hyphens, such as 2025-04",
        )
    return ReportSlot(
        number=raw["number"],
        id=str(raw["id"]),
        submitted=as_day(str(raw["submitted"]), _place(text, "submitted")),
        slot=str(raw["slot"]),
        current_year=FinancialYear.parse(str(raw["current_year"]), _place(text, "current_year")),
    )


def _part(raw: dict[str, Any], key: str, text: str) -> dict[str, Any]:
    value = raw.get(key, {})
    if not isinstance(value, dict):
        raise InputError(f"'{key}' must be a section", where=_place(text, key), remedy=f"Write [{key}] on its own line")
    return value


def _la_number(value: str, text: str) -> str:
    if not re.fullmatch(r"\d{3}", value):
        raise InputError(
            f"'{value}' is not an LA number", where=_place(text, "la_number"), remedy="Write its three digits in quotes"
        )
    return value


def _rollover(value: Any, text: str) -> int:
    if value not in (8, 9):
        raise InputError(
            f"'{value}' is no month of roll-over", where=_place(text, "rollover_month"), remedy="Write 8 or 9"
        )
    return int(value)


def _check_keys(raw: dict[str, Any], text: str, required: tuple[str, ...], optional: tuple[str, ...]) -> None:
    for key in raw:
        if key not in (*required, *optional):
            known = ", ".join(sorted((*required, *optional)))
            raise InputError(f"The key '{key}' is not known", where=_place(text, key), remedy=f"Known keys are {known}")
    for key in required:
        if key not in raw:
            raise InputError(
                f"The key '{key}' is missing", where=FILE, remedy="Add it, as highneeds new writes it", lacks=(key,)
            )


def _place(text: str, key: str) -> Source:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*\[?{re.escape(key)}\b", line):
            return Source(FILE, number)
    return Source(FILE)
