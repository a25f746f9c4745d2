"""Savings added up once: phased by month, overlap taken out, odds counted, and held against what is asked for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from highneeds.account.pennies import nearest
from highneeds.account.stated import of_fact
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source

if TYPE_CHECKING:
    from highneeds.intake.workspace.facts import Fact


@dataclass(frozen=True)
class Saving:
    """One action. shared: the share of it that an earlier action already brings, 0 to 1."""

    name: str
    title: str
    kind: str
    starts: Month
    full_year: int
    confidence: str
    chance: Fraction | None
    overlaps_with: str = ""
    shared: Fraction = Fraction(0)
    first_year: Fraction | None = None
    second_year: Fraction | None = None
    realised: int | None = None
    gated: bool = True

    @property
    def is_confident(self) -> bool:
        """Called confident, and with equality assessment, consultation and decision behind it."""
        return self.confidence == "confident" and self.gated

    def effect(self, year: FinancialYear) -> Fraction:
        """Exact pence of one year before overlap: by months in the first year, unless a phasing says otherwise."""
        first = FinancialYear.of(self.starts.first_day)
        if year < first:
            return Fraction(0)
        if year == first:
            by_months = Fraction(self.starts.months_until(Month.of(year.last_day)) + 1, 12)
            return self.full_year * (by_months if self.first_year is None else self.first_year)
        second = self.second_year if year == first.plus(1) and self.second_year is not None else Fraction(1)
        return self.full_year * second


@dataclass(frozen=True)
class SavingsTotal:
    """One year's savings in pence.

    gross      every action added up as if it stood alone
    overlap    what two actions both reach for, counted once
    expected   after overlap, each at its odds; None where an action has none
    confident  after overlap, only those with their gates passed
    """

    year: FinancialYear
    gross: int
    overlap: int
    cashable: int
    confident: int
    expected: int | None

    @property
    def net(self) -> int:
        return self.gross - self.overlap


def savings_of(
    rows: Iterable[RegisterRow], facts: "Mapping[str, Fact]", later: Collection[str] = ()
) -> tuple[Saving, ...]:
    """The actions of the register; an amount may be the fact that states it.

    later   ids of facts that became known after the day: an action whose sum only these state is left aside

    A dropped action counts nowhere, and one whose published sum was cut off in print is left aside: the measure
    net_gbp of the register says how many are.
    """
    return tuple(_saving(row, facts) for row in with_a_sum(rows, facts, later))


def with_a_sum(
    rows: Iterable[RegisterRow], facts: "Mapping[str, Fact]", later: Collection[str] = ()
) -> list[RegisterRow]:
    """The rows that count: not dropped, their sum not cut off in print and not published only after the day."""
    counting = [row for row in rows if row["stage"] != "dropped"]
    return [row for row in counting if row["full_year_gbp"] is not None or not _unstated(row, facts, later)]


def _unstated(row: RegisterRow, facts: "Mapping[str, Fact]", later: Collection[str]) -> bool:
    """The fact that would state the sum was cut off in print, or is not known yet."""
    name = row["figures"] or ""
    return name in later or (name in facts and facts[name].value is None)


def savings_total(savings: Sequence[Saving], year: FinancialYear) -> SavingsTotal:
    """Add up one year. The overlap of an action is its share of the smaller of the two, counted at the later action."""
    by_name = {one.name: one for one in savings}
    net = {one.name: one.effect(year) - _overlap(one, by_name, year) for one in savings}
    gross = nearest(sum((one.effect(year) for one in savings), Fraction(0)) / 100)
    total = nearest(sum(net.values(), Fraction(0)) / 100)
    return SavingsTotal(
        year,
        gross,
        gross - total,
        _sum(net[one.name] for one in savings if one.kind == "cashable"),
        _sum(net[one.name] for one in savings if one.is_confident),
        None
        if any(one.chance is None for one in savings)
        else _sum(net[one.name] * (one.chance or Fraction(0)) for one in savings),
    )


def chance_of(savings: Sequence[Saving], year: FinancialYear, needed: int) -> Fraction | None:
    """The chance that the actions which come off add up to the sum needed, each coming off or not on its own.

    Exact over all combinations; up to 16 actions. None where an action has no odds.
    """
    chances = {one.name: one.chance for one in savings if one.chance is not None}
    if len(chances) < len(savings):
        return None
    if len(savings) > 16:
        raise InputError("More than 16 actions have too many combinations", remedy="Group the small ones")
    odds: dict[frozenset[str], Fraction] = {frozenset(): Fraction(1)}
    for name, own in chances.items():
        odds = {
            outcome: chance
            for done, before in odds.items()
            for outcome, chance in (
                (done | {name}, before * own),
                (done, before * (1 - own)),
            )
            if chance
        }
    return sum((p for done, p in odds.items() if _net_of(savings, done, year) >= needed), Fraction(0))


def _net_of(savings: Sequence[Saving], done: frozenset[str], year: FinancialYear) -> int:
    by_name = {one.name: one for one in savings if one.name in done}
    return _sum(one.effect(year) - _overlap(one, by_name, year) for one in by_name.values())


def _overlap(one: Saving, by_name: Mapping[str, Saving], year: FinancialYear) -> Fraction:
    other = by_name.get(one.overlaps_with)
    return one.shared * min(one.effect(year), other.effect(year)) if other else Fraction(0)


def _sum(parts: Iterable[Fraction]) -> int:
    return nearest(sum(parts, Fraction(0)) / 100)


def _saving(row: RegisterRow, facts: "Mapping[str, Fact]") -> Saving:
    full_year = row["full_year_gbp"]
    if full_year is None and row["figures"] in facts:
        full_year = of_fact(facts[row["figures"]]).pence
    if full_year is None:
        raise InputError(
            f"The saving {row['saving']} has neither an amount nor a figure",
            where=Source(row.file, row.line),
            remedy="Give full_year_gbp, or the id of the fact that states it",
        )
    return Saving(
        row["saving"],
        row["title"],
        row["kind"],
        row["starts"],
        full_year,
        row["confidence"],
        _share(row["chance_percent"]),
        row["overlaps_with"] or "",
        _share(row["overlap_percent"]) or Fraction(0),
        _share(row["first_year_percent"]),
        _share(row["second_year_percent"]),
        row["realised_gbp"],
        all(row[gate] for gate in ("equality_assessment", "consultation", "decision")),
    )


def _share(percent: Decimal | None) -> Fraction | None:
    return None if percent is None else Fraction(percent) / 100
