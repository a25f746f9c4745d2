"""The whole invented council: margins in, every SEN2 module out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from highneeds.invented.caseload.calendar import SynMonth, window
from highneeds.invented.caseload.margins import Margins, whole
from highneeds.invented.caseload.people import (
    backdate,
    ended_before,
    past_placements,
    run_months,
    stock,
)
from highneeds.invented.caseload.pipeline import Flows, run_pipeline
from highneeds.invented.caseload.schools import Schools, invent_schools
from highneeds.invented.caseload.seldom import NOTES
from highneeds.invented.caseload.tables import InventedChildren, Written, write_tables
from highneeds.invented.caseload.targets import DashboardTargets


@dataclass(frozen=True)
class SyntheticCouncil:
    """tables: every module with every item of every layout; schools: the list of establishments; notes: assumptions."""

    written: Written
    schools: Schools
    as_at: date
    notes: tuple[str, ...]


def synthesise(
    margins: Margins, as_at: date, seed: int, dashboard: DashboardTargets | None = None, years: int = 2
) -> SyntheticCouncil:
    """An invented council as it stands at `as_at`, with the events of `years` calendar years before and of that year.

    The same margins, date and seed give the same council. With a dashboard its decisions are met exactly and its stocks
    and shares as closely as the moves allow.
    """
    streams = [np.random.default_rng(stream) for stream in np.random.SeedSequence(seed).spawn(8)]
    months = window(as_at, years)
    records = run_pipeline(_flows(margins, months, dashboard), months, streams[0])
    issued = sorted((record for record in records if record.assessment == "Y"), key=lambda record: record.ended)
    days = np.array([record.ended for record in issued], dtype=np.int64)
    census = margins.census.toordinal()
    people = stock(margins, streams[1])
    early = int((days <= census).sum())
    opens = min(months[0].first, census)
    holders = backdate(people, days[:early], margins, opens, streams[2])
    past_placements(people, margins, opens, streams[3])
    late = run_months(people, days[early:], months, margins, dashboard, streams[4])
    people.added(ended_before(margins, months, census, streams[5]))
    schools = invent_schools(margins, streams[6])
    holder_of = {id(record): int(who) for record, who in zip(issued, [*holders, *late], strict=True)}
    written = write_tables(
        InventedChildren(people, records, holder_of),
        margins=margins,
        schools=schools,
        as_at=as_at,
        overdue=_overdue(dashboard, months),
        opens=opens,
        rng=streams[6],
        seldom=streams[7],
    )
    return SyntheticCouncil(written, schools, as_at, _notes(margins, as_at, dashboard))


def _flows(margins: Margins, months: Sequence[SynMonth], dashboard: DashboardTargets | None) -> Flows:
    """Every month's counts: the published year's shared out evenly, the last one's rates after it, the dashboard's
    where it has them. Requests received follow from the stock where the dashboard prints it."""
    names = ("received", "yes", "no", "issued", "refused", "withdrawn")
    counts = {name: np.zeros(len(months), dtype=np.int64) for name in names}
    for year in sorted({month.month.year for month in months}):
        nearest = margins.process[min(margins.process, key=lambda one: abs(one - year))]
        places = [place for place, month in enumerate(months) if month.month.year == year]
        parts = np.array([months[place].part for place in places])
        for name in names:
            counts[name][places] = whole(nearest[name] * parts / 12)
    opening = round(margins.process[max(margins.process)]["received"] * 0.45)
    if dashboard is not None:
        opening = _with_dashboard(counts, months, dashboard, opening)
    latest = margins.process[max(margins.process)]
    return Flows(**counts, opening=opening, six_weeks=latest["six_weeks"], twenty_weeks=latest["twenty_weeks"])


_DECISIONS = {
    "yes": "assess_agreed_count",
    "no": "assess_declined_count",
    "issued": "issue_agreed_count",
    "refused": "issue_declined_count",
}


def _with_dashboard(
    counts: dict[str, np.ndarray], months: Sequence[SynMonth], dashboard: DashboardTargets, opening: int
) -> int:
    """Put the dashboard's decisions in place, and requests received so that its stocks come out; says the opening."""
    stocks: dict[int, int] = {}
    for place, month in enumerate(months):
        for name, indicator in _DECISIONS.items():
            reported = dashboard.count(indicator, month.month)
            if reported is not None:
                counts[name][place] = round(reported * month.part)
        stock = dashboard.count("assessments_underway", month.month)
        if stock is not None:
            stocks[place] = stock
            counts["withdrawn"][place] = 0
    out = counts["no"] + counts["issued"] + counts["refused"] + counts["withdrawn"]
    for place in stocks:
        if place - 1 in stocks:
            counts["received"][place] = max(stocks[place] - stocks[place - 1] + int(out[place]), 0)
    if not stocks:
        return opening
    first = min(stocks)
    return max(stocks[first] - int((counts["received"] - out)[: first + 1].sum()), 0)


def _overdue(dashboard: DashboardTargets | None, months: Sequence[SynMonth]) -> float:
    """Reviews overdue on the day: the count reported for the month, else the assumption of two in five (below 1)."""
    reported = dashboard.count("annual_reviews_overdue_count", months[-1].month) if dashboard else None
    return 0.4 if reported is None else float(reported)


def _notes(margins: Margins, as_at: date, dashboard: DashboardTargets | None) -> tuple[str, ...]:
    """What is assumed, in sentences that stand in SYNTHETIC.txt."""
    notes = [
        f"The stock of plans by age and setting is the published one of {margins.census:%d %B %Y}.",
        "New plans by age, ended plans by age and reason, requests and decisions are those published for their year, "
        "the nearest published year's where there is none, spread evenly over the months.",
        "Before a phase transfer people stood in the settings of those a year younger; four in a hundred move a year.",
        "Review dates are assumed: the stated share is overdue on the day, the rest were reviewed in the twelve months "
        "before; a meeting stands 10 to 60 days before its decision.",
        "Plans held at the window's start began, on average, three years before it.",
        "Names, UPNs, postcodes, birth dates and schools are invented; no record stands for anybody.",
        *NOTES,
        *(note + "." for note in margins.notes),
    ]
    if as_at > margins.census:
        notes.append("After that census day plans are rolled forward month by month.")
    if dashboard is not None:
        notes.append("Months that the dashboard reports have its decisions exactly; stocks and shares are steered to.")
    return tuple(notes)
