"""The annexes as files: the forecast, the dashboard with its sources, the account."""

from highneeds.report.build import Audience, Report
from highneeds.report.evidence import Evidence
from highneeds.report.render.account_xlsx import render_account
from highneeds.report.sections import caseload, dashboard, finance, forecast, registers, sources

ANALYSTS = Audience("finance, analysts and auditors", goes_out=True)

forecast_annex = Report(
    kind="annexes",
    name="annex-a-forecast",
    folder="annexes",
    title="Annex A: forecast and assumptions",
    audience=ANALYSTS,
    source="designed here",
    sections=(forecast.section,),
    contents=True,
    formats=("pdf", "xlsx", "csv"),
)
dashboard_annex = Report(
    kind="annexes",
    name="annex-b-dashboard",
    folder="annexes",
    title="Annex B: dashboard and sources",
    audience=ANALYSTS,
    source="designed here",
    sections=(dashboard.for_annex, caseload.own_section, sources.section),
    formats=("xlsx", "csv"),
)


def account_files(evidence: Evidence) -> dict[str, bytes]:
    """The workbook that works itself out."""
    return {".xlsx": render_account(evidence)}


account_annex = Report(
    kind="annexes",
    name="annex-c-account",
    folder="annexes",
    title="Annex C: the account",
    audience=ANALYSTS,
    source="designed here",
    sections=(finance.section,),
    formats=("csv",),
    data=account_files,
)
registers_annex = Report(
    kind="annexes",
    name="annex-d-registers",
    folder="annexes",
    title="Annex D: registers",
    audience=ANALYSTS,
    source="designed here",
    sections=(registers.section,),
    formats=("xlsx", "csv"),
)
