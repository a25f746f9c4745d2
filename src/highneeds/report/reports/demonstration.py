"""What invented data shows: for people who try the product out, never attached to anything."""

from highneeds.report.build import Audience, Report
from highneeds.report.evidence import Evidence
from highneeds.report.sections import caseload, commitments


def shows_something_invented(evidence: Evidence) -> bool:
    found = evidence.computed is not None and evidence.computed.synthetic
    return found or evidence.invented_books is not None or evidence.workspace.council.synthetic


demonstration = Report(
    kind="demonstration",
    folder="demonstration",
    title="Demonstration on invented data",
    audience=Audience("newcomers; nobody in it exists, and it is never attached to anything", goes_out=False),
    source="designed here",
    sections=(caseload.invented_section, commitments.invented_section),
    formats=("html", "pdf", "csv"),
    wanted=shows_something_invented,
)
