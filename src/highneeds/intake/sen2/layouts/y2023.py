"""SEN2 2023, the first person-level return.

Sources: COLLECT Blade export columns (dossier C2), titles of the DfE data entry template (C3), XML tags (C4), code sets
(C5). The codes of WBP, DP, Exported and ReviewOutcome are in no source that could be read, so none are listed.
"""

from highneeds.intake.sen2.fields import Field, Kind, Layout

REQUEST_OUTCOMES = frozenset("YNAWH")
SETTINGS = frozenset({"OLA", "OPA", "EHE", "EYP", "OTH", "NEET", "NIEC", "NIEO"})
NEEDS = frozenset({"SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH"})
CEASE_REASONS = frozenset("123456789")
NO_UPN = frozenset({"UN1", "UN2", "UN3", "UN5", "UN8", "UN9", "UN10"})
RESIDENTIAL = frozenset("AB")

_HEADER = (
    Field("header", "collection", "collection", Kind.TEXT, "Collection Name", needed=False),
    Field("header", "year", "year", Kind.WHOLE, "Year", needed=False),
    Field("header", "referencedate", "reference_date", Kind.DAY, "Reference Date"),
    Field("header", "lea", "council", Kind.CODE, "LA Number", needed=False),
    Field("header", "softwarecode", "software", Kind.TEXT, "Software Code", needed=False),
    Field("header", "release", "release", Kind.TEXT, "Release", needed=False),
    Field("header", "serialno", "serial_no", Kind.TEXT, "Serial Number", needed=False),
    Field("header", "datetime", "created", Kind.TEXT, "Date & Time (ccyy-mm-ddThh:mm:ss)", needed=False),
)

_PERSON = (
    Field("persons", "surname", "surname", Kind.PERSONAL, "Surname", needed=False),
    Field("persons", "forename", "forename", Kind.PERSONAL, "Forename", needed=False),
    Field("persons", "personbirthdate", "birth_date", Kind.DAY, "Date of Birth (ccyy-mm-dd)"),
    Field("persons", "gendercurrent", "sex", Kind.CODE, "Gender", width=1, codes=frozenset("MF")),
    Field("persons", "ethnicity", "ethnicity", Kind.PERSONAL, "Ethnicity", needed=False),
    Field("persons", "postcode", "postcode", Kind.PERSONAL, "Post Code", needed=False),
    Field("persons", "upn", "upn", Kind.PERSONAL, "UPN - Unique Pupil Number"),
    Field(
        "persons",
        "uniquelearnernumber",
        "uln",
        Kind.PERSONAL,
        "ULN - Young Persons Unique Learner Number",
        needed=False,
    ),
    Field("persons", "upnunknown", "upn_unknown", Kind.CODE, "UPN and ULN unavailable – Reason", codes=NO_UPN),
)

_REQUEST = (
    Field("requests", "receiveddate", "received_date", Kind.DAY, "Date request was received"),
    Field("requests", "rya", "rya", Kind.FLAG, "Initial Request Whilst In RYA"),
    Field("requests", "requestoutcomedate", "outcome_date", Kind.DAY, "Request Outcome Date"),
    Field("requests", "requestoutcome", "outcome", Kind.CODE, "Request Outcome", codes=REQUEST_OUTCOMES),
    Field("requests", "requestmediation", "mediation", Kind.FLAG, "Request Mediation"),
    Field("requests", "requesttribunal", "tribunal", Kind.FLAG, "Request Tribunal"),
    Field(
        "requests",
        "exported",
        "exported",
        Kind.CODE,
        "Exported - Child or young person moves out of LA before assessment is completed",
        width=9,
    ),
)

_ASSESSMENT = (
    Field(
        "assessments",
        "assessmentoutcome",
        "outcome",
        Kind.CODE,
        "Assessment Outcome - Decision to issue EHC plan",
        codes=REQUEST_OUTCOMES,
    ),
    Field("assessments", "assessmentoutcomedate", "outcome_date", Kind.DAY, "Assessment Outcome Date"),
    Field("assessments", "assessmentmediation", "mediation", Kind.FLAG, "Assessment Mediation"),
    Field("assessments", "assessmenttribunal", "tribunal", Kind.FLAG, "Assessment Tribunal"),
    Field("assessments", "othermediation", "other_mediation", Kind.FLAG, "Other Mediation"),
    Field("assessments", "othertribunal", "other_tribunal", Kind.FLAG, "Other Tribunal"),
    Field("assessments", "week20", "week20", Kind.FLAG, "Twenty week time limit exceptions apply"),
)

_NAMED_PLAN = (
    Field("named_plans", "startdate", "start_date", Kind.DAY, "EHC Plan Start Date"),
    Field("named_plans", "planres", "residential", Kind.CODE, "Residential Settings", codes=RESIDENTIAL),
    Field("named_plans", "planwbp", "work_based", Kind.CODE, "Work Based Learning Activity"),
    Field("named_plans", "pb", "personal_budget", Kind.FLAG, "Personal Budget taken up"),
    Field("named_plans", "oa", "organised_arrangements", Kind.FLAG, "Personal Budget - Organised Arrangements"),
    Field("named_plans", "dp", "direct_payments", Kind.CODE, "Personal Budget - Direct Payments"),
    Field("named_plans", "ceasedate", "cease_date", Kind.DAY, "Date EHC plan ceased"),
    Field("named_plans", "ceasereason", "cease_reason", Kind.CODE, "Reason EHC plan ceased", codes=CEASE_REASONS),
)


def _where(module: str) -> tuple[Field, ...]:
    """The items that say which setting, alike for the setting named in the plan and the placement."""
    return (
        Field(module, "urn", "urn", Kind.CODE, "URN - Unique Reference Number", width=7),
        Field(module, "ukprn", "ukprn", Kind.CODE, "UKPRN - UK Provider Reference Number", width=8),
        Field(module, "sensetting", "sensetting", Kind.CODE, "SEN Setting – Establishment type", codes=SETTINGS),
        Field(module, "sensettingother", "setting_text_given", Kind.TEXT, "SEN Setting - Other"),
        Field(module, "placementrank", "rank", Kind.WHOLE, "Placement Rank (1=Primary, 2=Secondary)"),
        Field(module, "senunitindicator", "sen_unit", Kind.FLAG, "SEN Unit Indicator"),
        Field(module, "resourcedprovisionindicator", "resourced_provision", Kind.FLAG, "Resourced Provision Indicator"),
    )


_ACTIVE_PLAN = (
    Field(
        "active_plans",
        "transferla",
        "transfer_la",
        Kind.CODE,
        "EHC Plan transferred in from another LA during calendar year",
        width=9,
        or_day=True,
    ),
    Field("active_plans", "res", "residential", Kind.CODE, "Residential Settings", codes=RESIDENTIAL),
    Field("active_plans", "wbp", "work_based", Kind.CODE, "Work Based Learning Activity"),
    Field("active_plans", "lastreview", "last_review", Kind.DAY, "EHC Plan Review Decisions Date"),
)

_PLACEMENT = (
    Field("placements", "entrydate", "entry_date", Kind.DAY, "Placement Start Date"),
    Field("placements", "leavingdate", "leaving_date", Kind.DAY, "Placement Leaving Date"),
    Field("placements", "attendancepattern", "attendance_pattern", Kind.CODE, "Attendance Pattern"),
)

_NEED = (
    Field("needs", "sentype", "need_type", Kind.CODE, "SEN Type of Need", codes=NEEDS),
    Field("needs", "sentyperank", "rank", Kind.WHOLE, "SEN Type of Need rank (1=Primary, 2=Secondary)"),
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
