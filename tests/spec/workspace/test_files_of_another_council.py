"""Name and number of the council agree in every file: what says that it is another's is refused wherever it is read."""

import json
from datetime import datetime

import pytest

from eastmoor import COUNCIL
from highneeds.actions.accept_ledger import accept_ledger
from highneeds.intake.accepted import kept_files
from highneeds.intake.ledger.accepted import acceptances
from highneeds.intake.ledger.export import read_export
from highneeds.intake.ledger.finance import read_finance
from highneeds.intake.ledger.mapping import read_mapping
from highneeds.intake.workspace import read_workspace
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

AGREEMENT = """agreement:
  local_authority: Eastmoor
  programme: safety-valve
  first_year: 2024-25
  last_year: 2025-26
  la_number: "886"
"""
MAPPING = """name: Main ledger
year: 2024-25
la_number: "886"
columns: {code: code, amount: amount, period: period}
lines: {A1: 1.2.3}
"""


def folder(**files):
    """A workspace of council 886 with these files."""
    store = MemoryStore({name: text.encode() for name, text in {"council.toml": COUNCIL, **files}.items()})
    return store, documents(store)


@pytest.mark.parametrize(("council", "refused"), [("886", False), ("", False), ("887", True)])
def test_an_accepted_caseload_is_of_this_council(council, refused):
    _, place = folder(**{"caseload/accepted/abc/caseload.json": json.dumps({"council": council})})
    if not refused:
        assert set(kept_files(place, "abc")) == {"caseload.json"}
        return
    with pytest.raises(InputError, match=r"caseload/accepted/abc: The accepted caseload is of council 887"):
        kept_files(place, "abc")


@pytest.mark.parametrize("name", ["years", "spend"])
def test_a_row_of_another_council_is_refused_with_its_line(name):
    years = "year,allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,"
    years += "council_contribution_gbp,plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,"
    years += "plan_closing_deficit_gbp,la_number\n2024-25,1,,,,,,,,,{}\n"
    files = {"years": years, "spend": "year,line,amount_gbp,la_number\n2024-25,1.2.3,5,{}\n"}
    _, own = folder(**{f"finance/{name}.csv": files[name].format("886")})
    assert len(getattr(read_finance(own, set()), name)) == 1
    _, other = folder(**{f"finance/{name}.csv": files[name].format("887")})
    with pytest.raises(InputError, match=rf"{name}\.csv line 2, column la_number: The row is of council 887"):
        read_finance(other, set())


def test_an_agreement_with_another_number_is_refused():
    _, own = folder(**{"agreement.yaml": AGREEMENT})
    assert read_workspace(own).agreement.local_authority == "Eastmoor"
    _, other = folder(**{"agreement.yaml": AGREEMENT.replace("886", "887")})
    with pytest.raises(InputError, match=r"agreement\.yaml line 6: The agreement is of council 887"):
        read_workspace(other)


def test_a_ledger_of_another_council_is_neither_accepted_nor_read(tmp_path):
    (tmp_path / "ledger.csv").write_text("code,amount,period\nA1,10.00,P1\n")
    store, _ = folder()
    for number in ("886", "887"):
        (tmp_path / "mapping.yaml").write_text(MAPPING.replace("886", number))
        export = read_export(tmp_path / "ledger.csv", read_mapping(tmp_path / "mapping.yaml"))
        words = dict(key=b"k" * 32, by="Finance", now=datetime(2025, 7, 1).astimezone())
        if number == "886":
            accept_ledger(store, export, **words)
            continue
        with pytest.raises(InputError, match=r"ledger\.csv: The ledger is of council 887, the workspace of 886"):
            accept_ledger(store, export, **words)
    [one] = acceptances(documents(store))
    assert one.la_number == "886"
    store.documents["council.toml"] = COUNCIL.replace('"886"', '"887"').encode()
    with pytest.raises(InputError, match=r"finance/ledger/accepted\.csv: The ledger is of council 886"):
        acceptances(documents(store))
