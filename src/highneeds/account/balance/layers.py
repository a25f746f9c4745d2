"""Agreed, latest and achieved side by side, year by year. A figure nobody published is a gap in its line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from highneeds.account.contradiction import contradiction
from highneeds.account.stated import Stated, dated_by_name, of_fact
from highneeds.checks.finding import Finding
from highneeds.intake.ledger.positions import Layer, PositionRow
from highneeds.intake.workspace.facts import FACT_FILES
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

if TYPE_CHECKING:
    from highneeds.intake.workspace.facts import Fact

MEASURES = {
    "in_year_before_contributions_gbp": "In-year overspend before contributions",
    "closing_deficit_gbp": "Accumulated deficit at 31 March",
    "cumulative_gap_gbp": "Accumulated deficit worse than plan",
    "dfe_payment_gbp": "DfE payment",
    "council_contribution_gbp": "Council contribution",
}
"""What each measure of the account is called, in documents and in findings."""

LayerKey = tuple[FinancialYear, str, Layer]


@dataclass(frozen=True)
class Layers:
    """Every figure of the account by year, measure and layer; several where documents disagree.

    printed   what documents say, where the council's own typed figure took its place
    """

    years: tuple[FinancialYear, ...]
    stated: Mapping[LayerKey, tuple[Stated, ...]]
    printed: Mapping[LayerKey, tuple[Stated, ...]] = field(default_factory=dict)

    def with_typed(self, typed: Mapping[LayerKey, Stated]) -> "Layers":
        """The same with the council's own typed figures in the place of what is printed of the same thing."""
        replaced = {key: found for key, found in self.stated.items() if key in typed}
        years = sorted({*self.years, *(year for year, _, _ in typed)})
        own = {key: (one,) for key, one in typed.items()}
        return Layers(tuple(years), {**self.stated, **own}, replaced)

    def at(self, year: FinancialYear, measure: str, layer: Layer) -> tuple[Stated, ...]:
        return self.stated.get((year, measure, layer), ())

    def one(self, year: FinancialYear, measure: str, *layers: Layer) -> Stated | None:
        """The first statement in the first of these layers that has one."""
        return next((found for layer in layers for found in self.at(year, measure, layer)), None)

    def line(self, measure: str, layer: Layer) -> tuple[tuple[FinancialYear, Stated | None], ...]:
        """One line of a chart: every year, None where there is a gap."""
        return tuple((year, self.one(year, measure, layer)) for year in self.years)

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(name for name in MEASURES if any(key[1] == name for key in self.stated))

    def findings(self) -> tuple[Finding, ...]:
        """Figures that two documents give differently."""
        found = (
            contradiction(f"{MEASURES[measure]} of {year}, {layer.value}", statements)
            for (year, measure, layer), statements in {**self.stated, **self.printed}.items()
        )
        return tuple(finding for finding in found if finding)


def layers(rows: Sequence[PositionRow], facts: "Iterable[Fact]", years: Sequence[FinancialYear]) -> Layers:
    """Look up every position in the facts. `years` are those to show, whether or not anything is published of them."""
    known = {fact.id: fact for fact in facts}
    stated: dict[LayerKey, tuple[Stated, ...]] = {}
    for row in rows:
        key = (row.year, row.measure, row.layer)
        stated[key] = (*stated.get(key, ()), _statement(row, known))
    return Layers(tuple(sorted({*years, *(row.year for row in rows)})), stated)


def _statement(row: PositionRow, known: "Mapping[str, Fact]") -> Stated:
    fact = known.get(row.fact)
    if fact is None:
        raise InputError(
            f"'{row.fact}' has no source: it is no fact of this workspace",
            where=row.where,
            remedy="Add it to facts.csv with its document and line, or correct the id",
            lacks=(row.fact,),
            lacks_in=FACT_FILES,
        )
    return Stated(0, 0, "exact", "nil", str(fact.source), fact.id, dated_by_name(fact)) if row.is_nil else of_fact(fact)
