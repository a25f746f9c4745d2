"""The payment ledger: what DfE and council promised, scheduled, paid and hold back, against each published total."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from highneeds.account.amount import Amount, known, missing, of_statement, total
from highneeds.account.stated import Stated, in_words, of_fact
from highneeds.checks.finding import Finding, Severity
from highneeds.registers.definitions.payments import no_instalment_without_an_accepted_report
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.words import listed

if TYPE_CHECKING:
    from highneeds.intake.workspace.facts import Fact

RECEIVED = ("received", "released")


@dataclass(frozen=True)
class Payment:
    """One instalment. `received` is nothing until it has come; one that came is known only where its sum is stated:
    what was due is not taken for what was paid."""

    name: str
    payer: str
    year: FinancialYear
    state: str
    due: Amount
    received: Amount
    report: str = ""
    withheld_because: str = ""


@dataclass(frozen=True)
class PublishedTotal:
    """A published total for one payer, beside what the schedule of instalments adds up to."""

    payer: str
    total: Stated
    scheduled: Amount

    @property
    def unscheduled(self) -> Amount:
        """What is promised and stands in no known instalment."""
        return of_statement(self.total) - self.scheduled

    @property
    def finding(self) -> Finding | None:
        """What must be put right; None where the instalments add up to the total."""
        rest, file = self.unscheduled, "registers/payments.csv"
        if rest.pence == 0:
            return None
        if rest.pence is None:
            which = listed(str(one["payment"]) for one in rest.reasons)
            places = listed(place for one in rest.reasons for place in one.sources)
            said = f"the schedule cannot be added up: the size of {which} is not given at {places}"
        else:
            side = "not in any instalment on record" if rest.pence > 0 else "more than was promised"
            said = f"{in_words(abs(rest.pence))} is {side}"
        fix = "Add the instalments of the agreement's schedule, or correct the amount that is wrong."
        message = f"Of {self.total.evidence} {said}"
        return Finding("ACCOUNT-05", Severity.QUERY, file, None, self.payer, "amount_gbp", message, fix)


@dataclass(frozen=True)
class PaymentLedger:
    """payments   every instalment
    promises   one per published total: several where documents disagree, none preferred
    """

    payments: tuple[Payment, ...]
    promises: tuple[PublishedTotal, ...]

    def of(self, payer: str) -> tuple[Payment, ...]:
        return tuple(one for one in self.payments if one.payer == payer)

    def due(self, payer: str) -> Amount:
        return total(one.due for one in self.of(payer))

    def received(self, payer: str) -> Amount:
        return total(one.received for one in self.of(payer))

    @property
    def withheld(self) -> tuple[Payment, ...]:
        return tuple(one for one in self.payments if one.state == "withheld")

    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for promise in self.promises if (finding := promise.finding))


def payment_ledger(
    rows: Iterable[RegisterRow], facts: "Mapping[str, Fact]", promised: Sequence[tuple[str, Stated]]
) -> PaymentLedger:
    """The ledger from the register. `promised` are pairs of payer and published total; all of them are kept."""
    payments = tuple(_payment(row, facts) for row in rows)
    scheduled = {payer: total(one.due for one in payments if one.payer == payer) for payer, _ in promised}
    promises = tuple(PublishedTotal(payer, sum_, scheduled[payer]) for payer, sum_ in promised)
    return PaymentLedger(payments, promises)


def _payment(row: RegisterRow, facts: "Mapping[str, Fact]") -> Payment:
    place, payment = Source(row.file, row.line), row["payment"]
    at = (str(place),)
    due = missing(Note.of("amount.no_size", payment=payment, sources=at))
    if row["amount_gbp"] is not None:
        due = known(row["amount_gbp"], place)
    elif row["figures"] in facts:
        due = of_statement(of_fact(facts[row["figures"]]))
    came = known(0, place)
    if row["state"] in RECEIVED and no_instalment_without_an_accepted_report(row):
        came = missing(Note.of("amount.no_accepted_report", payment=payment, sources=at))
    elif row["state"] in RECEIVED:
        unstated = missing(Note.of("amount.no_sum_received", payment=payment, sources=at))
        came = known(row["received_gbp"], place) if row["received_gbp"] is not None else unstated
    return Payment(
        payment,
        row["payer"],
        row["financial_year"],
        row["state"],
        due,
        came,
        row["report"] or "",
        row["withheld_because"] or "",
    )
