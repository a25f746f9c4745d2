"""The returns of the Department for Education. A run does not write them; they are asked for by their kind."""

from highneeds.report.build import Audience, Report
from highneeds.report.known import Knowing
from highneeds.report.sections import dsg_plan as dsg_sections
from highneeds.report.sections import lsrp as lsrp_sections
from highneeds.report.sections import reconciliation as reconciliation_sections
from highneeds.report.sections import scap as scap_sections
from highneeds.report.words import returns as words

DEPARTMENT = Audience("the Department for Education, after a check by whoever sends it", goes_out=True)
FORMATS = ("xlsx", "csv", "html")

lsrp = Report(
    kind="lsrp",
    folder="lsrp",
    title=words.LSRP_TITLE,
    audience=DEPARTMENT,
    source="local SEND reform plan, tables 5.1 to 12",
    sections=(lsrp_sections.sections,),
    numbered=False,
    formats=FORMATS,
    in_run=False,
)
lsrp_quarterly = Report(
    kind="lsrp-quarterly",
    folder="lsrp-quarterly",
    title=words.QUARTERLY_TITLE,
    audience=DEPARTMENT,
    source="local SEND reform plan quarterly return, from September 2026",
    sections=(),
    formats=("xlsx",),
    fills_template=True,
    in_run=False,
)
dsg_plan = Report(
    kind="dsg-plan",
    folder="dsg-plan",
    title=words.DSG_TITLE,
    audience=DEPARTMENT,
    source="DSG management plan template",
    sections=(dsg_sections.sections,),
    numbered=False,
    formats=FORMATS,
    in_run=False,
)
scap = Report(
    kind="scap",
    folder="scap",
    title=words.SCAP_TITLE,
    audience=DEPARTMENT,
    source="school capacity return, specialist forecasts",
    sections=(scap_sections.sections,),
    numbered=False,
    formats=FORMATS,
    in_run=False,
)
reconciliation = Report(
    kind="reconciliation",
    folder="reconciliation",
    title=words.RECONCILIATION_TITLE,
    audience=Audience("the section 151 officer, before the returns are sent", goes_out=False),
    source="GOV.UK note of 9 February 2026 on DSG deficits",
    sections=(reconciliation_sections.section,),
    as_known=Knowing.NOW,
    numbered=False,
    formats=("xlsx", "csv", "html", "pdf"),
    in_run=False,
)
