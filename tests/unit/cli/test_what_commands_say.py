"""What commands print for a person, line by line, of results made by hand; and what of their options is refused."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import polars as pl
import pytest

from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.cli import _forecasting, forecast
from highneeds.cli._command import Format
from highneeds.cli._forecasting import MOST_THREADS
from highneeds.forecast.goal_seek import Goal, SoughtGoal
from highneeds.intake.ledger.finance_mapping import MappedLine
from highneeds.intake.sen2.rows import MODULES
from highneeds.intake.spreadsheet.aside import Aside
from highneeds.intake.spreadsheet.imported import (
    CellOutcome,
    ImportedCell,
    ImportedDashboard,
    ImportedFinance,
    ImportedSum,
    SumOutcome,
)
from highneeds.intake.workspace.council import ReportSlot
from highneeds.intake.workspace.dashboard_mapping import MappedRow
from highneeds.intake.workspace.next_report import MovedFigure, OpenedReport, RestatedFigure, RestatedSum
from highneeds.report.views.findings import by_rule
from highneeds.report.views.forecasts import ForecastTable
from highneeds.report.words import imports
from highneeds.report.words.forecast import what_it_needs
from highneeds.report.words.next_report import begins_with
from highneeds.report.words.sen2 import as_read, in_short
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit


def finding(rule, severity, line, message="Odd"):
    return Finding(rule, severity, "plans.csv", line, "1", "ceasedate", message, "Look", ("named_plans", 0))


def result(rule, severity, lines):
    return RuleResult(rule, Outcome.FOUND, [finding(rule, severity, line, f"Odd {line}") for line in lines])


FOUND = Findings(
    (
        result("B-01", Severity.QUERY, [None, 7]),
        result("A-01", Severity.MUST_FIX, [2, 3, 4, 5]),
        result("C-01", Severity.MUST_FIX, [1, 2, 3]),
        RuleResult("D-01", Outcome.CLEAR),
        RuleResult("E-01", Outcome.COULD_NOT_CHECK, why="no requests are carried"),
        RuleResult("E-02", Outcome.COULD_NOT_CHECK, why="no requests are carried"),
        RuleResult("E-03", Outcome.COULD_NOT_CHECK, why="no needs are carried"),
    )
)


def test_findings_by_rule_what_must_be_fixed_first():
    table = by_rule(FOUND)
    assert table.columns == ("rule", "severity", "findings", "first message", "where", "fix")
    assert [tuple(row) for row in table.rows] == [
        ("A-01", "must_fix", 4, "Odd 2", "plans.csv line 2; plans.csv line 3; plans.csv line 4 and 1 more", "Look"),
        ("C-01", "must_fix", 3, "Odd 1", "plans.csv line 1; plans.csv line 2; plans.csv line 3", "Look"),
        ("B-01", "query", 2, "Odd None", "plans.csv; plans.csv line 7", "Look"),
    ]


def test_findings_in_short():
    assert in_short(FOUND).splitlines() == [
        "Findings: 7 must fix, 2 query.",
        "Rules: 3 found something, 1 are clear, 3 could not be checked.",
        "Could not check E-01, E-02: no requests are carried.",
        "Could not check E-03: no needs are carried.",
    ]
    assert in_short(Findings()).splitlines()[0] == "Findings: none."


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("csv", "Blade CSV files"),
        ("xml", "an XML return"),
        ("template", "the data entry template"),
        ("workbook", "a pre-submission workbook"),
        ("extract", "an extract by a mapping"),
        ("ssd", "the SEND tables of the Standard Safeguarding Dataset"),
    ],
)
def test_in_which_form_a_return_was_read(form, words):
    notes = [SimpleNamespace(text="a row twice", count=count) for count in (1, 1200)]
    bad = pl.DataFrame({"x": [1, 2]})
    given = dict(form=form, layout="2025", reference_date=date(2025, 1, 16), notes=notes, unreadable=bad)
    heights = dict(zip(MODULES, range(600, 600 + len(MODULES)), strict=True))
    return_ = SimpleNamespace(**given, module=lambda name: SimpleNamespace(height=heights[name]))
    assert as_read(return_).splitlines() == [
        f"Read as {words}, layout 2025, as at 2025-01-16: {sum(heights.values()):,} rows.",
        "  a row twice: once.",
        "  a row twice: 1,200 times.",
        "  Cells that could not be read, listed as findings: 2 times.",
    ]
    assert len(as_read(SimpleNamespace(**{**vars(return_), "unreadable": bad.clear(), "notes": []})).splitlines()) == 1


def summed(outcome, note="", where="S!B2"):
    return ImportedSum(where, "300", "1.2.1", "1.2.1", "2024-25", "", outcome, Decimal(300), note)


def test_what_became_of_a_finance_workbook():
    sums = (summed(SumOutcome.NEW), summed(SumOutcome.RESTATED, "was 200"), summed(SumOutcome.NEW))
    mapping = (MappedLine("1.2.1", "1.2.1"), MappedLine("Fees", ""))
    done = ImportedFinance(sums, (Aside("S!A1", "t" * 81, "a title"),), mapping, ("Other",), ("finance/spend.csv",))
    assert list(imports.finance(done)) == [
        "Read: 2 new, 1 restated",
        "\nRows (finance/mapping.csv keeps this)", "  1.2.1 -> 1.2.1", "  Fees -> left out",
        "\nRows that nobody has mapped yet", "  Other",
        "\nCells with something to know", "  S!B2 '300': restated; was 200",
        "\nNo sums", f"  S!A1 '{'t' * 80}': a title",
        "\nWritten: finance/spend.csv",
    ]  # fmt: skip
    nothing = ImportedFinance((summed(SumOutcome.UNCHANGED),), (), (), (), ())
    assert list(imports.finance(nothing))[::2] == ["Read: 1 unchanged", "\nWritten: nothing, for nothing is new"]


def cell(where, outcome, state="reported", note="", printed="5"):
    return ImportedCell(where, printed, "A", "a", "2025-01", outcome, state, Decimal(5), note)


def test_what_became_of_a_dashboard():
    many = imports.MANY
    cells = (
        cell("S!B2", CellOutcome.NEW),
        cell("S!B3", CellOutcome.NOT_READ, "", "soon is no figure", "soon"),
        cell("S!B4", CellOutcome.NOT_READ, "", "", ""),
        *(cell(f"S!C{line}", CellOutcome.NEW, "suppressed", "printed <5", "<5") for line in range(imports.MANY)),
        *(cell(f"S!D{line}", CellOutcome.NEW, "blank", "empty", "") for line in range(imports.MANY + 1)),
    )
    mapping = (MappedRow("A", "a", "count"), MappedRow("B", "", "percent"))
    asides, sheets = (Aside("S!A1", "D" * 81, "a heading"),), ("Notes", "Old (hidden)")
    done = ImportedDashboard("S", "row 1", mapping, {"B": "bee"}, cells, asides, sheets, ())
    told = list(imports.dashboard(done))
    assert told[:4] == [
        f"Read from sheet S, periods in row 1: {2 * many + 2} new, 2 not read",
        "\nRows (dashboard_mapping.csv keeps this; correct an id there and import again)",
        "  A -> a, count",
        "  B -> left out, percent; may be bee",
    ]
    assert told[4:6] == ["\nCells with something to know", "  S!B3 'soon': not read; soon is no figure"]
    assert told[6 : 6 + many] == [f"  S!C{line} '<5': new, suppressed; printed <5" for line in range(many)]
    assert told[6 + many :] == [
        f"  S!D0 '' and {many} more: new, blank; empty",
        "\nNo rows of figures", f"  S!A1 '{'D' * 80}': a heading",
        "\nSheets that were not read: Notes, Old (hidden)",
        "\nWritten: nothing, for nothing is new",
    ]  # fmt: skip
    plain = ImportedDashboard("", "column 1", (), {}, (cells[0],), (), (), ("a.csv", "b.csv"))
    assert list(imports.dashboard(plain)) == [
        "Read from periods in column 1: 1 new",
        "\nRows (dashboard_mapping.csv keeps this; correct an id there and import again)",
        "\nWritten: a.csv, b.csv",
    ]


def observed(value, period="2025-06", state=State.REPORTED):
    return SimpleNamespace(unit=Unit.COUNT, value=value and Decimal(value), period=period, state=state)


def fact(name, printed, written):
    return SimpleNamespace(id=name, meaning=f"What {name} is", printed=printed, written=written)


def test_what_the_next_report_begins_with():
    old = ReportSlot(7, "2025-04", date(2025, 4, 2), "April", FinancialYear(2024))
    new = ReportSlot(8, "2025-07", date(2025, 7, 10), "July", FinancialYear(2025))
    opened = OpenedReport(
        old, new, ("narrative.md", "levels.csv"),
        (MovedFigure("a", "A", observed("1200", "2025-03"), observed("1300")),
         MovedFigure("b", "B", None, observed("5"))),
        (RestatedFigure("c", "C", observed("7"), observed(None, state=State.SUPPRESSED)),),
        (("d", "Dee", "D"),), (fact("f1", "about £53m", "53000000"), fact("f2", "", "2028-03")),
        (RestatedSum("spend on 1.2.1", FinancialYear(2024), 100_050, None),),
    )  # fmt: skip
    assert list(begins_with(opened)) == [
        "Report 8, July (2025-07), follows report 7 of 2025-04-02.",
        "Carried forward: narrative.md, levels.csv. The old report stays in programme/2025-04/.",
        "\nNewer figures", "  A: 1,300 in 2025-06 (was 1,200 in 2025-03)", "  B: 5 in 2025-06",
        "\nRestated", f"  C, 2025-06: {State.SUPPRESSED.words.lower()}, was 7",
        "\nRestated in the account", "  spend on 1.2.1, 2024-25: not given, was 1000.50 pounds",
        "\nCalled otherwise", "  d: 'D', was 'Dee'",
        "\nPublished since", "  What f1 is: about £53m (f1)", "  What f2 is: 2028-03 (f2)",
    ]  # fmt: skip
    assert list(begins_with(OpenedReport(old, new, (), (), (), (), ())))[1:] == [
        "Carried forward: nothing. The old report stays in programme/2025-04/."
    ]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (Month(2025, 7), "10 July 2025, the last day of the month in which it is due"),
        (Month(2025, 6), "today, 10 July 2025, because the month in which it was due is over"),
        (None, "today, 10 July 2025, because nothing says in which month it is due"),
    ],
)
def test_the_day_that_a_report_was_given_is_said(due, said):
    old = ReportSlot(7, "2025-04", date(2025, 4, 2), "April", FinancialYear(2024))
    new = ReportSlot(8, "2025-07", date(2025, 7, 10), "July", FinancialYear(2025))
    opened = OpenedReport(old, new, (), (), (), (), (), due=due, day_is_given=False)
    assert list(begins_with(opened))[1:3] == [
        f"It is dated {said}. What becomes known later is left out of it.",
        "If it goes on another day, change 'submitted' in council.toml.",
    ]


def test_a_target_is_a_year_and_pounds():
    assert _forecasting.target("2025-26=29,900,000.50") == ("2025-26", 29_900_000.5)
    with pytest.raises(InputError, match="--target"):
        _forecasting.target("soon=5")


@pytest.mark.parametrize(
    ("threads", "allowed"),
    [(-1, False), (0, True), (1, True), (MOST_THREADS, True), (MOST_THREADS + 1, False)],
)
def test_how_many_threads_can_work(threads, allowed):
    said = ""
    try:
        with _forecasting.run_options(threads) as options:
            assert options.threads == threads or (threads == 0 and options.threads >= 1)
    except InputError as refused:
        said = refused.what
    assert (said == "") is allowed and (allowed or said == f"{threads} threads cannot work")


@pytest.mark.parametrize(("workspace", "council"), [(None, None), ("folder", "886")])
def test_one_of_workspace_and_council_is_given(workspace, council):
    with pytest.raises(InputError, match="Give a workspace folder or --council, and not both"):
        _forecasting.council_of(workspace, council)
    assert _forecasting.council_of(None, "886") == "886"


def test_each_note_is_said_once_and_in_order(capsys):
    _forecasting.say(["b", "a", "b"])
    assert capsys.readouterr().err == "b\na\n"


@pytest.mark.parametrize(
    ("wanted", "format", "tested"),
    [
        (ForecastTable.FORECAST, Format.TEXT, True),
        (ForecastTable.FORECAST, Format.CSV, False),
        (ForecastTable.BACKTEST, Format.CSV, True),
        (ForecastTable.ODDS, Format.TEXT, False),
    ],
)
def test_when_the_back_test_stands_beside_a_forecast(wanted, format, tested):
    assert forecast._tested(wanted, format) is tested


def test_what_it_takes_in_words():
    goal = Goal(FinancialYear(2026), 0.8)
    short, begin, duty = what_it_needs(SoughtGoal(goal, (), 1_234_567.8, ("2026-09", "2027-01")))
    assert short == "2026-27 must cost £1,234,568 less for that chance (80%), whatever brings it about"
    assert begin.startswith("the levers begin in 2026-09 and 2027-01; ") and duty.startswith("an equality assessment")
    assert len(list(what_it_needs(SoughtGoal(goal, (), 0.0, ("2026-09",))))) == 2
