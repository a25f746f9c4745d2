"""An export as it is accepted: the files that are written, the list read again, what of either is refused."""

import io
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from eastmoor import COUNCIL
from highneeds.intake.ledger.accepted import (
    AcceptedYear,
    acceptances,
    accepted_postings,
    accepted_spend,
    must_be_acceptable,
    stands,
    to_accept,
    years_of,
)
from highneeds.intake.ledger.export import read_export
from highneeds.intake.ledger.frames import Problem
from highneeds.intake.ledger.mapping import Control, read_mapping
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from ledger_by_hand import SCHEMA, TWO_YEARS, export
from memory_store import MemoryStore

LIST = """batch,ledger,financial_year,rows,total_gbp,file,accepted_by,accepted_on,la_number
0123456789abcdef,Main,2023-24,1,-5.00,aaaa ledger.csv,Finance partner,2025-05-01,886
0123456789abcdef,Main,2024-25,3,11.05,aaaa ledger.csv,Finance partner,2025-05-01,886
"""


def workspace(files):
    return documents(MemoryStore({"council.toml": COUNCIL.encode()} | files))


def test_an_accepted_export_is_its_postings_and_a_line_a_year_and_is_read_again():
    files, fresh = to_accept(TWO_YEARS, (), "Finance partner", date(2025, 5, 1), "886")
    assert list(files) == ["finance/ledger/0123456789abcdef.parquet", "finance/ledger/accepted.csv"]
    assert files["finance/ledger/accepted.csv"].decode() == LIST
    assert pl.read_parquet(io.BytesIO(files["finance/ledger/0123456789abcdef.parquet"])).equals(TWO_YEARS.postings)
    kept = workspace(files)
    assert acceptances(kept) == fresh and fresh[0] == AcceptedYear(
        "0123456789abcdef",
        "Main",
        FinancialYear(2023),
        1,
        -500,
        "aaaa ledger.csv",
        "Finance partner",
        "2025-05-01",
        "886",
    )
    assert years_of(TWO_YEARS) == ["Main 2023-24", "Main 2024-25"]
    assert [(str(one.year), one.line, one.period, one.amount, one.budget) for one in accepted_spend(kept)] == [
        ("2023-24", "1.2.1", 12, -500, None),
        ("2024-25", "1.2.3", 1, 5, None),
        ("2024-25", "1.2.3", 2, 1100, None),
    ]
    assert {str(one.where.document) for one in accepted_spend(kept)} == {"finance/ledger/accepted.csv"}
    assert accepted_postings(kept)["pence"].to_list() == [-500, 1001, 99, 5]
    assert accepted_postings(workspace({})) is None and accepted_spend(workspace({})) == ()
    assert all(stands(kept, one) for one in fresh)


def test_until_the_day_before_nothing_is_accepted_and_a_later_export_takes_the_place_of_its_years():
    first, fresh = to_accept(TWO_YEARS, (), "A", date(2025, 5, 1), "886")
    later = replace(export((2024, 1, "1.2.3", 7)), digest="f" * 64)
    second, more = to_accept(later, fresh, "B", date(2025, 5, 2))
    kept = workspace(first | second)
    assert [(one.by, one.la_number) for one in acceptances(kept)] == [("A", "886"), ("A", "886"), ("B", "")]
    days = (date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2))
    assert [len(acceptances(kept, day)) for day in days] == [0, 2, 3]
    assert [sum(one.amount for one in accepted_spend(kept, day)) for day in days] == [0, 605, -493]
    assert len(more) == 1


BACKUP = "Bring the file back from the backup, or accept the export again."
PARQUET = "finance/ledger/0123456789abcdef.parquet"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda files: files | {PARQUET: None},
            f"{PARQUET}: The accepted postings of Main for 2023-24 are missing. {BACKUP}",
        ),
        (
            lambda files: files | {"finance/ledger/accepted.csv": LIST.replace(",3,", ",4,").encode()},
            f"{PARQUET}: The accepted postings of Main for 2024-25 are not those that were accepted. {BACKUP}",
        ),
        (
            lambda files: files | {"finance/ledger/accepted.csv": LIST.replace("11.05", "11.06").encode()},
            f"{PARQUET}: The accepted postings of Main for 2024-25 are not those that were accepted. {BACKUP}",
        ),
        (
            lambda files: files | {"finance/ledger/accepted.csv": LIST.replace("886\n0", "887\n0").encode()},
            "finance/ledger/accepted.csv: The ledger is of council 887, the workspace of 886. "
            "Give this council's own ledger, or use the workspace of that one.",
        ),
        (
            lambda files: files | {PARQUET: with_names()},
            f"{PARQUET}: The accepted postings of Main for 2023-24 say who was paid as the ledger wrote it. "
            "Accept the export again: it is then kept without names.",
        ),
    ],
)
def test_what_is_kept_and_is_not_as_it_was_accepted_is_refused(change, says):
    files, _ = to_accept(TWO_YEARS, (), "A", date(2025, 5, 1), "886")
    kept = workspace({name: data for name, data in change(files).items() if data is not None})
    with pytest.raises(InputError) as refused:
        accepted_spend(kept)
    assert refused.value.sentence == says
    assert "887" in says or not all(stands(kept, one) for one in acceptances(kept))


def with_names():
    out = io.BytesIO()
    TWO_YEARS.postings.with_columns(supplier=pl.lit("Khan")).write_parquet(out)
    return out.getvalue()


def problem(line, message="The code is empty", blocking=True):
    return Problem("code", "f.csv", line, "code", message, "Fill it in", blocking=blocking)


@pytest.mark.parametrize(
    ("problems", "by", "says"),
    [
        ((problem(7),), "A", "Khan ledger.csv line 7: Nothing is posted: The code is empty. Fill it in."),
        (
            (problem(2, "x", False), problem(None), problem(3)),
            "A",
            "Khan ledger.csv: Nothing is posted: The code is empty (and 1 more). Fill it in.",
        ),
        ((problem(2, "x", False),), " ", "--by: Nobody accepts the export. Name the role that accepts it."),
    ],
)
def test_an_export_that_cannot_be_accepted_is_refused(problems, by, says):
    with pytest.raises(InputError) as refused:
        must_be_acceptable(replace(TWO_YEARS, problems=problems), by)
    assert refused.value.sentence == says
    must_be_acceptable(replace(TWO_YEARS, problems=(problem(2, "x", False),)), "A")


def test_the_very_same_file_is_refused_and_another_year_of_it_is_not():
    earlier = to_accept(TWO_YEARS, (), "A", date(2025, 5, 1))[1]
    with pytest.raises(InputError) as refused:
        to_accept(TWO_YEARS, earlier[1:], "A", date(2025, 5, 1))
    words = "This very file is accepted already. Export again if the ledger has moved on."
    assert refused.value.sentence == f"Khan ledger.csv: {words}"
    assert len(to_accept(export((2025, 1, "1.2.1", 1)), earlier, "A", date(2025, 5, 1))[1]) == 1


MAPPING = """name: Main ledger
la_number: "886"
year: 2024-25
sign: spend_negative
columns: {period: Per, code: Code, amount: Net, reference: Doc, child: Child}
closing_periods: ["13", "14"]
lines: {"7001": 1.2.1, "7003": 1.2.3}
not_high_needs: ["9999"]
"""
ROWS = """Doc,Per,Code,Net,Child,Other
D1,1,7001,-100.10,7,x
D2,13,7003,34.50,,x
D2,14,9999,-5,,x
,2,9999,-6,,x
D4,12,ME14,-1000000,,x
,3,7777,-2.50,,x
,3,7777,soon,,x
"""


def test_an_export_is_read_by_its_mapping():
    files = {"Khan export.csv": ROWS.encode(), "m.yaml": MAPPING.encode()}
    at = documents(MemoryStore(files))
    found = read_export(at / "Khan export.csv", read_mapping(at / "m.yaml"), Control(7, 100000710))
    assert found.postings.columns == list(SCHEMA)
    assert found.postings.rows() == [
        (2, 2024, 1, "1.2.1", 10010, "7001", "D1", None, "7", None),
        (3, 2024, 12, "1.2.3", -3450, "7003", "D2", None, None, None),
    ]
    about = (found.file, found.ledger, found.la_number, found.left_out, found.total, len(found.digest))
    assert about == ("aaaa export.csv", "Main ledger", "886", (2, 1100), 6560, 64)
    remedy = "Give it an s251 line in m.yaml, or list it under not_high_needs"
    ledger = "Export again, and check that no filter was set and no row lost"
    assert found.problems == (
        Problem("amount", "aaaa export.csv", 8, "amount", "'soon' stands where an amount belongs",
                "Write pounds and pence in Net"),
        Problem("unknown line", "aaaa export.csv", 7, "code", "The code '7777' has no s251 line: 2 rows, £2.50",
                remedy, 2),
        Problem("unknown line", "aaaa export.csv", 6, "code",
                "The code of the form aa99 has no s251 line: 1 rows, £1000000.00", remedy, 1),
        Problem("control total", "aaaa export.csv", None, "",
                "The export adds up to £1000079.10 where the ledger says £1000007.10, £72.00 apart", ledger),
    )  # fmt: skip


def test_what_stands_twice_is_alike_in_every_column_and_only_asked():
    text = "Doc,Per,Code,Net,Child\nD1,1,7001,5,\nD1,1,7001,5,\nD1,1,7001,6,\n,1,7001,5,\n,1,7001,5,\n"
    at = documents(MemoryStore({"e.csv": text.encode(), "m.yaml": MAPPING.encode()}))
    found = read_export(at / "e.csv", read_mapping(at / "m.yaml"), Control(4, None))
    words = "The posting of the form a9 stands there already, alike in every column that is read"
    remedy = "See whether it was exported twice; two equal items of one document may both be right"
    rows = "The export has 5 rows where the ledger says 4"
    ledger = "Export again, and check that no filter was set and no row lost"
    assert found.problems == (
        Problem("control total", "e.csv", None, "", rows, ledger),
        Problem("twice", "e.csv", 3, "reference", words, remedy, blocking=False),
    )


def test_a_column_that_the_mapping_names_and_the_export_has_not_is_refused():
    at = documents(MemoryStore({"Khan.csv": b"Per,Net\n1,2\n", "m.yaml": MAPPING.encode()}))
    with pytest.raises(InputError) as refused:
        read_export(at / "Khan.csv", read_mapping(at / "m.yaml"))
    words = "The column Code, Doc, Child is missing. Add it, or correct its name in m.yaml."
    assert refused.value.sentence == f"aaaa.csv line 1: {words}"
