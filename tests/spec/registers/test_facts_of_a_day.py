"""The facts that the rules of a register ask: those that were known on the day, and no later one."""

from datetime import date

import pytest

from eastmoor import COUNCIL
from highneeds.checks.finding import Outcome
from highneeds.registers.of_workspace import registers_known
from highneeds.store.place import documents
from memory_store import MemoryStore

DAY = date(2025, 7, 10)
REPORTED = date(2025, 6, 30)
FACTS = """id,group,value,unit,period,qualifier,raw,context,source_doc,source_line,known_on
dfe_contribution,finance,5,gbp,2024-25,exact,£5,Promised,AGREEMENT,,
council_contribution,finance,4,gbp,2024-25,exact,£4,Promised,AGREEMENT,,
raised,finance,9,gbp,2024-25,exact,£9,Promised anew,AGREEMENT,,2025-07-11
"""
AGREED = {"dfe_contribution", "council_contribution"}
LATER = "id,value,unit,period,context,source\noutturn,7,gbp,2024-25,A sum,Cabinet 12 Jul 2025\n"
PARTS = "promised:\n- {payer: dfe, figure: dfe_contribution}\n- {payer: dfe, figure: raised}\n"
PAYMENTS = """payment,payer,financial_year,due_on,amount_gbp,state,figures
p1,dfe,2024-25,2025-06-30,6,due,outturn
"""
DOCUMENTS = "documents:\n- {id: AGREEMENT, title: Agreement, published: 2025-07-09}\n"


def known_on(day, payments=PAYMENTS, **asked):
    texts = {
        "council.toml": COUNCIL, "agreement.yaml": DOCUMENTS, "facts.csv": FACTS, "later_published_facts.csv": LATER,
        "finance/published.yaml": PARTS, "registers/payments.csv": payments,
    }  # fmt: skip
    place = documents(MemoryStore({name: text.encode() for name, text in texts.items()}))
    return registers_known(place, day, **asked)


def outcomes(known):
    return {one.rule: one.outcome for one in known.results("payments")}


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2025, 7, 8), set()),
        (date(2025, 7, 9), AGREED),  # with its document
        (date(2025, 7, 10), AGREED),
        (date(2025, 7, 11), AGREED | {"raised"}),  # on its own day
        (date(2025, 7, 12), AGREED | {"raised", "outturn"}),  # on the day that its source names
    ],
)
def test_a_fact_counts_from_the_day_on_which_it_became_known(day, known):
    found = known_on(day).facts
    parts = {"promised_dfe"} if known else set()
    assert set(found) == known | parts
    if parts:
        assert found["promised_dfe"].value == (9 if "raised" in known else 5)


def test_a_rule_holds_the_instalments_against_what_was_promised_by_the_day():
    """£6 is more than the £5 of the agreement, and less than the £9 that were promised a day later."""
    assert outcomes(known_on(DAY))["PAYMENTS-08"] is Outcome.FOUND
    assert outcomes(known_on(date(2025, 7, 11)))["PAYMENTS-08"] is Outcome.CLEAR
    assert outcomes(known_on(date(2025, 7, 8)))["PAYMENTS-08"] is Outcome.COULD_NOT_CHECK


def test_what_is_asked_of_a_day_with_all_that_became_known_since():
    assert set(known_on(REPORTED, known_by=date.max).facts) == AGREED | {"raised", "outturn", "promised_dfe"}


def test_a_row_may_name_a_fact_that_became_known_later_and_none_that_is_nowhere():
    assert outcomes(known_on(DAY))["PAYMENTS-REF"] is Outcome.CLEAR
    assert outcomes(known_on(DAY, PAYMENTS.replace("outturn", "outturns")))["PAYMENTS-REF"] is Outcome.FOUND
