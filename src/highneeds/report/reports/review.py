"""What is read before anybody signs: inside the council, the one-page signing sheet first."""

from highneeds.report import drafts
from highneeds.report.build import Audience, Report
from highneeds.report.sections import caseload, claims, past_forecasts, quality, registers, review_sheet

review = Report(
    kind="review",
    folder="review",
    title="{programme} monitoring report: review before signature",
    audience=Audience(
        "the programme manager, the owners of conditions and the two who sign; not for sending", goes_out=False
    ),
    source="designed here",
    sections=(
        review_sheet.signing_sheet,
        review_sheet.what_is_missing,
        review_sheet.two_figures,
        review_sheet.explanations,
        review_sheet.levels_and_measures,
        caseload.for_review,
        claims.for_review,
        quality.for_review,
        registers.for_review,
        drafts.section,
        past_forecasts.section,
    ),
    contents=True,
    formats=("html", "pdf", "csv"),
)
