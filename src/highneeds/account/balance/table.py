"""Every measure of the account, year by year and of the whole, and the findings that belong to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from highneeds.account.amount import Amount, Ground, known
from highneeds.account.balance.on_track import OnTrackAnswer
from highneeds.account.balance.roll import RolledAccount, YearPosition
from highneeds.account.pennies import percent_of_plan
from highneeds.account.stated import unlike
from highneeds.checks.finding import Finding, Severity
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.money import pounds_text
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.state import State

YEAR_MEASURES = (
    "spend_gbp",
    "in_year_before_contributions_gbp",
    "in_year_after_contributions_gbp",
    "closing_deficit_gbp",
    "variance_in_year_gbp",
    "variance_in_year_pct",
    "cumulative_gap_gbp",
    "gap_from_opening_gbp",
    "gap_from_spending_gbp",
    "gap_from_payments_gbp",
    "gap_unexplained_gbp",
    "payments_outstanding_gbp",
    "on_track_in_year",
)
NO_SHARE = Note.of("amount.no_share")


@dataclass(frozen=True)
class AccountMeasure:
    """One measure of the account.

    grounds  where the value stands, or why there is none; an answer says itself why
    facts    ids of the facts that it rests on, in the order in which `grounds` names them
    of       the year of a measure of the whole account, such as the exposure at one 31 March; '' of the others
    printed  as a document prints it
    """

    year: str
    name: str
    value: Decimal | str | None
    unit: str
    grounds: tuple[Ground, ...] | OnTrackAnswer
    facts: tuple[str, ...] = ()
    of: str = ""
    printed: bool = False

    @property
    def state(self) -> State:
        if self.value is None:
            return State.UNAVAILABLE
        return State.REPORTED if self.printed else State.COMPUTED


def account_measures(
    account: RolledAccount, ends: Sequence[date] = (), last: FinancialYear | None = None
) -> tuple[AccountMeasure, ...]:
    """Every measure of every year, then those of the whole account with an empty year.

    ends   the days on which the statutory override may end, one row each
    last   the last year of the agreement; the account's last where it is not given
    """
    by_year = [measure for position in account.positions for measure in year_measures(position)]
    whole = [_zero_by_end(account, last or account.last), _break_even(account)]
    return (*by_year, *whole, *(_exposure(account, end) for end in ends))


def year_measures(one: YearPosition) -> list[AccountMeasure]:
    """The measures of one year, in the order in which they add up."""
    money: dict[str, Amount] = {
        "spend_gbp": one.spend,
        "in_year_before_contributions_gbp": one.actual.before,
        "in_year_after_contributions_gbp": one.actual.after,
        "closing_deficit_gbp": one.actual.closing,
        "variance_in_year_gbp": one.variance,
        "cumulative_gap_gbp": one.gap,
        "gap_from_opening_gbp": one.gap_from_opening,
        "gap_from_spending_gbp": one.gap_from_spending,
        "gap_from_payments_gbp": one.gap_from_payments,
        "gap_unexplained_gbp": one.gap_unexplained,
        "payments_outstanding_gbp": one.outstanding,
    }
    measures = [_money(str(one.year), name, amount) for name, amount in money.items()]
    return sorted(
        [*measures, _variance_pct(one), _on_track(one)], key=lambda measure: YEAR_MEASURES.index(measure.name)
    )


def _money(year: str, name: str, amount: Amount) -> AccountMeasure:
    return AccountMeasure(year, name, amount.pounds, "gbp", amount.grounds)


def _variance_pct(one: YearPosition) -> AccountMeasure:
    """The variance over the planned deficit; of a nil or a surplus plan there is no share."""
    name, year = "variance_in_year_pct", str(one.year)
    if one.variance.pence is None or one.plan.before.pence is None:
        return AccountMeasure(year, name, None, "percent", one.variance.reasons)
    share = percent_of_plan(one.variance.pence, one.plan.before.pence)
    return AccountMeasure(year, name, share, "percent", (NO_SHARE if share is None else one.where,))


def _on_track(one: YearPosition) -> AccountMeasure:
    more = one.variance.pence
    answer = None if more is None else ("Yes" if more <= 0 else "No")
    return AccountMeasure(str(one.year), "on_track_in_year", answer, "yes_no", one.variance.reasons or (one.where,))


def _zero_by_end(account: RolledAccount, last: FinancialYear) -> AccountMeasure:
    closing = account.closing(last)
    answer = None if closing.pence is None else ("Yes" if closing.pence <= 0 else "No")
    why = closing.reasons or (_closing_at(last.last_day),)
    return AccountMeasure("", "on_track_zero_by_end", answer, "yes_no", why)


def _break_even(account: RolledAccount) -> AccountMeasure:
    year, why = account.break_even
    return AccountMeasure("", "break_even_year", year, "financial_year", why)


def override_end(text: str) -> date:
    """A day on which the override may end: '2026-03-31', or '2026-03' as documents print it. Always a 31 March."""
    try:
        day = Month.parse(text).last_day if len(text) == len("2026-03") else date.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{text}' is not a date", where="--override-end", remedy="Write it as 2026-03-31") from None
    if (day.month, day.day) != (3, 31):
        raise InputError(
            f"{text} is not a 31 March, and the deficit is known only at one",
            where="--override-end",
            remedy="Give the override's end as a 31 March, such as 2026-03-31",
        )
    return day


def _exposure(account: RolledAccount, end: date) -> AccountMeasure:
    closing = exposure(account, end)
    why = closing.reasons or (_closing_at(end),)
    return AccountMeasure("", "exposure_at_override_end_gbp", closing.pounds, "gbp", why)


def _closing_at(day: date) -> Note:
    return Note.of("stands.closing_at", day=day.isoformat())


def exposure(account: RolledAccount, end: date) -> Amount:
    """What would fall on the council's books if the override ended on that 31 March; a surplus is no exposure."""
    closing = account.closing(FinancialYear.of(end))
    return closing if closing.pence is None else known(max(0, closing.pence), *closing.sources)


def account_findings(account: RolledAccount) -> tuple[Finding, ...]:
    """What a person must look at: printed closings that do not roll forward, and years that are missing."""
    return tuple(finding for one in account.positions for finding in _findings_of(one))


def _findings_of(one: YearPosition) -> Iterable[Finding]:
    printed = one.printed_plan_closing.pence if one.printed_plan_closing else None
    rolled = one.plan.closing.pence
    if printed is not None and rolled is not None and printed != rolled:
        stands, carried = unlike(printed, rolled)
        yield _finding(
            "ACCOUNT-01",
            one,
            "plan_closing_deficit_gbp",
            f"The planned closing deficit of {one.year} is printed as {stands}, and the plan's own figures "
            f"carry forward to {carried}, {pounds_text(abs(printed - rolled))} pounds apart",
            "Ask which of the agreement's figures is right; the printed one stands until then.",
        )
    if not one.has_row:
        yield _finding(
            "ACCOUNT-02",
            one,
            "year",
            f"The year {one.year} has no row, so nothing can be carried through it",
            "Add the year, with what is known of it.",
        )


def _finding(rule: str, one: YearPosition, field: str, message: str, fix: str) -> Finding:
    file = one.where.document if one.has_row else ""
    return Finding(rule, Severity.QUERY, file, one.where.line, str(one.year), field, message, fix)
