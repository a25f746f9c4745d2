"""Two pages for the board, the table for Cabinet, the pack of the schools forum."""

from highneeds.report.build import Audience, Report
from highneeds.report.sections import board as sections
from highneeds.report.sections import forum as forum_pack

board = Report(
    kind="board",
    folder="board",
    title="Oversight board: {programme}",
    audience=Audience("the oversight board", goes_out=True),
    source="designed here",
    sections=(sections.first_page, sections.second_page),
    numbered=False,
    chart_tables=False,
    formats=("html", "pdf", "docx"),
)
cabinet = Report(
    kind="cabinet",
    folder="board",
    title="Cabinet: high needs finance",
    audience=Audience("members of the Cabinet", goes_out=True),
    source="designed here",
    sections=(sections.cabinet,),
    numbered=False,
    chart_tables=False,
    formats=("html", "pdf", "docx"),
)
forum = Report(
    kind="forum",
    folder="board",
    title="Schools forum: high needs",
    audience=Audience("the schools forum", goes_out=True),
    source="designed here",
    sections=(forum_pack.section,),
    numbered=False,
    chart_tables=False,
    formats=("html", "pdf", "docx"),
)
