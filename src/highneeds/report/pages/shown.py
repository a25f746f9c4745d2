"""What the pages show of the figures: charts and tables of every room, as one document that is never written."""

from highneeds.report.build import Audience, Report
from highneeds.report.sections import (
    caseload,
    claims,
    commitments,
    conditions,
    dashboard,
    finance,
    first_page,
    forecast,
    headlines,
    levels,
    on_track,
    others,
    overview,
    quality,
    risks,
    sources,
    words,
)

shown = Report(
    kind="pages",
    folder="",
    title="Pages",
    audience=Audience("people inside the council", goes_out=False),
    source="designed here",
    sections=(
        first_page.section,
        overview.section,
        on_track.section,
        headlines.section,
        dashboard.section,
        conditions.section,
        levels.section,
        risks.section,
        finance.section,
        forecast.section,
        quality.section,
        caseload.section,
        claims.section,
        others.section,
        sources.section,
        words.section,
        commitments.section,
    ),
)
