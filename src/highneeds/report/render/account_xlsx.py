"""The account workbook: live formulas that reproduce every total, with the value that was worked out stored
beside each."""

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from highneeds.account.balance.roll import YearPosition
from highneeds.account.stated import of_fact
from highneeds.intake.ledger.years import YearRow
from highneeds.report.document import long_date
from highneeds.report.evidence import Evidence
from highneeds.report.render.xlsx import COVER, FONT, for_paper
from highneeds.report.words import account_workbook as words
from highneeds.report.words.account import driver_name

POUNDS = "£#,##0;[Red]-£#,##0"
HEAD, FIRST = 2, 3


class AccountBook:
    """The workbook being made; `cells` is what stands where, for whoever adds it up again."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence, self.out = evidence, io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
        self.book = Workbook(self.out, options | {"default_format_properties": dict(FONT)})
        council = evidence.workspace.council
        day = council.report.submitted
        self.footer = (council.name, words.TITLE, long_date(day), words.RUN.format(run=evidence.fingerprint[:12]))
        self.book.set_properties({"title": words.TITLE, "created": datetime(day.year, day.month, day.day)})
        self.title, self.bold, self.head, self.words, self.money, self.total = (
            self.book.add_format(FONT | look)
            for look in (
                {"bold": True, "font_size": 16},
                {"bold": True, "text_wrap": True},
                {"bold": True, "text_wrap": True, "bottom": 1, "align": "right"},
                {"text_wrap": True, "valign": "top"},
                {"num_format": POUNDS},
                {"num_format": POUNDS, "bold": True, "top": 1, "bg_color": "#f3f2f1"},
            )
        )

    def sheet(self, name: str, heads: Sequence[str], note: str) -> Worksheet:
        """One table a sheet: title, note, heads; first row and column stay in sight."""
        sheet = self.book.add_worksheet(name)
        for_paper(sheet, self.footer)
        sheet.set_row(0, 22)
        sheet.write_string(0, 0, name, self.title)
        sheet.write_string(1, 0, note)
        for column, head in enumerate(heads):
            sheet.write_string(HEAD, column, head, self.head if column else self.bold)
        sheet.set_column(0, 0, 52)
        sheet.set_column(1, max(1, len(heads) - 1), 17)
        sheet.repeat_rows(HEAD)
        sheet.freeze_panes(FIRST, 1)
        return sheet

    def close(self) -> bytes:
        self.book.close()
        return self.out.getvalue()


def render_account(evidence: Evidence) -> bytes:
    """Equal evidence gives equal bytes."""
    made = AccountBook(evidence)
    _notes(made)
    if evidence.account.own is not None:
        _account(made, evidence.account.own.positions, {one.year: one for one in evidence.account.years})
        _spend(made)
    _difference(made)
    _contributions(made)
    return made.close()


def _notes(made: AccountBook) -> None:
    council = made.evidence.workspace.council
    sheet = made.sheet(words.NOTES, (words.TITLE,), words.ONE_TABLE)
    sheet.set_column(0, 0, COVER)
    notes = [council.name, words.RUN.format(run=made.evidence.fingerprint[:12]), words.SIGN, words.ROUGH]
    notes += [words.FOLLOWS, words.KEPT, words.CONTACT.format(council=council.name)]
    notes += [words.NO_ACCOUNT] if made.evidence.account.own is None else []
    for row, text in enumerate(notes, start=FIRST):
        sheet.write_string(row, 0, text, made.words)


def _account(made: AccountBook, positions: Sequence[YearPosition], given: dict[Any, YearRow]) -> None:
    """Years across; every total a formula; the opening of a year is the closing of the one before."""
    names = list(words.ROWS)
    sheet = made.sheet(words.ACCOUNT, (words.SIGN, *(str(one.year) for one in positions)), words.FOLLOWS)
    at = {name: FIRST + place for place, name in enumerate(names)}
    for name, title in words.ROWS.items():
        sheet.write_string(at[name], 0, title)
    for column, one in enumerate(positions, start=1):
        row, side = given.get(one.year), one.actual
        cell = {name: xl_rowcol_to_cell(at[name], column) for name in names}
        if column == 1:
            _value(made, sheet, at["opening"], column, side.opening.pence)
        else:
            before = xl_rowcol_to_cell(at["closing"], column - 1)
            _formula(made, sheet, at["opening"], column, f"={before}", side.opening.pence)
        _value(made, sheet, at["spend"], column, one.spend.pence)
        for name, pence in (
            ("allocation", row.allocation_gbp if row else None),
            ("transfer", row.block_transfer_in_gbp if row else None),
            ("dfe", row.dfe_payment_received_gbp if row else None),
            ("council", row.council_contribution_gbp if row else None),
        ):
            _value(made, sheet, at[name], column, pence)
        sums = {
            "before": (f"={cell['spend']}-{cell['allocation']}-{cell['transfer']}", side.before.pence),
            "after": (f"={cell['before']}-{cell['dfe']}-{cell['council']}", side.after.pence),
            "closing": (f"={cell['opening']}+{cell['after']}", side.closing.pence),
        }
        for name, (formula, pence) in sums.items():
            _formula(made, sheet, at[name], column, formula, pence)


def _spend(made: AccountBook) -> None:
    """The ledger by line and year, with the sum of each year."""
    rows = made.evidence.account.spend
    years = sorted({one.year for one in rows})
    lines = sorted({one.line for one in rows})
    if not lines:
        return
    sheet = made.sheet(words.SPEND, ("Line", *map(str, years)), words.SIGN)
    for place, line in enumerate(lines, start=FIRST):
        sheet.write_string(place, 0, line)
        for column, year in enumerate(years, start=1):
            amounts = [one.amount for one in rows if one.line == line and one.year == year and one.amount is not None]
            _value(made, sheet, place, column, sum(amounts) if amounts else None)
    last = FIRST + len(lines)
    sheet.write_string(last, 0, words.TOGETHER, made.bold)
    for column, year in enumerate(years, start=1):
        ends = xl_rowcol_to_cell(FIRST, column), xl_rowcol_to_cell(last - 1, column)
        whole = sum(one.amount or 0 for one in rows if one.year == year)
        _formula(made, sheet, last, column, f"=SUM({ends[0]}:{ends[1]})", whole)


def _difference(made: AccountBook) -> None:
    """Forecast less target, what the accumulated gap says of the year's start, and the causes."""
    stand, bridge = made.evidence.money.position, made.evidence.account.parts.drivers
    if stand is None:
        return
    year = str(made.evidence.workspace.council.report.current_year)
    sheet = made.sheet(words.DIFFERENCE, ("Step", year), words.ROUGH)
    row = FIRST
    for title, pence in ((words.TARGET, stand.target.pence), (words.FORECAST, stand.forecast.pence)):
        sheet.write_string(row, 0, title)
        _value(made, sheet, row, 1, pence)
        row += 1
    difference = xl_rowcol_to_cell(row, 1)
    sheet.write_string(row, 0, words.DIFFERENCE_ROW, made.bold)
    _formula(made, sheet, row, 1, f"=B{FIRST + 2}-B{FIRST + 1}", stand.variance)
    row += 1
    if stand.gap is not None:
        sheet.write_string(row, 0, words.GAP)
        _value(made, sheet, row, 1, stand.gap.pence)
        sheet.write_string(row + 1, 0, words.LEAD, made.bold)
        _formula(made, sheet, row + 1, 1, f"={difference}-B{row + 1}", stand.implied_lead)
        row += 2
    causes = [one for one in bridge.drivers if one.effect.pence and not one.estimated] if bridge else []
    if causes:
        first = row
        for one in causes:
            sheet.write_string(row, 0, driver_name(one))
            _value(made, sheet, row, 1, one.effect.pence)
            row += 1
        rest = stand.variance - sum(one.effect.pence or 0 for one in causes)
        sheet.write_string(row, 0, words.REST, made.bold)
        _formula(made, sheet, row, 1, f"={difference}-SUM(B{first + 1}:B{row})", rest)


def _contributions(made: AccountBook) -> None:
    workspace = made.evidence.workspace
    roles = (("department_contribution", words.DEPARTMENT), ("council_contribution", words.COUNCIL))
    found = [(title, of_fact(fact).pence) for role, title in roles if (fact := workspace.figure(role)) is not None]
    if not found:
        return
    sheet = made.sheet(words.CONTRIBUTIONS, ("From", words.AGREED), words.OVER_ALL)
    for row, (title, pence) in enumerate(found, start=FIRST):
        sheet.write_string(row, 0, title)
        _value(made, sheet, row, 1, pence)
    last = FIRST + len(found)
    sheet.write_string(last, 0, words.TOGETHER, made.bold)
    _formula(made, sheet, last, 1, f"=SUM(B{FIRST + 1}:B{last})", sum(pence for _, pence in found))


def _value(made: AccountBook, sheet: Worksheet, row: int, column: int, pence: int | None) -> None:
    """A figure that was given; a gap stays empty."""
    if pence is not None:
        sheet.write_number(row, column, float(Decimal(pence) / 100), made.money)


def _formula(made: AccountBook, sheet: Worksheet, row: int, column: int, formula: str, pence: int | None) -> None:
    """A formula with its value stored; where a part is missing there is no total either."""
    if pence is not None:
        sheet.write_formula(row, column, formula, made.total, float(Decimal(pence) / 100))
