"""Every register is complete, proves itself by its example, and is found by everything that is made from it."""

import ast
import importlib
import re
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cli_runner import run
from highneeds.checks.finding import Outcome
from highneeds.evidence import Evidence
from highneeds.forecast.summary import NoForecast
from highneeds.intake.csvfile import parse_csv
from highneeds.registers import definitions, registry
from highneeds.registers.definitions import fee_uplifts
from highneeds.registers.mechanism.measuring import COLUMNS
from highneeds.registers.mechanism.proof import (
    broken_result,
    broken_row,
    expected,
    found_by_example,
    given_by_example,
)
from highneeds.registers.mechanism.register import ROLES
from highneeds.registers.mechanism.workbook import template_workbook, workbook_rows
from highneeds.registers.registry import registers
from highneeds.report.build import build
from highneeds.report.document import DataTable
from highneeds.report.pages.registers import registers_result
from highneeds.report.render.tables import as_csv
from highneeds.report.reports.annexes import registers_annex
from highneeds.report.sections import quality
from highneeds.report.sections.registers import for_review as registers_before_signature
from highneeds.report.sections.registers import section as annex_of_registers
from highneeds.report.sections.registers import with_exceptions
from highneeds.report.words import pages as page_words
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.note import Note

REGISTERS = list(registers().values())
EACH = pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
REPOSITORY = Path(__file__).resolve().parents[2]
HARROWDALE = REPOSITORY / "examples" / "harrowdale"
PAGE = REPOSITORY / "docs" / "how-to" / "add-a-register.md"


@EACH
def test_a_register_says_all_it_has_to(register):
    assert register.title and register.unit and register.source and register.help and register.example
    assert register.systems and register.used and register.headline
    assert set(register.kept_by.split()) <= set(ROLES) and set(register.decides.split()) <= set(ROLES)
    names = list(register.by_name)
    assert register.key in names and len(names) == len(register.columns)
    assert all(column.title for column in register.columns)


@EACH
def test_a_register_is_casework_exactly_when_a_column_is_personal(register):
    assert register.klass in ("public", "council", "casework")
    assert (register.klass == "casework") == register.casework
    assert not (register.casework and "notes" in register.by_name), "casework has no free text"


@EACH
def test_what_a_register_names_exists(register):
    assert register.named_by in {"", *register.by_name} - {register.key}
    known = set(registers())
    assert all(column.refers in known for column in register.columns if column.refers)
    columns = set(register.by_name)
    if register.ladder:
        codes = set(register.by_name[register.ladder.column].codes)
        assert {state.code for state in register.ladder.states} == codes
        assert {name for state in register.ladder.states for name in (*state.days, *state.needs)} <= columns
        for move in register.moves:
            assert {move.before, move.after} <= codes | {"any"} and set(move.needs) <= columns
            assert not move.column or set(move.values) <= set(register.by_name[move.column].codes)
    assert set(register.decided.split()) <= columns and (register.decides or not register.decided)
    for clock in register.clocks:
        starts = set() if callable(clock.start) else {clock.start}
        assert starts | set(clock.stops) | {name for pair in clock.pauses for name in pair} <= columns
    measures = {measure.name for measure in register.measures}
    assert set(re.findall(r"\{(\w+)\}", register.headline)) <= measures | {"year", "as_at"}


@EACH
def test_every_measure_cuts_by_a_column_or_a_part_that_is_there(register):
    for measure in register.measures:
        parts = {part for cut in measure.cuts for part in cut.split("/")}
        assert parts <= set(register.by_name) | set(register.parted), measure.name
        assert {period.column for period in measure.periods} - {""} <= set(register.by_name), measure.name
        assert measure.formula and measure.unit


@EACH
def test_the_worked_example_reads_without_a_finding_from_csv_and_from_excel(register):
    text = as_csv(register.template())
    optional = [column.name for column in register.columns if not column.required]
    of_csv = register.entries(parse_csv(text, f"{register.name}.csv", register.required, optional=optional))
    of_excel = register.entries(workbook_rows(template_workbook(register), f"{register.name}.xlsx", register))
    assert of_csv.findings.all == () and of_excel.findings.all == ()
    assert [row.values for row in of_csv.rows] == [row.values for row in of_excel.rows]


@EACH
def test_no_rule_finds_anything_in_the_worked_example_but_what_it_says(register):
    """On its day, with the rows it needs beside it: an officer who copies the template is not asked about it."""
    assert found_by_example(register) == [f"{register.prefix}-{code}" for code in register.example_asks.split()]


@EACH
def test_the_worked_example_gives_what_it_expects(register):
    wanted = expected(register)
    given = given_by_example(register) if wanted or register.measures else {}
    assert {line[:4]: given.get(line[:4]) for line in wanted} == {line[:4]: line[4] for line in wanted}
    assert {line[0] for line in wanted} <= {measure.name for measure in register.measures}
    assert not register.measures or wanted, "the example is a test: say what its measures come to"


ROW_RULES = [(register, rule) for register in REGISTERS for rule in register.rules]
WHOLE_RULES = [(register, rule) for register in REGISTERS for rule in register.whole_rules]
CODE = {"ids": lambda value: getattr(value, "code", "")}


@pytest.mark.parametrize(("register", "rule"), ROW_RULES, **CODE)
def test_a_row_rule_catches_what_breaks_it(register, rule):
    assert re.fullmatch(rf"{register.prefix}-\d\d", rule.code) and rule.fix and rule.source
    assert rule(broken_row(register, rule)), f"{rule.code} does not catch {dict(rule.broken_by)}"
    for case, row in zip(rule.refused, register.rows_of(rule.refused, "broken.csv"), strict=True):
        assert rule(row), f"{rule.code} does not catch {case}"
    for case, row in zip(rule.allowed, register.rows_of(rule.allowed, "allowed.csv"), strict=True):
        assert rule(row) is None, f"{rule.code} objects to {case}"


RULES_OF_A_FILE = {"must", "query", "note", "must_all", "query_all", "note_all"}
ORDER = ast.Lt | ast.LtE | ast.Gt | ast.GtE


def compares(tree):
    return any(isinstance(op, ORDER) for node in ast.walk(tree) for op in getattr(node, "ops", ()))


def test_a_rule_that_compares_says_what_is_just_allowed():
    """A limit without its last allowed case could stand a day or a pound away from where it should."""
    for path in Path(fee_uplifts.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in RULES_OF_A_FILE:
                asks = functions.get(getattr(call.args[2], "id", ""), call)
                given = {keyword.arg for keyword in call.keywords} & {"holds_for", "instead"}
                assert given or not (compares(call) or compares(asks)), f"{path.stem} {call.args[0].value}"


@pytest.mark.parametrize(("register", "rule"), WHOLE_RULES, **CODE)
def test_a_rule_over_the_whole_register_catches_what_breaks_it(register, rule):
    assert re.fullmatch(rf"{register.prefix}-\d\d", rule.code) and rule.fix and rule.source
    result = broken_result(register, rule)
    assert result.outcome is Outcome.FOUND, f"{rule.code}: {result.outcome} {result.why}"


@EACH
def test_no_code_is_used_twice(register):
    codes = [rule.code for rule in (*register.rules, *register.whole_rules)]
    assert len(codes) == len(set(codes))


@pytest.fixture
def one_more(tmp_path, monkeypatch):
    """docs/how-to/add-a-register.md, followed to the letter: its file stands among the definitions."""
    place, code = re.search(
        r"`src/highneeds/registers/definitions/(\w+)\.py`:\n\n```python\n(.*?)```", PAGE.read_text(), re.S
    ).groups()
    (tmp_path / "added").mkdir()
    (tmp_path / "added" / f"{place}.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(definitions, "__path__", [*definitions.__path__, str(tmp_path / "added")])
    importlib.invalidate_caches()
    registry._found.cache_clear()
    yield registers()[place]
    registry._found.cache_clear()
    sys.modules.pop(f"{definitions.__name__}.{place}")
    vars(definitions).pop(place, None)


def test_the_register_of_the_page_proves_itself(one_more):
    for check in (
        test_a_register_says_all_it_has_to,
        test_a_register_is_casework_exactly_when_a_column_is_personal,
        test_what_a_register_names_exists,
        test_every_measure_cuts_by_a_column_or_a_part_that_is_there,
        test_the_worked_example_reads_without_a_finding_from_csv_and_from_excel,
        test_no_rule_finds_anything_in_the_worked_example_but_what_it_says,
        test_the_worked_example_gives_what_it_expects,
    ):
        check(one_more)
    for rule in one_more.rules:
        test_a_row_rule_catches_what_breaks_it(one_more, rule)


def test_a_register_added_at_run_time_has_templates_reading_measures_and_reference(one_more, tmp_path):
    listed = run("register", "list", "--format", "csv")
    assert any(line.startswith("loans,Loans of equipment") for line in listed.out.splitlines())
    for name, words in (("loans.csv", ()), ("loans.xlsx", ("--excel",))):
        template = tmp_path / name
        assert run("register", "template", "loans", *words, "--out", template).code == 0
        assert run("register", "check", template, "--register", "loans", "--as-at", "2025-04-02").code == 0
        measured = run(
            "register", "measures", template, "--register", "loans", "--as-at", "2025-04-02", "--format", "csv"
        )
        assert measured.out.splitlines()[0] == ",".join(COLUMNS) and "loans,lent_pct" in measured.out
    broken = tmp_path / "broken.csv"
    text = (tmp_path / "loans.csv").read_text(encoding="utf-8-sig")
    broken.write_text(text.replace("2025-03-03", "3 March"), encoding="utf-8")
    found = run("register", "check", broken, "--register", "loans", "--as-at", "2025-04-02", "--format", "csv")
    assert found.code == 1 and "LOANS-ROW" in found.out
    found = _reference()
    assert "## registers/loans.csv" in found["docs/reference/columns.md"]
    assert "# Loans of equipment" in found["docs/reference/registers/loans.md"]


@pytest.fixture
def kept(one_more, tmp_path):
    """Harrowdale, which has taken in the example of the page; one loan costs more than it should."""
    folder, template = tmp_path / "harrowdale", tmp_path / "loans.csv"
    shutil.copytree(HARROWDALE, folder, ignore=shutil.ignore_patterns("reports", "sources", "registers"))
    run("register", "template", "loans", "--out", template)
    template.write_text(template.read_text(encoding="utf-8").replace("1200.00", "5000.01"), encoding="utf-8")
    said = ("--by", "finance_partner", "--why", "first list", "--as-at", "2025-04-02")
    accepted = run("register", "accept", template, "--register", "loans", "--workspace", folder, *said)
    assert accepted.code == 0, accepted.err
    return folder


def test_a_register_added_at_run_time_has_history_calendar_findings_and_its_part_of_the_documents(one_more, kept):
    assert "first list" in run("register", "history", kept, "--register", "loans", "--format", "csv").out
    assert ",loans," in run("calendar", kept, "--as-at", "2025-04-02", "--format", "csv").out
    evidence = Evidence(FolderStore(kept), as_known=date(2025, 12, 31))
    for made, table in ((annex_of_registers, "registers-loans"), (registers_before_signature, "exceptions-loans")):
        [own] = [part for part in made(evidence) if part.id == "register-loans"]
        assert own.title == one_more.title and "loans were asked for in 2024-25" in str(own)
        assert table in {block.id for block in own.blocks if isinstance(block, DataTable)}
    assert "Line 2" in str(own) and "LOANS" not in str(quality.for_review(evidence))
    assert any(line.startswith(one_more.title) for line in with_exceptions(evidence.council_registers))
    assert any(found.file == "registers/loans.csv" for found in evidence.council_registers.findings("loans").all)


def test_what_leaves_the_council_of_a_register_added_at_run_time_holds_no_row_and_no_small_count(kept):
    evidence = Evidence(FolderStore(kept), as_known=date(2025, 12, 31)).supposing(
        forecast=NoForecast(Note.of("no_forecast.refused", why="Not asked for"))
    )
    [own] = [part for part in build(registers_annex, evidence).sections if part.id == "register-loans"]
    assert "Fewer than 5 loans were asked for in 2024-25" in str(own) and "Line 2" not in str(own)
    [table] = [block for block in own.blocks if isinstance(block, DataTable) and block.id == "registers-loans"]
    assert {row.cells[2].text for row in table.rows if row.cells[0].text == "Loans"} == {"fewer than 5"}
    with pytest.raises(ValueError, match="its section 'register-loans' stays inside"):
        build(replace(registers_annex, sections=(registers_before_signature,)), evidence)


def test_a_register_added_at_run_time_has_its_page_which_shows_no_child_and_no_small_count(kept):
    evidence = Evidence(FolderStore(kept), as_known=date(2025, 12, 31))
    [page] = [one for one in registers_result(evidence).pages if one.id == "loans"]
    assert (page.title, page.rows, page.table) == ("Loans of equipment", page_words.FEW_ROWS, None)
    [loans] = [row for row in page.measures.rows if row[0] == "Loans"]
    assert "fewer than 5" in " ".join(loans)


def _reference():
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
    from write_reference import reference

    return reference()
