"""What stands on the list once a return is accepted: who, when, which files, and what was open."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from highneeds.actions.accept_return import accept_return, must_be_of
from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.intake.accepted import KEPT, current
from highneeds.intake.sen2.rows import YoungPerson, from_people
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

COUNCIL = b"""name = "Eastmoor"
la_number = "999"
first_year = "2024-25"
last_year = "2025-26"
slots = ["July"]
[report]
number = 1
id = "2025-07"
submitted = "2025-07-10"
slot = "July"
current_year = "2025-26"
"""
ODD = Finding("PLN-02", Severity.MUST_FIX, "plans of Khan.csv", 2, "1", "ceasedate", "Odd", "Look", ("named_plans", 0))
FOUND = Findings(
    (
        RuleResult("PLN-02", Outcome.FOUND, [ODD, replace(ODD, line=3)]),
        RuleResult("ACT-01", Outcome.FOUND, [replace(ODD, rule="ACT-01", severity=Severity.QUERY)]),
    )
)


def accepted(files, findings=FOUND, **header):
    store = MemoryStore({"council.toml": COUNCIL})
    return_ = from_people((YoungPerson(),), reference_date=date(2025, 1, 16), **header)
    now = datetime(2025, 2, 3, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    accept_return(store, return_, findings, files=files, by=" Data lead ", now=now, key_mark="abc")
    return current(documents(store))[-1], store


def test_an_acceptance_says_who_when_and_what_was_open():
    """The moment is of UTC, where the day before was not over; findings stand in the order of their rules."""
    one, store = accepted({})
    assert (one.accepted_at, one.by, one.reference_date) == ("2025-02-02T23:30:00+00:00", "Data lead", "2025-01-16")
    assert list(one.findings.items()) == [("ACT-01", 1), ("PLN-02", 2)]
    assert (one.must_fix, one.corrected, one.key_mark) == (2, 0, "abc")
    assert store.record()[-1].what == "Accept the return of 16 January 2025"
    kept = store.documents[f"{KEPT}/{one.fingerprint}.findings.csv"].decode()
    assert "plans of aaaa.csv" in kept and "Khan" not in kept


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (("plans.csv", "needs.csv"), ["plans.csv", "needs.csv"]),
        (("plans.csv", "Khan.csv", "Shah.csv", "Bibi.csv"), ["plans.csv", "aaaa.csv", "aaaa.csv (2)", "aaaa.csv (3)"]),
    ],
)
def test_files_whose_names_come_to_the_same_are_numbered(names, kept):
    one, _ = accepted({name: f"digest of {name}" for name in names})
    assert one.files == {name: f"digest of {given}" for name, given in zip(kept, names, strict=True)}


@pytest.mark.parametrize(("said", "refused"), [("", False), ("999", False), ("998", True)])
def test_a_return_of_another_council_is_refused(said, refused):
    return_ = SimpleNamespace(council=said, header=SimpleNamespace(file="header.csv"))
    council = SimpleNamespace(la_number="999")
    told = ""
    try:
        must_be_of(return_, council)
    except InputError as problem:
        told = f"{problem.where}: {problem.what}"
    assert told == ("header.csv: The return is of council 998, the workspace of 999" if refused else "")
