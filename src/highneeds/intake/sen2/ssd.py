"""The SEND tables of the sector's Standard Safeguarding Dataset: the same items under other names, a form of its own.

It carries no header, no names or birth dates, and no placements: what rests on them is said to be missing.
Source: data-to-insight/ssd-data-model, tables ssd_send, ssd_ehcp_requests, ssd_ehcp_assessment, ssd_ehcp_named_plan,
ssd_ehcp_active_plans and ssd_sen_need.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from highneeds.intake.sen2.blade import read_module, text_frame
from highneeds.intake.sen2.fields import squashed
from highneeds.intake.sen2.raw import RawModule, RawReturn
from highneeds.intake.sen2.rows import ReadingNote
from highneeds.intake.sen2.sources import SourceFile
from highneeds.vocabulary.errors import InputError

FORM = "ssd"


@dataclass(frozen=True)
class SsdTable:
    """module: ours; columns: as the dataset has them -> Blade column. The first is the table's own id."""

    name: str
    module: str
    columns: Mapping[str, str]


TABLES = (
    SsdTable(
        "ssd_send",
        "persons",
        {
            "send_table_id": "persontableid",
            "send_upn": "upn",
            "send_uln": "uniquelearnernumber",
            "send_upn_unknown": "upnunknown",
            "send_person_id": "caseid",
        },
    ),
    SsdTable(
        "ssd_ehcp_requests",
        "requests",
        {
            "ehcr_ehcp_request_id": "requeststableid",
            "ehcr_send_table_id": "persontableid",
            "ehcr_ehcp_req_date": "receiveddate",
            "ehcr_ehcp_req_outcome_date": "requestoutcomedate",
            "ehcr_ehcp_req_outcome": "requestoutcome",
        },
    ),
    SsdTable(
        "ssd_ehcp_assessment",
        "assessments",
        {
            "ehca_ehcp_assessment_id": "assessmenttableid",
            "ehca_ehcp_request_id": "requeststableid",
            "ehca_ehcp_assessment_outcome_date": "assessmentoutcomedate",
            "ehca_ehcp_assessment_outcome": "assessmentoutcome",
            "ehca_ehcp_assessment_exceptions": "week20",
        },
    ),
    SsdTable(
        "ssd_ehcp_named_plan",
        "named_plans",
        {
            "ehcn_named_plan_id": "namedplantableid",
            "ehcn_ehcp_asmt_id": "assessmenttableid",
            "ehcn_named_plan_start_date": "startdate",
            "ehcn_named_plan_ceased_date": "ceasedate",
            "ehcn_named_plan_ceased_reason": "ceasereason",
        },
    ),
    SsdTable(
        "ssd_ehcp_active_plans",
        "active_plans",
        {
            "ehcp_active_ehcp_id": "activeplanstableid",
            "ehcp_ehcp_request_id": "requeststableid",
            "ehcp_active_ehcp_last_review_date": "lastreview",
        },
    ),
    SsdTable(
        "ssd_sen_need",
        "needs",
        {
            "senn_table_id": "senneedtableid",
            "senn_active_ehcp_id": "activeplanstableid",
            "senn_active_ehcp_need_type": "sentype",
            "senn_active_ehcp_need_rank": "sentyperank",
        },
    ),
)
_PLAIN = {table.name: {squashed(ours): blade for ours, blade in table.columns.items()} for table in TABLES}


def table_of(columns: Iterable[str]) -> SsdTable | None:
    """The table whose id and one more of its columns stand in the header; None for a file of another kind."""
    held = {squashed(column) for column in columns}
    for table in TABLES:
        own = next(iter(_PLAIN[table.name]))
        if own in held and len(held & set(_PLAIN[table.name])) > 1:
            return table
    return None


def read_ssd(group: Sequence[tuple[SourceFile, SsdTable]], folder: str) -> RawReturn:
    """The tables as one return. A table that stands twice, or the two that all hang from, missing, is refused."""
    modules: dict[str, RawModule] = {}
    offered: set[tuple[str, str]] = set()
    for source, table in group:
        if table.module in modules:
            raise InputError(
                f"{modules[table.module].file} and {source.said} hold the same table",
                where=folder,
                remedy="Give each table once",
            )
        modules[table.module] = _module(source, table)
        offered |= {(table.module, column) for column in modules[table.module].columns}
    for table in TABLES[:2]:
        if table.module not in modules:
            remedy = "Give all its SEND tables together"
            raise InputError(f"The table {table.name} is missing", where=folder, remedy=remedy)
    said = ReadingNote("no placements", "placements", "", "The Standard Safeguarding Dataset carries no placements", 1)
    return RawReturn(FORM, folder, modules, (said,), frozenset(offered))


def _module(source: SourceFile, table: SsdTable) -> RawModule:
    plain = _PLAIN[table.name]
    names = {one: plain[squashed(one)] for one in read_module(source).columns if squashed(one) in plain}
    known = tuple(names.values())

    def load() -> pl.DataFrame:
        return text_frame(source.read(), source.said).rename(names).select(*known, "line")

    return RawModule(source.said, known, load)
