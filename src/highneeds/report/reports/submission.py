"""The monitoring report that the council signs and sends: its own voice, at most 25 pages, nothing learnt later."""

from highneeds.report.build import Audience, Report
from highneeds.report.sections import (
    condition_pages,
    dashboard_once,
    further_text,
    headlines_sent,
    levels_and_risks,
    money_sent,
    neighbours,
    notes_on_data,
    on_track_commentary,
    standing,
    what_changed,
)

submission = Report(
    kind="submission",
    folder="submission",
    title="{programme} monitoring report",
    audience=Audience("the case officer of the Department for Education, and the two who sign", goes_out=True),
    source="DfE Safety Valve monitoring template",
    sections=(
        standing.section,
        what_changed.section,
        on_track_commentary.section,
        headlines_sent.section,
        dashboard_once.section,
        condition_pages.section,
        further_text.section,
        levels_and_risks.section,
        money_sent.section,
        neighbours.section,
        notes_on_data.section,
    ),
    signed=True,
    contents=True,
    chart_tables=False,
    formats=("html", "pdf", "docx", "xlsx", "csv"),
)
