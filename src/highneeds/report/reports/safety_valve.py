"""The Safety Valve monitoring report of the Department for Education's template, three times a year."""

from highneeds.report.build import Report
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

safety_valve = Report(
    kind="safety-valve",
    title="Safety Valve monitoring report",
    source="DfE Safety Valve monitoring template",
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
