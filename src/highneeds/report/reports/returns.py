"""The returns of the Department for Education. A run does not write them; they are asked for by their kind."""

from typing import Any

from highneeds.report.build import Audience, MakeSection, Report
from highneeds.report.known import Knowing
from highneeds.report.sections import dsg_plan as dsg_sections
from highneeds.report.sections import lsrp as lsrp_sections
from highneeds.report.sections import reconciliation as reconciliation_sections
from highneeds.report.sections import scap as scap_sections
from highneeds.report.words import returns as words

DEPARTMENT = Audience("the Department for Education, after a check by whoever sends it", goes_out=True)


def _return(kind: str, title: str, source: str, sections: tuple[MakeSection, ...], **more: Any) -> Report:
    """A return stands in a folder of its own; a run leaves it out, since each takes a forecast of its own."""
    asked: dict[str, Any] = {"audience": DEPARTMENT, "formats": ("xlsx", "csv", "html")} | more
    return Report(
        kind=kind, folder=kind, title=title, source=source, sections=sections, numbered=False, in_run=False, **asked
    )


lsrp = _return(
    "lsrp",
    words.LSRP_TITLE,
    "local SEND reform plan, tables 5.1 to 12",
    (lsrp_sections.sections,),
    data=lsrp_sections.kept_cells,
)
lsrp_quarterly = _return(
    "lsrp-quarterly",
    words.QUARTERLY_TITLE,
    "local SEND reform plan quarterly return, from September 2026",
    (),
    formats=("xlsx",),
    fills_template=True,
)
section_251 = _return(
    "section-251", words.SECTION_251_TITLE, "section 251 template", (), formats=("xlsx",), fills_template=True
)
dsg_plan = _return(
    "dsg-plan", words.DSG_TITLE, "DSG management plan template", (dsg_sections.sections,), fills_template=True
)
scap = _return("scap", words.SCAP_TITLE, "school capacity return, specialist forecasts", (scap_sections.sections,))
reconciliation = _return(
    "reconciliation",
    words.RECONCILIATION_TITLE,
    "GOV.UK note of 9 February 2026 on DSG deficits",
    (reconciliation_sections.section,),
    audience=Audience("the section 151 officer, before the returns are sent", goes_out=False),
    as_known=Knowing.NOW,
    formats=("xlsx", "csv", "html", "pdf"),
)
