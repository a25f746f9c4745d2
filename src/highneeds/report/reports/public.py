"""The public page and its easy-read version."""

from highneeds.report.build import Audience, Report
from highneeds.report.sections import public as sections
from highneeds.report.words import public as words

FAMILIES = Audience("families and residents", goes_out=True)

public = Report(
    kind="public",
    folder="public",
    title=words.TITLE,
    audience=FAMILIES,
    source="designed here",
    sections=(sections.families, sections.doing, sections.money, sections.compared),
    numbered=False,
    chart_tables=False,
    formats=("html", "pdf", "csv"),
)
easy_read = Report(
    kind="public",
    name="public-easy-read",
    folder="public",
    title=words.EASY_TITLE,
    audience=FAMILIES,
    source="designed here",
    sections=(sections.easy_read,),
    numbered=False,
    large=True,
    formats=("html", "pdf"),
)
