"""The finance folder as a whole: what of it is read, what rests on which fact, and what of it is refused."""

from datetime import date

import pytest

from eastmoor import COUNCIL
from golden.flat import flat
from highneeds.intake.ledger.accepted import to_accept
from highneeds.intake.ledger.amounts import plain_number, plain_pence
from highneeds.intake.ledger.finance import Finance, UnitCostRow, read_finance
from highneeds.intake.ledger.published_parts import (
    DelayPart,
    DriverPart,
    GrantPart,
    PublishedParts,
    ReturnPart,
    SharePart,
)
from highneeds.intake.ledger.spend import read_spend, spend_known
from highneeds.intake.ledger.years import read_years, years_known
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from ledger_by_hand import TWO_YEARS
from memory_store import MemoryStore

YEAR = FinancialYear(2024)
HEAD = "year,line,month,amount_gbp,budget_gbp,known_on\n"


def folder(files):
    return documents(MemoryStore({name: text.encode() for name, text in files.items()}))


def read(files, day=None):
    accepted = to_accept(TWO_YEARS, (), "A", date(2025, 5, 1))[0] if files.pop("accepted", False) else {}
    kept = {f"finance/{name}": text.encode() for name, text in files.items()} | {"council.toml": COUNCIL.encode()}
    return read_finance(documents(MemoryStore(kept | accepted)), {"deficit", "share"}, day)


def test_a_workspace_without_finance_has_none():
    assert read({}) == Finance((), (), (), PublishedParts(), ())


def sums(rows):
    return [(str(one.year), one.line, one.period, one.amount, one.budget) for one in rows]


def test_spend_is_what_is_listed_and_what_the_ledger_says_and_a_budget_is_no_spend_that_is_missing():
    listed = (
        "2022-23,1.2.1,,5,,\n2022-23,1.2.2,,,7,\n2022-23,1.2.3,,,9,\n2022-23,1.2.3,1,4,,\n"
        "2024-25,1.2.3,,,8,\n2024-25,1.2.5,,6,,\n"
    )
    found = read({"spend.csv": HEAD + listed, "accepted": True})
    assert sums(found.spend) == [
        ("2022-23", "1.2.1", None, 500, None),
        ("2022-23", "1.2.2", None, None, 700),
        ("2022-23", "1.2.3", 1, 400, None),
        ("2024-25", "1.2.5", None, 600, None),
        ("2023-24", "1.2.1", 12, -500, None),
        ("2024-25", "1.2.3", 1, 5, None),
        ("2024-25", "1.2.3", 2, 1100, None),
    ]
    assert sums(found.budgets) == [
        ("2022-23", "1.2.2", None, None, 700),
        ("2022-23", "1.2.3", None, None, 900),
        ("2024-25", "1.2.3", None, None, 800),
    ]
    early = read({"spend.csv": HEAD + listed, "accepted": True}, date(2025, 4, 30))
    assert sums(early.spend)[2:] == [("2022-23", "1.2.3", 1, 400, None), ("2024-25", "1.2.3", None, None, 800),
                                     ("2024-25", "1.2.5", None, 600, None)]  # fmt: skip


FACT = "Add it to facts.csv with its document and line, or correct the id."


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (
            {"spend.csv": HEAD + "2024-25,1.2.3,3,1,,\n", "accepted": True},
            "finance/spend.csv line 2: 1.2.3 in 2024-25 is given here and in the accepted ledger. "
            "Leave the amount to the ledger; a budget may stay.",
        ),
        (
            {"planned_lines.csv": "line,volume,price\n"},
            "finance/planned_lines.csv: One side of the bridge is there alone. Add finance/actual_lines.csv.",
        ),
        (
            {"actual_lines.csv": "line,volume,price\n"},
            "finance/actual_lines.csv: One side of the bridge is there alone. Add finance/planned_lines.csv.",
        ),
        (
            {"positions.csv": "financial_year,layer,measure,fact\n2024-25,agreed,dfe_payment_gbp,other\n"},
            f"finance/positions.csv line 2: 'other' has no source: it is no fact of this workspace. {FACT}",
        ),
        (
            {"published.yaml": "savings_needed: other\n"},
            f"finance/published.yaml line 1: 'other' has no source: it is no fact of this workspace. {FACT}",
        ),
    ],
)
def test_what_of_the_folder_is_refused(files, says):
    with pytest.raises(InputError) as refused:
        read(files)
    assert refused.value.sentence == says


def test_lines_and_unit_costs():
    lines = "line,volume,price\nA,1,2\n"
    found = read({"planned_lines.csv": lines, "actual_lines.csv": lines.replace("1,2", "3,4"),
                  "cost_series.csv": "sector,phase,indicator\nstate,primary,cost\n"})  # fmt: skip
    planned, actual = found.lines
    assert [[(one.line, one.volume, one.price) for one in side] for side in (planned, actual)] == [
        [("A", 1, 2)],
        [("A", 3, 4)],
    ]
    assert found.unit_costs == (UnitCostRow("state", "primary", "cost"),)


PARTS = PublishedParts(
    promised=(("dfe", "a"), ("council", "b")),
    shares=(SharePart("x", "y", "2024-25", "a", "b"), SharePart("x", "y", "", "a", "c")),
    drivers=(DriverPart("n", "k", "a", "c", "r", "s"),),
    delay=DelayPart("a", "b", "c", YEAR, YEAR),
    grant=GrantPart("a", YEAR, "approved", "c", (ReturnPart("r", "b", True), ReturnPart("q", "c", False))),
    savings_needed="c",
    over_forecast=(("plans", "b"), ("places", "c")),
)


def test_parts_whose_figures_are_not_known_are_left_out():
    assert PARTS.of_known({"a", "b", "c"}) == PARTS
    assert PARTS.of_known({"a", "b"}) == PublishedParts(
        promised=(("dfe", "a"), ("council", "b")),
        shares=(SharePart("x", "y", "2024-25", "a", "b"),),
        drivers=(DriverPart("n", "k", "a", "", "r", "s"),),
        delay=DelayPart("a", "b", "", YEAR, YEAR),
        grant=GrantPart("a", YEAR, "approved", "", (ReturnPart("r", "b", True), ReturnPart("q", "", False))),
        over_forecast=(("plans", "b"),),
    )
    assert PARTS.of_known({"b", "c"}) == PublishedParts(
        promised=(("council", "b"),),
        drivers=(DriverPart("n", "k", "", "c", "r", "s"),),
        savings_needed="c",
        over_forecast=(("plans", "b"), ("places", "c")),
    )
    assert PARTS.of_known({"a", "c"}).delay is None and PARTS.of_known({"a", "c"}).shares[1:] == ()


def test_of_finance_what_rests_on_known_facts_in_its_version_of_the_day():
    found = read(
        {
            "positions.csv": "financial_year,layer,measure,fact\n2024-25,agreed,dfe_payment_gbp,deficit\n"
            "2024-25,latest,dfe_payment_gbp,share\n",
            "spend.csv": HEAD + "2024-25,1.2.1,,5,7,\n2024-25,1.2.1,,6,8,2025-06-01\n",
            "published.yaml": "savings_needed: share\n",
        }
    )
    early, late = (found.of_known({"deficit"}, date(2025, month, day)) for month, day in ((5, 31), (6, 1)))
    assert [one.fact for one in early.positions] == ["deficit"] and early.parts.savings_needed == ""
    assert sums(early.spend) == sums(early.budgets) == [("2024-25", "1.2.1", None, 500, 700)]
    assert sums(late.spend) == sums(late.budgets) == [("2024-25", "1.2.1", None, 600, 800)]
    assert len(found.spend) == 2 and found.of_known({"share"}).parts.savings_needed == "share"


def spend(text):
    return read_spend(folder({"spend.csv": HEAD + text}) / "spend.csv")


@pytest.mark.parametrize(
    ("text", "then", "now"),
    [
        ("2024-25,1.2.1,,5,7,\n2024-25,1.2.1,,6,,2025-06-01\n", [(None, 500, 700)], [(None, 600, 700)]),
        ("2024-25,1.2.1,,5,7,\n2024-25,1.2.1,,,8,2025-06-01\n", [(None, 500, 700)], [(None, 500, 800)]),
        ("2024-25,1.2.1,,5,,\n2024-25,1.2.1,1,2,,2025-06-01\n", [(None, 500, None)], [(1, 200, None)]),
        ("2024-25,1.2.1,,5,,2025-06-01\n2024-25,1.2.1,1,2,,\n", [(1, 200, None)], [(None, 500, None)]),
        (
            "2024-25,1.2.1,,,9,\n2024-25,1.2.1,1,2,,2025-06-01\n",
            [(None, None, 900)],
            [(None, None, 900), (1, 200, None)],
        ),
        ("2024-25,1.2.1,,5,,2025-06-01\n2024-25,1.2.1,2,,3,\n", [(2, None, 300)], [(2, None, 300), (None, 500, None)]),
        (
            "2024-25,1.2.1,,5,,\n2024-25,1.2.2,1,2,,2025-06-01\n",
            [(None, 500, None)],
            [(None, 500, None), (1, 200, None)],
        ),
        (
            "2024-25,1.2.1,,5,,\n2023-24,1.2.1,1,2,,2025-06-01\n",
            [(None, 500, None)],
            [(None, 500, None), (1, 200, None)],
        ),
    ],
)
def test_spend_as_it_was_known_on_a_day(text, then, now):
    rows = spend(text)

    def known(day):
        return [(one.period, one.amount, one.budget) for one in spend_known(rows, day)]

    assert (known(date(2025, 5, 31)), known(date(2025, 6, 1)), known(None)) == (then, now, now)


LATER = "write in known_on from which day the"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "2024-25,1.2.1,P3,5,,\n2024-25,1.2.1,3,6,,\n",
            "spend.csv line 3: There are two values for 1.2.1 in 2024-25 P3, the first at spend.csv line 2. "
            f"Add them together, correct one, or {LATER} restated one holds.",
        ),
        (
            "2024-25,1.2.1,,5,,2025-06-01\n2024-25,1.2.1,,6,,2025-06-01\n",
            "spend.csv line 3: There are two values for 1.2.1 in 2024-25, the first at spend.csv line 2. "
            f"Add them together, correct one, or {LATER} restated one holds.",
        ),
        (
            "2024-25,1.2.1,1,,7,\n2024-25,1.2.1,,6,,\n",
            "spend.csv line 2: 1.2.1 in 2024-25 is given for the whole year at spend.csv line 3 and by month here. "
            f"Keep one of the two, or {LATER} later one holds.",
        ),
        (
            "2024-25,1.2.1,P13,5,,\n",
            "spend.csv line 2, column month: 'P13' is no period of the year. Write P1 for April to P12 for March.",
        ),
    ],
)
def test_sums_that_cannot_both_stand_are_refused(text, says):
    with pytest.raises(InputError) as refused:
        spend(text)
    assert refused.value.sentence == says


YEARS = (
    "year,allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,council_contribution_gbp,"
    "plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,plan_closing_deficit_gbp,known_on\n"
)


def test_a_restated_year_keeps_what_its_empty_cells_do_not_say():
    text = "2024-25,1,2,3,4,5,6,7,8,9,2025-06-01\n2024-25,10,,,,,,,,0,2025-07-01\n2023-24,,,,,,,,,,\n"
    rows = read_years(folder({"years.csv": YEARS + text}) / "years.csv")

    def known(day=None):
        return [[value for at, value in flat(one) if at.endswith("_gbp")] for one in years_known(rows, day)]

    empty = ["None"] * 9
    first = [str(n * 100) for n in range(1, 10)]
    assert known(date(2025, 5, 31)) == [empty] and known(date(2025, 6, 30)) == [empty, first]
    assert known(date(2025, 7, 1)) == known() == [empty, ["1000", *first[1:8], "0"]]
    assert [(str(one.where), one.known_on) for one in years_known(rows)] == [
        ("years.csv line 4", None),
        ("years.csv line 3", date(2025, 7, 1)),
    ]


@pytest.mark.parametrize(
    ("text", "number", "pence"),
    [
        ("5", "5", 500), (" -5.25 ", "-5.25", -525), ("−5", "-5", -500), ("(5.05)", "-5.05", -505), ("£5", "5", 500),
        ("-£5", "-5", -500), ("(£5)", "-5", -500), ("£-5", None, None), ("1,234.5", "1234.5", 123450),
        ("12,34", None, None), ("1,2345", None, None), ("5.123", "5.123", None), ("5.", None, None), (".5", None, None),
        ("9" * 18, "9" * 18, int("9" * 18) * 100), ("9" * 19, None, None), ("0." + "1" * 12, "0." + "1" * 12, None),
        ("0." + "1" * 13, None, None), ("1e3", None, None), ("()", None, None), ("+5", None, None), ("--5", None, None),
    ],
)  # fmt: skip
def test_numbers_and_sums_of_money_in_a_cell(text, number, pence):
    def read(how, words):
        try:
            return how(text, "f.csv line 2")
        except InputError as refused:
            assert refused.sentence == f"f.csv line 2: '{text}' {words}"
            return None

    found = read(plain_number, "stands where a number belongs. Write plain digits, such as 1234.5.")
    assert (None if found is None else str(found)) == number
    assert read(plain_pence, "is not an amount of money. Write pounds and pence, such as 1234.50.") == pence
