"""The manual's columns are those that the readers ask for, and every file that a workspace may hold is in it."""

import ast
import re
from pathlib import Path

import pytest

import highneeds.intake
from highneeds.intake.ledger.positions import POSITIONS_BEGIN_WITH, read_positions
from highneeds.intake.ledger.spend import SPEND_BEGINS_WITH, read_spend
from highneeds.intake.ledger.years import MONEY, YEARS_BEGIN_WITH
from highneeds.intake.workspace.agreement import OPENING_FIGURES, TERM_FIGURES, TERM_KEYS
from highneeds.intake.workspace.columns import AGREEMENT, COUNCIL, FILES
from highneeds.intake.workspace.council import DEFINITIONS, OPTIONAL, REPORT_KEYS, REQUIRED
from highneeds.intake.workspace.dashboard import (
    CATALOGUE_BEGINS_WITH,
    INDICATOR_COLUMNS,
    OBSERVATION_COLUMNS,
    OBSERVATIONS_BEGIN_WITH,
)
from highneeds.intake.workspace.facts import FACT_COLUMNS, LATER_COLUMNS, QUALIFIERS
from highneeds.intake.workspace.files import ADDS, PROGRAMME, REPORT
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.state import State

BY_NAME = {one.name: one for one in FILES}


def test_every_file_of_a_workspace_has_its_columns():
    own = {name for name in ADDS if "." in name and name not in ("finance/unit_costs.csv", "finance/commitments.csv")}
    assert own <= set(BY_NAME)
    assert {f"programme/{name}" for name in PROGRAMME} <= set(BY_NAME)
    assert {f"programme/REPORT/{name}" for name in REPORT if name.endswith(".csv")} <= set(BY_NAME)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("indicators.csv", CATALOGUE_BEGINS_WITH),
        ("observations.csv", OBSERVATIONS_BEGIN_WITH),
        ("finance/years.csv", YEARS_BEGIN_WITH),
        ("finance/spend.csv", SPEND_BEGINS_WITH),
        ("finance/positions.csv", POSITIONS_BEGIN_WITH),
    ],
)
def test_a_file_that_the_product_begins_has_columns_of_the_manual_and_all_that_are_required(name, columns):
    assert set(BY_NAME[name].required) <= set(columns) <= {*BY_NAME[name].required, *BY_NAME[name].optional}


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("facts.csv", FACT_COLUMNS),
        ("later_published_facts.csv", LATER_COLUMNS),
        ("indicators.csv", INDICATOR_COLUMNS),
        ("observations.csv", OBSERVATION_COLUMNS),
        ("finance/years.csv", ("year", *MONEY)),
    ],
)
def test_what_a_reader_requires_is_required(name, columns):
    assert set(BY_NAME[name].required) == set(columns)


def test_keys_of_council_and_agreement():
    assert tuple(COUNCIL.required) == REQUIRED and set(COUNCIL.optional) == set(OPTIONAL)
    said = " ".join([*COUNCIL.optional.values(), *AGREEMENT.required.values(), *AGREEMENT.optional.values()])
    for key in (*REPORT_KEYS, *DEFINITIONS, *TERM_KEYS, *TERM_FIGURES, *OPENING_FIGURES):
        assert key in said, key


def test_codes_are_all_named():
    assert all(state.value in BY_NAME["observations.csv"].required["state"] for state in State)
    assert all(one in BY_NAME["facts.csv"].required["qualifier"] for one in QUALIFIERS)


@pytest.mark.parametrize(
    ("name", "read"), [("finance/positions.csv", read_positions), ("finance/spend.csv", read_spend)]
)
def test_a_file_of_every_column_is_read_and_one_without_a_required_one_is_not(tmp_path, name, read):
    file = BY_NAME[name]
    path = tmp_path / "file.csv"
    path.write_text(",".join([*file.required, *file.optional]) + "\n")
    assert read(path) == ()
    for missing in file.required:
        path.write_text(",".join(one for one in file.required if one != missing) + "\n")
        with pytest.raises(InputError, match=missing):
            read(path)


LEDGER_MAPPING, EXTRACT_MAPPING = (one.name for one in FILES if one.name.startswith("a mapping"))
READERS = {
    "ledger/accepted.py": ("finance/ledger/accepted.csv",),
    "ledger/explanations.py": ("finance/explanations.csv",),
    "ledger/finance.py": ("finance/cost_series.csv",),
    "ledger/finance_mapping.py": ("finance/mapping.csv",),
    "ledger/mapping.py": (LEDGER_MAPPING,),
    "ledger/positions.py": ("finance/positions.csv",),
    "ledger/priced_lines.py": ("finance/planned_lines.csv", "finance/actual_lines.csv"),
    "ledger/published_parts.py": ("finance/published.yaml",),
    "ledger/spend.py": ("finance/spend.csv",),
    "ledger/transport.py": ("finance/transport.csv",),
    "ledger/years.py": ("finance/years.csv",),
    "localities.py": ("localities.csv",),
    "mapping/mapping.py": (EXTRACT_MAPPING,),
    "sen2/corrections.py": ("caseload/corrections/RETURN.csv",),
    "workspace/agreement.py": ("agreement.yaml",),
    "workspace/council.py": ("council.toml",),
    "workspace/dashboard.py": ("indicators.csv", "observations.csv", "identities.csv"),
    "workspace/dashboard_mapping.py": ("dashboard_mapping.csv",),
    "workspace/facts.py": ("facts.csv", "later_published_facts.csv", "benchmarks.csv", "placements.csv"),
    "workspace/given.py": ("indicators.csv",),
    "workspace/known_on.py": ("agreement.yaml",),
    "workspace/programme.py": ("programme/level_definitions.csv", "programme/REPORT/levels.csv"),
    "workspace/wording.py": ("programme/also_called.csv",),
}
"""Each module that reads a file of the council's, and the files that it reads."""
NOT_THE_COUNCILS = ("csvfile.py", "yamlfile.py", "published/typed_csv.py", "published/consumer_prices.py")
NOT_THE_COUNCILS += ("published/breaks.py", "sen2/blade.py", "ledger/sheet.py", "sen2/lists.py")
READS = (
    "text code decimal_or_none whole_or_none whole pence_or_none number mapping mappings texts get figure _fact _year"
)
ROWS = ("row", "raw", "entry", "content")
INTAKE = Path(highneeds.intake.__file__).parent


def tree_of(module: str) -> ast.Module:
    return ast.parse((INTAKE / module).read_text("utf-8"))


def keys_read(module: str) -> set[str]:
    """Every column or key that a module asks for by name: row["year"], text(row, "year"), entry.text("year")."""
    found = set()
    for node in ast.walk(tree_of(module)):
        of_row = isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in ROWS
        asked = [node.slice] if of_row else []
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            asked = node.args[:2] if name in READS.split() else []
        found |= {one.value for one in asked if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {one for one in found if one.isidentifier()}


def names_known(module: str) -> set[str]:
    return {str(one.value) for one in ast.walk(tree_of(module)) if isinstance(one, ast.Constant)}


def test_every_module_that_reads_a_file_is_held_to_the_manual():
    reading = ("read_csv(", "read_yaml(", "tomllib.loads(", "yaml.load(")
    modules = {
        path.relative_to(INTAKE).as_posix()
        for path in INTAKE.rglob("*.py")
        if any(call in path.read_text("utf-8") for call in reading)
    }
    assert modules <= {*READERS, *NOT_THE_COUNCILS}


@pytest.mark.parametrize("module", READERS)
def test_each_key_that_the_code_reads_is_in_the_manual_and_each_there_is_read(module):
    files = [BY_NAME[name] for name in READERS[module]]
    documented = {key for file in files for key in (*file.required, *file.optional)}
    texts = " ".join(
        [*documented, *(text for file in files for text in (*file.required.values(), *file.optional.values()))]
    )
    said = set(re.findall(r"\w+", texts))
    assert {key for key in keys_read(module) if key not in said} == set()
    known = names_known(module) | set(MONEY) | {"known_on", "la_number"}
    others = {
        name for other, names in READERS.items() if set(names) & set(READERS[module]) for name in names_known(other)
    }
    assert documented <= known | others
