"""What became known after the report, beside the report's own figures."""

from highneeds.report.build import Audience, Report
from highneeds.report.known import Knowing
from highneeds.report.sections import since as sections

since = Report(
    kind="since",
    folder="since",
    title="Since the report",
    audience=Audience("the oversight board", goes_out=False),
    source="designed here",
    sections=(sections.section,),
    as_known=Knowing.NOW,
    numbered=False,
    formats=("html", "pdf", "csv"),
)
