"""How a council's ledger is read: which column is what, which code is which s251 line. Data, not program."""

from collections.abc import Mapping
from dataclasses import dataclass

from highneeds.intake.yamlfile import Located, read_yaml
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.s251 import CODES

NEEDED = ("code", "amount", "period")
KNOWN = (*NEEDED, "year", "reference", "supplier", "child", "commitment")
SIGNS = ("spend_positive", "spend_negative")


@dataclass(frozen=True)
class LedgerMapping:
    """name     of the ledger: a later export of the same name replaces the earlier one of that year
    columns  our name -> the export's
    lines    the council's code -> s251 line; '' for a code that is no high needs spend
    sign     whether spend is written positive
    year     the financial year of the whole export, where it has no column for it
    sheet    of a workbook
    la_number         of the council whose ledger it is; '' where the mapping does not say it
    closing_periods   periods after March that close the year, such as 13: they count in P12
    """

    name: str
    columns: Mapping[str, str]
    lines: Mapping[str, str]
    sign: str
    year: str
    sheet: str
    file: str
    closing_periods: tuple[str, ...] = ()
    la_number: str = ""


@dataclass(frozen=True)
class Control:
    """What the ledger itself says the export must add up to."""

    rows: int | None = None
    total: int | None = None


def read_mapping(path: Place) -> LedgerMapping:
    """Read a mapping. A line that is no s251 line, or a column it does not know, is refused."""
    raw = read_yaml(path, path.name)
    raw.check_keys(
        ("name", "columns", "lines"), ("sign", "year", "sheet", "not_high_needs", "closing_periods", "la_number")
    )
    columns = raw.mapping("columns")
    columns.check_keys(NEEDED, KNOWN)
    if "year" not in columns and not raw.text("year"):
        raise InputError(
            "The mapping says neither which column is the year nor which year it is",
            where=raw.where(),
            remedy="Add columns: year, or year: 2024-25",
        )
    sign = raw.text("sign") or SIGNS[0]
    if sign not in SIGNS:
        raise InputError(f"'{sign}' is no sign", where=raw.where("sign"), remedy=f"Use one of {', '.join(SIGNS)}")
    lines = _lines(raw.mapping("lines")) | dict.fromkeys(raw.texts("not_high_needs"), "")
    names = {key: columns.text(key) for key in columns}
    closing, council = raw.texts("closing_periods"), raw.text("la_number")
    about = (raw.text("name"), names, lines, sign, raw.text("year"), raw.text("sheet"), path.name)
    return LedgerMapping(*about, closing, council)


def _lines(raw: Located) -> dict[str, str]:
    for code in raw:
        if raw.text(code) not in CODES:
            raise InputError(
                f"'{raw.text(code)}' is no s251 high needs line",
                where=raw.where(code),
                remedy="Use one such as 1.2.3, or list the code under not_high_needs",
            )
    return {code: raw.text(code) for code in raw}
