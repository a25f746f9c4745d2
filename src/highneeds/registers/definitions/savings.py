"""The register of savings: what is being done to spend less, what it should bring, and what it has brought."""

from decimal import Decimal

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.register import Column, Kind, Register, RegisterRow

CONFIDENCE = {"confident": "Confident", "likely": "Likely", "possible": "Possible", "idea": "Idea"}
KINDS = {"cashable": "Cashable saving", "avoided": "Cost avoided"}
GATES = ("equality_assessment", "consultation", "decision")
_SOURCE = "DfE Safety Valve monitoring template; Equality Act 2010, section 149"


@rule(
    "SAVINGS-01",
    severity=Severity.MUST_FIX,
    fix="Name the equality assessment, the consultation and the decision, or lower the confidence.",
    broken_by=dict(
        saving="s1", confidence="confident", equality_assessment="EqIA 12", consultation=None, decision="24/00012"
    ),
    source=_SOURCE,
)
def a_confident_saving_has_passed_its_gates(row: RegisterRow) -> str | None:
    absent = [gate.replace("_", " ") for gate in GATES if not row[gate]]
    if row["confidence"] == "confident" and absent:
        return f"It is called confident without {', '.join(absent)}"
    return None


@rule(
    "SAVINGS-02",
    severity=Severity.MUST_FIX,
    fix="Name what shows it: a ledger line, a panel record, a contract.",
    broken_by=dict(saving="s1", realised_gbp=100_000_00, realised_evidence=None),
    source=_SOURCE,
)
def a_realised_saving_has_evidence(row: RegisterRow) -> str | None:
    return "A sum is realised and nothing shows it" if row["realised_gbp"] and not row["realised_evidence"] else None


@rule(
    "SAVINGS-03",
    severity=Severity.MUST_FIX,
    fix="Write the odds between 0 and 100.",
    broken_by=dict(saving="s1", chance_percent=Decimal(120)),
    source=_SOURCE,
)
def odds_are_odds(row: RegisterRow) -> str | None:
    odds = row["chance_percent"]
    return f"The odds are {odds}%" if odds is not None and not 0 <= odds <= 100 else None


@rule(
    "SAVINGS-04",
    severity=Severity.MUST_FIX,
    fix="Write the share that this action has in common with the other, between 0 and 100, beside its name.",
    broken_by=dict(saving="s1", overlaps_with="s2", overlap_percent=None),
    source=_SOURCE,
)
def an_overlap_has_both_its_parts(row: RegisterRow) -> str | None:
    share = row["overlap_percent"]
    if bool(row["overlaps_with"]) != (share is not None):
        return "An overlap needs the other action and the share"
    if row["overlaps_with"] == row["saving"]:
        return "It overlaps with itself"
    return f"The overlap is {share}%" if share is not None and not 0 <= share <= 100 else None


savings = Register(
    name="savings",
    title="Savings and recovery actions",
    unit="one action",
    source="DfE Safety Valve monitoring template; the council's medium-term financial plan",
    key="saving",
    help="Actions that reduce or avoid spend, counted once where two of them reach for the same pound.",
    columns=(
        Column("saving", "Short name", required=True),
        Column("title", "Action", required=True),
        Column("owner_role", "Owner (role)", required=True),
        Column("lever", "Lever", help="The forecast lever that prices it"),
        Column("kind", "Kind", Kind.CODE, required=True, codes=KINDS),
        Column("starts", "Starts", Kind.MONTH, required=True),
        Column("full_year_gbp", "Full-year effect", Kind.POUNDS, help="Empty where a published figure states it"),
        Column("first_year_percent", "First year's share", Kind.NUMBER, help="Empty: by months from the start"),
        Column("second_year_percent", "Second year's share", Kind.NUMBER, help="Empty: 100"),
        Column("confidence", "Confidence", Kind.CODE, required=True, codes=CONFIDENCE),
        Column("chance_percent", "Odds", Kind.NUMBER),
        Column("overlaps_with", "Overlaps with", help="Short name of the action that comes first"),
        Column("overlap_percent", "Share in common", Kind.NUMBER),
        Column("realised_gbp", "Realised to date", Kind.POUNDS),
        Column("realised_evidence", "What shows it"),
        Column("equality_assessment", "Equality assessment"),
        Column("consultation", "Consultation"),
        Column("decision", "Decision"),
        Column("figures", "Figure it rests on", help="Id of the fact that states the amount"),
        Column("source", "Source"),
    ),
    rules=(
        a_confident_saving_has_passed_its_gates,
        a_realised_saving_has_evidence,
        odds_are_odds,
        an_overlap_has_both_its_parts,
    ),
    example=(
        {
            "saving": "fees",
            "title": "Hold fee uplifts to the framework",
            "owner_role": "Head of Commissioning",
            "kind": "avoided",
            "starts": "2025-09",
            "full_year_gbp": "1200000.00",
            "confidence": "likely",
            "chance_percent": "70",
            "source": "worked example",
        },
    ),
)
