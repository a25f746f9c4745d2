"""Small turns of phrase that several sections share."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from highneeds.assurance.claims import JudgedClaim, Verdict
from highneeds.assurance.movement import Change, Movement
from highneeds.assurance.narrative import Told
from highneeds.intake.workspace import Indicator, Observation, Paragraph
from highneeds.report.document import Block, Bullets, Cell, Note, NoteKind, Span, Tone
from highneeds.report.document import Paragraph as Words
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.rounding import signed
from highneeds.vocabulary.unit import Unit

AMOUNTS = (Unit.COUNT, Unit.PLACES, Unit.PLANS, Unit.GBP)


def period_label(period: Month | FinancialYear) -> str:
    return period.label if isinstance(period, Month) else str(period)


def observation_cell(one: Observation, indicator: Indicator, *, bare: bool = False) -> Cell:
    """A cell of the dashboard: the figure as printed, or the mark of its gap with the reason."""
    if one.value is None:
        return Cell.gap(one.state, one.reason)
    return Cell.figure(one.value, indicator.unit, decimals=indicator.decimals, bare=bare, state=one.state)


def latest_cell(movement: Movement) -> Cell:
    """The latest figure with its unit, or what there is instead."""
    if movement.latest is None:
        return Cell.words("none", note="No figure was ever reported")
    return observation_cell(movement.latest, movement.indicator)


def change_cell(change: Change, indicator: Indicator) -> Cell:
    """A change in its unit; where there is none, a dash with the reason."""
    if change.value is None:
        return Cell(None, "none", note=change.reason)
    return Cell.change(change.value, indicator.unit, decimals=indicator.decimals, note=change.reason)


def change_words(change: Change, indicator: Indicator, latest: Decimal) -> str:
    """'+0.4 points', '+8.3%': points for percentages, per cent for amounts."""
    if change.value is None:
        return ""
    earlier = latest - change.value
    if indicator.unit in AMOUNTS and earlier:
        return f"{signed(100 * change.value / earlier, 1)}%"
    return indicator.unit.show_change(change.value, indicator.decimals)


def sourced(paragraph: Paragraph) -> tuple[str | Span, ...]:
    """A paragraph of the narrative with the place it restates after it."""
    if not paragraph.source:
        return (paragraph.text,)
    return (paragraph.text, Span(f" [{paragraph.source}]", italic=True))


def narrative_blocks(paragraphs: Sequence[Told]) -> tuple[Block, ...]:
    """Paragraphs as paragraphs, neighbouring list items as one list, and what the data says of their claims.

    Claims that hold are quiet; one that fails gets a note with the right figure; those that cannot be checked are named
    in one small line.
    """
    blocks: list[Block] = []
    items: list[Told] = []
    for one in [*paragraphs, None]:
        if items and (one is None or not one.paragraph.bullet):
            blocks += [Bullets(tuple(sourced(item.paragraph) for item in items)), *_claim_blocks(items)]
            items = []
        if one is not None and one.paragraph.bullet:
            items.append(one)
        elif one is not None:
            blocks += [Words(sourced(one.paragraph)), *_claim_blocks([one])]
    return tuple(blocks)


def _claim_blocks(told: Sequence[Told]) -> Iterator[Block]:
    for claim in (claim for one in told for claim in one.of(Verdict.FAILS)):
        yield Note(f"The data does not support \u201c{claim.stated}\u201d", failing(claim), NoteKind.CLAIM)
    unchecked = [claim.stated for one in told for claim in one.of(Verdict.CANNOT_CHECK)]
    if unchecked:
        words = "; ".join(dict.fromkeys(unchecked))
        yield Words(f"No independent data behind: {words}.", Tone.SMALL)


def failing(claim: JudgedClaim) -> str:
    """'The data gives 40.2%. Oct 2024: 40.2%; 35.8% is the figure for Nov 2024.'"""
    other = claim.computed and claim.computed != claim.stated
    given = f"The data gives {claim.computed}. " if other else ""
    return f"{given}{claim.why.rstrip('.')}."


def listed(words: Iterable[str]) -> str:
    """'1, 2 and 7'."""
    *most, last = list(words)
    return f"{', '.join(most)} and {last}" if most else last
