"""The sheet that goes to caseworkers, row by row: what stands there, what is asked, what was answered before."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.checks.sen2.answered import ANSWERED, STILL, UNREADABLE, is_answered, with_answers
from highneeds.checks.sen2.corrections_sheet import IN_THE_SYSTEM, corrections_sheet
from highneeds.intake.sen2.corrections import Correction
from highneeds.intake.sen2.rows import Return, from_people
from people_by_hand import child, placed

NEW = ("", "", "", "")


def return_(*unreadable: tuple[str, int | None, int, str, str, str]) -> Return:
    """Two children with a plan; the first one's request is historic and its plan began on 1 September 2023."""
    made = from_people([child(placed("SpMdA")), child(placed("RP"))], reference_date=date(2025, 1, 31))
    cells = pl.DataFrame(list(unreadable), schema=made.unreadable.schema, orient="row")
    requests = made.requests.with_columns(pl.Series("tribunal", [True, False]))
    return replace(made, unreadable=cells, requests=requests, mark="0123456789ab")


def finding(rule, severity, record, module, key, field, line=2) -> Finding:
    row = None if module is None else (module, key)
    return Finding(rule, severity, f"{module}.csv", line, record, field, f"wrong {rule}", f"Right {rule}.", row)


def sheet(*findings, kept=(), cases=None, of=None):
    found = Findings((RuleResult("X", Outcome.FOUND, findings),))
    return corrections_sheet(found, of or return_(), cases or {}, kept)


def row(place, record, case, rule, severity, where, item, now, wrong, to_do):
    return ("2025-01-31 0123456789ab", place, record, case, rule, severity, where, item, now, wrong, to_do, *NEW)


def test_each_finding_about_a_row_is_a_row_the_gravest_first_then_by_record_and_rule():
    table = sheet(
        finding("PLN-2", Severity.NOTE, "2", "named_plans", 1, "startdate"),
        finding("PLN-9", Severity.QUERY, "10", "named_plans", 0, "startdate", line=None),
        finding("REQ-1", Severity.QUERY, "9", "requests", 0, "requesttribunal"),
        finding("REQ-0", Severity.QUERY, "9", "requests", 1, "requesttribunal", line=3),
        finding("PER-1", Severity.MUST_FIX, "9", "persons", 1, "personbirthdate"),
        finding("PLN-3", Severity.QUERY, "9", "named_plans", 1, "ceasedate"),
        finding("PLN-4", Severity.QUERY, "9", "named_plans", 7, "startdate"),
        finding("RET-1", Severity.MUST_FIX, "", None, 0, ""),
        cases={"9": "case 77"},
    )
    assert table.title == "Corrections"
    assert table.columns == (
        *("return", "row", "record", "case", "rule", "severity", "where", "item", "now", "what is wrong", "what to do"),
        *("right value", "other item", "its right value", "right as it is"),
    )
    elsewhere = f"Right PER-1. {IN_THE_SYSTEM}"

    def told(place, record, rule, severity, where, item, now, to_do=""):
        case = "case 77" if record == "9" else ""
        return row(place, record, case, rule, severity, where, item, now, f"wrong {rule}", to_do or f"Right {rule}.")

    plans, begins = "named_plans.csv line 2", "2023-09-01"
    assert table.rows == (
        told("person 2", "9", "PER-1", "must_fix", "persons.csv line 2", "personbirthdate", "", elsewhere),
        told("namedplan 2", "9", "PLN-3", "query", plans, "ceasedate", ""),
        told("namedplan 8", "9", "PLN-4", "query", plans, "startdate", ""),
        told("requests 2", "9", "REQ-0", "query", "requests.csv line 3", "requesttribunal", "0"),
        told("requests 1", "9", "REQ-1", "query", "requests.csv line 2", "requesttribunal", "1"),
        told("namedplan 1", "10", "PLN-9", "query", "named_plans.csv", "startdate", begins),
        told("namedplan 2", "2", "PLN-2", "note", plans, "startdate", begins),
    )


def test_a_cell_that_could_not_be_read_is_asked_for_by_itself():
    of = return_(
        ("named_plans", 1, 3, "start_date", "99/99", "no such day"),
        ("named_plans", None, 4, "start_date", "x", "no row"),
        ("persons", 0, 2, "birth_date", "99/99", "no such day"),
    )
    expected = row(
        "namedplan 2", "2", "", "unreadable", "must_fix", "named_plans line 3", "startdate", "of the form 99/99",
        "The cell could not be read: no such day", "Write what is right.",
    )  # fmt: skip
    assert sheet(of=of).rows == (expected,)
    orphan = replace(of, named_plans=of.named_plans.with_columns(person=pl.lit(None, pl.UInt32)))
    assert [one[2] for one in sheet(of=orphan).rows] == [str(orphan.named_plans["reference"][1])]


def stands(rule, item="startdate", row=1, right=True):
    return Correction("named_plans", row, "2", item, "" if right else "2024-01-01", right, rule)


@pytest.mark.parametrize(
    ("kept", "item", "rule", "answered"),
    [
        (stands("PLN-2"), "startdate", "PLN-2", True),
        (stands(""), "startdate", "PLN-2", True),
        (stands("PLN-3"), "startdate", "PLN-2", False),
        (stands("PLN-3"), "startdate", UNREADABLE, True),
        (stands("PLN-2", right=False), "startdate", "PLN-2", False),
        (stands("PLN-2", row=0), "startdate", "PLN-2", False),
        (stands("PLN-2", item="ceasedate"), "startdate", "PLN-2", False),
        (stands("PLN-2"), "StartDate", "PLN-2", True),
        (stands("PLN-2", item=""), "no item", "PLN-2", True),
    ],
)
def test_what_was_called_right_is_answered_for_its_cell_and_rule(kept, item, rule, answered):
    assert is_answered(("named_plans", 1), item, rule, [kept]) is answered


def test_an_answered_query_is_a_note_and_what_must_be_fixed_stays():
    query, must = (
        finding("PLN-2", severity, "2", "named_plans", 1, "startdate")
        for severity in (Severity.QUERY, Severity.MUST_FIX)
    )
    other = finding("PLN-2", Severity.QUERY, "1", "named_plans", 0, "startdate")
    whole = finding("PLN-2", Severity.QUERY, "", None, 0, "startdate")
    found = Findings((RuleResult("PLN-2", Outcome.FOUND, (query, must, other, whole), looked_at=2),))
    assert with_answers(found, [stands("PLN-2", right=False)]) is found
    said = with_answers(found, [stands("PLN-2")])
    assert said.results == (
        replace(
            found.results[0],
            findings=(
                replace(query, severity=Severity.NOTE, message=f"wrong PLN-2: {ANSWERED}"),
                replace(must, message=f"wrong PLN-2: {STILL}"),
                other,
                whole,
            ),
        ),
    )
    rows = sheet(query, must, other, kept=[stands("PLN-2")]).rows
    assert [(one[1], one[5]) for one in rows] == [("namedplan 2", "must_fix"), ("namedplan 1", "query")]
