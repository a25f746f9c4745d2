"""Small turns of phrase that several sections share."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.assurance.movement import FigureChange, Movement
from highneeds.claims import JudgedClaim, Verdict
from highneeds.claims.narrative import JudgedParagraph
from highneeds.intake.workspace import DashboardIndicator, NarrativeParagraph, Observation
from highneeds.report.document import Block, Bullets, Cell, NoteBlock, NoteKind, Span, Tone
from highneeds.report.document import Paragraph as Words
from highneeds.report.words import claims as claim_words
from highneeds.report.words import measures
from highneeds.report.words.dashboard import NEVER_REPORTED
from highneeds.vocabulary.rounding import signed
from highneeds.vocabulary.unit import Unit
from highneeds.vocabulary.words import listed as listed

AMOUNTS = (Unit.COUNT, Unit.PLACES, Unit.PLANS, Unit.GBP)


def observation_cell(one: Observation, indicator: DashboardIndicator, *, bare: bool = False) -> Cell:
    """A cell of the dashboard: the figure as printed, or the mark of its gap with the reason."""
    if one.value is None:
        return Cell.gap(one.state, one.reason)
    return Cell.figure(one.value, indicator.unit, decimals=indicator.decimals, bare=bare, state=one.state)


def latest_cell(movement: Movement) -> Cell:
    """The latest figure with its unit, or what there is instead."""
    if movement.latest is None:
        return Cell.words("none", note=NEVER_REPORTED)
    return observation_cell(movement.latest, movement.indicator)


def change_cell(change: FigureChange, movement: Movement) -> Cell:
    """A change: points for percentages, per cent for amounts; where there is none, a dash with the reason."""
    indicator, latest, remark = movement.indicator, movement.latest, measures.change_remark(change, movement)
    note = f"{remark[:1].upper()}{remark[1:]}"
    if change.value is None or latest is None or latest.value is None:
        return Cell(None, "none", note=note)
    share = share_of_earlier(change.value, indicator, latest.value)
    if share is not None:
        return Cell.change_percent(share, note=note)
    return Cell.change(change.value, indicator.unit, decimals=indicator.decimals, note=note)


def share_of_earlier(change: Decimal, indicator: DashboardIndicator, latest: Decimal) -> Decimal | None:
    """A change of an amount in per cent of the earlier figure; None for percentages and from nought."""
    earlier = latest - change
    return 100 * change / earlier if indicator.unit in AMOUNTS and earlier else None


def change_words(change: FigureChange, indicator: DashboardIndicator, latest: Decimal) -> str:
    """'+0.4 points', '+8.3%': points for percentages, per cent for amounts."""
    if change.value is None:
        return ""
    share = share_of_earlier(change.value, indicator, latest)
    if share is not None:
        return f"{signed(share, 1)}%"
    return indicator.unit.show_change(change.value, indicator.decimals)


def sourced(paragraph: NarrativeParagraph) -> tuple[str | Span, ...]:
    """A paragraph of the narrative with the place it restates after it."""
    if not paragraph.source:
        return (paragraph.text,)
    return (paragraph.text, Span(f" [{paragraph.source}]", italic=True))


def narrative_blocks(paragraphs: Sequence[JudgedParagraph]) -> tuple[Block, ...]:
    """Paragraphs as paragraphs, neighbouring list items as one list, and what the data says of their claims.

    Claims that hold are quiet; one that fails gets a note with the right figure; those that cannot be checked are named
    in one small line.
    """
    blocks: list[Block] = []
    items: list[JudgedParagraph] = []
    for one in [*paragraphs, None]:
        if items and (one is None or not one.paragraph.bullet):
            blocks += [Bullets(tuple(sourced(item.paragraph) for item in items)), *_claim_blocks(items)]
            items = []
        if one is not None and one.paragraph.bullet:
            items.append(one)
        elif one is not None:
            blocks += [Words(sourced(one.paragraph)), *_claim_blocks([one])]
    return tuple(blocks)


def _claim_blocks(paragraphs: Sequence[JudgedParagraph]) -> Iterator[Block]:
    for claim in (claim for one in paragraphs for claim in one.of(Verdict.FAILS)):
        yield NoteBlock(claim_words.not_supported(claim.stated), failing(claim), NoteKind.CLAIM)
    unchecked = [claim.stated for one in paragraphs for claim in one.of(Verdict.CANNOT_CHECK)]
    if unchecked:
        yield Words(claim_words.no_data_behind(unchecked), Tone.SMALL)


def failing(claim: JudgedClaim) -> str:
    """'The data gives 40.2%. Oct 2024: 40.2%; 35.8% is the figure for Nov 2024.'"""
    return claim_words.failing(claim.computed, claim.stated, claim.why)
