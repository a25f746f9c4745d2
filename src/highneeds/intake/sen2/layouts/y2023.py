"""SEN2 2023, the first person-level return.

Sources: COLLECT Blade export columns (dossier C2), titles of the DfE data entry template (C3), XML tags (C4), code sets
(C5). The codes of WBP, DP, Exported and ReviewOutcome are in no source that could be read, so none are listed.
"""

from highneeds.intake.sen2.fields import CellKind, Field, Layout

REQUEST_OUTCOMES = frozenset("YNAWH")
SETTINGS = frozenset({"OLA", "OPA", "EHE", "EYP", "OTH", "NEET", "NIEC", "NIEO"})
NEEDS = frozenset({"SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH"})
CEASE_REASONS = frozenset("123456789")
NO_UPN = frozenset({"UN1", "UN2", "UN3", "UN5", "UN8", "UN9", "UN10"})
RESIDENTIAL = frozenset("AB")

_HEADER = (
    Field("header", "collection", "collection", CellKind.TEXT, "Collection Name", needed=False),
    Field("header", "year", "year", CellKind.WHOLE, "Year", needed=False),
    Field("header", "referencedate", "reference_date", CellKind.DAY, "Reference Date"),
    Field("header", "lea", "council", CellKind.CODE, "LA Number", needed=False),
    Field("header", "softwarecode", "software", CellKind.TEXT, "Software Code", needed=False),
    Field("header", "release", "release", CellKind.TEXT, "Release", needed=False),
    Field("header", "serialno", "serial_no", CellKind.TEXT, "Serial Number", needed=False),
    Field("header", "datetime", "created", CellKind.TEXT, "Date & Time (ccyy-mm-ddThh:mm:ss)", needed=False),
)

_PERSON = (
    Field("persons", "surname", "surname", CellKind.PERSONAL, "Surname", needed=False),
    Field("persons", "forename", "forename", CellKind.PERSONAL, "Forename", needed=False),
    Field("persons", "personbirthdate", "birth_date", CellKind.DAY, "Date of Birth (ccyy-mm-dd)"),
    Field("persons", "gendercurrent", "sex", CellKind.CODE, "Gender", width=1, codes=frozenset("MF")),
    Field("persons", "ethnicity", "ethnicity", CellKind.PERSONAL, "Ethnicity", needed=False),
    Field("persons", "postcode", "postcode", CellKind.PERSONAL, "Post Code", needed=False),
    Field("persons", "upn", "upn", CellKind.PERSONAL, "UPN - Unique Pupil Number"),
    Field(
        "persons",
        "uniquelearnernumber",
        "uln",
        CellKind.PERSONAL,
        "ULN - Young Persons Unique Learner Number",
        needed=False,
    ),
    Field("persons", "upnunknown", "upn_unknown", CellKind.CODE, "UPN and ULN unavailable – Reason", codes=NO_UPN),
)

_REQUEST = (
    Field("requests", "receiveddate", "received_date", CellKind.DAY, "Date request was received"),
    Field("requests", "rya", "rya", CellKind.FLAG, "Initial Request Whilst In RYA"),
    Field("requests", "requestoutcomedate", "outcome_date", CellKind.DAY, "Request Outcome Date"),
    Field("requests", "requestoutcome", "outcome", CellKind.CODE, "Request Outcome", codes=REQUEST_OUTCOMES),
    Field("requests", "requestmediation", "mediation", CellKind.FLAG, "Request Mediation"),
    Field("requests", "requesttribunal", "tribunal", CellKind.FLAG, "Request Tribunal"),
    Field(
        "requests",
        "exported",
        "exported",
        CellKind.CODE,
        "Exported - Child or young person moves out of LA before assessment is completed",
        width=9,
    ),
)

_ASSESSMENT = (
    Field(
        "assessments",
        "assessmentoutcome",
        "outcome",
        CellKind.CODE,
        "Assessment Outcome - Decision to issue EHC plan",
        codes=REQUEST_OUTCOMES,
    ),
    Field("assessments", "assessmentoutcomedate", "outcome_date", CellKind.DAY, "Assessment Outcome Date"),
    Field("assessments", "assessmentmediation", "mediation", CellKind.FLAG, "Assessment Mediation"),
    Field("assessments", "assessmenttribunal", "tribunal", CellKind.FLAG, "Assessment Tribunal"),
    Field("assessments", "othermediation", "other_mediation", CellKind.FLAG, "Other Mediation"),
    Field("assessments", "othertribunal", "other_tribunal", CellKind.FLAG, "Other Tribunal"),
    Field("assessments", "week20", "week20", CellKind.FLAG, "Twenty week time limit exceptions apply"),
)

_NAMED_PLAN = (
    Field("named_plans", "startdate", "start_date", CellKind.DAY, "EHC Plan Start Date"),
    Field("named_plans", "planres", "residential", CellKind.CODE, "Residential Settings", codes=RESIDENTIAL),
    Field("named_plans", "planwbp", "work_based", CellKind.CODE, "Work Based Learning Activity"),
    Field("named_plans", "pb", "personal_budget", CellKind.FLAG, "Personal Budget taken up"),
    Field("named_plans", "oa", "organised_arrangements", CellKind.FLAG, "Personal Budget - Organised Arrangements"),
    Field("named_plans", "dp", "direct_payments", CellKind.CODE, "Personal Budget - Direct Payments"),
    Field("named_plans", "ceasedate", "cease_date", CellKind.DAY, "Date EHC plan ceased"),
    Field("named_plans", "ceasereason", "cease_reason", CellKind.CODE, "Reason EHC plan ceased", codes=CEASE_REASONS),
)


def _where(module: str) -> tuple[Field, ...]:
    """The items that say which setting, alike for the setting named in the plan and the placement."""
    return (
        Field(module, "urn", "urn", CellKind.CODE, "URN - Unique Reference Number", width=7),
        Field(module, "ukprn", "ukprn", CellKind.CODE, "UKPRN - UK Provider Reference Number", width=8),
        Field(module, "sensetting", "sensetting", CellKind.CODE, "SEN Setting – Establishment type", codes=SETTINGS),
        Field(module, "sensettingother", "setting_text_given", CellKind.TEXT, "SEN Setting - Other"),
        Field(module, "placementrank", "rank", CellKind.WHOLE, "Placement Rank (1=Primary, 2=Secondary)"),
        Field(module, "senunitindicator", "sen_unit", CellKind.FLAG, "SEN Unit Indicator"),
        Field(
            module, "resourcedprovisionindicator", "resourced_provision", CellKind.FLAG, "Resourced Provision Indicator"
        ),
    )


_ACTIVE_PLAN = (
    Field(
        "active_plans",
        "transferla",
        "transfer_la",
        CellKind.CODE,
        "EHC Plan transferred in from another LA during calendar year",
        width=9,
        or_day=True,
    ),
    Field("active_plans", "res", "residential", CellKind.CODE, "Residential Settings", codes=RESIDENTIAL),
    Field("active_plans", "wbp", "work_based", CellKind.CODE, "Work Based Learning Activity"),
    Field("active_plans", "lastreview", "last_review", CellKind.DAY, "EHC Plan Review Decisions Date"),
)

_PLACEMENT = (
    Field("placements", "entrydate", "entry_date", CellKind.DAY, "Placement Start Date"),
    Field("placements", "leavingdate", "leaving_date", CellKind.DAY, "Placement Leaving Date"),
    Field("placements", "attendancepattern", "attendance_pattern", CellKind.CODE, "Attendance Pattern"),
)

_NEED = (
    Field("needs", "sentype", "need_type", CellKind.CODE, "SEN Type of Need", codes=NEEDS),
    Field("needs", "sentyperank", "rank", CellKind.WHOLE, "SEN Type of Need rank (1=Primary, 2=Secondary)"),
)

LAYOUT = Layout(
    year=2023,
    fields=(
        *_HEADER,
        *_PERSON,
        *_REQUEST,
        *_ASSESSMENT,
        *_NAMED_PLAN,
        *_where("plan_details"),
        *_ACTIVE_PLAN,
        *_where("placements"),
        *_PLACEMENT,
        *_NEED,
    ),
    spellings={"planwpb": "planwbp", "wpb": "wbp", "rquestsource": "requestsource", "SENSetting": "sensetting"},
)
