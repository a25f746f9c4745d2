"""The finance/ folder of a workspace: each file is there or not; what is there is read whole or refused."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from highneeds.intake.csvfile import read_csv
from highneeds.intake.ledger.accepted import acceptances, accepted_spend
from highneeds.intake.ledger.explanations import ExplanationRow, explanations_known, read_explanations
from highneeds.intake.ledger.positions import PositionRow, read_positions
from highneeds.intake.ledger.priced_lines import PricedLine, lines_known, read_priced_lines
from highneeds.intake.ledger.published_parts import PublishedParts, read_published_parts
from highneeds.intake.ledger.spend import SpendRow, read_spend, spend_known
from highneeds.intake.ledger.years import YearRow, read_years, years_known
from highneeds.intake.values import text
from highneeds.intake.workspace.council import read_council
from highneeds.intake.workspace.facts import FACT_FILES
from highneeds.intake.workspace.files import refuse_others
from highneeds.intake.workspace.known_on import Days, document_days
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

BESIDE = ("published.yaml", "mapping.csv", "unit_costs.csv", "commitments.csv", "transport.csv")
"""What else stands in finance/: the parts that facts play, unit costs, the commitment book, SEN transport."""

LINES = ("planned_lines", "actual_lines")


@dataclass(frozen=True)
class UnitCostRow:
    """Which indicator holds the average cost of a sector and phase."""

    sector: str
    phase: str
    indicator: str


@dataclass(frozen=True)
class Finance:
    """positions   which fact states which figure of the account
    years       what each year was allotted, promised and paid; a restated year in every version
    spend       what each year spent; a restated sum in every version
    parts       which fact plays which part
    unit_costs  which indicator is the average cost of what (the costs themselves are a register: unit_costs.csv)
    budgets     the budgets that spend.csv carries
    lines       volumes and prices, planned and as they came; None where the council keeps none here
    explanations what the council says of its variances
    """

    positions: tuple[PositionRow, ...]
    years: tuple[YearRow, ...]
    spend: tuple[SpendRow, ...]
    parts: PublishedParts
    unit_costs: tuple[UnitCostRow, ...]
    budgets: tuple[SpendRow, ...] = ()
    lines: tuple[tuple[PricedLine, ...], tuple[PricedLine, ...]] | None = None
    explanations: tuple[ExplanationRow, ...] = ()

    def of_known(self, facts: Collection[str], day: date | None = None) -> "Finance":
        """What of it rests on these facts, by their ids, and each row in the version that was known on the day."""
        positions = tuple(one for one in self.positions if one.fact in facts)
        return replace(
            self,
            positions=positions,
            parts=self.parts.of_known(facts),
            years=years_known(self.years, day),
            spend=spend_known(self.spend, day),
            budgets=spend_known(self.budgets, day),
            lines=_lines_known(self.lines, day),
            explanations=explanations_known(self.explanations, day),
        )


def read_finance(folder: Place, fact_ids: set[str], day: date | None = None) -> Finance:
    """Read finance/ inside a workspace folder, every version of its rows; a file that is not there gives nothing.

    day   on which the ledger's acceptances and the parts of published.yaml are known; the last where it is not given
    """
    finance = folder / "finance"
    files = {
        name: finance / f"{name}.csv" for name in ("positions", "years", "spend", "cost_series", "explanations", *LINES)
    }
    refuse_others(finance, [*(path.name for path in files.values()), *BESIDE], "finance/")
    parts, days = finance / "published.yaml", document_days(folder)
    positions = read_positions(files["positions"]) if files["positions"].exists() else ()
    _must_be_facts(positions, fact_ids)
    own = read_council(folder).la_number if (folder / "council.toml").is_file() else ""
    listed = read_spend(files["spend"], own, "finance/spend.csv") if files["spend"].exists() else ()
    return Finance(
        positions,
        read_years(files["years"], own, "finance/years.csv") if files["years"].exists() else (),
        _spend(folder, listed, day or date.max),
        read_published_parts(parts, fact_ids, days, day) if parts.exists() else PublishedParts(),
        _unit_costs(files["cost_series"]) if files["cost_series"].exists() else (),
        tuple(row for row in listed if row.budget is not None),
        _lines([files[name] for name in LINES], days),
        read_explanations(files["explanations"]) if files["explanations"].exists() else (),
    )


def _must_be_facts(positions: Sequence[PositionRow], fact_ids: Collection[str]) -> None:
    for row in positions:
        if row.fact not in fact_ids:
            raise InputError(
                f"'{row.fact}' has no source: it is no fact of this workspace",
                where=row.where,
                remedy="Add it to facts.csv with its document and line, or correct the id",
                lacks=(row.fact,),
                lacks_in=FACT_FILES,
            )


BridgeSides = tuple[tuple[PricedLine, ...], tuple[PricedLine, ...]]


def _lines(paths: Sequence[Place], days: Days) -> BridgeSides | None:
    """Both sides of the bridge, or none: one alone explains nothing."""
    there = [path for path in paths if path.exists()]
    if not there:
        return None
    if len(there) == 1:
        missing = next(path.name for path in paths if path not in there)
        raise InputError(
            "One side of the bridge is there alone",
            where=f"finance/{there[0].name}",
            remedy=f"Add finance/{missing}",
            lacks=(f"finance/{missing}",),
            lacks_in=(f"finance/{missing}",),
        )
    planned, actual = (read_priced_lines(path, days) for path in paths)
    return planned, actual


def _lines_known(sides: BridgeSides | None, day: date | None) -> BridgeSides | None:
    """Both sides as known on the day; none where nothing of one of them was known."""
    if sides is None:
        return None
    planned, actual = (lines_known(side, day) for side in sides)
    return None if (sides[0] and not planned) or (sides[1] and not actual) else (planned, actual)


def _spend(folder: Place, listed: tuple[SpendRow, ...], day: date) -> tuple[SpendRow, ...]:
    """spend.csv and the accepted ledger together. A year and line that both give is refused; a budget may stay."""
    accepted = accepted_spend(folder, day) if acceptances(folder) else ()
    posted, years = {(row.year, row.line) for row in accepted}, {row.year for row in accepted}
    for row in listed:
        if (row.year, row.line) in posted and row.amount is not None:
            raise InputError(
                f"{row.line} in {row.year} is given here and in the accepted ledger",
                where=row.where,
                remedy="Leave the amount to the ledger; a budget may stay",
            )
    by_period = {(row.year, row.line) for row in listed if row.period is not None}

    def counts(row: SpendRow) -> bool:
        """A budget whose line is given by period, or by the ledger, is no spend that is missing."""
        of_periods = row.period is None and (row.year, row.line) in by_period
        return row.amount is not None or (row.year not in years and not of_periods)

    return (*(row for row in listed if counts(row)), *accepted)


def _unit_costs(path: Place) -> tuple[UnitCostRow, ...]:
    columns = ("sector", "phase", "indicator")
    return tuple(
        UnitCostRow(*(text(row, column) for column in columns))
        for row in read_csv(path, columns, name="finance/cost_series.csv")
    )
