"""The payment ledger: what DfE and council promised, scheduled, paid and hold back, against each published total."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from highneeds.account.amount import Amount, known, missing, total
from highneeds.account.stated import Stated, in_words, of_fact
from highneeds.checks.finding import Finding, Severity
from highneeds.registers.definitions.payments import no_instalment_without_an_accepted_report
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.period import FinancialYear

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
        return known(self.total.pence, self.total.source) - self.scheduled

    @property
    def sentence(self) -> str:
        rest = self.unscheduled
        if rest.pence is None:
            return f"Of {self.total.evidence} the schedule cannot be added up: {rest.reason}."
        if rest.pence == 0:
            return f"The instalments add up to the {self.total.evidence}."
        side = "not in any instalment on record" if rest.pence > 0 else "more than was promised"
        return f"Of {self.total.evidence} {in_words(abs(rest.pence))} is {side}."


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
        return tuple(finding for promise in self.promises for finding in _short(promise))


def payment_ledger(
    rows: Iterable[RegisterRow], facts: "Mapping[str, Fact]", promised: Sequence[tuple[str, Stated]]
) -> PaymentLedger:
    """The ledger from the register. `promised` are pairs of payer and published total; all of them are kept."""
    payments = tuple(_payment(row, facts) for row in rows)
    scheduled = {payer: total(one.due for one in payments if one.payer == payer) for payer, _ in promised}
    promises = tuple(PublishedTotal(payer, sum_, scheduled[payer]) for payer, sum_ in promised)
    return PaymentLedger(payments, promises)


def _payment(row: RegisterRow, facts: "Mapping[str, Fact]") -> Payment:
    place = f"{row.file} line {row.line}"
    due = missing(f"the size of {row['payment']} is not given at {place}")
    if row["amount_gbp"] is not None:
        due = known(row["amount_gbp"], place)
    elif row["figures"] in facts:
        statement = of_fact(facts[row["figures"]])
        due = known(statement.pence, statement.source)
    came = known(0, place)
    if row["state"] in RECEIVED and no_instalment_without_an_accepted_report(row):
        came = missing(f"{row['payment']} is not counted: no accepted report stands behind it at {place}")
    elif row["state"] in RECEIVED:
        unstated = missing(f"{row['payment']} came, and the sum received is not stated at {place}")
        came = known(row["received_gbp"], place) if row["received_gbp"] is not None else unstated
    return Payment(
        row["payment"],
        row["payer"],
        row["financial_year"],
        row["state"],
        due,
        came,
        row["report"] or "",
        row["withheld_because"] or "",
    )


def _short(promise: PublishedTotal) -> Iterable[Finding]:
    rest = promise.unscheduled.pence
    if rest is None or rest:
        fix = "Add the instalments of the agreement's schedule, or correct the amount that is wrong."
        yield Finding(
            "ACCOUNT-05",
            Severity.QUERY,
            "registers/payments.csv",
            None,
            promise.payer,
            "amount_gbp",
            promise.sentence.rstrip("."),
            fix,
        )
