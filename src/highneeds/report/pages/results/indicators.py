"""An indicator's page and its row of the dashboard."""

from dataclasses import dataclass
from typing import Literal

from highneeds.report.pages.results.parts import FigureState, PageFinding

DirectionWords = Literal["better", "worse", "no clear change", "neither good nor bad", ""]


@dataclass(frozen=True)
class Reading:
    """One indicator in one period.

    period, label   '2025-01', 'Jan 2025'
    text            '37.5%' or the words of the gap: 'Not reported'
    value           '37.5', or None; part and whole likewise, where there are two counts
    reason          why there is no figure, or ''
    source          'Monitoring report line 80'
    """

    period: str
    label: str
    text: str
    value: str | None
    part: str | None
    whole: str | None
    state: FigureState
    reason: str
    source: str


@dataclass(frozen=True)
class ChangeResult:
    """text        '+0.4 points', '+8.3%', or '' where there is none
    against     'Dec 2024', '' where there is none
    direction   a word, judged by the direction of good; volumes are 'neither good nor bad'
    reason      why there is none, or what to beware of ('Crosses the roll-over of school years'), or ''
    """

    text: str
    against: str
    direction: DirectionWords
    reason: str


@dataclass(frozen=True)
class IndicatorResult:
    """sentence          the finding, the page's heading: 'Overdue annual reviews rose to 7,765 in January 2025'
    short_title       for a row of the dashboard; may equal title
    definition        what is counted, in a sentence or two
    part_words        the numerator in words, or '' where it is a plain amount; whole_words likewise the denominator
    good_direction    'Lower is better', 'Higher is better' or 'Neither good nor bad in itself'
    latest            the last period with a figure; None where there never was one (then `no_latest` says why)
    gaps              'No gaps', '3 of 13 months not reported', 'Never reported'
    next_update       'July 2025', or '' where nobody has said
    signals           process-control sentences; empty where there are none, or too few points
    signals_now       whether one of them touches the latest month of the dashboard
    target            '70.0% in Jan 2026', or that none is on record
    comment           one line on why it stands where it does, '' where nobody wrote one; comment_source: from where
    also_called       further names that people use for it
    beside            ids of the comparisons with other councils that speak of the same thing
    rows              oldest first
    """

    id: str
    condition: int | None
    title: str
    short_title: str
    sentence: PageFinding
    unit: str
    definition: str
    part_words: str
    whole_words: str
    data_source: str
    owner: str
    frequency: str
    next_update: str
    good_direction: str
    latest: Reading | None
    no_latest: str
    change_month: ChangeResult
    change_year: ChangeResult
    gaps: str
    sparkline_svg: str
    chart_id: str
    signals: tuple[str, ...]
    signals_now: bool
    target: str
    comment: str
    comment_source: str
    also_called: tuple[str, ...]
    beside: tuple[str, ...]
    rows: tuple[Reading, ...]
