"""The risk register."""

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.register import Column, Kind, Register, RegisterRow
from highneeds.vocabulary.assurance_level import AssuranceLevel

LEVELS = {level.value: level.words for level in AssuranceLevel}
LEVEL_COLUMNS = ("level_1", "level_2", "level_3")


@rule(
    "RISKS-01",
    severity=Severity.QUERY,
    fix="Write what is being done about it, or lower its level.",
    broken_by=dict(risk="4", title="Places run out", level_1="R", level_2="not_yet", level_3="not_yet"),
    source="DfE Safety Valve monitoring template, risk register",
)
def a_worrying_risk_has_a_mitigation(row: RegisterRow) -> str | None:
    worrying = {AssuranceLevel.OFF_TARGET, AssuranceLevel.OFF_TARGET_WITH_PLANS}
    if any(row[column] in worrying for column in LEVEL_COLUMNS) and not row["mitigations"]:
        return "The risk is off target and names no mitigation"
    return None


@rule(
    "RISKS-02",
    severity=Severity.MUST_FIX,
    fix="Give the levels of the earlier updates first.",
    broken_by=dict(
        risk="4", title="Places run out", level_1="not_yet", level_2="A", level_3="not_yet", mitigations="x"
    ),
    source="DfE Safety Valve monitoring template, risk register",
)
def updates_are_rated_in_their_order(row: RegisterRow) -> str | None:
    given = [row[column] != AssuranceLevel.NOT_YET for column in LEVEL_COLUMNS]
    if given != sorted(given, reverse=True):
        return "A later update is rated while an earlier one is not yet due"
    return None


risks = Register(
    name="risks",
    title="Risk register",
    unit="one risk",
    source="DfE Safety Valve monitoring template, section 7",
    key="risk",
    help="Risks to the agreement, the level in each update of the year, and what is done about them.",
    columns=(
        Column("risk", "Number", required=True),
        Column("title", "Risk", required=True),
        Column("level_1", "First update", Kind.CODE, required=True, codes=LEVELS),
        Column("level_2", "Second update", Kind.CODE, required=True, codes=LEVELS),
        Column("level_3", "Third update", Kind.CODE, required=True, codes=LEVELS),
        Column("owner_role", "Owner (role)"),
        Column("mitigations", "Mitigations", help="Several are separated by |"),
        Column("progress", "Progress"),
        Column("figures", "Figures it rests on", help="Ids of facts, separated by spaces"),
        Column("review_on", "Next review", Kind.DAY),
        Column("source", "Source", help="Document and line"),
    ),
    rules=(a_worrying_risk_has_a_mitigation, updates_are_rated_in_their_order),
    example=(
        {
            "risk": "1",
            "title": "New special schools open late",
            "level_1": "R",
            "level_2": "not_yet",
            "level_3": "not_yet",
            "owner_role": "Director of Education",
            "mitigations": "Raise the delay with DfE|Add classes at two existing schools",
            "progress": "Both classes open in September",
            "source": "worked example",
        },
    ),
)
