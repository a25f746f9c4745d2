"""The account and the bridge once more, from the words of their definition: plain fractions, one thing after another.

Slow, and written without a look at the engine's code. A sum that needs a missing cell is None, never zero.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

Row = Mapping[str, str]


def pounds(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def plus(*parts: Fraction | None) -> Fraction | None:
    total = Fraction(0)
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def minus(first: Fraction | None, *others: Fraction | None) -> Fraction | None:
    return plus(first, *(None if one is None else -one for one in others))


def half_away(value: Fraction, decimals: int) -> str:
    """Rounded to so many decimals, halves away from zero, as text."""
    scaled = abs(value) * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    sign = "-" if value < 0 and whole else ""
    digits = str(whole).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def shown(value: Fraction | None) -> str:
    return "" if value is None else half_away(value, 2)


def spent_in(year: str, spend: Sequence[Row]) -> Fraction | None:
    """All lines of the year; none where a cell is empty, nothing is given, or the months stop before March."""
    ours = [row for row in spend if row["year"] == year]
    months = [int(row["month"][1:]) for row in ours if row.get("month")]
    if not ours or (months and max(months) < 12):
        return None
    return plus(*(pounds(row["amount_gbp"]) for row in ours))


def every_year(years: Sequence[Row]) -> list[str]:
    starts = sorted(int(row["year"][:4]) for row in years)
    return [f"{start}-{(start + 1) % 100:02d}" for start in range(starts[0], starts[-1] + 1)]


def account(
    years: Sequence[Row],
    spend: Sequence[Row],
    opening: str,
    plan_opening: str = "",
    ends: Sequence[str] = (),
    last_year: str = "",
) -> list[tuple[str, str, str]]:
    """financial_year, measure, value as text, in the order of the command."""
    by_year = {row["year"]: row for row in years}
    balance, planned = pounds(opening), pounds(plan_opening or opening)
    outstanding: Fraction | None = Fraction(0)
    rows: list[tuple[str, str, str]] = []
    before_of, closing_of = {}, {}
    for year in every_year(years):
        cell = {name: pounds(by_year.get(year, {}).get(name, "")) for name in CELLS}
        spent = spent_in(year, spend) if year in by_year else None
        before = minus(spent, cell["allocation_gbp"], cell["block_transfer_in_gbp"])
        after = minus(before, cell["dfe_payment_received_gbp"], cell["council_contribution_gbp"])
        closing = plus(balance, after)
        plan_paid = plus(cell["plan_dfe_payment_gbp"], cell["plan_council_contribution_gbp"])
        rolled = minus(plus(planned, cell["plan_in_year_before_gbp"]), plan_paid)
        printed = cell["plan_closing_deficit_gbp"]
        plan_closing = rolled if printed is None else printed
        outstanding = minus(plus(outstanding, cell["dfe_payment_due_gbp"]), cell["dfe_payment_received_gbp"])
        variance = minus(before, cell["plan_in_year_before_gbp"])
        paid = plus(cell["dfe_payment_received_gbp"], cell["council_contribution_gbp"])
        money = {
            "spend_gbp": spent,
            "in_year_before_contributions_gbp": before,
            "in_year_after_contributions_gbp": after,
            "closing_deficit_gbp": closing,
            "variance_in_year_gbp": variance,
        }
        rows += [(year, name, shown(value)) for name, value in money.items()]
        rows.append((year, "variance_in_year_pct", share(variance, cell["plan_in_year_before_gbp"])))
        gap = {
            "cumulative_gap_gbp": minus(closing, plan_closing),
            "gap_from_opening_gbp": minus(balance, planned),
            "gap_from_spending_gbp": variance,
            "gap_from_payments_gbp": minus(plan_paid, paid),
            "gap_unexplained_gbp": minus(rolled, plan_closing),  # of an unknown roll-forward nobody can say "nothing"
            "payments_outstanding_gbp": outstanding,
        }
        rows += [(year, name, shown(value)) for name, value in gap.items()]
        rows.append((year, "on_track_in_year", yes(variance)))
        balance, planned = closing, plan_closing
        before_of[year], closing_of[year] = before, closing
    last = last_year or max(before_of)
    first = int(min(before_of)[:4])
    closing_of[f"{first - 1}-{first % 100:02d}"] = pounds(opening)  # the deficit of the 31 March before the first year
    rows.append(("", "on_track_zero_by_end", yes(closing_of.get(last))))
    rows.append(("", "break_even_year", break_even(before_of)))
    rows += [("", "exposure_at_override_end_gbp", exposure(closing_of, end)) for end in ends]
    return rows


CELLS = (
    "allocation_gbp",
    "block_transfer_in_gbp",
    "dfe_payment_due_gbp",
    "dfe_payment_received_gbp",
    "council_contribution_gbp",
    "plan_in_year_before_gbp",
    "plan_dfe_payment_gbp",
    "plan_council_contribution_gbp",
    "plan_closing_deficit_gbp",
)


def yes(more: Fraction | None) -> str:
    return "" if more is None else "Yes" if more <= 0 else "No"


def share(variance: Fraction | None, plan: Fraction | None) -> str:
    """Percent of the deficit that was planned; a nil or a surplus plan is no whole to take a share of."""
    if variance is None or plan is None or plan <= 0:
        return ""
    return half_away(100 * variance / plan, 1)


def break_even(before: Mapping[str, Fraction | None]) -> str:
    """The first year in balance; no answer where a year before it has none."""
    for year, sum_ in before.items():
        if sum_ is None:
            return ""
        if sum_ <= 0:
            return year
    return "none"


def exposure(closing: Mapping[str, Fraction | None], end: str) -> str:
    start = int(end[:4]) - 1
    sum_ = closing.get(f"{start}-{(start + 1) % 100:02d}")
    return "" if sum_ is None else shown(max(Fraction(0), sum_))


def bridge(plan: Sequence[Row], actual: Sequence[Row]) -> list[tuple[Any, ...]]:
    """line, volume, mix, price, total as text; TOTAL last."""
    planned, happened = ({row["line"]: row for row in rows} for rows in (plan, actual))
    lines = [*planned, *(line for line in happened if line not in planned)]
    exact = {}
    whole_volume = sum(Fraction(row["volume"]) for row in plan)
    average = sum(Fraction(row["volume"]) * Fraction(row["price"]) for row in plan) / whole_volume
    for line in lines:
        before, after = planned.get(line), happened.get(line)
        plan_price = Fraction((before or after)["price"])
        price = Fraction((after or before)["price"])
        plan_volume = Fraction(before["volume"]) if before else Fraction(0)
        volume = Fraction(after["volume"]) if after else Fraction(0)
        more = volume - plan_volume
        effects = (more * average, more * (plan_price - average), volume * price - plan_volume * plan_price)
        exact[line] = (effects, volume * price)
    pence = {line: [nearest_penny(one) for one in effects] for line, (effects, _) in exact.items()}
    total = [nearest_penny(sum(effects[at] for effects, _ in exact.values())) for at in range(3)]
    dearest = max(lines, key=lambda line: exact[line][1])
    for at in range(3):
        pence[dearest][at] += total[at] - sum(row[at] for row in pence.values())
    return [_bridge_row(line, cells) for line, cells in (*pence.items(), ("TOTAL", total))]


def nearest_penny(value: Fraction) -> int:
    return int(half_away(value, 2).replace(".", ""))


def _bridge_row(line: str, cells: Sequence[int]) -> tuple[str, ...]:
    volume, mix, total = cells
    return (line, *(shown(Fraction(sum_, 100)) for sum_ in (volume, mix, total - volume - mix, total)))
