"""Children moving between mainstream and special or independent settings: in all, and by why they moved, both ways."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import PLACED, PLANS
from highneeds.indicators.definitions._moves import NO_CAUSE, moved_between
from highneeds.indicators.definitions._registers import moved_at_transfer
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, Indicator, indicator
from highneeds.registers.definitions.phase_transfers import moved_to_mainstream, moved_to_special
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.setting import MAINSTREAM, SPECIALIST
from highneeds.vocabulary.unit import Unit

RETURN = "SEN2: person, named plan, placement detail; establishments for the setting"
WORDS = {"mainstream": "mainstream", "special": "special or independent"}
SIDES = {"mainstream": ("mainstream", MAINSTREAM), "special": ("specialist provision", SPECIALIST)}
AT_TRANSFER = {"mainstream": moved_to_mainstream, "special": moved_to_special}


def _words(there: str, here: str) -> str:
    return f"from {WORDS[there]} to {WORDS[here]} settings"


def in_all(there: str, here: str) -> Indicator:
    """there, here: 'mainstream' or 'special'; where they came from and where they are now."""
    (was, left), (now, entered) = SIDES[there], SIDES[here]

    @indicator(
        name=f"{there}_to_{here}_total",
        title=f"Children moving {_words(there, here)}",
        unit=Unit.COUNT,
        source=RETURN,
        basis=(
            "Plan in force at both month-ends. Further education, special post-16, alternative provision, EOTAS and "
            "no placement are neither; a month without placement breaks the chain"
        ),
        part=f"children placed in {was} at the previous month-end and in {now} at this one",
        example="621 children: 621",
        fields=PLANS + PLACED,
        settings=True,
        also_called=(f"moves from {there} schools into {here} schools", f"from {there} into {here} schools"),
    )
    def moved(caseload: Caseload, month: Month) -> int:
        return moved_between(caseload, month, left, entered)

    return moved


def at_phase_transfer(there: str, here: str) -> Indicator:
    """SEN2 does not record why a placement changed; the register of phase transfers does."""

    @indicator(
        name=f"{there}_to_{here}_phase_transfer",
        title=f"Children moving {_words(there, here)}, at phase transfer",
        unit=Unit.COUNT,
        source="register of phase transfers; SEN2 does not record why a placement changed",
        basis="Transfers whose plan became final in the month, by the type they come from and the type that is named",
        part=f"children who moved {_words(there, here)} because of a phase transfer",
        example="3 final transfers between the two: 3",
        also_called=(f"{there} to {here} schools, at phase transfer",),
    )
    def moved(registers: IndicatorRegisters, month: Month) -> Answer:
        return moved_at_transfer(registers, AT_TRANSFER[here], month)

    return moved


def at_annual_review(there: str, here: str) -> Indicator:
    """Not computed: nothing in the return says why a placement changed."""

    @indicator(
        name=f"{there}_to_{here}_annual_review",
        title=f"Children moving {_words(there, here)}, at annual review",
        unit=Unit.COUNT,
        source=f"{RETURN}; a recorded cause of the move",
        basis="SEN2 has no field for the cause of a move; without a record of it the split is not computed",
        part=f"children who moved {_words(there, here)} because of an annual review",
        example="0 records of a cause: unavailable",
        also_called=(f"{there} to {here} schools, at annual review",),
    )
    def moved(caseload: Caseload, month: Month) -> Answer:
        return NO_CAUSE

    return moved


to_special = in_all("mainstream", "special")
to_special_at_phase_transfer = at_phase_transfer("mainstream", "special")
to_special_at_annual_review = at_annual_review("mainstream", "special")
to_mainstream = in_all("special", "mainstream")
to_mainstream_at_phase_transfer = at_phase_transfer("special", "mainstream")
to_mainstream_at_annual_review = at_annual_review("special", "mainstream")
