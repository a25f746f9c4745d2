"""The manual's columns are those that the readers ask for, and every file that a workspace may hold is in it."""

import pytest

from highneeds.intake.ledger.positions import read_positions
from highneeds.intake.ledger.spend import read_spend
from highneeds.intake.ledger.years import MONEY
from highneeds.intake.workspace.agreement import OPENING_FIGURES, TERM_FIGURES, TERM_KEYS
from highneeds.intake.workspace.columns import AGREEMENT, COUNCIL, FILES
from highneeds.intake.workspace.council import DEFINITIONS, OPTIONAL, REPORT_KEYS, REQUIRED
from highneeds.intake.workspace.dashboard import INDICATOR_COLUMNS, OBSERVATION_COLUMNS
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
