"""An agreed or open fee uplift moves the upper price of the forecast until the commitment book has it."""

from dataclasses import dataclass
from datetime import date

from highneeds.account.balance.forecast_question import rise_to_come
from highneeds.registers.definitions.fee_uplifts import still_to_come
from highneeds.registers.registry import registers

DAY = date(2025, 4, 2)
FEE = dict(provider="Oak", financial_year="2025-26", places="10", present_fee_gbp="50000.00", asked_fee_gbp="55000.00")


def fees(*rows):
    return registers()["fee_uplifts"].rows_of([FEE | dict(uplift=str(number)) | row for number, row in enumerate(rows)])


@dataclass
class Account:
    fee_uplifts: tuple
    commitments: tuple

    def rows(self, name):
        return getattr(self, name)


def test_open_requests_and_fees_agreed_for_later_are_still_to_come():
    """Open: 5,000 x 10. Agreed from September: 2,000 x 10. Agreed from April and refused: nothing more."""
    agreed = dict(outcome="agreed", agreed_fee_gbp="52000.00")
    rows = fees(
        dict(outcome="asked"),
        agreed | dict(effective_from="2025-09-01"),
        agreed | dict(effective_from="2025-04-01"),
        dict(outcome="refused"),
    )
    assert [still_to_come((one,), DAY) for one in rows] == [50_000_00, 20_000_00, 0, 0]


def test_it_is_spread_over_the_independent_placements_of_the_book():
    """£50,000 over 20 placements of line 1.2.3 is £2,500 each; without a book it cannot be spread."""
    book = registers()["commitments"].rows_of(
        [
            dict(commitment="1", line="1.2.3", fte="20", status="active", from_day="2024-09-01"),
            dict(commitment="2", line="1.2.1", fte="80", status="active", from_day="2024-09-01"),
        ]
    )
    assert rise_to_come(Account(fees(dict(outcome="asked")), book), DAY) == 2_500
    assert rise_to_come(Account(fees(dict(outcome="asked")), ()), DAY) == 0
