"""Statements that cannot both be right: two values for one thing, a part against its whole, dates out of order."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from highneeds.claims.evidence.model import ClaimEvidence, EvidenceFact, FactsOfOneThing, TableTotal, period_of
from highneeds.claims.language.number import last_nonzero_unit
from highneeds.claims.language.when import when_at
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.words import qualified


@dataclass(frozen=True)
class Contradiction:
    """about    what is stated twice
    facts    the facts that a text must not repeat as they stand
    places   both places, as documents and lines
    stated   what each place says
    why      one sentence for the writer
    """

    about: str
    facts: tuple[str, ...]
    places: tuple[Source, ...]
    stated: tuple[str, ...]
    why: str


def contradictions(evidence: ClaimEvidence) -> tuple[Contradiction, ...]:
    """Every contradiction among the published figures of a workspace, each once."""
    return (
        *_two_values(evidence), *_totals(evidence), *_lengths(evidence), *_shares_of_one_budget(evidence),
        *_reports_out_of_order(evidence), *_columns_out_of_order(evidence),
    )  # fmt: skip


def _two_values(evidence: ClaimEvidence) -> list[Contradiction]:
    found = []
    for thing in evidence.same_things:
        # A figure published later and less surely (a press report) stands beside the council's own and accuses nobody.
        facts = [fact for name in thing.facts if (fact := evidence.fact_named(name))]
        facts = [fact for fact in facts if not fact.later or fact.confidence == "high"]
        if any(differ(one, other) for one, other in pairwise(facts)):
            found.append(_of_values(thing, facts))
    return found


def _of_values(thing: FactsOfOneThing, facts: list[EvidenceFact]) -> Contradiction:
    shown = "; ".join(f"{fact.source} says {hedged(fact)}" for fact in facts)
    accused = tuple(fact.id for fact in facts if not fact.later)
    why = f"Two published values for one thing ({thing.about}): {shown}"
    return Contradiction(thing.about, accused, tuple(f.source for f in facts), tuple(hedged(f) for f in facts), why)


def hedged(fact: EvidenceFact) -> str:
    return qualified(fact.qualifier, fact.printed or fact.written)


def differ(one: EvidenceFact, other: EvidenceFact) -> bool:
    """Do two facts give different values? Rounding apart, and a bound is a value of its own."""
    if one.value is None or other.value is None:
        return one.written[:7] != other.written[:7]
    if one.value_high != other.value_high:
        return True
    values = one.value, other.value
    return abs(values[0] - values[1]) > max(last_nonzero_unit(abs(value), Decimal("0.01")) for value in values) / 2


def _totals(evidence: ClaimEvidence) -> list[Contradiction]:
    return [_of_total(evidence, total) for total in evidence.totals if sum(total.parts) != total.total]


def _of_total(evidence: ClaimEvidence, total: TableTotal) -> Contradiction:
    accused = tuple(f.id for f in evidence.recorded if f.source == total.total_source and f.value == total.total)
    shown = " + ".join(f"{part:,}" for part in total.parts)
    name, given = total.table.replace("_", " "), f"{total.total_source} gives {total.total:,}"
    why = f"The parts make {sum(total.parts):,} ({shown}, {total.part_source}) where {given}"
    return Contradiction(name, accused, (total.total_source, total.part_source), (f"{total.total:,}", shown), why)


def _lengths(evidence: ClaimEvidence) -> list[Contradiction]:
    if evidence.first_year is None or evidence.last_year is None:
        return []
    years = len(evidence.first_year.through(evidence.last_year))
    facts = [fact for fact in evidence.recorded if fact.id in evidence.lengths and fact.value != years]
    why, said = f"{evidence.first_year} to {evidence.last_year} are {years} financial years", f"{years} years"
    return [Contradiction("Length of the agreement", (f.id,), (f.source,), (f.printed, said), why) for f in facts]


def _shares_of_one_budget(evidence: ClaimEvidence) -> list[Contradiction]:
    """An amount and the share it is of a budget imply the budget; a later one that is smaller is a contradiction."""
    implied = sorted(_implied_budgets(evidence), key=lambda item: item[0].start)
    found = []
    for (year, low, _, share, shown), (later, _, high, later_share, later_shown) in pairwise(implied):
        if later.start > year.start and high < low:
            before = f"{shown} does ({share.source}, {year})"
            why = f"{later_shown} ({later_share.source}) makes the whole budget less than {before}"
            places, printed = (later_share.source, share.source), (later_share.printed, share.printed)
            found.append(Contradiction("Share of the budget", (later_share.id,), places, printed, why))
    return found


def _implied_budgets(evidence: ClaimEvidence) -> list[tuple[FinancialYear, Decimal, Decimal, EvidenceFact, str]]:
    by_place: dict[tuple[Source, str], list[EvidenceFact]] = defaultdict(list)
    for fact in evidence.recorded:
        by_place[fact.source, fact.period].append(fact)
    found = []
    for facts in by_place.values():
        shares = [f for f in facts if f.id in evidence.budget_shares and f.value]
        amounts = [f for f in facts if f.unit == "gbp" and f.value]
        year = period_of(facts[0].period)
        if len(shares) == len(amounts) == 1 and isinstance(year, FinancialYear):
            share, amount = shares[0], amounts[0]
            assert share.value is not None and amount.value is not None
            slack, step = Decimal("0.5"), last_nonzero_unit(amount.value, Decimal(1)) / 2
            if amount.value % 10_000_000 == 0:
                step = Decimal(500_000)
            low = (amount.value - step) * 100 / (share.value + slack)
            high = (amount.value + step) * 100 / (share.value - slack)
            found.append((year, low, high, share, f"{amount.printed} as {share.printed}"))
    return found


def _reports_out_of_order(evidence: ClaimEvidence) -> list[Contradiction]:
    """The reports must be dated in their printed order; the one that leaves the steadier row is accused."""
    facts = [fact for name in evidence.reports if (fact := evidence.fact_named(name))]
    dated = [(fact, month) for fact in facts if isinstance(month := period_of(fact.written), Month)]
    found = []
    for (one, first), (other, second) in pairwise(dated):
        if second < first:
            wrong = min((one, other), key=lambda fact: _unsteadiness([m for f, m in dated if f is not fact]))
            right = other if wrong is one else one
            dated_so = f"is dated {wrong.printed} ({wrong.source}), out of order with {right.printed} ({right.source})"
            why = f"Published report {evidence.reports.index(wrong.id) + 1} {dated_so}"
            places, printed = (wrong.source, right.source), (wrong.printed, right.printed)
            found.append(Contradiction("Order of the reports", (wrong.id,), places, printed, why))
    return found


def _columns_out_of_order(evidence: ClaimEvidence) -> list[Contradiction]:
    """The months that head the columns of a table must run on: 'Feb 24' does not follow 'Nov 24'."""
    found = []
    for left, right in pairwise(evidence.columns):
        before, after = _heading(left.heading), _heading(right.heading)
        if left.table == right.table and before and after and after < before:
            why = f"The column {right.heading} stands after {left.heading} ({right.source})"
            about = f"Order of the columns of {right.table.replace('_', ' ')}"
            found.append(Contradiction(about, (), (right.source,), (right.heading, left.heading), why))
    return found


def _heading(text: str) -> Month | None:
    found = (when_at(text, at) for at in range(len(text)))
    return next((hit[0].month for hit in found if hit and hit[0].shape == "month"), None)


def _unsteadiness(months: list[Month]) -> int:
    gaps = [one.months_until(other) for one, other in pairwise(months)]
    return max(gaps) - min(gaps) if gaps else 0
