"""Do printed shares follow from the printed counts, and do splits add up?"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from highneeds.checks.finding import Severity
from highneeds.checks.published_figures._question import PublishedContradiction, PublishedFigureQuestion
from highneeds.checks.published_figures._worked import printed_cell, worked
from highneeds.intake.workspace import PrintedPlacement, Workspace

HALF_A_POINT = Decimal("0.5")  # shares are printed without decimals


def splits(workspace: Workspace) -> Iterator[tuple[str, dict[str, Decimal]]]:
    """Each table's split of one whole in percent: cohort -> share."""
    rows = [row for row in workspace.placements if row.unit == "percent" and row.measure.endswith("split")]
    for table, group in groupby(rows, key=lambda row: row.table):
        yield table, {row.cohort: row.value for row in group if row.value is not None}


def parts_of(split: dict[str, Decimal], whole: str) -> list[str]:
    """state_specialist and independent_specialist are the parts of specialist."""
    return [name for name in split if name.endswith(f"_{whole}")]


def ask(workspace: Workspace) -> Iterator[PublishedContradiction]:
    for table, split in splits(workspace):
        wholes = {name: parts_of(split, name) for name in split}
        nested = {part for parts in wholes.values() for part in parts}
        top = [name for name in split if name not in nested]
        yield from _adds_to(table, split, top, Decimal(100), "100")
        for whole, parts in wholes.items():
            if parts:
                yield from _adds_to(table, split, parts, split[whole], whole)
    yield from _shares(workspace.placements)


def _adds_to(
    table: str, split: dict[str, Decimal], names: list[str], whole: Decimal, words: str
) -> Iterator[PublishedContradiction]:
    total = sum((split[name] for name in names), Decimal(0))
    if abs(total - whole) > HALF_A_POINT * len(names):
        shown = " + ".join(str(split[name]) for name in names)
        yield PublishedContradiction(table, f"{shown} is {total}, not {words}", file="placements.csv")


def _shares(rows: tuple[PrintedPlacement, ...]) -> Iterator[PublishedContradiction]:
    """Offers over offers and open consultations, cohort by cohort."""
    values = {(row.table, row.measure, row.cohort): row.value for row in rows}
    for (table, measure, cohort), share in values.items():
        done = values.get((table, "draft_offers", cohort))
        waiting = values.get((table, "consultations_ongoing", cohort))
        if measure == "offer_share" and done is not None and waiting is not None and share is not None:
            exact = 100 * done / (done + waiting)
            if abs(exact - share) > HALF_A_POINT:
                message = f"{share}% is printed, but {done} of {done + waiting} is {exact:.1f}%"
                yield PublishedContradiction(f"{table} {cohort}", message, file="placements.csv")


def _split(**shares: int) -> Workspace:
    return worked(placements=[printed_cell("transfers", "split", who, one, "percent") for who, one in shares.items()])


def _offers(share: int, offers: int, waiting: int) -> Workspace:
    """The printed share of offers beside the offers made and the consultations that go on."""
    return worked(
        placements=[
            printed_cell("transfers", "offer_share", "all", share, "percent"),
            printed_cell("transfers", "draft_offers", "all", offers),
            printed_cell("transfers", "consultations_ongoing", "all", waiting),
        ]
    )


shares_and_counts = PublishedFigureQuestion(
    code="PLACEMENTS-shares",
    title="Printed shares follow from the counts, and splits add up",
    severity=Severity.QUERY,
    fix="Correct the share or the count.",
    source="requirements D3, D4",
    broken_by=_split(mainstream=51, specialist=47, other=4),
    holds_for=(
        _split(mainstream=51, specialist=47, other=3),
        _split(mainstream=51, specialist=48, other=0),
        _split(mainstream=53, specialist=48),
        _split(mainstream=51, specialist=49, state_specialist=30, independent_specialist=20),
        _offers(12, 1, 7),
        _offers(13, 1, 7),
    ),
    also_broken_by=(
        _split(mainstream=51, specialist=47),
        _split(mainstream=51, specialist=49, state_specialist=30, independent_specialist=21),
        _offers(11, 1, 7),
        _offers(14, 1, 7),
    ),
    example="51 + 47 + 4 is 102, not 100",
    ask=ask,
    can_ask=lambda workspace: (
        "" if workspace.placements else "no printed table of placements is given (placements.csv)"
    ),
)
