"""Sums of money in sentences. What derives from a rounded sum is told as roughly as that sum."""

from collections.abc import Sequence
from decimal import Decimal

from highneeds.account.stated import Stated, in_words
from highneeds.report.words.sums import balance, roughly
from highneeds.vocabulary.rounding import millions, pounds, signed
from highneeds.vocabulary.words import within

BEFORE_CONTRIBUTIONS = "before contributions"
EMPTY_YEARS = "A year in which a row has no figure stays empty."
DEFICIT_NOTE = f"Sums are deficits or overspends unless they are called a surplus. {EMPTY_YEARS}"
CONTRIBUTIONS_NOTE = "Totals over the agreement. Instalments that are on record stand below."
COSTS_SOURCE = "Our dashboard. A jump that several phases share in one month may be a new basis"
UNIT_COSTS_NOTE = (
    "Average annual cost of a placement. A jump that several phases share in one month may be a new basis."
)


def capital(words: str) -> str:
    """'about £53m' -> 'About £53m', to open a sentence."""
    return words[:1].upper() + words[1:]


def above_target(forecast: Stated, target: Stated) -> str:
    """'about £23m more than the £29.9m agreed', 'exactly the £29.9m agreed'."""
    more = forecast.pence - target.pence
    if not more:
        return f"exactly the {balance(target)} agreed"
    side = "more" if more > 0 else "less"
    if target.is_surplus:
        side = "worse" if more > 0 else "better"
    return f"{roughly(abs(more), forecast, target)} {side} than the {balance(target)} agreed"


def gap_to_plan(gap: Stated) -> str:
    """'About £10m worse than planned'."""
    if not gap.pence:
        return "As planned"
    if gap.pence < 0:
        return f"{capital(roughly(-gap.pence, gap))} better than planned"
    return f"{capital(gap.words)} worse than planned"


def lead(forecast: Stated, target: Stated, gap: Stated) -> str:
    """Why the accumulated gap is not the gap of the year."""
    ahead = (forecast.pence - target.pence) - gap.pence
    if not ahead:
        return ""
    side = "ahead of" if ahead > 0 else "behind"
    return f"We began the year {roughly(abs(ahead), forecast, target, gap)} {side} our cumulative plan."


def plainly(amount: Decimal) -> str:
    """'£7m' from a million on, '£53,252' below."""
    return millions(amount) if abs(amount) >= 1_000_000 else pounds(amount)


TITLE = "Money"
ACCOUNT = "Agreed, latest and achieved"
WHY = "Why"
CAUSES_TOGETHER = "Causes without a figure, together"
NO_FIGURE = "no figure yet"
AGREED = "Agreed"
PUBLISHED = "What is published of our high needs money"
OUTTURN = "High needs spending, net"
GRANT = "High needs grant after deductions"
NO_BALANCE = (
    "The spending is lines 1.2 of the section 251 outturn, without the funding of places; the two rows do not give the "
    "balance of a year."
)
PUBLISHED_SOURCE = "Published statistics of the Department for Education"
CONTRIBUTIONS = "Contributions over the agreement"
PAYMENTS = "Instalments on record"
CAME = "yes; sum not given"
UNIT_COSTS = "Average cost of a placement"
SAVINGS = "Savings and costs avoided"
NOTHING_KNOWN = "We have not published figures of the account yet."
STATEMENT = "Our account from top to bottom"
INCOME_ROWS = (
    ("allocation_gbp", "High needs block, after deductions"),
    ("block_transfer_in_gbp", "Moved in from other blocks"),
)
STATEMENT_ROWS = (
    ("spend_gbp", "Spend in all"),
    ("in_year_before_contributions_gbp", "In-year position before contributions"),
    ("in_year_after_contributions_gbp", "In-year position after contributions"),
    ("closing_deficit_gbp", "Accumulated deficit at 31 March"),
    ("variance_in_year_gbp", "In-year difference from plan, before contributions"),
    ("cumulative_gap_gbp", "Accumulated difference from plan"),
    ("payments_outstanding_gbp", "DfE payments due and not received"),
)
PAYERS = {"dfe": "Department for Education", "council": "The council"}
KINDS = {"avoided": "Cost avoided", "cashable": "Cashable"}


def not_comparable(before: str, after: str, why: str) -> str:
    """'The high needs block of 2026-27 gives no growth on that of 2025-26: grant was moved ...'."""
    return f"The high needs block of {after} gives no growth on that of {before}: {why}."


def variance_title(whole: str, known: str, rest: str, above: bool) -> str:
    """'Of about £23m above target £1.9m has a figure; the other causes together come to about £21m'."""
    if not above:
        although = f", although {known} of named causes adds to it" if known else ""
        return f"The forecast is {whole} below target{although}"
    if not known:
        return f"No cause of the {whole} has a figure yet"
    if not rest:
        return f"The named causes add up to {whole}"
    return f"Of {whole} above target {known} has a figure; the other causes together come to {rest}"


def why_above_target(whole: str, known: Sequence[tuple[str, str]], unknown: Sequence[str]) -> str:
    """'The forecast is about £23m above target. With a figure: two schools not open, £1.9m. Without one yet: ...'"""
    sentences = [f"The forecast is {whole} above target."]
    if known:
        sentences.append(f"With a figure: {'; '.join(f'{within(name)}, {amount}' for name, amount in known)}.")
    if unknown:
        sentences.append(f"Without a figure yet: {'; '.join(map(within, unknown))}.")
    return " ".join(sentences)


def new_basis(months: str) -> str:
    return f"What we count probably changed in {months}. Some of a change across it may be the new count, not the cost."


def savings_needed(needed: str, year: str) -> str:
    """What has to be found, from when on, beside what is already there; the two are of different years."""
    return (
        f"Further actions must save {needed}. The table shows what is on record for {year}; the two are of different "
        "years."
    )


def yearly(needed: Stated) -> str:
    """'at least £5m to £7m a year'."""
    words = needed.words
    if needed.high is not None and needed.high != needed.low and needed.qualifier != "range":
        words = f"{words} to {in_words(needed.high)}"
    return f"{words} a year"


def cost_title(sector: str, changes: tuple[Decimal, Decimal], first: str, last: str) -> str:
    """'Average cost of a placement, independent: +8.3% to +14.3% from Jan 2024 to Jan 2025'."""
    low, high = changes
    between = f"{signed(low, 1)}%" if low == high else f"{signed(low, 1)}% to {signed(high, 1)}%"
    return f"Average cost of a placement, {sector}: {between} from {first} to {last}"
