"""A sum that two of the council's own files give: the same in both, or a finding that names both and their distance."""

import pytest

from highneeds.account.amount import known, missing
from highneeds.account.balance.two_files import same_sums
from highneeds.account.payments.ledger import Payment
from highneeds.account.stated import stated
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.ledger.years import YearRow
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

UNKNOWN = Note.of("amount.no_figure")

Y2024, Y2025 = FinancialYear(2024), FinancialYear(2025)
MILLION = 100_000_000


def payment(payer: str, due: float | None, received: float | None, year: FinancialYear = Y2024) -> Payment:
    """Millions; None for a sum that is not stated."""
    sums = [missing(UNKNOWN) if one is None else known(int(one * MILLION)) for one in (due, received)]
    return Payment(f"{payer} {due}", payer, year, "received", *sums)


def row(year: FinancialYear = Y2024, **millions: float) -> YearRow:
    return YearRow(
        year, Source("years.csv", 2), **{f"{name}_gbp": int(one * MILLION) for name, one in millions.items()}
    )


def messages(years=(), payments=(), transfers=(), printed=None, promised=None, term=None) -> list[str]:
    pairs = same_sums(years, payments, transfers, printed or {}, promised or {}, term)
    return [one.finding.message for one in pairs if one.finding]


@pytest.mark.parametrize(
    ("column", "payer", "side"),
    [
        ("dfe_payment_due", "dfe", "due"),
        ("dfe_payment_received", "dfe", "received"),
        ("plan_council_contribution", "council", "due"),
        ("council_contribution", "council", "received"),
    ],
)
def test_the_register_of_payments_and_the_years_state_one_sum(column, payer, side):
    """14.1m in one file, 13.242m in another: 858,000 pounds apart; to the penny the same is no finding."""
    sums = {"due": None, "received": None} | {side: 13.242}
    [said] = messages([row(**{column: 14.1})], [payment(payer, **sums)])
    assert "£14.1m here and £13.2m (registers/payments.csv), 858000.00 pounds apart" in said
    assert not messages([row(**{column: 13.242})], [payment(payer, **sums)])
    assert not messages([row()], [payment(payer, **sums)])


def test_instalments_of_a_year_are_added_and_one_without_its_sum_compares_nothing():
    years = [row(dfe_payment_due=3)]
    assert not messages(years, [payment("dfe", 1, None), payment("dfe", 2, None)])
    assert messages(years, [payment("dfe", 1, None), payment("dfe", 1.5, None)])
    assert not messages(years, [payment("dfe", 1, None), payment("dfe", None, None)])
    assert not messages(years, [payment("dfe", 1, None, Y2025)])


def test_the_register_of_payments_and_a_document_state_one_sum():
    """A document that prints £13.2m says nothing against 13.242m; one that prints £14.1m does."""
    key = (Y2024, "dfe_payment_gbp", Layer.AGREED)
    assert not messages(payments=[payment("dfe", 13.242, None)], printed={key: [stated(13_200_000)]})
    [said] = messages(payments=[payment("dfe", 13.242, None)], printed={key: [stated(14_100_000)]})
    assert said.startswith("DfE payment, agreed, 2024-25: £13.2m here and £14.1m")


@pytest.mark.parametrize(("consent", "found"), [("forum", 1), ("none_yet", 0)])
def test_a_transfer_and_the_years_state_one_sum(consent, found):
    transfer = {"financial_year": Y2024, "amount_gbp": 2 * MILLION, "consent": consent}
    assert len(messages([row(block_transfer_in=1)], transfers=[transfer])) == found
    assert not messages([row(block_transfer_in=2)], transfers=[transfer])


def test_a_total_of_the_agreement_is_what_its_years_add_up_to():
    """10m and 20m are not the 31m of the agreement; a year without its part compares nothing."""
    years = [row(plan_dfe_payment=10), row(Y2025, plan_dfe_payment=20)]
    given = {"promised": {"department_contribution": stated(31_000_000)}, "term": (Y2024, Y2025)}
    [said] = messages(years, **given)
    assert said.startswith("DfE payments agreed, 2024-25 to 2025-26: £30m here and £31m")
    assert not messages([years[0], row(Y2025)], **given)
    assert not messages(years, promised={"department_contribution": stated(30_000_000)}, term=(Y2024, Y2025))
