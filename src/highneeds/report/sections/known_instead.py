"""What is known of a council that has set no target and made no forecast: shown where those figures would stand."""

from collections.abc import Iterator

from highneeds.account.balance.published_account import BEFORE, CLOSING
from highneeds.account.stated import Stated
from highneeds.assurance.movement import MovementJudgement
from highneeds.intake.ledger.positions import Layer
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections import neighbours
from highneeds.report.sections._words import change_words, latest_cell
from highneeds.report.stated_cells import balance_cell
from highneeds.report.words import standing as words
from highneeds.vocabulary.period import FinancialYear, Month

COMPARED = ("pct_20wk_incl_exceptions", "ehcp_growth_pct_1y", "s251_high_needs_1_2_per_head_2_18_mid2023")
"""Comparisons that a reader asks for first: how fast plans come, how fast they grow, what is spent."""
MOST_OF_DASHBOARD = 2


def known_instead(evidence: Evidence) -> Iterator[doc.BigFigure]:
    """The newest figures of our own money, then of our dashboard, then what is published of us."""
    yield from _money(evidence)
    yield from _dashboard(evidence)
    yield from _published(evidence)


def newest(evidence: Evidence, measure: str) -> tuple[FinancialYear, Stated] | None:
    """The newest year before this one in which a balance was achieved."""
    year, layers = evidence.workspace.council.report.current_year, evidence.money.layers
    past = [one for one in layers.years if one < year and layers.one(one, measure, Layer.ACHIEVED)]
    found = layers.one(max(past), measure, Layer.ACHIEVED) if past else None
    return (max(past), found) if found is not None else None


def _money(evidence: Evidence) -> Iterator[doc.BigFigure]:
    if (found := newest(evidence, BEFORE)) is not None:
        year, stated = found
        yield doc.BigFigure(words.in_year_label(year, stated.is_surplus), balance_cell(stated), words.ACHIEVED)
    if (found := newest(evidence, CLOSING)) is not None:
        year, stated = found
        day = f"{year.last_day.day} {year.last_day:%B %Y}"
        yield doc.BigFigure(words.accumulated_label(day, stated.is_surplus), balance_cell(stated), words.ACHIEVED)


def _dashboard(evidence: Evidence) -> Iterator[doc.BigFigure]:
    """Measures that have a direction, those that matter most first."""
    judged = [one for one in evidence.movements if one.on_year.judgement in (BETTER, WORSE) and one.latest is not None]
    for one in sorted(judged, key=lambda one: -one.indicator.weight)[:MOST_OF_DASHBOARD]:
        latest = one.latest
        if latest is None or latest.value is None or not isinstance(latest.period, Month):
            continue
        change = change_words(one.on_year, one.indicator, latest.value)
        on_a_year = words.on_year(change, latest.period.plus(-12).label)
        label = words.measure_label(one.indicator.short_title, latest.period.label)
        yield doc.BigFigure(label, latest_cell(one), on_a_year, verdict=one.on_year.judgement.value.capitalize())


BETTER, WORSE = MovementJudgement.BETTER, MovementJudgement.WORSE


def _published(evidence: Evidence) -> Iterator[doc.BigFigure]:
    by_id = {one.comparison.id: one for one in neighbours.standings_of(evidence)}
    for one in (by_id[name] for name in COMPARED if name in by_id):
        label = words.measure_label(one.comparison.title, neighbours.period(one))
        england = words.in_england(neighbours.cell(one, one.england).text) if one.england is not None else ""
        yield doc.BigFigure(label, neighbours.cell(one, one.own), target=england)
